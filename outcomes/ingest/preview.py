"""The first rows of a log as a profile reads them: what was understood and what was not; nothing is stored."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from outcomes.ingest.agency import agency_folder, read_profile
from outcomes.ingest.privacy.person_token import person_secret
from outcomes.ingest.profile.code_lists import read_call_type_list, read_lookups
from outcomes.ingest.profile.fields import FLAG_FIELDS, TEXT_FIELDS, TIME_FIELDS, WORD_FIELDS
from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.read.temp_folders import scratch_folder
from outcomes.ingest.read.text import log_parts, read_text
from outcomes.ingest.transform.fill_down import filled_down
from outcomes.ingest.transform.stage import ReadContext, staged_rows
from outcomes.ingest.write.issues import shown_values
from outcomes.store.warehouse import open_warehouse

FIRST_ROWS = 100
NOT_ENTERED = "not entered"
# Values not understood that are shown of one field.
MOST_SAMPLES = 3


@dataclass(frozen=True)
class PreviewRow:
    """One row of the log as it would be read."""

    # row under the header, from 1
    number: int
    # why it would be left out; None where it is kept
    left_out: str | None
    # what was read, by field of the contract; fields without anything are not in it
    fields: dict[str, str]
    # what was written and not understood, by field; None in place of a value that looks private
    not_understood: dict[str, str | None]


@dataclass(frozen=True)
class FieldReading:
    """What became of one field on the rows that were looked at."""

    # field of the contract
    field: str
    # rows on which it was read, on which something was written that was not understood, and the rest
    understood: int
    not_understood: int
    empty: int
    # some of what was not understood, without anything that looks private
    samples: tuple[str, ...]


@dataclass(frozen=True)
class Preview:
    """The first rows of a log through a profile."""

    rows: tuple[PreviewRow, ...]
    fields: tuple[FieldReading, ...]


def preview_log(path: Path, agency_id: str, agencies: Path, rows: int = FIRST_ROWS) -> Preview:
    """The first rows of a log's first file as the agency's profile reads them, 100 unless said otherwise.

    Raises LoadProblem where the profile or the file is not as expected.
    """
    folder = agency_folder(agencies, agency_id)
    profile = read_profile(folder)
    call_types = read_call_type_list(folder, profile.call_type)
    lookups = read_lookups(profile, [path.parent, folder])
    with scratch_folder() as scratch, open_warehouse(scratch) as warehouse:
        secret = person_secret(scratch) if profile.person_id_column else b""
        warehouse.connection.register("call_type_list", call_types)
        zone = profile.program.time_zone
        with (
            log_parts(path, profile.file) as parts,
            read_text(
                warehouse.connection, parts[0].path, profile.file, zone, parts[0].name
            ) as relation,
        ):
            first = filled_down(warehouse.connection, relation.limit(rows), profile)
            staged, _ = staged_rows(first, profile, "", parts[0].name, ReadContext(lookups, secret))
            found = staged.to_arrow_table().to_pylist()
        shown = shown_values(warehouse.connection, [_entries(row) for row in found])
    looked_at = tuple(_row(number, row, shown) for number, row in enumerate(found, start=1))
    return Preview(looked_at, tuple(_reading(name, looked_at) for name in _shown(profile)))


def _shown(profile: Profile) -> list[str]:
    """The fields that the profile fills, in the order of the contract."""
    mapped = {*profile.text, *profile.times, *profile.words, *profile.flags}
    fields = [*TIME_FIELDS, *TEXT_FIELDS, *WORD_FIELDS, *FLAG_FIELDS]
    shown = [name for name in fields if name in mapped]
    if profile.call_type is not None:
        shown.append("initial_call_type_code")
    if profile.age_column or profile.birth_year_column:
        shown.append("age_band")
    return shown


def _entries(row: dict[str, Any]) -> list[list[Any]]:
    return [entry for entry in row["not_understood"] or () if entry is not None]


def _row(number: int, row: dict[str, Any], shown: dict[tuple[Any, Any], str | None]) -> PreviewRow:
    return PreviewRow(
        number=number,
        left_out=row["filter_reason"],
        fields={name: _text(value) for name, value in row.items() if _is_said(name, value)},
        # A placeholder says that nothing was entered: that is understood.
        not_understood={
            field: shown[written, look]
            for rule, field, written, look in _entries(row)
            if rule != NOT_ENTERED
        },
    )


def _is_said(name: str, value: object) -> bool:
    if value is None or isinstance(value, list):
        return False
    if name in WORD_FIELDS:
        return value not in ("not_recorded", "unknown")
    # The token of a person is none that anybody has to read.
    return name not in ("filter_reason", "is_short", "repeat_key", "row_hash", "person_token")


def _text(value: object) -> str:
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def _reading(field: str, rows: tuple[PreviewRow, ...]) -> FieldReading:
    kept = [row for row in rows if row.left_out is None]
    # A call-type code's complaints stand under the name that findings have for it.
    names = (field, "call_type_code") if field == "initial_call_type_code" else (field,)
    wrong = [row for row in kept if any(name in row.not_understood for name in names)]
    understood = sum(field in row.fields for row in kept if row not in wrong)
    written = [row.not_understood.get(name) for row in wrong for name in names]
    samples = tuple(dict.fromkeys(value for value in written if value))[:MOST_SAMPLES]
    return FieldReading(field, understood, len(wrong), len(kept) - understood - len(wrong), samples)
