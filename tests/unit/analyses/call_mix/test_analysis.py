"""Easy calls: hand-made mixes of calls with known answers, and what the public view may not tell."""

from pathlib import Path

import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.analyses.call_mix.analysis import CallMix, call_mix
from outcomes.analyses.call_mix.text import drawn_kinds, mix_sentence, mix_table
from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.run import load_log
from outcomes.selection import Selection, SelectionError
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown, Status, View

pytestmark = pytest.mark.slow

RULE = DisclosureRule()
PUBLIC = Selection(view=View.PUBLIC)


def city(
    folder: Path, groups: list[tuple[int, dict[str, str]]], without: tuple[str, ...] = ()
) -> Snapshot:
    """So many calls of each kind from the public, one an hour from 1 January on."""
    rows: list[dict[str, str]] = []
    for count, cells in groups:
        for _ in range(count):
            place = len(rows)
            day = f"2024-{place // 672 + 1:02d}-{place // 24 % 28 + 1:02d} {place % 24:02d}"
            rows.append({"id": f"C{place}", "received": f"{day}:00:00", "origin": "911", **cells})
            if "police" in cells:
                rows[-1] |= {"sent": "yes", "arrived": f"{day}:20:00"}
    agencies = write_agency(folder / "agencies", without=without)
    load_log([write_csv(folder / "calls.csv", rows)], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


def calls(
    count: int, kind: str, acuity: str, taken: int, asked: int
) -> list[tuple[int, dict[str, str]]]:
    """So many calls of a kind, of which some were taken, on some of which the team asked for police for safety."""
    cells = {"type": kind, "acuity": acuity}
    request = {"police": "requested_by_team", "request": "safety_routine"}
    return [
        (asked, {**cells, **request}),
        (taken - asked, {**cells, "police": "none"}),
        (count - taken, {**cells, "exit": "no_unit_available"}),
    ]


def mix_of(snapshot: Snapshot, selection: Selection | None = None) -> CallMix:
    return call_mix(selection or Selection(), snapshot, RULE)


@pytest.fixture(scope="module")
def easy(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """900 of 1,000 easy calls taken and asked on 9; 100 of 1,000 hard ones taken and asked on 20; 50 not for the team."""
    kinds = [
        *calls(1000, "WELF", "low", 900, 9),
        *calls(1000, "MH", "high", 100, 20),
        *calls(50, "VIOL", "high", 0, 0),
    ]
    return city(tmp_path_factory.mktemp("easy"), kinds)


def test_easy_calls_are_called_easy(easy: Snapshot):
    mix = mix_of(easy)
    assert mix.urgency == "acuity"
    said = [(one.call_type, one.acuity, one.taken, one.eligible, one.public) for one in mix.parts]
    assert said == [
        ("welfare_check", "low", 900, 1000, 1000),
        ("mental_health", "high", 100, 1000, 1000),
        ("violence", "high", 0, 0, 50),
    ]
    # 29 of 1,000 as it is; (1% + 20%) / 2 at the mix that came in
    assert mix.at_eligible_mix is not None
    assert mix.at_eligible_mix.own_share == pytest.approx(0.029)
    assert mix.at_eligible_mix.other_share == pytest.approx(0.105)
    sentence = mix_sentence(mix).replace("\u00a0", " ")
    assert "would give 10.50% instead of 2.90%" in sentence
    assert f"were {BOLD}easier{BOLD} than" in sentence


def test_the_table_tells_every_kind(easy: Snapshot):
    table = mix_table(mix_of(easy)).map(lambda cell: cell.replace("\u00a0", " "))
    first, second, last, whole = table.to_dict("records")
    assert whole == {
        "Kind of call": "All",
        "Taken": "1,000",
        "Eligible": "2,000",
        "Public": "2,050",
        "Asked for safety": "29 of 1,000",
    }
    assert first == {
        "Kind of call": "Check on welfare, low",
        "Taken": "900 (90.0%)",
        "Eligible": "1,000 (50.0%)",
        "Public": "1,000 (48.8%)",
        "Asked for safety": "9 of 900 (1.0%)",
    }
    assert second["Asked for safety"] == "20 of 100 (20.0%)"
    assert (last["Taken"], last["Asked for safety"]) == ("0 (0.0%)", "none taken")
    # what is for others alone is in the table and not in the chart
    assert [name for name, _ in drawn_kinds(mix_of(easy))] == ["Check on welfare", "Mental health"]


def test_hard_calls_are_called_hard(tmp_path: Path):
    kinds = [*calls(1000, "WELF", "low", 100, 1), *calls(1000, "MH", "high", 900, 180)]
    assert f"were {BOLD}harder{BOLD} than" in mix_sentence(mix_of(city(tmp_path, kinds)))


def test_the_same_mix_explains_nothing(tmp_path: Path):
    kinds = [*calls(400, "WELF", "low", 200, 2), *calls(400, "MH", "high", 200, 20)]
    assert "makes little difference" in mix_sentence(mix_of(city(tmp_path, kinds)))


def test_one_request_is_too_few_to_say_that_the_choice_explains_nothing(tmp_path: Path):
    kinds = [*calls(100, "WELF", "low", 50, 0), *calls(100, "MH", "high", 10, 1)]
    said = mix_sentence(mix_of(city(tmp_path, kinds))).replace("\u00a0", " ")
    assert "would give 5.00% instead of 1.67%" in said
    assert f"the requests are {BOLD}too few to tell{BOLD}" in said
    assert "about the same" not in said


def test_without_acuity_one_program_has_its_priorities(tmp_path: Path):
    kinds = [(40, {"type": "MH", "priority": "2", "police": "none"})]
    mix = mix_of(city(tmp_path, kinds, without=("acuity",)))
    assert (mix.urgency, mix.parts[0].acuity) == ("the agency's priority", "2")


def test_a_log_of_the_programs_own_work_cannot_say(tmp_path: Path):
    agencies = write_agency(tmp_path / "agencies", holds="program_work")
    rows = [
        {"id": f"C{n}", "received": f"2024-01-{n + 1:02d} 10:00:00", "type": "MH", "police": "none",
         "sent": "yes", "arrived": f"2024-01-{n + 1:02d} 10:20:00", "origin": "911"}
        for n in range(28)
    ]  # fmt: skip
    load_log([write_csv(tmp_path / "c.csv", rows)], AGENCY, agencies, tmp_path / "store")
    mix = mix_of(live_snapshot(tmp_path / "store"))
    assert not mix.has_eligible
    assert mix.at_eligible_mix is None
    assert "cannot be said: not recorded is every call that the team may take" in mix_sentence(mix)
    assert list(mix_table(mix)) == ["Kind of call", "Taken", "Asked for safety"]


def test_a_log_without_requests_says_what_it_lacks(tmp_path: Path):
    kinds = [(40, {"type": "MH", "police": "none"})]
    mix = mix_of(city(tmp_path, kinds, without=("police_request_reason",)))
    assert mix.parts == ()
    assert "whether the team asked for police for its safety" in mix_sentence(mix)


def test_in_public_there_is_no_acuity_and_small_kinds_are_hidden_in_every_column(tmp_path: Path):
    kinds = [
        *calls(1000, "WELF", "low", 900, 20),
        *calls(1000, "WELF", "high", 500, 30),
        *calls(500, "MH", "high", 400, 5),
        *calls(300, "SUIC", "high", 200, 25),
    ]
    snapshot = city(tmp_path, kinds)
    mix = mix_of(snapshot, PUBLIC)
    assert mix.urgency == ""
    hidden = {one.call_type for one in mix.parts if one.status is Status.SUPPRESSED}
    # the small one, and the smallest shown beside it
    assert hidden == {"mental_health", "suicide_risk"}
    for one in mix.parts:
        if one.call_type in hidden:
            assert (one.taken, one.eligible, one.public, one.requests) == (None,) * 4
    # a hidden kind can be no remainder: no cell is told as a share of a whole
    assert (
        not mix_table(mix)
        .map(lambda cell: "%" in cell)[["Taken", "Eligible", "Public"]]
        .any(axis=None)
    )
    # 2,000 of 2,800 eligible calls are shown: too few to speak for all
    assert mix.at_eligible_mix is None
    assert "too few counts may be shown" in mix_sentence(mix)


def test_a_kind_hidden_among_the_eligible_calls_alone_counts_as_hidden(tmp_path: Path):
    """Never taken, so without a rate: it is hidden all the same, and no cell is told as a share of a whole."""
    kinds = [
        *calls(1000, "WELF", "low", 600, 20),
        *calls(500, "MH", "high", 300, 15),
        *calls(5, "SUIC", "high", 0, 0),
    ]
    mix = mix_of(city(tmp_path, kinds), PUBLIC)
    unseen = {one.call_type for one in mix.parts if one.eligible is None}
    assert "suicide_risk" in unseen
    assert mix.hidden_count == len(unseen)
    table = mix_table(mix)
    assert not table.map(lambda cell: "%" in cell)[["Taken", "Eligible", "Public"]].any(axis=None)


def test_in_public_calls_taken_are_those_that_record_police(tmp_path: Path):
    """Of 608 responses 8 do not record it: beside the rate of 600 the number 608 would tell that."""
    silent = {"type": "WELF", "acuity": "low", "police": ""}
    kinds = [*calls(1000, "WELF", "low", 600, 20), (8, silent), *calls(500, "MH", "high", 300, 15)]
    snapshot = city(tmp_path, kinds)
    assert [one.taken for one in mix_of(snapshot).parts] == [608, 300]
    mix = mix_of(snapshot, PUBLIC)
    assert [one.taken for one in mix.parts] == [600, 300]
    assert [found.metric.key for found in mix.answers] == [
        "safety_escalation_rate", "eligible_calls", "calls_for_service",
    ]  # fmt: skip
    assert "responses that record police" in mix.notes[-1]


def test_a_few_calls_not_taken_hide_the_mix_in_public(tmp_path: Path):
    kinds = [*calls(605, "WELF", "low", 600, 20), *calls(300, "MH", "high", 300, 15)]
    mix = mix_of(city(tmp_path, kinds), PUBLIC)
    assert mix.parts == ()
    assert mix.answers == ()
    assert mix_sentence(mix).startswith("Hidden to protect people: the counts of this part differ")


def test_the_finer_breakdown_is_refused_in_public(easy: Snapshot):
    with pytest.raises(SelectionError, match="call_type_and_acuity"):
        answer("responses", PUBLIC, easy, Breakdown.CALL_TYPE_AND_ACUITY)
