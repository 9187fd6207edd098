"""Files of an attacker or an unlucky day: each is read, or refused with one sentence, and no row goes unseen."""

import gzip
import json
import os
import random
import re
import zipfile
from pathlib import Path

import pyarrow
import pyarrow.parquet
import pytest
from small_agency import FILE, Town, profile_with

from outcomes.ingest.agency import read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.mapping.columns import parsed
from outcomes.ingest.read.lines import LONGEST_LINE_BYTES
from outcomes.upload.session import UploadSession

JSON_FILE = '[file]\nformat = "json_lines"\n'
WITHOUT_IDS = {"text": ""}
HEADER = "id,received,area"


def row(name: str) -> str:
    return f"{name},2026-01-02 10:00,North"


ROWS = [row(f"A{number}") for number in range(40)]


def text_of(*rows: str, end: str = "\n") -> str:
    return "".join(line + end for line in (HEADER, *rows))


def refused(town: Town, *paths: Path) -> str:
    """The one sentence with which the files are refused; nothing is stored."""
    with pytest.raises(LoadProblem) as problem:
        town.load(*paths)
    said = str(problem.value)
    assert "\n" not in said
    assert said.startswith(("Expected ", str(town.folder)))
    assert not town.store.exists()
    return said


# A path is never a pattern


@pytest.mark.slow
@pytest.mark.parametrize(
    ("wanted", "other"),
    [
        ("export[1].csv", "export1.csv"),
        ("export*.csv", "export2.csv"),
        ("export?.csv", "export3.csv"),
        ("{a,b}.csv", "a.csv"),
        ("months[1]/log.csv", "months1/log.csv"),
        ("**/log.csv", "x/log.csv"),
        ("area=Asked for/log.csv", "area/log.csv"),
        ("file:log.csv", "log.csv"),
    ],
)
@pytest.mark.parametrize("kind", ["csv", "csv.gz", "parquet", "json_lines"])
def test_a_path_is_never_a_pattern(tmp_path: Path, wanted: str, other: str, kind: str):
    file = FILE.replace("csv", kind.removesuffix(".gz"))
    text = '[text]\nincident_id = "id"\narea_id = "area"\n'
    town = Town(tmp_path, profile_with(text=text, file=file))
    for name, incident in ((other, "other"), (wanted, "wanted")):
        path = town.folder / "logs" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        values = {"id": incident, "received": "2026-01-02 10:00", "area": "North"}
        if kind == "parquet":
            pyarrow.parquet.write_table(pyarrow.Table.from_pylist([values]), path)
        elif kind == "json_lines":
            path.write_text(json.dumps(values))
        elif kind == "csv.gz":
            path.write_bytes(gzip.compress(text_of(row(incident)).encode()))
        else:
            path.write_text(text_of(row(incident)))
    report = town.load(town.folder / "logs" / wanted)
    assert report.rows_read == 1
    assert {name: told["area_id"] for name, told in town.incidents().items()} == {"wanted": "North"}


def test_a_temporary_folder_is_never_a_pattern(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    for name in ("kept[1]", "kept1"):
        (tmp_path / name).mkdir()
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "kept[1]"))
    town = Town(tmp_path / "town", profile_with())
    assert town.load(town.write(text_of(*ROWS))).loaded == len(ROWS)


