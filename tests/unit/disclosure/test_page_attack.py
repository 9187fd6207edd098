"""An attack on two pages of the public view: all that a page shows together, solved for the counts that it hides.

Each hidden count is bounded by linear programming, once from all that the page shows and once from each answer alone.
The page must not bound a count of 1 to 10 more tightly than the answers do, unless any of 1 to 10 is possible anyway.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from itertools import combinations
from pathlib import Path

import numpy
import pandas
import pytest
from made_city import write_agency, write_csv
from scipy.optimize import linprog

from outcomes.analyses.call_mix.analysis import ELIGIBLE, PUBLIC, RATE, TAKEN, call_mix
from outcomes.analyses.program_comparison.analysis import program_comparison
from outcomes.answers.answer import Answer, answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.run import load_log
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, Status, View

pytestmark = pytest.mark.slow

RULE = DisclosureRule()
KINDS = ("WELF", "MH", "SUIC", "VIOL")
SIZES = (0, 5, 12, 20, 30, 40)
SELDOM = (0, 0, 0, 0, 3, 15)
# What is counted of each program and kind: asked for safety, recorded and not asked, not recorded, eligible, public.
PARTS = ("asked", "other", "unrecorded", ELIGIBLE, PUBLIC)
SUMS = {
    (RATE, "numerator"): ("asked",),
    (RATE, "denominator"): ("asked", "other"),
    (TAKEN, "numerator"): ("asked", "other", "unrecorded"),
    (ELIGIBLE, "numerator"): (ELIGIBLE,),
    (PUBLIC, "numerator"): (PUBLIC,),
}
Cell = tuple[str, str, str]
# Shares that the attacked cities can be compared on.
COMPARED_HERE = ("safety_escalation_rate", "without_police_share", "arrest_rate")


@dataclass
class Facts:
    """Sums over cells that somebody is told; a cell is a program, a kind of call and a part."""

    sums: list[tuple[frozenset[Cell], float]] = field(default_factory=list)

    def tell(self, cells: Iterator[Cell], number: float | None) -> None:
        if number is not None and not pandas.isna(number):
            self.sums.append((frozenset(cells), float(number)))

    def bounds(self, wanted: frozenset[Cell]) -> tuple[float, float]:
        """Least and most that the wanted cells can sum to, all cells being zero or more."""
        if not self.sums:
            return 0, numpy.inf
        cells = sorted(wanted.union(*(told for told, _ in self.sums)))
        rows = numpy.array([[cell in told for cell in cells] for told, _ in self.sums], dtype=float)
        goal = numpy.array([cell in wanted for cell in cells], dtype=float)
        ends = []
        for sign in (1, -1):
            found = linprog(sign * goal, A_eq=rows, b_eq=[number for _, number in self.sums])
            assert found.status in (0, 3), found.message
            ends.append(sign * found.fun if found.status == 0 else numpy.inf)
        return round(ends[0], 6), round(ends[1], 6)


def tell_answer(facts: Facts, found: Answer, programs: tuple[str, ...], kinds: list[str]) -> None:
    """All that one answer by call type, or its total alone, shows."""
    for (key, name), parts in SUMS.items():
        if key != found.metric.key:
            continue
        for row in found.table.to_dict("records"):
            of = [(p, row["call_type"], part) for p in programs for part in parts]
            facts.tell(iter(of), row[name])
        whole = [(p, kind, part) for p in programs for kind in kinds for part in parts]
        facts.tell(iter(whole), getattr(found.total, name))


def random_city(folder: Path, name: str, chance: random.Random, **profile) -> None:
    rows: list[dict[str, str]] = []
    for kind in KINDS:
        # Most calls are checks on welfare, so that what is hidden does not take every ratio with it.
        most = 10 if kind == "WELF" else 1
        asked, other, not_taken = (most * (chance.choice(SIZES) + most) for _ in range(3))
        unrecorded, of_nobody = (chance.choice(SELDOM) for _ in range(2))
        for count, cells in (
            (asked, {"police": "requested_by_team", "request": "safety_routine"}),
            (other, {"police": "none"}),
            (unrecorded, {"police": ""}),
            (not_taken, {"exit": "no_unit_available"}),
            (of_nobody, {"exit": "no_unit_available", "origin": ""}),
        ):
            for _ in range(count):
                place = len(rows)
                hour = f"2024-{place // 672 + 1:02d}-{place // 24 % 28 + 1:02d} {place % 24:02d}"
                taken = {"sent": "yes", "arrived": f"{hour}:20:00"} if "police" in cells else {}
                rows.append(
                    {"id": f"C{place}", "received": f"{hour}:00:00", "origin": "911", "type": kind}
                    | {"arrest": "yes" if chance.random() < 0.4 else "no"}
                    | taken
                    | cells
                )
    # A log of three months at least, so that the whole program may be told.
    rows.append(
        {"id": "first", "received": "2023-10-01 00:00:00", "origin": "911", "type": "OTHER"}
    )
    agencies = write_agency(folder / "agencies", name.lower(), name=name, **profile)
    load_log([write_csv(folder / f"{name}.csv", rows)], name.lower(), agencies, folder / "store")


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Four programs with counts around the threshold; the last does not hold every eligible call."""
    folder = tmp_path_factory.mktemp("attacked")
    chance = random.Random(11)
    for name in ("Ash", "Birch", "Cedar", "Dogwood"):
        holds = "program_work" if name == "Dogwood" else "all_calls"
        random_city(folder, name, chance, holds=holds)
    return live_snapshot(folder / "store")


