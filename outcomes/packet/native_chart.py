"""A chart's numbers as a native chart of a slide, with its intervals as error bars that Edit data moves."""

import io
import math
from datetime import date, datetime
from typing import Any

import xlsxwriter
from pptx.chart.chart import Chart as PptxChart
from pptx.chart.data import CategoryChartData
from pptx.dml.color import RGBColor
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.oxml.ns import qn
from pptx.oxml.xmlchemy import OxmlElement
from pptx.util import Pt

from outcomes.presentation.charts.series import IN_PART, ChartSeries, Series
from outcomes.presentation.charts.theme import LIGHT

KINDS = {
    "line": XL_CHART_TYPE.LINE_MARKERS,
    "columns": XL_CHART_TYPE.COLUMN_CLUSTERED,
    "bars": XL_CHART_TYPE.BAR_CLUSTERED,
}
COLORS = (LIGHT.accent, LIGHT.second)
SHEET = "Sheet1"
# Columns of the chart's own workbook beyond those of its values: how far each interval reaches up and down.
REACHES = ("up", "down")
# Elements of a series before which its error bars stand.
AFTER_ERROR_BARS = ("c:cat", "c:val", "c:smooth", "c:shape", "c:extLst")
AXIS_SIZE, SMALL_SIZE = Pt(12), Pt(10)
# Letters of a name that takes more than a line beside its bar.
LONG_NAME = 45
# Elements of an axis before which stands how many of its names are left out.
AFTER_SKIP = ("c:tickMarkSkip", "c:noMultiLvlLbl", "c:extLst")
# Of more months than these the years alone are named, and none has a point; of more years than these one in two.
MOST_MONTHS, MOST_YEARS = 36, 14
MONTH = "%b %Y"
# Day 0 of office programs' dates.
FIRST_DAY = date(1899, 12, 30)
# An axis ends at the last interval, or at so many times the largest value.
MOST_OF_VALUES = 2.5
# Of an error bar, in units of which a point has 12,700.
LINE_WIDTH = "15875"


def add_native_chart(shapes: Any, numbers: ChartSeries, box: tuple[Any, Any, Any, Any]) -> Any:
    """The frame of a new chart among the shapes of a slide, at left, top, width and height."""
    data = CategoryChartData(number_format=numbers.number_format)
    months = months_of(numbers)
    data.categories = months or numbers.rows
    if months:
        data.categories.number_format = "yyyy"
    for one in numbers.series:
        data.add_series(one.name, one.values)
    frame = shapes.add_chart(KINDS[numbers.kind], *box, data)
    chart = frame.chart
    _dress(chart, numbers)
    if months:
        _name_years(chart, months)
    for place, one in enumerate(numbers.series):
        if one.has_intervals:
            _add_error_bars(chart, place, one, numbers)
    chart.part.chart_workbook.update_from_xlsx_blob(_workbook(numbers))
    return frame


def reaches(series: Series) -> tuple[list[float | None], list[float | None]]:
    """How far each interval reaches above and below its value; None where there is none."""
    up: list[float | None] = []
    down: list[float | None] = []
    for value, low, high in zip(series.values, series.lows, series.highs, strict=True):
        if value is None or low is None or high is None:
            up.append(None)
            down.append(None)
            continue
        up.append(max(0.0, high - value))
        down.append(max(0.0, value - low))
    return up, down


def most_of(numbers: ChartSeries) -> float | None:
    """The end of the value axis: above every value, and at most 1 for a share; wide intervals may run out of it."""
    values = [value for one in numbers.series for value in one.values if value is not None]
    highs = [high for one in numbers.series for high in one.highs if high is not None]
    if not values or max(values) <= 0:
        return None
    most = max(values) * 1.15
    if highs:
        most = max(most, min(max(highs) * 1.05, max(values) * MOST_OF_VALUES))
    is_share = numbers.number_format.endswith("%")
    return min(most, 1.0) if is_share and max(values) <= 1 else most


def _dress(chart: PptxChart, numbers: ChartSeries) -> None:
    chart.has_title = False
    chart.has_legend = len(numbers.series) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.TOP
        chart.legend.include_in_layout = False
        chart.legend.font.size = AXIS_SIZE
    chart.font.size = AXIS_SIZE
    chart.font.color.rgb = _rgb(LIGHT.text)
    values, rows = chart.value_axis, chart.category_axis
    values.minimum_scale = 0
    most = most_of(numbers)
    if most is not None:
        values.maximum_scale = most
    values.major_gridlines.format.line.color.rgb = _rgb(LIGHT.grid)
    values.format.line.fill.background()
    values.tick_labels.number_format = numbers.number_format
    values.tick_labels.number_format_is_linked = False
    values.has_title = bool(numbers.unit)
    if numbers.unit:
        values.axis_title.text_frame.text = numbers.unit
        values.axis_title.text_frame.paragraphs[0].runs[0].font.size = AXIS_SIZE
        values.axis_title.text_frame.paragraphs[0].runs[0].font.bold = False
    rows.format.line.color.rgb = _rgb(LIGHT.muted)
    rows.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    if numbers.kind == "bars":
        # Every row has its name, in smaller letters where names are long.
        skip = OxmlElement("c:tickLblSkip")
        skip.set("val", "1")
        rows._element.insert_element_before(skip, *AFTER_SKIP)
        if max(map(len, numbers.rows), default=0) > LONG_NAME:
            rows.tick_labels.font.size = SMALL_SIZE
    plot = chart.plots[0]
    for place, one in enumerate(plot.series):
        color = _rgb(COLORS[place % len(COLORS)])
        if numbers.kind == "line":
            one.smooth = False
            one.format.line.color.rgb = color
            one.format.line.width = Pt(2.25)
            if len(numbers.rows) > MOST_MONTHS:
                one.marker.style = XL_MARKER_STYLE.NONE
                continue
            one.marker.format.fill.solid()
            one.marker.format.fill.fore_color.rgb = color
            one.marker.format.line.color.rgb = color
            one.marker.size = 6
        else:
            one.format.fill.solid()
            one.format.fill.fore_color.rgb = color
    if numbers.kind != "line":
        plot.gap_width = 45
    if numbers.kind != "line" and not any(one.has_intervals for one in numbers.series):
        plot.has_data_labels = True
        plot.data_labels.number_format = numbers.number_format
        plot.data_labels.number_format_is_linked = False
        plot.data_labels.font.size = AXIS_SIZE
        # Each bar has its number at its end.
        values.visible = False


