"""Usual or unusual on the pages: sentence, chart and table are the core's own in every state."""

import json
from datetime import date

import pytest
from page_content import (
    FIGURE_PAGES,
    alternative_texts,
    cells,
    chart_specs,
    in_markdown,
    promised,
    tables,
    told,
    words,
)

from outcomes.analyses.control_charts.chart import (
    ControlChartAnswer,
    PointKind,
    Standing,
)
from outcomes.analyses.control_charts.intervention import changes_judged
from outcomes.analyses.control_charts.monthly import monthly_chart
from outcomes.analyses.control_charts.rare_events import (
    EVENT_KINDS,
    HIDDEN_DATES,
    rare_event_chart,
)
from outcomes.analyses.control_charts.tables import chart_table
from outcomes.analyses.control_charts.text import baseline_caption, chart_finding, chart_sentence
from outcomes.answers.answer import answer
from outcomes.answers.counts import run_metric_query
from outcomes.answers.scope import resolve_scope
from outcomes.selection import Selection
from outcomes.statistics.control_signals import SignalKind
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import Breakdown, View
from pages.shell.markdown import escape_but_bold, escape_markdown

pytestmark = pytest.mark.slow

KESTREL, QUILLHAVEN, EASTMARCH = "demo-kestrel-mesa", "demo-quillhaven", "demo-eastmarch"
STATES = {
    "all programs": ({}, Selection()),
    "one program with changes": ({"program": KESTREL}, Selection((KESTREL,))),
    "not recorded": ({"program": QUILLHAVEN}, Selection((QUILLHAVEN,))),
    "few events": ({"program": EASTMARCH}, Selection((EASTMARCH,))),
    "public": ({"view": "public"}, Selection(view=View.PUBLIC)),
    "one program in public": (
        {"program": KESTREL, "view": "public"},
        Selection((KESTREL,), view=View.PUBLIC),
    ),
    "chosen months": (
        {"program": KESTREL, "from": "2025-03", "to": "2025-08"},
        Selection((KESTREL,), (), date(2025, 3, 1), date(2025, 8, 1)),
    ),
    "call types": (
        {"program": KESTREL, "call_type": "welfare_check,mental_health"},
        Selection((KESTREL,), call_types=("welfare_check", "mental_health")),
    ),
}
PAGES = [
    page
    for page in FIGURE_PAGES
    if promised(page, "show_control_chart") or promised(page, "show_rare_event_chart")
]


def charts(store, page: str, selection: Selection) -> list[ControlChartAnswer]:
    """The core's charts of a page, asked without the shell and its caches."""
    snapshot = live_snapshot(store)
    found = [
        monthly_chart(promise.metric_keys[0], selection, snapshot)
        for promise in promised(page, "show_control_chart")
    ]
    return found + [
        rare_event_chart(promise.metric_keys[0], selection, snapshot)
        for promise in promised(page, "show_rare_event_chart")
    ]


def test_the_pages_that_the_issue_names_have_such_charts():
    assert set(PAGES) >= {"overview", "calls_diverted", "safety_escalations", "injuries"}


@pytest.mark.parametrize("state", STATES)
@pytest.mark.parametrize("page", PAGES)
def test_what_is_said_and_drawn_is_the_cores(visit, demo_store, page: str, state: str):
    query, selection = STATES[state]
    run = visit(demo_store, page, **query)
    assert not run.exception
    captions = [caption.value for caption in run.caption]
    for chart in charts(demo_store, page, selection):
        if not chart.points:
            said = [*told(run), *words(run)]
            sentence = in_markdown(chart_sentence(chart))
            # Or the panel of what the log cannot answer names the figure.
            needs = f"“{chart.metric.label}” needs" in sentence
            lacks = any("Needed for:" in text and chart.metric.label in text for text in said)
            assert lacks if needs else sentence in said
            assert chart_finding(chart) not in alternative_texts(run)
            continue
        assert escape_but_bold(chart_sentence(chart)) in words(run)
        assert escape_markdown(baseline_caption(chart)) in captions
        assert chart_finding(chart) in alternative_texts(run)
        assert cells(chart_table(chart)) in tables(run)
        # The footer names what counted it.
        assert escape_markdown(chart.query) in captions[-1]


@pytest.mark.parametrize("page", ["safety_escalations", "injuries"])
def test_the_public_view_shows_no_date_of_an_event(visit, demo_store, page: str):
    """Not in a sentence, a table, or what the browser is given to draw."""
    key = {"safety_escalations": "emergency_backup_rate", "injuries": "injury_rate"}[page]
    events = rare_event_chart(key, Selection((KESTREL,)), live_snapshot(demo_store))
    assert len(events.points) > 8
    run = visit(demo_store, page, program=KESTREL, view="public")
    assert HIDDEN_DATES in told(run)
    drawn = json.dumps(list(chart_specs(run)))
    shown = " ".join([*words(run), *told(run), *alternative_texts(run), *map(str, tables(run))])
    for point in events.points:
        # The first of a month is how charts write the month.
        if point.day.day != 1:
            assert point.day.isoformat() not in drawn
            assert f"{point.day.day} {point.day:%b %Y}" not in shown


def test_a_hidden_month_is_drawn_as_hidden(visit, demo_store):
    page, selection = "safety_escalations", Selection(view=View.PUBLIC)
    chart = charts(demo_store, page, selection)[0]
    hidden = {point.day.isoformat() for point in chart.points if point.value is None}
    assert hidden
    run = visit(demo_store, page, view="public")
    place = alternative_texts(run).index(chart_finding(chart))
    spec = list(chart_specs(run))[place]
    points = next(trace for trace in spec["data"] if trace.get("name") == "points")
    assert not {day[:10] for day in points["x"]} & hidden
    assert any(note["text"] == "hidden" for note in spec["layout"]["annotations"])


