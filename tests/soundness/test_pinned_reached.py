"""What a log does not say is not recorded: never 100% because the outcome chose the calls, never 0 because nothing was there."""

import math
from pathlib import Path

import duckdb
import pytest
from marl_bend import ARRESTS, ARRIVALS, NO_TEAM, SERVICES, logged, town

from outcomes.analyses.scene_outcomes.figure import disposition_figure
from outcomes.answers.answer import Answer, answer
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Status

OVER_RESPONSES = ("responses", "arrest_rate", "without_police_share", "contact_share")


def ask(metric: str, snapshot: Snapshot, by: Breakdown | None = None) -> Answer:
    return answer(metric, Selection(), snapshot, by)


def counts(metric: str, snapshot: Snapshot) -> tuple[float | None, float | None]:
    total = ask(metric, snapshot).total
    return total.numerator, total.denominator


def by_word(metric: str, snapshot: Snapshot, by: Breakdown) -> dict[str, tuple[object, str]]:
    return {
        row[by.value]: (row["numerator"], row["status"]) for row in ask(metric, snapshot, by).rows
    }


@pytest.mark.slow
@pytest.mark.parametrize("outcome", ["has_arrest", "has_involuntary_hold", "has_transport"])
def test_an_outcome_does_not_choose_the_responses(tmp_path: Path, outcome: str):
    # Wrong: 1 response, and 1 of 1 of them with the outcome.
    rows = logged(result=["Arrest", "Resolved", "Resolved", "Advised", "Resolved"])
    snapshot = town(tmp_path, rows, ARRESTS.replace("has_arrest", outcome))
    rates = {"has_arrest": "arrest_rate", "has_involuntary_hold": "involuntary_hold_rate"}
    for metric in ("responses", rates.get(outcome, "transport_share")):
        found = ask(metric, snapshot)
        assert found.total.status is Status.NOT_RECORDED
        assert any("which calls the team reached" in note for note in found.notes)
    assert counts("dispatches", snapshot) == (5, None)
    if outcome == "has_arrest":
        assert counts("arrest_dispatch_share", snapshot) == (1, 5)


@pytest.mark.slow
def test_with_arrivals_the_same_log_has_its_responses(tmp_path: Path):
    arrived = ["2026-03-01 09:20:00", "", "2026-03-03 09:20:00", "2026-03-04 09:20:00", ""]
    rows = logged(result=["Resolved", "Arrest", "Resolved", "Advised", "Resolved"], arrived=arrived)
    snapshot = town(tmp_path, rows, ARRESTS + ARRIVALS)
    # Three arrived; the arrest shows that the team was there a fourth time.
    assert counts("arrest_rate", snapshot) == (1, 4)


def test_a_log_without_a_team_has_no_responses_and_not_zero(tmp_path: Path):
    # Wrong: "The team did not reach any scene."
    rows = logged(result=["Arrest", "Advised"], arrived=["", ""])
    snapshot = town(tmp_path, rows, ARRESTS, rows_are="call", holds="all_calls")
    for metric in ("dispatches", *OVER_RESPONSES):
        assert ask(metric, snapshot).total.status is Status.NOT_RECORDED


@pytest.mark.slow
@pytest.mark.parametrize(
    ("rows_are", "log"),
    [
        ("call", ""),
        ("dispatch", ""),
        ("person", "all_rows_reached = true"),
        ("call", 'same_id = "join"'),
        ("unit", ""),
    ],
)
def test_a_declared_responder_counts_whatever_the_rows_are(tmp_path: Path, rows_are: str, log: str):
    arrived = [f"2026-03-{day:02d} 09:20:00" for day in range(1, 6)]
    rows = logged(
        service=["Patrol", "Care team", "Medic", "Care team", "Patrol"],
        arrived=arrived,
        result=["Arrest", "Resolved", "Resolved", "Arrest", "Arrest"],
    )
    snapshot = town(tmp_path, rows, ARRIVALS + ARRESTS + SERVICES, rows_are=rows_are, log=log)
    # Wrong: 5 responses with 3 arrests, two of them by patrol officers.
    assert counts("responses", snapshot) == (2, None)
    assert counts("arrest_rate", snapshot) == (1, 2)
    assert counts("dispatches", snapshot)[0] in (2, None)


