"""Every page in every state: the words and numbers on it are the core's own for that selection."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from page_content import (
    FIGURE_PAGES,
    QUESTIONS,
    Promise,
    alternative_texts,
    as_read,
    cards,
    cells,
    chart_specs,
    context_line,
    core_answer,
    in_markdown,
    judged_answer,
    program_names,
    promised,
    question,
    read,
    tables,
    told,
    words,
)
from streamlit.testing.v1 import AppTest

from outcomes.analyses.call_funnel.analysis import call_funnel
from outcomes.analyses.call_funnel.tables import assumption_table, funnel_table
from outcomes.answers.answer import Answer
from outcomes.answers.period_change import CompareWith
from outcomes.answers.rare import is_rare
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.registry import find_metric
from outcomes.presentation.charts.rows import has_bars, has_points
from outcomes.presentation.format import count_text, value_text
from outcomes.presentation.sentences import answer_sentence, finding, headline
from outcomes.presentation.tables import answer_table, matrix_table
from outcomes.presentation.tiles import page_answer
from outcomes.selection import Selection, add_months, parse_month
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import Breakdown, DataKind, Status, View

KESTREL = "demo-kestrel-mesa"
QUILLHAVEN = "demo-quillhaven"
DEMO, LANE, SMALL = "demo_store", "lane_store", "small_store"
COUNT_OF = re.compile(r"^\d[\d,]* (of|in) \d[\d,]* \w+")


@dataclass(frozen=True)
class State:
    """What a visitor asks for, as the address says it and as the core is asked."""

    store: str
    query: dict[str, str] = field(default_factory=dict)
    selection: Selection = field(default_factory=Selection)
    compare_with: CompareWith = CompareWith.YEAR_BEFORE
    # the last so many months of the log, where the period is one of the bar's
    months: int = 0
    # one that differs from another only in what is left out, which the tests of selections see too
    is_narrowed: bool = False


# The state that make fast looks at: its store is small, and built for other tests in any case.
BY_HAND = "calls written by hand"
STATES = {
    BY_HAND: State(SMALL),
    "all made-up programs": State(DEMO),
    "one made-up program": State(DEMO, {"program": KESTREL}, Selection((KESTREL,))),
    "police and injuries not recorded": State(
        DEMO, {"program": QUILLHAVEN}, Selection((QUILLHAVEN,))
    ),
    "public view": State(DEMO, {"view": "public"}, Selection(view=View.PUBLIC)),
    "one program in public": State(
        DEMO,
        {"program": KESTREL, "view": "public", "period": "12"},
        Selection((KESTREL,), view=View.PUBLIC),
        months=12,
    ),
    "two call types": State(
        DEMO,
        {"call_type": "welfare_check,mental_health"},
        Selection(call_types=("welfare_check", "mental_health")),
        is_narrowed=True,
    ),
    "one state": State(DEMO, {"state": "WA"}, Selection(states=("WA",)), is_narrowed=True),
    "12 months": State(
        DEMO, {"program": KESTREL, "period": "12"}, Selection((KESTREL,)), months=12
    ),
    "chosen months": State(
        DEMO,
        {"program": KESTREL, "from": "2024-05", "to": "2025-04", "compare": "period_before"},
        Selection((KESTREL,), (), parse_month("2024-05"), parse_month("2025-04")),
        CompareWith.PERIOD_BEFORE,
        is_narrowed=True,
    ),
    "a real log": State(LANE),
    "a real log in public": State(LANE, {"view": "public"}, Selection(view=View.PUBLIC)),
}


@dataclass(frozen=True)
class Seen:
    """One page in one state: what ran, and what was asked."""

    page: str
    run: AppTest
    store: Path
    selection: Selection
    compare_with: CompareWith

    def answer(self, metric_key: str, breakdown: Breakdown | None = None) -> Answer:
        """The core's answer to what this page was asked."""
        if breakdown is None:
            return judged_answer(
                self.store, self.page, metric_key, self.selection, self.compare_with
            )
        return core_answer(self.store, metric_key, self.selection, breakdown, None)


_seen: dict[tuple[str, str], Seen] = {}


