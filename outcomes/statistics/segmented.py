"""Before and after a program change: segmented regression of monthly counts, with its warnings.

It describes what the change was followed by, and cannot say what brought that about. A test looks through the
sentences for words that claim more than that.
"""

import math
import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

# scipy.stats and statsmodels take seconds to import; the second is imported inside the function
from scipy.special import chdtrc, ndtri, stdtrit

from outcomes.statistics.interval import Interval, checked_count, checked_exposure
from outcomes.statistics.rounding import rounded

# with fewer recorded months than this on either side nothing is fitted
MINIMUM_MONTHS = 12
# the season: this many waves a year, of twelve months and of six
SEASON_WAVES = 2
# how often the excess spread is raised by a factor of e before the search is given up
MOST_STEPS_UP = 6
# a standard error of a log rate above this says that the number was not found at all
LARGEST_ERROR = 5.0
# below this p-value the months spread more than a Poisson model allows
OVERDISPERSION_LEVEL = 0.05
# with fewer than this on either side a year's season is seen less than twice
COMFORTABLE_MONTHS = 24
# with fewer events for each number that is fitted the fit is fragile
EVENTS_PER_COEFFICIENT = 10

Floats = NDArray[np.float64]


class SegmentedModel(StrEnum):
    """How monthly counts spread around the fitted line; the values are the words for the page."""

    POISSON = "Poisson regression"
    NEGATIVE_BINOMIAL = "negative binomial regression"


@dataclass(frozen=True)
class RateRatio:
    """How many times as high, with its 95% interval; 1 is no difference."""

    # the ratio
    value: float
    # its limits
    interval: Interval


@dataclass(frozen=True)
class Segmented:
    """What was fitted around one program change, or why nothing was."""

    # why nothing was fitted, as a sentence; None where it was
    refusal: str | None
    # what the change was followed by, as a sentence; None where refused
    finding: str | None = None
    # what a reader must hold against it, as sentences
    warnings: tuple[str, ...] = ()
    # rate from the change on, over what the months before let one expect, at once
    level: RateRatio | None = None
    # change of the rate from month to month afterwards, over that before; None where not asked for
    slope: RateRatio | None = None
    # how counts spread around the line
    model: SegmentedModel | None = None
    # Pearson's chi-squared of the Poisson fit over its degrees of freedom; 1 for chance alone
    dispersion: float | None = None
    # correlation of neighbouring months' residuals, -1 to 1; None where it cannot be worked out
    autocorrelation: float | None = None


def segmented_regression(
    counts: Sequence[int | None],
    exposures: Sequence[float],
    change: int,
    *,
    with_slope: bool = True,
) -> Segmented:
    """What a program change was followed by, in a monthly series of counts over exposures.

    `counts` are events by month, None where not recorded; `exposures` what they are counted over
    (responses, calls, or days of the month); `change` is the position, from 0, of the first month
    after the change. Months must follow each other without a hole: a missing month is None. A month
    without exposure is left out as well. `with_slope` also lets the trend differ afterwards; decide
    before looking whether a lasting step alone is expected.

    The logarithm of the rate is a straight line in time, with a step at the change, another slope
    after it, and a season of two waves a year. Counts are Poisson unless they spread more than that
    allows; then negative binomial, with Student's t for the intervals.

    Refused, with a sentence, under twelve recorded months on either side, without an event on
    either side, or where events are too few or too scattered to fit a line.

    Raises ValueError for lists of unequal length, impossible counts or exposures, or a change that
    is not inside the series.

    Source: Lopez Bernal, Cummins and Gasparrini 2017, Int J Epidemiol 46:348-355; Wagner and others
    2002, J Clin Pharm Ther 27:299-309; excess by moments: Breslow 1984, Appl Stat 33:38-44; season: Bhaskaran and others 2013, Int J Epidemiol 42:1187.
    """
    events, exposed, kept = _checked(counts, exposures, change)
    after = np.arange(events.size) >= change
    refusal = _refusal(events, kept, after)
    if refusal is not None:
        return Segmented(refusal=refusal)
    design = _design(events.size, change, with_slope)
    offset = np.log(exposed[kept])
    found = _fit(events[kept], design[kept], offset)
    if found is None:
        return Segmented(
            refusal="Events are too few or too scattered over the months to fit a line."
        )
    fit, model, dispersion = found
    freedom = int(kept.sum()) - design.shape[1]
    if model is SegmentedModel.POISSON:
        reach = -float(ndtri(0.025))
    else:
        reach = -float(stdtrit(freedom, 0.025))
    level = _ratio(fit, 2, reach)
    slope = _ratio(fit, 3, reach) if with_slope else None
    autocorrelation = _autocorrelation(np.asarray(fit.resid_pearson), kept)
    return Segmented(
        refusal=None,
        finding=_finding(level, slope),
        warnings=_warnings(events, kept, after, design.shape[1], autocorrelation),
        level=level,
        slope=slope,
        model=model,
        dispersion=dispersion,
        autocorrelation=autocorrelation,
    )


