"""Several programs pooled: the typical share, its interval, and the interval for a new program."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

# scipy.stats takes seconds to import; stdtrit is its quantile of Student's t
from scipy.special import expit, stdtrit

from outcomes.statistics.interval import Interval, checked_confidence, checked_share

# with fewer programs the spread between them cannot be carried over to a new one
MINIMUM_FOR_PREDICTION = 3
# points at which each program's likelihood is added up, and their weights; more of them change no
# digit that is shown
NODES, NODE_WEIGHTS = np.polynomial.hermite_e.hermegauss(15)
# logarithms of the standard deviation between programs that are looked at: 0.0003 to 20
LOG_SPREAD_BOUNDS = (-8.0, 3.0)

Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Pooled:
    """Programs pooled; shares are 0 to 1."""

    # programs with at least one case
    program_count: int
    # events of all programs
    count: int
    # cases of all programs
    denominator: int
    # share of a typical program; None where it cannot be said
    share: float | None
    # limits of the share of a typical program
    interval: Interval | None
    # limits for the true share of a new program; None under three programs
    prediction: Interval | None
    # variance of the logit between programs (tau squared)
    variance_between: float | None
    # what cannot be said and why, as sentences
    notes: tuple[str, ...]


def pooled_share(
    numerators: Sequence[int], denominators: Sequence[int], confidence: float = 0.95
) -> Pooled:
    """Share of a typical program, with the interval for it and for a new program.

    Where every program has both events and others, the logits are pooled by DerSimonian and Laird.
    Where a program has none, or nothing else, its logit does not exist; adding a half would pull
    rare events upward, so a normal distribution of logits is then fitted to the counts themselves.

    The interval of the typical share is Student's t on one degree less than programs, and never
    narrower than DerSimonian and Laird's own standard error makes it, for with few programs the
    normal interval covers far too seldom. The interval for a new program has two degrees less.
    Programs without cases are left out. One program, or no event at all, or nothing but events,
    gives no share, and says so.

    Raises ValueError for impossible counts, lists of unequal length, or a confidence outside 0 to
    1.

    Source: DerSimonian and Laird 1986, Control Clin Trials 7:177-188; binomial likelihood: Stijnen,
    Hamza and Ozdemir 2010, Stat Med 29:3046-3067; interval: Knapp and Hartung 2003, Stat Med
    22:2693-2710, with the floor of Rover, Knapp and Friede 2015, BMC Med Res Methodol 15:99;
    prediction: Higgins, Thompson and Spiegelhalter 2009, J R Stat Soc A 172:137-159.
    """
    confidence = checked_confidence(confidence)
    if len(numerators) != len(denominators):
        raise ValueError(
            "Expected one denominator for each numerator, found "
            f"[{len(numerators)} and {len(denominators)}]; pass two lists of equal length."
        )
    pairs = [
        checked_share(count, cases, none_allowed=True)
        for count, cases in zip(numerators, denominators, strict=True)
    ]
    pairs = [(count, cases) for count, cases in pairs if cases > 0]
    events, cases = sum(count for count, _ in pairs), sum(cases for _, cases in pairs)
    reason = None
    if len(pairs) < 2:
        reason = f"{len(pairs)} program has cases, and pooling needs at least two."
        if not pairs:
            reason = "No program has cases, so there is nothing to pool."
    elif events in (0, cases):
        which = "No program has an event" if events == 0 else "Every case is an event"
        reason = f"{which}, so the share of a typical program cannot be worked out."
    if reason is not None:
        return Pooled(len(pairs), events, cases, None, None, None, None, (reason,))
    counts = np.array([count for count, _ in pairs], dtype=np.float64)
    trials = np.array([cases for _, cases in pairs], dtype=np.float64)
    if np.all((counts > 0) & (counts < trials)):
        centre, error, wide_error, between = _dersimonian_laird(counts, trials)
    else:
        centre, error, between = _binomial_normal(counts, trials)
        wide_error = error
    tail = (1.0 - confidence) / 2.0
    notes = []
    prediction = None
    if len(pairs) < MINIMUM_FOR_PREDICTION:
        notes.append(
            f"With {len(pairs)} programs no interval for a new program can be given; "
            f"at least {MINIMUM_FOR_PREDICTION} are needed."
        )
    else:
        spread = math.sqrt(between + error * error)
        prediction = _interval(centre, -float(stdtrit(len(pairs) - 2, tail)) * spread)
    return Pooled(
        program_count=len(pairs),
        count=events,
        denominator=cases,
        share=float(expit(centre)),
        interval=_interval(centre, -float(stdtrit(len(pairs) - 1, tail)) * wide_error),
        prediction=prediction,
        variance_between=between,
        notes=tuple(notes),
    )


def _interval(centre: float, reach: float) -> Interval:
    """Limits of a share from the middle and half the width on the logit."""
    return Interval(low=float(expit(centre - reach)), high=float(expit(centre + reach)))


def _dersimonian_laird(counts: Floats, trials: Floats) -> tuple[float, float, float, float]:
    """Mean logit, its error, its error for the interval, variance between."""
    logits = np.log(counts / (trials - counts))
    variances = 1.0 / counts + 1.0 / (trials - counts)
    weights = 1.0 / variances
    fixed = float(np.average(logits, weights=weights))
    distance = float(np.sum(weights * (logits - fixed) ** 2))
    freedom = counts.size - 1
    scale = float(weights.sum() - np.sum(weights**2) / weights.sum())
    between = max(0.0, (distance - freedom) / scale)
    weights = 1.0 / (variances + between)
    centre = float(np.average(logits, weights=weights))
    error = math.sqrt(1.0 / float(weights.sum()))
    # Knapp and Hartung's factor, never below 1
    factor = float(np.sum(weights * (logits - centre) ** 2)) / freedom
    return centre, error, error * math.sqrt(max(1.0, factor)), between


def _binomial_normal(counts: Floats, trials: Floats) -> tuple[float, float, float]:
    """Mean logit, its standard error and the variance between, by maximum likelihood."""
    # imported here, for it would slow the first page and is rarely needed
    from scipy.optimize import minimize

    start = math.log(counts.sum() / (trials.sum() - counts.sum()))

    def cost(place: Floats) -> float:
        log_spread = min(max(place[1], LOG_SPREAD_BOUNDS[0]), LOG_SPREAD_BOUNDS[1])
        return -_log_likelihood(counts, trials, place[0], math.exp(log_spread))

    best = minimize(
        cost,
        np.array([start, -1.0]),
        method="Nelder-Mead",
        options={"xatol": 1e-7, "fatol": 1e-9, "maxiter": 2000},
    )
    centre, log_spread = float(best.x[0]), float(best.x[1])
    log_spread = min(max(log_spread, LOG_SPREAD_BOUNDS[0]), LOG_SPREAD_BOUNDS[1])
    spread = math.exp(log_spread)

    def bend(across: float, along: float) -> float:
        # second difference of the cost in one direction
        step = np.array([across, along]) * 1e-3
        top = np.array([centre, log_spread])
        return (cost(top + step) - 2.0 * cost(top) + cost(top - step)) / 1e-6

    # no spread at all: the top is at the edge, and only the centre is uncertain
    if spread < 1e-3:
        return centre, math.sqrt(1.0 / bend(1.0, 0.0)), 0.0
    # the inverse of the two by two matrix of curvatures, at the place of the centre
    mixed = (bend(1.0, 1.0) - bend(1.0, -1.0)) / 4.0
    information = bend(1.0, 0.0) - mixed * mixed / bend(0.0, 1.0)
    return centre, math.sqrt(1.0 / information), spread * spread


def _log_likelihood(counts: Floats, trials: Floats, centre: float, spread: float) -> float:
    """Log likelihood of the counts where logits are normal around the centre.

    Each program's integral is added up at Gauss-Hermite points around its own peak, or the peak of
    a large program would fall between points that are laid out for all.

    Source: adaptive quadrature, Pinheiro and Bates 1995, J Comput Graph Stat 4:12-35.
    """
    precision = 1.0 / (spread * spread)
    peak = np.full(counts.size, centre)
    for _ in range(50):
        share = expit(peak)
        slope = counts - trials * share - (peak - centre) * precision
        move = np.clip(slope / (trials * share * (1.0 - share) + precision), -2.0, 2.0)
        peak = peak + move
        if np.max(np.abs(move)) < 1e-10:
            break
    share = expit(peak)
    width = 1.0 / np.sqrt(trials * share * (1.0 - share) + precision)
    nodes = NODES[:, None]
    places = peak + width * nodes
    terms = (
        counts * places
        - trials * np.logaddexp(0.0, places)
        - 0.5 * (places - centre) ** 2 * precision
        + 0.5 * nodes**2
        + np.log(NODE_WEIGHTS / math.sqrt(2.0 * math.pi))[:, None]
        + np.log(width)
        - math.log(spread)
    )
    top = terms.max(axis=0)
    return float(np.sum(top + np.log(np.exp(terms - top).sum(axis=0))))
