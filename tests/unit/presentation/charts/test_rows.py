"""Figures: what is written on bars and lines is what the answer says, and nothing that is no share has a percent sign."""

from dataclasses import replace
from datetime import date

from outcomes.analyses.growth.analysis import growth
from outcomes.analyses.growth.figure import bars_figure, growth_figure
from outcomes.answers.answer import answer
from outcomes.presentation.charts.rows import count_figure, interval_figure
from outcomes.registry.counting_rule import OTHER_TYPES, CountingRule
from outcomes.registry.database import live_registry
from outcomes.selection import Selection
from outcomes.vocabulary.log import Breakdown

AS_OF = date(2026, 11, 1)


def test_a_plain_count_has_no_percentage_on_its_bars(small_snapshot):
    found = answer("responses", Selection(), small_snapshot, Breakdown.STATE)
    bars = count_figure(found, {}, is_dark=False).data[0]
    assert len(bars.text) == len(found.table)
    assert not any("%" in text for text in bars.text)


def test_a_share_has_its_percentage_beside_the_count(small_snapshot):
    found = answer("police_request_reasons", Selection(), small_snapshot, Breakdown.REASON)
    bars = count_figure(found, {}, is_dark=False).data[0]
    assert all("%" in text for text in bars.text)


def test_the_line_has_every_month_and_marks_every_closure():
    found = growth(CountingRule(), AS_OF, 2020, live_registry())
    figure = growth_figure(found, "programs", is_dark=False)
    line = next(trace for trace in figure.data if trace.line.width == 2.5)
    assert list(line.y) == [count.program_count for count in found.series]
    assert line.line.shape == "hv"
    closures = next(trace for trace in figure.data if trace.marker.symbol == "triangle-down")
    assert len(closures.x) == 5
    assert [note.text for note in figure.layout.annotations] == [
        "<b>8</b> Dec 2020",
        "<b>93</b> Nov 2026",
    ]
    assert figure.layout.yaxis.range[0] == 0


def test_dates_known_by_year_alone_are_a_band():
    everything = growth(CountingRule(OTHER_TYPES), AS_OF, 2020, live_registry())
    figure = growth_figure(everything, "programs", is_dark=True)
    assert any(trace.fill == "tonexty" for trace in figure.data)


def test_bars_that_are_not_counted_say_so():
    bars = bars_figure([("Community responder", 95, True), ("Mobile crisis", 25, False)], False)
    assert list(bars.data[0].text) == [" 25 (out)", " 95"]


def test_the_line_of_everything_together_says_none_where_there_is_none(small_snapshot):
    found = answer("contact_share", Selection(), small_snapshot, Breakdown.PROGRAM)
    none = replace(found, total=replace(found.total, numerator=0.0, value=0.0))
    lines = [
        [note.text for note in interval_figure(each, {}, False).layout.annotations]
        for each in (found, none)
    ]
    assert lines[0][0].startswith("all ")
    assert "none" not in lines[0][0]
    assert lines[1] == ["all: none"]


def test_areas_named_by_numbers_are_all_named(small_snapshot):
    """Wrong: an axis of amounts, on which every second beat has no name."""
    found = answer("not_reached_share", Selection(), small_snapshot, Breakdown.AREA)
    numbered = replace(
        found, table=found.table.assign(area_id=[str(n) for n in range(len(found.table))])
    )
    for make in (interval_figure, count_figure):
        assert make(numbered, {}, False).layout.yaxis.type == "category"
