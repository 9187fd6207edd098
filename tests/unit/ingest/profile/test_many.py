"""Profiles and logs with very many parts of a kind: what is built of them is wide and not deep."""

import inspect
import sys
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pyarrow
import pytest
from duckdb import ConstantExpression
from small_agency import Town, profile_with

from outcomes.ingest.transform.expressions import all_of, any_of

pytestmark = pytest.mark.slow

MANY, LEVELS = 400, 300


@pytest.fixture(autouse=True)
def few_levels() -> Iterator[None]:
    """Fewer levels than there are parts: what is as deep as they are many fails, at a tenth of what it takes at 1,000."""
    usual, used = sys.getrecursionlimit(), len(inspect.stack())
    sys.setrecursionlimit(used + LEVELS)
    yield
    sys.setrecursionlimit(usual)


def arrests(tmp_path: Path, keys: str, columns: str, *rows: str) -> list[bool | None]:
    """Whether each row's call has an arrest."""
    town = Town(tmp_path, profile_with(keys))
    town.load(town.write("\n".join([f"id,received,{columns}", *rows, ""])))
    return [row["has_arrest"] for row in town.incidents().values()]


@pytest.mark.parametrize(("how", "found"), [("any", [True, False]), ("all", [False, False])])
def test_a_rule_of_many_rules(tmp_path: Path, how: str, found: list[bool]):
    rules = ", ".join(f'{{ column = "kind", is = ["word {n}"] }}' for n in range(MANY))
    keys = f'[flags.has_arrest]\nyes = {{ {how} = [{rules}] }}\nno = {{ column = "kind", recorded = true }}\n'
    rows = (f"A1,2026-01-02 10:00,word {MANY - 1}", "A2,2026-01-02 10:00,other")
    assert arrests(tmp_path, keys, "kind", *rows) == found


def test_a_column_of_many_columns(tmp_path: Path):
    names = [f"part {n}" for n in range(MANY)]
    whole = " ".join(str(n) for n in range(MANY))
    keys = f"[columns.whole]\njoined = {names}\n[flags.has_arrest]\n".replace("'", '"')
    keys += f'yes = {{ column = "whole", is = ["{whole}"] }}\nno = {{ column = "whole", recorded = true }}\n'
    row = ",".join(str(n) for n in range(MANY))
    rows = (f"A1,2026-01-02 10:00,{row}", f"A2,2026-01-02 10:00,{row[:-3]}0")
    assert arrests(tmp_path, keys, ",".join(names), *rows) == [True, False]


@pytest.mark.parametrize("count", [0, 1, 2, 3, 7, 8])
def test_all_and_any_hold_as_those_of_python_do(count: int):
    for tests in ([True] * count, [False] * count, [n == count - 1 for n in range(count)]):
        written = [ConstantExpression(one) for one in tests]
        with duckdb.connect() as connection:
            one = connection.from_arrow(pyarrow.table({"row": [1]}))
            found = one.select(all_of(written).alias("all"), any_of(written).alias("any"))
            assert found.fetchall() == [(all(tests), any(tests))]


def test_a_row_of_a_wide_report_that_says_the_total_is_no_call(tmp_path: Path):
    names = ",".join(f"part {n}" for n in range(MANY))
    town = Town(tmp_path, profile_with())
    filled = ",".join("x" * MANY)
    empty = "," * MANY
    report = town.load(
        town.write(
            f"id,received,{names}\nA1,2026-01-02 10:00,{filled}\nA2,2026-01-03 10:00{empty}\n"
            f"Printed on Monday,{empty}\nid,received,{names}\n"
        )
    )
    assert (report.rows_read, report.loaded, report.filtered) == (4, 2, 2)
    assert set(report.reasons) == {
        "filtered: a page line, total or caption",
        "filtered: the header again",
    }
