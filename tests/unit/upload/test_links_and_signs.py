"""What a page that loads a log never follows or hands on: links, other folders, formulas in a list of call types."""

import csv
import io
from pathlib import Path

import pytest
from small_agency import AGENCY, Town, profile_with

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.mapping.call_types import type_list, type_rows
from outcomes.upload.session import UploadSession, waiting_files

TYPES = '[call_type]\ncolumn = "type"\nlist = "{list}"\n'
LOG = "id,received,type\n1,2024-01-01 10:00,=HYPERLINK(1)\n2,2024-01-02 10:00,\uff1dB\n"
LIST = "code,call_type,eligible\n'=HYPERLINK(1),mental_health,yes\n'\uff1dB,welfare_check,yes\n"


def test_the_inbox_offers_no_link(tmp_path: Path):
    inbox, secret = tmp_path / "inbox", tmp_path / "secret.csv"
    inbox.mkdir()
    secret.write_text("id\n1\n")
    (inbox / "log.csv").write_text("id\n1\n")
    (inbox / "link.csv").symlink_to(secret)
    assert [path.name for path in waiting_files(inbox)] == ["log.csv"]


@pytest.mark.parametrize(
    "name",
    ["../secret.csv", "/etc/passwd", "a/b.csv", "..\\\\secret.csv", ".hidden", "C:x.csv", ""],
)
def test_a_list_is_a_file_of_the_agencys_folder(tmp_path: Path, name: str):
    (tmp_path / "secret.csv").write_text(LIST)
    town = Town(tmp_path, profile_with(TYPES.format(list=name)))
    with pytest.raises(LoadProblem, match=r"call_type\.list: expected: .*no folder"):
        town.load(town.write(LOG))


def test_a_list_is_no_link(tmp_path: Path):
    secret = tmp_path / "secret.csv"
    secret.write_text(LIST)
    town = Town(tmp_path, profile_with(TYPES.format(list="call_types.csv")))
    (town.agency / "call_types.csv").symlink_to(secret)
    with pytest.raises(LoadProblem, match=r"found \[nothing\]"):
        town.load(town.write(LOG))
    place = UploadSession()
    _, types = place.take_agency(town.agency.parent, AGENCY)
    assert types is None
    assert not (place.agencies / AGENCY / "call_types.csv").exists()
    place.close()


def test_a_code_that_is_a_formula_is_text_in_the_list_and_a_code_in_the_log(tmp_path: Path):
    rows = [{"code": "=HYPERLINK(1)", "call_type": "mental_health"}]
    text = type_list(rows)
    assert [row["code"] for row in csv.DictReader(io.StringIO(text))] == ["'=HYPERLINK(1)"]
    assert type_rows(text, None)[0]["code"] == "=HYPERLINK(1)"
    assert type_list(type_rows(text, None)) == text
    town = Town(tmp_path, profile_with(TYPES.format(list="call_types.csv")), LIST)
    town.load(town.write(LOG))
    types = {key: row["call_type"] for key, row in town.incidents().items()}
    assert types == {"1": "mental_health", "2": "welfare_check"}
