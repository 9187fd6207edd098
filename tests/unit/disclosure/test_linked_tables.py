"""Answers side by side: what one alone may show and several together may not."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made_city import AGENCY, write_agency, write_csv

from outcomes.analyses.scene_outcomes.analysis import (
    group_answers,
    may_show_side_by_side,
    referral_steps,
)
from outcomes.analyses.scene_outcomes.tables import group_table, repeat_table, step_table
from outcomes.answers.answer import answer
from outcomes.disclosure.linked_tables import (
    differ_by_small_count,
    suppress_linked,
    suppress_within,
)
from outcomes.disclosure.rule import DisclosureRule
from outcomes.disclosure.suppress import suppress_in_parts, suppress_table
from outcomes.ingest.run import load_log
from outcomes.metrics.definition import LinkedCount
from outcomes.metrics.figure import Counts, CountTable
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import (
    NOT_SERVED,
    NOT_TOLD,
    SAFETY_REASONS,
    SERIOUS_INJURIES,
    Breakdown,
    Disposition,
    InjurySeverity,
    PoliceRequestReason,
    Status,
    View,
)

pytestmark = pytest.mark.slow

RULE = DisclosureRule()
INSIDE, PUBLIC = Selection(), Selection(view=View.PUBLIC)
REFERRALS = ("referral_offered_share", "referral_accepted_share", "service_connected_share")
REPEATS = tuple(f"repeat_contact_{days}_share" for days in (7, 30, 90))


def city(folder: Path, groups: list[tuple[int, dict[str, str]]]) -> Snapshot:
    """So many contacts of each kind, two a day from 1 January on, over half a year and more."""
    rows: list[dict[str, str]] = []
    for count, cells in groups:
        for _ in range(count):
            place = len(rows)
            day = f"2024-{place // 56 + 1:02d}-{place // 2 % 28 + 1:02d}"
            rows.append(
                {
                    "id": f"C{place}",
                    "received": f"{day} {10 + place % 2}:00:00",
                    "arrived": f"{day} {10 + place % 2}:20:00",
                    "type": "MH",
                    "origin": "911",
                    "result": "contacted",
                    **cells,
                }
            )
    agencies = write_agency(folder / "agencies", has_persons=True)
    load_log([write_csv(folder / "calls.csv", rows)], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


def referral(step: int) -> dict[str, str]:
    names = ("offered", "accepted", "connected")
    return {name: "yes" if place < step else "no" for place, name in enumerate(names)}


@pytest.fixture(scope="module")
def referrals(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """100 contacts: 20 without an offer, 5 did not accept, 35 accepted and were not connected, 40 were."""
    kinds = [(20, referral(0)), (5, referral(1)), (35, referral(2)), (40, referral(3))]
    return city(tmp_path_factory.mktemp("referrals"), kinds)


def three(snapshot: Snapshot, selection: Selection) -> list:
    return [answer(key, selection, snapshot) for key in REFERRALS]


def test_referral_steps_are_the_counts(referrals: Snapshot):
    steps = referral_steps(three(referrals, INSIDE), RULE)
    assert [(step.words, step.count) for step in steps] == [
        ("Contacts", 100),
        ("Offered", 80),
        ("Accepted", 75),
        ("Connected", 40),
    ]
    table = step_table(steps)
    assert list(table["Of the step before"]) == ["", "80.0%", "93.8%", "53.3%"]


def test_referral_steps_hide_what_two_steps_would_give_away(referrals: Snapshot):
    offered, accepted, connected = three(referrals, PUBLIC)
    # Each alone: 80 of 100, hidden, 40 of 75. Together 80 less 75 are the five who did not accept.
    assert offered.total.numerator == 80
    assert accepted.total.status is Status.SUPPRESSED
    assert connected.total.denominator == 75
    assert referral_steps([offered, accepted, connected], RULE) == ()


def test_referral_steps_that_are_safe_are_shown_to_the_public(tmp_path: Path):
    kinds = [(20, referral(0)), (25, referral(1)), (30, referral(2)), (40, referral(3))]
    snapshot = city(tmp_path, kinds)
    steps = referral_steps(three(snapshot, PUBLIC), RULE)
    assert [step.count for step in steps] == [115, 95, 70, 40]


def test_a_step_that_nothing_leads_to_is_zero_and_one_not_recorded_is_not(tmp_path: Path):
    none_accepted = city(tmp_path / "a", [(40, referral(0)), (30, referral(1))])
    steps = referral_steps(three(none_accepted, INSIDE), RULE)
    assert [step.count for step in steps] == [70, 30, 0, 0]
    silent = city(tmp_path / "b", [(40, {"offered": "no"}), (30, {"offered": "yes"})])
    steps = referral_steps(three(silent, INSIDE), RULE)
    assert [step.count for step in steps] == [70, 30, None]
    assert list(step_table(steps)["Contacts"])[-1] == "Not recorded"


def test_windows_that_hold_one_another_are_shown_together_only_where_safe(tmp_path: Path):
    # Twelve come back after 7 days and three more after 28: each count alone may be shown, their difference not.
    pairs = [{"person": f"P{n}"} for n in range(60)]
    kinds = [(1, cells) for cells in (*pairs[:14], *pairs[:12])]
    kinds += [(1, cells) for cells in pairs[14:40]]
    kinds += [(1, cells) for cells in pairs[12:14]]
    kinds += [(200, {})]
    snapshot = city(tmp_path, kinds)
    inside = [answer(key, INSIDE, snapshot) for key in REPEATS]
    assert [found.total.numerator for found in inside] == [12, 14, 14]
    assert may_show_side_by_side(inside, RULE)
    public = [answer(key, PUBLIC, snapshot) for key in REPEATS]
    assert public[0].total.numerator == 12
    assert public[1].total.numerator == 14
    assert not may_show_side_by_side(public, RULE)
    assert list(repeat_table(inside)["Within"]) == ["7 days", "30 days", "90 days"]
    assert list(repeat_table(inside)["Met again"]) == ["12", "14", "14"]


@pytest.fixture(scope="module")
def grouped(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Five of group A, 30 of B of whom 15 were taken somewhere, 60 of C of whom 12 were."""
    taken, stayed = {"transport": "yes"}, {"transport": "no"}
    kinds = [
        (5, {"gender": "A"} | stayed),
        (15, {"gender": "B"} | taken),
        (15, {"gender": "B"} | stayed),
        (12, {"gender": "C"} | taken),
        (48, {"gender": "C"} | stayed),
    ]
    return city(tmp_path_factory.mktemp("grouped"), kinds)


