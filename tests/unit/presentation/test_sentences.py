"""What rows are called: words for people, and what must not pass for something else."""

from dataclasses import replace

import pytest

from outcomes.answers.like_for_like import LeftOut
from outcomes.answers.period_change import Comparison, Doubt, Tone
from outcomes.metrics.registry import find_metric
from outcomes.presentation.format import change_size, signed_text
from outcomes.presentation.sentences import change_text, grain_label
from outcomes.statistics.comparison import Change, Difference
from outcomes.vocabulary.labels import US_STATES

RESPONSES = find_metric("responses")


def test_a_province_does_not_pass_for_a_state():
    assert grain_label("state", "OR", RESPONSES, {}) == "OR"
    assert grain_label("state", "ON", RESPONSES, {}) == "ON (not in the United States)"
    assert len(US_STATES) == 51


def test_rows_without_a_value_say_what_is_missing():
    assert grain_label("month", None, RESPONSES, {}) == "No date"
    assert grain_label("hour", None, RESPONSES, {}) == "No time of day"
    assert grain_label("acuity", "not_recorded", RESPONSES, {}) == "Not recorded"


# ---- changes

ARRESTS, WAIT, INJURIES = map(find_metric, ("arrest_rate", "response_min", "injury_rate"))
HIGHER = Comparison(
    Change.HIGHER,
    Tone.CONCERN,
    None,
    against="the year before",
    difference=Difference(0.012, 0.004, 0.02, 0.003),
    program_count=1,
)


@pytest.mark.parametrize(
    ("number", "decimals", "text"),
    [
        (1.25, 1, "+1.3"),
        (-0.4, 1, "\u22120.4"),
        (0.04, 1, "±0"),
        (-0.04, 1, "±0"),
        (1204.0, 0, "+1,204"),
    ],
)
def test_a_change_has_its_sign(number, decimals, text):
    assert signed_text(number, decimals) == text


@pytest.mark.parametrize(
    ("metric", "difference", "is_volume", "text"),
    [
        (ARRESTS, Difference(0.012, 0.004, 0.02, 0.003), False, "+1.20 points (+0.40 to +2.00)"),
        (WAIT, Difference(-1.5, -3.0, 0.0, 1.0), False, "\u22121.5 minutes (\u22123.0 to ±0)"),
        (INJURIES, Difference(2.0, -1.0, 9.0, 1.0), False, "+2.0 per 10,000 (\u22121.0 to +9.0)"),
        (RESPONSES, Difference(120.4, 40.2, 200.0, 0.01), True, "+120 a month (+40 to +200)"),
        (
            RESPONSES,
            Difference(-3.2, -9.0, 1.0, 1.0),
            True,
            "\u22123.2 a month (\u22129.0 to +1.0)",
        ),
        (RESPONSES, Difference(14.0, None, None, 1.0), True, "+14 a month"),
        # a limit that leaves out 0 is not rounded to it
        (WAIT, Difference(1.5, 0.012, 3.0, 0.04), False, "+1.50 minutes (+0.01 to +3.00)"),
    ],
)
def test_a_change_is_told_with_its_unit_and_limits(metric, difference, is_volume, text):
    assert change_size(metric, difference, "a month" if is_volume else "") == text


def test_a_change_is_the_difference_of_the_numbers_that_are_shown():
    metric = find_metric("eligible_reached_share")
    # 55.94% and 55.65% are shown as 55.9% and 55.7%, and a reader subtracts those.
    difference = Difference(-0.0029, -0.02, 0.014, 0.7)
    said = change_size(metric, difference, between=(0.5565, 0.5594))
    assert said == "\u22120.2 points (\u22122.0 to +1.4)"
    assert change_size(metric, difference).startswith("\u22120.3 points")


def test_the_sentence_on_a_change_is_short_and_says_what_it_is_of():
    size = "+1.20 points (+0.40 to +2.00)"
    assert change_text(ARRESTS, HIGHER) == f"higher than the year before: {size}"
    few = replace(HIGHER, change=Change.TOO_FEW)
    assert change_text(ARRESTS, few) == f"too few to tell a change from the year before: {size}"
    several = replace(
        HIGHER,
        at_earlier_mix=Difference(0.01, 0.002, 0.018, 0.01),
        left_out=(LeftOut("The south", "the log has a gap in Jan 2022"),),
        program_count=2,
    )
    assert change_text(ARRESTS, several) == (
        f"higher than the year before: {size}. At the earlier mix of programs: +1.00 points (+0.20 to "
        "+1.80). Compared: 2 of 3 programs"
    )
    same = replace(several, at_earlier_mix=HIGHER.difference, left_out=())
    assert change_text(ARRESTS, same).endswith(". At the earlier mix of programs: the same")
    turned = replace(
        several,
        change=Change.LOWER,
        doubt=Doubt.MIX_CHANGED,
        left_out=(),
        at_earlier_mix=Difference(-0.01, -0.018, -0.002, 0.01),
    )
    assert change_text(ARRESTS, turned) == (
        "lower than the year before at the same mix of programs: \u22121.00 points (\u22121.80 to \u22120.20); "
        f"the mix changed, all together {size}"
    )
    not_compared = Comparison(
        Change.NOT_COMPARABLE, Tone.NEUTRAL, None, why_not="Not compared: no."
    )
    assert change_text(ARRESTS, not_compared) == "Not compared: no."
