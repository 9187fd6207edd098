"""What the missing could make of each share and rate, worked out by hand on the hand-written calls."""

import pytest
from made_city import AGENCY

from outcomes.answers.answer import answer
from outcomes.metrics.definition import Statistic
from outcomes.metrics.figure import BOUNDED, Counts, figure
from outcomes.metrics.registry import METRICS, find_metric
from outcomes.presentation.citation import citation
from outcomes.presentation.export import as_csv, as_json, data_dictionary
from outcomes.presentation.format import bounds_text
from outcomes.presentation.sentences import answer_sentence, headline
from outcomes.presentation.tables import BOUNDS, answer_table
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown

CITY = Selection(program_ids=(AGENCY,))
# Numerator, what is missing, and the base: 33 responses, 36 dispatches, 29 contacts, 38 calls from the public.
WORKED = {
    # The result of call 9 is not recorded.
    "contact_share": (29, 1, 33),
    # Of call 7 the log does not say how police were involved; on 13 the team asked without a reason.
    "safety_escalation_rate": (3, 2, 33),
    "emergency_backup_rate": (2, 2, 33),
    "police_request_rate": (5, 1, 33),
    "police_already_there_share": (2, 1, 33),
    "without_police_share": (24, 1, 33),
    # Calls 9 and 30, and one more dispatch without a result.
    "safety_disengagement_rate": (2, 3, 36),
    "arrest_rate": (1, 24, 33),
    "arrest_dispatch_share": (1, 26, 36),
    "involuntary_hold_rate": (2, 24, 33),
    "force_rate": (1, 26, 33),
    "emergency_department_share": (1, 24, 33),
    "emergency_department_dispatch_share": (1, 26, 36),
    "served_share": (29, 1, 33),
    "transport_share": (3, 24, 33),
    "referral_offered_share": (3, 25, 29),
    "referral_accepted_share": (1, 1, 3),
    # Call 7: police; 23, 32 and 33: eligibility; 27: origin, so that it joins the calls from the public where it counts.
    "diverted_strict": (14, 5, 38, 1),
    "diverted_strict_public_share": (14, 5, 38, 1),
    "diverted_broad": (24, 1, 38),
    "diverted_broad_public_share": (24, 1, 38),
    # Of the five, only 7 and 27 are eligible calls.
    "diverted_strict_eligible_share": (14, 2, 33),
    # 26 of 33 responses record no injuries; one more person was hurt nobody knows how badly.
    "injury_rate": (5, 26, 33),
    "recordable_injury_rate": (3, 27, 33),
    "serious_injury_rate": (2, 27, 33),
    "responder_injury_rate": (2, 26, 33),
    "near_miss_rate": (1, 26, 33),
    # Six of 31 waits that the target applies to have no usable time.
    "over_target_share": (24, 6, 31),
}
NOTHING_MISSING = {
    "eligible_reached_share",
    "not_reached_share",
    "eligible_reached_in_hours_share",
    "service_connected_share",
    "injury_recorded_share",
}


def test_every_share_and_rate_is_worked_out():
    parts = {"police_request_reasons", "not_reached_reasons", "dispositions", "transport_places"}
    repeats = {f"repeat_contact_{days}_share" for days in (7, 30, 90)}
    bounded = {key for key, metric in METRICS.items() if metric.statistic in BOUNDED}
    assert bounded == {*WORKED, *NOTHING_MISSING, *parts, *repeats}


@pytest.mark.parametrize("key", WORKED)
def test_lowest_counts_the_missing_as_no_and_highest_as_yes(small_snapshot: Snapshot, key: str):
    numerator, missing, base, joining = (*WORKED[key], 0)[:4]
    total = answer(key, CITY, small_snapshot).total
    per = 10_000 if METRICS[key].statistic is Statistic.RATE_PER_10K else 1
    assert total.lowest == pytest.approx(numerator / base * per)
    assert total.highest == pytest.approx((numerator + missing) / (base + joining) * per)
    assert total.lowest <= total.value <= total.highest


@pytest.mark.parametrize("key", sorted(NOTHING_MISSING))
def test_nothing_missing_has_no_bounds(small_snapshot: Snapshot, key: str):
    total = answer(key, CITY, small_snapshot).total
    assert total.value is not None
    assert (total.lowest, total.highest) == (None, None)