def _checked(
    counts: Sequence[int | None], exposures: Sequence[float], change: int
) -> tuple[Floats, Floats, NDArray[np.bool_]]:
    """Events (0 where missing), exposures, and which months are recorded."""
    if len(counts) != len(exposures):
        raise ValueError(
            "Expected an exposure for each month, found "
            f"[{len(counts)} months and {len(exposures)} exposures]; pass two lists of equal "
            "length."
        )
    if not isinstance(change, int | np.integer) or not 0 < change < max(len(counts), 1):
        raise ValueError(
            f"Expected the change at a position from 1 to {max(len(counts) - 1, 0)}, found "
            f"[{change}]; pass the position of the first month after it."
        )
    exposed = np.array(
        [checked_exposure("exposure", value, zero_allowed=True) for value in exposures]
    )
    known = np.array([count is not None for count in counts])
    events = np.array(
        [0 if count is None else checked_count("count", count) for count in counts],
        dtype=np.float64,
    )
    return events, exposed, known & (exposed > 0.0)


def _refusal(events: Floats, kept: NDArray[np.bool_], after: NDArray[np.bool_]) -> str | None:
    """Why nothing can be fitted; None where it can."""
    for side, where in ((~after, "before"), (after, "after")):
        months = int((kept & side).sum())
        if months < MINIMUM_MONTHS:
            return (
                f"Only {months} recorded months {where} the change; at least {MINIMUM_MONTHS} are "
                "needed on each side to tell a change from the season."
            )
        if events[kept & side].sum() == 0.0:
            return f"No event in the months {where} the change, so there is nothing to compare."
    return None


def _design(months: int, change: int, with_slope: bool) -> Floats:
    """Columns: constant, time, step, slope after the change, and the waves of the season."""
    # time is counted from the change, so that the step is the difference at that month
    time = np.arange(months, dtype=np.float64) - change
    after = (time >= 0.0).astype(np.float64)
    columns = [np.ones(months), time, after]
    if with_slope:
        columns.append(after * time)
    for wave in range(1, SEASON_WAVES + 1):
        angle = 2.0 * math.pi * wave * time / 12.0
        columns += [np.sin(angle), np.cos(angle)]
    return np.column_stack(columns)


def _fit(
    events: Floats, design: Floats, offset: Floats
) -> tuple[Any, SegmentedModel, float] | None:
    """The fit, its model, and the dispersion of the Poisson fit; None where no line fits."""
    # imported here: it takes a second, and the first page must not wait for it
    from scipy.optimize import brentq
    from statsmodels.genmod import families
    from statsmodels.genmod.generalized_linear_model import GLM
    from statsmodels.tools.sm_exceptions import PerfectSeparationWarning

    with warnings.catch_warnings():
        # months that are all alike fit perfectly, and that is no harm here
        warnings.simplefilter("ignore", PerfectSeparationWarning)
        poisson = GLM(events, design, family=families.Poisson(), offset=offset).fit()
    if not poisson.converged or not np.max(poisson.bse) < LARGEST_ERROR:
        return None
    freedom = int(poisson.df_resid)
    dispersion = float(poisson.pearson_chi2) / freedom
    if float(chdtrc(freedom, poisson.pearson_chi2)) >= OVERDISPERSION_LEVEL:
        return poisson, SegmentedModel.POISSON, dispersion

    def negative_binomial(log_excess: float) -> Any:
        family = families.NegativeBinomial(alpha=math.exp(log_excess))
        return GLM(events, design, family=family, offset=offset).fit(start_params=poisson.params)

    def surplus(log_excess: float) -> float:
        return float(negative_binomial(log_excess).pearson_chi2) - freedom

    # The excess at which the counts spread just as much as the model says. The likeliest excess
    # would be too small, because in short series the line follows the counts too closely.
    guess = math.log(dispersion / float(events.mean()))
    try:
        with np.errstate(all="ignore"):
            highest = next(guess + up for up in range(MOST_STEPS_UP) if surplus(guess + up) < 0.0)
            excess = brentq(surplus, guess - 20.0, highest)
            fit = negative_binomial(float(excess))
    # statsmodels raises ValueError where a fit runs away; StopIteration: no excess is enough
    except (ValueError, StopIteration):
        return None
    if not fit.converged or not np.max(fit.bse) < LARGEST_ERROR:
        return None
    return fit, SegmentedModel.NEGATIVE_BINOMIAL, dispersion


