"""A packet as a workbook: contents, one sheet an exhibit with a native chart, a data dictionary, sources."""

import io
import math
import re
from datetime import datetime
from typing import Any

import xlsxwriter

from outcomes.packet.contents import Packet, Sheet
from outcomes.packet.native_chart import COLORS, most_of, reaches
from outcomes.packet.printed import NAMES
from outcomes.presentation.charts.series import ChartSeries
from outcomes.presentation.charts.theme import LIGHT
from outcomes.presentation.exhibit import Table
from outcomes.presentation.taken_away import title_of
from outcomes.vocabulary.bold import without_bold

# A text that is one number as it is shown: with commas, decimals, a sign for a share.
NUMBER = re.compile(r"(\d{1,3}(?:,\d{3})*|\d+)(\.\d+)?(%?)")
NO_DATE = datetime(2020, 1, 1)
PLAIN = {"strings_to_formulas": False, "strings_to_urls": False, "in_memory": True}
# By kind of chart: what the workbook calls it.
KINDS = {"line": "line", "columns": "column", "bars": "bar"}
# Widths in letters of the first column and of the others: of a question's sheet, of its merged sentences, of lists.
QUESTION_WIDTHS, MERGED_WIDTHS = (44, 20), (150, 150)
LIST_WIDTHS, TEXT_WIDTHS, CONTENTS_WIDTHS = (120, 20), (44, 60), (100, 20)
LINE_HEIGHT = 15
CHART_COLUMN = "Chart data"
DICTIONARY = ["Figure", "Definition", "In", "Out", "Caution", "Defined by", "Key"]
SIGNS = re.compile(r"[\[\]:*?/\\']")


def packet_workbook(packet: Packet) -> bytes:
    """The whole packet as a workbook; cells that are numbers are numbers, written as the pages write them."""
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream, PLAIN) as book:
        writer = _Writer(book, packet.about.mark)
        about, letterhead = packet.about, packet.letterhead
        book.set_properties(
            {
                "title": packet.title,
                "subject": f"{about.mark} Council packet of {about.who}, {about.period}".strip(),
                "author": letterhead.agency_name or "Responder Outcomes",
                "company": letterhead.agency_name,
                "comments": about.mark,
                "keywords": about.data,
                "created": (packet.as_of or NO_DATE).replace(microsecond=0, tzinfo=None),
            }
        )
        names = _sheet_names(packet)
        writer.contents(packet, names)
        for sheet, name in zip(packet.sheets, names, strict=True):
            writer.sheet(sheet, name)
        for tab, title, rows in _lists(packet):
            writer.rows(tab, title, rows)
    return stream.getvalue()


def number_of(text: str) -> tuple[float, str] | None:
    """A text that is one number, as the number and the format that writes it so again; None for any other text."""
    found = NUMBER.fullmatch(text.strip())
    if found is None:
        return None
    whole, decimals, sign = found.groups()
    digits = len(decimals) - 1 if decimals else 0
    value = float(f"{whole.replace(',', '')}{decimals or ''}")
    pattern = ("#,##0" if "," in whole or not sign else "0") + (
        f".{'0' * digits}" if digits else ""
    )
    # A year, or an area named by a number, has no comma and stays as it is.
    if len(whole) > 3 and "," not in whole:
        pattern = pattern.replace("#,##0", "0")
    return (round(value / 100, digits + 2), f"{pattern}%") if sign else (value, pattern)


def _lists(packet: Packet) -> list[tuple[str, str, list[list[str]]]]:
    """The sheets of words behind the questions, each as its name, its title and its rows."""
    lists: list[tuple[str, str, list[list[str]]]] = []
    if packet.metrics:
        lacks = [[_bare(each)] for each in packet.lacks]
        lists.append(("Not answered", "What this log cannot answer", lacks))
        definitions = [
            [m.label, m.definition, m.includes, m.excludes, m.caution, m.source, m.key]
            for m in packet.metrics
        ]
        lists.append(("Data dictionary", "What each figure means", [DICTIONARY, *definitions]))
    said = [
        [sheet.question, _bare(words)]
        for sheet in packet.sheets
        for words in (sheet.about.source, *sheet.quotes, *sheet.notes)
    ]
    quality = [
        ["How good the data is", _bare(words)]
        for exhibit in packet.quality
        for words in (exhibit.headline, exhibit.answer, *exhibit.notes)
        if words
    ]
    title = "Where the figures come from, and what to know before quoting"
    lists.append(("Sources", title, [["Question", "What it says"], *said, *quality]))
    return lists


def _sheet_names(packet: Packet) -> list[str]:
    return [
        SIGNS.sub("", f"{place} {sheet.name.replace('_', ' ')}")[:31]
        for place, sheet in enumerate(packet.sheets, start=1)
    ]


