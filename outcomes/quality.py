"""What a program's log lacked and what was not understood, as sentences that say what it does to which metric."""

from dataclasses import dataclass
from typing import Any

from outcomes.selection import SelectionError
from outcomes.store.published import Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary import Coverage

# What a gap in a field does to the metrics, for the end of a sentence.
EFFECTS = {
    "received_at": "waiting times cannot be measured from these",
    "received_date": "these calls stand under no month",
    "arrived_at": "no waiting time for these",
    "call_origin": "these cannot count as calls from the public",
    "call_type": "these fall outside every comparison by call type",
    "is_eligible": "these cannot count as eligible",
    "contact_result": "these count as neither met nor missed",
    "police_involvement": "these are outside every police metric",
    "is_injury_recorded": "nobody can say whether someone was hurt on these",
    "not_reached_reason": "for calls that were not reached, the reason is then not recorded",
}


@dataclass(frozen=True)
class QualityReport:
    """The quality of one program's log."""

    program_id: str
    # rows read, loaded, filtered, rejected, unchanged of the last load
    rows: dict[str, int]
    # rows of the last load by "outcome: reason"
    reasons: dict[str, int]
    # share of incidents on which each field is filled, 0 to 1
    completeness: dict[str, float]
    # what was not understood: rule, field, value, row_count
    findings: tuple[dict[str, object], ...]
    # months without any record between the first and the last
    missing_months: tuple[str, ...]
    # waiting times left out, by why
    left_out_intervals: dict[str, int]
    # all of it, as sentences
    sentences: tuple[str, ...]

    def as_dict(self) -> dict[str, object]:
        """The report as plain values for JSON."""
        return {
            "program": self.program_id,
            "rows": self.rows,
            "reasons": self.reasons,
            "completeness": self.completeness,
            "findings": list(self.findings),
            "missing_months": list(self.missing_months),
            "left_out_intervals": self.left_out_intervals,
            "sentences": list(self.sentences),
        }


def quality_report(program_id: str, snapshot: Snapshot) -> QualityReport:
    """The quality report of one program.

    Raises SelectionError, naming the programs that there are, where it has not been loaded.
    """
    programs = {program.program_id: program for program in snapshot.programs}
    if program_id not in programs:
        raise SelectionError(
            f"Expected a program that has been loaded, found [{program_id}]; "
            f"choose from {', '.join(programs)}."
        )
    one: dict[str, object] = {"program_id": program_id}
    load = snapshot.rows("quality", "last_load_rows", one)[0]
    rows = {name: load[name] for name in ROW_COUNTS}
    reasons = snapshot.rows("quality", "last_load_reasons", one)
    filled = snapshot.rows("quality", "completeness_by_field", one)
    findings = snapshot.rows("quality", "values_not_understood", one)
    intervals = snapshot.rows("quality", "intervals_left_out", one)
    gaps = tuple(
        f"{covered.month:%Y-%m}"
        for covered in snapshot.coverage.get(program_id, ())
        if covered.coverage is Coverage.GAP
    )
    completeness = {row["field"]: row["filled_count"] / row["incident_count"] for row in filled}
    left_out = {row["interval_state"]: row["response_count"] for row in intervals}
    by_reason = {f"{row['outcome']}: {row['reason']}": row["row_count"] for row in reasons}
    program = programs[program_id]
    return QualityReport(
        program_id=program_id,
        rows=rows,
        reasons=by_reason,
        completeness=completeness,
        findings=tuple(findings),
        missing_months=gaps,
        left_out_intervals=left_out,
        sentences=(
            _coverage_sentence(program),
            *_row_sentences(rows, by_reason),
            *_finding_sentences(findings),
            *_gap_sentences(gaps, program.undated_count),
            *_interval_sentences(left_out),
            *_completeness_sentences(filled, program.recorded_fields),
        ),
    )


ROW_COUNTS = ("rows_read", "loaded", "filtered", "rejected", "unchanged")


def _coverage_sentence(program: Program) -> str:
    records = f"{program.call_count:,} {program.record_grain.value} records"
    if program.first_day is None or program.last_day is None:
        return f"{program.program_name}: {records}, none with a date."
    return (
        f"{program.program_name}: {program.first_day:%d %b %Y} to {program.last_day:%d %b %Y}, "
        f"{records}."
    )


def _row_sentences(rows: dict[str, int], reasons: dict[str, int]) -> list[str]:
    parts = ", ".join(f"{rows[name]:,} {name}" for name in ROW_COUNTS[1:])
    sentences = [f"The last load read {rows['rows_read']:,} rows: {parts}."]
    sentences += [f"{count:,} rows {reason}." for reason, count in reasons.items()]
    return sentences


def _finding_sentences(findings: list[dict[str, Any]]) -> list[str]:
    sentences = []
    together: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in findings:
        together.setdefault((row["rule"], row["field"]), []).append(row)
    for (rule, field), rows in together.items():
        samples = [row["value"] for row in rows if row["value"] is not None][:3]
        found = f", such as {', '.join(f'[{sample}]' for sample in samples)}" if samples else ""
        effect = f"; {EFFECTS[field]}" if field in EFFECTS else ""
        number = sum(row["row_count"] for row in rows)
        sentences.append(f"{field}: {number:,} rows {rule}{found}{effect}.")
    return sentences


def _gap_sentences(gaps: tuple[str, ...], undated: int) -> list[str]:
    sentences = []
    if gaps:
        sentences.append(
            f"No records at all for {', '.join(gaps)}: a gap in the log, drawn as a gap and never as zero."
        )
    if undated:
        sentences.append(f"{undated:,} records have no date; they stand under no month.")
    return sentences


def _interval_sentences(left_out: dict[str, int]) -> list[str]:
    words = {
        "missing": "lack the time of the call or of the arrival",
        "negative": "have an arrival before the call",
        "zero": "have an arrival at the very time of the call",
        "over_range": "waited longer than believable",
    }
    return [
        f"{count:,} responses {words[state]}; they are left out of waiting times."
        for state, count in left_out.items()
        if state in words
    ]


def _completeness_sentences(filled: list[dict[str, Any]], recorded: frozenset[str]) -> list[str]:
    sentences = []
    silent = []
    for row in filled:
        field, share = row["field"], row["filled_count"] / row["incident_count"]
        if share == 0 and field not in recorded:
            silent.append(field)
        elif share < 1:
            effect = f"; for the others {EFFECTS[field]}" if field in EFFECTS else ""
            sentences.append(f"{field} is filled on {share:.1%} of records{effect}.")
    if silent:
        sentences.append(f"Not recorded at all: {', '.join(silent)}.")
    return sentences
