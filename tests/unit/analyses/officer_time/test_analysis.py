"""Officer hours: worked by hand, told when not recorded, kept in a link, and no way back to a hidden count."""

import csv
import io
from dataclasses import replace
from datetime import date
from time import perf_counter
from types import SimpleNamespace

import numpy
import pandas
import pytest
from hypothesis import given
from hypothesis import strategies as st
from places import PROJECT
from scipy.stats import triang

from outcomes.analyses.methods.officer_time import OFFICER_METHOD
from outcomes.analyses.officer_time import analysis as module
from outcomes.analyses.officer_time import measured_time as police_module
from outcomes.analyses.officer_time.analysis import OfficerTime, Range, officer_time
from outcomes.analyses.officer_time.assumptions import (
    BY_CALL_TYPE,
    LIMITS,
    SINGLE,
    YOURS,
    Assumption,
    Changes,
    Subject,
    changes_of,
    changes_text,
    published_assumptions,
    real_changes,
    with_changes,
)
from outcomes.analyses.officer_time.benchmark import (
    benchmark_hovers,
    benchmark_rows,
    benchmark_sentence,
    benchmark_table,
)
from outcomes.analyses.officer_time.exhibits import sensitivity_exhibit
from outcomes.analyses.officer_time.figure import range_figure
from outcomes.analyses.officer_time.measured_time import BESIDE
from outcomes.analyses.officer_time.text import (
    ends_rows,
    hours_cards,
    officer_csv,
    officer_notes,
    officer_sentence,
    posts_sentence,
    range_table,
    rough_range,
    sensitivity_rows,
    sourced_sentence,
    spent_sentence,
)
from outcomes.analyses.published.analysis import published_outcomes
from outcomes.disclosure.rule import DisclosureRule
from outcomes.disclosure.suppress import suppress
from outcomes.metrics.figure import Counts, figure
from outcomes.metrics.registry import find_metric
from outcomes.registry.database import live_registry
from outcomes.selection import Selection, add_months
from outcomes.statistics.officer_hours import Assumed
from outcomes.statistics.triangular import shared_draws
from outcomes.store.programs import CoveredMonth
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import CallType, Coverage, DataKind, Status, View

PUBLIC = Selection(view=View.PUBLIC)
CHANCES = pandas.DataFrame(
    [
        {
            "call_type": kind.value,
            "low_share": 0.5,
            "base_share": 0.8,
            "high_share": 1.0,
            "source": "assumption",
        }
        for kind in CallType
    ]
)
BY_HAND: Changes = {
    (Subject.OFFICERS, "mental_health"): Assumed(1, 2, 2),
    (Subject.MINUTES, "mental_health"): Assumed(30, 60, 90),
    (Subject.OFFICERS, "welfare_check"): Assumed(1, 1, 2),
    (Subject.MINUTES, "welfare_check"): Assumed(12, 30, 60),
    (Subject.SPENT, ""): Assumed(15, 30, 60),
    (Subject.POST_HOURS, ""): Assumed(1200, 1200, 1200),
}


