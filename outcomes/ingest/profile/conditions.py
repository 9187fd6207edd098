"""A profile's rules: yes-or-no questions about one row of the log."""

from datetime import date
from typing import Annotated

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from outcomes.ingest.profile.patterns import check_pattern

TESTS = ("is", "matches", "contains", "starts_with", "recorded", "at_least", "at_most", "same_as")


def _file_name(name: str) -> str:
    if (
        not name
        or "/" in name
        or "\\" in name
        or ":" in name
        or "\0" in name
        or name.startswith(".")
    ):
        raise ValueError("expected the name of a file beside the profile or the log, no folder")
    return name


# The name of a file, with nothing in it that could lead to another folder.
FileName = Annotated[str, AfterValidator(_file_name)]


class Strict(BaseModel):
    """A part of a profile that refuses keys it does not know."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Condition(Strict):
    """A yes-or-no question about a row: a test of a column, dates, or all, any, not of further rules."""

    column: str | None = None
    is_: Annotated[tuple[str, ...], Field(min_length=1)] | None = Field(None, alias="is")
    matches: str | None = None
    contains: str | None = Field(None, min_length=1)
    starts_with: str | None = Field(None, min_length=1)
    recorded: bool | None = None
    at_least: float | None = None
    at_most: float | None = None
    # another column that says the same
    same_as: str | None = None
    # the day on which the call came in: from this day on, and before that one
    on_or_after: date | None = None
    before: date | None = None
    all: Annotated[tuple["Condition", ...], Field(min_length=1)] | None = None
    any: Annotated[tuple["Condition", ...], Field(min_length=1)] | None = None
    not_: "Condition | None" = Field(None, alias="not")

    @model_validator(mode="after")
    def one_test(self) -> "Condition":
        on_column = len(self.tests)
        has_dates = self.on_or_after is not None or self.before is not None
        groups = (self.all, self.any, self.not_)
        others = sum(group is not None for group in groups) + has_dates
        if self.column is not None and (on_column != 1 or others):
            raise ValueError(f"a rule on a column needs exactly one of: {', '.join(TESTS)}")
        if self.column is None and (others != 1 or on_column):
            raise ValueError(
                "a rule needs a column with a test, or exactly one of: all, any, not, "
                "on_or_after with before"
            )
        if self.matches is not None:
            check_pattern(self.matches)
        return self

    @property
    def tests(self) -> list[str]:
        """Names of the tests that the rule makes of its column."""
        return [
            name for name in TESTS if getattr(self, "is_" if name == "is" else name) is not None
        ]

    def asks_for_dates(self) -> bool:
        """Whether the rule, or one inside it, asks on which day the call came in."""
        inner = [*(self.all or ()), *(self.any or ()), *([self.not_] if self.not_ else [])]
        own = self.on_or_after is not None or self.before is not None
        return own or any(rule.asks_for_dates() for rule in inner)


def holds_only_where(rule: Condition, others: list[Condition]) -> bool:
    """Whether a rule, by how it is written, can hold only on rows on which one of the others does."""
    if any(rule == other or _is_narrower(rule, other) for other in others):
        return True
    if rule.any is not None:
        return all(holds_only_where(part, others) for part in rule.any)
    if rule.all is not None:
        return any(holds_only_where(part, others) for part in rule.all)
    return False


def _is_narrower(rule: Condition, other: Condition) -> bool:
    """Whether both ask one column, the first for fewer values, or for values where the other asks for any."""
    if rule.column is None or rule.column != other.column or rule.is_ is None:
        return False
    values = {value.casefold() for value in rule.is_}
    is_fewer = other.is_ is not None and values <= {value.casefold() for value in other.is_}
    return is_fewer or other.recorded is True