def test_two_answers_alone_would_give_a_small_group_away(grouped: Snapshot):
    """The wrong number: contacts hide A and B, transports A and C; 95 less 60 less 30 are the five of A."""
    contacts = answer("contacts", PUBLIC, grouped, Breakdown.GENDER)
    taken = answer("transport_share", PUBLIC, grouped, Breakdown.GENDER)
    shown = dict(zip(contacts.table.gender, contacts.table.numerator, strict=True))
    over = dict(zip(taken.table.gender, taken.table.denominator, strict=True))
    assert contacts.total.numerator - shown["C"] - over["B"] == 5


def test_a_table_by_group_hides_the_same_groups_in_every_column(grouped: Snapshot):
    found = group_answers(PUBLIC, grouped, Breakdown.GENDER, RULE)
    assert [each.metric.key for each in found][:2] == ["contacts", "transport_share"]
    for each in found:
        if each.total.status is not Status.SUPPRESSED:
            assert set(each.table.status) == {Status.SUPPRESSED}
            assert each.table[["numerator", "denominator", "value"]].isna().all().all()
    texts = group_table(found[0], found[1:])
    assert {"5", "30", "60"} & {cell for row in texts.to_numpy() for cell in row} == set()


def test_the_program_view_shows_every_group_and_marks_few_cases(grouped: Snapshot):
    contacts, *others = group_answers(INSIDE, grouped, Breakdown.GENDER, RULE)
    # What no row of the log tells is no column.
    assert [each.metric.key for each in others] == ["transport_share"]
    texts = group_table(contacts, others).to_dict("records")
    assert [texts[0][name] for name in ("Gender", "Contacts", "Transported")] == [
        "A", "5", "0 of 5 (few cases)",
    ]  # fmt: skip
    assert texts[1]["Transported"] == "15 of 30 (50.0%; 33.2 to 66.8%)"


def test_groups_without_few_people_keep_their_rows_where_events_are_few(tmp_path: Path):
    """Only the rare events are hidden where no group is small: the people may be counted."""
    kinds = [
        (40, {"gender": "A", "arrest": "no"}),
        (3, {"gender": "B", "arrest": "yes"}),
        (47, {"gender": "B", "arrest": "no"}),
        (12, {"gender": "C", "arrest": "yes"}),
        (48, {"gender": "C", "arrest": "no"}),
    ]
    found = {
        each.metric.key: each
        for each in group_answers(PUBLIC, city(tmp_path, kinds), Breakdown.GENDER, RULE)
    }
    assert list(found["contacts"].table.numerator) == [40, 50, 60]
    assert list(found["arrest_rate"].table.status) == ["shown", "suppressed", "suppressed"]


