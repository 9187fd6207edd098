"""The page on outcomes in its states: endings apart, referral steps, who came back, groups, and what is hidden."""

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest
from page_content import alternative_texts, cells, chart_specs, context_line, tables, told, words
from streamlit.testing.v1 import AppTest

from outcomes.analyses.scene_outcomes.analysis import group_answers, referral_steps
from outcomes.analyses.scene_outcomes.tables import group_table, repeat_table, step_table
from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.selection import Selection, parse_month
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import GROUPS, Breakdown, View

pytestmark = pytest.mark.slow

PAGE = "scene_outcomes"
KESTREL, QUILLHAVEN, BRACKWATER = "demo-kestrel-mesa", "demo-quillhaven", "demo-brackwater"
REFERRALS = ("referral_offered_share", "referral_accepted_share", "service_connected_share")
REPEATS = tuple(f"repeat_contact_{days}_share" for days in (7, 30, 90))
RULE = DisclosureRule()


def captions(run: AppTest) -> str:
    return " ".join(caption.value for caption in run.caption)


def endings(run: AppTest) -> dict[str, str]:
    """The rows of the chart of endings, in order, with what is written on each bar."""
    for spec in chart_specs(run):
        bars = spec["data"][0]
        if bars["type"] == "bar" and "<b>Nobody was served</b>" in bars["y"]:
            return dict(zip(bars["y"], bars["text"], strict=True))
    return {}


@pytest.mark.parametrize(
    "selection",
    [Selection(), Selection((KESTREL,)), Selection((KESTREL,), view=View.PUBLIC)],
    ids=["all", "one program", "one program in public"],
)
def test_tables_are_the_cores(visit, demo_store: Path, selection: Selection):
    query = {"program": ",".join(selection.program_ids)} if selection.program_ids else {}
    if selection.view is View.PUBLIC:
        query["view"] = "public"
    run = visit(demo_store, PAGE, **query)
    assert not run.exception
    shown = tables(run)
    snapshot = live_snapshot(demo_store)
    steps = referral_steps([answer(key, selection, snapshot) for key in REFERRALS], RULE)
    assert cells(step_table(steps)) in shown
    assert [step.count for step in steps] == sorted((step.count for step in steps), reverse=True), (
        "each step holds the next"
    )
    assert cells(repeat_table([answer(key, selection, snapshot) for key in REPEATS])) in shown
    for breakdown in GROUPS:
        contacts, *others = group_answers(selection, snapshot, breakdown, RULE)
        assert cells(group_table(contacts, others)) in shown
    assert "no test of bias" in captions(run)


def test_endings_stand_in_their_groups_and_add_up(visit, demo_store: Path):
    run = visit(demo_store, PAGE, program="demo-alder-crossing")
    rows = endings(run)
    headings = [row for row in rows if row.startswith("<b>")]
    assert headings == [
        "<b>Someone was served</b>",
        "<b>Nobody was served</b>",
        "<b>Not told</b>",
    ]
    names = list(rows)
    not_served = names[names.index(headings[1]) + 1 : names.index(headings[2])]
    assert set(not_served) == {"Unable to locate", "Refused", "Cancelled", "Left for safety"}
    number = {
        row: int(re.match(r" ([\d,]+)", text)[1].replace(",", "")) for row, text in rows.items()
    }
    total = answer(
        "responses", Selection(("demo-alder-crossing",)), live_snapshot(demo_store)
    ).total.numerator
    assert sum(number[heading] for heading in headings) == total
    assert sum(number[row] for row in rows if row not in headings) == total
    assert sum(number[row] for row in not_served) == number[headings[1]]
    # This log has a word of its own for the ending, and the page says so.
    assert "the ending is the log's own word" in captions(run)
    assert {"Handed over to police", "Handed over to ambulance", "Helped where they were"} <= set(
        rows
    )


def test_worked_out_endings_are_said_to_be(visit, demo_store: Path):
    run = visit(demo_store, PAGE, program=KESTREL)
    assert "it is worked out from what was done and whom the team met" in captions(run)
    assert "the log's own word" not in captions(run)
    assert "Met, nothing else recorded" in endings(run)
    assert any(
        text.startswith("How ") and "Commonest: Met" in text for text in alternative_texts(run)
    )


