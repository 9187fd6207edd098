"""Query files run from what the engine parsed once: on any connection, with other parameters, from many threads at once."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import duckdb
import pytest

from outcomes.store import query_file
from outcomes.store.run_query import run_query

THREADS, TIMES = 8, 40


@pytest.fixture
def queries(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """Name of a folder of queries, new for each test."""
    (tmp_path / "some").mkdir()
    (tmp_path / "some" / "sum.sql").write_text(
        "create or replace temp table part as select $up_to as up_to;\n-- @param up_to INTEGER\n"
        "select sum(i) from range($up_to) as numbers(i);"
    )
    folder = str(tmp_path / "some")
    monkeypatch.setattr(query_file, "QUERIES", Path("/"))
    return folder


def test_the_last_statement_answers_and_every_one_is_run(queries: str):
    for up_to, total in ((3, 3), (5, 10)):
        with duckdb.connect() as connection:
            found = run_query(connection, queries, "sum", {"up_to": up_to}).fetchall()
            assert found == [(total,)]
            assert connection.execute("from part").fetchall() == [(up_to,)]


def test_threads_get_their_own_answers(queries: str):
    (Path(queries) / "one.sql").write_text("select sum(i) from range($up_to) as numbers(i);")
    with duckdb.connect() as shared:

        def ask(up_to: int) -> int:
            with shared.cursor() as cursor:
                return run_query(cursor, queries, "one", {"up_to": up_to}).fetchall()[0][0]

        asked = [1 + number % 17 for number in range(THREADS * TIMES)]
        with ThreadPoolExecutor(THREADS) as threads:
            found = list(threads.map(ask, asked))
    assert found == [number * (number - 1) // 2 for number in asked]


def test_a_missing_value_is_the_engines_fault(queries: str):
    with duckdb.connect() as connection, pytest.raises(duckdb.Error, match="up_to"):
        run_query(connection, queries, "sum", {})
