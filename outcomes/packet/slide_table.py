"""A table on a slide: as many of its rows as the slide has room for, in letters that can be read."""

import math
from typing import Any

import pandas
from pptx.dml.color import RGBColor
from pptx.enum.text import PP_ALIGN
from pptx.oxml.ns import qn
from pptx.util import Emu, Inches, Length, Pt

from outcomes.packet.printed import NAMES, widths_of
from outcomes.presentation.charts.theme import LIGHT
from outcomes.presentation.exhibit import Table
from outcomes.presentation.tables import number_columns

# Sizes of letters, the largest that fits; none smaller can be read from the last row of a room.
SIZES = (14, 12, 11)
# Of a table that has the whole slide.
WHOLE_SIZES = (20, 18, 16, *SIZES)
MARGIN = Inches(0.07)
# Of a letter's width to its size, in the fonts that office programs take where they have no better.
WIDTH_OF_A_LETTER = 0.6
# The same of words in a row, where narrow letters stand beside wide ones.
MEAN_WIDTH = 0.55
HEIGHT_OF_A_LINE = 1.25
ROOM_TO_SAY_SO = Inches(0.27)
# Over and under the words of a row.
OVER_ROW = Inches(0.05)
# What is read in the notes where there is no room: where each row is from, then why.
LEFT_OUT_FIRST = ("Source", "Why")
# PowerPoint's own style "No Style, No Grid".
NO_STYLE = "{2D5ABB26-0587-4C30-8999-92F81FD0307C}"

Box = tuple[Any, Any, Any, Any]


def rows_of(table: Table) -> pandas.DataFrame:
    """The rows of a table as texts with their names, without addresses."""
    return table.named_rows.rename(columns={"": NAMES}).drop(columns="Address", errors="ignore")


def add_table(
    slide: Any, rows: pandas.DataFrame, box: Box, sizes: tuple[int, ...] = SIZES
) -> tuple[Any, int, int]:
    """The table's frame on a slide in a box of left, top, width and height, how many of its rows are left out, and its height.

    Under a table that leaves out some is room for a line that says so. Columns of sources and of reasons are left out before rows are, and rows before letters are too small.
    """
    left, top, width, height = box
    shown, size = fitted(rows, width, height, sizes)
    if len(shown) < len(rows):
        shown, size = fitted(rows, width, height - ROOM_TO_SAY_SO, sizes)
    frame = slide.shapes.add_table(
        len(shown) + 1, len(shown.columns), left, top, width, _least_row(size) * (len(shown) + 1)
    )
    _plain_style(frame)
    numbers = number_columns(shown.map(str))
    for place, share in enumerate(_widths(shown, width, size)):
        frame.table.columns[place].width = Emu(int(width * share))
    for row, texts in enumerate(_cells(shown)):
        for place, words in enumerate(texts):
            cell = frame.table.cell(row, place)
            cell.text = words
            cell.margin_left = cell.margin_right = MARGIN
            for paragraph in cell.text_frame.paragraphs:
                paragraph.alignment = PP_ALIGN.RIGHT if place in numbers else PP_ALIGN.LEFT
                for run in paragraph.runs:
                    run.font.size, run.font.bold = Pt(size), row == 0
                    color = LIGHT.muted if row == 0 else LIGHT.text
                    run.font.color.rgb = RGBColor.from_string(color.removeprefix("#"))
    return frame, len(rows) - len(shown), _height(shown, width, size)


def fitted(
    rows: pandas.DataFrame, width: int, height: int, sizes: tuple[int, ...] = SIZES
) -> tuple[pandas.DataFrame, int]:
    """What of the rows fits that room, and the size of its letters; the first row and two columns at least.

    No word is broken: where columns are too many for that, the last ones are left out.
    """
    without = [name for name in LEFT_OUT_FIRST if name in rows]
    tries = [rows.drop(columns=without[:count]) for count in range(len(without) + 1)]
    narrow = tries[-1]
    tries += [narrow.iloc[:, :count] for count in range(len(narrow.columns) - 1, 1, -1)]
    for tried in tries:
        for size in sizes:
            if _is_wide_enough(tried, width, size) and _height(tried, width, size) <= height:
                return tried, size
    size = sizes[-1]
    unbroken = [tried for tried in tries[len(without) :] if _is_wide_enough(tried, width, size)]
    shown = (unbroken or tries[-1:])[0]
    while len(shown) > 1 and _height(shown, width, size) > height:
        shown = shown.iloc[:-1]
    return shown, size


def _cells(rows: pandas.DataFrame) -> list[list[str]]:
    return [list(map(str, rows.columns)), *rows.astype(str).to_numpy().tolist()]


def _least_widths(rows: pandas.DataFrame, width: int, size: int) -> list[float]:
    """Shares of the width that the longest word of each column needs in letters of that size."""
    letter = Pt(size) * WIDTH_OF_A_LETTER
    longest = (
        max(len(word) for words in column for word in [*words.split(), ""])
        for column in zip(*_cells(rows), strict=True)
    )
    return [(letters * letter + 2.5 * MARGIN) / width for letters in longest]


def _is_wide_enough(rows: pandas.DataFrame, width: int, size: int) -> bool:
    return sum(_least_widths(rows, width, size)) <= 1


def _widths(rows: pandas.DataFrame, width: int, size: int) -> tuple[float, ...]:
    """Shares of the width by column: what each longest word needs, and of what is left by how much each says."""
    least = _least_widths(rows, width, size)
    wanted = widths_of(_cells(rows), number_columns(rows.map(str)))
    left = max(0.0, 1 - sum(least))
    more = [max(0.0, each - need) for each, need in zip(wanted, least, strict=True)]
    shares = [
        need + left * (each / sum(more) if sum(more) else 1 / len(more))
        for need, each in zip(least, more, strict=True)
    ]
    return tuple(share / sum(shares) for share in shares)


def _least_row(size: int) -> Length:
    return Length(int(Pt(size) * HEIGHT_OF_A_LINE) + 2 * OVER_ROW + Inches(0.03))


def _height(rows: pandas.DataFrame, width: int, size: int) -> int:
    """How high the rows are at that size of letters."""
    letters = [
        max(1.0, (width * share - 2 * MARGIN) / (Pt(size) * MEAN_WIDTH))
        for share in _widths(rows, width, size)
    ]
    line = Length(int(Pt(size) * HEIGHT_OF_A_LINE))
    return sum(
        max(
            _least_row(size),
            line
            * max(math.ceil(len(words) / most) for words, most in zip(cells, letters, strict=True))
            + 2 * OVER_ROW,
        )
        for cells in _cells(rows)
    )


def _plain_style(frame: Any) -> None:
    """Rules between its rows and no ground."""
    properties = frame._element.xpath(".//a:tblPr")[0]
    properties.set("bandRow", "0")
    properties.set("firstRow", "1")
    properties.find(qn("a:tableStyleId")).text = NO_STYLE
