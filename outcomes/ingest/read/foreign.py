"""Files of other kinds, told by how they begin: refused in words that name the way to a table."""

import json
import re
from pathlib import Path

from outcomes.ingest.errors import LoadProblem
from outcomes.vocabulary.counted import counted

START_BYTES = 20_000
# A larger object is not read to count what it holds.
MOST_BYTES = 50_000_000
# Lists of records inside one object: of ArcGIS and GeoJSON, of Socrata, and of other services.
LISTS = ("features", "data", "results", "records", "rows", "value")
LIST_INSIDE = re.compile(rf'"({"|".join(LISTS)})"\s*:\s*\[')
# Cells of a fixed width are parted by blanks, in every line at the same place.
LEAST_LINES, LEAST_GAPS = 3, 3
SEPARATORS = ",;\t|^"


def refuse_foreign(path: Path, shown: str) -> None:
    """Raise LoadProblem for XML, one object or list in JSON, and text in columns of a fixed width."""
    with path.open("rb") as stream:
        text = stream.read(START_BYTES).decode("utf-8-sig", "replace")
    start = text.lstrip()
    if start.startswith("<"):
        raise LoadProblem(_xml_problem(start, shown))
    if start.startswith(("{", "[")):
        _refuse_json(path, start, shown)
    elif _is_fixed_width(text):
        raise LoadProblem(
            f"Expected columns parted by a sign, found [text in columns of a fixed width] in [{shown}]; open it in a "
            "spreadsheet program, part it into columns by width, and save it as CSV."
        )


def _xml_problem(start: str, shown: str) -> str:
    said = start[:2_000].lower()
    if "emsdataset" in said or "nemsis" in said:
        kind = "a NEMSIS file in XML"
    elif "nfirs" in said or "neris" in said:
        kind = "an NFIRS file in XML"
    else:
        kind = "a web page" if "<html" in said else "an XML file"
    way = (
        "have the records system, or the state's portal, export a report with one row a call as CSV"
    )
    return f"Expected a table, found [{kind}] in [{shown}]; {way}."


def _refuse_json(path: Path, start: str, shown: str) -> None:
    """Raise LoadProblem where one object or list holds all records; one object a line is a log."""
    found = LIST_INSIDE.search(start)
    first_line = start.partition("\n")[0]
    if start.startswith("{") and (found is None or _is_whole_record(first_line)):
        return
    number = None
    if path.stat().st_size <= MOST_BYTES:
        try:
            whole = json.loads(path.read_text(encoding="utf-8-sig"))
        except (ValueError, RecursionError):
            return
        records = whole if isinstance(whole, list) else whole.get(found[1]) if found else None
        if not isinstance(records, list):
            return
        number = len(records)
    kind = "one list in JSON"
    if found is not None and start.startswith("{"):
        is_map = found[1] == "features"
        kind = (
            "one GeoJSON or ArcGIS object"
            if is_map
            else f"one JSON object with a list [{found[1]}]"
        )
    what = "feature" if "ArcGIS" in kind else "record"
    count = f"{what}s" if number is None else counted(number, what)
    raise LoadProblem(
        f"Expected a table, or one JSON object a line, found [{kind} with {count}] in [{shown}]; "
        "download it as CSV."
    )


def _is_whole_record(line: str) -> bool:
    """Whether the first line is an object by itself that holds none of the lists of records."""
    try:
        record = json.loads(line)
    except (ValueError, RecursionError):
        return False
    return isinstance(record, dict) and not any(
        isinstance(record.get(name), list) and record[name] and isinstance(record[name][0], dict)
        for name in LISTS
    )


def _is_fixed_width(text: str) -> bool:
    """Whether the first lines have no sign that parts columns, and blanks at the same places of all."""
    lines = [line.rstrip("\r") for line in text.split("\n")[:20]]
    if len(text) == START_BYTES:
        lines = lines[:-1]
    lines = [line for line in lines if line.strip()]
    if len(lines) < LEAST_LINES or any(sign in lines[0] for sign in SEPARATORS):
        return False
    width = max(map(len, lines))
    blank = [all(line.ljust(width)[place] == " " for line in lines) for place in range(width)]
    gaps = sum(
        is_blank and not blank[place - 1] for place, is_blank in enumerate(blank) if place > 0
    )
    return gaps >= LEAST_GAPS and any("  " in line.strip() for line in lines)
