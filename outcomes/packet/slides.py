"""A packet, or one exhibit, as slides: 16:9, native charts, and in the notes what stands behind each number."""

import io
import math
from datetime import datetime
from typing import Any

import pandas
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.shapes import MSO_SHAPE
from pptx.enum.text import MSO_ANCHOR, PP_ALIGN
from pptx.oxml import parse_xml
from pptx.util import Emu, Inches, Pt

from outcomes.packet.contents import COMPARED, COUNTS, HOW_SURE, Packet, Sheet
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.native_chart import add_native_chart
from outcomes.packet.printed import said
from outcomes.packet.slide_table import add_table, rows_of
from outcomes.presentation.charts.theme import LIGHT
from outcomes.presentation.exhibit import Chart, Table
from outcomes.presentation.taken_away import image_of, title_of
from outcomes.vocabulary.bold import without_bold

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE = Inches(0.6)
FULL = WIDTH - 2 * SIDE
TITLE_ONLY, BLANK = 5, 6
MARK_INK, MARK_GROUND = RGBColor(0x8A, 0x38, 0x00), RGBColor(0xFF, 0xF1, 0xE3)
MOST_LACKS = 6
# Letters of the line that says how sure an answer is.
SURE_LETTERS = 120
# Sizes of an answer, the largest in which it has room, each with the letters that stand in its room.
ANSWER_SIZES = ((20, 190), (16, 330), (14, 400))
# What makes a shape one that screen readers pass over, as PowerPoint writes it.
DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
NO_DATE = datetime(2020, 1, 1)
# Letters on a line over a chart beside a table, and the height of one.
LETTERS_OF_A_LINE = 64
LINE = Inches(0.27)
# How what a zero does not rule out begins.
COULD_BE = "could still be "
TOLD_IN_NOTES = (COUNTS, HOW_SURE, *COMPARED.values())
IN_NOTES = "The rest is in the notes."


def packet_slides(packet: Packet) -> bytes:
    """The whole packet as slides: a cover, one question a slide, and what the log cannot answer."""
    deck = _Deck(packet.letterhead, packet.title, packet.about.mark, packet.as_of)
    deck.cover(packet)
    for sheet in packet.sheets:
        deck.question(sheet)
    if packet.lacks:
        deck.lacks(packet)
    return deck.saved(f"Council packet of {packet.about.who}, {packet.about.period}")


def sheet_slide(sheet: Sheet, letterhead: Letterhead) -> bytes:
    """One exhibit alone on a slide."""
    deck = _Deck(letterhead, sheet.question, sheet.about.mark, sheet.as_of)
    deck.question(sheet)
    return deck.saved(f"{sheet.about.who}, {sheet.about.period}")


