"""Charts, tables and downloads: the same numbers, in words too, with gaps and made-up data named."""

import csv
import io

import pytest
from playwright.sync_api import Locator, Page, expect
from settled import open_settled, parts_in_turn

from outcomes.metrics.registry import METRICS
from outcomes.selection import parse_month
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import DataKind
from pages.shell.navigation import LOGS, PAGES, page_address

KESTREL = "demo-kestrel-mesa"
# The page of data quality shows no metric and has tests of its own.
FIGURE_PAGES = [
    entry.name for entry in PAGES if entry.reads == LOGS and entry.name != "data_quality"
]
# Page, metric of its month chart.
MONTH_CHARTS = [
    ("overview", "responses"),
    pytest.param("safety_escalations", "safety_escalation_rate", marks=pytest.mark.long),
    pytest.param("injuries", "injury_rate", marks=pytest.mark.long),
]
MADE_UP = label(DataKind.MADE_UP)
MOST_DOWNLOADS = 10
NAME_OF_BUTTON = "one => one.closest('[class*=\"st-key-\"]').className"
SCREEN = 900
# A page has at most four screens, and 650 words before anything is opened but for these; the list may only shrink.
MOST_SCREENS, MOST_WORDS_OF_A_PAGE = 4, 600
# Six tiles, five months, four goals and the answer take 450 words of the overview, and nine measures 180 of the comparison; most
# are numbers.
MOST_WORDS = {"overview": 650, "compare_programs": 630}
# Where the first chart or table begins, how high the page is, and how many words are in sight: the names of icons and the
# marks on the axes of charts are none.
EXTENT = """() => {
    const main = document.querySelector('[data-testid="stMainBlockContainer"]');
    const wordsOf = one => (one.innerText ?? one.textContent).split(/\\s+/).filter(word => word).length;
    const marks = [...main.querySelectorAll('[data-testid="stIconMaterial"], .js-plotly-plot')]
        .filter(one => one.checkVisibility());
    const figures = [...main.querySelectorAll('[data-testid="stPlotlyChart"], .ro-table, .ro-month')];
    const tops = figures.map(one => one.getBoundingClientRect()).filter(box => box.width > 0).map(box => box.top);
    const words = marks.reduce((left, one) => left - wordsOf(one), wordsOf(main));
    return {first: Math.min(...tops), height: main.scrollHeight, words};
}"""
# A program works in one state: a sentence says so in place of a chart.
WITHOUT_CHARTS = ("states_from_logs",)
# What a table and a file call the row of everything together.
ALL_ROWS = ("All", "all")


def _table_rows(table: Locator) -> list[dict[str, str]]:
    """The cells of a table on the screen, by the heading of their column."""
    heads = [head.strip() for head in table.locator("thead th").all_inner_texts()]
    return [
        dict(
            zip(
                heads,
                [cell.strip() for cell in row.locator("th, td").all_inner_texts()],
                strict=True,
            )
        )
        for row in table.locator("tbody tr").all()
    ]


def _month_table(tab: Page) -> Locator:
    """The page's first table by month, on the screen."""
    month = tab.get_by_role("columnheader", name="Month", exact=True)
    table = tab.locator(".ro-table").filter(has=month).first
    expect(table).to_be_visible()
    return table


def _download(tab: Page, button: str, begins: str = "") -> str:
    """The text of a download at the page's end; of the first whose name begins so, for a choice takes a run."""
    for _ in range(MOST_DOWNLOADS):
        with tab.expect_download() as waiting:
            tab.get_by_test_id("stMain").get_by_test_id("stDownloadButton").get_by_role(
                "button", name=button
            ).last.click()
        if waiting.value.suggested_filename.startswith(begins):
            return waiting.value.path().read_text(encoding="utf-8")
    raise AssertionError(f"expected [{begins}], found [{waiting.value.suggested_filename}]")


def _choose_figure(tab: Page, name: str) -> None:
    figures = tab.get_by_role("combobox", name="Figures")
    figures.click()
    figures.fill(name)
    tab.get_by_role("option", name=name, exact=True).click()


@pytest.mark.parametrize(("page", "metric_key"), MONTH_CHARTS)
def test_the_download_is_the_screen(demo_server: str, tab: Page, page: str, metric_key: str):
    open_settled(tab, f"{page_address(page, demo_server)}?program={KESTREL}")
    tab.get_by_role("tab", name="Table").first.click()
    shown = _table_rows(_month_table(tab))
    figure = f"{METRICS[metric_key].label}, by month"
    _choose_figure(tab, figure)
    name = figure.lower().replace(",", "").replace(" ", "-")
    begins = f"made-up-kestrel-mesa-crisis-response-{name}"
    body = _download(tab, "CSV", begins)
    written = list(csv.DictReader(io.StringIO(body)))
    assert {row["metric"] for row in written} == {metric_key}
    assert len(written) == len(shown) > 12
    # The latest month stands first on the page and last in the file.
    in_file_order = [*shown[-2::-1], shown[-1]]
    for on_screen, in_file in zip(in_file_order, written, strict=True):
        assert on_screen["Month"] == _month_words(in_file["month"])
        assert on_screen["Count"].replace(",", "") == in_file["numerator"]
        if "Of" in on_screen:
            assert on_screen["Of"].replace(",", "") == in_file["denominator"]
    assert {row["data"] for row in written} == {MADE_UP}
    dictionary = list(
        csv.DictReader(io.StringIO(_download(tab, "Data dictionary", f"{begins}-dictionary")))
    )
    described = {row["column"]: row["meaning"] for row in dictionary}
    assert set(written[0]) <= set(described)
    assert all(described[column].strip() for column in written[0])


