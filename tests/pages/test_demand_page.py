"""The page Demand and coverage: the core's numbers, its switch, stated hours, and what the public does not see."""

import json
from pathlib import Path

import pytest
from made_city import AGENCY, write_agency, write_csv
from page_content import alternative_texts, cells, chart_specs, in_markdown, tables, told, words

from outcomes.analyses.demand.analysis import demand
from outcomes.analyses.demand.text import (
    most_missed_sentence,
    place_texts,
    staffed_sentence,
    week_finding,
    week_table,
    within_service_sentence,
)
from outcomes.ingest.run import load_log
from outcomes.presentation.format import HIDDEN
from outcomes.selection import Selection, parse_month
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import View
from pages.shell.markdown import escape_markdown

pytestmark = pytest.mark.slow

PAGE = "demand_and_coverage"
LINDRY, BRACK, QUILL, EAST = (
    "demo-port-lindry", "demo-brackwater", "demo-quillhaven", "demo-eastmarch",
)  # fmt: skip
SMALL = Selection((EAST,), first_month=parse_month("2024-05"), last_month=parse_month("2024-05"))

# A log in which no team ever arrives does not say which calls were reached.
REACHED = {
    "id": "R1",
    "received": "2024-01-02 12:00:00",
    "arrived": "2024-01-02 12:20:00",
    "type": "MH",
    "origin": "911",
    "sent": "yes",
}


def has_week(run) -> bool:
    return any(len(rows[0]) == 9 for rows in tables(run) if rows)


@pytest.mark.parametrize("what", ["not_reached", "eligible", "reached", "no_unit_available"])
def test_the_week_shows_what_the_address_asks_for(visit, demo_store, what: str):
    run = visit(demo_store, PAGE, program=LINDRY, show=what)
    assert not run.exception
    found = demand(Selection((LINDRY,)), live_snapshot(demo_store))
    assert cells(week_table(found, what)) in tables(run)
    assert week_finding(found, what) in alternative_texts(run)
    said = in_markdown(f"{most_missed_sentence(found)} {within_service_sentence(found)}")
    assert said in words(run)
    assert "**Saturday 12 to 18** and **Saturday 18 to 24** have the most missed calls: **" in said
    assert "Without the calls outside the team's hours or area, **" in said
    assert escape_markdown(staffed_sentence(found)) in words(run)
    assert "Every day 7 to 24" in staffed_sentence(found)
    link = run.code[0].value
    chosen = f"program={LINDRY}&period=all"
    assert link.endswith(chosen + ("" if what == "not_reached" else f"&show={what}"))
    shapes = [spec["layout"]["shapes"] for spec in chart_specs(run) if "shapes" in spec["layout"]]
    assert any(len(several) == 7 for several in shapes)


def test_the_switch_changes_the_week_and_the_address(visit, demo_store):
    run = visit(demo_store, PAGE, program=LINDRY)
    switch = next(box for box in run.selectbox if box.label == "Show in the week")
    assert switch.value == "not_reached"
    switch.set_value("outside_hours").run()
    found = demand(Selection((LINDRY,)), live_snapshot(demo_store))
    assert cells(week_table(found, "outside_hours")) in tables(run)
    assert run.code[0].value.endswith("&show=outside_hours")


def test_a_strange_switch_is_told_and_left_out_when_asked_for(visit, demo_store):
    run = visit(demo_store, PAGE, program=LINDRY, show="<b>everything")
    assert not run.exception
    assert any(
        "The link asks to show [<b>everything], which is not there" in one for one in told(run)
    )
    assert not has_week(run)
    assert has_week(run.button(key="without-it").click().run())


def test_other_pages_keep_the_switch_out_of_their_address(visit, demo_store):
    run = visit(demo_store, "overview", program=LINDRY, show="reached")
    assert not run.exception
    assert "show=" not in run.code[0].value


def test_areas_have_eligible_missed_and_reached(visit, demo_store):
    run = visit(demo_store, PAGE, program=EAST)
    (areas,) = (rows for rows in tables(run) if rows[0][0] == "Ward 1")
    for _, eligible, missed, reached in areas:
        numbers = int(eligible.replace(",", "")), int(missed.replace(",", ""))
        if "few" not in reached:
            assert reached.startswith(f"{(1 - numbers[1] / numbers[0]) * 100:.1f}")


def test_chosen_call_types_have_reasons_and_areas_but_no_week(visit, demo_store):
    run = visit(demo_store, PAGE, program=LINDRY, call_type="welfare_check")
    assert not run.exception
    assert any(
        "The hours of the week are kept for all call types together" in one for one in told(run)
    )
    assert not has_week(run)
    assert any("did not reach **" in text for text in words(run))
    assert not any("has the most missed calls" in text for text in words(run))


