"""A printed page: every chart whole on its sheet, whose it is on each sheet, and nothing to click."""

import io

from playwright.sync_api import Page
from pypdf import PdfReader
from settled import open_settled

from pages.shell.navigation import page_address

KESTREL = "demo-kestrel-mesa"
# Words at the axes and at the ends of bars, chart by chart.
CHART_WORDS = """() => [...document.querySelectorAll('.js-plotly-plot')]
    .filter(chart => chart.checkVisibility())
    .map(chart => [...chart.querySelectorAll('.xtick text, .ytick text, .bartext')].map(word => word.textContent.trim()))"""
MARGIN_PT = 12 / 25.4 * 72 - 1


def words_within(sheet: Page, left: float) -> str:
    """The words of a sheet that begin within its margins."""
    width = float(sheet.mediabox.width)
    found: list[str] = []

    def keep(text: str, matrix: list[float], of_text: list[float], *_: object) -> None:
        x = matrix[0] * of_text[4] + matrix[2] * of_text[5] + matrix[4]
        if left <= x <= width - left:
            found.append(text)

    sheet.extract_text(visitor_text=keep)
    return "".join("".join(found).split())


def test_nothing_is_cut_on_paper(demo_server: str, tab: Page):
    open_settled(tab, f"{page_address('injuries', demo_server)}?program={KESTREL}")
    charts = tab.evaluate(CHART_WORDS)
    assert charts
    for paper in ("Letter", "A4"):
        sheets = PdfReader(io.BytesIO(tab.pdf(format=paper, print_background=True))).pages
        assert 1 <= len(sheets) <= 8
        said = [words_within(sheet, MARGIN_PT) for sheet in sheets]
        for words in charts:
            # All of a chart is on one sheet.
            assert any(all("".join(word.split()) in sheet for word in words) for sheet in said), (
                words
            )
        for number, sheet in enumerate(said, start=1):
            for part in (
                "Made-updemonstrationdata",
                "KestrelMesaCrisisResponse",
                "Snapshot",
                f"{number}of{len(said)}",
            ):
                assert part in sheet
            for control in ("Sentence", "Image or slide", "Table"):
                assert control not in sheet