class _Deck:
    """Slides in the making."""

    def __init__(
        self, letterhead: Letterhead, title: str, mark: str, as_of: datetime | None
    ) -> None:
        self._letterhead, self._title, self._mark = letterhead, title, mark
        self._as_of = as_of or NO_DATE
        self._deck = Presentation()
        self._deck.slide_width, self._deck.slide_height = WIDTH, HEIGHT
        self._layout = self._deck.slide_layouts[TITLE_ONLY]
        _fit_layouts(self._deck, self._layout)

    def saved(self, subject: str) -> bytes:
        """The slides as a file."""
        about = self._deck.core_properties
        about.title, about.author = (
            self._title,
            self._letterhead.agency_name or "Responder Outcomes",
        )
        about.subject = f"{self._mark} {subject}".strip()
        about.comments, about.keywords, about.language = self._mark, self._mark, "en-US"
        about.last_modified_by = about.author
        about.created = about.modified = self._as_of.replace(microsecond=0, tzinfo=None)
        stream = io.BytesIO()
        self._deck.save(stream)
        return stream.getvalue()

    def cover(self, packet: Packet) -> None:
        """Whose packet it is, of when, and the answers in one paragraph."""
        slide = self._slide(packet.title, Inches(1.35), size=Pt(36))
        about = packet.about
        top = Inches(2.15)
        whose = about.when if packet.title == about.who else about.in_words
        self._words(slide, "Whose and when", whose, top, Inches(0.5), Pt(20), LIGHT.muted)
        self._words(slide, "In short", packet.paragraph, Inches(2.85), Inches(3.4), Pt(18))
        if self._letterhead.agency_name:
            name = self._letterhead.agency_name
            self._words(
                slide, "From", name, Inches(0.45), Inches(0.5), Pt(18), LIGHT.muted, Inches(7)
            )
        self._foot(slide, about.source)
        questions = "\n".join(f"- {sheet.question}" for sheet in packet.sheets)
        slide.notes_slide.notes_text_frame.text = "\n".join(
            part for part in (about.mark, about.source, "Questions:", questions) if part
        )

    def question(self, sheet: Sheet) -> None:
        """One question: its answer, its chart or its table, its figures; the rest in the notes."""
        slide = self._slide(sheet.question, Inches(0.35), size=Pt(28))
        short = sheet.short or (sheet.answers[0] if sheet.answers else "")
        size = next((size for size, letters in ANSWER_SIZES if len(short) <= letters), 12)
        self._words(slide, "Answer", short, Inches(1.15), Inches(0.85), Pt(size))
        sure = _how_sure(sheet)
        if sure:
            self._words(slide, "How sure", sure, Inches(1.95), Inches(0.4), Pt(14), LIGHT.muted)
        top, bottom = Inches(2.4 if sure else 2.1), Inches(6.75)
        chart = (
            sheet.exhibit.charts[0] if sheet.exhibit.charts and not sheet.exhibit.empty else None
        )
        small = sheet.tables or (() if chart else sheet.exhibit.tables)
        table = small[0] if small else None
        if chart is None and table is None and sheet.exhibit.empty:
            self._words(slide, "Why there is nothing", sheet.exhibit.empty, top, Inches(2), Pt(18))
        chart_width = Emu(int(FULL * 0.6)) if table is not None else FULL
        if chart is not None:
            self._chart(slide, sheet, chart, (SIDE, top, chart_width, bottom - top))
        if table is not None:
            left = SIDE + chart_width + Inches(0.3) if chart is not None else SIDE
            self._table(slide, table, (left, top, WIDTH - SIDE - left, bottom - top), chart is None)
        self._foot(slide, sheet.about.source)
        slide.notes_slide.notes_text_frame.text = notes_of(sheet)

    def lacks(self, packet: Packet) -> None:
        """What the log cannot answer."""
        slide = self._slide("What this log cannot answer", Inches(0.35), size=Pt(28))
        shown = packet.lacks[:MOST_LACKS]
        more = (IN_NOTES,) if len(packet.lacks) > len(shown) else ()
        words = "\n".join((*shown, *more))
        self._words(slide, "Not recorded", words, Inches(1.3), Inches(5.2), Pt(16), gap=Pt(8))
        self._foot(slide, packet.about.source)
        slide.notes_slide.notes_text_frame.text = "\n".join(
            _bare(words) for words in (packet.about.mark, *packet.lacks) if words
        )

    def _slide(self, title: str, top: Any, size: Any) -> Any:
        slide = self._deck.slides.add_slide(self._layout)
        holder = slide.shapes.title
        holder.text = title
        holder.left, holder.top, holder.width, holder.height = SIDE, top, FULL, Inches(0.8)
        frame = holder.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = 0
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
            for run in paragraph.runs:
                run.font.size, run.font.bold = (Pt(24) if len(title) > 70 else size), True
                run.font.color.rgb = _rgb(LIGHT.text)
        self._band(slide)
        if self._mark:
            self._mark_slide(slide)
        return slide

    def _band(self, slide: Any) -> None:
        band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, WIDTH, Inches(0.14))
        band.fill.solid()
        band.fill.fore_color.rgb = _rgb(self._letterhead.color)
        band.line.fill.background()
        _name(band, "Band of color", "")
        _decorative(band)
        logo = self._letterhead.logo
        if logo is not None:
            height = Inches(0.55)
            width = Emu(int(height * logo.width / logo.height))
            left = WIDTH - SIDE - width
            shape = slide.shapes.add_picture(
                io.BytesIO(logo.png), left, Inches(0.35), width, height
            )
            whose = self._letterhead.agency_name
            _name(shape, "Logo", f"Logo of {whose}" if whose else "The agency's logo")
            title = slide.shapes.title
            if title.top < Inches(1):
                title.width = left - SIDE - Inches(0.2)

    def _mark_slide(self, slide: Any) -> None:
        box = slide.shapes.add_textbox(
            WIDTH - SIDE - Inches(4.1), Inches(7.0), Inches(4.1), Inches(0.34)
        )
        box.fill.solid()
        box.fill.fore_color.rgb = MARK_GROUND
        frame = box.text_frame
        frame.text = self._mark
        frame.paragraphs[0].alignment = PP_ALIGN.CENTER
        run = frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold, run.font.color.rgb = Pt(12), True, MARK_INK
        _name(box, "Made up", "")

    def _words(
        self,
        slide: Any,
        name: str,
        words: str,
        top: Any,
        height: Any,
        size: Any,
        color: str = LIGHT.text,
        width: Any = FULL,
        gap: Any = None,
        left: Any = SIDE,
    ) -> None:
        box = slide.shapes.add_textbox(left, top, width, height)
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        for place, line in enumerate(words.split("\n")):
            paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
            if gap:
                paragraph.space_after = gap
            for is_bold, part, _ in said(line):
                run = paragraph.add_run()
                run.text = part
                run.font.size, run.font.bold = size, is_bold
                run.font.color.rgb = _rgb(color)
        _name(box, name, "")

    def _foot(self, slide: Any, source: str) -> None:
        width = FULL - Inches(4.3) if self._mark else FULL
        self._words(slide, "Source", source, Inches(6.85), Inches(0.5), Pt(10), LIGHT.muted, width)

    def _chart(
        self, slide: Any, sheet: Sheet, chart: Chart, box: tuple[Any, Any, Any, Any]
    ) -> None:
        left, top, width, height = box
        title = title_of(sheet.exhibit, chart)
        if chart.series is not None and chart.series.rows:
            # Said once where the answer says the same.
            lines = 0 if title == sheet.short else math.ceil(len(title) / LETTERS_OF_A_LINE)
            if lines:
                self._chart_title(slide, title, left, top, width, lines)
            over = Inches(0.1) + lines * LINE
            inside = (left, top + over, width, height - over)
            frame = add_native_chart(slide.shapes, chart.series, inside)
            _name(frame, "Chart", chart.alt)
            return
        # No chart of an office program draws it: its picture, with the same words.
        picture = image_of(sheet.exhibit, chart, sheet.about, "png")
        shape = slide.shapes.add_picture(io.BytesIO(picture), left, top, width=width)
        if shape.height > height:
            shape.width, shape.height = Emu(int(shape.width * height / shape.height)), height
        _name(shape, "Picture of the chart", chart.alt)

    def _chart_title(
        self, slide: Any, words: str, left: Any, top: Any, width: Any, lines: int
    ) -> None:
        box = slide.shapes.add_textbox(left, top, width, Inches(0.1) + lines * LINE)
        frame = box.text_frame
        frame.word_wrap = True
        frame.margin_left = frame.margin_right = 0
        run = frame.paragraphs[0].add_run()
        run.text = words
        run.font.size, run.font.bold, run.font.color.rgb = Pt(14), True, _rgb(LIGHT.text)
        _name(box, "What the chart shows", "")

    def _table(
        self, slide: Any, table: Table, box: tuple[Any, Any, Any, Any], is_whole: bool
    ) -> None:
        whole = rows_of(table)
        if not is_whole:
            # Beside a chart: what it is and its value; counts, how sure and its change stand in the notes.
            whole = _zeros_told(whole)
            whole = whole[[name for name in whole.columns if name not in TOLD_IN_NOTES]]
        left, top, width, height = box
        frame, left_out = add_table(slide, whole, (left, top, width, height - LINE))
        columns = ", ".join(
            frame.table.cell(0, place).text for place in range(len(frame.table.columns))
        )
        _name(frame, "Table", f"{table.title or 'Table'}: {columns}.")
        if left_out:
            words = (
                f"{left_out:,} more rows are in the notes."
                if left_out > 1
                else "One more row is in the notes."
            )
            self._words(
                slide,
                "More",
                words,
                Emu(top + height - LINE),
                LINE,
                Pt(12),
                LIGHT.muted,
                width,
                left=left,
            )


