"""What a batch takes the place of: nothing but its own incidents, a stated period, or the whole log."""

import calendar
from dataclasses import dataclass
from datetime import date

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.schema import Profile
from outcomes.store.warehouse import Warehouse


@dataclass(frozen=True)
class Period:
    """A stated period that an export replaces."""

    # first day of it
    first: date
    # last day of it, included
    last: date

    def __str__(self) -> str:
        return f"{self.first} to {self.last}"


def parse_period(text: str) -> Period:
    """The period written as 2025-01:2025-03, as one month 2025-01, or with days as 2025-01-06:2025-01-12.

    Raises LoadProblem where it is written in another way or ends before it begins.
    """
    first_text, _, last_text = text.partition(":")
    first, last = _first_day(first_text.strip()), _last_day((last_text or first_text).strip())
    if first is None or last is None:
        raise LoadProblem(
            f"Expected a period as 2025-01:2025-03 or 2025-01-06:2025-01-12, found [{text}]; "
            "write its first and last month or day, joined by a colon."
        )
    if last < first:
        raise LoadProblem(
            f"Expected a period that ends after it begins, found [{text}]; put the earlier one first."
        )
    return Period(first, last)


def _first_day(text: str) -> date | None:
    try:
        return date.fromisoformat(text if len(text) != 7 else f"{text}-01")
    except ValueError:
        return None


def _last_day(text: str) -> date | None:
    first = _first_day(text)
    if first is None or len(text) != 7:
        return first
    return first.replace(day=calendar.monthrange(first.year, first.month)[1])


@dataclass(frozen=True)
class Replacement:
    """Which stored incidents go, though the batch does not hold them."""

    # all of the program's
    whole: bool = False
    # those received in this period; None where no period is replaced
    period: Period | None = None


def what_is_replaced(warehouse: Warehouse, profile: Profile, period: Period | None) -> Replacement:
    """What the batch takes the place of.

    Raises LoadProblem where the batch does not fit the stated period, or where an export without ids
    overlaps in part with what is stored: an amended row could then not be told from another call.
    """
    if period is not None:
        _refuse_outside(warehouse, profile, period)
        return Replacement(period=period)
    return Replacement(whole=_replaces_whole(warehouse, profile))


def _refuse_outside(warehouse: Warehouse, profile: Profile, period: Period) -> None:
    outside, sample, undated = warehouse.rows(
        "outside_period", first_day=period.first, last_day=period.last
    )[0]
    if outside:
        raise LoadProblem(
            f"Expected calls of {period} alone, the period to replace, found [{outside:,} outside it, "
            f"the first on {sample}]; state the whole period of the export, or export that period alone."
        )
    if undated and not profile.has_ids:
        raise LoadProblem(
            f"Expected a date on every call of an export without ids that replaces a period, "
            f"found [{undated:,} without one]; mend these dates, or export the whole log and leave out the period."
        )


def _replaces_whole(warehouse: Warehouse, profile: Profile) -> bool:
    """Whether the batch takes the place of everything that is stored of the program.

    Only for exports without ids, where an amended row cannot be matched: one that covers the stored
    period replaces it, one outside the stored period is added, anything between raises LoadProblem.
    """
    program_id = profile.program.id
    changes = dict(warehouse.rows("change_count", program_id=program_id))
    if profile.has_ids or not changes.get("new") or changes.get("stored_only", 0) == 0:
        return False
    first, last, stored_first, stored_last = warehouse.rows(
        "period_of_batch", program_id=program_id
    )[0]
    if stored_first is None:
        return False
    if first is None:
        raise LoadProblem(
            f"Expected an export without ids to cover all of the stored period, {stored_first} to "
            f"{stored_last}, or none of it, found [no dates at all]; export the whole period again."
        )
    if first > stored_last or last < stored_first:
        return False
    if first <= stored_first and last >= stored_last:
        return True
    raise LoadProblem(
        f"Expected an export without ids to cover all of the stored period, {stored_first} to {stored_last}, "
        f"or none of it, found [{first} to {last}]; export the whole period again, or state the period "
        "that it replaces with --replace-period."
    )
