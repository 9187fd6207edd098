"""Privacy at load: what is planted in a log is in no byte and no row of the store, whatever the profile says."""

import hmac
import random
import re
import subprocess
import sys
from hashlib import sha256
from pathlib import Path

import duckdb
import pyarrow
import pytest
from places import PROJECT
from small_agency import AGENCY, TEXT, Town, profile_with

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.privacy.pii import (
    ANY_KIND_IN_ID,
    DAMAGE,
    DAMAGE_SIGNS,
    KINDS,
    KINDS_IN_IDS,
    PHONE_AS_ID,
    private_content,
)
from outcomes.ingest.run import load_log

pytestmark = pytest.mark.slow

SECRET = "a long secret of the tests"
# Planted in every column that the profile reads, and in those that it does not.
PLANTED = {
    "name": "Zebulon Quackenbush",
    "name, last first": "Quackenbush, Zebulon",
    "initial": "Z. Quackenbush",
    "title": "Mrs. Quackenbush",
    "address": "4471 Thistlewood Ave",
    "block": "3300 Block of Thistlewood St",
    "corner": "THISTLEWOOD ST/MARROWBONE AVE",
    "apartment": "12 Marrowbone Road Apt 4",
    "phone": "541-555-0173",
    "phone in brackets": "(541) 555-0174",
    "phone as digits": "5412550175",
    "e-mail": "zeb.quack@example.org",
    "birth date": "11/23/1971",
    "birth date ISO": "1971-11-24",
    "official number": "978-65-4321",
    "place": "-123.09512, 44.05207",
    "story": "Caller says that her brother Zebulon has locked himself in the marrowbone shed again and "
    "will not come out until somebody brings the thistle soup that he likes so much",
}
# Parts that no part of the store may hold, in any case.
TELLING = (
    "quackenbush", "zebulon", "thistle", "marrowbone", "555-0173", "555-0174", "5412550175", "zeb.quack",
    "11/23/1971", "1971-11-24", "978-65-4321", "123.09512", "44.05207", "person-000417",
)  # fmt: skip
COLUMNS = (
    "id", "received", "arrived", "area", "priority", "acuity", "gender", "race", "type", "final", "reason",
    "origin", "result", "unit", "age", "person no", "beat code", "spare",
)  # fmt: skip
PROFILE_PARTS = """
[call_type]
column = "type"
final_column = "final"
more_columns = ["reason"]

[times.arrived_at]
column = "arrived"
formats = ["%Y-%m-%d %H:%M"]
placeholders = ["00:00:00"]

[columns.hood]
lookup = { file = "beats.csv", column = "beat code", key = "code", value = "name" }

[words.call_origin]
column = "origin"
values = { "911" = "911" }

[words.contact_result]
column = "result"
values = { "Met" = "contacted" }

[flags.has_arrest]
yes = { column = "spare", contains = "arrest" }

[units]
column = "unit"
separator = ";"

[words.responder_type]
constant = "community"

[[filters]]
reason = "test call"
when = { column = "spare", is = ["TEST"] }
"""
MORE_TEXT = """
area_id = "area"
priority_code = "priority"
acuity = "acuity"
gender = "gender"
race_ethnicity = "race"
"""


def planted_rows() -> str:
    """Good rows, and for every planted value and column one row that has the value there."""
    good = dict.fromkeys(COLUMNS, "") | {
        "received": "2026-01-02 10:00", "area": "North", "priority": "2", "gender": "Female", "type": "CW",
        "origin": "911", "result": "Met", "unit": "CR1", "age": "54", "person no": "person-000417",
        "beat code": "A1",
    }  # fmt: skip
    lines = [",".join(COLUMNS)]
    number = 0
    for _ in range(1000):
        number += 1
        lines.append(",".join({**good, "id": f"R{number}"}.values()))
    for value in PLANTED.values():
        for column in COLUMNS:
            # Names alone cannot be told from areas, codes or ids by what they look like.
            if value == PLANTED["name"] and column not in (
                "spare",
                "age",
                "person no",
                "received",
                "arrived",
            ):
                continue
            if value == PLANTED["name, last first"] and column in (
                "area",
                "priority",
                "acuity",
                "type",
                "final",
                "reason",
                "id",
                "unit",
            ):
                continue
            # A number of ten digits may be an id.
            if value == PLANTED["phone as digits"] and column in ("id", "unit"):
                continue
            # A date may be an id, and is what stands in a column of times.
            if value.startswith(("11/", "1971")) and column in (
                "id",
                "unit",
                "received",
                "arrived",
            ):
                continue
            number += 1
            row = {**good, "id": f"R{number}", column: f'"{value}"'}
            lines.append(",".join(row.values()))
    # Broken lines: of these nobody knows what is in them.
    lines += [
        f'R9{place},2026-01-02 10:00,"{value}",{value}'
        for place, value in enumerate(PLANTED.values())
    ]
    lines.append('R99,2026-01-02 10:00,"Zebulon Quackenbush opened a quote')
    return "\n".join(lines) + "\n"


