"""Logs of many shapes from file to page by the page alone, a real browser on a real server: each with its right numbers."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import duckdb
import pytest
from drafted_logs import LOGS
from loading_a_log import STEP_MS, bring, fill_in, load, opened
from playwright.sync_api import Browser, expect
from running import running_server
from small_agency import AGENCY, Town, profile_with
from vendor_logs import VENDOR_LOGS, VendorLog

from outcomes.answers.answer import answer
from outcomes.ingest.run import load_log
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot

# Rows of the file, and calls that it holds by month.
CASES = {
    "Numbers that restart, two years in one file": (
        24,
        {f"{year}-{month:02}": 1 for year in (2024, 2025) for month in range(1, 13)},
    ),
    "Clocks beside one date, over midnight": (4, {"2026-03": 4}),
    "One row for each status of a unit": (12, {"2026-03": 2}),
    "Universal time as +00": (2, {"2026-01": 1, "2026-06": 1}),
    "Day and month turned round by a spreadsheet": (8, {"2026-01": 8}),
    "A printed report: the header on each page": (9, {"2026-01": 6}),
    "A sheet for each month": (9, {"2026-01": 2, "2026-02": 3, "2026-03": 4}),
    "Minutes and seconds saved as hours": (4, {"2025-12": 4}),
    "Names in two rows": (6, {"2026-01": 6}),
    "The date once for a merged group": (9, {"2026-01": 9}),
}


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A folder with a store of one small town, and in `address` the server on it."""
    folder = tmp_path_factory.mktemp("from-file-to-page")
    town = Town(folder, profile_with())
    agencies = str(town.agency.parent)
    load_log(
        [town.write("id,received\nA,2026-01-05 10:00\n")], AGENCY, town.agency.parent, town.store
    )
    with running_server(folder / "store", folder / "log", OUTCOMES_AGENCIES=agencies) as address:
        (folder / "address").write_text(address)
        yield folder


def calls_by_month(place: Path, program: str) -> dict[str, int]:
    (path,) = (place / "store").rglob("warehouse.duckdb")
    with duckdb.connect(str(path), read_only=True) as connection:
        found = connection.execute(
            "select received_at from incident where program_id = ?", [program]
        )
        return dict(Counter(f"{received:%Y-%m}" for (received,) in found.fetchall()))


@pytest.mark.long
@pytest.mark.parametrize("name", CASES)
def test_a_case_comes_to_the_page_right(browser: Browser, place: Path, tmp_path: Path, name: str):
    path = next(log for log in LOGS if log.name == name).make(tmp_path)
    assert path is not None
    program = f"case-{list(CASES).index(name)}"
    tab = opened(browser, place)
    bring(tab, path, program)
    expect(tab.get_by_role("heading", name="2. Whose log is it?")).to_be_visible(timeout=STEP_MS)
    fill_in(tab)
    rows, months = CASES[name]
    load(tab, rows)
    assert calls_by_month(place, program) == months
    tab.get_by_role("link", name="To its overview").click()
    expect(tab.get_by_role("heading", name="Fernhollow Responders, ")).to_be_visible(
        timeout=STEP_MS
    )
    tab.context.close()


@pytest.mark.long
@pytest.mark.parametrize("log", VENDOR_LOGS, ids=lambda log: log.kind)
def test_a_vendors_log_comes_to_the_page_right(
    browser: Browser, place: Path, tmp_path: Path, log: VendorLog
):
    path = tmp_path / "export.csv"
    path.write_text(log.text, encoding="utf-8", newline="")
    program = log.kind.replace(" ", "-")
    tab = opened(browser, place)
    bring(tab, path, program)
    expect(tab.get_by_role("heading", name="2. Whose log is it?")).to_be_visible(timeout=STEP_MS)
    for private in ("Jo Doe", "MAPLE", "Long notes", "at length", "R. Alder"):
        assert private not in tab.inner_text("body")
    fill_in(tab)
    load(tab, log.rows)
    for metric, right in log.numbers.items():
        found = answer(metric, Selection((program,)), live_snapshot(place / "store")).total
        assert right in (found.numerator, found.value), metric
    tab.context.close()
