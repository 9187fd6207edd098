"""A metric over time: value and interval by month, gaps as gaps, the partial month hollow, changes dated below.

Events that are rare are bars of their number by quarter, for by month they are a saw of zeros and ones.
"""

import re
from datetime import date, datetime, timedelta
from itertools import groupby
from typing import Any

import pandas
from plotly.graph_objects import Figure, Scatter

from outcomes.answers.answer import Answer
from outcomes.answers.coverage import MONTHS_IN_PERIOD, period_start
from outcomes.metrics.figure import FIGURE_COLUMNS
from outcomes.metrics.figure import Figure as Cell
from outcomes.presentation.charts.line_ends import LineEnd, name_line_ends
from outcomes.presentation.charts.theme import (
    Palette,
    apply_layout,
    draw_line,
    name_series,
    palette,
    set_month_ticks,
    set_number_ticks,
    set_quarter_ticks,
)
from outcomes.presentation.format import (
    HIDDEN,
    bounds_text,
    count_text,
    interval_text,
    value_text,
)
from outcomes.presentation.sentences import counts_text, grain_label
from outcomes.selection import add_months
from outcomes.store.programs import ProgramChange
from outcomes.vocabulary.log import Breakdown, Coverage, Status

HEIGHT = 380
HALF_MONTH = timedelta(days=15)
# A bar of a quarter, on either side of its middle; more bars than this have no room for their numbers.
HALF_BAR = timedelta(days=34)
MOST_NUMBERS = 28
# Units of metrics as they stand on the top tick.
AXIS_UNITS = {"minutes": "min", "per 10,000": "per<br>10,000"}
# Pixels under the axis: for its own labels, and for the marks of dated changes.
AXIS_ROOM = 26
CHANGE_ROW = 18
# Pixels that the axis under a field takes, and what is over it; letters of a name that has room at the end of its line.
UNDER = 60
MOST_LETTERS = 24
# Pixels for the name of a series over the chart.
NAME_ROW = 20


def period_figure(
    answers: list[Answer],
    changes: list[ProgramChange],
    is_dark: bool,
    shows_count: bool = False,
    with_limits: bool = False,
) -> Figure:
    """A line figure of one or two answers by month or quarter, from zero, each named at its end, or over the field where there is no room.

    Draws the interval where there is one answer, or where asked; counts of one answer by quarter are bars. Periods
    without records are a grey band and a break in the line; incomplete ones are hollow. Rows without a date are left
    to the table.
    """
    colours = palette(is_dark)
    figure = Figure()
    for place, answer in enumerate(answers):
        colour = (colours.accent, colours.second)[place % 2]
        has_band = with_limits or (len(answers) == 1 and not shows_count)
        band = (colours.band, colours.second_band)[place % 2] if has_band else ""
        if shows_count and len(answers) == 1 and answer.breakdown is Breakdown.QUARTER:
            _draw_quarters(figure, answer, colour)
            continue
        _draw(figure, answer, colour, colours, band, shows_count)
    ends = _line_ends(answers, shows_count, colours)
    if len(answers) > 1 and not ends:
        for place, answer in enumerate(answers):
            colour = (colours.accent, colours.second)[place % 2]
            over = NAME_ROW * (len(answers) - 1 - place)
            name_series(figure, f"●  {answer.metric.label}", colour, "bottom", over)
    months = period_months(answers[0])
    _draw_bands(figure, answers[0], colours)
    apply_layout(figure, is_dark, HEIGHT)
    if len(answers) > 1 and not ends:
        # Over the field, so that no name is printed on a line or a number.
        figure.update_layout(margin={"t": 16 + NAME_ROW * len(answers)})
    draw_changes(figure, changes_between(changes, answers[0]), colours)
    is_share = answers[0].metric.unit == "share" and not shows_count
    unit = "" if shows_count or is_share else AXIS_UNITS.get(answers[0].metric.unit, "")
    top = _top(answers, shows_count)
    set_number_ticks(figure, "y", 0, top, is_share=is_share, unit=unit, whole=shows_count)
    name_line_ends(figure, ends, top, HEIGHT - UNDER)
    if months:
        if answers[0].breakdown is Breakdown.QUARTER:
            # A bar stands on the middle of its quarter, a point on the first of its middle month.
            has_bars = shows_count and len(answers) == 1
            set_quarter_ticks(figure, months, HALF_MONTH if has_bars else timedelta(0))
        else:
            set_month_ticks(figure, months[0], months[-1])
        figure.update_xaxes(range=[add_months(months[0], -1), add_months(months[-1], 2)])
    return figure


