"""The record of a figure: the same bytes for the same figure, whole in itself, and without a hidden number."""

import json
import re
import tomllib
from dataclasses import replace
from pathlib import Path

import pytest
from cited import cited
from places import PROJECT

import outcomes
from outcomes.analyses.growth.analysis import growth
from outcomes.analyses.growth.choice import DEFAULTS, GrowthChoice
from outcomes.analyses.growth.exhibits import growth_exhibit
from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.figures.files import FILES, citation_text, file_of
from outcomes.figures.page import embedded_page, figure_page
from outcomes.figures.record import FigureProblem, Origin, read_record, record_of
from outcomes.figures.since import State, cannot, compared_on, since
from outcomes.packet.nation import about_registry
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Exhibit, rows_exhibit
from outcomes.registry.database import live_registry
from outcomes.selection import Selection
from outcomes.store.figure_files import address_of
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown, View

# A record as version 0.1.0 kept it, of the made-up demonstration; every later version must show it.
KEPT = Path(__file__).with_name("kept_by_0_1_0.json")
RULE = DisclosureRule()


def test_the_version_of_the_product_is_the_one_that_is_released():
    told = tomllib.loads((PROJECT / "pyproject.toml").read_text(encoding="utf-8"))
    assert outcomes.__version__ == told["project"]["version"]


def test_the_same_figure_is_the_same_bytes_and_another_one_is_not(small_snapshot: Snapshot):
    once, again = (cited(small_snapshot).as_bytes() for _ in range(2))
    assert once == again
    assert read_record(once).as_bytes() == once
    assert address_of(once) == address_of(again)
    others = [
        cited(small_snapshot, last_month=None, view=View.PUBLIC).as_bytes(),
        cited(small_snapshot, by=Breakdown.CALL_TYPE).as_bytes(),
        cited(small_snapshot, "contacts").as_bytes(),
    ]
    assert len({once, *others}) == 4


def test_a_record_says_all_that_a_reader_needs(small_snapshot: Snapshot):
    record = cited(small_snapshot)
    asked = record.answers[0]["selection"]
    assert (asked["by"], asked["view"], record.view) == ("month", "program", "program")
    assert record.definitions[0]["definition"]
    assert record.snapshot == small_snapshot.name
    assert record.compared == [True]
    assert len(record.pictures) == len(record.tables) == 1
    assert {log["program"] for log in record.logs} == {
        each.program_id for each in small_snapshot.programs
    }
    files = {name for log in record.logs for name in log["files"]}
    assert files
    assert files <= {"calls.csv", "units.csv"}
    assert BOLD not in json.dumps([record.sentence, record.quote, record.caption, record.notes])


def test_a_record_of_the_public_view_holds_no_hidden_cell_and_no_file_name(
    small_snapshot: Snapshot,
):
    by = Breakdown.CALL_TYPE
    open_rows = answer("responses", Selection(), small_snapshot, by).rows
    rule = DisclosureRule(3)
    record = cited(small_snapshot, by=by, view=View.PUBLIC, rule=rule)
    rows = {row["call_type"]: row for row in record.answers[0]["rows"]}
    hidden = [row for row in open_rows if rows[row["call_type"]]["status"] == "suppressed"]
    assert hidden
    for row in hidden:
        told = rows[row["call_type"]]
        assert {told[name] for name in ("numerator", "denominator", "value", "low", "high")} == {
            None
        }
    # Nor can it be read from the picture: no bar, no label of a hidden row has its number.
    exhibit = rows_exhibit(
        answer("responses", Selection(view=View.PUBLIC), small_snapshot, by, rule=rule),
        "",
        {},
        True,
    )
    origin = Origin("overview", {}, "Overview", View.PUBLIC, small_snapshot.name, "2026-01-01")
    about = About("All", "2024", "public view", "Source.", "real log")
    (picture,) = record_of(exhibit, about, origin).pictures
    drawn = " ".join(
        words
        for label in picture["drawing"]["labels"]
        for line in label["text"]
        for _, words in line
    )
    shown = {row["numerator"] for row in rows.values() if row["status"] == "shown"}
    assert shown
    assert {int(number) for number in re.findall(r"\d+", drawn)} == shown
    assert [log["files"] for log in record.logs] == [[] for _ in record.logs]
    assert ".csv" not in record.as_bytes().decode()


