"""Names at the ends of lines: at the height of the end, never on each other, within the field, and whole in an image."""

import pytest
from plotly.graph_objects import Figure, Scatter

from outcomes.presentation.charts.line_ends import LineEnd, name_line_ends, spread
from outcomes.presentation.charts.picture import PictureWords, picture_of
from outcomes.presentation.charts.theme import apply_layout, set_number_ticks


@pytest.mark.parametrize(
    ("places", "heights", "said"),
    [
        ([50, 200], [16, 32], [50, 200]),
        # the second would cover the first, whichever comes first in the list
        ([100, 104], [16, 32], [100, 124]),
        ([104, 100], [16, 32], [124, 100]),
        # both move down where the upper one would leave the field
        ([298, 296], [16, 16], [292, 276]),
    ],
)
def test_names_are_moved_no_more_than_they_must(places, heights, said):
    assert spread(places, heights, 300) == said


def test_each_line_is_named_right_of_the_field_and_the_image_keeps_room():
    figure = Figure(Scatter(x=[0, 1], y=[1.0, 2.0], mode="lines"))
    apply_layout(figure, is_dark=False, height=300)
    set_number_ticks(figure, "x", 0, 1)
    set_number_ticks(figure, "y", 0, 4)
    ends = [LineEnd("Median", 2.0, "#1B4F8F"), LineEnd("90th percentile", 3.0, "#B84A00")]
    name_line_ends(figure, ends, 4, 200)
    names = {note.text: (note.x, note.y) for note in figure.layout.annotations}
    assert names == {"<b>Median</b>": (1, 0.5), "<b>90th<br>percentile</b>": (1, 0.75)}
    longest = len("percentile") * 13 / 2
    assert figure.layout.margin.r > longest
    assert picture_of(figure, PictureWords("", (), ()))["drawing"]["room_right"] > longest
