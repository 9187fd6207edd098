"""An attack on the public view: everything that it shows of a selection, solved for the counts that it hides.

From the week under every switch, reasons, areas, months of the whole, cards and funnel a linear program finds the least
and the most that each hidden small count can be. One that is known better than "1 to 10" fails.
"""

import random
from datetime import datetime, timedelta

import numpy as np
import pytest
from made_city import AGENCY, write_agency, write_csv
from scipy.optimize import linprog

from outcomes.analyses.call_funnel.analysis import call_funnel
from outcomes.analyses.demand.analysis import demand
from outcomes.analyses.demand.text import (
    PUBLIC_WHAT,
    mismatch_sentences,
    most_missed_sentence,
    place_texts,
    week_csv,
    within_service_sentence,
)
from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.disclosure.suppress import hidden_together
from outcomes.ingest.run import load_log
from outcomes.presentation.format import HIDDEN
from outcomes.selection import Selection, parse_month
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown, NotReachedReason, Status, View

RULE = DisclosureRule()
MONTHS = [f"{2022 + place // 12}-{place % 12 + 1:02d}" for place in range(24)]
REASONS = [reason.value for reason in NotReachedReason]
PARTS = ("reached", "reach_not_recorded", "not_reached")
BLOCKS = [(day, first) for day in range(1, 8) for first in (0, 6, 12, 18)]


