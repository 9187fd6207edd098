"""What real exports have and clean ones lack: tests, repeats, empty cells, odd spelling."""

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

# Share of cells left empty, and of call type codes that the agency's list lacks.
BLANK_SHARE = 0.004
UNLISTED_SHARE = 0.0012


def with_constant_rows(
    table: pa.Table, rng: np.random.Generator, count: int, cells: dict[str, str]
) -> pa.Table:
    """The table with copies of a few rows strewn in, whose given cells are overwritten."""
    chosen = table.take(np.sort(rng.choice(len(table), count, replace=False)))
    for name, text in cells.items():
        written = [text.format(number=number) for number in range(1, count + 1)]
        chosen = chosen.set_column(
            chosen.column_names.index(name), name, pa.array(written, pa.string())
        )
    places = np.concatenate([np.arange(len(table)), np.sort(rng.integers(0, len(table), count))])
    return pa.concat_tables([table, chosen]).take(np.argsort(places, kind="stable"))


def with_repeats(table: pa.Table, rng: np.random.Generator, count: int) -> pa.Table:
    """The table with a few rows standing twice, one below the other."""
    again = rng.choice(len(table), count, replace=False)
    return table.take(np.sort(np.concatenate([np.arange(len(table)), again])))


def with_empty_tail(table: pa.Table, count: int) -> pa.Table:
    """The table with empty rows below, as spreadsheets leave them."""
    empty = pa.table({name: pa.nulls(count, pa.string()) for name in table.column_names})
    return pa.concat_tables([table, empty])


def with_blanks(table: pa.Table, rng: np.random.Generator, names: tuple[str, ...]) -> pa.Table:
    """The table with a few of the cells of each named column left empty."""
    for name in names:
        keep = pa.array(rng.random(len(table)) >= BLANK_SHARE)
        values = pc.if_else(keep, table[name], pa.scalar(None, pa.string()))
        table = table.set_column(table.column_names.index(name), name, values)
    return table


def with_unlisted_codes(
    table: pa.Table, rng: np.random.Generator, name: str, codes: tuple[str, ...]
) -> pa.Table:
    """The table with a few of a column's codes replaced by codes that the agency's list lacks."""
    change = rng.random(len(table)) < UNLISTED_SHARE
    other = np.array(codes, dtype=object)[rng.integers(0, len(codes), len(table))]
    values = pc.if_else(pa.array(change), pa.array(other, pa.string()), table[name])
    return table.set_column(table.column_names.index(name), name, values)


def with_odd_spelling(
    table: pa.Table, rng: np.random.Generator, names: tuple[str, ...]
) -> pa.Table:
    """The table with columns typed by several hands: capitals, small letters, doubled blanks."""
    for name in names:
        values = table[name].combine_chunks()
        hand = rng.choice(5, size=len(table), p=[0.7, 0.12, 0.08, 0.06, 0.04])
        spellings = pa.concat_arrays(
            [
                values,
                pc.utf8_lower(values),
                pc.utf8_title(values),
                pc.replace_substring(values, " ", "  "),
                pc.binary_join_element_wise(values, "", "  "),
            ]
        )
        chosen = spellings.take(pa.array(hand * len(table) + np.arange(len(table))))
        table = table.set_column(table.column_names.index(name), name, chosen)
    return table