def _bare(words: str) -> str:
    return without_bold(words)


class _Writer:
    """Writes the sheets of one workbook, each with the mark where the data is made up."""

    def __init__(self, book: Any, mark: str) -> None:
        self._book, self._mark = book, mark
        self._title = book.add_format({"bold": True, "font_size": 16, "font_color": LIGHT.text})
        self._strong = book.add_format({"bold": True, "font_color": LIGHT.text})
        self._head = book.add_format(
            {
                "bold": True,
                "font_color": LIGHT.muted,
                "bottom": 1,
                "text_wrap": True,
                "valign": "bottom",
            }
        )
        self._wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        self._plain = book.add_format({"valign": "top"})
        self._quiet = book.add_format(
            {"font_color": LIGHT.muted, "text_wrap": True, "valign": "top"}
        )
        self._made_up = book.add_format(
            {"bold": True, "font_color": "#8A3800", "bg_color": "#FFF1E3"}
        )
        self._formats: dict[str, Any] = {}

    def contents(self, packet: Packet, names: list[str]) -> None:
        """The first sheet: whose it is, the answers in one paragraph, and a link to each sheet."""
        sheet, row = self._begin("Contents", packet.title, CONTENTS_WIDTHS[0])
        about = packet.about
        for words in (about.in_words, packet.paragraph, about.source):
            sheet.write_string(row, 0, words, self._wrapped)
            _fit_row(sheet, row, [words], CONTENTS_WIDTHS)
            row += 1
        row += 1
        listed = [
            *zip(names, (one.question for one in packet.sheets), strict=True),
            *((tab, title) for tab, title, _rows in _lists(packet)),
        ]
        for name, words in listed:
            sheet.write_url(row, 0, f"internal:'{name}'!A1", string=words)
            row += 1

    def sheet(self, said: Sheet, name: str) -> None:
        """One question: its answer, its chart, its tables, and the chart's own numbers."""
        first, others = QUESTION_WIDTHS
        sheet, row = self._begin(name, said.question, first)
        sheet.set_column(1, 12, others)
        for words in said.answers or ((said.exhibit.empty,) if said.exhibit.empty else ()):
            sheet.merge_range(row, 0, row, 6, _bare(words), self._wrapped)
            _fit_row(sheet, row, [words], MERGED_WIDTHS)
            row += 1
        row += 1
        for table in said.tables:
            row = self._table(sheet, row, table)
        if said.exhibit.empty:
            return
        charts = [chart for chart in said.exhibit.charts if chart.series and chart.series.rows]
        for chart in charts:
            assert chart.series is not None
            sheet.write_string(row, 0, title_of(said.exhibit, chart), self._strong)
            place = row + 1
            row = place + 19
            row = self._chart(sheet, name, place, row, chart.series, chart.alt)
        for table in said.exhibit.tables:
            row = self._table(sheet, row, table)
        for words in (*said.exhibit.caption, said.about.source):
            sheet.merge_range(row, 0, row, 6, _bare(words), self._quiet)
            _fit_row(sheet, row, [words], MERGED_WIDTHS)
            row += 1

    def rows(self, name: str, title: str, rows: list[list[str]]) -> None:
        """A sheet of texts, its header first where it has several columns."""
        widths = LIST_WIDTHS if rows and len(rows[0]) == 1 else TEXT_WIDTHS
        sheet, row = self._begin(name, title, widths[0])
        sheet.set_column(1, 6, widths[1])
        for place, cells in enumerate(rows or [["Nothing."]]):
            is_head = place == 0 and len(cells) > 1
            for column, words in enumerate(cells):
                sheet.write_string(row, column, words, self._head if is_head else self._wrapped)
            _fit_row(sheet, row, cells, widths)
            row += 1

    def _begin(self, name: str, title: str, width: int) -> tuple[Any, int]:
        sheet = self._book.add_worksheet(name)
        sheet.hide_gridlines(2)
        sheet.set_column(0, 0, width)
        sheet.set_landscape()
        sheet.fit_to_pages(1, 0)
        sheet.write_string(0, 0, title, self._title)
        row = 1
        if self._mark:
            sheet.set_header(f"&R{self._mark}")
            sheet.write_string(row, 0, self._mark, self._made_up)
            row += 1
        return sheet, row + 1

    def _table(self, sheet: Any, row: int, table: Table) -> int:
        """Write a table of texts, its numbers as numbers; the row after it."""
        if table.title:
            sheet.write_string(row, 0, table.title, self._strong)
            row += 1
        whole = table.named_rows.rename(columns={"": NAMES})
        for column, words in enumerate(whole.columns):
            sheet.write_string(row, column, str(words), self._head)
        _fit_row(sheet, row, list(whole.columns), QUESTION_WIDTHS)
        for cells in whole.itertuples(index=False):
            row += 1
            _fit_row(sheet, row, list(cells), QUESTION_WIDTHS)
            for column, cell in enumerate(cells):
                self._cell(sheet, row, column, str(cell))
        return row + 2

    def _cell(self, sheet: Any, row: int, column: int, text: str) -> None:
        found = number_of(text)
        if found is None:
            sheet.write_string(row, column, text, self._wrapped)
            return
        value, pattern = found
        sheet.write_number(row, column, value, self._format(pattern))

    def _format(self, pattern: str) -> Any:
        if pattern not in self._formats:
            self._formats[pattern] = self._book.add_format({"num_format": pattern, "valign": "top"})
        return self._formats[pattern]

    def _chart(
        self, sheet: Any, name: str, place: int, row: int, numbers: ChartSeries, alt: str
    ) -> int:
        """Write a chart's own numbers and the chart over them; the row after them."""
        head = row
        sheet.write_string(head, 0, CHART_COLUMN, self._head)
        longest = max(f"{one.name}: interval down" for one in numbers.series)
        _fit_row(sheet, head, [CHART_COLUMN, longest], QUESTION_WIDTHS)
        first, last = head + 1, head + len(numbers.rows)
        for at, words in enumerate(numbers.rows, start=first):
            sheet.write_string(at, 0, words, self._plain)
        chart = self._book.add_chart({"type": KINDS[numbers.kind]})
        column, is_line, is_across = 1, numbers.kind == "line", numbers.kind == "bars"
        for at, one in enumerate(numbers.series):
            color = COLORS[at % len(COLORS)]
            series: dict[str, Any] = {
                "name": [name, head, column],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, column, last, column],
            }
            self._column(sheet, head, column, one.name, list(one.values), numbers.number_format)
            if is_line:
                series["line"] = {"color": color, "width": 2.25}
                fill = {"color": color}
                series["marker"] = {"type": "circle", "size": 5, "fill": fill, "border": fill}
            else:
                series["fill"] = {"color": color}
                series["gap"] = 45
            column += 1
            if one.has_intervals:
                up, down = reaches(one)
                self._column(
                    sheet, head, column, f"{one.name}: interval up", up, numbers.number_format
                )
                self._column(
                    sheet,
                    head,
                    column + 1,
                    f"{one.name}: interval down",
                    down,
                    numbers.number_format,
                )
                ends = [
                    f"='{name}'!${_letter(each)}${first + 1}:${_letter(each)}${last + 1}"
                    for each in (column, column + 1)
                ]
                error_bars = {
                    "type": "custom",
                    "plus_values": ends[0],
                    "minus_values": ends[1],
                    "plus_data": [value or 0 for value in up],
                    "minus_data": [value or 0 for value in down],
                    "end_style": 0,
                    "line": {"color": color if is_line else LIGHT.muted, "width": 1.25},
                }
                series["x_error_bars" if is_across else "y_error_bars"] = error_bars
                column += 2
            chart.add_series(series)
        most = most_of(numbers)
        axis: dict[str, Any] = {
            "num_format": numbers.number_format,
            "min": 0,
            "major_gridlines": {"visible": True, "line": {"color": LIGHT.grid}},
            "name": numbers.unit,
            "name_font": {"bold": False},
        }
        if most is not None:
            axis["max"] = most
        chart.set_x_axis(axis) if is_across else chart.set_y_axis(axis)
        chart.set_legend({"position": "top"} if len(numbers.series) > 1 else {"none": True})
        chart.set_title({"none": True})
        chart.show_blanks_as("gap")
        chart.set_size({"width": 900, "height": 360})
        sheet.insert_chart(place, 0, chart, {"description": alt, "object_position": 2})
        return last + 2

    def _column(
        self, sheet: Any, head: int, column: int, name: str, values: list[Any], pattern: str
    ) -> None:
        sheet.write_string(head, column, name, self._head)
        for at, value in enumerate(values, start=head + 1):
            if value is not None:
                sheet.write_number(at, column, value, self._format(pattern))


def _fit_row(sheet: Any, row: int, cells: list[Any], widths: tuple[int, int]) -> None:
    """Make a row as high as its longest text needs in its column: not every program does so by itself."""
    lines = max(
        math.ceil(len(str(cell)) * 1.1 / widths[0 if place == 0 else 1])
        for place, cell in enumerate(cells)
    )
    if lines > 1:
        sheet.set_row(row, LINE_HEIGHT * lines)


def _letter(column: int) -> str:
    return chr(ord("A") + column)
