"""Programs against each other as tables and as a file; by name, never in a ranking."""

import pandas

from outcomes.analyses.program_comparison.analysis import ProgramComparison
from outcomes.analyses.program_comparison.text import position_words, ratio_words, share_and_limits
from outcomes.presentation.csv_file import csv_text, source_columns
from outcomes.presentation.format import STATUS_WORDS, count_text, decimal_text, part_of

CSV_HEADER = (
    "metric", "program", "count", "cases", "share", "low", "high", "status", "position", "observed", "expected",
    "observed_over_expected", "ratio_low", "ratio_high", "cases_left_out", "first_day", "last_day",
)  # fmt: skip


def letters(comparison: ProgramComparison) -> dict[str, str]:
    """A letter for each compared program by its id, in the order of names: what stands in the chart."""
    return {
        one.program_id: chr(ord("A") + place % 26) * (place // 26 + 1)
        for place, one in enumerate(comparison.programs)
    }


def comparison_table(comparison: ProgramComparison) -> pandas.DataFrame:
    """Every compared program by name as texts: letter, count of cases, share with limits, where it lies, days covered."""
    marks = letters(comparison)
    return pandas.DataFrame(
        {
            "Letter": marks[one.program_id],
            "Program": one.name,
            "Count": STATUS_WORDS.get(one.status, "")
            if one.cases is None
            else part_of(one.count or 0, one.cases),
            "Share": share_and_limits(comparison, one),
            "Against all": position_words(comparison, one.unit.position) if one.unit else "",
            "Log covers": f"{one.first_day:%b %Y} to {one.last_day:%b %Y}"
            if one.first_day and one.last_day
            else "none of these months",
        }
        for one in comparison.programs
    )


def mix_table(comparison: ProgramComparison) -> pandas.DataFrame:
    """Every compared program by name as texts: observed, expected at its mix of calls, ratio, cases left out."""
    rows = []
    for one in comparison.programs:
        found = one.standardised
        rows.append(
            {
                "Program": one.name,
                "As it is": share_and_limits(comparison, one),
                "Observed": count_text(found.observed) if found else "",
                "Expected": decimal_text(found.expected, 1) if found else "",
                "Ratio": ratio_words(found) if found else "not compared",
                "Cases left out": count_text(one.cases - found.compared_denominator)
                if found and one.cases is not None
                else "",
            }
        )
    return pandas.DataFrame(rows)


def comparison_csv(comparison: ProgramComparison) -> str:
    """Every compared program by name, then the typical and the new program, as CSV; hidden cells are empty."""
    if comparison.by_program is None:
        return csv_text((*CSV_HEADER, "data", "snapshot"), [])
    key = comparison.metric.key
    rows: list[list[object]] = []
    for one in comparison.programs:
        found = one.standardised
        ratio: list[float | None] = [None] * 6
        if found and one.cases is not None:
            ends = (found.interval.low, found.interval.high) if found.interval else (None, None)
            left_out = one.cases - found.compared_denominator
            ratio = [found.observed, found.expected, found.ratio, *ends, left_out]
        numbers = (one.count, one.cases, one.share, one.low, one.high)
        place = one.unit.position if one.unit else None
        rows.append(
            [key, one.name, *numbers, one.status, place, *ratio, one.first_day, one.last_day]
        )
    pooled = comparison.pooled
    if pooled and pooled.share is not None:
        counts = (pooled.count, pooled.denominator)
        for name, share, limits in (
            ("typical program", pooled.share, pooled.interval),
            ("new program", None, pooled.prediction),
        ):
            if limits:
                rows.append([key, name, *counts, share, limits.low, limits.high, *[None] * 10])
    return csv_text(CSV_HEADER, rows, source_columns(comparison.by_program.source))
