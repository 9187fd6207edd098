"""Rows that memory cannot hold are as private as the log: they are put into the store, and are gone afterwards."""

import os
import time
from pathlib import Path

import pytest

from outcomes.store.warehouse import LONGEST_LOAD_SECONDS, open_warehouse

# More than the memory that is allowed below.
MANY = (
    "create temp table many as select range::varchar || repeat('x', 30) as text from range(3000000)"
)


@pytest.mark.parametrize("is_first", [True, False])
def test_what_spills_lies_in_the_store_and_is_gone_afterwards(
    tmp_path: Path, monkeypatch, is_first: bool
):
    monkeypatch.chdir(tmp_path)
    store = tmp_path / "city" / "store"
    if not is_first:
        with open_warehouse(store) as warehouse:
            warehouse.attach()
    with open_warehouse(store) as warehouse:
        warehouse.connection.execute("set memory_limit = '60MB'")
        warehouse.connection.execute(MANY)
        spilled = [path for path in tmp_path.rglob("*") if "duckdb_temp" in path.name]
        assert spilled
        assert all(path.parent.parent == store for path in spilled)
    left = [path.name for path in tmp_path.rglob("*") if path.is_file()]
    assert left == ([] if is_first else ["warehouse.duckdb"])
    # A first load that kept nothing leaves no folder either.
    assert store.exists() != is_first
    assert not list(tmp_path.rglob(".spill-*"))
    assert not list(tmp_path.rglob(".tmp"))


def test_what_a_kill_left_goes_with_a_later_load_and_not_while_it_may_be_in_use(tmp_path: Path):
    old, young = (tmp_path / f".spill-{number}" for number in (1, 2))
    for folder in (old, young):
        folder.mkdir()
        (folder / "duckdb_temp_storage-0.tmp").write_text("a row")
    long_ago = time.time() - LONGEST_LOAD_SECONDS - 60
    os.utime(old, (long_ago, long_ago))
    with open_warehouse(tmp_path):
        assert not old.exists()
    assert young.exists()
