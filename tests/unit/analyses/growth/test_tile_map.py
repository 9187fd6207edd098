"""The map of the states: the same tiles on the page and in its image, each with its number."""

import re
from dataclasses import replace
from datetime import date

import pytest

from outcomes.analyses.growth.analysis import growth
from outcomes.analyses.growth.exhibits import states_exhibit
from outcomes.analyses.growth.text import lately_sentence
from outcomes.presentation.charts.drawing import drawing_of
from outcomes.presentation.citation import About
from outcomes.presentation.taken_away import image_of
from outcomes.registry.counting_rule import CountingRule
from outcomes.registry.database import live_registry

MONTH = date(2026, 6, 1)


@pytest.mark.parametrize("measure", ["programs", "per_million"])
def test_the_image_has_the_tiles_of_the_page(measure: str):
    exhibit = states_exhibit(CountingRule(), MONTH, measure, live_registry())
    (chart,) = exhibit.charts
    on_page = re.findall(
        r"background:(#\w+);color:#\w+\">\s*<b>(\w\w)</b><span>([\d.]+)",
        chart.figure(is_dark=False),
    )
    drawing = drawing_of(chart.for_image())
    said = [[line[0][1] for line in label.text] for label in drawing.labels]
    assert len(on_page) == 51
    assert [[state, number] for _, state, number in on_page] == said
    assert [area.fill.lower() for area in drawing.areas] == [color.lower() for color, *_ in on_page]
    assert chart.swatches(is_dark=False)[0][1] == "0: none found"
    assert {color for color, *_ in on_page} <= {color for color, _ in chart.swatches(is_dark=False)}


def test_the_image_says_what_it_counts_and_where_from_and_that_it_is_made_up():
    exhibit = states_exhibit(CountingRule(), MONTH, "programs", live_registry())
    about = About(
        "The registry", "Jun 2026", "", "Source: the registry.", "Made-up demonstration data"
    )
    (chart,) = exhibit.charts
    assert image_of(exhibit, chart, about, "png").startswith(b"\x89PNG")
    svg = image_of(exhibit, chart, about, "svg").decode()
    for words in (
        "93 active community responder programs in 29 states and DC",
        "Source: the registry.",
        "Counted: ",
        "0 means that the registry has no active program",
        about.mark,
    ):
        assert words in svg


def test_the_last_years_are_told_apart_from_the_years_of_growth():
    found = growth(CountingRule(), date(2026, 11, 1), 2020, live_registry())
    assert "Growth has stopped in the registry" in lately_sentence(found)
    early = growth(CountingRule(), date(2022, 6, 1), 2020, live_registry())
    assert "stopped" not in lately_sentence(early)
    # A series that begins later has no three years before it.
    assert lately_sentence(replace(found, series=found.series[-12:])) == ""
