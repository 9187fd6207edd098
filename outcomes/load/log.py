"""Take in a log: read its files, stage, judge every row, keep the result and publish it, or change nothing."""

import hashlib
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pyarrow

from outcomes.load.agency import agency_folder, read_profile
from outcomes.load.batch import Progress, judge, stage_files
from outcomes.load.code_lists import read_call_type_list, read_lookups
from outcomes.load.person import person_secret
from outcomes.load.problem import LoadProblem
from outcomes.load.profile import Profile
from outcomes.load.read import file_digest
from outcomes.load.stage import Beside
from outcomes.load.text_columns import LookUps
from outcomes.load.variety import refuse_private_variety
from outcomes.store.publish import publish, published_load
from outcomes.store.warehouse import Warehouse, open_warehouse

# A share of unreadable received times above this means that the profile does not fit the file.
MOST_UNREADABLE_SHARE = 0.5


@dataclass(frozen=True)
class LoadReport:
    """What became of a log's rows; rows_read is the sum of the other four counts."""

    # whose log it was
    program_id: str
    # rows in the files
    rows_read: int
    # rows whose incident is new or changed
    loaded: int
    # rows left out for a named reason
    filtered: int
    # rows kept aside because they broke a rule
    rejected: int
    # rows whose incident was already there, the same
    unchanged: int
    # rows by "outcome: reason"
    reasons: dict[str, int]
    # columns of the files that the profile neither reads nor ignores on purpose
    unused_columns: tuple[str, ...]
    # sentences that a reader should see
    notes: tuple[str, ...]


def load_log(
    paths: list[Path],
    agency_id: str,
    agencies: Path,
    store: Path,
    progress: Progress | None = None,
    publishes: bool = True,
) -> LoadReport:
    """Counts of what became of the rows of one agency's log, after taking it in and publishing it.

    The same files again change nothing. A caller that loads several logs may publish with the last
    alone. Raises LoadProblem or StoreProblem, with nothing changed in
    the store, where the profile or a file is not as expected.
    """
    tell = progress or (lambda step, share: None)
    folder = agency_folder(agencies, agency_id)
    profile = read_profile(folder)
    call_types = read_call_type_list(folder, profile.call_type)
    lookups = read_lookups(profile, [*(path.parent for path in paths[:1]), folder])
    beside = Beside(lookups, person_secret(store) if profile.person_id_column else b"")
    digest = _profile_digest(profile, call_types, lookups)
    with open_warehouse(store) as warehouse:
        warehouse.connection.register("call_type_list", call_types)
        unused = stage_files(warehouse, paths, profile, digest, beside, tell)
        tell(f"Checking {warehouse.rows('staged_count')[0][0]:,} rows", 0.5)
        judge(warehouse, profile)
        _refuse_misfit(warehouse, profile)
        refuse_private_variety(warehouse)
        warehouse.attach()
        warehouse.execute("batch_change")
        replace_whole = _replaces_whole(warehouse, profile)
        report = _report(warehouse, profile, unused, replace_whole)
        tell("Storing", 0.7)
        _keep(warehouse, profile, digest, paths, report, replace_whole)
        tell("Publishing", 0.85)
        if publishes and published_load(store) != warehouse.rows("last_load")[0][0]:
            publish(warehouse, store)
        tell("Done", 1.0)
    return report


def _profile_digest(profile: Profile, call_types: pyarrow.Table, lookups: LookUps) -> str:
    """SHA-256 of what the profile means: comments and order of keys in the file do not count."""
    tables = [list(table.meanings.items()) for table in lookups.values()]
    meaning = json.dumps(
        [profile.model_dump(mode="json"), call_types.to_pylist(), tables], sort_keys=True
    )
    return hashlib.sha256(meaning.encode()).hexdigest()


def _refuse_misfit(warehouse: Warehouse, profile: Profile) -> None:
    """Raise LoadProblem where there is nothing to keep, or the profile cannot read when calls came in."""
    kept, unreadable, sample = warehouse.rows("batch_fitness")[0]
    if kept == 0:
        raise LoadProblem(
            "Expected at least one row to keep, found [none]; "
            "check that it is the right file and sheet, and the profile's filters."
        )
    if unreadable > MOST_UNREADABLE_SHARE * kept:
        raise LoadProblem(
            f"Expected received times written as the profile's formats say, found [{sample}] and others "
            f"on {unreadable:,} of {kept:,} rows; correct times.received_at in the profile."
        )


