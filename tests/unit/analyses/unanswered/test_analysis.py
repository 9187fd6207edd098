"""What a log cannot answer: the figures, what each would need, and the request to the vendor, of a log that says little."""

import csv
import io

import pytest
from small_agency import AGENCY, Town, profile_with

from outcomes.analyses.unanswered.analysis import Unanswered, unanswered
from outcomes.analyses.unanswered.exhibits import fields_file, unanswered_exhibit
from outcomes.analyses.unanswered.text import request_text
from outcomes.ingest.run import load_log
from outcomes.metrics.requirements import Requirement
from outcomes.selection import Selection
from outcomes.store.snapshot import shown_snapshot
from outcomes.vocabulary.bold import BOLD

# Who was arrested is told; how police came, and whether anyone was hurt, is not.
PROFILE = profile_with(
    """
[times.arrived_at]
column = "arrived"
formats = ["%Y-%m-%d %H:%M"]
[flags.has_arrest]
yes = { column = "arrest", is = ["yes"] }
no = { column = "arrest", is = ["no"] }
"""
)
ROWS = "id,received,arrived,arrest\n" + "".join(
    f"{number},2025-01-{number:02} 10:00,2025-01-{number:02} 10:20,no\n" for number in range(1, 21)
)
ASKED = ("arrest_rate", "safety_escalation_rate", "police_request_rate", "serious_injury_rate")


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Unanswered:
    town = Town(tmp_path_factory.mktemp("quiet"), PROFILE)
    load_log([town.write(ROWS)], AGENCY, town.agency.parent, town.store)
    snapshot, _ = shown_snapshot(town.store)
    return unanswered(ASKED, Selection(), snapshot)


def test_what_can_be_counted_is_apart_from_what_cannot(found: Unanswered):
    assert [metric.key for metric in found.answered] == ["arrest_rate"]
    assert [metric.key for metric in found.not_answered] == list(ASKED[1:])
    assert {lack.need: [metric.key for metric in lack.metrics] for lack in found.lacks} == {
        Requirement.POLICE_INVOLVEMENT: ["safety_escalation_rate", "police_request_rate"],
        Requirement.SAFETY_REASONS: ["safety_escalation_rate"],
        Requirement.SERIOUS_INJURIES: ["serious_injury_rate"],
    }
    assert found.keeps("police_request_rate", "serious_injury_rate")
    assert not found.keeps("police_request_rate", "arrest_rate")
    assert not found.keeps()


def test_the_panel_names_log_figures_and_what_they_need(found: Unanswered):
    panel = unanswered_exhibit(found)
    assert panel.title == "What this log cannot answer"
    assert panel.answer == (
        f"The log of Small Town does not record what {BOLD}3 of 4 figures{BOLD} on this page need."
    )
    assert panel.notes[0] == (
        f"{BOLD}Not recorded:{BOLD} how police came to each response: not at all, there first, sent, or asked for by the team. "
        "Needed for: Asked police for help for safety; Asked for police for any reason."
    )


def test_a_reason_that_the_panel_gives_is_not_said_again(found: Unanswered):
    said = "Not recorded: the log of Small Town does not hold what “Asked for police for any reason” needs. What"
    assert found.tells(said)
    by_group = said.replace("reason” needs", "reason by race” needs")
    assert not found.tells(by_group)
    assert not found.tells("Hidden to protect people.")


def test_the_request_to_the_vendor_can_be_sent_as_it_is(found: Unanswered):
    lines = request_text(found).splitlines()
    assert lines[3:6] == [
        "1. How police came to each response: not at all, there first, sent, or asked for by the team.",
        "   We need it for: Asked police for help for safety; Asked for police for any reason.",
        "   It must be able to say: team asked for police; and no police.",
    ]
    assert sum(line[:1].isdigit() for line in lines) == 3
    assert "not that the answer is no" in lines[-2]
    assert not [line for line in lines if "not recorded" in line.lower()]


def test_the_fields_to_ask_for_as_a_file(found: Unanswered):
    rows = list(csv.DictReader(io.StringIO(fields_file(found).text)))
    assert [row["fields_one_of"] for row in rows] == [
        "police_involvement",
        "police_request_reason",
        "is_injury_recorded",
    ]
    assert rows[2]["must_be_able_to_say"] == "serious or fatal"
    assert rows[2]["needed_for"] == "People hurt seriously or killed"


def test_a_log_that_answers_everything_lacks_nothing(found: Unanswered, small_snapshot):
    whole = unanswered(("responses",), Selection(), small_snapshot)
    assert whole.lacks == ()
    assert unanswered_exhibit(whole).notes == ()
