"""What a selection comes to in a snapshot: which programs can answer, which cannot and why, which months."""

from dataclasses import dataclass
from datetime import date

import pandas

from outcomes.metrics.definition import Metric
from outcomes.metrics.requirement import Requirement
from outcomes.selection import Selection, SelectionError
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary import Coverage, DataKind, RecordGrain, label


@dataclass(frozen=True)
class Asked:
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
    # ids of those that do not record the metric's denominator
    without_denominator: tuple[str, ...]
    # sentences about programs that were left out
    notes: tuple[str, ...]
    # what the programs asked about would have to record, where none can answer
    missing: tuple[Requirement, ...]


def resolve(metric: Metric, selection: Selection, snapshot: Snapshot) -> Asked:
    """The selection made definite: programs of one data kind and grain that record the metric.

    Raises SelectionError where it names a program or state that the snapshot does not have.
    """
    chosen = _chosen(selection, snapshot.programs)
    notes: list[str] = []
    chosen = _one_kind(chosen, notes)
    chosen = _one_grain(chosen, notes)
    able = [
        all(requirement.is_met(set(fields), holds) for requirement in metric.requires)
        for fields, holds in zip(chosen.recorded_fields, chosen.log_holds, strict=True)
    ]
    answering = chosen[able]
    missing = [
        requirement
        for requirement in metric.requires
        if any(
            not requirement.is_met(set(fields), holds)
            for fields, holds in zip(chosen.recorded_fields, chosen.log_holds, strict=True)
        )
    ]
    left_out = chosen[[not can for can in able]]
    if len(answering) and len(left_out):
        notes.append(
            f"Left out, because their logs do not record {_and(r.words for r in missing)}: "
            f"{', '.join(left_out.program_name)}."
        )
    about = answering if len(answering) else chosen
    return Asked(
        selection=selection,
        program_ids=tuple(answering.program_id),
        program_names=tuple(about.program_name),
        data_owners=tuple(dict.fromkeys(about.data_owner)),
        data_kind=DataKind(chosen.data_kind.iloc[0]),
        record_grain=_grain(about),
        first_day=_day(answering.first_day.min()),
        last_day=_day(answering.last_day.max()),
        without_denominator=_without_denominator(metric, answering, notes),
        notes=tuple(notes),
        missing=() if len(answering) else tuple(missing),
    )


def _chosen(selection: Selection, programs: pandas.DataFrame) -> pandas.DataFrame:
    if programs.empty:
        raise SelectionError("Expected at least one program, found [none]; load a log first.")
    unknown = [name for name in selection.program_ids if name not in set(programs.program_id)]
    if unknown:
        raise SelectionError(
            f"Expected a program that has been loaded, found [{', '.join(unknown)}]; "
            f"choose from {', '.join(programs.program_id)}."
        )
    strange = [state for state in selection.states if state not in set(programs.state)]
    if strange:
        raise SelectionError(
            f"Expected a state with a loaded program, found [{', '.join(strange)}]; "
            f"choose from {', '.join(sorted(set(programs.state)))}."
        )
    chosen = programs
    if selection.program_ids:
        chosen = chosen[chosen.program_id.isin(selection.program_ids)]
    if selection.states:
        chosen = chosen[chosen.state.isin(selection.states)]
    if chosen.empty:
        raise SelectionError(
            f"Expected programs in the chosen states, found [none of "
            f"{', '.join(selection.program_ids)} in {', '.join(selection.states)}]; widen the choice."
        )
    return chosen


def _one_kind(chosen: pandas.DataFrame, notes: list[str]) -> pandas.DataFrame:
    """Real programs alone where there are any: made-up calls are never added to real ones."""
    real = chosen[chosen.data_kind == DataKind.REAL]
    if len(real) in (0, len(chosen)):
        return chosen
    notes.append("Made-up demonstration programs are left out: they are never added to real ones.")
    return real


def _one_grain(chosen: pandas.DataFrame, notes: list[str]) -> pandas.DataFrame:
    """Logs of calls and dispatches alone where there are any: people served are not calls."""
    people = chosen.record_grain == RecordGrain.PERSON
    if people.all() or not people.any():
        return chosen
    names = ", ".join(chosen[people].program_name)
    notes.append(f"Left out, because its log counts people served and not calls: {names}.")
    return chosen[~people]


def _grain(about: pandas.DataFrame) -> RecordGrain:
    grains = set(about.record_grain)
    return RecordGrain(grains.pop()) if len(grains) == 1 else RecordGrain.CALL


def _without_denominator(
    metric: Metric, answering: pandas.DataFrame, notes: list[str]
) -> tuple[str, ...]:
    if answering.empty:
        return ()
    lacks = [
        not all(need.is_met(set(fields), holds) for need in metric.denominator_requires)
        for fields, holds in zip(answering.recorded_fields, answering.log_holds, strict=True)
    ]
    lacking = answering[lacks]
    if len(lacking) and metric.denominator:
        notes.append(
            f"Share of {metric.denominator.words} not recorded: not every log holds "
            f"{_and(need.words for need in metric.denominator_requires)} "
            f"({', '.join(lacking.program_name)})."
        )
    return tuple(lacking.program_id)


def _day(value: object) -> date | None:
    return None if pandas.isna(value) else pandas.Timestamp(value).date()


def _and(words: object) -> str:
    return " and ".join(words)  # type: ignore[arg-type]


def month_coverage(asked: Asked, snapshot: Snapshot) -> pandas.DataFrame:
    """One row per month from the first covered to the last, within the selection: month, coverage, covered_days.

    A month is a gap where no chosen log has a record in it, partial where one of them lacks some of it.
    """
    rows = snapshot.coverage
    rows = rows[rows.program_id.isin(asked.program_ids)]
    if asked.selection.first_month:
        rows = rows[rows.month >= pandas.Timestamp(asked.selection.first_month)]
    if asked.selection.last_month:
        rows = rows[rows.month <= pandas.Timestamp(asked.selection.last_month)]
    months = rows.groupby("month", as_index=False).agg(
        gaps=("coverage", lambda kinds: (kinds == Coverage.GAP).sum()),
        partial=("coverage", lambda kinds: (kinds == Coverage.PARTIAL).sum()),
        programs=("coverage", "size"),
        covered_days=("covered_days", "sum"),
    )
    months["coverage"] = Coverage.WHOLE.value
    months.loc[(months.gaps > 0) | (months.partial > 0), "coverage"] = Coverage.PARTIAL.value
    months.loc[months.gaps == months.programs, "coverage"] = Coverage.GAP.value
    return months[["month", "coverage", "covered_days"]]


def noun(grain: RecordGrain, default: str = "responses") -> str:
    """What the log's incidents are called where they are not calls: people served, for a log of people."""
    return label(grain) if grain is RecordGrain.PERSON else default
