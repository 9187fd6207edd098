"""A store of two million incidents: a load costs what it brings, in bounded memory, and no page table is as long as a log."""

import re
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pytest
from built_stores import demonstration_store
from places import PROJECT

from outcomes.store.folder import live_snapshot_file
from outcomes.store.page_tables import PAGE_TABLES

pytestmark = pytest.mark.slow

INCIDENTS, PROGRAMS = 2_000_000, 20


@dataclass(frozen=True)
class Large:
    """The store, and what its publication took."""

    store: Path
    seconds: float
    megabytes: float


def run(module: str, *words: str) -> str:
    command = [sys.executable, "-m", f"tests.benchmark.{module}", *words]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return done.stdout


def figures(printed: str) -> list[float]:
    return [float(number.replace(",", "")) for number in re.findall(r"[\d,]*\d(?:\.\d+)?", printed)]


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return demonstration_store(tmp_path_factory).with_name("made-up-exports")


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Large:
    store = tmp_path_factory.mktemp("large") / "store"
    source = demonstration_store(tmp_path_factory)
    size = ("--programs", str(PROGRAMS), "--incidents", str(INCIDENTS))
    run("large_store", str(source), str(store), *size)
    seconds, megabytes = figures(run("publication", str(store)))
    return Large(store, seconds, megabytes)


def test_all_is_counted_in_bounded_memory(large: Large):
    assert large.megabytes < 1_000


def test_five_rows_cost_a_small_part_of_that(large: Large, exports: Path):
    log = str(exports / "eastmarch_responses.csv")
    printed = run("small_load", str(large.store), "--runs", "1", "--export", log)
    rows, median, *_, megabytes = figures(printed)
    assert rows == 5
    assert median < large.seconds / 4
    assert megabytes < 1_000


def test_no_page_table_is_over_a_tenth_of_the_log(large: Large):
    live = live_snapshot_file(large.store)
    assert live is not None
    with duckdb.connect(str(large.store / "warehouse.duckdb"), read_only=True) as connection:
        ((incidents,),) = connection.execute("select count(*) from incident").fetchall()
    assert incidents > 0.9 * INCIDENTS
    with duckdb.connect(str(live.path), read_only=True) as connection:
        rows = {name: connection.table(name).count("*").fetchall()[0][0] for name in PAGE_TABLES}
    assert {name: count for name, count in rows.items() if count > incidents / 10} == {}
