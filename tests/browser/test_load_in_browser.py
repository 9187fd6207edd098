"""Bringing a log in with a real browser: an upload, an edit in place, and a server that answers others meanwhile."""

import gzip
import shutil
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from built_stores import LANE_LOG, PROJECT
from drafted_logs import LOGS
from findings import grave_findings
from loading_a_log import STEP_MS, bring, fill_in, opened
from playwright.sync_api import Browser, expect
from running import new_context, running_server
from settled import PHONE, WIDE

from outcomes.answers.answer import answer
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot

# The usual and the slowest click of another reader, on a machine that runs other tests beside it. A server that waits
# for the bomb answers in the time that the refusal takes.
USUAL_CLICK_SECONDS, SLOWEST_CLICK_SECONDS = 1.5, 5
LONGEST_REFUSAL_SECONDS = 40


@pytest.fixture
def place(demo_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder with a store and agencies of its own, and in `address` the server on them."""
    shutil.copytree(demo_store, tmp_path / "store")
    shutil.copytree(PROJECT / "data" / "agencies", tmp_path / "agencies")
    monkeypatch.setenv("OUTCOMES_AGENCIES", str(tmp_path / "agencies"))
    with running_server(tmp_path / "store", tmp_path / "log") as address:
        (tmp_path / "address").write_text(address)
        yield tmp_path


def test_a_real_export_from_upload_to_the_pages(browser: Browser, place: Path):
    if not LANE_LOG.is_file():
        pytest.skip(f"the real log is not here: {LANE_LOG.name}")
    tab = opened(browser, place)
    bring(tab, LANE_LOG, "fernhollow")
    expect(tab.get_by_role("heading", name="2. Whose log is it?")).to_be_visible(timeout=STEP_MS)
    fill_in(tab)
    tab.get_by_role("button", name="Read them").click()
    expect(tab.get_by_text("understood on all 100 rows that have one").first).to_be_visible(
        timeout=STEP_MS
    )
    tab.get_by_role("button", name="Count them").click()
    expect(tab.get_by_text("4,682 rows read: 4,682 would be loaded")).to_be_visible(timeout=STEP_MS)
    tab.get_by_role("button", name="Load", exact=True).click()
    expect(tab.get_by_text("4,682 rows read: 4,682 are loaded")).to_be_visible(timeout=STEP_MS)
    asked = Selection(("fernhollow",))
    snapshot = live_snapshot(place / "store")
    assert answer("dispatches", asked, snapshot).total.numerator == 4_682
    # The reviewed profile keeps 62 waits of zero minutes; a draft leaves zeros out until a person says otherwise.
    waits = answer("response_min", asked, snapshot).total
    assert (waits.value, waits.denominator) == (30.0, 4_252 - 62)
    tab.get_by_role("link", name="To its overview").click()
    expect(tab.get_by_role("heading", name="Fernhollow Responders, ")).to_be_visible(
        timeout=STEP_MS
    )


@pytest.mark.long
def test_a_new_shape_from_file_to_figure_by_the_page_alone(browser: Browser, place: Path):
    log = next(one for one in LOGS if one.name.startswith("Clocks beside")).make(place)
    assert log
    tab = opened(browser, place)
    tab.locator("input[type=file]").set_input_files(log)
    name = tab.get_by_role("textbox", name="Name of the program")
    expect(tab.get_by_role("textbox", name="A short id")).to_have_value("log", timeout=STEP_MS)
    name.fill("Juniper Flats Care Team")
    name.press("Tab")
    expect(tab.get_by_role("textbox", name="A short id")).to_have_value(
        "juniper-flats-care-team", timeout=STEP_MS
    )
    tab.get_by_role("button", name="Look at it").click()
    expect(tab.get_by_role("heading", name="2. Whose log is it?")).to_be_visible(timeout=STEP_MS)
    fill_in(tab)
    tab.get_by_role("button", name="Read them").click()
    expect(tab.get_by_text("No cell of these rows is marked.")).to_be_visible(timeout=STEP_MS)
    tab.get_by_role("button", name="Count them").click()
    expect(tab.get_by_text("would be loaded")).to_be_visible(timeout=STEP_MS)
    tab.get_by_role("button", name="Load", exact=True).click()
    expect(tab.get_by_text("are loaded")).to_be_visible(timeout=STEP_MS)
    asked = Selection(("juniper-flats-care-team",))
    figure = answer("dispatches", asked, live_snapshot(place / "store")).total
    assert figure.numerator == 3


@pytest.mark.parametrize(
    ("scheme", "width"), [pytest.param("light", WIDE, marks=pytest.mark.long), ("dark", PHONE)]
)
def test_a_mapped_log_looks_right(browser: Browser, place: Path, scheme: str, width: int):
    log = place / "calls.csv"
    log.write_text(
        "Number,Received,Outcome,Nature,Caller Phone\n"
        + "".join(
            f"F{n},2025-01-{1 + n % 27:02d} 10:00:00,{('contacted', 'refused')[n % 2]},MH,503-555-01{n:02d}\n"
            for n in range(60)
        )
    )
    tab = opened(browser, place, scheme, width)
    bring(tab, log, "fernhollow")
    expect(tab.get_by_role("heading", name="Keep the profile")).to_be_visible(timeout=STEP_MS)
    assert "503-555" not in tab.inner_text("body")
    expect(tab.get_by_text("“Caller Phone” (named like a phone number)")).to_be_visible()
    assert tab.evaluate("document.documentElement.scrollWidth <= window.innerWidth")
    assert grave_findings(tab) == []


def test_a_use_is_changed_in_place_by_keyboard(browser: Browser, place: Path):
    log = place / "calls.csv"
    log.write_text(
        "Number,Received,Beat\n"
        + "".join(f"F{n},2025-01-{1 + n % 27:02d} 10:00:00,north\n" for n in range(60))
    )
    tab = opened(browser, place)
    bring(tab, log, "fernhollow")
    expect(tab.get_by_text("Not used: 0 columns")).to_be_visible(timeout=STEP_MS)
    grid = tab.get_by_test_id("stDataFrame").first
    grid.click(position={"x": 200, "y": 50})
    # Two rows down to the beat, open its list, choose.
    for key in ("ArrowDown", "ArrowDown", "Enter"):
        tab.keyboard.press(key)
        tab.wait_for_timeout(300)
    tab.keyboard.type("Not used")
    tab.keyboard.press("Enter")
    expect(tab.get_by_text("Not used: 1 column;")).to_be_visible(timeout=STEP_MS)
    tab.get_by_text("The profile itself").click()
    text = tab.get_by_role("textbox", name="Profile in TOML")
    expect(text).to_be_visible()
    assert "area_id" not in text.input_value()
    assert 'incident_id = "Number"' in text.input_value()


@pytest.mark.long
def test_others_are_answered_while_a_bomb_is_refused(browser: Browser, place: Path):
    bomb = place / "bomb.csv.gz"
    with gzip.open(bomb, "wb", compresslevel=9) as packed:
        packed.write(b"id,received,type\n")
        for _ in range(150):
            packed.write(b"0" * 10_000_000)
    other = new_context(browser).new_page()
    other.goto((place / "address").read_text())
    expect(other.get_by_role("heading", level=1)).to_be_visible(timeout=STEP_MS)
    for name in ("Methods", "Injuries"):  # a first visit has more to wait for
        other.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
        other.wait_for_timeout(1_500)
    tab = opened(browser, place)
    bring(tab, bomb, "bomb")
    begun, clicks = time.monotonic(), []
    refusal = tab.get_by_text("an archive that unpacks to more than")
    while not refusal.is_visible() and time.monotonic() < begun + LONGEST_REFUSAL_SECONDS:
        name = ("Methods", "Injuries")[len(clicks) % 2]
        # A first visitor is asked whose program it is, on every page about logs.
        title = ("What does each number mean", "Which program is yours?")[len(clicks) % 2]
        clicked = time.monotonic()
        other.get_by_test_id("stSidebarNavLink").filter(has_text=name).click()
        expect(other.get_by_role("heading", level=1)).to_contain_text(title, timeout=STEP_MS)
        clicks.append(time.monotonic() - clicked)
    expect(refusal).to_be_visible(timeout=STEP_MS)
    assert time.monotonic() - begun < LONGEST_REFUSAL_SECONDS
    assert clicks
    assert statistics.median(clicks) < USUAL_CLICK_SECONDS
    assert max(clicks) < SLOWEST_CLICK_SECONDS
