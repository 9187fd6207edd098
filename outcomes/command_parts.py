"""What commands share: options, settings, and how a fault ends a command."""

from enum import StrEnum
from pathlib import Path
from typing import Annotated, NoReturn

import typer
from pydantic import ValidationError

from outcomes.selection import SelectionError
from outcomes.settings import Settings

AgenciesOption = Annotated[
    Path | None,
    typer.Option("--agencies", help="Folder with one folder per agency. Default: data/agencies."),
]
StoreOption = Annotated[
    Path | None,
    typer.Option("--store", help="Folder of the warehouse and snapshots. Default: data/store."),
]


class ReportFormat(StrEnum):
    """How a load or quality report is written."""

    TEXT = "text"
    JSON = "json"


def settings_of(agencies: Path | None = None, store: Path | None = None) -> Settings:
    """The settings, those given on the command line first; ends with a sentence where one is wrong."""
    given = {"agencies": agencies, "store": store}
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "OUTCOMES_" + "_".join(map(str, wrong["loc"])).upper()
        stop(
            SelectionError(
                f"Expected {wrong['msg'].lower()} in {name}, found [{wrong['input']}]; correct it."
            )
        )
    return settings.model_copy(
        update={name: path for name, path in given.items() if path is not None}
    )


def stop(problem: Exception) -> NoReturn:
    """End with the problem's one sentence and a failure, as every expected fault does."""
    typer.echo(f"Error: {problem}", err=True)
    raise typer.Exit(1)