PARTS = [
    [place for place, word in enumerate(Disposition) if word not in (*NOT_SERVED, *NOT_TOLD)],
    [place for place, word in enumerate(Disposition) if word in NOT_SERVED],
    [place for place, word in enumerate(Disposition) if word in NOT_TOLD],
]
counts = st.lists(
    st.one_of(st.just(0), st.integers(0, 40), st.integers(11, 900)),
    min_size=len(Disposition),
    max_size=len(Disposition),
)


@given(counts)
def test_the_sum_of_those_served_gives_no_ending_away(numbers: list[int]):
    """Served and not served are counted elsewhere: no hidden ending may be their sum less the shown ones."""
    total = sum(numbers)
    cells = [Counts(number, total) for number in numbers]
    shown, whole = suppress_in_parts(cells, Counts(total, total), PARTS, RULE)
    if whole.is_hidden:
        return
    for part in PARTS:
        hidden = [place for place in part if shown[place].is_hidden]
        left = sum(numbers[place] for place in hidden)
        can_help = any(
            not shown[place].is_hidden and numbers[place] >= RULE.smallest_shown for place in part
        )
        # A part with nothing else to hide is small itself; where its sum stands it is hidden as any count.
        assert not hidden or (len(hidden) > 1 and left >= RULE.smallest_shown) or not can_help


# A breakdown, a metric that has it, its words, and those whose sum is a rate of its own.
ADDED_UP_ELSEWHERE = [
    ("police_request_reasons", Breakdown.REASON, PoliceRequestReason, SAFETY_REASONS),
    ("injury_rate", Breakdown.SEVERITY, InjurySeverity, SERIOUS_INJURIES),
]


@pytest.mark.parametrize(
    ("key", "by", "words", "together"), ADDED_UP_ELSEWHERE, ids=lambda each: str(each)[:22]
)
@given(st.data())
def test_no_row_is_a_rate_of_its_own_less_the_other_row(key, by, words, together, data):
    """So and so many asked for safety, and the page says elsewhere how many did: what is hidden is not the rest."""
    numbers = data.draw(
        st.lists(
            st.one_of(st.integers(0, 30), st.integers(11, 900)),
            min_size=len(words),
            max_size=len(words),
        )
    )
    total = sum(numbers)
    rows = tuple(Counts(number, total) for number in numbers)
    grains = tuple((word,) for word in words)
    table = CountTable((by,), grains, rows, Counts(total, total), {}, "rows")
    shown = suppress_table(find_metric(key), table, RULE)
    inside = [place for place, word in enumerate(words) if word in together]
    of_together = sum(numbers[place] for place in inside)
    if not shown.total.is_hidden and not RULE.is_small(of_together):
        hidden = [place for place in inside if shown.rows[place].is_hidden]
        assert len(hidden) != 1 or not RULE.is_small(numbers[hidden[0]])


def test_seven_emergencies_are_not_what_is_left_of_the_safety_requests():
    """62 asked for safety, 55 of them routine: the seven are hidden, and so must the 55 be."""
    counts = dict.fromkeys(PoliceRequestReason, 20) | dict(
        zip(SAFETY_REASONS, (7, 55), strict=True)
    )
    total = sum(counts.values())
    rows = tuple(Counts(number, total) for number in counts.values())
    grains = tuple((word,) for word in counts)
    table = CountTable((Breakdown.REASON,), grains, rows, Counts(total, total), {}, "rows")
    shown = suppress_table(find_metric("police_request_reasons"), table, RULE)
    hidden = {word for word, cell in zip(counts, shown.rows, strict=True) if cell.is_hidden}
    assert set(SAFETY_REASONS) <= hidden


def test_an_ending_is_not_the_sum_of_those_served_less_the_others(tmp_path: Path):
    kinds = [
        (4, {"arrest": "yes"}),
        (50, {"destination": "shelter"}),
        (60, {}),
        (13, {"result": "refused"}),
        (30, {"result": "unable_to_locate"}),
    ]
    snapshot = city(tmp_path, kinds)
    served = answer("served_share", PUBLIC, snapshot).total
    found = answer("dispositions", PUBLIC, snapshot, Breakdown.DISPOSITION)
    rows = found.table.set_index("disposition")
    assert served.numerator == 114
    assert rows.loc["arrested", "status"] == Status.SUPPRESSED
    # Wrong: refused hidden with it, for it is the smallest; 114 less 50 less 60 would then be the four arrests.
    assert rows.loc["transported_shelter", "status"] == Status.SUPPRESSED
    assert rows.loc["met", "numerator"] == 60


