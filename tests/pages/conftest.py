"""Fixtures of the page tests: stores, and a visit to a page as AppTest runs it."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
import streamlit as st
from built_stores import PROJECT, demonstration_store, lane_county_store
from streamlit.components.v2 import manifest_scanner
from streamlit.testing.v1 import AppTest

from outcomes.presentation.exhibit import Exhibit
from pages.shell.page import AnyPage

SLOWEST_RUN_SECONDS = 60
# Every new visitor of AppTest has all installed packages read for components, which takes as long as a page. A server reads
# them once, and so do these tests.
manifest_scanner.scan_component_manifests = cache(manifest_scanner.scan_component_manifests)
# The store whose settings and answers Streamlit's caches hold.
_cached: list[Path] = []

Visit = Callable[..., AppTest]


@dataclass(frozen=True)
class Look:
    """A page that was run once, for every test that only reads it."""

    run: AppTest
    # what it showed, in order
    exhibits: list[Exhibit]


_looks: dict[tuple[Path, str, tuple[tuple[str, str], ...]], Look] = {}


@pytest.fixture(scope="session")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the demonstration store; tests only read it."""
    return demonstration_store(tmp_path_factory)


@pytest.fixture(scope="session")
def lane_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of the store with Lane County's real log; tests only read it."""
    return lane_county_store(tmp_path_factory)


@pytest.fixture
def fresh_settings() -> Iterator[None]:
    """Settings that are read anew by the next visit, and by the one after this test."""
    _cached.clear()
    yield
    _cached.clear()


@pytest.fixture
def visit(monkeypatch: pytest.MonkeyPatch) -> Visit:
    """Opens a page of a store with a query in its address, the whole log without one, as a new visitor; returns its run."""

    def visit(
        store: Path,
        page: str,
        timeout: float = SLOWEST_RUN_SECONDS,
        *,
        says_nothing: bool = False,
        **query: str | list[str],
    ) -> AppTest:
        monkeypatch.setenv("OUTCOMES_STORE", str(store))
        if _cached != [store]:
            st.cache_resource.clear()
            st.cache_data.clear()
            _cached[:] = [store]
        run = AppTest.from_file(PROJECT / "app.py", default_timeout=timeout)
        run.switch_page(f"pages/{page}.py")
        # An address that says nothing is a beginning; one that says anything is of the whole log where it does not say more.
        for key, value in (query or ({} if says_nothing else {"period": "all"})).items():
            run.query_params[key] = value
        return run.run()

    return visit


@pytest.fixture
def look_at(visit: Visit) -> Callable[..., Look]:
    """Opens a page as visit does, once a process for all tests that look at it so; they only read it."""

    def look_at(store: Path, page: str, **query: str) -> Look:
        key = (store, page, tuple(sorted(query.items())))
        if key not in _looks:
            shown: list[Exhibit] = []
            take = AnyPage.take

            def noted(run: AnyPage, exhibit: Exhibit) -> None:
                shown.append(exhibit)
                take(run, exhibit)

            with pytest.MonkeyPatch.context() as patch:
                patch.setattr(AnyPage, "take", noted)
                _looks[key] = Look(visit(store, page, **query), shown)
        return _looks[key]

    return look_at
