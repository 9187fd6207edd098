"""Whether the latest full month is unusual, as a table of the Overview's figures of the month."""

import pandas

from outcomes.analyses.control_charts.this_month import (
    OF_THE_MONTH,
    MonthReading,
    month_reading,
    month_sentence,
)
from outcomes.answers.coverage import finest_period
from outcomes.metrics.registry import find_metric
from outcomes.packet.asked import Asked
from outcomes.presentation.exhibit import Exhibit, Table
from outcomes.vocabulary.log import Breakdown

USUAL = "The usual range is what chance alone makes of the program's own months before, as the control charts draw it."


def this_month_exhibit(asked: Asked) -> Exhibit | None:
    """The latest full month of each figure beside its usual range; None where no log gives months, or none is full.

    Raises SelectionError for a selection that cannot be answered.
    """
    if finest_period(asked.selection, asked.snapshot) is Breakdown.YEAR:
        return None
    found = [
        month_reading(key, asked.selection, asked.snapshot, asked.rule) for key in OF_THE_MONTH
    ]
    readings = [reading for reading in found if reading is not None]
    if not readings:
        return None
    month = max(reading.month for reading in readings)
    rows = pandas.DataFrame(
        [
            {
                "Measure": _name(reading, is_latest=reading.month == month),
                f"{month:%B %Y}": reading.value,
                "Usual range": reading.usual,
                "Reading": reading.word,
            }
            for reading in readings
        ]
    )
    return Exhibit(
        "this-month",
        f"Was {month:%B %Y} unusual?",
        answer=month_sentence(readings),
        tables=(Table(rows),),
        notes=(USUAL,),
        queries=tuple(dict.fromkeys(find_metric(each.metric_key).query for each in readings)),
    )


def _name(reading: MonthReading, *, is_latest: bool) -> str:
    """The figure's name, with its month where the log gives no later one of it."""
    return reading.label if is_latest else f"{reading.label} ({reading.month:%b %Y})"
