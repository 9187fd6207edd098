"""Figures in the store's folder: kept once, whole or not at all, for ever, and for whom they were made."""

import errno
import os
import shutil
import stat
from pathlib import Path

import pytest
from exported_city import City, calls
from typer.testing import CliRunner

from outcomes.cli.app import app
from outcomes.store import figure_files, snapshot, snapshot_file
from outcomes.store.backup import back_up, restore
from outcomes.store.figure_files import (
    KeptFigure,
    address_of,
    figure_folder,
    find_figure,
    keep_figure,
    kept_figures,
)
from outcomes.store.folder import is_begun
from outcomes.store.history import roll_back
from outcomes.store.problem import DamagedStore, StoreProblem
from outcomes.store.publish import publish_anew
from outcomes.store.snapshot import OutdatedSnapshot, live_snapshot
from outcomes.store.verify import verify
from outcomes.vocabulary.log import View

PUBLIC, PROGRAM = b'{"one": 1}\n', b'{"two": 2}\n'
BOTH = (View.PUBLIC, View.PROGRAM)


def kept(store: Path) -> dict[str, bytes]:
    return {figure.address: figure.path.read_bytes() for figure in kept_figures(store)}


def test_a_figure_is_kept_once_for_its_owner_alone_and_found_by_who_may_see_it(tmp_path: Path):
    store = tmp_path / "store"
    public = keep_figure(store, View.PUBLIC, PUBLIC, 2)
    program = keep_figure(store, View.PROGRAM, PROGRAM, 2)
    assert (public, program) == (address_of(PUBLIC), address_of(PROGRAM))
    written = KeptFigure(store, View.PUBLIC, public).path.stat().st_mtime_ns
    assert keep_figure(store, View.PUBLIC, PUBLIC, 1) == public
    assert KeptFigure(store, View.PUBLIC, public).path.stat().st_mtime_ns == written
    assert find_figure(store, public, (View.PUBLIC,)) == (View.PUBLIC, PUBLIC)
    assert find_figure(store, program, BOTH) == (View.PROGRAM, PROGRAM)
    assert find_figure(store, program, (View.PUBLIC,)) is None
    modes = {
        path.relative_to(store).as_posix(): stat.S_IMODE(path.stat().st_mode)
        for path in (store, *store.rglob("*"))
    }
    assert {mode for path, mode in modes.items() if path.endswith(".json")} == {0o600}
    assert {mode for path, mode in modes.items() if not path.endswith(".json")} == {0o700}
    # Figures alone are no store: the demonstration can still be written there.
    assert not is_begun(store)


@pytest.mark.parametrize(
    "address",
    ["", ".", "..", "../../CURRENT", "A" * 20, "0" * 19, "0" * 21, "0" * 20 + "\n", "٣" * 20, "a" * 10_000],
)  # fmt: skip
def test_what_is_no_address_finds_nothing(tmp_path: Path, address: str):
    keep_figure(tmp_path, View.PUBLIC, PUBLIC, 1)
    assert find_figure(tmp_path, address, BOTH) is None


def test_no_more_are_kept_than_the_setting_says_and_those_kept_stay(tmp_path: Path):
    keep_figure(tmp_path, View.PUBLIC, PUBLIC, 1)
    with pytest.raises(StoreProblem, match=r"found \[1, as many.*OUTCOMES_MOST_FIGURES"):
        keep_figure(tmp_path, View.PUBLIC, PROGRAM, 1)
    # Readers of the public view take no room from the agency's own staff.
    keep_figure(tmp_path, View.PROGRAM, PROGRAM, 1)
    with pytest.raises(StoreProblem, match=r"at most 2 MB, found \[3\.0 MB\]"):
        keep_figure(tmp_path, View.PUBLIC, b" " * 3_000_000, 9)
    assert set(kept(tmp_path)) == {address_of(PUBLIC), address_of(PROGRAM)}


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS])
def test_a_disk_that_is_full_or_may_not_be_written_is_one_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int
):
    def refuse(handle: int) -> None:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(figure_files.os, "fsync", refuse)
    monkeypatch.setattr(figure_files, "make_durable", lambda path: None)
    with pytest.raises(StoreProblem, match=rf"found \[{os.strerror(number)}\].*nothing was kept"):
        keep_figure(tmp_path, View.PUBLIC, PUBLIC, 9)
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == []


def test_no_link_is_followed(tmp_path: Path):
    store, elsewhere = tmp_path / "store", tmp_path / "elsewhere"
    address = keep_figure(store, View.PUBLIC, PUBLIC, 9)
    figure = KeptFigure(store, View.PUBLIC, address)
    shutil.copytree(store, elsewhere)
    figure.path.unlink()
    figure.path.symlink_to(KeptFigure(elsewhere, View.PUBLIC, address).path)
    with pytest.raises(DamagedStore, match=r"found \[a link\]"):
        find_figure(store, address, BOTH)
    shutil.rmtree(store / "figures")
    (store / "figures").symlink_to(elsewhere / "figures")
    with pytest.raises(DamagedStore, match=r"found \[a link\]"):
        find_figure(store, address, BOTH)
    with pytest.raises(StoreProblem, match=r"found \[a link\]"):
        keep_figure(store, View.PROGRAM, PROGRAM, 9)
    assert kept_figures(store) == []


@pytest.mark.slow
def test_whatever_is_done_to_the_store_no_figure_changes_and_backups_hold_them(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    city = City(tmp_path / "city")
    city.load(calls("01-01", "01-28"))
    keep_figure(city.store, View.PUBLIC, PUBLIC, 9)
    keep_figure(city.store, View.PROGRAM, PROGRAM, 9)
    held = kept(city.store)
    city.load(calls("02-01", "02-28"))
    roll_back(city.store)
    # An upgrade: the rules of counting have another digest, and the store is published by them.
    for module in (snapshot, snapshot_file):
        monkeypatch.setattr(module, "rules_digest", lambda: "of another version")
    with pytest.raises(OutdatedSnapshot):
        live_snapshot(city.store)
    publish_anew(city.store)
    live_snapshot(city.store)
    assert kept(city.store) == held
    found = verify(city.store)
    assert (found.faults, found.figures) == ((), 2)
    folder = city.folder / "backup"
    back_up(city.store, folder)
    # One that was cited since the backup stays, and one that was damaged since comes back.
    later = keep_figure(city.store, View.PUBLIC, b'{"three": 3}\n', 9)
    damaged = KeptFigure(city.store, View.PUBLIC, address_of(PUBLIC)).path
    damaged.write_bytes(PUBLIC.replace(b"1", b"2"))
    (figure_folder(city.store, View.PUBLIC) / "notes.txt").touch(mode=0o600)
    place = ("--store", str(city.store))
    done = CliRunner().invoke(app, ["verify", *place])
    assert done.exit_code == 1
    assert f"found [other content than was kept] at [{damaged}]; take it from a backup" in (
        done.stderr
    )
    assert "found [notes.txt]" in done.stderr
    with pytest.raises(DamagedStore, match="other content"):
        find_figure(city.store, address_of(PUBLIC), BOTH)
    done = CliRunner().invoke(app, ["restore", str(folder), "--replace", *place])
    assert done.exit_code == 0
    assert kept(city.store) == {**held, later: b'{"three": 3}\n'}
    assert verify(city.store).faults == ()
    # A backup whose figure is damaged changes nothing.
    KeptFigure(folder, View.PROGRAM, address_of(PROGRAM)).path.write_bytes(b"{}")
    with pytest.raises(StoreProblem, match="nothing was changed"):
        restore(folder, city.store, replaces=True)


def test_the_same_content_mends_a_damaged_figure(tmp_path: Path):
    address = keep_figure(tmp_path, View.PUBLIC, PUBLIC, 9)
    KeptFigure(tmp_path, View.PUBLIC, address).path.write_bytes(b"")
    assert keep_figure(tmp_path, View.PUBLIC, PUBLIC, 9) == address
    assert find_figure(tmp_path, address, BOTH) == (View.PUBLIC, PUBLIC)


def test_two_figures_never_share_an_address(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(figure_files, "address_of", lambda content: "0" * 20)
    keep_figure(tmp_path, View.PUBLIC, PUBLIC, 9)
    with pytest.raises(StoreProblem, match=r"found \[another one\].*nothing was kept"):
        keep_figure(tmp_path, View.PUBLIC, PROGRAM, 9)
    assert find_figure(tmp_path, "0" * 20, BOTH) == (View.PUBLIC, PUBLIC)