def _zeros_told(rows: pandas.DataFrame) -> pandas.DataFrame:
    """The figures with what a zero does not rule out beside it, for it never stands alone."""
    if HOW_SURE not in rows:
        return rows
    limits = [str(sure).partition(";")[0] for sure in rows[HOW_SURE]]
    told = [
        f"{value}, {limit.removeprefix(COULD_BE)}" if limit.startswith(COULD_BE) else value
        for value, limit in zip(rows["Value"], limits, strict=True)
    ]
    return rows.assign(Value=told)


def _how_sure(sheet: Sheet) -> str:
    """How sure the first figure is, beside its answer wherever it stands; empty where the sheet has no figures."""
    for table in sheet.tables:
        if HOW_SURE in table.rows and len(table.rows):
            first = table.rows.iloc[0]
            told = f"{first['Figure']}: {first[HOW_SURE]}." if first[HOW_SURE] else ""
            # What is longer than a line is in the notes whole.
            return told if len(told) <= SURE_LETTERS else f"{told.split('; ')[0]}."
    return ""


def notes_of(sheet: Sheet) -> str:
    """What a speaker has at hand: the citation, the definitions, what to know, and the hostile question's answer."""
    parts = [*sheet.quotes]
    if sheet.doubt:
        parts += ["", f"If asked: {sheet.doubt}", sheet.reply]
    # The figures; of an exhibit that has no chart, its whole table.
    for table in sheet.tables[:1] or (() if sheet.exhibit.charts else sheet.exhibit.tables):
        parts += ["", *map(_row_words, table.named_rows.to_dict("records"))]
    if sheet.metrics:
        parts += ["", "Definitions"]
        parts += [f"{metric.label}: {metric.definition}" for metric in sheet.metrics]
    if sheet.notes:
        parts += ["", "What to know before quoting", *(f"- {note}" for note in sheet.notes)]
    parts += ["", *sheet.exhibit.caption, sheet.about.source]
    return "\n".join(_bare(part) for part in parts)


