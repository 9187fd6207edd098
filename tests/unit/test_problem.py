"""What readers are told of a fault is one line that somebody can read, whatever a hostile file put into it."""

import pytest

from outcomes.vocabulary.problem import Problem


def test_a_sentence_stays_as_it_is():
    said = "Expected a month as YYYY-MM, found [2024]; write for example 2024-08."
    assert str(Problem(said)) == said


@pytest.mark.parametrize("found", ["x" * 300_000, "x y " * 75_000, "é" * 5_000, "[" * 5_000])
def test_what_is_longer_than_anybody_reads_is_told_by_its_beginning(found: str):
    said = str(Problem(f"Expected the column [{found}] in the log; correct the profile."))
    assert said.startswith(f"Expected the column [{found[:100]}")
    assert said.endswith("correct the profile.")
    assert "characters)" in said
    assert len(said) < 800


def test_signs_that_break_a_line_are_blanks():
    assert (
        str(Problem("Expected a column, found [a\nb\x1b[31m]."))
        == "Expected a column, found [a b [31m]."
    )
