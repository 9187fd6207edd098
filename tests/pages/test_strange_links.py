"""Links that make no sense: a kind sentence for each part, the rest is kept, and nothing breaks."""

import pytest
from page_content import FIGURE_PAGES, QUESTIONS, context_line, core_answer, told, words

from outcomes.presentation.sentences import answer_sentence
from outcomes.selection import Selection

pytestmark = pytest.mark.slow

KESTREL = "demo-kestrel-mesa"
STRANGE = [
    ({"program": "nope"}, "program [nope]"),
    ({"program": "demo-kestrel-mesa,demo-eastmarch"}, "program [demo-kestrel-mesa,demo-eastmarch]"),
    ({"call_type": "zzz"}, "call type [zzz]"),
    ({"state": "ZZ"}, "state [ZZ]"),
    ({"period": "13"}, "period [13]"),
    ({"compare": "never"}, "compare [never]"),
    ({"from": "2024-99"}, "[2024-99]"),
    ({"to": "last week"}, "[last week]"),
    ({"from": "2024-05", "to": "2024-01"}, "ends before it begins"),
    ({"program": "<script>alert(1)</script>"}, "<script>"),
    ({"program": "x" * 5_000}, "xxx"),
]
ALL_AT_ONCE = {"program": "nope", "from": "2024-99", "view": "x", "call_type": "zzz", "to": "0"}


@pytest.mark.parametrize(("query", "said"), STRANGE, ids=lambda part: str(part)[:40])
def test_a_strange_part_is_told_and_left_out(visit, demo_store, query: dict, said: str):
    run = visit(demo_store, "safety_escalations", **query)
    assert not run.exception
    complaints = [warning.value for warning in run.warning]
    assert len(complaints) == 1
    # What came from the address is escaped, so that it is text and no markup.
    assert said in complaints[0].replace("\\", "")
    assert len(complaints[0]) < 300
    everything = answer_sentence(core_answer(demo_store, "safety_escalation_rate", Selection()))
    assert words(run)[0] == everything
    assert not set(query) & set(dict(run.query_params))


@pytest.mark.parametrize("page", QUESTIONS)
def test_nothing_but_nonsense_on_every_page(visit, demo_store, page: str):
    run = visit(demo_store, page, **ALL_AT_ONCE)
    assert not run.exception
    assert [title.value for title in run.title] == [QUESTIONS[page]]
    assert len(run.warning) == 4


def test_the_part_that_makes_sense_is_kept(visit, demo_store):
    run = visit(demo_store, "safety_escalations", program=KESTREL, call_type="zzz,welfare_check")
    asked = Selection((KESTREL,), call_types=("welfare_check",))
    expected = answer_sentence(core_answer(demo_store, "safety_escalation_rate", asked))
    assert words(run)[0] == expected
    assert len(run.warning) == 1


@pytest.mark.parametrize("page", FIGURE_PAGES)
@pytest.mark.parametrize(
    "period",
    [{"from": "2001-01", "to": "2001-05"}, {"from": "2099-01"}, {"to": "1999-12"}],
    ids=str,
)
def test_a_period_outside_the_log_is_told(visit, demo_store, page: str, period: dict):
    """Never other months' numbers without a word about it."""
    run = visit(demo_store, page, program=KESTREL, **period)
    assert not run.exception
    assert [title.value for title in run.title] == [QUESTIONS[page]]
    assert any("period" in text or "months" in text for text in _complaints(run))
    assert "Jun 2021 to Nov 2026" in context_line(run)


def test_a_period_partly_outside_the_log_is_told(visit, demo_store):
    run = visit(demo_store, "overview", program=KESTREL, **{"from": "2015-01", "to": "2022-03"})
    assert not run.exception
    assert "Jun 2021 to Mar 2022" in context_line(run)
    assert _complaints(run)


def test_a_new_program_without_the_chosen_months_is_told(visit, demo_store):
    run = visit(demo_store, "overview", **{"from": "2019-02", "to": "2019-06"})
    assert "Feb 2019 to Jun 2019" in context_line(run)
    run.selectbox(key="bar_program_overview").set_value("demo-eastmarch").run()
    assert not run.exception
    assert _complaints(run)


@pytest.mark.parametrize("page", FIGURE_PAGES)
def test_a_program_outside_the_chosen_state_is_told(visit, demo_store, page: str):
    run = visit(demo_store, page, program=KESTREL, state="OR")
    assert not run.exception
    assert [title.value for title in run.title] == [QUESTIONS[page]]
    assert any("widen the choice" in text for text in told(run))


def _complaints(run) -> list[str]:
    return [warning.value for warning in run.warning]
