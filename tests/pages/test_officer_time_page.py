"""The page of officer time in its states: answer, own assumptions, public view, not recorded."""

from page_content import cards, told, words

from outcomes.disclosure.rule import DisclosureRule
from outcomes.officer_assumptions import changes_of, published_assumptions, with_changes
from outcomes.officer_time import officer_time
from outcomes.officer_words import officer_sentence
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary import View
from pages.shell.navigation import ROUTED_MARK

KESTREL = "demo-kestrel-mesa"
CAPACITY = "capacity, not cash"
OWN = "minutes.welfare_check:20-40-60,posts:300"


def sentence(store, selection: Selection, own: str = "") -> str:
    snapshot = live_snapshot(store)
    published = published_assumptions(snapshot.run("snapshot", "police_sent_assumptions"))
    assumptions = with_changes(published, changes_of(own)[0])
    return officer_sentence(officer_time(selection, snapshot, assumptions, DisclosureRule()))


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
        assert len(cards(run)) == 4
        assert len(run.get("plotly_chart")) == 3


def test_own_assumptions_change_the_answer_stay_in_the_link_and_are_marked(visit, demo_store):
    run = visit(demo_store, "officer_time", program=KESTREL, assume=OWN)
    assert not run.exception
    own = sentence(demo_store, Selection((KESTREL,)), OWN)
    assert own != sentence(demo_store, Selection((KESTREL,)))
    assert own in words(run)
    text = " ".join(words(run)).replace("\\", "")
    assert "of 300 sworn posts" in text
    assert "Set by the reader, not published: Minutes of each officer: check on welfare" in text
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


def test_lane_county_gives_no_hours(visit, lane_store):
    run = visit(lane_store, "officer_time")
    assert not run.exception
    assert "do not stand in" in " ".join(told(run)).replace("\\", "")
