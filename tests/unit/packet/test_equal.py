"""Every number of a packet is one of its exhibits': in the document, on the slides, in their charts, in the workbook."""

import io
import math
import re
from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

import openpyxl
import pypdf
from pptx import Presentation

from outcomes.packet.contents import Packet, Sheet
from outcomes.packet.native_chart import reaches
from outcomes.packet.printed import NAMES, charts_of
from outcomes.packet.slides import notes_of
from outcomes.presentation.charts.series import IN_PART, ChartSeries
from outcomes.presentation.exhibit import Exhibit, Table
from outcomes.vocabulary.bold import BOLD

NUMBER = re.compile(r"\d[\d,]*(?:\.\d+)?%?")
# Fewer would say that a part of the packet was not looked at.
LEAST_COMPARED = 1_400


def numbers(words: str) -> list[str]:
    return [found.rstrip(",") for found in NUMBER.findall(words.replace(BOLD, ""))]


def cells(table: Table) -> list[str]:
    rows = table.named_rows.rename(columns={"": NAMES})
    return [*map(str, rows.columns), *(str(cell) for row in rows.to_numpy() for cell in row)]


def words_of_exhibit(exhibit: Exhibit) -> Iterator[str]:
    yield from (exhibit.headline, exhibit.answer, exhibit.empty, exhibit.footnote)
    yield from (*exhibit.caption, *exhibit.notes)
    for table in exhibit.tables:
        yield from cells(table)
    for card in exhibit.cards:
        yield from (card.label, card.value, *card.lines)
    for chart in exhibit.charts:
        yield from (chart.alt, chart.finding, chart.title, *chart.legend, *chart.remarks)


def words_of_sheet(sheet: Sheet) -> Iterator[str]:
    yield from (sheet.question, *sheet.answers, sheet.short, *sheet.notes, *sheet.quotes)
    yield from (sheet.doubt, sheet.reply, sheet.about.source, sheet.about.period, sheet.link)
    for table in sheet.tables:
        yield from cells(table)
    yield from words_of_exhibit(sheet.exhibit)
    for metric in sheet.metrics:
        yield from (metric.label, metric.definition, metric.includes, metric.excludes)
        yield from (metric.caution, metric.source, metric.key)


def words_of_packet(packet: Packet) -> Iterator[str]:
    yield from (packet.title, packet.paragraph, packet.about.source, packet.about.period)
    yield from packet.lacks
    for table in packet.figures:
        yield from cells(table)
    for sheet in packet.sheets:
        yield from words_of_sheet(sheet)
    for exhibit in packet.quality:
        yield from words_of_exhibit(exhibit)
    if packet.as_of:
        yield f"{packet.as_of:%b} {packet.as_of.day}, {packet.as_of.year}"


def known(words: Iterable[str]) -> set[str]:
    return {number for each in words for number in numbers(each)}


def drawn(sheet: Sheet) -> Iterator[str]:
    """What the chart of a sheet writes: ticks and labels of the figure that the page draws."""
    for block in charts_of(sheet.exhibit, 400):
        for name in ("x", "y"):
            for tick in (block.drawing or {name: {"ticks": []}})[name]["ticks"]:
                yield "".join(piece[1] for line in tick["text"] for piece in line)
        for label in (block.drawing or {"labels": []})["labels"]:
            yield " ".join(piece[1] for line in label["text"] for piece in line)


def squeezed(words: str) -> str:
    """Without what a line break on paper takes or leaves."""
    return re.sub(rf"[\s\u00a0{BOLD}]+", "", words)


