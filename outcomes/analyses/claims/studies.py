"""Evidence: studies with design, effect as published and criticism; what was asked of chiefs; what nobody has shown."""

from dataclasses import dataclass
from typing import Any

from outcomes.presentation.format import count_text
from outcomes.presentation.sentences import with_bound
from outcomes.registry.database import Registry
from outcomes.vocabulary.registry import StudyKind

# What no study in the registry has looked at, with what it would take. Own reading of the studies listed.
NOT_SHOWN = (
    (
        "What happens to people over years",
        "No study in the registry follows the people served for more than the months around a call; the article whose "
        "claims are checked here says itself that no long-term study exists.",
    ),
    (
        "Whether the effect holds elsewhere",
        "The studies are of single programs (Denver, Eugene, Durham, Portland, New York); none estimates an effect "
        "over many programs.",
    ),
    (
        "How safe the work is",
        "No study in the registry measures injuries over all responses with a definition and a way of reporting; "
        "what programs publish are bare counts, mostly of zero.",
    ),
    (
        "How often police are asked for safety",
        "Published counts are of requests for any reason, or do not state the reason.",
    ),
)


@dataclass(frozen=True)
class Survey:
    """One survey, with its answers question by question."""

    # row of studies.csv
    study: dict[str, Any]
    # question, then who answered what: 'Sheriffs: 84% of 54'
    answers: dict[str, list[str]]


def studies(registry: Registry) -> list[dict[str, Any]]:
    """Every study but the surveys, evaluations and audits first, journalism last; newest first within a kind."""
    order = list(StudyKind)
    rows = [row for row in registry.rows("studies") if row["kind"] != StudyKind.SURVEY]
    return sorted(rows, key=lambda row: (order.index(StudyKind(row["kind"])), -row["year"]))


def surveys(registry: Registry) -> list[Survey]:
    """Every survey with all its answers; one answer is never given without the others."""
    answers = registry.rows("survey_answers")
    found = []
    for study in registry.rows("studies"):
        if study["kind"] == StudyKind.SURVEY:
            by_question: dict[str, list[str]] = {}
            for row in answers:
                if row["study_id"] == study["study_id"]:
                    by_question.setdefault(row["question"], []).append(
                        f"{row['asked']}: {survey_answer(row)}"
                    )
            found.append(Survey(study, by_question))
    return found


def survey_answer(row: dict[str, Any]) -> str:
    """The share that answered so, of how many, and who reported it: '84% of 54 (Michigan Public Policy Survey)'."""
    of = "" if row["asked_count"] is None else f" of {row['asked_count']:,}"
    share = with_bound(count_text(row["share_percent"]), row["share_bound"])
    return f"{share}%{of} ({row['reported_by']})"
