"""The text columns of one file: trimmed, found by the names that a profile uses, and its own columns made."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field

import duckdb
from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
    StarExpression,
)
from duckdb import FunctionExpression as call

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.columns import Column, LookUp
from outcomes.ingest.profile.patterns import fits_whole
from outcomes.ingest.profile.timestamps import Columns
from outcomes.ingest.transform.blanks import UNTIDY, tidy, tidy_expression

# Before the names of columns that we make: no header can begin so, and none can pass for one of ours.
MADE = "\x01"


@dataclass(frozen=True)
class LookUpTable:
    """A look-up file as read: each code once, so that no row can be multiplied."""

    # codes in lower case with what they stand for
    meanings: Mapping[str, str]
    # codes that stand there again with another meaning
    ambiguous: tuple[str, ...] = ()


# The look-up files of a profile as read.
LookUps = Mapping[LookUp, LookUpTable]


class TextColumns:
    """The text columns of one file, found by name without regard to case or surrounding blanks."""

    def __init__(self, names: list[str], decimal_mark: str | None = None) -> None:
        self._names = {header_key(name): name for name in names}
        self._decimal_mark = decimal_mark
        self._own: dict[str, str] = {}
        self._standing: dict[str, Expression] = {}
        self._used: set[str] = set()
        # the day on which each row's call came in, for rules that ask for it
        self.received_date: Expression = null("DATE")
        # what the profile's own columns could not make of a row: rule, column, value
        self.complaints: list[tuple[Expression, str, Expression]] = []

    def text(self, name: str) -> Expression:
        """The column's text.

        Raises LoadProblem, naming the columns that there are, where the file has no such column.
        """
        standing = self._standing.get(header_key(name))
        if standing is not None:
            return standing
        own = self._own.get(header_key(name))
        return ColumnExpression(own) if own else ColumnExpression(self.header(name))

    def header(self, name: str) -> str:
        """The header name that is this name but for case and blanks.

        Raises LoadProblem, naming the columns that there are, where the file has none.
        """
        found = self._names.get(header_key(name))
        if found is None:
            raise LoadProblem(
                f"Expected the column [{name}] that the profile names, "
                f"found [{', '.join(self._names.values())}]; correct the profile or the file."
            )
        self._used.add(found)
        return found

    def joined(self, names: Columns) -> Expression:
        """The text of one column, or of several with one blank between; null where any says nothing."""
        if isinstance(names, str):
            return self.text(names)
        return _joined([self.text(name) for name in names])

    def number(self, text: Expression) -> Expression:
        """The text as a number, by the file's decimal mark; null where it is none."""
        if self._decimal_mark is None:
            return text.try_cast("DOUBLE")
        return _number(text, self._decimal_mark)

    def written(self, names: Columns) -> list[Expression]:
        """The texts of one column or several, as they are."""
        return [self.text(name) for name in ([names] if isinstance(names, str) else names)]

    def unused(self) -> list[str]:
        """Names of the file's columns that nothing has asked for, in file order."""
        return [name for name in self._names.values() if name not in self._used]

    def has(self, name: str) -> bool:
        """Whether the file has a column of that name."""
        return header_key(name) in self._names

    def fitting(self, pattern: str) -> list[str]:
        """Header names that the pattern fits whole, without regard to case."""
        return [name for name in self._names.values() if fits_whole(pattern, name)]

    def at(self, position: int) -> str | None:
        """The header name at a place counted from 1; None where there are fewer columns."""
        names = list(self._names.values())
        return names[position - 1] if position <= len(names) else None

    def define(self, name: str, physical: str) -> None:
        """Have the name stand for a column that was made."""
        self._own[header_key(name)] = physical

    @contextmanager
    def standing_for(self, name: str, value: Expression) -> Iterator[None]:
        """Inside, the column's name means this value, such as one unit of a cell with several."""
        self._standing = {header_key(name): value}
        yield
        self._standing = {}


def null(type_name: str) -> Expression:
    """A null of the given DuckDB type."""
    return ConstantExpression(None).cast(type_name)


def _joined(parts: list[Expression]) -> Expression:
    """The texts with one blank between; null where any is. However many there are, the expression is not deep."""
    if len(parts) == 1:
        return parts[0]
    half = len(parts) // 2
    first, second = _joined(parts[:half]), _joined(parts[half:])
    return call("||", call("||", first, ConstantExpression(" ")), second)


def header_key(name: str) -> str:
    """A column's name as names are compared: without regard to case, and blanks of any kind are one."""
    return tidy(name).casefold()


def folded(value: str) -> str:
    """A value as values are compared: trimmed, blanks folded, lower case."""
    return tidy(value).lower()


def folded_text(
    relation: duckdb.DuckDBPyRelation, null_words: tuple[str, ...]
) -> duckdb.DuckDBPyRelation:
    """The relation with every value trimmed and its blanks folded; null words and empty text are null."""
    names = relation.columns
    empty = sorted({folded(word) for word in null_words} - {""})
    tidied = relation.select(*[_tidied(ColumnExpression(name)).alias(name) for name in names])
    if not empty:
        return tidied
    # A step of its own: otherwise each of these names would stand for the whole of the first step, twice.
    return tidied.select(*[_filled(ColumnExpression(name), empty).alias(name) for name in names])


def _tidied(written: Expression) -> Expression:
    # An empty text is none too; it is found by the same pattern, so that tidy text is looked at once.
    untidy = call("regexp_matches", written, ConstantExpression(f"^$|{UNTIDY}"))
    tidied = call("nullif", tidy_expression(written), ConstantExpression(""))
    return CaseExpression(untidy, tidied).otherwise(written)


