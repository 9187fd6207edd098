"""The page that brings a log in: every step says what the core says, and nothing is stored before the load."""

import shutil
import time
from pathlib import Path

import pytest
from made_city import write_agency, write_csv
from page_content import read, told
from streamlit.testing.v1 import AppTest

from outcomes.answers.answer import answer
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot
from pages.shell.navigation import ROUTED_MARK

pytestmark = pytest.mark.slow

LONGEST_STEP = 90
ROWS = [
    {
        "id": f"F{number}",
        "received": f"2025-{1 + number % 3:02d}-{1 + number % 27:02d} 10:{number % 60:02d}:00",
        "arrived": f"2025-{1 + number % 3:02d}-{1 + number % 27:02d} 11:{number % 60:02d}:00",
        "type": ("WELFARE CHECK", "SUICIDAL SUBJECT", "THEFT")[number % 3],
        "result": ("contacted", "unable to locate", "smiled")[number % 3],
        "arrest": ("Y", "N", "N", "N")[number % 4],
        "area": "north",
    }
    for number in range(90)
]
HEADERS = {
    "id": "Incident Number",
    "received": "Call Received",
    "arrived": "Arrived",
    "type": "Call Type",
    "result": "Outcome",
    "arrest": "Arrest",
    "area": "Beat",
}


