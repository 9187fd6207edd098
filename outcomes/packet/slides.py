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
from outcomes.packet.slide_table import ROOM_TO_SAY_SO, SIZES, WHOLE_SIZES, add_table, rows_of
from outcomes.presentation.charts.theme import LIGHT
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Card, Chart, Table, card_tables
from outcomes.presentation.taken_away import image_of
from outcomes.vocabulary.bold import BOLD, without_bold

WIDTH, HEIGHT = Inches(13.333), Inches(7.5)
SIDE = Inches(0.6)
FULL = WIDTH - 2 * SIDE
TITLE_ONLY, BLANK = 5, 6
MARK_INK, MARK_GROUND = RGBColor(0x8A, 0x38, 0x00), RGBColor(0xFF, 0xF1, 0xE3)
MOST_LACKS = 6
# Letters of the line that says how sure an answer is.
SURE_LETTERS = 120
# Sizes of an answer, the largest in which it takes two lines; of a title one line.
ANSWER_SIZES, TITLE_SIZES = (20, 16, 14), (28, 24)
# Of letters to their size, in the widest fonts that office programs take: their mean width, bold ones, a line's height.
LETTER, BOLD_LETTER, LINE_OF_LETTERS = 0.56, 0.6, 1.22
# From the top of a slide to its title, and more where the mark stands over it; where content ends and the source begins.
TITLE_TOP, MARK_ROW, BOTTOM, FOOT = Inches(0.26), Inches(0.44), Inches(6.84), Inches(6.88)
# Cards beside each other, and the room between them.
CARDS_IN_ROW, CARD_GAP = 3, Inches(0.4)
LACKS = "What this log cannot answer"
# What makes a shape one that screen readers pass over, as PowerPoint writes it.
DECORATIVE = (
    '<a:extLst xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main">'
    '<a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
NO_DATE = datetime(2020, 1, 1)
# Height of a line over a chart beside a table.
LINE = Inches(0.27)
# A value with more letters is a sentence.
LETTERS_OF_A_VALUE = 16
LOGO_HEIGHT = Inches(0.55)
# How what a zero does not rule out begins.
COULD_BE = "could still be "
# How the range of an estimate begins, which never stands without it.
RANGE, BY_ASSUMPTION = "80% range", " by assumption"
TOLD_IN_NOTES = (COUNTS, HOW_SURE, *COMPARED.values())
IN_NOTES = "The rest is in the notes."


def packet_slides(packet: Packet) -> bytes:
    """The whole packet as slides: a cover, one question a slide, and what the log cannot answer."""
    deck = _Deck(packet.letterhead, packet.title, packet.about.mark, packet.as_of)
    deck.cover(packet)
    *sheets, last = packet.sheets
    for sheet in sheets:
        deck.question(sheet)
    if not deck.question(last, packet.lacks):
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
        slide = self._slide(packet.title, Inches(1.35), Inches(0.8), 36)
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
        self._foot(slide, about)
        questions = "\n".join(f"- {sheet.question}" for sheet in packet.sheets)
        slide.notes_slide.notes_text_frame.text = "\n".join(
            part for part in (about.mark, about.source, "Questions:", questions) if part
        )

    def question(self, sheet: Sheet, lacks: tuple[str, ...] = ()) -> bool:
        """One question: its answer, its chart or its table, its figures; the rest in the notes.

        Whether nothing is left of what the log cannot answer: it stands under the figures where there is room.
        """
        slide, top = self._titled(sheet.question, sheet.about)
        short = sheet.short or (sheet.answers[0] if sheet.answers else "")
        top = self._answer(slide, short, top)
        sure = _how_sure(sheet)
        if sure:
            self._words(slide, "How sure", sure, top, Inches(0.36), Pt(14), LIGHT.muted)
            top += Inches(0.4)
        exhibit = sheet.exhibit
        has_chart = bool(exhibit.charts) and not exhibit.empty
        chart = exhibit.charts[0] if has_chart else None
        small = sheet.tables or (() if chart or exhibit.cards else exhibit.tables)
        table = small[0] if small else None
        if exhibit.cards and chart is None:
            self._cards(slide, exhibit.cards, top)
        elif chart is None and table is None and exhibit.empty:
            self._words(slide, "Why there is nothing", exhibit.empty, top, Inches(2), Pt(18))
        chart_width = Emu(int(FULL * 0.6)) if table is not None else FULL
        if chart is not None:
            self._chart(slide, sheet, chart, (SIDE, top, chart_width, BOTTOM - top))
        told: tuple[str, ...] = ()
        if table is not None:
            left = SIDE + chart_width + Inches(0.3) if chart is not None else SIDE
            box = (left, top, WIDTH - SIDE - left, BOTTOM - top)
            end = self._table(slide, table, box, chart is None)
            room = (left, end + Inches(0.25), box[2], BOTTOM - end - Inches(0.25))
            told = lacks if lacks and self._lacks_under(slide, lacks, room) else ()
        self._foot(slide, sheet.about, sheet.link)
        notes = (notes_of(sheet), *(("", LACKS, *map(_bare, told)) if told else ()))
        slide.notes_slide.notes_text_frame.text = "\n".join(notes)
        return told == lacks

    def lacks(self, packet: Packet) -> None:
        """What the log cannot answer."""
        slide, top = self._titled(LACKS, packet.about)
        shown = packet.lacks[:MOST_LACKS]
        more = (IN_NOTES,) if len(packet.lacks) > len(shown) else ()
        words = "\n".join((*shown, *more))
        self._words(slide, "Not recorded", words, top, BOTTOM - top, Pt(16), gap=Pt(8))
        self._foot(slide, packet.about)
        slide.notes_slide.notes_text_frame.text = "\n".join(
            _bare(words)
            for words in (packet.about.mark, *packet.lacks, packet.about.source)
            if words
        )

    def _lacks_under(
        self, slide: Any, lacks: tuple[str, ...], room: tuple[Any, Any, Any, Any]
    ) -> bool:
        """Write what the log cannot answer under a small table; whether it had room there."""
        left, top, width, height = room
        lines = 1 + sum(_lines(words, width, 12) for words in lacks)
        if lines * _line(12) + Inches(0.15) * len(lacks) > height:
            return False
        words = "\n".join((f"{BOLD}{LACKS}{BOLD}", *lacks))
        self._words(
            slide, "Not recorded", words, top, height, Pt(12), width=width, gap=Pt(4), left=left
        )
        return True

    def _titled(self, title: str, about: About) -> tuple[Any, Any]:
        """A new slide with its title, and under it whose figures and of when; and where its content begins."""
        width = FULL - self._logo_width()
        fits = (size for size in TITLE_SIZES if _lines(title, width, size, BOLD_LETTER) == 1)
        size = next(fits, TITLE_SIZES[-1])
        height = _lines(title, width, size, BOLD_LETTER) * _line(size) + Inches(0.08)
        top = TITLE_TOP + (MARK_ROW if self._mark else 0)
        slide = self._slide(title, top, height, size)
        words = about.in_words
        size = 16 if _lines(words, FULL, 16) == 1 else 12
        below = _lines(words, FULL, size) * _line(size) + Inches(0.12)
        self._words(
            slide, "Whose and when", words, Emu(top + height), Emu(below), Pt(size), LIGHT.muted
        )
        return slide, Emu(top + height + below + Inches(0.04))

    def _answer(self, slide: Any, words: str, top: Any) -> Any:
        """The answer in letters as large as two lines of it can be; where it ends."""
        if not words:
            return Emu(top + Inches(0.1))
        fits = (size for size in ANSWER_SIZES if _lines(words, FULL, size) <= 2)
        size = next(fits, ANSWER_SIZES[-1])
        height = Emu(_lines(words, FULL, size) * _line(size) + Inches(0.14))
        self._words(slide, "Answer", words, top, height, Pt(size))
        return Emu(top + height + Inches(0.02))

    def _cards(self, slide: Any, cards: tuple[Card, ...], top: Any) -> None:
        """Figures in large type, three beside each other; smaller where there are more rows than two."""
        across = min(CARDS_IN_ROW, len(cards)) if len(cards) != 4 else 2
        rows = math.ceil(len(cards) / across)
        width = Emu(int((FULL - (across - 1) * CARD_GAP) / across))
        height = Emu(int((BOTTOM - top) / rows))
        label, value, quiet = (16, 36, 14) if rows <= 2 else (14, 28, 11)
        for place, card in enumerate(cards):
            down, right = divmod(place, across)
            left = Emu(SIDE + right * (width + CARD_GAP))
            box = slide.shapes.add_textbox(left, Emu(top + down * height), width, height)
            frame = box.text_frame
            frame.word_wrap = True
            frame.margin_left = frame.margin_right = 0
            # A value in words, such as why there is none, is no number in large type.
            is_long = len(card.value) > LETTERS_OF_A_VALUE
            sizes = (label, 24 if is_long else value, *(quiet for _ in card.lines))
            for at, (words, size) in enumerate(
                zip((card.label, card.value, *card.lines), sizes, strict=True)
            ):
                paragraph = frame.paragraphs[0] if at == 0 else frame.add_paragraph()
                paragraph.space_after = Pt(3)
                run = paragraph.add_run()
                run.text = _bare(words)
                run.font.size, run.font.bold = Pt(size), at < 2
                run.font.color.rgb = _rgb(LIGHT.accent if at == 1 else LIGHT.text)
            _name(box, "Figure", "")

    def _slide(self, title: str, top: Any, height: Any, size: int) -> Any:
        slide = self._deck.slides.add_slide(self._layout)
        holder = slide.shapes.title
        holder.text = title
        holder.left, holder.top, holder.width, holder.height = SIDE, top, FULL, height
        frame = holder.text_frame
        frame.word_wrap, frame.vertical_anchor = True, MSO_ANCHOR.MIDDLE
        frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
        for paragraph in frame.paragraphs:
            paragraph.alignment = PP_ALIGN.LEFT
            for run in paragraph.runs:
                run.font.size, run.font.bold = Pt(size), True
                run.font.color.rgb = _rgb(LIGHT.text)
        self._band(slide)
        if self._mark:
            self._mark_slide(slide)
        return slide

    def _logo_width(self) -> Any:
        """What a logo takes of the width beside a title; 0 without one."""
        logo = self._letterhead.logo
        if logo is None:
            return Emu(0)
        return Emu(int(LOGO_HEIGHT * logo.width / logo.height) + Inches(0.2))

    def _band(self, slide: Any) -> None:
        band = slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, 0, 0, WIDTH, Inches(0.14))
        band.fill.solid()
        band.fill.fore_color.rgb = _rgb(self._letterhead.color)
        band.line.fill.background()
        _name(band, "Band of color", "")
        _decorative(band)
        logo = self._letterhead.logo
        if logo is not None:
            height, width = LOGO_HEIGHT, Emu(self._logo_width() - Inches(0.2))
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
        box = slide.shapes.add_textbox(SIDE, Inches(0.24), Inches(5.8), Inches(0.38))
        box.fill.solid()
        box.fill.fore_color.rgb = MARK_GROUND
        frame = box.text_frame
        frame.text, frame.word_wrap = self._mark, True
        frame.paragraphs[0].alignment = PP_ALIGN.LEFT
        run = frame.paragraphs[0].runs[0]
        run.font.size, run.font.bold, run.font.color.rgb = Pt(16), True, MARK_INK
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

    def _foot(self, slide: Any, about: About, link: str = "") -> None:
        """Where the figures come from, who owns them and which days they cover, and where to see them; the rest is in the notes."""
        words = "\n".join(part for part in (about.short_source or about.source, link) if part)
        self._words(slide, "Source", words, FOOT, Inches(0.5), Pt(10), LIGHT.muted)

    def _chart(
        self, slide: Any, sheet: Sheet, chart: Chart, box: tuple[Any, Any, Any, Any]
    ) -> None:
        left, top, width, height = box
        title = sheet.chart_title(chart)
        if chart.series is not None and chart.series.rows:
            lines = _lines(title, width, 14, BOLD_LETTER) if title else 0
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
    ) -> Any:
        """Write as much of it as fits; where it ends."""
        whole = rows_of(table)
        if not is_whole:
            # Beside a chart: what it is and its value; counts, how sure and its change stand in the notes.
            whole = _ranges_told(whole)
            whole = whole[[name for name in whole.columns if name not in TOLD_IN_NOTES]]
        left, top, width, height = box
        sizes = WHOLE_SIZES if is_whole else SIZES
        frame, left_out, high = add_table(slide, whole, box, sizes)
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
                Emu(top + height - ROOM_TO_SAY_SO),
                ROOM_TO_SAY_SO,
                Pt(12),
                LIGHT.muted,
                width,
                left=left,
            )
            return Emu(top + height)
        return Emu(top + high)


def _lines(words: str, width: Any, size: int, letter: float = LETTER) -> int:
    """How many lines the words take in that width, at most."""
    in_line = max(1.0, float(width) / (float(Pt(size)) * letter))
    return math.ceil(len(_bare(words)) / in_line)


def _line(size: int) -> Any:
    """Height of a line of letters of that size."""
    return Emu(int(Pt(size) * LINE_OF_LETTERS))


def _ranges_told(rows: pandas.DataFrame) -> pandas.DataFrame:
    """The figures with what a zero does not rule out, or the range of an estimate, beside it: neither stands alone."""
    if HOW_SURE not in rows:
        return rows
    limits = [str(sure).partition(";")[0] for sure in rows[HOW_SURE]]
    told = [
        f"{value}, {limit.removeprefix(COULD_BE).removesuffix(BY_ASSUMPTION)}"
        if limit.startswith((COULD_BE, RANGE))
        else value
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
    whole = (*card_tables(sheet.exhibit), *sheet.exhibit.tables)
    for table in sheet.tables[:1] or (() if sheet.exhibit.charts else whole):
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