def test_an_answer_of_the_program_view_is_never_kept_as_public(small_snapshot: Snapshot):
    found = answer("responses", Selection(), small_snapshot, Breakdown.CALL_TYPE)
    origin = Origin("overview", {}, "Overview", View.PUBLIC, small_snapshot.name, "2026-01-01")
    about = About("All", "2024", "public view", "Source.", "real log")
    with pytest.raises(FigureProblem, match=r"of the public view, found \[program\]"):
        record_of(rows_exhibit(found, "By type", {}), about, origin)


def test_a_figure_of_the_registry_has_its_rows_sentence_and_source():
    origin = Origin("evidence", {}, "Evidence", View.PUBLIC, "registry of Nov 2026", "2026-11-01")
    about = About(
        "Registry of programs", "Nov 2026", "", "Source: the registry.", "published sources"
    )
    record = record_of(Exhibit("totals", answer=f"{BOLD}Two{BOLD} programs."), about, origin)
    assert (record.sentence, record.title) == ("Two programs.", "Evidence")
    assert read_record(record.as_bytes()) == record


def test_a_figure_of_cards_has_their_numbers_and_one_address():
    registry = live_registry()
    choice = GrowthChoice(DEFAULTS, registry.as_of)
    found = growth(choice.rule, choice.month, choice.base_year, registry)
    origin = Origin("growth_across_states", {}, "Growth", View.PUBLIC, registry.name, "2026-11-01")
    about = about_registry(registry)
    made = [
        record_of(growth_exhibit(found, registry, link), about, origin)
        for link in ("http://localhost:8501/growth_across_states", "https://example.org/growth")
    ]
    # Wherever it is served, its citation has no address but its own.
    assert made[0].quote == made[1].quote
    told = citation_text(made[0], "ro1-abc", "https://example.org")
    assert re.findall(r"https?://\S+", told) == ["https://example.org/figure/ro1-abc"]
    (cards,) = made[0].tables
    assert [row[1] for row in cards["rows"]] == [
        card.value for card in growth_exhibit(found, registry, "").cards
    ]


def test_a_record_that_was_kept_long_ago_is_still_shown():
    content = KEPT.read_bytes()
    record = read_record(content)
    assert record.as_bytes() == content
    told = figure_page(content, "https://city.example", cannot(), None)
    assert record.sentence.split(":")[0] in told
    assert record.mark in embedded_page(content, "https://city.example")
    assert all(file_of(content, ending) for ending in FILES)


@pytest.mark.parametrize(
    "content", [b"", b"{}", b"[]", b'{"format": 2}', b'{"format": 1}', b"\xff"]
)
def test_what_no_version_up_to_this_one_wrote_is_one_sentence(content: bytes):
    with pytest.raises(FigureProblem, match=r"Expected a figure of format 1, found \["):
        read_record(content)


def test_nothing_is_compared_that_the_page_had_changed(small_snapshot: Snapshot):
    """A page may hide more of an answer than the answer itself: asked again, it would tell what was hidden."""
    record = cited(small_snapshot, by=Breakdown.CALL_TYPE)
    spoilt = json.loads(json.dumps(record.answers))
    spoilt[0]["rows"][0] |= {"numerator": None, "value": None, "status": "suppressed"}
    marked = compared_on(replace(record, answers=spoilt), small_snapshot, RULE)
    assert marked.compared == [False]
    assert since(marked, small_snapshot, RULE).state is State.SAME
    assert "snap-" in since(replace(marked, snapshot="snap-0"), small_snapshot, RULE).sentences[0]
