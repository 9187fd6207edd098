"""Total rows: the sum of what adds up, hidden where a part of it is, and never an interval around everything."""

from dataclasses import replace

import pandas
import pytest
from written_months import by_month

from outcomes.answers.answer import Answer
from outcomes.metrics.figure import Counts, Figure, figure, hidden
from outcomes.metrics.registry import find_metric
from outcomes.presentation.tables import BOUNDS, answer_table, matrix_table, sum_text
from outcomes.vocabulary.log import Breakdown, InjuredRole, InjurySeverity, Status

AID, SERIOUS = InjurySeverity.FIRST_AID, InjurySeverity.SERIOUS
TEAM, SERVED = InjuredRole.RESPONDER, InjuredRole.PERSON_SERVED


def written(
    key: str, breakdown: Breakdown, rows: list[tuple[dict, Figure]], all_of: Figure
) -> Answer:
    table = pandas.DataFrame(
        {**grain, **vars(cell), "status": cell.status.value} for grain, cell in rows
    )
    base = by_month(key, [0], [1])
    metric = find_metric(key)
    return replace(base, metric=metric, breakdown=breakdown, table=table, total=all_of)


@pytest.mark.parametrize(
    ("cells", "sums"),
    [
        # Three of the team and four people served; five with first aid and two seriously.
        ((2, 1, 3, 1), {"First aid": "5", "Serious": "2", "All": ["3", "4", "7"]}),
        # What is hidden hides each sum that it is in, and no other.
        ((2, 1, 3, "hidden"), {"First aid": "5", "Serious": "hidden", "All": ["3", "hidden", "hidden"]}),
        # A word that the log does not have is in no sum.
        ((2, "silent", 3, "silent"), {"First aid": "5", "Serious": "not recorded", "All": ["2", "3", "5"]}),
    ],
)  # fmt: skip
def test_people_hurt_add_up(cells: tuple[object, ...], sums: dict[str, object]):
    metric = find_metric("injury_rate")
    places = [(role, severity) for role in (TEAM, SERVED) for severity in (AID, SERIOUS)]
    figures = {"hidden": hidden(Status.SUPPRESSED), "silent": hidden(Status.NOT_RECORDED)}
    rows = [
        (
            {"role": role.value, "severity": severity.value},
            figures[cell] if isinstance(cell, str) else figure(metric, Counts(cell, 100)),
        )
        for (role, severity), cell in zip(places, cells, strict=True)
    ]
    whole = figure(metric, Counts(7, 100))
    table = matrix_table(written("injury_rate", Breakdown.ROLE_AND_SEVERITY, rows, whole))
    assert list(table.index)[-1] == "All"
    assert list(table["All"]) == sums["All"]
    assert {name: table[name].iloc[-1] for name in ("First aid", "Serious")} == {
        name: sums[name] for name in ("First aid", "Serious")
    }


def test_everything_has_no_interval_around_it():
    metric = find_metric("police_request_reasons")
    rows = [
        ({"reason": "crime"}, figure(metric, Counts(30, 100))),
        ({"reason": "legal_hold"}, figure(metric, Counts(70, 100))),
    ]
    whole = figure(metric, Counts(100, 100))
    assert whole.high is not None
    table = answer_table(written("police_request_reasons", Breakdown.REASON, rows, whole), {})
    first, _, last = table.to_dict("records")
    assert (last["Reason"], last["Count"], last["Value"], last["Range"]) == (
        "All",
        "100",
        "100.0%",
        "",
    )
    assert first["Range"]
    assert BOUNDS not in table


def test_a_sum_with_a_hidden_part_is_hidden():
    assert sum_text([1_200, 4]) == "1,204"
    assert sum_text([1_200, None]) == "hidden"