@pytest.fixture
def place(tmp_path: Path, small_store: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a store, an agencies folder and an inbox in which an export waits."""
    shutil.copytree(small_store, tmp_path / "store")
    write_agency(tmp_path / "agencies")
    (tmp_path / "inbox").mkdir()
    lines = [",".join(HEADERS.values())]
    lines += [",".join(row[name] for name in HEADERS) for row in ROWS]
    (tmp_path / "inbox" / "fernhollow.csv").write_text("\n".join(lines), encoding="utf-8")
    monkeypatch.setenv("OUTCOMES_AGENCIES", str(tmp_path / "agencies"))
    monkeypatch.setenv("OUTCOMES_INBOX", str(tmp_path / "inbox"))
    return tmp_path


def press(run: AppTest, label: str) -> AppTest:
    (button,) = [one for one in run.button if one.label == label]
    # AppTest runs the page without app.py from its second run on; going through app.py would lose the press.
    run.session_state[ROUTED_MARK] = True
    return button.click().run(timeout=LONGEST_STEP)


def looked_at(visit, place: Path, name: str = "fernhollow.csv") -> AppTest:
    run = visit(place / "store", "load_a_log", timeout=LONGEST_STEP)
    assert not run.exception
    (waiting,) = [one for one in run.multiselect if one.label.startswith("Or files that wait")]
    waiting.select(name).run(timeout=LONGEST_STEP)
    return press(run, "Look at it")


def filled_in(run: AppTest) -> AppTest:
    for label, text in (
        ("Name of the program", "Fernhollow Responders"),
        ("City", "Fernhollow"),
        ("State, two capital letters", "OH"),
        ("Who owns the log", "City of Fernhollow"),
    ):
        next(one for one in run.text_input if one.label == label).set_value(text)
    next(one for one in run.selectbox if one.label.startswith("Time zone")).set_value(
        "America/New_York"
    )
    next(one for one in run.selectbox if one.label == "One row is").set_value("call")
    next(one for one in run.selectbox if one.label == "The log holds").set_value("program_work")
    return run.run(timeout=LONGEST_STEP)


def headers(run: AppTest) -> list[str]:
    return [header.value for header in run.header]


def test_the_short_id_is_made_from_the_name(visit, place: Path):
    run = visit(place / "store", "load_a_log", timeout=LONGEST_STEP)
    (waiting,) = [one for one in run.multiselect if one.label.startswith("Or files that wait")]
    waiting.select("fernhollow.csv").run(timeout=LONGEST_STEP)
    (name,) = [one for one in run.text_input if one.label == "Name of the program"]
    name.set_value("Juniper Flats Care Team").run(timeout=LONGEST_STEP)
    (short,) = [one for one in run.text_input if one.label.startswith("A short id")]
    assert short.value == "juniper-flats-care-team"
    press(run, "Look at it")
    given = {one.label: one.value for one in run.text_input}
    assert given["Name of the program"] == "Juniper Flats Care Team"


def test_at_first_there_is_one_step(visit, place: Path):
    run = visit(place / "store", "load_a_log")
    assert headers(run) == ["1. Bring the export"]
    assert [button.disabled for button in run.button if button.label == "Look at it"] == [True]
    assert any("Names, addresses, phone numbers" in text for text in read(run))


def test_the_page_can_be_turned_off(visit, place: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("OUTCOMES_LOAD_PAGE", "0")
    run = visit(place / "store", "load_a_log")
    assert any("turned off on this server (OUTCOMES_LOAD_PAGE)" in text for text in told(run))
    assert not run.button
    assert not [one for one in run.multiselect if one.label.startswith("Or files")]


def test_from_an_export_to_the_pages(visit, place: Path):
    run = looked_at(visit, place)
    assert not run.exception
    assert headers(run) == [
        "1. Bring the export",
        "2. Whose log is it?",
        "3. What does each column hold?",
        "4. What do its words mean?",
        "5. Which calls are these?",
        "6. The first hundred rows",
        "7. A dry run over all rows",
        "8. Load it",
        "Keep the profile",
    ]
    columns = run.dataframe[0].value
    uses = dict(zip(columns["Column"], columns["Used for"], strict=True))
    assert uses == {
        "Incident Number": "Id of the call",
        "Call Received": "Time of call",
        "Arrived": "Time of arrival",
        "Call Type": "Call type",
        "Outcome": "Contact result",
        "Arrest": "Arrest or not",
        "Beat": "Area",
    }
    # Before the facts are filled in, the profile says which is missing.
    run = press(run, "Read them")
    (missing,) = [error.value.replace("\\", "") for error in run.error]
    assert missing.startswith("The profile: key program.name: expected: the program's name")
    run = press(filled_in(run), "Read them")
    assert not told(run)
    sentences = " ".join(read(run))
    assert "**Time of call**: understood on all 90 rows that have one." in sentences
    assert "**Contact result**: understood on 60 of 90 rows that have one; **not understood on 30**, such as “smiled”." in sentences  # fmt: skip

    before = (place / "store" / "CURRENT").read_text()
    run = press(run, "Count them")
    assert any(text.startswith("**90** rows read: **90** would be loaded") for text in read(run))
    assert any("figures** will have an answer" in text for text in read(run))
    assert (place / "store" / "CURRENT").read_text() == before

    run = press(run, "Load")
    assert not run.exception
    assert any(text.startswith("**90** rows read: **90** are loaded") for text in read(run))
    snapshot = live_snapshot(place / "store")
    asked = Selection(("fernhollow",))
    assert answer("responses", asked, snapshot).total.numerator == 90
    arrests = answer("arrest_rate", asked, snapshot).total
    assert (arrests.numerator, arrests.denominator) == (sum(r["arrest"] == "Y" for r in ROWS), 90)

    run = press(run, "Save it")
    assert (place / "agencies" / "fernhollow" / "profile.toml").is_file()
    assert [text.value for text in run.success] == ["Saved as fernhollow."]
    # A saved profile is not written over without a word.
    run = press(run, "Save it")
    assert any("Expected no saved profile yet" in text for text in told(run))


def test_a_change_takes_back_what_a_step_found(visit, place: Path):
    run = press(filled_in(looked_at(visit, place)), "Count them")
    load = next(one for one in run.button if one.label == "Load")
    assert not load.disabled
    next(one for one in run.text_input if one.label == "City").set_value("Elsewhere")
    run = run.run(timeout=LONGEST_STEP)
    assert next(one for one in run.button if one.label == "Load").disabled
    assert not any(" would be loaded" in text for text in read(run))


def test_a_known_profile_is_taken_as_it_is(visit, place: Path):
    write_csv(place / "inbox" / "calls.csv", [{"id": "A1", "received": "2025-01-01 10:00:00"}])
    run = visit(place / "store", "load_a_log", timeout=LONGEST_STEP)
    next(one for one in run.selectbox if one.label == "How to read it").set_value("test-city")
    next(one for one in run.multiselect if one.label.startswith("Or files")).select("calls.csv")
    run = press(run.run(timeout=LONGEST_STEP), "Look at it")
    text = next(one for one in run.text_area if one.label == "Profile in TOML").value
    assert text == (place / "agencies" / "test-city" / "profile.toml").read_text()
    run = press(run, "Count them")
    assert any(text.startswith("**1** rows read: **1** would be loaded") for text in read(run))


def test_the_profiles_own_text_can_be_edited(visit, place: Path):
    run = filled_in(looked_at(visit, place))
    area = next(one for one in run.text_area if one.label == "Profile in TOML")
    area.set_value(area.value.replace('area_id = "Beat"', 'priority_code = "Beat"'))
    run = press(run, "Take this text")
    columns = run.dataframe[0].value
    assert dict(zip(columns["Column"], columns["Used for"], strict=True))["Beat"] == "Priority"
    area = next(one for one in run.text_area if one.label == "Profile in TOML")
    area.set_value("[program")
    run = press(run, "Take this text")
    assert any(text.startswith("Expected a profile in TOML") for text in told(run))


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("empty.csv", b"", "found \\[an empty file\\]"),
        ("picture.csv", b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 9, "a file that holds no text"),
        ("header.csv", b"id,received,type\n", "Expected rows under the column names"),
        ("wide.csv", ",".join(f"c{n}" for n in range(100_000)).encode() + b"\n1\n", "found \\[100,000\\]"),
        ("line.csv", b"x" * 30_000_000 + b",received\n1,2\n", "found \\[a longer one\\]"),
    ],
)  # fmt: skip
def test_what_is_no_log_is_refused_in_a_sentence(
    visit, place: Path, name: str, content: bytes, said: str
):
    (place / "inbox" / name).write_bytes(content)
    begun = time.monotonic()
    run = looked_at(visit, place, name)
    assert not run.exception
    (problem,) = [error.value for error in run.error]
    assert problem.startswith("Expected ")
    assert said in problem
    assert headers(run) == ["1. Bring the export"]
    assert time.monotonic() - begun < 30


def test_starting_over_deletes_the_files(visit, place: Path):
    run = looked_at(visit, place)
    run = press(run, "Start over with another export")
    assert headers(run) == ["1. Bring the export"]
    # What waits in the server's folder is its owner's, and stays.
    assert (place / "inbox" / "fernhollow.csv").is_file()
