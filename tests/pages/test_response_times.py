"""The page Response times: real numbers, what it leaves out, targets, the week, and what the public does not see."""

import json
from pathlib import Path

import pytest
from made_city import AGENCY, write_agency, write_csv
from page_content import (
    alternative_texts,
    cards,
    cells,
    chart_specs,
    in_markdown,
    tables,
    told,
    words,
)

from outcomes.analyses.response_times.exclusions import (
    exclusions,
    pooled_sentences,
    target_sentences,
)
from outcomes.analyses.response_times.tables import (
    exclusion_table,
    hours_table,
    parts_finding,
    parts_table,
)
from outcomes.analyses.response_times.target import reader_target, reader_target_sentence
from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.run import load_log
from outcomes.metrics.response_times import P90_OF
from outcomes.presentation.sentences import finding
from outcomes.presentation.tables import answer_table
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import Breakdown, View
from pages.shell.markdown import escape_markdown

pytestmark = pytest.mark.slow

PAGE = "response_times"
KESTREL, ALDER = "demo-kestrel-mesa", "demo-alder-crossing"
VIEWS = {
    "one program": ({"program": ALDER}, Selection((ALDER,))),
    "another in public": (
        {"program": KESTREL, "view": "public", "call_type": "suicide_risk"},
        Selection((KESTREL,), call_types=("suicide_risk",), view=View.PUBLIC),
    ),
    "all": ({}, Selection()),
}


@pytest.mark.parametrize("view", VIEWS)
def test_what_is_shown_is_the_cores(visit, demo_store, view: str):
    query, selection = VIEWS[view]
    run = visit(demo_store, PAGE, **query)
    assert not run.exception
    snapshot, rule = live_snapshot(demo_store), DisclosureRule()
    shown, alternatives = tables(run), alternative_texts(run)
    pairs = [
        (answer(key, selection, snapshot), answer(p90, selection, snapshot))
        for key, p90 in P90_OF.items()
    ]
    assert cells(parts_table(pairs)) in shown
    assert parts_finding(pairs) in alternatives
    assert cells(exclusion_table(exclusions(selection, snapshot, rule))) in shown
    if selection.view is View.PROGRAM:
        hours = answer("response_min", selection, snapshot, Breakdown.HOUR_OF_WEEK)
        assert cells(hours_table(hours)) in shown
    names = {one.program_id: one.program_name for one in snapshot.programs}
    for by in (Breakdown.PRIORITY, Breakdown.AREA):
        found = answer("response_min", selection, snapshot, by)
        assert cells(answer_table(found, names)) in shown
        if by is Breakdown.AREA:
            assert finding(found) in alternatives
    captions = " ".join(caption.value for caption in run.caption)
    assert escape_markdown(" ".join(pooled_sentences(selection, snapshot))) in captions
    for sentence in target_sentences(selection, snapshot):
        assert any(escape_markdown(sentence) in text for text in words(run))


def test_cards_have_the_90th_percentile_beside_the_median(visit, demo_store):
    run = visit(demo_store, PAGE, program=ALDER)
    snapshot = live_snapshot(demo_store)
    shown = cards(run)
    assert shown[0].of("label") == ["On scene: arrival to clearing, median"]
    p90 = answer("on_scene_p90_min", Selection((ALDER,)), snapshot).total
    quiet = " ".join(text for _, text in shown[0].texts)
    assert "90th percentile:" in quiet
    html = " ".join(block.value for block in run.get("html"))
    assert f"<b>{p90.value:.1f} minutes</b> (95" in html


def test_parts_are_said_not_to_add_up(visit, demo_store):
    run = visit(demo_store, PAGE, program=ALDER)
    captions = " ".join(caption.value for caption in run.caption)
    assert "Medians of the parts do not add up to the median of the whole" in captions
    assert not any("mean" in text.lower().split() for text in (*words(run), captions))


def test_a_log_without_priorities_says_that_they_are_pooled(visit, demo_store):
    captions = [caption.value for caption in visit(demo_store, PAGE, program=KESTREL).caption]
    assert any("No priority is recorded, so urgent calls" in text for text in captions)
    assert any("calls of every priority are in one row" in text for text in captions)


