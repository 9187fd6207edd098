"""Published outcomes: what is counted, totals, hours, words and files, on rows made by hand and on the registry."""

import csv
import io
from typing import Any

import pytest

from outcomes.analyses.published.analysis import (
    FIRST_CONFLICTS,
    PublishedOutcomes,
    checked,
    hours_per_call,
    published_outcomes,
    rates_by_program,
    total,
)
from outcomes.analyses.published.citation import figure_citation, total_citation
from outcomes.analyses.published.exhibits import (
    extent_exhibit,
    hours_exhibit,
    published_exhibit,
    rates_exhibit,
    rates_series,
)
from outcomes.analyses.published.tables import figure_rows, total_cards, total_rows
from outcomes.analyses.published.text import (
    UNIT_WORDS,
    counts_words,
    figure_rate_words,
    hours_counts,
    hours_words,
    period_words,
    program_words,
    rates_finding,
    total_sentence,
    value_words,
    verdict_words,
    why_apart,
)
from outcomes.presentation.export_registry import registry_csv, registry_dictionary
from outcomes.presentation.taken_away import sentence_of
from outcomes.registry.database import Registry, live_registry
from outcomes.registry.rates import Verdict
from outcomes.registry.read import RegistryFiles, read_registry
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.registry import Bound


@pytest.fixture(scope="module")
def outcomes() -> PublishedOutcomes:
    return published_outcomes(live_registry())


def figure(**more: Any) -> dict[str, Any]:
    """A row of published_figures.sql: 160 of 24,000 calls, all exact."""
    return {
        "figure_id": "made-up",
        "program": "Fernhollow CARE",
        "program_id": "",
        "scope": "program",
        "period_start": "2020-06",
        "period_end": "2020-11",
        "metric": "police_backup_count",
        "metric_label": "Times police were asked for",
        "metric_group": "police",
        "value": 160.0,
        "unit": "calls",
        "value_bound": "exact",
        "numerator": 160.0,
        "numerator_bound": "exact",
        "denominator": 24000.0,
        "denominator_bound": "exact",
        "counts_origin": "published",
        "definition": "d",
        "conflict": "",
        "definition_note": "all reasons",
        "source_title": "Fernhollow News",
        "source_url": "https://fernhollow.example/a",
        "confidence": "sourced",
        **more,
    }


def summed(numerator: float, denominator: float, **more: Any) -> dict[str, Any]:
    """A row of published_totals.sql."""
    return {
        "definition": "d",
        "label": "Requests for police",
        "numerator_words": "requests for police",
        "denominator_words": "calls answered",
        "rule": "In: printed counts.",
        "numerator": numerator,
        "denominator": denominator,
        "program_count": 2,
        "figure_count": 2,
        "bounded_count": 0,
        "numerator_bounds": ["exact"],
        "denominator_bounds": ["exact"],
        "program_names": ["Ash", "Birch"],
        **more,
    }


def test_the_headline_counts_only_what_was_read(outcomes: PublishedOutcomes):
    files = read_registry().rows["published_figures"]
    sourced = [row for row in files if row.confidence == "sourced"]
    assert len(outcomes.figures) == len(files)
    assert len(outcomes.sourced) == len(sourced) < len(files)
    bounds = [row for row in sourced if row.value_bound in ("more_than", "at_least", "at_most")]
    assert len(outcomes.with_value_bound(Bound.MORE_THAN, Bound.AT_LEAST, Bound.AT_MOST)) == len(
        bounds
    )
    names = {row.program_id or row.program for row in sourced if row.scope == "program"}
    assert outcomes.program_count == len(names)


def test_an_analysis_of_a_program_is_no_second_program(outcomes: PublishedOutcomes):
    denver = {f.row["program"] for f in outcomes.sourced if f.row["program_id"] == "co-denver-star"}
    assert len(denver) > 1
    named = {f.row["program"] for f in outcomes.sourced if f.row["scope"] == "program"}
    assert outcomes.program_count < len(named)