def months_of(numbers: ChartSeries) -> tuple[date, ...]:
    """The first days of a line's months where they are so many that its axis is one of years; empty for any other chart."""
    if numbers.kind != "line" or len(numbers.rows) <= MOST_MONTHS:
        return ()
    try:
        return tuple(
            datetime.strptime(row.removesuffix(IN_PART), MONTH).date() for row in numbers.rows
        )
    except ValueError:
        return ()


def _name_years(chart: PptxChart, months: tuple[date, ...]) -> None:
    """The axis of so many months with its years alone, each at its January."""
    axis = chart.category_axis
    axis.tick_labels.number_format, axis.tick_labels.number_format_is_linked = "yyyy", False
    first = date(months[0].year, 1, 1)
    axis.minimum_scale = float((first - FIRST_DAY).days)
    years = months[-1].year - first.year + 1
    element = axis._element
    for tag in ("c:baseTimeUnit", "c:majorUnit", "c:majorTimeUnit"):
        for old in element.findall(qn(tag)):
            element.remove(old)
    for tag, value in (
        ("c:baseTimeUnit", "months"),
        ("c:majorUnit", str(math.ceil(years / MOST_YEARS))),
        ("c:majorTimeUnit", "years"),
    ):
        _add(element, tag, value)


def _rgb(color: str) -> RGBColor:
    found: RGBColor = RGBColor.from_string(color.removeprefix("#"))
    return found


def _add_error_bars(chart: PptxChart, place: int, series: Series, numbers: ChartSeries) -> None:
    """Custom error bars whose numbers stand in the chart's own workbook."""
    element = chart.plots[0].series[place]._element
    up, down = reaches(series)
    bars = OxmlElement("c:errBars")
    if numbers.kind == "line":
        _add(bars, "c:errDir", "y")
    _add(bars, "c:errBarType", "both")
    _add(bars, "c:errValType", "cust")
    _add(bars, "c:noEndCap", "1")
    for name, amounts, offset in (("c:plus", up, 0), ("c:minus", down, 1)):
        column = _reach_column(len(numbers.series), place, offset)
        reference = _add(_add(bars, name), "c:numRef")
        _add(reference, "c:f").text = f"{SHEET}!${column}$2:${column}${len(amounts) + 1}"
        cache = _add(reference, "c:numCache")
        _add(cache, "c:formatCode").text = "General"
        _add(cache, "c:ptCount", str(len(amounts)))
        for index, amount in enumerate(amounts):
            if amount is not None:
                point = _add(cache, "c:pt")
                point.set("idx", str(index))
                _add(point, "c:v").text = repr(float(amount))
    line = _add(_add(bars, "c:spPr"), "a:ln")
    line.set("w", LINE_WIDTH)
    color = COLORS[place % len(COLORS)] if numbers.kind == "line" else LIGHT.muted
    _add(_add(line, "a:solidFill"), "a:srgbClr", color.removeprefix("#"))
    following = [child for child in element if child.tag in map(qn, AFTER_ERROR_BARS)]
    following[0].addprevious(bars)


def _add(parent: Any, tag: str, value: str | None = None) -> Any:
    """A new last child of an element, with its value where it has one."""
    child = OxmlElement(tag)
    if value is not None:
        child.set("val", value)
    parent.append(child)
    return child


def _reach_column(series_count: int, place: int, offset: int) -> str:
    return chr(ord("A") + 1 + series_count + 2 * place + offset)


def _workbook(numbers: ChartSeries) -> bytes:
    """What Edit data opens: a row for each category, its values, and how far each interval reaches."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET)
        format_of = book.add_format({"num_format": numbers.number_format})
        months = months_of(numbers)
        if months:
            days = [(month - FIRST_DAY).days for month in months]
            sheet.write_column(1, 0, days, book.add_format({"num_format": "mmm yyyy"}))
        else:
            sheet.write_column(1, 0, numbers.rows)
        column = 1
        for one in numbers.series:
            sheet.write(0, column, one.name)
            for row, value in enumerate(one.values, start=1):
                if value is not None:
                    sheet.write_number(row, column, value, format_of)
            column += 1
        for one in numbers.series:
            if one.has_intervals:
                for words, amounts in zip(REACHES, reaches(one), strict=True):
                    sheet.write(0, column, f"{one.name}: interval {words}")
                    for row, amount in enumerate(amounts, start=1):
                        if amount is not None:
                            sheet.write_number(row, column, amount)
                    column += 1
            else:
                column += 2
    return stream.getvalue()
