"""Take in a log: read its files, stage, judge every row, keep the result and publish it, or change nothing."""

import hashlib
import json
from pathlib import Path

import pyarrow

from outcomes.ingest.agency import agency_folder, read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.privacy.cardinality import refuse_private_variety
from outcomes.ingest.privacy.person_token import person_secret
from outcomes.ingest.profile.code_lists import read_call_type_list, read_lookups
from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.read.temp_folders import scratch_folder
from outcomes.ingest.report import LoadReport, load_report
from outcomes.ingest.transform.batch import Progress, judge, stage_files
from outcomes.ingest.transform.columns import LookUps
from outcomes.ingest.transform.stage import ReadContext
from outcomes.ingest.write.incidents import Batch, is_new, write_batch
from outcomes.ingest.write.replace_period import Period, Replacement, what_is_replaced
from outcomes.store.folder import is_begun
from outcomes.store.page_tables import AS_USUAL, Publishing
from outcomes.store.publish import publish_what_is_missing, write_and_publish
from outcomes.store.warehouse import Warehouse, open_warehouse

# A share of unreadable received times above this means that the profile does not fit the file.
MOST_UNREADABLE_SHARE = 0.5


def load_log(
    paths: list[Path],
    agency_id: str,
    agencies: Path,
    store: Path,
    progress: Progress | None = None,
    publishes: bool = True,
    period: Period | None = None,
    keeps: bool = True,
    most_rows: int | None = None,
    secret: bytes | None = None,
    publishing: Publishing = AS_USUAL,
) -> LoadReport:
    """Counts of what became of the rows of one agency's log, after taking it in and publishing it.

    The same files again change nothing. With a period, what is stored of it and not in the export
    goes. A caller that loads several logs may publish with the last alone, and one that only wants the
    counts keeps nothing. The person secret comes from the environment, unless the caller gives one, as
    only the demonstration does. A publication takes what it is given. Raises LoadProblem or StoreProblem, with nothing changed in the store,
    where the profile or a file is not as expected, or the log has more than the most rows given.
    """
    tell = progress or (lambda step, share: None)
    folder = agency_folder(agencies, agency_id)
    profile = read_profile(folder)
    call_types = read_call_type_list(folder, profile.call_type)
    lookups = read_lookups(profile, [*(path.parent for path in paths[:1]), folder])
    if profile.person_id_column is None:
        secret = b""
    elif secret is None:
        secret = person_secret(store)
    context = ReadContext(lookups, secret)
    digest = _profile_digest(profile, call_types, lookups)
    with open_warehouse(store, publishing) as warehouse:
        warehouse.connection.register("call_type_list", call_types)
        unused = stage_files(warehouse, paths, profile, digest, context, tell)
        _refuse_too_many(warehouse, most_rows)
        tell(f"Checking {warehouse.rows('staged_count')[0][0]:,} rows", 0.5)
        judge(warehouse, profile)
        _refuse_misfit(warehouse, profile)
        refuse_private_variety(warehouse)
        # Judged as the first log of a store: it is none where another load has begun it since.
        is_first = not warehouse.is_taken
        warehouse.attach()
        if is_first and warehouse.rows("last_change")[0][0]:
            raise warehouse.busy()
        replacement = _compare(warehouse, profile, period)
        report = load_report(warehouse, profile, unused, replacement)
        batch = Batch(profile, digest, tuple(paths), report)
        if not keeps:
            tell("Done; nothing was stored", 1.0)
            return report
        if is_new(warehouse, batch):
            tell("Storing", 0.7)
            with write_and_publish(warehouse, store, publishes):
                write_batch(warehouse, batch)
                tell("Publishing", 0.85)
        elif publishes:
            publish_what_is_missing(warehouse, store)
        tell("Done", 1.0)
    return report


def dry_run(
    paths: list[Path],
    agency_id: str,
    agencies: Path,
    store: Path,
    progress: Progress | None = None,
    most_rows: int | None = None,
) -> LoadReport:
    """Counts of what would become of the rows of a log; nothing is stored, also no empty warehouse.

    Raises LoadProblem or StoreProblem as a load does.
    """
    with scratch_folder() as scratch:
        # What is stored decides what is new; where nothing is, a warehouse of the moment will do.
        return load_log(
            paths,
            agency_id,
            agencies,
            store if is_begun(store) else scratch,
            progress,
            keeps=False,
            most_rows=most_rows,
        )


def _refuse_too_many(warehouse: Warehouse, most_rows: int | None) -> None:
    """Raise LoadProblem where a log is longer than its caller takes."""
    rows = warehouse.rows("staged_count")[0][0]
    if most_rows is not None and rows > most_rows:
        raise LoadProblem(
            f"Expected at most {most_rows:,} rows, found [{rows:,}]; load the log with the command "
            "python -m outcomes load, or in parts."
        )


def _profile_digest(profile: Profile, call_types: pyarrow.Table, lookups: LookUps) -> str:
    """SHA-256 of what the profile means: comments and order of keys in the file do not count."""
    tables = [list(table.meanings.items()) for table in lookups.values()]
    meaning = json.dumps(
        [profile.model_dump(mode="json"), call_types.to_pylist(), tables], sort_keys=True
    )
    return hashlib.sha256(meaning.encode()).hexdigest()


def _compare(warehouse: Warehouse, profile: Profile, period: Period | None) -> Replacement:
    """Hold the batch against what is stored: what is new, what changed, and what goes."""
    program_id = profile.program.id
    warehouse.execute("batch_change", program_id=program_id)
    warehouse.execute("unchanged_incident")
    replacement = what_is_replaced(warehouse, profile, period)
    warehouse.execute(
        "outgoing",
        program_id=program_id,
        replace_whole=replacement.whole,
        first_day=replacement.period.first if replacement.period else None,
        last_day=replacement.period.last if replacement.period else None,
    )
    return replacement


def _refuse_misfit(warehouse: Warehouse, profile: Profile) -> None:
    """Raise LoadProblem where there is nothing to keep, or the profile cannot read when calls came in."""
    kept, unreadable, sample, undated = warehouse.rows("batch_fitness")[0]
    if kept == 0:
        raise LoadProblem(
            "Expected at least one row to keep, found [none]; "
            "check that it is the right file and sheet, and the profile's filters."
        )
    if undated > MOST_UNREADABLE_SHARE * kept:
        columns = profile.times["received_at"].date_column
        raise LoadProblem(
            f"Expected the date of the call in [{columns}], found [an empty cell] on {undated:,} of {kept:,} rows; where it "
            f"stands once for several calls, add fill_down = true to [columns.{columns}] in the profile."
        )
    if unreadable > MOST_UNREADABLE_SHARE * kept:
        raise LoadProblem(
            f"Expected received times written as the profile's formats say, found [{sample}] and others "
            f"on {unreadable:,} of {kept:,} rows; correct times.received_at in the profile."
        )
