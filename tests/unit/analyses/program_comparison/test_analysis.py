"""Programs against each other: hand-made cities with known answers, every criterion that forbids it, the public view."""

import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from made_city import write_agency, write_csv

from outcomes.analyses.program_comparison.analysis import (
    COMPARED,
    Apart,
    ProgramComparison,
    program_comparison,
)
from outcomes.analyses.program_comparison.figure import funnel_plot_figure
from outcomes.analyses.program_comparison.scorecard import (
    SCORED,
    Score,
    Standing,
    _beyond_all,
    scorecard,
)
from outcomes.analyses.program_comparison.tables import (
    comparison_csv,
    comparison_table,
    mix_table,
    scorecard_csv,
    scorecard_table,
)
from outcomes.analyses.program_comparison.text import (
    apart_words,
    comparison_notes,
    comparison_sentence,
    mix_sentence,
    pooled_sentence,
    scorecard_caption,
    scorecard_sentence,
)
from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.run import load_log
from outcomes.metrics.definition import Statistic
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection, parse_month
from outcomes.statistics.clusters import clustered_share_interval
from outcomes.statistics.funnel_plot import FunnelPosition
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown, Status, View

pytestmark = pytest.mark.slow

RULE = DisclosureRule()
RATE = "safety_escalation_rate"
PUBLIC = Selection(view=View.PUBLIC)
# Responses by call type and acuity, and on how many of them the team asked for police for safety.
Mix = dict[tuple[str, str], tuple[int, int]]


def rows_of(mix: Mix, flags: dict[str, str]) -> list[dict[str, str]]:
    rows: list[dict[str, str]] = []
    for (kind, acuity), (responses, asked) in mix.items():
        for number in range(responses):
            place = len(rows)
            hour = f"2024-{place // 672 + 1:02d}-{place // 24 % 28 + 1:02d} {place % 24:02d}"
            request = {"police": "requested_by_team", "request": "safety_routine"}
            rows.append(
                {
                    "id": f"C{place}",
                    "received": f"{hour}:00:00",
                    "arrived": f"{hour}:20:00",
                    "sent": "yes",
                    "origin": "911",
                    "type": kind,
                    "acuity": acuity,
                    **(request if number < asked else {"police": "none"}),
                    **flags,
                }
            )
    return rows


def add_city(
    folder: Path,
    name: str,
    mix: Mix,
    flags: dict[str, str] | None = None,
    publishes: bool = True,
    **profile,
):
    """Load one more city into the folder's store; the last one publishes them all."""
    key = name.lower().replace(" ", "-")
    agencies = write_agency(folder / "agencies", key, name=name, **profile)
    export = write_csv(folder / f"{key}.csv", rows_of(mix, flags or {}))
    load_log([export], key, agencies, folder / "store", publishes=publishes)