@pytest.mark.slow
@pytest.mark.parametrize("rows_are", ["call", "dispatch", "unit"])
def test_other_services_alone_are_nobodys_responses(tmp_path: Path, rows_are: str):
    rows = logged(
        service=["Patrol", "Medic"], arrived=["2026-03-01 09:20:00", "2026-03-02 09:20:00"],
        result=["Arrest", "Arrest"],
    )  # fmt: skip
    town(tmp_path, rows, ARRIVALS + ARRESTS + NO_TEAM, name="only-patrol", rows_are=rows_are)
    met = logged(result=["Resolved"], arrived=["2026-03-01 09:20:00"], service=["Care team"])
    snapshot = town(tmp_path, met, ARRIVALS + ARRESTS + SERVICES, name="marl-bend")
    patrol = Selection(program_ids=("only-patrol",))
    for metric in ("responses", "dispatches", "arrest_rate"):
        assert answer(metric, patrol, snapshot).total.status is Status.NOT_RECORDED
    # Neither in the total of all programs, nor in that of the state.
    together = ask("responses", snapshot)
    assert together.total.numerator == 1
    assert any("Team of only-patrol" in note for note in together.notes)
    assert [row["numerator"] for row in ask("responses", snapshot, Breakdown.STATE).rows] == [1]


@pytest.mark.slow
def test_a_word_for_the_responder_that_nobody_mapped_is_not_recorded(tmp_path: Path):
    rows = logged(service=["Care team", "New unit"], arrived=["2026-03-01 09:20:00"] * 2)
    snapshot = town(tmp_path, rows, ARRIVALS + SERVICES)
    assert counts("responses", snapshot) == (1, None)
    assert counts("dispatches", snapshot) == (1, None)


@pytest.mark.slow
@pytest.mark.parametrize("rule", ["yes", "no"])
def test_a_flag_that_can_say_one_thing_alone_gives_no_share(tmp_path: Path, rule: str):
    # Wrong: 100% where only yes can be said, 0 of 2 where only no can.
    rows = logged(result=["Arrest", "Resolved"], arrived=["2026-03-01 09:20:00"] * 2)
    flag = f'[flags.has_arrest]\n{rule} = {{ column = "result", is = ["Arrest", "Resolved"] }}\n'
    snapshot = town(tmp_path, rows, ARRIVALS + flag)
    assert counts("responses", snapshot) == (2, None)
    for metric in ("arrest_rate", "arrest_dispatch_share"):
        assert ask(metric, snapshot).total.status is Status.NOT_RECORDED


@pytest.mark.slow
def test_a_contact_that_cannot_be_missed_gives_no_share(tmp_path: Path):
    rows = logged(result=["Met", ""], arrived=["2026-03-01 09:20:00"] * 2)
    word = '[words.contact_result]\ncolumn = "result"\nvalues = { "Met" = "contacted" }\n'
    snapshot = town(tmp_path, rows, ARRIVALS + word)
    assert ask("contact_share", snapshot).total.status is Status.NOT_RECORDED
    assert counts("contacts", snapshot)[0] == 1


@pytest.mark.slow
def test_a_list_that_only_says_no_has_no_eligible_calls(tmp_path: Path):
    rows = logged(result=["Theft", "Theft"])
    flag = '[flags.is_eligible]\nno = { column = "result", is = ["Theft"] }\n'
    snapshot = town(tmp_path, rows, flag, rows_are="call", holds="all_calls")
    found = ask("eligible_calls", snapshot)
    assert found.total.status is Status.NOT_RECORDED
    assert any("names at least one such call type" in note for note in found.notes)


