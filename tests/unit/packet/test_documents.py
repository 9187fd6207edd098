"""What a packet is to those who do not see it, who have no network, and who must not take it for real."""

import io
import itertools
import re
import socket
import time
import zipfile
from collections import Counter
from dataclasses import replace
from typing import Any

import openpyxl
import pypdf
import pytest
from pptx import Presentation
from pypdf.generic import IndirectObject

from outcomes.packet.asked import Asked, ask
from outcomes.packet.brief import brief_pdf
from outcomes.packet.contents import Packet, exhibit_sheet, packet_of
from outcomes.packet.files import MAKERS, file_name
from outcomes.packet.letterhead import Letterhead, Paper
from outcomes.packet.logo import logo_of
from outcomes.packet.pdf import packet_pdf, sheet_pdf
from outcomes.packet.questions import DEFAULT_COUNT
from outcomes.packet.slides import sheet_slide
from outcomes.presentation.citation import MADE_UP
from outcomes.registry.database import live_registry
from outcomes.vocabulary.bold import without_bold

SHEETS = {Paper.LETTER: (612, 792), Paper.A4: (595, 842)}
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 20"><rect width="40" height="20" fill="#084"/></svg>'
# Of the processor, whatever else the machine does: the default packet takes 1.5 to 2.
LONGEST_SECONDS = 6


def tags(data: bytes) -> list[dict[str, Any]]:
    """Every tag of a document's structure, in reading order."""
    found: list[dict[str, Any]] = []

    def walk(node: Any) -> None:
        node = node.get_object() if isinstance(node, IndirectObject) else node
        if isinstance(node, list):
            for each in node:
                walk(each)
        elif isinstance(node, dict):
            if "/S" in node:
                found.append(node)
            walk(node.get("/K", []))

    walk(pypdf.PdfReader(io.BytesIO(data)).trailer["/Root"]["/StructTreeRoot"])
    return found


def test_every_chart_has_words_and_every_table_its_headers(packet: Packet, files: dict[str, bytes]):
    found = tags(files["pdf"])
    kinds = Counter(str(tag["/S"]) for tag in found)
    charts = sum(len(s.exhibit.charts) for s in packet.sheets if not s.exhibit.empty)
    assert kinds["/Figure"] == charts > 4
    said = [str(tag.get("/Alt", "")) for tag in found if tag["/S"] == "/Figure"]
    assert sorted(said) == sorted(c.alt for s in packet.sheets for c in s.exhibit.charts)
    assert kinds["/Table"] >= len(packet.sheets)
    assert kinds["/TH"] >= 2 * kinds["/Table"]
    heads = [tag for tag in found if tag["/S"] == "/TH"]
    assert all("/Column" in str(tag["/A"]) for tag in heads)
    levels = [int(str(tag["/S"])[2:]) for tag in found if re.fullmatch("/H[1-6]", str(tag["/S"]))]
    assert levels[0] == 1
    assert all(later - level <= 1 for level, later in itertools.pairwise(levels))
    assert levels.count(1) >= len(packet.sheets) + 4


def test_the_document_says_what_it_is(packet: Packet, files: dict[str, bytes]):
    reader = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    root = reader.trailer["/Root"]
    assert root["/Lang"] == "en-US"
    assert root["/ViewerPreferences"]["/DisplayDocTitle"].value is True
    assert reader.metadata is not None
    assert reader.metadata.title == packet.title
    assert reader.metadata.author == "City & Co."
    xmp = root["/Metadata"].get_data().decode()
    assert 'pdfuaid:part="1"' in xmp or "<pdfuaid:part>1" in xmp
    assert "<pdfaid:part>2" in xmp
    assert "<pdfaid:conformance>A" in xmp
    fonts = {
        str(font.get_object()["/BaseFont"])
        for page in reader.pages
        for font in page["/Resources"].get("/Font", {}).values()
    }
    assert fonts
    assert all(re.match(r"/[A-Z]{6}\+SourceSans", font) for font in fonts), fonts


