"""The container that a log comes in and its text, as a profile says it."""

from typing import Literal

from pydantic import Field, field_validator, model_validator

from outcomes.ingest.profile.conditions import Strict
from outcomes.ingest.profile.patterns import check_pattern, group_names

# A line that every encoding can write; a code for names alone, such as idna, cannot.
SOME_TEXT = "a..b,1\n"


class FileFormat(Strict):
    """The container and its text."""

    format: Literal["csv", "xlsx", "xls", "ods", "parquet", "json_lines"]
    sheet: str | None = None
    # pattern for the whole names of several sheets, whose rows are added up
    sheets: str | None = None
    # row with the column names; 0 where there is none, the columns are then column 1, column 2 ...
    header_row: int = Field(1, ge=0, le=1_000)
    # rows over which the names stand, from header_row on: names of groups over those of their columns
    header_rows: int = Field(1, ge=1, le=3)
    delimiter: str = Field(",", min_length=1, max_length=1)
    encoding: str = "utf-8"
    null_words: tuple[str, ...] = ()
    # sign before the decimals of a number; the other one may then part its thousands
    decimal_mark: Literal[".", ","] | None = None
    # which files of a zip are read: a pattern for the whole name, without regard to case
    members: str | None = None
    # pattern for a file's name; each named group of it is a column
    name_pattern: str | None = None

    @field_validator("encoding")
    @classmethod
    def known_encoding(cls, encoding: str) -> str:
        try:
            # What packs bytes, or makes one name of another, is no encoding of a text.
            is_text = SOME_TEXT.encode(encoding).decode(encoding) == SOME_TEXT
        except (LookupError, ValueError):
            is_text = False
        if not is_text:
            raise ValueError("expected an encoding such as utf-8, latin-1 or cp1252")
        return encoding

    @field_validator("members", "name_pattern", "sheets")
    @classmethod
    def whole_pattern(cls, pattern: str | None) -> str | None:
        check_pattern(pattern or "")
        return pattern

    @model_validator(mode="after")
    def fits_together(self) -> "FileFormat":
        if self.is_workbook and (not self.sheet) == (not self.sheets):
            raise ValueError(
                f"an {self.format} file needs sheet, the name of the sheet that holds the rows, or sheets, a pattern "
                "for the names of several; give one of them"
            )
        if self.header_row == 0 and self.format in ("parquet", "json_lines"):
            raise ValueError(
                f"header_row is for csv and workbooks; {self.format} names its columns"
            )
        if self.header_rows > 1 and (
            self.header_row == 0 or self.format in ("parquet", "json_lines")
        ):
            raise ValueError(
                "header_rows is for csv and workbooks whose names stand in several rows from header_row on"
            )
        if self.name_pattern is not None and not self.columns_from_name:
            raise ValueError(
                "name_pattern needs a named group for each value, such as (?P<district>[A-Z]+)"
            )
        return self

    @property
    def last_header_row(self) -> int:
        """The row after which those of the log begin; 0 where the file has no header."""
        return self.header_row and self.header_row + self.header_rows - 1

    @property
    def is_workbook(self) -> bool:
        """Whether the file is a spreadsheet program's own."""
        return self.format in ("xlsx", "xls", "ods")

    @property
    def columns_from_name(self) -> tuple[str, ...]:
        """Names of the columns that are filled from the file's name."""
        return tuple(group_names(self.name_pattern or ""))

    @property
    def endings(self) -> tuple[str, ...]:
        """How the names of such files end, in lower case."""
        return {
            "csv": (".csv", ".txt", ".tsv", ".dat"),
            "json_lines": (".jsonl", ".ndjson", ".json"),
        }.get(self.format, (f".{self.format}",))
