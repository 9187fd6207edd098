"""Programs against each other: the funnel around all of them together, and observed over expected at equal call mix."""

from html import escape
from typing import Any

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.program_comparison.analysis import ComparedProgram, ProgramComparison
from outcomes.analyses.program_comparison.tables import letters
from outcomes.analyses.program_comparison.text import position_words, ratio_words
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
RING = 3


def funnel_plot_figure(
    comparison: ProgramComparison, is_dark: bool, marked: tuple[str, ...] = ()
) -> Figure:
    """Share by number of cases: a letter for each program, all together as a line, limits that narrow with size."""
    figure = Figure()
    shown = [one for one in comparison.programs if one.unit and one.unit.value is not None]
    if comparison.funnel is None or not shown:
        return apply_layout(figure, is_dark, HEIGHT)
    limits = _draw_limits(figure, comparison.funnel, shown, palette(is_dark))
    _draw_programs(figure, comparison, shown, marked, palette(is_dark))
    apply_layout(figure, is_dark, HEIGHT)
    most = max(one.cases or 0 for one in shown)
    set_number_ticks(figure, "x", 0, most * 1.1, whole=True)
    figure.update_xaxes(title={"text": "Number of cases"})
    shares = [one.share or 0.0 for one in shown]
    lowest = min(*shares, *(limit.outer_low for limit in limits))
    highest = max(*shares, *(limit.outer_high for limit in limits))
    # Rare events from zero; of a share that nearly all have, zero would leave no room for what differs.
    is_rare = comparison.funnel.target < FROM_ZERO
    floor = 0.0 if is_rare else lowest - 0.08 * (highest - lowest)
    top = highest + 0.08 * (highest - floor)
    set_number_ticks(figure, "y", floor, top, is_share=True)
    return figure


def _draw_limits(
    figure: Figure, funnel: Funnel, shown: list[ComparedProgram], colours: Palette
) -> list[FunnelLimits]:
    """The limits that were drawn, from the smallest program's size to the largest's, and all together as a line."""
    sizes = [one.cases or 0 for one in shown]
    first, last = max(1, min(sizes) // 2), max(sizes) * 1.08
    places = [round(first + (last - first) * (step / STEPS) ** 2) for step in range(STEPS + 1)]
    limits = [
        share_funnel_limits(funnel.target, size, funnel.excess.variance_between, len(shown))
        for size in places
    ]
    for name, dash in (("outer", "solid"), ("inner", "dash")):
        for end in ("low", "high"):
            ends = [getattr(limit, f"{name}_{end}") for limit in limits]
            draw_line(figure, places, ends, {"color": colours.quiet, "dash": dash, "width": 1.5})
    figure.add_hline(y=funnel.target, line={"color": colours.text, "dash": "dot", "width": 1})
    return limits


def _draw_programs(
    figure: Figure,
    comparison: ProgramComparison,
    shown: list[ComparedProgram],
    marked: tuple[str, ...],
    colours: Palette,
) -> None:
    """A letter for each program; those outside the limits differ in shape and color, the marked one has a ring."""
    marks = letters(comparison)
    positions = [one.unit.position for one in shown if one.unit]
    is_out = [position is not FunnelPosition.WITHIN for position in positions]
    figure.add_trace(
        Scatter(
            x=[one.cases or 0 for one in shown],
            y=[one.share for one in shown],
            mode="markers+text",
            text=[f"<b>{marks[one.program_id]}</b>" for one in shown],
            textposition="top center",
            textfont={"color": colours.text, "size": 14},
            marker={
                **_told_apart(is_out, colours),
                "line": {
                    "color": colours.text,
                    "width": [RING if (one.program_id,) == marked else 0 for one in shown],
                },
            },
            customdata=[
                f"{escape(one.name)}: {part_of(one.count or 0, one.cases or 0)}, {position_words(comparison, position)}"
                for one, position in zip(shown, positions, strict=True)
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )


def _told_apart(is_out: list[bool], colours: Palette) -> dict[str, Any]:
    return {
        "size": 11,
        "symbol": ["diamond" if out else "circle" for out in is_out],
        "color": [colours.second if out else colours.accent for out in is_out],
    }


def equal_mix_figure(
    comparison: ProgramComparison, is_dark: bool, marked: tuple[str, ...] = ()
) -> Figure:
    """Observed over expected of each program by name, with its limits; the dotted line is as expected."""
    colours = palette(is_dark)
    rows = [
        (f"▸ {one.name}" if (one.program_id,) == marked else one.name, found, found.interval)
        for one in comparison.programs
        if (found := one.standardised) and found.interval
    ]
    figure = Figure()
    if not rows:
        return apply_layout(figure, is_dark, HEIGHT)
    is_out = [not interval.low <= 1 <= interval.high for _, _, interval in rows]
    figure.add_trace(
        Scatter(
            x=[found.ratio for _, found, _ in rows],
            y=list(range(len(rows))),
            mode="markers",
            marker=_told_apart(is_out, colours),
            error_x=error_bars(
                [interval.high - (found.ratio or 0) for _, found, interval in rows],
                [(found.ratio or 0) - interval.low for _, found, interval in rows],
                colours.accent,
                thickness=3,
            ),
            hoverinfo="skip",
        )
    )
    apply_layout(figure, is_dark, 60 + ROW_HEIGHT * len(rows))
    for place, (name, found, _) in enumerate(rows):
        name_over_row(figure, is_dark, place, name, ratio_words(found), LIFT)
    figure.add_vline(x=1, line={"color": colours.text, "dash": "dot", "width": 1})
    low, high = min(each.low for *_, each in rows), max(each.high for *_, each in rows)
    first, last = min(low, 1.0), max(high, 1.0)
    spare = 0.1 * (last - first)
    begin = 0.0 if low < FROM_ZERO else first - spare
    set_number_ticks(figure, "x", begin, last + spare, unit="times")
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.8])
    return figure
