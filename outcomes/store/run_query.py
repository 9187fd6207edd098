"""Runs a query file on a connection, parsed once a process: to read one again costs a quarter of asking it."""

import duckdb

from outcomes.store.query_file import read_query

_parsed: dict[tuple[str, str], list[duckdb.Statement]] = {}


def run_query(
    connection: duckdb.DuckDBPyConnection,
    folder: str,
    name: str,
    params: dict[str, object] | None = None,
) -> duckdb.DuckDBPyConnection:
    """The connection after running the statements of queries/<folder>/<name>.sql, with what the last one returns.

    Threads may ask for the same file at once, each on a connection of its own. Raises duckdb.Error as the engine does.
    """
    parsed = _parsed.get((folder, name))
    if parsed is None:
        parsed = connection.extract_statements(read_query(folder, name).text)
        _parsed[folder, name] = parsed
    for statement in parsed:
        connection.execute(statement, params or None)
    return connection
