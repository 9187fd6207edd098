"""The usual level of a stretch of months, and whether months, the latest six, or all since a month lie away from it.

Months are held against a level with a yearly season where two years allow it. Every question is one weighted sum of months,
whose standard deviation allows for chance, for spread beyond chance, and for neighbouring months that resemble each other.
"""

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# scipy.stats takes seconds to import; stdtrit is its quantile of Student's t
from scipy.special import stdtrit

from outcomes.statistics.control_signals import Limits, Side

# so many of the latest months are held together against those before them
LATEST_MONTHS = 6
# with fewer months before the latest six nothing is said about what is usual
MINIMUM_BASELINE = 12
# from so many months on the season is taken out; under it limits leave room for one of this size
SEASON_MONTHS, SEASON_ROOM = 24, 0.10
# a change of level has so many months on either side
STEP_MARGIN = 6
# chance that the latest six ordinary months lie outside, and that any single one of a chart does
LATEST_TAIL, MONTH_TAIL = 0.06, 0.015
# distance in standard deviations from which a level has changed, and from which months rise or fall
STEP_DISTANCE, TREND_DISTANCE = 3.7, 2.6
# months so far out, in standard deviations, do not set limits: one wild month would hide itself
WILD = 3.0
# excess spread comes from causes that last: so much of it carries over to the next month at least
CARRY_OVER, MOST_CARRIED_OVER = 0.6, 0.6

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class UsualLevel:
    """What is usual in a stretch of months, or why nothing is."""

    # limits of each month of the stretch, in the unit of the values; empty where nothing is usual
    limits: tuple[Limits, ...] = ()
    # spread between months over that of chance, as a ratio of standard deviations; at least 1
    spread: float = 1.0
    # correlation of a month with the next that limits allow for, 0 to 0.6
    carry_over: float = 0.0
    # whether a yearly season was taken out
    is_season_out: bool = False
    # on which side the latest six months together lie outside; None where they do not
    latest: Side | None = None
    # recorded month, by its number, from which the level is another, and on which side
    changed_at: int | None = None
    changed_to: Side | None = None
    # rise (below 0: fall) in a year over the usual value, where months still rise or fall
    yearly_trend: float | None = None


def usual_level(
    values: Numbers,
    sizes: Numbers,
    months: NDArray[np.int64],
    *,
    is_share: bool,
    latest: int,
    chart_length: int,
) -> UsualLevel:
    """What is usual in a stretch of recorded months, and what lies away from it.

    `values` are shares, or rates per unit of `sizes` (their denominators, or days); `months` number
    the calendar months, so that a gap is a gap. The last `latest` months set no limits: 6 where the
    stretch goes on to the end of the chart, 0 where it has ended. `chart_length` is the number of
    recorded months of the whole chart, which share the chance of a false alarm.

    A stretch with a change of level, or that still rises or falls, has no limits: it comes back with
    the month of the change, or the trend.

    Source: quasi-likelihood, McCullagh and Nelder 1989, section 4.5; season as two waves a year,
    Stolwijk and others 1999, J Epidemiol Community Health 53:235-238; Cornish and Fisher 1938 for
    lopsided counts; levels by simulation, docs/control_charts.md.
    """
    fit = _Fit(values, sizes, months, is_share, len(values) - latest)
    steps, trend = fit.steps, fit.trend
    step = max(steps, key=lambda s: abs(s.size), default=None)
    step_distance = 0.0 if step is None else fit.distance(step)
    trend_distance = fit.distance(trend)
    is_trend = step is None or abs(trend.size) >= abs(step.size)
    if is_trend and max(trend_distance - TREND_DISTANCE, step_distance - STEP_DISTANCE) > 0.0:
        return UsualLevel(yearly_trend=12.0 * trend.size / trend.unit / fit.centre)
    if step is not None and step_distance > STEP_DISTANCE:
        side = Side.HIGH if step.size > 0.0 else Side.LOW
        return UsualLevel(changed_at=step.at, changed_to=side)
    return UsualLevel(
        limits=fit.month_limits(MONTH_TAIL / chart_length),
        spread=math.sqrt(fit.dispersion),
        carry_over=fit.carry_over,
        is_season_out=fit.is_season_out,
        latest=fit.latest_side() if latest else None,
    )


