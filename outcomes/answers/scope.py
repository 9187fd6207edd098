"""What a selection comes to in a snapshot: which programs can answer, which cannot and why, which months."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from outcomes.answers.read_then import (
    SilentMonths,
    is_silent_throughout,
    lacking_in_part,
    records_always,
    records_ever,
    silent_months_of,
    silent_note,
)
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.requirements import BREAKDOWN_NEEDS, Requirement
from outcomes.selection import Selection, SelectionError
from outcomes.store.programs import Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, DataKind, DatePrecision, RecordGrain

PRECISION_WORDS = {
    DatePrecision.YEAR: "years only",
    DatePrecision.MONTH: "months only",
    DatePrecision.DAY: "days without a time of day",
    DatePrecision.MINUTE: "days and times of day",
}


@dataclass(frozen=True)
class Scope:
    """A selection made definite for one metric."""

    # the selection as it was asked
    selection: Selection
    # ids of the programs whose logs can answer
    program_ids: tuple[str, ...]
    # names of those programs, in the same order
    program_names: tuple[str, ...]
    # agencies that own the data
    data_owners: tuple[str, ...]
    # real or made up; never both
    data_kind: DataKind
    # what one incident stands for in these logs
    record_grain: RecordGrain
    # first and last day that these logs cover; None where no program can answer
    first_day: date | None
    last_day: date | None
    # when the newest of these logs was loaded, UTC
    loaded_at: datetime | None
    # ids of those that do not record the metric's denominator
    without_denominator: tuple[str, ...]
    # sentences about programs that were left out
    notes: tuple[str, ...]
    # what the programs asked about would have to record, where none can answer
    missing: tuple[Requirement, ...]
    # ids of all programs asked about, also of those that cannot answer
    chosen_ids: tuple[str, ...]
    # months of a log that was read by another profile then, which does not record this: program and first day of the
    # month, None for records without a date
    silent_months: SilentMonths = frozenset()
    # why coarse dates keep any of these from answering, as a clause; empty where none does
    coarse: str = ""

    def closed_selection(self) -> Selection:
        """The selection with the log's own first and last month where it is open-ended."""
        if self.first_day is None or self.last_day is None:
            return self.selection
        log_first, log_last = self.first_day.replace(day=1), self.last_day.replace(day=1)
        return replace(
            self.selection,
            first_month=max(self.selection.first_month or log_first, log_first),
            last_month=min(self.selection.last_month or log_last, log_last),
        )

    def covers_everything(self) -> bool:
        """Whether the months asked about leave out none that the logs cover; records without a date are then in."""
        if self.first_day is None or self.last_day is None:
            return False
        first, after = self.selection.first_month, self.selection.month_after()
        return (first is None or first <= self.first_day) and (
            after is None or after > self.last_day
        )

    def refuse_outside(self) -> None:
        """Raise SelectionError where the months asked about lie wholly outside what the logs cover."""
        if self.first_day is None or self.last_day is None:
            return
        first, after = self.selection.first_month, self.selection.month_after()
        if (first and first > self.last_day) or (after and after <= self.first_day):
            found = f"{first or after:%Y-%m}" if first or after else ""
            raise SelectionError(
                f"Expected months between {self.first_day:%Y-%m} and {self.last_day:%Y-%m}, which the log "
                f"covers, found [{found}]; choose others."
            )


