"""Columns in which an empty cell says what the last one above it says, filled before anything looks at them."""

import duckdb
import pyarrow
from pyarrow.compute import equal, fill_null_forward, if_else, utf8_trim_whitespace

from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.transform.columns import TextColumns, header_of


def filled_down(
    connection: duckdb.DuckDBPyConnection, relation: duckdb.DuckDBPyRelation, profile: Profile
) -> duckdb.DuckDBPyRelation:
    """The file's rows with the columns filled that the profile says to fill; the relation itself where there are none.

    Raises LoadProblem where the file has no such column.
    """
    headers = fill_down_headers(profile, TextColumns(relation.columns))
    if not headers:
        return relation
    table = relation.to_arrow_table()
    for header in headers:
        place = table.schema.get_field_index(header)
        cells = table.column(place).cast(pyarrow.string())
        empty = equal(utf8_trim_whitespace(cells), "")
        filled = fill_null_forward(if_else(empty, pyarrow.scalar(None, pyarrow.string()), cells))
        table = table.set_column(place, header, filled)
    connection.register("filled_down", table)
    return connection.table("filled_down")


def fill_down_headers(profile: Profile, columns: TextColumns) -> list[str]:
    """Names of the file's columns that are filled; columns is marked as having been asked for them."""
    named = [(name, column) for name, column in profile.columns.items() if column.fill_down]
    found = [header_of(name, column, columns) for name, column in named]
    return [header for header in found if header is not None]
