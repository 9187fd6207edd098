"""Columns with too many different values: no list of codes or areas has them, names and addresses have."""

from outcomes.ingest.errors import LoadProblem
from outcomes.store.warehouse import Warehouse

# Fewer rows than this say nothing.
FEWEST_ROWS = 500
# Of so many rows a field of codes or areas has fewer different values than this share.
MOST_DIFFERENT_SHARE = 0.5


def refuse_private_variety(warehouse: Warehouse) -> None:
    """Raise LoadProblem where a field that holds codes, areas or traits says something else on every row."""
    for field, filled, different in warehouse.rows("field_variety"):
        if filled >= FEWEST_ROWS and different > MOST_DIFFERENT_SHARE * filled:
            raise LoadProblem(
                f"Expected {field} to hold codes, areas or groups, found [{different:,} different values "
                f"on {filled:,} rows], as names, addresses or free text would have; these are never "
                "stored: map another column or leave the key out."
            )