def compared(
    snapshot: Snapshot, selection: Selection | None = None, key: str = RATE
) -> ProgramComparison:
    return program_comparison(key, selection or Selection(), snapshot, RULE)


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Ash asks on 1% of easy calls; Birch as Ash but takes hard ones (10%); Cedar asks on 8% of easy ones."""
    folder = tmp_path_factory.mktemp("cities")
    easy, hard = ("WELF", "low"), ("MH", "high")
    add_city(folder, "Cedar", {easy: (500, 40), hard: (100, 10)}, publishes=False)
    add_city(folder, "Ash", {easy: (1000, 10), hard: (100, 10)}, publishes=False)
    add_city(folder, "Birch", {("WELF", "low"): (200, 2), ("MH", "high"): (500, 50)})
    return live_snapshot(folder / "store")


def test_programs_stand_by_name_and_outside_means_outside_the_exact_limits(cities: Snapshot):
    found = compared(cities)
    assert [one.name for one in found.programs] == ["Ash", "Birch", "Cedar"]
    assert [(one.count, one.cases) for one in found.programs] == [(20, 1100), (52, 700), (50, 600)]
    assert found.funnel is not None
    assert found.funnel.target == pytest.approx(122 / 2400)
    positions = [one.unit.position for one in found.programs if one.unit]
    assert positions == [
        FunnelPosition.FAR_BELOW,
        FunnelPosition.ABOVE,
        FunnelPosition.FAR_ABOVE,
    ]
    said = comparison_sentence(found).replace("\u00a0", " ")
    assert "Of 3 programs, 3 differ from all of them together (122 of 2,400, 5.1%)" in said
    assert f"{BOLD}Birch{BOLD} is higher (52 of 700, 7.4%)" in said
    assert f"{BOLD}Ash{BOLD} is lower (20 of 1,100, 1.8%)" in said


def test_at_equal_mix_the_program_with_hard_calls_is_no_longer_higher(cities: Snapshot):
    found = compared(cities)
    assert found.by_acuity
    # all programs: 52 of 1,700 easy calls and 70 of 700 hard ones
    expected = {
        "Ash": 1000 * 52 / 1700 + 100 * 0.1,
        "Birch": 200 * 52 / 1700 + 500 * 0.1,
        "Cedar": 500 * 52 / 1700 + 100 * 0.1,
    }
    for one in found.programs:
        assert one.standardised is not None
        assert one.standardised.expected == pytest.approx(expected[one.name])
        assert one.standardised.observed == one.count
    said = mix_sentence(found)
    assert "Birch" not in said
    assert (
        f"{BOLD}Cedar{BOLD} had more than its mix of calls would lead one to expect (50 where 25.3"
        in said
    )
    assert f"{BOLD}Ash{BOLD} had fewer" in said
    table = mix_table(found).set_index("Program")
    assert table.loc["Birch", "Ratio"] == "0.93 times (0.65 to 1.26)"
    assert table.loc["Birch", "Cases left out"] == "0"


def test_the_typical_and_the_new_program_come_with_their_number(cities: Snapshot):
    said = pooled_sentence(compared(cities)).replace("\u00a0", " ")
    assert said.startswith("A typical program of these 3 has ")
    assert "A new program like them would be expected between " in said


def test_table_and_file_are_by_name(cities: Snapshot):
    found = compared(cities)
    table = comparison_table(found)
    assert list(table["Program"]) == ["Ash", "Birch", "Cedar"]
    assert list(table["Against all"])[1] == "higher than chance explains"
    lines = comparison_csv(found).splitlines()
    assert [line.split(",")[1] for line in lines[1:]] == [
        "Ash", "Birch", "Cedar", "typical program", "new program",
    ]  # fmt: skip
    assert all(len(line.split(",")) == len(lines[0].split(",")) for line in lines)


def test_one_chosen_program_is_held_against_the_others(cities: Snapshot):
    assert len(compared(cities, Selection(("cedar",))).programs) == 3
    assert len(compared(cities, Selection(("ash", "cedar"))).programs) == 2


def scored(snapshot: Snapshot, selection: Selection) -> dict[str, Score]:
    return {score.metric.key: score for score in scorecard(selection, snapshot, RULE)}


def test_a_median_between_others_is_apart_from_some_and_not_from_all():
    def one(name: str, low: float, high: float) -> Standing:
        middle = (low + high) / 2
        return Standing(name, name, name, None, 100, middle, low, high, Status.SHOWN, None, None)

    judged = _beyond_all([one("a", 17, 19), one("b", 21, 22), one("c", 21.5, 23), one("d", 30, 31)])
    assert judged == {
        "a": Apart.LOWER,
        "b": Apart.FROM_SOME,
        "c": Apart.FROM_SOME,
        "d": Apart.HIGHER,
    }
    assert set(_beyond_all([one("a", 17, 19), one("b", 18, 22)]).values()) == {Apart.NOT_APART}
    own = replace(one("b", 21, 22), apart=Apart.FROM_SOME)
    others = (one("a", 17, 19), one("c", 21.5, 23), one("d", 30, 31))
    score = Score(find_metric("response_min"), own, others, "", True, None)
    assert apart_words(score) == "higher than 1, lower than 1 of 3; not told apart from the others"


def test_the_scorecard_says_of_each_measure_whether_the_chosen_program_is_told_apart(
    cities: Snapshot,
):
    scores = scored(cities, Selection(("birch",)))
    rate = scores[RATE]
    assert rate.own is not None
    assert (rate.own.count, rate.own.cases) == (52, 700)
    assert [one.name for one in rate.others] == ["Ash", "Cedar"]
    assert rate.range_of_others == pytest.approx((20 / 1100, (20 / 1100 + 50 / 600) / 2, 50 / 600))
    table = scorecard_table(tuple(scores.values())).set_index("Measure")
    row = table.loc["Asked police for help for safety"]
    assert row["Other programs (how many)"] == "Ash 1.8%; Cedar 8.3%"
    # Its calls are the hard ones: more as it is, and no more than they lead one to expect.
    assert row["Higher or lower?"] == "higher; at an equal mix of calls: cannot be told apart"
    # Each answers within 20 minutes; no log records arrests.
    wait = table.loc["Minutes from call to arrival, median"]
    assert wait["Higher or lower?"] == "cannot be told apart"
    assert "does not record it" in table.loc["Arrests on responses", "Higher or lower?"]
    said = scorecard_sentence(tuple(scores.values()))
    assert said.startswith(f"{BOLD}Birch{BOLD} can be compared on ")
    assert "Higher on 2: asked, any reason; asked for safety. Lower on 1: without police." in said


def test_the_scorecard_of_all_programs_names_those_that_are_apart(cities: Snapshot):
    scores = scored(cities, Selection())
    assert scores[RATE].own is None
    table = scorecard_table(tuple(scores.values())).set_index("Measure")
    said = table.loc["Asked police for help for safety", "Higher or lower?"]
    assert (
        said
        == "Ash lower, Birch higher, Cedar higher; at an equal mix of calls: Ash lower, Cedar higher"
    )
    lines = scorecard_csv(tuple(scores.values())).splitlines()
    assert len(lines) == 1 + len(scores)
    assert "No ranking." in scorecard_caption(tuple(scores.values()))


def test_the_chosen_program_has_the_accent_and_every_point_its_name(cities: Snapshot):
    figure = funnel_plot_figure(compared(cities), is_dark=False, marked=("cedar",))
    assert {note.text for note in figure.layout.annotations} == {"Ash", "Birch", "<b>Cedar</b>"}
    (points,) = [trace for trace in figure.data if trace.mode == "markers"]
    colors = dict(zip(("Ash", "Birch", "Cedar"), points.marker.color, strict=True))
    assert colors["Cedar"] not in (colors["Ash"], colors["Birch"])


def test_only_shares_that_are_compared(cities: Snapshot):
    with pytest.raises(ValueError, match=r"found \[responses\]"):
        compared(cities, key="responses")


# Every row is the team's; police would be known by their ids.
KNOWN_UNITS = """
[[words.responder_type.cases]]
when = { column = "id", matches = "POLICE.*" }
then = "police"
[[words.responder_type.cases]]
when = { column = "id", recorded = true }
then = "community"
"""
SMALL: Mix = {("WELF", "low"): (60, 6)}
DIFFERENCES: dict[str, tuple[str, dict, str]] = {
    "what one record of the log is": (RATE, {"rows_are": "dispatch"}, "dispatches"),
    "how it is known that the team reached the scene": (
        RATE,
        {"log_keys": "all_rows_reached = true"},
        "every record is a response",
    ),
    "how it is known whether police were present": (
        "without_police_share",
        {"log_keys": "records_police_units = true", "more": KNOWN_UNITS},
        "police units in the same log",
    ),
    "which calls the team may take": (
        "eligible_reached_share",
        {"call_types": "code,description,call_type,eligible,note\nWELF,,welfare_check,yes,\nMH,,mental_health,no,\n"},
        "check on welfare",
    ),
    "how it is known where the person was taken": (
        "emergency_department_share",
        {"without": ("has_emergency_department",)},
        "the place where the person was taken",
    ),
}  # fmt: skip


# What every city of these tests has, whatever else it says.
ALIKE: tuple[Mix, dict[str, str]] = (
    {("WELF", "low"): (30, 3), ("MH", "low"): (30, 3)},
    {"ed": "no", "destination": "none"},
)


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the store of two cities that are alike; tests copy it."""
    folder = tmp_path_factory.mktemp("pair")
    for name in ("Ash", "Birch"):
        add_city(folder, name, *ALIKE, publishes=False)
    return folder