@pytest.mark.slow
def test_an_ending_that_no_rule_gives_is_not_recorded(tmp_path: Path):
    rows = logged(result=["Resolved", "Shelter"], arrived=["2026-03-01 09:20:00"] * 2)
    word = """
[words.disposition]
column = "result"
values = { "Resolved" = "resolved_on_scene", "Shelter" = "transported_shelter", "Hospital" = "transported_emergency_department" }
"""
    snapshot = town(tmp_path, rows, ARRIVALS + word)
    endings = by_word("dispositions", snapshot, Breakdown.DISPOSITION)
    assert endings["resolved_on_scene"] == (1, "unstable")
    # A word that the log has and did not use is zero; a word that it does not have is not.
    assert endings["transported_emergency_department"][0] == 0
    assert endings["arrested"] == (None, "not recorded")
    assert endings["involuntary_hold"] == (None, "not recorded")
    found = ask("dispositions", snapshot, Breakdown.DISPOSITION)
    (drawn,) = disposition_figure(found, False).data
    bars = dict(zip(drawn.y, drawn.text, strict=True))
    # Wrong: no bar and no number for those served, because some of these endings are not recorded.
    assert bars["<b>Someone was served</b>"] == " 2  (100.0%)"
    assert bars["<b>Nobody was served</b>"] == " not recorded"
    assert all(math.isfinite(count) for count in drawn.x)
    assert set(bars) >= {"Helped where they were", "To shelter"}
    notes = found.notes
    assert any(
        note.startswith("The log of Team of marl-bend has no word for") and "arrested" in note
        for note in notes
    )


HURT = """
[flags.is_injury_recorded]
yes = { column = "hurt", recorded = true }

[[injuries]]
role = { constant = "responder" }
severity = { column = "hurt", values = { "Bruise" = "first_aid", "Stitches" = "medical_treatment" } }
when = { column = "hurt", is = ["Bruise", "Stitches"] }
"""


@pytest.mark.slow
def test_a_severity_that_the_log_cannot_say_is_not_zero(tmp_path: Path):
    # Wrong: 0 serious injuries, with an upper limit.
    rows = logged(hurt=["Bruise", "None", "None"], arrived=["2026-03-01 09:20:00"] * 3)
    snapshot = town(tmp_path, rows, ARRIVALS + HURT)
    assert counts("injury_rate", snapshot) == (1, 3)
    assert counts("recordable_injury_rate", snapshot) == (0, 3)
    assert ask("serious_injury_rate", snapshot).total.status is Status.NOT_RECORDED
    assert ask("near_miss_rate", snapshot).total.status is Status.NOT_RECORDED


@pytest.mark.slow
def test_somebody_hurt_is_told_where_the_log_does_not_say_who_was_reached(tmp_path: Path):
    snapshot = town(tmp_path, logged(hurt=["Bruise", "None"]), HURT)
    total = ask("injury_rate", snapshot).total
    assert (total.numerator, total.denominator, total.value) == (1, None, None)


@pytest.mark.slow
def test_people_hurt_on_another_services_call_are_not_the_teams(tmp_path: Path):
    rows = logged(
        service=["Patrol", "Care team"],
        arrived=["2026-03-01 09:20:00"] * 2,
        hurt=["Bruise", "None"],
    )
    snapshot = town(tmp_path, rows, ARRIVALS + HURT + SERVICES, rows_are="call", holds="all_calls")
    assert counts("injury_rate", snapshot) == (0, 1)


@pytest.mark.slow
@pytest.mark.parametrize("joins", ['rows_are = "unit"', 'rows_are = "call"\nsame_id = "join"'])
def test_another_services_row_is_no_proof_that_the_team_came(tmp_path: Path, joins: str):
    # Wrong: 2 responses, 2 of 2 with an arrest, because patrol arrived and arrested.
    of_call = {"received": "2026-03-01 09:00:00"}
    rows = [
        {**of_call, "id": call, "service": service, "arrived": arrived, "result": result}
        for call in ("M1", "M2")
        for service, arrived, result in (
            ("Care team", "", "Resolved"),
            ("Patrol", "2026-03-01 09:20:00", "Arrest"),
        )
    ]
    rows_are, _, log = joins.partition("\n")
    snapshot = town(
        tmp_path,
        rows,
        ARRIVALS + ARRESTS + SERVICES,
        rows_are=rows_are.split('"')[1],
        holds="all_calls",
        log=log,
    )
    assert counts("responses", snapshot) == (0, None)
    assert counts("dispatches", snapshot) == (2, None)


