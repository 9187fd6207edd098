"""Pages of logs whose dates tell a year or a day alone: every page runs, and none makes up months, gaps or hours."""

from pathlib import Path

import pytest
from coarse_logs import load_coarse, rows_of
from page_content import QUESTIONS, question, read, tables, told

YEARS = {str(year): 60 for year in range(2015, 2021) if year != 2017}
DAYS = {f"2024-0{month}-{day:02d}": 2 for month in (1, 2, 3) for day in range(1, 29)}
# What a log of years cannot have said: a month, or a day, on which something was or was not.
MADE_UP = ("No record on", "in part", "Jan 2017", "Feb 2017")


@pytest.fixture(scope="module")
def yearly_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("yearly")
    load_coarse(folder, '["%Y"]', YEARS)
    return folder / "store"


@pytest.fixture(scope="module")
def daily_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("daily")
    rows = rows_of(DAYS)
    for row in rows:
        row |= {"arrived": f"{row['received']} 10:15", "dispatched": f"{row['received']} 10:01"}
    load_coarse(folder, '["%Y-%m-%d"]', {}, rows=rows, keeps=("arrived_at", "dispatched_at"))
    return folder / "store"


@pytest.mark.slow
@pytest.mark.parametrize("view", ["program", "public"])
@pytest.mark.parametrize("page", [page for page in QUESTIONS if page != "methods"])
def test_a_log_of_years_makes_up_no_month(visit, yearly_store: Path, page: str, view: str):
    run = visit(yearly_store, page, view=view, period="12" if view == "public" else "all")
    assert not run.exception
    assert not run.error
    assert question(run) == QUESTIONS[page]
    texts = [
        *read(run),
        *told(run),
        *(cell for table in tables(run) for row in table for cell in row),
    ]
    assert not [text for text in texts if any(words in text for words in MADE_UP)]


@pytest.mark.slow
def test_what_changes_is_told_by_year(visit, yearly_store: Path):
    run = visit(yearly_store, "overview")
    by_year = [table for table in tables(run) if ["2016", "40", ""] in table]
    assert by_year
    assert any(
        "Not recorded by month: the log of Test City gives years only" in text for text in told(run)
    )


def test_states_are_told_of_a_log_of_years(visit, yearly_store: Path):
    run = visit(yearly_store, "states_from_logs")
    assert any("200" in row for table in tables(run) for row in table)


@pytest.mark.parametrize(
    "page", ["overview", "demand_and_coverage", "response_times", "data_quality"]
)
def test_a_log_without_a_time_of_day_has_no_hours(visit, daily_store: Path, page: str):
    run = visit(daily_store, page)
    assert not run.exception
    assert not run.error
    texts = [*read(run), *told(run)]
    assert not [text for text in texts if "at any hour" in text]
    if page != "data_quality":
        ways = ("gives days without a time of day", "at what time of day each call came in")
        assert any(way in text for text in texts for way in ways)
