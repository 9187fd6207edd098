"""Programs against each other as tables and as a file; by name, never in a ranking."""

import csv
import io

import pandas

from outcomes.analyses.program_comparison.analysis import ProgramComparison
from outcomes.analyses.program_comparison.text import POSITION_WORDS, ratio_text, share_and_limits
from outcomes.presentation.export import safe_cell
from outcomes.presentation.sentences import STATUS_WORDS
from outcomes.statistics.funnel_plot import FunnelUnit
from outcomes.statistics.standardisation import Standardised
from outcomes.vocabulary.labels import label

CSV_HEADER = (
    "metric", "program", "count", "cases", "share", "low", "high", "status", "position", "observed", "expected",
    "observed_over_expected", "ratio_low", "ratio_high", "cases_left_out", "first_day", "last_day", "data", "snapshot",
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
        [
            {
                "Letter": marks[one.program_id],
                "Program": one.name,
                "Count": STATUS_WORDS.get(one.status, "")
                if one.cases is None
                else f"{one.count or 0:,} of {one.cases:,}",
                "Share": share_and_limits(comparison, one),
                "Against all": _position(one.unit),
                "Log covers": f"{one.first_day:%b %Y} to {one.last_day:%b %Y}"
                if one.first_day and one.last_day
                else "none of these months",
            }
            for one in comparison.programs
        ]
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
                "Observed": f"{found.observed:,}" if found else "",
                "Expected": f"{found.expected:,.1f}" if found else "",
                "Ratio": ratio_text(found) if found else "not compared",
                "Cases left out": f"{one.cases - found.compared_denominator:,}"
                if found and one.cases is not None
                else "",
            }
        )
    return pandas.DataFrame(rows)


def comparison_csv(comparison: ProgramComparison) -> str:
    """Every compared program by name, then the typical and the new program, as CSV; hidden cells are empty."""
    stream = io.StringIO()
    writer = csv.writer(stream, lineterminator="\n")
    writer.writerow(CSV_HEADER)
    if comparison.by_program is None:
        return stream.getvalue()
    source, key = comparison.by_program.source, comparison.metric.key
    tail = [label(source.data_kind), source.snapshot]
    for one in comparison.programs:
        found = one.standardised
        ratio = (
            [
                found.observed,
                found.expected,
                found.ratio,
                *_limits(found),
                one.cases - found.compared_denominator,
            ]
            if found and one.cases is not None
            else [""] * 6
        )
        numbers = [_cell(number) for number in (one.count, one.cases, one.share, one.low, one.high)]
        place = one.unit.position.value if one.unit else ""
        days = [one.first_day or "", one.last_day or ""]
        name = safe_cell(one.name)
        writer.writerow([key, name, *numbers, one.status.value, place, *ratio, *days, *tail])
    pooled = comparison.pooled
    if pooled and pooled.share is not None:
        for name, limits in (
            ("typical program", pooled.interval),
            ("new program", pooled.prediction),
        ):
            if limits:
                share = pooled.share if name == "typical program" else ""
                cells = [
                    key,
                    name,
                    pooled.count,
                    pooled.denominator,
                    share,
                    limits.low,
                    limits.high,
                ]
                writer.writerow([*cells, *[""] * 10, *tail])
    return stream.getvalue()


def _limits(found: Standardised) -> list[float | str]:
    return [found.interval.low, found.interval.high] if found.interval else ["", ""]


def _cell(number: float | None) -> float | str:
    return "" if number is None else number


def _position(unit: FunnelUnit | None) -> str:
    return POSITION_WORDS[unit.position] if unit else ""
