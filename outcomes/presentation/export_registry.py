"""Rows of the registry as files to take away: CSV with source columns, and what each column means."""

import csv
import io
from typing import Any

from outcomes.presentation.csv_file import csv_text
from outcomes.presentation.exhibit import CsvFile
from outcomes.registry.database import Registry
from outcomes.store.query_file import read_query

# What the columns mean that every file gets beside those of its query.
ADDED = {
    "counting_rule": "which programs are counted, and how",
    "registry": "month and fingerprint of the registry that the rows come from",
    "found": "what the registry gives on the sentence",
    "registry_count": "what the registry counts by the nearest definition, of states with the District of Columbia as one; empty where nothing of it is near",
    "registry_counted_by": "how that was counted",
    "quotable_sentence": "a sentence with definition, source and link: the row's own, or on one row the page's headline",
    "recomputed_share": "rate that the printed counts give, 0 to 1; empty where there are not two",
    "recomputed_bound": "whether that rate is exact, about, at_least or at_most, as the counts are",
    "interval_low": "lower 95% limit of that rate, exact; empty where a count is a bound or about",
    "interval_high": "upper 95% limit; where nothing happened, the one-sided limit",
    "verdict": "whether a printed rate agrees with its counts: agrees, does_not_agree, cannot_be_checked; else empty",
    "way": "what is counted; the first row is the counting rule as it was chosen",
    "month": "month that is shown",
    "program_count": "programs surely active in that month",
    "state_count": "states with such a program, the District of Columbia counted as one",
    "base_month": "month that the multiple is taken against",
    "base_program_count": "programs surely active in the base month",
    "base_state_count": "states with such a program in the base month, the District of Columbia counted as one",
    "multiple": "program_count over base_program_count; empty where that is 0",
    "hours_per_call": "hours divided by calls, both as printed",
}


def registry_csv(
    rows: list[dict[str, Any]], registry_name: str, rule_words: str = "", quote: str = ""
) -> str:
    """The rows as CSV with a header; the quotable sentence stands in the last row, where there is one."""
    if not rows:
        return ""
    rule = {"counting_rule": rule_words} if rule_words else {}
    in_every_row = {**rule, "registry": registry_name}
    return csv_text(rows[0], (row.values() for row in rows), in_every_row, quote)


def registry_file(
    registry: Registry,
    title: str,
    query: str,
    rows: list[dict[str, Any]],
    rule_words: str = "",
    quote: str = "",
) -> CsvFile:
    """Rows of a query of the registry as a file to take away."""
    return CsvFile(title, registry_csv(rows, registry.name, rule_words, quote), query)


def registry_dictionary(query_name: str, body: str) -> str:
    """What each column of a file means, as CSV, from the header of the query that made it."""
    meanings = {**ADDED, **read_query("registry", query_name).meanings}
    columns = next(csv.reader(io.StringIO(body)), [])
    rows = ((column, meanings.get(column, "")) for column in columns)
    return csv_text(("column", "meaning"), rows)
