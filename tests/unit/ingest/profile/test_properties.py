"""Properties over profiles and messy values: no crash, counts always add up, no value silently changed."""

import copy
import csv
import io
import re
import tempfile
import tomllib
import unicodedata
from datetime import time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from made_city import profile_text
from pydantic import ValidationError
from small_agency import FILE, LOG, TEXT, Town, profile_with

from outcomes.ingest.agency import _first_complaint
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.run import LoadReport
from outcomes.ingest.transform.silence import SIGNS, SILENT_OF_A_PERSON

pytestmark = pytest.mark.slow

# A failing example is not made smaller: each try is a whole load.
PHASES = (Phase.explicit, Phase.reuse, Phase.generate)
# Every character that is a blank, also those that no keyboard has.
BLANKS = (
    "".join(c for c in map(chr, range(0x3001)) if unicodedata.category(c)[0] == "Z")
    + "\t\n\v\f\r\x1c\x1d\x1e\x1f\x85"
)
# What has neither width nor ink: a soft hyphen, marks of direction, a byte-order mark ...
UNSEEN = "\u00ad\u200b\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff"
NULL_WORDS = ("NULL", "n/a", "-")
FORMATS = {
    "%Y-%m-%d %H:%M": ("year", "month", "day", "hour", "minute"),
    "%m/%d/%Y %H:%M:%S": ("month", "day", "year", "hour", "minute", "second"),
    "%d.%m.%Y %H:%M": ("day", "month", "year", "hour", "minute"),
}
COLUMNS = ("id", "received", "area", "prio", "sex", "secs", "units", "type", "outcome", "age")

any_text = st.text(st.characters(codec="utf-8", exclude_characters="\0\r"), max_size=12)
messy = st.one_of(
    any_text,
    st.sampled_from(
        [
            "", " ", "007", "0", "-1", "1e5", "5.00E+93", "########", "#REF!", "NULL", " n/a ", "NaN", "inf",
            "=1+1", "@x", "'", '"', '""', "a;b", "12 Elm St", "541-555-0100", "x@y.org", "Doe, Jane",
            "a  b", "\ta\n", "é", "\u00a0", "1,5", "TRUE", "\u202e", "%s", "{}", "null", "1" * 40,
        ]
    ),
)  # fmt: skip
good_times = st.builds(
    "{:04d}-{:02d}-{:02d} {:02d}:{:02d}".format,
    st.integers(2024, 2026), st.integers(1, 12), st.integers(1, 28), st.integers(0, 23), st.integers(0, 59),
)  # fmt: skip
odd_times = st.one_of(
    messy,
    st.sampled_from(
        [
            "2026-02-30 10:00", "1/2/2026 3:4:5", "13/13/2026 10:00:00", "2.1.2026 7:05", "1899-12-31 10:00",
            "2026-01-02", "10:00", "00:05.0", "2026-01-02 24:00", "2026-01-02 10:60", "99999-01-01 10:00",
            "2026-01-02 10:00 PM", "0001-01-01 00:00", "2026-03-08 02:30", "2026-11-01 01:30",
        ]
    ),
)  # fmt: skip
durations = st.one_of(
    messy, st.integers(-(10**6), 10**7).map(str), st.floats(allow_nan=True).map(repr)
)


@st.composite
def logs(draw: st.DrawFn) -> list[dict[str, str]]:
    """Rows of a messy log; enough of them have a time that can be read."""
    rows = []
    for number in range(draw(st.integers(1, 25))):
        rows.append(
            {
                "id": draw(st.sampled_from([f"R{number}"] * 12 + ["R0", "", "r0", " R0 "])),
                "received": draw(good_times if number % 3 else st.one_of(good_times, odd_times)),
                "area": draw(messy),
                "prio": draw(messy),
                "sex": draw(messy),
                "secs": draw(durations),
                "units": draw(st.one_of(messy, st.sampled_from(["CR1;P2", ";;", "P1 ; P1", "P9"]))),
                "type": draw(st.one_of(messy, st.sampled_from(["MH", "mh", "4591", "TEST"]))),
                "outcome": draw(st.one_of(messy, st.sampled_from(["Met", "arrest", "3"]))),
                "age": draw(st.one_of(messy, st.integers(-5, 130).map(str))),
            }
        )
    return rows