@pytest.fixture
def look(request: pytest.FixtureRequest, look_at: Callable[..., Any]) -> Callable[..., Seen]:
    """Opens a page in a state; every test of the same one shares the run."""

    def look(state_name: str, page: str) -> Seen:
        state = STATES[state_name]
        store = request.getfixturevalue(state.store)
        if (state_name, page) not in _seen:
            run = look_at(store, page, **state.query).run
            selection = state.selection
            if state.months:
                last = core_answer(store, "responses", selection).source.last_day
                # The last full month: its last day is in the log.
                month = add_months((last + timedelta(days=1)).replace(day=1), -1)
                first = add_months(month, 1 - state.months)
                selection = replace(selection, first_month=first, last_month=month)
            _seen[state_name, page] = Seen(page, run, store, selection, state.compare_with)
        return _seen[state_name, page]

    return look


def marks_of(state: State) -> list[pytest.MarkDecorator]:
    """Marks of the tests of a state, whose store is asked for while they run."""
    marks = {DEMO: [pytest.mark.slow], LANE: [pytest.mark.slow, pytest.mark.real_log], SMALL: []}
    return marks[state.store] + ([pytest.mark.long] if state.is_narrowed else [])


# Above it stands which pages: all of one store in turn, for Streamlit's caches hold one.
in_every_state = pytest.mark.parametrize(
    "state", [pytest.param(name, marks=marks_of(state), id=name) for name, state in STATES.items()]
)
on_every_page = pytest.mark.parametrize("page", QUESTIONS)
on_figure_pages = pytest.mark.parametrize("page", FIGURE_PAGES)


@on_every_page
@in_every_state
def test_the_page_runs_and_asks_its_question(look, state: str, page: str):
    run = look(state, page).run
    assert not run.exception
    assert not run.error
    assert not run.warning
    assert question(run) == QUESTIONS[page]


@on_figure_pages
@in_every_state
def test_the_context_line_says_what_is_shown(look, state: str, page: str):
    seen = look(state, page)
    source = seen.answer("responses").source
    line = context_line(seen.run)
    names = source.programs
    assert line.startswith(f"{names[0]}, " if len(names) == 1 else f"{len(names)} programs, ")
    first = seen.selection.first_month or source.first_day
    last = seen.selection.last_month or source.last_day
    for part in (
        f"{first:%b %Y} to {last:%b %Y}",
        label(seen.selection.view),
        f"log to {source.last_day:%b} {source.last_day.day}, {source.last_day.year}",
        f"**{label(source.data_kind).capitalize()}**",
    ):
        assert part in line
    footer = seen.run.caption[-1].value
    assert label(source.data_kind) in footer
    assert source.snapshot in footer


@on_figure_pages
@in_every_state
def test_made_up_and_public_are_said(look, state: str, page: str):
    seen = look(state, page)
    made_up = seen.answer("responses").source.data_kind is DataKind.MADE_UP
    assert ("**Made-up demonstration data**" in context_line(seen.run)) is made_up
    captions = " ".join(caption.value for caption in seen.run.caption)
    assert ("Public view" in captions) is (seen.selection.view is View.PUBLIC)


# What the panel of all that a log cannot answer says of each thing that it lacks.
NEEDED = "Needed for:"


@on_figure_pages
@in_every_state
def test_sentences_hold_the_cores_numbers(look, state: str, page: str):
    seen = look(state, page)
    shown = words(seen.run)
    sentences = promised(page, "show_sentence")
    answers = [
        seen.answer(key) for each in promised(page, "show_answer") for key in each.metric_keys
    ]
    assert sentences or answers
    assert all(said in as_read(shown[0]) for said in page_answer(answers))
    for promise in sentences:
        found = seen.answer(promise.metric_keys[0])
        sentence = in_markdown(answer_sentence(found))
        if found.total.status is Status.NOT_RECORDED:
            assert sentence not in map(as_read, shown)
            assert any(found.metric.label in text for text in shown if NEEDED in text)
            continue
        assert sentence in map(as_read, shown)
        if found.total.status is Status.SHOWN and found.total.numerator:
            assert f"{found.total.numerator:,.0f}" in sentence


