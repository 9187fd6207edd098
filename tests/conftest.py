"""Shared fixtures: a small store written by hand, and a store with the two real logs."""

import csv
import gc
import os
from pathlib import Path
from typing import Any

import hypothesis
import pytest
from built_stores import loaded_once
from hand_written_calls import CALLS, UNIT_COLUMNS, UNIT_PROFILE, UNIT_ROWS
from made_city import AGENCY, CALL_TYPES, SECRET, write_agency, write_csv
from places import EXPECTED, PROJECT, REAL_LOGS
from xdist.scheduler import LoadFileScheduling

from outcomes.ingest.run import LoadReport, load_log
from outcomes.store import snapshot as snapshot_module
from outcomes.store.snapshot import Snapshot, live_snapshot

# The hand-written log names persons. Tests of what happens without a secret take it away again.
os.environ.setdefault("OUTCOMES_PERSON_SECRET", SECRET)
# How long an example takes is the machine's business.
hypothesis.settings.register_profile("project", deadline=None)
hypothesis.settings.load_profile("project")
# What is collected stays until the end: to look through it for garbage again and again takes half of a collection.
gc.disable()


def pytest_collection_finish() -> None:
    """Look for garbage again, but not in the tests themselves."""
    gc.enable()
    gc.freeze()


@pytest.fixture(scope="session")
def small_agencies(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the two hand-written agencies, with their exports beside it."""
    folder = tmp_path_factory.mktemp("small")
    agencies = write_agency(
        folder / "agencies", has_persons=True, more="[[response_targets]]\nminutes = 15"
    )
    town = agencies / "test-town"
    town.mkdir()
    (town / "profile.toml").write_text(UNIT_PROFILE, encoding="utf-8")
    (town / "call_types.csv").write_text(CALL_TYPES, encoding="utf-8")
    write_csv(folder / "calls.csv", CALLS)
    with (folder / "units.csv").open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([UNIT_COLUMNS, *UNIT_ROWS])
    return agencies


@pytest.fixture(scope="session")
def small_reports(
    small_agencies: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, dict[str, LoadReport]]:
    """The small store's folder, and what the loads of its two logs reported."""
    exports = {AGENCY: "calls.csv", "test-town": "units.csv"}
    return loaded_once(
        tmp_path_factory,
        "small",
        lambda store: {
            agency: load_log([small_agencies.parent / name], agency, small_agencies, store)
            for agency, name in exports.items()
        },
    )


@pytest.fixture(scope="session")
def small_store(small_reports: tuple[Path, dict[str, LoadReport]]) -> Path:
    """Folder of a store with both hand-written logs, loaded and published; tests only read it."""
    return small_reports[0]


@pytest.fixture(scope="session")
def small_snapshot(small_store: Path) -> Snapshot:
    """The published snapshot of the small store."""
    return live_snapshot(small_store)


@pytest.fixture(scope="session")
def real_reports(
    tmp_path_factory: pytest.TempPathFactory,
) -> tuple[Path, dict[str, LoadReport]]:
    """The store with both real logs, and what their loads reported."""
    for path in (*REAL_LOGS.values(), EXPECTED):
        if not path.is_file():
            pytest.skip(f"the real log is not here: {path.name}")
    agencies = PROJECT / "data" / "agencies"
    return loaded_once(
        tmp_path_factory,
        "real",
        lambda store: {
            agency: load_log([path], agency, agencies, store) for agency, path in REAL_LOGS.items()
        },
    )


@pytest.fixture(scope="session")
def real_store(real_reports: tuple[Path, dict[str, LoadReport]]) -> Path:
    """Folder of a store with both real logs, loaded and published; tests only read it."""
    return real_reports[0]


@pytest.fixture(scope="session")
def real_snapshot(real_store: Path) -> Snapshot:
    """The published snapshot of the real store."""
    return live_snapshot(real_store)


# Files whose tests share what one of them ran, such as servers and pages: they go to one process, one after the other.
TOGETHER = (
    ("tests/browser/",),
    (
        "tests/pages/test_every_page.py",
        "tests/pages/test_exhibits.py",
        "tests/pages/test_forbidden_sentences.py",
    ),
)


# xdist has no types, so that its class is anything to the type checker.
class FilesTogether(LoadFileScheduling):  # type: ignore[misc]
    """Whole files to whichever process is free, and those of TOGETHER as one."""

    def _split_scope(self, nodeid: str) -> str:
        """The first of the files that a test's file goes with."""
        file = nodeid.split("::", 1)[0]
        return next((group[0] for group in TOGETHER if file.startswith(group)), file)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> FilesTogether:
    """How the tests are dealt out."""
    return FilesTogether(config, log)


# What only tests in the browser, only tests on the real logs and only slow tests ask for.
SLOW_FIXTURES = {"demo_store"}
BROWSER_FIXTURES = {"browser", "demo_server", "lane_server", "fresh_server"}
REAL_FIXTURES = {"real_reports", "lane_store"}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what is slow, needs Chromium or needs the real logs, by the fixtures that a test asks for."""
    for item in items:
        asked = set(getattr(item, "fixturenames", ()))
        if asked & SLOW_FIXTURES:
            item.add_marker("slow")
        if asked & BROWSER_FIXTURES:
            item.add_marker("browser")
        if asked & REAL_FIXTURES:
            item.add_marker("real_log")


def pytest_sessionfinish() -> None:
    """Let go of every snapshot, so that nothing is left open when the interpreter ends."""
    for opened in snapshot_module._open_snapshots.values():
        opened.close()
    snapshot_module._open_snapshots.clear()
