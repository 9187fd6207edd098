"""Columns that a profile names itself: found by another name, pattern or place, or made from others."""

import re

from pydantic import Field, model_validator

from outcomes.ingest.profile.conditions import FileName, Strict
from outcomes.ingest.profile.patterns import check_pattern


class LookUp(Strict):
    """A small CSV of codes and what they mean, kept beside the log or beside the profile."""

    file: FileName
    # column of the log that holds the code
    column: str
    # columns of the look-up file: the code and what it stands for
    key: str
    value: str


class Column(Strict):
    """One column of the profile's own: where it is found in the file, and what is mended in it."""

    # names that the column has had over time; the first that a file has is read
    names: tuple[str, ...] = ()
    # pattern that fits the whole of one header name, without regard to case
    pattern: str | None = None
    # place in the file, from 1
    position: int | None = Field(None, ge=1)
    # some files lack the column: nothing is written there
    optional: bool = False
    # part of another column: the first group of the pattern
    part_of: str | None = None
    part: str | None = None
    lookup: LookUp | None = None
    # columns whose texts together are one value, with one blank between; nothing where one of them is empty
    joined: tuple[str, ...] = ()
    # texts that mean nothing in this column alone
    null_words: tuple[str, ...] = ()
    # an empty cell says what the last one above it says, as where the cells of a group are merged
    fill_down: bool = False
    # zeros put before a value that a spreadsheet took them from
    zero_pad: int | None = Field(None, ge=2, le=20)
    # other spellings of one value, without regard to case
    replace: dict[str, str] = Field(default_factory=dict)

    @model_validator(mode="after")
    def one_source(self) -> "Column":
        sources = {
            "names": bool(self.names),
            "pattern": self.pattern is not None,
            "position": self.position is not None,
            "part_of": self.part_of is not None,
            "lookup": self.lookup is not None,
            "joined": bool(self.joined),
        }
        if sum(sources.values()) > 1:
            raise ValueError(f"give at most one of: {', '.join(sources)}")
        if (self.part_of is None) != (self.part is None):
            raise ValueError("give part_of, a column, with part, a pattern with one group")
        if self.part is not None:
            check_pattern(self.part)
            if not re.search(r"(?<!\\)\((?!\?[:i])", self.part):
                raise ValueError("part needs a group: the part in round brackets is taken")
        if self.pattern is not None:
            check_pattern(self.pattern)
        if len(self.joined) == 1:
            raise ValueError("joined needs two columns or more")
        if self.optional and (self.part_of or self.lookup or self.joined):
            raise ValueError("optional is said of a column of the file")
        if self.fill_down and (self.part_of or self.lookup or self.joined):
            raise ValueError("fill_down is said of a column of the file")
        return self
