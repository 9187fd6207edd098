"""Control charts of the pages: the statistics' own limits, and months that are not judged."""

import csv
import io
import json
from dataclasses import replace
from datetime import date

import pytest
from written_months import EMERGENCY, REACHED, SAFETY, SOURCE, VOLUME, by_month

from outcomes.analyses.control_charts.chart import (
    IN_PART,
    NO_RECORDS,
    ControlChartAnswer,
    PointKind,
)
from outcomes.analyses.control_charts.figure import chart_figure
from outcomes.analyses.control_charts.monthly import (
    first_whole_month,
    fresh_starts,
    monthly_chart,
    phase_limits_of,
)
from outcomes.analyses.control_charts.rare_events import (
    HIDDEN_DATES,
    chart_of_waits,
    rare_event_chart,
)
from outcomes.analyses.control_charts.tables import chart_csv, chart_table
from outcomes.analyses.control_charts.text import baseline_caption, chart_finding, chart_sentence
from outcomes.answers.answer import answer
from outcomes.presentation.format import HIDDEN
from outcomes.selection import Selection, add_months
from outcomes.statistics.control_chart import p_chart, xmr_chart
from outcomes.statistics.control_segments import ChartMethod
from outcomes.statistics.control_signals import Meaning, SignalKind
from outcomes.statistics.rare_event_chart import g_chart, t_chart
from outcomes.store.programs import ProgramChange
from outcomes.vocabulary.log import (
    Breakdown,
    ChangeKind,
    Coverage,
    RecordGrain,
    View,
)

# Twelve ordinary months of a share: usual is 2 %.
COUNTS = [4, 3, 5, 4, 6, 3, 4, 2, 5, 4, 3, 5]
OF = [200] * 12
VOLUMES = [100, 104, 98, 101, 97, 103, 99, 102, 96, 101, 100, 98]


def limits(chart: ControlChartAnswer) -> list[tuple[float, float, float] | None]:
    return [p.limits and (p.limits.low, p.limits.centre, p.limits.high) for p in chart.points]


def test_a_share_has_the_limits_of_the_p_chart():
    chart = phase_limits_of(by_month(SAFETY, COUNTS, OF), baseline=8)
    wanted = p_chart(COUNTS, OF, baseline=8)
    assert [p.limits for p in chart.points] == [p.limits for p in wanted.points]
    assert chart.phases[0].method is ChartMethod.P
    assert chart.phases[0].baseline_last == date(2022, 8, 1)
    assert chart.signals == ()


def test_a_volume_has_the_limits_of_the_xmr_chart():
    chart = phase_limits_of(by_month(VOLUME, VOLUMES))
    assert [p.limits for p in chart.points] == [p.limits for p in xmr_chart(VOLUMES).points]
    assert chart.phases[0].method is ChartMethod.XMR


def test_limits_are_frozen_after_the_baseline():
    quiet = phase_limits_of(by_month(VOLUME, [*VOLUMES, 99]), baseline=12)
    wild = phase_limits_of(by_month(VOLUME, [*VOLUMES, 400]), baseline=12)
    assert limits(quiet) == limits(wild)
    assert [s.kind for s in wild.signals] == [SignalKind.OUTSIDE]
    assert not quiet.signals


def test_limits_start_anew_at_a_change():
    doubled = [*VOLUMES, *(2 * volume for volume in VOLUMES)]
    chart = phase_limits_of(by_month(VOLUME, doubled), [date(2023, 1, 1)])
    assert not chart.signals
    assert [(s.first, s.last) for s in chart.phases] == [
        (date(2022, 1, 1), date(2022, 12, 1)),
        (date(2023, 1, 1), date(2023, 12, 1)),
    ]
    assert phase_limits_of(by_month(VOLUME, doubled), baseline=12).signals
    assert "start anew after a recorded change" in baseline_caption(chart)


