"""The week as a map of eligible calls, with the hours in which the team works outlined."""

from plotly.graph_objects import Figure

from outcomes.analyses.demand.analysis import Demand
from outcomes.analyses.demand.service_hours import staffed_hours
from outcomes.analyses.demand.text import place_texts, week_rows, what_words
from outcomes.presentation.charts.theme import palette
from outcomes.presentation.charts.week import Square, draw_squares, lay_out_week
from outcomes.presentation.format import HIDDEN

ROW_HEIGHTS = {1: 22, 6: 52}


def week_figure(found: Demand, what: str, is_dark: bool) -> Figure:
    """Squares of the week, hours down and weekdays across: the bluer, the more calls, from zero.

    The count stands in each square, a dash in those that are hidden. A frame is around every run of hours in
    which the team works at the end of the period; a bar at its side where a square is six hours.
    """
    texts, rows = place_texts(found, what), week_rows(found)
    counts = {place: calls.of(what) if calls else None for place, calls in found.places.items()}
    figure = Figure()
    for is_shown in (False, True):
        draw_squares(
            figure,
            rows,
            {
                place: Square(count or 0, texts[place].replace(HIDDEN, "–"))
                for place, count in counts.items()
                if (count is not None) is is_shown
            },
            most=max([count or 0 for count in counts.values()] + [1]),
            hover=f"{what_words(what)}: %{{text}}" if is_shown else "hidden to protect people",
            is_dark=is_dark,
            is_colored=is_shown,
            gap=3,
        )
    _frame_staffed_hours(figure, found, is_dark)
    return lay_out_week(
        figure, rows, ROW_HEIGHTS[found.hours_each], 3 if found.hours_each == 1 else 1, is_dark
    )


def _frame_staffed_hours(figure: Figure, found: Demand, is_dark: bool) -> None:
    color = palette(is_dark).second
    for day, first, after in _staffed_runs(found):
        figure.add_shape(
            type="rect",
            x0=day - 1.48,
            # Across a square of six hours a frame would strike its number through: a bar stands at its side instead.
            x1=day - (0.52 if found.hours_each == 1 else 1.42),
            y0=first / found.hours_each - 0.5,
            y1=after / found.hours_each - 0.5,
            fillcolor=None if found.hours_each == 1 else color,
            line={"color": color, "width": 2},
        )


def _staffed_runs(found: Demand) -> list[tuple[int, int, int]]:
    """Weekday, first hour and the hour after the last of every run of staffed hours."""
    staffed = staffed_hours(found.hours_now)
    runs = []
    for day in range(1, 8):
        start = None
        for hour in range(25):
            is_staffed = (day, hour) in staffed
            if is_staffed and start is None:
                start = hour
            if not is_staffed and start is not None:
                runs.append((day, start, hour))
                start = None
    return runs
