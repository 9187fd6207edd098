"""The registry as tables for people: every cell a text, links as Markdown, what is unknown said so."""

from typing import Any

import pandas

from outcomes.analyses.growth.analysis import MILLION, Growth, MonthCount
from outcomes.analyses.growth.text import (
    change_words,
    multiple_text,
    states_cell,
    states_words,
    switch_name,
    way_words,
)
from outcomes.presentation.exhibit import Card
from outcomes.presentation.format import count_text, decimal_text, number_range
from outcomes.presentation.sentences import month_words
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.registry import (
    Confidence,
    DispatchedBy,
    EventKind,
    ProgramType,
    Team,
    YesNo,
)


def growth_cards(growth: Growth) -> tuple[Card, ...]:
    """The headline numbers: programs, states, multiple, per million residents, ended."""
    at, base = growth.at, growth.base
    return (
        Card(
            "Programs active",
            f"{at.program_count:,}",
            (
                f"in {at.month:%b %Y}",
                f"{growth.ended_count:,} of {growth.started_count:,} started have ended",
            ),
        ),
        Card(
            "States with at least one",
            states_cell(at.state_count, at.has_district),
            ("of 50 and the District of Columbia",),
        ),
        Card(
            f"Since the end of {base.month.year}",
            multiple_text(growth),
            (f"{at.program_count:,} against {base.program_count:,}",),
        ),
        Card(
            "Per million residents",
            decimal_text(growth.per_million, 2),
            (f"{at.program_count:,} for {growth.population:,} ({growth.population_year})",),
        ),
    )


def series_table(growth: Growth) -> pandas.DataFrame:
    """Programs and states by month, newest first; what uncertain dates leave open stands beside."""
    return pandas.DataFrame(
        {
            "Month": f"{count.month:%b %Y}",
            "Programs": _range(count.program_count, count.possible_program_count),
            "States": _states_range(count),
            "Ended": count_text(count.ended_count or None),
        }
        for count in reversed(growth.series)
    )


def _range(least: int, most: int) -> str:
    return count_text(least) if least == most else number_range(least, most)


def _states_range(count: MonthCount) -> str:
    least = states_cell(count.state_count, count.has_district)
    most = states_cell(count.possible_state_count, count.possible_has_district)
    return least if least == most else f"{least} to {most}"


def switch_table(growth: Growth) -> pandas.DataFrame:
    """Each switch of the counting rule, whether it is in, and what the other way round would change."""
    return pandas.DataFrame(
        {
            "Switch": switch_name(effect),
            "Now": "in" if effect.is_in else "out",
            "Would change": change_words(effect),
        }
        for effect in growth.switches
    )


def sensitivity_table(growth: Growth) -> pandas.DataFrame:
    """Each way of counting with programs and states now and at the end of the base year, and the multiple."""
    return pandas.DataFrame(
        {
            "Counted": way_words(count.way, growth),
            f"{growth.at.month:%b %Y}": f"{count.program_count:,} in {states_words(count.state_count, count.has_district)}",
            f"{growth.base.month:%b %Y}": f"{count.base_program_count:,}",
            "Times": "no multiple" if count.multiple is None else decimal_text(count.multiple, 1),
        }
        for count in growth.other_counts
    )


def state_table(states: list[dict[str, Any]]) -> pandas.DataFrame:
    """States with a counted program, by name: active, ever started, since when, per million residents."""
    return pandas.DataFrame(
        {
            "State": state["state_name"],
            "Active": f"{state['program_count']:,}",
            "Ever started": f"{state['started_count']:,}",
            "First": f"{state['first_start']:%b %Y}" if state["first_start"] else "not known",
            "Residents": f"{state['population']:,}",
            "Active per million": decimal_text(
                state["program_count"] / state["population"] * MILLION, 2
            ),
        }
        for state in states
        if state["started_count"] or state["unknown_start_count"]
    )


def bar_table(
    column: str, rows: list[dict[str, Any]], names: list[str], is_in: list[bool]
) -> pandas.DataFrame:
    """Programs and states by kind or team, and whether the rule counts them."""
    return pandas.DataFrame(
        {
            column: name,
            "Programs": f"{row['program_count']:,}",
            "States": states_cell(row["state_count"], row["has_district"]),
            "Counted": "yes" if is_counted else "no",
        }
        for row, name, is_counted in zip(rows, names, is_in, strict=True)
    )


def program_table(programs: list[dict[str, Any]]) -> pandas.DataFrame:
    """Programs as texts with their sources as links."""
    return pandas.DataFrame(
        {
            "Program": program["program_name"],
            "Where": f"{program['city']}, {program['state']}",
            "Kind": label_of(ProgramType, program["program_type"]),
            "Since": month_words(program["first_response"]),
            "Ended": month_words(program["end_date"]) if program["end_date"] else "",
            "Team": label_of(Team, program["team"]),
            "Dispatched by": label_of(DispatchedBy, program["dispatch"]),
            "Pilot": label_of(YesNo, program["is_pilot"]),
            "Counted": "yes" if program["is_counted"] else "no",
            "Source": program["source_title"],
            "Address": program["source_url"],
            "Read": label_of(Confidence, program["confidence"]),
            "In doubt": program["doubt"],
            "Notes": program["notes"],
        }
        for program in programs
    )


def event_table(events: list[dict[str, Any]]) -> pandas.DataFrame:
    """Dated events as texts, newest first."""
    return pandas.DataFrame(
        {
            "When": month_words(event["event_date"]),
            "Program": f"{event['program_name']}, {event['city']}, {event['state']}",
            "What": label_of(EventKind, event["event_kind"]),
            "In words": event["event_words"],
            "Source": event["source_title"],
            "Address": event["source_url"],
        }
        for event in reversed(events)
    )