@pytest.mark.parametrize("criterion", DIFFERENCES)
def test_a_criterion_that_differs_forbids_the_comparison_and_is_named(
    pair: Path, tmp_path: Path, criterion: str
):
    key, profile, here = DIFFERENCES[criterion]
    shutil.copytree(pair, tmp_path, dirs_exist_ok=True)
    add_city(tmp_path, "Cedar", *ALIKE, **profile)
    snapshot = live_snapshot(tmp_path / "store")
    found = compared(snapshot, key=key)
    assert [one.name for one in found.programs] == ["Ash", "Birch"]
    (refused,) = found.refused
    assert (refused.name, refused.criterion.words, refused.here) == ("Cedar", criterion, here)
    assert (
        f"Cedar is not compared with them: it differs in {criterion}. There: {here};"
        in " ".join(comparison_notes(found))
    )
    # Two that differ are not compared at all.
    two = compared(snapshot, Selection(("ash", "cedar")), key)
    assert two.is_refused
    assert two.funnel is None
    assert f"Cedar and Ash differ in {criterion}: {here}; against" in comparison_sentence(two)


def test_a_log_that_does_not_record_it_is_named_with_what_it_lacks(tmp_path: Path):
    add_city(tmp_path, "Ash", SMALL, publishes=False)
    add_city(tmp_path, "Birch", SMALL, without=("police_request_reason",))
    found = compared(live_snapshot(tmp_path / "store"))
    assert found.not_recorded == (("Birch", "whether the team asked for police for its safety"),)
    assert "Ash is the only one of these programs" in comparison_sentence(found)