def resolve_scope(
    metric: Metric,
    selection: Selection,
    snapshot: Snapshot,
    breakdown: Breakdown | None = None,
    also: tuple[Requirement, ...] = (),
) -> Scope:
    """The selection made definite: programs of one data kind and grain that record the metric.

    With a breakdown, programs that record that too: a group of people, or the month of a call, is not
    known of every log. A log that gives years alone cannot answer for months that cut one of its years.
    Raises SelectionError where it names a program or state that the snapshot does not have.
    """
    notes: list[str] = []
    chosen = _one_grain(_one_kind(_chosen(selection, snapshot.programs), notes), notes)
    needs = (*metric.requires, *also)
    if breakdown in BREAKDOWN_NEEDS:
        needs = (*needs, BREAKDOWN_NEEDS[breakdown])
    lacks = {
        program.program_id: tuple(
            need
            for need in _with_whole_years(needs, selection, program)
            if not records_ever(program, (need,), snapshot)
        )
        for program in chosen
    }
    silent_months = frozenset(
        (program.program_id, month)
        for program in chosen
        for month in silent_months_of(
            program, _with_whole_years(needs, selection, program), snapshot
        )
    )
    for program in chosen:
        if is_silent_throughout(program, silent_months, selection, snapshot):
            lacks[program.program_id] = lacks[program.program_id] or lacking_in_part(
                program, needs, snapshot
            )
    answering = [program for program in chosen if not lacks[program.program_id]]
    missing = tuple(dict.fromkeys(need for each in lacks.values() for need in each))
    silent: list[Program] = []
    coarse: list[Program] = []
    for program in chosen:
        if lacks[program.program_id]:
            is_coarse = all(need.is_of_dates for need in lacks[program.program_id])
            (coarse if is_coarse else silent).append(program)
    if answering and silent:
        lacking = tuple(need for need in missing if not need.is_of_dates) or missing
        notes.append(
            f"Left out: {_names(silent)}. Not recorded there: {'. Nor '.join(need.words for need in lacking)}."
        )
    if answering and coarse:
        notes.append(f"Left out: {'; '.join(_coarse_clause(each, selection) for each in coarse)}.")
    for program in answering:
        silent_now = {
            month
            for program_id, month in silent_months
            if program_id == program.program_id and selection.holds(month)
        }
        notes += [silent_note(program, silent_now)] if silent_now else []
    if not (selection.first_month is None and selection.last_month is None):
        undated = [program for program in answering if program.undated_count]
        if undated and not _cover_all(selection, answering):
            notes.append(
                f"Records without a date stand under no month and are left out: {_names(undated)}."
            )
    without = [
        program
        for program in answering
        if not records_always(program, metric.denominator_requires, silent_months, snapshot)
    ]
    if without and metric.denominator:
        is_rate = metric.statistic is Statistic.RATE_PER_10K
        missing_value = "Rate" if is_rate else f"Share of {metric.denominator.words}"
        notes.append(
            f"{missing_value}: not recorded. Not every log holds "
            f"{_words(metric.denominator_requires)} ({_names(without)})."
        )
    about = answering or chosen
    grains = {program.record_grain for program in about}
    return Scope(
        selection=selection,
        program_ids=tuple(program.program_id for program in answering),
        program_names=tuple(program.program_name for program in about),
        data_owners=tuple(dict.fromkeys(program.data_owner for program in about)),
        data_kind=chosen[0].data_kind,
        record_grain=grains.pop() if len(grains) == 1 else RecordGrain.CALL,
        first_day=min((p.first_day for p in answering if p.first_day), default=None),
        last_day=max((p.last_day for p in answering if p.last_day), default=None),
        loaded_at=max((p.loaded_at for p in about if p.loaded_at), default=None),
        without_denominator=tuple(program.program_id for program in without),
        notes=tuple(notes),
        missing=() if answering else missing,
        chosen_ids=tuple(program.program_id for program in chosen),
        silent_months=frozenset(
            (each.program_id, month)
            for each in answering
            for program_id, month in silent_months
            if program_id == each.program_id
        ),
        coarse="; ".join(_coarse_clause(each, selection) for each in coarse),
    )


def by_program(scope: Scope) -> list[Scope]:
    """The part of each program in a scope, which together are all of it.

    The days and the notes stay those of all: what is no part of the whole is no part of a program's share in it.
    """
    return [
        replace(
            scope,
            selection=replace(scope.selection, program_ids=(program_id,), states=()),
            program_ids=(program_id,),
            program_names=(name,),
            without_denominator=tuple(
                each for each in scope.without_denominator if each == program_id
            ),
            silent_months=frozenset(each for each in scope.silent_months if each[0] == program_id),
        )
        for program_id, name in zip(scope.program_ids, scope.program_names, strict=True)
    ]


