"""The command line of the registry: check its files, as a pull request that adds a program should."""

from pathlib import Path
from typing import Annotated

import typer

registry_app = typer.Typer(help="Work with the registry of programs and published figures.")


@registry_app.command("check")
def check_registry(
    folder: Annotated[
        Path | None, typer.Option(help="Folder of the files. Default: data/registry.")
    ] = None,
) -> None:
    """Check every row of the registry; names file, row, column, what was expected and what was found."""
    from outcomes.registry.read import REGISTRY, RegistryProblem, read_registry

    try:
        files = read_registry(folder or REGISTRY)
    except RegistryProblem as problem:
        sentences = str(problem).splitlines()
        for sentence in sentences:
            typer.echo(f"Error: {sentence}", err=True)
        raise typer.Exit(1) from None
    counts = ", ".join(
        f"{len(rows):,} {name.replace('_', ' ')}" for name, rows in files.rows.items()
    )
    typer.echo(
        f"The registry of {files.as_of:%b %Y} is whole, fingerprint {files.fingerprint}: {counts}."
    )


# A group with one command would otherwise take that command's place.
@registry_app.callback()
def registry() -> None:
    """Work with the registry of programs and published figures."""
