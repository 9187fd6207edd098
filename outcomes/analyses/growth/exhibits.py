"""Exhibits of growth: the answer, the lines by month, the rule, states on a map, kinds and teams, every program."""

from datetime import date
from functools import partial
from typing import Any

from outcomes.analyses.growth.analysis import (
    Growth,
    events_of_counted,
    listed_programs,
    programs_by_state,
    programs_by_team,
    programs_by_type,
    states_with,
)
from outcomes.analyses.growth.figure import (
    bars_figure,
    growth_figure,
    tile_map_figure,
    value_of,
)
from outcomes.analyses.growth.tables import (
    bar_table,
    event_table,
    growth_cards,
    program_table,
    sensitivity_table,
    series_table,
    state_table,
    switch_table,
)
from outcomes.analyses.growth.text import (
    KIND_RULE,
    NONE_FOUND,
    active_sentence,
    counted_words,
    growth_citation,
    growth_finding,
    growth_notes,
    growth_sentence,
    lately_sentence,
    rests_on_sentence,
    sensitivity_sentence,
    short_growth_sentence,
    started_sentence,
    states_words,
    way_words,
)
from outcomes.analyses.growth.tile_map import (
    tile_map_html,
    tile_map_key,
)
from outcomes.presentation.charts.series import COUNT_FORMAT, ChartSeries, Series
from outcomes.presentation.exhibit import Chart, CsvFile, Exhibit, Table
from outcomes.presentation.export_registry import registry_file
from outcomes.presentation.format import decimal_text
from outcomes.presentation.sentences import month_words
from outcomes.registry.counting_rule import CountingRule
from outcomes.registry.database import Registry
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.registry import EventKind, ProgramType, Team

STEPS = (
    "Steps by month; a triangle is a month in which a program ended. Programs that began lately are "
    "probably missing, so the last years are under-counted. The line of states has the states alone: DC is named beside it."
)
LINES = {"programs": "Programs active", "states": "States with at least one"}
OUT = "Gray bars, marked (out), are not counted by the chosen rule."


def growth_exhibit(found: Growth, registry: Registry, link: str) -> Exhibit:
    """The answer with both counts, its quotable sentence, and the headline cards."""
    quote = growth_citation(found, registry.name, link)
    months = [vars(count) for count in found.series]
    return Exhibit(
        "growth",
        headline=growth_sentence(found),
        answer=" ".join(
            said
            for said in (lately_sentence(found), started_sentence(found), active_sentence(found))
            if said
        ),
        sentence=short_growth_sentence(found),
        quote=quote,
        cards=growth_cards(found),
        csv=registry_file(
            registry,
            "Programs and states by month",
            "programs_by_month",
            months,
            found.rule.words,
            quote,
        ),
    )


def months_exhibit(found: Growth, registry: Registry) -> Exhibit:
    """Programs and states by month as step lines, with the programs that ended by name."""
    ended = "; ".join(
        f"{month_words(event['event_date'])}: {event['program_name']}, {event['city']}, {event['state']}"
        for event in events_of_counted(found.rule, registry)
        if event["event_kind"] == EventKind.CLOSURE
    )
    return Exhibit(
        "growth-by-month",
        caption=(STEPS,),
        charts=tuple(
            Chart(
                partial(growth_figure, found, measure),
                growth_finding(found, measure),
                title,
                series=growth_series(found, measure, title),
            )
            for measure, title in LINES.items()
        ),
        tables=(Table(series_table(found)),),
        footnote=f"Ended: {ended}." if ended else "",
    )


def growth_series(found: Growth, measure: str, title: str) -> ChartSeries:
    """Programs or states by month, as growth_figure draws them."""
    rows = tuple(f"{count.month:%b %Y}" for count in found.series)
    counts = tuple(float(value_of(count, measure)) for count in found.series)
    return ChartSeries("line", rows, (Series(title, counts),), COUNT_FORMAT)


def rule_exhibits(found: Growth) -> tuple[Exhibit, Exhibit]:
    """The counting rule in words, then what each switch would change."""
    notes = Exhibit("counting-rule", notes=tuple(growth_notes(found)))
    return notes, Exhibit("switches", tables=(Table(switch_table(found)),))


def sensitivity_exhibit(found: Growth, registry: Registry) -> Exhibit:
    """How the multiple changes with what is counted: a table, a sentence and a file."""
    rows = [
        {
            "way": way_words(count.way, found),
            "month": f"{found.at.month:%Y-%m}",
            "program_count": count.program_count,
            "state_count": count.state_count,
            "base_month": f"{found.base.month:%Y-%m}",
            "base_program_count": count.base_program_count,
            "base_state_count": count.base_state_count,
            "multiple": None if count.multiple is None else decimal_text(count.multiple, 2),
        }
        for count in found.other_counts
    ]
    return Exhibit(
        "growth-sensitivity",
        "How far does the multiple hang on what is counted?",
        answer=" ".join(
            said for said in (sensitivity_sentence(found), rests_on_sentence(found)) if said
        ),
        tables=(Table(sensitivity_table(found)),),
        csv=registry_file(
            registry, "How the multiple changes", "programs_in_month", rows, found.rule.words
        ),
    )


