"""Verify, backup and restore: whole or not at all, and nothing that was there is lost."""

import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from exported_city import City, calls, stored
from places import PROJECT
from typer.testing import CliRunner, Result

from outcomes.cli.app import app
from outcomes.store.backup import back_up, read_backup, restore
from outcomes.store.folder import live_snapshot_name
from outcomes.store.history import load_history, roll_back
from outcomes.store.problem import BusyStore, StoreProblem
from outcomes.store.verify import verify
from outcomes.store.warehouse import open_warehouse

LOADER = """
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from outcomes.store.warehouse import open_warehouse
with open_warehouse(Path(sys.argv[1])):
    print("open", flush=True)
    sys.stdin.readline()
"""


@pytest.fixture
def city(tmp_path: Path) -> City:
    made = City(tmp_path / "city")
    made.load(calls("01-01", "01-28"))
    return made


def run(*words: object) -> Result:
    return CliRunner().invoke(app, [str(word) for word in words])


def files(folder: Path) -> dict[str, bytes]:
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


@pytest.mark.slow
def test_a_restored_store_holds_what_was_backed_up_and_the_former_one_lies_beside(city: City):
    folder = city.folder / "backup"
    back_up(city.store, folder)
    held = stored(city.store)
    city.load(calls("02-01", "02-28"))
    after = files(city.store)
    done = restore(folder, city.store, replaces=True)
    assert stored(city.store) == held
    assert city.responses() == 28
    assert verify(city.store).faults == ()
    assert done.beside is not None
    assert files(done.beside) == after
    # No number of a snapshot comes twice: readers keep what they opened by its name.
    assert live_snapshot_name(city.store) == "snap-3-load-1.duckdb"
    # And what followed can be loaded again, and taken back.
    city.load(calls("02-01", "02-28"))
    assert city.responses() == 56
    roll_back(city.store)
    assert city.responses() == 28


@pytest.mark.slow
def test_a_store_that_is_gone_is_made_anew(city: City):
    folder = city.folder / "backup"
    back_up(city.store, folder)
    history = load_history(city.store)
    shutil.rmtree(city.store)
    assert restore(folder, city.store).beside is None
    assert load_history(city.store) == history
    assert city.responses() == 28


@pytest.mark.slow
def test_the_commands(city: City):
    folder, place = city.folder / "backups" / "today", ("--store", city.store)
    done = run("verify", *place)
    assert done.exit_code == 0
    assert done.stdout.startswith("Whole: 1 snapshots are as they were written, ")
    done = run("backup", folder, *place)
    assert done.exit_code == 0
    assert done.stdout.endswith("read again and the same.\n")
    done = run("restore", folder, "--replace", *place)
    assert done.exit_code == 0
    assert "The store of before lies at " in done.stdout
    city.store.chmod(0o755)
    (city.store / "CURRENT").unlink()
    done = run("verify", *place)
    assert done.exit_code == 1
    assert [line.split(",")[0] for line in done.stderr.splitlines()] == [
        "Error: Expected a store that its owner alone can read",
        "Error: Expected the name of a snapshot",
    ]


def spoilt(folder: Path, how: str) -> None:
    path = folder / ("backup.json" if "list" in how else "warehouse.duckdb")
    content = bytearray(path.read_bytes())
    if "flipped" in how:
        content[len(content) // 2] ^= 1
        path.write_bytes(content)
    elif "cut" in how:
        path.write_bytes(content[:-100])
    elif "link" in how:
        path.rename(folder.parent / "moved")
        path.symlink_to(folder.parent / "moved")
    else:
        path.unlink()


@pytest.mark.slow
@pytest.mark.parametrize(
    "how",
    ["flipped", "cut", "link", "missing", "list flipped", "list cut", "list missing", "a link as list"],
)  # fmt: skip
def test_a_backup_that_is_not_as_it_was_written_changes_nothing(city: City, how: str):
    folder = city.folder / "backup"
    back_up(city.store, folder)
    spoilt(folder, how)
    before = files(city.folder)
    with pytest.raises(StoreProblem, match=r"^Expected .*, found \[.*nothing was changed: "):
        restore(folder, city.store, replaces=True)
    assert files(city.folder) == before


@pytest.mark.slow
@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (("backup", "{there}"), "found [something there] at"),
        (("backup", "{store}/backup"), "one inside the other"),
        (("backup", "{city}/../city/store/x"), "one inside the other"),
        (("backup", "{city}/new", "--store", "{city}/nowhere"), "found [nothing] at"),
        (("backup", "{csv}/new"), "found [File exists] at"),
        (("restore", "{there}"), "found [no backup.json] at"),
        (("restore", "{city}/nowhere"), "found [nothing] at"),
        (("restore", "{csv}"), "found [no backup.json] at"),
        (("restore", "{backup}"), "say --replace, which leaves it beside"),
        (("restore", "{backup}", "--store", "{csv}"), "say --replace, which leaves it beside"),
        (("verify", "--store", "{city}/nowhere"), "found [nothing] at"),
        (("verify", "--store", "{there}"), "found [no store] at"),
        (("verify", "--store", "{csv}"), "found [no store] at"),
    ],
)  # fmt: skip
def test_bad_input_is_one_sentence_and_changes_nothing(
    city: City, words: tuple[str, ...], complaint: str
):
    places = {"city": city.folder, "store": city.store, "csv": city.folder / "calls.csv"}
    places |= {"there": city.folder / "there", "backup": city.folder / "backup"}
    places["there"].mkdir()
    back_up(city.store, places["backup"])
    before = files(city.folder), sorted(city.folder.rglob("*"))
    given = [word.format(**places) for word in words]
    done = run(*given, *(() if "--store" in given else ("--store", city.store)))
    assert done.exit_code == 1
    *_, sentence = done.stderr.splitlines()
    assert sentence.startswith("Error: Expected ")
    assert complaint in sentence
    assert (files(city.folder), sorted(city.folder.rglob("*"))) == before