def _month_words(month: str) -> str:
    if month in ALL_ROWS:
        return ALL_ROWS[0]
    return f"{parse_month(month):%b %Y}" if month else "No date"


@pytest.mark.parametrize("page", FIGURE_PAGES)
def test_a_page_says_what_it_shows(demo_server: str, tab: Page, page: str, subtests):
    """One visit, several findings: opening a page is what takes long."""
    # A program and its last full year, as a first visitor sees it.
    open_settled(tab, f"{page_address(page, demo_server)}?program={KESTREL}&period=12")
    # First, before any part is opened.
    with subtests.test(
        "the answer and the first figure stand on the first screen, the whole in few"
    ):
        _assert_short(tab, page)
    with subtests.test("made-up data says so, in the files too"):
        _assert_made_up(tab)
    with subtests.test("every chart has words and a table"):
        _assert_told(tab, has_charts=page not in WITHOUT_CHARTS)


def _assert_short(tab: Page, page: str) -> None:
    seen = tab.evaluate(EXTENT)
    assert seen["first"] < SCREEN
    assert seen["height"] <= MOST_SCREENS * SCREEN
    assert seen["words"] <= MOST_WORDS.get(page, MOST_WORDS_OF_A_PAGE)


def _assert_made_up(tab: Page) -> None:
    main = tab.get_by_test_id("stMain")
    captions = main.get_by_test_id("stCaptionContainer")
    expect(captions.first).to_contain_text(MADE_UP, ignore_case=True)
    expect(captions.last).to_contain_text(MADE_UP)
    taken: set[str] = set()
    for _ in parts_in_turn(tab):
        buttons = main.get_by_test_id("stDownloadButton").get_by_role("button", name="CSV").all()
        for button in buttons:
            # What stands outside the parts is seen in each of them, and taken once.
            name = button.evaluate(NAME_OF_BUTTON)
            if not button.is_visible() or name in taken:
                continue
            taken.add(name)
            with tab.expect_download() as waiting:
                button.click()
            text = waiting.value.path().read_text(encoding="utf-8")
            assert {row["data"] for row in csv.DictReader(io.StringIO(text))} == {MADE_UP}
    assert taken


def _assert_told(tab: Page, has_charts: bool) -> None:
    told = 0
    for _ in parts_in_turn(tab):
        charts = [one for one in tab.get_by_test_id("stPlotlyChart").all() if one.is_visible()]
        for chart in charts:
            words = chart.get_attribute("aria-label") or ""
            assert chart.get_attribute("role") in ("figure", "img")
            assert any(character.isdigit() for character in words)
            assert words.rstrip().endswith(".")
            assert "**" not in words
        tables = [one for one in tab.get_by_role("tab", name="Table").all() if one.is_visible()]
        assert len(tables) >= len(charts)
        for table in tables:
            table.click()
            panel = tab.locator(f'[id="{table.get_attribute("aria-controls")}"]')
            expect(panel.locator("table").first).to_be_visible()
            expect(panel.locator("thead th").first).not_to_be_empty()
            assert panel.locator("tbody tr").count() > 1
        told += len(charts)
    assert bool(told) is has_charts


def test_a_gap_is_drawn_and_told_as_a_gap(lane_server: str, tab: Page):
    open_settled(tab, f"{lane_server}/overview?period=all")
    chart = tab.get_by_test_id("stPlotlyChart").first
    expect(chart.locator("svg text", has_text="no records").first).to_be_visible()
    assert chart.locator("svg .shapelayer path").count() >= 1
    tab.get_by_role("tab", name="Table").first.click()
    rows = {row["Month"]: row for row in _table_rows(_month_table(tab))}
    for month in ("Nov 2024", "Dec 2024"):
        assert "no records" in rows[month]["Note"]
        assert rows[month]["Count"] == ""
    assert rows["Oct 2024"]["Count"]
    expect(tab.get_by_test_id("stMain")).to_contain_text("a gap in the log, not zero")


def test_a_real_log_is_not_called_made_up(lane_server: str, tab: Page):
    open_settled(tab, f"{lane_server}/overview?period=all")
    line = tab.get_by_test_id("stCaptionContainer").first
    expect(line).to_contain_text(label(DataKind.REAL), ignore_case=True)
    expect(tab.get_by_test_id("stMain")).not_to_contain_text("made-up", ignore_case=True)
    written = list(csv.DictReader(io.StringIO(_download(tab, "CSV"))))
    assert {row["data"] for row in written} == {label(DataKind.REAL)}