def states_exhibit(rule: CountingRule, month: date, measure: str, registry: Registry) -> Exhibit:
    """The states with their programs in one month, as a map of equal tiles."""
    states = programs_by_state(rule, month, registry)
    count = sum(state["program_count"] for state in states)
    words = (
        f"{month:%b %Y}: {count:,} active {counted_words(rule)} in {states_words(*states_with(states, 'program_count'))}. Counted: {rule.words}. "
        f"Residents as estimated for {states[0]['population_year']}."
    )
    return Exhibit(
        "states",
        caption=(words, NONE_FOUND),
        charts=(
            Chart(
                partial(tile_map_html, states, measure),
                words,
                swatches=partial(tile_map_key, measure),
                kind="Map",
                picture=partial(tile_map_figure, states, measure),
            ),
        ),
        tables=(Table(state_table(states)),),
        csv=registry_file(registry, "Programs by state", "programs_by_state", states, rule.words),
    )


def kinds_exhibit(rule: CountingRule, month: date, registry: Registry) -> Exhibit:
    """Active programs by kind, counted or not."""
    title, query = "By kind of program", "programs_by_type"
    rows = programs_by_type(rule, month, registry)
    is_in = [row["program_type"] in rule.types for row in rows]
    file = registry_file(registry, title, query, rows, rule.words)
    names = [label_of(ProgramType, row["program_type"]) for row in rows]
    return _bars_exhibit(f"{title}, {month:%b %Y}", "Kind", rows, names, is_in, file)


def teams_exhibit(rule: CountingRule, month: date, registry: Registry) -> Exhibit:
    """Active programs by team, among those that are counted."""
    title, query = "By team, of the programs counted", "programs_by_team"
    rows = programs_by_team(rule, month, registry)
    file = registry_file(registry, title, query, rows, rule.words)
    names = [label_of(Team, row["team"]) for row in rows]
    return _bars_exhibit(f"{title}, {month:%b %Y}", "Team", rows, names, [True] * len(rows), file)


def _bars_exhibit(
    title: str,
    column: str,
    rows: list[dict[str, Any]],
    names: list[str],
    is_in: list[bool],
    file: CsvFile,
) -> Exhibit:
    counts = [row["program_count"] for row in rows]
    bars = list(zip(names, counts, is_in, strict=True))
    most = ", ".join(f"{name} {count:,}" for name, count, _ in bars[:3])
    return Exhibit(
        f"bars-{column}",
        title,
        caption=() if all(is_in) else (OUT,),
        charts=(
            Chart(
                partial(bars_figure, bars),
                f"Active programs in the registry, {title[:1].lower()}{title[1:]}: {most}.",
                series=bars_series(bars, is_all=all(is_in)),
            ),
        ),
        tables=(Table(bar_table(column, rows, names, is_in)),),
        csv=file,
    )


def bars_series(bars: list[tuple[str, int, bool]], is_all: bool) -> ChartSeries:
    """Counts as bars_figure draws them: bars from the bottom up, what is not counted named so."""
    rows = bars[::-1]
    return ChartSeries(
        "bars",
        tuple(f"{name}{'' if is_all or is_in else ' (out)'}" for name, _, is_in in rows),
        (Series("Programs", tuple(float(count) for _, count, _ in rows)),),
        COUNT_FORMAT,
    )


def programs_exhibit(rule: CountingRule, month: date, registry: Registry) -> Exhibit:
    """Every program of the registry with its source."""
    programs = listed_programs(rule, month, registry)
    return Exhibit(
        "programs",
        caption=(
            f"{len(programs):,} programs of all kinds; the column Counted follows the rule in the sidebar. {KIND_RULE}",
        ),
        tables=(Table(program_table(programs), is_long=True),),
        csv=registry_file(registry, "Every program", "programs_in_month", programs, rule.words),
    )


def events_exhibit(rule: CountingRule, registry: Registry) -> Exhibit:
    """Every dated event of the kinds of program that are counted."""
    events = events_of_counted(rule, registry)
    return Exhibit(
        "events",
        "Expansions, changes of model, funding, pauses and closures",
        tables=(Table(event_table(events), is_long=True),),
        csv=registry_file(registry, "Events", "program_events", events),
    )