@pytest.mark.parametrize(("days", "again", "seen"), [(7, 3, 12 + 13), (30, 4, 7 + 9)])
def test_somebody_not_known_may_be_the_one_who_came_back(
    small_snapshot: Snapshot, days: int, again: int, seen: int
):
    total = answer(f"repeat_contact_{days}_share", CITY, small_snapshot).total
    assert total.lowest == pytest.approx(again / seen)
    # Thirteen contacts with nobody known, nine of them 30 days or more before the log's gap: each could be one of those, and the return of somebody met before.
    assert total.highest == 1.0


def test_a_share_of_a_whole_could_hold_all_that_is_not_recorded(small_snapshot: Snapshot):
    # Two emergencies, one routine request, one legal hold, and one without a reason.
    rows = answer("police_request_reasons", CITY, small_snapshot, Breakdown.REASON).rows
    bounds = {row["reason"]: (row["lowest"], row["highest"]) for row in rows}
    assert bounds["safety_emergency"] == (2 / 5, 3 / 5)
    assert bounds["legal_hold"] == (1 / 5, 2 / 5)
    assert bounds["not_recorded"] == (None, None)


@pytest.mark.parametrize(("missing", "told"), [(5, False), (6, True)])
def test_bounds_are_told_over_half_a_percent(missing: int, told: bool):
    counts = Counts(20, 1000 - missing, 1000)
    assert (figure(find_metric("arrest_rate"), counts).lowest is not None) is told


def test_what_is_missing_of_numerator_and_denominator_adds_up():
    # The worked example of docs/methods.md.
    found = figure(find_metric("safety_escalation_rate"), Counts(18, 900, 1000, could_be=5))
    assert found.value == 18 / 900
    assert (found.lowest, found.highest) == (18 / 1000, 123 / 1000)


def test_reach_that_is_not_told_is_counted_either_way():
    counts = Counts(600, 1000, could_be=40)
    reached = figure(find_metric("eligible_reached_share"), counts)
    assert (reached.value, reached.lowest, reached.highest) == (0.6, 0.6, 0.64)


def test_a_ratio_may_pass_one_and_a_share_may_not():
    counts = Counts(80, 100, could_be=50)
    assert figure(find_metric("diverted_broad"), counts).highest == 1.3
    assert figure(find_metric("repeat_contact_7_share"), counts).highest == 1.0


def test_nothing_counted_has_bounds_too():
    found = figure(find_metric("serious_injury_rate"), Counts(0, 900, 1000, could_be=2))
    assert (found.lowest, found.highest) == (0, pytest.approx(1020))


# Where they are told


def test_sentence_tile_table_and_files_tell_them(small_snapshot: Snapshot):
    found = answer("safety_escalation_rate", CITY, small_snapshot, Breakdown.YEAR)
    told = "between 9.1% and 15.2% if the missing are counted either way"
    assert f"{BOLD}9.4%{BOLD} of those recorded; " in answer_sentence(found)
    assert told in answer_sentence(found)
    assert told in citation(found)
    assert headline(found).bounds == told.capitalize()
    assert "9.1% to 15.2%" in list(answer_table(found, {})[BOUNDS])
    header, *_, last = as_csv(found).splitlines()
    cells = dict(zip(header.split(","), last.split(","), strict=True))
    assert (float(cells["lowest"]), float(cells["highest"])) == (3 / 33, 5 / 33)
    assert '"lowest": 0.0909' in as_json(found)
    assert "if everything missing were a no" in data_dictionary(found.metric, header.split(","))


def test_sentence_of_nothing_counted_tells_them(small_snapshot: Snapshot):
    kinds = ("suicide_risk",)
    none = answer("force_rate", Selection((AGENCY,), call_types=kinds), small_snapshot)
    assert none.total.numerator == 0
    assert answer_sentence(none).endswith("if the missing are counted either way.")


def test_nothing_is_said_where_nothing_is_missing(small_snapshot: Snapshot):
    found = answer("eligible_reached_share", CITY, small_snapshot, Breakdown.YEAR)
    assert "missing" not in answer_sentence(found)
    assert headline(found).bounds == ""
    assert BOUNDS not in answer_table(found, {})


def test_the_highest_of_a_rate_is_told_as_the_outer_limit_that_it_is():
    metric = find_metric("injury_rate")
    told = figure(metric, Counts(0, 1_000, recorded_of=1_029))
    assert bounds_text(metric, told) == (
        "between none and 1 in 35 if none, or every one, of the missing had one: limits, not an estimate"
    )