def is_said_already(seen, key: str, keys: tuple[str, ...]) -> bool:
    """Whether hours of service leave no call out: then the card of all hours says the same."""
    if key != "eligible_reached_in_hours_share" or "eligible_reached_share" not in keys:
        return False
    whole, part = (seen.answer(each).total for each in ("eligible_reached_share", key))
    counts = (part.numerator, part.denominator)
    return part.numerator is not None and counts == (whole.numerator, whole.denominator)


@on_figure_pages
@in_every_state
def test_cards_hold_the_cores_numbers(look, state: str, page: str):
    seen = look(state, page)
    shown = cards(seen.run)
    expected = [
        (key, promise)
        for promise in promised(page, "show_cards")
        for key in promise.metric_keys
        if seen.answer(key).total.status is not Status.NOT_RECORDED
        and not is_said_already(seen, key, promise.metric_keys)
    ]
    assert len(shown) == len(expected)
    for card, (key, promise) in zip(shown, expected, strict=True):
        is_count = isinstance(promise.counts, tuple) and key in promise.counts
        texts = headline(seen.answer(key), is_count)
        assert card.of("label") == [texts.label]
        assert card.of("value") == [texts.value]
        quiet = card.of("quiet")
        assert [text for text in (texts.counts, texts.interval) if text] == quiet[
            : bool(texts.counts) + bool(texts.interval)
        ]
        assert bool(texts.change) is any(
            text.lower().endswith(texts.change.lower()) for text in quiet if texts.change
        )


@pytest.mark.slow
@pytest.mark.parametrize("page", [page for page in FIGURE_PAGES if promised(page, "show_cards")])
def test_cards_stand_beside_their_counts(look, page: str):
    counts = [text for card in cards(look("12 months", page).run) for text in card.of("quiet")]
    assert any(COUNT_OF.match(text) for text in counts)


@on_figure_pages
@in_every_state
def test_every_chart_says_its_finding_and_has_its_table(look, state: str, page: str):
    seen = look(state, page)
    alternatives, shown = alternative_texts(seen.run), tables(seen.run)
    names, said = program_names(seen.store), read(seen.run)
    expected = []
    for promise in (*promised(page, "show_months"), *promised(page, "show_rows")):
        found = [one for one in _answers(seen, promise) if len(one.table)]
        if not found:
            continue
        drawn = _drawn(seen, promise, found)
        told_apart = {_text(promise, row) for one in drawn for row in one.rows} - {""}
        if len(drawn) == 1 and len(told_apart) == 1:
            # Nothing varies that a chart could show: a sentence says so.
            same = told_apart.pop()
            assert any(text.endswith(f" {same}.") for text in said)
        elif promise.function == "show_months" or _can_be_drawn(promise, found[0]):
            expected.append(" ".join(finding(one) for one in drawn))
        for one in found:
            assert cells(answer_table(one, names)) in shown
    assert set(expected) <= set(alternatives)
    assert all(alternatives)
    assert len(shown) >= len(alternatives)
    assert len(list(chart_specs(seen.run))) == len(alternatives)


def _drawn(seen: Seen, promise: Promise, found: list[Answer]) -> list[Answer]:
    """The answers that are drawn: rare events by quarter, but not in public."""
    is_months = promise.function == "show_months"
    if is_months and seen.selection.view is not View.PUBLIC and all(map(is_rare, found)):
        return [seen.answer(key, Breakdown.QUARTER) for key in promise.metric_keys]
    return found


def _text(promise: Promise, row: dict[str, Any]) -> str:
    """What a chart shows of a row; empty where it draws none, as of records without a date."""
    is_period = promise.function == "show_months"
    if is_period and row.get("month", row.get("quarter")) is None:
        return ""
    if promise.counts:
        number = row["numerator"]
        return count_text(number) if number or (number is not None and is_period) else ""
    is_shown = row["value"] is not None and (is_period or row["status"] == Status.SHOWN)
    return value_text(find_metric(promise.metric_keys[0]), row["value"]) if is_shown else ""


def _can_be_drawn(promise: Promise, rows: Answer) -> bool:
    """Whether any row has what its figure draws; else the table stands alone."""
    return has_bars(rows) if promise.counts else has_points(rows)


def _answers(seen: Seen, promise: Promise) -> list[Answer]:
    breakdown = promise.breakdown or Breakdown.MONTH
    return [seen.answer(key, breakdown) for key in promise.metric_keys]