def test_the_document_says_the_exhibits_numbers(packet: Packet, files: dict[str, bytes]):
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages]
    compared = 0
    # The goals and the month share a page.
    goals, month, *others = packet.sheets
    assert (goals.name, month.name) == ("goals", "this_month")
    page_of = {"goals": 1, "this_month": 1} | {
        sheet.name: place for place, sheet in enumerate(others, start=2)
    }
    for sheet in packet.sheets:
        page = re.sub(r"Page \d+ of \d+", "", pages[page_of[sheet.name]])
        assert squeezed(sheet.question) in squeezed(page), "one page a question, in order"
        beside = [each for each in packet.sheets if page_of[each.name] == page_of[sheet.name]]
        allowed = known(w for each in beside for w in [*words_of_sheet(each), *drawn(each)])
        found = numbers(page)
        compared += len(found)
        assert [number for number in found if number not in allowed] == [], sheet.name
        # And nothing is left out: every sentence and every cell of its small tables stands on the page.
        flat = squeezed(page)
        wanted = [*sheet.answers, *(cell for table in sheet.tables for cell in cells(table))]
        assert [words for words in wanted if squeezed(words) not in flat] == [], sheet.name
    whole = re.sub(r"Page \d+ of \d+|(\. ){3,}\d+", "", "\n".join(pages))
    listed = re.sub(r"\. \. .*", "", whole)
    allowed = known(words_of_packet(packet)) | known(w for s in packet.sheets for w in drawn(s))
    found = numbers(listed)
    compared += len(found)
    assert [number for number in found if number not in allowed] == []
    flat = squeezed(listed)
    behind = [
        cell
        for sheet in packet.sheets
        for table in sheet.exhibit.tables
        if not sheet.exhibit.empty and len(table.rows) <= 36
        for cell in cells(table)
    ]
    assert [cell for cell in behind if squeezed(cell) not in flat] == []
    assert compared > LEAST_COMPARED


def shown_as(value: float, pattern: str) -> str:
    """A number as office programs show it by its format: half away from zero, from the digits that it has."""
    decimals = len(pattern.rstrip("%").partition(".")[2])
    exact = Decimal(f"{value:.15g}") * (100 if pattern.endswith("%") else 1)
    rounded = exact.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
    sign = "%" if pattern.endswith("%") else ""
    return f"{rounded:{',' if ',' in pattern else ''}f}{sign}"


def chart_cells(numbers_of: ChartSeries) -> list[list[float | None]]:
    columns: list[list[float | None]] = []
    for one in numbers_of.series:
        columns.append(list(one.values))
        if one.has_intervals:
            columns += [list(reach) for reach in reaches(one)]
    return columns


def same(found: list[float | None], wanted: list[float | None]) -> bool:
    """Whether numbers are the same in the sixteen digits that a workbook keeps."""
    return len(found) == len(wanted) and all(
        each == other or (None not in (each, other) and math.isclose(each, other, rel_tol=1e-12))
        for each, other in zip(found, wanted, strict=True)
    )


def check_series(sheet: Sheet, numbers_of: ChartSeries) -> int:
    """Each value of a chart's numbers as the exhibit's table prints it; how many were held against it."""
    compared = 0
    printed = [
        {str(row[0]): row[1:] for row in table.rows.astype(str).to_numpy().tolist()}
        for table in sheet.exhibit.tables
    ]
    # Of rare events the months are printed too; the quarters are drawn.
    names = [name.removesuffix(IN_PART) for name in numbers_of.rows]
    printed = [rows for rows in printed if set(names) <= set(rows)]
    for one, rows in zip(numbers_of.series, printed, strict=True):
        for name, value in zip(names, one.values, strict=True):
            if value is None:
                continue
            compared += 1
            said = numbers(" ".join(rows[name]))
            assert numbers(shown_as(value, numbers_of.number_format))[0] in said
    return compared


def test_the_charts_numbers_are_those_of_the_tables(packet: Packet):
    compared = sum(
        check_series(sheet, chart.series)
        for sheet in packet.sheets
        for chart in sheet.exhibit.charts
        if chart.series
    )
    assert compared > 60


