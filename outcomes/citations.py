"""The quotable sentence under a headline number: number, denominator, period, definition, source, date, link."""

from typing import Any

from outcomes.answers import Answer
from outcomes.claims import CheckedCount, SeedClaim
from outcomes.growth import Growth
from outcomes.growth_sentences import active_sentence, growth_sentence, started_sentence
from outcomes.labels import label
from outcomes.sentences import NO_BREAK, answer_sentence
from outcomes.vocabulary import CallType, DataKind, Status, View


def citation(answer: Answer, link: str = "") -> str:
    """The answer as a sentence that can be quoted, with everything that a reader needs to check it.

    Says as much where the figure is hidden or not recorded: that, too, can be quoted.
    """
    source = answer.source
    sentence = answer_sentence(answer).replace("**", "").replace(NO_BREAK, " ")
    made_up = "Made-up demonstration data, no real calls. " if _is_made_up(answer) else ""
    definition = "" if answer.total.status is Status.NOT_RECORDED else answer.metric.definition
    parts = [
        f"{made_up}{sentence}",
        f"Definition: {definition}" if definition else "",
        f"Period: {_period(answer)}.",
        _chosen(answer),
        f"Source: log of {', '.join(source.programs)} (data owner: {', '.join(source.data_owners)}), "
        f"{label(source.data_kind)}, {_as_of(answer)}, snapshot {source.snapshot}, query {source.query}.",
        link,
    ]
    return " ".join(part for part in parts if part)


def _is_made_up(answer: Answer) -> bool:
    return answer.source.data_kind is DataKind.MADE_UP


def _period(answer: Answer) -> str:
    selection, source = answer.selection, answer.source
    first = selection.first_month or source.first_day
    last = selection.last_month or source.last_day
    return f"{first:%b %Y} to {last:%b %Y}" if first and last else "no dated records"


def _chosen(answer: Answer) -> str:
    """What else was chosen, where it was not everything."""
    selection = answer.selection
    said = []
    if selection.call_types:
        said.append(
            f"call types {', '.join(label(CallType(kind)) for kind in selection.call_types)}"
        )
    if selection.states:
        said.append(f"states {', '.join(selection.states)}")
    if selection.view is View.PUBLIC:
        said.append("public view")
    return f"Only: {'; '.join(said)}." if said else ""


def _as_of(answer: Answer) -> str:
    last = answer.source.last_day
    return f"data to {last:%d %b %Y}" if last else "no dated records"


def growth_citation(growth: Growth, registry_name: str, link: str = "") -> str:
    """The growth sentence with its rule, both counts, period, source and link."""
    parts = [
        growth_sentence(growth).replace("**", ""),
        active_sentence(growth),
        started_sentence(growth),
        f"That is {growth.per_million:.2f} per million residents ({growth.at.program_count:,} for "
        f"{growth.population:,}, {growth.population_year}).",
        f"Counted: {growth.rule.words}; of {growth.registered_count:,} programs of all kinds in the registry, "
        "each with a source; not a census.",
        f"Period: {growth.base.month:%b %Y} to {growth.at.month:%b %Y}.",
        f"Source: Responder Outcomes, {registry_name}.",
        link,
    ]
    return " ".join(part for part in parts if part)


def seed_claim_citation(claim: SeedClaim, registry_name: str, link: str = "") -> str:
    """A quoted sentence with what the registry gives on it, and what does not stand behind it."""
    row = claim.row
    return (
        f"Claim: {row['claim'].rstrip('.')} ({row['source_title']}, {row['source_url']}). In the registry: "
        f"{' '.join(claim.found)} {row['what_does_not']} Source: Responder Outcomes, {registry_name}. {link}"
    ).strip()


def count_citation(count: CheckedCount, registry_name: str, link: str = "") -> str:
    """A published count beside the registry's nearest one, with the reason why they differ."""
    row = count.row
    ours = "none" if count.registry_count is None else f"{count.registry_count:,}"
    return (
        f"Claim: {row['claim']} ({row['source_title']}, {row['year_published']}, as of {row['as_of']}, {row['source_url']}): "
        f"{count.published}, {row['counted']}. The registry's nearest count: {ours}, {count.counted_by}. "
        f"{row['why_it_differs']} Source: Responder Outcomes, {registry_name}. {link}"
    ).strip()


def study_citation(study: dict[str, Any], registry_name: str, link: str = "") -> str:
    """A study with its design, its effect as published and what is said against it."""
    return (
        f"{study['source_title']} ({study['year']}), “{study['title']}”, on {study['program']}. Design: "
        f"{study['design']}. As published: {study['effect_as_published']}. Criticism or limit: "
        f"{study['criticism_or_limit']}. {study['source_url']} Listed by Responder Outcomes, {registry_name}. {link}"
    ).strip()
