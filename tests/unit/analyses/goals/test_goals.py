"""Goals: refused where they make no sense, kept and undone with the load, and read by values worked out by hand."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path
from shutil import copytree

import pytest
from made_city import AGENCY, write_agency, write_csv

from outcomes.analyses.goals.analysis import GoalReading, GoalState, WhyNot, goal_readings
from outcomes.analyses.goals.exhibits import NO_GOALS, goals_exhibit
from outcomes.analyses.goals.text import goal_sentence, goals_sentence, now_words, set_words
from outcomes.ingest.agency import read_profile
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.run import load_log
from outcomes.metrics.goal import goal_units, is_kept
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection, parse_month
from outcomes.store.history import roll_back
from outcomes.store.programs import Goal
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import GoalDirection, GoalUnit, View

pytestmark = pytest.mark.slow

AT_LEAST, AT_MOST = GoalDirection.AT_LEAST, GoalDirection.AT_MOST
REACHED, SAFETY, ARRESTS, DIVERTED, SERVED = (
    "eligible_reached_share",
    "safety_escalation_rate",
    "arrest_rate",
    "diverted_strict",
    "served_share",
)
IN_PROFILE = """
[[goals]]
metric = "eligible_reached_share"
direction = "at_least"
value = 30
unit = "percent"
set_by = "City Council"
since = "2023-07"

