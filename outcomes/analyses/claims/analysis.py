"""Claims checked: each published count beside what the registry gives by the nearest definition, and the reason why."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from outcomes.analyses.growth.analysis import rule_parameters, states_with
from outcomes.presentation.sentences import with_bound
from outcomes.registry.counting_rule import CountingRule, type_phrases
from outcomes.registry.database import Registry
from outcomes.vocabulary.registry import Bound, ProgramType


@dataclass(frozen=True)
class CheckedCount:
    """One published count beside the registry's own."""

    # row of growth_claims.csv
    row: dict[str, Any]
    # what was published, such as 'more than 100 programs'
    published: str
    # what the registry counts by the nearest definition; None where nothing of it is near
    registry_count: int | None
    # how that was counted, in words
    counted_by: str
    # whether states were counted, and whether the District of Columbia is one of them
    is_of_states: bool = False
    has_district: bool = False


def checked_counts(registry: Registry) -> list[CheckedCount]:
    """Every published count of programs, cities or states with the registry's nearest, newest first by when each speaks of."""
    return [_checked(row, registry) for row in registry.rows("growth_claims")]


def _checked(row: dict[str, Any], registry: Registry) -> CheckedCount:
    published = _published(row)
    if row["nearest"] == "none":
        return CheckedCount(row, published, None, "nothing of the registry is near")
    kinds = tuple(ProgramType(kind) for kind in row["nearest_types"].split(";"))
    month: date = row["nearest_latest"]
    states = registry.rows(
        "programs_by_state", {**rule_parameters(CountingRule(), kinds), "month": month}
    )
    chosen = [state for state in states if row["nearest_state"] in ("", state["state"])]
    if row["nearest"] == "states":
        count, has_district = states_with(chosen, "program_count")
        unit = "with active"
    else:
        count = sum(state["program_count"] for state in chosen)
        has_district, unit = False, "active"
    where = f" in {registry.state_names[row['nearest_state']]}" if row["nearest_state"] else ""
    unknown = sum(state["unknown_start_count"] for state in chosen)
    undated = (
        f"; {unknown:,} more without a known start {'is' if unknown == 1 else 'are'} not counted"
        if unknown
        else ""
    )
    counted_by = f"{unit} {type_phrases(kinds)}{where}, {month:%b %Y}{undated}"
    return CheckedCount(row, published, count, counted_by, row["nearest"] == "states", has_district)


def _published(row: dict[str, Any]) -> str:
    bound = Bound(row["count_bound"])
    number = row["count_states"] if row["count_programs"] is None else row["count_programs"]
    if number is None or bound is Bound.NOT_RECORDED:
        return "no number"
    return with_bound(f"{number:,}", bound)