def time_of(
    monkeypatch: pytest.MonkeyPatch,
    counts: dict[str, int],
    police: int = 0,
    changes: Changes | None = None,
    selection: Selection | None = None,
    months: int = 12,
    status: Status | None = None,
    timed: int = 0,
    unit_seconds: int = 0,
    chances: pandas.DataFrame = CHANCES,
) -> OfficerTime:
    """Officer time of made-up counts, hidden by the real rule, without a store."""
    selection = selection or Selection()
    rule = DisclosureRule()
    strict = find_metric("diverted_strict")
    cells = [Counts(count) for count in counts.values()]
    total = Counts(sum(counts.values()))
    if rule.applies(strict, selection, None, True):
        cells, total = suppress(cells, total, rule)
    figures = [figure(strict, cell) for cell in cells]
    rows = [
        {"call_type": kind, "numerator": each.numerator, "status": each.status.value}
        for kind, each in zip(counts, figures, strict=True)
    ]
    source = SimpleNamespace(programs=("Test",), data_kind=DataKind.MADE_UP, snapshot="snap-1")
    whole = SimpleNamespace(status=status or figure(strict, total).status)
    by_type = SimpleNamespace(rows=rows, total=whole, notes=("What is missing.",), source=source)
    everything = 10_000
    alone = Counts(everything - police, everything)
    if rule.applies(strict, selection, None, True):
        _, alone = suppress([], alone, rule)
    share = figure(find_metric(BESIDE), alone)
    units = {
        "program_id": "test",
        "police_response_count": police,
        "timed_response_count": timed,
        "police_unit_seconds": unit_seconds,
    }
    asked = SimpleNamespace(
        program_ids=("test",),
        program_names=("Test",),
        closed_selection=lambda: selection,
    )
    covered = [
        CoveredMonth(add_months(date(2024, 1, 1), place), Coverage.WHOLE, 30)
        for place in range(months)
    ]
    gap = CoveredMonth(date(2023, 12, 1), Coverage.GAP, 0)
    monkeypatch.setattr(police_module, "answer", lambda *_: SimpleNamespace(total=share))
    monkeypatch.setattr(police_module, "run_metric_query", lambda *_: [units])
    monkeypatch.setattr(module, "answer", lambda *_: by_type)
    monkeypatch.setattr(module, "month_coverage", lambda *_: [gap, *covered])
    monkeypatch.setattr(
        module, "replace", lambda each, **more: each if each is asked else replace(each, **more)
    )
    for each in (module, police_module):
        monkeypatch.setattr(each, "resolve_scope", lambda *_: asked)
    assumptions = with_changes(published_assumptions(chances), changes or {})
    return officer_time(selection, SimpleNamespace(), assumptions, rule)


@pytest.fixture
def by_hand(monkeypatch: pytest.MonkeyPatch) -> OfficerTime:
    counts = {"mental_health": 100, "welfare_check": 200, "dispute": 0}
    return time_of(monkeypatch, counts, 40, BY_HAND)


def test_hours_worked_by_hand(by_hand: OfficerTime):
    # Low: 100 x 0.5 x 1 x 30 min + 200 x 0.5 x 1 x 12 min = 25 + 20 h, less 40 x 60 min = 40 h.
    # Base: 100 x 0.8 x 2 x 60 + 200 x 0.8 x 1 x 30 = 160 + 80, less 40 x 30 min = 20.
    # High: 100 x 1 x 2 x 90 + 200 x 1 x 2 x 60 = 300 + 400, less 40 x 15 min = 10.
    assert by_hand.extremes is not None
    found = (by_hand.extremes.low, by_hand.extremes.middle, by_hand.extremes.high)
    assert found == pytest.approx((5, 220, 690))
    assert by_hand.months == 12


def drawn_slowly(seed: int, count: int = 200_000) -> tuple[float, float, float]:
    """The hours of the example in other draws, by the triangular distribution of SciPy."""
    chance = numpy.random.default_rng(seed)
    sent, officers, minutes, spent = chance.random((4, count))

    def triangle(low: float, base: float, high: float, drawn: numpy.ndarray) -> numpy.ndarray:
        return triang((base - low) / (high - low), low, high - low).ppf(drawn)

    # One draw of a parameter for both call types.
    hours = sum(
        calls * triangle(0.5, 0.8, 1, sent) * triangle(*team, officers) * triangle(*stay, minutes)
        for calls, team, stay in ((100, (1, 2, 2), (30, 60, 90)), (200, (1, 1, 2), (12, 30, 60)))
    )
    left = (hours - 40 * triangle(15, 30, 60, spent)) / 60
    return tuple(numpy.quantile(left, [0.1, 0.5, 0.9]))