def _line_ends(answers: list[Answer], shows_count: bool, colours: Palette) -> list[LineEnd]:
    """Where each of several lines ends, with what tells it from the others; none where one has no end to be named at."""
    if len(answers) < 2:
        return []
    found = []
    for place, (answer, name) in enumerate(zip(answers, _own_names(answers), strict=True)):
        table = _dated(answer)
        whole = table[table["coverage"] != Coverage.PARTIAL]
        values = whole["numerator" if shows_count else "value"].dropna()
        if values.empty or len(name) > MOST_LETTERS:
            return []
        colour = (colours.accent, colours.second)[place % 2]
        found.append(LineEnd(name, float(values.iloc[-1]), colour))
    return found


def _own_names(answers: list[Answer]) -> list[str]:
    """The short names without the words that all of them begin with: 'Median' and '90th percentile'."""
    names = [answer.metric.short_label for answer in answers]
    words = [re.findall(r"[^\s,()]+", name) for name in names]
    same = 0
    while all(len(each) > same + 1 and each[same] == words[0][same] for each in words):
        same += 1
    own = [" ".join(each[same:]) for each in words]
    return [name[:1].upper() + name[1:] for name in own]


def _top(answers: list[Answer], shows_count: bool) -> float:
    """Upper end of the axis: above every value; wide intervals of small months may run out of the chart."""
    name = "numerator" if shows_count else "value"
    values = pandas.concat([answer.table[name] for answer in answers]).dropna()
    highs = pandas.concat([answer.table["high"] for answer in answers]).dropna()
    largest = float(values.max()) if len(values) else 0.0
    if shows_count or not len(highs):
        return largest * 1.12 or 1.0
    return min(max(largest * 1.3, float(highs.median()) * 1.6), float(highs.max()) * 1.05) or 1.0


def period_months(answer: Answer) -> list[date]:
    """The month at which each period of an answer is drawn, in order: a month itself, the middle one of a quarter."""
    return [_month_of(answer, name) for name in _dated(answer)[answer.keys[0]]]


def _month_of(answer: Answer, period: str) -> date:
    middle = MONTHS_IN_PERIOD[Breakdown(answer.keys[0])] // 2
    return add_months(period_start(period), middle)


def _dated(answer: Answer) -> pandas.DataFrame:
    return answer.table[answer.table[answer.keys[0]].notna()]


