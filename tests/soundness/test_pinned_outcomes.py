"""Wrong numbers about outcomes that such products print, each pinned beside the right one."""

import ast
from pathlib import Path

import duckdb
import pytest
from made_city import AGENCY, write_agency, write_csv
from places import PROJECT

from outcomes.answers.answer import answer
from outcomes.demo.load import MADE_UP_SECRET, load_demonstration
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import load_log
from outcomes.selection import Selection
from outcomes.settings import Settings
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, Status


def city(folder: Path, rows: list[dict[str, str]], **profile: object) -> Snapshot:
    agencies = write_agency(folder / "agencies", has_persons=True, **profile)
    load_log([write_csv(folder / "calls.csv", rows)], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


def met(identity: str, received: str, person: str = "", **cells: str) -> dict[str, str]:
    """A contact that lasts from 10 minutes after the call to 50 minutes after it."""
    hour = f"{received[:10]} {int(received[11:13]):02d}"
    base = {
        "id": identity,
        "received": f"{received}:00",
        "arrived": f"{hour}:58:00",
        "type": "MH",
        "origin": "911",
        "result": "contacted",
        "person": person,
    }
    return base | cells


def filler(first: int = 1, last: int = 31, month: str = "2024-01") -> list[dict[str, str]]:
    """A contact a day with nobody known, so that the log covers these days."""
    return [met(f"{month}-{day}", f"{month}-{day:02d} 09:00") for day in range(first, last + 1)]


def again(snapshot: Snapshot, days: int = 7) -> tuple[float | None, float | None]:
    total = answer(f"repeat_contact_{days}_share", Selection(), snapshot).total
    return total.numerator, total.denominator


def test_contacts_without_full_follow_up_are_left_out(tmp_path: Path):
    # Four people on 2 January, of whom one comes back; four on the last two days, whom nobody could see come back.
    rows = filler()
    rows += [met(f"A{n}", "2024-01-02 12:00", f"P{n}") for n in range(4)]
    rows += [met("B", "2024-01-05 12:00", "P0")]
    rows += [met(f"C{n}", "2024-01-30 12:00", f"Q{n}") for n in range(4)]
    snapshot = city(tmp_path, rows)
    # Wrong: 1 of 9, as if the last four had been watched for a week.
    assert again(snapshot) == (1, 5)
    # Wrong: 1 of 5 within 30 days; only 1 January has 30 days after it, and nobody is known on it.
    assert again(snapshot, 30) == (None, None)


def test_unknown_people_are_not_one_person_and_not_new_people(tmp_path: Path):
    rows = [*filler(), met("A", "2024-01-02 12:00", "P1"), met("B", "2024-01-10 12:00", "P2")]
    snapshot = city(tmp_path, rows)
    # Wrong: 31 contacts of one person called nothing, every one a repeat; or 31 new people in the denominator.
    assert again(snapshot) == (0, 2)
    notes = answer("repeat_contact_7_share", Selection(), snapshot).notes
    assert any(note.startswith("On 31 contacts the log does not say who") for note in notes)


@pytest.mark.slow
def test_a_word_for_unknown_people_is_not_one_person(tmp_path: Path):
    # Wrong: every row of "UNKNOWN" but the last is followed by another of the same person.
    rows = [row | {"person": "UNKNOWN"} for row in filler()]
    rows += [met("A", "2024-01-02 12:00", "P1"), met("B", "2024-01-10 12:00", "P2")]
    assert again(city(tmp_path, rows)) == (0, 2)


@pytest.mark.parametrize(
    ("second", "within", "count"),
    [
        # Seven days later to the day, at any hour of it; eight days are not within seven.
        pytest.param("2024-01-09 00:01", 7, 1, marks=pytest.mark.slow),
        ("2024-01-09 23:59", 7, 1),
        ("2024-01-10 00:01", 7, 0),
        # Later on the same day, after the team had left at 12:50; and just after midnight.
        pytest.param("2024-01-02 13:00", 7, 1, marks=pytest.mark.slow),
        pytest.param("2024-01-03 00:00", 7, 1, marks=pytest.mark.slow),
    ],
)
def test_the_window_is_so_many_days_of_the_calendar(
    tmp_path: Path, second: str, within: int, count: int
):
    rows = [
        *filler(),
        met("A", "2024-01-02 12:00", "P1", cleared="2024-01-02 12:50:00"),
        met("B", second, "P1"),
    ]
    assert again(city(tmp_path, rows), within) == (count, 2)


def test_a_call_while_the_team_is_there_is_the_same_event(tmp_path: Path):
    rows = [
        *filler(),
        met("A", "2024-01-02 12:00", "P1", cleared="2024-01-02 12:50:00"),
        met("B", "2024-01-02 12:20", "P1", cleared="2024-01-02 14:00:00"),
        # The second call prolonged the visit, so a third one during it is the same event too.
        met("C", "2024-01-02 13:30", "P1"),
    ]
    # Wrong: three contacts, two of them repeats.
    assert again(city(tmp_path, rows)) == (0, 1)


@pytest.mark.slow
def test_a_clearing_time_beyond_belief_swallows_no_later_contact(tmp_path: Path):
    # Cleared a month later by a slip of the pen. Wrong: no repeat, for the visit "lasted" until February.
    rows = [
        *filler(),
        met("A", "2024-01-02 12:00", "P1", cleared="2024-02-02 12:50:00"),
        met("B", "2024-01-04 12:00", "P1"),
    ]
    assert again(city(tmp_path, rows)) == (1, 2)


@pytest.mark.slow
def test_a_visit_over_midnight_is_one_event_until_it_ends(tmp_path: Path):
    rows = [
        *filler(),
        met("A", "2024-01-02 23:30", "P1", cleared="2024-01-03 00:40:00"),
        met("B", "2024-01-03 00:20", "P1"),
        met("C", "2024-01-03 02:00", "P1"),
    ]
    assert again(city(tmp_path, rows)) == (1, 2)


@pytest.mark.slow
def test_a_change_of_clocks_moves_no_day(tmp_path: Path):
    # Clocks went forward on 10 March 2024: seven times 24 hours later it is an hour past, and still the seventh day.
    rows = [
        *filler(month="2024-03"),
        met("A", "2024-03-09 23:30", "P1", cleared="2024-03-09 23:50:00"),
        met("B", "2024-03-16 23:59", "P1"),
        # And back on 3 November: the visit ends at 1:10 of the second round, an hour and twenty minutes after 0:50.
        *filler(month="2024-11", last=30),
        met("C", "2024-11-03 00:50", "P2", cleared="2024-11-03 01:10:00"),
        met("D", "2024-11-03 03:00", "P2"),
    ]
    assert again(city(tmp_path, rows)) == (2, 4)


@pytest.mark.slow
def test_a_gap_in_the_log_is_no_follow_up(tmp_path: Path):
    # No February. Wrong: P1 of 20 January counts as not met again in 30 days, though nobody was looking.
    rows = [
        *filler(),
        met("A", "2024-01-20 12:00", "P1"),
        *filler(month="2024-03"),
        met("B", "2024-03-25 12:00", "P1"),
        met("C", "2024-03-02 12:00", "P2"),
    ]
    snapshot = city(tmp_path, rows)
    assert again(snapshot) == (0, 2)
    assert again(snapshot, 30) == (None, None)


@pytest.mark.slow
def test_a_reopened_incident_and_two_rows_of_one_call_are_one_contact(tmp_path: Path):
    # The same id again is a later version of the row; two dispatches of one call have one time and one person.
    first = met("A", "2024-01-02 12:00", "P1")
    reopened = {**first, "cleared": "2024-01-02 12:50:00"}
    snapshot = city(tmp_path / "calls", [*filler(), first, reopened])
    assert again(snapshot) == (0, 1)
    sent_twice = [met("", "2024-01-02 12:00", "P1", area=area) for area in ("north", "south")]
    dispatches = city(
        tmp_path / "dispatches", [*filler(), *sent_twice], rows_are="dispatch", has_ids=False
    )
    assert again(dispatches) == (0, 1)


def test_whom_nobody_met_did_not_come_back(tmp_path: Path):
    rows = [
        *filler(),
        met("A", "2024-01-02 12:00", "P1"),
        met("B", "2024-01-05 12:00", "P1", result="unable_to_locate"),
    ]
    assert again(city(tmp_path, rows)) == (0, 1)


def test_whom_nobody_found_was_not_helped(tmp_path: Path):
    # The log writes "resolved" on every row. Wrong: 100% served.
    rows = [
        met("A", "2024-01-02 12:00", ended="resolved_on_scene"),
        met("B", "2024-01-03 12:00", ended="resolved_on_scene", result="unable_to_locate"),
        met("C", "2024-01-04 12:00", ended="resolved_on_scene", result="refused"),
        # An arrest of somebody who refused happened all the same, and is told.
        met("D", "2024-01-05 12:00", arrest="yes", result="refused"),
    ]
    snapshot = city(tmp_path, rows)
    found = answer("dispositions", Selection(), snapshot, Breakdown.DISPOSITION)
    counts = dict(zip(found.table.disposition, found.table.numerator, strict=True))
    assert {word: count for word, count in counts.items() if count} == {
        "resolved_on_scene": 1,
        "unable_to_locate": 1,
        "refused": 1,
        "arrested": 1,
    }
    served = answer("served_share", Selection(), snapshot).total
    assert (served.numerator, served.denominator) == (2, 4)
    assert any(note.startswith("On 1 responses somebody was arrested") for note in found.notes)


def test_a_referral_step_is_no_share_of_contacts_that_had_no_offer(tmp_path: Path):
    rows = [
        met("A", "2024-01-02 12:00", offered="yes", accepted="yes", connected="no"),
        met("B", "2024-01-03 12:00", offered="no", accepted="no", connected="no"),
        met("C", "2024-01-04 12:00", offered="no", accepted="no", connected="no"),
    ]
    snapshot = city(tmp_path, rows)
    accepted = answer("referral_accepted_share", Selection(), snapshot).total
    # Wrong: 1 of 3.
    assert (accepted.numerator, accepted.denominator) == (1, 1)


def test_a_log_that_writes_only_what_was_accepted_has_no_acceptance_of_100_per_cent(tmp_path: Path):
    rows = [met("A", "2024-01-02 12:00", accepted="yes"), met("B", "2024-01-03 12:00")]
    snapshot = city(tmp_path, rows, without=["has_referral_offered"])
    total = answer("referral_accepted_share", Selection(), snapshot).total
    assert total.status is Status.NOT_RECORDED


# The secret of made-up persons


@pytest.mark.slow
def test_the_demonstration_needs_no_secret_and_uses_none_of_the_agency(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("OUTCOMES_PERSON_SECRET", raising=False)
    monkeypatch.setattr("outcomes.demo.exports.PROGRAMS", _quickest())
    settings = Settings(store=tmp_path / "store", demo=tmp_path / "demo")
    assert load_demonstration(settings, 2026) > 5_000
    tokens = _tokens(tmp_path / "store")
    assert len(tokens) > 500
    monkeypatch.setenv("OUTCOMES_PERSON_SECRET", "the agency's own, long and secret")
    other = Settings(store=tmp_path / "other", demo=tmp_path / "demo")
    load_demonstration(other, 2026)
    assert _tokens(tmp_path / "other") == tokens


def test_a_log_loaded_by_hand_needs_a_secret_even_where_it_is_made_up(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("OUTCOMES_PERSON_SECRET", raising=False)
    agencies = write_agency(tmp_path / "agencies", has_persons=True)
    profile = agencies / AGENCY / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(
        text.replace('data_owner = "The tests"', 'data_owner = "The tests"\ndata_kind = "made_up"'),
        encoding="utf-8",
    )
    path = write_csv(tmp_path / "calls.csv", [met("A", "2024-01-02 12:00", "P1")])
    with pytest.raises(LoadProblem, match="Expected a secret of at least 16 characters"):
        load_log([path], AGENCY, agencies, tmp_path / "store")


def test_only_the_demonstration_gives_a_secret_in_code():
    givers = {
        path.relative_to(PROJECT).as_posix()
        for path in (PROJECT / "outcomes").rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call)
        and getattr(node.func, "id", "") == "load_log"
        and any(word.arg == "secret" for word in node.keywords)
    }
    assert givers == {"outcomes/demo/load.py"}
    assert len(MADE_UP_SECRET) >= 16


def _quickest() -> tuple:
    from outcomes.demo.program import PROGRAMS

    return tuple(program for program in PROGRAMS if program.agency_id == "demo-quillhaven")


def _tokens(store: Path) -> set[str]:
    with duckdb.connect(str(store / "warehouse.duckdb"), read_only=True) as connection:
        rows = connection.table("incident").project("person_token").distinct().fetchall()
    return {token for (token,) in rows if token}
