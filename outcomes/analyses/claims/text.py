"""Quotable sentences for claims, counts and studies, each with its source."""

from typing import Any

from outcomes.analyses.claims.analysis import CheckedCount
from outcomes.analyses.claims.seed_claims import SeedClaim
from outcomes.analyses.growth.text import states_words
from outcomes.vocabulary.registry import Wording

IN_SHORT = "In short; only what stands in quotation marks is word for word."
WORD_FOR_WORD = "Word for word."


def claim_words(row: dict[str, Any]) -> str:
    """A claim as it is quoted: in quotation marks where it stands word for word as in its source."""
    return f"“{row['claim']}”" if row["wording"] == Wording.QUOTED else str(row["claim"])


def wording_sentence(row: dict[str, Any]) -> str:
    """Whether a claim stands word for word or in short."""
    return WORD_FOR_WORD if row["wording"] == Wording.QUOTED else IN_SHORT


def seed_claim_citation(claim: SeedClaim, registry_name: str, link: str = "") -> str:
    """A quoted sentence with what the registry gives on it, and what does not stand behind it."""
    row = claim.row
    return (
        f"Claim: {claim_words(row)} {wording_sentence(row)} ({row['source_title']}, {row['source_url']}) In the registry: "
        f"{' '.join(claim.found)} {row['what_does_not']} Source: Responder Outcomes, {registry_name}. {link}"
    ).strip()


def ours_words(count: CheckedCount) -> str:
    """The registry's nearest count in words: '93', '29 states and DC'; 'not counted' where nothing of it is near."""
    if count.registry_count is None:
        return "not counted"
    if count.is_of_states:
        return states_words(count.registry_count, count.has_district)
    return f"{count.registry_count:,}"


def count_citation(count: CheckedCount, registry_name: str, link: str = "") -> str:
    """A published count beside the registry's nearest one, with the reason why they differ."""
    row = count.row
    return (
        f"Claim: {row['claim']} ({row['source_title']}, {row['year_published']}, as of {row['as_of']}, {row['source_url']}): "
        f"{count.published}, {row['counted']}. The registry's nearest count: {ours_words(count)}{', ' if count.registry_count is None else ' '}{count.counted_by}. "
        f"{row['why_it_differs']} Source: Responder Outcomes, {registry_name}. {link}"
    ).strip()


def study_citation(study: dict[str, Any], registry_name: str, link: str = "") -> str:
    """A study with its design, its effect as published and what is said against it."""
    return (
        f"{study['source_title']} ({study['year']}), “{study['title']}”, on {study['program']}. Design: "
        f"{study['design']}. As published: {study['effect_as_published']}. Criticism or limit: "
        f"{study['criticism_or_limit']}. {study['source_url']} Listed by Responder Outcomes, {registry_name}. {link}"
    ).strip()