def _draw_quarters(figure: Figure, answer: Answer, colour: str) -> None:
    """A bar from zero for each quarter, its number over it; hollow where it is covered only in part."""
    rows = [row for row in answer.rows if row[answer.keys[0]] is not None]
    months = period_months(answer)
    for is_partial in (False, True):
        across: list[datetime | None] = []
        up: list[float | None] = []
        for month, row in zip(months, rows, strict=True):
            if row["numerator"] and (row["coverage"] == Coverage.PARTIAL) is is_partial:
                middle = datetime(month.year, month.month, 1) + HALF_MONTH
                left, right, top = middle - HALF_BAR, middle + HALF_BAR, row["numerator"]
                across += [left, left, right, right, left, None]
                up += [0.0, top, top, 0.0, 0.0, None]
        if across:
            if is_partial:
                draw_line(figure, across, up, {"color": colour, "width": 2})
            else:
                draw_line(figure, across, up, {"width": 0}, fill="toself", fillcolor=colour)
    has_room = len(rows) <= MOST_NUMBERS
    counted = [
        (m, row) for m, row in zip(months, rows, strict=True) if row["numerator"] is not None
    ]
    figure.add_trace(
        Scatter(
            x=[datetime(month.year, month.month, 1) + HALF_MONTH for month, _ in counted],
            y=[row["numerator"] for _, row in counted],
            mode="text",
            text=[_over_bar(row) if has_room else "" for _, row in counted],
            textposition="top center",
            customdata=[
                f"{grain_label(answer.keys[0], row[answer.keys[0]], answer.metric, {})}<br>{_hover(answer, row)}"
                for _, row in counted
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )


def _over_bar(row: dict[str, Any]) -> str:
    """The number over a quarter's bar; a zero has no bar to be hollow, so that it is said where it is covered in part."""
    part = "<br>in part" if row["coverage"] == Coverage.PARTIAL else ""
    return f"{count_text(row['numerator'])}{part}"


def _draw(
    figure: Figure,
    answer: Answer,
    colour: str,
    colours: Palette,
    band: str,
    shows_count: bool,
) -> None:
    table, months = _dated(answer), period_months(answer)
    values = table["numerator"] if shows_count else table["value"]
    partial = list(table["coverage"] == Coverage.PARTIAL)
    if band and table["high"].notna().any():
        whole = len(table) - bool(partial and partial[-1])
        _draw_interval(figure, table[:whole], months[:whole], band)
    points = [None if pandas.isna(value) else float(value) for value in values]
    is_filling = bool(partial) and partial[-1] and len(points) > 1
    line = {"color": colour, "width": 2}
    # The last month is still filling: its point stands alone, and there is no fall to read anything into.
    draw_line(figure, months, [*points[:-1], None] if is_filling else points, line)
    figure.add_trace(
        Scatter(
            x=months,
            y=points,
            mode="markers",
            marker={
                "size": 7,
                "color": [colours.background if hollow else colour for hollow in partial],
                "line": line,
            },
            name=answer.metric.short_label,
            text=[
                f"{grain_label(answer.keys[0], row[answer.keys[0]], answer.metric, {})}<br>{_hover(answer, row)}"
                for row in answer.rows
                if row[answer.keys[0]] is not None
            ],
            hovertemplate="%{text}<extra></extra>",
        )
    )


def _draw_interval(figure: Figure, table: pandas.DataFrame, months: list[date], band: str) -> None:
    """The interval as a band, broken where there is no value: one closed shape per unbroken run."""
    rows = zip(months, table["low"], table["high"], strict=True)
    for has_limits, run in groupby(rows, lambda row: pandas.notna(row[1]) and pandas.notna(row[2])):
        if has_limits:
            there, lows, highs = (list(column) for column in zip(*run, strict=True))
            x, y = there + there[::-1], highs + lows[::-1]
            draw_line(figure, x, y, {"width": 0}, fill="toself", fillcolor=band)


def _hover(answer: Answer, row: dict[str, Any]) -> str:
    cell = Cell(**{name: row[name] for name in FIGURE_COLUMNS})
    parts = [value_text(answer.metric, cell.value)] if cell.value is not None else []
    parts += [counts_text(answer, cell), interval_text(answer.metric, cell)]
    parts += [bounds_text(answer.metric, cell)]
    if row["coverage"] == Coverage.PARTIAL:
        parts.append("covered only in part")
    return "<br>".join(part for part in parts if part)


def _draw_bands(figure: Figure, answer: Answer, colours: Palette) -> None:
    """Months that have no point, as bands that say why: no records at all, or hidden."""
    table, key = _dated(answer), answer.keys[0]
    gaps = table[table["coverage"] == Coverage.GAP][key]
    hidden = table[table["status"] == Status.SUPPRESSED][key]
    length = MONTHS_IN_PERIOD[Breakdown(key)]
    for periods, words in ((gaps, "no records"), (hidden, HIDDEN)):
        starts = [period_start(each) for each in periods]
        every = [add_months(start, more) for start in starts for more in range(length)]
        draw_bands(figure, every, words, colours)


def draw_bands(figure: Figure, months: list[date], words: str, colours: Palette) -> None:
    """A grey band with its reason over every unbroken run of months that have no point."""
    for first, last in _runs(months):
        # Half a month on either side, so that the neighbours' points stand outside.
        start, end = first - HALF_MONTH, last + HALF_MONTH
        figure.add_vrect(x0=start, x1=end, fillcolor=colours.gap, line_width=0, layer="below")
        figure.add_annotation(
            x=start,
            xanchor="left",
            y=1,
            yref="paper",
            yanchor="top",
            text=words,
            showarrow=False,
            textangle=-90,
            font={"size": 12, "color": colours.muted},
        )


def _runs(months: list[date]) -> list[tuple[date, date]]:
    """First and last month of every unbroken run, in order."""
    runs: list[tuple[date, date]] = []
    for month in months:
        if runs and add_months(runs[-1][1], 1) == month:
            runs[-1] = (runs[-1][0], month)
        else:
            runs.append((month, month))
    return runs


def changes_between(
    changes: list[ProgramChange], answer: Answer
) -> list[tuple[str, ProgramChange]]:
    """The changes that lie in the months of an answer, each with its mark on the chart: ▲1, ▲2 ..."""
    months = [period_start(name) for name in _dated(answer)[answer.keys[0]]]
    if not months:
        return []
    length = MONTHS_IN_PERIOD[Breakdown(answer.keys[0])]
    return marked_changes(changes, months[0], add_months(months[-1], length))


def marked_changes(
    changes: list[ProgramChange], first: date, after: date
) -> list[tuple[str, ProgramChange]]:
    """The changes from a day on and before another, each with its mark on the chart."""
    inside = [change for change in changes if first <= change.change_date < after]
    return [(f"▲{number}", change) for number, change in enumerate(inside, start=1)]


def draw_changes(
    figure: Figure, changes: list[tuple[str, ProgramChange]], colours: Palette
) -> None:
    """Program changes as dated marks under the axis; what changed is told in words beside the chart."""
    if not changes:
        return
    figure.update_layout(height=HEIGHT + CHANGE_ROW, margin={"b": AXIS_ROOM + CHANGE_ROW})
    for mark, change in changes:
        day = change.change_date
        figure.add_vline(x=day, line={"color": colours.muted, "width": 1, "dash": "dot"})
        figure.add_annotation(
            x=day,
            y=0,
            yref="paper",
            yshift=-AXIS_ROOM,
            yanchor="top",
            text=mark,
            showarrow=False,
            font={"size": 12, "color": colours.muted},
        )