def test_every_conflict_has_its_figures_and_the_most_quoted_come_first(outcomes: PublishedOutcomes):
    files = read_registry().rows
    assert tuple(each.conflict for each in outcomes.conflicts[:2]) == FIRST_CONFLICTS
    assert {c.conflict for c in outcomes.conflicts} == {
        row.conflict for row in files["published_conflicts"]
    }
    for conflict in outcomes.conflicts:
        ids = {
            row.figure_id for row in files["published_figures"] if row.conflict == conflict.conflict
        }
        assert {each.row["figure_id"] for each in conflict.figures} == ids
        assert ids


def test_both_sides_of_the_most_quoted_contradictions_are_there(outcomes: PublishedOutcomes):
    eugene, albuquerque = outcomes.conflicts[:2]
    values = {(each.row["value"], each.row["numerator"]) for each in eugene.figures}
    assert {(150.0, 150.0), (311.0, 311.0), (0.625, 160.0)} == values
    said = {value_words(each.row) for each in albuquerque.figures}
    assert {"about 50%", "more than 85%"} <= said


def test_the_totals_of_the_registry(outcomes: PublishedOutcomes):
    found = {t.row["definition"]: (t.numerator, t.denominator) for t in outcomes.totals}
    assert found == {
        "arrests_per_response": (0 + 0 + 1, 748 + 903 + 7418),
        "police_requests_any_reason": (0 + 18, 748 + 903),
        "hospital_transports_per_response": (29 + 187, 903 + 7418),
    }
    for each in outcomes.totals:
        assert each.numerator == sum(f.row["numerator"] for f in each.figures)
        assert each.denominator == sum(f.row["denominator"] for f in each.figures)
        assert len(each.figures) == each.row["figure_count"]
        assert each.share == pytest.approx(each.numerator / each.denominator)
        assert each.is_over_programs is (len(each.row["program_names"]) > 1)


def test_one_program_is_no_total_over_programs(outcomes: PublishedOutcomes):
    (hospital,) = [t for t in outcomes.totals if not t.is_over_programs]
    assert "One program only, Portland Street Response" in total_sentence(hospital)
    lines = {card.label: card.lines for card in total_cards(outcomes.totals)}
    assert any("not a total over programs" in line for line in lines["People taken to hospital"])


def with_figures(change: dict[str, dict[str, Any]]) -> Registry:
    """The registry with other cells in some figures."""
    files = read_registry()
    rows = dict(files.rows)
    rows["published_figures"] = [
        row.model_copy(update=change.get(row.figure_id, {})) for row in rows["published_figures"]
    ]
    return Registry(RegistryFiles(rows, files.as_of, files.fingerprint))


DENVER = "denver-star-police-backup-count-2020-06-to-2020-11"


@pytest.mark.parametrize(
    "change",
    [{"confidence": "unverified"}, {"counts_origin": "derived"}, {"scope": "sector"}],
)
def test_a_total_leaves_out_what_it_must(change: dict[str, str]):
    # model_copy does not validate, so words stand for themselves.
    found = published_outcomes(with_figures({DENVER: change}))
    (police,) = [t for t in found.totals if t.row["definition"] == "police_requests_any_reason"]
    assert (police.numerator, police.denominator) == (18, 903)
    assert [f.row["program"] for f in police.figures] == ["Portland Street Response"]
    assert not police.is_over_programs


def test_a_total_with_a_bound_in_it_is_a_bound():
    change = {DENVER: {"denominator_bound": Bound.MORE_THAN}}
    found = published_outcomes(with_figures(change))
    (police,) = [t for t in found.totals if t.row["definition"] == "police_requests_any_reason"]
    assert (police.denominator_bound, police.share_bound) == (Bound.MORE_THAN, Bound.AT_MOST)
    assert police.interval is None
    said = total_sentence(police)
    assert f"of {BOLD}more than 1,651{BOLD} calls the team answered" in said
    assert "at most 1.1%" in said
    assert police.row["bounded_count"] == 1


