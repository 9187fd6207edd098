"""The heat map of completeness: one row per field, one column per month or program, dark where much is lacking."""

from datetime import date
from html import escape

from plotly.graph_objects import Figure, Heatmap

from outcomes.analyses.data_quality.report import QualityReport, is_by_month
from outcomes.analyses.data_quality.text import FIELD_WORDS, field_words, filled_words
from outcomes.presentation.charts.theme import Palette, apply_layout, name_rows, palette

ROW_HEIGHT = 24
HEAD_ROOM = 60
# Lower ends of the bands, and what they are called; what is lacking stands out, what is full is pale.
BANDS = {0.0: "under 50%", 0.5: "50 to 80%", 0.8: "80 to 95%", 0.95: "95% and over"}
COLOURS = {
    False: ("#B84A00", "#E89B5F", "#8FB2DC", "#CFDFF2"),
    True: ("#F0995A", "#A85F2C", "#3E6699", "#223A5A"),
}
# Columns of one program: more would be too thin to see on a phone.
MOST_MONTHS = 36


def completeness_figure(
    reports: tuple[QualityReport, ...], months: list[date], is_dark: bool
) -> Figure:
    """Completeness by field and month of one log, or by field and program of several.

    Only fields that some log records are drawn. A cell that is hidden or has no records is left open.
    """
    colours = palette(is_dark)
    fields = [
        name for name in FIELD_WORDS if any(name in report.recorded_shares for report in reports)
    ]
    shown = months[-MOST_MONTHS:]
    columns = _columns(reports, shown)
    heads = [head for head, _ in columns]
    shares = [[column.get(name) for _, column in columns] for name in fields]
    figure = Figure(
        Heatmap(
            z=[[None if share is None else _band(share) for share in row] for row in shares],
            x=heads,
            y=[field_words(name) for name in fields],
            zmin=-0.5,
            zmax=len(BANDS) - 0.5,
            colorscale=_steps(COLOURS[is_dark]),
            xgap=1,
            ygap=1,
            hoverongaps=True,
            text=[[_cell_words(share) for share in row] for row in shares],
            hovertemplate="%{y}, %{x}<br>%{text}<extra></extra>",
            showscale=False,
        )
    )
    apply_layout(figure, is_dark, HEAD_ROOM + ROW_HEIGHT * len(fields))
    if is_by_month(reports):
        _mark_gaps(figure, reports[0], shown, colours)
        # Few enough to stand side by side on a phone.
        places = sorted({0, len(heads) // 2, len(heads) - 1}) if heads else []
        figure.update_xaxes(tickvals=[heads[place] for place in places], tickangle=0)
    figure.update_xaxes(showgrid=False)
    name_rows(figure, is_dark, autorange="reversed")
    return figure


def one_band(reports: tuple[QualityReport, ...], months: list[date]) -> str:
    """The band that all cells of the map are in: '95% and over'; empty where they differ, or there is none."""
    columns = [column for _, column in _columns(reports, months[-MOST_MONTHS:])]
    bands = {
        _band(share)
        for column in columns
        for name, share in column.items()
        if name in FIELD_WORDS and share is not None
    }
    return list(BANDS.values())[bands.pop()] if len(bands) == 1 else ""


def _columns(
    reports: tuple[QualityReport, ...], shown: list[date]
) -> list[tuple[str, dict[str, float | None]]]:
    """Head and shares by field of each column: the months of one log, or the programs of several."""
    if is_by_month(reports):
        return [(f"{month:%b %Y}", reports[0].by_month.get(month, {})) for month in shown]
    return [(escape(report.program.program_name), report.recorded_shares) for report in reports]


def _mark_gaps(figure: Figure, report: QualityReport, shown: list[date], colours: Palette) -> None:
    """Months without records, as bands that say so."""
    for place, month in enumerate(shown):
        if f"{month:%Y-%m}" not in report.missing_months:
            continue
        figure.add_vrect(
            x0=place - 0.5, x1=place + 0.5, fillcolor=colours.gap, line_width=0, layer="below"
        )
        if place == 0 or f"{shown[place - 1]:%Y-%m}" not in report.missing_months:
            figure.add_annotation(
                x=place,
                y=1,
                yref="paper",
                yanchor="top",
                text="no records",
                showarrow=False,
                textangle=-90,
                font={"size": 12, "color": colours.muted},
            )


def legend(is_dark: bool) -> list[tuple[str, str]]:
    """Colour and meaning of each band, the fullest first."""
    return list(zip(COLOURS[is_dark], BANDS.values(), strict=True))[::-1]


def _band(share: float) -> int:
    return max(place for place, lowest in enumerate(BANDS) if share >= lowest)


def _steps(colours: tuple[str, ...]) -> list[list[float | str]]:
    """A colour scale without transitions: one colour for each band."""
    count = len(colours)
    return [
        [end / count, colour] for place, colour in enumerate(colours) for end in (place, place + 1)
    ]


def _cell_words(share: float | None) -> str:
    return "hidden, or no records" if share is None else f"filled on {filled_words(share)}"
