"""Stores that many tests look at: built once a run, whatever number of processes it has, then only read."""

import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from outcomes.ingest.report import LoadReport

PROJECT = Path(__file__).resolve().parents[1]
LANE_LOG = PROJECT.parent / "shared" / "realdata" / "mcslc_lane_county" / "MCSLC.xlsx"
# A machine with much else to do takes many times as long as an idle one.
LONGEST_BUILD_SECONDS = 900


def demonstration_store(factory: pytest.TempPathFactory) -> Path:
    """Folder of a store with the made-up logs of all made-up cities."""
    return _built_once(factory, "demonstration", lambda store: _run(store, "demo"))


def lane_county_store(factory: pytest.TempPathFactory) -> Path:
    """Folder of a store with Lane County's real log; skips the test where the log is not here."""
    if not LANE_LOG.is_file():
        pytest.skip(f"the real log is not here: {LANE_LOG.name}")
    load = ("load", str(LANE_LOG), "--agency", "lane-county-mcs")
    return _built_once(factory, "lane-county", lambda store: _run(store, *load))


def loaded_once(
    factory: pytest.TempPathFactory, name: str, load: Callable[[Path], dict[str, LoadReport]]
) -> tuple[Path, dict[str, LoadReport]]:
    """The store of that name, and what its loads reported by agency."""

    def build(store: Path) -> None:
        store.with_name(f"{name}-reports").write_bytes(pickle.dumps(load(store)))

    store = _built_once(factory, name, build)
    return store, pickle.loads(store.with_name(f"{name}-reports").read_bytes())


def _built_once(factory: pytest.TempPathFactory, name: str, build: Callable[[Path], None]) -> Path:
    """The store of that name, built by whichever of this run's processes comes first."""
    base = factory.getbasetemp()
    shared = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    store, done, failed = (shared / f"{name}-{part}" for part in ("store", "done", "failed"))
    try:
        (shared / f"{name}-lock").touch(exist_ok=False)
    except FileExistsError:
        _wait_for(done, failed)
        return store
    try:
        build(store)
    except BaseException:
        failed.touch()
        raise
    done.touch()
    return store


def _wait_for(done: Path, failed: Path) -> None:
    until = time.monotonic() + LONGEST_BUILD_SECONDS
    while not done.exists():
        if failed.exists() or time.monotonic() > until:
            pytest.fail(f"another process did not build the store [{done.name}]")
        time.sleep(0.1)


def _run(store: Path, *words: str) -> None:
    command = [sys.executable, "-m", "outcomes", *words, "--store", str(store)]
    run = subprocess.run(
        command,
        cwd=PROJECT,
        env={**os.environ, "OUTCOMES_DEMO": str(store.with_name("made-up-exports"))},
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=LONGEST_BUILD_SECONDS,
    )
    assert run.returncode == 0, f"{' '.join(words)} failed: {run.stderr}"
