"""The quality report as plain values for JSON, and its tables as files."""

from datetime import date

from outcomes.analyses.data_quality.report import QualityReport
from outcomes.analyses.data_quality.summary import completeness_table, finding_table
from outcomes.analyses.data_quality.text import effect_of, report_sentences
from outcomes.presentation.csv_file import csv_text
from outcomes.presentation.exhibit import CsvFile
from outcomes.statistics.light_periods import LightPeriod


def as_dict(report: QualityReport) -> dict[str, object]:
    """The report as plain values for JSON."""
    return {
        "program": report.program.program_id,
        "rows": report.rows,
        "reasons": report.reasons,
        "completeness": report.completeness,
        "completeness_by_month": {
            f"{month:%Y-%m}": shares for month, shares in report.by_month.items()
        },
        "findings": [
            {**vars(one), "samples": list(one.samples), "effect": effect_of(one.field)}
            for one in report.findings
        ],
        "missing_months": list(report.missing_months),
        "stretches_without_records": [
            [one.first_day.isoformat(), one.last_day.isoformat()] for one in report.gaps
        ],
        "light_weeks": [_light(one) for one in report.light_weeks],
        "short_days": [_light(one) for one in report.short_days],
        "left_out_intervals": report.excluded_intervals,
        "interval_faults": [
            {"interval": one.interval_name, "state": one.state, "count": one.incident_count}
            for one in report.interval_faults
        ],
        "repeats": report.repeat_count,
        "changes": [
            {
                **vars(one),
                "change": one.change.value,
                "first_day": one.first_day and one.first_day.isoformat(),
                "last_day": one.last_day and one.last_day.isoformat(),
            }
            for one in report.changes
        ],
        "sentences": list(report_sentences(report)),
    }


def _light(one: LightPeriod) -> dict[str, object]:
    return {**vars(one), "first_day": one.first_day.isoformat()}


def quality_files(reports: tuple[QualityReport, ...], months: list[date]) -> tuple[CsvFile, ...]:
    """Completeness and what was not understood, as CSV."""
    tables = {
        "Completeness": completeness_table(reports, months),
        "Not understood": finding_table(reports),
    }
    return tuple(
        CsvFile(title, csv_text(rows.columns, rows.itertuples(index=False)))
        for title, rows in tables.items()
    )
