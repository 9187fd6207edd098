"""What changed in a log against what was there before: words new or gone, and rates that jumped beyond chance."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from math import exp
from typing import Any

from outcomes.statistics.comparison import poisson_ratio_test

# The field under which every record is counted.
EVERY_RECORD = "record"
# Every new word is told, for it may be on no list; of areas and units, which may be slips of the pen, those with this many records.
OFTEN_SLIPS = ("area_id", "unit_id")
LEAST_NEW = 5
# A word is gone where this chance of finding none is left, had its rate stayed the same.
CHANCE_OF_NONE = 0.01
# A rate has jumped where it is this many times the other, on this many records, and chance is this unlikely.
JUMP = 1.5
LEAST_RECORDS = 30
CHANCE_OF_JUMP = 0.001


class ChangeOfWord(StrEnum):
    """How a word's use changed."""

    NEW = "new"
    GONE = "gone"
    MORE = "more often"
    FEWER = "less often"


@dataclass(frozen=True)
class WordChange:
    """One word of a field, before the last load and in what it brought."""

    # field of the contract, or EVERY_RECORD
    field: str
    # the word as the log has it
    value: str
    # what happened to it
    change: ChangeOfWord
    # records in the year before the last load's days, and in those days; None where hidden
    before_count: int | None
    after_count: int | None
    # days of the two
    before_days: int
    after_days: int
    # first and last day of the records with it: of those after, or of those before where it is gone; None where none has a day
    first_day: date | None
    last_day: date | None


def changes_beyond_chance(rows: list[dict[str, Any]]) -> tuple[WordChange, ...]:
    """The words that are new, gone, or much more or less common than chance would make them.

    Every record first, then by field, those with most records first.
    """
    found = [
        WordChange(change=change, **row) for row in rows if (change := _change(row)) is not None
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                one.field != EVERY_RECORD,
                one.field,
                -max(one.before_count or 0, one.after_count or 0),
                one.value,
            ),
        )
    )


def _change(row: dict[str, Any]) -> ChangeOfWord | None:
    before, after = row["before_count"], row["after_count"]
    before_days, after_days = row["before_days"], row["after_days"]
    if not before:
        is_told = row["field"] not in OFTEN_SLIPS or after >= LEAST_NEW
        return ChangeOfWord.NEW if is_told else None
    if not after:
        expected = before * (after_days or 0) / before_days if before_days else 0.0
        return ChangeOfWord.GONE if exp(-expected) < CHANCE_OF_NONE else None
    ratio = (after / after_days) / (before / before_days)
    is_jump = ratio >= JUMP or ratio <= 1 / JUMP
    if not is_jump or before + after < LEAST_RECORDS:
        return None
    if poisson_ratio_test(after, after_days, before, before_days) >= CHANCE_OF_JUMP:
        return None
    return ChangeOfWord.MORE if ratio > 1 else ChangeOfWord.FEWER