def test_a_total_of_zero_says_what_it_could_still_be():
    none = total(summed(0, 1651), ())
    # The limit of none in 1,651: 1 - 0.05 ** (1 / 1651), one in 551.6.
    assert (
        f"{BOLD}0{BOLD} of {BOLD}1,651{BOLD} calls answered; 0%; could still be up to 1 in 552"
        in total_sentence(none)
    )
    (card,) = total_cards((none,))
    assert card.value == "0%"
    assert "could still be up to 1 in 552" in card.lines


def test_bounds_both_ways_give_no_total_rate():
    both = {"numerator_bounds": ["at_least"], "denominator_bounds": ["at_least", "exact"]}
    found = total(summed(18, 1651, **both), ())
    assert found.share is None
    assert "no rate, because the bounds point both ways" in total_sentence(found)
    (card,) = total_cards((found,))
    assert card.value == "no rate"


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ({"value": 7600.0, "value_bound": "more_than"}, "more than 7,600 calls"),
        ({"value": 14.0, "value_bound": "at_least"}, "at least 14 calls"),
        ({"value": 24000.0, "value_bound": "about"}, "about 24,000 calls"),
        ({"value": 1.0, "value_bound": "at_most", "unit": "percent"}, "at most 1%"),
        ({"value": 0.625, "unit": "percent"}, "0.625%"),
        ({"value": -34.0, "unit": "percent"}, "\u221234%"),
        ({"value": 2200000.0, "unit": "usd_per_year"}, "$2,200,000 a year"),
        ({"value": 3.1, "unit": "usd_million"}, "$3.1 million"),
        ({"value": 10.0, "unit": "ratio", "value_bound": "more_than"}, "more than 10 times"),
        ({"value": 1.0, "unit": "injuries"}, "1 injury"),
        ({"value": 16800.0, "value_bound": "not_recorded"}, "16,800 calls (wording not recorded)"),
    ],
)
def test_a_value_keeps_its_bound_and_its_unit_is_said_in_words(more: dict, expected: str):
    assert value_words(figure(**more)) == expected


def test_every_unit_of_the_registry_is_plain_words(outcomes: PublishedOutcomes):
    for each in outcomes.figures:
        assert "_" not in value_words(each.row)
    units = {each.row["unit"] for each in outcomes.figures}
    assert set(UNIT_WORDS) <= units


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2020-06", "2020-11", "Jun 2020 to Nov 2020"),
        ("2019-01", "2019-12", "2019"),
        ("2019-01", "2020-12", "Jan 2019 to Dec 2020"),
        ("2022-08", "2022-08", "Aug 2022"),
        ("2019", "2020", "2019 to 2020"),
        ("2024", "2024", "2024"),
        ("", "", "not stated"),
    ],
)
def test_a_period_is_said_as_exactly_as_it_is_known(start: str, end: str, expected: str):
    assert period_words({"period_start": start, "period_end": end}) == expected


def test_counts_say_what_they_are():
    assert counts_words(figure()) == "160 of 24,000"
    more = figure(denominator_bound="more_than", numerator_bound="about")
    assert counts_words(more) == "about 160 of more than 24,000"
    assert counts_words(figure(counts_origin="derived")).endswith("(worked out, not printed)")
    assert counts_words(figure(denominator=None)) == "no base printed"
    assert counts_words(figure(numerator=None)) == "base 24,000"
    assert counts_words(figure(numerator=None, denominator=None)) == "not printed"


def test_figures_about_several_programs_say_so():
    assert program_words(figure(scope="sector", program="SECTOR (X)")) == "Several programs (X)"
    assert program_words(figure()) == "Fernhollow CARE"


