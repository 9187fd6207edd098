"""Rows of a printed report that are no records: its header again, page lines, totals and captions."""

from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
)
from duckdb import FunctionExpression as call

from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.transform.columns import TextColumns, folded, null
from outcomes.ingest.transform.expressions import any_of
from outcomes.ingest.transform.fill_down import fill_down_headers
from outcomes.ingest.transform.timestamps import TimestampReader

HEADER_AGAIN = "the header again"
LINE_OF_REPORT = "a page line, total or caption"
# First cell of a row that a report adds up in, and of one that says something of the report.
ADDED_UP = r"(?i)^(?:(?:grand|sub|report|overall|column)[ -]?)?(?:totals?|averages?|mean|median|count|sum)\b ?:?$"
OF_THE_REPORT = (
    r"(?i)^(?:page:? ?[0-9]|-+ ?[0-9]+ ?-+|(?:(?:grand|sub|report|overall)[ -]?)?totals?\b|(?:average|count|sum|records?|rows?) ?[:=]|"
    r"[0-9,]+ (?:rows?|records?|calls|incidents)\b|(?:report|printed|run|generated|prepared|created|exported|source|note|continued|"
    r"end of|copyright|confidential)\b)"
)
# A row with no more cells is a line of the report or a record of which little is known.
FEW_CELLS = 2
# With fewer columns every row has few cells.
LEAST_COLUMNS = 4


class NoRecord:
    """Which rows of one file, among those whose received time cannot be read, are no records."""

    def __init__(
        self,
        profile: Profile,
        columns: TextColumns,
        headers: list[str],
        reader: TimestampReader,
    ) -> None:
        self._profile = profile
        self._written = reader.written("received_at")
        self._used = [name for name in headers if name not in columns.unused()]
        # Reports are printed to text and workbooks; other files hold records alone.
        filled = fill_down_headers(profile, columns)
        own = [name for name in headers if name not in filled]
        self._headers = own if profile.file.format not in ("parquet", "json_lines") else []
        self._is_unread = reader.time("received_at").isnull()
        if not filled:
            self._is_unread = self._is_unread & reader.day("received_at").isnull()

    def reason(self) -> Expression:
        """Why a row is left out by what it says alone; null where it may be a record."""
        if not self._headers:
            return null("VARCHAR")
        few = self._filled() <= ConstantExpression(FEW_CELLS)
        first = CoalesceOperator(*map(ColumnExpression, self._headers), null("VARCHAR"))
        is_line = call("regexp_matches", first, ConstantExpression(ADDED_UP))
        if len(self._headers) >= LEAST_COLUMNS:
            says_so = call("regexp_matches", first, ConstantExpression(OF_THE_REPORT))
            is_line = is_line | (few & says_so)
        said = (
            CaseExpression(self._is_header(), ConstantExpression(HEADER_AGAIN))
            .when(is_line, ConstantExpression(LINE_OF_REPORT))
            .otherwise(null("VARCHAR"))
        )
        # Few rows have no readable time; only these are looked at.
        return CaseExpression(self._is_unread, said).otherwise(null("VARCHAR"))

    def is_short(self) -> Expression:
        """Whether a row is no record unless its id is written as those of records are; without ids, whether it is none."""
        if len(self._headers) < LEAST_COLUMNS:
            return ConstantExpression(False)
        few = self._filled() <= ConstantExpression(FEW_CELLS)
        if not self._profile.has_ids:
            few = few & (self._written.isnotnull() | (self._filled() == ConstantExpression(1)))
        return CaseExpression(self._is_unread, few).otherwise(ConstantExpression(False))

    def _filled(self) -> Expression:
        # Not added up one after the other: of a wide log that would be deeper than the engine reads.
        return call("list_count", call("list_value", *map(ColumnExpression, self._headers)))

    def _is_header(self) -> Expression:
        """Whether every cell of a column that is used has the column's own name, and two have one at least."""
        same: list[Expression] = [ConstantExpression(0)]
        differs: list[Expression] = []
        for name in self._used:
            text = ColumnExpression(name)
            # A repeated name was given its place.
            names = {folded(name), folded(name.rpartition(" (")[0] or name)}
            is_name = call("lower", text).isin(*map(ConstantExpression, sorted(names)))
            if self._profile.file.header_rows > 1:
                # Over several rows a cell says a part of the name, from its beginning or up to its end.
                part, whole = call("lower", text), ConstantExpression(folded(name))
                is_name = is_name | call("starts_with", whole, part) | call("suffix", whole, part)
            same.append(CoalesceOperator(is_name, ConstantExpression(False)).cast("INTEGER"))
            differs.append(CoalesceOperator(~is_name, ConstantExpression(False)))
        count = call("list_sum", call("list_value", *same))
        return (count >= ConstantExpression(min(2, len(self._used)))) & ~any_of(differs)