@pytest.mark.parametrize("place", [-1, 0])
def test_an_incomplete_month_is_shown_and_never_a_signal(place: int):
    counts = list(VOLUMES)
    counts[place] = 3
    at = place % len(counts)
    found = by_month(VOLUME, counts, coverage={at: Coverage.PARTIAL})
    point = phase_limits_of(found).points[at]
    assert (point.value, point.note, point.limits) == (3.0, IN_PART, None)
    assert phase_limits_of(found).signals == ()
    assert phase_limits_of(by_month(VOLUME, counts)).signals
    drawn = next(
        t
        for t in chart_figure(phase_limits_of(found), [], is_dark=False).data
        if t.name == "points"
    )
    background = "#FFFFFF"
    assert [c == background for c in drawn.marker.color] == [i == at for i in range(len(counts))]


def test_a_gap_is_no_zero_and_breaks_the_line():
    found = by_month(VOLUME, VOLUMES, coverage={5: Coverage.GAP})
    chart = phase_limits_of(found)
    assert (chart.points[5].value, chart.points[5].note) == (None, NO_RECORDS)
    without = [*VOLUMES[:5], None, *VOLUMES[6:]]
    assert chart.points[0].limits == xmr_chart(without).points[0].limits
    drawn = chart_figure(chart, [], is_dark=False)
    line = next(trace for trace in drawn.data if trace.name == "line")
    assert line.y[5] is None
    assert any(note.text == "no records" for note in drawn.layout.annotations)


def test_a_hidden_month_gives_no_number_away():
    chart = phase_limits_of(
        by_month(SAFETY, [54321, *COUNTS[1:]], [98765, *OF[1:]], suppressed=(0,))
    )
    point = chart.points[0]
    assert (point.value, point.count, point.of, point.limits, point.note) == (
        *(None, None, None, None),
        HIDDEN,
    )
    given = json.dumps(chart_figure(chart, [], is_dark=True).to_plotly_json(), default=str)
    told = given + chart_table(chart).to_csv() + chart_finding(chart) + baseline_caption(chart)
    told += chart_csv(chart, SOURCE)
    assert "54321" not in told.replace(",", "")
    assert "98765" not in told.replace(",", "")
    assert "every month that is shown" in chart_sentence(chart)
    assert "usual value comes out too high" in baseline_caption(chart)


def test_where_every_month_is_hidden_nothing_is_said():
    chart = phase_limits_of(by_month(SAFETY, COUNTS, OF, suppressed=tuple(range(12))))
    assert chart.points == ()
    assert chart_sentence(chart).startswith("Every month is hidden")


def test_under_eight_months_there_are_no_limits_and_the_page_says_so():
    chart = phase_limits_of(by_month(VOLUME, VOLUMES[:7]))
    assert limits(chart) == [None] * 7
    assert chart_sentence(chart) == (
        "Too few months to say what is usual: 7 recorded, at least 8 are needed."
    )
    assert phase_limits_of(by_month(VOLUME, VOLUMES[:8])).points[0].limits is not None
    assert not [
        trace for trace in chart_figure(chart, [], is_dark=False).data if trace.name == "high"
    ]


def test_after_a_recent_change_the_sentence_says_that_it_is_too_early():
    chart = phase_limits_of(by_month(VOLUME, [*VOLUMES, 150, 151]), [date(2023, 1, 1)])
    assert "Since Jan 2023: too few months to say what is usual: 2 recorded" in chart_sentence(
        chart
    )


def test_ordinary_variation_is_said():
    assert chart_sentence(phase_limits_of(by_month(SAFETY, COUNTS, OF))) == (
        "**Ordinary variation**: every month lies within what chance explains, around the usual "
        "2.0\u00a0%."
    )