@on_figure_pages
@in_every_state
def test_what_is_not_recorded_says_what_would_have_to_be(look, state: str, page: str):
    seen = look(state, page)
    silent = [
        found
        for function in ("show_sentence", "show_months", "show_rows")
        for promise in promised(page, function)
        for found in _answers(seen, promise)[:1]
        if found.total.status is Status.NOT_RECORDED
    ]
    shown = (as_read(text) for text in (*told(seen.run), *words(seen.run)))
    said = [text for text in shown if NEEDED in text]
    for found in silent:
        assert any(found.metric.label in text for text in said), found.metric.key
    shows = ("show_months", "show_rows", "show_control_chart", "show_rare_event_chart")
    charts = sum(len(promised(page, show)) for show in shows)
    # Response times has charts of other kinds too; tests of its own look at what they do not show.
    if (
        silent
        and state == "police and injuries not recorded"
        and page not in ("overview", "response_times")
    ):
        assert len(alternative_texts(seen.run)) < charts
        assert any("What this log cannot answer" in text for text in words(seen.run))


@in_every_state
def test_the_funnel_is_the_cores_and_adds_up(look, state: str):
    seen = look(state, "calls_diverted")
    funnel = call_funnel(seen.selection, live_snapshot(seen.store), DisclosureRule())
    captions = " ".join(caption.value for caption in seen.run.caption)
    if not funnel.is_recorded:
        assert "stages and exits add up" not in captions
        return
    assert cells(funnel_table(funnel)) in tables(seen.run)
    if funnel.stages[0].count is not None:
        assert f"{funnel.stages[0].count:,} eligible calls" in captions
        assert "stages and exits add up" in captions


@in_every_state
def test_who_was_hurt_is_the_cores_table(look, state: str):
    seen = look(state, "injuries")
    found = seen.answer("injury_rate", Breakdown.ROLE_AND_SEVERITY)
    if len(found.table):
        assert cells(matrix_table(found)) in tables(seen.run)
    else:
        assert any(NEEDED in text for text in words(seen.run))


@pytest.mark.slow
def test_every_assumption_stands_with_its_source(look):
    seen = look("all made-up programs", "calls_diverted")
    rows = live_snapshot(seen.store).run("snapshot", "police_sent_assumptions")
    assert len(rows)
    assert all(rows.source)
    assert cells(assumption_table(rows)) in tables(seen.run)


@pytest.mark.slow
def test_a_program_is_not_every_program(look):
    first = {
        state: words(look(state, "safety_escalations").run)[0]
        for state in ("all made-up programs", "one made-up program", "12 months", "two call types")
    }
    assert len(set(first.values())) == len(first)


@pytest.mark.slow
def test_the_public_view_hides_what_the_program_view_shows(look):
    page = "injuries"
    open_view, public = look("12 months", page).run, look("one program in public", page).run
    hidden = {"Hidden to protect people", "hidden"}
    assert not hidden & {cell for table in tables(open_view) for row in table for cell in row}
    assert hidden & {cell for table in tables(public) for row in table for cell in row}
    small = {str(number) for number in range(1, 11)}
    for table in tables(public)[:1]:
        assert not small & {cell for row in table for cell in row}


@pytest.mark.slow
@pytest.mark.real_log
def test_lane_county_in_its_own_words(look):
    """Numbers that can be counted by hand in the real log's workbook."""
    run = look("a real log", "safety_escalations").run
    texts = " ".join(words(run))
    assert "**19 of 4,682** dispatches" in texts
    tiles = " ".join(part.value for part in look("a real log", "overview").run.get("html"))
    assert "16 of 4,682 dispatches with arrests recorded" in tiles
    assert "652 of 4,682 dispatches with the destination recorded" in tiles


@pytest.mark.slow
@pytest.mark.real_log
def test_lane_countys_gap_is_no_zero(look):
    run = look("a real log", "overview").run
    gaps = [row for table in tables(run) for row in table if row[0] in ("Nov 2024", "Dec 2024")]
    assert gaps
    for row in gaps:
        assert "no records" in row[-1]
        assert "0" not in row
    annotations = [note for spec in chart_specs(run) for note in spec["layout"]["annotations"]]
    assert any(note["text"] == "no records" for note in annotations)
