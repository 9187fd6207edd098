"""Sizes of exports at which portals, spreadsheets and databases stop: a log of exactly that size may be cut."""

# Where spreadsheets end, without and with the row of names.
SPREADSHEET_ROWS = (65_535, 65_536, 1_048_575, 1_048_576)
# Portals and query tools stop at round numbers of at least this many rows.
LEAST_ROUND = 1_000


def is_export_limit(rows: int) -> bool:
    """Whether a log of that many rows may have been cut off there: 32,000 or 65,535, but not 4,682."""
    if rows in SPREADSHEET_ROWS:
        return True
    return rows >= LEAST_ROUND and rows % max(LEAST_ROUND, 10 ** (len(str(rows)) - 2)) == 0


def limit_sentence(rows: int) -> str | None:
    """What to ask about a log of that size; None where its size says nothing."""
    if not is_export_limit(rows):
        return None
    kind = "where a spreadsheet ends" if rows in SPREADSHEET_ROWS else "a round number"
    return (
        f"The export has exactly {rows:,} rows, {kind}: it may have been cut off there; "
        "ask whether more were left out."
    )
