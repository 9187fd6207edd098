"""What commands share: options, settings, and the memory that they may take."""

import os
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from pydantic import ValidationError

from outcomes.selection import SelectionError
from outcomes.settings import Settings
from outcomes.store.memory import limit_memory, machine_bytes

AgenciesOption = Annotated[
    Path | None,
    typer.Option("--agencies", help="Folder with one folder per agency. Default: data/agencies."),
]
StoreOption = Annotated[
    Path | None,
    typer.Option("--store", help="Folder of the warehouse and snapshots. Default: data/store."),
]
# Megabytes that a command may take; set by what runs it for an upload. Without it, all that the machine has.
MEMORY_NAME = "OUTCOMES_STEP_MEMORY_MB"


class ReportFormat(StrEnum):
    """How a load or quality report is written."""

    TEXT = "text"
    JSON = "json"


FormatOption = Annotated[ReportFormat, typer.Option("--format", help="text or json")]


def settings_of(agencies: Path | None = None, store: Path | None = None) -> Settings:
    """The settings, those given on the command line first; raises SelectionError where one is wrong."""
    given = {"agencies": agencies, "store": store}
    try:
        settings = Settings()
    except ValidationError as error:
        wrong = error.errors()[0]
        name = "OUTCOMES_" + "_".join(map(str, wrong["loc"])).upper()
        raise SelectionError(
            f"Expected {wrong['msg'].lower()} in {name}, found [{wrong['input']}]; correct it."
        ) from None
    return settings.model_copy(
        update={name: path for name, path in given.items() if path is not None}
    )


def limit_command() -> None:
    """Hold this process to the memory that its caller gives it, or to what the machine has."""
    given = os.environ.get(MEMORY_NAME, "")
    memory = int(given) << 20 if given.isdigit() else machine_bytes()
    if memory is not None:
        limit_memory(memory)
