"""Commands that bring something into a store: an agency's log, or the demonstration."""

import json
from pathlib import Path
from typing import Annotated

import typer

from outcomes.cli.options import (
    AgenciesOption,
    FormatOption,
    ReportFormat,
    StoreOption,
    settings_of,
)
from outcomes.vocabulary.log import ROW_COUNTS


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
    output: FormatOption = ReportFormat.TEXT,
) -> None:
    """Take in an agency's log and publish it; the same files again change nothing.

    Example: python -m outcomes load MCSLC.xlsx --agency lane-county-mcs
    """
    from outcomes.ingest.run import dry_run, load_log
    from outcomes.ingest.write.replace_period import parse_period

    settings = settings_of(agencies, store)
    period = parse_period(replace_period) if replace_period is not None else None
    where = (paths, agency, settings.agencies, settings.store, _tell)
    if dry:
        report = dry_run(*where, most_rows=most_rows)
    else:
        report = load_log(
            *where,
            period=period,
            most_rows=most_rows,
            publishing=settings.publishing,
        )
    if output is ReportFormat.JSON:
        record = {name: getattr(report, name) for name in ROW_COUNTS}
        record |= {
            "reasons": report.reasons,
            "reason_days": report.reason_days,
            "notes": report.notes,
        }
        typer.echo(json.dumps(record, ensure_ascii=False))
        return
    for name in ROW_COUNTS:
        typer.echo(f"{name.replace('_', ' '):<10} {getattr(report, name):>10,}")
    for reason, rows in report.reasons.items():
        days = report.reason_days.get(reason)
        typer.echo(f"  {reason}: {rows:,}{f', received {days}' if days else ''}")
    for note in report.notes:
        typer.echo(note)


def demo(
    store: StoreOption = None,
    agencies: AgenciesOption = None,
    seed: Annotated[int, typer.Option(help="The same seed gives the same bytes.")] = 2026,
) -> None:
    """Write made-up logs of made-up cities and load them, so that there is something to look at."""
    from outcomes.demo.load import load_demonstration

    loaded = load_demonstration(settings_of(agencies, store), seed, _tell)
    typer.echo(f"Loaded {loaded:,} rows of made-up demonstration data.")


def _tell(step: str, share: float) -> None:
    """Progress on the error stream, so that what is asked for stays alone on the other."""
    typer.echo(f"{share:>4.0%}  {step}", err=True)
