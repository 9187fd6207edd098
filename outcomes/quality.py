"""What a program's log lacked and what was not understood, as sentences that say what it does to which metric."""

from dataclasses import dataclass

import pandas

from outcomes.selection import SelectionError
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
    programs = snapshot.programs
    if program_id not in set(programs.program_id):
        raise SelectionError(
            f"Expected a program that has been loaded, found [{program_id}]; "
            f"choose from {', '.join(programs.program_id)}."
        )
    one: dict[str, object] = {"program_id": program_id}
    load = snapshot.run("quality", "last_load_rows", one).iloc[0]
    rows = {name: int(load[name]) for name in ROW_COUNTS}
    reasons = snapshot.run("quality", "last_load_reasons", one)
    filled = snapshot.run("quality", "completeness_by_field", one)
    findings = snapshot.run("quality", "values_not_understood", one)
    intervals = snapshot.run("quality", "intervals_left_out", one)
    months = snapshot.coverage[snapshot.coverage.program_id == program_id]
    gaps = tuple(f"{month:%Y-%m}" for month in months[months.coverage == Coverage.GAP].month)
    completeness = {row.field: row.filled_count / row.incident_count for row in filled.itertuples()}
    left_out = dict(zip(intervals.interval_state, map(int, intervals.response_count), strict=True))
    by_reason = {f"{row.outcome}: {row.reason}": int(row.row_count) for row in reasons.itertuples()}
    program = programs[programs.program_id == program_id].iloc[0]
    return QualityReport(
        program_id=program_id,
        rows=rows,
        reasons=by_reason,
        completeness=completeness,
        findings=tuple(
            {
                "rule": row.rule,
                "field": row.field,
                "value": None if pandas.isna(row.value) else row.value,
                "row_count": int(row.row_count),
            }
            for row in findings.itertuples()
        ),
        missing_months=gaps,
        left_out_intervals=left_out,
        sentences=(
            f"{program.program_name}: {program.first_day:%d %b %Y} to {program.last_day:%d %b %Y}, "
            f"{program.call_count:,} {program.record_grain} records.",
            *_row_sentences(rows, by_reason),
            *_finding_sentences(findings),
            *_gap_sentences(gaps, int(program.undated_count)),
            *_interval_sentences(left_out),
            *_completeness_sentences(filled, set(program.recorded_fields)),
        ),
    )


ROW_COUNTS = ("rows_read", "loaded", "filtered", "rejected", "unchanged")


def _row_sentences(rows: dict[str, int], reasons: dict[str, int]) -> list[str]:
    parts = ", ".join(f"{rows[name]:,} {name}" for name in ROW_COUNTS[1:])
    sentences = [f"The last load read {rows['rows_read']:,} rows: {parts}."]
    sentences += [f"{count:,} rows {reason}." for reason, count in reasons.items()]
    return sentences


def _finding_sentences(findings: pandas.DataFrame) -> list[str]:
    sentences = []
    for (rule, field), rows in findings.groupby(["rule", "field"], sort=False):
        samples = [str(value) for value in rows.value.dropna().head(3)]
        found = f", such as {', '.join(f'[{sample}]' for sample in samples)}" if samples else ""
        effect = EFFECTS.get(str(field), "")
        tail = f"; {effect}" if effect else ""
        sentences.append(f"{field}: {int(rows.row_count.sum()):,} rows {rule}{found}{tail}.")
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


def _completeness_sentences(filled: pandas.DataFrame, recorded: set[str]) -> list[str]:
    sentences = []
    silent = []
    for row in filled.itertuples():
        share = row.filled_count / row.incident_count
        if row.filled_count == 0 and row.field not in recorded:
            silent.append(row.field)
        elif share < 1:
            effect = EFFECTS.get(row.field, "")
            tail = f"; for the others {effect}" if effect else ""
            sentences.append(f"{row.field} is filled on {share:.1%} of records{tail}.")
    if silent:
        sentences.append(f"Not recorded at all: {', '.join(silent)}.")
    return sentences
