"""Dates keep their precision: coarse ones answer coarse questions, and refuse finer ones with the reason."""

from datetime import date
from pathlib import Path

import duckdb
import pytest
from coarse_logs import load_coarse, rows_of
from made_city import AGENCY
from pydantic import ValidationError

from outcomes.analyses.control_charts.monthly import monthly_chart
from outcomes.analyses.control_charts.rare_events import rare_event_chart
from outcomes.analyses.data_quality.report import quality_report
from outcomes.analyses.data_quality.text import gap_sentences
from outcomes.analyses.demand.analysis import demand
from outcomes.analyses.demand.exhibits import week_exhibit
from outcomes.answers.answer import Answer, answer
from outcomes.answers.choice import DEFAULTS, selection_of
from outcomes.answers.coverage import finest_period
from outcomes.answers.period_change import CompareWith
from outcomes.ingest.profile.timestamps import Time
from outcomes.presentation.sentences import change_text, months_words
from outcomes.selection import Selection, add_months
from outcomes.statistics.comparison import Change
from outcomes.store.publish import publish_anew
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, Coverage, DatePrecision, Status

YEARS = {str(year): 150 + year % 3 for year in range(2009, 2020) if year != 2013} | {"2020": 400}
MONTHS = {f"2023-{month:02d}": 40 + month for month in range(1, 13) if month != 5}
DAYS = {f"2024-0{month}-{day:02d}": 2 for month in (1, 2, 3) for day in range(1, 29)}
OTHER = "second-town"
YEARS_ONLY = "the log of Test City gives years only"


