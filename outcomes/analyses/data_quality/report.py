"""The quality report of one program's log: what the snapshot's page tables say of it, gathered once."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from math import exp
from typing import Any

from outcomes.analyses.data_quality.disclosure import (
    all_or_none,
    public_changes,
    public_count,
    public_rows,
    public_shares,
)
from outcomes.answers.scope import chosen_programs
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.read.truncation import limit_sentence
from outcomes.selection import Selection, SelectionError
from outcomes.statistics.light_periods import LightPeriod, light_weeks, short_days
from outcomes.statistics.word_change import WordChange, changes_beyond_chance
from outcomes.store.programs import Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import ROW_COUNTS, Coverage, DatePrecision, View

# A gap of days without a record is told where fewer than this many would be expected in such a log.
BELIEVABLE_GAPS = 0.01


@dataclass(frozen=True)
class Finding:
    """Values of one field that one rule did not let through."""

    # unreadable, not entered, out of range, unknown value or unmapped code
    rule: str
    # field of the contract
    field: str
    # rows; None where it is hidden
    row_count: int | None
    # the commonest values; none where they are hidden
    samples: tuple[str, ...]


@dataclass(frozen=True)
class IntervalFault:
    """Gaps of time of one kind that cannot be used, though both of their ends are written."""

    # such as call_processing_min
    interval_name: str
    # negative, zero or over_range
    state: str
    # incidents; None where it is hidden
    incident_count: int | None


@dataclass(frozen=True)
class GapPeriod:
    """Days in a row without a record, in a month that has some."""

    first_day: date
    last_day: date

    @property
    def day_count(self) -> int:
        """How many days it is long."""
        return (self.last_day - self.first_day).days + 1


@dataclass(frozen=True)
class QualityReport:
    """The quality of one program's log; a count or share is None where it is hidden."""

    program: Program
    # rows read, loaded, filtered, rejected, unchanged of the last load
    rows: dict[str, int | None]
    # rows of the last load by "outcome: reason"
    reasons: dict[str, int | None]
    # share of incidents on which each field is filled, 0 to 1
    completeness: dict[str, float | None]
    # the same by month and field; a month without records is not in it, and none is where the log gives years alone
    by_month: dict[date, dict[str, float | None]]
    # fields that nothing fills, and that the profile does not map
    silent_fields: tuple[str, ...]
    # what was not understood
    findings: tuple[Finding, ...]
    # months without any record between the first and the last
    missing_months: tuple[str, ...]
    # gaps of days without a record that the log's average does not explain
    gaps: tuple[GapPeriod, ...]
    # weeks, and days outside of them, with far fewer records than those around them; none in public
    light_weeks: tuple[LightPeriod, ...]
    short_days: tuple[LightPeriod, ...]
    # records without a date
    undated_count: int | None
    # records a day, on average over the months that have some; None where none has a date
    records_a_day: float | None
    # waiting times left out, by why
    excluded_intervals: dict[str, int | None]
    # gaps of time that are negative, zero or over range
    interval_faults: tuple[IntervalFault, ...]
    # incidents of a log without ids that equal another one; 0 where there are none
    repeat_count: int | None
    # what the log's size says, where it is one at which exports are cut off
    limit_sentence: str | None
    # what changed against the load before, beyond chance
    changes: tuple[WordChange, ...]

    @property
    def recorded_shares(self) -> dict[str, float | None]:
        """Completeness of the fields that the log records at all."""
        return {
            name: share
            for name, share in self.completeness.items()
            if name not in self.silent_fields
        }


def quality_report(
    program_id: str,
    snapshot: Snapshot,
    view: View = View.PROGRAM,
    rule: DisclosureRule | None = None,
) -> QualityReport:
    """The quality report of one program: with every count, or as the public may see it.

    Raises SelectionError, naming the programs that there are, where it has not been loaded.
    """
    programs = {program.program_id: program for program in snapshot.programs}
    if program_id not in programs:
        raise SelectionError(
            f"Expected a program that has been loaded, found [{program_id}]; "
            f"choose from {', '.join(programs)}."
        )
    report = _full_report(programs[program_id], snapshot)
    if view is View.PROGRAM:
        return report
    by_month = _ask(snapshot, program_id, "completeness_by_month")
    return _public_report(report, by_month, rule or DisclosureRule())


