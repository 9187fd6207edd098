"""Lengths of time written with colons, such as a response time of 7:41: which time of the call they tell, and how they are read."""

import re
import statistics
from collections.abc import Mapping

from outcomes.ingest.draft.record import Guesses, Length
from outcomes.vocabulary.counted import counted

MOST_OF_A_COLUMN = 0.9
# A name that speaks of a length, the time that it ends with and those that it may begin with, the first that the log has.
LENGTH_NAMES = (
    (
        r"\b(dispatch|queue|hold(ing)?|call processing) (time|delay|interval)\b|time to dispatch",
        "dispatched_at",
        ("received_at",),
    ),
    (r"\btravel time\b|\btime to scene\b", "arrived_at", ("en_route_at", "dispatched_at")),
    (r"\bon ?scene (time|duration|interval)\b|\btime on ?scene\b", "cleared_at", ("arrived_at",)),
    (r"\bresponse (time|interval|duration)\b|\bwait(ing)? time\b", "arrived_at", ("received_at",)),
    (
        r"\b(resource|total|task|call|service|event|incident) (time|duration)\b|\btime on (task|call)\b|\bduration\b",
        "cleared_at",
        ("received_at",),
    ),
)
PARTS = re.compile(r"\d{1,4}:[0-5]\d(:[0-5]\d)?")
# A length of two parts, and one of three, in seconds as each format reads it.
WEIGHTS = {"m:ss": (60, 1), "h:mm": (3600, 60), "h:mm:ss": (3600, 60, 1), "m:ss:00": (60, 1, 0)}
# No call of a team takes that long: then it is minutes and seconds.
LONG_SECONDS = 4 * 3600


def tell_lengths(found: Guesses) -> None:
    """Give times that no column tells their lengths since another time."""
    used = found.read_names
    for pattern, field, starts in LENGTH_NAMES:
        start = next((one for one in starts if one in found.times), None)
        if field in found.times or field in found.lengths or start is None:
            continue
        for column in found.open_columns:
            if column.name in used or not re.search(pattern, column.words):
                continue
            read = _format(column.values)
            if read is not None and column.share(PARTS) >= MOST_OF_A_COLUMN:
                found.lengths[field] = Length(column, *read, start)
                break


def _format(values: Mapping[str, int]) -> tuple[str, str] | None:
    """The format of the lengths and what to look at; None where they have different ones that no spreadsheet made."""
    lengths = [value.split(":") for value in values if PARTS.fullmatch(value)]
    short = [parts for parts in lengths if len(parts) == 2]
    long = [parts for parts in lengths if len(parts) == 3]
    if not lengths:
        return None
    if long and not short:
        is_moved = (
            all(parts[2] == "00" for parts in long) and _median(long, "h:mm:ss") > LONG_SECONDS
        )
        return _told("m:ss:00", "h:mm:ss", long) if is_moved else ("h:mm:ss", "by its name")
    if long:
        is_moved = all(parts[2] == "00" and int(parts[0]) >= 24 for parts in long)
        is_moved = is_moved and all(int(parts[0]) < 24 for parts in short)
        if not is_moved:
            return None
        return (
            "m:ss:00",
            f"{counted(len(short), 'length')} like 10:57 and {counted(len(long), 'length')} like 25:58:00, as a "
            "spreadsheet makes of minutes and seconds",
        )
    return _told("m:ss", "h:mm", short)


def _told(chosen: str, other: str, lengths: list[list[str]]) -> tuple[str, str]:
    return (
        chosen,
        f"read so half of them are over {_minutes(lengths, chosen)} minutes, and as {other} over {_minutes(lengths, other)}",
    )


def _minutes(lengths: list[list[str]], written: str) -> str:
    return f"{int(_median(lengths, written) // 60):,}"


def _median(lengths: list[list[str]], written: str) -> float:
    weights = WEIGHTS[written]
    return statistics.median(
        sum(int(part) * weight for part, weight in zip(parts, weights, strict=True))
        for parts in lengths
    )