def test_the_range_is_that_of_other_draws(by_hand: OfficerTime):
    assert by_hand.hours is not None
    found = (by_hand.hours.low, by_hand.hours.middle, by_hand.hours.high)
    assert found == pytest.approx(drawn_slowly(1), rel=0.01)
    assert by_hand.posts is not None
    assert by_hand.posts.middle == pytest.approx(by_hand.hours.middle / 1200)
    assert officer_sentence(by_hand) == (
        f"About {BOLD}210 officer hours{BOLD} were freed in 12 months, from 300 calls diverted (strict); the 80% range of the "
        f"assumptions is {BOLD}130 to 330{BOLD}: capacity, not cash."
    )


def test_a_parameter_that_is_drawn_anew_for_each_call_type_would_narrow_the_range(
    by_hand: OfficerTime,
):
    # Wrong: the minutes of mental health and of welfare drawn apart, so that their errors cancel.
    chance = numpy.random.default_rng(3)
    apart = [
        calls * numpy.prod([triang(*each).ppf(chance.random(50_000)) for each in shape], axis=0)
        for calls, shape in (
            (100, ((0.6, 0.5, 0.5), (1, 1, 1), (0.5, 30, 60))),
            (200, ((0.6, 0.5, 0.5), (0, 1, 1), (0.375, 12, 48))),
        )
    ]
    low, high = numpy.quantile(sum(apart) / 60, [0.1, 0.9])
    assert by_hand.hours is not None
    assert high - low < 0.85 * (by_hand.hours.high - by_hand.hours.low)


def test_every_page_and_day_gives_the_same_range(monkeypatch: pytest.MonkeyPatch):
    counts = {"mental_health": 100, "welfare_check": 200, "dispute": 0}
    first = time_of(monkeypatch, counts, 40, BY_HAND)
    shared_draws.cache_clear()
    assert time_of(monkeypatch, counts, 40, BY_HAND).hours == first.hours


def test_all_low_and_all_high_stand_in_the_table_alone(by_hand: OfficerTime):
    table = range_table(ends_rows(by_hand))
    assert table.iloc[1][["Low", "Middle", "High"]].tolist() == ["5", "220", "690"]
    said = " ".join(
        [officer_sentence(by_hand), posts_sentence(by_hand), spent_sentence(by_hand)]
        + [str(card) for card in hours_cards(by_hand, ())]
    )
    assert "690" not in said


def test_hours_for_each_call_stand_beside_the_published_ones(by_hand: OfficerTime):
    published = published_outcomes(live_registry()).hours
    card = hours_cards(by_hand, published)[-1]
    assert card.label == "Hours for each call diverted"
    assert by_hand.per_call is not None
    assert card.value == f"{by_hand.per_call.middle:.2f}"
    assert card.lines[1] == "5 published: 0.08 to 5.00"


def test_the_tornado_has_a_table_and_a_file(by_hand: OfficerTime):
    exhibit = sensitivity_exhibit(by_hand)
    rows = exhibit.tables[0].rows
    assert rows["What"].tolist() == [name for name, _ in sensitivity_rows(by_hand)]
    assert exhibit.csv is not None
    written = list(csv.DictReader(io.StringIO(exhibit.csv.text)))
    assert [row["name"] for row in written] == [subject for subject, _ in by_hand.sensitivity]
    figure = exhibit.charts[0].figure(is_dark=False)
    assert figure.layout.shapes[0].x0 == by_hand.sensitivity[0][1].middle
    # Minutes alone, the others at their middle: chance 0.775, officers 1.707 and 1.293, and 40 x 34.02 minutes spent.
    moved = dict(by_hand.sensitivity)[Subject.MINUTES]
    middles = [triang(*each).ppf(0.5) for each in ((0.6, 0.5, 0.5), (1, 1, 1), (0, 1, 1))]
    for end, value in ((0.1, moved.low), (0.9, moved.high)):
        first, second = triang(0.5, 30, 60).ppf(end), triang(0.375, 12, 48).ppf(end)
        freed = middles[0] * (100 * middles[1] * first + 200 * middles[2] * second) / 60
        assert value == pytest.approx(freed - 40 * triang(1 / 3, 15, 45).ppf(0.5) / 60)


