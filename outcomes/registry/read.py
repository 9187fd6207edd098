"""Read and check the registry's files: every row, every date, every word, and that the files fit each other."""

import csv
import hashlib
import tomllib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from pathlib import Path
from typing import Any, cast

from pydantic import BaseModel, ValidationError

from outcomes.registry.cells import first_possible, last_possible
from outcomes.registry.rows import (
    ClaimRow,
    ConflictRow,
    DefinitionRow,
    EventRow,
    FigureRow,
    KeptRow,
    MetricWordRow,
    ProgramRow,
    SeedClaimRow,
    StateRow,
    StudyRow,
    SurveyRow,
)
from outcomes.vocabulary.registry import EventKind

REGISTRY = Path(__file__).resolve().parents[2] / "data" / "registry"
# Every file of the registry with the row that it holds, and the column that tells its rows apart.
FILES: dict[str, tuple[type[BaseModel], str]] = {
    "states": (StateRow, "state"),
    "programs": (ProgramRow, "program_id"),
    "program_events": (EventRow, "event_id"),
    "kept_contradictions": (KeptRow, ""),
    "metric_words": (MetricWordRow, "metric"),
    "published_conflicts": (ConflictRow, "conflict"),
    "published_definitions": (DefinitionRow, "definition"),
    "published_figures": (FigureRow, "figure_id"),
    "growth_claims": (ClaimRow, "claim_id"),
    "seed_claims": (SeedClaimRow, "claim_id"),
    "studies": (StudyRow, "study_id"),
    "survey_answers": (SurveyRow, ""),
}


class RegistryProblem(Exception):
    """A registry that is not as it must be; its text is one sentence for each fault."""


@dataclass(frozen=True)
class RegistryFiles:
    """The registry's rows, checked, by file name without its ending."""

    rows: dict[str, list[Any]]
    # last month that the registry speaks of, as its first day
    as_of: date
    # first eight digits of the SHA-256 of all files: the same digits, the same facts
    fingerprint: str


def read_registry(folder: Path = REGISTRY) -> RegistryFiles:
    """Every file of the registry, checked.

    Raises RegistryProblem, with a sentence for each fault, where a file, row or word is not as it must be.
    """
    problems: list[str] = []
    about = (folder / "about.toml").read_bytes()
    digest = hashlib.sha256(about)
    as_of = cast(date, first_possible(tomllib.loads(about.decode("utf-8"))["as_of"]))
    rows: dict[str, list[Any]] = {}
    for name, (kind, _) in FILES.items():
        path = folder / f"{name}.csv"
        if not path.is_file():
            problems.append(f"{_place(name)}: expected a file, found [nothing]; restore it.")
            continue
        digest.update(path.read_bytes())
        rows[name] = _read(path, name, kind, problems)
    if not problems:
        problems += _misfits(rows) + _too_late(rows, as_of)
    if problems:
        raise RegistryProblem("\n".join(problems))
    return RegistryFiles(rows, as_of, digest.hexdigest()[:8])


def _place(name: str) -> str:
    return f"data/registry/{name}.csv"


def _read(path: Path, name: str, kind: type[BaseModel], problems: list[str]) -> list[Any]:
    try:
        with path.open(encoding="utf-8", newline="") as stream:
            reader = csv.DictReader(stream, strict=True)
            records = list(reader)
    except (UnicodeDecodeError, csv.Error) as error:
        problems.append(f"{_place(name)}: expected CSV in UTF-8, found [{error}]; save it again.")
        return []
    expected = list(kind.model_fields)
    if reader.fieldnames != expected:
        problems.append(
            f"{_place(name)}: expected the columns [{', '.join(expected)}], "
            f"found [{', '.join(reader.fieldnames or ())}]; correct the header."
        )
        return []
    rows = []
    for number, record in enumerate(records, start=2):
        if None in record or None in record.values():
            problems.append(
                f"{_place(name)}, row {number}: expected {len(expected)} cells, found [{_cells(record)}]; "
                "put a text with a comma in double quotes."
            )
            continue
        try:
            rows.append(kind.model_validate(record))
        except ValidationError as error:
            problems += [_said(name, number, fault, record) for fault in error.errors()]
    return rows


def _cells(record: dict[str, Any]) -> int:
    """How many cells a row of the file has; DictReader keeps those over the header under no name."""
    over: list[str] = record.get(None, [])  # type: ignore[call-overload]
    return sum(value is not None for key, value in record.items() if key is not None) + len(over)


def _said(name: str, number: int, fault: Any, record: dict[str, str]) -> str:
    """One fault as a sentence: file, row, column, what was expected and what was found."""
    message = str(fault["msg"]).removeprefix("Value error, ").rstrip(".")
    if fault["loc"]:
        column = str(fault["loc"][0])
    else:
        column, _, message = message.partition(": ")
    message = message.replace("Input should be", "expected")
    found = record.get(column)
    return f"{_place(name)}, row {number}, {column}: {message}, found [{found}]; correct it."