def _replaces_whole(warehouse: Warehouse, profile: Profile) -> bool:
    """Whether the batch takes the place of everything that is stored of the program.

    Only for exports without ids, where an amended row cannot be matched: one that covers the stored
    period replaces it, one outside the stored period is added, anything between raises LoadProblem.
    """
    changes = dict(warehouse.rows("change_count"))
    if profile.has_ids or not changes.get("new") or changes.get("stored_only", 0) == 0:
        return False
    first, last, stored_first, stored_last = warehouse.rows(
        "period_of_batch", program_id=profile.program.id
    )[0]
    if stored_first is None:
        return False
    if first is None:
        raise LoadProblem(
            f"Expected an export without ids to cover all of the stored period, {stored_first} to "
            f"{stored_last}, or none of it, found [no dates at all]; export the whole period again."
        )
    if first > stored_last or last < stored_first:
        return False
    if first <= stored_first and last >= stored_last:
        return True
    raise LoadProblem(
        f"Expected an export without ids to cover all of the stored period, {stored_first} to {stored_last}, "
        f"or none of it, found [{first} to {last}]; export the whole period again."
    )


def _report(
    warehouse: Warehouse, profile: Profile, unused: list[str], replace_whole: bool
) -> LoadReport:
    counts = dict.fromkeys(("loaded", "filtered", "rejected", "unchanged"), 0)
    reasons: dict[str, int] = {}
    for outcome, reason, row_count in warehouse.rows("row_count"):
        counts[outcome] += row_count
        if reason:
            reasons[f"{outcome}: {reason}"] = row_count
    if replace_whole:
        counts["loaded"] += counts.pop("unchanged")
        counts["unchanged"] = 0
    notes = []
    if unused:
        notes.append(f"Columns that the profile does not use: {', '.join(unused)}.")
    for rule, row_count in warehouse.rows("rule_count"):
        notes.append(f"{row_count:,} values were {rule}; see the quality report.")
    if replace_whole:
        notes.append("The export has no ids and covers the stored period: it replaced it whole.")
    return LoadReport(
        program_id=profile.program.id,
        rows_read=sum(counts.values()),
        reasons=reasons,
        unused_columns=tuple(unused),
        notes=tuple(notes),
        **counts,
    )


def _keep(
    warehouse: Warehouse,
    profile: Profile,
    digest: str,
    paths: list[Path],
    report: LoadReport,
    replace_whole: bool,
) -> None:
    """Write the batch and its load-log row in one transaction; nothing where nothing is new."""
    program_id = profile.program.id
    if report.loaded == 0 and warehouse.rows("same_profile", program_id=program_id, digest=digest):
        return
    load_id = (warehouse.rows("last_load")[0][0] or 0) + 1
    with warehouse.transaction():
        for table in ("incident", "unit_response", "injury"):
            warehouse.execute(f"delete_{table}", program_id=program_id, replace_whole=replace_whole)
        warehouse.execute("insert_incident", replace_whole=replace_whole, load_id=load_id)
        for table in ("unit_response", "injury"):
            warehouse.execute(f"insert_{table}", program_id=program_id, replace_whole=replace_whole)
        for table in ("rejected_row", "finding", "load_reason"):
            warehouse.execute(f"insert_{table}", program_id=program_id, load_id=load_id)
        _keep_program(warehouse, profile, digest)
        warehouse.execute(
            "insert_load_log",
            load_id=load_id,
            program_id=program_id,
            loaded_at=datetime.now(UTC).replace(tzinfo=None),
            file_names=[path.name for path in paths],
            file_digests=[file_digest(path) for path in paths],
            profile_digest=digest,
            rows_read=report.rows_read,
            loaded=report.loaded,
            filtered=report.filtered,
            rejected=report.rejected,
            unchanged=report.unchanged,
        )


def _keep_program(warehouse: Warehouse, profile: Profile, digest: str) -> None:
    program, log = profile.program, profile.log
    eligible = ["is_eligible"] if warehouse.rows("eligible_code") else []
    warehouse.execute("delete_program", program_id=program.id)
    warehouse.execute("delete_program_change", program_id=program.id)
    warehouse.execute(
        "insert_program",
        program_id=program.id,
        program_name=program.name,
        city=program.city,
        state=program.state,
        time_zone=program.time_zone,
        data_owner=program.data_owner,
        data_kind=program.data_kind.value,
        record_grain=log.record_grain.value,
        log_holds=log.holds.value,
        all_rows_reached=log.all_rows_reached,
        records_police_units=log.records_police_units,
        has_ids=profile.has_ids,
        keeps_zero_intervals=log.zero_intervals == "keep",
        longest_interval_min=log.longest_interval_hours * 60,
        recorded_fields=sorted({*profile.recorded_fields, *eligible}),
        profile_digest=digest,
    )
    for change in profile.changes:
        warehouse.execute(
            "insert_program_change",
            program_id=program.id,
            change_date=change.date,
            change_kind=change.kind.value,
            change_label=change.label,
        )