def test_a_range_of_every_call_type_takes_few_milliseconds(monkeypatch: pytest.MonkeyPatch):
    counts = {kind.value: 1_000 for kind in CallType}
    time_of(monkeypatch, counts, 40)
    began = perf_counter()
    for _ in range(5):
        time_of(monkeypatch, counts, 40)
    # Bound of a page; a slow machine has room.
    assert (perf_counter() - began) / 5 < 0.25


def test_the_worked_example_on_methods_is_what_comes_out(monkeypatch: pytest.MonkeyPatch):
    published = pandas.read_csv(PROJECT / "data" / "assumptions" / "police_sent.csv").rename(
        columns={"low": "low_share", "base": "base_share", "high": "high_share"}
    )
    counts = {"mental_health": 100, "welfare_check": 200}
    time = time_of(monkeypatch, counts, 30, timed=10, unit_seconds=300 * 60, chances=published)
    assert time.hours is not None
    assert time.extremes is not None
    assert time.posts is not None
    assert time.per_call is not None
    names = ("mental health", "check on welfare", "still spent", "hours freed")
    sums: list[list[float]] = []
    for name in names:
        line = next(each for each in OFFICER_METHOD.split("\n") if each.startswith(f"| {name} |"))
        written = [float(cell.rpartition("=")[2]) for cell in line.strip("| ").split("|")[1:]]
        sums.append(written)
        for cell, value in zip(line.strip("| ").split("|")[1:], written, strict=True):
            sum_of_it = cell.partition("=")[0].translate(str.maketrans("×÷−", "*/-"))
            assert by_hand_sum(sum_of_it) == pytest.approx(value), cell
    ends = [time.extremes.low, time.extremes.middle, time.extremes.high]
    assert ends == pytest.approx(sums[3])
    for place, end in enumerate(ends):
        assert sums[0][place] + sums[1][place] - sums[2][place] == pytest.approx(end)
    low, middle, high = time.hours.low, time.hours.middle, time.hours.high
    assert f"80% range is {low:.0f} to {high:.0f} hours, middle {middle:.0f}" in OFFICER_METHOD
    assert f"{middle:.0f} ÷ 300 = {time.per_call.middle:.2f} hours" in OFFICER_METHOD
    assert f"{middle:.0f} ÷ 1,700 = {time.posts.middle:.1f} full-time posts" in OFFICER_METHOD


def by_hand_sum(text: str) -> float:
    """What a sum of whole numbers and decimals, written out, comes to."""
    assert set(text) <= set("0123456789.+-*/() "), text
    return float(eval(text))


@pytest.mark.parametrize(
    ("wrong", "how"),
    [
        (120 - 20, "one officer for each call"),
        (300 - 20, "everybody would have been sent police"),
        (240.0, "police time forgotten"),
        (200.0, "police time taken off twice"),
        (13_200.0, "minutes for hours"),
    ],
)
def test_the_usual_wrong_numbers_are_not_ours(by_hand: OfficerTime, wrong: float, how: str):
    assert by_hand.extremes is not None
    assert by_hand.extremes.middle != pytest.approx(wrong), how


def test_hours_are_those_of_each_call_added_up_slowly(by_hand: OfficerTime):
    calls = pandas.DataFrame(
        [
            {"chance": 0.8, "officers": 2, "minutes": 60},
        ]
        * 100
        + [{"chance": 0.8, "officers": 1, "minutes": 30}] * 200
    )
    slow = sum(call.chance * call.officers * call.minutes / 60 for call in calls.itertuples())
    assert by_hand.extremes is not None
    assert by_hand.extremes.middle == pytest.approx(slow - 40 * 30 / 60)


