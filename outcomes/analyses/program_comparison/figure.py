"""Programs against each other: the funnel around all of them together, and observed over expected at equal call mix."""

from dataclasses import dataclass
from html import escape
from typing import Any

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.program_comparison.analysis import ComparedProgram, ProgramComparison
from outcomes.analyses.program_comparison.text import position_words, ratio_words
from outcomes.presentation.charts.point_names import Side, name_point, sides_of_names
from outcomes.presentation.charts.theme import (
    Palette,
    apply_layout,
    draw_line,
    error_bars,
    name_over_row,
    palette,
    set_number_ticks,
)
from outcomes.presentation.format import part_of
from outcomes.statistics.funnel_plot import (
    Funnel,
    FunnelLimits,
    FunnelPosition,
    share_funnel_limits,
)

HEIGHT = 440
# Sizes of program at which the limits are worked out.
STEPS = 60
ROW_HEIGHT, LIFT = 62, 24
# Shares from this one on are drawn without zero.
FROM_ZERO = 0.5
# Pixels of the height that the axis, its title and the margins take.
AXES = 76


def funnel_plot_figure(
    comparison: ProgramComparison, is_dark: bool, marked: tuple[str, ...] = ()
) -> Figure:
    """Share by number of cases: a named point for each program, all together as a line, limits that narrow with size."""
    figure = Figure()
    shown = _drawn(comparison)
    if comparison.funnel is None or not shown:
        return apply_layout(figure, is_dark, HEIGHT)
    frame = _frame(comparison.funnel, shown)
    _draw_limits(figure, comparison.funnel, frame, palette(is_dark))
    _draw_programs(figure, comparison, marked, palette(is_dark))
    apply_layout(figure, is_dark, HEIGHT)
    set_number_ticks(figure, "x", 0, frame.most, whole=True)
    figure.update_xaxes(title={"text": "Number of cases"})
    set_number_ticks(figure, "y", frame.floor, frame.top, is_share=True)
    for one, side in _named(comparison, marked):
        if side:
            is_own = (one.program_id,) == marked
            colours = palette(is_dark)
            color = colours.accent if is_own else colours.text
            words = escape(one.short_name)
            words = f"<b>{words}</b>" if is_own else words
            name_point(
                figure, one.cases or 0, one.share or 0.0, words, color, colours.background, side
            )
    return figure


def without_name(comparison: ProgramComparison, marked: tuple[str, ...]) -> list[str]:
    """Names of programs for whose names the chart has no room."""
    return [one.name for one, side in _named(comparison, marked) if side is None]


def _drawn(comparison: ProgramComparison) -> list[ComparedProgram]:
    return [one for one in comparison.programs if one.unit and one.unit.value is not None]


def _named(
    comparison: ProgramComparison, marked: tuple[str, ...]
) -> list[tuple[ComparedProgram, Side | None]]:
    """Each program of the chart with the side of its point that its name has; the marked one is placed first."""
    shown = sorted(_drawn(comparison), key=lambda one: (one.program_id,) != marked)
    if comparison.funnel is None or not shown:
        return []
    frame = _frame(comparison.funnel, shown)
    points = [
        (
            (one.cases or 0) / frame.most,
            ((one.share or 0.0) - frame.floor) / (frame.top - frame.floor),
        )
        for one in shown
    ]
    names = [one.short_name for one in shown]
    return list(zip(shown, sides_of_names(points, names, HEIGHT - AXES), strict=True))


@dataclass(frozen=True)
class _Frame:
    """What the funnel is drawn in: its axes, and the limits at sizes between the smallest and the largest program."""

    most: float
    floor: float
    top: float
    sizes: tuple[int, ...]
    limits: tuple[FunnelLimits, ...]