def test_a_gap_and_one_month_are_told(visit, demo_store):
    run = visit(demo_store, PAGE, program=BRACK)
    assert any(
        escape_markdown("No records at all for May 2024, Jun 2024: a gap in the log") in text
        for text in words(run)
    )
    run = visit(demo_store, PAGE, **{"program": EAST, "from": "2024-05", "to": "2024-05"})
    assert not run.exception
    found = demand(SMALL, live_snapshot(demo_store))
    assert cells(week_table(found, "not_reached")) in tables(run)
    assert any(escape_markdown("Staffed: Every day 9 to 21") in text for text in words(run))


def test_a_log_of_the_teams_own_work_says_what_it_would_take(visit, demo_store, lane_store):
    for store, query in ((demo_store, {"program": QUILL}), (lane_store, {})):
        run = visit(store, PAGE, **query)
        assert not run.exception
        texts = " ".join([*words(run), *told(run)])
        assert "What this log cannot answer" in texts
        assert "**Not recorded:** every call that the team may take, reached or not" in texts
        assert not has_week(run)
        assert alternative_texts(run) == []
        assert "0 of" not in texts


def test_several_programs_have_no_outline(visit, demo_store):
    run = visit(demo_store, PAGE)
    assert "Choose one program to see the hours in which its team works." in words(run)
    assert "- Hours are each program's own local time." in " ".join(words(run))


def test_the_public_sees_six_hours_and_no_small_count(visit, demo_store):
    run = visit(
        demo_store, PAGE, **{"program": EAST, "from": "2024-05", "to": "2024-05"},
        view="public", show="no_unit_available",
    )  # fmt: skip
    assert not run.exception
    snapshot = live_snapshot(demo_store)
    found = demand(
        Selection((EAST,), (), SMALL.first_month, SMALL.last_month, view=View.PUBLIC), snapshot
    )
    table = cells(week_table(found, "not_reached"))
    assert table in tables(run)
    assert [row[0] for row in table] == ["0 to 6", "6 to 12", "12 to 18", "18 to 24", "All"]
    texts = set(place_texts(found, "not_reached").values())
    assert HIDDEN in texts
    small = {str(number) for number in range(1, 11)}
    assert not small & texts
    assert not small & {cell for row in table for cell in row}
    # A sum of the week is hidden with any part of it, or the rest would tell.
    assert table[-1][-1] == HIDDEN
    for spec in chart_specs(run):
        for trace in spec["data"]:
            if trace["type"] == "heatmap":
                assert not small & {one for row in trace["text"] for one in row}
    open_week = demand(SMALL, snapshot)
    hidden = [place for place, calls in found.places.items() if calls is None]
    assert any(0 < open_week.blocks[place].missed < 11 for place in hidden)
    assert "no_unit_available" not in json.dumps(list(chart_specs(run)))


def test_reasons_that_do_not_fit_the_hours_are_told(visit, tmp_path: Path):
    more = '[[service_hours]]\ndays = ["mon", "tue", "wed", "thu", "fri"]\nfrom = "08:00"\nto = "20:00"'
    rows = [
        {
            "id": f"M{number}",
            "received": f"2024-01-{number % 28 + 1:02d} {'10' if number % 2 else '23'}:00:00",
            "type": "MH",
            "origin": "911",
            "sent": "no",
            "exit": "outside_hours",
        }
        for number in range(56)
    ]
    rows.append(REACHED)
    # Day n of January 2024 is called at 10 where n is even; of the 14 even days up to 28, four are on a weekend.
    load_log(
        [write_csv(tmp_path / "calls.csv", rows)],
        AGENCY,
        write_agency(tmp_path / "agencies", more=more),
        tmp_path / "store",
    )
    run = visit(tmp_path / "store", PAGE)
    assert not run.exception
    said = (
        "20 calls are recorded as outside hours but came within the hours that the profile states."
    )
    assert any(said in text for text in words(run))
    run = visit(tmp_path / "store", PAGE, view="public")
    assert not any("lie within the hours" in text for text in words(run))


def test_a_profile_without_hours_draws_none(visit, tmp_path: Path):
    rows = [
        {
            "id": f"N{n}",
            "received": f"2024-01-{n + 1:02d} 10:00:00",
            "type": "MH",
            "origin": "911",
            "sent": "no",
            "exit": "" if n else "outside_hours",
        }
        for n in range(20)
    ]
    rows.append(REACHED)
    load_log([write_csv(tmp_path / "calls.csv", rows)], AGENCY,
             write_agency(tmp_path / "agencies"), tmp_path / "store")  # fmt: skip
    run = visit(tmp_path / "store", PAGE)
    assert any("does not say when teams work, so no hours are drawn" in text for text in words(run))
    assert any("most often without a recorded reason" in text for text in words(run))
    assert not any(spec["layout"].get("shapes") for spec in chart_specs(run))
