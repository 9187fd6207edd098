"""Segmented regression: a published series, statsmodels, coverage, refusals, warnings, words."""

import inspect
import math
import re
import warnings

import numpy as np
import pandas as pd
import pytest
from scipy import stats
from statsmodels.discrete.discrete_model import NegativeBinomial
from statsmodels.formula.api import glm
from statsmodels.genmod.families import Poisson

from outcomes.statistics import segmented
from outcomes.statistics.segmented import SegmentedModel, segmented_regression

# acute coronary events in Sicily, January 2002 to November 2006, with the population standardised
# by age; a smoking ban from January 2005: data published with Lopez Bernal and others 2017
SICILY = [728, 659, 791, 734, 757, 726, 760, 740, 720, 814, 795, 858]
SICILY += [887, 766, 851, 769, 781, 756, 766, 752, 765, 831, 879, 928]
SICILY += [914, 808, 937, 840, 916, 828, 845, 818, 860, 839, 887, 886]
SICILY += [831, 796, 833, 820, 877, 758, 767, 738, 781, 843, 850, 908]
SICILY += [1021, 859, 976, 888, 962, 838, 810, 876, 843, 936, 912]
PEOPLE = [379875.3, 376495.5, 377040.8, 377116.4, 377383.4, 374113.1, 379513.3, 376295.5]
PEOPLE += [374653.2, 378485.6, 375955.5, 378349.7, 376762.4, 379032.3, 379360.4, 376162.0]
PEOPLE += [377972.4, 381830.7, 379888.6, 380872.2, 380966.9, 381240.4, 382104.9, 381802.7]
PEOPLE += [381656.3, 383680.0, 383504.2, 386462.9, 383783.1, 380836.8, 383483.0, 380906.2]
PEOPLE += [382926.8, 384052.4, 384449.6, 383428.4, 388153.2, 388373.2, 386470.1, 386033.2]
PEOPLE += [383686.4, 385509.3, 385901.9, 386516.6, 388436.5, 383255.2, 390148.7, 385874.9]
PEOPLE += [391613.6, 391750.4, 394005.6, 391364.9, 391664.6, 389022.3, 391878.5, 388575.3]
PEOPLE += [392989.0, 390018.8, 390712.3]
BAN = 36


def frame(counts, exposures, change):
    time = np.arange(len(counts))
    data = pd.DataFrame({"events": counts, "exposure": exposures, "time": time - change})
    data["after"] = (time >= change).astype(float)
    data["since"] = data["after"] * data["time"]
    for wave in (1, 2):
        data[f"sin{wave}"] = np.sin(2 * np.pi * wave * time / 12)
        data[f"cos{wave}"] = np.cos(2 * np.pi * wave * time / 12)
    return data


WAVES = "sin1 + cos1 + sin2 + cos2"


def made_series(months, change, seed, *, level=0.8, excess=0.0, mean=200.0):
    """A series with a trend, a season and a step at the change, and nothing else."""
    random = np.random.default_rng(seed)
    time = np.arange(months)
    rate = mean * np.exp(0.005 * time + 0.1 * np.sin(2 * np.pi * time / 12))
    rate = rate * np.where(time >= change, level, 1.0)
    if excess:
        rate = rate * random.gamma(1 / excess, excess, months)
    return random.poisson(rate).tolist()


# ---- a published series


def test_sicilys_smoking_ban():
    # the tutorial's own R code fits a quasi-Poisson with season and a step alone; the same here
    data = frame(SICILY, PEOPLE, BAN)
    theirs = glm(
        f"events ~ time + after + {WAVES}",
        data,
        family=Poisson(),
        offset=np.log(data["exposure"]),
    ).fit(scale="X2")
    assert math.exp(theirs.params["after"]) == pytest.approx(0.885, abs=5e-4)
    found = segmented_regression(SICILY, PEOPLE, BAN, with_slope=False)
    assert found.model is SegmentedModel.NEGATIVE_BINOMIAL
    assert found.slope is None
    assert found.dispersion == pytest.approx(theirs.scale, rel=1e-6)
    # both spread the excess differently over large and small months; here months are alike
    assert found.level.value == pytest.approx(0.885, abs=2e-3)
    low, high = np.exp(theirs.conf_int().loc["after"])
    assert (found.level.interval.low, found.level.interval.high) == pytest.approx(
        (low, high), abs=3e-3
    )
    assert found.finding == (
        "The change was followed by a lower level (0.88 times what the months before let one "
        "expect, 95% interval 0.84 to 0.93)."
    )


def test_no_later_trend_can_be_told_apart_in_sicily():
    found = segmented_regression(SICILY, PEOPLE, BAN)
    assert found.slope.interval.low < 1 < found.slope.interval.high
    assert "monthly trend that chance alone can explain" in found.finding


# ---- against statsmodels