def test_what_counts_give_is_said_with_limits_or_with_the_reason_why_not():
    assert figure_rate_words(checked(figure())) == ("0.667%, 95% interval 0.568% to 0.778%")
    lowest = checked(figure(denominator_bound="at_most"))
    assert figure_rate_words(lowest) == "at least 0.667%"
    both = checked(figure(numerator_bound="at_least", denominator_bound="at_least"))
    assert figure_rate_words(both) == "no rate, because the bounds point both ways"
    assert figure_rate_words(checked(figure(counts_origin="derived"))) == ""


def test_verdicts_in_words_say_why():
    rate = {"value": 0.625, "unit": "percent"}
    assert verdict_words(checked(figure(**rate))) == ("does not agree: its counts give 0.667%")
    said = {
        "a count was worked out, not printed": {"counts_origin": "derived"},
        "a count is a bound or about": {"denominator_bound": "about"},
        "the rate is a bound": {"value_bound": "more_than"},
        "how rough the rate is was not said": {"value_bound": "about"},
    }
    for reason, more in said.items():
        assert verdict_words(checked(figure(**rate, **more))) == f"cannot be checked: {reason}"
    assert verdict_words(checked(figure())) == "no rate printed"
    assert verdict_words(checked(figure(**rate, numerator=None))) == "no two counts beside it"


def test_hours_per_call_of_the_registry(outcomes: PublishedOutcomes):
    found = {each.row["program"]: hours_words(each) for each in outcomes.hours}
    # A half is rounded up: 675 of 1,000 is 0.68 and 345 of 600 is 0.58.
    assert found == {
        "LA CRESS": "5.00",
        "Cincinnati ARC": "1.03",
        "Harris County HART": "0.68",
        "Louisville CCDP Deflection": "0.58",
        "New Haven COMPASS": "0.08",
    }
    assert [each.row["program"] for each in outcomes.hours] == list(found)
    assert [each.is_flat for each in outcomes.hours] == [True, False, False, False, False]
    spread = outcomes.hours[0].hours_per_call / outcomes.hours[-1].hours_per_call
    assert 59 < spread < 61


def test_no_figure_of_hours_is_multiplied_by_the_calls_that_it_goes_with(
    outcomes: PublishedOutcomes,
):
    files = read_registry().rows["published_figures"]
    printed = [row.figure_id for row in files if row.metric == "officer_hours_saved"]
    rows = live_registry().rows("police_hours_per_call")
    assert sorted(row["figure_id"] for row in rows) == sorted(printed)
    (new_haven,) = [each for each in outcomes.hours if "New Haven" in each.row["program"]]
    assert new_haven.row["calls_figure_id"] != new_haven.row["figure_id"]


def test_a_base_that_may_be_people_is_not_called_calls(outcomes: PublishedOutcomes):
    said = {each.row["program"]: hours_counts(each) for each in outcomes.hours}
    # The source says that more than 600 people were helped.
    assert said["Louisville CCDP Deflection"] == (
        "more than 345 hours beside more than 600 calls or people"
    )
    assert said["New Haven COMPASS"] == "more than 45 hours beside 537 calls"


def test_hours_without_calls_are_left_out():
    assert hours_per_call([{"hours": 45.0, "calls": None}]) == ()


def test_a_quotable_sentence_says_everything_that_a_reader_needs():
    said = figure_citation(checked(figure(value=0.625, unit="percent")), "registry R", "http://l")
    for part in (
        "Fernhollow CARE",
        "Jun 2020 to Nov 2020",
        "Times police were asked for, 0.625% (160 of 24,000)",
        "does not agree: its counts give 0.667%",
        "all reasons",
        "Fernhollow News, https://fernhollow.example/a",
        "registry R",
        "http://l",
    ):
        assert part in said
    assert "Unverified" not in said
    unread = figure_citation(checked(figure(confidence="unverified")), "registry R")
    assert unread.startswith("Unverified, the source was not read.")


