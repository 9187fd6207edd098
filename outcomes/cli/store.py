"""Commands about a store: its history and the way back, whether it is whole, its backup, and the rows not taken in."""

import json
from pathlib import Path
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
WaitOption = Annotated[
    float, typer.Option("--wait", min=0, help="Seconds to wait for a load that runs.")
]
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
    """List every load: its number, time, program, files and counts, and whether it is live; and the disk that the store takes."""
    from outcomes.store.history import disk_use, load_history

    settings = settings_of(agencies, store)
    folder = settings.store
    loads = load_history(folder)
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
    used = disk_use(folder)
    typer.echo(
        f"On the disk: warehouse {used.warehouse / 1e6:,.1f} MB, snapshots {used.snapshot_bytes / 1e6:,.1f} MB "
        f"({used.snapshots} kept, of at most {settings.kept_snapshots})."
    )


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

    settings = settings_of(agencies, store)
    done = roll_back(settings.store, to, settings.publishing)
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


@store_app.command()
def verify(
    wait: WaitOption = 60,
    store: StoreOption = None,
    agencies: AgenciesOption = None,
) -> None:
    """Read the whole store and say whether it is as it was written: checksums, rows, and page tables against facts.

    Changes nothing. Every fault is one sentence with the way back, and the command then fails.
    """
    from outcomes.store.problem import StoreProblem
    from outcomes.store.verify import verify as verified

    found = verified(settings_of(agencies, store).store, wait, _tell)
    for fault in found.faults[:-1]:
        typer.echo(f"Error: {fault}", err=True)
    if found.faults:
        raise StoreProblem(found.faults[-1])
    typer.echo(
        f"Whole: {found.snapshots} snapshots are as they were written, {found.rows:,} rows of the warehouse were read, "
        f"{found.page_tables} page tables are what the facts make, and {found.figures:,} figures are as they were kept."
    )


@store_app.command()
def backup(
    folder: Annotated[Path, typer.Argument(help="A new folder for the backup.")],
    wait: WaitOption = 60,
    store: StoreOption = None,
    agencies: AgenciesOption = None,
) -> None:
    """Copy the warehouse into a new folder and read the copy again; readers read on, loads are waited for.

    Example: python -m outcomes backup /backups/outcomes-2026-11-27
    """
    from outcomes.store.backup import back_up

    made = back_up(settings_of(agencies, store).store, folder, wait, _tell)
    typer.echo(
        f"Backup of everything up to change {made.change}: {made.rows:,} rows at {made.folder}, read again and the same."
    )


@store_app.command()
def restore(
    folder: Annotated[Path, typer.Argument(help="Folder of the backup.")],
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Leave the store that is there beside, under another name."),
    ] = False,
    store: StoreOption = None,
    agencies: AgenciesOption = None,
) -> None:
    """Make the store anew from a backup, verified before it takes its place; a store that is there is never lost.

    Example: python -m outcomes restore /backups/outcomes-2026-11-27 --replace
    """
    from outcomes.store.backup import restore as put_back

    place = settings_of(agencies, store).store
    done = put_back(folder, place, replace, _tell)
    if done.beside is not None:
        typer.echo(f"The store of before lies at {done.beside}.")
    typer.echo(
        f"Live now: {done.snapshot}, everything up to change {done.backup.change}, as backed up on "
        f"{done.backup.made_at:%Y-%m-%d %H:%M} UTC."
    )


def _tell(words: str) -> None:
    """Progress on the error stream, so that what is asked for stays alone on the other."""
    typer.echo(words, err=True)


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