def test_hours_below_zero_are_possible_and_said(monkeypatch: pytest.MonkeyPatch):
    time = time_of(monkeypatch, {"mental_health": 20}, 400, BY_HAND)
    assert time.hours is not None
    assert time.hours.middle < 0
    assert "police spent more time on the program than it freed" in officer_sentence(time)


def test_not_recorded_is_no_hours_and_nothing_stands_in(monkeypatch: pytest.MonkeyPatch):
    time = time_of(monkeypatch, {}, 40, status=Status.NOT_RECORDED)
    assert (time.hours, time.posts, time.per_call, time.by_type) == (None, None, None, ())
    assert officer_sentence(time).startswith("What is missing.")
    assert "do not stand in" in officer_sentence(time)


def test_the_widest_assumption_comes_first(by_hand: OfficerTime):
    widths = [numbers.high - numbers.low for _, numbers in by_hand.sensitivity]
    assert widths == sorted(widths, reverse=True)
    middles = [numbers.middle for _, numbers in by_hand.sensitivity]
    assert middles == pytest.approx([middles[0]] * len(middles))
    for _, numbers in by_hand.sensitivity:
        assert numbers.low <= numbers.middle <= numbers.high


def test_posts_stand_beside_vacant_ones_as_a_comparison(monkeypatch: pytest.MonkeyPatch):
    changes = {**BY_HAND, (Subject.POSTS, ""): Assumed(50, 50, 50)}
    words = posts_sentence(time_of(monkeypatch, {"mental_health": 100}, 0, changes))
    assert "of 50 sworn posts; 5 of them are vacant at a rate of 10%" in words
    assert "fill no post" in words


def test_money_is_named_in_one_sentence_only(by_hand: OfficerTime):
    words = " ".join([officer_sentence(by_hand), posts_sentence(by_hand), *officer_notes(by_hand)])
    assert words.count("capacity, not cash") == 1
    rest = words.replace("capacity, not cash", "").lower()
    assert "cash" not in rest
    assert "saving" not in rest


# What a public reader may work out by setting assumptions: nothing that is hidden.


def seen_by_attack(monkeypatch: pytest.MonkeyPatch, counts: dict[str, int]) -> list[object]:
    """What the page gives where each call type in turn is the only one with any time."""
    seen: list[object] = []
    for target in counts:
        changes: Changes = {
            (Subject.MINUTES, kind): Assumed(*([60.0 if kind == target else 0.0] * 3))
            for kind in counts
        }
        for subject in (Subject.CHANCE, Subject.OFFICERS):
            changes |= {(subject, kind): Assumed(1, 1, 1) for kind in counts}
        changes[(Subject.SPENT, "")] = Assumed(0, 0, 0)
        through_a_link, complaints = changes_of(changes_text(changes))
        assert complaints == []
        time = time_of(monkeypatch, counts, 100, through_a_link, PUBLIC)
        seen.append(
            (time.hours, time.count, time.by_type, time.posts, time.per_call, time.hidden_types)
        )
        seen.append(officer_csv(time, officer_sentence(time)))
    return seen


def test_no_choice_of_assumptions_brings_a_hidden_count_back(monkeypatch: pytest.MonkeyPatch):
    # Two logs that differ in their hidden counts alone, with the same total, look the same in every way.
    one = {"mental_health": 4, "welfare_check": 16, "dispute": 300, "youth": 90}
    other = {"mental_health": 9, "welfare_check": 11, "dispute": 300, "youth": 90}
    assert seen_by_attack(monkeypatch, one) == seen_by_attack(monkeypatch, other)
    seen = time_of(monkeypatch, one, 100, None, PUBLIC)
    assert {kind for kind, _, _ in seen.by_type} == {"dispute", "youth"}
    assert seen.hidden_types == 2


