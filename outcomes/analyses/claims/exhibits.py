"""Exhibits of claims and evidence: what each page comes to in one sentence, and their rows as files."""

from collections import Counter
from typing import Any

from pandas import DataFrame

from outcomes.analyses.claims.analysis import CheckedCount
from outcomes.analyses.claims.seed_claims import SeedClaim
from outcomes.analyses.claims.studies import studies, surveys
from outcomes.analyses.claims.text import count_citation, seed_claim_citation, study_citation
from outcomes.presentation.exhibit import CsvFile, Exhibit, Table
from outcomes.presentation.export_registry import registry_file
from outcomes.presentation.sentences import month_words
from outcomes.registry.database import Registry
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.labels import label, label_of
from outcomes.vocabulary.registry import ClaimWord, EffectDirection


def seed_claims_exhibit(claims: list[SeedClaim]) -> Exhibit:
    """The sentences that are quoted most as one table: our word, our number, theirs, why, and where it was said."""
    words = Counter(claim.word for claim in claims)
    said = "; ".join(
        f"{label(word).lower()}: {BOLD}{words[word]}{BOLD}" for word in ClaimWord if words[word]
    )
    rows = DataFrame(
        [
            {
                "Claim": claim.row["in_short"],
                "Our word on it": label(claim.word),
                "Nearest in our registry": claim.ours,
                "Theirs": claim.theirs,
                "Why": claim.row["why"],
                "Source": claim.row["source_title"],
                "Address": claim.row["source_url"],
            }
            for claim in claims
        ]
    )
    return Exhibit(
        "seed-claims",
        headline=f"Of {BOLD}{len(claims)}{BOLD} claims that are quoted most, {said}. No claim prints its list of programs.",
        tables=(Table(rows),),
    )


def counts_exhibit(counts: list[CheckedCount]) -> Exhibit:
    """The published counts that the registry has one beside, newest first, as one table."""
    beside = [count for count in counts if count.registry_count is not None]
    rows = DataFrame(
        [
            {
                "As of": month_words(count.row["as_of"]),
                "Published": count.row["claim"],
                "Ours": f"{count.registry_count:,} {count.counted_by}",
                "Source": count.row["source_title"],
                "Address": count.row["source_url"],
            }
            for count in beside
        ]
    )
    return Exhibit(
        "counts",
        answer=(
            f"{BOLD}{len(counts)}{BOLD} published counts were found; for {BOLD}{len(beside)}{BOLD} the registry has a count by a near "
            "definition. None counts the same thing, so a near number is no proof and a far one no contradiction."
        ),
        tables=(Table(rows),),
    )


def seed_claims_file(claims: list[SeedClaim], registry: Registry, link: str) -> CsvFile:
    """The sentences that are quoted most, each with what the registry has on it and a sentence to quote."""
    rows = [
        {
            **claim.row,
            "word": label(claim.word),
            "ours": claim.ours,
            "theirs": claim.theirs,
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
    """Everything studied in one line each: about what, by which design, which way, how much, and where to read it."""
    found = studies(registry)
    kinds = [row["kind"] for row in found]
    rows = DataFrame(
        [
            {
                "Study": row["title"],
                "Year": str(row["year"]),
                "About": row["program"],
                "Design": row["design_in_short"],
                "Direction": label_of(EffectDirection, row["direction"]),
                "Size": row["size"],
                "Source": row["source_title"],
                "Address": row["source_url"],
            }
            for row in found
        ]
    )
    return Exhibit(
        "evidence",
        headline=(
            f"The registry has {BOLD}{kinds.count('study')} studies{BOLD} of single programs, "
            f"{BOLD}{kinds.count('evaluation') + kinds.count('audit')} evaluations and audits{BOLD}, "
            f"{len(surveys(registry))} survey of police leaders and {kinds.count('critique')} published critique. "
            "They differ in design and in what they looked at, so they are not added up to one finding."
        ),
        tables=(Table(rows),),
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
