"""Commands about what a store holds: its history, the way back, and the rows that were not taken in."""

import json
from typing import TYPE_CHECKING, Annotated

import typer

from outcomes.cli.options import (
    AgenciesOption,
    FormatOption,
    ReportFormat,
    StoreOption,
    settings_of,
)
from outcomes.selection import SelectionError
from outcomes.vocabulary.log import ROW_COUNTS, View

if TYPE_CHECKING:
    from outcomes.store.history import PastLoad

store_app = typer.Typer()
COUNTS = (*ROW_COUNTS, "removed")
HISTORY_HEADER = (
    *("number", "loaded (UTC)", "program"),
    *(name.replace("_", " ") for name in COUNTS),
    *("state", "files"),
)


@store_app.command()
def history(
    program: Annotated[str | None, typer.Option(help="Only this program.")] = None,
    store: StoreOption = None,
    agencies: AgenciesOption = None,
    output: FormatOption = ReportFormat.TEXT,
) -> None:
    """List every load: its number, time, program, files and counts, and whether it is live."""
    from outcomes.store.history import load_history

    loads = load_history(settings_of(agencies, store).store)
    known = sorted({load.program_id for load in loads})
    if program is not None and program not in known:
        raise SelectionError(
            f"Expected a program that has been loaded, found [{program}]; "
            f"choose from {', '.join(known)}."
        )
    chosen = [load for load in loads if program in (None, load.program_id)]
    if output is ReportFormat.JSON:
        typer.echo(json.dumps([_as_dict(load) for load in chosen], ensure_ascii=False, indent=2))
        return
    rows = [HISTORY_HEADER, *map(_as_cells, chosen)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(HISTORY_HEADER))]
    for row in rows:
        cells = (cell.ljust(width) for cell, width in zip(row, widths, strict=True))
        typer.echo("  ".join(cells).rstrip())


@store_app.command()
def rollback(
    to: Annotated[
        int | None,
        typer.Option(help="Number of the load to go back to; default: the one before the last."),
    ] = None,
    store: StoreOption = None,
    agencies: AgenciesOption = None,
) -> None:
    """Undo the last load, or every load after one of them, and publish what was before.

    Example: python -m outcomes rollback --to 7
    """
    from outcomes.store.history import roll_back

    done = roll_back(settings_of(agencies, store).store, to)
    for load in done.undone:
        typer.echo(
            f"Undone: load {load.load_id} of {load.program_id}, {load.loaded_at:%Y-%m-%d %H:%M} UTC, "
            f"{', '.join(load.file_names)}: {load.loaded:,} rows loaded, {load.removed:,} incidents removed."
        )
    if not done.undone:
        typer.echo(
            "Nothing was undone: the last change was kept and not yet published, and is published now. "
            "See history, then ask again."
        )
    typer.echo(
        f"Live now: everything up to load {done.now.load_id} of {done.now.program_id}, "
        f"{done.now.loaded_at:%Y-%m-%d %H:%M} UTC."
    )


@store_app.command()
def rejected(
    program: Annotated[str, typer.Argument(help="Id of the program.")],
    store: StoreOption = None,
    agencies: AgenciesOption = None,
) -> None:
    """Print the rows that the program's last load did not take in, as CSV: file, row, column, value, rule.

    They are for the agency's own staff. Example: python -m outcomes rejected lane-county-mcs > rejected.csv
    """
    from outcomes.analyses.data_quality.rejected import rejected_csv

    text = rejected_csv(program, settings_of(agencies, store).store, View.PROGRAM)
    typer.echo(text, nl=False)


def _state(load: "PastLoad") -> str:
    if load.undone_by is not None and load.undone_at is not None:
        undone = f"undone {load.undone_at:%Y-%m-%d %H:%M}"
        return f"{undone}, still live until the next load" if load.is_live else undone
    return "live" if load.is_live else "not yet published"


def _as_cells(load: "PastLoad") -> tuple[str, ...]:
    return (
        str(load.load_id),
        f"{load.loaded_at:%Y-%m-%d %H:%M}",
        load.program_id,
        *(f"{getattr(load, name):,}" for name in COUNTS),
        _state(load),
        ", ".join(load.file_names),
    )


def _as_dict(load: "PastLoad") -> dict[str, object]:
    return {
        "number": load.load_id,
        "program": load.program_id,
        "loaded_at": f"{load.loaded_at:%Y-%m-%dT%H:%M:%SZ}",
        "files": list(load.file_names),
        **{name: getattr(load, name) for name in COUNTS},
        "state": _state(load),
        "live": load.is_live,
        "can_be_undone": load.is_reversible and load.undone_by is None,
    }
