"""Tiles: the change as a number with its word, a zero with what it does not rule out, and the page's answer."""

from dataclasses import replace
from datetime import date

import pytest
from written_months import REACHED, SAFETY, VOLUME, by_month

from outcomes.answers.answer import Answer
from outcomes.answers.period_change import Comparison, Tone
from outcomes.answers.recent_months import RecentMonth
from outcomes.metrics.figure import Counts, Figure, figure, hidden
from outcomes.metrics.registry import find_metric
from outcomes.presentation.tiles import page_answer, short_change, tile, without_repeats
from outcomes.statistics.comparison import Change, Difference
from outcomes.vocabulary.log import Status

LINE = tuple(
    RecentMonth(date(2025, month, 1), value)
    for month, value in ((10, 0.01), (11, None), (12, 0.03))
)


def figure_of(key: str, count: int, of: int | None = None) -> Figure:
    return figure(find_metric(key), Counts(count, of))


def change(
    now: Figure, earlier: Figure, word: Change = Change.TOO_FEW, is_volume: bool = False
) -> Comparison:
    return Comparison(
        change=word,
        tone=Tone.NEUTRAL,
        earlier=earlier,
        now=now,
        against="the year before",
        difference=Difference(0.0, -1.0, 1.0, 0.5),
        is_volume=is_volume,
    )


def whole(key: str, found: Figure, comparison: Comparison | None = None) -> Answer:
    return replace(by_month(key, [1], [10]), breakdown=None, total=found, comparison=comparison)


@pytest.mark.parametrize(
    ("key", "now", "earlier", "said"),
    [
        (SAFETY, (11, 1000), (7, 1000), "Up 0.4 points from 0.7%: too few to tell"),
        (SAFETY, (7, 1000), (11, 1000), "Down 0.4 points from 1.1%: too few to tell"),
        (SAFETY, (7, 1000), (7, 1000), "No change from 0.7%: too few to tell"),
        (VOLUME, (109, None), (100, None), "Up 9.0% from 100: too few to tell"),
        (VOLUME, (4, None), (0, None), "Up 4 from 0: too few to tell"),
        (VOLUME, (0, None), (0, None), "No change from 0: too few to tell"),
    ],
)
def test_a_change_is_a_number_with_its_word(key: str, now: tuple, earlier: tuple, said: str):
    found = change(figure_of(key, *now), figure_of(key, *earlier), is_volume=key == VOLUME)
    assert short_change(find_metric(key), found) == said


def test_a_comparison_of_other_months_than_those_chosen_names_them():
    found = replace(
        change(figure_of(SAFETY, 11, 1000), figure_of(SAFETY, 7, 1000)), begin="in 2024 "
    )
    assert (
        short_change(find_metric(SAFETY), found)
        == "In 2024: up 0.4 points from 0.7%: too few to tell"
    )


def test_what_is_not_compared_says_why():
    why = Comparison(Change.NOT_COMPARABLE, Tone.NEUTRAL, None, why_not="Not compared: too short.")
    assert short_change(find_metric(SAFETY), why) == "Not compared: too short."
    assert short_change(find_metric(SAFETY), None) == ""


def test_a_tile_has_its_counts_in_sight_and_the_interval_a_tap_away():
    found = whole(SAFETY, figure_of(SAFETY, 12, 1204))
    made = tile(found, LINE)
    assert (made.value, made.counts, made.limit) == ("1.0%", "12 of 1,204", "")
    # Exact interval of 12 in 1,204, by the F distribution: 0.516% to 1.734%.
    assert any("0.5% to 1.7%" in text or "0.5 to 1.7%" in text for text in made.more)
    assert (
        made.line_words
        == "3 months to Dec 2025: lowest 1.0% in Oct 2025, highest 3.0% in Dec 2025."
    )


def test_a_zero_never_stands_alone():
    made = tile(whole(SAFETY, figure_of(SAFETY, 0, 500)), ())
    # The one-sided 95% limit of none in 500: 1 - 0.05 ** (1 / 500), which is 1 in 167.
    assert (made.value, made.limit) == ("0", "could still be up to 1 in 167")
    assert made.line_words == ""


def test_what_is_not_recorded_has_no_number_and_no_change():
    made = tile(whole(SAFETY, hidden(Status.NOT_RECORDED)), ())
    assert (made.value, made.counts, made.change) == ("Not recorded", "", "")


def test_the_pages_answer_tells_what_the_log_gives_and_then_what_it_lacks():
    safety = figure_of(SAFETY, 12, 1204)
    said = page_answer(
        [
            whole(REACHED, hidden(Status.NOT_RECORDED)),
            whole(SAFETY, safety, change(safety, safety, Change.ABOUT_THE_SAME)),
        ]
    )
    assert len(said) == 2
    assert "12 of 1,204" in said[0]
    assert said[0].endswith(", about the same as the year before.")
    assert said[1] == "Not recorded in this log: share of eligible calls reached."


def test_a_figure_within_a_limit_that_leaves_nothing_out_is_shown_once():
    keys = "eligible_reached_share", "eligible_reached_in_hours_share"
    reached, in_hours = (whole(key, figure_of(key, 50, 100)) for key in keys)
    assert without_repeats([reached, in_hours]) == [reached]
    fewer = whole(keys[1], figure_of(keys[1], 50, 90))
    assert without_repeats([reached, fewer]) == [reached, fewer]
    assert without_repeats([in_hours]) == [in_hours]
