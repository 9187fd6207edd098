"""Numbers of an answer's table: a cell that may not be told, or is not recorded, has none."""

import pandas


def known(cell: float | None) -> float | None:
    """The cell's number; None where the table has none."""
    return None if cell is None or pandas.isna(cell) else float(cell)


def whole(cell: float | None) -> int | None:
    """The cell's number as the whole one that a count is; None where the table has none."""
    number = known(cell)
    return None if number is None else round(number)
