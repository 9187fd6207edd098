"""The command line of the registry: check its files and what its rows say against themselves, before a pull request."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from outcomes.registry.read import RegistryFiles

registry_app = typer.Typer(help="Work with the registry of programs and published figures.")


@registry_app.command("check")
def check_registry(
    folder: Annotated[
        Path | None, typer.Option(help="Folder of the files. Default: data/registry.")
    ] = None,
) -> None:
    """Check every row of the registry; names file, row, column, what was expected and what was found."""
    files = _read(folder)
    counts = ", ".join(
        f"{len(rows):,} {name.replace('_', ' ')}" for name, rows in files.rows.items()
    )
    typer.echo(
        f"The registry of {files.as_of:%b %Y} is whole, fingerprint {files.fingerprint}: {counts}."
    )


@registry_app.command("contradictions")
def list_contradictions(
    folder: Annotated[
        Path | None, typer.Option(help="Folder of the files. Default: data/registry.")
    ] = None,
) -> None:
    """List every program whose own words contradict its dates, kind, dispatch or team; fails where one has no reason."""
    from outcomes.registry.contradictions import contradictions, needless_reasons

    files = _read(folder)
    found = contradictions(files)
    for each in found:
        typer.echo(each.sentence)
    needless = needless_reasons(files)
    for row in needless:
        typer.echo(
            f"{row.program_id}, {row.column.value}: a reason stands in kept_contradictions.csv, and no words are against "
            f"the column any more, found [{row.reason}]; take the reason out."
        )
    without = sum(not each.reason for each in found)
    programs = len({each.program_id for each in found})
    typer.echo(
        f"{len(found):,} columns of {programs:,} of {len(files.rows['programs']):,} programs have words against them; "
        f"{without:,} stand without a reason, and {len(needless):,} reasons are needed no more."
    )
    if without or needless:
        raise typer.Exit(1)


def _read(folder: Path | None) -> "RegistryFiles":
    """The registry's files; ends the command with a sentence for each fault."""
    from outcomes.registry.read import REGISTRY, RegistryProblem, read_registry

    try:
        return read_registry(folder or REGISTRY)
    except RegistryProblem as problem:
        for sentence in str(problem).splitlines():
            typer.echo(f"Error: {sentence}", err=True)
        raise typer.Exit(1) from None
