"""The rows of one load as a batch: every file staged, every row judged, the kept ones made incidents."""

import os
from collections.abc import Callable
from pathlib import Path

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.read.archives import LogPart
from outcomes.ingest.read.text import file_digest, log_parts, read_text
from outcomes.ingest.transform.fill_down import filled_down
from outcomes.ingest.transform.stage import ReadContext, staged_rows
from outcomes.ingest.write.issues import gather_complaints
from outcomes.store.warehouse import Warehouse

# Told to the caller while a load runs: what is being done, and the share done from 0 to 1.
Progress = Callable[[str, float], object]
# An id that comes back after more days is another call's: nobody amends the day of a call by so much, and numbers
# that begin again do so each month or year.
DAYS_APART = 25


def stage_files(
    warehouse: Warehouse,
    paths: list[Path],
    profile: Profile,
    digest: str,
    context: ReadContext,
    tell: Progress,
) -> list[str]:
    """Fill staged_row and rejected_batch from the files; returns the columns that nothing used.

    Raises LoadProblem where a file is not as expected, or two of them hold the same rows.
    """
    warehouse.execute("work_tables")
    _refuse_same_path(paths)
    unused: list[str] = []
    staged_parts = 0
    # What was read, by its bytes and what the name adds to every row.
    known: dict[tuple[str, str], str] = {}
    for number, path in enumerate(paths, start=1):
        tell(f"Reading {path.name} ({number} of {len(paths)})", 0.5 * (number - 1) / len(paths))
        with log_parts(path, profile.file) as parts:
            for part in parts:
                staged_parts += 1
                unused += _stage_part(warehouse, part, profile, digest, staged_parts, context)
                if len(paths) > 1 or len(parts) > 1:
                    _refuse_same_rows(warehouse, part, profile, known)
    return list(dict.fromkeys(unused))


def _refuse_same_path(paths: list[Path]) -> None:
    """Raise LoadProblem where a file is named twice, also by way of a link."""
    known: dict[str, Path] = {}
    for path in paths:
        place = os.path.realpath(path)
        if place in known:
            raise LoadProblem(
                f"Expected each file once, found [{path}], which is [{known[place]}] again; name it once."
            )
        known[place] = path


def _refuse_same_rows(
    warehouse: Warehouse, part: LogPart, profile: Profile, known: dict[tuple[str, str], str]
) -> None:
    """Raise LoadProblem where a file has the bytes of one before it: without ids, each of its rows would count twice.

    Files without rows may be alike, and so may those whose name says what their rows do not.
    """
    if warehouse.rows("file_row_count")[-1][1] == 0:
        return
    said = part.name if profile.file.name_pattern is not None else ""
    key = (file_digest(part.path), said)
    if key in known:
        raise LoadProblem(
            f"Expected each file once, found [{part.name}] with the same content as [{known[key]}]; "
            "leave one of the two out."
        )
    known[key] = part.name


def _stage_part(
    warehouse: Warehouse,
    part: LogPart,
    profile: Profile,
    digest: str,
    number: int,
    context: ReadContext,
) -> list[str]:
    """Add the rows of one file, or of one file in a zip; returns the columns that nothing used."""
    zone = profile.program.time_zone
    with read_text(warehouse.connection, part.path, profile.file, zone, part.name) as relation:
        if profile.file.is_workbook:
            warehouse.execute("note_remark")
        rows = filled_down(warehouse.connection, relation, profile)
        staged, left = staged_rows(rows, profile, digest, part.name, context)
        staged.insert_into("staged_row")
    place = {"file_number": number, "source_file": part.name}
    # Every line of JSON is a row; no line names the columns.
    header_row = 0 if profile.file.format == "json_lines" else profile.file.last_header_row
    warehouse.execute("note_file", header_row=header_row, **place)
    if profile.file.format in ("csv", "json_lines"):
        warehouse.execute("reject_csv_fault", **place)
        _refuse_lost_rows(warehouse, number, part.name)
        warehouse.execute("reject_line_fault", **place)
        warehouse.execute("note_line_without_row", file_number=number)
        warehouse.execute("drop_csv_fault")
    return left


def _refuse_lost_rows(warehouse: Warehouse, file_number: int, name: str) -> None:
    """Raise LoadProblem where the engine did not give back as many rows as it was given."""
    written, found = warehouse.rows("text_rows", file_number=file_number)[0]
    if written != found:
        raise LoadProblem(
            f"Expected {written:,} rows in [{name}], found [{found:,}] when they were read; nothing was changed: "
            "open it in a spreadsheet program, look for quotes that are out of place, and save it again."
        )


def judge(warehouse: Warehouse, profile: Profile) -> None:
    """Say of every staged row what becomes of it, and gather the kept ones to incidents."""
    log = profile.log
    repeats = [rule.reason for rule in profile.filters if rule.repeats is not None]
    if warehouse.is_taken:
        warehouse.execute("stored_call", program_id=profile.program.id)
    else:
        warehouse.execute("no_stored_call")
    warehouse.execute("another_call", has_ids=profile.has_ids, days_apart=DAYS_APART)
    warehouse.execute(
        "row_exception",
        has_ids=profile.has_ids,
        joins_rows=log.joins_rows,
        ids_restart=log.ids_restart is not None,
        repeat_reason=repeats[0] if repeats else None,
    )
    warehouse.execute("reject_row")
    warehouse.execute("kept_row")
    warehouse.execute("said")
    gather_complaints(warehouse.connection)
    warehouse.execute("code_meaning")
    lists_units = profile.names_responders
    if not log.joins_rows and not lists_units:
        warehouse.execute("gather_rows")
        return
    warehouse.execute("speakers")
    warehouse.execute(
        "gather_joined",
        rows_are_units=log.rows_are == "unit",
        rows_name_responders=profile.rows_name_responders,
        lists_units=lists_units,
        knows_team_units=profile.knows_team_units,
        lists_unit_words=profile.lists_responder_words,
        rules=profile.group_rules,
    )