def _frame(funnel: Funnel, shown: list[ComparedProgram]) -> _Frame:
    cases = [one.cases or 0 for one in shown]
    first, last = max(1, min(cases) // 2), max(cases) * 1.08
    sizes = [round(first + (last - first) * (step / STEPS) ** 2) for step in range(STEPS + 1)]
    limits = [
        share_funnel_limits(funnel.target, size, funnel.excess.variance_between, len(shown))
        for size in sizes
    ]
    shares = [one.share or 0.0 for one in shown]
    lowest = min(*shares, *(limit.outer_low for limit in limits))
    highest = max(*shares, *(limit.outer_high for limit in limits))
    # Rare events from zero; of a share that nearly all have, zero would leave no room for what differs.
    is_rare = funnel.target < FROM_ZERO
    floor = 0.0 if is_rare else lowest - 0.08 * (highest - lowest)
    top = highest + 0.08 * (highest - floor)
    return _Frame(max(cases) * 1.1, floor, top, tuple(sizes), tuple(limits))


def _draw_limits(figure: Figure, funnel: Funnel, frame: _Frame, colours: Palette) -> None:
    """The limits from the smallest program's size to the largest's, and all together as a line."""
    for name, dash in (("outer", "solid"), ("inner", "dash")):
        for end in ("low", "high"):
            ends = [getattr(limit, f"{name}_{end}") for limit in frame.limits]
            line = {"color": colours.quiet, "dash": dash, "width": 1.5}
            draw_line(figure, list(frame.sizes), ends, line)
    figure.add_hline(y=funnel.target, line={"color": colours.text, "dash": "dot", "width": 1})


def _draw_programs(
    figure: Figure, comparison: ProgramComparison, marked: tuple[str, ...], colours: Palette
) -> None:
    """A point for each program; those outside the limits differ in shape and color, the marked one has the accent."""
    shown = _drawn(comparison)
    positions = [one.unit.position for one in shown if one.unit]
    is_out = [position is not FunnelPosition.WITHIN for position in positions]
    is_own = [(one.program_id,) == marked for one in shown]
    figure.add_trace(
        Scatter(
            x=[one.cases or 0 for one in shown],
            y=[one.share for one in shown],
            mode="markers",
            marker=_told_apart(is_out, is_own, colours),
            customdata=[
                f"{escape(one.name)}: {part_of(one.count or 0, one.cases or 0)}, {position_words(comparison, position)}"
                for one, position in zip(shown, positions, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )


def _told_apart(is_out: list[bool], is_own: list[bool], colours: Palette) -> dict[str, Any]:
    """Marks of points: the reader's own in the accent, those outside in a second color and shape, the others gray."""
    return {
        "size": [13 if own else 11 for own in is_own],
        "symbol": ["diamond" if out else "circle" for out in is_out],
        "color": [
            colours.accent if own else colours.second if out else colours.muted
            for out, own in zip(is_out, is_own, strict=True)
        ],
    }


def equal_mix_figure(
    comparison: ProgramComparison, is_dark: bool, marked: tuple[str, ...] = ()
) -> Figure:
    """Observed over expected of each program by name, with its limits; the dotted line is as expected."""
    colours = palette(is_dark)
    rows = [
        (one, found, found.interval)
        for one in comparison.programs
        if (found := one.standardised) and found.interval
    ]
    figure = Figure()
    if not rows:
        return apply_layout(figure, is_dark, HEIGHT)
    is_out = [not interval.low <= 1 <= interval.high for _, _, interval in rows]
    is_own = [(one.program_id,) == marked for one, _, _ in rows]
    figure.add_trace(
        Scatter(
            x=[found.ratio for _, found, _ in rows],
            y=list(range(len(rows))),
            mode="markers",
            marker=_told_apart(is_out, is_own, colours),
            error_x=error_bars(
                [interval.high - (found.ratio or 0) for _, found, interval in rows],
                [(found.ratio or 0) - interval.low for _, found, interval in rows],
                colours.quiet,
                thickness=3,
            ),
            hoverinfo="skip",
        )
    )
    apply_layout(figure, is_dark, 60 + ROW_HEIGHT * len(rows))
    for place, (one, found, _) in enumerate(rows):
        name = f"▸ {one.name}" if is_own[place] else one.name
        name_over_row(figure, is_dark, place, name, ratio_words(found), LIFT)
    figure.add_vline(x=1, line={"color": colours.text, "dash": "dot", "width": 1})
    low, high = min(each.low for *_, each in rows), max(each.high for *_, each in rows)
    first, last = min(low, 1.0), max(high, 1.0)
    spare = 0.1 * (last - first)
    begin = 0.0 if low < FROM_ZERO else first - spare
    set_number_ticks(figure, "x", begin, last + spare, unit="times")
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.8])
    return figure