@pytest.mark.slow
@pytest.mark.parametrize("rows_are", ["unit", "call"])
def test_a_unit_that_the_list_lacks_is_not_recorded_whatever_the_rows_are(
    tmp_path: Path, rows_are: str
):
    # Wrong in unit rows: the calls of a new unit were "not sent", with no police.
    rows = logged(
        service=["Care team", "Care team 2", "Patrol"], arrived=["2026-03-01 09:20:00"] * 3
    )
    # A second row of the new unit's call is the patrol's, which says nothing of the new one.
    rows.append(rows[1] | {"service": "Patrol"})
    log = "records_police_units = true\n" + ('same_id = "join"' if rows_are == "call" else "")
    snapshot = town(
        tmp_path, rows, ARRIVALS + SERVICES, rows_are=rows_are, holds="all_calls", log=log
    )
    sent = fact(tmp_path, "is_community_dispatched")
    assert sent == {"M0": True, "M1": None, "M2": False}
    assert counts("responses", snapshot) == (1, None)


def fact(folder: Path, column: str) -> dict[str, object]:
    """A column of the stored incidents by id."""
    with duckdb.connect(str(folder / "store" / "warehouse.duckdb"), read_only=True) as connection:
        return dict(connection.table("incident").select("incident_id", column).fetchall())


UNITS = """
[units]
column = "units"
separator = ";"

[words.responder_type]
column = "units"
values = { C1 = "community", P1 = "police", X1 = "co_response" }
"""


@pytest.mark.slow
def test_a_cell_that_names_no_unit_does_not_say_that_police_stayed_away(tmp_path: Path):
    # Wrong: 3 of 3 without police.
    rows = logged(units=["C1", "C1;P1", "", "X1"], arrived=["2026-03-01 09:20:00"] * 4)
    snapshot = town(
        tmp_path, rows, ARRIVALS + UNITS, rows_are="dispatch", log="records_police_units = true"
    )
    alone = ask("without_police_share", snapshot).total
    # The second has a police unit whose time nobody wrote; the third names nobody; an officer is part of the fourth.
    assert (alone.numerator, alone.denominator) == (1, 2)


@pytest.mark.slow
def test_a_cell_with_a_unit_that_the_list_lacks_is_not_recorded(tmp_path: Path):
    rows = logged(units=["C1", "P1;C7", "P1", "C1;C7"], arrived=["2026-03-01 09:20:00"] * 4)
    snapshot = town(
        tmp_path, rows, ARRIVALS + UNITS, rows_are="call", holds="all_calls",
        log="records_police_units = true",
    )  # fmt: skip
    assert fact(tmp_path, "is_community_dispatched") == {
        "M0": True, "M1": None, "M2": False, "M3": True,
    }  # fmt: skip
    # Nor does it say that police stayed away: the unit could be theirs.
    alone = ask("without_police_share", snapshot).total
    assert (alone.numerator, alone.denominator) == (1, 1)


@pytest.mark.slow
def test_units_that_are_never_seen_to_arrive_do_not_stay_away(tmp_path: Path):
    # Wrong: 2 of 2 without police, though patrol was sent to both and the log holds no arrival of patrol.
    rows = [
        {"id": call, "received": "2026-03-01 09:00:00", "service": service, "arrived": arrived}
        for call in ("M1", "M2")
        for service, arrived in (("Care team", "2026-03-01 09:20:00"), ("Patrol", ""))
    ]
    snapshot = town(
        tmp_path, rows, ARRIVALS + SERVICES, rows_are="unit", holds="all_calls",
        log="records_police_units = true",
    )  # fmt: skip
    assert counts("responses", snapshot) == (2, None)
    assert ask("without_police_share", snapshot).total.denominator is None


