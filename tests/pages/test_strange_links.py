"""Links that name what is not there: a sentence for each part, no other figure in its place, and nothing breaks."""

import pytest
from page_content import (
    FIGURE_PAGES,
    QUESTIONS,
    cards,
    context_line,
    core_answer,
    in_markdown,
    question,
    told,
    words,
)

from outcomes.presentation.sentences import answer_sentence
from outcomes.selection import Selection

pytestmark = pytest.mark.slow

KESTREL = "demo-kestrel-mesa"
STRANGE = [
    ({"program": "nope"}, "program [nope]"),
    ({"program": "demo-kestrel-mesa,nope"}, "program [demo-kestrel-mesa,nope]"),
    ({"call_type": "zzz"}, "call type [zzz]"),
    ({"state": "ZZ"}, "state [ZZ]"),
    ({"period": "13"}, "period [13]"),
    ({"compare": "never"}, "compare [never]"),
    ({"from": "2024-99"}, "[2024-99]"),
    ({"to": "last week"}, "[last week]"),
    ({"from": "2024-05", "to": "2024-01"}, "ends before it begins"),
    ({"from": "2001-01", "to": "2001-05"}, "Jan 2001 to May 2001"),
    ({"to": "2099-01"}, "Jan 2099"),
    ({"program": "<script>alert(1)</script>"}, "<script>"),
    ({"program": "x" * 5_000}, "xxx"),
]
ALL_AT_ONCE = {"program": "nope", "from": "2024-99", "view": "x", "call_type": "zzz", "to": "0"}


@pytest.mark.parametrize(("query", "said"), STRANGE, ids=lambda part: str(part)[:40])
def test_a_strange_part_is_told_and_no_figure_stands_in_its_place(
    visit, demo_store, query: dict, said: str
):
    run = visit(demo_store, "safety_escalations", **query)
    assert not run.exception
    complaints = [error.value for error in run.error]
    assert len(complaints) == 1
    # What came from the address is escaped, so that it is text and no markup.
    assert said in complaints[0].replace("\\", "")
    assert len(complaints[0]) < 300
    assert not cards(run)
    assert not run.get("plotly_chart")
    # The address stays as it was given, to be mended.
    assert set(query) <= set(dict(run.query_params))


def test_a_reader_may_go_on_without_the_strange_part(visit, demo_store):
    run = visit(demo_store, "safety_escalations", program=KESTREL, call_type="zzz,welfare_check")
    run = run.button(key="without-it").click().run()
    asked = Selection((KESTREL,), call_types=("welfare_check",))
    expected = in_markdown(
        answer_sentence(core_answer(demo_store, "safety_escalation_rate", asked))
    )
    assert words(run)[0] == expected
    assert not run.error
    assert dict(run.query_params)["call_type"] in ("welfare_check", ["welfare_check"])


@pytest.mark.parametrize("page", QUESTIONS)
def test_nothing_but_nonsense_on_every_page(visit, demo_store, page: str):
    run = visit(demo_store, page, **ALL_AT_ONCE)
    assert not run.exception
    assert question(run) == QUESTIONS[page]
    # Pages that follow no selection have no use for it.
    assert len(run.error) == (0 if page in ("methods", "load_a_log") else 4)


@pytest.mark.parametrize(
    ("months", "shown"),
    [
        ({"from": "2015-01", "to": "2022-03"}, "Jun 2021 to Mar 2022"),
        ({"from": "2001-01", "to": "2001-05"}, "Nov 2025 to Oct 2026"),
    ],
    ids=["in part", "wholly"],
)
def test_months_outside_the_log_are_told_and_shown_only_when_asked_for(
    visit, demo_store, months: dict, shown: str
):
    run = visit(demo_store, "overview", program=KESTREL, **months)
    assert "the log covers Jun 2021 to Nov 2026" in run.error[0].value
    assert not cards(run)
    run = run.button(key="without-it").click().run()
    assert shown in context_line(run)


def test_a_new_program_without_the_chosen_months_is_told(visit, demo_store):
    run = visit(demo_store, "overview", **{"from": "2019-02", "to": "2019-06"})
    assert "Feb 2019 to Jun 2019" in context_line(run)
    marks = next(one for one in run.get("button_group") if one.key == "bar_program_overview")
    run = marks.set_value(["demo-eastmarch"]).run()
    assert not run.exception
    assert "is shown instead" in run.warning[0].value


@pytest.mark.parametrize("page", FIGURE_PAGES)
def test_a_program_outside_the_chosen_state_is_told(visit, demo_store, page: str):
    run = visit(demo_store, page, program=KESTREL, state="OR")
    assert not run.exception
    assert question(run) == QUESTIONS[page]
    assert any("widen the choice" in text for text in told(run))
