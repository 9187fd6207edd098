"""The exhibit of a program's goals: a scorecard, and the same as a file."""

import pandas

from outcomes.analyses.goals.analysis import GoalReading, goal_readings, in_unit
from outcomes.analyses.goals.text import (
    goal_words,
    goals_sentence,
    measure_words,
    now_words,
    set_words,
    state_words,
    why_words,
)
from outcomes.disclosure.rule import DisclosureRule
from outcomes.presentation.csv_file import csv_text, source_columns
from outcomes.presentation.exhibit import CsvFile, Exhibit, Table
from outcomes.presentation.tables import without_empty_columns
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot

NO_GOALS = "This program has set no goals."
COLUMNS = (
    "metric",
    "measure",
    "direction",
    "goal",
    "unit",
    "set_by",
    "since",
    "value",
    "low",
    "high",
    "state",
    "why",
)


def goals_exhibit(
    selection: Selection, snapshot: Snapshot, rule: DisclosureRule | None = None
) -> Exhibit:
    """Every goal of the chosen program with its figure and its state; empty where several are chosen, or it has none.

    Raises SelectionError for a selection that cannot be answered.
    """
    readings = goal_readings(selection, snapshot, rule)
    if not readings:
        return Exhibit("goals", "Goals", empty=NO_GOALS)
    source = next((reading.source for reading in readings if reading.source), None)
    table = pandas.DataFrame([_row(reading) for reading in readings])
    summary = goals_sentence(readings)
    in_every_row = source_columns(source) if source else {}
    return Exhibit(
        "goals",
        "Goals",
        answer=summary,
        tables=(Table(without_empty_columns(table), is_stacked=True),),
        csv=CsvFile("Goals", csv_text(COLUMNS, map(_cells, readings), in_every_row, summary)),
        queries=tuple(
            dict.fromkeys(reading.source.query for reading in readings if reading.source)
        ),
        source=source,
    )


def _row(reading: GoalReading) -> dict[str, str]:
    why = why_words(reading)
    return {
        "Measure": measure_words(reading),
        "Goal": goal_words(reading.goal),
        "Set by": set_words(reading.goal),
        "Now, with 95% interval": now_words(reading),
        "State": f"{state_words(reading)}{f': {why}' if why else ''}",
    }


def _cells(reading: GoalReading) -> tuple[object, ...]:
    goal = reading.goal
    value, low, high = in_unit(reading) or (None, None, None)
    return (
        goal.metric_key,
        measure_words(reading),
        goal.direction.value,
        goal.value,
        goal.unit.value,
        goal.set_by,
        goal.since_date,
        value,
        low,
        high,
        reading.state.value,
        why_words(reading),
    )
