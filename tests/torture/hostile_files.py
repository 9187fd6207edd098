"""Thousands of profiles and logs, each a valid one with something broken in it: read, or refused with one sentence.

Run from the project's folder: python -m tests.torture.hostile_files [--cases 10000] [--seed 7]
Ends with a failure, and the cases, where a load ends in anything else, changes a store that it refuses, or counts other
rows than the file has.
"""

import argparse
import copy
import gzip
import json
import random
import re
import shutil
import sys
import tempfile
import time
import tomllib
import zipfile
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import pyarrow
import pyarrow.parquet
import tomlkit
from bare_workbook import write_workbook
from small_agency import AGENCY, profile_with

from outcomes.ingest.agency import read_profile
from outcomes.ingest.profile.code_lists import read_call_type_list, read_lookups
from outcomes.ingest.run import load_log
from outcomes.ingest.transform.batch import judge, stage_files
from outcomes.ingest.transform.stage import ReadContext
from outcomes.store.warehouse import Warehouse, open_warehouse
from outcomes.vocabulary.problem import Problem

COLUMNS = ("id", "received", "type", "sent", "origin", "area", "age")
CALL_TYPES = "code,call_type,eligible,match\nMH,mental_health,yes,\n4.*,welfare_check,no,pattern\n"
PROFILE = profile_with(
    """
[call_type]
column = "type"
[flags.is_community_dispatched]
yes = { column = "sent", is = ["yes"] }
no = { any = [{ column = "sent", is = ["no"] }, { not = { column = "sent", matches = "y.*" } }] }
[words.call_origin]
column = "origin"
[words.call_origin.values]
"911" = "911"
[columns.beat]
part_of = "area"
part = "([a-z]+)"
[columns.kind]
pattern = "type.*"
null_words = ["NULL"]
[[filters]]
reason = "test call"
when = { column = "kind", is = ["TEST"] }
""",
    top='age_column = "age"\n',
    file='[file]\nformat = "csv"\nnull_words = ["NULL"]\n',
    text='[text]\nincident_id = "id"\narea_id = "beat"\n',
)

ROWS = 30
# After so many cases the figures so far are told.
TOLD = 250
# No case of a few kilobytes may take longer, on a machine that does other things too.
MOST_SECONDS = 60
# Of the cases, those that are loaded into a store of their own; of the others every row is read and judged.
STORED = 0.03
KINDS = ("csv", "csv", "csv", "json_lines", "json_lines", "csv.gz", "zip", "parquet", "xlsx")
# Workbooks are read in a process of their own, which takes most of a second.
WORKBOOKS = 0.2
TEXTS = (
    "", " ", "*", "\x00", "\ufeff", "\ud800", "\u2028", "\r", "\n", '"', "'", ",", "\\", "%", "NULL", "=1+1", "../..", "/etc/passwd",
    "a" * 5_000, "9" * 400, "-1", "1e999", "nan", "2026-13-45", "(", "[", "(?=x)", "(a*)*b", ".*", "x{99999}", "\U0001f600", "é",
    "id", "received", "type", "911", "yes", "now", "column 1", "%Y", "%Q", "{", "REPLACE: x",
)  # fmt: skip
VALUES = (*TEXTS, 0, -1, 1, 10**30, 1.5, float("inf"), float("nan"), True, [], {}, [[]], [{}], {"a": 1}, None)  # fmt: skip
BYTES = (
    b"", b"\x00", b'"', b'""', b"\n", b"\r", b"\r\n", b"\r\r\n", b",", b",,,,", b"\xef\xbb\xbf", b"\xff", b"\xed\xa0\x80", b"\x85",
    "\u2028".encode(), b"x" * 200_000, b"{", b"}", b"[" * 2_000, b"\\ud800", b"\\", b"NaN", b'{"id": "1", "id": "2"}', b"\x1a",
    b"PK\x03\x04", b"\x1f\x8b", b"%PDF", b"null", b"\n\n\n", b" ", b"\t", b"'",
)  # fmt: skip


