"""The warehouse: one DuckDB file of facts, rejects and the load log, with one writer at a time."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import duckdb

from outcomes.store.query_file import read_query

# Set for every connection of ours: nothing is fetched from a network.
OFFLINE: dict[str, str | bool | int | float | list[str]] = {
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
}


class StoreProblem(Exception):
    """A store that cannot be read or written; its text is one sentence for the reader."""


class Warehouse:
    """An open warehouse. Work tables live in memory beside it, so that a kill leaves nothing behind."""

    def __init__(self, connection: duckdb.DuckDBPyConnection) -> None:
        self.connection = connection

    def execute(self, name: str, **params: object) -> None:
        """Run the statement in queries/load/<name>.sql."""
        self.connection.execute(read_query("load", name).text, params or None)

    def rows(self, name: str, **params: object) -> list[tuple]:
        """Rows that the query in queries/load/<name>.sql returns."""
        return self.connection.execute(read_query("load", name).text, params or None).fetchall()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing: what is written inside is kept together or not at all."""
        self.connection.execute("begin transaction")
        try:
            yield
        except BaseException:
            self.connection.execute("rollback")
            raise
        self.connection.execute("commit")


@contextmanager
def open_warehouse(store: Path) -> Iterator[Warehouse]:
    """The store's warehouse, made where there is none; closed at the end.

    Raises StoreProblem where another load holds it or the folder cannot be written.
    """
    try:
        store.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreProblem(
            f"Expected a folder that can be written, found [{error.strerror}] at [{store}]; "
            "choose another with --store."
        ) from None
    connection = duckdb.connect(config=OFFLINE)
    try:
        path = store / "warehouse.duckdb"
        try:
            connection.execute("attach $path as warehouse", {"path": str(path)})
        except duckdb.IOException as error:
            if "lock" in str(error).lower():
                raise StoreProblem(
                    f"Expected to be the only load, found [another one running] on [{store}]; "
                    "wait until it has ended and try again."
                ) from None
            raise StoreProblem(
                f"Expected a warehouse, found [{str(error).splitlines()[0]}] at [{path}]; "
                "restore the file from a backup or choose another store."
            ) from None
        connection.execute("use warehouse")
        connection.execute(read_query("warehouse", "schema").text)
        connection.execute("use memory")
        connection.execute(read_query("warehouse", "minutes_between").text)
        yield Warehouse(connection)
    finally:
        connection.close()