def test_made_up_and_real_programs_never_meet(tmp_path: Path):
    add_city(tmp_path, "Ash", SMALL, publishes=False)
    add_city(tmp_path, "Birch", SMALL, publishes=False)
    profile = tmp_path / "agencies" / "birch" / "profile.toml"
    made_up = profile.read_text().replace(
        'data_owner = "The tests"', 'data_owner = "The tests"\ndata_kind = "made_up"'
    )
    profile.write_text(made_up)
    load_log([tmp_path / "birch.csv"], "birch", tmp_path / "agencies", tmp_path / "store")
    snapshot = live_snapshot(tmp_path / "store")
    for selection in (Selection(), Selection(("birch",))):
        assert compared(snapshot, selection).is_refused


def test_without_any_event_programs_are_not_told_apart(tmp_path: Path):
    for name in ("Ash", "Birch"):
        add_city(tmp_path, name, {("WELF", "low"): (40, 0)}, publishes=name == "Birch")
    found = compared(live_snapshot(tmp_path / "store"))
    assert found.funnel is None
    assert comparison_sentence(found) == (
        "Of 80 cases in 2 programs none counts here, so programs cannot be told apart."
    )


@pytest.fixture(scope="module")
def uneven(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Ash goes on into February, Birch ends in January; nobody records arrests."""
    folder = tmp_path_factory.mktemp("uneven")
    add_city(folder, "Ash", {("WELF", "low"): (700, 20)}, publishes=False)
    add_city(folder, "Birch", {("WELF", "low"): (60, 4)})
    return live_snapshot(folder / "store")


def test_a_program_without_cases_is_not_called_hidden(uneven: Snapshot):
    month = parse_month("2024-02")
    found = compared(uneven, Selection(first_month=month, last_month=month))
    assert comparison_sentence(found) == (
        "Not compared: only one of 2 programs has cases on record in this selection, and a comparison takes two."
    )
    assert mix_sentence(found).endswith("it takes two programs whose counts are shown.")
    birch = comparison_table(found).set_index("Program").loc["Birch"]
    assert (birch["Count"], birch["Log covers"]) == ("No cases", "none of these months")
    silent = compared(uneven, key="arrest_rate")
    assert comparison_table(silent).empty
    assert comparison_sentence(silent).startswith(
        "Not compared: no log of these programs records it."
    )


def test_where_nothing_counts_the_mix_says_so(uneven: Snapshot):
    said = mix_sentence(compared(uneven, key="emergency_backup_rate"))
    assert said == "At equal call mix nothing can be said: no case counts here in any program."


def test_one_program_with_a_ratio_is_named(uneven: Snapshot):
    found = compared(uneven)
    ash, birch = found.programs
    said = mix_sentence(replace(found, programs=(ash, replace(birch, standardised=None))))
    assert said.startswith("At equal call mix only Ash can be compared with all of them together")


def test_hidden_programs_are_counted(uneven: Snapshot):
    filtered = Selection(call_types=("welfare_check",), view=View.PUBLIC)
    said = comparison_sentence(compared(uneven, filtered))
    assert "of 2 programs the counts of 2 are hidden to protect people" in said


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Arrests: 30, 40, 3 and 50 of 300 responses each; by kind of call all counts are larger but in Cedar."""
    folder = tmp_path_factory.mktemp("few")
    for name, arrests in (
        ("Ash", (15, 15)),
        ("Birch", (25, 15)),
        ("Cedar", (3, 0)),
        ("Dogwood", (20, 30)),
    ):
        key = name.lower()
        agencies = write_agency(folder / "agencies", key, name=name)
        rows = rows_of({("WELF", "low"): (150, 0), ("MH", "high"): (150, 0)}, {"arrest": "no"})
        for kind, number in zip((0, 150), arrests, strict=True):
            for place in range(kind, kind + number):
                rows[place]["arrest"] = "yes"
        export = write_csv(folder / f"{key}.csv", rows)
        load_log([export], key, agencies, folder / "store", publishes=name == "Dogwood")
    return live_snapshot(folder / "store")


def test_what_the_public_view_hides_is_in_no_number_of_the_comparison(few: Snapshot):
    three = Selection(("ash", "birch", "cedar"), view=View.PUBLIC)
    shown = answer("arrest_rate", three, few, Breakdown.PROGRAM).table
    hidden = set(shown[shown["status"] == Status.SUPPRESSED]["program_id"])
    assert "cedar" in hidden
    found = compared(few, three, "arrest_rate")
    for one in found.programs:
        if one.program_id in hidden:
            assert (one.count, one.cases, one.share, one.unit, one.standardised) == (None,) * 5
    # Fewer than two programs may be shown: no target that would give the hidden ones away.
    assert found.funnel is None
    assert found.pooled is None
    assert "hidden to protect people" in comparison_sentence(found)
    assert compared(few, Selection(), "arrest_rate").funnel is not None


def test_a_program_hidden_for_the_sake_of_another_is_in_no_expected_number(few: Snapshot):
    """Ash could be shown alone, and is hidden so that Cedar is not all programs less the others."""
    found = compared(few, PUBLIC, "arrest_rate")
    numbers = {one.name: one.standardised for one in found.programs}
    assert (numbers["Ash"], numbers["Cedar"]) == (None, None)
    # Birch and Dogwood alone: 45 of 300 on either kind
    for name, observed in (("Birch", 40), ("Dogwood", 50)):
        ratio = numbers[name]
        assert ratio is not None
        assert (ratio.observed, ratio.expected) == (observed, pytest.approx(45))
    assert "in no figure here: Ash, Cedar." in " ".join(comparison_notes(found))


@pytest.mark.parametrize("who", ["few", "cities"])
def test_the_scorecard_of_the_public_shows_no_more_than_each_program_shows_alone(
    who: str, request: pytest.FixtureRequest, subtests
):
    """Whatever program is chosen, or none: a figure is the program's own public one, or there is none of it at all."""
    snapshot: Snapshot = request.getfixturevalue(who)
    ids = [one.program_id for one in snapshot.programs]
    alone = {
        (key, one): answer(key, replace(PUBLIC, program_ids=(one,)), snapshot).total
        for key in SCORED
        for one in ids
    }
    seen = {"shown": 0, "hidden": 0}
    for chosen in [(), *((one,) for one in ids)]:
        with subtests.test(chosen=chosen):
            for score in scorecard(replace(PUBLIC, program_ids=chosen), snapshot, RULE):
                for one in filter(None, (score.own, *score.others)):
                    public = alone[score.metric.key, one.program_id]
                    if one.value is None:
                        told = (one.count, one.low, one.high, one.apart, one.at_mix)
                        assert told == (None,) * 5, (score.metric.key, one.name)
                    else:
                        assert (one.count, one.value) == (public.numerator, public.value)
                    seen["hidden" if one.status is Status.SUPPRESSED else "shown"] += 1
                values = [one.value for one in score.others if one.value is not None]
                ends = score.range_of_others
                assert (
                    (ends is None)
                    if not values
                    else (ends[0], ends[2]) == (min(values), max(values))
                )
    assert seen["shown"] > 0
    # One of the cities has a count that is too small to show.
    assert seen["hidden"] > 0 or who == "cities", seen


def test_expected_numbers_of_the_public_view_come_from_shown_kinds_alone(cities: Snapshot):
    """From the answers of each program that anyone may see, the same numbers are worked out by hand."""
    for key in COMPARED:
        found = compared(cities, PUBLIC, key)
        assert not found.by_acuity
        cells: dict[str, dict[str, tuple[float, float]]] = {}
        gone = set()
        for one in found.programs:
            if one.cases is None:
                continue
            alone = Selection((one.program_id,), view=View.PUBLIC)
            for row in answer(key, alone, cities, Breakdown.CALL_TYPE).table.to_dict("records"):
                if row["status"] == Status.SUPPRESSED:
                    gone.add(row["call_type"])
                elif row["denominator"] == row["denominator"]:
                    cells.setdefault(row["call_type"], {})[one.program_id] = (
                        row["numerator"],
                        row["denominator"],
                    )
        assert found.hidden_kinds == len(gone)
        for one in found.programs:
            if one.standardised is None:
                continue
            expected = 0.0
            for kind, by_program in cells.items():
                if kind not in gone and one.program_id in by_program and len(by_program) > 1:
                    rate = sum(n for n, _ in by_program.values()) / sum(
                        d for _, d in by_program.values()
                    )
                    expected += rate * by_program[one.program_id][1]
            assert one.standardised.expected == pytest.approx(expected)


def test_a_selection_of_months_is_what_is_compared(cities: Snapshot):
    first = Selection(first_month=parse_month("2024-01"), last_month=parse_month("2024-01"))
    found = compared(cities, first)
    assert sum(one.cases or 0 for one in found.programs) < 2400
    assert {one.last_day and one.last_day.month for one in found.programs} == {1}


@pytest.mark.parametrize("key", COMPARED)
def test_observed_and_expected_add_up_alike_over_all_programs(cities: Snapshot, key: str):
    found = compared(cities, key=key)
    ratios = [one.standardised for one in found.programs if one.standardised]
    assert sum(each.expected for each in ratios) == pytest.approx(
        sum(each.observed for each in ratios)
    )


def test_an_interval_over_programs_allows_for_them_and_is_said(few: Snapshot):
    programs = [(30, 300), (40, 300), (3, 300), (50, 300)]
    found = answer("arrest_rate", Selection(), few)
    limits = clustered_share_interval(
        programs, is_exact=find_metric("arrest_rate").statistic is Statistic.SHARE_EXACT
    )
    assert (found.total.numerator, found.total.denominator) == (123, 1200)
    assert (found.total.low, found.total.high) == pytest.approx((limits.low, limits.high))
    assert any(note.startswith("Intervals over several programs allow") for note in found.notes)
    # a row over several programs by the counts of each: 15, 25, 3 and 20 of 150
    by_type = answer("arrest_rate", Selection(), few, Breakdown.CALL_TYPE).table
    welfare = by_type[by_type["call_type"] == "welfare_check"].iloc[0]
    limits = clustered_share_interval(
        [(15, 150), (25, 150), (3, 150), (20, 150)],
        is_exact=find_metric("arrest_rate").statistic is Statistic.SHARE_EXACT,
    )
    assert (welfare["low"], welfare["high"]) == pytest.approx((limits.low, limits.high))


def test_the_interval_of_one_program_is_that_of_its_cases(few: Snapshot):
    alone = answer("arrest_rate", Selection(("birch",)), few)
    among = answer("arrest_rate", Selection(), few, Breakdown.PROGRAM).table.set_index("program_id")
    assert (alone.total.low, alone.total.high) == tuple(among.loc["birch", ["low", "high"]])
    assert not any("several programs" in note for note in alone.notes)


def test_an_interval_over_a_hidden_program_is_not_shown(few: Snapshot):
    """With two programs it could be solved for the count of either."""
    public = replace(PUBLIC, program_ids=("birch", "cedar"))
    found = answer("arrest_rate", public, few)
    assert (found.total.numerator, found.total.low, found.total.high) == (43, None, None)
    assert any(note.startswith("No interval stands where") for note in found.notes)
    shown = answer("arrest_rate", replace(PUBLIC, program_ids=("birch", "dogwood")), few)
    assert shown.total.low is not None
