"""The pages about the registry: their words and numbers are the registry's, in every state of the counting rule."""

import csv
import io
import re
from datetime import date

import pytest
from page_content import REGISTRY_PAGES, as_read, copied, in_markdown, read, tables, words
from streamlit.testing.v1 import AppTest

from outcomes.analyses.claims.analysis import checked_counts
from outcomes.analyses.claims.seed_claims import seed_claims, word_beside
from outcomes.analyses.claims.text import claim_words
from outcomes.analyses.growth.analysis import growth
from outcomes.analyses.growth.tables import sensitivity_table, series_table, switch_table
from outcomes.analyses.growth.text import (
    active_sentence,
    growth_sentence,
    lately_sentence,
    rests_on_sentence,
    sensitivity_sentence,
    started_sentence,
    states_cell,
)
from outcomes.presentation.exhibit import CsvFile
from outcomes.registry.counting_rule import CountingRule
from outcomes.registry.database import live_registry
from outcomes.vocabulary.registry import ClaimWord, ProgramType
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import find_page
from pages.shell.registry_frame import RegistryPage

PAGE = "growth_across_states"
AS_OF = date(2026, 11, 1)
STATES = {
    "as it opens": ({}, CountingRule(), AS_OF, 2020),
    "co-response and mobile crisis in": (
        {"with": "co_response,mobile_crisis"},
        CountingRule((ProgramType.CO_RESPONSE, ProgramType.MOBILE_CRISIS)),
        AS_OF,
        2020,
    ),
    "pilots out": ({"pilots": "out"}, CountingRule(has_pilots=False), AS_OF, 2020),
    "unverified in": ({"unverified": "in"}, CountingRule(has_unverified=True), AS_OF, 2020),
    "another base and month": (
        {"since": "2017", "month": "2023-06"},
        CountingRule(),
        date(2023, 6, 1),
        2017,
    ),
}
# Words that would say more than the registry can.
TOO_STRONG = re.compile(
    r"\b(proves?|proven|shows that it works|confirms?|refutes?)\b", re.IGNORECASE
)


def everything_said(run: AppTest) -> str:
    """Every text of the run, tables and HTML included."""
    parts = [*words(run), *(caption.value for caption in run.caption)]
    parts += [block.value for block in run.get("html")]
    parts += [cell for table in tables(run) for row in table for cell in row]
    return "\n".join(parts)


@pytest.mark.parametrize("page", REGISTRY_PAGES)
def test_the_page_runs_and_asks_its_question(visit, tmp_path, page: str):
    # An empty folder for a store: these pages need no log.
    run = visit(tmp_path / "no-store", page)
    assert not run.exception
    assert not run.error
    assert [title.value for title in run.title] == [find_page(page).question]
    assert "no logs of programs" in run.caption[0].value
    assert live_registry().name in run.caption[-1].value or any(
        live_registry().name in caption.value for caption in run.caption
    )


@pytest.mark.parametrize("page", REGISTRY_PAGES)
def test_nothing_is_said_to_be_proven(visit, demo_store, page: str):
    said = everything_said(visit(demo_store, page))
    # "neither proof nor contradiction" is what it says; a finding is never called a proof.
    found = [match for match in TOO_STRONG.findall(said) if match.lower() not in ("confirm",)]
    assert found == []


@pytest.mark.parametrize("state", STATES)
def test_growth_holds_the_registrys_numbers(visit, demo_store, state: str):
    query, rule, month, base_year = STATES[state]
    run = visit(demo_store, PAGE, **query)
    assert not run.exception
    assert not run.warning
    found = growth(rule, month, base_year, live_registry())
    shown = read(run)
    assert in_markdown(growth_sentence(found)) in shown
    assert f"{sensitivity_sentence(found)} {rests_on_sentence(found)}".strip() in shown
    assert (
        f"{lately_sentence(found)} {started_sentence(found)} {active_sentence(found)}".strip()
        in shown
    )
    assert any(rule.words in text for text in shown)
    cards = next(block.value for block in run.get("html") if "ro-cards" in block.value)
    assert f'<div class="ro-value">{found.at.program_count}</div>' in cards
    assert (
        f'<div class="ro-value">{states_cell(found.at.state_count, found.at.has_district)}</div>'
        in cards
    )
    assert f"{found.at.program_count} against {found.base.program_count}" in cards
    expected = [
        [[str(cell) for cell in row] for row in table.to_numpy()]
        for table in (series_table(found), switch_table(found), sensitivity_table(found))
    ]
    assert all(table in tables(run) for table in expected)


