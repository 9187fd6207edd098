"""The rows of one load as a batch: every file staged, every row judged, the kept ones made incidents."""

from collections.abc import Callable
from pathlib import Path

from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.read.archives import LogPart
from outcomes.ingest.read.text import log_parts, read_text
from outcomes.ingest.transform.stage import ReadContext, staged_rows
from outcomes.store.warehouse import Warehouse

# Told to the caller while a load runs: what is being done, and the share done from 0 to 1.
Progress = Callable[[str, float], object]


def stage_files(
    warehouse: Warehouse,
    paths: list[Path],
    profile: Profile,
    digest: str,
    context: ReadContext,
    tell: Progress,
) -> list[str]:
    """Fill staged_row and rejected_batch from the files; returns the columns that nothing used."""
    warehouse.execute("work_tables")
    unused: list[str] = []
    staged_parts = 0
    for number, path in enumerate(paths, start=1):
        tell(f"Reading {path.name} ({number} of {len(paths)})", 0.5 * (number - 1) / len(paths))
        with log_parts(path, profile.file) as parts:
            for part in parts:
                staged_parts += 1
                unused += _stage_part(warehouse, part, profile, digest, staged_parts, context)
    return list(dict.fromkeys(unused))


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
        staged, left = staged_rows(relation, profile, digest, part.name, context)
        staged.create_view("staged_file_row", replace=True)
        warehouse.execute("stage_first" if number == 1 else "stage_next")
    place = {"file_number": number, "source_file": part.name}
    # Every line of JSON is a row; no line names the columns.
    header_row = 0 if profile.file.format == "json_lines" else profile.file.header_row
    warehouse.execute("note_file", header_row=header_row, **place)
    if profile.file.format in ("csv", "json_lines"):
        warehouse.execute("reject_csv_fault", **place)
        warehouse.execute("reject_quote_fault", **place)
        warehouse.execute("drop_csv_fault")
    return left


def judge(warehouse: Warehouse, profile: Profile) -> None:
    """Say of every staged row what becomes of it, and gather the kept ones to incidents."""
    log = profile.log
    repeats = [rule.reason for rule in profile.filters if rule.repeats is not None]
    warehouse.execute(
        "row_exception",
        has_ids=profile.has_ids,
        joins_rows=log.joins_rows,
        repeat_reason=repeats[0] if repeats else None,
    )
    warehouse.execute("reject_row")
    warehouse.execute("kept_row")
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
        rules=profile.group_rules,
    )
