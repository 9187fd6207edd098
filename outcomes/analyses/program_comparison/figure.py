"""Programs against each other: the funnel around all of them together, and observed over expected at equal call mix."""

from html import escape

from plotly.graph_objects import Figure, Scatter

from outcomes.analyses.program_comparison.analysis import ProgramComparison
from outcomes.analyses.program_comparison.tables import letters
from outcomes.analyses.program_comparison.text import POSITION_WORDS, ratio_words
from outcomes.presentation.charts.theme import apply_layout, name_over_row, palette
from outcomes.presentation.format import part_of
from outcomes.statistics.funnel_plot import FunnelPosition, share_funnel_limits

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
    colours = palette(is_dark)
    figure = Figure()
    funnel = comparison.funnel
    shown = [one for one in comparison.programs if one.unit and one.unit.value is not None]
    if funnel is None or not shown:
        return apply_layout(figure, is_dark, HEIGHT)
    marks = letters(comparison)
    sizes = [one.cases or 0 for one in shown]
    first, last = max(1, min(sizes) // 2), max(sizes) * 1.08
    places = [round(first + (last - first) * (step / STEPS) ** 2) for step in range(STEPS + 1)]
    limits = [
        share_funnel_limits(funnel.target, size, funnel.excess.variance_between) for size in places
    ]
    for name, dash in (("outer", "solid"), ("inner", "dash")):
        for end in ("low", "high"):
            figure.add_trace(
                Scatter(
                    x=places,
                    y=[getattr(limit, f"{name}_{end}") for limit in limits],
                    mode="lines",
                    line={"color": colours.quiet, "dash": dash, "width": 1.5},
                    hoverinfo="skip",
                )
            )
    figure.add_hline(y=funnel.target, line={"color": colours.text, "dash": "dot", "width": 1})
    is_out = [
        one.unit is not None and one.unit.position is not FunnelPosition.WITHIN for one in shown
    ]
    figure.add_trace(
        Scatter(
            x=sizes,
            y=[one.share for one in shown],
            mode="markers+text",
            text=[f"<b>{marks[one.program_id]}</b>" for one in shown],
            textposition="top center",
            textfont={"color": colours.text, "size": 14},
            marker={
                "size": 11,
                "symbol": ["diamond" if out else "circle" for out in is_out],
                "color": [colours.second if out else colours.accent for out in is_out],
                "line": {
                    "color": colours.text,
                    "width": [RING if (one.program_id,) == marked else 0 for one in shown],
                },
            },
            customdata=[
                f"{escape(one.name)}: {part_of(one.count or 0, one.cases or 0)}, "
                f"{POSITION_WORDS[one.unit.position] if one.unit else ''}"
                for one in shown
            ],
            hovertemplate="%{customdata}<extra></extra>",
        )
    )
    apply_layout(figure, is_dark, HEIGHT)
    figure.update_xaxes(title={"text": "Number of cases"}, rangemode="tozero", tickformat=",")
    shares = [one.share or 0.0 for one in shown]
    lowest = min(*shares, *(limit.outer_low for limit in limits))
    highest = max(*shares, *(limit.outer_high for limit in limits))
    # Rare events from zero; of a share that nearly all have, zero would leave no room for what differs.
    floor = 0.0 if funnel.target < FROM_ZERO else lowest - 0.08 * (highest - lowest)
    figure.update_yaxes(
        tickformat=f".{comparison.metric.decimals}%",
        range=[floor, highest + 0.08 * (highest - floor)],
    )
    return figure


def equal_mix_figure(
    comparison: ProgramComparison, is_dark: bool, marked: tuple[str, ...] = ()
) -> Figure:
    """Observed over expected of each program by name, with its limits; the dotted line is as expected."""
    colours = palette(is_dark)
    rows = [
        (f"▸ {one.name}" if (one.program_id,) == marked else one.name, one.standardised)
        for one in comparison.programs
        if one.standardised and one.standardised.interval
    ]
    places = list(range(len(rows)))
    figure = Figure()
    if not rows:
        return apply_layout(figure, is_dark, HEIGHT)
    is_out = [
        found.interval is not None and not found.interval.low <= 1 <= found.interval.high
        for _, found in rows
    ]
    figure.add_trace(
        Scatter(
            x=[found.ratio for _, found in rows],
            y=places,
            mode="markers",
            marker={
                "size": 11,
                "symbol": ["diamond" if out else "circle" for out in is_out],
                "color": [colours.second if out else colours.accent for out in is_out],
            },
            error_x={
                "type": "data",
                "symmetric": False,
                "array": [
                    found.interval.high - (found.ratio or 0) for _, found in rows if found.interval
                ],
                "arrayminus": [
                    (found.ratio or 0) - found.interval.low for _, found in rows if found.interval
                ],
                "color": colours.accent,
                "thickness": 3,
                "width": 0,
            },
            hoverinfo="skip",
        )
    )
    apply_layout(figure, is_dark, 60 + ROW_HEIGHT * len(rows))
    for place, (name, found) in zip(places, rows, strict=True):
        name_over_row(figure, is_dark, place, name, ratio_words(found), LIFT)
    figure.add_vline(x=1, line={"color": colours.text, "dash": "dot", "width": 1})
    ends = [
        end
        for _, found in rows
        if found.interval
        for end in (found.interval.low, found.interval.high)
    ]
    if min(ends) < FROM_ZERO:
        figure.update_xaxes(rangemode="tozero")
    else:
        spare = 0.1 * (max(*ends, 1.0) - min(*ends, 1.0))
        figure.update_xaxes(range=[min(*ends, 1.0) - spare, max(*ends, 1.0) + spare])
    figure.update_yaxes(visible=False, range=[len(rows) - 0.5, -0.8])
    return figure
