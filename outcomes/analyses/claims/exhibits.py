"""Exhibits of claims and evidence: what each page comes to in one sentence, and their rows as files."""

from collections import Counter
from typing import Any

from pandas import DataFrame

from outcomes.analyses.claims.analysis import CheckedCount
from outcomes.analyses.claims.seed_claims import SeedClaim
from outcomes.analyses.claims.studies import studies, surveys
from outcomes.analyses.claims.text import (
    count_citation,
    ours_words,
    seed_claim_citation,
    study_citation,
)
from outcomes.presentation.exhibit import CsvFile, Exhibit, Table
from outcomes.presentation.export_registry import registry_file
from outcomes.presentation.sentences import month_words
from outcomes.registry.database import Registry
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.labels import label, label_of
from outcomes.vocabulary.registry import ClaimWord, EffectDirection, StudyKind

# One and several of each kind of work, in the order of the table.
STUDY_WORDS = {
    StudyKind.STUDY: ("study of a single program", "studies of single programs"),
    StudyKind.EVALUATION: ("evaluation", "evaluations"),
    StudyKind.AUDIT: ("audit", "audits"),
    StudyKind.CRITIQUE: ("published critique", "published critiques"),
    StudyKind.COUNT: ("count of programs", "counts of programs"),
    StudyKind.JOURNALISM: ("news article", "news articles"),
}


def seed_claims_exhibit(claims: list[SeedClaim]) -> Exhibit:
    """The sentences that are checked as one table: our word, our number, theirs, why, and where it was said."""
    words = Counter(claim.word for claim in claims)
    said = "; ".join(
        f"{label(word).lower()}: {BOLD}{words[word]}{BOLD}" for word in ClaimWord if words[word]
    )
    titles = dict.fromkeys(claim.row["source_title"] for claim in claims)
    where = f"in {'one article' if len(titles) == 1 else f'{len(titles)} articles'} ({'; '.join(titles)})"
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
        headline=(
            f"Of {BOLD}{len(claims)}{BOLD} claims {where}, {said}. None of the claims about programs prints its list."
        ),
        sentence=(
            f"Of {len(claims)} claims {where}, Responder Outcomes’ registry comes near "
            f"{words[ClaimWord.NEAR]}; {words[ClaimWord.CANNOT_BE_CHECKED]} cannot be checked ({claims[0].as_of:%b %Y})."
        ),
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
                "Ours": f"{ours_words(count)} {count.counted_by}",
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
            "definition. None counts the same thing, so a near number is no proof and a far one no contradiction. "
            "Newest first by the time that each speaks of."
        ),
        sentence=(
            f"{len(counts)} published counts of programs, cities or states were found; for {len(beside)} the Responder Outcomes "
            "registry has a count by a near definition."
        ),
        tables=(Table(rows),),
    )


def seed_claims_file(claims: list[SeedClaim], registry: Registry, link: str) -> CsvFile:
    """The sentences that are checked, each with what the registry has on it and a sentence to quote."""
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
    return registry_file(registry, "Sentences of one article, checked", "seed_claims", rows)


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
    number_of = Counter(StudyKind(row["kind"]) for row in found)
    *first, last = (
        f"{BOLD}{number_of[kind]:,}{BOLD} {words[number_of[kind] != 1]}"
        for kind, words in STUDY_WORDS.items()
        if number_of[kind]
    )
    asked = "; ".join(survey.study["program"] for survey in surveys(registry))
    rows = DataFrame(
        [
            {
                "Study": row["title"],
                "Year": str(row["year"]),
                "About": row["program"],
                "Design": row["design_in_short"],
                "Direction": row["direction_in_short"]
                or label_of(EffectDirection, row["direction"]),
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
            f"The registry has {len(found)} works: {', '.join(first)} and {last}. Not in the table: "
            f"{counted(len(surveys(registry)), 'survey')} ({asked}). They differ in design and in what they looked at, so they are not added up to one finding."
        ),
        sentence=(
            f"The Responder Outcomes registry of {registry.as_of:%b %Y} lists {len(found)} works on responder programs, "
            f"{number_of[StudyKind.STUDY]} of them studies of single programs, and {counted(len(surveys(registry)), 'survey')}."
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
