"""A packet, or one exhibit, as a PDF made to PDF/A-2a and PDF/UA-1, from the same blocks on Letter or A4."""

import json
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from outcomes.packet.contents import COUNTS, GOALS, THIS_MONTH, Packet, Sheet
from outcomes.packet.letterhead import Letterhead, Paper
from outcomes.packet.printed import (
    Block,
    bullets,
    cards_of,
    charts_of,
    heading,
    new_page,
    said,
    table_of,
    text,
)
from outcomes.packet.questions import DEFAULT_COUNT
from outcomes.packet.typesetting import as_numbers, pdf_from
from outcomes.presentation.charts.theme import LIGHT
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Exhibit, card_tables
from outcomes.vocabulary.labels import day_label

OUTCOMES = Path(__file__).resolve().parents[1]
CHART = "presentation/charts/chart.typ"
PAPERS = {Paper.LETTER: "us-letter", Paper.A4: "a4"}
# The date of a document whose figures have none, such as those of the registry.
NO_DATE = datetime(2020, 1, 1)
# Pixels of a chart's height on a sheet: beside several tables, of lines, of rows, and where it stands alone.
SMALL_CHART, LINE_CHART, ROWS_CHART, WHOLE_CHART = 180.0, 320.0, 430.0, 620.0
PRODUCT = "Responder Outcomes"
# Letters of the tables of two sheets that stand on one page.
LETTERS_OF_A_PAGE = 1_800


@dataclass(frozen=True)
class Document:
    """A printed document: its blocks, and what stands around them and in its properties."""

    title: str
    subject: str
    about: About
    letterhead: Letterhead
    blocks: tuple[Block, ...]
    # the date in its properties, so that the same figures give the same bytes; None for none
    as_of: datetime | None
    # whether all of it is to stand on one page, in smaller type
    is_dense: bool = False


def packet_pdf(packet: Packet) -> bytes:
    """The whole packet: a cover, one page a question, and what a careful reader needs at the end."""
    blocks = [*_cover(packet)]
    before = None
    for sheet, following in zip(packet.sheets, (*packet.sheets[1:], None), strict=True):
        blocks += [] if _share_page(before, sheet) else [new_page()]
        # One source for both of a page.
        blocks += _sheet_blocks(sheet, with_source=not _share_page(sheet, following))
        before = sheet
    blocks += _appendix(packet)
    document = Document(
        packet.title,
        f"Council packet of {packet.about.who}, {packet.about.period}",
        packet.about,
        packet.letterhead,
        tuple(blocks),
        packet.as_of,
    )
    return pdf_of(document)


def _share_page(first: Sheet | None, second: Sheet | None) -> bool:
    """Whether two sheets of small tables of one source stand on one page, for either alone would leave it nearly empty."""
    if first is None or second is None or first.about.source != second.about.source:
        return False
    sheets = (first, second)
    letters = sum(
        len(str(cell))
        for sheet in sheets
        for table in sheet.tables
        for cell in table.rows.to_numpy().ravel()
    )
    return not any(sheet.exhibit.charts for sheet in sheets) and letters <= LETTERS_OF_A_PAGE


def sheet_pdf(sheet: Sheet, letterhead: Letterhead) -> bytes:
    """One exhibit alone on a page, with its whole table, its notes and its citation."""
    blocks = [
        text(_running(sheet.about), "quiet"),
        *([text(sheet.about.mark, "mark")] if sheet.about.mark else []),
        *_sheet_blocks(sheet),
        *_tables(sheet.exhibit),
        *([heading("What to know before quoting", 2), bullets(sheet.notes)] if sheet.notes else []),
    ]
    subject = f"{sheet.about.who}, {sheet.about.period}"
    return pdf_of(
        Document(
            sheet.question,
            subject,
            sheet.about,
            letterhead,
            tuple(blocks),
            sheet.as_of,
            is_dense=True,
        )
    )


def pdf_of(document: Document) -> bytes:
    """The document as PDF. Raises as pdf_from does."""
    about, letterhead = document.about, document.letterhead
    data = {
        "title": document.title,
        "author": [letterhead.agency_name or PRODUCT],
        "subject": f"{about.mark} {document.subject}".strip(),
        "keywords": [part for part in (about.who, about.period, about.data) if part],
        "mark": about.mark,
        "running": _running(about),
        "foot": letterhead.agency_name or PRODUCT,
        "color": letterhead.color,
        "paper": PAPERS[letterhead.paper],
        "logo_words": _logo_words(letterhead),
        "is_dense": document.is_dense,
        "has_cover": any(block.kind == "cover" for block in document.blocks),
        "ink": LIGHT.text,
        "muted": LIGHT.muted,
        "grid": LIGHT.grid,
        "blocks": [asdict(block) for block in document.blocks],
    }
    files = {
        "main.typ": (OUTCOMES / "packet" / "packet.typ").read_bytes(),
        CHART: (OUTCOMES / CHART).read_bytes(),
        "document.json": json.dumps(data, ensure_ascii=False).encode("utf-8"),
    }
    if letterhead.logo:
        files["logo.json"] = as_numbers(letterhead.logo.png)
    return pdf_from(files, document.as_of or NO_DATE)


