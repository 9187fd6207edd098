"""The packet of the nation, from the registry: growth, where, published rates, studies, and claims. It needs no log."""

from collections.abc import Callable
from dataclasses import replace

from outcomes.analyses.claims.exhibits import evidence_exhibit, seed_claims_exhibit
from outcomes.analyses.claims.seed_claims import seed_claims
from outcomes.analyses.claims.text import IN_SHORT
from outcomes.analyses.growth.analysis import growth
from outcomes.analyses.growth.choice import DEFAULTS, GrowthChoice
from outcomes.analyses.growth.exhibits import growth_exhibit, months_exhibit, states_exhibit
from outcomes.analyses.growth.text import growth_notes
from outcomes.analyses.published.analysis import published_outcomes
from outcomes.analyses.published.exhibits import published_exhibit, rates_exhibit
from outcomes.analyses.published.text import published_notes
from outcomes.packet.contents import Packet, Sheet, exhibit_sheet, with_its_table
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.problem import PacketProblem
from outcomes.presentation.citation import About
from outcomes.registry.database import Registry

TITLE = "Community responders in the nation"
PUBLISHED = "published sources"
# By the name of the page that asks it: a question of the nation, as the page asks it, in the packet's order.
QUESTIONS = {
    "growth_across_states": "How many programs in how many states, since when, by which count?",
    "published_outcomes": "What have programs reported, by which definition?",
    "evidence": "What has been studied, with which design, and what do critics say?",
    "claims_checked": "What stands behind the numbers that are quoted, and what does not?",
}
WHERE = "Where are they?"


def nation_packet(
    registry: Registry,
    letterhead: Letterhead,
    choice: GrowthChoice | None = None,
    link_of: Callable[[str], str] = lambda _name: "",
    questions: tuple[str, ...] = (),
) -> Packet:
    """The packet of the nation with the questions named, or all; growth by the choice, or by the default counting rule.

    Raises PacketProblem for a question that it does not have.
    """
    for name in questions:
        if name not in QUESTIONS:
            raise PacketProblem(
                f"Expected a question about the nation, found [{name}]; choose from {', '.join(QUESTIONS)}."
            )
    about = about_registry(registry)
    choice = choice or GrowthChoice(DEFAULTS, registry.as_of)
    sheets: dict[str, Callable[[str], tuple[Sheet, ...]]] = {
        "growth_across_states": lambda link: _growth(registry, about, choice, link),
        "published_outcomes": lambda link: (_published(registry, about, link),),
        "evidence": lambda link: (_evidence(registry, about, link),),
        "claims_checked": lambda link: (_claims(registry, about, link),),
    }
    made = [
        sheet
        for name in QUESTIONS
        if name in (questions or QUESTIONS)
        for sheet in sheets[name](link_of(name))
    ]
    return Packet(
        title=letterhead.title or TITLE,
        letterhead=letterhead,
        about=about,
        paragraph=" ".join(sheet.answers[0] for sheet in made if sheet.question != WHERE),
        figures=(),
        sheets=tuple(made),
        quality=(),
        lacks=(),
        as_of=None,
    )


def about_registry(registry: Registry, query: str = "") -> About:
    """Where figures of the registry are from, and by which query where one is named."""
    asked = f" Query: {query}." if query else ""
    return About(
        who="Registry of programs",
        period=f"{registry.as_of:%b %Y}",
        view="",
        source=f"Source: {registry.name}, from published sources, each with its own.{asked}",
        data=PUBLISHED,
        short_source=f"Source: registry of {registry.as_of:%b %Y}; each figure has its own published source.",
        also="each from a published source",
    )


def _growth(registry: Registry, about: About, choice: GrowthChoice, link: str) -> tuple[Sheet, ...]:
    """How many and since when, with the rule that counts; then where."""
    found = growth(choice.rule, choice.month, choice.base_year, registry)
    answer = growth_exhibit(found, registry, link)
    lines = exhibit_sheet(
        months_exhibit(found, registry), about, QUESTIONS["growth_across_states"], link
    )
    where = states_exhibit(choice.rule, choice.month, choice.measure, registry)
    (table,) = where.tables
    order = (
        table.rows["Active"]
        .str.replace(",", "")
        .astype(int)
        .sort_values(ascending=False, kind="stable")
    )
    most_first = replace(
        table, rows=table.rows.loc[order.index], title="States with most programs first"
    )
    return (
        replace(
            lines,
            answers=(answer.headline, answer.answer),
            short=answer.headline,
            notes=tuple(growth_notes(found)),
            quotes=(answer.quote,),
        ),
        replace(
            with_its_table(exhibit_sheet(where, about, WHERE, link)),
            answers=where.caption,
            short=where.caption[0],
            tables=(most_first,),
            exhibit=replace(where, caption=(), tables=()),
        ),
    )


def _published(registry: Registry, about: About, link: str) -> Sheet:
    """The rates that programs' own counts give, with what to know of published figures."""
    outcomes = published_outcomes(registry)
    said = published_exhibit(outcomes, registry, link)
    sheet = exhibit_sheet(rates_exhibit(outcomes), about, QUESTIONS["published_outcomes"], link)
    return replace(
        sheet,
        answers=(said.headline, *sheet.answers),
        notes=tuple(published_notes(outcomes)),
        quotes=(said.quote,),
    )


def _evidence(registry: Registry, about: About, link: str) -> Sheet:
    """Each study in one line."""
    return with_its_table(
        exhibit_sheet(evidence_exhibit(registry), about, QUESTIONS["evidence"], link)
    )


def _claims(registry: Registry, about: About, link: str) -> Sheet:
    """Each claim with our word on it."""
    sheet = exhibit_sheet(
        seed_claims_exhibit(seed_claims(registry)), about, QUESTIONS["claims_checked"], link
    )
    return replace(with_its_table(sheet), notes=(IN_SHORT,))