@pytest.fixture(scope="module")
def city(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Every month is a log of its own kind: few or many calls, few or many places, seldom and frequent reasons."""
    chance = random.Random(77)
    folder = tmp_path_factory.mktemp("attack")
    rows: list[dict[str, str]] = []
    for place, month in enumerate(MONTHS):
        size = (60, 300, 900, 2000)[place % 4]
        reach = chance.choice([0.02, 0.5, 0.97])
        hours = chance.sample(range(24), chance.choice([3, 8, 24]))
        weights = [chance.choice([0.2, 1, 8]) for _ in REASONS]
        areas = chance.choice([(70, 28, 2), (40, 35, 25), (97, 2, 1)])
        for number in range(size):
            received = datetime.strptime(month, "%Y-%m") + timedelta(
                days=chance.randrange(28), hours=chance.choice(hours), minutes=chance.randrange(60)
            )
            row = {
                "id": f"{month}-{number}",
                "received": f"{received:%Y-%m-%d %H:%M:%S}",
                "type": "MH",
                "origin": "911",
                "area": chance.choices(["A", "B", "C"], areas)[0],
                "sent": "no",
            }
            if chance.random() < reach:
                row |= {
                    "sent": "yes",
                    "arrived": f"{received + timedelta(minutes=9):%Y-%m-%d %H:%M:%S}",
                }
                row["result"] = chance.choices(
                    ["contacted", "refused", "unable_to_locate"], (90, 8, 2)
                )[0]
            else:
                reason = chance.choices(REASONS, weights)[0]
                row["exit"] = "" if reason == "not_recorded" else reason
                if reason == "cancelled_before_arrival" or chance.random() < 0.1:
                    row["sent"] = "yes"
            rows.append(row)
    path = write_csv(folder / "calls.csv", rows)
    load_log([path], AGENCY, write_agency(folder / "agencies"), folder / "store")
    return live_snapshot(folder / "store")


class Attack:
    """Unknown counts, and the equations between them that the public view shows."""

    def __init__(self) -> None:
        self.places: dict[tuple, int] = {}
        self.rows: list[dict[int, float]] = []
        self.sums: list[float] = []

    def at(self, *name: object) -> int:
        return self.places.setdefault(name, len(self.places))

    def knows(self, terms: dict[tuple, float], number: float) -> None:
        self.rows.append({self.at(*name): weight for name, weight in terms.items()})
        self.sums.append(number)

    def bounds(self, name: tuple) -> tuple[float, float]:
        matrix = np.zeros((len(self.rows), len(self.places)))
        for place, row in enumerate(self.rows):
            for column, weight in row.items():
                matrix[place, column] = weight
        target = np.zeros(len(self.places))
        target[self.at(*name)] = 1
        low, high = (
            linprog(sign * target, A_eq=matrix, b_eq=self.sums, bounds=(0, 1e5)) for sign in (1, -1)
        )
        assert low.status == high.status == 0, "what is shown contradicts itself"
        return low.fun, -high.fun


def gathered(selection: Selection, snapshot: Snapshot) -> Attack:  # noqa: C901 - one list of all that is shown
    """Everything that the public view shows of a selection, as equations."""
    attack = Attack()
    blocks = [("block", *place) for place in BLOCKS] + [("block", "timeless")]
    areas = answer("not_reached_share", selection, snapshot, Breakdown.AREA)
    names = [("area", name) for name in areas.table.area_id]
    # What a reader knows of any table: rows add up, and a call that was missed has one reason.
    for part in PARTS:
        for several in (blocks, names):
            attack.knows({(*one, part): 1.0 for one in several} | {("total", part): -1.0}, 0)
    attack.knows({("reason", one): 1.0 for one in REASONS} | {("total", "not_reached"): -1.0}, 0)
    everything = {("total", part): 1.0 for part in PARTS}
    # No call of this log is without an arrival, which its notes would say.
    attack.knows({("total", "reach_not_recorded"): 1.0}, 0)

    missed = answer("not_reached_share", selection, snapshot)
    reached = answer("eligible_reached_share", selection, snapshot)
    in_hours = answer("eligible_reached_in_hours_share", selection, snapshot)
    for found, part in ((missed, "not_reached"), (reached, "reached")):
        if found.total.numerator is not None:
            attack.knows({("total", part): 1.0}, found.total.numerator)
            attack.knows(everything, found.total.denominator or 0)
    eligible = answer("eligible_calls", selection, snapshot).total.numerator
    if eligible is not None:
        attack.knows(everything, eligible)
    if in_hours.total.denominator is not None:
        attack.knows(everything | {("reason", "outside_hours"): -1.0}, in_hours.total.denominator)
    for row in answer("not_reached_reasons", selection, snapshot, Breakdown.REASON).table.to_dict(
        "records"
    ):
        if row["status"] != Status.SUPPRESSED:
            attack.knows({("reason", row["reason"]): 1.0}, row["numerator"])
    for key, part in (("not_reached_share", "not_reached"), ("eligible_reached_share", "reached")):
        for row in answer(key, selection, snapshot, Breakdown.AREA).table.to_dict("records"):
            if row["status"] != Status.SUPPRESSED:
                one = ("area", row["area_id"])
                attack.knows({(*one, part): 1.0}, row["numerator"])
                attack.knows({(*one, each): 1.0 for each in PARTS}, row["denominator"])

    week = demand(selection, snapshot)
    for what in PUBLIC_WHAT:
        for place, text in place_texts(week, what).items():
            if text != HIDDEN:
                one = ("block", *place)
                parts = PARTS if what == "eligible" else (what,)
                attack.knows({(*one, part): 1.0 for part in parts}, int(text.replace(",", "")))
    if week.timeless is not None:
        for part, number in zip(PARTS, week.timeless.parts, strict=True):
            attack.knows({("block", "timeless", part): 1.0}, number)
    _know_funnel(attack, selection, snapshot)
    return attack


def _know_funnel(attack: Attack, selection: Selection, snapshot: Snapshot) -> None:
    labels = {label_words(reason): reason for reason in REASONS}
    left: dict[tuple, float] = {("total", part): 1.0 for part in PARTS}
    by_reason: dict[str, dict[tuple, float]] = {reason: {} for reason in REASONS}
    arrived: dict[tuple, float] = {}
    for stage in call_funnel(selection, snapshot).stages:
        if stage.count is not None:
            attack.knows(left, stage.count)
        for leaving in stage.exits:
            one = ("exit", stage.words, leaving.words)
            attack.at(*one)
            left = {**left, one: -1.0}
            if stage.words == "Team arrived":
                arrived[one] = 1.0
            elif leaving.words in labels:
                by_reason[labels[leaving.words]][one] = 1.0
            if leaving.count is not None:
                attack.knows({one: 1.0}, leaving.count)
        if stage.words == "Contact made":
            arrived[("exit", "contact")] = 1.0
            if stage.count is not None:
                attack.knows({("exit", "contact"): 1.0}, stage.count)
    attack.knows({**arrived, ("total", "reached"): -1.0}, 0)
    for reason, terms in by_reason.items():
        attack.knows({**terms, ("reason", reason): -1.0}, 0)


def label_words(reason: str) -> str:
    from outcomes.vocabulary.labels import label

    return label(NotReachedReason(reason))


def truths(selection: Selection, snapshot: Snapshot) -> dict[tuple, int]:
    """The true count of everything that an attack could be after."""
    inside = Selection(selection.program_ids, (), selection.first_month, selection.last_month)
    true: dict[tuple, int] = {}
    week = demand(inside, snapshot)
    for place, calls in week.blocks.items():
        assert calls is not None
        for part, number in zip(PARTS, calls.parts, strict=True):
            true[("block", *place, part)] = number
    for key, part in (("not_reached_share", "not_reached"), ("eligible_reached_share", "reached")):
        found = answer(key, inside, snapshot, Breakdown.AREA)
        for row in found.table.to_dict("records"):
            true[("area", row["area_id"], part)] = int(row["numerator"])
        true[("total", part)] = int(found.total.numerator or 0)
    for row in answer("not_reached_reasons", inside, snapshot, Breakdown.REASON).table.to_dict(
        "records"
    ):
        true[("reason", row["reason"])] = int(row["numerator"])
    for stage in call_funnel(inside, snapshot).stages:
        for leaving in stage.exits:
            true[("exit", stage.words, leaving.words)] = leaving.count or 0
    return true


SPANS = [(month, month) for month in MONTHS] + [(MONTHS[0], MONTHS[5]), (MONTHS[6], MONTHS[-1])]
# make fast asks of one month and of one half-year.
IN_SHORT = ((MONTHS[0], MONTHS[0]), (MONTHS[0], MONTHS[5]))


@pytest.mark.parametrize(
    ("first", "last"),
    [span if span in IN_SHORT else pytest.param(*span, marks=pytest.mark.slow) for span in SPANS],
)
def test_no_hidden_count_is_known_better_than_the_rule(city: Snapshot, first: str, last: str):
    selection = Selection((AGENCY,), (), parse_month(first), parse_month(last), view=View.PUBLIC)
    attack = gathered(selection, city)
    true = truths(selection, city)
    for name, number in true.items():
        if RULE.is_small(number):
            low, high = attack.bounds(name)
            assert low < 1 + 1e-6, (name, number, low, high)
            assert high > 10 - 1e-6, (name, number, low, high)


def test_the_attack_finds_what_is_given_away(city: Snapshot):
    """Without complementary hiding it succeeds, so that its silence above means something."""
    month = parse_month(MONTHS[2])
    inside = Selection((AGENCY,), (), month, month)
    week = demand(inside, city)
    attack = Attack()
    missed = {place: calls.missed for place, calls in week.blocks.items() if calls}
    attack.knows({("block", *place): 1.0 for place in missed}, sum(missed.values()))
    hidden = next(place for place, count in missed.items() if count)
    for place, count in missed.items():
        if place != hidden:
            attack.knows({("block", *place): 1.0}, count)
    low, high = attack.bounds(("block", *hidden))
    assert low == pytest.approx(missed[hidden]) == high


def test_some_blocks_are_shown_and_some_hidden(city: Snapshot):
    shown = hidden = 0
    for first, last in SPANS:
        selection = Selection(
            (AGENCY,), (), parse_month(first), parse_month(last), view=View.PUBLIC
        )
        texts = place_texts(demand(selection, city), "not_reached").values()
        hidden += sum(text == HIDDEN for text in texts)
        shown += sum(text not in (HIDDEN, "0") for text in texts)
    assert shown > 50
    assert hidden > 100


def test_words_and_file_tell_the_public_no_small_count(city: Snapshot):
    for first, last in SPANS:
        selection = Selection(
            (AGENCY,), (), parse_month(first), parse_month(last), view=View.PUBLIC
        )
        week = demand(selection, city)
        sentence = most_missed_sentence(week)
        shown = [calls.missed for calls in week.blocks.values() if calls]
        if f"most missed calls: {BOLD}" in sentence:
            assert f"{BOLD}{max(shown):,}{BOLD}" in sentence
            assert not RULE.is_small(max(shown))
            assert "most often" not in sentence
        assert within_service_sentence(week) == ""
        assert mismatch_sentences(week) == []
        for line in week_csv(week, "").splitlines()[1:-1]:
            count, status = line.split(",")[4:6]
            assert (count == "") is (status == Status.SUPPRESSED)
            assert not RULE.is_small(int(count or 0))


@pytest.mark.parametrize("seed", range(200))
def test_hidden_rows_have_none_or_enough_of_every_part(seed: int):
    chance = random.Random(seed)
    rows = [
        tuple(chance.choice([0, 0, 1, 4, 10, 11, 30, 400]) for _ in range(3))
        for _ in range(chance.randint(1, 12))
    ]
    hides = hidden_together(rows, RULE)
    inside = [row for row, hide in zip(rows, hides, strict=True) if hide]
    for row, hide in zip(rows, hides, strict=True):
        assert hide or not any(RULE.is_small(number) for number in (*row, sum(row)))
    if inside and not all(hides):
        assert len(inside) > 1
        assert not any(RULE.is_small(sum(part)) for part in zip(*inside, strict=True))


@pytest.mark.slow
def test_a_few_calls_of_unknown_end_take_what_tells_them_with_them(tmp_path_factory):
    """Eligible less reached less not reached is what the log leaves open; where that is small, no reason is told."""
    folder = tmp_path_factory.mktemp("open-end")
    ends = [("yes", "contacted", "")] * 60 + [("no", "", "outside_hours")] * 40
    ends += [("no", "", "no_unit_available")] * 40 + [("yes", "", "")] * 5
    rows = [
        {
            "id": f"U{number}",
            "received": f"2024-01-{number % 28 + 1:02d} {number % 24:02d}:00:00",
            "type": "MH",
            "origin": "911",
            "sent": sent,
            "result": result,
            "exit": reason,
        }
        for number, (sent, result, reason) in enumerate(ends)
    ]
    agencies = write_agency(folder / "agencies", without=("arrived_at", "on_scene"))
    load_log([write_csv(folder / "calls.csv", rows)], AGENCY, agencies, folder / "store")
    snapshot = live_snapshot(folder / "store")
    inside = answer("not_reached_share", Selection(), snapshot)
    assert (inside.total.numerator, inside.total.denominator) == (80, 145)
    assert "For 5 eligible calls the log does not say whether the team arrived" in " ".join(
        inside.notes
    )
    public = Selection(view=View.PUBLIC)
    assert answer("not_reached_share", public, snapshot).total.status is Status.SUPPRESSED
    reasons = answer("not_reached_reasons", public, snapshot, Breakdown.REASON)
    assert set(reasons.table.status) == {Status.SUPPRESSED}
    assert reasons.total.numerator is None
    assert demand(public, snapshot).places == {}
    left = [one for stage in call_funnel(public, snapshot).stages for one in stage.exits]
    assert all(one.count is None for one in left if "arriv" not in one.words.lower())
