"""Cells as a spreadsheet takes them: text that it would read as a formula is marked as text, and read back without the mark."""

# What begins a formula, also in the full width that some spreadsheets fold; tabs and line ends may stand before one.
FORMULA_STARTS = ("=", "+", "-", "@", "\uff1d", "\uff0b", "\uff0d", "\uff20", "\t", "\n")
MARK = "'"


def safe_cell(value: object) -> object:
    """The value for a spreadsheet: text that a program would take for a formula gets an apostrophe; None is empty.

    A carriage return becomes a line end, which stands in quotes: alone it would end the row for some readers.
    """
    if not isinstance(value, str):
        return "" if value is None else value
    text = value.replace("\r\n", "\n").replace("\r", "\n")
    return MARK + text if text.startswith(FORMULA_STARTS) else text


def unmarked(text: str) -> str:
    """The text of a cell as it was before safe_cell marked it."""
    return text[1:] if text.startswith(MARK) and text[1:].startswith(FORMULA_STARTS) else text