def test_poisson_months_equal_statsmodels():
    counts = made_series(60, 30, seed=5)
    exposures = [30.0 + month % 2 for month in range(60)]
    data = frame(counts, exposures, 30)
    theirs = glm(
        f"events ~ time + after + since + {WAVES}",
        data,
        family=Poisson(),
        offset=np.log(data["exposure"]),
    ).fit()
    found = segmented_regression(counts, exposures, 30)
    assert found.model is SegmentedModel.POISSON
    for ratio, name in ((found.level, "after"), (found.slope, "since")):
        low, high = np.exp(theirs.conf_int().loc[name])
        assert ratio.value == pytest.approx(math.exp(theirs.params[name]), rel=1e-7)
        assert (ratio.interval.low, ratio.interval.high) == pytest.approx((low, high), rel=1e-7)


def test_negative_binomial_months_are_near_the_likeliest_fit():
    counts = made_series(240, 120, seed=8, excess=0.05)
    data = frame(counts, [1.0] * 240, 120)
    columns = data[["time", "after", "since", "sin1", "cos1", "sin2", "cos2"]].assign(one=1.0)
    theirs = NegativeBinomial(data["events"], columns).fit(disp=0, maxiter=500, method="bfgs")
    found = segmented_regression(counts, [1.0] * 240, 120)
    assert found.model is SegmentedModel.NEGATIVE_BINOMIAL
    assert math.log(found.level.value) == pytest.approx(theirs.params["after"], abs=5e-3)
    reach = stats.t.ppf(0.975, 240 - 8) * theirs.bse["after"]
    ours = math.log(found.level.interval.high / found.level.value)
    # the excess by moments is a little larger than the likeliest one
    assert ours == pytest.approx(reach, rel=0.06)


# ---- do the intervals cover


@pytest.mark.slow
@pytest.mark.parametrize("excess", [0.0, 0.03])
def test_intervals_cover_the_step_and_the_slope_in_short_series(excess):
    runs = 200
    level = slope = 0
    for seed in range(runs):
        found = segmented_regression(made_series(24, 12, seed, excess=excess), [1.0] * 24, 12)
        level += found.level.interval.low <= 0.8 <= found.level.interval.high
        slope += found.slope.interval.low <= 1.0 <= found.slope.interval.high
    assert level / runs > 0.91
    assert slope / runs > 0.91


def test_poisson_is_kept_where_months_spread_by_chance():
    models = [
        segmented_regression(made_series(48, 24, seed), [1.0] * 48, 24).model for seed in range(100)
    ]
    assert models.count(SegmentedModel.POISSON) >= 88


# ---- refusals


def test_eleven_months_on_a_side_are_refused():
    counts = made_series(30, 15, seed=1)
    assert segmented_regression(counts[:26], [1.0] * 26, 15).refusal == (
        "Only 11 recorded months after the change; at least 12 are needed on each side to tell a "
        "change from the season."
    )
    assert segmented_regression(counts, [1.0] * 30, 11).refusal.startswith("Only 11 recorded")
    assert segmented_regression(counts[:27], [1.0] * 27, 15).refusal is None


def test_months_that_are_not_recorded_do_not_count_toward_the_twelve():
    counts = made_series(24, 12, seed=1)
    refused = segmented_regression([*counts[:5], None, *counts[6:]], [1.0] * 24, 12)
    assert refused.refusal.startswith("Only 11 recorded months before")
    assert refused.level is refused.finding is refused.model is None
    assert refused.level is None
    # nor does a month without exposure
    assert segmented_regression(counts, [1.0] * 5 + [0.0] + [1.0] * 18, 12).refusal


@pytest.mark.parametrize(("before", "after", "where"), [(0, 5, "before"), (5, 0, "after")])
def test_no_event_on_one_side_is_refused(before, after, where):
    found = segmented_regression([before] * 14 + [after] * 14, [100.0] * 28, 14)
    assert found.refusal == (
        f"No event in the months {where} the change, so there is nothing to compare."
    )


# ---- awkward series


def test_a_gap_is_left_out_and_counted():
    counts = made_series(48, 24, seed=2)
    counts[7] = counts[30] = None
    found = segmented_regression(counts, [1.0] * 48, 24)
    assert "Months that are not recorded are left out: 2." in found.warnings
    # months keep their place in time: the step is found again
    assert found.level.interval.low < 0.8 < found.level.interval.high


def test_all_months_alike_are_followed_by_no_change():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = segmented_regression([50] * 36, [10.0] * 36, 18)
    assert found.level.value == pytest.approx(1.0)
    assert found.model is SegmentedModel.POISSON
    assert "that chance alone can explain" in found.finding


def test_wild_months_are_fitted_with_a_wide_interval():
    counts = [9, 40, 300, 7, 25, 3, 80, 200, 12, 31, 6, 60] * 2
    found = segmented_regression(counts, [1.0] * 24, 12)
    assert found.model is SegmentedModel.NEGATIVE_BINOMIAL
    assert found.level.interval.high / found.level.interval.low > 10
    assert found.dispersion > 20


