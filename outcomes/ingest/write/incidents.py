"""Keep a batch: its incidents, its load-log row and what it replaces, inside the caller's transaction."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.read.archives import file_name
from outcomes.ingest.read.text import file_digest
from outcomes.ingest.report import LoadReport
from outcomes.store.warehouse import Warehouse
from outcomes.vocabulary.log import ROW_COUNTS

# What storing takes: a row of the log as it is held in memory, and the blocks of the warehouse that are being written.
LEAST_MEMORY_BYTES = 400_000_000
MEMORY_BYTES_A_ROW = 600


@dataclass(frozen=True)
class Batch:
    """One log, judged and held against what is stored, and not yet kept."""

    # how it was read
    profile: Profile
    # digest of the profile, the call-type list and the look-up files
    digest: str
    # its files
    paths: tuple[Path, ...]
    # what became of its rows
    report: LoadReport


def is_new(warehouse: Warehouse, batch: Batch) -> bool:
    """Whether there is anything to keep: an incident, one to take out, or another profile."""
    if batch.report.loaded or batch.report.removed:
        return True
    program_id = batch.profile.program.id
    return not warehouse.rows("same_profile", program_id=program_id, digest=batch.digest)


def write_batch(warehouse: Warehouse, batch: Batch) -> None:
    """Write the batch, set aside what it replaces, and give back the memory that its rows took."""
    profile, report, types = batch.profile, batch.report, batch.profile.call_type
    load_id = warehouse.rows("last_change")[0][0] + 1
    load = {"load_id": load_id, "program_id": profile.program.id}
    warehouse.execute("at_work", **load)
    warehouse.execute_text("keep_past")
    # The order of rows in the warehouse means nothing, and to keep it would hold many of them in memory.
    warehouse.connection.execute("set preserve_insertion_order = false")
    bound_memory(warehouse, report.rows_read)
    warehouse.execute(
        "insert_incident",
        **load,
        record_grain=profile.log.record_grain.value,
        records_police_units=profile.log.records_police_units,
        eligible_by_any=types is not None and types.eligible_by == "any",
    )
    for table in ("unit_response", "injury"):
        warehouse.execute(f"insert_{table}", program_id=profile.program.id)
    for table in ("finding", "load_reason"):
        warehouse.execute(f"insert_{table}", **load)
    warehouse.execute("insert_rejected_row", **load, stored_fields=profile.recorded_fields)
    can_say = _what_it_can_say(warehouse, profile, batch.report.empty_fields)
    _keep_program(warehouse, profile, batch.digest, can_say)
    row: dict[str, object] = {
        **load,
        **can_say,
        "loaded_at": datetime.now(UTC).replace(tzinfo=None),
        "file_names": [file_name(path) for path in batch.paths],
        "file_digests": [file_digest(path) for path in batch.paths],
        "profile_digest": batch.digest,
        **{name: getattr(report, name) for name in (*ROW_COUNTS, "removed")},
        "is_reversible": True,
    }
    warehouse.execute("insert_load_log", row=row)
    warehouse.execute("drop_staged_row")


def bound_memory(warehouse: Warehouse, rows: int) -> None:
    """Have no more memory taken than the rows need; what does not fit goes to the disk for the moment."""
    enough = max(LEAST_MEMORY_BYTES, rows * MEMORY_BYTES_A_ROW)
    if enough < warehouse.rows("memory_limit")[0][0]:
        warehouse.bound_memory(enough / 1e6)


def _what_it_can_say(
    warehouse: Warehouse, profile: Profile, empty: tuple[str, ...]
) -> dict[str, object]:
    """What the log can say by this profile and list: how much it holds, which fields it fills, and their words.

    A field that no row of the batch fills is not recorded by it.
    """
    eligible = [word for (word,) in warehouse.rows("eligible_word")]
    fields = {*profile.recorded_fields} - {*empty} | {*(["is_eligible"] if eligible else [])}
    answers = {one for one in profile.possible_answers if one.partition("=")[0] not in empty}
    return {
        "log_holds": profile.log.holds.value,
        "recorded_fields": sorted(fields),
        "possible_answers": sorted(answers | {f"is_eligible={word}" for word in eligible}),
    }


def _keep_program(
    warehouse: Warehouse, profile: Profile, digest: str, can_say: dict[str, object]
) -> None:
    program, log = profile.program, profile.log
    rows: dict[str, list[dict[str, object]]] = {
        "program": [
            {
                **program.model_dump(mode="json", exclude={"id", "name"}),
                "program_name": program.name,
                "record_grain": log.record_grain.value,
                **can_say,
                "all_rows_reached": log.all_rows_reached,
                "records_police_units": log.records_police_units,
                "has_ids": profile.has_ids,
                "keeps_zero_intervals": log.zero_intervals == "keep",
                "longest_interval_min": log.longest_interval_hours * 60,
                "profile_digest": digest,
                "date_precision": profile.date_precision.value,
                "goals": [
                    {
                        "metric_key": goal.metric,
                        "direction": goal.direction.value,
                        "value": goal.value,
                        "unit": goal.unit.value,
                        "set_by": goal.set_by,
                        "since_date": goal.since,
                    }
                    for goal in profile.goals
                ],
            }
        ],
        "program_change": [
            {
                "change_date": change.date,
                "change_kind": change.kind.value,
                "change_label": change.label,
            }
            for change in profile.changes
        ],
        "program_target": [
            {
                "target_min": target.minutes,
                "priority_codes": list(target.priorities) or None,
                "since_date": target.since,
            }
            for target in profile.response_targets
        ],
        "program_hours": [
            {
                "weekdays": hours.weekdays(),
                "from_minute": hours.from_minute,
                "to_minute": hours.to_minute,
                "since_date": hours.since,
                "until_date": hours.until,
            }
            for hours in profile.service_hours
        ],
    }
    for table, said in rows.items():
        for row in said:
            warehouse.execute(f"insert_{table}", row={"program_id": program.id, **row})
