"""A contradiction as cards side by side: who says what, for which period, over what, counted how, with its source."""

from html import escape

from outcomes.analyses.published.analysis import CheckedFigure, Conflict
from outcomes.analyses.published.rates import Verdict
from outcomes.analyses.published.text import counts_words, period_words, value_words, verdict_words


def conflict_cards_html(conflict: Conflict) -> str:
    """The figures of a contradiction as cards of the same size, none before the others but by program and period."""
    return f'<div class="ro-cards">{"".join(map(_card, conflict.figures))}</div>'


def _card(figure: CheckedFigure) -> str:
    row = figure.row
    lines = [f"Period: {period_words(row)}", f"Counts: {counts_words(row)}"]
    if figure.verdict is Verdict.DOES_NOT_AGREE:
        lines.append(f"The printed rate {verdict_words(figure)}")
    if row["definition_note"]:
        lines.append(f"What was counted: {row['definition_note']}")
    said = "".join(f'<div class="ro-quiet">{escape(line)}</div>' for line in lines)
    unread = "" if figure.is_sourced else " <b>Unverified: the source was not read.</b>"
    return (
        f'<div class="ro-card"><div class="ro-label">{escape(row["metric_label"])}</div>'
        f'<div class="ro-value">{escape(value_words(row))}</div>{said}'
        f'<div class="ro-quiet">Source: <a href="{escape(row["source_url"])}" target="_blank" '
        f'rel="noopener noreferrer">{escape(row["source_title"])}</a>.{unread}</div></div>'
    )