@pytest.mark.slow
def test_joined_dispatches_are_dispatches(tmp_path: Path):
    # Wrong: "The team was not sent at all."
    word = '[words.contact_result]\ncolumn = "result"\nvalues = { Met = "contacted", Gone = "unable_to_locate" }\n'
    snapshot = town(tmp_path, logged(result=["Met", "Gone", ""]), word, log='same_id = "join"')
    assert counts("dispatches", snapshot) == (3, None)
    assert counts("contact_share", snapshot) == (1, 2)


@pytest.mark.slow
def test_all_rows_reached_is_not_all_people_met(tmp_path: Path):
    # Wrong: 3 of 3 met.
    word = '[words.contact_result]\ncolumn = "result"\nvalues = { Met = "contacted", Gone = "unable_to_locate" }\n'
    rows = logged(result=["Met", "Gone", "Gone"])
    snapshot = town(tmp_path, rows, word, log="all_rows_reached = true")
    assert counts("contact_share", snapshot) == (1, 3)


def test_police_units_need_a_word_for_police(tmp_path: Path):
    with pytest.raises(Exception, match="responder_type with the word 'police'"):
        town(tmp_path, logged(result=["Met"]), "", log="records_police_units = true")


# Shares that could only be 100%


def flag_of(field: str, column: str) -> str:
    """A flag by Yes and No in a column."""
    return (
        f'[flags.{field}]\nyes = {{ column = "{column}", is = ["Yes"] }}\n'
        f'no = {{ column = "{column}", is = ["No"] }}\n'
    )


@pytest.mark.slow
def test_a_blank_offer_does_not_follow_from_its_acceptance(tmp_path: Path):
    # Wrong: accepted 3 of 3 offered, for an offer was known only where it was accepted.
    rows = logged(offer=["Yes", "", "", "No", "Yes"], took=["No", "Yes", "Yes", "No", "Yes"])
    more = flag_of("has_referral_offered", "offer") + flag_of("has_referral_accepted", "took")
    snapshot = town(tmp_path, rows, more, log="all_rows_reached = true")
    assert counts("referral_offered_share", snapshot) == (2, 3)
    assert counts("referral_accepted_share", snapshot) == (1, 2)
    # A log without a field for offers still says what came of those that were accepted.
    rows = [
        row | {"went": said} for row, said in zip(rows, ["", "Yes", "No", "", "No"], strict=True)
    ]
    accepted = flag_of("has_referral_accepted", "took") + flag_of("has_service_connected", "went")
    snapshot = town(tmp_path, rows, accepted, log="all_rows_reached = true")
    assert counts("service_connected_share", snapshot) == (1, 3)
    snapshot = town(
        tmp_path,
        rows,
        more + flag_of("has_service_connected", "went"),
        log="all_rows_reached = true",
    )
    assert counts("service_connected_share", snapshot) == (0, 1)
    # Where no offer is written at all, nothing is known of them.
    blank = [row | {"offer": ""} for row in rows]
    snapshot = town(tmp_path, blank, more, log="all_rows_reached = true")
    assert ask("referral_accepted_share", snapshot).total.status is Status.NOT_RECORDED


@pytest.mark.slow
def test_a_time_of_contact_alone_serves_nobody(tmp_path: Path):
    # Wrong: served 1 of 1, for a contact was the only ending that the log could tell.
    contact = '[times.contact_at]\ncolumn = "contact"\nformats = ["%Y-%m-%d %H:%M:%S"]\n'
    rows = logged(contact=["2026-03-01 09:30:00", ""], arrived=["2026-03-01 09:20:00"] * 2)
    snapshot = town(tmp_path, rows, ARRIVALS + contact)
    for metric in ("served_share", "contact_share"):
        assert ask(metric, snapshot).total.status is Status.NOT_RECORDED
    assert counts("contacts", snapshot) == (1, None)