def _filled(text: Expression, empty: list[str]) -> Expression:
    is_empty = call("lower", text).isin(*map(ConstantExpression, empty))
    return CaseExpression(is_empty, null("VARCHAR")).otherwise(text)


def _number(text: Expression, decimal_mark: str) -> Expression:
    """A number with that decimal mark; the other mark, or a blank, may part its thousands."""
    other = "." if decimal_mark == "," else ","
    pattern = rf"[-+]?(?:[0-9]{{1,3}}(?:[{other} ][0-9]{{3}})+|[0-9]+)?(?:[{decimal_mark}][0-9]+)?"
    is_number = call("regexp_full_match", text, ConstantExpression(pattern))
    plain = call("translate", text, *map(ConstantExpression, (decimal_mark + other + " ", ".")))
    return CaseExpression(is_number, plain.try_cast("DOUBLE")).otherwise(null("DOUBLE"))


@dataclass
class OwnColumns:
    """What is needed to make a profile's own columns of one file."""

    # the profile's [columns] part
    columns: Mapping[str, Column]
    # values of the file's name, by column
    from_name: Mapping[str, str | None] = field(default_factory=dict)
    # look-up files as read, by file, key and value
    lookups: LookUps = field(default_factory=dict)


def with_own_columns(
    relation: duckdb.DuckDBPyRelation, columns: TextColumns, own: OwnColumns
) -> duckdb.DuckDBPyRelation:
    """The relation with the profile's own columns added in their order, and known to columns.

    Raises LoadProblem where a column that must be there is not, or several fit.
    """
    for name, value in own.from_name.items():
        relation = _added(relation, columns, name, ConstantExpression(value).cast("VARCHAR"))
    for name, column in own.columns.items():
        found = _found(name, column, columns, own)
        relation = _added(relation, columns, name, _mended(found, column))
    return relation


def _added(
    relation: duckdb.DuckDBPyRelation, columns: TextColumns, name: str, value: Expression
) -> duckdb.DuckDBPyRelation:
    physical = f"{MADE}own {name}"
    columns.define(name, physical)
    return with_values(relation, {physical: value})


def with_values(
    relation: duckdb.DuckDBPyRelation, values: Mapping[str, Expression]
) -> duckdb.DuckDBPyRelation:
    """The relation with further columns, worked out once however often they are asked for."""
    added = [value.alias(name) for name, value in values.items()]
    return relation.select(StarExpression(), *added)


def _found(name: str, column: Column, columns: TextColumns, own: OwnColumns) -> Expression:
    if column.part_of is not None:
        text = columns.text(column.part_of)
        part = call("regexp_extract", text, ConstantExpression(column.part), ConstantExpression(1))
        return call("nullif", part, ConstantExpression(""))
    if column.joined:
        return columns.joined(column.joined)
    if column.lookup is not None:
        return _looked_up(name, column.lookup, columns, own.lookups[column.lookup])
    header = header_of(name, column, columns)
    return null("VARCHAR") if header is None else ColumnExpression(header)


def header_of(name: str, column: Column, columns: TextColumns) -> str | None:
    """The header name that a column of the profile is read from; None where it is optional and not there.

    Raises LoadProblem where it must be there and is not, or where its pattern fits several.
    """
    if column.position is not None:
        at = columns.at(column.position)
        found = [at] if at is not None else []
    elif column.pattern is not None:
        found = columns.fitting(column.pattern)
        if len(found) > 1:
            raise LoadProblem(
                f"Expected one column that fits the pattern of columns.{name}, "
                f"found [{', '.join(found)}]; make the pattern narrower."
            )
    else:
        found = [known for known in (*column.names, name) if columns.has(known)]
    if found:
        return columns.header(found[0])
    return None if column.optional else columns.header(name)


def _mended(text: Expression, column: Column) -> Expression:
    if column.null_words:
        empty = [ConstantExpression(folded(word)) for word in column.null_words]
        text = CaseExpression(call("lower", text).isin(*empty), null("VARCHAR")).otherwise(text)
    if column.zero_pad is not None:
        width = ConstantExpression(column.zero_pad)
        is_short = call("regexp_full_match", text, ConstantExpression("[0-9]+")) & (
            call("length", text) < width
        )
        padded = call("lpad", text, width.cast("INTEGER"), ConstantExpression("0"))
        text = CaseExpression(is_short, padded).otherwise(text)
    if column.replace:
        lower = call("lower", text)
        mended = None
        for value, instead in column.replace.items():
            test = lower == ConstantExpression(folded(value))
            said = ConstantExpression(instead)
            mended = CaseExpression(test, said) if mended is None else mended.when(test, said)
        text = mended.otherwise(text) if mended is not None else text
    return text


def _looked_up(name: str, lookup: LookUp, columns: TextColumns, table: LookUpTable) -> Expression:
    """What the code stands for. A list has each code at one place, so that no row is multiplied."""
    code = columns.text(lookup.column)
    lower = call("lower", code)
    place = call("list_position", ConstantExpression(list(table.meanings)), lower)
    meaning = call(
        "list_extract",
        ConstantExpression(list(table.meanings.values())),
        CoalesceOperator(place.cast("BIGINT"), ConstantExpression(0)),
    )
    is_unclear = lower.isin(*map(ConstantExpression, (*table.ambiguous, "\n")))
    rule = (
        CaseExpression(is_unclear, ConstantExpression("with two meanings in the look-up file"))
        .when(code.isnotnull() & meaning.isnull(), ConstantExpression("not in the look-up file"))
        .otherwise(null("VARCHAR"))
    )
    columns.complaints.append((rule, name, code))
    return meaning