def _row_words(row: dict[str, Any]) -> str:
    name, *others = [str(cell) for cell in row.values()]
    return f"{name}: {'; '.join(cell for cell in others if cell)}"


def _bare(words: str) -> str:
    return without_bold(words)


def _rgb(color: str) -> RGBColor:
    found: RGBColor = RGBColor.from_string(color.removeprefix("#"))
    return found


def _name(shape: Any, name: str, alt: str) -> None:
    """What a shape is called, and what it shows for those who do not see it."""
    shape.name = name
    properties = shape._element.xpath(".//p:cNvPr")[0]
    if alt:
        properties.set("descr", alt)


def _decorative(shape: Any) -> None:
    """A shape that screen readers pass over."""
    properties = shape._element.xpath(".//p:cNvPr")[0]
    properties.append(parse_xml(DECORATIVE))


def _fit_layouts(deck: Any, kept: Any) -> None:
    """One layout, as wide as the slides, in a font that every office program has."""
    for layout in list(deck.slide_layouts):
        if layout is not kept:
            deck.slide_layouts.remove(layout)
    for holder in (*deck.slide_master.placeholders, *kept.placeholders):
        holder.left, holder.width = SIDE, FULL
    for holder in list(kept.placeholders):
        if holder.placeholder_format.type is not None and holder.placeholder_format.idx != 0:
            holder._element.getparent().remove(holder._element)
