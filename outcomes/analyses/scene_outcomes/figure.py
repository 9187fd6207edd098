"""Figures of the page on outcomes: endings in their groups, referral steps, and who was met again."""

from html import escape

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.scene_outcomes.analysis import Step
from outcomes.analyses.scene_outcomes.tables import endings_told, window
from outcomes.answers.answer import Answer
from outcomes.presentation.charts.rows import bar_figure, bar_text
from outcomes.presentation.charts.theme import (
    apply_layout,
    error_bars,
    name_rows,
    palette,
    set_number_ticks,
)
from outcomes.presentation.format import part_of, percent
from outcomes.presentation.sentences import grain_label
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.log import NOT_SERVED, NOT_TOLD, Breakdown, Disposition, Status

ROW = 32
# Headings of the groups of endings, the endings in each, and its color in the palette.
ENDINGS: tuple[tuple[str, tuple[Disposition, ...], str], ...] = (
    (
        "Someone was served",
        tuple(d for d in Disposition if d not in (*NOT_SERVED, *NOT_TOLD)),
        "accent",
    ),
    ("Nobody was served", NOT_SERVED, "second"),
    ("Not told", NOT_TOLD, "muted"),
)


def disposition_figure(answer: Answer, is_dark: bool) -> Figure:
    """Bars of the endings, those with someone served apart from those without, each with count and share.

    A group's heading has its sum only where nothing in it is hidden; hidden endings, and those for which the log has no
    word, are left to the table. A group of which the log has no word at all says so.
    """
    colours = palette(is_dark)
    rows = {row["disposition"]: row for row in answer.table.to_dict("records")}
    told = endings_told(answer)
    labels, counts, texts, marks = [], [], [], []
    for heading, words, color in ENDINGS:
        found = [rows[word.value] for word in words]
        found = [row for row in found if row["status"] != Status.NOT_RECORDED]
        shown = [row for row in found if row["status"] != Status.SUPPRESSED]
        total = sum(row["numerator"] for row in shown)
        is_whole = len(shown) == len(found)
        labels.append(f"<b>{heading}</b>")
        counts.append(total if is_whole else 0)
        if not found:
            texts.append(" not recorded")
        elif is_whole:
            of_all = total / found[0]["denominator"]
            texts.append(bar_text(total, of_all, _of_told(total, words, told)))
        else:
            texts.append(" in part hidden")
        marks.append(getattr(colours, color))
        for row in sorted(shown, key=lambda row: -row["numerator"]):
            if row["numerator"]:
                labels.append(escape(label_of(Disposition, row["disposition"])))
                counts.append(row["numerator"])
                texts.append(bar_text(row["numerator"], row["value"]))
                marks.append(colours.quiet)
    return _bars(labels, counts, texts, marks, is_dark)


def _of_told(total: float, words: tuple[Disposition, ...], told: float | None) -> str:
    """The share of those served, as the page says it elsewhere: over the responses whose ending is told."""
    if not told or words in (NOT_SERVED, NOT_TOLD):
        return ""
    # On a line of its own: beside the other share it would run off a phone.
    return f"<br> {percent(total / told)} of those told"


def referral_figure(steps: tuple[Step, ...], is_dark: bool) -> Figure:
    """The steps of a referral as bars, each with its count and its share of the step before."""
    texts = [
        " not recorded"
        if step.count is None
        else bar_text(step.count, step.figure.value if step.figure else None)
        for step in steps
    ]
    counts: list[float] = [step.count or 0 for step in steps]
    marks = [palette(is_dark).accent] * len(steps)
    return _bars([step.words for step in steps], counts, texts, marks, is_dark)


def group_figure(contacts: Answer, is_dark: bool) -> Figure:
    """Bars of the people met by group, each with its share of all contacts; hidden groups are left to the table.

    Ages stand in their order, other groups by size; those not recorded come last.
    """
    key = contacts.keys[-1]
    rows = [row for row in contacts.table.to_dict("records") if row["numerator"] > 0]
    if key != Breakdown.AGE_BAND:
        rows.sort(key=lambda row: (row[key] == "not_recorded", -row["numerator"]))
    total = contacts.total.numerator
    return _bars(
        [escape(grain_label(key, row[key], contacts.metric, {})) for row in rows],
        [row["numerator"] for row in rows],
        [bar_text(row["numerator"], row["numerator"] / total if total else None) for row in rows],
        [palette(is_dark).quiet] * len(rows),
        is_dark,
    )


def _bars(
    labels: list[str], counts: list[float], texts: list[str], marks: list[str], is_dark: bool
) -> Figure:
    return bar_figure(
        labels,
        counts,
        texts,
        marks,
        is_dark,
        height=40 + ROW * len(labels),
        # Room for two lines of words at the longest bar, also on a phone.
        end=(max(counts, default=0) or 1) * 2.4,
        autorange="reversed",
    )


def repeat_figure(answers: list[Answer], is_dark: bool) -> Figure:
    """The share met again within each window, with its interval, on an axis from zero."""
    colours = palette(is_dark)
    shown = [found for found in answers if found.total.value is not None]
    values = [found.total.value or 0.0 for found in shown]
    highs = [found.total.high or value for found, value in zip(shown, values, strict=True)]
    lows = [
        value if found.total.low is None else found.total.low
        for found, value in zip(shown, values, strict=True)
    ]
    texts = [
        f"  {percent(value)}, {part_of(found.total.numerator or 0, found.total.denominator or 0)}"
        for found, value in zip(shown, values, strict=True)
    ]
    figure = Figure(
        Scatter(
            x=values,
            y=[f"Within {window(found)}" for found in shown],
            mode="markers+text",
            marker={"size": 10, "color": colours.accent},
            error_x=error_bars(
                [high - value for high, value in zip(highs, values, strict=True)],
                [value - low for low, value in zip(lows, values, strict=True)],
                colours.accent,
            ),
            text=texts,
            textposition="top center",
            textfont={"color": colours.text},
            cliponaxis=False,
            hovertemplate="%{y}: %{text}<extra></extra>",
        )
    )
    apply_layout(figure, is_dark, 80 + 56 * len(shown))
    figure.update_layout(margin={"t": 30})
    set_number_ticks(figure, "x", 0, max(highs, default=0) * 1.4 or 1, is_share=True)
    name_rows(figure, is_dark, autorange="reversed")
    return figure