def found_in_bytes(store: Path) -> dict[str, list[str]]:
    """Telling parts that stand in any file below the store, however they are written."""
    found: dict[str, list[str]] = {}
    for path in sorted(store.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            for part in TELLING:
                pattern = re.compile(re.escape(part.encode()), re.IGNORECASE)
                wide = re.compile(re.escape(part.encode("utf-16-le")), re.IGNORECASE)
                if pattern.search(content) or wide.search(content):
                    found.setdefault(part, []).append(path.name)
    return found


def found_in_rows(store: Path) -> dict[str, list[str]]:
    """Telling parts in any cell of any table of any database below the store: packed blocks are unpacked here."""
    found: dict[str, list[str]] = {}
    for path in sorted(store.rglob("*.duckdb")):
        with duckdb.connect(str(path), read_only=True) as connection:
            for (table,) in connection.sql("select table_name from duckdb_tables()").fetchall():
                for row in connection.table(table).fetchall():
                    text = repr(row).casefold()
                    for part in TELLING:
                        if part in text:
                            found.setdefault(part, []).append(f"{path.name} {table} {text[:300]}")
    return found


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("planted")
    profile = profile_with(
        PROFILE_PARTS,
        top='age_column = "age"\nperson_id_column = "person no"\n',
        text=TEXT + MORE_TEXT,
    )
    town = Town(folder, profile, "code,call_type,eligible\nCW,welfare_check,yes\n")
    (town.agency / "beats.csv").write_text("code,name\nA1,Old Town\n", encoding="utf-8")
    path = town.write(planted_rows())
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("OUTCOMES_PERSON_SECRET", SECRET)
        for _ in range(2):
            report = load_log([path], AGENCY, town.agency.parent, town.store)
    assert report.unchanged > 1000
    assert report.rejected > len(PLANTED)
    return town.store


def test_no_file_of_the_store_has_a_planted_byte(store: Path):
    names = {path.suffix for path in store.rglob("*") if path.is_file()}
    assert ".duckdb" in names
    assert list((store / "snapshots").glob("*.duckdb")), "a snapshot was published"
    assert found_in_bytes(store) == {}


def test_no_row_of_the_store_has_a_planted_value(store: Path):
    assert found_in_rows(store) == {}


def test_the_search_finds_what_is_there(store: Path, tmp_path: Path):
    copy = tmp_path / "store"
    copy.mkdir()
    with duckdb.connect(str(copy / "planted.duckdb")) as connection:
        connection.execute("create table t as select 'Zebulon ' || i as a from range(3000) as r(i)")
    assert "zebulon" in found_in_bytes(copy)
    assert "zebulon" in found_in_rows(copy)


def test_what_was_dropped_is_told_with_its_rule_and_without_its_value(store: Path):
    with duckdb.connect(str(store / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.table("finding").fetchall()
    dropped = {(rule, field): value for _, _, rule, field, value, _ in rows if "dropped" in rule}
    assert set(dropped.values()) == {None}
    for kind in (
        "a phone number",
        "an address",
        "free text",
        "an e-mail address",
        "a place on the map",
    ):
        assert (f"dropped, looked like {kind}", "area_id") in dropped
    assert ("dropped, looked like a name", "gender") in dropped
    assert ("dropped, looked like a date", "area_id") in dropped


def test_exact_ages_are_not_stored(store: Path):
    with duckdb.connect(str(store / "warehouse.duckdb"), read_only=True) as connection:
        bands = connection.sql("select distinct age_band from incident").fetchall()
        tables = connection.sql("select table_name, column_name from duckdb_columns()").fetchall()
    assert {band for (band,) in bands} == {"45 to 64", None}
    assert not [name for _, name in tables if name in ("age", "birth_year", "person_id")]


def test_person_tokens_are_hmac_sha256_with_the_secret(store: Path):
    message = f"{AGENCY}\nperson-000417".encode()
    wanted = hmac.new(SECRET.encode(), message, sha256).hexdigest()
    with duckdb.connect(str(store / "warehouse.duckdb"), read_only=True) as connection:
        tokens = connection.sql("select distinct person_token from incident").fetchall()
    assert (wanted,) in tokens
    assert all(re.fullmatch("[0-9a-f]{64}", token) for (token,) in tokens if token is not None)
    for path in store.rglob("*"):
        if path.is_file():
            assert SECRET.encode() not in path.read_bytes()


@pytest.mark.parametrize("length", [16, 64, 65, 200])
def test_tokens_of_any_secret_equal_the_standard_librarys(tmp_path, monkeypatch, length: int):
    secret = ("µ" + "s" * 300)[:length]
    monkeypatch.setenv("OUTCOMES_PERSON_SECRET", secret)
    town = Town(tmp_path, profile_with(top='person_id_column = "p"\n'))
    town.load(town.write("id,received,p\n1,2026-01-02 10:00,Zoë 7\n2,2026-01-02 10:00,\n"))
    message = f"{AGENCY}\nZoë 7".encode()
    wanted = hmac.new(secret.encode(), message, sha256).hexdigest()
    assert town.incidents()["1"]["person_token"] == wanted
    assert town.incidents()["2"]["person_token"] is None


def test_words_for_somebody_unknown_are_no_person(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OUTCOMES_PERSON_SECRET", SECRET)
    town = Town(tmp_path, profile_with(top='person_id_column = "p"\n'))
    nobody = [
        "UNKNOWN",
        "unk",
        "Anonymous",
        "n/a",
        "NA",
        "Refused",
        "0",
        "0000",
        "-",
        "???",
        "9999",
    ]
    nobody += ["John Doe", "Not recorded", "XXX", "no id"]
    somebody = ["10", "P0", "99", "100-0", "Nora7", "unk7", "A0000", "x1", "2024-0001"]
    lines = [f"{place},2026-01-02 10:00,{text}" for place, text in enumerate([*nobody, *somebody])]
    town.load(town.write("id,received,p\n" + "\n".join(lines) + "\n"))
    tokens = {int(key): row["person_token"] for key, row in town.incidents().items()}
    assert [tokens[place] for place in range(len(nobody))] == [None] * len(nobody)
    known = [tokens[len(nobody) + place] for place in range(len(somebody))]
    assert None not in known
    assert len(set(known)) == len(somebody)


def test_no_secret_no_token(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("OUTCOMES_PERSON_SECRET", raising=False)
    monkeypatch.delenv("OUTCOMES_PERSON_SECRET_FILE", raising=False)
    town = Town(tmp_path, profile_with(top='person_id_column = "p"\n'))
    log = town.write("id,received,p\n1,2026-01-02 10:00,7\n")
    with pytest.raises(LoadProblem, match=r"names person_id_column, found \[none\]"):
        town.load(log)
    monkeypatch.setenv("OUTCOMES_PERSON_SECRET", "short")
    with pytest.raises(LoadProblem, match=r"found \[one of 5 characters\]"):
        town.load(log)
    monkeypatch.delenv("OUTCOMES_PERSON_SECRET")
    inside = town.store / "secret.txt"
    monkeypatch.setenv("OUTCOMES_PERSON_SECRET_FILE", str(inside))
    with pytest.raises(LoadProblem, match="outside the store"):
        town.load(log)
    monkeypatch.setenv("OUTCOMES_PERSON_SECRET_FILE", str(tmp_path / "none.txt"))
    with pytest.raises(LoadProblem, match="no readable file"):
        town.load(log)
    assert not town.store.exists()
    (tmp_path / "secret.txt").write_text(SECRET + "\n", encoding="utf-8")
    monkeypatch.setenv("OUTCOMES_PERSON_SECRET_FILE", str(tmp_path / "secret.txt"))
    assert town.load(log).loaded == 1


@pytest.mark.parametrize(
    ("header", "content"),
    [
        ("Caller Name", "names"), ("CallerName", "names"), ("client_last_name", "names"), ("NAME", "names"),
        ("Address", "addresses"), ("address_road_primary", "addresses"), ("Location", "addresses"),
        ("DOB", "birth dates"), ("Date of Birth", "birth dates"), ("Phone", "phone numbers"),
        ("call back #", "phone numbers"), ("E-Mail", "e-mail addresses"), ("Narrative", "free text"),
        ("dispatcher_comments", "free text"), ("Notes", "free text"), ("SSN", "official numbers"),
        ("Latitude", "coordinates"),
        ("Unit Name", None), ("Beat", None), ("Nature", None), ("Neighborhood", None), ("City", None),
        ("Address District", None), ("Zipcode of Incident", None), ("Client ID", None), ("Phone Type", None),
        ("Reason for Dispatch #1", None), ("Mobile Unit", None), ("Final Priority", None),
    ],
)  # fmt: skip
def test_what_a_columns_name_says(header: str, content: str | None):
    assert private_content(header) == content


@pytest.mark.parametrize(
    ("key", "part"),
    [
        ("text.area_id", '[text]\nincident_id = "id"\narea_id = "Caller Name"\n'),
        ("text.gender", '[text]\nincident_id = "id"\ngender = "Narrative"\n'),
        ("call_type.column", TEXT + '[call_type]\ncolumn = "Comments"\n'),
        ("call_type.more_columns", TEXT + '[call_type]\ncolumn = "t"\nmore_columns = ["Notes"]\n'),
        ("units.column", TEXT + '[units]\ncolumn = "Phone"\nseparator = ";"\n'),
        ("times.queued_at", TEXT + '[times.queued_at]\ncolumn = "DOB"\nformats = ["%Y-%m-%d %H:%M"]\n'),
        ("text.area_id", TEXT + 'area_id = "a"\n[columns.a]\nnames = ["Street Address"]\n'),
    ],
)  # fmt: skip
def test_a_profile_that_maps_a_private_column_is_refused(tmp_path: Path, key: str, part: str):
    town = Town(tmp_path, profile_with(text=part))
    with pytest.raises(LoadProblem, match=r"never stored") as problem:
        town.load(town.write("id,received\n1,2026-01-02 10:00\n"))
    assert key in str(problem.value)
    assert "profile.toml" in str(problem.value)


@pytest.mark.parametrize("column", ['pattern = "add.*"', "position = 3"])
def test_a_private_column_found_by_pattern_or_place_is_refused(tmp_path: Path, column: str):
    text = TEXT + f'area_id = "place"\n[columns.place]\n{column}\n'
    town = Town(tmp_path, profile_with(text=text))
    with pytest.raises(LoadProblem, match=r"text.area_id, found \[Address\].*holds addresses"):
        town.load(town.write("id,received,Address\n1,2026-01-02 10:00,somewhere\n"))
    assert not town.store.exists()


@pytest.mark.parametrize("field", ["area_id", "gender", "priority_code", "type"])
def test_a_column_with_another_value_on_every_row_is_refused(tmp_path: Path, field: str):
    text = TEXT + (f'{field} = "x"\n' if field != "type" else '[call_type]\ncolumn = "x"\n')
    town = Town(tmp_path, profile_with(text=text), "code,call_type,eligible\nCW,other,\n")
    rows = "".join(f"{n},2026-01-02 10:00,Given{n} Family{n * 7}\n" for n in range(1000))
    with pytest.raises(LoadProblem, match=r"different values on 1,000 rows\], as names, addresses"):
        town.load(town.write(f"id,received,x\n{rows}"))
    assert not town.store.exists()


def test_free_text_in_a_column_of_words_leaves_no_sample(tmp_path: Path):
    words = '[words.contact_result]\ncolumn = "Outcome"\nvalues = { "Met" = "contacted" }\n'
    town = Town(tmp_path, profile_with(words))
    rows = "".join(f"{n},2026-01-02 10:00,Given{n} Family{n * 7}\n" for n in range(200))
    town.load(town.write(f"id,received,Outcome\n{rows}"))
    assert town.findings() == {("unknown value", "contact_result", None): 200}
    town = Town(tmp_path, profile_with(words.replace("Outcome", "Comments")))
    town.load(town.write("id,received,Comments\n1,2026-01-02 10:00,Jane\n"))
    assert town.findings() == {("unknown value", "contact_result", None): 1}


def test_areas_and_codes_that_are_none_of_these_stay(tmp_path: Path):
    kept = [
        "Financial District/South Beach", "Yonge-St.Clair (97)", "Oceanview/Merced/Ingleside", "St. Johns",
        "Salem, Oregon", "12086004901", "Check Welfare", "Citizen Assist / Service Call", "D51", "EP05",
        "Harm/risk of harm to self/others/property", "Bayview Hunters Point", "007", "41.0", "1016QC",
        "Needing social/mental health services", "Sector 4-2", "Ward 3", "Castro/Upper Market",
    ]  # fmt: skip
    town = Town(tmp_path, profile_with(text=TEXT + 'area_id = "area"\n'))
    rows = "".join(f'{n},2026-01-02 10:00,"{value}"\n' for n, value in enumerate(kept))
    town.load(town.write(f"id,received,area\n{rows}"))
    assert sorted(row["area_id"] for row in town.table("incident")) == sorted(kept)
    assert town.findings() == {}


def test_a_killed_load_leaves_nothing_of_the_log_in_the_store(tmp_path: Path):
    town = Town(tmp_path, profile_with(text=TEXT + 'area_id = "area"\n'))
    path = town.write("id,received,area\n1,2026-01-02 10:00,4471 Thistlewood Ave\n")
    code = (
        "import os, sys; from pathlib import Path; from outcomes.ingest import run as log; "
        "log.write_batch = lambda *a: os._exit(9); "
        f"log.load_log([Path({str(path)!r})], {AGENCY!r}, Path({str(town.agency.parent)!r}), Path({str(town.store)!r}))"
    )
    run = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, timeout=120)
    assert run.returncode == 9
    assert found_in_bytes(town.store) == {}


@pytest.mark.parametrize("mark", ["", "\x01"])
def test_no_column_of_a_log_passes_for_one_of_the_loaders_own(tmp_path: Path, mark: str):
    town = Town(tmp_path, profile_with(text=TEXT + 'area_id = "One_Unit"\n'))
    names = [
        "why area_id",
        "kept area_id",
        "time received_at",
        "day received_at",
        "read received_at",
        "entry",
        "area_id",
    ]
    header = ",".join(["id", "received", "One_Unit", *[mark + name for name in names]])
    values = ",".join(["1", "2026-01-02 10:00", "12 Elm St", *["Zebulon Quackenbush"] * len(names)])
    town.load(town.write(f"{header}\n{values}\n"))
    assert found_in_rows(town.store) == {}
    assert town.findings() == {("dropped, looked like an address", "area_id", None): 1}


# What the kinds are made of, so that many of the texts drawn are of one, or nearly.
PIECES = "123-45-6789|44.12345 -122.45678|503-555-0173|(503)|555-0173|j@x.org|5035551234|J. Doe|503|555|0173|123|45"
PIECES += "|-|--|.| |/|&|@|a|AC|st|Ave|road|and|at|block|of|mr|Dr|2024|é"


def test_the_cheap_looks_let_no_kind_and_no_damage_pass():
    drawn = random.Random(5)
    texts = [
        "".join(drawn.choices(PIECES.split("|"), k=drawn.randint(1, 7))) for _ in range(60_000)
    ]
    texts += ["#REF!", "#N/A", "##", "1E+05", "-4.5E+123"]
    kinds = [*(KINDS[kind] for kind in KINDS_IN_IDS), PHONE_AS_ID]
    drawn_texts = pyarrow.table({"text": texts})

    def fitting(*patterns: str) -> set[str]:
        tests = " or ".join(["regexp_matches(text, ?)"] * len(patterns))
        query = f"select distinct text from drawn where {tests}"
        with duckdb.connect() as connection:
            connection.register("drawn", drawn_texts)
            return {row[0] for row in connection.execute(query, list(patterns)).fetchall()}

    assert min(len(fitting(kind)) for kind in kinds) > 2
    assert fitting(*kinds) <= fitting(ANY_KIND_IN_ID)
    assert len(fitting(DAMAGE)) >= 5
    assert all(any(sign in text for sign in DAMAGE_SIGNS) for text in fitting(DAMAGE))
