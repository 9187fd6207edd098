"""The page of published outcomes: every figure, contradiction and total as the core gives it, and nothing picked."""

import html
import re

import pytest
from page_content import copied, tables, words
from streamlit.testing.v1 import AppTest

from outcomes.analyses.published.analysis import (
    PublishedOutcomes,
    published_outcomes,
    rates_by_program,
)
from outcomes.analyses.published.tables import figure_table, total_cards
from outcomes.analyses.published.text import (
    answer_sentence,
    disagreement_sentence,
    hours_finding,
    hours_sentence,
    published_notes,
    rate_row_words,
    rates_finding,
    total_sentence,
    value_words,
)
from outcomes.registry.database import live_registry
from outcomes.vocabulary.registry import Bound
from pages.shell.markdown import escape_but_bold, escape_markdown
from pages.shell.navigation import find_page

pytestmark = pytest.mark.slow

PAGE = "published_outcomes"
# Words that would say more than published figures can.
TOO_STRONG = re.compile(
    r"\b(proves?|proven|proof|shows that it works|confirms?|refutes?)\b", re.IGNORECASE
)


@pytest.fixture(scope="module")
def outcomes() -> PublishedOutcomes:
    return published_outcomes(live_registry())


@pytest.fixture
def page(visit, tmp_path) -> AppTest:
    """The page as it opens; an empty folder for a store, because it needs no log."""
    return visit(tmp_path / "no-store", PAGE)


def drawn(run: AppTest) -> str:
    """The texts of the run's HTML, as read."""
    return html.unescape("\n".join(block.value for block in run.get("html")))


def everything(run: AppTest) -> str:
    """Every text of the run: Markdown, captions, HTML, tables, quotes."""
    parts = [*words(run), *(caption.value for caption in run.caption), drawn(run)]
    parts += [opened.label for opened in run.expander]
    parts += [cell for table in tables(run) for row in table for cell in row]
    parts += copied(run)
    parts += [
        str(cell) for table in run.dataframe for row in table.value.to_numpy() for cell in row
    ]
    return "\n".join(parts)


def test_the_page_needs_no_log_and_asks_its_question(page: AppTest):
    assert not page.exception
    assert not page.error
    assert not page.warning
    assert [title.value for title in page.title] == [find_page(PAGE).question]


def test_the_answer_is_the_cores(page: AppTest, outcomes: PublishedOutcomes):
    said = words(page)
    assert escape_but_bold(answer_sentence(outcomes)) in said
    assert escape_markdown(disagreement_sentence(outcomes)) in said
    assert any(
        all(escape_markdown(note) in text for note in published_notes(outcomes)) for text in said
    )
    cards = drawn(page)
    for number in ("213", "33", "42"):
        assert f'<div class="ro-value">{number}</div>' in cards


def test_the_quoted_sentence_says_it_all(page: AppTest):
    quote = next(text for text in copied(page) if text.startswith("213 figures"))
    for part in ("40 programs", "33 are bounds", "0.625%", "0.667%", live_registry().name, PAGE):
        assert part in quote


def test_every_contradiction_is_there_with_all_its_sides(
    page: AppTest, outcomes: PublishedOutcomes
):
    cards = drawn(page)
    for conflict in outcomes.conflicts:
        title = escape_markdown(conflict.title)
        assert title in [header.value for header in page.subheader] or f"**{title}**" in words(page)
        assert escape_markdown(conflict.explanation) in words(page)
        for figure in conflict.figures:
            assert f'<div class="ro-value">{value_words(figure.row)}</div>' in cards
            assert figure.row["source_url"] in cards
            assert figure.row["definition_note"] in cards
    in_sight = [header.value for header in page.subheader]
    assert in_sight[0].startswith("Eugene, 2019")
    assert in_sight[1].startswith("Albuquerque")


def test_the_sides_of_eugene_stand_together(page: AppTest):
    block = next(block.value for block in page.get("html") if "311 calls" in block.value)
    assert "150 calls" in block
    assert "160 of 24,000" in block
    assert "its counts give 0.667" in block
    assert "Unverified: the source was not read." in block


def test_bounds_stay_bounds(page: AppTest, outcomes: PublishedOutcomes):
    said = everything(page)
    assert "more than 7,600 calls" in said
    for figure in outcomes.figures:
        if figure.row["value_bound"] == Bound.MORE_THAN:
            assert value_words(figure.row).startswith("more than ")
            assert value_words(figure.row) in said