@pytest.mark.slow
@pytest.mark.parametrize(
    "rule",
    ['{ column = "hurt", is = ["Bruise"] }', '{ any = [{ column = "hurt", is = ["bruise"] }] }'],
)
def test_injuries_recorded_where_somebody_was_hurt_give_no_rate(tmp_path: Path, rule: str):
    # Wrong: 10,000 per 10,000 responses.
    hurt = f"[flags.is_injury_recorded]\nyes = {rule}\n" + HURT[HURT.index("[[injuries]]") :]
    rows = logged(hurt=["Bruise", "None", "None"], arrived=["2026-03-01 09:20:00"] * 3)
    snapshot = town(tmp_path, rows, ARRIVALS + hurt)
    total = ask("injury_rate", snapshot).total
    assert (total.numerator, total.denominator, total.value) == (1, None, None)
    assert ask("injury_recorded_share", snapshot).total.status is Status.NOT_RECORDED


@pytest.mark.slow
def test_places_of_those_taken_give_no_share_of_responses(tmp_path: Path):
    # Wrong: 1 of 1 to an emergency department, 2 of 2 taken somewhere.
    place = '[words.transport_to]\ncolumn = "place"\nvalues = { ER = "emergency_department", Home = "home" }\n'
    rows = logged(place=["ER", "Home", ""], arrived=["2026-03-01 09:20:00"] * 3)
    snapshot = town(tmp_path, rows, ARRIVALS + place)
    for metric in (
        "emergency_department_share", "emergency_department_dispatch_share", "transport_share",
    ):  # fmt: skip
        assert ask(metric, snapshot).total.status is Status.NOT_RECORDED
    assert by_word("transport_places", snapshot, Breakdown.PLACE)["home"][0] == 1


@pytest.mark.slow
def test_a_flag_that_only_says_not_sent_sends_nobody(tmp_path: Path):
    # Wrong: every call that was not ruled out would be one to which the team was sent.
    sent = '[flags.is_community_dispatched]\nno = { column = "sent", is = ["No"] }\n'
    word = '[words.contact_result]\ncolumn = "result"\nvalues = { Met = "contacted", Gone = "unable_to_locate" }\n'
    rows = logged(sent=["No", "", "", ""], result=["", "Met", "Gone", ""])
    snapshot = town(tmp_path, rows, sent + word, rows_are="call", holds="all_calls")
    assert ask("dispatches", snapshot).total.status is Status.NOT_RECORDED
    # Whom the team met, or looked for, it had reached. Wrong: 0 responses.
    assert counts("responses", snapshot) == (2, None)
    assert counts("contact_share", snapshot) == (1, 2)


@pytest.mark.slow
def test_who_was_hurt_how_badly_is_said_block_by_block(tmp_path: Path):
    # Wrong: 0 responders seriously hurt, where no rule could say it.
    blocks = """
[flags.is_injury_recorded]
yes = { column = "hurt", recorded = true }

[[injuries]]
role = { constant = "responder" }
severity = { constant = "first_aid" }
when = { column = "hurt", is = ["Team"] }

[[injuries]]
role = { constant = "person_served" }
severity = { column = "how", values = { Bad = "serious", Worst = "fatal" } }
when = { column = "hurt", is = ["Person"] }
"""
    rows = logged(
        hurt=["Team", "Person", "No"], how=["", "Bad", ""], arrived=["2026-03-01 09:20:00"] * 3
    )
    snapshot = town(tmp_path, rows, ARRIVALS + blocks)
    serious = by_word("serious_injury_rate", snapshot, Breakdown.ROLE)
    assert serious["responder"] == (None, "not recorded")
    assert serious["person_served"][0] == 1
    both = {
        (row["role"], row["severity"]): row["numerator"]
        for row in ask("injury_rate", snapshot, Breakdown.ROLE_AND_SEVERITY).rows
    }
    assert both["responder", "first_aid"] == 1
    assert both["responder", "serious"] is None
    assert both["person_served", "first_aid"] is None
    assert both["person_served", "fatal"] == 0
    assert counts("responder_injury_rate", snapshot) == (1, 3)
    # A responder of whom the log can only say that they died: how many were hurt is not known.
    dead = blocks.replace('constant = "first_aid"', 'constant = "fatal"')
    snapshot = town(tmp_path, rows, ARRIVALS + dead)
    assert ask("responder_injury_rate", snapshot).total.status is Status.NOT_RECORDED
