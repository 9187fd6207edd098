"""The quality report: every row accounted for, what is missing and odd, and what the public may not see."""

import json
from datetime import date, timedelta
from pathlib import Path

import pytest
from made_city import AGENCY, CALL_TYPES
from places import EXPECTED
from typer.testing import CliRunner

from outcomes.analyses.data_quality.disclosure import all_or_none, public_rows, public_shares
from outcomes.analyses.data_quality.export import as_dict
from outcomes.analyses.data_quality.report import ROW_COUNTS, QualityReport, quality_report
from outcomes.analyses.data_quality.text import EFFECTS, effect_of, report_sentences
from outcomes.cli.app import app
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.read.truncation import is_export_limit
from outcomes.ingest.run import load_log
from outcomes.statistics.word_change import ChangeOfWord, changes_beyond_chance
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import View

PROFILE = """
[program]
id = "small-town"
name = "Small Town"
city = "Small"
state = "OH"
time_zone = "America/New_York"
data_owner = "Small"
[log]
rows_are = "dispatch"
holds = "program_work"
[file]
format = "csv"
[text]
{id_line}
area_id = "area"
[times.received_at]
column = "received"
formats = ["%Y-%m-%d %H:%M"]
[times.dispatched_at]
column = "sent"
formats = ["%Y-%m-%d %H:%M"]
[call_type]
column = "type"
"""
COLUMNS = "id,received,sent,type,area"


@pytest.fixture
def town(tmp_path: Path):
    """Loads lines of a small town's log, file after file, and reports on what is then published."""
    folder = tmp_path / "agencies" / "small-town"
    folder.mkdir(parents=True)
    (folder / "call_types.csv").write_text(CALL_TYPES, encoding="utf-8")

    def load(lines: list[str], has_ids: bool = True) -> QualityReport:
        id_line = 'incident_id = "id"' if has_ids else ""
        text = PROFILE.format(id_line=id_line)
        if not has_ids:
            text += "\n[flags.has_arrest]\nconstant = false\n"
        (folder / "profile.toml").write_text(text, encoding="utf-8")
        log = tmp_path / "log.csv"
        log.write_text("\n".join([COLUMNS, *lines]), encoding="utf-8")
        load_log([log], "small-town", tmp_path / "agencies", tmp_path / "store")
        return quality_report("small-town", live_snapshot(tmp_path / "store"))

    return load