def test_a_readers_target_stands_in_the_address(visit, demo_store):
    snapshot = live_snapshot(demo_store)
    run = visit(demo_store, PAGE, program=ALDER, target="15")
    found = reader_target(15, Selection((ALDER,)), snapshot)
    assert in_markdown(reader_target_sentence(found)) in words(run)
    assert run.code[0].value.endswith(f"response_times?program={ALDER}&period=all&target=15")
    run.number_input[0].set_value(40.0).run()
    other = reader_target(40, Selection((ALDER,)), snapshot)
    assert in_markdown(reader_target_sentence(other)) in words(run)
    assert not run.exception


@pytest.mark.parametrize("target", ["soon", "-5", "0", "nan", "inf", "99999", "1e3x"])
def test_a_strange_target_is_left_out_and_told(visit, demo_store, target: str):
    run = visit(demo_store, PAGE, program=ALDER, target=target)
    assert not run.exception
    assert any(f"asks for a target of [{target}]" in text for text in told(run))
    assert not any("which you set" in text for text in words(run))


def test_a_program_without_a_target_says_so(visit, demo_store):
    run = visit(demo_store, PAGE, program="demo-hollin-ferry")
    assert any("**Not recorded:** a target for the wait" in text for text in words(run))


def test_the_public_sees_no_small_count_anywhere(visit, demo_store):
    query, _ = VIEWS["another in public"]
    run = visit(demo_store, PAGE, **query)
    snapshot = live_snapshot(demo_store)
    inside = Selection((KESTREL,), call_types=("suicide_risk",))
    open_hours = answer("response_min", inside, snapshot, Breakdown.HOUR_OF_WEEK).table
    small = open_hours[(open_hours.denominator > 0) & (open_hours.denominator < 11)]
    assert len(small) > 20, "the made-up log has hours with few calls"
    hours = hours_table(answer("response_min", inside, snapshot, Breakdown.HOUR_OF_WEEK))
    assert cells(hours) not in tables(run)
    drawn = json.dumps(list(chart_specs(run)))
    for number in range(1, 11):
        assert f" {number} responses" not in drawn
        assert f" {number} cases" not in drawn
    (left,) = (rows for rows in tables(run) if rows[0][1] == "Used")
    assert not {str(number) for number in range(1, 11)} & {cell for row in left for cell in row}


def test_lane_county_in_its_own_words(visit, lane_store):
    """Numbers that can be counted by hand in the real log's workbook."""
    run = visit(lane_store, PAGE)
    texts = " ".join(words(run))
    assert (
        "In half of 4,252 responses with a usable interval, the team was there within **30.0 minutes**"
        in texts
    )
    assert (
        "In nine of ten of 4,252 responses with a usable interval, the team was there within **76.0"
        in texts
    )
    (left,) = (rows for rows in tables(run) if rows[0][1] == "Used")
    place = left.index(["The whole wait: call to arrival", "Used", "4,252"])
    assert left[place + 1 : place + 4] == [
        ["", "Left out: a time is missing", "108"],
        ["", "Left out: ends before it begins", "22"],
        ["", "Left out: longer than believable", "24"],
    ]
    assert ["Turnout: dispatch to setting out", "Not recorded", ""] in left
    captions = " ".join(caption.value for caption in run.caption)
    assert (
        escape_markdown(
            "Where calls came from is not recorded by: Mobile Crisis Services of Lane County."
        )
        in captions
    )
    assert escape_markdown("Not recorded: Turnout") in captions


def test_a_log_of_other_responders_answers_nothing(visit, tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies", holds="other_work")
    rows = [
        {
            "id": f"F{n}",
            "received": f"2024-01-{n % 28 + 1:02d} 10:00:00",
            "dispatched": f"2024-01-{n % 28 + 1:02d} 10:01:00",
            "arrived": f"2024-01-{n % 28 + 1:02d} 10:08:00",
            "type": "MH",
        }
        for n in range(60)
    ]
    path = write_csv(tmp_path / "calls.csv", rows)
    load_log([path], AGENCY, agencies, tmp_path / "store")
    run = visit(tmp_path / "store", PAGE, target="8")
    assert not run.exception
    assert alternative_texts(run) == []
    assert "What this log cannot answer" in " ".join(words(run))
    assert not any("minutes**" in text and "within" in text for text in words(run))
    assert cards(run) == []


def test_a_selection_without_responses_says_so(visit, demo_store):
    run = visit(demo_store, PAGE, program=KESTREL, call_type="fire_assist")
    assert not run.exception
    assert "There are no cases in this selection." in words(run)
