"""Claims and evidence in words: where a claim is from, whom a survey asked, rates by one rule, leads that add up to their tables."""

import re
from dataclasses import replace

import pytest

from outcomes.analyses.claims.analysis import checked_counts
from outcomes.analyses.claims.exhibits import counts_exhibit, evidence_exhibit, seed_claims_exhibit
from outcomes.analyses.claims.seed_claims import SeedClaim, seed_claims
from outcomes.presentation.taken_away import sentence_of
from outcomes.registry.database import live_registry
from outcomes.vocabulary.bold import without_bold


@pytest.fixture(scope="module")
def claims() -> dict[str, SeedClaim]:
    return {claim.row["check"]: claim for claim in seed_claims(live_registry())}


def test_the_survey_says_where_it_asked_and_about_what(claims: dict[str, SeedClaim]):
    survey = claims["survey"]
    for words in (survey.ours, survey.row["why"], survey.row["in_short"]):
        assert "Michigan" in words
    for words in (survey.ours, survey.row["why"]):
        assert "support some form of co-response or alternative response" in words
    assert "54 sheriffs" in survey.ours
    for study in live_registry().rows("studies"):
        assert not re.search(
            r"some form of it|expect it to be", f"{study['size']} {study['effect_as_published']}"
        )


def test_the_lead_says_that_the_claims_are_of_one_article(claims: dict[str, SeedClaim]):
    every = list(claims.values())
    exhibit = seed_claims_exhibit(every)
    said = without_bold(exhibit.headline)
    article = "Governing, citing the Law Enforcement Action Partnership"
    assert said.startswith(f"Of 8 claims in one article ({article}), ")
    assert said.endswith("None of the claims about programs prints its list.")
    assert sentence_of(exhibit).endswith("comes near 2; 4 cannot be checked (Nov 2026).")
    assert len(sentence_of(exhibit).split()) <= 25
    other = replace(every[0], row={**every[0].row, "source_title": "Another paper"})
    assert "Of 8 claims in 2 articles (Another paper; " in without_bold(
        seed_claims_exhibit([other, *every[1:]]).headline
    )


def test_a_rate_over_about_so_many_has_no_interval_here_either(claims: dict[str, SeedClaim]):
    found = claims["police"].found
    (about,) = (words for words in found if "150 of about 24,000" in words)
    assert "about 0.63%" in about
    assert "interval" not in about
    (exact,) = (words for words in found if "160 of 24,000" in words)
    assert "0.67% (95% interval 0.57 to 0.78%)" in exact


def test_published_counts_stand_in_the_order_that_is_told():
    exhibit = counts_exhibit(checked_counts(live_registry()))
    assert "Newest first by the time that each speaks of." in exhibit.answer
    years = [cell[-4:] for cell in exhibit.tables[0].rows["As of"]]
    assert years == sorted(years, reverse=True)
    ours = list(exhibit.tables[0].rows["Ours"])
    assert any(words.endswith("; 1 more without a known start is not counted") for words in ours)
    assert any(words.startswith("29 states and DC with active") for words in ours)


def test_the_lead_of_evidence_adds_up_to_its_table_and_names_what_is_not_in_it():
    exhibit = evidence_exhibit(live_registry())
    rows = exhibit.tables[0].rows
    in_table, _, outside = without_bold(exhibit.headline).partition(" Not in the table: ")
    whole, *kinds = map(int, re.findall(r"\d+", in_table))
    assert whole == sum(kinds) == len(rows)
    assert outside.startswith("1 survey (Michigan sheriffs and chiefs).")
    assert len(sentence_of(exhibit).split()) <= 25
    # A direction says of what; a work that measured none does not say that there was none.
    assert "Fewer arrests, more medical services" in list(rows["Direction"])
    assert list(rows["Direction"]).count("Does not measure effects") == 5
