"""The call funnel as bars."""

from plotly.graph_objects import Figure

from outcomes.analyses.call_funnel.analysis import Funnel
from outcomes.presentation.charts.rows import bar_figure, bar_text
from outcomes.presentation.charts.theme import palette
from outcomes.presentation.format import HIDDEN, NO_BREAK


def funnel_figure(funnel: Funnel, is_dark: bool) -> Figure:
    """The funnel as bars: each stage dark, its exits light below it, each with its count and share.

    A count that is hidden has no bar and says so.
    """
    colours = palette(is_dark)
    whole = funnel.stages[0].count or 1
    labels: list[str] = []
    texts: list[str] = []
    counts, marks = [], []
    for stage in funnel.stages:
        rows = [(f"<b>{stage.words}</b>", stage.count, colours.accent)]
        rows += [(f"{leaving.words}  –", leaving.count, colours.quiet) for leaving in stage.exits]
        for words, count, colour in rows:
            # The same words may name an exit of two stages; a row's place keeps them apart.
            labels.append(f"{words}{NO_BREAK * len(labels)}"[:200] if words in labels else words)
            counts.append(count or 0)
            share = None if count is None or not texts else count / whole
            texts.append(f" {HIDDEN}" if count is None else bar_text(count, share))
            marks.append(colour)
    return bar_figure(
        labels,
        counts,
        texts,
        marks,
        is_dark,
        height=40 + 30 * len(labels),
        end=whole * 1.6,
        hover="%{text}",
        autorange="reversed",
    )
