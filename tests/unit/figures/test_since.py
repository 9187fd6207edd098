"""What has changed since a figure was cited: the number of then and the number of now, in a sentence."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from cited import cited, kept
from exported_city import City, calls
from made_city import AGENCY

from outcomes.disclosure.rule import DisclosureRule
from outcomes.figures.record import read_record
from outcomes.figures.since import State, since
from outcomes.store.figure_files import KeptFigure, find_figure
from outcomes.store.history import roll_back
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, View

RULE = DisclosureRule()


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> City:
    """A city with two months of calls, one a day."""
    made = City(tmp_path_factory.mktemp("since") / "city")
    made.load(calls("01-01", "02-28", police="none"))
    return made


@pytest.mark.slow
def test_a_figure_stays_and_its_page_tells_what_an_amended_log_makes_of_it(city: City):
    before = live_snapshot(city.store)
    counted = cited(before)
    share = cited(before, "safety_escalation_rate", program_ids=(AGENCY,))
    public = cited(before, view=View.PUBLIC)
    records = (counted, share, public)
    contents = {kept(city.store, record): record.as_bytes() for record in records}
    assert [since(record, before, RULE).state for record in records] == [State.SAME] * 3
    assert since(counted, before, RULE).sentences == ("Responses: 56, as before.",)

    # Five calls of February turn out to have needed police, and March comes in.
    amended = calls("02-01", "02-05", police="requested_by_team", request="safety_emergency")
    city.load(amended + calls("03-01", "03-28", police="none"))
    now = live_snapshot(city.store)
    assert now.name != before.name
    told = since(share, now, RULE)
    assert told.state is State.CHANGED
    assert "0.0% (0 of 56) is now 8.9% (5 of 56)" in told.sentences[0]
    assert "Jan 2024 to Feb 2024 is compared, as then" in told.sentences[1]
    assert "1 of 2 changed. Feb 2024: 0.0% (0 of 28) is now 17.9% (5 of 28)" in told.sentences[2]
    # The whole log was cited: the months that it had then are compared, and they are as they were.
    assert since(counted, now, RULE).state is State.SAME
    assert since(counted, now, RULE).sentences[0] == "Responses: 56, as before."

    # Whatever follows, the records stay as they are.
    roll_back(city.store)
    assert since(share, live_snapshot(city.store), RULE).state is State.SAME
    for address, content in contents.items():
        found = find_figure(city.store, address, tuple(View))
        assert found is not None
        assert found[1] == content
    assert not KeptFigure(city.store, View.PUBLIC, kept(city.store, counted)).path.exists()


@pytest.mark.slow
def test_a_public_figure_is_compared_with_what_the_public_sees(city: City):
    snapshot = live_snapshot(city.store)
    shown = cited(snapshot, by=None, view=View.PUBLIC)
    told = since(shown, snapshot, DisclosureRule(smallest_shown=100))
    assert told.sentences[0] == "Responses: 56 is now hidden."
    hidden = cited(snapshot, by=None, view=View.PUBLIC, rule=DisclosureRule(smallest_shown=100))
    assert since(hidden, snapshot, DisclosureRule(smallest_shown=100)).sentences == (
        "Responses: hidden, as before.",
    )


def test_what_cannot_be_asked_any_more_says_why(city: City, small_snapshot: Snapshot):
    record = cited(live_snapshot(city.store), program_ids=(AGENCY,))
    answers = [{**record.answers[0], "metric": "gone"}]
    told = since(replace(record, answers=answers), small_snapshot, RULE)
    assert told.state is State.CANNOT
    assert told.sentences[0].startswith("Responses: cannot be answered any more. Expected")
    asked = {**record.answers[0]["selection"], "program": ["gone"]}
    told = since(
        replace(record, answers=[{**record.answers[0], "selection": asked}]), small_snapshot, RULE
    )
    assert "found [gone]" in told.sentences[0]


def test_other_programs_and_another_definition_are_told(city: City, small_snapshot: Snapshot):
    record = cited(live_snapshot(city.store), by=Breakdown.CALL_TYPE)
    answers = [{**record.answers[0], "definition": "Another one."}]
    told = since(replace(record, answers=answers), small_snapshot, RULE)
    said = " ".join(told.sentences)
    assert told.state is State.CHANGED
    assert "the definition changed since" in said
    assert "holds other programs now; came in: " in said
    # Rows that came in count among all rows, of which no more can have changed than there are.
    changed, of = map(int, re.findall(r"rows: (\d+) of (\d+) changed", said)[0])
    assert len(record.answers[0]["rows"]) < changed <= of


def test_a_record_read_again_is_compared_as_well(city: City):
    snapshot = live_snapshot(city.store)
    record = cited(snapshot, "response_min")
    assert since(read_record(record.as_bytes()), snapshot, RULE).state is State.SAME
    assert Path(city.store).is_dir()
