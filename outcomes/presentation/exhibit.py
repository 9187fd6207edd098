"""Exhibits: what a page, the packet and a file each print of one finding, made once in the core; and those of answers."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

import pandas

from outcomes.answers.answer import Answer, Source
from outcomes.presentation.charts.rows import (
    count_figure,
    drawn_rows,
    has_bars,
    has_points,
    interval_figure,
)
from outcomes.presentation.charts.series import ChartSeries, period_series, row_series
from outcomes.presentation.charts.trend import changes_between, period_figure
from outcomes.presentation.format import count_text, value_text
from outcomes.presentation.sentences import (
    answer_sentence,
    chart_finding,
    finding,
    grain_label,
    same_sentence,
    whole_figure,
    worded,
)
from outcomes.presentation.tables import answer_table, matrix_table
from outcomes.store.programs import ProgramChange
from outcomes.vocabulary.log import Breakdown, Coverage, Status

NOTHING = "There is nothing to show in this selection."
# How to read a chart by period, where it has such a one.
BANDS = "A gray band has no records, or is hidden."
HOLLOW = {
    "month": "A hollow point is a month covered only in part.",
    "quarter": "A hollow bar or point is a quarter covered only in part.",
}
RARE_EVENTS = "Half of the months or more have fewer than three, so that quarters are drawn; months are in the table."
INTERVALS = "The line is the 95% interval; the dotted line is everything together. Rows with few cases are in the table."


@dataclass(frozen=True)
class Card:
    """One number in large type, with what it is and what stands beside it."""

    label: str
    value: str
    # what it is of, in quiet lines
    lines: tuple[str, ...] = ()
    # title and address of where it is from; none where the page says it
    source: tuple[str, str] | None = None
    # what keeps it from being relied on
    warning: str = ""


@dataclass(frozen=True)
class Chart:
    """A figure with what has to be read beside it."""

    # draws it, asked with is_dark: a Plotly figure, or HTML where a page draws it better
    figure: Callable[..., Any]
    # what it shows, for those who do not see it
    alt: str
    # over it, where an exhibit has several
    title: str = ""
    # what its marks mean, over it
    legend: tuple[str, ...] = ()
    # what its numbers, letters and dates stand for, under it
    remarks: tuple[str, ...] = ()
    # colors of its fields with what each means, asked with is_dark
    swatches: Callable[..., list[tuple[str, str]]] | None = None
    # what it is called beside the table
    kind: str = "Chart"
    # what it shows, in a short sentence over it; else the first one for those who do not see it
    finding: str = ""
    # its numbers, for a chart that can be edited; none where only a picture can show it
    series: ChartSeries | None = None
    # draws it for an image and for paper, asked with is_dark, where the page has HTML; none where the page's figure will do
    picture: Callable[..., Any] | None = None

    def for_image(self) -> Any:
        """A Plotly figure of it in the light theme, for an image or a printed sheet."""
        return (self.picture or self.figure)(is_dark=False)


@dataclass(frozen=True)
class Table:
    """Rows of texts: a column Address links the column Source, and an index that is no count names the rows."""

    rows: pandas.DataFrame
    # over it, where an exhibit has several
    title: str = ""
    # whether it is one to search, sort and scroll
    is_long: bool = False
    # whether its rows are words, read one below the other where there is little room
    is_stacked: bool = False
    # names of columns that are read as words, though they may begin with a number
    words: tuple[str, ...] = ()

    @property
    def named_rows(self) -> pandas.DataFrame:
        """Its rows with their names, where they have any, as a first column without a name."""
        names = self.rows.index
        has_names = names.dtype == object or names.dtype.kind in ("O", "T", "U")
        return self.rows.reset_index(names="") if has_names else self.rows


@dataclass(frozen=True)
class CsvFile:
    """Rows as a file to take away."""

    # what it is called in a list of files
    title: str
    text: str
    # query of the registry whose columns it has, for its data dictionary
    query: str = ""


@dataclass(frozen=True)
class Exhibit:
    """One finding with its chart, table and words. Nothing in it holds a number that suppression hid.

    Its texts are plain but for bold between two stars: whoever prints it escapes what its medium needs.
    """

    # names it among the exhibits of a page
    key: str
    # heading; empty where the page's own heading says it
    title: str = ""
    # the page's answer in a sentence, in larger type
    headline: str = ""
    # the finding in a sentence
    answer: str = ""
    # the finding in at most 25 words, where the answer is longer and no answer of the log says it
    sentence: str = ""
    # the finding with all that a reader needs to check it
    quote: str = ""
    # what is counted, and how it is to be read
    caption: tuple[str, ...] = ()
    cards: tuple[Card, ...] = ()
    # none where nothing can be drawn: then the table stands alone
    charts: tuple[Chart, ...] = ()
    tables: tuple[Table, ...] = ()
    csv: CsvFile | None = None
    # what stands under chart and table
    footnote: str = ""
    # what a careful reader must know
    notes: tuple[str, ...] = ()
    # why there is nothing to show; then nothing else is printed
    empty: str = ""
    # answers that it is made from, in order: definitions, notes, rows and sources
    answers: tuple[Answer, ...] = ()
    # query files that counted it, beside those of the answers
    queries: tuple[str, ...] = ()
    # where the figures come from, where no answer says it
    source: Source | None = None
    # notes of its answers that the caption says already
    told: tuple[str, ...] = ()


def why_empty(answer: Answer) -> str:
    """Why a table of the answer has no rows, in a sentence; empty where it has some."""
    if len(answer.table):
        return ""
    return answer.notes[-1] if answer.notes else NOTHING


def card_tables(exhibit: Exhibit) -> list[Table]:
    """The cards of an exhibit as one table of texts; none where it has none."""
    rows = [
        {"Figure": card.label, "Value": card.value, "What it is": "; ".join(card.lines)}
        for card in exhibit.cards
    ]
    return [Table(pandas.DataFrame(rows))] if rows else []


def label_of_answer(answer: Answer) -> str:
    """The metric's name in the words of the log's rows."""
    return worded(answer.metric.label, answer.source.record_grain)


def dated_changes(marked: list[tuple[str, ProgramChange]]) -> tuple[str, ...]:
    """The dated changes under a chart in one text, each with its mark; none where there is no change."""
    told = [
        f"{mark} {change.change_date:%b %Y}: {change.change_label.rstrip('.')}."
        for mark, change in marked
    ]
    return (" ".join(told),) if told else ()


def notes_exhibit(notes: list[str]) -> Exhibit:
    """What a careful reader must know of a whole page."""
    return Exhibit("notes", "What to know before quoting", notes=tuple(notes))


def answer_exhibit(answer: Answer, names: dict[str, str]) -> Exhibit:
    """One metric as a whole: its sentence, and its one row."""
    return Exhibit(
        f"answer-{answer.metric.key}",
        answer=answer_sentence(answer),
        tables=(Table(answer_table(answer, names)),),
        answers=(answer,),
    )


def months_exhibit(
    answers: list[Answer],
    changes: list[ProgramChange],
    names: dict[str, str],
    shows_count: bool = False,
    with_limits: bool = False,
    quarters: list[Answer] | None = None,
) -> Exhibit:
    """One or two metrics by month; the count instead of the value, or limits, where asked.

    Where the same answers by quarter are given these are drawn, and the months stand in table and file.
    """
    recorded = [answer for answer in answers if len(answer.table)]
    labels = [label_of_answer(answer) for answer in recorded]
    key = "months-" + "-".join(answer.metric.key for answer in answers)
    if not recorded:
        return Exhibit(key, empty=why_empty(answers[0]), answers=tuple(answers))
    drawn = [answer for answer in quarters or [] if len(answer.table)] or recorded
    by = "quarter" if drawn is not recorded else "month"
    measure = f"count by {by}" if shows_count else f"by {by}, with the 95% interval as a band"
    chart = Chart(
        partial(period_figure, drawn, changes, shows_count=shows_count, with_limits=with_limits),
        alt=" ".join(finding(answer) for answer in drawn),
        finding=chart_finding(recorded[0] if shows_count else drawn[0], shows_count)
        if len(recorded) == 1
        else "; ".join(whole_figure(answer) for answer in recorded),
        remarks=dated_changes(changes_between(changes, drawn[0])),
        series=period_series(drawn, shows_count, with_limits),
    )
    same = _same_periods(drawn, by, shows_count)
    if same:
        measure = measure.partition(",")[0]
    how = _how_to_read(drawn, by)
    shown = recorded if drawn is recorded else [*recorded, *drawn]
    return Exhibit(
        key,
        answer=same,
        caption=(" ".join([f"{' and '.join(labels)}, {measure}.", *([] if same else how)]),),
        charts=() if same else (chart,),
        tables=tuple(
            Table(
                answer_table(answer, names),
                f"{label_of_answer(answer)}, by quarter"
                if answer.breakdown is Breakdown.QUARTER
                else label_of_answer(answer),
            )
            for answer in shown
        ),
        answers=tuple(answers),
    )


def _how_to_read(drawn: list[Answer], by: str) -> list[str]:
    """What the marks of a chart by period mean, of those that it has; sentences."""
    rows = [row for answer in drawn for row in answer.rows if row[answer.keys[0]] is not None]
    covered = {row["coverage"] for row in rows}
    said = [] if by == "month" else [RARE_EVENTS]
    if Coverage.GAP in covered or any(row["status"] == Status.SUPPRESSED for row in rows):
        said.append(BANDS)
    if Coverage.PARTIAL in covered:
        said.append(HOLLOW[by])
    return said


def _same_periods(drawn: list[Answer], by: str, shows_count: bool) -> str:
    """Why one answer by period needs no chart, in a sentence; empty where its periods differ, or there are two answers."""
    if len(drawn) != 1:
        return ""
    (found,) = drawn
    key = found.keys[0]
    shown = [
        (grain_label(key, row[key], found.metric, {}), _period_text(found, row, shows_count))
        for row in found.rows
        if row[key] is not None
    ]
    told = [each for each in shown if each[1]]
    return same_sentence(told, len(shown), by)


def _period_text(found: Answer, row: dict[str, Any], shows_count: bool) -> str:
    number = row["numerator"] if shows_count else row["value"]
    if number is None:
        return ""
    return count_text(number) if shows_count else value_text(found.metric, number)


def same_rows(answer: Answer, names: dict[str, str], shows_count: bool = False) -> str:
    """Why the answer's rows need no chart, in a sentence; empty where they differ, or none can be drawn."""
    return same_sentence(drawn_rows(answer, names, shows_count), len(answer.table))


