"""How far the multiple of growth hangs on single rows, on the base year and on what is counted."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from outcomes.vocabulary.registry import DispatchedBy, YesNo

# Programs of the base year that the list may lack.
MISSING_IN_BASE = 2
# Routes by which 911 sends the team, alone or among others.
BY_911 = (DispatchedBy.CALL_911, DispatchedBy.MIXED)
# Listed among the states, and always named apart from them.
DISTRICT = "DC"

Program = dict[str, Any]


class Way(StrEnum):
    """A way of counting beside the one that is chosen."""

    AS_COUNTED = "as_counted"
    WITHOUT_PILOTS = "without_pilots"
    WITH_911 = "with_911"
    ONLY_911 = "only_911"
    BASE_LACKS = "base_lacks"
    RECENT = "recent"
    RECENT_NOW = "recent_now"
    ALL_KINDS = "all_kinds"


@dataclass(frozen=True)
class OtherCount:
    """Programs and states by one way of counting, in the month shown and at the end of the base year."""

    way: Way
    program_count: int
    state_count: int
    has_district: bool
    base_program_count: int
    base_state_count: int

    @property
    def multiple(self) -> float | None:
        """How many times the base count the count is; None where nothing was active in the base year."""
        return self.program_count / self.base_program_count if self.base_program_count else None


def other_counts(
    now: list[Program], base: list[Program], old_source_year: int
) -> tuple[OtherCount, ...]:
    """The count by each way, from every program of the registry as it was in the month shown and in the base month.

    A source of the old year or before, an undated one, and a row whose own notes put a date in doubt may hide an end.
    They are left out at both times, and once of the month shown alone, as if all of them had ended since.
    """

    def is_recent(row: Program) -> bool:
        return (row["source_year"] or 0) > old_source_year and not row["doubt"]

    kept: dict[Way, Callable[[Program], bool]] = {
        Way.AS_COUNTED: lambda row: row["is_counted"],
        Way.WITHOUT_PILOTS: lambda row: row["is_counted"] and row["is_pilot"] != YesNo.YES,
        Way.WITH_911: lambda row: row["is_counted"] and row["dispatch"] in BY_911,
        Way.ONLY_911: lambda row: row["is_counted"] and row["dispatch"] == DispatchedBy.CALL_911,
        Way.BASE_LACKS: lambda row: row["is_counted"],
        Way.RECENT: lambda row: row["is_counted"] and is_recent(row),
        Way.RECENT_NOW: lambda row: row["is_counted"] and is_recent(row),
        Way.ALL_KINDS: lambda row: True,
    }
    return tuple(
        _count(way, keep, kept[Way.AS_COUNTED] if way is Way.RECENT_NOW else keep, now, base)
        for way, keep in kept.items()
    )


def _count(
    way: Way,
    keep_now: Callable[[Program], bool],
    keep_base: Callable[[Program], bool],
    now: list[Program],
    base: list[Program],
) -> OtherCount:
    active = [row["state"] for row in now if row["is_active"] and keep_now(row)]
    before = [row["state"] for row in base if row["is_active"] and keep_base(row)]
    more = MISSING_IN_BASE if way is Way.BASE_LACKS else 0
    return OtherCount(
        way,
        len(active),
        len(set(active)),
        DISTRICT in active,
        len(before) + more,
        len(set(before)),
    )