@dataclass
class Found:
    """What became of the cases."""

    # cases, by what was broken
    cases: Counter[str] = field(default_factory=Counter)
    # those whose profile was read, so that the log was opened
    opened: int = 0
    # those that were read to the end, those of them that were stored, and those whose rows were recounted in the file
    loaded: int = 0
    stored: int = 0
    recounted: int = 0
    # refusals, by their first words
    refused: Counter[str] = field(default_factory=Counter)
    # the longest case
    seconds: float = 0.0
    # cases that ended as none may
    faults: list[str] = field(default_factory=list)

    def sentences(self) -> list[str]:
        """The figures, a line each."""
        total = self.cases.total()
        return [
            f"{total:,} cases: "
            + ", ".join(f"{n:,} {what}" for what, n in self.cases.most_common()),
            f"{self.opened:,} reached the reading of the log, {self.loaded:,} of them were read to the end ({self.stored:,} of these into a "
            f"store), {total - self.loaded:,} were refused with one sentence of {len(self.refused):,} kinds",
            f"rows recounted in {self.recounted:,} files: all read; the longest case took {self.seconds:.1f} s",
        ]


def run_cases(folder: Path, cases: int, seed: int) -> Found:
    """What became of so many cases; each can be drawn again by its number and the seed."""
    found = Found()
    with open_warehouse(folder / "warehouse") as warehouse:
        for number in range(cases):
            place = folder / str(number)
            (place / "agencies" / AGENCY).mkdir(parents=True)
            try:
                try_case(place, warehouse, random.Random(f"{seed} {number}"), found)
            except Exception as error:
                # Whatever a load may end in that is no Problem is what is looked for.
                found.faults.append(f"case {number}: {type(error).__name__}: {str(error)[:600]}")
            shutil.rmtree(place)
            if (number + 1) % TOLD == 0:
                print("\n".join([*found.sentences(), *found.faults]), file=sys.stderr, flush=True)
    return found


def try_case(folder: Path, warehouse: Warehouse, draw: random.Random, found: Found) -> None:
    """Make one case in the folder, read or load it, and judge how that ended."""
    what = draw.choice(("profile", "log", "log", "log and profile"))
    kind = draw.choice(KINDS)
    if kind == "xlsx" and draw.random() > WORKBOOKS:
        kind = "csv"
    found.cases[f"{what} broken"] += 1
    agency = folder / "agencies" / AGENCY
    profile = _profile(draw, kind, "profile" in what)
    (agency / "profile.toml").write_bytes(profile)
    (agency / "call_types.csv").write_text(CALL_TYPES)
    log, content = _log(folder, draw, kind, "log" in what)
    store, is_stored = folder / "store", draw.random() < STORED
    start, opened = time.monotonic(), []
    try:
        if is_stored:
            rows_read = _stored(log, agency, store, opened)
        else:
            rows_read = _judged(warehouse, log, agency, opened)
    except Problem as problem:
        said = str(problem)
        assert re.fullmatch(r"[^\n]{20,5000}", said), f"no sentence: {said[:500]!r}"
        assert not store.exists(), f"a refusal left something: {said[:500]}"
        found.refused[re.sub(r"\[.*|/\S+", "", said)[:50]] += 1
    else:
        found.loaded += 1
        found.stored += is_stored
        if profile == _profile(draw, kind, False):
            _recount(rows_read, content, kind, found)
    found.opened += any(step.startswith("Reading") for step in opened)
    took = time.monotonic() - start
    found.seconds = max(found.seconds, took)
    assert took < MOST_SECONDS, f"{took:.0f} s"