def _misfits(rows: dict[str, list[Any]]) -> list[str]:
    """Faults between rows and between files."""
    problems = []
    for name, (_, key) in FILES.items():
        if key:
            problems += _repeated(name, key, (getattr(row, key) for row in rows[name]))
    programs = {row.program_id: row for row in rows["programs"]}
    problems += _repeated(
        "programs",
        "program_name, city, state",
        (f"{p.program_name}, {p.city}, {p.state}" for p in programs.values()),
    )
    problems += _unknown("programs", "state", rows, "states", "state")
    problems += _unknown("program_events", "program_id", rows, "programs", "program_id")
    problems += _unknown("kept_contradictions", "program_id", rows, "programs", "program_id")
    problems += _repeated(
        "kept_contradictions",
        "program_id, column",
        (f"{row.program_id}, {row.column}" for row in rows["kept_contradictions"]),
    )
    problems += _unknown("published_figures", "program_id", rows, "programs", "program_id")
    problems += _unknown("published_figures", "metric", rows, "metric_words", "metric")
    problems += _unknown("published_figures", "conflict", rows, "published_conflicts", "conflict")
    problems += _unknown(
        "published_figures", "definition", rows, "published_definitions", "definition"
    )
    problems += _unknown("growth_claims", "nearest_state", rows, "states", "state")
    problems += _unknown("survey_answers", "study_id", rows, "studies", "study_id")
    problems += _closures(programs, rows["program_events"])
    return problems + _overlaps(rows["published_figures"])


def _too_late(rows: dict[str, list[Any]], as_of: date) -> list[str]:
    """Dates after the month that the registry speaks of: plans are no first responses."""
    dates = (
        ("programs", "first_response"),
        ("programs", "end_date"),
        ("program_events", "event_date"),
    )
    return [
        f"{_place(name)}, row {number}, {column}: expected a month up to {as_of:%Y-%m}, "
        f"found [{getattr(row, column)}]; a plan belongs into notes."
        for name, column in dates
        for number, row in enumerate(rows[name], start=2)
        if getattr(row, column) and cast(date, first_possible(getattr(row, column))) > as_of
    ]


def _repeated(name: str, key: str, values: Iterable[str]) -> list[str]:
    return [
        f"{_place(name)}, {key}: expected each once, found [{value}] {count} times; keep one."
        for value, count in Counter(values).items()
        if count > 1
    ]


def _unknown(
    name: str, column: str, rows: dict[str, list[Any]], known_in: str, key: str
) -> list[str]:
    known = {getattr(row, key) for row in rows[known_in]}
    return [
        f"{_place(name)}, row {number}, {column}: expected one that stands in {known_in}.csv, "
        f"found [{getattr(row, column)}]; correct it or add it there."
        for number, row in enumerate(rows[name], start=2)
        if getattr(row, column) and getattr(row, column) not in known
    ]


def _closures(programs: dict[str, ProgramRow], events: list[EventRow]) -> list[str]:
    """A program that has ended has a closure of the same date, and one that has not has none."""
    closed = {event.program_id: event for event in events if event.event_kind is EventKind.CLOSURE}
    problems = []
    for program_id, program in programs.items():
        event = closed.get(program_id)
        found = event.event_date if event else ""
        if found != program.end_date:
            problems.append(
                f"{_place('programs')}, {program_id}, end_date: expected the date of its closure in "
                f"program_events.csv, found [{program.end_date}] beside [{found}]; add a closure event, or make them the same."
            )
    return problems


def _overlaps(figures: list[FigureRow]) -> list[str]:
    """Figures that are added up must not count one program's period twice."""
    problems = []
    by_definition: dict[tuple[str, str], list[FigureRow]] = {}
    for row in figures:
        if row.definition:
            by_definition.setdefault((row.definition, row.program), []).append(row)
    for (definition, program), rows in by_definition.items():
        rows = sorted(rows, key=lambda row: row.period_start)
        for earlier, later in pairwise(rows):
            end, start = last_possible(earlier.period_end), first_possible(later.period_start)
            if end is None or start is None or end >= start:
                problems.append(
                    f"{_place('published_figures')}, {later.figure_id}, definition: expected periods of "
                    f"{program} under {definition} that do not overlap, found [{earlier.figure_id}] "
                    "in the same months; take one out of the definition."
                )
    for row in figures:
        if row.definition and (row.numerator is None or row.denominator is None):
            problems.append(
                f"{_place('published_figures')}, {row.figure_id}, definition: expected a numerator and a "
                "denominator, found [one or none]; take it out of the definition."
            )
    return problems
