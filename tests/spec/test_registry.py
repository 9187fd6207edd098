"""The registry is whole, holds what its sources say, and gives the counts that are quoted from it."""

import csv
import re
from datetime import date
from pathlib import Path

import pytest
from places import REFERENCE

from outcomes.analyses.growth.analysis import growth, programs_by_state
from outcomes.analyses.growth.sensitivity import Way
from outcomes.analyses.growth.text import sensitivity_sentence
from outcomes.registry.contradictions import contradictions, needless_reasons
from outcomes.registry.counting_rule import OTHER_TYPES, CountingRule
from outcomes.registry.database import live_registry
from outcomes.registry.read import read_registry
from outcomes.vocabulary.registry import EventKind, ProgramType

AS_OF = date(2026, 11, 1)


def reference(name: str) -> list[dict[str, str]]:
    """Rows of a file of the reference facts; skips the test where they are not here."""
    path: Path = REFERENCE / name
    if not path.is_file():
        pytest.skip(f"the reference facts are not here: {name}")
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def month_text(year: str, month: str) -> str:
    return f"{year}-{int(month):02d}" if year and month else year


def test_every_file_is_whole():
    files = read_registry()
    counts = {name: len(rows) for name, rows in files.rows.items()}
    assert counts["programs"] == 200
    assert counts["states"] == 51
    assert counts["growth_claims"] == 27
    assert counts["studies"] == 9
    assert counts["published_figures"] == 216
    assert {row.state for row in files.rows["programs"]} == {
        row.state for row in files.rows["states"]
    }


# Rows whose own notes said another thing than their columns: what was read first, and what stands now.
MENDED = {
    ("MI", "Care-Based Safety pilot"): {"end_date": ("", "2024-08")},
    ("MT", "Crisis Response Unit (CRU)"): {"end_date": ("", "2026")},
    ("ME", "Bangor Community Action Team (BCAT)"): {"first_response": ("2023-03", "2023-01")},
    ("WA", "Crisis Response Unit (CRU)"): {"first_response": ("2019-04", "2019-01")},
    ("CA", "Care Link Community Response (mobile crisis pilot)"): {
        "first_response": ("2023-01", "2022-11")
    },
    # Only a plan or an announcement names the month.
    ("CA", "Mobile Crisis Response Team (MCRT)"): {"first_response": ("2024-12", "2024")},
    ("OR", "Deschutes County MCAT direct dispatch"): {"first_response": ("2023-05", "2023")},
    ("CA", "Fresno County Mobile Crisis Response"): {"first_response": ("2024-01", "2024")},
    ("NE", "911/988 partnership"): {"first_response": ("2024-03", "2024")},
    ("PA", "Pittsburgh Crisis Response Teams (relaunch)"): {"first_response": ("2025-11", "2025")},
    ("OH", "Right Response Unit (RRU)"): {"first_response": ("2021-05", "2021")},
    ("CA", "Therapeutic transport team"): {"first_response": ("2024-01", "2024")},
    ("AZ", "CARE 7 and Solari 911 diversion"): {"first_response": ("2022-01", "2022")},
}


def test_programs_are_the_references_but_for_what_their_notes_mended():
    mended = set()
    ours = {
        (row.program_name, row.city, row.state): row for row in read_registry().rows["programs"]
    }
    rows = reference("programs.csv")
    assert len(rows) == len(ours)
    for row in rows:
        program = ours[row["program"], row["city"], row["state"]]
        assert program.program_type == row["program_type"]
        theirs = {
            "first_response": month_text(row["start_year"], row["start_month"]),
            "end_date": month_text(row["end_year"], row["end_month"]),
        }
        for column, was in theirs.items():
            if getattr(program, column) != was:
                key = (row["state"], row["program"])
                assert MENDED[key][column] == (was, getattr(program, column))
                mended.add(key)
        assert program.source_url == row["source_url"]
        assert program.confidence == row["confidence"]
        assert program.notes == row["notes"]
    assert mended == set(MENDED)


# A name in which the reference keeps a remark of its own.
RENAMED = {"LA CRESS (suicide line, not Amherst)": "LA CRESS"}


def test_published_figures_are_the_references():
    ours = read_registry().rows["published_figures"]
    theirs = reference("published_figures.csv")
    assert len(ours) == len(theirs)
    changed = []
    for mine, row in zip(ours, theirs, strict=True):
        name = RENAMED.get(row["program"], row["program"])
        assert (mine.program, mine.source_url) == (name, row["source_url"])
        assert mine.value == float(row["value"])
        for part in ("numerator", "denominator"):
            number = getattr(mine, part)
            if number != (float(row[part]) if row[part] else None):
                changed.append((mine.program, mine.metric, number, row[part]))
    # The source that prints 0.625% prints 160 beside it, not 150.
    assert changed == [("CAHOOTS", "police_backup_rate", 160.0, "150")]


def test_claims_and_residents_are_the_references():
    claims = {row.claim: row for row in read_registry().rows["growth_claims"]}
    for row in reference("growth_claims.csv"):
        mine = claims[row["claim"]]
        assert (str(mine.count_programs or ""), str(mine.count_states or "")) == (
            row["count_programs"],
            row["count_states"],
        )
        assert mine.source_url == row["source_url"]
    residents = {row.state: row for row in read_registry().rows["states"]}
    for row in reference("state_population.csv"):
        assert residents[row["state"]].population == int(row["population_2024"])
        assert residents[row["state"]].state_name == row["name"]