@st.composite
def profiles(draw: st.DrawFn) -> tuple[str, str]:
    """A profile of some of the features together, and the delimiter of its file."""
    delimiter = draw(st.sampled_from([",", ";", "\t", "|"]))
    file = FILE + f"delimiter = {delimiter!r}\nnull_words = {list(NULL_WORDS)}\n".replace("'", '"')
    text = TEXT + 'area_id = "area"\npriority_code = "prio"\ngender = "sex"\n'
    received = f'[times.received_at]\ncolumn = "received"\nformats = {list(FORMATS)}\n'.replace(
        "'", '"'
    )
    received += draw(
        st.sampled_from(["", 'placeholders = ["00:00:00"]\n', "earliest = 2025-01-01\n"])
    )
    parts = [
        '[times.arrived_at]\nseconds_column = "secs"\nsince = "received_at"\n',
        '[times.cleared_at]\nminutes_column = "secs"\nsince = "received_at"\n'
        'when = { not = { column = "outcome", contains = "a" } }\n',
        '[units]\ncolumn = "units"\nseparator = ";"\n[[words.responder_type.cases]]\n'
        'when = { column = "units", starts_with = "CR" }\nthen = "community"\n',
        '[call_type]\ncolumn = "type"\nmore_columns = ["outcome"]\nprimary = "first_filled"\neligible_by = "any"\n',
        '[flags.has_arrest]\nyes = { column = "outcome", is = ["arrest"] }\nno = { any = [{ column = "outcome",'
        ' at_least = 2 }, { not = { column = "age", at_most = 30 } }, { on_or_after = 2025-06-01 }] }\n',
        '[words.contact_result]\ncolumn = "outcome"\nvalues = { "Met" = "contacted" }\n',
        '[[filters]]\nreason = "test"\nwhen = { column = "type", is = ["TEST"] }\n',
        '[[filters]]\nreason = "twice"\nrepeats = ["received", "area"]\n',
        '[columns.padded]\nnames = ["prio"]\nzero_pad = 4\n[flags.has_force]\nyes = { column = "padded", is = ["0007"] }\n',
        '[group]\narea_id = "last"\nreceived_at = "latest"\nhas_arrest = "all"\n',
    ]
    chosen = [part for part in parts if draw(st.booleans())]
    log = LOG + draw(st.sampled_from(["", 'same_id = "join"\n', 'zero_intervals = "keep"\n']))
    top = draw(st.sampled_from(["", 'age_column = "age"\n', 'birth_year_column = "age"\n']))
    return profile_with(
        *chosen, top=top, log=log, file=file, text=text, received=received
    ), delimiter


def written(rows: list[dict[str, str]], delimiter: str) -> str:
    out = io.StringIO()
    writer = csv.DictWriter(
        out, COLUMNS, delimiter=delimiter, quoting=csv.QUOTE_ALL, lineterminator="\n"
    )
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def trimmed(value: str) -> str | None:
    """A value as the documents say that it is read: trimmed, blanks of any kind folded, null words nothing."""
    seen = "".join(c for c in value if c not in UNSEEN)
    text = re.sub(f"[{BLANKS}]+", " ", seen).strip()
    return None if text.lower() in {"", *(word.lower() for word in NULL_WORDS)} else text


def id_in_the_log(key: str) -> str:
    """An incident's id as it is written: one that comes back months away has its day added."""
    return re.sub(" of [0-9]{4}-[0-9]{2}-[0-9]{2}$", "", key)


def check_counts(report: LoadReport, rows: int) -> None:
    assert report.rows_read == rows
    assert report.rows_read == report.loaded + report.filtered + report.rejected + report.unchanged
    told = {"filtered": 0, "rejected": 0}
    for reason, count in report.reasons.items():
        told[reason.split(":")[0]] += count
    assert told == {"filtered": report.filtered, "rejected": report.rejected}


def says_nothing(text: str) -> bool:
    """Whether what is written in place of a trait is one of the words for nothing, or signs alone."""
    words = "".join(" " if c in SIGNS else c for c in text.lower()).strip()
    return re.search(SILENT_OF_A_PERSON, words) is not None


def check_texts(town: Town, rows: list[dict[str, str]]) -> None:
    """Every stored text is the text of the log; what is missing there was not written, or is reported."""
    stored = town.incidents()
    by_id: dict[str | None, list[dict[str, str]]] = {}
    for row in rows:
        by_id.setdefault(trimmed(row["id"]), []).append(row)
    reported = {}
    for (_, field, _), count in town.findings().items():
        reported[field] = reported.get(field, 0) + count
    for field, column in (("area_id", "area"), ("priority_code", "prio"), ("gender", "sex")):
        missing = 0
        for key, incident in stored.items():
            texts = [trimmed(row[column]) for row in by_id[id_in_the_log(key)]]
            if incident[field] is not None:
                assert incident[field] in texts
            elif len(texts) == 1 and texts[0] is not None:
                missing += not (field == "gender" and says_nothing(texts[0]))
        assert missing <= reported.get(field, 0)