[[goals]]
metric = "eligible_reached_share"
direction = "at_least"
value = 45
unit = "percent"
set_by = "City Council"
since = 2024-01-15
"""


def calls() -> Iterator[dict[str, str]]:
    """In January 40 of 100 eligible calls reached, in February all of 20; police recorded on 50 of the 60, three arrests.

    The first 55 reached ended on the scene, and of the other five the log does not say how.
    """
    for number in range(120):
        in_january = number < 100
        day = (
            f"2024-01-{number % 31 + 1:02d}"
            if in_january
            else f"2024-02-{(number - 100) % 29 + 1:02d}"
        )
        # The log covers February to its end.
        day = "2024-02-29" if number == 119 else day
        reached = number % 5 < 2 if in_january else True
        place = (number // 5 * 2 + number % 5) if in_january else 40 + number - 100
        yield {
            "id": f"G{number}",
            "received": f"{day} 10:00:00",
            "type": "MH",
            "origin": "911",
            "sent": "yes" if reached else "no",
            **(
                {
                    "dispatched": f"{day} 10:01:00",
                    "arrived": f"{day} 10:21:00",
                    "police": "none" if place < 50 else "",
                    "arrest": "yes" if place in (0, 41, 42) else "no",
                    "ended": "resolved_on_scene" if place < 55 else "",
                }
                if reached
                else {}
            ),
        }


def load(folder: Path, more: str) -> Snapshot:
    agencies = write_agency(folder / "agencies", more=more)
    path = write_csv(folder / "calls.csv", list(calls()))
    load_log([path], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return load(tmp_path_factory.mktemp("goals"), IN_PROFILE)


def goal(metric: str, direction: GoalDirection, value: float, unit: GoalUnit) -> Goal:
    return Goal(AGENCY, metric, direction, value, unit, "City Council", date(2023, 1, 1))


def read(snapshot: Snapshot, one: Goal, **asked: object) -> GoalReading:
    """The reading of one goal as if the profile had it alone."""
    alone = Snapshot(snapshot._path)
    vars(alone)["goals"] = (one,)
    try:
        (found,) = goal_readings(replace(Selection(), **asked), alone)
    finally:
        alone.close()
    return found


JANUARY = {"first_month": parse_month("2024-01"), "last_month": parse_month("2024-01")}


@pytest.mark.parametrize(
    ("direction", "value", "state"),
    [
        # Wilson's interval of 40 of 100 is 30.94 to 49.80%.
        (AT_LEAST, 30, GoalState.MET),
        (AT_LEAST, 30.95, GoalState.TOO_FEW),
        (AT_LEAST, 49.79, GoalState.TOO_FEW),
        (AT_LEAST, 49.81, GoalState.NOT_MET),
        (AT_MOST, 49.81, GoalState.MET),
        (AT_MOST, 45, GoalState.TOO_FEW),
        (AT_MOST, 30, GoalState.NOT_MET),
    ],
)
def test_a_share_is_judged_by_its_whole_interval(
    snapshot: Snapshot, direction: GoalDirection, value: float, state: GoalState
):
    found = read(snapshot, goal(REACHED, direction, value, GoalUnit.PERCENT), **JANUARY)
    assert found.state is state
    assert now_words(found) == "40.0%, 40 of 100 (30.9 to 49.8%)"


def test_what_is_missing_must_be_on_the_good_side_too(snapshot: Snapshot):
    # None of 50 asked: up to 1 - 0.05 ** (1 / 50) = 5.8%. With the ten that are not recorded up to 10 of 60, 16.7%.
    ten, twenty = (
        read(snapshot, goal(SAFETY, AT_MOST, value, GoalUnit.PERCENT)) for value in (10, 20)
    )
    assert (ten.state, ten.why_not) == (GoalState.TOO_FEW, WhyNot.MISSING)
    assert "It could be 0.0% to 16.7% with what is not recorded." in goal_sentence(ten)
    assert (twenty.state, twenty.why_not) == (GoalState.MET, None)
    assert now_words(twenty) == "0 of 50, could still be up to 1 in 17"
    assert goals_sentence([ten, twenty]) == "Of 2 goals, 1 is met, 1 is not clear."
    assert f"○ {BOLD}Goal: not clear{BOLD}" in goal_sentence(ten)
    # The public is not told how many are missing, and reads of the same states.
    for inside in (ten, twenty):
        public = read(snapshot, inside.goal, view=View.PUBLIC)
        assert (public.state, public.why_not) == (inside.state, inside.why_not)
        assert (public.figure.lowest, public.figure.highest) == (None, None)
    assert "More may have happened than is recorded." in goal_sentence(
        read(snapshot, ten.goal, view=View.PUBLIC)
    )


def test_a_count_a_month_is_what_happened(snapshot: Snapshot):
    # 40 in January and 20 in February are 30 a month.
    met, missed = (
        read(snapshot, goal("responses", AT_LEAST, value, GoalUnit.A_MONTH)) for value in (30, 30.1)
    )
    assert (met.state, missed.state) == (GoalState.MET, GoalState.NOT_MET)
    assert now_words(met) == "30.0 a month on average (60 in 2 full months)"
    # Diverted are the 50 known to be without police; the ten others may be too, so short of 30 is not missed.
    least, more = (
        read(snapshot, goal(DIVERTED, AT_LEAST, value, GoalUnit.A_MONTH)) for value in (25, 30)
    )
    assert (least.state, more.state) == (GoalState.MET, GoalState.TOO_FEW)
    assert more.why_not is WhyNot.MISSING


@pytest.mark.parametrize("view", View)
def test_a_count_that_the_missing_could_lift_is_in_one_state_in_both_views(
    snapshot: Snapshot, view: View
):
    # 40 in January and 15 in February are 27.5; the five that are not told, which the public is not told of, make it 30.
    found = read(snapshot, goal(SERVED, AT_LEAST, 28, GoalUnit.A_MONTH), view=view)
    assert (found.count, found.state, found.why_not) == (55, GoalState.TOO_FEW, WhyNot.MISSING)


def test_only_full_months_since_it_was_set_count(snapshot: Snapshot):
    # Set within January it counts from February on, when all 20 were reached: Wilson's lower end is 83.9%.
    readings = goal_readings(Selection(), snapshot)
    assert [each.goal.value for each in readings] == [45]
    assert readings[0].state is GoalState.MET
    assert now_words(readings[0]) == "100.0%, 20 of 20 (83.9 to 100.0%)"
    assert set_words(readings[0].goal) == "City Council, since Jan 15, 2024"
    # Of January the goal before is in force.
    (before,) = goal_readings(Selection(**JANUARY), snapshot)
    assert (before.goal.value, before.state) == (30, GoalState.MET)


def test_why_a_goal_is_not_measured(snapshot: Snapshot):
    reached = goal(REACHED, AT_LEAST, 30, GoalUnit.PERCENT)
    later = replace(reached, since_date=date(2024, 3, 1))
    assert read(snapshot, later).why_not is WhyNot.NOT_YET
    assert read(snapshot, reached, call_types=("mental_health",)).why_not is WhyNot.SOME_CALLS
    target = goal("over_target_share", AT_MOST, 30, GoalUnit.PERCENT)
    found = read(snapshot, target)
    assert (found.state, found.why_not) == (GoalState.NOT_MEASURED, WhyNot.NOT_RECORDED)
    assert goal_sentence(found).startswith(f"– {BOLD}Goal not measured{BOLD}: Arrivals later than")


def test_the_public_state_gives_no_hidden_count_away(snapshot: Snapshot):
    # Three arrests of 60 are hidden, and so is whether 5% is more or less than the goal.
    for value in (1, 50):
        found = read(snapshot, goal(ARRESTS, AT_MOST, value, GoalUnit.PERCENT), view=View.PUBLIC)
        assert (found.state, found.figure) == (GoalState.HIDDEN, None)
        assert now_words(found) == "hidden"
        assert "3" not in goal_sentence(found).replace("since Jan 2023", "")
    # One arrest in January and two in February: beside the whole, a part of the months is not told at all.
    february = replace(goal(REACHED, AT_LEAST, 30, GoalUnit.PERCENT), since_date=date(2024, 2, 1))
    cut = read(snapshot, february, view=View.PUBLIC)
    assert (cut.state, cut.why_not) == (GoalState.NOT_MEASURED, WhyNot.CUTS_PERIOD)
    assert (cut.figure, cut.count) == (None, None)
    # Months before the log's first are none that it could be cut out of.
    june = parse_month("2023-06")
    early = replace(february, since_date=date(2023, 7, 1))
    assert read(snapshot, early, view=View.PUBLIC, first_month=june).state is GoalState.MET
    # February's 10 diverted are hidden, so that the mean of both months is too.
    diverted = read(snapshot, goal(DIVERTED, AT_LEAST, 1, GoalUnit.A_MONTH), view=View.PUBLIC)
    assert (diverted.state, diverted.count) == (GoalState.HIDDEN, None)


def test_the_exhibit_says_it_all_and_its_file_too(snapshot: Snapshot):
    exhibit = goals_exhibit(Selection(), snapshot)
    assert exhibit.answer == "Of 1 goal, 1 is met."
    assert exhibit.tables[0].rows.to_dict("records") == [
        {
            "Measure": "Share of eligible calls reached",
            "Goal": "at least 45%",
            "Set by": "City Council, since Jan 15, 2024",
            "Now, with 95% interval": "100.0%, 20 of 20 (83.9 to 100.0%)",
            "State": "✓ met",
        }
    ]
    assert exhibit.csv is not None
    header, row = exhibit.csv.text.splitlines()
    assert header.startswith("metric,measure,direction,goal,unit,set_by,since,value,low,high,state")
    assert "at_least,45.0,percent,City Council,2024-01-15,100.0,83.88" in row
    states = (GoalState.MET, GoalState.MET, GoalState.NOT_MET, GoalState.TOO_FEW)
    one = goal_readings(Selection(), snapshot)[0]
    assert goals_sentence([replace(one, state=state) for state in states]) == (
        "Of 4 goals, 2 are met, 1 is not met, 1 has too few cases to tell."
    )


def test_goals_are_a_load_and_can_be_undone(snapshot: Snapshot, tmp_path: Path):
    kept = snapshot.goals
    assert [each.value for each in kept] == [30, 45]
    copytree(snapshot._path.parents[1], tmp_path / "store")
    without = load(tmp_path, "")
    assert (without.goals, goals_exhibit(Selection(), without).empty) == ((), NO_GOALS)
    roll_back(tmp_path / "store")
    assert live_snapshot(tmp_path / "store").goals == kept


def test_a_range_keeps_a_goal_that_it_touches():
    assert is_kept(AT_LEAST, 30, 30, 40) is True
    assert is_kept(AT_LEAST, 30, 20, 29.9) is False
    assert is_kept(AT_LEAST, 30, 20, 30) is None
    assert is_kept(AT_MOST, 30, 20, 30) is True
    assert is_kept(AT_MOST, 30, 30.1, 40) is False
    assert is_kept(AT_MOST, 30, 30, 40) is None


def test_what_a_goal_can_be_in():
    assert goal_units(find_metric(REACHED)) == (GoalUnit.PERCENT, GoalUnit.A_MONTH)
    assert goal_units(find_metric(SAFETY)) == (GoalUnit.PERCENT,)
    assert goal_units(find_metric("response_p90_min")) == (GoalUnit.MINUTES,)
    assert goal_units(find_metric("injury_rate")) == (GoalUnit.PER_10K,)
    assert goal_units(find_metric("net_diverted")) == ()
    assert goal_units(find_metric("dispositions")) == ()


GOOD = {
    "metric": '"eligible_reached_share"',
    "direction": '"at_least"',
    "value": "40",
    "unit": '"percent"',
    "set_by": '"City Council"',
    "since": '"2024-01"',
}


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ({"metric": '"reached"'}, "Expected the key of a metric, found [reached]; choose from"),
        ({"metric": '"net_diverted"'}, "a metric that can have a goal, which net_diverted cannot"),
        ({"direction": '"at_most"'}, "direction at_least for eligible_reached_share"),
        ({"direction": '"over"'}, "'at_least' or 'at_most'"),
        (
            {"metric": '"arrest_rate"'},
            "direction at_most for arrest_rate, of which lower is better",
        ),
        (
            {"value": "140"},
            "value in percent, above 0 and below 100, such as 40 for 40%, and not 140",
        ),
        ({"value": "0"}, "above 0 and below 100"),
        ({"value": "nan"}, "above 0 and below 100"),
        (
            {"unit": '"minutes"'},
            "unit percent or a_month for eligible_reached_share, and not minutes",
        ),
        ({"unit": '"a_month"', "value": "-1"}, "value above 0"),
        ({"since": "2999-01-01"}, "since on a day that has come, and not 2999-01-01"),
        ({"since": '"January 2024"'}, 'a month in quotes such as "2026-01"'),
        ({"set_by": '""'}, "goals.0.set_by"),
        ({"who": '"me"'}, "goals.0.who"),
    ],
)
def test_a_goal_that_makes_no_sense_is_refused(tmp_path: Path, wrong: dict[str, str], said: str):
    lines = "\n".join(f"{name} = {text}" for name, text in {**GOOD, **wrong}.items())
    agencies = write_agency(tmp_path / "agencies", more=f"[[goals]]\n{lines}")
    with pytest.raises(LoadProblem) as refused:
        read_profile(agencies / AGENCY)
    assert said in str(refused.value)


def test_two_goals_for_one_figure_need_two_days(tmp_path: Path):
    lines = "\n".join(f"{name} = {text}" for name, text in GOOD.items())
    other = lines.replace('"2024-01"', "2024-01-01").replace("40", "50")
    agencies = write_agency(tmp_path / "agencies", more=f"[[goals]]\n{lines}\n[[goals]]\n{other}")
    with pytest.raises(LoadProblem, match="one goal for eligible_reached_share at a time"):
        read_profile(agencies / AGENCY)