def _stored(log: Path, agency: Path, store: Path, opened: list[str]) -> int:
    """Rows read by a load, which are what it says became of them, and as many in the store."""
    report = load_log(
        [log], AGENCY, agency.parent, store, lambda step, _: opened.append(step), publishes=False
    )
    parts = report.loaded + report.filtered + report.rejected + report.unchanged
    assert report.rows_read == parts, "rows do not add up"
    with open_warehouse(store) as warehouse:
        assert len(warehouse.connection.table("warehouse.incident")) == report.loaded
    return report.rows_read


def _judged(warehouse: Warehouse, log: Path, agency: Path, opened: list[str]) -> int:
    """Rows read, after all that a load does with them before it stores them."""
    warehouse.execute("drop_csv_fault")
    profile = read_profile(agency)
    call_types = read_call_type_list(agency, profile.call_type)
    context = ReadContext(read_lookups(profile, [agency]), b"secret")
    warehouse.connection.register("call_type_list", call_types)
    stage_files(warehouse, [log], profile, "", context, lambda step, _: opened.append(step))
    rows = warehouse.rows("staged_count")[0][0] + len(warehouse.connection.table("rejected_batch"))
    judge(warehouse, profile)
    assert isinstance(warehouse.rows("batch_fitness")[0][0], int)
    return int(rows)


def _recount(rows_read: int, content: bytes, kind: str, found: Found) -> None:
    """Of a text whose lines are rows, as many rows are read as there are lines."""
    if kind in ("parquet", "xlsx"):
        return
    lines = [
        line
        for line in re.split("\r\n|\r|\n", content.decode("utf-8-sig").replace("\ufeff", ""))
        if (line.strip() if kind == "json_lines" else line)
    ]
    # A value over several lines makes a row of several; what is one, and what a stray quote, is a matter of judgment.
    if kind == "json_lines" or not any(line.count('"') % 2 for line in lines):
        expected = len(lines) - (kind != "json_lines")
        assert rows_read == expected, f"{rows_read} rows read of {expected}"
        found.recounted += 1


def _profile(draw: random.Random, kind: str, is_broken: bool) -> bytes:
    """The profile, with one to three things broken in its values or its bytes."""
    text = PROFILE
    if kind in ("json_lines", "parquet", "xlsx"):
        sheet = '\nsheet = "a"' if kind == "xlsx" else ""
        text = text.replace('format = "csv"', f'format = "{kind}"{sheet}')
    if not is_broken:
        return text.encode()
    if draw.random() < 0.3:
        return _broken_bytes(draw, text.encode())
    content = copy.deepcopy(tomllib.loads(text))
    for _ in range(draw.choice((1, 1, 2, 3))):
        _break_value(draw, content)
    try:
        return tomlkit.dumps(_without_nothing(content)).encode("utf-8", "surrogatepass")
    except (ValueError, TypeError, OverflowError):
        # What TOML has no words for is broken in the bytes.
        return _broken_bytes(draw, text.encode())


def _break_value(draw: random.Random, content: dict[str, Any]) -> None:
    """Put a wrong value, key or nothing somewhere into the profile, or nest a rule of it."""
    inside: Any = content
    while True:
        keys = list(inside) if isinstance(inside, dict) else list(range(len(inside)))
        if not keys:
            return
        key = draw.choice(keys)
        deeper = inside[key]
        if not isinstance(deeper, dict | list) or not deeper or draw.random() < 0.2:
            break
        inside = deeper
    way = draw.random()
    if way < 0.55:
        inside[key] = copy.deepcopy(draw.choice(VALUES))
    elif way < 0.7:
        del inside[key]
    elif way < 0.85 and isinstance(inside, dict):
        inside[draw.choice((*TEXTS, "is", "matches", "any", "not", "pattern", "members"))] = (
            copy.deepcopy(draw.choice(VALUES))
        )
    else:
        for _ in range(draw.choice((1, 40, 300))):
            inside[key] = {"not": inside[key]} if draw.random() < 0.5 else {"any": [inside[key]]}


