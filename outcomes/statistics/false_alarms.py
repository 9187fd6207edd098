"""How many of a hundred control charts give a signal where nothing but ordinary variation is in them.

Simulated with the charts of this package by `tests/benchmark/control_charts.py`; the tables are in `docs/control_charts.md`.
"""

from collections.abc import Mapping

# months of the chart: charts of a hundred with a signal where months differ by chance alone, with a
# season of 10% or without, and where each month also resembles the one before (correlation 0.3)
MONTH_ALARMS = {
    18: (1, 2),
    24: (1, 2),
    30: (3, 8),
    36: (4, 8),
    48: (5, 8),
    60: (4, 7),
    84: (6, 8),
    120: (5, 6),
}
# waits of the chart: charts of a hundred with a signal, limits set over 24 waits
WAIT_ALARMS = {12: 1, 24: 2, 36: 7, 60: 13, 100: 25, 200: 43}


def false_alarms_of_months(months: int) -> tuple[int, int, int]:
    """For how long a chart it is told, and the charts of a hundred: by chance, and where months are alike.

    The length told is the next one that was simulated, or the longest.
    """
    length = _length(MONTH_ALARMS, months)
    return length, *MONTH_ALARMS[length]


def false_alarms_of_waits(waits: int) -> tuple[int, int]:
    """For how long a chart of waits it is told, and the charts of a hundred with a signal by chance."""
    length = _length(WAIT_ALARMS, waits)
    return length, WAIT_ALARMS[length]


def _length(table: Mapping[int, object], wanted: int) -> int:
    """The smallest length of the table that is long enough, or the longest."""
    return min((length for length in table if length >= wanted), default=max(table))
