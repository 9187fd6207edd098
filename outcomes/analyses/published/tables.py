"""Published figures as tables for people, every cell a text, and as rows for files to take away."""

from typing import Any

import pandas

from outcomes.analyses.published import text
from outcomes.analyses.published.analysis import (
    CheckedFigure,
    Conflict,
    HoursPerCall,
    PublishedOutcomes,
    Total,
)
from outcomes.analyses.published.citation import figure_citation
from outcomes.presentation.exhibit import Card
from outcomes.registry.rates import LOWER_BOUNDS, UPPER_BOUNDS, Verdict
from outcomes.statistics.interval import Interval
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.registry import Bound, Confidence

# Labels of the groups of metrics where the word itself is not plain enough.
GROUP_LABELS = {
    "responses": "Calls answered",
    "injuries": "Injuries and safety",
    "times": "Minutes",
    "outcomes": "What happened on the call",
    "eligible": "Suitable calls",
    "diversion": "Kept from police and others",
    "other": "Other effects and counts",
}


def group_label(group: str) -> str:
    """A group of metrics in plain words."""
    return GROUP_LABELS.get(group, group.capitalize())


def figure_table(figures: tuple[CheckedFigure, ...]) -> pandas.DataFrame:
    """Figures as texts: as printed, with bound and counts, what the counts give, the verdict and the source."""
    return pandas.DataFrame(
        {
            "Program": text.program_words(figure.row),
            "Period": text.period_words(figure.row),
            "What": figure.row["metric_label"],
            "As printed": text.value_words(figure.row),
            "Counts": text.counts_words(figure.row),
            "Its counts give": text.figure_rate_words(figure),
            "Printed rate": text.verdict_words(figure),
            "What was counted": figure.row["definition_note"],
            "Source": figure.row["source_title"],
            "Address": figure.row["source_url"],
            "Read": label_of(Confidence, figure.row["confidence"]),
        }
        for figure in figures
    )


def rates_table(figures: tuple[CheckedFigure, ...]) -> pandas.DataFrame:
    """Rates by program with what was counted and the source."""
    return pandas.DataFrame(
        {
            "What": figure.row["metric_label"],
            "Program and counts": text.rate_row_words(figure),
            "Rate": text.figure_rate_words(figure),
            "In the range": text.why_apart(figure) or "yes",
            "What was counted": figure.row["definition_note"],
            "Source": figure.row["source_title"],
            "Address": figure.row["source_url"],
        }
        for figure in figures
    )


def added_table(total: Total) -> pandas.DataFrame:
    """Every figure that is in a total, with what it adds and its own rate."""
    return pandas.DataFrame(
        {
            "Program and period": f"{text.program_words(figure.row)}, {text.period_words(figure.row)}",
            "Counts and rate": f"{text.counts_words(figure.row)}: {text.figure_rate_words(figure)}",
            "Source": figure.row["source_title"],
            "Address": figure.row["source_url"],
        }
        for figure in total.figures
    )


def hours_table(hours: tuple[HoursPerCall, ...]) -> pandas.DataFrame:
    """Hours per call with both numbers, the note and the source."""
    return pandas.DataFrame(
        {
            "Program and period": f"{text.program_words(each.row)}, {text.period_words(each.row)}",
            "Hours and calls": text.hours_counts(each),
            "Hours per call": text.hours_words(each) + (" exactly" if each.is_flat else ""),
            "What was counted": each.row["definition_note"],
            "Source": each.row["source_title"],
            "Address": each.row["source_url"],
        }
        for each in hours
    )


def figure_rows(
    figures: tuple[CheckedFigure, ...], registry_name: str, link: str
) -> list[dict[str, Any]]:
    """Figures for a file: the columns of the query, what was worked out, and a quotable sentence each."""
    return [
        {
            **figure.row,
            "recomputed_share": figure.share,
            "recomputed_bound": figure.share_bound,
            **_limits(figure.interval),
            "verdict": figure.verdict,
            "quotable_sentence": figure_citation(figure, registry_name, link),
        }
        for figure in figures
    ]


def total_rows(totals: tuple[Total, ...]) -> list[dict[str, Any]]:
    """Totals for a file: the columns of the query, lists as texts, and what was worked out."""
    return [
        {
            **{
                name: "; ".join(cell) if isinstance(cell, list) else cell
                for name, cell in total.row.items()
            },
            "recomputed_share": total.share,
            "recomputed_bound": total.share_bound,
            **_limits(total.interval),
        }
        for total in totals
    ]


def _limits(interval: Interval | None) -> dict[str, float | None]:
    ends = (interval.low, interval.high) if interval else (None, None)
    return dict(zip(("interval_low", "interval_high"), ends, strict=True))


def published_cards(outcomes: PublishedOutcomes) -> tuple[Card, ...]:
    """The headline numbers: figures read, bounds kept, rates recomputed, printed rates that do not agree."""
    about = len(outcomes.with_value_bound(Bound.ABOUT))
    wrong = len(outcomes.with_verdict(Verdict.DOES_NOT_AGREE))
    checked = sum(figure.verdict is not None for figure in outcomes.sourced)
    return (
        Card(
            "Figures read at their source",
            f"{len(outcomes.sourced):,}",
            (f"of {outcomes.program_count:,} programs",),
        ),
        Card(
            "Bounds, kept as bounds",
            f"{len(outcomes.with_value_bound(*LOWER_BOUNDS, *UPPER_BOUNDS)):,}",
            (f"{about:,} more say “about”",),
        ),
        Card(
            "Rates recomputed",
            f"{len(outcomes.recomputed):,}",
            ("from two counts that the source prints",),
        ),
        Card(
            "Printed rates that their own counts do not give",
            f"{wrong:,}",
            (f"of {checked:,} with both counts beside them",),
        ),
    )


def conflict_cards(conflict: Conflict) -> tuple[Card, ...]:
    """The figures of a contradiction: who says what, for which period, over what, counted how, with its source.

    None stands before the others but by program and period.
    """
    return tuple(map(_conflict_card, conflict.figures))


def _conflict_card(figure: CheckedFigure) -> Card:
    row = figure.row
    lines = [f"Period: {text.period_words(row)}", f"Counts: {text.counts_words(row)}"]
    if figure.verdict is Verdict.DOES_NOT_AGREE:
        lines.append(f"The printed rate {text.verdict_words(figure)}")
    if row["definition_note"]:
        lines.append(f"What was counted: {row['definition_note']}")
    return Card(
        row["metric_label"],
        text.value_words(row),
        tuple(lines),
        source=(row["source_title"], row["source_url"]),
        warning="" if figure.is_sourced else "Unverified: the source was not read.",
    )


def total_cards(totals: tuple[Total, ...]) -> tuple[Card, ...]:
    """A card for each total: label, rate, then counts, limits and programs."""
    return tuple(map(_total_card, totals))


def _total_card(total: Total) -> Card:
    share, interval = total.share, total.interval
    rate = "no rate" if share is None else text.bounded_share(share, total.share_bound)
    limits = "" if share is None or interval is None else text.interval_words(share, interval)
    lines = [text.total_counts(total), limits, text.total_scope(total)]
    return Card(total.row["label"], rate, tuple(line for line in lines if line))
