"""Ids that begin again each year, month or day: known by numbers that rise with the calls and fall where the period ends."""

import re
from typing import Any

import pandas
import pyarrow

from outcomes.ingest.draft.columns import Column, column_of
from outcomes.ingest.draft.order import read_times
from outcomes.ingest.draft.record import Guesses
from outcomes.ingest.draft.synonyms import KEY_NAMES
from outcomes.vocabulary.counted import counted

# A period of pandas, and of how many a fall has to be seen.
PERIODS = {"year": ("Y", 1), "month": ("M", 2), "day": ("D", 3)}
NEARLY_ALL = 0.95
# The first number of a period, against the last of the one before it.
MOST_OF_THE_LAST = 0.1
FEW = 3
FIRST_DAYS = 10


def tell_restart(found: Guesses, table: pyarrow.Table, keys: list[Column]) -> pyarrow.Table:
    """The table with ids that restart made whole, as a load makes them; found and keys are told of it. Else the table itself."""
    received = found.times.get("received_at")
    if received is None or received.main.kind == "time of day":
        return table
    days = read_times(received.main, table)
    for key in keys:
        if not any(re.search(name, key.words) for name in KEY_NAMES[:2]):
            continue
        numbers = _numbers(table.column(key.name).to_pandas())
        if numbers is None:
            continue
        for period, (code, least) in PERIODS.items():
            falls = _falls(numbers, days, code)
            if falls is not None and falls >= least:
                found.ids_restart = (
                    period,
                    f'the numbers of "{key.name}" begin again {counted(falls, "time")}, with the {period}',
                )
                return _made_whole(table, keys, key, days.dt.to_period(code))
        if re.search(KEY_NAMES[0], key.words) and _begins_with_the_year(numbers, days):
            found.ids_restart = (
                "year",
                f'CHECK: the numbers of "{key.name}" begin with 1 in the first days of a year; take it away if they go on',
            )
            return table
    return table


def _numbers(ids: pandas.Series) -> pandas.Series | None:
    """The ids as numbers; None where they are no numbers, or begin with the year and so never come back."""
    text = ids.dropna()
    if text.empty or not text.str.fullmatch(r"\d{1,12}").all():
        return None
    return pandas.to_numeric(ids)


def _in_order(numbers: pandas.Series, days: pandas.Series, code: str) -> pandas.DataFrame:
    frame = pandas.DataFrame({"number": numbers, "day": days}).dropna()
    frame["period"] = frame["day"].dt.to_period(code)
    return frame.sort_values(["day", "number"], kind="stable")


def _falls(numbers: pandas.Series, days: pandas.Series, code: str) -> int | None:
    """How often the numbers begin again with a period; None where they do not with each, or fall within one."""
    frame = _in_order(numbers, days, code)
    steps = frame.groupby("period")["number"].diff().dropna()
    ends = frame.groupby("period")["number"].agg(["min", "max"])
    begins, last = ends["min"].iloc[1:], ends["max"].iloc[:-1]
    allowed = (MOST_OF_THE_LAST * last).clip(lower=FEW).to_numpy()
    if begins.empty or (begins.to_numpy() > allowed).any() or (begins >= last.to_numpy()).any():
        return None
    if len(steps) and (steps >= 0).mean() < NEARLY_ALL:
        return None
    # Rows that have one id within a period are one call's: they lie on one day or the next.
    calls = frame.groupby(["period", "number"])["day"].agg(["min", "max"])
    is_one = (calls["max"] - calls["min"]) <= pandas.Timedelta(days=1)
    return len(begins) if is_one.mean() >= NEARLY_ALL else None


def _begins_with_the_year(numbers: pandas.Series, days: pandas.Series) -> bool:
    frame = _in_order(numbers, days, "Y")
    if frame.empty or frame["period"].nunique() != 1 or frame["number"].min() != 1:
        return False
    first = frame["day"].iloc[0]
    is_rising = (frame["number"].diff().dropna() >= 0).all()
    return bool(is_rising and first.month == 1 and first.day <= FIRST_DAYS)


def _made_whole(
    table: pyarrow.Table, keys: list[Column], key: Column, periods: Any
) -> pyarrow.Table:
    ids = table.column(key.name).to_pandas()
    whole = (periods.astype("string") + "-" + ids.astype("string")).where(
        ids.notna() & periods.notna()
    )
    values = pyarrow.chunked_array([pyarrow.array(whole, pyarrow.string())])
    keys[keys.index(key)] = column_of(key.name, key.own_name, values)
    return table.set_column(table.column_names.index(key.name), key.name, values)
