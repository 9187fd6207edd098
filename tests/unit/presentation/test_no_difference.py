"""What does not vary is a sentence and no chart; its table stays."""

from dataclasses import replace

import pandas
import pytest
from written_months import by_month

from outcomes.answers.answer import Answer
from outcomes.metrics.figure import Counts, figure, hidden
from outcomes.metrics.registry import find_metric
from outcomes.presentation.exhibit import months_exhibit, rows_exhibit
from outcomes.presentation.sentences import same_sentence
from outcomes.vocabulary.log import Breakdown, Status

REACHED = "eligible_reached_share"


def by_area(counts: dict[str, tuple[int, int] | None]) -> Answer:
    """Reached and eligible calls by area; None is hidden."""
    metric = find_metric(REACHED)
    rows = []
    for area, count in counts.items():
        cell = hidden(Status.SUPPRESSED) if count is None else figure(metric, Counts(*count))
        rows.append({"area_id": area, **vars(cell), "status": cell.status.value})
    base = by_month(REACHED, [0], [1])
    return replace(base, breakdown=Breakdown.AREA, table=pandas.DataFrame(rows))


@pytest.mark.parametrize(
    ("counts", "said"),
    [
        ({"North": (40, 100)}, "Everything is in one row: North, 40.0%."),
        (
            {"North": (40, 100), "South": (80, 200)},
            "No difference to draw: the 2 rows all show 40.0%.",
        ),
        (
            {"North": (40, 100), "South": (80, 200), "East": None},
            "No difference to draw: the 2 rows that can be drawn all show 40.0%.",
        ),
        # Ten calls are too few to be drawn.
        ({"North": (40, 100), "South": (1, 10)}, "One row alone can be drawn: North, 40.0%."),
        ({"North": (40, 100), "South": (81, 200)}, ""),
        ({"North": None, "South": None}, ""),
    ],
)
def test_rows_that_show_the_same_are_a_sentence(
    counts: dict[str, tuple[int, int] | None], said: str
):
    exhibit = rows_exhibit(by_area(counts), "Where?", {})
    assert exhibit.answer == said
    is_drawn = not said and any(counts.values())
    assert len(exhibit.charts) == is_drawn
    assert len(exhibit.tables[0].rows) == len(counts) + 1


def test_counts_are_held_against_counts():
    answer = by_area({"North": (40, 100), "South": (40, 200)})
    assert rows_exhibit(answer, "Where?", {}, shows_count=True).answer == (
        "No difference to draw: the 2 rows all show 40."
    )
    assert rows_exhibit(answer, "Where?", {}).answer == ""


def test_months_that_show_the_same_are_a_sentence():
    flat = by_month("injury_rate", [0, 0, 0], [100, 100, 100])
    exhibit = months_exhibit([flat], [], {}, shows_count=True)
    assert exhibit.answer == "No difference to draw: the 3 months all show 0."
    assert (exhibit.charts, exhibit.caption) == ((), ("People hurt, count by month.",))
    assert len(exhibit.tables[0].rows) == 4
    alone = months_exhibit([by_month("responses", [7])], [], {}, shows_count=True)
    assert alone.answer == "Everything is in one month: Jan 2022, 7."
    rising = by_month("injury_rate", [0, 0, 1], [100, 100, 100])
    assert months_exhibit([rising], [], {}, shows_count=True).charts


def test_nothing_to_compare_says_nothing():
    assert same_sentence([], 0) == ""
    assert same_sentence([("A", "1"), ("B", "2")], 2) == ""