def test_the_chosen_months_do_not_choose_the_limits(visit, demo_store):
    whole = charts(demo_store, "overview", Selection((KESTREL,)))[0]
    part = charts(demo_store, "overview", STATES["chosen months"][1])[0]
    assert len(part.points) == 6
    assert set(part.points) < set(whole.points)
    assert all(point.limits for point in part.points)
    run = visit(demo_store, "overview", **STATES["chosen months"][0])
    assert escape_but_bold(chart_sentence(part)) in words(run)


def test_program_changes_are_dated_under_the_chart(visit, demo_store):
    run = visit(demo_store, "safety_escalations", program=KESTREL)
    chart = charts(demo_store, "safety_escalations", Selection((KESTREL,)))[0]
    assert [phase.first for phase in chart.phases[1:]] == [
        date(2022, 9, 1),
        date(2024, 1, 1),
    ]
    place = alternative_texts(run).index(chart_finding(chart))
    notes = {note["text"] for note in list(chart_specs(run))[place]["layout"]["annotations"]}
    assert {"▲1", "▲2"} <= notes


@pytest.mark.parametrize("page", ["calls_diverted", "safety_escalations", "injuries"])
def test_a_change_that_ends_in_a_stop_gets_no_second_one(visit, demo_store, page: str):
    run = visit(demo_store, page, program=KESTREL)
    captions = [caption.value for caption in run.caption]
    assert any("instead of 8 a.m. to 10 p.m." in words for words in captions)
    assert not any(".." in words for words in captions)


@pytest.mark.parametrize("program", [None, KESTREL, EASTMARCH])
def test_the_counts_by_day_add_up_to_those_by_month(demo_store, program: str | None):
    snapshot = live_snapshot(demo_store)
    selection = Selection((program,) if program else ())
    for key, event in EVENT_KINDS.items():
        found = answer(key, selection, snapshot, Breakdown.MONTH)
        months = found.table[found.table["month"].notna()]
        scope = resolve_scope(found.metric, selection, snapshot)
        rows = [
            row
            for row in run_metric_query("rare_events", scope, snapshot)
            if row["event_kind"] == event
        ]
        events = sum(row["event_count"] for row in rows)
        without = sum(row["before_count"] + row["same_day_count"] for row in rows)
        if key == "emergency_backup_rate":
            assert events == months["numerator"].sum()
            assert events + without == months["denominator"].sum()
        else:
            # Several people can be hurt on one call, and some on the way, where no response is.
            assert 0 < events <= months["numerator"].sum()
            assert without <= months["denominator"].sum() <= events + without


def test_what_is_usual_in_the_demonstration_adds_up_to_its_cases(demo_store):
    """Over the months that set limits, but for wild ones, the usual shares sum up to what was seen."""
    chart = monthly_chart(
        "safety_escalation_rate", Selection((KESTREL,)), live_snapshot(demo_store)
    )
    (last,) = [phase for phase in chart.phases if phase.first == date(2024, 1, 1)]
    named = [s for s in chart.signals if s.kind is SignalKind.OUTSIDE]
    wild = {point for signal in named for point in signal.points}
    months = [p for p in chart.points if last.first <= p.day <= last.baseline_last]
    inside = [point for point in months if point.limits and point not in wild]
    assert len(inside) < len(months)
    assert len(inside) >= 12
    seen = sum(point.count for point in inside)
    usual = sum(point.limits.centre * point.of for point in inside)
    assert usual == pytest.approx(seen, rel=1e-6)
    for point in chart.points:
        if point.limits and not point.note:
            is_outside = not point.limits.low <= point.value <= point.limits.high
            assert (point in wild) is is_outside


@pytest.mark.parametrize("page", ["overview", "calls_diverted", "safety_escalations"])
def test_the_latest_full_month_is_always_named(demo_store, page: str):
    words_for = [standing.value for standing in Standing]
    for program in (None, KESTREL, EASTMARCH):
        selection = Selection((program,) if program else ())
        for chart in charts(demo_store, page, selection):
            if chart.kind is PointKind.MONTH and chart.points:
                point, _ = chart.latest()
                said = in_markdown(chart_sentence(chart))
                assert said.startswith(f"**{point.day:%b %Y}, the latest full month, ")
                assert any(words in said for words in words_for)


def test_what_a_change_was_followed_by_is_told_on_asking(visit, demo_store):
    run = visit(demo_store, "overview", program=KESTREL)
    before = words(run)
    run.toggle(key="changes-responses").set_value(True).run()
    assert not run.exception
    snapshot = live_snapshot(demo_store)
    chart = monthly_chart("responses", Selection((KESTREL,)), snapshot)
    recorded = [one for one in snapshot.changes if one.program_id == KESTREL]
    found = changes_judged(chart, recorded)
    assert len(found) == len(recorded) == 2
    for one in found:
        assert "was followed by" in one.sentence
        assert not any(one.sentence in text for text in before)
        assert any(one.sentence in text for text in words(run))
        assert " ".join(one.warnings) in [caption.value for caption in run.caption]


@pytest.mark.parametrize(
    ("page", "query"), [("overview", {}), ("calls_diverted", {"program": QUILLHAVEN})]
)
def test_changes_are_asked_about_where_one_program_has_some(visit, demo_store, page: str, query):
    """Not of several programs together, and not of a figure that the log does not record."""
    assert not [one for one in visit(demo_store, page, **query).toggle if "changes" in str(one.key)]
