"""Programs against each other as tables and as a file; by name, never in a ranking."""

import pandas

from outcomes.analyses.program_comparison.analysis import ProgramComparison
from outcomes.analyses.program_comparison.scorecard import Score
from outcomes.analyses.program_comparison.text import (
    OTHERS,
    PROGRAMS,
    apart_words,
    as_it_is_words,
    mix_words,
    others_words,
    own_words,
    position_words,
    ratio_words,
    scorecard_caption,
    scorecard_sentence,
    share_and_limits,
)
from outcomes.presentation.csv_file import csv_text, source_columns
from outcomes.presentation.format import STATUS_WORDS, count_text, decimal_text, part_of
from outcomes.presentation.tables import without_empty_columns
from outcomes.vocabulary.bold import without_bold

CSV_HEADER = (
    "metric", "program", "count", "cases", "share", "low", "high", "status", "position", "observed", "expected",
    "observed_over_expected", "ratio_low", "ratio_high", "cases_left_out", "first_day", "last_day",
)  # fmt: skip

SCORECARD_HEADER = (
    "metric", "measure", "program", "count", "cases", "value", "low", "high", "status", "others", "others_lowest",
    "others_median", "others_highest", "told_apart", "at_equal_mix",
)  # fmt: skip


def comparison_table(comparison: ProgramComparison) -> pandas.DataFrame:
    """Every compared program by name as texts: count of cases, share with limits, where it lies, days covered."""
    return pandas.DataFrame(
        {
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


def scorecard_table(scores: tuple[Score, ...]) -> pandas.DataFrame:
    """Every measure as texts: the chosen program's figure, the others', and whether it is told apart."""
    own = next((score.own.short_name for score in scores if score.own), "")
    rows = [
        {
            "Measure": score.metric.label,
            **({f"{own} (95% interval)": own_words(score)} if own else {}),
            OTHERS if own else PROGRAMS: others_words(score),
            "Higher or lower?": apart_words(score),
        }
        for score in scores
    ]
    return without_empty_columns(pandas.DataFrame(rows))


def scorecard_csv(scores: tuple[Score, ...]) -> str:
    """Every measure with the chosen program's numbers, the others' range and what is said of both; hidden cells are empty."""
    rows: list[list[object]] = []
    for score in scores:
        own = score.own
        numbers: list[object] = [None] * 7
        if own:
            figures = (own.count, own.cases, own.value, own.low, own.high)
            numbers = [own.name, *figures, own.status]
        shown = sum(one.value is not None for one in score.others)
        ends = score.range_of_others or (None, None, None)
        said = (as_it_is_words(score) or apart_words(score), mix_words(score))
        rows.append([score.metric.key, score.metric.label, *numbers, shown, *ends, *said])
    source = next((score.source for score in scores if score.source), None)
    summary = f"{without_bold(scorecard_sentence(scores))} {scorecard_caption(scores)}"
    return csv_text(SCORECARD_HEADER, rows, source_columns(source) if source else {}, summary)
