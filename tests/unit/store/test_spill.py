"""Rows that memory cannot hold are as private as the log: they are put into the store, and are gone afterwards."""

import os
import tempfile
import time
from pathlib import Path

import pytest

from outcomes.ingest.read.temp_folders import SCRATCH, scratch_folder
from outcomes.ingest.write.incidents import LEAST_MEMORY_BYTES, bound_memory
from outcomes.store.warehouse import LONGEST_LOAD_SECONDS, open_warehouse

pytestmark = pytest.mark.slow

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


def test_storing_takes_no_more_memory_than_the_rows_need_and_never_more_than_was_allowed(tmp_path):
    with open_warehouse(tmp_path) as warehouse:
        warehouse.connection.execute("set memory_limit = '3GB'")
        bound_memory(warehouse, rows=2_000_000)
        assert warehouse.rows("memory_limit")[0][0] == pytest.approx(1.2e9, rel=0.1)
        bound_memory(warehouse, rows=50_000_000)
        assert warehouse.rows("memory_limit")[0][0] == pytest.approx(1.2e9, rel=0.1)
        bound_memory(warehouse, rows=10)
        assert warehouse.rows("memory_limit")[0][0] == pytest.approx(LEAST_MEMORY_BYTES, rel=0.1)


def test_a_copy_of_a_log_that_a_kill_left_goes_with_a_later_load(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    old, young = (tmp_path / f"{SCRATCH}{name}" for name in ("old", "young"))
    others = tmp_path / "of another program"
    long_ago = time.time() - LONGEST_LOAD_SECONDS - 60
    for folder in (old, young, others):
        folder.mkdir()
        (folder / "plain.csv").write_text("a row")
    for folder in (old, others):
        os.utime(folder, (long_ago, long_ago))
    with scratch_folder() as scratch:
        assert scratch.parent == tmp_path
        assert not old.exists()
    assert not scratch.exists()
    assert young.exists()
    assert others.exists()