def opened(snapshot: Snapshot) -> dict[Cell, float]:
    """The true count of every cell."""
    true: dict[Cell, float] = {}
    for one in snapshot.programs:
        counts: dict[tuple[str, str], dict[str, float]] = {}
        for key, name in SUMS:
            alone = Selection((one.program_id,), view=View.PROGRAM)
            for row in answer(key, alone, snapshot, Breakdown.CALL_TYPE).table.to_dict("records"):
                counts.setdefault((one.program_id, row["call_type"]), {})[key + name] = row[name]
        for kind, of in counts.items():
            asked, recorded = of.get(RATE + "numerator", 0), of.get(RATE + "denominator", 0)
            taken = of.get(TAKEN + "numerator", 0)
            for part, number in (
                ("asked", asked),
                ("other", recorded - asked),
                ("unrecorded", taken - recorded),
                (ELIGIBLE, of.get(ELIGIBLE + "numerator", 0)),
                (PUBLIC, of.get(PUBLIC + "numerator", 0)),
            ):
                true[(*kind, part)] = number
    return true


def is_tighter(joint: tuple[float, float], alone: list[tuple[float, float]]) -> bool:
    low, high = max(low for low, _ in alone), min(high for _, high in alone)
    return (joint[0] > max(1, low) + 1e-6) or (joint[1] < min(10, high) - 1e-6)


def selections(snapshot: Snapshot) -> list[Selection]:
    ids = [one.program_id for one in snapshot.programs]
    chosen = [(), *[(one,) for one in ids], *list(combinations(ids, 2))[::3]]
    return [Selection(one, view=View.PUBLIC) for one in chosen]


def test_the_page_on_safety_bounds_no_count_more_tightly_than_its_answers(cities: Snapshot):
    true = opened(cities)
    kinds = sorted({kind for _, kind, _ in true})
    leaks = []
    shown_kinds = 0
    for selection in selections(cities):
        ids = selection.program_ids or tuple(one.program_id for one in cities.programs)
        mix = call_mix(selection, cities, RULE)
        by_type = answer(RATE, selection, cities, Breakdown.CALL_TYPE, None, RULE)
        whole = answer(RATE, selection, cities, None, None, RULE)
        page = Facts()
        alone = []
        for found in (by_type, whole):
            tell_answer(page, found, ids, kinds)
            alone.append(Facts())
            tell_answer(alone[-1], found, ids, kinds)
        for found in mix.answers:
            tell_answer(page, found, found.selection.program_ids, kinds)
        for key in (TAKEN, ELIGIBLE, PUBLIC):
            found = answer(key, selection, cities, Breakdown.CALL_TYPE, None, RULE)
            holders = [
                one.program_id
                for one in cities.programs
                if one.program_name in found.source.programs
            ]
            alone.append(Facts())
            tell_answer(alone[-1], found, tuple(one for one in holders if one in ids), kinds)
        for part in mix.parts:
            beside = [
                each
                for each in (part.taken, part.recorded, part.eligible, part.public)
                if each is not None
            ]
            shown_kinds += len(beside) > 2
            close = [
                pair for pair in combinations(beside, 2) if RULE.is_small(abs(pair[0] - pair[1]))
            ]
            if close:
                leaks.append((selection.program_ids, part.call_type, close))
        wanted = {
            frozenset((p, kind, part) for p in group for part in parts)
            for group in {ids, *((one,) for one in ids)}
            for kind in kinds
            for parts in (*SUMS.values(), ("other",), ("unrecorded",))
        }
        for cells in wanted:
            number = sum(true.get(cell, 0) for cell in cells)
            if RULE.is_small(number):
                joint = page.bounds(cells)
                if is_tighter(joint, [one.bounds(cells) for one in alone]):
                    leaks.append((selection.program_ids, sorted(cells), number, joint))
    assert not leaks, f"{len(leaks)} counts, first {leaks[:3]}"
    # the page still tells something
    assert shown_kinds


