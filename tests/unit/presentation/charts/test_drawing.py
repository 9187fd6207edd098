"""A chart as data and as an image: places by hand, nothing left out, nothing in a log read as markup."""

from datetime import date

import pytest
from plotly.graph_objects import Bar, Figure, Heatmap, Pie, Scatter

from outcomes.presentation.charts.drawing import drawing_of, text_of
from outcomes.presentation.charts.picture import PictureWords, picture_of, png_of, svg_of
from outcomes.presentation.charts.theme import (
    apply_layout,
    error_bars,
    round_numbers,
    set_month_ticks,
    set_number_ticks,
)
from outcomes.presentation.format import tick_texts

WORDS = PictureWords(
    "Served 3 of 4 (75.0%) & more",
    ("Test City", "Jan 2025 to Feb 2025"),
    ('Source: #link("https://evil.example") $x$ *bold* \\ "quoted".',),
    "Made-up demonstration data, no real calls.",
    ("● ours",),
    (("#B84A00", "under 50%"),),
)


def by_month() -> Figure:
    days = [date(2025, 1, 1), date(2025, 2, 1), date(2025, 3, 1)]
    figure = Figure(Scatter(x=days, y=[1.0, None, 3.0], mode="lines+markers"))
    apply_layout(figure, is_dark=False, height=300)
    set_number_ticks(figure, "y", 0, 4, unit="min")
    set_month_ticks(figure, days[0], days[-1])
    figure.update_xaxes(range=[days[0], days[-1]])
    return figure


def test_points_stand_where_their_values_are():
    drawing = drawing_of(by_month())
    assert [(mark.x, mark.y) for mark in drawing.marks] == [(0.0, 0.25), (1.0, 0.75)]
    # Broken where there is no value.
    assert [stroke.points for stroke in drawing.strokes] == [((0.0, 0.25),), ((1.0, 0.75),)]
    ticks = {tick.text: tick.place for tick in drawing.y.ticks}
    assert ticks[text_of("4 min")] == 1.0
    assert ticks[text_of("2")] == 0.5
    assert [tick.text for tick in drawing.x.ticks] == [
        text_of("Jan<br>2025"), text_of("Feb"), text_of("Mar")
    ]  # fmt: skip


def test_an_interval_that_runs_out_of_the_chart_is_told():
    figure = Figure(
        Scatter(
            x=[5.0], y=["Area"], mode="markers", error_x=error_bars([20.0], [1.0], "#000000")
        )
    )  # fmt: skip
    set_number_ticks(figure, "x", 0, 10)
    drawing = drawing_of(figure)
    assert (drawing.marks[0].low, drawing.marks[0].high) == (0.4, 2.5)
    assert drawing.is_cut
    assert b"runs on" not in svg_of(picture_of(by_month(), WORDS))


def test_bars_and_squares_are_areas_with_their_words():
    bars = Figure(
        Bar(
            x=[2, 4],
            y=["a", "b"],
            orientation="h",
            text=["<b>2</b>", "4"],
            marker={"color": ["#111111"] * 2},
        )
    )
    bars.update_xaxes(visible=False, range=[0, 8])
    drawing = drawing_of(bars)
    assert [(area.x0, area.x1) for area in drawing.areas] == [(0.0, 0.25), (0.0, 0.5)]
    assert [label.text for label in drawing.labels] == [(((True, "2"),),), (((False, "4"),),)]
    squares = Figure(
        Heatmap(
            z=[[0, None], [5, 10]],
            x=["a", "b"],
            y=["c", "d"],
            zmin=0,
            zmax=10,
            colorscale=["#000000", "#0000FF"],
        )
    )
    assert [area.fill for area in drawing_of(squares).areas] == ["#000000", "#000080", "#0000FF"]


def test_what_cannot_be_drawn_is_an_error_and_never_left_out():
    with pytest.raises(ValueError, match=r"found \[pie\]"):
        drawing_of(Figure(Pie(values=[1])))
    with pytest.raises(ValueError, match="ticks of the x axis"):
        drawing_of(Figure(Scatter(x=[1], y=[2], mode="markers")))


def test_an_image_says_what_it_is_and_reads_no_markup():
    drawn = svg_of(picture_of(by_month(), WORDS)).decode()
    assert 'role="img"' in drawn.split(">", 1)[0]
    assert '<title id="title">Served 3 of 4 (75.0%) &amp; more</title>' in drawn
    assert "Made-up demonstration data, no real calls." in drawn
    assert "<a " not in drawn
    assert drawn == svg_of(picture_of(by_month(), WORDS)).decode()
    picture = png_of(picture_of(by_month(), WORDS))
    assert picture.startswith(b"\x89PNG")
    assert int.from_bytes(picture[16:20], "big") == 1920


@pytest.mark.parametrize(
    ("low", "high", "expected"),
    [
        (0, 4.3, ["0", "1", "2", "3", "4"]),
        (0, 0.056, ["0%", "1%", "2%", "3%", "4%", "5%"]),
        (0, 0.0112, ["0%", "0.2%", "0.4%", "0.6%", "0.8%", "1.0%"]),
        (0, 2600, ["0", "500", "1,000", "1,500", "2,000", "2,500"]),
        (0.72, 0.88, ["75%", "80%", "85%"]),
    ],
)
def test_ticks_are_round_numbers(low: float, high: float, expected: list[str]):
    is_share = "%" in expected[0]
    assert tick_texts(round_numbers(low, high), is_share=is_share) == expected


def test_months_are_few_and_years_begin_at_january():
    figure = Figure()
    set_month_ticks(figure, date(2024, 11, 1), date(2025, 10, 1))
    assert list(figure.layout.xaxis.ticktext) == [
        "Nov<br>2024", "Jan<br>2025", "Mar", "May", "Jul", "Sep"
    ]  # fmt: skip
    set_month_ticks(figure, date(2015, 3, 1), date(2025, 10, 1))
    assert list(figure.layout.xaxis.ticktext) == ["2016", "2018", "2020", "2022", "2024"]