def _cover_all(selection: Selection, programs: list[Program]) -> bool:
    """Whether the months asked about hold every day that these logs cover."""
    days = [day for each in programs for day in (each.first_day, each.last_day) if day]
    return bool(days) and all(selection.holds(day) for day in (min(days), max(days)))


def cuts_a_year(selection: Selection, program: Program) -> bool:
    """Whether the months asked about hold some of a year and not all, where the log gives years alone."""
    if (
        program.date_precision is not DatePrecision.YEAR
        or not program.first_day
        or not program.last_day
    ):
        return False
    first, after = selection.first_month, selection.month_after()
    return bool(
        (first and first.month > 1 and program.first_day < first <= program.last_day)
        or (after and after.month > 1 and program.first_day < after <= program.last_day)
    )


def _with_whole_years(
    needs: tuple[Requirement, ...], selection: Selection, program: Program
) -> tuple[Requirement, ...]:
    return (*needs, Requirement.RECEIVED_MONTH) if cuts_a_year(selection, program) else needs


def _coarse_clause(program: Program, selection: Selection) -> str:
    cut = ", and the months chosen are no whole years" if cuts_a_year(selection, program) else ""
    return f"the log of {program.program_name} gives {PRECISION_WORDS[program.date_precision]}{cut}"


def chosen_programs(selection: Selection, snapshot: Snapshot) -> tuple[Program, ...]:
    """The programs that the selection names, of one data kind; whatever they record.

    Raises SelectionError where it names a program or state that the snapshot does not have.
    """
    return tuple(_one_kind(_chosen(selection, snapshot.programs), []))


def _words(needs: tuple[Requirement, ...]) -> str:
    return " and ".join(need.words for need in needs)


def _names(programs: list[Program]) -> str:
    return ", ".join(program.program_name for program in programs)


def _chosen(selection: Selection, programs: tuple[Program, ...]) -> list[Program]:
    if not programs:
        raise SelectionError("Expected at least one program, found [none]; load a log first.")
    known = [program.program_id for program in programs]
    unknown = [program_id for program_id in selection.program_ids if program_id not in known]
    if unknown:
        raise SelectionError(
            f"Expected a program that has been loaded, found [{', '.join(unknown)}]; "
            f"choose from {', '.join(known)}."
        )
    states = sorted({program.state for program in programs})
    strange = [state for state in selection.states if state not in states]
    if strange:
        raise SelectionError(
            f"Expected a state with a loaded program, found [{', '.join(strange)}]; "
            f"choose from {', '.join(states)}."
        )
    chosen = [
        program
        for program in programs
        if (not selection.program_ids or program.program_id in selection.program_ids)
        and (not selection.states or program.state in selection.states)
    ]
    if not chosen:
        raise SelectionError(
            f"Expected programs in the chosen states, found [none of "
            f"{', '.join(selection.program_ids)} in {', '.join(selection.states)}]; widen the choice."
        )
    return chosen


def _one_kind(chosen: list[Program], notes: list[str]) -> list[Program]:
    """Real programs alone where there are any: made-up calls are never added to real ones."""
    real = [program for program in chosen if program.data_kind is DataKind.REAL]
    if len(real) in (0, len(chosen)):
        return chosen
    notes.append("Made-up demonstration programs are left out: they are never added to real ones.")
    return real


def _one_grain(chosen: list[Program], notes: list[str]) -> list[Program]:
    """Logs of calls and dispatches alone where there are any: people served are not calls."""
    people = [program for program in chosen if program.record_grain is RecordGrain.PERSON]
    if len(people) in (0, len(chosen)):
        return chosen
    notes.append(f"Left out, because its log counts people served and not calls: {_names(people)}.")
    return [program for program in chosen if program not in people]