def _without_nothing(content: Any) -> Any:
    if isinstance(content, dict):
        return {
            name: _without_nothing(value) for name, value in content.items() if value is not None
        }
    return [_without_nothing(one) for one in content if one is not None] if isinstance(content, list) else content  # fmt: skip


def _log(folder: Path, draw: random.Random, kind: str, is_broken: bool) -> tuple[Path, bytes]:
    """The log's file, and its text where it has one."""
    rows = [dict.fromkeys(COLUMNS, "") | {"id": f"A{n}", "received": f"2026-01-{n % 28 + 1:02} 10:00", "type": "MH",
             "origin": "911", "area": "north 1", "sent": "yes", "age": "40"} for n in range(ROWS)]  # fmt: skip
    if is_broken and draw.random() < 0.5:
        for _ in range(draw.choice((1, 2, 5))):
            draw.choice(rows)[draw.choice(COLUMNS)] = draw.choice(TEXTS).replace("\ud800", "?")
    name = draw.choice(("log", "log", "log[1]", "l*g", "area=x", "l?g", "a b", "-x", "%s"))
    path = folder / f"{name}.{kind}"
    if kind == "parquet":
        pyarrow.parquet.write_table(pyarrow.Table.from_pylist(rows), path)
        content = path.read_bytes()
    elif kind == "xlsx":
        lines = [COLUMNS, *(tuple(row.values()) for row in rows)]
        cells = ["".join(map(_cell, line)) for line in lines]
        content = write_workbook(path, "".join(f"<row>{row}</row>" for row in cells)).read_bytes()
    elif kind == "json_lines":
        content = "".join(json.dumps(row) + "\n" for row in rows).encode()
    else:
        quoted = [",".join(COLUMNS), *(",".join(map(_csv, row.values())) for row in rows)]
        content = ("\n".join(quoted) + "\n").encode()
    if is_broken and draw.random() < 0.7:
        content = _broken_bytes(draw, content)
    if kind == "csv.gz":
        path.write_bytes(gzip.compress(content))
    elif kind == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            archive.writestr(f"{name}.csv", content)
    else:
        path.write_bytes(content)
    if is_broken and kind in ("csv.gz", "zip") and draw.random() < 0.3:
        path.write_bytes(_broken_bytes(draw, path.read_bytes()))
    return path, content


def _csv(text: str) -> str:
    return '"' + text.replace('"', '""') + '"' if set(text) & set('",\r\n') else text


def _cell(text: str) -> str:
    plain = "".join(sign for sign in text if sign.isprintable() or sign == " ")
    escaped = plain.replace("&", "&amp;").replace("<", "&lt;")
    return f'<c t="inlineStr"><is><t>{escaped}</t></is></c>'


def _broken_bytes(draw: random.Random, content: bytes) -> bytes:
    """The bytes with one to four places cut, doubled, flipped, or with something put in."""
    broken = bytearray(content)
    for _ in range(draw.choice((1, 1, 2, 4))):
        at = draw.randrange(len(broken) + 1)
        length = draw.choice((1, 1, 10, 100))
        way = draw.random()
        if way < 0.6:
            broken[at : at + draw.choice((0, 0, length))] = draw.choice(BYTES)
        elif way < 0.75:
            broken[at:at] = broken[at : at + length]
        elif way < 0.85:
            del broken[at : at + length]
        elif broken:
            broken[at % len(broken)] ^= 1 << draw.randrange(8)
    return bytes(broken)


def main() -> None:
    """Run the long form and print its figures."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    start, used = time.monotonic(), time.process_time()
    with tempfile.TemporaryDirectory() as folder:
        found = run_cases(Path(folder), given.cases, given.seed)
    print("\n".join(found.sentences()))
    print(f"{time.monotonic() - start:.0f} s, {time.process_time() - used:.0f} s of processor")
    print("\n".join(f"{count:>6,}  {words}" for words, count in found.refused.most_common(15)))
    print("\n".join(found.faults))
    sys.exit(bool(found.faults))


if __name__ == "__main__":
    main()
