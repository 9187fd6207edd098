"""Mapping in place: what a person changes in the tables stands in the profile, and nothing else changes."""

import csv
import io
import tomllib

import pytest

from outcomes.ingest.draft.visible_columns import SeenColumn
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.mapping.call_types import type_list, type_rows
from outcomes.ingest.mapping.columns import (
    BY_RULES,
    USES,
    column_uses,
    map_columns,
    parsed,
    time_formats,
    written,
)
from outcomes.ingest.mapping.words import set_meanings, word_tables
from outcomes.ingest.profile.schema import Profile
from outcomes.upload.text import use_of, use_words

TEXT = """# A first profile; this comment stays.
ignored_columns = ["Caller"]  # looks private

[program]
id = "fernhollow"
name = "Fernhollow"
city = "Fernhollow"
state = "OH"
time_zone = "America/New_York"
data_owner = "City of Fernhollow"

[log]
rows_are = "call"
holds = "program_work"

[file]
format = "csv"

[text]
incident_id = "Number"  # different on all rows

[times.received_at]  # by its name
column = "Received"
formats = ["%Y-%m-%d %H:%M"]

[call_type]
column = "Nature"
list = "call_types.csv"

[words.contact_result]
column = "Result"
[words.contact_result.values]
"met" = "contacted"

[flags.has_arrest]
yes = { column = "Arrest", is = ["Y"] }
no = { column = "Arrest", is = ["N"] }

[flags.has_transport]
yes = { column = "Ride", is = ["Y"] }
no = { all = [{ column = "Ride", recorded = false }, { column = "Result", is = ["met"] }] }
"""


def column(name: str, values: dict[str, int] | None = None, **more: object) -> SeenColumn:
    shown = {"a": 60, "b": 40} if values is None else values
    facts = {"rows": 100, "filled": sum(shown.values()), "distinct": len(shown), "private": ""}
    return SeenColumn(name=name, values=shown, **{"formats": (), **facts, **more})


COLUMNS = (
    column("Number"),
    column("Received", {"2025-01-05 10:00": 100}, formats=("%Y-%m-%d %H:%M",)),
    column("Arrived", {"01/05/2025 10:20": 90}, formats=("%m/%d/%Y %H:%M",)),
    column("Nature", {"WELF CHK": 70, "SUICIDAL": 30}),
    column("Result", {"met": 50, "MET ": 10, "gone": 20, "refused": 10}),
    column("Arrest", {"Y": 3, "N": 97}),
    column("Hold", {"yes": 2, "no": 98}),
    column("Ride", {"Y": 20}),
    column("Beat", {"12": 50, "14": 50}),
    column("Caller", {}, private="named like a person's name"),
)
NAMES = [one.name for one in COLUMNS]


def mapped(changes: dict[str, str], formats: dict[str, tuple[str, ...]] | None = None) -> str:
    document = parsed(TEXT)
    now = column_uses(document, NAMES)
    map_columns(document, COLUMNS, {**now, **changes}, formats or {})
    return written(document)


def test_uses_are_read_from_the_profile():
    assert column_uses(parsed(TEXT), NAMES) == {
        "Number": "text.incident_id",
        "Received": "times.received_at",
        "Arrived": "",
        "Nature": "call_type.column",
        # The ride's rule asks for the result too.
        "Result": BY_RULES,
        "Arrest": "flags.has_arrest",
        "Hold": "",
        "Ride": BY_RULES,
        "Beat": "",
        "Caller": "ignored_columns",
    }


def test_nothing_changed_is_the_same_to_the_byte():
    assert mapped({}) == TEXT


def test_a_change_leaves_comments_and_everything_else():
    text = mapped(
        {
            "Beat": "text.area_id",
            "Arrived": "times.arrived_at",
            "Hold": "flags.has_involuntary_hold",
        }
    )
    for line in TEXT.splitlines():
        assert line in text
    content = tomllib.loads(text)
    assert content["text"] == {"incident_id": "Number", "area_id": "Beat"}
    assert content["times"]["arrived_at"] == {"column": "Arrived", "formats": ["%m/%d/%Y %H:%M"]}
    assert content["flags"]["has_involuntary_hold"] == {
        "yes": {"column": "Hold", "is": ["yes"]},
        "no": {"column": "Hold", "is": ["no"]},
    }
    Profile.model_validate(content)


def test_a_use_moves_from_one_column_to_another():
    content = tomllib.loads(mapped({"Received": "", "Arrived": "times.received_at"}))
    assert content["times"] == {
        "received_at": {"column": "Arrived", "formats": ["%m/%d/%Y %H:%M"]},
    }