SHARE = {"numerator": ("asked",), "denominator": ("asked", "other")}


def tell_share(facts: Facts, row: dict, cells: list[tuple[str, str]]) -> None:
    """A count of cases, over the programs and kinds that it is about."""
    for name, parts in SHARE.items():
        facts.tell(((*cell, part) for cell in cells for part in parts), row[name])


@pytest.mark.parametrize("key", COMPARED_HERE)
def test_the_page_that_compares_bounds_no_count_more_tightly_than_its_answers(
    cities: Snapshot, key: str
):
    ids = [one.program_id for one in cities.programs]
    ratios = 0
    for chosen in [(), *combinations(ids, 2)]:
        leaks, page_ratios = attack_comparison(key, Selection(chosen, view=View.PUBLIC), cities)
        assert not leaks, f"{chosen}: {len(leaks)} counts, first {leaks[:3]}"
        ratios += page_ratios
    # the pages still tell something beside what they hide
    assert ratios


def attack_comparison(key: str, selection: Selection, cities: Snapshot) -> tuple[list, int]:
    """Small counts that the page gives away, and the number of ratios that stand beside hidden kinds."""
    found = program_comparison(key, selection, cities, RULE)
    true: dict[Cell, float] = {}
    hidden: set[str] = set()
    told: dict[str, set[str]] = {}
    page = Facts()
    alone: list[Facts] = []
    for one in found.programs:
        opened = answer(key, Selection((one.program_id,)), cities, Breakdown.CALL_TYPE)
        for row in opened.table.to_dict("records"):
            cell = (one.program_id, row["call_type"])
            true[(*cell, "asked")] = row["numerator"]
            true[(*cell, "other")] = row["denominator"] - row["numerator"]
    kinds = sorted({kind for _, kind, _ in true})
    for one in found.programs:
        by_type = answer(
            key, replace(selection, program_ids=(one.program_id,)), cities, Breakdown.CALL_TYPE
        )
        facts = Facts()
        for row in by_type.table.to_dict("records"):
            tell_share(facts, row, [(one.program_id, row["call_type"])])
        everything = [(one.program_id, kind) for kind in kinds]
        tell_share(facts, vars(by_type.total), everything)
        alone.append(facts)
        tell_share(page, {"numerator": one.count, "denominator": one.cases}, everything)
        if one.cases is not None:
            rows = by_type.table.to_dict("records")
            hidden |= {row["call_type"] for row in rows if row["status"] == Status.SUPPRESSED}
            told[one.program_id] = {row["call_type"] for row in rows if row["denominator"] > 0}
    alone.append(Facts(list(page.sums)))
    for one in found.programs:
        ratio = one.standardised
        if ratio and one.cases is not None:
            others = set().union(*(of for each, of in told.items() if each != one.program_id))
            kept = [
                (one.program_id, kind) for kind in kinds if kind not in hidden and kind in others
            ]
            excluded = one.cases - ratio.compared_denominator
            row = {"numerator": ratio.observed, "denominator": one.cases - excluded}
            tell_share(page, row, kept)
    leaks = []
    for kind in kinds:
        for one in found.programs:
            for parts in (("asked",), ("other",), ("asked", "other")):
                cells = frozenset((one.program_id, kind, part) for part in parts)
                number = sum(true.get(cell, 0) for cell in cells)
                if RULE.is_small(number):
                    joint = page.bounds(cells)
                    if is_tighter(joint, [each.bounds(cells) for each in alone]):
                        leaks.append((sorted(cells), number, joint))
    return leaks, sum(one.standardised is not None for one in found.programs) if hidden else 0
