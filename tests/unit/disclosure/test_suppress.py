"""What the public view hides: small counts, what would give them away, and nothing in the program view."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_city import AGENCY

from outcomes.answers.answer import Answer, answer
from outcomes.answers.coverage import are_whole_quarters
from outcomes.answers.scope import resolve_scope
from outcomes.disclosure.rule import NOT_IN_PUBLIC, DisclosureRule
from outcomes.disclosure.suppress import HIDDEN, suppress, without_telling_bounds
from outcomes.metrics.definition import Metric, Suppression
from outcomes.metrics.figure import Counts, CountTable
from outcomes.metrics.registry import METRICS, find_metric
from outcomes.presentation.export import as_csv, as_json, as_text
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Status, View

RULE = DisclosureRule()
PUBLIC = Selection(program_ids=(AGENCY,), view=View.PUBLIC)


def total_of(cells: list[Counts]) -> Counts:
    denominators = [cell.denominator for cell in cells]
    return Counts(
        sum(cell.numerator or 0 for cell in cells),
        None if None in denominators else sum(denominators),
    )


def shown(cells: list[Counts]) -> list[tuple[float | None, float | None] | None]:
    return [None if cell.is_hidden else (cell.numerator, cell.denominator) for cell in cells]


def bounded(rows: list[Counts], shown_rows: list[Counts] | None = None) -> list[bool]:
    """Whether each row, then the total, tells what the missing could make of it in public."""
    total = Counts(
        *(sum(getattr(row, name) for row in rows) for name in ("numerator", "denominator")),
        sum(row.recorded_of for row in rows),
        could_be=sum(row.could_be for row in rows),
    )
    grains = tuple((f"area {place}",) for place in range(len(rows)))
    table = CountTable(("area_id",), grains, tuple(rows), total, {}, "incidents")
    shown = replace(table, rows=tuple(shown_rows or rows))
    told = without_telling_bounds(find_metric("safety_escalation_rate"), table, shown, RULE)
    return [cell.tells_bounds for cell in (*told.rows, told.total)]


def test_bounds_of_many_missing_are_told():
    assert bounded([Counts(20, 100, 140), Counts(30, 100, 150)]) == [True, True, True]


@pytest.mark.parametrize(
    "small",
    [
        Counts(20, 100, 105),
        # Many are left out, and few requests have no reason.
        Counts(20, 100, 140, could_be=5),
        # With all that could be a request, five are left that are none.
        Counts(20, 100, 140, could_be=75),
    ],
)
def test_a_row_with_few_missing_takes_the_bounds_of_all_rows_with_it(small: Counts):
    rows = [small, Counts(30, 200, 250, could_be=40), Counts(30, 200, 250, could_be=40)]
    # The whole tells its own: it holds enough of each.
    assert bounded(rows) == [False, False, False, True]


def test_a_hidden_row_with_few_missing_does_so_too():
    rows = [Counts(4, 100, 105), Counts(20, 100, 140), Counts(30, 100, 150)]
    assert bounded(rows, [HIDDEN, HIDDEN, rows[2]]) == [False, False, False, True]


def test_a_whole_with_few_missing_tells_no_bounds():
    assert bounded([Counts(20, 100, 102), Counts(30, 100, 103)]) == [False, False, False]


@pytest.mark.parametrize("count", range(1, 11))
def test_counts_from_1_to_10_are_small(count: int):
    assert RULE.is_small(count)
    cells, _ = suppress([Counts(count), Counts(500), Counts(700)], Counts(1200 + count), RULE)
    assert cells[0] == Counts(None, is_hidden=True)


@pytest.mark.parametrize("count", [0, 11, 12, 4000, None])
def test_zero_and_11_are_not(count: int | None):
    assert not RULE.is_small(count)


def test_small_count_takes_the_smallest_shown_cell_with_it():
    cells = [Counts(4), Counts(300), Counts(40), Counts(0)]
    hidden, total = suppress(cells, Counts(344), RULE)
    assert shown(hidden) == [None, (300, None), None, (0, None)]
    assert total == Counts(344)


def test_small_denominator_hides_a_zero():
    hidden, _ = suppress([Counts(0, 9), Counts(20, 100), Counts(30, 90)], Counts(50, 199), RULE)
    assert shown(hidden) == [None, None, (30, 90)]


def test_small_rest_hides_the_cell():
    hidden, _ = suppress([Counts(95, 100), Counts(20, 100), Counts(30, 90)], Counts(145, 290), RULE)
    assert shown(hidden) == [None, None, (30, 90)]


def test_total_goes_where_no_cell_is_left_to_hide():
    hidden, total = suppress([Counts(4), Counts(0), Counts(7)], Counts(11), RULE)
    # The zero goes too: which cells are zero would tell as much as the total.
    assert shown(hidden) == [None, None, None]
    assert total.is_hidden


def test_small_total_is_hidden_too():
    hidden, total = suppress([Counts(4), Counts(0)], Counts(4), RULE)
    assert shown(hidden) == [None, None]
    assert total.is_hidden


def test_nothing_small_hides_nothing():
    cells = [Counts(11, 40), Counts(0, 50)]
    assert suppress(cells, Counts(11, 90), RULE) == (cells, Counts(11, 90))


def test_hidden_cells_keep_no_number():
    (cell, _), _ = suppress(
        [Counts(4, 100, 120, (1.0, 2.0)), Counts(50, 100, 120)], Counts(54, 200, 240), RULE
    )
    assert cell == Counts(None, None, None, None, is_hidden=True)


def test_threshold_is_the_agencys_choice():
    rule = DisclosureRule(smallest_shown=5)
    hidden, _ = suppress([Counts(4), Counts(5), Counts(6)], Counts(15), rule)
    assert shown(hidden) == [None, None, (6, None)]


pairs = st.tuples(st.integers(0, 60), st.integers(0, 60)).map(lambda p: Counts(p[0], sum(p)))
plain = st.integers(0, 60).map(Counts)


@given(st.one_of(st.lists(pairs, max_size=8), st.lists(plain, max_size=8)))
def test_no_hidden_number_can_be_worked_out_by_subtraction(cells: list[Counts]):
    total = total_of(cells)
    found, found_total = suppress(cells, total, RULE)
    for cell in [*found, found_total]:
        if not cell.is_hidden:
            rest = None if cell.denominator is None else cell.denominator - (cell.numerator or 0)
            for number in (cell.numerator, cell.denominator, rest):
                assert not RULE.is_small(number)
    places = [place for place, cell in enumerate(found) if cell.is_hidden]
    if places and not found_total.is_hidden:
        # What the total and the shown cells leave is shared by several, and is no small count itself.
        assert len(places) >= 2
        left = (found_total.numerator or 0) - sum(c.numerator or 0 for c in found)
        assert not RULE.is_small(left)
        assert left >= RULE.smallest_shown
    for cell, before in zip(found, cells, strict=True):
        assert cell.is_hidden or cell == before


def numbers_of(found: Answer) -> list[dict[str, float | None]]:
    rows = found.table.to_dict("records")
    total = {"numerator": found.total.numerator, "denominator": found.total.denominator}
    return [
        {k: None if row[k] != row[k] else row[k] for k in ("numerator", "denominator")}
        for row in [*rows, {**total}]
    ]


@pytest.mark.parametrize("key", METRICS)
def test_public_answers_show_no_small_count(small_snapshot: Snapshot, key: str):
    metric = METRICS[key]
    for breakdown in (None, *metric.breakdowns):
        if breakdown in NOT_IN_PUBLIC:
            continue
        found = answer(key, PUBLIC, small_snapshot, breakdown)
        if not RULE.applies(
            metric, PUBLIC, breakdown, _are_whole(metric, small_snapshot, breakdown)
        ):
            assert metric.suppression is Suppression.SAFETY_EVENTS
            assert breakdown in (
                None,
                Breakdown.QUARTER,
                Breakdown.YEAR,
                Breakdown.PROGRAM,
                Breakdown.STATE,
            )
            continue
        for row in numbers_of(found):
            numerator, denominator = row["numerator"], row["denominator"]
            assert not RULE.is_small(numerator)
            assert not RULE.is_small(denominator)
            if numerator is not None and denominator is not None:
                assert not RULE.is_small(denominator - numerator)
        hidden_rows = found.table[found.table.status == Status.SUPPRESSED]
        assert hidden_rows[["numerator", "denominator", "value", "low", "high"]].isna().all().all()
        if found.total.status is not Status.SUPPRESSED:
            assert len(hidden_rows) != 1
        if len(hidden_rows) or found.total.status is Status.SUPPRESSED:
            assert (
                "Hidden to protect people: counts from 1 to 10, and what would give them away."
                in found.notes
            )


def test_public_note_tells_no_small_rest(small_snapshot: Snapshot):
    # Contact is recorded on 32 of 33 responses: the one left out is a person.
    inside = answer("contact_share", Selection(program_ids=(AGENCY,)), small_snapshot)
    assert "Recorded on 32 of 33 (97%); the others are left out." in inside.notes
    wide = DisclosureRule(smallest_shown=2)
    public = answer("contact_share", PUBLIC, small_snapshot, rule=wide)
    assert public.total.denominator == 32
    assert not any(note.startswith("Recorded on") for note in public.notes)


def test_public_notes_leave_no_small_count_between_them(small_snapshot: Snapshot):
    # Three lack a time; one each is negative, zero and over range: told together they give the hidden ones.
    rule = DisclosureRule(smallest_shown=2)
    public = answer("response_min", PUBLIC, small_snapshot, rule=rule)
    assert not any("lack one of the two times" in note for note in public.notes)
    assert not any("intervals are" in note for note in public.notes)


def test_written_answers_hold_no_hidden_number(small_snapshot: Snapshot):
    found = answer("responses", PUBLIC, small_snapshot, Breakdown.MONTH)
    # 23, 7, 2 and 1 of 33: seven and two are small, so twenty-three goes with them or the total does.
    rows = json.loads(as_json(found))["rows"]
    hidden = [row["month"] for row in rows if row["status"] == "suppressed"]
    assert hidden == ["2024-01", "2024-02", "2024-04", None]
    for text in (as_csv(found), as_text(found)):
        for number in (",23,", ",7,", ",2,", " 23 ", " 7 "):
            assert number not in text
    assert "23" not in repr(found.table.to_dict("records"))


def test_program_view_hides_nothing(small_snapshot: Snapshot):
    inside = Selection(program_ids=(AGENCY,))
    for metric in METRICS.values():
        assert not RULE.applies(metric, inside, Breakdown.AREA, False)
    found = answer("responses", inside, small_snapshot, Breakdown.MONTH)
    assert Status.SUPPRESSED not in set(found.table.status)


def _are_whole(metric: Metric, snapshot: Snapshot, by: Breakdown | None) -> bool:
    return are_whole_quarters(resolve_scope(metric, PUBLIC, snapshot), snapshot, by)


@pytest.mark.parametrize(
    ("call_types", "breakdown", "whole", "applies"),
    [
        ((), None, True, False),
        ((), None, False, True),
        ((), Breakdown.QUARTER, True, False),
        ((), Breakdown.QUARTER, False, True),
        ((), Breakdown.MONTH, True, True),
        ((), Breakdown.AREA, True, True),
        ((), Breakdown.CALL_TYPE, True, True),
        ((), Breakdown.ROLE, True, True),
        (("youth",), None, True, True),
    ],
)
def test_safety_events_of_a_whole_program_are_reportable(
    call_types: tuple[str, ...], breakdown: Breakdown | None, whole: bool, applies: bool
):
    metric = METRICS["safety_escalation_rate"]
    asked = Selection(view=View.PUBLIC, call_types=call_types)
    assert RULE.applies(metric, asked, breakdown, whole) is applies
    assert DisclosureRule(11, False).applies(metric, asked, breakdown, whole)
    assert RULE.applies(METRICS["responses"], asked, breakdown, whole)
