"""Commands that ask a store: one metric, or the quality of one program's log."""

import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from outcomes.cli.options import (
    AgenciesOption,
    FormatOption,
    ReportFormat,
    StoreOption,
    settings_of,
)
from outcomes.selection import Selection, SelectionError, parse_month
from outcomes.vocabulary.log import Breakdown, View

if TYPE_CHECKING:
    from outcomes.answers.period_change import CompareWith


class AnswerFormat(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


def answer(
    metric: Annotated[str | None, typer.Argument(help="Key of the metric; see --list.")] = None,
    program: Annotated[
        list[str] | None, typer.Option(help="Only this program; can be given several times.")
    ] = None,
    state: Annotated[list[str] | None, typer.Option(help="Only this state, two letters.")] = None,
    call_type: Annotated[list[str] | None, typer.Option(help="Only this call type.")] = None,
    by: Annotated[str | None, typer.Option(help="Break down by: " + ", ".join(Breakdown))] = None,
    first: Annotated[str | None, typer.Option("--from", help="First month, as 2024-08.")] = None,
    last: Annotated[str | None, typer.Option("--to", help="Last month, included.")] = None,
    view: Annotated[View, typer.Option(help="Who is looking.")] = View.PROGRAM,
    compare: Annotated[
        str | None,
        typer.Option(help="Compare the whole with: year_before or period_before."),
    ] = None,
    store: StoreOption = None,
    agencies: AgenciesOption = None,
    output: Annotated[
        AnswerFormat, typer.Option("--format", help="table, json or csv")
    ] = AnswerFormat.TABLE,
    list_metrics: Annotated[bool, typer.Option("--list", help="Print every metric.")] = False,
) -> None:
    """Answer one metric, with its counts, interval, notes and source.

    Example: python -m outcomes answer safety_escalation_rate --by quarter --view public
    """
    from outcomes.answers.answer import answer as answer_metric
    from outcomes.metrics.registry import METRICS
    from outcomes.presentation.export import as_csv, as_json, as_text
    from outcomes.store.snapshot import live_snapshot

    if list_metrics:
        for known in METRICS.values():
            typer.echo(f"{known.key:<38} {known.label}")
        return
    settings = settings_of(agencies, store)
    if metric is None:
        raise SelectionError("Expected the key of a metric, found [nothing]; see answer --list.")
    selection = Selection(
        program_ids=tuple(program or ()),
        states=tuple(code.upper() for code in state or ()),
        call_types=tuple(call_type or ()),
        first_month=parse_month(first) if first else None,
        last_month=parse_month(last) if last else None,
        view=view,
    )
    breakdown = _breakdown(by)
    snapshot = live_snapshot(settings.store)
    earlier = comparison_of(compare) if compare else None
    found = answer_metric(metric, selection, snapshot, breakdown, earlier, settings.rule)
    write = {AnswerFormat.TABLE: as_text, AnswerFormat.JSON: as_json, AnswerFormat.CSV: as_csv}[
        output
    ]
    typer.echo(write(found).rstrip("\n"))


def _breakdown(by: str | None) -> Breakdown | None:
    if by is None:
        return None
    if by not in list(Breakdown):
        raise SelectionError(
            f"Expected a breakdown, found [{by}]; choose from {', '.join(Breakdown)}."
        )
    return Breakdown(by)


def comparison_of(word: str) -> "CompareWith":
    """The earlier period of that name; raises SelectionError where there is none."""
    from outcomes.answers.period_change import CompareWith

    if word not in list(CompareWith):
        raise SelectionError(
            f"Expected an earlier period, found [{word}]; choose from {', '.join(CompareWith)}."
        )
    return CompareWith(word)


def quality(
    program: Annotated[str, typer.Argument(help="Id of the program.")],
    store: StoreOption = None,
    agencies: AgenciesOption = None,
    output: FormatOption = ReportFormat.TEXT,
) -> None:
    """Say what a program's log lacked and what was not understood, in sentences."""
    from outcomes.analyses.data_quality.export import as_dict
    from outcomes.analyses.data_quality.report import quality_report
    from outcomes.analyses.data_quality.text import report_sentences
    from outcomes.store.snapshot import live_snapshot

    settings = settings_of(agencies, store)
    report = quality_report(program, live_snapshot(settings.store))
    if output is ReportFormat.JSON:
        typer.echo(json.dumps(as_dict(report), ensure_ascii=False, indent=2))
        return
    for sentence in report_sentences(report):
        typer.echo(sentence)
