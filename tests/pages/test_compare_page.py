"""The page that compares programs, and the easy calls on the page on safety, in their states."""

import pytest
from page_content import alternative_texts, frames, in_markdown, told, words

from outcomes.analyses.call_mix.analysis import call_mix
from outcomes.analyses.call_mix.text import mix_sentence as easy_sentence
from outcomes.analyses.program_comparison.analysis import COMPARED, program_comparison
from outcomes.analyses.program_comparison.scorecard import scorecard
from outcomes.analyses.program_comparison.text import (
    comparison_sentence,
    mix_sentence,
    pooled_sentence,
    scorecard_sentence,
)
from outcomes.disclosure.rule import DisclosureRule
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import View
from pages.shell.navigation import ROUTED_MARK

pytestmark = pytest.mark.slow

KESTREL, QUILLHAVEN = "demo-kestrel-mesa", "demo-quillhaven"
NO_RANKING = "There is no ranking"


def core(store, selection: Selection, key: str = COMPARED[0]):
    return program_comparison(key, selection, live_snapshot(store), DisclosureRule())


def said(run) -> str:
    headers = [element.value for element in run.header]
    captions = [element.value for element in run.caption]
    return " ".join([*headers, *words(run), *captions, *told(run)]).replace("\\", "")


def column(run, name: str) -> list[list[str]]:
    """That column of every table that has it."""
    return [[*table[name]] for table in frames(run) if name in table]


@pytest.mark.parametrize("view", list(View))
def test_the_answer_is_the_cores(visit, demo_store, view: View):
    run = visit(demo_store, "compare_programs", view=view.value)
    assert not run.exception
    found = core(demo_store, Selection(view=view))
    text = said(run)
    for sentence in (comparison_sentence(found), mix_sentence(found), pooled_sentence(found)):
        assert in_markdown(sentence) in text
    assert NO_RANKING in text
    assert comparison_sentence(found).replace(BOLD, "") in alternative_texts(run)
    names = sorted(one.name for one in found.programs)
    assert column(run, "Program")
    assert all(programs == names for programs in column(run, "Program"))


def test_another_figure_goes_to_the_address(visit, demo_store):
    run = visit(demo_store, "compare_programs")
    choice = next(box for box in run.selectbox if box.label == "What is compared")
    run.session_state[ROUTED_MARK] = True
    run = choice.set_value("arrest_rate").run()
    assert run.query_params["measure"] == "arrest_rate"
    assert in_markdown(comparison_sentence(core(demo_store, Selection(), "arrest_rate"))) in said(
        run
    )


def test_a_link_holds_the_figure_and_an_unknown_one_is_told(visit, demo_store):
    run = visit(demo_store, "compare_programs", measure="force_rate")
    assert in_markdown(comparison_sentence(core(demo_store, Selection(), "force_rate"))) in said(
        run
    )
    run = visit(demo_store, "compare_programs", measure="fame")
    assert "asks for measure [fame]" in said(run)
    # No other figure stands in its place.
    assert in_markdown(comparison_sentence(core(demo_store, Selection()))) not in said(run)


@pytest.mark.parametrize("view", list(View))
def test_the_page_opens_with_the_scorecard_of_the_chosen_program(visit, demo_store, view: View):
    run = visit(demo_store, "compare_programs", program=KESTREL, view=view.value)
    assert not run.exception
    selection = Selection((KESTREL,), view=view)
    scores = scorecard(selection, live_snapshot(demo_store), DisclosureRule())
    assert in_markdown(scorecard_sentence(scores)) in said(run)
    first = frames(run)[0]
    assert [*first["Measure"]] == [score.metric.label for score in scores]
    assert any("cannot be told apart" in words for words in first["Higher or lower?"])
    assert any("not comparable" in words for words in first["Higher or lower?"])


def test_programs_that_differ_are_refused_with_the_criterion_and_no_chart(visit, demo_store):
    run = visit(demo_store, "compare_programs", measure="eligible_reached_share")
    assert not run.exception
    assert "differ in which calls the team may take" in said(run)
    assert not run.get("plotly_chart")
    assert NO_RANKING not in said(run)


def test_a_single_real_log_has_nobody_to_be_compared_with(visit, lane_store):
    run = visit(lane_store, "compare_programs", measure="arrest_rate")
    assert not run.exception
    assert "is the only one of these programs whose log records this figure" in said(run)
    # What is compared first is a figure that the log records.
    assert "What would have to be recorded" not in said(visit(lane_store, "compare_programs"))
    run = visit(lane_store, "compare_programs", measure="police_request_rate")
    assert "What would have to be recorded: how police came to each response" in said(run)
    assert "Nearest to “Asked for police for any reason”, from published sources." in said(run)


@pytest.mark.parametrize(
    ("query", "selection"),
    [
        ({}, Selection()),
        ({"program": KESTREL}, Selection((KESTREL,))),
        ({"program": KESTREL, "view": "public"}, Selection((KESTREL,), view=View.PUBLIC)),
    ],
    ids=["all", "one", "public"],
)
def test_easy_calls_stand_on_the_page_on_safety(visit, demo_store, query, selection):
    run = visit(demo_store, "safety_escalations", **query)
    assert not run.exception
    mix = call_mix(selection, live_snapshot(demo_store), DisclosureRule())
    assert in_markdown(easy_sentence(mix)) in said(run)
    (kinds,) = column(run, "Kind of call")
    assert len([kind for kind in kinds if kind != "All"]) == len(mix.parts)
    # What is hidden in a column hides its sum.
    assert ("All" in kinds) is (selection.view is not View.PUBLIC)


def test_easy_calls_of_a_log_without_requests_say_what_it_lacks(visit, demo_store):
    run = visit(demo_store, "safety_escalations", program=QUILLHAVEN)
    assert not run.exception
    assert "Did the team get the easy calls?" not in said(run)
    assert "What this log cannot answer" in said(run)
    assert not column(run, "Kind of call")
