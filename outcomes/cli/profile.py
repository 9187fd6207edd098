"""Commands on profiles: draft a first one, check it, and see how it reads the first rows of a log."""

import json
from dataclasses import asdict
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

profile_app = typer.Typer(help="Work with the profiles that say how to read an agency's export.")
AgencyOption = Annotated[
    str, typer.Option(help="Id of the agency: the name of its profile's folder.")
]


@profile_app.command("check")
def check(
    agency: Annotated[str, typer.Argument(help="Id of the agency: its folder's name.")],
    agencies: AgenciesOption = None,
    store: StoreOption = None,
) -> None:
    """Check an agency's profile and call-type list; names file, key, found and expected."""
    from outcomes.ingest.agency import agency_folder, read_profile
    from outcomes.ingest.profile.code_lists import read_call_type_list

    settings = settings_of(agencies, store)
    folder = agency_folder(settings.agencies, agency)
    profile = read_profile(folder)
    codes = read_call_type_list(folder, profile.call_type).num_rows
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
    output: Annotated[
        ReportFormat,
        typer.Option("--format", help="text, or json: all of it is printed and nothing is written"),
    ] = ReportFormat.TEXT,
) -> None:
    """Write a first profile from an export, each guess with its reason; a person finishes it.

    Example: python -m outcomes profile draft fernhollow.csv --agency fernhollow
    """
    from outcomes.ingest.draft.draft import agency_id_of, draft_profile, write_draft

    folder_name = out.resolve().parent.name if out else log.name
    agency_id = agency or agency_id_of(folder_name)
    place = out or settings_of(agencies).agencies / agency_id / "profile.toml"
    drafted = draft_profile(log, agency_id)
    if output is ReportFormat.JSON:
        typer.echo(json.dumps(asdict(drafted), ensure_ascii=False))
        return
    write_draft(drafted, place)
    for sentence in drafted.summary:
        typer.echo(sentence)
    typer.echo(f"Wrote {place}{' and call_types.csv beside it' if drafted.call_types else ''}.")
    typer.echo(f"Read it, fill in each REPLACE, then: python -m outcomes profile check {agency_id}")


@profile_app.command("preview")
def preview(
    log: Annotated[Path, typer.Argument(help="The export: any file of the log.")],
    agency: AgencyOption,
    rows: Annotated[int, typer.Option(min=1, max=1000, help="How many rows to look at.")] = 100,
    agencies: AgenciesOption = None,
    output: FormatOption = ReportFormat.TEXT,
) -> None:
    """Say of each field what was understood on the first rows of a log; nothing is stored.

    Example: python -m outcomes profile preview MCSLC.xlsx --agency lane-county-mcs
    """
    from outcomes.ingest.preview import preview_log

    found = preview_log(log, agency, settings_of(agencies).agencies, rows)
    if output is ReportFormat.JSON:
        typer.echo(json.dumps(asdict(found), ensure_ascii=False))
        return
    for reading in found.fields:
        samples = f" ({', '.join(reading.samples)})" if reading.samples else ""
        typer.echo(
            f"{reading.field:<24} understood {reading.understood:>4,}, "
            f"not understood {reading.not_understood:>4,}{samples}, empty {reading.empty:>4,}"
        )
