"""What a selection comes to in a snapshot: which programs can answer, which cannot and why, which months."""

from dataclasses import dataclass, replace
from datetime import date, datetime

from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.requirements import GROUP_NEEDS, Requirement
from outcomes.selection import Selection, SelectionError
from outcomes.store.programs import Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, DataKind, RecordGrain


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
    metric: Metric, selection: Selection, snapshot: Snapshot, breakdown: Breakdown | None = None
) -> Scope:
    """The selection made definite: programs of one data kind and grain that record the metric.

    With a breakdown, programs that record that too: a group of people is not known of every log.
    Raises SelectionError where it names a program or state that the snapshot does not have.
    """
    notes: list[str] = []
    chosen = _one_grain(_one_kind(_chosen(selection, snapshot.programs), notes), notes)
    needs = metric.requires
    if breakdown in GROUP_NEEDS:
        needs = (*needs, GROUP_NEEDS[breakdown])
    answering = [program for program in chosen if _records(program, needs)]
    missing = tuple(
        need for need in needs if not all(_records(program, (need,)) for program in chosen)
    )
    excluded = [program for program in chosen if program not in answering]
    if answering and excluded:
        notes.append(
            f"Left out, because their logs do not record {_words(missing)}: {_names(excluded)}."
        )
    without = [
        program for program in answering if not _records(program, metric.denominator_requires)
    ]
    if without and metric.denominator:
        is_rate = metric.statistic is Statistic.RATE_PER_10K
        missing_value = "Rate" if is_rate else f"Share of {metric.denominator.words}"
        notes.append(
            f"{missing_value} not recorded: not every log holds "
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
    )


def chosen_programs(selection: Selection, snapshot: Snapshot) -> tuple[Program, ...]:
    """The programs that the selection names, of one data kind; whatever they record.

    Raises SelectionError where it names a program or state that the snapshot does not have.
    """
    return tuple(_one_kind(_chosen(selection, snapshot.programs), []))


def _records(program: Program, needs: tuple[Requirement, ...]) -> bool:
    return all(
        need.is_met(program.recorded_fields, program.log_holds, program.possible_answers)
        for need in needs
    )


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
