"""A profile's rules as DuckDB expressions, built without writing SQL: columns and values never become text."""

import duckdb
from duckdb import CaseExpression, ColumnExpression, ConstantExpression, Expression
from duckdb import FunctionExpression as call

from outcomes.load.fields import Flag, Rule, Time, Word
from outcomes.load.problem import LoadProblem


class TextColumns:
    """The text columns of one file, found by name without regard to case or surrounding blanks."""

    def __init__(self, names: list[str]) -> None:
        self._names = {name.strip().casefold(): name for name in names}
        self._used: set[str] = set()

    def text(self, name: str) -> Expression:
        """The column's text.

        Raises LoadProblem, naming the columns that there are, where the file has no such column.
        """
        found = self._names.get(name.strip().casefold())
        if found is None:
            raise LoadProblem(
                f"Expected the column [{name}] that the profile names, "
                f"found [{', '.join(self._names.values())}]; correct the profile or the file."
            )
        self._used.add(found)
        return ColumnExpression(found)

    def unused(self) -> list[str]:
        """Names of the file's columns that nothing has asked for, in file order."""
        return [name for name in self._names.values() if name not in self._used]


def folded_text(
    relation: duckdb.DuckDBPyRelation, null_words: tuple[str, ...]
) -> duckdb.DuckDBPyRelation:
    """The relation with every value trimmed and its blanks folded; null words and empty text are null."""
    empty = sorted({word.strip().casefold() for word in null_words} | {""})
    return relation.select(*[_folded_column(name, empty).alias(name) for name in relation.columns])


def _folded_column(name: str, empty: list[str]) -> Expression:
    written = ColumnExpression(name)
    blanks, one_blank, everywhere = map(ConstantExpression, (r"\s+", " ", "g"))
    folded = call("trim", call("regexp_replace", written, blanks, one_blank, everywhere))
    # Few values need folding, and to find them is far quicker than to fold them all.
    untidy = call("regexp_matches", written, ConstantExpression(r"^\s|\s$|\s\s|[\t\n\f\r]"))
    text = CaseExpression(untidy, folded).otherwise(written)
    is_empty = call("lower", text).isin(*map(ConstantExpression, empty))
    return CaseExpression(is_empty, null("VARCHAR")).otherwise(text)


def null(type_name: str) -> Expression:
    """A null of the given DuckDB type."""
    return ConstantExpression(None).cast(type_name)


def rule_expression(rule: Rule, columns: TextColumns) -> Expression:
    """The rule as a boolean; a test on an empty cell is false, so that 'not' of it is true."""
    if rule.all is not None or rule.any is not None:
        parts = [rule_expression(part, columns) for part in (rule.all or rule.any or ())]
        joined = parts[0]
        for part in parts[1:]:
            joined = joined & part if rule.all is not None else joined | part
        return joined
    if rule.not_ is not None:
        return ~rule_expression(rule.not_, columns)
    text = columns.text(rule.column or "")
    if rule.recorded is not None:
        return text.isnotnull() if rule.recorded else text.isnull()
    if rule.is_ is not None:
        wanted = [ConstantExpression(_folded(value)) for value in rule.is_]
        test = call("lower", text).isin(*wanted)
    elif rule.matches is not None:
        test = call("regexp_full_match", text, ConstantExpression(rule.matches))
    else:
        test = text.try_cast("DOUBLE") >= ConstantExpression(rule.at_least)
    return CaseExpression(test, ConstantExpression(True)).otherwise(ConstantExpression(False))


def word_expression(word: Word, columns: TextColumns, default: str) -> Expression:
    """A word of a closed list; the default where no value or rule fits."""
    if word.constant is not None:
        return ConstantExpression(word.constant)
    fallback = ConstantExpression(default)
    if word.column is not None:
        text = call("lower", columns.text(word.column))
        by_word: dict[str, list[str]] = {}
        for value, result in word.values.items():
            by_word.setdefault(result, []).append(_folded(value))
        branches = [
            (text.isin(*map(ConstantExpression, values)), result)
            for result, values in by_word.items()
        ]
    else:
        branches = [(rule_expression(case.when, columns), case.then) for case in word.cases]
    return first_that_holds(branches).otherwise(fallback)


