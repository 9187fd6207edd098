"""What a log could say of each of its months, by the profile that read its rows then."""

from dataclasses import replace
from datetime import date

from outcomes.metrics.figure import is_missing_much
from outcomes.metrics.requirements import Requirement
from outcomes.selection import Selection, add_months
from outcomes.store.programs import LogMonth, Program
from outcomes.store.snapshot import Snapshot

# Months that a log does not record something of: program and first day of the month, None for records without a date.
SilentMonths = frozenset[tuple[str, date | None]]


def _records(program: Program, needs: tuple[Requirement, ...]) -> bool:
    return all(
        need.is_met(
            program.recorded_fields,
            program.log_holds,
            program.possible_answers,
            program.date_precision,
        )
        for need in needs
    )


def _part_records(program: Program, month: LogMonth, needs: tuple[Requirement, ...]) -> bool:
    """Whether what one profile read of a month says what is needed."""
    read = replace(
        program,
        log_holds=month.log_holds,
        recorded_fields=month.recorded_fields,
        possible_answers=month.possible_answers,
    )
    return _records(read, needs)


def records_ever(program: Program, needs: tuple[Requirement, ...], snapshot: Snapshot) -> bool:
    """Whether any of the profiles that read the log records what is needed."""
    months = snapshot.log_months.get(program.program_id)
    if months is None:
        return _records(program, needs)
    return any(_part_records(program, month, needs) for month in months)


def silent_months_of(
    program: Program, needs: tuple[Requirement, ...], snapshot: Snapshot
) -> frozenset[date | None]:
    """The months of which more than a few incidents were read by a profile that does not record what is needed."""
    read: dict[date | None, list[int]] = {}
    for month in snapshot.log_months.get(program.program_id, ()):
        silent, every = read.setdefault(month.month, [0, 0])
        is_silent = not _part_records(program, month, needs)
        count = month.incident_count
        read[month.month] = [silent + is_silent * count, every + count]
    return frozenset(
        month for month, (silent, every) in read.items() if is_missing_much(silent, every)
    )


def is_silent_throughout(
    program: Program,
    silent_months: SilentMonths,
    selection: Selection,
    snapshot: Snapshot,
) -> bool:
    """Whether no month asked about says what is needed, of a log that says it of some months or of none."""
    asked = {
        month.month
        for month in snapshot.log_months.get(program.program_id, ())
        if selection.holds(month.month)
    }
    dated = {month for month in asked if month is not None} or asked
    return bool(dated) and all((program.program_id, month) in silent_months for month in dated)


def lacking_in_part(
    program: Program, needs: tuple[Requirement, ...], snapshot: Snapshot
) -> tuple[Requirement, ...]:
    """What some of the profiles that read the log do not record."""
    months = snapshot.log_months.get(program.program_id, ())
    return tuple(
        need
        for need in needs
        if not all(_part_records(program, month, (need,)) for month in months)
    )


def records_always(
    program: Program,
    needs: tuple[Requirement, ...],
    silent_months: SilentMonths,
    snapshot: Snapshot,
) -> bool:
    """Whether every month that answers records this too."""
    months = snapshot.log_months.get(program.program_id)
    if months is None:
        return _records(program, needs)
    return all(
        _part_records(program, month, needs)
        for month in months
        if (program.program_id, month.month) not in silent_months
    )


def silent_note(program: Program, silent: set[date | None]) -> str:
    """A sentence that names the months of a log that are not recorded and in no sum."""
    months = sorted(month for month in silent if month)
    when = [_stretches(months)] if months else []
    when += ["records without a date"] if None in silent else []
    return (
        f"Not recorded for {' and '.join(when)}, and in no sum: the log of {program.program_name} was read then by a profile "
        "that does not say it."
    )


def _stretches(months: list[date]) -> str:
    """Months in order as unbroken stretches: 'Jan 2024 to Mar 2024, Jun 2024'."""
    stretches: list[list[date]] = []
    for month in months:
        if stretches and add_months(stretches[-1][-1], 1) == month:
            stretches[-1].append(month)
        else:
            stretches.append([month])
    return ", ".join(
        f"{one[0]:%b %Y}" if len(one) == 1 else f"{one[0]:%b %Y} to {one[-1]:%b %Y}"
        for one in stretches
    )
