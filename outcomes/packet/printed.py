"""What a printed document is made of: blocks of plain data, in reading order. No word of them is read as markup."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from outcomes.presentation.charts.drawing import drawing_of
from outcomes.presentation.charts.picture import CUT, plain_drawing
from outcomes.presentation.exhibit import Card, Chart, Exhibit, Table
from outcomes.presentation.tables import number_columns
from outcomes.presentation.taken_away import title_of
from outcomes.vocabulary.bold import by_bold

# Words, whether they are bold, and where they lead; empty where nowhere.
Piece = tuple[bool, str, str]
# Rows of a table on paper at most; a longer one is in the workbook.
MOST_ROWS = 36
# Over the names of rows that have no heading of their own.
NAMES = "Who or what"
IN_WORKBOOK = "The table has {count:,} rows; the workbook and the CSV file have all of them."


@dataclass(frozen=True)
class Block:
    """One part of a page."""

    # heading, lead, text, quiet, mark, list, table, cards, chart or new_page
    kind: str
    # heading: its level, 1 to 3
    level: int = 1
    # heading, lead, text, quiet, mark: the words; list: each of its items
    lines: tuple[tuple[Piece, ...], ...] = ()
    # table and chart: what stands over it
    title: str = ""
    # table: its header, its rows, and the places of its columns of numbers; cards: a row each of label, value and lines
    header: tuple[str, ...] = ()
    rows: tuple[tuple[tuple[Piece, ...], ...], ...] = ()
    numbers: tuple[int, ...] = ()
    # table: widths of its columns as shares of the whole
    widths: tuple[float, ...] = ()
    # table: the source of each row, with its address, as a footnote of its first cell; empty where it has none
    footnotes: tuple[tuple[str, str], ...] = ()
    # chart: what it shows for those who do not see it, what it draws, and its fields' colors with their meaning
    alt: str = ""
    drawing: dict[str, Any] = field(default_factory=dict)
    swatches: tuple[tuple[str, str], ...] = ()


def said(words: str) -> tuple[Piece, ...]:
    """Words in pieces; what stands between two marks is bold."""
    return tuple((place % 2 == 1, piece, "") for place, piece in enumerate(by_bold(words)) if piece)


def heading(words: str, level: int = 1) -> Block:
    """A heading of that level."""
    return Block("heading", level, (((False, words, ""),),))


def text(words: str, kind: str = "text") -> Block:
    """A paragraph: lead, text or quiet."""
    return Block(kind, lines=(said(words),))


def bullets(sentences: tuple[str, ...]) -> Block:
    """Sentences as a list."""
    return Block("list", lines=tuple(map(said, sentences)))


def new_page() -> Block:
    """The end of a page."""
    return Block("new_page")


def charts_of(
    exhibit: Exhibit, highest: float, title: Callable[[Chart], str] | None = None
) -> list[Block]:
    """The charts of an exhibit that can be drawn, each with its finding, what its marks mean and how it is read.

    A chart that is higher than that, in pixels, has less room between its rows; its words keep their size, and none
    covers another.
    """
    blocks = []
    for chart in exhibit.charts:
        drawing = drawing_of(chart.for_image())
        blocks += [text(words, "quiet") for words in chart.legend]
        blocks.append(
            Block(
                "chart",
                title=title(chart) if title else title_of(exhibit, chart),
                alt=chart.alt,
                drawing=plain_drawing(drawing.lowered(highest)),
                swatches=tuple(chart.swatches(is_dark=False)) if chart.swatches else (),
            )
        )
        if drawing.is_cut:
            blocks.append(text(CUT, "quiet"))
        blocks += [text(words, "quiet") for words in chart.remarks]
    return blocks


def cards_of(cards: tuple[Card, ...]) -> list[Block]:
    """Cards beside each other, each number in large type; none where there are none."""
    rows = tuple(
        tuple(said(words) for words in (card.label, card.value, *card.lines)) for card in cards
    )
    return [Block("cards", rows=rows)] if rows else []


def table_of(table: Table, title: str = "") -> list[Block]:
    """A table of texts with its links on its sources; in place of one that is too long where it is."""
    whole = table.named_rows
    if len(whole) > MOST_ROWS:
        return [text(IN_WORKBOOK.format(count=len(whole)), "quiet")]
    addresses = list(whole["Address"]) if "Address" in whole else []
    shown = whole.drop(columns="Address", errors="ignore")
    numbers = [
        place for place in number_columns(shown.map(str)) if shown.columns[place] not in table.words
    ]
    header = tuple(str(name) or NAMES for name in shown.columns)
    cells = []
    for place, row in enumerate(shown.itertuples(index=False)):
        address = str(addresses[place]) if addresses else ""
        cells.append(
            tuple(
                ((False, str(cell), address if name == "Source" else ""),)
                for name, cell in zip(shown.columns, row, strict=True)
            )
        )
    return [
        Block(
            "table",
            title=title or table.title,
            header=header,
            rows=tuple(cells),
            numbers=tuple(numbers),
            widths=widths_of([header, *([piece[0][1] for piece in row] for row in cells)], numbers),
        )
    ]


def widths_of(rows: list[Any], numbers: list[int]) -> tuple[float, ...]:
    """Shares of the width by how much the columns say: none too narrow for its longest word, long ones not too wide.

    A number stands on one line, with room before it, for it is set to the right.
    """
    wanted = []
    for place, cells in enumerate(zip(*rows, strict=True)):
        longest_word = max((len(word) for cell in cells for word in str(cell).split()), default=1)
        longest = max((len(str(cell)) for cell in cells[1:]), default=1)
        if place in numbers:
            wanted.append(max(longest_word, longest) + 3.0)
        else:
            wanted.append(max(longest_word + 1, min(longest, 16 + longest / 3), 4))
    return tuple(each / sum(wanted) for each in wanted)
