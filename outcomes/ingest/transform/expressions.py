"""A profile's rules as DuckDB expressions, built without writing SQL: columns and values never become text."""

from collections.abc import Mapping, Sequence

import duckdb
from duckdb import (
    CaseExpression,
    CoalesceOperator,
    ColumnExpression,
    ConstantExpression,
    Expression,
)
from duckdb import FunctionExpression as call

from outcomes.ingest.profile.conditions import Condition
from outcomes.ingest.profile.fields import Flag, Word
from outcomes.ingest.transform.columns import MADE, TextColumns, folded, null, with_values
from outcomes.ingest.transform.silence import says_nothing

# Before a field's name in the column that holds its word.
FOUND_WORD = f"{MADE}word "


def all_of(tests: Sequence[Expression]) -> Expression:
    """Whether every test holds; true where there is none. However many there are, the expression is not deep."""
    if len(tests) < 2:
        return tests[0] if tests else ConstantExpression(True)
    half = len(tests) // 2
    return all_of(tests[:half]) & all_of(tests[half:])


def any_of(tests: Sequence[Expression]) -> Expression:
    """Whether any test holds; false where there is none. However many there are, the expression is not deep."""
    if len(tests) < 2:
        return tests[0] if tests else ConstantExpression(False)
    half = len(tests) // 2
    return any_of(tests[:half]) | any_of(tests[half:])


def condition_expression(rule: Condition, columns: TextColumns) -> Expression:
    """The rule as a boolean; a test on an empty cell is false, so that 'not' of it is true."""
    if rule.all is not None or rule.any is not None:
        parts = [condition_expression(part, columns) for part in (rule.all or rule.any or ())]
        return all_of(parts) if rule.all is not None else any_of(parts)
    if rule.not_ is not None:
        return ~condition_expression(rule.not_, columns)
    if rule.column is None:
        test = _on_the_day(rule, columns)
        return CaseExpression(test, ConstantExpression(True)).otherwise(ConstantExpression(False))
    text = columns.text(rule.column)
    if rule.recorded is not None:
        return text.isnotnull() if rule.recorded else text.isnull()
    test = _test_of_text(rule, text, columns)
    return CaseExpression(test, ConstantExpression(True)).otherwise(ConstantExpression(False))


def _test_of_text(rule: Condition, text: Expression, columns: TextColumns) -> Expression:
    if rule.is_ is not None:
        wanted = [ConstantExpression(folded(value)) for value in rule.is_]
        return call("lower", text).isin(*wanted)
    if rule.matches is not None:
        return call("regexp_full_match", text, ConstantExpression(rule.matches))
    if rule.contains is not None:
        return call("contains", call("lower", text), ConstantExpression(folded(rule.contains)))
    if rule.starts_with is not None:
        start = ConstantExpression(folded(rule.starts_with))
        return call("starts_with", call("lower", text), start)
    if rule.same_as is not None:
        return call("lower", text) == call("lower", columns.text(rule.same_as))
    number = columns.number(text)
    if rule.at_least is not None:
        return number >= ConstantExpression(rule.at_least)
    return number <= ConstantExpression(rule.at_most)


def _on_the_day(rule: Condition, columns: TextColumns) -> Expression:
    day, holds = columns.received_date, ConstantExpression(True)
    if rule.on_or_after is not None:
        holds = holds & (day >= ConstantExpression(rule.on_or_after))
    if rule.before is not None:
        holds = holds & (day < ConstantExpression(rule.before))
    return holds


def word_expression(word: Word, columns: TextColumns, default: str | None) -> Expression:
    """A word of a closed list; the default, or null where there is none, where no value or rule fits."""
    if word.constant is not None:
        return ConstantExpression(word.constant)
    fallback = null("VARCHAR") if default is None else ConstantExpression(default)
    if word.column is not None:
        text = call("lower", columns.text(word.column))
        by_word: dict[str, list[str]] = {}
        for value, result in word.values.items():
            by_word.setdefault(result, []).append(folded(value))
        branches = [
            (text.isin(*map(ConstantExpression, values)), result)
            for result, values in by_word.items()
        ]
    else:
        branches = [(condition_expression(case.when, columns), case.then) for case in word.cases]
    return first_that_holds(branches).otherwise(fallback)


def first_that_holds(branches: list[tuple[Expression, str]]) -> Expression:
    """A case expression, still open for its otherwise, that gives the word of the first test that holds."""
    (test, result), *rest = branches
    chosen = CaseExpression(test, ConstantExpression(result))
    for test, result in rest:
        chosen = chosen.when(test, ConstantExpression(result))
    return chosen


def found_words(
    words: Mapping[str, Word], columns: TextColumns, relation: duckdb.DuckDBPyRelation
) -> duckdb.DuckDBPyRelation:
    """The relation with the word of each field, looked for once; null where no value or rule fits."""
    return with_values(
        relation,
        {FOUND_WORD + name: word_expression(word, columns, None) for name, word in words.items()},
    )


def found_word(field: str, default: str) -> Expression:
    """The field's word as found_words found it, else the default."""
    return CoalesceOperator(ColumnExpression(FOUND_WORD + field), ConstantExpression(default))


def unknown_word(field: str, column: str, columns: TextColumns) -> Expression:
    """What is wrong with a text that the list of the field's word does not have; null where it has it.

    A word that says nothing is no answer, and not unknown.
    """
    text = columns.text(column)
    known = ColumnExpression(FOUND_WORD + field).isnotnull()
    said = CaseExpression(text.isnull() | known, null("VARCHAR"))
    silent = says_nothing(text, of_a_person=False)
    return said.when(silent, null("VARCHAR")).otherwise(ConstantExpression("unknown value"))


def flag_expression(flag: Flag, columns: TextColumns) -> Expression:
    """Yes, no or null: yes is tried first, then no."""
    if flag.constant is not None:
        return ConstantExpression(flag.constant)
    branches = [
        (condition_expression(rule, columns), answer)
        for rule, answer in ((flag.yes, True), (flag.no, False))
        if rule is not None
    ]
    (test, answer), *rest = branches
    chosen = CaseExpression(test, ConstantExpression(answer))
    for test, answer in rest:
        chosen = chosen.when(test, ConstantExpression(answer))
    return chosen.otherwise(null("BOOLEAN"))