def test_a_name_of_strange_bytes_is_a_name(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    path = Path(os.fsdecode(os.fsencode(tmp_path) + b"/caf\xe9 \x01.csv"))
    path.write_text(text_of(*ROWS))
    assert town.load(path).loaded == len(ROWS)


# One file once


def test_two_uploads_of_one_name_are_two_files():
    place = UploadSession()
    for name in ("log.csv", "log.csv", "../log.csv", "a/b.csv", "a_b.csv", "b.csv"):
        place.add_file(name, name.encode())
    assert len(set(place.files)) == 6
    assert [path.name for path in place.files] == [*["log.csv"] * 3, "b.csv", "a_b.csv", "b.csv"]
    assert place.files[0].read_bytes() == b"log.csv"


@pytest.mark.slow
def test_one_file_twice_is_refused(tmp_path: Path):
    town = Town(tmp_path, profile_with(**WITHOUT_IDS))
    path = town.write(text_of(*ROWS))
    (tmp_path / "again.csv").symlink_to(path)
    copied = town.write(text_of(*ROWS), "copied.csv")
    packed = tmp_path / "packed.csv.gz"
    packed.write_bytes(gzip.compress(path.read_bytes()))
    for other in (path, tmp_path / "agencies" / ".." / "log.csv", tmp_path / "again.csv"):
        assert "is [" in refused(town, path, other)
    for other in (copied, packed):
        assert f"[{other.name}] with the same content as [log.csv]" in refused(town, path, other)
    assert town.load(path, town.write(text_of(row("B1")), "other.csv")).loaded == len(ROWS) + 1


@pytest.mark.slow
def test_files_without_rows_may_be_alike(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    empty = [town.write(text_of(), name) for name in ("may.csv", "june.csv")]
    assert town.load(town.write(text_of(*ROWS)), *empty).loaded == len(ROWS)


def test_files_may_be_alike_where_their_name_says_more(tmp_path: Path):
    file = FILE + 'name_pattern = "(?P<district>[a-z]+)"\n'
    town = Town(tmp_path, profile_with(file=file, **WITHOUT_IDS))
    paths = [town.write(text_of(row("")), name) for name in ("north.csv", "south.csv")]
    assert town.load(*paths).rows_read == 2


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_zip_with_one_name_twice_is_refused(tmp_path: Path):
    town = Town(tmp_path, profile_with(**WITHOUT_IDS))
    path = tmp_path / "log.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("log.csv", text_of(*ROWS))
        archive.writestr("log.csv", text_of(row("B1")))
    assert "[log.csv] more than once" in refused(town, path)


def test_a_zip_with_the_same_rows_twice_is_refused(tmp_path: Path):
    town = Town(tmp_path, profile_with(**WITHOUT_IDS))
    path = tmp_path / "log.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("log.csv", text_of(*ROWS))
        archive.writestr("log (1).csv", text_of(*ROWS))
    assert "with the same content as" in refused(town, path)


# Lines


# Each end before each other one; a wider encoding is read by the same code, and asked of all by make torture.
LINE_ENDS = ["\n", "\r\n", "\r", "\r\r\n"]


@pytest.mark.slow
@pytest.mark.parametrize("end", [*LINE_ENDS, "\n\r"])
@pytest.mark.parametrize("other", LINE_ENDS)
@pytest.mark.parametrize("encoding", ["utf-8", pytest.param("utf-16", marks=pytest.mark.long)])
def test_every_line_end_is_one(tmp_path: Path, end: str, other: str, encoding: str):
    town = Town(tmp_path, profile_with(file=FILE + f'encoding = "{encoding}"\n'))
    text = text_of(*ROWS[:20], end=end) + "".join(line + other for line in ROWS[20:])
    report = town.load(town.write(text, encoding=encoding))
    assert (report.rows_read, report.loaded) == (len(ROWS), len(ROWS))


@pytest.mark.slow
@pytest.mark.parametrize("place", [0, 20, len(ROWS)])
@pytest.mark.parametrize("size", [1, 20])
@pytest.mark.parametrize("is_ended", [True, False])
def test_a_line_that_is_too_long_is_counted(tmp_path: Path, place: int, size: int, is_ended: bool):
    town = Town(tmp_path, profile_with())
    endless = row("B1") + "x" * (size * LONGEST_LINE_BYTES)
    text = text_of(*ROWS[:place], endless, *ROWS[place:])
    report = town.load(town.write(text if is_ended else text.removesuffix("\n")))
    assert report.reasons == {"rejected: line too long": 1}
    assert (report.rows_read, report.loaded) == (len(ROWS) + 1, len(ROWS))
    assert [told["source_row"] for told in town.table("rejected_row")] == [place + 2]


@pytest.mark.slow
def test_lines_up_to_the_limit_are_read(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    longest = row("B1") + "é" * ((LONGEST_LINE_BYTES - len(row("B1")) - 1) // 2)
    assert town.load(town.write(text_of(longest, longest.replace("B1", "B2")))).loaded == 2
    over = town.load(town.write(text_of(longest + "éé", *ROWS)))
    assert over.reasons == {"rejected: line too long": 1}


def test_a_value_over_lines_is_held_to_the_same_limit(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    wide = '"' + "\n".join(["x" * (LONGEST_LINE_BYTES // 3)] * 4) + '"'
    report = town.load(town.write(text_of(row("B1").replace("North", wide), *ROWS)))
    assert (report.rows_read, report.loaded) == (len(ROWS) + 1, len(ROWS))


def test_a_header_that_is_too_long_is_refused(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    assert "too long" in refused(town, town.write("id,received," + "x" * 3_000_000 + "\n1,2,3\n"))


def test_other_breaks_are_no_line_ends(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    odd = "a\x0bb\x0cc\x1cd\x85e\u2028f"
    rows = [f"B1,2026-01-02 10:00,{odd}", f'B2,2026-01-02 10:00,"{odd}\n{odd}"']
    assert town.load(town.write(text_of(*rows, *ROWS))).loaded == len(ROWS) + 2


# What a record of a file looks like over how many lines, and whether it is rejected.
RECORDS = {
    "good": (1, False),
    "blank": (1, False),
    "over three lines": (3, False),
    "without an id": (1, True),
    "without an id over two lines": (2, True),
    "too short": (1, True),
    "a quote not closed": (1, True),
}


def record(kind: str, number: int) -> str:
    """The record as it stands in a file."""
    good = row(f"C{number}")
    return {
        "good": good,
        "blank": "",
        "over three lines": good.replace("North", '"North\n\nBank"'),
        "without an id": row(""),
        "without an id over two lines": row("").replace("North", '"North\nBank"'),
        "too short": f"C{number}",
        "a quote not closed": good.replace("North", '"North'),
    }[kind]


@pytest.mark.slow
@pytest.mark.parametrize("above", ["", "Calls\n\n"])
@pytest.mark.parametrize("kinds", [list(RECORDS), ["good", "blank", "without an id", "too short"]])
def test_a_rejected_row_is_told_with_the_line_on_which_it_stands(
    tmp_path: Path, above: str, kinds: list[str]
):
    town = Town(tmp_path, profile_with(file=FILE + f"header_row = {1 + above.count(chr(10))}\n"))
    drawn = random.Random(23)
    paths, expected = [], []
    for name in ("a.csv", "b.csv"):
        text, number = f"{above}{HEADER}\n", 1 + above.count("\n")
        for place in range(150):
            kind = drawn.choice(kinds)
            lines, is_rejected = RECORDS[kind]
            if is_rejected:
                expected.append((name, number + 1))
            text += record(kind, place) + "\n"
            number += lines
        assert text.count("\n") == number
        paths.append(town.write(text.replace("C", name[0]), name))
    town.load(*paths)
    told = [(told["source_file"], told["source_row"]) for told in town.table("rejected_row")]
    assert sorted(told) == expected


def test_joined_files_with_byte_order_marks(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    joined = text_of(*ROWS) + '\ufeff"B1",2026-01-02 10:00,North\n' + "\ufeff" + row("B2")
    report = town.load(town.write("\ufeff\ufeff" + joined + "\n\ufeff"))
    assert report.rows_read == report.loaded == len(ROWS) + 2
    assert {"B1", "B2", "A0"} <= set(town.incidents())


def test_a_column_that_is_called_by_a_star(tmp_path: Path):
    town = Town(tmp_path, profile_with())
    report = town.load(town.write(text_of(*ROWS).replace("area", "*", 1)))
    assert (report.loaded, report.unused_columns) == (len(ROWS), ("column 3",))


# JSON lines


def json_row(name: str, more: str = "") -> str:
    return f'{{"id": "{name}", "received": "2026-01-02 10:00"{more}}}'


@pytest.mark.slow
@pytest.mark.parametrize(
    ("line", "reason"),
    [
        ("no JSON", "no JSON object"),
        ("[1]", "no JSON object"),
        ('"text"', "no JSON object"),
        (json_row("B1") + json_row("B2"), "no JSON object"),
        (json_row("B1", ', "id": "B2"'), "a key twice"),
        (json_row("B1", ', "x": {"a": 1, "a": 2}'), "a key twice"),
        (json_row("B1", ', "a": 1, "a\\u0000": 2'), "a key twice"),
        (json_row("B1", ', "x": ' + "[" * 900 + "]" * 900), "nested too deep"),
        (json_row("B1", ', "x": ' + '{"a":' * 90_000 + "1" + "}" * 90_000), "nested too deep"),
        (json_row("B1", f', "x": "{"x" * LONGEST_LINE_BYTES}"'), "line too long"),
        ("{}", "no incident id"),
    ],
)
def test_a_broken_line_of_json_costs_itself(tmp_path: Path, line: str, reason: str):
    town = Town(tmp_path, profile_with(file=JSON_FILE))
    rows = [json_row(f"A{number}") for number in range(9)]
    report = town.load(town.write("\n".join([*rows[:5], line, *rows[5:]])))
    assert report.reasons == {f"rejected: {reason}": 1}
    assert (report.rows_read, report.loaded) == (10, 9)
    assert [told["source_row"] for told in town.table("rejected_row")] == [6]


def test_blank_lines_of_json_are_counted(tmp_path: Path):
    town = Town(tmp_path, profile_with(file=JSON_FILE))
    town.load(town.write("\n".join([json_row("A1"), "", " ", "{}", "", "[]", json_row("A2")])))
    assert sorted(told["source_row"] for told in town.table("rejected_row")) == [4, 6]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("more", "end"),
    [
        (', "x": "\\ud800"', "\n"),
        (', "\\udc00": 1', "\n"),
        (', "x": "\\u0000"', "\n"),
        (', "*": "x"', "\n"),
        (', "x": "a\\r\\nb\\rc\\nd"', "\n"),
        (', "x": NaN', "\r"),
        (', "x": "\\"\\"\\""', "\r\r\n"),
        ("", "\n\ufeff"),
    ],
)
def test_what_is_odd_in_json_costs_nothing(tmp_path: Path, more: str, end: str):
    town = Town(tmp_path, profile_with(file=JSON_FILE))
    rows = [json_row(f"A{number}", more) for number in range(9)]
    assert town.load(town.write(end.join(rows))).loaded == 9


def test_more_keys_than_columns_are_refused(tmp_path: Path):
    town = Town(tmp_path, profile_with(file=JSON_FILE))
    many = "".join(f', "k{number}": 1' for number in range(2_000))
    assert "2,000 columns" in refused(town, town.write(json_row("B1", many)))
    long = ["".join(f', "{n}{name * 1_000}": 1' for n in range(900)) for name in "klm"]
    text = "\n".join(json_row("B1", more) for more in long)
    assert "columns" in refused(town, town.write(text))


# Parquet


@pytest.mark.slow
@pytest.mark.parametrize(
    "said", ["junk", "[]", "{}", '{"version": "9"}', '{"columns": {"place": {"encoding": "WKB"}}}']
)
def test_what_a_file_says_of_maps_is_not_asked(tmp_path: Path, said: str):
    town = Town(tmp_path, profile_with(file=FILE.replace("csv", "parquet")))
    values = {"id": ["A1"], "received": ["2026-01-02 10:00"], "place": [b"no place"], "*": ["x"]}
    table = pyarrow.table(values).replace_schema_metadata({b"geo": said.encode()})
    path = tmp_path / "log.parquet"
    pyarrow.parquet.write_table(table, path)
    report = town.load(path)
    assert (report.loaded, report.unused_columns) == (1, ("place", "column 4"))


# Profiles


def test_a_profile_with_a_byte_order_mark_is_read(tmp_path: Path):
    town = Town(tmp_path, "\ufeff" + profile_with())
    assert town.load(town.write(text_of(*ROWS))).loaded == len(ROWS)


@pytest.mark.slow
@pytest.mark.parametrize(
    "more",
    [
        "x = " + "[" * 50_000 + "]" * 50_000,
        "x = " + "{a=" * 50_000 + "1" + "}" * 50_000,
        "[" + ".".join("a" * 50_000) + "]",
        ".".join("a" * 300) + " = 1",
        "# " + "x" * 2_000_000,
        "x = 2026-13-45",
        "x = " + "9" * 5_000,
        'x = "\ud800"',
    ],
)
def test_a_profile_that_is_none_is_refused_with_a_sentence(tmp_path: Path, more: str):
    town = Town(tmp_path, profile_with())
    text = more + "\n" + profile_with()
    (town.agency / "profile.toml").write_bytes(text.encode("utf-8", "surrogatepass"))
    with pytest.raises(LoadProblem) as problem:
        read_profile(town.agency)
    assert re.fullmatch(r"[^\n]{20,700}", str(problem.value))


# Patterns


# With these an engine that goes back would not end within a life.
HUNGRY, HUNGRY_TOO = "(a*)*(a*)*(a|aa)+b", "(?:a*)*(?:a|aa)+b"


def test_no_pattern_for_members_takes_time(tmp_path: Path):
    town = Town(tmp_path, profile_with(file=FILE + f'members = "{HUNGRY}"\n'))
    path = tmp_path / "log.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a" * 5_000 + ".csv", text_of(*ROWS))
    assert "correct members" in refused(town, path)


def test_no_pattern_for_a_name_takes_time(tmp_path: Path):
    pattern = f"(?P<x>{HUNGRY_TOO})"
    town = Town(tmp_path, profile_with(file=FILE + f'name_pattern = "{pattern}"\n'))
    assert "fits name_pattern" in refused(town, town.write(text_of(*ROWS), "a" * 200))


def test_no_pattern_for_a_column_takes_time(tmp_path: Path):
    town = Town(tmp_path, profile_with(f'[columns.x]\npattern = "{HUNGRY}"'))
    path = town.write(text_of(*ROWS).replace("area", "a" * 5_000))
    assert "the column [x]" in refused(town, path)


def test_no_pattern_for_a_part_takes_time(tmp_path: Path):
    town = Town(tmp_path, profile_with(f'[columns.x]\npart_of = "area"\npart = "{HUNGRY}"'))
    assert town.load(town.write(text_of(*ROWS).replace("North", "a" * 5_000))).loaded == len(ROWS)


@pytest.mark.parametrize(
    "pattern",
    ["(", "x{99999}", "(?=x)", "\\\\1", "(" * 2_000, "(?P<a>x)|(y)", "(?<a>x)", "x" * 2_000],
)
def test_a_pattern_that_is_none_is_refused_with_a_sentence(tmp_path: Path, pattern: str):
    file = FILE + f'name_pattern = "{pattern}"\n'
    town = Town(tmp_path, profile_with(file=file))
    assert "key file" in refused(town, town.write(text_of(*ROWS)))


@pytest.mark.parametrize("encoding", ["zip", "rot13", "idna", "undefined", "hex", "none"])
def test_an_encoding_of_no_text_is_refused_with_a_sentence(tmp_path: Path, encoding: str):
    town = Town(tmp_path, profile_with(file=FILE + f'encoding = "{encoding}"\n'))
    assert "an encoding such as" in refused(town, town.write(text_of(*ROWS)))


@pytest.mark.parametrize(
    "text",
    [
        'times = "x"',
        "text = 1",
        "call_type = []",
        "[times]\nreceived_at = 1",
        'ignored_columns = "x"',
        "x = " + "[" * 50_000 + "]" * 50_000,
        "x = 2026-13-45",
        "# " + "x" * 1_000_000,
    ],
)
def test_the_editors_start_from_no_broken_profile(text: str):
    with pytest.raises(LoadProblem, match=r"^Expected "):
        parsed(text)


def test_a_long_key_makes_no_long_sentence(tmp_path: Path):
    town = Town(tmp_path, profile_with(f"[flags.{'x' * 200_000}]\nyes = 1"))
    assert len(refused(town, town.write(text_of(*ROWS)))) < 2_000
