"""Exhibits of data quality: rows, completeness, what was not understood, what is missing and what changed.

source is of the logs that the reports are of.
"""

from datetime import date
from functools import partial

from outcomes.analyses.data_quality.figure import MOST_MONTHS, completeness_figure, legend, one_band
from outcomes.analyses.data_quality.report import QualityReport, is_by_month
from outcomes.analyses.data_quality.summary import (
    answer_sentence,
    change_table,
    completeness_table,
    completeness_words,
    finding_table,
    missing_sentences,
    row_cards,
)
from outcomes.answers.answer import Source
from outcomes.presentation.exhibit import Chart, Exhibit, Table

WHOLE_LOG = "Of the whole log and its last load, whatever call types are chosen; the period narrows the months below."
BY_MONTH = (
    f"Share of records on which each field is filled, by month; at most the last {MOST_MONTHS} months "
    "are drawn. Open cells have no records, or are hidden."
)
BY_PROGRAM = (
    "Share of records on which each field is filled, by program. Choose one program to see its "
    "months. Open cells are not recorded, or hidden."
)
OF_WHOLE = "Share of records on which each field is filled; the log does not tell months. Open cells are not recorded, or hidden."
ALL_UNDERSTOOD = "Every value that was read was understood, and every time can be used."
NONE_MISSING = "No month and no run of days is missing that the log's size would not explain."
NO_CHANGE = "Nothing beyond chance, or there is no earlier load to compare with."
LAST_LOAD = "What the last load brought, against the year before it. Counts are records a day."


def quality_exhibit(reports: tuple[QualityReport, ...]) -> Exhibit:
    """What the logs lacked in one sentence, and what became of their rows."""
    return Exhibit(
        "quality",
        headline=answer_sentence(reports),
        caption=(WHOLE_LOG,),
        cards=row_cards(reports),
    )


def completeness_exhibit(
    reports: tuple[QualityReport, ...], months: list[date], source: Source | None
) -> Exhibit:
    """Completeness by field and month, or by field and program where there are several."""
    chart = Chart(
        partial(completeness_figure, reports, months),
        completeness_words(reports),
        swatches=legend,
    )
    band = one_band(reports, months)
    return Exhibit(
        "completeness",
        answer=f"No difference to draw: of every field that is recorded the share of records filled is {band}."
        if band
        else "",
        caption=(_how_told(reports),),
        charts=() if band else (chart,),
        tables=(Table(completeness_table(reports, months)),),
        source=source,
    )


def _how_told(reports: tuple[QualityReport, ...]) -> str:
    if is_by_month(reports):
        return BY_MONTH
    return BY_PROGRAM if len(reports) > 1 else OF_WHOLE


def findings_exhibit(reports: tuple[QualityReport, ...], source: Source | None) -> Exhibit:
    """Values that were not understood and times that cannot be used, with samples and what that does."""
    rows = finding_table(reports)
    if not len(rows):
        return Exhibit("findings", answer=ALL_UNDERSTOOD)
    return Exhibit("findings", tables=(Table(rows),), source=source)


def missing_exhibit(reports: tuple[QualityReport, ...]) -> Exhibit:
    """Months and days without records, sizes of export limits, repeats."""
    told = tuple(missing_sentences(reports))
    return Exhibit("missing", answer="" if told else NONE_MISSING, notes=told)


def changes_exhibit(reports: tuple[QualityReport, ...], source: Source | None) -> Exhibit:
    """What changed against the load before, beyond chance."""
    rows = change_table(reports)
    if not len(rows):
        return Exhibit("changes", answer=NO_CHANGE)
    return Exhibit("changes", caption=(LAST_LOAD,), tables=(Table(rows),), source=source)