def check_times(town: Town, rows: list[dict[str, str]]) -> None:
    """The numbers of a stored time are the numbers in the log, in the order of one of the formats."""
    stored = town.incidents()
    by_id: dict[str | None, list[str]] = {}
    for row in rows:
        by_id.setdefault(trimmed(row["id"]), []).append(row["received"])
    reported = sum(n for (_, field, _), n in town.findings().items() if field == "received_at")
    missing = 0
    for key, incident in stored.items():
        texts = by_id[id_in_the_log(key)]
        at = incident["received_at"]
        if at is not None:
            numbers = [[getattr(at, part) for part in parts] for parts in FORMATS.values()]
            # 24:00 is the midnight with which its day ends.
            if at.time() == time(0):
                day = at - timedelta(days=1)
                numbers.append([day.year, day.month, day.day, 24, 0])
            found = [[int(n) for n in re.findall(r"[0-9]+", text)] for text in texts]
            assert any(digits in numbers for digits in found), (at, texts)
            assert incident["received_date"] == at.date()
        elif len(texts) == 1 and trimmed(texts[0]) is not None:
            missing += 1
    assert missing <= reported


@settings(max_examples=8, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(profiles(), logs())
def test_counts_add_up_and_no_value_changes(profile: tuple[str, str], rows: list[dict[str, str]]):
    with tempfile.TemporaryDirectory() as folder:
        text, delimiter = profile
        town = Town(
            Path(folder),
            text,
            "code,match,call_type,eligible\nMH,,mental_health,yes\n4.*,pattern,other,no\n",
        )
        try:
            report = town.load(town.write(written(rows, delimiter)))
        except LoadProblem as problem:
            report, sentence = None, str(problem)
        if report is None:
            # Nothing to keep, no time that can be read, or dates that look swapped: the only refusals here.
            assert re.match("Expected (at least one row|received times|dates of)", sentence)
            assert not town.store.exists()
            return
        check_counts(report, len(rows))
        check_texts(town, rows)
        check_times(town, rows)


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(
    st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=400),
    st.sampled_from([0, 1, 3]),
)
def test_any_text_is_a_log_or_refused_in_one_sentence(text: str, header_row: int):
    with tempfile.TemporaryDirectory() as folder:
        profile = profile_with(file=FILE + f"header_row = {header_row}\n")
        town = Town(Path(folder), profile)
        path = town.write("id,received\n1,2026-01-02 10:00\n" + text)
        try:
            report = town.load(path)
        except LoadProblem as problem:
            report, sentence = None, str(problem)
        if report is None:
            assert sentence.startswith("Expected ")
            assert "\n" not in sentence.replace(text, "")
            return
        check_counts(report, report.rows_read)


WHOLE = tomllib.loads(profile_text())
junk = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=8), st.lists(st.text(max_size=3), max_size=2),
    st.dictionaries(st.text(max_size=4), st.text(max_size=4), max_size=2),
    st.sampled_from(["(", "[a", "%Q", "first", "unit", "join", "\\", "a" * 500]),
)  # fmt: skip


@st.composite
def mutated(draw: st.DrawFn) -> dict:
    """A whole profile in which a few keys say something else, are gone, or are new."""
    profile = copy.deepcopy(WHOLE)
    for _ in range(draw(st.integers(1, 3))):
        place = profile
        while True:
            keys = sorted(place)
            if not keys:
                break
            key = draw(st.sampled_from(keys))
            if isinstance(place[key], dict) and draw(st.integers(0, 3)):
                place = place[key]
                continue
            action = draw(st.sampled_from(["change", "change", "drop", "add"]))
            if action == "drop":
                del place[key]
            else:
                place[key if action == "change" else draw(st.text(max_size=6))] = draw(junk)
            break
    return profile


@settings(max_examples=300, deadline=None, suppress_health_check=list(HealthCheck), phases=PHASES)
@given(mutated())
def test_any_profile_is_whole_or_refused_in_one_sentence(content: dict):
    try:
        profile = Profile.model_validate(content)
    except ValidationError as error:
        sentence = _first_complaint(Path("agency/profile.toml"), error)
        for part in ("profile.toml", "key ", "expected: ", "found ["):
            assert part in sentence
        return
    assert profile.recorded_fields
    assert profile.group_rules


@pytest.mark.parametrize("written", ["%Q", "plain", "%Y-%m-%d %H:%"])
def test_a_format_that_is_none_is_named(tmp_path: Path, written: str):
    received = f'[times.received_at]\ncolumn = "r"\nformats = ["{written}"]\n'
    town = Town(tmp_path, profile_with(received=received))
    with pytest.raises(LoadProblem, match=r"key times.received_at: expected: the format"):
        town.load(town.write("id,r\n1,x\n"))
