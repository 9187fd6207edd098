"""What programs have published of their work, checked: bounds kept, rates recomputed, contradictions side by side."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any

from outcomes.registry.database import Registry
from outcomes.registry.rates import (
    Verdict,
    has_printed_counts,
    rate_of,
    sum_bound,
    verdict_of,
)
from outcomes.statistics.interval import Interval
from outcomes.vocabulary.registry import Bound, Confidence

# These two contradictions stand first; the others follow in the order of the query.
FIRST_CONFLICTS = ("eugene-2019-police", "albuquerque-share")
SECTOR = "sector"
# What programs publish most often beside the number of calls, by the metrics that count it.
POLICE_RATES = "Police asked for help or needed, for any reason"
RATE_GROUPS = {
    POLICE_RATES: (
        "police_backup_count",
        "police_backup_rate",
    ),
    "Arrests": ("arrests",),
    "People taken to hospital": ("transports_hospital",),
}


@dataclass(frozen=True)
class CheckedFigure:
    """One published figure with what its own counts give."""

    # the row of published_figures.sql
    row: dict[str, Any]
    # rate of the printed counts, 0 to 1; None where there are not two, or where bounds point both ways
    share: float | None
    # whether that rate is exact, about, at least or at most; None where there is none
    share_bound: Bound | None
    # 95% limits of the rate; where nothing happened, the upper one is the one-sided limit
    interval: Interval | None
    # None where no rate is printed, or no two counts stand beside it
    verdict: Verdict | None

    @property
    def is_sourced(self) -> bool:
        """Whether the source was read."""
        return bool(self.row["confidence"] == Confidence.SOURCED)

    @property
    def is_in_a_total(self) -> bool:
        """Whether it is added up with others: counts of one definition, each program and period once; a range is over these."""
        return bool(
            self.row["definition"]
            and self.row["scope"] != SECTOR
            and self.is_sourced
            and self.has_printed_counts
        )

    @property
    def has_printed_counts(self) -> bool:
        """Whether a numerator and a denominator were both printed by the source."""
        return has_printed_counts(self.row)


@dataclass(frozen=True)
class Conflict:
    """Figures that contradict each other, or seem to; none of them is picked."""

    # id of the set
    conflict: str
    # the question that they answer differently
    title: str
    # what each counts
    explanation: str
    # the figures, by program and period
    figures: tuple[CheckedFigure, ...]


@dataclass(frozen=True)
class Total:
    """Counts of one definition added up, and the rate that the sums give."""

    # the row of published_totals.sql
    row: dict[str, Any]
    # the figures that are added up
    figures: tuple[CheckedFigure, ...]
    # sums of the printed counts
    numerator: int
    denominator: int
    # what the sums are: exact, or a bound where a count in them is one
    numerator_bound: Bound
    denominator_bound: Bound
    # rate of the sums, 0 to 1; None where bounds point both ways
    share: float | None
    # what the rate is
    share_bound: Bound
    # exact 95% limits; where nothing happened, the upper one is the one-sided limit
    interval: Interval | None

    @property
    def is_over_programs(self) -> bool:
        """Whether more than one program is in the total."""
        return bool(self.row["program_count"] > 1)


@dataclass(frozen=True)
class HoursPerCall:
    """Police hours that a program says it saved, per call that they go with."""

    # the row of police_hours_per_call.sql
    row: dict[str, Any]
    # hours divided by calls, both as printed
    hours_per_call: float
    # whether it is exactly a whole number, as a flat assumption gives and a measurement hardly ever does
    is_flat: bool


@dataclass(frozen=True)
class PublishedOutcomes:
    """Every published figure of the registry, checked."""

    # every figure, by program and period
    figures: tuple[CheckedFigure, ...]
    conflicts: tuple[Conflict, ...]
    totals: tuple[Total, ...]
    # most hours per call first
    hours: tuple[HoursPerCall, ...]

    @cached_property
    def sourced(self) -> tuple[CheckedFigure, ...]:
        """Figures whose source was read: what the headline counts."""
        return tuple(figure for figure in self.figures if figure.is_sourced)

    @cached_property
    def program_count(self) -> int:
        """Programs with a sourced figure."""
        return len(
            {
                figure.row["program_id"] or figure.row["program"]
                for figure in self.sourced
                if figure.row["scope"] != SECTOR
            }
        )

    def with_value_bound(self, *bounds: Bound) -> tuple[CheckedFigure, ...]:
        """Sourced figures whose value is printed with one of these bounds."""
        return tuple(figure for figure in self.sourced if figure.row["value_bound"] in bounds)

    def with_verdict(self, verdict: Verdict) -> tuple[CheckedFigure, ...]:
        """Sourced figures with that verdict."""
        return tuple(figure for figure in self.sourced if figure.verdict is verdict)

    @cached_property
    def recomputed(self) -> tuple[CheckedFigure, ...]:
        """Sourced figures whose printed counts give a rate."""
        return tuple(figure for figure in self.sourced if figure.share is not None)


def rates_by_program(outcomes: PublishedOutcomes) -> dict[str, tuple[CheckedFigure, ...]]:
    """Rates that programs' own printed counts give, by what was counted, the largest first; groups without one left out."""
    found = {
        heading: [
            figure
            for figure in outcomes.recomputed
            if figure.row["metric"] in metrics and figure.row["scope"] != SECTOR
        ]
        for heading, metrics in RATE_GROUPS.items()
    }
    return {
        heading: tuple(sorted(figures, key=lambda one: -(one.share or 0.0)))
        for heading, figures in found.items()
        if figures
    }