@contextmanager
def another_load(store: Path) -> Iterator[None]:
    """Another process holds the store inside."""
    with subprocess.Popen(
        [sys.executable, "-c", LOADER, str(store)],
        cwd=PROJECT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    ) as other:
        assert other.stdout is not None
        assert other.stdout.readline() == "open\n"
        yield
        other.communicate("")


@pytest.mark.slow
def test_a_load_that_runs_is_waited_for_and_then_refused_in_one_sentence(city: City):
    before = files(city.folder)
    folder = city.folder / "backup"
    with another_load(city.store):
        told: list[str] = []
        with pytest.raises(BusyStore, match="wait until it has ended and try again"):
            back_up(city.store, folder, 1, told.append)
        assert told == ["Waiting for a load to end, at most 1 seconds"]
        with pytest.raises(BusyStore):
            verify(city.store)
    back_up(city.store, folder)
    with another_load(city.store), pytest.raises(BusyStore, match="nothing was changed"):
        restore(folder, city.store, replaces=True)
    assert {name: held for name, held in files(city.folder).items() if name in before} == before


@pytest.mark.slow
def test_a_restore_broken_off_between_its_renames_begins_nothing_anew(city: City, monkeypatch):
    folder = city.folder / "backup"
    back_up(city.store, folder)
    # As a kill there leaves it.
    city.store.rename(city.folder / "store.before-restore-20260101-000000")
    shutil.copytree(folder, city.folder / ".store.restoring-1")
    before = files(city.folder)
    sentence = (
        r"found \[a restore that was broken off, \.store\.restoring-1\]; restore a backup with"
    )
    for what in (lambda: open_warehouse(city.store).__enter__(), lambda: verify(city.store)):
        with pytest.raises(StoreProblem, match=sentence):
            what()
    assert files(city.folder) == before
    restore(folder, city.store)
    assert city.responses() == 28


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="this system has no such modes")
def test_a_store_and_a_backup_are_their_owners_alone(city: City):
    former = os.umask(0o000)
    try:
        open_city = City(city.folder / "open")
        # Not a copy of the first load of another test, whose modes would be those of the copy.
        open_city.load(calls("01-02", "01-05"), "other.csv")
        folder = back_up(open_city.store, city.folder / "backup").folder
    finally:
        os.umask(former)
    for place in (open_city.store, folder):
        for path in (place, *place.rglob("*")):
            wanted = 0o700 if path.is_dir() else 0o600
            assert stat.S_IMODE(path.stat().st_mode) == wanted, path
    # What stood open is closed by the next load.
    (open_city.store / "warehouse.duckdb").chmod(0o644)
    open_city.store.chmod(0o755)
    open_city.load(calls("01-02", "01-06"), "other.csv")
    assert verify(open_city.store).faults == ()


@pytest.mark.slow
def test_a_folder_that_holds_other_things_keeps_its_mode(city: City):
    (city.store / "notes.txt").write_text("the owner's own")
    city.store.chmod(0o755)
    city.load(calls("02-01", "02-05"))
    assert stat.S_IMODE(city.store.stat().st_mode) == 0o755
    assert stat.S_IMODE((city.store / "snapshots").stat().st_mode) == 0o700


def test_what_a_backup_says_it_holds(city: City):
    made = back_up(city.store, city.folder / "backup")
    again, publication = read_backup(made.folder)
    assert (again, publication) == (made, 1)
    assert sorted(path.name for path in made.folder.iterdir()) == [
        "backup.json",
        "warehouse.duckdb",
    ]