@pytest.fixture(scope="module")
def yearly(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A log of 2009 to 2020 without 2013, whose dates are years."""
    return load_coarse(tmp_path_factory.mktemp("yearly"), '["%Y"]', YEARS)


@pytest.fixture(scope="module")
def monthly(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A log of 2023 without May, whose dates are months."""
    return load_coarse(tmp_path_factory.mktemp("monthly"), '["%Y-%m"]', MONTHS)


@pytest.fixture(scope="module")
def daily(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A log of three months whose calls have a day and no time of day, though the team's times are written."""
    rows = rows_of(DAYS)
    for row in rows:
        day = row["received"]
        row |= {"dispatched": f"{day} 10:01", "en route": f"{day} 10:04", "arrived": f"{day} 10:15"}
    keeps = ("dispatched_at", "en_route_at", "arrived_at")
    folder = tmp_path_factory.mktemp("daily")
    return load_coarse(folder, '["%Y-%m-%d"]', {}, rows=rows, keeps=keeps)


@pytest.fixture(scope="module")
def both(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """A log that gives years beside one that gives days."""
    folder = tmp_path_factory.mktemp("both")
    load_coarse(folder, '["%Y"]', {"2022": 60, "2023": 60, "2024": 60})
    days = {
        f"{year}-{month:02d}-{day:02d}": 1
        for year in (2022, 2023, 2024)
        for month in range(1, 13)
        for day in range(1, 29)
    }
    return load_coarse(folder, '["%Y-%m-%d"]', days, agency=OTHER)


def by(found: Answer) -> dict[str, float]:
    return {str(row[found.keys[0]]): row["numerator"] for row in found.rows}


@pytest.mark.parametrize(
    ("keys", "precision"),
    [
        ({"date_formats": ["%Y"]}, "year"),
        ({"date_formats": ["%y"]}, "year"),
        ({"date_formats": ["%Y-%m"]}, "month"),
        ({"date_formats": ["%b %Y"]}, "month"),
        ({"date_formats": ["%m/%d/%Y"]}, "day"),
        ({"date_formats": ["%Y-%j"]}, "day"),
        ({"date_formats": ["%G-W%V-%u"]}, "day"),
        ({"date_formats": ["spreadsheet_days"]}, "day"),
        # The coarsest of one column's formats is what all of its rows tell.
        ({"date_formats": ["%Y-%m-%d", "%Y"]}, "year"),
        ({"date_formats": ["%Y-%m-%d", "%Y-%m"]}, "month"),
        ({"date_formats": ["%Y-%m-%d"], "time_column": "t", "time_formats": ["%H:%M"]}, "minute"),
        ({"column": "d", "formats": ["%Y-%m-%d %H:%M"]}, "minute"),
        ({"column": "d", "formats": ["epoch_seconds"]}, "minute"),
    ],
)
def test_formats_tell_how_fine_a_date_is(keys: dict[str, object], precision: str):
    given = keys if "column" in keys else {"date_column": "d", **keys}
    assert Time.model_validate(given).precision == DatePrecision(precision)


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        ({"date_formats": ["%Y-%W"]}, "a week without a day of the week"),
        ({"date_formats": ["%G-W%V"]}, "a week without a day of the week"),
        ({"date_formats": ["%Y Q%m"]}, "would read a quarter as a month"),
        (
            {"date_formats": ["%Y"], "time_column": "t", "time_formats": ["%H:%M"]},
            "without its day",
        ),
        ({"column": "d", "formats": ["%m/%Y %H:%M"]}, "without its day"),
    ],
)
def test_formats_that_would_make_up_a_date_are_refused(keys: dict[str, object], said: str):
    given = keys if "column" in keys else {"date_column": "d", **keys}
    with pytest.raises(ValidationError, match=said):
        Time.model_validate(given)


def test_years_are_counted_whole(yearly: Snapshot):
    (program,) = yearly.programs
    assert program.date_precision is DatePrecision.YEAR
    assert (program.first_day, program.last_day) == (date(2009, 1, 1), date(2020, 12, 31))
    found = answer("eligible_calls", Selection(), yearly, Breakdown.YEAR)
    rows = {row["year"]: (row["coverage"], row["numerator"]) for row in found.rows}
    # Three in four kinds of call are eligible.
    assert rows["2019"] == ("whole", 113)
    assert rows["2013"] == ("gap", None)
    assert {kind for kind, _ in rows.values()} == {"whole", "gap"}
    kinds = {month.month: month for month in yearly.coverage[AGENCY]}
    assert kinds[date(2019, 7, 1)].coverage is Coverage.WHOLE
    assert kinds[date(2019, 7, 1)].covered_days == 31
    assert kinds[date(2013, 7, 1)].coverage is Coverage.GAP


@pytest.mark.slow
def test_a_year_alone_as_the_only_date(tmp_path: Path):
    """Two calls in each of two years: no January, no gap, and a comparison of years."""
    found = load_coarse(tmp_path, '["%Y"]', {"2015": 2, "2016": 2})
    calls = answer("eligible_calls", Selection(), found, Breakdown.YEAR, CompareWith.YEAR_BEFORE)
    assert by(calls) == {"2015": 2, "2016": 2}
    assert {row["coverage"] for row in calls.rows} == {"whole"}
    assert calls.comparison
    assert calls.comparison.words == "in 2016 too few to tell a change from the year before"
    report = quality_report(AGENCY, found)
    assert report.missing_months == ()
    assert report.gaps == ()
    assert gap_sentences(report) == [
        "The log gives years only: what is missing within a year cannot be seen."
    ]


@pytest.mark.parametrize("breakdown", [Breakdown.MONTH, Breakdown.QUARTER])
def test_months_of_a_log_of_years_are_not_recorded(yearly: Snapshot, breakdown: Breakdown):
    found = answer("responses", Selection(), yearly, breakdown)
    assert found.total.status is Status.NOT_RECORDED
    assert not found.rows
    assert found.notes[-1] == (
        f"Not recorded by {breakdown}: {YEARS_ONLY}. What would have to be recorded: in which month each call came in."
    )


def test_months_that_cut_a_year_are_refused(yearly: Snapshot):
    spring = Selection(first_month=date(2015, 3, 1), last_month=date(2015, 5, 1))
    found = answer("responses", spring, yearly, None, CompareWith.YEAR_BEFORE)
    assert found.total.status is Status.NOT_RECORDED
    assert f"{YEARS_ONLY}, and the months chosen are no whole years." in found.notes[-1]
    half = Selection(first_month=date(2015, 7, 1))
    assert answer("responses", half, yearly).total.status is Status.NOT_RECORDED


def test_months_that_make_whole_years_are_answered(yearly: Snapshot):
    by_year = by(answer("responses", Selection(), yearly, Breakdown.YEAR))
    year = Selection(first_month=date(2015, 1, 1), last_month=date(2015, 12, 1))
    assert answer("responses", year, yearly).total.numerator == by_year["2015"]
    # A beginning before the log cuts none of its years.
    before = Selection(first_month=date(2008, 6, 1), last_month=date(2009, 12, 1))
    assert answer("responses", before, yearly).total.numerator == by_year["2009"]
    latest = selection_of({**DEFAULTS, "period": "24"}, yearly.programs, yearly.coverage)
    assert (latest.first_month, latest.last_month) == (date(2019, 1, 1), date(2020, 12, 1))
    assert answer("responses", latest, yearly).total.numerator == by_year["2019"] + by_year["2020"]


def test_years_are_compared_with_years(yearly: Snapshot):
    found = answer("eligible_calls", Selection(), yearly, None, CompareWith.YEAR_BEFORE).comparison
    assert found
    assert (found.change, found.words) == (Change.HIGHER, "in 2020 higher than the year before")
    assert found.earlier
    assert found.earlier.numerator == 113
    last = Selection(first_month=date(2019, 1, 1), last_month=date(2019, 12, 1))
    before = answer("eligible_calls", last, yearly, None, CompareWith.YEAR_BEFORE).comparison
    assert before
    assert before.change not in (Change.HIGHER, Change.LOWER, Change.NOT_COMPARABLE)
    after_gap = Selection(first_month=date(2014, 1, 1), last_month=date(2014, 12, 1))
    gone = answer("eligible_calls", after_gap, yearly, None, CompareWith.YEAR_BEFORE).comparison
    assert gone
    assert "gap" in gone.words


def test_a_volume_of_years_changes_by_so_many_a_year(yearly: Snapshot):
    years = Selection(first_month=date(2017, 1, 1), last_month=date(2018, 12, 1))
    found = answer("eligible_calls", years, yearly, Breakdown.YEAR, CompareWith.PERIOD_BEFORE)
    assert found.comparison
    assert found.comparison.difference
    by_year = {
        row["year"]: row["numerator"]
        for row in answer("eligible_calls", Selection(), yearly, Breakdown.YEAR).rows
    }
    # One of the earlier years is a leap year.
    now, earlier = (
        sum(by_year[year] for year in pair) / days
        for pair, days in ((("2017", "2018"), 730), (("2015", "2016"), 731))
    )
    change = (now - earlier) * 365.25
    # Wrong: a twelfth of it, "a month".
    assert found.comparison.difference.size == pytest.approx(change, rel=0.01)
    assert " a year" in change_text(found.metric, found.comparison)
    assert "a month" not in change_text(found.metric, found.comparison)


@pytest.mark.slow
def test_a_year_that_is_not_over_is_partial(tmp_path: Path):
    this = date.today().year
    found = load_coarse(tmp_path, '["%Y"]', {str(year): 50 for year in range(this - 3, this + 1)})
    (program,) = found.programs
    assert program.last_day
    assert program.last_day <= date.today()
    years = answer("eligible_calls", Selection(), found, Breakdown.YEAR, CompareWith.YEAR_BEFORE)
    assert [row["coverage"] for row in years.rows] == ["whole"] * 3 + ["partial"]
    assert years.comparison
    assert years.comparison.words.startswith(f"in {this - 1} ")


def test_control_charts_say_that_the_log_gives_years(yearly: Snapshot):
    for key in ("responses", "without_police_share"):
        chart = monthly_chart(key, Selection(), yearly)
        assert not chart.points
        assert f"{YEARS_ONLY}." in chart.why_empty
    for key in ("emergency_backup_rate", "injury_rate"):
        rare = rare_event_chart(key, Selection(), yearly)
        assert not rare.points
        assert rare.wait is None
        assert YEARS_ONLY in rare.why_empty


def test_quality_has_no_days_or_months_that_the_precision_explains(yearly: Snapshot):
    report = quality_report(AGENCY, yearly)
    assert report.gaps == ()
    assert report.by_month == {}
    assert report.missing_months == tuple(f"2013-{month:02d}" for month in range(1, 13))
    assert "No records at all for 2013: a gap in the log" in " ".join(gap_sentences(report))
    assert report.records_a_day == pytest.approx(sum(YEARS.values()) / (11 * 365 + 3), abs=1e-9)


def test_a_word_for_many_months():
    months = [date(2012, 11, 1), *(add_months(date(2013, 1, 1), step) for step in range(12))]
    assert months_words(months) == "Nov 2012, 2013"
    assert months_words(months[:3]) == "Nov 2012, Jan 2013, Feb 2013"


def test_months_alone_answer_by_month_and_refuse_days(monthly: Snapshot):
    (program,) = monthly.programs
    assert (program.date_precision, program.last_day) == (DatePrecision.MONTH, date(2023, 12, 31))
    found = answer("eligible_calls", Selection(), monthly, Breakdown.MONTH)
    coverage = {row["month"]: row["coverage"] for row in found.rows}
    assert coverage.pop("2023-05") == "gap"
    assert set(coverage.values()) == {"whole"}
    spring = Selection(first_month=date(2023, 3, 1), last_month=date(2023, 4, 1))
    expected = by(found)["2023-03"] + by(found)["2023-04"]
    assert answer("eligible_calls", spring, monthly).total.numerator == expected
    assert monthly_chart("responses", Selection(), monthly).points
    rare = rare_event_chart("injury_rate", Selection(), monthly)
    assert "the log of Test City gives months only" in rare.why_empty
    report = quality_report(AGENCY, monthly)
    assert (report.gaps, report.missing_months) == ((), ("2023-05",))
    assert finest_period(Selection(), monthly) is Breakdown.MONTH


def test_the_hour_of_the_week_is_not_recorded_without_a_time_of_day(daily: Snapshot):
    (program,) = daily.programs
    assert program.date_precision is DatePrecision.DAY
    week = demand(Selection(), daily)
    assert week.is_recorded
    assert not week.places
    said = week_exhibit(week, "not_reached", "The week").empty
    assert said == (
        "Not recorded by hour of week: the log of Test City gives days without a time of day."
    )
    for breakdown in (None, Breakdown.MONTH, Breakdown.HOUR_OF_WEEK):
        wait = answer("response_min", Selection(), daily, breakdown)
        assert wait.total.status is Status.NOT_RECORDED
        assert "gives days without a time of day" in wait.notes[-1]
    # The team's own times are whole.
    assert answer("travel_min", Selection(), daily).total.value == 11
    assert answer("responses", Selection(), daily, Breakdown.MONTH).rows[0]["coverage"] == "whole"
    assert rare_event_chart("injury_rate", Selection(), daily).why_empty == ""


@pytest.mark.slow
def test_the_coarsest_of_several_formats_counts_for_the_log(tmp_path: Path):
    rows = rows_of({"2018-03-05": 30, "2018": 20, "2019-06-01": 40})
    found = load_coarse(tmp_path, '["%Y-%m-%d", "%Y"]', {}, rows=rows)
    assert answer("responses", Selection(), found, Breakdown.MONTH).rows == ()
    whole = answer("eligible_calls", Selection(), found, Breakdown.YEAR)
    assert by(whole) == {"2018": 23 + 15, "2019": 30}
    assert {row["coverage"] for row in whole.rows} == {"whole"}


@pytest.mark.slow
def test_a_program_is_left_out_of_what_it_cannot_tell(both: Snapshot):
    year = answer("eligible_calls", Selection(), both, Breakdown.YEAR)
    alone = answer("eligible_calls", Selection((OTHER,)), both, Breakdown.YEAR)
    assert by(year)["2023"] == by(alone)["2023"] + 45
    month = answer("eligible_calls", Selection(), both, Breakdown.MONTH)
    assert (
        month.total.numerator == answer("eligible_calls", Selection((OTHER,)), both).total.numerator
    )
    assert f"Left out: {YEARS_ONLY}." in month.notes
    spring = Selection(first_month=date(2024, 3, 1), last_month=date(2024, 5, 1))
    part = answer("eligible_calls", spring, both, None, CompareWith.YEAR_BEFORE)
    assert f"Left out: {YEARS_ONLY}, and the months chosen are no whole years." in part.notes
    assert part.comparison
    assert part.comparison.program_count == 1


@pytest.mark.slow
def test_a_comparison_leaves_out_who_gives_years_where_years_are_cut(tmp_path: Path):
    load_coarse(tmp_path, '["%Y"]', {"2022": 60, "2023": 60, "2024": 60})
    days = {f"{day:%Y-%m-%d}": 1 for day in _days(date(2022, 1, 1), date(2024, 8, 31))}
    found = load_coarse(tmp_path, '["%Y-%m-%d"]', days, agency=OTHER)
    until_august = Selection(last_month=date(2024, 12, 1), first_month=date(2023, 9, 1))
    compared = answer("eligible_calls", until_august, found, None, CompareWith.PERIOD_BEFORE)
    assert compared.comparison
    assert compared.source.programs == ("Second Town",)


@pytest.mark.slow
def test_what_was_loaded_before_the_precision_was_kept_tells_days_and_times(tmp_path: Path):
    load_coarse(tmp_path, '["%Y"]', {"2022": 60})
    with duckdb.connect(str(tmp_path / "store" / "warehouse.duckdb")) as warehouse:
        warehouse.execute("alter table program drop column date_precision")
        warehouse.execute("alter table past_program drop column date_precision")
    # A version that keeps more has other rules, and counts everything anew.
    publish_anew(tmp_path / "store")
    found = load_coarse(tmp_path, '["%Y"]', {"2022": 60}, agency=OTHER)
    kept = {program.program_id: program.date_precision for program in found.programs}
    assert kept == {AGENCY: DatePrecision.MINUTE, OTHER: DatePrecision.YEAR}
    again = load_coarse(tmp_path, '["%Y"]', {"2022": 60})
    assert {program.date_precision for program in again.programs} == {DatePrecision.YEAR}
    assert again is live_snapshot(tmp_path / "store")


def _days(first: date, last: date) -> list[date]:
    return [date.fromordinal(day) for day in range(first.toordinal(), last.toordinal() + 1)]
