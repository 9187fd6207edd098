"""What one cell of the registry's files may hold: partial dates, addresses, keys, words and numbers."""

import re
from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BeforeValidator

from outcomes.vocabulary.registry import Bound, Precision

DATE_PATTERN = re.compile(r"^\d{4}(-(0[1-9]|1[0-2]))?$")
FIRST_YEAR, LAST_YEAR = 1960, 2100


def _partial_date(text: str) -> str:
    if text and not (DATE_PATTERN.match(text) and FIRST_YEAR <= int(text[:4]) <= LAST_YEAR):
        raise ValueError("expected YYYY-MM or YYYY, such as 2021-06")
    return text


def _address(text: str) -> str:
    if not re.match(r"^https?://[^\s]+\.[^\s]+$", text):
        raise ValueError("expected the full address of a page, beginning with https://")
    return text


def _said(text: str) -> str:
    if not text.strip():
        raise ValueError("expected a text, because nothing is in the registry without it")
    return text


def _words(text: str) -> str:
    if text and not re.match(r"^[a-z0-9_]+(;[a-z0-9_]+)*$", text):
        raise ValueError(
            "expected words in lower case with ; between and no blanks, such as welfare_check"
        )
    return text


def _state(text: str) -> str:
    if not re.match(r"^[A-Z]{2}$", text):
        raise ValueError("expected a state as two capital letters, such as OR")
    return text


def _key(text: str) -> str:
    if not re.match(r"^[a-z0-9][a-z0-9_.-]{1,120}$", text):
        raise ValueError(
            "expected lower-case letters, digits and hyphens, such as or-eugene-cahoots"
        )
    return text


def number_or_none(text: object) -> object:
    """The text, or None for an empty cell, which then is no number and no word."""
    return None if text == "" else text


PartialDate = Annotated[str, AfterValidator(_partial_date)]
Address = Annotated[str, AfterValidator(_address)]
Said = Annotated[str, AfterValidator(_said)]
Key = Annotated[str, AfterValidator(_key)]
State = Annotated[str, AfterValidator(_state)]
Words = Annotated[str, AfterValidator(_words)]
Number = Annotated[float | None, BeforeValidator(number_or_none)]
Whole = Annotated[int | None, BeforeValidator(number_or_none)]
OptionalBound = Annotated[Bound | None, BeforeValidator(number_or_none)]


def first_possible(text: str) -> date | None:
    """First day that a partial date can mean: of its month, or of January; None where it is empty."""
    if not text:
        return None
    year, _, month = text.partition("-")
    return date(int(year), int(month or 1), 1)


def last_possible(text: str) -> date | None:
    """First day of the last month that a partial date can mean: its month, or December; None where empty."""
    if not text:
        return None
    year, _, month = text.partition("-")
    return date(int(year), int(month or 12), 1)


def precision_of(text: str) -> Precision:
    """How exactly a partial date is known."""
    return {0: Precision.UNKNOWN, 4: Precision.YEAR, 7: Precision.MONTH}[len(text)]