def test_people_who_came_back_are_told_with_those_unknown_and_not_followed(visit, demo_store: Path):
    run = visit(demo_store, PAGE, program=BRACKWATER)
    said = captions(run)
    assert "contacts the log does not say who the person was" in said
    assert "nearer than 30 days to the end of the log or to a gap in it" in said
    # Two months of Brackwater's log are missing: more contacts are left out than the last month has.
    total = answer(REPEATS[1], Selection((BRACKWATER,)), live_snapshot(demo_store)).total
    assert f"**{total.numerator:,.0f} of {total.denominator:,.0f}** contacts" in " ".join(
        words(run)
    )
    # Referrals are not recorded there, and the page says what it would take.
    texts = [*told(run), *words(run)]
    assert any("whether a referral was offered" in text for text in texts)
    assert any("the age of each person" in text for text in texts)


def test_programs_without_ids_are_named_and_left_out(visit, demo_store: Path):
    run = visit(demo_store, PAGE)
    assert context_line(run).startswith("9 programs")
    notes = " ".join(words(run))
    assert "Not recorded there: who each person is" in notes
    snapshot = live_snapshot(demo_store)
    three = Selection((KESTREL, QUILLHAVEN, BRACKWATER))
    for key in REPEATS:
        assert answer(key, Selection(), snapshot).total == answer(key, three, snapshot).total


@pytest.mark.parametrize("period", [{"period": "12"}, {"from": "2026-09", "to": "2026-11"}])
def test_the_public_view_shows_no_small_count_of_people(visit, demo_store: Path, period: dict):
    run = visit(demo_store, PAGE, program=QUILLHAVEN, view="public", **period)
    assert not run.exception
    small = re.compile(r"(?<![\d,.–])([1-9]|10) of [\d,]+")
    for table in tables(run):
        for row in table:
            for cell in row[1:]:
                assert cell not in {str(number) for number in range(1, 11)}, row
                assert not small.search(cell), row
    for spec in chart_specs(run):
        for trace in spec["data"]:
            texts = trace.get("text") or []
            for text in [texts] if isinstance(texts, str) else texts:
                assert not re.match(r"\s*([1-9]|10)\s{2}\(", str(text)), text
    assert "Hidden to protect people" in json.dumps([tables(run), captions(run), words(run)])


def test_no_selection_without_cases_breaks_the_page(visit, demo_store: Path):
    run = visit(demo_store, PAGE, program=QUILLHAVEN, call_type="traffic")
    assert not run.exception
    assert any("no cases" in text.lower() for text in words(run))


def test_two_programs_are_not_one(visit, demo_store: Path):
    first = words(visit(demo_store, PAGE, program=KESTREL))[0]
    assert first != words(visit(demo_store, PAGE, program=QUILLHAVEN))[0]


def test_lane_countys_endings(visit, lane_store: Path):
    run = visit(lane_store, PAGE)
    assert "**2,803 of 4,275** responses whose ending is recorded" in words(run)[0]
    rows = endings(run)
    assert rows["Arrested"].startswith(" 16  (")
    assert rows["To emergency department"].startswith(" 652  (")
    assert rows["Unable to locate"].startswith(" 842  (")
    assert rows["<b>Nobody was served</b>"].startswith(" 1,472  (")
    # Wrong: nothing, because the log has no word for some endings on which someone was served.
    assert rows["<b>Someone was served</b>"].startswith(" 2,803  (")
    said = captions(run)
    assert "For 2,879 responses the ending is the log's own word." in said
    assert "On 739 responses the contact result says that nobody was met" in said
    for what in ("whether a referral was offered", "an id of which only a token is stored"):
        assert any(what in text for text in (*told(run), *words(run)))


def test_lane_county_in_public_gives_nothing_away(visit, lane_store: Path):
    run = visit(lane_store, PAGE, view="public")
    assert not run.exception
    whole = Selection(view=View.PUBLIC)
    found = answer("dispositions", whole, live_snapshot(lane_store), Breakdown.DISPOSITION)
    assert found.table.numerator.dropna().between(1, 10).sum() == 0
    months = replace(whole, first_month=parse_month("2025-01"), last_month=parse_month("2025-03"))
    part = answer("dispositions", months, live_snapshot(lane_store), Breakdown.DISPOSITION)
    assert part.table.numerator.dropna().between(1, 10).sum() == 0