def rows_exhibit(
    answer: Answer, title: str, names: dict[str, str], shows_count: bool = False
) -> Exhibit:
    """A metric by a breakdown: bars of counts where asked, else points with intervals."""
    by = answer.breakdown.value if answer.breakdown else "whole"
    key = f"rows-{answer.metric.key}-{by}"
    if not len(answer.table):
        return Exhibit(key, title, empty=why_empty(answer), answers=(answer,))
    same = same_rows(answer, names, shows_count)
    has_chart = not same and (has_bars(answer) if shows_count else has_points(answer))
    if same:
        how = ""
    elif not has_chart:
        how = "No row has a figure that can be drawn."
    elif shows_count:
        has_shares = answer.metric.unit == "share" and answer.table["value"].notna().any()
        how = f"Bars show counts{' with their share' if has_shares else ''}."
    else:
        how = INTERVALS
    make = count_figure if shows_count else interval_figure
    chart = Chart(
        partial(make, answer, names),
        finding(answer),
        finding=chart_finding(answer, shows_count, names),
        series=row_series(answer, names, shows_count) if has_chart else None,
    )
    return Exhibit(
        key,
        title,
        answer=same,
        caption=(f"{answer.metric.definition} {how}".rstrip(),),
        charts=(chart,) if has_chart else (),
        tables=(Table(answer_table(answer, names)),),
        answers=(answer,),
    )


def severity_exhibit(answer: Answer) -> Exhibit:
    """Who was hurt and how badly, as one table of people: roles down, severities across."""
    empty = why_empty(answer)
    responses = answer.total.denominator
    return Exhibit(
        "severity-by-role",
        tables=() if empty else (Table(matrix_table(answer)),),
        footnote=""
        if responses is None
        else f"People, in {count_text(responses)} responses whose log records injuries.",
        empty=empty,
        answers=(answer,),
    )
