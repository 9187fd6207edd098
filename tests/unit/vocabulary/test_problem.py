"""A problem is one line of text, whatever was found."""

import pytest

from outcomes.vocabulary.problem import Problem


@pytest.mark.parametrize("found", ["\n", "\r", "\x1b[2J", "\u2028", "\x00", "\ud800", "\u202e"])
def test_what_was_found_breaks_no_line(found: str):
    said = str(Problem(f"Expected é, found [{found}]; mend it."))
    assert said.splitlines() == [said]
    assert said.startswith("Expected é, found [")
    assert said.isprintable()
