"""Drafts of many shapes of logs: how many columns are guessed right, and none wrong without a word.

The table in docs/drafts.md is written anew with OUTCOMES_WRITE_GOLDENS=1; real exports that are not here keep their row.
"""

import os
import tomllib
from collections import Counter
from pathlib import Path

import pytest
from drafted_logs import LOGS, DraftedLog
from places import PROJECT

from outcomes.ingest.draft.draft import draft_profile
from outcomes.ingest.draft.toml import quoted

DOCUMENT = PROJECT / "docs" / "drafts.md"
WRITES = os.environ.get("OUTCOMES_WRITE_GOLDENS") == "1"
MARKS = ("CHECK", "LOOK", "AMBIGUOUS")


def uses_of(profile: dict) -> dict[str, set[str]]:
    """What the profile uses each column for."""
    uses: dict[str, set[str]] = {}

    def use(columns: object, what: str) -> None:
        for column in columns if isinstance(columns, list) else [columns]:
            if column is not None and not str(column).startswith("REPLACE"):
                uses.setdefault(str(column), set()).add(what)

    for what, column in profile.get("text", {}).items():
        use(column, what)
    for name, said in profile["times"].items():
        what = f"{name} since" if said.get("since") else name
        for key in ("column", "date_column", "time_column", "elapsed_column"):
            use(said.get(key), what)
        use(said.get("when", {}).get("column"), what)
    for name, said in profile.get("words", {}).items():
        use(said["column"], name)
    for name, said in profile.get("flags", {}).items():
        use(said["yes"]["column"], name)
    use(profile.get("call_type", {}).get("column"), "call_type")
    use(profile.get("age_column"), "age")
    use(profile.get("ignored_columns", []), "private")
    return uses


def is_marked(column: str, text: str) -> bool:
    """Whether a line or a part of the profile about the column asks a person to look."""
    parts = text.split("\n\n")
    about = [line for line in text.splitlines() if quoted(column) in line]
    sections = [
        part for part in parts if f"column = {quoted(column)}" in part and part.startswith("[")
    ]
    return any(mark in one for one in (*about, *sections) for mark in MARKS)


def judged(log: DraftedLog, path: Path) -> Counter[str]:
    """How many columns of the log are guessed right, wrong with a mark, wrong in silence, and left for a person."""
    draft = draft_profile(path, "test-city")
    profile = tomllib.loads(draft.profile)
    uses = uses_of(profile)
    asked = draft.profile.count('"REPLACE') - sum(
        str(said).startswith("REPLACE") for said in profile["program"].values()
    )
    found: Counter[str] = Counter(replace=asked)
    for column in draft.columns:
        guessed, right = uses.get(column.name, set()), log.uses.get(column.name, set())
        read = [time for time in profile["times"].values() if time.get("column") == column.name]
        formats = tuple(read[0]["formats"]) if read else ()
        is_read = column.name not in log.formats or formats == log.formats[column.name]
        if guessed == right and is_read:
            found["right"] += 1
        elif is_marked(column.name, draft.profile):
            found["marked"] += 1
        elif not guessed:
            found["left"] += 1
        else:
            found[f"silent {column.name}"] += 1
            found["silent"] += 1
    rows_are = profile["log"]["rows_are"]
    reason = next(line for line in draft.profile.splitlines() if line.startswith("rows_are"))
    if (
        rows_are not in log.rows_are
        and not rows_are.startswith("REPLACE")
        and "CHECK" not in reason
    ):
        found[f"silent rows_are {rows_are}"] += 1
        found["silent"] += 1
    return found


def row(log: DraftedLog, found: Counter[str]) -> str:
    """The log's line of the table."""
    names = ("right", "marked", "left", "silent", "replace")
    return f"| {log.name} | {' | '.join(str(found[name]) for name in names)} |"


@pytest.mark.slow
@pytest.mark.parametrize("log", LOGS, ids=lambda log: log.name)
def test_nothing_is_guessed_wrong_in_silence(log: DraftedLog, tmp_path: Path):
    path = log.make(tmp_path)
    if path is None:
        pytest.skip(f"the real export is not here: {log.name}")
    found = judged(log, path)
    assert not found["silent"], found
    held = DOCUMENT.read_text(encoding="utf-8")
    line = row(log, found)
    if WRITES:
        lines = [line if old.startswith(f"| {log.name} |") else old for old in held.splitlines()]
        if line not in lines:
            last = max(place for place, old in enumerate(lines) if old.startswith("|"))
            lines.insert(last + 1, line)
        DOCUMENT.write_text("\n".join(lines) + "\n", encoding="utf-8")
    else:
        assert line in held.splitlines(), "write it anew with OUTCOMES_WRITE_GOLDENS=1"


def test_the_document_holds_no_other_log():
    lines = [
        line for line in DOCUMENT.read_text(encoding="utf-8").splitlines() if line.startswith("| ")
    ]
    assert [line.split(" | ")[0].removeprefix("| ") for line in lines[1:]] == [
        log.name for log in LOGS
    ]
