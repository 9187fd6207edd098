"""Lists that stand beside a profile or a log: the agency's call types, and look-up files of codes."""

import csv
from collections.abc import Iterable
from pathlib import Path

import pyarrow

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.columns import LookUp
from outcomes.ingest.profile.patterns import check_pattern
from outcomes.ingest.profile.rows import CallTypes
from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.transform.columns import LookUpTable, folded
from outcomes.vocabulary.log import CallType
from outcomes.vocabulary.spreadsheet import unmarked

# A look-up file is a list of codes; one with more rows is something else.
MOST_CODES = 20_000


def read_call_type_list(folder: Path, types: CallTypes | None) -> pyarrow.Table:
    """The agency's call-type list in its order: code (lower case), is_pattern, call_type, is_eligible or null.

    No rows where the profile has no call types. Raises LoadProblem, naming file and row, where the
    list is missing, has an unknown word, or maps one code twice to different things.
    """
    entries: dict[tuple[str, bool], tuple[str, bool | None]] = {}
    if types is not None:
        path = folder / types.list
        if not _is_own_file(path):
            raise LoadProblem(
                f"Expected a call-type list at {path}, found [nothing]; write one with the columns "
                "code, call_type, eligible."
            )
        for number, row in enumerate(_list_rows(path), start=2):
            code, entry = _list_entry(path, number, row)
            if entries.setdefault(code, entry) != entry:
                raise LoadProblem(
                    f"{path}, row {number}: expected each code once, found [{code[0]}] again with "
                    "another meaning; keep one of the two."
                )
    return pyarrow.table(
        {
            "code": pyarrow.array([code for code, _ in entries], pyarrow.string()),
            "is_pattern": pyarrow.array([pattern for _, pattern in entries], pyarrow.bool_()),
            "place": pyarrow.array(range(len(entries)), pyarrow.int64()),
            "call_type": pyarrow.array([kind for kind, _ in entries.values()], pyarrow.string()),
            "is_eligible": pyarrow.array([may for _, may in entries.values()], pyarrow.bool_()),
        }
    )


def read_lookups(profile: Profile, folders: Iterable[Path]) -> dict[LookUp, LookUpTable]:
    """The look-up files that a profile names, each from the first of the folders that has it.

    Raises LoadProblem where one is nowhere, lacks a column, or is too long to be a list of codes.
    """
    places = list(folders)
    wanted = [column.lookup for column in profile.columns.values() if column.lookup is not None]
    return {lookup: _lookup_table(lookup, places) for lookup in wanted}


def _lookup_table(lookup: LookUp, folders: list[Path]) -> LookUpTable:
    found = [folder / lookup.file for folder in folders if _is_own_file(folder / lookup.file)]
    if not found:
        raise LoadProblem(
            f"Expected the look-up file [{lookup.file}] that the profile names, found [nothing] in "
            f"{' or '.join(map(str, folders))}; put it beside the log."
        )
    rows = _list_rows(found[0])
    if len(rows) > MOST_CODES:
        raise LoadProblem(
            f"Expected a look-up file of at most {MOST_CODES:,} codes, found [{len(rows):,} rows] in "
            f"[{found[0].name}]; a list of codes is shorter."
        )
    names = {name.strip().casefold(): name for name in (rows[0] if rows else {}) if name}
    for name in (lookup.key, lookup.value):
        if name.strip().casefold() not in names:
            raise LoadProblem(
                f"Expected the column [{name}] in the look-up file [{found[0].name}], "
                f"found [{', '.join(names.values())}]; correct the profile."
            )
    meanings: dict[str, str] = {}
    ambiguous: list[str] = []
    for row in rows:
        code = folded(row.get(names[lookup.key.strip().casefold()]) or "")
        meaning = " ".join((row.get(names[lookup.value.strip().casefold()]) or "").split())
        if not code or not meaning:
            continue
        # The first meaning counts; a code that has another one is told with the rows that use it.
        if meanings.setdefault(code, meaning) != meaning and code not in ambiguous:
            ambiguous.append(code)
    return LookUpTable(meanings, tuple(ambiguous))


def _is_own_file(path: Path) -> bool:
    """Whether a file lies where its name says, and is no link to another place."""
    return path.is_file() and not path.is_symlink()


def _list_rows(path: Path) -> list[dict[str, str]]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            return list(csv.DictReader(stream))
    except (UnicodeDecodeError, csv.Error) as error:
        raise LoadProblem(
            f"Expected {path} to be CSV in UTF-8, found [{error}]; save it as UTF-8."
        ) from None


def _list_entry(
    path: Path, number: int, row: dict[str, str]
) -> tuple[tuple[str, bool], tuple[str, bool | None]]:
    # A draft marks a code that a spreadsheet would take for a formula.
    written = " ".join(unmarked(row.get("code") or "").split())
    is_pattern = folded(row.get("match") or "") == "pattern"
    kind = (row.get("call_type") or "").strip()
    eligible = (row.get("eligible") or "").strip().lower()
    if not written or kind not in list(CallType):
        raise LoadProblem(
            f"{path}, row {number}: expected a code and a call type of the common list, "
            f"found [{written.lower()}, {kind}]; choose from {', '.join(CallType)}."
        )
    if folded(row.get("match") or "") not in ("", "exact", "pattern"):
        raise LoadProblem(
            f"{path}, row {number}: expected match to be exact, pattern or empty, "
            f"found [{row['match']}]; write one of these."
        )
    if eligible not in ("yes", "no", ""):
        raise LoadProblem(
            f"{path}, row {number}: expected eligible to be yes, no or empty, found [{eligible}]; "
            "write one of these."
        )
    if is_pattern:
        try:
            check_pattern(written)
        except ValueError as error:
            raise LoadProblem(
                f"{path}, row {number}: expected a pattern, found [{written}], {error}; mend it."
            ) from None
    code = written if is_pattern else written.lower()
    return (code, is_pattern), (kind, {"yes": True, "no": False, "": None}[eligible])