def test_the_attack_would_see_them_in_the_program_view(monkeypatch: pytest.MonkeyPatch):
    changes: Changes = {(Subject.MINUTES, "welfare_check"): Assumed(0, 0, 0)}
    for subject, value in ((Subject.MINUTES, 60), (Subject.CHANCE, 1), (Subject.OFFICERS, 1)):
        changes[(subject, "mental_health")] = Assumed(value, value, value)
    time = time_of(monkeypatch, {"mental_health": 4, "welfare_check": 16}, 0, changes)
    assert time.hours is not None
    assert time.hours.middle == pytest.approx(4)


def test_a_hidden_number_of_police_responses_is_not_taken_off_and_said(
    monkeypatch: pytest.MonkeyPatch,
):
    time = time_of(monkeypatch, {"mental_health": 100}, 7, BY_HAND, PUBLIC)
    assert time.police.responses is None
    assert "too high by that time" in spent_sentence(time)
    assert "7" not in officer_csv(time, "").split("police hours still spent")[1].split("\n")[0][:2]


def test_hidden_numbers_of_timed_responses_and_their_minutes_look_the_same(
    monkeypatch: pytest.MonkeyPatch,
):
    # 3 or 9 of 100 responses not timed: who may not know which must not see it in the hours either.
    def seen(timed: int, minutes: int) -> tuple[object, ...]:
        time = time_of(
            monkeypatch,
            {"mental_health": 100},
            100,
            BY_HAND,
            PUBLIC,
            timed=timed,
            unit_seconds=minutes * 60,
        )
        return time.hours, time.police, spent_sentence(time), officer_csv(time, "")

    assert seen(97, 3000) == seen(91, 2400) == seen(4, 90)
    assert "How many of them the log times is hidden" in str(seen(97, 3000)[2])
    # In the open: 40 and 60 may be shown, and the measured minutes to the whole minute for each.
    assert seen(40, 1190) == seen(40, 1210) == seen(40, 1200)
    assert seen(40, 1200) != seen(40, 1400)


def test_a_few_responses_more_do_not_give_their_minutes(monkeypatch: pytest.MonkeyPatch):
    # 200 timed responses, and 203 with three of 400 minutes in all: the difference says nothing near 400.
    told = [
        time_of(
            monkeypatch, {"dispute": 50}, 300, None, PUBLIC, timed=timed, unit_seconds=minutes * 60
        ).police.unit_minutes
        for timed, minutes in ((200, 6_090), (203, 6_490))
    ]
    assert told == [200 * 30, 203 * 32]
    assert told[1] - told[0] == 496


def test_police_time_is_measured_in_part_and_assumed_for_the_rest(monkeypatch: pytest.MonkeyPatch):
    # 40 responses: 30 timed, 900 unit minutes by 1 to 2 officers, and 10 of 15, 30 or 60 minutes.
    changes = {**BY_HAND, (Subject.UNIT_OFFICERS, ""): Assumed(1, 1, 2)}
    time = time_of(monkeypatch, {"mental_health": 100}, 40, changes, timed=30, unit_seconds=54_000)
    # All low 17.5, as usual 20, all high 40; the 80% range is narrower.
    assert 17.5 < time.spent.low < time.spent.middle < time.spent.high < 40
    assert time.extremes is not None
    assert time.extremes.middle == pytest.approx(160 - 20)
    assert spent_sentence(time) == (
        "Already taken off: about 25 (21 to 31) police hours still spent on 40 responses with police present. The time was "
        "measured in the log for 30 of 40 (15 hours of police units, log of Test) and is assumed for the other 10."
    )
    subjects = [key[0] for key in time.used]
    assert Subject.SPENT in subjects
    assert Subject.UNIT_OFFICERS in subjects