def test_the_slides_say_the_exhibits_numbers(packet: Packet, files: dict[str, bytes]):
    deck = Presentation(io.BytesIO(files["pptx"]))
    slides = list(deck.slides)
    assert len(slides) == 1 + len(packet.sheets) + bool(packet.lacks)
    compared = 0
    for sheet, slide in zip(packet.sheets, slides[1:], strict=False):
        allowed = known(words_of_sheet(sheet))
        words = [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame]
        for shape in slide.shapes:
            if shape.has_table:
                rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
                words += [cell for row in rows for cell in row]
                allowed.add(str(len(sheet.tables[0].rows) + 1 - len(rows)))
            if shape.has_chart:
                series = sheet.exhibit.charts[0].series
                assert series is not None
                plot = shape.chart.plots[0]
                assert tuple(plot.categories) == series.rows
                for one, native in zip(series.series, plot.series, strict=True):
                    assert tuple(native.values) == one.values
                    compared += len(one.values)
                    if one.has_intervals:
                        caches = [
                            [float(value.text) for value in part.iter() if value.tag.endswith("}v")]
                            for tag in ("plus", "minus")
                            for part in native._element.iter(
                                f"{{{native._element.nsmap['c']}}}{tag}"
                            )
                        ]
                        ends = [
                            [each for each in reach if each is not None] for reach in reaches(one)
                        ]
                        assert caches == ends
                        compared += sum(map(len, ends))
                book = openpyxl.load_workbook(
                    io.BytesIO(shape.chart.part.chart_workbook.xlsx_part.blob)
                )
                columns = list(book["Sheet1"].iter_cols(min_row=2, values_only=True))
                held = [list(column[: len(series.rows)]) for column in columns[1:]]
                # Every value stands in the chart's own workbook, and how far each interval reaches.
                for wanted in chart_cells(series):
                    assert any(same(column, wanted) for column in held)
                    compared += len(wanted)
        notes = slide.notes_slide.notes_text_frame.text
        assert notes == notes_of(sheet)
        found = [number for each in [*words, notes] for number in numbers(each)]
        compared += len(found)
        assert [number for number in found if number not in allowed] == [], sheet.name
    assert compared > 900


def test_the_workbook_holds_the_exhibits_cells(packet: Packet, files: dict[str, bytes]):
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    compared = 0
    for sheet, name in zip(packet.sheets, book.sheetnames[1:], strict=False):
        shown = [
            [
                ""
                if cell.value is None
                else cell.value
                if isinstance(cell.value, str)
                else shown_as(cell.value, cell.number_format)
                if cell.number_format != "General"
                else repr(cell.value)
                for cell in row
            ]
            for row in book[name].iter_rows()
        ]
        tables = [*sheet.tables, *(() if sheet.exhibit.empty else sheet.exhibit.tables)]
        for table in tables:
            frame = table.named_rows.rename(columns={"": NAMES})
            wanted = [list(map(str, frame.columns)), *frame.astype(str).to_numpy().tolist()]
            width = len(wanted[0])
            place = next(
                at
                for at, row in enumerate(shown)
                if row[:width] == wanted[0]
                and [each[:width] for each in shown[at : at + len(wanted)]] == wanted
            )
            assert place
            compared += sum(len(numbers(cell)) for row in wanted for cell in row)
        for chart in sheet.exhibit.charts:
            if chart.series and chart.series.rows and not sheet.exhibit.empty:
                at = next(at for at, row in enumerate(shown) if row[0] == "Chart data")
                rows = list(
                    book[name].iter_rows(min_row=at + 2, max_row=at + 1 + len(chart.series.rows))
                )
                assert [row[0].value for row in rows] == list(chart.series.rows)
                for column, wanted in enumerate(chart_cells(chart.series), start=1):
                    assert same([row[column].value for row in rows], wanted)
                    compared += len(wanted)
    allowed = known(words_of_packet(packet))
    for name in ("Contents", "Not answered", "Data dictionary", "Sources"):
        found = [
            number
            for row in book[name].iter_rows(values_only=True)
            for cell in row
            if cell is not None
            for number in numbers(str(cell))
        ]
        compared += len(found)
        assert [number for number in found if number not in allowed] == [], name
    assert compared > 900