def test_made_up_stays_made_up(packet: Packet, files: dict[str, bytes]):
    pages = [page.extract_text() for page in pypdf.PdfReader(io.BytesIO(files["pdf"])).pages]
    assert all(MADE_UP in page for page in pages)
    deck = Presentation(io.BytesIO(files["pptx"]))
    for slide in deck.slides:
        assert MADE_UP in [s.text_frame.text for s in slide.shapes if s.has_text_frame]
    book = openpyxl.load_workbook(io.BytesIO(files["xlsx"]))
    for sheet in book:
        assert sheet["A2"].value == MADE_UP
    reader = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    assert reader.metadata is not None
    properties = (reader.metadata.subject, deck.core_properties.subject, book.properties.subject)
    assert all(str(subject).startswith(MADE_UP) for subject in properties)
    assert all(file_name(packet, ending).startswith("made-up-kestrel-mesa") for ending in MAKERS)


def test_slides_are_read_in_order_and_their_charts_have_words(
    packet: Packet, files: dict[str, bytes]
):
    deck = Presentation(io.BytesIO(files["pptx"]))
    assert (deck.slide_width, deck.slide_height) == (12191695, 6858000)
    charts = 0
    for sheet, slide in zip([None, *packet.sheets], deck.slides, strict=False):
        shapes = list(slide.shapes)
        assert shapes[0] == slide.shapes.title
        assert shapes[0].text_frame.text
        order = [shape.name for shape in shapes]
        assert order.index("Source") == len(order) - 1
        for shape in shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= deck.slide_width
            assert shape.top + (0 if shape.has_table else shape.height) <= deck.slide_height
            described = shape._element.xpath(".//p:cNvPr")[0].get("descr")
            if shape.has_chart or shape.has_table or shape.shape_type == 13:
                assert described
            if shape.has_chart and sheet:
                charts += 1
                assert described == sheet.exhibit.charts[0].alt
                assert not shape.chart.has_title
        assert all(run.font.size is None or run.font.size.pt >= 10 for run in runs(shapes))
    assert charts >= 7


def runs(shapes: list[Any]) -> list[Any]:
    frames = [shape.text_frame for shape in shapes if shape.has_text_frame]
    return [run for frame in frames for paragraph in frame.paragraphs for run in paragraph.runs]


def test_a_workbook_has_a_chart_for_each_chart(packet: Packet, files: dict[str, bytes]):
    with zipfile.ZipFile(io.BytesIO(files["xlsx"])) as parts:
        charts = [name for name in parts.namelist() if name.startswith("xl/charts/chart")]
        drawings = b"".join(
            parts.read(name) for name in parts.namelist() if "drawings/drawing" in name
        )
    native = [c for s in packet.sheets for c in s.exhibit.charts if c.series and c.series.rows]
    assert len(charts) == len(native) > 4
    assert drawings.count(b"descr=") == len(charts)


def test_the_same_figures_give_the_same_bytes_on_either_paper(
    packet: Packet, files: dict[str, bytes]
):
    assert packet_pdf(packet) == files["pdf"]
    for paper, size in SHEETS.items():
        other = replace(packet, letterhead=replace(packet.letterhead, paper=paper))
        reader = pypdf.PdfReader(io.BytesIO(packet_pdf(other)))
        assert {tuple(map(round, page.mediabox[2:])) for page in reader.pages} == {size}