@pytest.mark.parametrize(
    ("timed", "words", "unused"),
    [
        (0, "assumed for each of them: no log here holds", Subject.UNIT_OFFICERS),
        (40, "measured in the log for all of them", Subject.SPENT),
    ],
)
def test_only_what_is_used_is_listed_as_assumed(
    monkeypatch: pytest.MonkeyPatch, timed: int, words: str, unused: Subject
):
    time = time_of(
        monkeypatch, {"mental_health": 100}, 40, BY_HAND, timed=timed, unit_seconds=timed * 1800
    )
    assert words in spent_sentence(time)
    assert unused not in [key[0] for key in time.used]
    assert unused not in [subject for subject, _ in time.sensitivity]


def test_how_many_assumptions_are_published_is_told(monkeypatch: pytest.MonkeyPatch):
    time = time_of(monkeypatch, {"mental_health": 100, "dispute": 20}, 40)
    # Three for each type, and the minutes on responses with police; those about posts are no part of the hours.
    assert sourced_sentence(time) == (
        "0 of the 7 assumptions behind these hours come from a publication; 7 are assumed by this product. Each can be "
        "changed below."
    )
    mine = {(Subject.MINUTES, "dispute"): Assumed(1, 2, 3)}
    time = time_of(monkeypatch, {"mental_health": 100, "dispute": 20}, 40, mine)
    assert (
        "0 of the 7 assumptions behind these hours come from a publication; 1 is yours; 6 are"
        in (sourced_sentence(time))
    )


def test_hours_a_year_and_what_months_they_rest_on(monkeypatch: pytest.MonkeyPatch):
    time = time_of(monkeypatch, {"mental_health": 100}, 40, BY_HAND, months=24)
    assert time.per_year is not None
    assert time.hours is not None
    assert time.per_year.middle == pytest.approx(time.hours.middle / 2)
    assert (
        f"That is {rough_range(time.per_year)} officer hours a year, on average over the 24 months that the log covers"
        in (posts_sentence(time))
    )
    both = replace(time, months_of={"Old Team": 24, "New Team": 6}, partial_months=2)
    assert "over the 24 months that any of the logs covers" in posts_sentence(both)
    notes = " ".join(officer_notes(both))
    assert "Not every log covers all 24 months (Old Team 24, New Team 6)" in notes
    assert "Months that some log covers in part: 2 of 24." in notes
    assert "all these departments' sworn posts" in posts_sentence(both)
    same = replace(time, months_of={"Old Team": 24, "New Team": 24})
    assert "over the 24 months that each of the logs covers" in posts_sentence(same)


def test_published_hours_have_their_sources_and_both_ends_are_named(by_hand: OfficerTime):
    hours = published_outcomes(live_registry()).hours
    said = benchmark_sentence(by_hand, hours)
    assert "from 0.08 (New Haven COMPASS) to 5.00 (LA CRESS" in said
    assert "60 times apart" in said
    table = benchmark_table(by_hand, hours).set_index("Program")
    rows = benchmark_rows(by_hand, hours)
    assert len(rows) == len(table) == len(hours) + 1
    others = table.drop(index="This selection")
    assert others["Address"].str.startswith("http").all()
    assert (others["Source"] != "").all()
    unread = replace(hours[0], row={**hours[0].row, "confidence": "unverified"})
    assert (
        benchmark_table(by_hand, (unread, *hours[1:]))["Source read"]
        .tolist()
        .count("no, unverified")
        == 1
    )
    hovers = benchmark_hovers(by_hand, (unread, *hours[1:]))
    assert next(name for name, _ in rows).startswith("LA CRESS")
    assert hovers[0].endswith("unverified: source was not read")
    assert "WTNH (2023); source was read" in hovers[-1]
    assert hovers[[name for name, _ in rows].index("This selection")] == "worked out on this page"