def calls(first: date, days: int, a_day: int, types: tuple[str, ...] = ("MH", "WELF")) -> list[str]:
    """Lines of the town's log: so many calls on every day."""
    lines = []
    for number in range(days * a_day):
        day = first + timedelta(days=number // a_day)
        hour = number % a_day
        kind = types[number % len(types)]
        lines.append(f"{day}-{hour},{day} {hour:02}:10,{day} {hour:02}:20,{kind},A{number % 2}")
    return lines


def test_rows_add_up(small_snapshot: Snapshot):
    for program in small_snapshot.programs:
        rows = quality_report(program.program_id, small_snapshot).rows
        assert rows["rows_read"] == sum(rows[name] for name in ROW_COUNTS[1:])
        assert rows["rows_read"] > 0


def test_months_add_up_to_the_whole(small_snapshot: Snapshot):
    one = {"program_id": AGENCY}
    months = small_snapshot.rows("quality", "completeness_by_month", one)
    for row in small_snapshot.rows("quality", "completeness_by_field", one):
        parts = [month for month in months if month["field"] == row["field"]]
        assert sum(part["filled_count"] for part in parts) == row["filled_count"]
        assert sum(part["incident_count"] for part in parts) == row["incident_count"]


@pytest.mark.slow
def test_completeness_of_a_month(town):
    lines = calls(date(2026, 1, 1), 31, 4) + calls(date(2026, 2, 1), 28, 4)
    lines = [line.replace("20,MH", "20,") if line.startswith("2026-02") else line for line in lines]
    report = town(lines)
    assert report.by_month[date(2026, 1, 1)]["call_type"] == 1
    assert report.by_month[date(2026, 2, 1)]["call_type"] == 0.5
    # The list of call types says which the team may take.
    written = {
        "received_date",
        "received_at",
        "call_type",
        "area_id",
        "dispatched_at",
        "is_eligible",
    }
    assert report.silent_fields == tuple(sorted(set(report.completeness) - written))


@pytest.mark.slow
def test_intervals_that_cannot_be_used(town):
    lines = calls(date(2026, 1, 1), 20, 3)
    lines += [
        "n,2026-01-05 10:00,2026-01-05 09:00,MH,A",
        "z,2026-01-05 10:00,2026-01-05 10:00,MH,A",
        "o,2026-01-05 10:00,2026-01-09 10:00,MH,A",
        "m,2026-01-05 10:00,,MH,A",
    ]
    faults = {
        (one.interval_name, one.state): one.incident_count for one in town(lines).interval_faults
    }
    assert faults == {
        ("call_processing_min", "negative"): 1,
        ("call_processing_min", "zero"): 1,
        ("call_processing_min", "over_range"): 1,
    }


@pytest.mark.slow
def test_days_that_chance_does_not_explain(town):
    busy = calls(date(2026, 1, 1), 60, 12)
    report = town([line for line in busy if not line.startswith(("2026-01-10", "2026-01-11"))])
    (found,) = report.gaps
    assert (found.first_day, found.day_count) == (date(2026, 1, 10), 2)
    assert "from Jan 10, 2026 to Jan 11, 2026" in " ".join(report_sentences(report))


@pytest.mark.slow
def test_quiet_days_of_a_small_log_are_ordinary(town):
    assert town(calls(date(2026, 1, 1), 60, 1)[::2]).gaps == ()


@pytest.mark.slow
def test_months_without_records_are_a_gap_and_not_days(town):
    report = town(calls(date(2026, 1, 1), 31, 12) + calls(date(2026, 4, 1), 30, 12))
    assert report.missing_months == ("2026-02", "2026-03")
    assert report.gaps == ()


@pytest.mark.parametrize(
    "rows", [1_000, 5_000, 10_000, 32_000, 50_000, 65_535, 65_536, 1_000_000, 1_048_575, 1_048_576]
)
def test_sizes_of_export_limits(rows: int):
    assert is_export_limit(rows)


@pytest.mark.parametrize("rows", [0, 10, 500, 4_682, 4_600, 28_970, 31_999, 32_001, 47_951, 65_537])
def test_other_sizes(rows: int):
    assert not is_export_limit(rows)


@pytest.mark.slow
def test_export_limit_is_told(town):
    report = town(calls(date(2026, 1, 1), 100, 10))
    assert report.limit_sentence
    assert "exactly 1,000 rows" in report.limit_sentence
    assert report.limit_sentence in report_sentences(report)
    assert town(calls(date(2026, 1, 1), 101, 10)).limit_sentence is None


@pytest.mark.slow
def test_repeats_of_a_log_without_ids(town):
    lines = calls(date(2026, 1, 1), 20, 3)
    report = town([*lines, lines[0], lines[0], lines[1]], has_ids=False)
    assert report.repeat_count == 3
    assert "3 records equal another one" in " ".join(report_sentences(report))
    assert "every count is too high" in " ".join(report_sentences(report))


@pytest.mark.slow
def test_repeated_ids_are_told(town):
    lines = calls(date(2026, 1, 1), 20, 3)
    reasons = town([*lines, lines[0]]).reasons
    assert reasons == {"filtered: the same id stands again further down; the later row counts": 1}


@pytest.mark.slow
def test_first_load_has_nothing_to_be_held_against(town):
    assert town(calls(date(2026, 1, 1), 60, 6)).changes == ()


@pytest.mark.slow
def test_drift_against_the_load_before(town):
    town(calls(date(2026, 1, 1), 60, 6))
    after = calls(date(2026, 3, 2), 30, 18, ("MH", "MH", "BRAND NEW"))
    changes = {(one.field, one.value): one for one in town(after).changes}
    assert changes["record", "every record"].change is ChangeOfWord.MORE
    assert changes["call_type_code", "BRAND NEW"].change is ChangeOfWord.NEW
    assert changes["call_type_code", "BRAND NEW"].after_count == 180
    assert changes["call_type_code", "WELF"].change is ChangeOfWord.GONE
    assert changes["call_type_code", "WELF"].before_count == 180
    assert changes["call_type_code", "MH"].change is ChangeOfWord.MORE
    assert changes["area_id", "A0"].change is ChangeOfWord.MORE


@pytest.mark.slow
def test_more_of_the_same_is_no_change(town):
    town(calls(date(2026, 1, 1), 60, 6))
    assert town(calls(date(2026, 3, 2), 30, 6)).changes == ()


@pytest.mark.slow
def test_amended_rows_are_not_held_against_themselves(town):
    lines = calls(date(2026, 1, 1), 60, 6)
    town(lines)
    amended = [line.replace("MH,A0", "SUIC,A0") for line in lines[:60]]
    assert town([*amended, *lines[60:]]).changes == ()


def test_chance_is_no_change():
    def row(before: int, after: int, field: str = "area_id") -> list:
        counts = {"before_count": before, "after_count": after}
        days = {"before_days": 365, "after_days": 30, "first_day": None, "last_day": None}
        return [{"field": field, "value": "x", **counts, **days}]

    # 3 expected, and none seen: chance. 8 expected, and none seen: gone.
    assert changes_beyond_chance(row(36, 0)) == ()
    assert changes_beyond_chance(row(100, 0))[0].change is ChangeOfWord.GONE
    # 30 expected: 46 is half as many again, 60 is beyond chance.
    assert changes_beyond_chance(row(365, 46)) == ()
    assert changes_beyond_chance(row(365, 60))[0].change is ChangeOfWord.MORE
    assert changes_beyond_chance(row(365, 8))[0].change is ChangeOfWord.FEWER
    # One new area may be a slip of the pen; a code that no list has is told at once.
    assert changes_beyond_chance(row(0, 1)) == ()
    assert changes_beyond_chance(row(0, 1, "call_type_code"))[0].change is ChangeOfWord.NEW


def test_every_field_has_an_effect(small_snapshot: Snapshot):
    report = quality_report(AGENCY, small_snapshot)
    assert set(report.completeness) <= set(EFFECTS)
    assert "needed for: " in effect_of("police_involvement")


# What the public may see

RULE = DisclosureRule()


def test_public_rows_hide_what_gives_a_small_count_away():
    rows = {"rows_read": 1_000, "loaded": 900, "filtered": 97, "rejected": 3, "unchanged": 0}
    shown = public_rows(rows, RULE)
    assert shown["rejected"] is None
    # Else the sum would tell it.
    assert [name for name, count in shown.items() if count is None] == ["filtered", "rejected"]
    assert public_rows({**rows, "rejected": 0, "filtered": 100}, RULE)["filtered"] == 100


def test_one_small_count_hides_all_of_its_kind():
    assert all_or_none({"a": 500, "b": 4}, RULE) == {"a": None, "b": None}
    assert all_or_none({"a": 500, "b": 0}, RULE) == {"a": 500, "b": 0}


def test_public_shares_are_whole_per_cent_and_never_of_few():
    months, whole = public_shares([(500, 1000), (1000, 1007), (0, 1000), (1000, 1000)], RULE)
    assert all(share is None or share == round(share, 2) for share in months)
    # 7 of 1,007 lack it, which is few: hidden, and one more with it.
    assert months.count(None) >= 1
    assert whole is not None
    assert public_shares([(9_960, 10_000)], RULE) == ([0.99], 0.99)
    assert public_shares([(40, 10_000)], RULE) == ([0.01], 0.01)


def test_public_report_has_no_small_count_and_no_value(small_snapshot: Snapshot):
    for program in small_snapshot.programs:
        report = quality_report(program.program_id, small_snapshot, View.PUBLIC)
        counts = [
            *report.rows.values(),
            *report.reasons.values(),
            *report.excluded_intervals.values(),
            *(one.row_count for one in report.findings),
            *(one.incident_count for one in report.interval_faults),
            report.repeat_count,
            report.undated_count,
        ]
        assert not [count for count in counts if RULE.is_small(count)]
        assert not [one for one in report.findings if one.samples]
        shares = [share for month in report.by_month.values() for share in month.values()]
        assert all(share is None or share == round(share, 2) for share in shares)


@pytest.mark.slow
def test_public_report_of_a_whole_log(town, tmp_path: Path):
    lines = calls(date(2026, 1, 1), 60, 12)
    lines += [f"x{n},2026-01-05 1{n}:00,bad,SECRET CODE,A0" for n in range(5)]
    full = town(lines)
    public = quality_report("small-town", live_snapshot(tmp_path / "store"), View.PUBLIC)
    assert "SECRET CODE" in " ".join(report_sentences(full))
    assert "SECRET CODE" not in json.dumps(as_dict(public))
    assert {one.row_count for one in full.findings} == {5}
    assert {one.row_count for one in public.findings} == {None}
    # What is hidden in January cannot be had from the whole and February.
    assert public.by_month[date(2026, 1, 1)]["dispatched_at"] is None
    assert public.completeness["dispatched_at"] is None
    assert public.by_month[date(2026, 2, 1)]["dispatched_at"] is None


# The command, and the real logs


def test_command_says_it_as_text_and_as_json(small_store: Path):
    words = ["quality", AGENCY, "--store", str(small_store)]
    text = CliRunner().invoke(app, words)
    assert text.exit_code == 0, text.output
    found = json.loads(CliRunner().invoke(app, [*words, "--format", "json"]).stdout)
    assert found["sentences"] == text.stdout.splitlines()
    assert found["rows"]["rows_read"] == sum(found["rows"][name] for name in ROW_COUNTS[1:])
    assert set(found["completeness_by_month"]) <= {
        f"{2020 + n // 12}-{1 + n % 12:02}" for n in range(120)
    }


def test_lane_county(real_snapshot: Snapshot):
    expected = json.loads(EXPECTED.read_text(encoding="utf-8"))["mcslc"]
    report = quality_report("lane-county-mcs", real_snapshot)
    assert report.missing_months == ("2024-11", "2024-12")
    assert report.undated_count == expected["req_missing"]
    faults = {(one.interval_name, one.state): one.incident_count for one in report.interval_faults}
    for name, key in (
        ("call_processing_min", "request_to_dispatch_min"),
        ("response_min", "request_to_arrival_min"),
    ):
        assert faults[name, "negative"] == expected[key]["negative"]
        assert faults[name, "over_range"] == expected[key]["over_24h"]
    not_entered = {one.field: one.row_count for one in report.findings if one.rule == "not entered"}
    assert not_entered["contact_at"] == expected["placeholder_midnight"]["eng"]
    longest = max(report.gaps, key=lambda one: one.day_count)
    assert (longest.first_day, longest.last_day) == (date(2024, 10, 6), date(2024, 10, 31))


def test_cahoots(real_snapshot: Snapshot):
    report = quality_report("eugene-cahoots-log", real_snapshot)
    assert report.rows["filtered"] == 1_051
    assert report.limit_sentence is None
    unreadable = [one for one in report.findings if one.rule == "unreadable"]
    assert [one.row_count for one in unreadable] == [1]