def test_totals_are_the_cores_with_programs_and_rule(page: AppTest, outcomes: PublishedOutcomes):
    cards = drawn(page)
    said = words(page)
    for total in outcomes.totals:
        assert escape_but_bold(total_sentence(total)) in said
        assert escape_markdown(total.row["rule"]) in said
    for card in total_cards(outcomes.totals):
        assert f'<div class="ro-value">{card.value}</div>' in cards
        assert all(line in cards for line in card.lines)
    assert "One program only, Portland Street Response" in cards
    quotes = copied(page)
    assert sum("Definition: In: a printed count" in quote for quote in quotes) == len(
        outcomes.totals
    )


def test_hours_are_the_cores_and_are_not_added(page: AppTest, outcomes: PublishedOutcomes):
    assert escape_but_bold(hours_sentence(outcomes.hours)) in words(page)
    assert page.get("plotly_chart")[-1].proto.alt == hours_finding(outcomes.hours)
    assert "exactly 5.00" in hours_sentence(outcomes.hours)
    assert "60 times apart" in hours_sentence(outcomes.hours)


def test_rates_by_program_are_their_own_counts(page: AppTest, outcomes: PublishedOutcomes):
    groups = rates_by_program(outcomes)
    police = [
        rate_row_words(figure)
        for figure in groups["Police asked for help or needed, for any reason"]
    ]
    assert police[0] == "Portland Street Response, Feb 2021 to Feb 2022: 18 of 903"
    assert police[-1] == "Denver STAR, Jun 2020 to Nov 2020: 0 of 748"
    chart = page.get("plotly_chart")[0].proto
    assert chart.alt == rates_finding(groups)
    assert (
        "Police asked for help or needed, for any reason: 0% to 2.0% over 2 published counts of 2 programs (left out: 2 contradicted)"
        in chart.alt
    )
    for figures in groups.values():
        for figure in figures:
            assert html.escape(rate_row_words(figure)) in chart.spec
            assert figure.share == figure.row["numerator"] / figure.row["denominator"]


def test_every_figure_is_in_the_table(page: AppTest, outcomes: PublishedOutcomes):
    (table,) = page.dataframe
    expected = figure_table(outcomes.figures)
    assert [list(row) for row in table.value.to_numpy()] == [
        list(row) for row in expected.to_numpy()
    ]
    assert list(table.value["Read"]).count("Unverified") == 3
    assert any("216 of 216 figures; 3 marked unverified." in c.value for c in page.caption)


def test_nothing_is_said_to_be_proven(page: AppTest):
    assert TOO_STRONG.findall(everything(page)) == []


def test_a_choice_stands_in_the_address_and_comes_back(visit, tmp_path):
    store = tmp_path / "no-store"
    run = visit(store, PAGE, program="Denver STAR", about="police")
    (table,) = run.dataframe
    assert set(table.value["Program"]) == {"Denver STAR"}
    assert 0 < len(table.value) < 20
    run = run.selectbox(key=f"bar_about_{PAGE}").set_value("").run()
    assert dict(run.query_params)["program"] in ("Denver STAR", ["Denver STAR"])
    assert "about" not in run.query_params
    assert len(run.dataframe[0].value) > len(table.value)
    link = next(code.value for code in run.code if code.value.endswith("program=Denver+STAR"))
    assert PAGE in link


def test_a_program_with_a_comma_in_its_name_can_be_linked(visit, tmp_path):
    name = "SECTOR (Denver, Eugene)"
    run = visit(tmp_path / "no-store", PAGE, program=name)
    assert not run.warning
    assert set(run.dataframe[0].value["Program"]) == {"Several programs (Denver, Eugene)"}


@pytest.mark.parametrize("key", ["program", "about"])
def test_a_strange_link_is_told_and_left_out(visit, tmp_path, key: str):
    run = visit(tmp_path / "no-store", PAGE, **{key: "<b>nobody"})
    assert not run.exception
    (warning,) = run.warning
    assert f"{key} [<b>nobody]" in warning.value.replace("\\", "")
    assert len(run.dataframe[0].value) == 216


def test_a_choice_without_figures_says_so(visit, tmp_path):
    run = visit(tmp_path / "no-store", PAGE, program="Amherst CRESS", about="injuries")
    assert not run.exception
    assert len(run.dataframe) == 0
    assert [info.value for info in run.info] == ["No figure of this program is about that."]


def test_every_table_can_be_taken_away(page: AppTest):
    tables_offered = page.selectbox(key=f"files-{PAGE}").options
    assert tables_offered == [
        "Every figure chosen",
        "Contradictions explained",
        "Totals of matching definitions",
        "Police hours per call",
    ]
    for name in tables_offered:
        run = page.selectbox(key=f"files-{PAGE}").set_value(name).run()
        assert not run.exception
