"""The hours that programs state: which hours of the week they cover on a day, and how they are told."""

from datetime import date

from outcomes.store.programs import ServiceHours
from outcomes.vocabulary.labels import WEEKDAYS, day_label

MINUTES_A_DAY = 24 * 60
EVERY_DAY = tuple(range(1, 8))


def hours_between(
    hours: tuple[ServiceHours, ...], first: date, last: date
) -> tuple[ServiceHours, ...]:
    """The stated hours that hold on any day from first to last."""
    return tuple(
        one
        for one in hours
        if (one.since_date is None or one.since_date <= last)
        and (one.until_date is None or first <= one.until_date)
    )


def staffed_hours(hours: tuple[ServiceHours, ...]) -> frozenset[tuple[int, int]]:
    """Weekday (1 to 7) and hour of every hour of the week that the blocks cover, also in part.

    What runs past midnight is on the next day, from Sunday on Monday.
    """
    covered = set()
    for one in hours:
        for weekday in one.weekdays:
            for hour in range(one.from_minute // 60, -(-one.to_minute // 60)):
                covered.add(((weekday - 1 + hour // 24) % 7 + 1, hour % 24))
    return frozenset(covered)


def hours_words(hours: tuple[ServiceHours, ...], with_dates: bool) -> str:
    """The blocks in words: 'Mon to Fri 8 to 20; Sat 10 to 2 of the next day', with their dates where asked."""
    return "; ".join(_words(one) + (_dates(one) if with_dates else "") for one in hours)


def _words(one: ServiceHours) -> str:
    days = _days(one.weekdays)
    if (one.from_minute, one.to_minute) == (0, MINUTES_A_DAY):
        return f"{days}, round the clock"
    next_day = " of the next day" if one.to_minute > MINUTES_A_DAY else ""
    end = one.to_minute - MINUTES_A_DAY if next_day else one.to_minute
    return f"{days} {_clock(one.from_minute)} to {_clock(end)}{next_day}"


def _days(weekdays: tuple[int, ...]) -> str:
    if tuple(sorted(weekdays)) == EVERY_DAY:
        return "Every day"
    runs: list[list[int]] = []
    for weekday in sorted(weekdays):
        if runs and runs[-1][-1] == weekday - 1:
            runs[-1].append(weekday)
        else:
            runs.append([weekday])
    names = []
    for run in runs:
        first, last = WEEKDAYS[run[0] - 1][:3], WEEKDAYS[run[-1] - 1][:3]
        names.append({1: first, 2: f"{first}, {last}"}.get(len(run), f"{first} to {last}"))
    return ", ".join(names)


def _clock(minute: int) -> str:
    return f"{minute // 60}" if minute % 60 == 0 else f"{minute // 60}:{minute % 60:02d}"


def _dates(one: ServiceHours) -> str:
    if one.since_date and one.until_date:
        return f" ({day_label(one.since_date)} to {day_label(one.until_date)})"
    if one.since_date:
        return f" (since {day_label(one.since_date)})"
    return f" (until {day_label(one.until_date)})" if one.until_date else ""
