"""The command line: load logs, ask for answers, check profiles and quality, write the demonstration."""

import json
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from outcomes.command_parts import AgenciesOption, ReportFormat, StoreOption, settings_of, stop
from outcomes.registry_commands import registry_app
from outcomes.selection import Selection, SelectionError, parse_month
from outcomes.store_commands import store_app
from outcomes.vocabulary import Breakdown, View

app = typer.Typer(
    name="outcomes",
    help="Response logs of community responder programs in, checkable numbers out.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
profile_app = typer.Typer(help="Work with the profiles that say how to read an agency's export.")
app.add_typer(profile_app, name="profile")
app.add_typer(registry_app, name="registry")
app.add_typer(store_app)


class Format(StrEnum):
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
    agencies: AgenciesOption = None,
    store: StoreOption = None,
    output: Annotated[ReportFormat, typer.Option("--format", help="text or json")] = (
        ReportFormat.TEXT
    ),
) -> None:
    """Take in an agency's log and publish it; the same files again change nothing.

    Example: python -m outcomes load MCSLC.xlsx --agency lane-county-mcs
    """
    from outcomes.load.log import load_log
    from outcomes.load.problem import LoadProblem
    from outcomes.load.replacing import parse_period
    from outcomes.store.warehouse import StoreProblem

    settings = settings_of(agencies, store)
    try:
        period = parse_period(replace_period) if replace_period is not None else None
        report = load_log(paths, agency, settings.agencies, settings.store, _tell, period=period)
    except (LoadProblem, StoreProblem) as problem:
        stop(problem)
    counts = ("rows_read", "loaded", "filtered", "rejected", "unchanged")
    if output is ReportFormat.JSON:
        record = {name: getattr(report, name) for name in counts}
        typer.echo(json.dumps({**record, "reasons": report.reasons}, ensure_ascii=False))
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
    output: Annotated[Format, typer.Option("--format", help="table, json or csv")] = Format.TABLE,
    list_metrics: Annotated[bool, typer.Option("--list", help="Print every metric.")] = False,
) -> None:
    """Answer one metric, with its counts, interval, notes and source.

    Example: python -m outcomes answer safety_escalation_rate --by quarter --view public
    """
    from outcomes.answers import answer as answer_metric
    from outcomes.metrics.registry import METRICS, UnknownMetricError
    from outcomes.rendering import as_csv, as_json, as_text
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
    write = {Format.TABLE: as_text, Format.JSON: as_json, Format.CSV: as_csv}[output]
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
    from outcomes.quality.plain_values import as_dict
    from outcomes.quality.report import quality_report
    from outcomes.quality.words import report_sentences
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


@profile_app.command("check")
def check(
    agency: Annotated[str, typer.Argument(help="Id of the agency: its folder's name.")],
    agencies: AgenciesOption = None,
    store: StoreOption = None,
) -> None:
    """Check an agency's profile and call-type list; names file, key, found and expected."""
    from outcomes.load.agency import agency_folder, read_profile
    from outcomes.load.code_lists import read_call_type_list
    from outcomes.load.problem import LoadProblem

    settings = settings_of(agencies, store)
    try:
        folder = agency_folder(settings.agencies, agency)
        profile = read_profile(folder)
        codes = read_call_type_list(folder, profile.call_type).num_rows
    except LoadProblem as problem:
        stop(problem)
    typer.echo(f"{profile.program.name}: the profile is whole; {codes} call-type codes.")
    typer.echo(f"It fills: {', '.join(profile.recorded_fields)}.")


@profile_app.command("draft")
def draft(
    log: Annotated[Path, typer.Argument(help="The export: any file of the log.")],
    agency: Annotated[
        str | None, typer.Option(help="Id for the agency. Default: made from the file's name.")
    ] = None,
    out: Annotated[
        Path | None,
        typer.Option(help="Where to write. Default: profile.toml in the agency's folder."),
    ] = None,
    agencies: AgenciesOption = None,
) -> None:
    """Write a first profile from an export, each guess with its reason; a person finishes it.

    Example: python -m outcomes profile draft fernhollow.csv --agency fernhollow
    """
    from outcomes.load.draft import agency_id_of, draft_profile, write_draft
    from outcomes.load.problem import LoadProblem

    folder_name = out.resolve().parent.name if out else log.name
    agency_id = agency or agency_id_of(folder_name)
    place = out or settings_of(agencies).agencies / agency_id / "profile.toml"
    try:
        drafted = draft_profile(log, agency_id)
        write_draft(drafted, place)
    except LoadProblem as problem:
        stop(problem)
    for sentence in drafted.summary:
        typer.echo(sentence)
    typer.echo(f"Wrote {place}{' and call_types.csv beside it' if drafted.call_types else ''}.")
    typer.echo(f"Read it, fill in each REPLACE, then: python -m outcomes profile check {agency_id}")


@app.command()
def demo(
    store: StoreOption = None,
    agencies: AgenciesOption = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 2026,
) -> None:
    """Write made-up logs of made-up cities and load them, so that there is something to look at."""
    from outcomes.demonstration import load_demonstration
    from outcomes.load.problem import LoadProblem
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
    app()