def test_a_month_outside_is_named_with_its_counts():
    chart = phase_limits_of(by_month(SAFETY, [*COUNTS, 21], [*OF, 200]), baseline=12)
    sentence = chart_sentence(chart)
    assert sentence.startswith("**Jan 2023 is above what is usual**: 21 of 200 responses with")
    assert "(10.5\u00a0%), more than chance would explain; 2.0\u00a0% is usual" in sentence
    assert "neither good nor bad" in sentence
    assert "Jan 2023 is above" in chart_finding(chart)
    assert "**" not in chart_finding(chart)
    row = chart_table(chart).to_dict("records")[-1]
    assert row["Month"] == "Jan 2023"
    assert row["Signal"] == "a point outside the limits"
    # The file gives the numbers as they are, with where they come from.
    taken = list(csv.DictReader(io.StringIO(chart_csv(chart, SOURCE))))[-1]
    phase_limits = chart.points[-1].limits
    assert (taken["day"], taken["numerator"], taken["denominator"]) == (
        "2023-01-01",
        "21.0",
        "200.0",
    )
    assert [float(taken[name]) for name in ("limit_low", "usual", "limit_high")] == [
        *(phase_limits.low, phase_limits.centre, phase_limits.high),
    ]
    assert taken["signals"] == "a point outside the limits"
    assert (taken["data"], taken["snapshot"]) == ("made-up demonstration data", "snap")


@pytest.mark.parametrize(
    ("last", "meaning", "said"),
    [(180, Meaning.IMPROVEMENT, "That is an improvement."), (20, Meaning.CONCERN, "a concern: ")],
)
def test_direction_comes_last(last: int, meaning: Meaning, said: str):
    counts = [100, 104, 98, 101, 97, 103, 99, 102, 96, 101, 100, 98, last]
    chart = phase_limits_of(by_month(REACHED, counts, [200] * 13), baseline=12)
    assert [signal.meaning for signal in chart.signals] == [meaning]
    assert said in chart_sentence(chart)
    assert meaning.value in chart_table(chart).to_dict("records")[-1]["Signal"]


def test_every_signal_has_its_shape_its_word_and_its_sentence():
    cases = {
        SignalKind.SHIFT: ([*VOLUMES, *[105] * 8], "8 in a row above", "square"),
        SignalKind.TREND: (
            [*VOLUMES, 96, 98, 99, 100.5, 101, 102],
            "6 rising",
            "triangle-up",
        ),
        SignalKind.OUTSIDE: ([*VOLUMES, 400], "above", "diamond"),
        SignalKind.NEAR_LIMIT: ([*VOLUMES, 109, 100, 109], "twice near", "hexagon2"),
    }
    said = set()
    for kind, (values, word, shape) in cases.items():
        chart = phase_limits_of(by_month(VOLUME, [round(v) for v in values]), baseline=12)
        assert kind in {signal.kind for signal in chart.signals}
        alone = replace(chart, signals=tuple(s for s in chart.signals if s.kind is kind))
        drawn = chart_figure(alone, [], is_dark=False)
        assert f"<b>{word}</b>" in {note.text for note in drawn.layout.annotations}
        points = next(trace for trace in drawn.data if trace.name == "points")
        assert shape in points.marker.symbol
        said.add(chart_sentence(alone))
    assert len(said) == len(cases)


def test_the_chosen_months_keep_the_limits_of_the_whole():
    chart = phase_limits_of(by_month(VOLUME, [*VOLUMES, 400]), baseline=12)
    part = chart.within(Selection(first_month=date(2022, 11, 1), last_month=date(2023, 1, 1)))
    assert part.points == chart.points[-3:]
    assert part.signals == chart.signals
    early = chart.within(Selection(last_month=date(2022, 3, 1)))
    assert len(early.points) == 3
    assert early.signals == ()
    assert "Ordinary variation" in chart_sentence(early)


def test_the_baseline_is_shaded_and_changes_are_marked():
    chart = phase_limits_of(by_month(VOLUME, [*VOLUMES, 99, 101]), baseline=12)
    change = ProgramChange("a", date(2022, 6, 15), ChangeKind.HOURS, "Longer hours")
    drawn = chart_figure(chart, [change], is_dark=False)
    shaded = [shape for shape in drawn.layout.shapes if shape.type == "rect"]
    assert [(str(s.x0)[:10], str(s.x1)[:10]) for s in shaded] == [("2021-12-17", "2022-12-16")]
    assert "▲1" in {note.text for note in drawn.layout.annotations}