def test_a_quote_of_a_total_has_its_rule_periods_and_sources(outcomes: PublishedOutcomes):
    (police,) = [t for t in outcomes.totals if t.row["definition"] == "police_requests_any_reason"]
    said = total_citation(police, "registry R", "http://l")
    for part in ("18 of 1,651", "0.6% to 1.7%", police.row["rule"], "Jun 2020", "http://l"):
        assert part in said
    assert BOLD not in said


def test_the_file_of_figures_has_a_sentence_each_and_every_column_is_explained(
    outcomes: PublishedOutcomes,
):
    body = registry_csv(figure_rows(outcomes.figures, "registry R", "http://l"), "registry R")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert len(rows) == len(outcomes.figures)
    for row in rows:
        assert row["source_url"] in row["quotable_sentence"]
    (wrong,) = [row for row in rows if row["verdict"] == Verdict.DOES_NOT_AGREE]
    assert float(wrong["recomputed_share"]) == pytest.approx(160 / 24000)
    dictionary = list(csv.DictReader(io.StringIO(registry_dictionary("published_figures", body))))
    assert all(line["meaning"] for line in dictionary)


def test_the_file_of_totals_has_lists_as_texts_and_every_column_is_explained(
    outcomes: PublishedOutcomes,
):
    body = registry_csv(total_rows(outcomes.totals), "registry R")
    rows = list(csv.DictReader(io.StringIO(body)))
    assert rows[0]["program_names"] == "Denver STAR; Portland Street Response"
    dictionary = csv.DictReader(io.StringIO(registry_dictionary("published_totals", body)))
    assert all(line["meaning"] for line in dictionary)


def test_every_verdict_is_counted_once(outcomes: PublishedOutcomes):
    with_one = [f for f in outcomes.sourced if f.verdict]
    assert sum(len(outcomes.with_verdict(verdict)) for verdict in Verdict) == len(with_one)


def test_a_range_is_over_what_a_total_adds_up_and_says_what_is_left_out(
    outcomes: PublishedOutcomes,
):
    groups = rates_by_program(outcomes)
    said = rates_finding(groups)
    assert (
        "Arrests: 0% to 0.013% over 3 published counts of 2 programs (left out: 2 of another definition)"
        in said
    )
    assert "0% to 2.0% over 2 published counts of 2 programs (left out: 2 contradicted)" in said
    added = {figure.row["figure_id"] for each in outcomes.totals for figure in each.figures}
    for heading, figures in groups.items():
        ranged = [figure.row for figure in figures if figure.is_in_a_total]
        assert ranged, heading
        assert {row["figure_id"] for row in ranged} <= added
        assert len({row["definition"] for row in ranged}) == 1
        years = [(row["program"], row["period_start"]) for row in ranged]
        assert len(years) == len(set(years))
    shown = {
        figure.row["figure_id"]: why_apart(figure) for each in groups.values() for figure in each
    }
    assert shown["missoula-mst-arrests-2020-11-to-2021-06"] == "of another definition"
    assert shown["cahoots-police-backup-count-2019"] == "contradicted"
    assert "150 of about 24,000 (contradicted)" in " ".join(rates_series(groups).rows)


def test_sentences_to_copy_stand_alone(outcomes: PublishedOutcomes):
    registry = live_registry()
    said = [
        sentence_of(exhibit)
        for exhibit in (
            published_exhibit(outcomes, registry, ""),
            rates_exhibit(outcomes),
            extent_exhibit(outcomes),
            hours_exhibit(outcomes, registry, ""),
        )
    ]
    for sentence, what, when in zip(
        said,
        (
            "published figures",
            "Police were asked for or needed",
            "police asked for",
            "police hours saved",
        ),
        ("by Nov 2026", "2020 to 2022", "CAHOOTS, 2019", "Nov 2026"),
        strict=True,
    ):
        assert what in sentence
        assert when in sentence
        assert len(sentence.split()) <= 25