def quality_reports(
    selection: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> tuple[QualityReport, ...]:
    """The reports of the programs that a selection names, as its view may see them.

    Raises SelectionError where it names a program or state that the snapshot does not have.
    """
    return tuple(
        quality_report(program.program_id, snapshot, selection.view, rule)
        for program in chosen_programs(selection, snapshot)
    )


def is_by_month(reports: tuple[QualityReport, ...]) -> bool:
    """Whether completeness is told by month: of one log, where it has months."""
    return len(reports) == 1 and bool(reports[0].by_month)


def _ask(snapshot: Snapshot, program_id: str, name: str) -> list[dict[str, Any]]:
    return snapshot.rows("quality", name, {"program_id": program_id})


def _full_report(program: Program, snapshot: Snapshot) -> QualityReport:
    program_id = program.program_id
    load = _ask(snapshot, program_id, "last_load_rows")[0]
    by_field = {row["field"]: row for row in _ask(snapshot, program_id, "completeness_by_field")}
    months = snapshot.coverage.get(program_id, ())
    covered = sum(month.covered_days for month in months if month.coverage is not Coverage.GAP)
    dated = program.call_count - program.undated_count
    records_a_day = dated / covered if covered else None
    days = [row["day"] for row in _ask(snapshot, program_id, "days_without_records")]
    repeats = _ask(snapshot, program_id, "exact_repeats")
    by_day = {row["day"]: row["call_count"] for row in _ask(snapshot, program_id, "records_by_day")}
    return QualityReport(
        program=program,
        rows={name: load[name] for name in ROW_COUNTS},
        reasons={
            f"{row['outcome']}: {row['reason']}": row["row_count"]
            for row in _ask(snapshot, program_id, "last_load_reasons")
        },
        completeness={
            name: row["filled_count"] / row["incident_count"] for name, row in by_field.items()
        },
        by_month=_by_month(
            (row["month"], row["field"], row["filled_count"] / row["incident_count"])
            for row in _ask(snapshot, program_id, "completeness_by_month")
            if program.date_precision is not DatePrecision.YEAR
        ),
        silent_fields=tuple(
            name
            for name, row in by_field.items()
            if not row["filled_count"] and name not in program.recorded_fields
        ),
        findings=_findings(_ask(snapshot, program_id, "values_not_understood")),
        missing_months=tuple(
            f"{month.month:%Y-%m}" for month in months if month.coverage is Coverage.GAP
        ),
        gaps=_gap_periods(days, records_a_day, covered),
        light_weeks=light_weeks(by_day),
        short_days=short_days(by_day),
        undated_count=program.undated_count,
        records_a_day=records_a_day,
        excluded_intervals={
            row["interval_state"]: row["response_count"]
            for row in _ask(snapshot, program_id, "intervals_left_out")
        },
        interval_faults=tuple(
            IntervalFault(row["interval_name"], row["state"], row["incident_count"])
            for row in _ask(snapshot, program_id, "intervals_by_state")
        ),
        repeat_count=repeats[0]["repeat_count"] if repeats else 0,
        limit_sentence=limit_sentence(load["rows_read"]),
        changes=changes_beyond_chance(_ask(snapshot, program_id, "changes_since_load_before")),
    )


def _public_report(
    report: QualityReport, by_month: list[dict[str, Any]], rule: DisclosureRule
) -> QualityReport:
    """The report with small counts hidden, what would give them away, and every value of the log."""
    shares: list[tuple[date | None, str, float | None]] = []
    whole: dict[str, float | None] = {}
    for name in report.completeness:
        rows = [row for row in by_month if row["field"] == name]
        pairs = [(row["filled_count"], row["incident_count"]) for row in rows]
        shown, whole[name] = public_shares(pairs, rule)
        shares += [(row["month"], name, share) for row, share in zip(rows, shown, strict=True)]
    faults = all_or_none({one: one.incident_count for one in report.interval_faults}, rule)
    return replace(
        report,
        rows=public_rows(report.rows, rule),
        reasons=all_or_none(report.reasons, rule),
        completeness=whole,
        by_month=_by_month(shares) if report.by_month else {},
        findings=tuple(
            replace(one, row_count=public_count(one.row_count, rule), samples=())
            for one in report.findings
        ),
        light_weeks=(),
        short_days=(),
        undated_count=public_count(report.undated_count, rule),
        excluded_intervals=all_or_none(report.excluded_intervals, rule),
        interval_faults=tuple(replace(one, incident_count=count) for one, count in faults.items()),
        repeat_count=public_count(report.repeat_count, rule),
        changes=public_changes(report.changes, rule),
    )


def _by_month(
    shares: Iterable[tuple[date | None, str, float | None]],
) -> dict[date, dict[str, float | None]]:
    found: dict[date, dict[str, float | None]] = {}
    for month, field, share in shares:
        if month is not None:
            found.setdefault(month, {})[field] = share
    return dict(sorted(found.items()))


def _findings(rows: list[dict[str, Any]]) -> tuple[Finding, ...]:
    together: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in rows:
        together.setdefault((row["rule"], row["field"]), []).append(row)
    return tuple(
        Finding(
            rule=rule,
            field=field,
            row_count=sum(row["row_count"] for row in values),
            samples=tuple(row["value"] for row in values if row["value"] is not None),
        )
        for (rule, field), values in together.items()
    )


def _gap_periods(
    days: list[date], records_a_day: float | None, covered_days: int
) -> tuple[GapPeriod, ...]:
    """Days without a record in unbroken gaps, those left out that chance explains."""
    if not days or records_a_day is None:
        return ()
    found = [GapPeriod(days[0], days[0])]
    for day in days[1:]:
        if day - found[-1].last_day == timedelta(days=1):
            found[-1] = GapPeriod(found[-1].first_day, day)
        else:
            found.append(GapPeriod(day, day))
    return tuple(
        one for one in found if covered_days * exp(-records_a_day * one.day_count) < BELIEVABLE_GAPS
    )
