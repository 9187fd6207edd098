"""Query files: SQL with a header that says what it returns, read from the project's queries folder."""

import re
from dataclasses import dataclass
from functools import cache
from itertools import chain
from pathlib import Path

QUERIES = Path(__file__).resolve().parents[2] / "queries"
HEADER_LINE = re.compile(r"^-- @(\w+)\s+(.*?)\s*$")


@dataclass(frozen=True)
class QueryFile:
    """One query file: its header and its statement."""

    # file stem
    name: str
    # one line for people
    title: str
    # what one row of the result is
    grain: str
    # tables that it reads
    sources: tuple[str, ...]
    # names of its parameters: those of the selection stand in one line, @params
    params: tuple[str, ...]
    # names and types of its columns
    columns: tuple[tuple[str, str], ...]
    # what each column means, in words
    meanings: dict[str, str]
    # what is left out
    excludes: tuple[str, ...]
    # the whole text, comments included, so that DuckDB sees what the analyst reads
    text: str


@cache
def read_query(folder: str, name: str) -> QueryFile:
    """The query file queries/<folder>/<name>.sql.

    Raises FileNotFoundError where there is none: asking for one that does not exist is a fault of ours.
    """
    return parse_query((QUERIES / folder / f"{name}.sql").read_text(encoding="utf-8"))


def parse_query(text: str) -> QueryFile:
    """A query file's text with what its header says; a part that the header lacks is empty."""
    header: dict[str, list[str]] = {}
    for line in text.splitlines():
        match = HEADER_LINE.match(line)
        if match:
            header.setdefault(match[1], []).append(match[2])
    columns = [line.split(maxsplit=2) for line in header.get("column", [])]
    params = [line.split(":")[0].split(", ") for line in header.get("params", [])]
    params += [line.split()[:1] for line in header.get("param", [])]
    return QueryFile(
        name=header.get("name", [""])[0],
        title=header.get("title", [""])[0],
        grain=header.get("grain", [""])[0],
        sources=tuple(header.get("source", [])),
        params=tuple(chain.from_iterable(params)),
        columns=tuple((column[0], column[1]) for column in columns),
        meanings={column[0]: column[2].removeprefix("- ") for column in columns if len(column) > 2},
        excludes=tuple(header.get("excludes", [])),
        text=text,
    )


def query_names(folder: str) -> list[str]:
    """Names of the query files in a folder of queries, sorted."""
    return sorted(path.stem for path in (QUERIES / folder).glob("*.sql"))
