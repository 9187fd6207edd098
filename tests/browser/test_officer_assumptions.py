"""Assumptions of officer time changed by keyboard alone: the hours, the link and the mark follow, and the way back."""

from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Locator, Page, expect
from settled import open_settled, settle

from outcomes.analyses.officer_time.analysis import officer_time
from outcomes.analyses.officer_time.assumptions import (
    changes_of,
    published_assumptions,
    with_changes,
)
from outcomes.analyses.officer_time.text import officer_sentence
from outcomes.disclosure.rule import DisclosureRule
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.bold import BOLD

LINDRY = "demo-port-lindry"
# The third row of the table. It has so many calls that the rounded sentence moves.
CHANGED = "chance.mental_health:0.1-0.7-0.9"
THIRD_ROW, LOW, SOURCE = 2, 2, 5


def _sentence(store: Path, changes: str = "") -> str:
    """The core's sentence as the screen shows it."""
    snapshot = live_snapshot(store)
    published = published_assumptions(snapshot.run("snapshot", "police_sent_assumptions"))
    assumptions = with_changes(published, changes_of(changes)[0])
    time = officer_time(Selection((LINDRY,)), snapshot, assumptions, DisclosureRule())
    return officer_sentence(time).replace(BOLD, "")


def _cell(tab: Page, column: int, row: int) -> Locator:
    return tab.get_by_test_id("stDataFrame").locator(f"#glide-cell-{column}-{row}")


def _expect_changed(tab: Page, sentence: str) -> None:
    settle(tab)
    expect(tab.locator(".st-key-ro-sentence-officer-time")).to_have_text(
        sentence, use_inner_text=True
    )
    assert parse_qs(urlsplit(tab.url).query) == {
        "program": [LINDRY],
        "period": ["all"],
        "assume": [CHANGED],
    }
    expect(_cell(tab, LOW, THIRD_ROW)).to_have_text("0.1")
    expect(_cell(tab, SOURCE, THIRD_ROW)).to_have_text("yours")
    expect(tab.get_by_test_id("stMain")).to_contain_text("Set by the reader")


def test_an_assumption_is_changed_kept_and_set_back_by_keyboard(
    demo_server: str, demo_store: Path, tab: Page
):
    before, after = _sentence(demo_store), _sentence(demo_store, CHANGED)
    assert before != after
    open_settled(tab, f"{demo_server}/officer_time?program={LINDRY}")
    said = tab.locator(".st-key-ro-sentence-officer-time")
    expect(said).to_have_text(before, use_inner_text=True)
    expect(tab.get_by_test_id("stMain")).to_contain_text("measured in the log for")
    tab.get_by_test_id("stDataFrame").get_by_test_id("data-grid-canvas").focus()
    expect(_cell(tab, 0, 0)).to_have_attribute("aria-selected", "true")
    for key, column, row in (
        ("ArrowDown", 0, 1),
        ("ArrowDown", 0, THIRD_ROW),
        ("ArrowRight", 1, THIRD_ROW),
        ("ArrowRight", LOW, THIRD_ROW),
    ):
        # The table tells where it stands a moment after the key.
        tab.wait_for_timeout(300)
        tab.keyboard.press(key)
        expect(_cell(tab, column, row)).to_have_attribute("aria-selected", "true")
    tab.keyboard.press("Enter")
    number = tab.locator("#portal input")
    expect(number).to_be_focused()
    tab.keyboard.press("ControlOrMeta+a")
    tab.keyboard.type("0.1", delay=50)
    expect(number).to_have_value("0.1")
    tab.keyboard.press("Enter")
    tab.wait_for_url("**assume=**")
    _expect_changed(tab, after)
    tab.reload()
    _expect_changed(tab, after)
    back = tab.get_by_role("button", name="Back to the assumptions given here")
    back.focus()
    tab.keyboard.press("Enter")
    expect(back).to_have_count(0)
    settle(tab)
    expect(said).to_have_text(before, use_inner_text=True)
    assert parse_qs(urlsplit(tab.url).query) == {"program": [LINDRY], "period": ["all"]}
    expect(_cell(tab, SOURCE, THIRD_ROW)).to_have_text("assumption")
