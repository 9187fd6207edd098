"""What officer hours assume: the published values with their sources, and a reader's own, as a link holds them."""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from pathlib import Path

import pandas

from outcomes.presentation.format import as_given
from outcomes.statistics.officer_hours import Assumed
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType

FILE = Path(__file__).resolve().parents[3] / "data" / "assumptions" / "officer_time.csv"
YOURS = "yours"
# How a source begins that is nobody's publication.
ASSUMPTION = "assumption"
# Digits after the point that a link keeps.
PLACES = 4
EXAMPLE = "minutes.welfare_check:20-30-60"


class Subject(StrEnum):
    """What is assumed; each value begins an entry of a link."""

    CHANCE = "chance"
    OFFICERS = "officers"
    MINUTES = "minutes"
    SPENT = "spent"
    UNIT_OFFICERS = "unit_officers"
    POST_HOURS = "post_hours"
    VACANCY = "vacancy"
    POSTS = "posts"


WORDS = {
    Subject.CHANCE: "Chance that police would have gone",
    Subject.OFFICERS: "Officers normally sent",
    Subject.MINUTES: "Minutes of each officer",
    Subject.SPENT: "Officer minutes on a response with police",
    Subject.UNIT_OFFICERS: "Officers in a police unit",
    Subject.POST_HOURS: "Hours on duty of a full-time post in a year",
    Subject.VACANCY: "Vacant posts, per cent",
    Subject.POSTS: "Sworn posts of the department",
}
# Least and most that is taken; nobody is on duty more than the hours of a year.
LIMITS = {
    Subject.CHANCE: (0, 1),
    Subject.OFFICERS: (0, 20),
    Subject.MINUTES: (0, 1440),
    Subject.SPENT: (0, 1440),
    Subject.UNIT_OFFICERS: (0, 20),
    Subject.POST_HOURS: (100, 8784),
    Subject.VACANCY: (0, 100),
    Subject.POSTS: (1, 100_000),
}
BY_CALL_TYPE = (Subject.CHANCE, Subject.OFFICERS, Subject.MINUTES)
# What a range has of the assumption; a column each where it is edited.
ENDS = ("Low", "Base", "High")
# One number, not a range.
SINGLE = (Subject.POST_HOURS, Subject.VACANCY, Subject.POSTS)

# What is assumed, and of which call type; an empty type for what holds for all.
Key = tuple[Subject, str]


@dataclass(frozen=True)
class Assumption:
    """One assumption in use."""

    assumed: Assumed
    # who says so, "assumption", or "yours"
    source: str

    @property
    def is_published(self) -> bool:
        """Whether somebody has published it: neither an assumption of this product nor the reader's own."""
        return not self.is_yours and not self.source.startswith(ASSUMPTION)

    @property
    def is_yours(self) -> bool:
        """Whether the reader set it."""
        return self.source == YOURS


Assumptions = dict[Key, Assumption]
Changes = dict[Key, Assumed]


def published_assumptions(police_sent: pandas.DataFrame) -> Assumptions:
    """Every assumption as published, by subject and call type; the chances come from the snapshot.

    The sworn posts of a department are in no file: there is no entry for them.
    """
    found = {
        (Subject.CHANCE, str(row["call_type"])): Assumption(
            Assumed(row["low_share"], row["base_share"], row["high_share"]), row["source"]
        )
        for row in police_sent.to_dict("records")
    }
    with FILE.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            values = Assumed(float(row["low"]), float(row["base"]), float(row["high"]))
            found[(Subject(row["subject"]), row["call_type"])] = Assumption(values, row["source"])
    return found


def with_changes(published: Assumptions, changes: Changes) -> Assumptions:
    """The assumptions with the reader's own in place of the published, marked as theirs."""
    return {**published, **{key: Assumption(value, YOURS) for key, value in changes.items()}}


def real_changes(published: Assumptions, changes: Changes) -> Changes:
    """The changes without those that say what is published anyway."""
    return {
        key: value
        for key, value in changes.items()
        if key not in published or published[key].assumed != value
    }


