"""The registry as tables: its checked rows in a database in memory, which the queries in queries/registry/ read."""

import threading
from datetime import date
from enum import StrEnum
from functools import cached_property
from pathlib import Path
from typing import Any

import duckdb
import pyarrow
from pydantic import BaseModel

from outcomes.registry.cells import first_possible, last_possible
from outcomes.registry.read import FILES, REGISTRY, RegistryFiles, read_registry
from outcomes.store.query_file import read_query
from outcomes.store.warehouse import OFFLINE

# Partial dates, with the columns of the first and last month that each can mean.
SPANS = {
    "first_response": ("start_earliest", "start_latest"),
    "end_date": ("end_earliest", "end_latest"),
    "event_date": ("event_earliest", "event_latest"),
    "nearest_month": ("nearest_earliest", "nearest_latest"),
}
ARROW_TYPES = {int: pyarrow.int64(), float: pyarrow.float64(), date: pyarrow.date32()}


class Registry:
    """The registry of programs and of what was published, to be asked by query files. Safe to share."""

    def __init__(self, files: RegistryFiles) -> None:
        self.as_of = files.as_of
        self.fingerprint = files.fingerprint
        self._connection = duckdb.connect(config=OFFLINE)
        for name, (kind, _) in FILES.items():
            table = _arrow_table(kind, files.rows[name])
            self._connection.from_arrow(table).create(name)
        self._connection.execute("set enable_external_access = false")
        self._connection.execute("set lock_configuration = true")

    @property
    def name(self) -> str:
        """How the registry is called in a source line: its date and the fingerprint of its files."""
        return f"registry of {self.as_of:%b %Y}, {self.fingerprint}"

    def rows(self, name: str, params: dict[str, object] | None = None) -> list[dict[str, Any]]:
        """Rows of the query file queries/registry/<name>.sql as dictionaries of plain values."""
        # One connection shared by threads would hand out other callers' rows.
        cursor = self._connection.cursor()
        try:
            result = cursor.execute(read_query("registry", name).text, params)
            columns = [column[0] for column in result.description or ()]
            return [dict(zip(columns, row, strict=True)) for row in result.fetchall()]
        finally:
            cursor.close()

    @cached_property
    def state_names(self) -> dict[str, str]:
        """Names of the states by code."""
        return {row["state"]: row["state_name"] for row in self.rows("states")}


def _arrow_table(kind: type[BaseModel], rows: list[BaseModel]) -> pyarrow.Table:
    """The rows as a table; a partial date gets the first and last month that it can mean beside it."""
    columns: dict[str, pyarrow.Array] = {}
    for name, field in kind.model_fields.items():
        values = [getattr(row, name) for row in rows]
        plain = [value.value if isinstance(value, StrEnum) else value for value in values]
        columns[name] = pyarrow.array(plain, _arrow_type(field.annotation))
        if name in SPANS:
            earliest, latest = SPANS[name]
            columns[earliest] = pyarrow.array(map(first_possible, values), pyarrow.date32())
            columns[latest] = pyarrow.array(map(last_possible, values), pyarrow.date32())
    return pyarrow.table(columns)


def _arrow_type(annotation: Any) -> pyarrow.DataType:
    for kind, arrow_type in ARROW_TYPES.items():
        if annotation is kind or annotation == kind | None:
            return arrow_type
    return pyarrow.string()


_opening = threading.Lock()
_opened: dict[Path, Registry] = {}


def live_registry(folder: Path = REGISTRY) -> Registry:
    """The registry of the project's files, read once.

    Raises RegistryProblem where they are not as they must be.
    """
    with _opening:
        if folder not in _opened:
            _opened[folder] = Registry(read_registry(folder))
        return _opened[folder]