def published_outcomes(registry: Registry) -> PublishedOutcomes:
    """Everything that programs have published, as the registry has it, checked."""
    figures = tuple(checked(row) for row in registry.rows("published_figures"))
    conflicts = registry.rows("published_conflicts")
    first = [*FIRST_CONFLICTS, *(row["conflict"] for row in conflicts)]
    return PublishedOutcomes(
        figures=figures,
        conflicts=tuple(
            Conflict(
                **row,
                figures=tuple(each for each in figures if each.row["conflict"] == row["conflict"]),
            )
            for row in sorted(conflicts, key=lambda row: first.index(row["conflict"]))
        ),
        totals=tuple(total(row, figures) for row in registry.rows("published_totals")),
        hours=hours_per_call(registry.rows("police_hours_per_call")),
    )


def checked(row: dict[str, Any]) -> CheckedFigure:
    """A figure with the rate that its printed counts give, and whether its printed rate agrees."""
    if not has_printed_counts(row):
        return CheckedFigure(row, None, None, None, verdict_of(row))
    bounds = Bound(row["numerator_bound"]), Bound(row["denominator_bound"])
    rate = rate_of(row["numerator"], row["denominator"], *bounds)
    return CheckedFigure(row, *rate, verdict_of(row))


def total(row: dict[str, Any], figures: tuple[CheckedFigure, ...]) -> Total:
    """The rate of summed counts with its exact limits; never a mean of rates."""
    numerator_bound = sum_bound(row["numerator_bounds"])
    denominator_bound = sum_bound(row["denominator_bounds"])
    numerator, denominator = int(row["numerator"]), int(row["denominator"])
    share, bound, interval = rate_of(numerator, denominator, numerator_bound, denominator_bound)
    added = tuple(
        figure
        for figure in figures
        if figure.row["definition"] == row["definition"] and figure.is_in_a_total
    )
    return Total(
        row=row,
        figures=added,
        numerator=numerator,
        denominator=denominator,
        numerator_bound=numerator_bound,
        denominator_bound=denominator_bound,
        share=share,
        share_bound=bound or Bound.NOT_RECORDED,
        interval=interval,
    )


def hours_per_call(rows: list[dict[str, Any]]) -> tuple[HoursPerCall, ...]:
    """Hours per call of the figures that have calls to go with, most first."""
    found = [
        HoursPerCall(
            row, row["hours"] / row["calls"], float(row["hours"] / row["calls"]).is_integer()
        )
        for row in rows
        if row["calls"]
    ]
    return tuple(sorted(found, key=lambda each: -each.hours_per_call))