@given(st.lists(st.tuples(*[st.integers(0, 60)] * 3), max_size=8))
def test_no_two_columns_that_are_shown_differ_by_a_small_number(rows: list[tuple[int, int, int]]):
    columns = [{str(place): row[which] for place, row in enumerate(rows)} for which in range(3)]
    hidden = differ_by_small_count(columns, RULE)
    for first, second in ((0, 1), (0, 2), (1, 2)):
        apart = {str(place): abs(row[first] - row[second]) for place, row in enumerate(rows)}
        small = {group for group, number in apart.items() if RULE.is_small(number)}
        assert small <= hidden
        # A hidden difference is no rest of a sum, unless all are hidden and no sum is shown.
        assert not small or len(hidden) > 1 or hidden == set(apart)


def counts_of(*numbers: int, words: tuple[str, ...] = ()) -> CountTable:
    """A table with a row per word, or one total alone."""
    rows = tuple(Counts(number, sum(numbers)) for number in numbers)
    grains = tuple((word,) for word in words)
    total = Counts(sum(numbers), sum(numbers))
    return CountTable(("reason",), grains, rows if words else (), total, {}, "reasons")


@pytest.mark.parametrize("word", [None, "outside_hours"])
@pytest.mark.parametrize("small", [4, 40])
def test_all_is_hidden_where_a_count_that_follows_from_it_is(word: str | None, small: int):
    metric, other = find_metric("eligible_reached_in_hours_share"), find_metric("dispositions")
    numbers = (small,) if word is None else (small, 50, 60)
    words = () if word is None else ("outside_hours", "outside_area", "other")
    linked = {LinkedCount(other.key, word): (other, counts_of(*numbers, words=words))}
    table = counts_of(100, 200, words=("a", "b"))
    shown = suppress_linked(metric, table, linked, RULE)
    assert [row.is_hidden for row in (*shown.rows, shown.total)] == [small == 4] * 3
    assert shown.grains == table.grains


@pytest.mark.parametrize(
    ("table", "word", "kinds", "shares"),
    [
        (
            "dispositions",
            "arrested",
            [
                (4, {"hold": "yes", "arrest": "no"}),
                (12, {"arrest": "yes", "hold": "no"}),
                (60, {"arrest": "no", "hold": "no"}),
            ],
            ("arrest_rate", "arrest_dispatch_share"),
        ),
        (
            "dispositions",
            "involuntary_hold",
            [
                (12, {"hold": "yes", "arrest": "no"}),
                (4, {"arrest": "yes", "hold": "no"}),
                (60, {"arrest": "no", "hold": "no"}),
            ],
            ("involuntary_hold_rate",),
        ),
        (
            "transport_places",
            "emergency_department",
            [
                (4, {"destination": "shelter", "transport": "yes", "ed": "no"}),
                (12, {"destination": "emergency_department", "transport": "yes", "ed": "yes"}),
                (60, {"destination": "none", "transport": "no", "ed": "no"}),
            ],
            ("emergency_department_share", "emergency_department_dispatch_share"),
        ),
    ],
)
def test_no_share_tells_the_ending_or_place_that_a_table_hides(
    tmp_path: Path,
    table: str,
    word: str,
    kinds: list[tuple[int, dict[str, str]]],
    shares: tuple[str, ...],
):
    """The wrong number: 12 of 76 read from the share, and the four beside it are what is left of the table's sum."""
    snapshot = city(tmp_path, kinds)
    found = answer(table, PUBLIC, snapshot, find_metric(table).breakdowns[0])
    row = found.table.set_index(found.keys[0]).loc[word]
    assert row.status == Status.SUPPRESSED
    for key in shares:
        assert answer(key, INSIDE, snapshot).total.numerator == 12
        assert answer(key, PUBLIC, snapshot).total.status is Status.SUPPRESSED
        by_year = answer(key, PUBLIC, snapshot, Breakdown.YEAR).table
        assert set(by_year.status) == {Status.SUPPRESSED}