@pytest.mark.parametrize(
    "counts",
    [
        [0, 0, 900, 0, 5, 0, 0, 400, 0, 1, 0, 60] * 2,
        [0] * 11 + [5] + [0] * 11 + [3],
        [0] * 11 + [1] + [0] * 12 + [1],
    ],
)
def test_events_that_are_too_few_or_too_scattered_are_refused(counts):
    found = segmented_regression(counts, [1.0] * len(counts), 12)
    assert found.refusal == "Events are too few or too scattered over the months to fit a line."
    assert found.level is None


def test_the_unit_of_exposure_does_not_matter():
    counts = made_series(40, 20, seed=3, excess=0.02)
    once = segmented_regression(counts, [31.0] * 40, 20)
    thousand = segmented_regression(counts, [31_000.0] * 40, 20)
    assert once.level.value == pytest.approx(thousand.level.value, rel=1e-6)
    assert once.slope.value == pytest.approx(thousand.slope.value, rel=1e-6)


# ---- warnings


def test_what_else_changed_is_always_a_warning():
    found = segmented_regression(made_series(60, 30, seed=6), [1.0] * 60, 30)
    assert found.warnings[0] == (
        "Whatever else changed in the same months cannot be told apart from this change."
    )
    # a long series of many events, spread by chance, carries no other
    assert len(found.warnings) == 1


def test_a_short_series_and_few_events_are_warned_of():
    found = segmented_regression([1, 0, 2, 1] * 7, [1.0] * 28, 14)
    assert "With 14 months before and 14 after, trend and season are hard to tell apart." in (
        found.warnings
    )
    assert "With 28 events in all the fit is fragile." in found.warnings


def test_neighbours_that_resemble_each_other_are_warned_of():
    random = np.random.default_rng(9)
    drift = np.zeros(96)
    for month in range(1, 96):
        drift[month] = 0.8 * drift[month - 1] + random.normal(0, 0.1)
    counts = random.poisson(400 * np.exp(drift)).tolist()
    found = segmented_regression(counts, [1.0] * 96, 48)
    assert found.autocorrelation > 0.4
    assert any("so the intervals are too narrow" in warning for warning in found.warnings)


def test_months_that_swing_are_warned_of():
    counts = [400 + 80 * (-1) ** month for month in range(60)]
    found = segmented_regression(counts, [1.0] * 60, 30)
    assert found.autocorrelation < -0.8
    assert any("swing to and fro" in warning for warning in found.warnings)


# ---- words

CAUSAL = re.compile(
    r"\b(caus\w*|because of|due to|effects?|impacts?|led to|leads? to|resulted? in|thanks to|"
    r"driv(e|en|es)|made|reduced|increased|improved|saved)\b",
    re.IGNORECASE,
)


def test_no_sentence_names_a_cause():
    said: list[str] = []
    for seed, level in ((1, 0.5), (2, 1.0), (3, 2.0)):
        for with_slope in (True, False):
            found = segmented_regression(
                made_series(48, 24, seed, level=level), [1.0] * 48, 24, with_slope=with_slope
            )
            said += [found.finding, *found.warnings]
            assert found.finding.startswith("The change was followed by")
    said.append(segmented_regression([1] * 10, [1.0] * 10, 5).refusal)
    source = inspect.getsource(segmented)
    strings = re.findall(r'f?"([^"]+)"', source)
    for sentence in [*said, *strings]:
        assert not CAUSAL.search(sentence), sentence
    assert CAUSAL.search("The change reduced calls.")


def test_the_finding_says_higher_lower_or_neither():
    for level, words in ((0.5, "a lower level"), (2.0, "a higher level"), (1.0, "chance alone")):
        found = segmented_regression(made_series(60, 30, 12, level=level), [1.0] * 60, 30)
        assert words in found.finding


# ---- errors


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (
            ([1, 2], [1.0], 1),
            "Expected an exposure for each month, found [2 months and 1 exposures]; "
            "pass two lists of equal length.",
        ),
        (
            ([1] * 24, [1.0] * 24, 0),
            "Expected the change at a position from 1 to 23, found [0]; "
            "pass the position of the first month after it.",
        ),
        (([1] * 24, [1.0] * 24, 24), "found [24]"),
        (([1] * 24, [1.0] * 24, 2.5), "found [2.5]"),
        (([], [], 1), "Expected the change at a position from 1 to 0, found [1]"),
        (([-1] * 24, [1.0] * 24, 12), "found [-1]; pass the count itself"),
        (([1] * 24, [-1.0] * 24, 12), "found [-1.0]; pass what the events were counted over"),
    ],
)
def test_impossible_series_are_refused_in_words(arguments, words):
    with pytest.raises(ValueError, match=re.escape(words)):
        segmented_regression(*arguments)