def _ratio(fit: Any, column: int, reach: float) -> RateRatio:
    """Rate ratio of one column of the design, with its interval."""
    middle, error = float(fit.params[column]), float(fit.bse[column])
    limits = Interval(low=math.exp(middle - reach * error), high=math.exp(middle + reach * error))
    return RateRatio(value=math.exp(middle), interval=limits)


def _autocorrelation(residuals: Floats, kept: NDArray[np.bool_]) -> float | None:
    """Correlation of the residuals of neighbouring months; a gap parts its neighbours."""
    whole = np.full(kept.size, np.nan)
    whole[kept] = residuals
    both = ~np.isnan(whole[1:]) & ~np.isnan(whole[:-1])
    spread = float(np.sum(residuals**2))
    if both.sum() < MINIMUM_MONTHS or spread == 0.0:
        return None
    return float(np.sum(whole[1:][both] * whole[:-1][both])) / spread


def _warnings(
    events: Floats,
    kept: NDArray[np.bool_],
    after: NDArray[np.bool_],
    coefficients: int,
    autocorrelation: float | None,
) -> tuple[str, ...]:
    """What a reader must hold against the fit, as sentences.

    Source: own. Ten events for each coefficient is a rule of thumb; 1.96 over the root of the
    months is the bound of a correlation of independent values.
    """
    found = ["Whatever else changed in the same months cannot be told apart from this change."]
    before, since = int((kept & ~after).sum()), int((kept & after).sum())
    if min(before, since) < COMFORTABLE_MONTHS:
        found.append(
            f"With {before} months before and {since} after, trend and season are hard to tell "
            "apart."
        )
    missing = int((~kept).sum())
    if missing:
        found.append(f"Months that are not recorded are left out: {missing}.")
    total = int(events[kept].sum())
    if total < EVENTS_PER_COEFFICIENT * coefficients:
        found.append(f"With {total} events in all the fit is fragile.")
    if autocorrelation is not None and abs(autocorrelation) > 1.96 / math.sqrt(kept.sum()):
        found.append(
            "Neighbouring months resemble each other more than the model allows (correlation "
            f"{rounded(autocorrelation, 2)}), so the intervals are too narrow."
            if autocorrelation > 0
            else "Neighbouring months swing to and fro more than the model allows (correlation "
            f"{rounded(autocorrelation, 2)}), so the intervals are rough."
        )
    return tuple(found)


def _finding(level: RateRatio, slope: RateRatio | None) -> str:
    """What the change was followed by, and no more; without a slope the step alone."""
    sentence = f"The change was followed by {_said(level, 'level', 'what the months before let one expect')}"
    if slope is None:
        return f"{sentence}."
    return f"{sentence}, and by {_said(slope, 'monthly trend', 'that before')}."


def _said(ratio: RateRatio, what: str, reference: str) -> str:
    """One ratio in words: higher, lower, or not told apart from chance."""
    digits = 2 if what == "level" else 3
    limits = f"{ratio.interval.low:.{digits}f} to {ratio.interval.high:.{digits}f}"
    numbers = f"{ratio.value:.{digits}f} times {reference}, 95% interval {limits}"
    if ratio.interval.low <= 1.0 <= ratio.interval.high:
        return f"a {what} that chance alone can explain ({numbers})"
    return f"a {'higher' if ratio.value > 1.0 else 'lower'} {what} ({numbers})"