def test_the_quoted_sentence_says_it_all(visit, demo_store):
    run = visit(demo_store, PAGE)
    quote = next(text for text in copied(run) if "a census" in text)
    for part in (
        "93 community responder programs in 29 states and DC",
        "since then +10 in 2024, +1 in 2025, \u22121 in 2026 so far. Growth has stopped in the registry",
        "8 in 5 states at the end of 2020",
        "11.6 times",
        "99 such programs have started in 31 states and DC",
        "there were 3",
        "not known to have ended: for 57 of the 93",
        "0.27 per million residents",
        "pilots included",
        "200 programs",
        "not a census",
        "Dec 2020 to Nov 2026",
        live_registry().name,
        "growth_across_states",
    ):
        assert part in quote


def test_the_map_has_every_state_with_its_number(visit, demo_store):
    run = visit(demo_store, PAGE)
    grid = next(block.value for block in run.get("html") if "ro-grid" in block.value)
    tiles = re.findall(r"<b>([A-Z]{2})</b><span>(\d+)</span>", grid)
    assert len(tiles) == 51
    assert sum(int(count) for _, count in tiles) == 93
    assert dict(tiles)["CA"] == "25"
    assert 'title="Vermont: no active program found"' in grid


def test_a_switch_changes_the_sentence_and_the_address(visit, demo_store):
    run = visit(demo_store, PAGE)
    toggle = next(each for each in run.toggle if each.key == f"bar_switch-co_response_{PAGE}")
    run = toggle.set_value(True).run()
    rule = CountingRule((ProgramType.CO_RESPONSE,))
    assert in_markdown(growth_sentence(growth(rule, AS_OF, 2020, live_registry()))) in read(run)
    assert dict(run.query_params)["with"] in ("co_response", ["co_response"])
    run.switch_page("pages/evidence.py").run()
    run.switch_page(f"pages/{PAGE}.py").run()
    assert in_markdown(growth_sentence(growth(rule, AS_OF, 2020, live_registry()))) in read(run)


def test_the_slider_takes_the_page_to_its_month(visit, demo_store):
    run = visit(demo_store, PAGE)
    run = run.select_slider[0].set_value("2022-12").run()
    assert not run.exception
    found = growth(CountingRule(), date(2022, 12, 1), 2020, live_registry())
    assert in_markdown(growth_sentence(found)) in read(run)
    assert any(
        text.startswith("Dec 2022: 60 active community responder programs in 22 states and DC")
        for text in captions(run)
    )


def captions(run: AppTest) -> list[str]:
    return [as_read(caption.value) for caption in run.caption]


def test_a_state_lists_its_programs_with_sources(visit, demo_store):
    run = visit(demo_store, PAGE, show="VT")
    listed = [text for text in words(run) if text.startswith("- **")]
    assert len(listed) == 2
    assert all("Source: [" in text and "](http" in text for text in listed)
    assert any("to Dec 2025" in text for text in listed)


@pytest.mark.parametrize(
    ("query", "said"),
    [
        ({"with": "police"}, "with [police]"),
        ({"since": "1066"}, "since [1066]"),
        ({"month": "2099-01"}, "month [2099-01]"),
        ({"month": "<b>"}, "month [<b>]"),
        ({"show": "ZZ"}, "show [ZZ]"),
        ({"map": "globe"}, "map [globe]"),
        ({"pilots": "maybe"}, "pilots [maybe]"),
    ],
)
def test_a_strange_link_is_told_and_left_out(visit, demo_store, query: dict, said: str):
    run = visit(demo_store, PAGE, **query)
    assert not run.exception
    assert [said in warning.value.replace("\\", "") for warning in run.warning] == [True]
    assert in_markdown(
        growth_sentence(growth(CountingRule(), AS_OF, 2020, live_registry()))
    ) in read(run)


def test_every_claim_stands_beside_what_the_registry_gives(visit, demo_store):
    run = visit(demo_store, "claims_checked")
    said = everything_said(run)
    registry = live_registry()
    for claim in seed_claims(registry):
        assert escape_markdown(claim_words(claim.row)) in said
        assert escape_markdown(claim.row["what_does_not"]) in said
        for sentence in claim.found:
            assert escape_markdown(sentence) in said
    counts = checked_counts(registry)
    assert len(counts) == 27
    assert said.count("Why they differ.") == 27
    assert "neither proof nor contradiction" in said
    assert "1 in 166,905" in said
    assert "0.67" in said