def _running(about: About) -> str:
    """Whose figures, of when, in which view, and of what calls where not of all."""
    return " · ".join(part for part in (about.who, about.period, about.view, about.also) if part)


def _logo_words(letterhead: Letterhead) -> str:
    if letterhead.logo is None:
        return ""
    return f"Logo of {letterhead.agency_name}" if letterhead.agency_name else "The agency's logo"


def _cover(packet: Packet) -> list[Block]:
    about = packet.about
    asked = [s for s in packet.sheets if s.question != GOALS and s.name != THIS_MONTH]
    as_of = [f"Log loaded {day_label(packet.as_of.date())}."] if packet.as_of else []
    lines = (said(about.when if packet.title == about.who else about.in_words),)
    return [
        Block("cover", title=packet.letterhead.agency_name, lines=lines),
        *([text(about.mark, "mark")] if about.mark else []),
        heading("In short", 2),
        text(packet.paragraph, "lead"),
        # The paragraph says the counts. With more questions the first page has no room for the table.
        *(
            block
            for table in packet.figures
            if len(asked) <= DEFAULT_COUNT
            for block in table_of(
                replace(table, rows=table.rows.drop(columns=COUNTS, errors="ignore"))
            )
        ),
        heading("What is in it", 2),
        Block("contents"),
        *(text(words, "quiet") for words in (" ".join([about.source, *as_of]),)),
    ]


def _sheet_blocks(sheet: Sheet, with_source: bool = True) -> list[Block]:
    """One question: its answer, its chart, its small tables, how they are read and where they are from."""
    exhibit = sheet.exhibit
    first, *others = sheet.answers or ("",)
    blocks = [heading(sheet.question)]
    blocks += [text(first, "lead")] if first else []
    blocks += [text(words) for words in others]
    if exhibit.empty:
        blocks += [] if exhibit.empty in sheet.answers else [text(exhibit.empty)]
    else:
        blocks += [
            text(words)
            for words in (exhibit.headline, exhibit.answer)
            if words and words not in sheet.answers
        ]
        blocks += cards_of(exhibit.cards)
        blocks += charts_of(exhibit, _highest(sheet), sheet.chart_title)
        blocks += [text(words, "quiet") for words in exhibit.caption]
    for table in sheet.tables:
        blocks += table_of(table)
    return [*blocks, text(sheet.about.source, "quiet")] if with_source else blocks


def _highest(sheet: Sheet) -> float:
    """Pixels of a chart's height that leave room on the page for the tables under it."""
    if not sheet.tables:
        return LINE_CHART if sheet.exhibit.tables and not sheet.doubt else WHOLE_CHART
    if len(sheet.tables) > 1:
        return SMALL_CHART
    is_line = any(chart.series and chart.series.kind != "bars" for chart in sheet.exhibit.charts)
    return LINE_CHART if is_line else ROWS_CHART


def _tables(exhibit: Exhibit) -> list[Block]:
    return [] if exhibit.empty else [block for each in exhibit.tables for block in table_of(each)]


def _appendix(packet: Packet) -> list[Block]:
    blocks = [new_page(), heading("What to know before quoting")]
    told: set[str] = set()
    for sheet in packet.sheets:
        notes = tuple(note for note in sheet.notes if note not in told)
        told.update(notes)
        if notes:
            blocks += [heading(sheet.question, 2), bullets(notes)]
    hard = [sheet for sheet in packet.sheets if sheet.reply]
    if hard:
        blocks.append(heading("Hard questions, and what the log says"))
        for sheet in hard:
            blocks += [heading(sheet.doubt, 2), text(sheet.reply)]
    if packet.lacks:
        blocks += [heading("What this log cannot answer"), bullets(packet.lacks)]
    blocks += [heading("How good the data is")] if packet.quality else []
    for exhibit in packet.quality:
        blocks += [text(words) for words in (exhibit.headline, exhibit.answer) if words]
        blocks += [text(words, "quiet") for words in exhibit.caption]
        blocks += [block for table in card_tables(exhibit) for block in table_of(table)]
        blocks += [bullets(exhibit.notes)] if exhibit.notes else []
    behind = {sheet.question: _tables(sheet.exhibit) for sheet in packet.sheets}
    blocks += [heading("The numbers behind the charts")] if any(behind.values()) else []
    for question, tables in behind.items():
        blocks += [heading(question, 2), *tables] if tables else []
    blocks += [heading("Definitions")] if packet.metrics else []
    for metric in packet.metrics:
        blocks += [
            heading(metric.label, 2),
            text(metric.definition),
            text(f"In: {metric.includes} Out: {metric.excludes} {metric.caution}".strip(), "quiet"),
        ]
    return blocks