def test_chart_and_table_of_published_hours_print_the_same_numbers(by_hand: OfficerTime):
    # A value of three digits: wrong is one rounding over the dot and another in the table.
    by_hand = replace(by_hand, per_call=Range(0.105, 0.575, 1.005))
    hours = published_outcomes(live_registry()).hours
    drawn = range_figure(benchmark_rows(by_hand, hours), False, 2).layout.annotations
    over_dots = [each.text.partition("<br>")[2] for each in drawn]
    assert over_dots == benchmark_table(by_hand, hours)["Hours for each call"].tolist()
    assert "0.58 (0.11 to 1.01)" in over_dots


# The link.


@st.composite
def any_changes(draw: st.DrawFn) -> Changes:
    found: Changes = {}
    for subject in draw(st.lists(st.sampled_from(Subject), unique=True)):
        least, most = LIMITS[subject]
        number = st.integers(least * 10_000, most * 10_000).map(lambda each: each / 10_000)
        kind = draw(st.sampled_from(CallType)).value if subject in BY_CALL_TYPE else ""
        values = sorted(draw(st.lists(number, min_size=3, max_size=3)))
        found[(subject, kind)] = Assumed(*([values[1]] * 3 if subject in SINGLE else values))
    return found


@given(any_changes())
def test_changes_come_back_from_a_link_as_they_were(changes: Changes):
    assert changes_of(changes_text(changes)) == (changes, [])


@given(st.text(alphabet="minutes.welfare_check:posts0123456789-,eE+ naif"))
def test_no_link_breaks_the_page(text: str):
    changes, _ = changes_of(text)
    assert changes_of(changes_text(changes)) == (changes, [])


@pytest.mark.parametrize(
    "part",
    [
        "nonsense:1-2-3",
        "minutes:1-2-3",
        "minutes.nobody:1-2-3",
        "minutes.dispute:3-2-1",
        "minutes.dispute:1-2",
        "minutes.dispute:1-2-99999",
        "chance.dispute:0.5-1-1.5",
        "posts:0",
        "posts:NaN",
        "vacancy:Infinity",
        "spent:a-b-c",
        "spent",
    ],
)
def test_what_makes_no_sense_is_left_out_and_said(part: str):
    changes, complaints = changes_of(f"{part},posts:400")
    assert changes == {(Subject.POSTS, ""): Assumed(400, 400, 400)}
    assert len(complaints) == 1
    assert f"found [{part}]" in complaints[0]


def test_what_is_published_anyway_is_no_change():
    published = published_assumptions(CHANCES)
    key = (Subject.SPENT, "")
    same = {key: published[key].assumed, (Subject.VACANCY, ""): Assumed(12, 12, 12)}
    assert real_changes(published, same) == {(Subject.VACANCY, ""): Assumed(12, 12, 12)}


def test_every_call_type_has_every_assumption_and_every_row_a_source():
    published = published_assumptions(CHANCES)
    for subject in BY_CALL_TYPE:
        assert {kind for each, kind in published if each is subject} == {
            kind.value for kind in CallType
        }
    assert all(each.source for each in published.values())
    assert published[(Subject.VACANCY, "")].assumed.base == 10
    assert "Governing" in published[(Subject.VACANCY, "")].source
    for (subject, _), each in published.items():
        least, most = LIMITS[subject]
        assert least <= each.assumed.low <= each.assumed.high <= most


def test_the_file_says_whose_each_assumption_is(by_hand: OfficerTime):
    rows = list(csv.DictReader(io.StringIO(officer_csv(by_hand, "=quote"))))
    sources = {row["name"]: row["source"] for row in rows if row["what"] == "assumption"}
    assert sources["minutes.welfare_check"] == YOURS
    assert sources["chance.welfare_check"] == "assumption"
    assert rows[0]["quotable_sentence"] == "'=quote"
    assert rows[0]["range"] == "80% range"
    assert (float(rows[1]["low"]), float(rows[1]["high"])) == (5, 690)
    mine = Assumption(Assumed(1, 1, 1), YOURS)
    assert replace(mine, source="assumption").is_yours is False