def test_the_default_packet_is_quick_and_needs_no_network(
    asked: Asked, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_args: object, **_more: object) -> None:
        raise AssertionError("a packet asked the network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    begun = time.process_time()
    logo = logo_of(SVG, "logo.svg")
    letterhead = Letterhead("A title & <more> #eval(1)", "City", logo, "#336600")
    made = packet_of(ask(asked.selection, asked.snapshot), letterhead)
    files = {ending: make(made) for ending, make in MAKERS.items()}
    assert time.process_time() - begun < LONGEST_SECONDS
    assert [sheet.name for sheet in made.sheets][:2] == ["goals", "this_month"]
    assert len(made.sheets) == 2 + DEFAULT_COUNT
    # The title is printed as it is written, and the logo is a figure with words.
    reader = pypdf.PdfReader(io.BytesIO(files["pdf"]))
    assert letterhead.title in reader.pages[0].extract_text()
    assert "Logo of City" in [
        str(t.get("/Alt")) for t in tags(files["pdf"]) if t["/S"] == "/Figure"
    ]
    pages = [page.extract_text() for page in reader.pages]
    starts = [
        next(
            at
            for at, page in enumerate(pages[1:])
            if s.question in page.replace("\n", " ").replace("  ", " ")
        )
        for s in made.sheets
    ]
    assert starts == [0, *range(1 + DEFAULT_COUNT)]
    assert "The figures" in pages[0]
    # What the log lacks stands under the figures of the last question, and is told in its notes.
    deck = Presentation(io.BytesIO(files["pptx"]))
    assert len(deck.slides) == 1 + len(made.sheets)
    last = deck.slides[len(made.sheets)]
    lacking = [s.text_frame.text for s in last.shapes if s.name == "Not recorded"]
    assert [without_bold(words) for words in made.lacks] == lacking[0].splitlines()[1:]
    assert without_bold(made.lacks[0]) in last.notes_slide.notes_text_frame.text
    first = next(iter(Presentation(io.BytesIO(files["pptx"])).slides))
    assert "Logo" in [shape.name for shape in first.shapes]


def test_one_exhibit_is_one_page_and_one_slide(packet: Packet):
    sheet = packet.sheets[2]
    alone = exhibit_sheet(sheet.exhibit, sheet.about, sheet.question, "")
    data = sheet_pdf(alone, packet.letterhead)
    reader = pypdf.PdfReader(io.BytesIO(data))
    assert len(reader.pages) <= 2
    assert MADE_UP in reader.pages[0].extract_text()
    assert [str(t["/Alt"]) for t in tags(data) if t["/S"] == "/Figure"] == [
        chart.alt for chart in sheet.exhibit.charts
    ]
    slides = list(Presentation(io.BytesIO(sheet_slide(alone, packet.letterhead))).slides)
    assert len(slides) == 1
    assert [shape.has_chart for shape in slides[0].shapes].count(True) == 1


def test_the_brief_is_one_page_with_every_claim_and_its_source():
    registry = live_registry()
    for paper in Paper:
        data = brief_pdf(registry, Letterhead(paper=paper))
        reader = pypdf.PdfReader(io.BytesIO(data))
        assert len(reader.pages) == 1, paper
    page = reader.pages[0]
    words = re.sub(r"\s+", "", page.extract_text())
    claims = registry.rows("seed_claims")
    for row in claims:
        assert re.sub(r"\s+", "", row["claim"]) in words
        assert re.sub(r"\s+", "", row["why"]) in words
    links = {
        str(note.get_object()["/A"]["/URI"])
        for note in page["/Annots"]
        if "/URI" in note.get_object().get("/A", {})
    }
    assert {row["source_url"] for row in claims} <= links
    found = tags(data)
    assert [str(tag["/Alt"]) for tag in found if tag["/S"] == "/Figure"]
    assert sum(tag["/S"] == "/Note" for tag in found) == len({row["source_url"] for row in claims})


def test_a_note_names_the_figure_that_it_is_of(packet: Packet):
    told = next(sheet for sheet in packet.sheets if sheet.name == "response_times").notes
    recorded = [note for note in told if "Recorded on" in note]
    assert len(recorded) > 1
    for note in recorded:
        # Each of its figures is recorded in a share of its own, so that none stands without its name.
        assert note.startswith(("Minutes from call to arrival", "Call processing", "Travel")), note