def test_the_quoted_counts():
    """Worked out by hand from the list: 99 have started in 32 states, 3 before 2020, and 6 have ended."""
    found = growth(CountingRule(), AS_OF, 2020, live_registry())
    assert (found.started_count, found.started_state_count) == (99, 32)
    assert (found.before_base.program_count, found.before_base.state_count) == (3, 2)
    assert (found.base.program_count, found.base.state_count) == (8, 5)
    assert (found.at.program_count, found.at.state_count) == (93, 30)
    assert found.ended_count == 6
    # The triangles of the line are as many: an end known by its year alone is where the line falls.
    assert sum(month.ended_count for month in found.series) == 6
    assert found.multiple == pytest.approx(11.625)
    assert found.unknown_start_count == 0
    assert found.registered_count == 200


def test_a_program_counts_in_the_month_in_which_it_ends_and_not_after():
    series = {m.month: m for m in growth(CountingRule(), AS_OF, 2020, live_registry()).series}
    april, may = series[date(2025, 4, 1)], series[date(2025, 5, 1)]
    assert april.ended_count == 1
    assert may.ended_count == 0
    eugene = next(
        row for row in read_registry().rows["programs"] if row.program_id == "or-eugene-cahoots"
    )
    assert eugene.end_date == "2025-04"


def test_every_switch_says_what_it_does():
    registry = live_registry()
    found = growth(CountingRule(), AS_OF, 2020, registry)
    effects = {effect.switch: effect for effect in found.switches}
    assert set(effects) == {*(kind.value for kind in OTHER_TYPES), "pilots", "unverified"}
    for kind in OTHER_TYPES:
        other = growth(CountingRule((kind,)), AS_OF, 2020, registry)
        assert effects[kind.value].program_change == (
            other.at.program_count - found.at.program_count
        )
        assert effects[kind.value].state_change == other.at.state_count - found.at.state_count
    assert effects["co_response"].program_change == 28


def test_every_kind_together_is_every_program_with_a_known_start():
    everything = CountingRule(OTHER_TYPES, has_pilots=True, has_unverified=True)
    found = growth(everything, AS_OF, 2020, live_registry())
    assert found.started_count + found.unknown_start_count == 200
    assert found.unknown_start_count == 7


def test_states_sum_to_the_whole():
    registry = live_registry()
    for rule in (CountingRule(), CountingRule((ProgramType.MOBILE_CRISIS,), has_pilots=False)):
        found = growth(rule, AS_OF, 2020, registry)
        states = programs_by_state(rule, AS_OF, registry)
        assert sum(state["program_count"] for state in states) == found.at.program_count
        assert sum(state["program_count"] > 0 for state in states) == found.at.state_count
        assert len({(state["grid_row"], state["grid_column"]) for state in states}) == 51


def test_every_closure_has_its_event():
    files = read_registry().rows
    ended = {row.program_id for row in files["programs"] if row.end_date}
    closed = {
        row.program_id for row in files["program_events"] if row.event_kind is EventKind.CLOSURE
    }
    assert ended == closed
    assert len(ended) == 7


def test_no_row_speaks_against_itself_without_a_reason():
    files = read_registry()
    found = contradictions(files)
    assert [each.sentence for each in found if not each.reason] == []
    assert needless_reasons(files) == []
    assert len(found) > 100


def test_what_the_count_rests_on():
    """Counted by hand from the rows: before the mends 95, of which 13 were not sent by 911 and 57 had an old source."""
    found = growth(CountingRule(), AS_OF, 2020, live_registry())
    assert found.not_by_911_count == 12
    assert found.old_source_count == 57
    assert found.doubted_count == 14


def test_the_multiple_in_other_ways():
    found = growth(CountingRule(), AS_OF, 2020, live_registry())
    counts = {
        each.way: (each.program_count, each.base_program_count) for each in found.other_counts
    }
    assert counts == {
        Way.AS_COUNTED: (93, 8),
        Way.WITHOUT_PILOTS: (86, 8),
        Way.WITH_911: (81, 6),
        Way.ONLY_911: (59, 3),
        Way.BASE_LACKS: (93, 10),
        Way.RECENT: (30, 3),
        Way.RECENT_NOW: (30, 8),
        Way.ALL_KINDS: (186, 36),
    }
    # The ways that are rules of their own give what those rules give.
    for way, rule in (
        (Way.WITHOUT_PILOTS, CountingRule(has_pilots=False)),
        (Way.ALL_KINDS, CountingRule(OTHER_TYPES, has_unverified=True)),
    ):
        other = growth(rule, AS_OF, 2020, live_registry())
        assert counts[way] == (other.at.program_count, other.base.program_count)
    said = sensitivity_sentence(found)
    assert "7 other ways to choose the programs give between 3.8" in said
    assert "30 against 8" in said
    assert "19.7 (dispatched by 911 alone: 59 against 3)" in said


def test_quoted_claims_say_what_their_source_says():
    claims = {row.claim_id: row for row in read_registry().rows["seed_claims"]}
    calls = claims["3-200000-calls"]
    assert calls.wording == "quoted"
    assert "200,000 calls that would have once fallen to police" in calls.claim
    assert "whoever would have gone before" in calls.what_does_not
    chiefs = claims["7-michigan"]
    assert chiefs.wording == "quoted"
    assert "were skeptical that civilians could handle emergencies safely" in chiefs.claim
    assert "no finding that civilians" in chiefs.what_does_not
    teams = claims["8-teams"]
    assert teams.wording == "in_short"
    assert "“similar numbers”" in teams.claim
    assert not re.search(r"\b(most|then|first|common)\b", teams.claim)
    assert "is no order" in teams.what_does_not
    police = claims["5-one-percent"]
    assert "“rarely had to call for armed backup due to safety concerns”" in police.claim
    for row in read_registry().rows["survey_answers"]:
        assert not row.question.startswith("Doubt")