def first_that_holds(branches: list[tuple[Expression, str]]) -> Expression:
    """A case expression, still open for its otherwise, that gives the word of the first test that holds."""
    (test, result), *rest = branches
    chosen = CaseExpression(test, ConstantExpression(result))
    for test, result in rest:
        chosen = chosen.when(test, ConstantExpression(result))
    return chosen


def unknown_value(word: Word, columns: TextColumns) -> Expression | None:
    """The column's text where the word's list does not have it, else null; None where there is no list."""
    if word.column is None:
        return None
    text = columns.text(word.column)
    known = call("lower", text).isin(*[ConstantExpression(_folded(value)) for value in word.values])
    return CaseExpression(known, null("VARCHAR")).otherwise(text)


def flag_expression(flag: Flag, columns: TextColumns) -> Expression:
    """Yes, no or null: yes is tried first, then no."""
    if flag.constant is not None:
        return ConstantExpression(flag.constant)
    branches = [
        (rule_expression(rule, columns), answer)
        for rule, answer in ((flag.yes, True), (flag.no, False))
        if rule is not None
    ]
    (test, answer), *rest = branches
    chosen = CaseExpression(test, ConstantExpression(answer))
    for test, answer in rest:
        chosen = chosen.when(test, ConstantExpression(answer))
    return chosen.otherwise(null("BOOLEAN"))


def written_time(time: Time, columns: TextColumns) -> Expression:
    """What the file says of a time, as text for reports; null where it says nothing."""
    if time.column is not None:
        return columns.text(time.column)
    parts = [columns.text(name) for name in (time.date_column, time.time_column) if name]
    return call(
        "nullif", call("concat_ws", ConstantExpression(" "), *parts), ConstantExpression("")
    )


def time_expression(time: Time, columns: TextColumns) -> Expression:
    """Date and time of day; null where not entered, unreadable or outside the plausible range."""
    read = _date_and_time(time, columns)
    if read is None:
        return null("TIMESTAMP")
    return CaseExpression(_entered(read, time) & _plausible(read, time), read).otherwise(
        null("TIMESTAMP")
    )


def date_expression(time: Time, columns: TextColumns) -> Expression:
    """The date, kept where the time of day was not entered; null where unreadable or implausible."""
    read = _date(time, columns)
    return CaseExpression(_plausible(read, time), read).otherwise(null("DATE"))


def time_complaint(time: Time, columns: TextColumns) -> Expression:
    """What is wrong with a time: 'unreadable', 'not entered' or 'out of range'; null where nothing is."""
    written = written_time(time, columns)
    read = _date_and_time(time, columns)
    read = _date(time, columns) if read is None else read
    nothing_written = written.isnull()
    only_date = columns.text(time.time_column).isnull() if time.time_column else nothing_written
    return (
        CaseExpression(nothing_written, null("VARCHAR"))
        .when(only_date & _date(time, columns).isnotnull(), ConstantExpression("not entered"))
        .when(read.isnull(), ConstantExpression("unreadable"))
        .when(~_plausible(read, time), ConstantExpression("out of range"))
        .when(~_entered(read, time), ConstantExpression("not entered"))
        .otherwise(null("VARCHAR"))
    )


def _date_and_time(time: Time, columns: TextColumns) -> Expression | None:
    if time.column is not None:
        return _parsed(time.column, time.formats, columns)
    if time.time_column is None:
        return None
    of_day = _parsed(time.time_column, time.time_formats, columns).cast("TIME")
    return _date(time, columns) + of_day


def _date(time: Time, columns: TextColumns) -> Expression:
    if time.column is not None:
        return _parsed(time.column, time.formats, columns).cast("DATE")
    return _parsed(time.date_column or "", time.date_formats, columns).cast("DATE")


def _parsed(column: str, formats: tuple[str, ...], columns: TextColumns) -> Expression:
    parsed = call("try_strptime", columns.text(column), ConstantExpression(list(formats)))
    return parsed.cast("TIMESTAMP")


def _entered(read: Expression, time: Time) -> Expression:
    of_day = call("strftime", read, ConstantExpression("%H:%M:%S"))
    placeholders = [ConstantExpression(placeholder) for placeholder in time.placeholders]
    return ~of_day.isin(*placeholders) if placeholders else ConstantExpression(True)


def _plausible(read: Expression, time: Time) -> Expression:
    day = read.cast("DATE")
    return (day >= ConstantExpression(time.earliest)) & (day <= ConstantExpression(time.latest))


def _folded(value: str) -> str:
    return " ".join(value.split()).lower()
