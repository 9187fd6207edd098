"""The made-up logs: the same bytes for a seed, fit for their profiles, plausible in their rates."""

import csv
import gzip
import json
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import openpyxl
import pandas as pd
import pyarrow.parquet
import pytest
from places import PROJECT

from outcomes.demo.calls import draw_calls
from outcomes.demo.codes import CODES
from outcomes.demo.exports import FORMATS, write_demo_exports
from outcomes.demo.program import DEMO_THROUGH, PROGRAMS
from outcomes.ingest.agency import read_profile
from outcomes.ingest.profile.schema import Profile
from outcomes.vocabulary.log import DataKind, LogHolds

pytestmark = pytest.mark.slow

AGENCIES = PROJECT / "data" / "agencies"
AGENCY_IDS = [program.agency_id for program in PROGRAMS]
SAFETY = ("safety_emergency", "safety_routine")
FROM_RESPONDERS = ("officer_request", "responder_initiated")
SEED = 2026


@pytest.fixture(scope="module")
def exports(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The exports of the usual seed, by agency."""
    return write_demo_exports(tmp_path_factory.mktemp("demo"), SEED)


@pytest.fixture(scope="module")
def drawn() -> dict[str, pd.DataFrame]:
    """The calls behind the exports, by agency."""
    return {program.agency_id: draw_calls(program, SEED) for program in PROGRAMS}


@pytest.fixture(scope="module")
def responses(drawn: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """Every response of every program."""
    parts = [calls[calls["is_response"]].assign(agency_id=name) for name, calls in drawn.items()]
    return pd.concat(parts, ignore_index=True)


def profile_of(agency_id: str) -> Profile:
    return read_profile(AGENCIES / agency_id)


def column_names(path: Path, profile: Profile) -> list[str]:
    file = profile.file
    if file.format == "parquet":
        return pyarrow.parquet.read_schema(path).names
    if file.format == "json_lines":
        with path.open(encoding="utf-8") as stream:
            return list(json.loads(next(stream)))
    if file.format == "xlsx":
        sheet = openpyxl.load_workbook(path, read_only=True)[file.sheet]
        return [str(cell) for cell in next(sheet.iter_rows(values_only=True))]
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding=file.encoding, newline="") as stream:
        rows = csv.reader(stream, delimiter=file.delimiter)
        for _ in range(file.header_row - 1):
            next(rows)
        return next(rows)


def named_columns(part: object) -> Iterator[str]:
    """Every column that a part of a profile names, however deep it stands."""
    if isinstance(part, dict):
        for key, value in part.items():
            if key == "column" or key.endswith("_column"):
                yield from [value] if value else []
            else:
                yield from named_columns(value)
    elif isinstance(part, list | tuple):
        for entry in part:
            yield from named_columns(entry)


def share(test: pd.Series | np.ndarray) -> float:
    return float(np.asarray(test).mean())


@pytest.mark.long
def test_same_seed_gives_the_same_bytes_and_another_seed_others(
    exports: dict[str, Path], tmp_path: Path
) -> None:
    again = write_demo_exports(tmp_path / "again", SEED)
    other = write_demo_exports(tmp_path / "other", SEED + 1)
    assert list(again) == AGENCY_IDS
    for agency_id, path in again.items():
        assert path.read_bytes() == exports[agency_id].read_bytes(), path.name
    for agency_id, path in other.items():
        assert path.read_bytes() != exports[agency_id].read_bytes(), path.name


def test_programs_are_drawn_independently(drawn: dict[str, pd.DataFrame]) -> None:
    last = PROGRAMS[-1]
    pd.testing.assert_frame_equal(draw_calls(last, SEED), drawn[last.agency_id])


def test_every_program_has_one_export_in_its_own_file(exports: dict[str, Path]) -> None:
    assert set(exports) == set(FORMATS) == set(CODES) == set(AGENCY_IDS)
    assert len({path.name for path in exports.values()}) == len(exports)


@pytest.mark.parametrize("agency_id", AGENCY_IDS)
def test_profile_is_valid_and_says_the_same_as_the_city(agency_id: str) -> None:
    profile = profile_of(agency_id)
    program = next(program for program in PROGRAMS if program.agency_id == agency_id)
    assert profile.program.data_kind is DataKind.MADE_UP
    assert "made up" in profile.program.data_owner.lower()
    assert profile.program.city == program.city
    assert profile.program.state == program.state
    assert profile.program.time_zone == program.time_zone
    assert profile.log.holds is program.holds


@pytest.mark.parametrize("agency_id", AGENCY_IDS)
def test_columns_named_in_the_profile_are_in_the_export(
    agency_id: str, exports: dict[str, Path]
) -> None:
    profile = profile_of(agency_id)
    parts = profile.model_dump()
    wanted = {*named_columns(parts), *profile.text.values(), *profile.ignored_columns}
    found = column_names(exports[agency_id], profile)
    assert len(wanted) > 10
    assert wanted <= set(found), sorted(wanted - set(found))
    assert set(found) <= wanted, "a column that the profile neither reads nor ignores"


@pytest.mark.parametrize("agency_id", AGENCY_IDS)
def test_call_type_list_says_the_same_as_the_codes(agency_id: str) -> None:
    with (AGENCIES / agency_id / "call_types.csv").open(encoding="utf-8", newline="") as stream:
        listed = [
            (row["code"], row["description"], row["call_type"], row["eligible"])
            for row in csv.DictReader(stream)
        ]
    drawn_from = [
        (code.code, code.description, str(code.call_type), "yes" if code.is_eligible else "no")
        for code in CODES[agency_id]
    ]
    assert listed == drawn_from


@pytest.mark.parametrize("program", PROGRAMS, ids=AGENCY_IDS)
def test_dated_changes_of_the_profile_are_those_of_the_city(program) -> None:
    days = {hours.since for hours in program.hours[1:]}
    days |= {staffing.since for staffing in program.staffing[1:]}
    days |= {area.since for area in program.areas if area.since}
    days |= {since for _, since in program.types_added}
    assert {change.date for change in profile_of(program.agency_id).changes} == days


def test_enough_programs_states_and_calls(drawn: dict[str, pd.DataFrame]) -> None:
    assert len(PROGRAMS) >= 8
    assert len({program.state for program in PROGRAMS}) >= 7
    assert 280_000 <= sum(len(calls) for calls in drawn.values()) <= 330_000
    assert all(5_000 <= len(calls) <= 70_000 for calls in drawn.values())
    assert len({program.first_day.year for program in PROGRAMS}) >= 6
    last_days = {calls["received_at"].max().date() for calls in drawn.values()}
    assert last_days == {DEMO_THROUGH}


@pytest.mark.parametrize("program", PROGRAMS, ids=AGENCY_IDS)
def test_share_of_eligible_calls_and_of_those_reached(
    program, drawn: dict[str, pd.DataFrame]
) -> None:
    calls = drawn[program.agency_id]
    if program.holds is LogHolds.PROGRAM_WORK:
        assert calls["is_dispatched"].all()
        return
    if program.holds is LogHolds.ALL_CALLS:
        assert 0.2 <= share(calls["is_eligible"]) <= 0.4
    eligible = calls[calls["is_eligible"] & ~calls["call_origin"].isin(FROM_RESPONDERS)]
    assert 0.2 <= share(eligible["is_response"]) <= 0.6
    years = eligible.groupby(eligible["received_at"].dt.year)["is_response"].mean()
    assert years.iloc[-1] > years.iloc[0]
    exits = eligible["not_reached_reason"].value_counts()
    assert set(exits.index[:2]) == {"outside_hours", "no_unit_available"}
    # Every eligible call was reached or has an exit, never both.
    assert (eligible["is_response"] == eligible["not_reached_reason"].isna()).all()


def test_safety_requests_are_near_one_in_a_hundred(responses: pd.DataFrame) -> None:
    for_safety = responses["police_request_reason"].isin(SAFETY)
    assert 0.007 <= share(for_safety) <= 0.014
    by_program = for_safety.groupby(responses["agency_id"]).mean()
    assert by_program.between(0.004, 0.018).all()
    common = responses["call_type"].value_counts().loc[lambda count: count > 3000].index
    by_type = for_safety.groupby(responses["call_type"]).mean().loc[common]
    assert by_type.between(0.004, 0.02).all()
    emergencies = responses["police_request_reason"] == "safety_emergency"
    assert 0.08 <= emergencies.sum() / for_safety.sum() <= 0.17


def test_police_involvement_is_plausible(responses: pd.DataFrame) -> None:
    involvement = responses["police_involvement"]
    by_program = (involvement == "requested_by_team").groupby(responses["agency_id"]).mean()
    assert by_program.between(0.025, 0.04).all()
    there = involvement.isin(["already_on_scene", "sent_by_dispatch"])
    assert there.groupby(responses["agency_id"]).mean().between(0.03, 0.08).all()
    assert share(involvement == "planned_co_response") < 0.005
    asked = involvement == "requested_by_team"
    assert (asked == responses["police_request_reason"].notna()).all()


@pytest.mark.parametrize(
    ("what", "low", "high"),
    [
        ("has_arrest", 0.001, 0.004),
        ("has_involuntary_hold", 0.01, 0.02),
        ("has_force", 0.0002, 0.0009),
    ],
)
def test_rare_actions_are_rare(what: str, low: float, high: float, responses: pd.DataFrame) -> None:
    assert low <= share(responses[what].astype(bool)) <= high


def test_contacts_and_transports_are_plausible(responses: pd.DataFrame) -> None:
    contact = responses["contact_result"].value_counts(normalize=True)
    assert 0.70 <= contact["contacted"] <= 0.80
    assert 0.12 <= contact["unable_to_locate"] <= 0.18
    assert 0.05 <= contact["refused"] <= 0.08
    assert 0.002 <= contact["disengaged_for_safety"] <= 0.004
    assert 0.10 <= share(responses["transport_to"] != "none") <= 0.15
    assert 0.04 <= share(responses["transport_to"] == "emergency_department") <= 0.08


def test_nobody_is_hurt_seriously(responses: pd.DataFrame) -> None:
    severities = pd.concat([responses["injury_severity"], responses["second_injury_severity"]])
    assert set(severities.dropna()) == {"near_miss", "first_aid", "medical_treatment"}
    per_10k = severities.value_counts() / len(responses) * 10_000
    assert 7 <= per_10k["near_miss"] <= 13
    assert 3.5 <= per_10k["first_aid"] <= 7.5
    assert 0.7 <= per_10k["medical_treatment"] <= 2.5
    roles = pd.concat([responses["injured_role"], responses["second_injured_role"]]).dropna()
    assert set(roles) == {"responder", "person_served", "bystander", "officer"}
    hurt_officers = responses[responses["injured_role"] == "officer"]
    assert not hurt_officers["police_involvement"].isin(["none", "not_recorded"]).any()


def test_times_are_plausible(responses: pd.DataFrame) -> None:
    called = responses[~responses["call_origin"].isin(FROM_RESPONDERS)]
    for first, last, low, high in (
        ("received_at", "dispatched_at", 5, 15),
        ("en_route_at", "arrived_at", 8, 15),
        ("arrived_at", "cleared_at", 20, 45),
    ):
        minutes = (called[last] - called[first]).dt.total_seconds() / 60
        assert low <= minutes.median() <= high
        assert 0 < (minutes < 0).sum() + (minutes > 24 * 60).sum() < 0.005 * len(minutes)


def test_gap_months_have_no_rows_and_no_other_month_is_empty(
    drawn: dict[str, pd.DataFrame],
) -> None:
    for program in PROGRAMS:
        months = set(drawn[program.agency_id]["received_at"].dt.to_period("M"))
        span = pd.period_range(program.first_day, DEMO_THROUGH, freq="M")
        empty = {month.to_timestamp().date() for month in span if month not in months}
        assert empty == set(program.gap_months)
    assert sum(len(program.gap_months) == 2 for program in PROGRAMS) == 1


def test_one_month_stands_out_in_safety_requests(drawn: dict[str, pd.DataFrame]) -> None:
    (program,) = [program for program in PROGRAMS if program.surge_month]
    calls = drawn[program.agency_id]
    for_safety = calls[calls["police_request_reason"].isin(SAFETY)]
    by_month = for_safety["received_at"].dt.to_period("M").value_counts()
    highest = by_month.index[0].to_timestamp().date()
    assert highest == program.surge_month
    assert by_month.iloc[0] > 2 * by_month.iloc[1]


@pytest.mark.parametrize(
    ("agency_id", "day"),
    [
        ("demo-alder-crossing", "2021-07-01"),
        ("demo-port-lindry", "2022-10-01"),
        ("demo-marais-point", "2022-01-15"),
        ("demo-kestrel-mesa", "2022-09-01"),
        ("demo-hollin-ferry", "2023-07-01"),
    ],
)
def test_a_dated_change_shows_in_the_responses(
    agency_id: str, day: str, drawn: dict[str, pd.DataFrame]
) -> None:
    calls = drawn[agency_id]
    answered = calls.loc[calls["is_response"], "received_at"]
    change = pd.Timestamp(day)
    half_year = pd.Timedelta(days=182)
    before = answered.between(change - half_year, change, inclusive="left").sum()
    after = answered.between(change, change + half_year, inclusive="left").sum()
    assert after > 1.12 * before


def test_one_program_records_no_origin_and_one_neither_police_nor_injuries() -> None:
    profiles = {agency_id: profile_of(agency_id) for agency_id in AGENCY_IDS}
    without = {
        field: [name for name, profile in profiles.items() if field not in profile.words]
        for field in ("call_origin", "police_involvement")
    }
    assert without["call_origin"] == ["demo-eastmarch"]
    assert without["police_involvement"] == ["demo-quillhaven"]
    assert [name for name, profile in profiles.items() if not profile.injuries] == [
        "demo-quillhaven"
    ]


def test_spring_2020_dips_mildly(drawn: dict[str, pd.DataFrame]) -> None:
    received = drawn["demo-alder-crossing"]["received_at"]
    spring = {
        year: received.between(f"{year}-03-16", f"{year}-06-30").sum()
        for year in (2019, 2020, 2021)
    }
    usual = (spring[2019] + spring[2021]) / 2
    assert 0.75 <= spring[2020] / usual <= 0.95


def test_who_came_back_has_the_traits_of_before_and_was_met(drawn: dict[str, pd.DataFrame]) -> None:
    for calls in drawn.values():
        known = calls[calls["person"].notna()]
        assert (known["contact_result"] == "contacted").all()
        met = calls["contact_result"] == "contacted"
        assert 0.9 <= known.shape[0] / met.sum() <= 0.96
        for trait in ("age", "gender", "race_ethnicity"):
            kinds = known.groupby("person")[trait].nunique(dropna=False)
            assert kinds.max() == 1, trait
        times = known["person"].value_counts()
        assert 0.05 <= (times > 1).mean() <= 0.5
        # Numbers are given in the order of the first contact.
        assert list(dict.fromkeys(known["person"])) == list(range(1, len(times) + 1))


def test_endings_say_what_was_done_and_whom_nobody_met(responses: pd.DataFrame) -> None:
    ending = responses["ending"]
    assert 0.005 <= share(ending.isna()) <= 0.03
    told = responses[ending.notna()]
    assert (told.loc[told["has_arrest"].eq(True), "ending"] == "arrested").all()
    found_nobody = told["contact_result"] == "unable_to_locate"
    assert set(told.loc[found_nobody, "ending"]) == {"unable_to_locate"}
    served = told["ending"].isin(
        ["resolved_on_scene", "referred", "handed_to_police", "handed_to_ambulance", "other"]
    )
    assert (told.loc[served, "contact_result"] == "contacted").all()
    assert (told.loc[told["ending"] == "transported_shelter", "transport_to"] == "shelter").all()


def test_persons_change_nothing_else_that_is_drawn(monkeypatch: pytest.MonkeyPatch) -> None:
    """Persons and endings come from a stream of their own: with another one all other columns stay."""
    program = PROGRAMS[-1]
    before = draw_calls(program, SEED)
    monkeypatch.setattr("outcomes.demo.people.UNKNOWN_PERSON_SHARE", 0.5)
    monkeypatch.setattr("outcomes.demo.people.ENDING_BLANK_SHARE", 0.5)
    after = draw_calls(program, SEED)
    own = ["person", "ending"]
    pd.testing.assert_frame_equal(before.drop(columns=own), after.drop(columns=own))
    assert after["person"].notna().sum() < before["person"].notna().sum()