@pytest.mark.parametrize(
    ("day", "month"),
    [(date(2024, 5, 1), date(2024, 5, 1)), (date(2024, 12, 2), date(2025, 1, 1))],
)
def test_a_change_within_a_month_counts_from_the_next(day: date, month: date):
    assert first_whole_month(day) == month


def test_only_shares_and_counts_by_month_have_such_a_chart(small_snapshot):
    for key, by in (("injury_rate", Breakdown.MONTH), (VOLUME, Breakdown.YEAR)):
        with pytest.raises(ValueError, match="Expected a share or a count by month"):
            phase_limits_of(answer(key, Selection(), small_snapshot, by))


def test_a_log_that_is_silent_says_what_it_would_take(small_snapshot):
    chart = monthly_chart(SAFETY, Selection(("test-town",)), small_snapshot)
    assert chart.points == ()
    assert chart_sentence(chart).startswith("Not recorded: ")


def test_several_logs_start_anew_where_one_begins_or_ends(small_snapshot):
    starts = fresh_starts(VOLUME, Selection(), small_snapshot)
    firsts = {months[0].month for months in small_snapshot.coverage.values()}
    ends = {add_months(months[-1].month, 1) for months in small_snapshot.coverage.values()}
    assert set(starts) == firsts | ends


# Rare events

BETWEEN = [90, 300, 40, 150, 210, 60, 500, 120, 75, 330]


def event_rows(between: list[int], since: int) -> list[dict]:
    """Rows as the query gives them: an event every 30 days; 55 responses before the first."""
    days = [date(2024, 1, 1 + 0) + (date(2024, 1, 31) - date(2024, 1, 1)) * n for n in range(99)]
    counts = [55, *between]
    rows: list[dict] = [
        {"day": days[place], "event_count": 1, "before_count": count, "same_day_count": 0}
        for place, count in enumerate(counts)
    ]
    return [*rows, {"day": None, "event_count": 0, "before_count": since, "same_day_count": 0}]


def test_waits_have_the_limits_of_the_g_chart():
    rows = event_rows(BETWEEN, 80)
    chart = chart_of_waits(EMERGENCY, rows, date(2024, 12, 31), [])
    wanted = g_chart(BETWEEN, 80)
    assert [p.limits for p in chart.points] == [p.limits for p in wanted.chart.points]
    assert [p.count for p in chart.points] == BETWEEN
    assert {p.days for p in chart.points} == {30}
    assert chart.event_count == len(BETWEEN) + 1
    assert chart.wait is not None
    assert (chart.wait.responses, chart.wait.is_long) == (80, False)
    assert "Ordinary variation" in chart_sentence(chart)
    assert "80 responses without one" in chart_sentence(chart)


def test_a_long_time_without_one_is_an_improvement():
    chart = chart_of_waits(EMERGENCY, event_rows(BETWEEN, 9000), date(2025, 12, 31), [])
    assert chart.wait is not None
    assert chart.wait.is_long
    assert "longer than chance would explain**, an improvement" in chart_sentence(chart)


@pytest.mark.parametrize(
    ("tail", "meaning"), [([5] * 9, Meaning.CONCERN), ([9000], Meaning.IMPROVEMENT)]
)
def test_events_that_come_sooner_are_a_concern(tail: list[int], meaning: Meaning):
    rows = event_rows([*BETWEEN, *tail], 3)
    chart = chart_of_waits(EMERGENCY, rows, date(2026, 12, 31), [], baseline=10)
    assert {signal.meaning for signal in chart.signals} == {meaning}
    assert meaning.value in chart_sentence(chart)