def assumed_table(assumptions: Assumptions, keys: list[Key]) -> pandas.DataFrame:
    """Each of these assumptions with its numbers and source, for the reader to change the numbers."""
    return pandas.DataFrame(
        {
            "What": WORDS[key[0]],
            "Call type": label(CallType(key[1])) if key[1] else "all",
            "Low": assumptions[key].assumed.low,
            "Base": assumptions[key].assumed.base,
            "High": assumptions[key].assumed.high,
            "Source": assumptions[key].source,
        }
        for key in keys
    )


def edited_changes(
    keys: list[Key], before: pandas.DataFrame, after: pandas.DataFrame
) -> tuple[Changes, list[str]]:
    """What a reader changed in the table of these assumptions, and a sentence for each row that makes no sense."""
    changes: Changes = {}
    complaints = []
    for place, key in enumerate(keys):
        old, new = ([table.loc[place, end] for end in ENDS] for table in (before, after))
        if old == new:
            continue
        try:
            changes[key] = checked(key, [float(each) for each in new])
        except ValueError as problem:
            name = f"{before.loc[place, 'What']}, {before.loc[place, 'Call type']}"
            complaints.append(f"Expected {problem} for {name}, found {new}; it is left as it was.")
    return changes, complaints


def changes_text(changes: Changes) -> str:
    """The changes as a link holds them: 'minutes.welfare_check:20-30-60,posts:400', in a fixed order."""
    return ",".join(
        f"{key_text(key)}:{'-'.join(_numbers(key, changes[key]))}" for key in sorted(changes)
    )


def key_text(key: Key) -> str:
    """The name of an assumption: 'minutes.welfare_check', 'spent'."""
    return ".".join(part for part in (key[0].value, key[1]) if part)


def key_words(key: Key) -> str:
    """The name of an assumption for people."""
    subject, kind = key
    return f"{WORDS[subject]}: {label(CallType(kind)).lower()}" if kind else WORDS[subject]


def number_text(value: float) -> str:
    """A number with at most four digits after the point and no needless ones: '0.5', '1440'."""
    return f"{Decimal(str(round(value, PLACES))).normalize():f}"


def _numbers(key: Key, values: Assumed) -> list[str]:
    texts = [number_text(each) for each in (values.low, values.base, values.high)]
    return texts[:1] if key[0] in SINGLE else texts


def changes_of(text: str) -> tuple[Changes, list[str]]:
    """The changes that a link holds, and a sentence for each part of it that is not understood."""
    changes: Changes = {}
    complaints = []
    for part in filter(None, text.split(",")):
        try:
            key, value = _change_of(part)
            changes[key] = value
        except ValueError as problem:
            complaints.append(
                f"The link's assumption is not understood: expected {problem}, found [{part[:80]}]; "
                "it is left out."
            )
    return changes, complaints


def _change_of(part: str) -> tuple[Key, Assumed]:
    name, colon, values = part.partition(":")
    word, _, kind = name.partition(".")
    if not colon or word not in list(Subject):
        raise ValueError(f"an assumption as in {EXAMPLE}")
    key = (Subject(word), kind)
    kinds = {each.value for each in CallType} if key[0] in BY_CALL_TYPE else {""}
    if kind not in kinds:
        raise ValueError(
            "a call type of the common list" if kinds != {""} else f"{word} without a call type"
        )
    try:
        numbers = [float(Decimal(each)) for each in values.split("-")]
    except InvalidOperation:
        raise ValueError("numbers") from None
    return key, checked(key, numbers)


def checked(key: Key, numbers: Iterable[float]) -> Assumed:
    """The numbers as low, base and high, rounded as a link keeps them.

    Raises ValueError, with what is expected, where they are too many, out of order or out of bounds.
    """
    values = [round(each, PLACES) for each in numbers]
    least, most = LIMITS[key[0]]
    count = 1 if key[0] in SINGLE else 3
    is_within = all(least <= each <= most for each in values)
    if len(values) != count or not is_within or values != sorted(values):
        shape = "one number" if count == 1 else "low, base and high in order"
        raise ValueError(f"{shape}, from {as_given(least)} to {as_given(most)}")
    return Assumed(values[0], values[len(values) // 2], values[-1])