@dataclass(frozen=True)
class _Contrast:
    """A question as a weighted sum of standardised months, with weights of length 1."""

    # weight of each month that sets limits
    weights: Numbers
    # the weighted sum of what was seen
    size: float
    # the same sum of the months' numbers: a rise of one a month has this size
    unit: float
    # position of the first month at another level
    at: int = 0


class _Fit:
    """Level and season of the months that set limits, by weighted least squares, and their spread."""

    def __init__(
        self,
        values: Numbers,
        sizes: Numbers,
        months: NDArray[np.int64],
        is_share: bool,
        baseline: int,
    ) -> None:
        self.values, self.sizes, self.months, self.baseline = values, sizes, months, baseline
        every_month = len(set((months[:baseline] % 12).tolist())) == 12
        self.is_season_out = baseline >= SEASON_MONTHS and every_month
        angles = 2.0 * math.pi * months / 12.0
        self.waves = np.column_stack([np.cos(angles), np.sin(angles)])
        ones = np.ones((len(values), 1))
        twice = np.column_stack([np.cos(2.0 * angles), np.sin(2.0 * angles)])
        self.design = np.hstack([ones, self.waves, twice]) if self.is_season_out else ones
        base = slice(0, baseline)
        self.centre = float(np.average(values[base], weights=sizes[base]))
        self.skew, self.highest = (1.0 - 2.0 * self.centre, 1.0) if is_share else (1.0, math.inf)
        # standard deviation of each month by chance alone
        chance = self.centre * (1.0 - self.centre) if is_share else self.centre
        self.chance = np.sqrt(chance / sizes)
        self.scores = values / self.chance
        self.kept = np.arange(baseline)
        wild = self._fit()
        if wild.any():
            self.kept = self.kept[~wild]
            self._fit()

    def _fit(self) -> NDArray[np.bool_]:
        """Fit the months that are kept; which of them are wild."""
        weighted = self.design / self.chance[:, None]
        self.basis, triangle = np.linalg.qr(weighted[self.kept])
        inverse = np.linalg.inv(triangle)
        scores = self.scores[self.kept]
        coefficients = inverse @ (self.basis.T @ scores)
        self.expected = self.design @ coefficients
        # how each month's expectation is made up of those kept
        self.made_of = weighted @ inverse @ self.basis.T
        self.steps = self._steps() if self.is_season_out else []
        numbers = self.months.astype(np.float64)
        self.trend = self._contrast(numbers - numbers[self.kept].mean(), 0)
        # spread is judged beside the change that shows most, or that change would hide itself
        best = max([*self.steps, self.trend], key=lambda contrast: abs(contrast.size))
        left = scores - self.basis @ (self.basis.T @ scores) - best.weights * best.size
        freedom = len(self.kept) - self.design.shape[1] - 1
        self.freedom = freedom
        self.dispersion = max(1.0, float(left @ left) / freedom)
        self.carry_over = self._carry_over(left, best)
        return np.abs(left) > WILD * math.sqrt(self.dispersion)

    def _carry_over(self, left: Numbers, best: _Contrast) -> float:
        """Correlation of a month with the next, less what fitting took from it, at least that of excess spread."""
        following = np.diff(self.months[self.kept]) == 1
        if not following.any() or not (left @ left) > 0.0:
            return 0.0
        found = float((left[:-1] * left[1:])[following].sum() / (left @ left))
        found *= len(left) / int(following.sum())
        hat = self.basis @ self.basis.T + np.outer(best.weights, best.weights)
        places = np.flatnonzero(following)
        taken = float(hat[places, places + 1].sum()) / (self.freedom + 1)
        by_chance = 1.0 + math.sqrt(2.0 / self.freedom)
        least = CARRY_OVER * (1.0 - min(1.0, by_chance / self.dispersion))
        return min(max(found + (1.0 + 2.0 * found) * taken, least), MOST_CARRIED_OVER)

    def _contrast(self, pattern: Numbers, at: int) -> _Contrast:
        """What a pattern of months adds to level and season."""
        scaled = (pattern / self.chance)[self.kept]
        beside = scaled - self.basis @ (self.basis.T @ scaled)
        length = math.sqrt(float(beside @ beside))
        weights = beside / length
        return _Contrast(weights, float(weights @ self.scores[self.kept]), length, at)

    def _steps(self) -> list[_Contrast]:
        """Every change of level with enough months on either side."""
        order = np.arange(len(self.values))
        return [
            self._contrast((order >= at).astype(np.float64), at)
            for at in range(STEP_MARGIN, self.baseline - STEP_MARGIN + 1)
            if STEP_MARGIN // 2 <= (self.kept < at).sum() <= len(self.kept) - STEP_MARGIN // 2
        ]

    def distance(self, contrast: _Contrast) -> float:
        """How many standard deviations a contrast is from nothing, beyond what a season could make of it."""
        room = self._season_room(contrast.weights / self.chance[self.kept], self.kept)
        return (abs(contrast.size) - room) / self._deviation(contrast.weights, self.kept)

    def _season_room(self, weights: Numbers, places: NDArray[np.int64]) -> float:
        """The most that a season could move a weighted sum of months, where none was taken out."""
        if self.is_season_out:
            return 0.0
        least = min(self.centre, self.highest - self.centre)
        return SEASON_ROOM * least * float(np.linalg.norm(weights @ self.waves[places]))

    def _deviation(self, weights: Numbers, places: NDArray[np.int64]) -> float:
        """Standard deviation of a weighted sum of standardised months."""
        apart = np.abs(np.subtract.outer(self.months[places], self.months[places]))
        alike = self.carry_over**apart if self.carry_over else np.eye(len(places))
        return math.sqrt(self.dispersion * float(weights @ alike @ weights))

    def latest_side(self) -> Side | None:
        """On which side the months after those that set limits lie outside, taken together."""
        latest = np.arange(self.baseline, len(self.values))
        parts = self.sizes[latest] / self.sizes[latest].sum()
        weights = np.concatenate(
            [-(parts * self.chance[latest]) @ self.made_of[latest], parts * self.chance[latest]]
        )
        places = np.concatenate([self.kept, latest])
        reach = float(stdtrit(self.freedom, 1.0 - LATEST_TAIL / 2.0))
        away = reach * self._deviation(weights, places)
        away += self._season_room(weights / self.chance[places], places)
        expected = float(parts @ self.expected[latest])
        limits = self._limits(expected, away, reach, float(self.sizes[latest].sum()))
        seen = float(parts @ self.values[latest])
        if limits.low <= seen <= limits.high:
            return None
        return Side.HIGH if seen > limits.high else Side.LOW

    def month_limits(self, tail: float) -> tuple[Limits, ...]:
        """Limits of each single month that an ordinary one leaves with this chance."""
        reach = float(stdtrit(self.freedom, 1.0 - tail / 2.0))
        known = (self.made_of**2).sum(axis=1)
        deviations = np.sqrt(self.dispersion * self.chance**2 * (1.0 + known))
        room = self._season_room(np.ones(1), np.zeros(1, dtype=np.int64))
        return tuple(
            self._limits(float(centre), reach * float(deviation) + room, reach, float(size))
            for centre, deviation, size in zip(self.expected, deviations, self.sizes, strict=True)
        )

    def _limits(self, centre: float, away: float, reach: float, size: float) -> Limits:
        """Limits so far away, both moved towards the longer side, as lopsided counts are.

        A limit that would lie beyond what values can reach stays there, and cannot be crossed.
        """
        lean = (reach**2 - 1.0) / 6.0 * (2.0 * self.dispersion - 1.0) * self.skew / size
        low, high = centre - away, centre + away
        return Limits(
            centre=min(self.highest, max(0.0, centre)),
            low=0.0 if low <= 0.0 else max(0.0, low + lean),
            high=self.highest if high >= self.highest else min(self.highest, high + lean),
        )
