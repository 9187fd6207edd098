"""Exhibits of claims and evidence: what each page comes to in one sentence, and their rows as files."""

from typing import Any

from outcomes.analyses.claims.analysis import CheckedCount
from outcomes.analyses.claims.seed_claims import SeedClaim
from outcomes.analyses.claims.studies import studies, surveys
from outcomes.analyses.claims.text import count_citation, seed_claim_citation, study_citation
from outcomes.presentation.exhibit import CsvFile, Exhibit
from outcomes.presentation.export_registry import registry_file
from outcomes.registry.database import Registry


def claims_exhibit(counts: list[CheckedCount]) -> Exhibit:
    """How many published counts were found, and for how many the registry has one by a near definition."""
    beside = sum(count.registry_count is not None for count in counts)
    return Exhibit(
        "claims",
        headline=(
            f"**{len(counts)} published counts** were found; for **{beside}** of them the registry has a count by a "
            "near definition. None counts the same thing: other hands, other lists, other definitions. A near "
            "number is no proof, and a far one no contradiction. Published counts are given in short, not word for word; "
            "of each sentence that is quoted it is said which it is."
        ),
    )


def seed_claims_file(claims: list[SeedClaim], registry: Registry, link: str) -> CsvFile:
    """The sentences that are quoted most, each with what the registry has on it and a sentence to quote."""
    rows = [
        {
            **claim.row,
            "found": " ".join(claim.found),
            "quotable_sentence": seed_claim_citation(claim, registry.name, link),
        }
        for claim in claims
    ]
    return registry_file(registry, "Sentences that are quoted most", "seed_claims", rows)


def counts_file(counts: list[CheckedCount], registry: Registry, link: str) -> CsvFile:
    """Published counts, each beside the registry's nearest and with a sentence to quote."""
    rows = [
        {
            **count.row,
            "registry_count": count.registry_count,
            "registry_counted_by": count.counted_by,
            "quotable_sentence": count_citation(count, registry.name, link),
        }
        for count in counts
    ]
    title = "Published counts, each beside the registry's"
    return registry_file(registry, title, "growth_claims", rows)


def evidence_exhibit(registry: Registry) -> Exhibit:
    """How many studies, evaluations, surveys and critiques there are."""
    kinds = [row["kind"] for row in studies(registry)]
    return Exhibit(
        "evidence",
        headline=(
            f"The registry has **{kinds.count('study')} studies** of single programs, "
            f"**{kinds.count('evaluation') + kinds.count('audit')} evaluations and audits**, "
            f"{len(surveys(registry))} survey of police leaders and {kinds.count('critique')} published critique. "
            "They differ in design and in what they looked at, so they are not added up to one finding."
        ),
    )


def studies_file(registry: Registry, link: str) -> CsvFile:
    """Every study, each with a sentence to quote."""
    rows: list[dict[str, Any]] = [
        {**row, "quotable_sentence": study_citation(row, registry.name, link)}
        for row in registry.rows("studies")
    ]
    return registry_file(registry, "Studies", "studies", rows)


def survey_answers_file(registry: Registry) -> CsvFile:
    """Every answer of chiefs and sheriffs."""
    rows = registry.rows("survey_answers")
    return registry_file(registry, "Answers of chiefs and sheriffs", "survey_answers", rows)