def test_our_word_on_each_claim_rests_on_our_number_beside_theirs():
    claims = {claim.row["claim_id"]: claim for claim in seed_claims(live_registry())}
    assert {name: (one.word, one.ours, one.theirs) for name, one in claims.items()} == {
        "1-tenfold": (
            ClaimWord.NEAR,
            "11.6 times since the end of 2020, 31.0 times since its beginning",
            "more than 10 times",
        ),
        "2-31-states": (ClaimWord.NEAR, "29 states and DC", "31 states"),
        "3-200000-calls": (
            ClaimWord.CANNOT_BE_CHECKED,
            "counts of 11 programs, not added up",
            "more than 200,000 calls a year",
        ),
        "4-no-death": (
            ClaimWord.CANNOT_BE_CHECKED,
            "at most 1 in 166,905, if every response was recorded",
            "0 deaths or serious injuries",
        ),
        "5-one-percent": (
            ClaimWord.CANNOT_BE_CHECKED,
            "requests for police, for any reason: CAHOOTS 150 of about 24,000 or 160 of 24,000 calls, contradicted; "
            "Denver STAR 0 of 748 calls",
            "about 1%",
        ),
        "6-ninety-percent": (ClaimWord.NOT_HELD, "none", "about 90%"),
        "7-michigan": (
            ClaimWord.HALF,
            "Michigan sheriffs and chiefs, one survey: 82% of 234 chiefs of police and 84% of 54 sheriffs support some "
            "form of co-response or alternative response",
            "more than 80%",
        ),
        "8-teams": (
            ClaimWord.CANNOT_BE_CHECKED,
            "EMT or paramedic and clinician 24; Clinicians only 23; Mixed 17; others fewer",
            "no number",
        ),
    }


@pytest.mark.parametrize(
    ("ours", "word"),
    [
        (None, ClaimWord.CANNOT_BE_CHECKED),
        (10, ClaimWord.NEAR),
        (12, ClaimWord.NEAR),
        (8, ClaimWord.NEAR),
        (12.1, ClaimWord.FAR),
        (7.9, ClaimWord.FAR),
    ],
)
def test_a_count_comes_near_within_a_fifth(ours: float | None, word: ClaimWord):
    assert word_beside(ours, 10) is word


def test_nearest_counts_are_the_registrys(visit, demo_store):
    counts = {count.row["claim_id"]: count for count in checked_counts(live_registry())}
    assert counts["leap-31-states"].registry_count == 30
    assert counts["vera-100-teams"].registry_count == 93
    assert counts["gpl-60-applicants"].registry_count is None
    assert counts["cook-2026-216-programs"].published == "216"
    assert counts["mobile-crisis-1800-teams"].published == "at least 1,800"
    assert counts["vera-100-teams"].published == "more than 100"
    assert counts["local-progress-dozens"].published == "no number"


def test_both_answers_of_the_survey_stand_together(visit, demo_store):
    for page in ("evidence", "claims_checked"):
        said = everything_said(visit(demo_store, page)).replace("\\", "")
        for part in ("84% of 54", "82% of 234", "more than 80%", "54% of 54", "58% of 234"):
            assert part in said


def test_every_study_has_design_effect_and_criticism(visit, demo_store):
    said = everything_said(visit(demo_store, "evidence"))
    for study in live_registry().rows("studies"):
        for part in ("title", "design", "criticism_or_limit"):
            assert escape_markdown(study[part]) in said
    assert "no long-term study exists" in said
    assert "1,400" in said


@pytest.mark.parametrize(
    ("page", "table", "count"),
    [
        ("claims_checked", "Sentences of one article, checked", 8),
        ("claims_checked", "Published counts, each beside the registry's", 27),
        ("evidence", "Studies", 9),
    ],
)
def test_files_have_a_quotable_sentence_on_every_row(
    visit, demo_store, monkeypatch, page: str, table: str, count: int
):
    made: dict[str, str] = {}
    keep = RegistryPage.__init__

    def keeping(self, *args, **kwargs):
        keep(self, *args, **kwargs)
        self.files = FilesSeen(made)

    monkeypatch.setattr(RegistryPage, "__init__", keeping)
    run = visit(demo_store, page)
    assert not run.exception
    rows = list(csv.DictReader(io.StringIO(made[table])))
    assert len(rows) == count
    for row in rows:
        assert live_registry().name in row["quotable_sentence"]
        assert row["source_url"] in row["quotable_sentence"]
        assert page in row["quotable_sentence"]


class FilesSeen(dict):
    """A page's files, which leaves their texts where the test can read them."""

    def __init__(self, made: dict[str, str]) -> None:
        super().__init__()
        self._made = made

    def __setitem__(self, name: str, file: CsvFile) -> None:
        self._made[name] = file.text
        super().__setitem__(name, file)


def test_on_a_phone_each_cell_of_a_claim_has_its_heading(visit, demo_store):
    style = " ".join(part.value for part in visit(demo_store, "claims_checked").get("html"))
    for heading in (
        "Claim",
        "Our word on it",
        "Nearest in our registry",
        "Theirs",
        "Why",
        "Source",
    ):
        assert f'data-head="{heading}"' in style
