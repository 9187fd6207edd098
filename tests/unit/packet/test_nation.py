"""The packet of the nation: the registry's numbers in all three files, nothing of logs, and slides that hold their tables."""

import io
import re
from pathlib import Path

import openpyxl
import pypdf
import pytest
from pptx import Presentation
from pptx.util import Inches
from typer.testing import CliRunner

from outcomes.cli.app import app
from outcomes.packet.contents import Packet
from outcomes.packet.files import MAKERS
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.nation import QUESTIONS, WHERE, nation_packet
from outcomes.packet.problem import PacketProblem
from outcomes.registry.database import live_registry
from outcomes.vocabulary.bold import BOLD


def squeezed(words: str) -> str:
    return re.sub(rf"[\s\u00a0{BOLD}]+", "", words)


def test_each_question_has_its_answer_its_table_and_its_address(nation: Packet):
    assert [sheet.question for sheet in nation.sheets if sheet.question != WHERE] == list(
        QUESTIONS.values()
    )
    registry = live_registry()
    claims = {row["claim"]: row for row in registry.rows("seed_claims")}
    by_name = {sheet.question: sheet for sheet in nation.sheets}
    table = by_name[QUESTIONS["claims_checked"]].tables[0].rows
    assert len(table) == len(claims)
    quotes = " ".join(quote for sheet in nation.sheets for quote in sheet.quotes)
    assert "https://example.org/growth_across_states" in quotes
    assert (nation.quality, nation.lacks, nation.metrics) == ((), (), ())


@pytest.mark.slow
def test_the_document_says_all_of_it_and_nothing_of_logs(nation: Packet):
    reader = pypdf.PdfReader(io.BytesIO(MAKERS["pdf"](nation)))
    whole = squeezed("".join(page.extract_text() for page in reader.pages))
    for sheet in nation.sheets:
        for words in (*sheet.answers, *sheet.notes):
            assert squeezed(words) in whole
        for table in (*sheet.tables, *sheet.exhibit.tables):
            if len(table.rows) <= 36:
                rows = table.rows.drop(columns="Address", errors="ignore").astype(str)
                assert [c for c in rows.to_numpy().ravel() if squeezed(c) not in whole] == []
    for absent in ("Howgoodthedatais", "Whatthislogcannotanswer"):
        assert absent not in whole
    links = {
        str(note.get_object()["/A"]["/URI"])
        for page in reader.pages
        for note in page.get("/Annots", [])
        if "/URI" in note.get_object().get("/A", {})
    }
    assert {row["source_url"] for row in live_registry().rows("seed_claims")} <= links


def test_a_table_stays_on_its_slide_and_what_has_no_room_is_in_the_notes(nation: Packet):
    slides = list(Presentation(io.BytesIO(MAKERS["pptx"](nation))).slides)
    assert len(slides) == 1 + len(nation.sheets)
    seen = 0
    for sheet, slide in zip(nation.sheets, slides[1:], strict=True):
        notes = slide.notes_slide.notes_text_frame.text
        for shape in slide.shapes:
            assert shape.left >= 0
            assert shape.left + shape.width <= Inches(13.34)
            if not shape.has_table:
                continue
            rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
            # As many letters as a column of that width has room for in the smallest size: no row is higher than so.
            lines = sum(
                max(
                    -(-len(words) * Inches(0.09) // column.width)
                    for words, column in zip(row, shape.table.columns, strict=True)
                )
                for row in rows
            )
            assert lines * Inches(0.19) + len(rows) * Inches(0.1) < Inches(6.85) - shape.top
            seen += len(rows) - 1
            for row in sheet.tables[0].rows.astype(str).to_numpy().tolist():
                assert [cell for cell in row[1:] if cell and cell not in notes] == []
    assert seen > 20


def test_the_workbook_has_no_sheet_about_logs(nation: Packet):
    book = openpyxl.load_workbook(io.BytesIO(MAKERS["xlsx"](nation)))
    assert len(book.sheetnames) == len(nation.sheets) + 2
    assert {"Not answered", "Data dictionary"}.isdisjoint(book.sheetnames)
    charts = sum(len(book[name]._charts) for name in book.sheetnames)
    assert charts == sum(bool(c.series) for s in nation.sheets for c in s.exhibit.charts) == 3


def test_a_question_that_it_does_not_have_is_refused():
    with pytest.raises(
        PacketProblem, match=r"found \[injuries\]; choose from growth_across_states"
    ):
        nation_packet(live_registry(), Letterhead(), questions=("injuries",))


def test_the_command_needs_no_log_and_no_store(tmp_path: Path):
    asked = ["packet", "--nation", "--questions", "claims_checked", "--to", str(tmp_path / "out")]
    run = CliRunner().invoke(app, [*asked, "--store", str(tmp_path / "none")])
    assert run.exit_code == 0, run.output
    files = sorted(path.suffix for path in (tmp_path / "out").iterdir())
    assert files == [".pdf", ".pptx", ".xlsx"]
    assert not (tmp_path / "none").exists()
