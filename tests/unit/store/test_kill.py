"""Nothing is lost: by a kill at the worst moments, by two loaders at once, or by a disk that is full."""

import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from exported_city import City, published, stored
from made_city import AGENCY, write_agency, write_csv
from places import PROJECT

from outcomes.ingest.run import load_log
from outcomes.store import publish as publish_module
from outcomes.store.backup import back_up, restore
from outcomes.store.history import roll_back
from outcomes.store.problem import StoreProblem

pytestmark = pytest.mark.slow

LOADER = """
import sys
from pathlib import Path
from outcomes.ingest.run import load_log
from outcomes.store.problem import StoreProblem
log, agencies, store = map(Path, sys.argv[1:])
print("ready", flush=True)
sys.stdin.readline()
try:
    print(load_log([log], "test-city", agencies, store).loaded, flush=True)
except StoreProblem as problem:
    print(problem, flush=True)
"""


def calls(number: int, kind: str = "MH") -> list[dict[str, str]]:
    return [
        {
            "id": f"C{place}",
            "received": f"2024-01-{place % 28 + 1:02d} 10:00:00",
            "arrived": f"2024-01-{place % 28 + 1:02d} 10:10:00",
            "type": kind,
        }
        for place in range(number)
    ]


@pytest.fixture
def city(tmp_path: Path) -> City:
    made = City(tmp_path)
    made.load(calls(50))
    return made


def test_kept_but_not_published_is_published_by_the_next_load(city: City):
    # As if the kill had come between the warehouse and the pointer.
    (city.store / "CURRENT").unlink()
    report = city.load(calls(50))
    assert (report.loaded, report.unchanged) == (0, 50)
    assert city.responses() == 50


def test_a_snapshot_that_never_went_live_is_cleared_away(city: City):
    # As if the kill had come between the snapshot's own name and the warehouse's commit.
    live = city.store / "snapshots" / "snap-1-load-1.duckdb"
    left = city.store / "snapshots" / "snap-2-load-2.duckdb"
    left.write_bytes(live.read_bytes())
    (city.store / "snapshots" / ".building-3.duckdb").write_bytes(b"half")
    # Rows that waited for their place: a large snapshot has them on the disk.
    (city.store / "snapshots" / ".building-3.duckdb.tmp").mkdir()
    (city.store / "snapshots" / ".building-3.duckdb.tmp" / "duckdb_temp_block-1").write_bytes(b"1")
    city.load(calls(60))
    names = sorted(path.name for path in (city.store / "snapshots").iterdir())
    assert names == [f"snap-{n}-load-{n}.{kind}" for n in (1, 2) for kind in ("duckdb", "json")]
    assert city.responses() == 60


def test_two_loaders_at_once(tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies")
    store = tmp_path / "store"
    logs = [
        write_csv(tmp_path / "small.csv", calls(3000)),
        write_csv(tmp_path / "other.csv", calls(3000, "VIOL")),
    ]
    loaders = [
        subprocess.Popen(
            [sys.executable, "-c", LOADER, str(log), str(agencies), str(store)],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        for log in logs
    ]
    for loader in loaders:
        assert loader.stdout is not None
        assert loader.stdout.readline() == "ready\n"
    for loader in loaders:
        assert loader.stdin is not None
        loader.stdin.write("go\n")
        loader.stdin.flush()
    said = [loader.communicate()[0].strip() for loader in loaders]
    refused = (
        f"Expected to be the only load, found [another one running] on [{store}]; "
        "wait until it has ended and try again."
    )
    assert set(said) <= {"3000", refused}
    assert "3000" in said, "at least one of the two is taken in whole"
    # Whoever was refused can come again.
    for log, words in zip(logs, said, strict=True):
        report = load_log([log], AGENCY, agencies, store)
        assert report.loaded + report.unchanged == 3000, words
    assert len(stored(store)["incident"]) == 3000


def tight(limit: int | None) -> None:
    """Let no file grow over that many bytes, as a full disk would not."""
    signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (hard if limit is None else limit, hard))


@pytest.fixture
def file_limit():
    yield tight
    tight(None)


@pytest.mark.parametrize(
    "kilobytes",
    [8, 700, 2000, *(pytest.param(size, marks=pytest.mark.long) for size in (300, 1000, 3000))],
)
def test_a_full_disk_changes_nothing(city: City, file_limit, kilobytes: int):
    before = city.state(), stored(city.store), published(city.store)
    files = sorted(path.name for path in city.store.rglob("*") if "wal" not in path.name)
    log = write_csv(city.folder / "large.csv", calls(60_000, "VIOL"))
    file_limit(kilobytes * 1000)
    try:
        with pytest.raises(StoreProblem) as caught:
            load_log([log], AGENCY, city.agencies, city.store)
    finally:
        file_limit(None)
    assert str(caught.value).startswith(f"Expected room to write to [{city.store}], found [")
    assert str(caught.value).endswith("nothing was changed: free some disk and try again.")
    assert (city.state(), stored(city.store), published(city.store)) == before
    assert sorted(path.name for path in city.store.rglob("*") if "wal" not in path.name) == files
    # With room again the next load works.
    assert city.load(calls(60_000, "VIOL")).loaded == 60_000
    assert city.responses() == 60_000


def test_a_full_disk_begins_no_store(city: City, file_limit):
    log, store = write_csv(city.folder / "few.csv", calls(3, "VIOL")), city.folder / "other"
    file_limit(1000)
    try:
        with pytest.raises(StoreProblem, match="Expected room to write to"):
            load_log([log], AGENCY, city.agencies, store)
    finally:
        file_limit(None)
    assert load_log([log], AGENCY, city.agencies, store).loaded == 3


@pytest.mark.parametrize("step", ["build_snapshot", "write_rejected", "make_durable"])
def test_a_fault_while_publishing_keeps_nothing(city: City, monkeypatch, step: str):
    city.load(calls(50, "VIOL"))
    before = city.state(), stored(city.store)

    def full(*words: object) -> None:
        raise OSError(28, "No space left on device")

    for change in (lambda: city.load(calls(70)), lambda: roll_back(city.store)):
        with monkeypatch.context() as patched:
            patched.setattr(publish_module, step, full)
            with pytest.raises(StoreProblem, match=r"found \[No space left on device\]"):
                change()
        assert (city.state(), stored(city.store)) == before
    assert city.load(calls(70)).loaded == 70


def test_a_full_disk_leaves_no_half_backup_and_no_half_restore(city: City, file_limit):
    back_up(city.store, city.folder / "good")
    before = sorted(city.folder.rglob("*")), stored(city.store)
    for what in (
        lambda: back_up(city.store, city.folder / "new"),
        lambda: restore(city.folder / "good", city.store, replaces=True),
    ):
        file_limit(300_000)
        try:
            with pytest.raises(StoreProblem, match=r"^Expected room to write to \[.*try again\.$"):
                what()
        finally:
            file_limit(None)
        assert (sorted(city.folder.rglob("*")), stored(city.store)) == before


def test_a_load_goes_on_where_the_live_snapshot_is_missing(city: City):
    live = city.store / "snapshots" / "snap-1-load-1.duckdb"
    live.unlink()
    assert city.load(calls(60)).loaded == 10
    assert city.responses() == 60
    assert not live.with_suffix(".json").exists()