def counted(*numerators: float, total: float | None = None) -> CountTable:
    rows = tuple(Counts(each, 200.0) for each in numerators)
    whole = sum(numerators) if total is None else total
    grains = tuple((f"2024-{place + 1:02d}",) for place in range(len(rows)))
    return CountTable(("month",), grains, rows, Counts(whole, 600.0), {}, "incidents")


def test_a_count_is_hidden_where_one_that_holds_it_would_tell_a_small_rest():
    """Rests of 6, 15, 0 and 30: the first is small, and the second goes with it, the smallest that protects it."""
    part, whole = counted(14, 25, 30, 20), counted(20, 40, 30, 50)
    shown = suppress_within(part, part, [whole], RULE)
    assert [row.is_hidden for row in shown.rows] == [True, True, False, False]
    assert shown.total == part.total
    # The difference of what is shown is none that is small, and the hidden rests add up to more than one small count.
    assert suppress_within(part, part, [counted(14, 40, 30, 50)], RULE).rows == part.rows


def test_a_total_is_hidden_with_its_rows_where_the_rest_of_all_is_small():
    part, whole = counted(14, 25), counted(16, 28)
    shown = suppress_within(part, part, [whole], RULE)
    assert all(row.is_hidden for row in shown.rows)
    assert shown.total.is_hidden
    alone = counted(total=20)
    assert suppress_within(alone, alone, [counted(total=26)], RULE).total.is_hidden
    assert not suppress_within(alone, alone, [counted(total=20)], RULE).total.is_hidden


def test_what_is_hidden_or_not_recorded_stays_so():
    part = counted(14, 25)
    shown = suppress_table(find_metric("safety_escalation_rate"), counted(4, 25), RULE)
    assert suppress_within(part, shown, [], RULE) == shown
    missing = CountTable(
        ("month",), (("2024-01",),), (Counts(None, is_missing=True),), Counts(None), {}, "incidents"
    )
    assert suppress_within(missing, missing, [counted(20)], RULE) == missing


REQUESTS = {
    # month: requests for safety with lights and sirens, others for safety, for other reasons
    1: (12, 14, 6),
    2: (12, 25, 15),
    3: (12, 15, 0),
    4: (20, 5, 30),
}
HOLDING = ("police_request_rate", "safety_escalation_rate", "emergency_backup_rate")


@pytest.fixture(scope="module")
def requests(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    """Four months of 100 responses, on some of which the team asked for police."""
    folder = tmp_path_factory.mktemp("requests")
    rows = []
    for month, (emergencies, routine, others) in REQUESTS.items():
        asked = ["safety_emergency"] * emergencies + ["safety_routine"] * routine
        asked += ["legal_hold"] * others
        for place in range(100):
            at = f"2024-{month:02d}-{place % 28 + 1:02d} {8 + place // 28}"
            request = asked[place] if place < len(asked) else ""
            rows.append(
                {
                    "id": f"{month}-{place}",
                    "received": f"{at}:00:00",
                    "arrived": f"{at}:20:00",
                    "type": "MH",
                    "origin": "911",
                    "result": "contacted",
                    "police": "requested_by_team" if request else "none",
                    "request": request,
                }
            )
    agencies = write_agency(folder / "agencies")
    load_log([write_csv(folder / "calls.csv", rows)], AGENCY, agencies, folder / "store")
    return live_snapshot(folder / "store")


def test_no_month_gives_away_a_small_count_by_subtracting_two_rates(requests: Snapshot):
    """Of any two rates of which one holds the other, both shown in a month: they are equal, or lie far enough apart."""
    inside = {key: answer(key, INSIDE, requests, Breakdown.MONTH) for key in HOLDING}
    assert [row["numerator"] for row in inside[HOLDING[0]].rows] == [32, 52, 27, 55]
    public = {key: answer(key, PUBLIC, requests, Breakdown.MONTH) for key in HOLDING}
    shown = {key: [row["numerator"] for row in found.rows] for key, found in public.items()}
    assert shown["police_request_rate"] == [32, 52, 27, 55]
    # 32 less 26 are six other reasons; of April 25 less 20 are five routine requests.
    assert shown["safety_escalation_rate"] == [None, None, 27, 25]
    assert shown["emergency_backup_rate"][3] is None
    for wider, narrower in (HOLDING[:2], HOLDING[1:], (HOLDING[0], HOLDING[2])):
        for whole, part in zip(shown[wider], shown[narrower], strict=True):
            if whole is not None and part is not None:
                assert not RULE.is_small(whole - part), (wider, narrower, whole, part)
