"""The rows of one load as a batch: every file staged, every row judged, the kept ones made incidents."""

from collections.abc import Callable
from pathlib import Path

from outcomes.load.profile import Profile
from outcomes.load.read import log_parts, read_text
from outcomes.load.stage import Beside, staged_rows
from outcomes.load.unpack import LogPart
from outcomes.store.warehouse import Warehouse

# Told to the caller while a load runs: what is being done, and the share done from 0 to 1.
Progress = Callable[[str, float], object]


def stage_files(
    warehouse: Warehouse,
    paths: list[Path],
    profile: Profile,
    digest: str,
    beside: Beside,
    tell: Progress,
) -> list[str]:
    """Fill staged_row and rejected_batch from the files; returns the columns that nothing used."""
    warehouse.execute("rejected_batch")
    unused: list[str] = []
    staged_parts = 0
    for number, path in enumerate(paths, start=1):
        tell(f"Reading {path.name} ({number} of {len(paths)})", 0.5 * (number - 1) / len(paths))
        with log_parts(path, profile.file) as parts:
            for part in parts:
                staged_parts += 1
                unused += _stage_part(warehouse, part, profile, digest, staged_parts, beside)
    return list(dict.fromkeys(unused))


def _stage_part(
    warehouse: Warehouse, part: LogPart, profile: Profile, digest: str, number: int, beside: Beside
) -> list[str]:
    """Add the rows of one file, or of one file in a zip; returns the columns that nothing used."""
    zone = profile.program.time_zone
    with read_text(warehouse.connection, part.path, profile.file, zone, part.name) as relation:
        staged, left = staged_rows(relation, profile, digest, part.name, number, beside)
        if number == 1:
            staged.create("staged_row")
        else:
            staged.insert_into("staged_row")
    if profile.file.format in ("csv", "json_lines"):
        warehouse.execute("reject_csv_fault", source_file=part.name)
        warehouse.execute("reject_quote_fault", source_file=part.name)
        warehouse.execute("drop_csv_fault")
        warehouse.execute("drop_csv_scan")
    return left


def judge(warehouse: Warehouse, profile: Profile) -> None:
    """Say of every staged row what becomes of it, and make incidents of those that are kept."""
    log, types = profile.log, profile.call_type
    repeats = [rule.reason for rule in profile.filters if rule.repeats is not None]
    warehouse.execute(
        "judged_row",
        has_ids=profile.has_ids,
        joins_rows=log.joins_rows,
        repeat_reason=repeats[0] if repeats else None,
    )
    for name in ("code_meaning", "when_speaks", "who_speaks", "which_flag"):
        warehouse.execute(name)
    warehouse.execute(
        "incident_batch",
        program_id=profile.program.id,
        record_grain=log.record_grain.value,
        rows_are_units=log.rows_are == "unit",
        lists_units=log.rows_are == "unit" or profile.units is not None,
        knows_team_units=profile.knows_team_units,
        records_police_units=log.records_police_units,
        rules=profile.group_rules,
        eligible_by_any=types is not None and types.eligible_by == "any",
    )
    warehouse.execute("reject_judged_row")