def test_events_of_one_day_are_spread_over_its_responses():
    rows = [
        {"day": date(2024, 1, 1), "event_count": 1, "before_count": 7, "same_day_count": 4},
        {"day": date(2024, 1, 5), "event_count": 2, "before_count": 10, "same_day_count": 9},
    ]
    chart = chart_of_waits(EMERGENCY, rows, date(2024, 1, 5), [])
    # 4 responses on the first day: 2 after its event. 9 on the other: 3, 3 and 3.
    assert [(p.count, p.days) for p in chart.points] == [(2 + 10 + 3, 4), (3, 0)]
    assert chart.wait is not None
    assert chart.wait.responses == 3


def test_days_are_counted_where_no_response_lies_between():
    rows = event_rows([0] * 10, 0)
    chart = chart_of_waits(EMERGENCY, rows, date(2024, 12, 31), [])
    assert chart.kind is PointKind.DAYS_BETWEEN
    assert [p.limits for p in chart.points] == [p.limits for p in t_chart([30] * 10).chart.points]
    assert chart_finding(chart).startswith(
        "Days from one request with lights and sirens to the next"
    )
    assert "Since the last request with lights and sirens, on 27 Oct 2024: 65 days." in (
        chart_sentence(chart)
    )


def test_waits_start_anew_with_the_first_that_began_after_a_change():
    rows = event_rows(BETWEEN * 2, 80)
    change = date(2024, 9, 1)
    chart = chart_of_waits(EMERGENCY, rows, date(2026, 12, 31), [change])
    assert len(chart.phases) == 2
    before = [p for p in chart.points if p.day < chart.phases[1].first]
    assert before[-1].day >= change
    assert before[-2].day < change


@pytest.mark.parametrize("events", range(9))
def test_under_eight_waits_there_are_no_limits_and_the_page_says_so(events: int):
    rows = event_rows(BETWEEN, 80)[:events]
    chart = chart_of_waits(EMERGENCY, rows, date(2026, 12, 31), [])
    assert all(point.limits is None for point in chart.points)
    words = {0: "The log holds no request", 1: "The log holds a single request"}
    assert chart_sentence(chart).startswith(words.get(events, "Too few waits between events"))


def test_the_public_view_holds_no_date_of_an_event(small_snapshot):
    for key in ("emergency_backup_rate", "injury_rate"):
        open_view = rare_event_chart(key, Selection(("test-city",)), small_snapshot)
        assert open_view.points
        selection = Selection(("test-city",), view=View.PUBLIC)
        public = rare_event_chart(key, selection, small_snapshot)
        assert public == replace(
            ControlChartAnswer(open_view.metric, PointKind.RESPONSES_BETWEEN, RecordGrain.CALL),
            why_empty=HIDDEN_DATES,
            query="rare_events",
        )


def test_only_rare_events_have_waits(small_snapshot):
    with pytest.raises(ValueError, match="Expected a metric of rare events"):
        rare_event_chart(VOLUME, Selection(), small_snapshot)


def test_the_public_view_sets_limits_on_the_chosen_months_alone(small_snapshot):
    """Two differing sets of hidden cells beside each other could give one away."""
    months = Selection(("test-city",), (), date(2024, 1, 1), date(2024, 2, 1), view=View.PUBLIC)
    chart = monthly_chart(VOLUME, months, small_snapshot)
    found = answer(VOLUME, months, small_snapshot, Breakdown.MONTH)
    assert chart == phase_limits_of(found, fresh_starts(VOLUME, months, small_snapshot))


@pytest.mark.parametrize("word", ["caused", "because of", "led to", "thanks to", "due to"])
def test_no_sentence_claims_a_cause(word: str):
    doubled = [*VOLUMES, *(2 * volume for volume in VOLUMES)]
    for chart in (
        phase_limits_of(by_month(VOLUME, doubled), baseline=12),
        phase_limits_of(by_month(VOLUME, doubled), [date(2023, 1, 1)]),
        chart_of_waits(EMERGENCY, event_rows(BETWEEN, 9000), date(2026, 12, 31), []),
    ):
        assert word not in chart_sentence(chart) + baseline_caption(chart)
