"""What a draft has guessed of an export: the record that its steps fill and its text is written from."""

from dataclasses import dataclass, field

import numpy

from outcomes.ingest.draft.columns import Column
from outcomes.ingest.draft.file_format import Container
from outcomes.ingest.draft.timestamps import TimeColumn

# A person can say of so many units whose they are.
MOST_UNITS = 60


@dataclass(frozen=True)
class FieldTime:
    """Where one time of the contract stands: one column, or a date and a time of day."""

    # the column of the time, or of its date
    main: TimeColumn
    # the column of the time of day, where it is another
    clock: TimeColumn | None
    # why this column
    reason: str
    # what a person has to look at; empty where nothing speaks against it
    doubt: str = ""
    # the earlier time that a time of day alone is told from
    since: str = ""
    # the column of a status and its words with which this time is told, where each status is a row
    status: tuple[str, tuple[str, ...]] | None = None


@dataclass(frozen=True)
class Length:
    """A column that says how long after another time one came, written with colons."""

    column: Column
    # how it is written, in the words of a profile
    written: str
    # why, for a person to look at
    reason: str
    # the time that it is counted from
    since: str


@dataclass
class Guesses:
    """Everything that a draft says of a log."""

    # how the file is opened
    container: Container
    # rows that were looked at, and how many of them are empty but for one cell at most
    rows: int
    empty_rows: int
    # whether the log has more rows than were looked at
    is_cut: bool
    # every column, private ones too
    columns: list[Column]
    # reason by name of a private column
    private: dict[str, str]
    # every column of times, whether a field has it or not
    time_columns: list[TimeColumn]
    # lines that are no rows: broken, or longer than any
    broken_lines: int = 0
    # where each time of the contract stands
    times: dict[str, FieldTime] = field(default_factory=dict)
    # times of the contract that a length tells
    lengths: dict[str, Length] = field(default_factory=dict)
    # columns of times of day that follow no call, and may be lengths
    no_clocks: list[str] = field(default_factory=list)
    # columns in which an empty cell says what the one above it says, with the reason
    filled_down: dict[str, str] = field(default_factory=dict)
    # year, month or day with which ids begin again, and why; None where nothing says so
    ids_restart: tuple[str, str] | None = None
    # the column that tells one incident from another, and why
    key: Column | None = None
    key_reason: str = "no column has another value on every row"
    # the column that names a unit
    unit: Column | None = None
    # call, dispatch, person or unit, and why; None where the rows do not say it
    grain: str | None = "call"
    grain_reason: str = "nothing says that rows are units, people or dispatches"
    # rows of call types that no community team is sent to
    other_work: int = 0
    # sentences about rows and columns that a person has to look at
    looks: list[str] = field(default_factory=list)
    # where the call types stand
    call_type: Column | None = None
    final_type: Column | None = None
    # columns of the contract's text fields
    texts: dict[str, Column] = field(default_factory=dict)
    # the column of ages
    age: Column | None = None
    # which rows are no empty ones; all where nothing is
    filled_rows: numpy.ndarray | None = None
    # whether each row without a received date is an empty one
    undated_are_empty: bool = False

    @property
    def open_columns(self) -> list[Column]:
        """The columns that are not private."""
        return [column for column in self.columns if column.name not in self.private]

    @property
    def tells_units(self) -> bool:
        """Whether rows are units of which a list can be made."""
        return self.grain == "unit" and self.unit is not None and self.unit.distinct <= MOST_UNITS

    @property
    def read_names(self) -> set[str]:
        """Names of the columns that a field of the contract is read from, lists of words aside."""
        single = (self.key, self.unit, self.call_type, self.final_type, self.age)
        names = {column.name for column in (*single, *self.texts.values()) if column is not None}
        names |= {taken.main.column.name for taken in self.times.values()}
        names |= {length.column.name for length in self.lengths.values()}
        names |= {taken.status[0] for taken in self.times.values() if taken.status}
        columns = [one for taken in self.times.values() for one in (taken.main, taken.clock) if one]
        names |= {one.half.name for one in columns if one.half}
        return names | {taken.clock.column.name for taken in self.times.values() if taken.clock}