def test_formats_of_a_person_are_taken():
    content = tomllib.loads(mapped({}, {"Received": ("%d.%m.%Y %H:%M", "%Y-%m-%d")}))
    assert content["times"]["received_at"]["formats"] == ["%d.%m.%Y %H:%M", "%Y-%m-%d"]
    assert time_formats(parsed(TEXT), "times.received_at") == ("%Y-%m-%d %H:%M",)


@pytest.mark.parametrize("use", [use for use in USES if use])
def test_every_use_can_be_given_and_taken_away(use: str):
    document = parsed(TEXT)
    without = {name: "" for name, now in column_uses(document, NAMES).items() if now == use}
    given = (
        mapped({**without, "Beat": use})
        if use != "call_type.final_column"
        else mapped({"Beat": use})
    )
    document = parsed(given)
    assert column_uses(document, NAMES)["Beat"] == use
    map_columns(document, COLUMNS, {**column_uses(document, NAMES), "Beat": ""}, {})
    assert column_uses(document, NAMES)["Beat"] == ""


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"Beat": "times.received_at"}, "[Received] and [Beat] for the same"),
        ({"Caller": "text.area_id"}, "[Caller], which looks private (named like a person's name)"),
        ({"Ride": "text.area_id"}, "[Ride], which rules of the profile read"),
        ({"Nature": "call_type.final_column"}, "[Nature] for the final one alone"),
    ],
)
def test_what_cannot_be_is_refused_in_a_sentence(changes: dict[str, str], said: str):
    with pytest.raises(LoadProblem) as refused:
        mapped(changes)
    assert str(refused.value).startswith("Expected ")
    assert said in str(refused.value)


def test_a_flag_whose_words_nobody_has_named_is_not_guessed():
    text = mapped({"Beat": "flags.has_force"})
    assert tomllib.loads(text)["flags"]["has_force"]["yes"]["is"] == [
        "REPLACE: the words that mean yes"
    ]
    table = next(t for t in word_tables(parsed(text), COLUMNS) if t.use == "flags.has_force")
    assert table.meanings == {"12": "", "14": ""}


def test_words_of_one_value_stand_in_one_row():
    tables = word_tables(parsed(TEXT), COLUMNS)
    # The loader compares values without regard to case and blanks.
    assert [(table.use, table.rows, table.meanings) for table in tables] == [
        (
            "words.contact_result",
            {"met": 60, "gone": 20, "refused": 10},
            {"met": "contacted", "gone": "", "refused": ""},
        ),
        ("flags.has_arrest", {"Y": 3, "N": 97}, {"Y": "yes", "N": "no"}),
    ]


def test_meanings_go_into_the_profile():
    document = parsed(TEXT)
    words, arrest = word_tables(document, COLUMNS)
    set_meanings(document, words, {"met": "contacted", "gone": "unable_to_locate", "refused": ""})
    set_meanings(document, arrest, {"Y": "yes", "N": ""})
    content = tomllib.loads(written(document))
    assert content["words"]["contact_result"]["values"] == {
        "met": "contacted",
        "gone": "unable_to_locate",
    }
    assert content["flags"]["has_arrest"] == {"yes": {"column": "Arrest", "is": ["Y"]}}
    assert content["flags"]["has_transport"] == tomllib.loads(TEXT)["flags"]["has_transport"]


def test_call_types_keep_their_list_and_gain_new_codes():
    text = "code,description,call_type,eligible,note\nwelf  chk,check,welfare_check,yes,reviewed\n"
    rows = type_rows(text, COLUMNS[3])
    assert [(row["code"], row["call_type"], row["eligible"]) for row in rows] == [
        ("welf  chk", "welfare_check", "yes"),
        ("SUICIDAL", "suicide_risk", ""),
    ]
    kept = list(csv.DictReader(io.StringIO(type_list(rows))))
    assert kept[0]["note"] == "reviewed"
    assert kept[1]["rows"] == "30"
    assert type_rows(None, None) == []


def test_a_profile_that_is_no_toml_is_refused():
    with pytest.raises(LoadProblem, match="Expected a profile in TOML, found "):
        parsed("[program\nid = 1")


def test_every_use_has_words_of_its_own():
    words = [use_words(use) for use in (*USES, BY_RULES)]
    assert len(set(words)) == len(words)
    assert [use_of(one) for one in words] == [*USES, BY_RULES]
