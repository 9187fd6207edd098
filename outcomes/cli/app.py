"""The command line: load logs, ask for answers, check profiles and quality, write the demonstration."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from outcomes.cli.options import (
    AgenciesOption,
    ReportFormat,
    StoreOption,
    limit_memory,
    settings_of,
    stop,
)
from outcomes.cli.profile import profile_app
from outcomes.cli.registry import registry_app
from outcomes.cli.store import store_app
from outcomes.selection import Selection, SelectionError, parse_month
from outcomes.vocabulary.log import Breakdown, View

app = typer.Typer(
    name="outcomes",
    help="Response logs of community responder programs in, checkable numbers out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
app.add_typer(profile_app, name="profile")
app.add_typer(registry_app, name="registry")
app.add_typer(store_app)


class AnswerFormat(StrEnum):
    """How an answer is written."""

    TABLE = "table"
    JSON = "json"
    CSV = "csv"


@app.command()
def load(
    paths: Annotated[
        list[Path], typer.Argument(help="The export: one or several files of one log.")
    ],
    agency: Annotated[
        str, typer.Option(help="Id of the agency: the name of its profile's folder.")
    ],
    replace_period: Annotated[
        str | None,
        typer.Option(
            help="Months or days that the export replaces, as 2025-01:2025-03: what is stored of them "
            "and not in the export is taken out."
        ),
    ] = None,
    dry: Annotated[
        bool, typer.Option("--dry-run", help="Count what would become of the rows; store nothing.")
    ] = False,
    most_rows: Annotated[
        int | None, typer.Option(min=1, help="Refuse a log with more rows than this.")
    ] = None,
    agencies: AgenciesOption = None,
    store: StoreOption = None,
    output: Annotated[ReportFormat, typer.Option("--format", help="text or json")] = (
        ReportFormat.TEXT
    ),
) -> None:
    """Take in an agency's log and publish it; the same files again change nothing.

    Example: python -m outcomes load MCSLC.xlsx --agency lane-county-mcs
    """
    from outcomes.ingest.errors import LoadProblem
    from outcomes.ingest.run import dry_run, load_log
    from outcomes.ingest.write.replace_period import parse_period
    from outcomes.store.warehouse import StoreProblem

    settings = settings_of(agencies, store)
    try:
        period = parse_period(replace_period) if replace_period is not None else None
        where = (paths, agency, settings.agencies, settings.store, _tell)
        if dry:
            report = dry_run(*where, most_rows=most_rows)
        else:
            report = load_log(*where, period=period, most_rows=most_rows)
    except (LoadProblem, StoreProblem) as problem:
        stop(problem)
    counts = ("rows_read", "loaded", "filtered", "rejected", "unchanged")
    if output is ReportFormat.JSON:
        record = {name: getattr(report, name) for name in counts}
        record |= {"reasons": report.reasons, "notes": report.notes}
        typer.echo(json.dumps(record, ensure_ascii=False))
        return
    for name in counts:
        typer.echo(f"{name.replace('_', ' '):<10} {getattr(report, name):>10,}")
    for reason, rows in report.reasons.items():
        typer.echo(f"  {reason}: {rows:,}")
    for note in report.notes:
        typer.echo(note)


def _tell(step: str, share: float) -> None:
    """Progress on the error stream, so that what is asked for stays alone on the other."""
    typer.echo(f"{share:>4.0%}  {step}", err=True)


@app.command()
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
    from outcomes.metrics.registry import METRICS, UnknownMetricError
    from outcomes.presentation.export import as_csv, as_json, as_text
    from outcomes.store.snapshot import live_snapshot
    from outcomes.store.warehouse import StoreProblem

    if list_metrics:
        for known in METRICS.values():
            typer.echo(f"{known.key:<38} {known.label}")
        return
    settings = settings_of(agencies, store)
    try:
        if metric is None:
            raise SelectionError(
                "Expected the key of a metric, found [nothing]; see answer --list."
            )
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
        found = answer_metric(metric, selection, snapshot, breakdown, rule=settings.rule)
    except (SelectionError, UnknownMetricError, StoreProblem) as problem:
        stop(problem)
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


@app.command()
def quality(
    program: Annotated[str, typer.Argument(help="Id of the program.")],
    store: StoreOption = None,
    agencies: AgenciesOption = None,
    output: Annotated[ReportFormat, typer.Option("--format", help="text or json")] = (
        ReportFormat.TEXT
    ),
) -> None:
    """Say what a program's log lacked and what was not understood, in sentences."""
    from outcomes.analyses.data_quality.export import as_dict
    from outcomes.analyses.data_quality.report import quality_report
    from outcomes.analyses.data_quality.text import report_sentences
    from outcomes.store.snapshot import live_snapshot
    from outcomes.store.warehouse import StoreProblem

    settings = settings_of(agencies, store)
    try:
        report = quality_report(program, live_snapshot(settings.store))
    except (SelectionError, StoreProblem) as problem:
        stop(problem)
    if output is ReportFormat.JSON:
        typer.echo(json.dumps(as_dict(report), ensure_ascii=False, indent=2))
        return
    for sentence in report_sentences(report):
        typer.echo(sentence)


@app.command()
def demo(
    store: StoreOption = None,
    agencies: AgenciesOption = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 2026,
) -> None:
    """Write made-up logs of made-up cities and load them, so that there is something to look at."""
    from outcomes.demo.load import load_demonstration
    from outcomes.ingest.errors import LoadProblem
    from outcomes.store.warehouse import StoreProblem

    try:
        loaded = load_demonstration(settings_of(agencies, store), seed, _tell)
    except (LoadProblem, StoreProblem) as problem:
        stop(problem)
    typer.echo(f"Loaded {loaded:,} rows of made-up demonstration data.")


def main() -> None:
    """Run the command line; the only place that ends the process."""
    if hasattr(sys.stdout, "reconfigure"):
        # A Windows console may not know every character of a sentence; it then shows a mark instead.
        sys.stdout.reconfigure(errors="replace")
    limit_memory()
    try:
        app()
    except MemoryError:
        typer.echo(
            "Error: Expected a log that fits in the memory that this step may take, found [a larger one]; "
            "nothing was changed: bring it in parts, or load it with the command.",
            err=True,
        )
        sys.exit(1)
