"""What can be quoted of published figures: number, counts, period, definition, source, date and link."""

from outcomes.analyses.published import text
from outcomes.analyses.published.analysis import (
    CheckedFigure,
    HoursPerCall,
    PublishedOutcomes,
    Total,
)
from outcomes.vocabulary.bold import without_bold


def published_citation(outcomes: PublishedOutcomes, registry_name: str, link: str = "") -> str:
    """The answer with what was counted, source and link."""
    return _joined(
        _unmarked(text.answer_sentence(outcomes)),
        text.disagreement_sentence(outcomes),
        "Counted: published figures whose source was read, each by its own definition and for its own period.",
        _source(registry_name),
        link,
    )


def total_citation(total: Total, registry_name: str, link: str = "") -> str:
    """A total with its rule, periods, sources and link."""
    periods = ", ".join(
        f"{text.program_words(figure.row)} {text.period_words(figure.row)}"
        for figure in total.figures
    )
    sources = "; ".join(dict.fromkeys(figure.row["source_title"] for figure in total.figures))
    return _joined(
        f"{total.row['label']}: {_unmarked(text.total_sentence(total))}",
        f"Definition: {total.row['rule']}",
        f"Period: {periods}.",
        f"Published by: {sources}.",
        _source(registry_name),
        link,
    )


def hours_citation(hours: tuple[HoursPerCall, ...], registry_name: str, link: str = "") -> str:
    """The spread of hours per call with its sources and link."""
    sources = "; ".join(
        f"{each.row['source_title']}, {text.period_words(each.row)}"
        for each in (hours[-1], hours[0])
    )
    return _joined(
        _unmarked(text.hours_sentence(hours)),
        f"Published by: {sources}.",
        _source(registry_name),
        link,
    )


def figure_citation(figure: CheckedFigure, registry_name: str, link: str = "") -> str:
    """One figure as a sentence that can be quoted: number, counts, period, definition, source, address, link."""
    row = figure.row
    counts = f" ({text.counts_words(row)})" if row["denominator"] is not None else ""
    rate = text.figure_rate_words(figure)
    return _joined(
        "" if figure.is_sourced else "Unverified, the source was not read.",
        f"{text.program_words(row)}, period {text.period_words(row)}: {row['metric_label']}, {text.value_words(row)}{counts}.",
        f"Its counts give: {rate}." if rate else "",
        f"The printed rate {text.verdict_words(figure)}." if figure.verdict else "",
        f"What was counted: {row['definition_note'].rstrip('.')}."
        if row["definition_note"]
        else "",
        f"Published by: {row['source_title']}, {row['source_url']}.",
        _source(registry_name),
        link,
    )


def _source(registry_name: str) -> str:
    return f"Source: Responder Outcomes, {registry_name}."


def _joined(*parts: str) -> str:
    return " ".join(part for part in parts if part)


def _unmarked(sentence: str) -> str:
    return without_bold(sentence)
