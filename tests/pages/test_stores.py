"""No store, a broken store: the demonstration is built, or one kind sentence says what to do."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest
from page_content import QUESTIONS, context_line, question

pytestmark = pytest.mark.slow

LONGEST_BUILD_SECONDS = 200


def _no_such_snapshot(store: Path) -> None:
    (store / "CURRENT").write_text("snap-404.duckdb\n", encoding="utf-8")


def _empty_pointer(store: Path) -> None:
    (store / "CURRENT").write_text("", encoding="utf-8")


def _garbage_pointer(store: Path) -> None:
    (store / "CURRENT").write_bytes(b"\xff\xfe\x00snap")


def _garbage_snapshot(store: Path) -> None:
    _live(store).write_bytes(os.urandom(4096))


def _empty_snapshot(store: Path) -> None:
    _live(store).write_bytes(b"")


def _cut_off_snapshot(store: Path) -> None:
    _live(store).write_bytes(_live(store).read_bytes()[:20_000])


def _snapshot_without_tables(store: Path) -> None:
    _live(store).unlink()
    duckdb.connect(str(_live(store))).close()


def _live(store: Path) -> Path:
    return store / "snapshots" / (store / "CURRENT").read_text(encoding="utf-8").strip()


@pytest.mark.parametrize(
    "breaking",
    [
        _no_such_snapshot,
        _empty_pointer,
        _garbage_pointer,
        _garbage_snapshot,
        _empty_snapshot,
        _cut_off_snapshot,
        _snapshot_without_tables,
    ],
)
@pytest.mark.parametrize("page", ["overview", "methods"])
def test_a_broken_store_is_one_kind_sentence(
    visit, demo_store, tmp_path: Path, breaking: Callable[[Path], None], page: str
):
    store = tmp_path / "store"
    shutil.copytree(demo_store, store, ignore=shutil.ignore_patterns("warehouse.duckdb"))
    breaking(store)
    run = visit(store, page)
    assert not run.exception
    assert len(run.error) == 1
    said = run.error[0].value
    # The pointer alone is broken: the snapshot itself is shown.
    is_shown = breaking in (_no_such_snapshot, _empty_pointer, _garbage_pointer)
    assert said.startswith("Loading is broken. " if is_shown else "Expected ")
    assert said.rstrip().endswith(".")
    assert "Traceback" not in said
    assert "\n" not in said.strip()


def test_pages_answer_from_the_last_whole_snapshot_and_say_that_loading_is_broken(
    visit, small_store, tmp_path: Path
):
    store = tmp_path / "store"
    shutil.copytree(small_store, store)
    shown = _live(store)
    (store / "CURRENT").write_text("snap-404-load-404.duckdb\n", encoding="utf-8")
    run = visit(store, "overview")
    assert not run.exception
    said = run.error[0].value
    assert said.startswith("Loading is broken. These pages show what was last published whole, ")
    assert shown.stem in said
    assert question(run) == QUESTIONS["overview"]


@pytest.mark.parametrize("breaking", [_no_such_snapshot, _cut_off_snapshot])
def test_readers_who_cannot_load_are_told_no_path_of_the_server(
    visit, demo_store, tmp_path: Path, monkeypatch, breaking: Callable[[Path], None]
):
    monkeypatch.setenv("OUTCOMES_LOAD_PAGE", "false")
    store = tmp_path / "store"
    shutil.copytree(demo_store, store, ignore=shutil.ignore_patterns("warehouse.duckdb"))
    breaking(store)
    said = visit(store, "overview").error[0].value
    assert said.endswith(
        "Whoever runs this server finds the reason with: python -m outcomes verify."
    )
    assert str(tmp_path) not in said.replace("\\", "")


def test_the_demonstration_never_comes_into_a_store_that_is_broken(visit, tmp_path: Path):
    store = tmp_path / "store"
    store.mkdir()
    (store / "warehouse.duckdb").write_bytes(b"no database" * 5000)
    run = visit(store, "overview")
    assert not run.exception
    assert run.error[0].value.startswith("Expected a published store, found ")
    assert [path.name for path in store.iterdir()] == ["warehouse.duckdb"]


@pytest.mark.long
def test_without_a_store_the_demonstration_is_built(visit, tmp_path: Path, monkeypatch):
    monkeypatch.setenv("OUTCOMES_DEMO", str(tmp_path / "exports"))
    store = tmp_path / "store"
    run = visit(store, "overview", timeout=LONGEST_BUILD_SECONDS)
    assert not run.exception
    assert (store / "CURRENT").is_file()
    assert any((tmp_path / "exports").rglob("*.*"))
    assert question(run) == QUESTIONS["overview"]
    assert "**Made-up demonstration data**" in context_line(run)


@pytest.mark.parametrize(
    "earlier",
    [
        # before snapshots said by which rules they were built
        pytest.param("drop table rare_event_day; drop table built_by", marks=pytest.mark.long),
        # the same tables, without a column that pages need now
        pytest.param(
            "alter table program drop column possible_answers; update built_by set digest = 'other'",
            marks=pytest.mark.long,
        ),
        # the same tables and columns, counted by another definition
        "update built_by set digest = 'other'",
    ],
    ids=["tables", "columns", "definitions"],
)
def test_a_snapshot_of_an_earlier_version_is_published_anew(
    visit, demo_store, tmp_path: Path, earlier: str
):
    """After an upgrade the first visit has what the new pages need, without a word from its owner."""
    store = tmp_path / "old-store"
    shutil.copytree(demo_store, store)
    # Published before there were manifests.
    _live(store).with_suffix(".json").unlink()
    with duckdb.connect(str(_live(store))) as connection:
        connection.execute(earlier)
    before = _live(store).name
    run = visit(store, "injuries")
    assert not run.exception
    assert not run.error
    assert _live(store).name != before
    assert question(run) == QUESTIONS["injuries"]
