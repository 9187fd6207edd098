"""The page of officer time in its states: answer, own assumptions, public view, not recorded."""

import pytest
from page_content import cards, frames, in_markdown, told, words

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
from outcomes.vocabulary.log import View
from pages.shell.navigation import ROUTED_MARK

pytestmark = pytest.mark.slow

KESTREL = "demo-kestrel-mesa"
LINDRY = "demo-port-lindry"
CAPACITY = "capacity, not cash"
OWN = "minutes.welfare_check:20-40-60,posts:300"


def sentence(store, selection: Selection, own: str = "") -> str:
    snapshot = live_snapshot(store)
    published = published_assumptions(snapshot.run("snapshot", "police_sent_assumptions"))
    assumptions = with_changes(published, changes_of(own)[0])
    return in_markdown(
        officer_sentence(officer_time(selection, snapshot, assumptions, DisclosureRule()))
    )


def test_the_answer_is_the_cores(visit, demo_store):
    for query, selection in (
        ({}, Selection()),
        ({"program": KESTREL}, Selection((KESTREL,))),
        ({"program": KESTREL, "view": "public"}, Selection((KESTREL,), view=View.PUBLIC)),
    ):
        run = visit(demo_store, "officer_time", **query)
        assert not run.exception
        assert sentence(demo_store, selection) in words(run)
        assert CAPACITY in " ".join(words(run))
        assert len(cards(run)) == 3
        assert len(run.get("plotly_chart")) == 3


def test_measured_police_time_is_told_from_assumed(visit, demo_store):
    measured = " ".join(words(visit(demo_store, "officer_time", program=LINDRY)))
    assert "The time was measured in the log for 777 of 875 (476 hours of police units" in measured
    assert "and is assumed for the other 98." in measured
    assert "Where one of its units has no usable time" in measured
    assumed = " ".join(words(visit(demo_store, "officer_time", program=KESTREL))).replace("\\", "")
    assert "assumed for each of them: no log here holds the times of every police unit" in assumed
    # In the public view the measured time is a whole number of minutes for each of the 777 responses: 37.
    public = " ".join(words(visit(demo_store, "officer_time", program=LINDRY, view="public")))
    assert f"777 of 875 ({777 * 37 / 60:.0f} hours of police units" in public


def test_whose_the_assumptions_are_and_every_source_stand_on_the_page(visit, demo_store):
    run = visit(demo_store, "officer_time", program=LINDRY, assume="minutes.welfare_check:1-2-3")
    captions = [each.value.replace("\\", "") for each in run.caption]
    assert any(
        each.startswith(
            "0 of the 23 assumptions behind these hours come from a publication; 1 is yours"
        )
        for each in captions
    )
    vacancy = next(each for each in captions if each.startswith("Vacant posts"))
    assert "Law Enforcement Action Partnership as reported by Governing (2026)" in vacancy
    assert "](https://www.governing.com/" in vacancy
    text = " ".join(words(run))
    assert "officer hours a year, on average over the 70 months that the log covers" in text
    assert "from 0.08 (New Haven COMPASS) to 5.00 (LA CRESS" in text
    lies = frames(run)[-1]
    assert list(lies.columns) == [
        "Program",
        "Hours for each call",
        "Made from",
        "Source",
        "Source read",
    ]
    others = lies[lies["Source read"] != ""]
    assert len(others) == len(lies) - 1
    links = [block.value for block in run.get("html") if 'scope="col">Source read<' in block.value]
    assert links[-1].count('<a href="https://') == len(others)
    alone = lies[lies["Source read"] == ""]
    assert alone["Program"].tolist() == ["This selection"]


def test_own_assumptions_change_the_answer_stay_in_the_link_and_are_marked(visit, demo_store):
    run = visit(demo_store, "officer_time", program=KESTREL, assume=OWN)
    assert not run.exception
    own = sentence(demo_store, Selection((KESTREL,)), OWN)
    assert own != sentence(demo_store, Selection((KESTREL,)))
    assert own in words(run)
    text = " ".join(words(run)).replace("\\", "")
    assert "of 300 sworn posts" in text
    assert "Set by the reader: Minutes of each officer: check on welfare" in text
    assert run.query_params["assume"] == OWN
    reset = next(button for button in run.button if button.label.startswith("Back to"))
    # AppTest runs the page without app.py from its second run on; going through app.py would lose the press.
    run.session_state[ROUTED_MARK] = True
    run = reset.click().run()
    assert "assume" not in run.query_params
    assert sentence(demo_store, Selection((KESTREL,))) in words(run)


def test_posts_that_are_typed_in_go_to_the_link(visit, demo_store):
    run = visit(demo_store, "officer_time", program=KESTREL)
    run = run.number_input[0].set_value(250.0).run()
    assert not run.exception
    assert run.query_params["assume"] == "posts:250"
    assert "of 250 sworn posts" in " ".join(words(run))


def test_a_strange_assumption_is_complained_about(visit, demo_store):
    run = visit(demo_store, "officer_time", assume="minutes.dispute:9-1")
    assert not run.exception
    assert any("minutes.dispute:9-1" in each.replace("\\", "") for each in told(run))
    assert sentence(demo_store, Selection()) in words(run)


def test_other_pages_do_not_carry_the_assumptions(visit, demo_store):
    run = visit(demo_store, "injuries", assume=OWN)
    assert not run.exception
    assert "assume" not in run.query_params


def test_a_log_without_police_presence_gives_no_hours_and_says_why(visit, demo_store):
    run = visit(demo_store, "officer_time", program="demo-quillhaven")
    assert not run.exception
    notices = " ".join(told(run)).replace("\\", "")
    assert "whether police were present on each response" in notices
    assert "do not stand in" in notices
    assert CAPACITY not in " ".join(words(run))
    assert cards(run) == []


def test_lane_county_gives_no_hours_and_says_what_would_have_to_be_recorded(visit, lane_store):
    run = visit(lane_store, "officer_time")
    assert not run.exception
    notice = " ".join(told(run)).replace("\\", "")
    assert (
        "whether police were present on each response, by words for both. Also where each call came from"
        in notice
    )
    assert cards(run) == []
    assert "Nothing can be worked out here to stand beside the 5 published estimates" in " ".join(
        words(run)
    )
    assert "do not stand in" in " ".join(told(run)).replace("\\", "")
