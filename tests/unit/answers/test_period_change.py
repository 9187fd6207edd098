"""Against an earlier period: which way, in which words, good or bad news, and why it cannot be said."""

from calendar import monthrange
from datetime import date

import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.answers.answer import answer
from outcomes.answers.period_change import CompareWith, Comparison, Tone
from outcomes.answers.recent_months import recent_months
from outcomes.ingest.run import load_log
from outcomes.selection import Selection
from outcomes.statistics.comparison import Change
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import View


def calls(year: int, month: int, number: int, arrests: int) -> list[dict[str, str]]:
    return [
        {
            "id": f"{year}-{month}-{n}",
            "received": f"{year}-{month:02d}-{n * days // number + 1:02d} 10:00:00",
            "arrived": f"{year}-{month:02d}-{n * days // number + 1:02d} 10:{10 if year < 2024 else 30}:00",
            "type": "MH",
            "origin": "911",
            "result": "contacted" if year == 2024 else "refused",
            "arrest": "yes" if n < arrests else "no",
        }
        for n in range(number)
        for days in [monthrange(year, month)[1]]
    ]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """2022 without October; 2023 with 30 calls a month and 10 arrests, 2024 with 90 and 3."""
    folder = tmp_path_factory.mktemp("change")
    rows = [row for month in range(1, 13) if month != 10 for row in calls(2022, month, 30, 10)]
    for year, number, arrests in ((2023, 30, 10), (2024, 90, 3)):
        for month in range(1, 13):
            rows += calls(year, month, number, arrests)
    agencies = write_agency(folder / "agencies")
    load_log([write_csv(folder / "calls.csv", rows)], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


def asked(first: str, last: str, view: View = View.PROGRAM) -> Selection:
    return Selection(
        first_month=date.fromisoformat(f"{first}-01"),
        last_month=date.fromisoformat(f"{last}-01"),
        view=view,
    )


def compared(snapshot: Snapshot, metric: str, selection: Selection, by: CompareWith) -> Comparison:
    found = answer(metric, selection, snapshot, compare_with=by).comparison
    assert found is not None
    return found


YEAR, PERIOD = CompareWith.YEAR_BEFORE, CompareWith.PERIOD_BEFORE


@pytest.mark.parametrize(
    ("metric", "months", "by", "change", "tone", "words"),
    [
        ("responses", ("2024-01", "2024-03"), YEAR, Change.HIGHER, Tone.NEUTRAL,
         "higher than the same months a year before"),
        # as many in 91 days as in 91 days, but 90 events a month vary by more than a tenth
        ("responses", ("2024-04", "2024-06"), PERIOD, Change.TOO_FEW, Tone.NEUTRAL,
         "too few to tell a change from the 3 months before"),
        ("responses", ("2024-05", "2024-05"), PERIOD, Change.TOO_FEW, Tone.NEUTRAL,
         "too few to tell a change from the month before"),
        ("responses", ("2024-01", "2024-12"), YEAR, Change.HIGHER, Tone.NEUTRAL,
         "higher than the year before"),
        ("arrest_rate", ("2024-01", "2024-12"), YEAR, Change.LOWER, Tone.IMPROVEMENT,
         "lower than the year before"),
        ("contact_share", ("2024-01", "2024-12"), YEAR, Change.HIGHER, Tone.IMPROVEMENT,
         "higher than the year before"),
        ("response_min", ("2024-01", "2024-12"), YEAR, Change.HIGHER, Tone.CONCERN,
         "higher than the year before"),
        ("arrest_rate", ("2023-06", "2023-07"), PERIOD, Change.TOO_FEW, Tone.NEUTRAL,
         "too few to tell a change from the 2 months before"),
    ],
)  # fmt: skip
def test_words_of_a_change(snapshot: Snapshot, metric, months, by, change, tone, words):
    found = compared(snapshot, metric, asked(*months), by)
    assert (found.change, found.tone, found.words) == (change, tone, words)
    assert found.earlier is not None


def test_the_earlier_figure_is_the_earlier_months(snapshot: Snapshot):
    found = compared(snapshot, "arrest_rate", asked("2024-01", "2024-03"), YEAR)
    assert found.earlier is not None
    assert (found.earlier.numerator, found.earlier.denominator) == (30, 90)


def test_an_open_selection_compares_its_last_twelve_months(snapshot: Snapshot):
    found = compared(snapshot, "responses", Selection(), YEAR)
    assert found.words == "in the last 12 months higher than the 12 before"
    assert found.earlier is not None
    assert found.earlier.numerator == 360


@pytest.mark.parametrize(
    ("months", "by", "words"),
    [
        (("2022-01", "2022-03"), YEAR,
         "Not compared: the log does not cover all of Jan 2021 to Mar 2021."),
        (("2023-09", "2023-11"), YEAR, "Not compared: the log has a gap in Sep 2022 to Nov 2022."),
        (("2022-09", "2022-11"), PERIOD, "Not compared: the log has a gap in Sep 2022 to Nov 2022."),
    ],
)  # fmt: skip
def test_what_is_not_covered_is_not_compared(snapshot: Snapshot, months, by, words):
    found = compared(snapshot, "responses", asked(*months), by)
    assert (found.change, found.earlier, found.words) == (Change.NOT_COMPARABLE, None, words)


def test_hidden_figures_are_not_compared(snapshot: Snapshot):
    # Three arrests in a month are hidden from the public, and so is which way they went.
    found = compared(snapshot, "arrest_rate", asked("2024-05", "2024-05", View.PUBLIC), PERIOD)
    assert (found.change, found.earlier) == (Change.NOT_COMPARABLE, None)
    assert found.words == "Not compared: one of the two periods has no figure to show."


def test_thirteen_months_end_with_the_last_full_one_and_show_gaps(snapshot: Snapshot):
    months = recent_months("responses", False, Selection(), snapshot)
    assert [month.value for month in months] == [30.0, *[90.0] * 12]
    assert (months[0].month, months[-1].month) == (date(2023, 12, 1), date(2024, 12, 1))
    until = Selection(last_month=date(2023, 6, 1))
    months = recent_months("responses", False, until, snapshot)
    # No record of October 2022, so no zero.
    assert [month.value for month in months] == [*[30.0] * 4, None, *[30.0] * 8]
    shares = recent_months("arrest_rate", False, until, snapshot)
    assert shares[0].value == pytest.approx(10 / 30)
    assert recent_months("arrest_rate", True, until, snapshot)[0].value == 10.0
    # Nobody was hurt in any of them: a line of zeros, or a saw of zeros and ones, says less than the number.
    assert recent_months("injury_rate", True, until, snapshot) == ()


def test_the_public_view_tells_no_month_outside_the_selection(snapshot: Snapshot):
    year = Selection((), (), date(2024, 1, 1), date(2024, 12, 1), view=View.PUBLIC)
    months = recent_months("responses", False, year, snapshot)
    assert [month.month.year for month in months] == [2024] * 12


def test_both_figures_that_are_compared_are_told(snapshot: Snapshot):
    found = answer("arrest_rate", Selection(), snapshot, None, CompareWith.YEAR_BEFORE).comparison
    assert found
    assert found.now
    assert found.earlier
    assert (found.now.numerator, found.now.denominator) == (36, 1080)
    assert (found.earlier.numerator, found.earlier.denominator) == (120, 360)
