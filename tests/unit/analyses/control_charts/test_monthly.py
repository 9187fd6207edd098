"""Control charts of the pages: the statistics' own limits, and months that are not judged."""

import csv
import io
import json
from calendar import monthrange
from dataclasses import replace
from datetime import date

import pytest
from written_months import EMERGENCY, REACHED, SAFETY, SOURCE, VOLUME, by_month

from outcomes.analyses.control_charts.chart import (
    IN_PART,
    NO_RECORDS,
    ControlChartAnswer,
    PointKind,
    Standing,
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
from outcomes.statistics.control_chart import p_chart, rate_chart
from outcomes.statistics.control_segments import ChartMethod
from outcomes.statistics.control_signals import Meaning, SignalKind
from outcomes.statistics.false_alarms import MONTH_ALARMS
from outcomes.statistics.rare_event_chart import g_chart, t_chart
from outcomes.store.programs import ProgramChange
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import (
    Breakdown,
    ChangeKind,
    Coverage,
    RecordGrain,
    View,
)

# Eighteen ordinary months of a share, of which the first twelve set limits: usual is 2%.
COUNTS = [4, 3, 5, 4, 6, 3, 4, 2, 5, 4, 3, 5, 4, 3, 5, 4, 4, 5]
OF = [200] * 18
VOLUMES = [100, 104, 98, 101, 97, 103, 99, 102, 96, 101, 100, 98, 101, 99, 104, 97, 100, 102]


def days_of(months: int) -> list[int]:
    starts = [add_months(date(2022, 1, 1), place) for place in range(months)]
    return [monthrange(start.year, start.month)[1] for start in starts]


def limits(chart: ControlChartAnswer) -> list[tuple[float, float, float] | None]:
    return [p.limits and (p.limits.low, p.limits.centre, p.limits.high) for p in chart.points]


def test_a_share_has_the_limits_of_the_p_chart():
    chart = phase_limits_of(by_month(SAFETY, COUNTS, OF))
    assert [p.limits for p in chart.points] == [p.limits for p in p_chart(COUNTS, OF).points]
    assert chart.phases[0].method is ChartMethod.P
    assert chart.phases[0].baseline_last == date(2022, 12, 1)
    assert chart.signals == ()
    assert chart.judged_count == 18


def test_a_volume_is_charted_as_so_many_a_day():
    chart = phase_limits_of(by_month(VOLUME, VOLUMES))
    wanted = rate_chart(VOLUMES, days_of(18))
    assert [p.limits for p in chart.points] == [p.limits for p in wanted.points]
    assert chart.phases[0].method is ChartMethod.U
    assert (chart.points[1].value, chart.points[1].of) == (104 / 28, 28)
    assert "(3.71 a day)" in chart_sentence(chart.within(Selection(last_month=date(2022, 2, 1))))
    assert chart_table(chart).to_dict("records")[1] | {"Usual": "", "Ordinary": ""} == {
        "Month": "Feb 2022",
        "Count": "104",
        "Days": "28",
        "Value": "3.71 a day",
        "Usual": "",
        "Ordinary": "",
    }


def test_limits_start_anew_at_a_change():
    doubled = [*VOLUMES, *(2 * volume for volume in VOLUMES)]
    chart = phase_limits_of(by_month(VOLUME, doubled), [date(2023, 7, 1)])
    assert not chart.signals
    assert [(s.first, s.last) for s in chart.phases] == [
        (date(2022, 1, 1), date(2023, 6, 1)),
        (date(2023, 7, 1), date(2024, 12, 1)),
    ]
    assert "start anew after a recorded change" in baseline_caption(chart)


@pytest.mark.parametrize("place", [-1, 0])
def test_an_incomplete_month_is_shown_and_never_a_signal(place: int):
    counts = [*VOLUMES, *VOLUMES]
    counts[place] = 3
    at = place % len(counts)
    found = by_month(VOLUME, counts, coverage={at: Coverage.PARTIAL})
    point = phase_limits_of(found).points[at]
    assert (point.count, point.note, point.limits) == (3.0, IN_PART, None)
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
    found = by_month(VOLUME, [*VOLUMES, 100], coverage={5: Coverage.GAP})
    chart = phase_limits_of(found)
    assert (chart.points[5].value, chart.points[5].note) == (None, NO_RECORDS)
    without = [*VOLUMES[:5], None, *VOLUMES[6:], 100]
    assert chart.points[0].limits == rate_chart(without, days_of(19)).points[0].limits
    drawn = chart_figure(chart, [], is_dark=False)
    line = next(trace for trace in drawn.data if trace.name == "line")
    assert line.y[5] is None
    assert any(note.text == "no records" for note in drawn.layout.annotations)


def test_a_hidden_month_gives_no_number_away():
    chart = phase_limits_of(by_month(SAFETY, [54321, *COUNTS], [98765, *OF], suppressed=(0,)))
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
    assert "no month that is shown stands out" in chart_sentence(chart)
    assert "usual value comes out too high" in baseline_caption(chart)


def test_where_every_month_is_hidden_nothing_is_said():
    chart = phase_limits_of(by_month(SAFETY, COUNTS, OF, suppressed=tuple(range(18))))
    assert chart.points == ()
    assert chart_sentence(chart).startswith("Every month is hidden")


# How the latest full month stands: one series of each kind


def test_under_eighteen_months_there_are_no_limits_and_the_page_says_so():
    chart = phase_limits_of(by_month(VOLUME, VOLUMES[:17]))
    assert limits(chart) == [None] * 17
    assert chart_sentence(chart) == (
        f"{BOLD}May 2023, the latest full month, has no usual level yet{BOLD}: too few months to say what is usual: "
        "17 recorded, at least 18 are needed."
    )
    assert phase_limits_of(by_month(VOLUME, VOLUMES)).points[0].limits is not None
    assert not [
        trace for trace in chart_figure(chart, [], is_dark=False).data if trace.name == "high"
    ]


def test_after_a_recent_change_the_sentence_says_that_it_is_too_early():
    chart = phase_limits_of(by_month(VOLUME, [*VOLUMES, 150, 151]), [date(2023, 7, 1)])
    assert chart_sentence(chart) == (
        f"{BOLD}Aug 2023, the latest full month, has no usual level yet{BOLD}: since Jul 2023 too few months to say what is "
        "usual: 2 recorded, at least 18 are needed. "
        f"{BOLD}Ordinary variation{BOLD} where there is a usual level: no month stands out."
    )


def test_while_a_program_grows_there_is_no_usual_level():
    growing = [round(100 * 1.04**place) for place in range(30)]
    chart = phase_limits_of(by_month(VOLUME, growing))
    assert not chart.signals
    sentence = chart_sentence(chart)
    assert sentence.startswith(
        f"{BOLD}Jun 2024, the latest full month, has no usual level yet{BOLD}: the months still rise, by about "
    )
    assert sentence.endswith("% of their mean a year, so none is usual yet.")
    assert chart.latest() == (chart.points[-1], Standing.NO_USUAL_LEVEL)


def test_an_ordinary_latest_month_is_said():
    chart = phase_limits_of(by_month(SAFETY, COUNTS, OF))
    sentence = chart_sentence(chart)
    assert sentence.startswith(
        f"{BOLD}Jun 2023, the latest full month, is ordinary{BOLD}: 5 of 200 responses"
    )
    assert "(2.5%). Around 2.0% is usual for it, and 0.0% to " in sentence
    assert sentence.endswith(
        f"{BOLD}Ordinary variation{BOLD}: no month stands out, nor do the latest six together."
    )
    assert chart.latest() == (chart.points[-1], Standing.ORDINARY)


def test_an_incomplete_month_is_not_the_latest_full_one():
    found = by_month(SAFETY, [*COUNTS, 90], [*OF, 200], coverage={18: Coverage.PARTIAL})
    assert chart_sentence(phase_limits_of(found)).startswith(
        f"{BOLD}Jun 2023, the latest full month"
    )


def test_without_a_full_month_none_is_judged():
    found = by_month(SAFETY, [4, 5], [200, 200], coverage=dict.fromkeys(range(2), Coverage.PARTIAL))
    assert "none is judged" in chart_sentence(phase_limits_of(found))


def test_an_unusual_latest_month_is_said_with_its_counts():
    chart = phase_limits_of(by_month(SAFETY, [*COUNTS[1:], 30], OF))
    sentence = chart_sentence(chart)
    assert sentence.startswith(
        f"{BOLD}Jun 2023, the latest full month, is unusual{BOLD}: 30 of 200 responses with"
    )
    assert "(15.0%), more than chance would explain; 2.0% is usual, and up to " in sentence
    assert "neither good nor bad" in sentence
    assert "Jun 2023, the latest full month, is unusual" in chart_finding(chart)
    assert BOLD not in chart_finding(chart)
    assert chart.latest() == (chart.points[-1], Standing.UNUSUAL)
    row = chart_table(chart).to_dict("records")[-1]
    assert row["Month"] == "Jun 2023"
    assert "a point outside the limits" in row["Signal"]
    # The file gives the numbers as they are, with where they come from.
    taken = list(csv.DictReader(io.StringIO(chart_csv(chart, SOURCE))))[-1]
    of_point = chart.points[-1].limits
    assert (taken["day"], taken["numerator"], taken["denominator"]) == (
        "2023-06-01",
        "30.0",
        "200.0",
    )
    assert [float(taken[name]) for name in ("limit_low", "usual", "limit_high")] == [
        *(of_point.low, of_point.centre, of_point.high),
    ]
    assert "a point outside the limits" in taken["signals"]
    assert (taken["data"], taken["snapshot"]) == ("made-up demonstration data", "snap")


def test_the_latest_six_months_are_said_together():
    counts = [*([100, 104] * 6), 126, 124, 128, 125, 127, 126]
    chart = phase_limits_of(by_month(REACHED, counts, [200] * 18))
    assert {signal.kind for signal in chart.signals} == {SignalKind.LATEST}
    assert chart_sentence(chart) == (
        f"{BOLD}Jun 2023, the latest full month, is unusual together with the five before it{BOLD}: "
        "756 of 1,200 eligible calls (63.0%), more than chance would explain; 51.0% is usual. "
        "That is an improvement."
    )


def test_an_earlier_unusual_month_is_said_after_the_latest():
    counts = [*COUNTS[:6], 40, *COUNTS[7:], *COUNTS]
    sentence = chart_sentence(phase_limits_of(by_month(SAFETY, counts, [200] * 36)))
    assert sentence.startswith(f"{BOLD}Dec 2024, the latest full month, is ordinary{BOLD}")
    assert f"{BOLD}Jul 2022 is above what is usual{BOLD}: 40 of 200 responses" in sentence


def test_a_change_of_level_is_said_with_both_levels():
    counts = [*([40, 44] * 15), *([80, 84] * 15)]
    chart = phase_limits_of(by_month(SAFETY, counts, [400] * 60))
    sentence = chart_sentence(chart)
    assert sentence.startswith(f"{BOLD}Dec 2026, the latest full month, is ordinary{BOLD}")
    assert (
        f"{BOLD}From Jul 2024 on the level is higher than before{BOLD}: 20.5% is usual since then, "
        "10.5% before, which chance alone seldom does." in sentence
    )
    assert "a change of level" in baseline_caption(chart)


@pytest.mark.parametrize(("months", "length"), [(18, 18), (35, 36), (60, 60)])
def test_the_caption_says_how_many_such_charts_cry_wolf(months: int, length: int):
    chart = phase_limits_of(by_month(SAFETY, (COUNTS * 4)[:months], [200] * months))
    by_chance, alike = MONTH_ALARMS[length]
    assert f"Of 100 charts of {length} ordinary months {by_chance} show" in baseline_caption(chart)
    assert f"{alike} where each month resembles the one before" in baseline_caption(chart)


@pytest.mark.parametrize(
    ("last", "meaning", "said"),
    [(180, Meaning.IMPROVEMENT, "That is an improvement."), (20, Meaning.CONCERN, "a concern: ")],
)
def test_direction_comes_last(last: int, meaning: Meaning, said: str):
    counts = [*VOLUMES, *VOLUMES[:-1], last]
    chart = phase_limits_of(by_month(REACHED, counts, [200] * 36))
    assert {signal.meaning for signal in chart.signals} == {meaning}
    assert said in chart_sentence(chart)
    assert meaning.value in chart_table(chart).to_dict("records")[-1]["Signal"]


def test_every_signal_has_its_shape_its_word_and_its_sentence():
    cases = {
        SignalKind.OUTSIDE: ([*VOLUMES, 400], "above", "diamond"),
        SignalKind.LATEST: ([*VOLUMES, *[150] * 6], "six months above", "square"),
        SignalKind.LEVEL: ([*VOLUMES, *VOLUMES, *[160] * 18], "higher since", "triangle-up"),
    }
    said = set()
    for kind, (values, word, shape) in cases.items():
        chart = phase_limits_of(by_month(VOLUME, values))
        assert kind in {signal.kind for signal in chart.signals}
        alone = replace(chart, signals=tuple(s for s in chart.signals if s.kind is kind))
        drawn = chart_figure(alone, [], is_dark=False)
        assert f"<b>{word}</b>" in {note.text for note in drawn.layout.annotations}
        points = next(trace for trace in drawn.data if trace.name == "points")
        assert shape in points.marker.symbol
        said.add(chart_sentence(alone))
    assert len(said) == len(cases)


def test_the_chosen_months_keep_the_limits_of_the_whole():
    chart = phase_limits_of(by_month(VOLUME, [*VOLUMES, 400]))
    part = chart.within(Selection(first_month=date(2023, 5, 1), last_month=date(2023, 7, 1)))
    assert part.points == chart.points[-3:]
    assert part.signals == chart.signals
    assert part.judged_count == 19
    early = chart.within(Selection(last_month=date(2022, 3, 1)))
    assert len(early.points) == 3
    assert early.signals == ()
    assert "Mar 2022, the latest full month, is ordinary" in chart_sentence(early)


def test_the_baseline_is_shaded_and_changes_are_marked():
    chart = phase_limits_of(by_month(VOLUME, VOLUMES))
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
    assert f"longer than chance would explain{BOLD}, an improvement" in chart_sentence(chart)


@pytest.mark.parametrize(
    ("tail", "meaning"), [([5] * 11, Meaning.CONCERN), ([9000], Meaning.IMPROVEMENT)]
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
    assert "Since the last request with lights and sirens, on Oct 27, 2024: 65 days." in (
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
        phase_limits_of(by_month(VOLUME, doubled)),
        phase_limits_of(by_month(VOLUME, doubled), [date(2023, 7, 1)]),
        phase_limits_of(by_month(VOLUME, [*doubled, *[900] * 6])),
        chart_of_waits(EMERGENCY, event_rows(BETWEEN, 9000), date(2026, 12, 31), []),
    ):
        assert word not in chart_sentence(chart) + baseline_caption(chart)
