"""Wrong numbers of published figures that were seen elsewhere, pinned: a rate that its own counts do not give, and others."""

import pytest

from outcomes.analyses.published.analysis import published_outcomes
from outcomes.analyses.published.text import (
    answer_sentence,
    disagreement_sentence,
    figure_rate_words,
    value_words,
    verdict_words,
)
from outcomes.registry.database import live_registry
from outcomes.registry.rates import Verdict
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.registry import Bound

OUTCOMES = published_outcomes(live_registry())
FIGURES = {figure.row["figure_id"]: figure for figure in OUTCOMES.figures}


def test_a_printed_rate_that_its_own_counts_do_not_give_is_flagged():
    # A source prints 0.625% beside 160 of 24,000. Wrong: to repeat 0.625% as the rate of these counts.
    figure = FIGURES["cahoots-police-backup-rate-2019"]
    assert (figure.row["numerator"], figure.row["denominator"]) == (160, 24000)
    assert figure.share == pytest.approx(0.0066667, abs=1e-7)
    assert figure.verdict is Verdict.DOES_NOT_AGREE
    assert value_words(figure.row) == "0.625%"
    assert figure_rate_words(figure).startswith("0.667%")
    assert "0.667" in verdict_words(figure)
    assert f"{BOLD}1{BOLD} printed rate does not agree" in answer_sentence(OUTCOMES)
    said = disagreement_sentence(OUTCOMES)
    assert "0.625% is printed beside 160 of 24,000, which is 0.667%" in said


def test_no_other_printed_rate_is_called_wrong():
    # Wrong: to flag 16% beside "just over 2,000 of more than 13,000", which is 15.4% of two bounds.
    assert OUTCOMES.with_verdict(Verdict.DOES_NOT_AGREE) == (
        FIGURES["cahoots-police-backup-rate-2019"],
    )
    bounds = FIGURES["nyc-b-heard-share-of-total-responded-2022-07-to-2022-12"]
    assert (bounds.verdict, bounds.share) == (Verdict.CANNOT_BE_CHECKED, None)


def test_a_count_that_was_worked_out_from_a_rate_does_not_confirm_it():
    # Wrong: 102,000 of 120,000 confirms "over 85%", when 102,000 is 85% of 120,000.
    figure = FIGURES["albuquerque-diversion-rate-2021-09-to-2025-09"]
    assert figure.verdict is Verdict.CANNOT_BE_CHECKED
    assert figure.share is None


def test_a_lower_bound_is_not_printed_as_the_number():
    bounds = [f for f in OUTCOMES.figures if f.row["value_bound"] == Bound.MORE_THAN]
    assert bounds
    assert all(value_words(figure.row).startswith("more than ") for figure in bounds)


def test_the_claim_about_all_programs_is_not_added_to_programs_that_it_may_hold():
    # Wrong: 0 of 500,000 over all programs plus 0 of 16,000 of one of them.
    assert all(figure.row["scope"] == "program" for t in OUTCOMES.totals for figure in t.figures)


def test_an_estimate_of_one_place_is_not_spread_over_others():
    # Wrong: hours of five programs added up, or their mean, when they are 60 times apart and made in five ways.
    assert not any("hours" in t.row["definition"] for t in OUTCOMES.totals)
