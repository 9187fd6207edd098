"""The page of worked examples: every number on it is what the program gives, today."""

import doctest

import pytest
from places import PROJECT

PAGE = PROJECT / "docs" / "statistics_worked_examples.md"
# what other methods stand on and no reader asks for
BENEATH = ("__init__", "interval", "control_segments", "control_signals", "usual_level")


def failures(text: str) -> tuple[int, int, str]:
    examples = doctest.DocTestParser().get_doctest(text, {}, PAGE.name, str(PAGE), 0)
    words: list[str] = []
    result = doctest.DocTestRunner().run(examples, out=words.append)
    return result.failed, result.attempted, "".join(words)


def test_every_example_gives_the_numbers_that_are_printed():
    text = PAGE.read_text(encoding="utf-8")
    failed, attempted, words = failures(text)
    assert failed == 0, words
    assert attempted == text.count("    >>> ")


def test_a_wrong_number_would_be_found():
    planted = PAGE.read_text(encoding="utf-8").replace("0.0348 0.0844", "0.0348 0.0845")
    assert failures(planted)[0] == 1


@pytest.mark.parametrize(
    "module",
    sorted(
        path.stem
        for path in (PROJECT / "outcomes" / "statistics").glob("*.py")
        if path.stem not in BENEATH
    ),
)
def test_every_method_has_an_example(module):
    has_example = f">>> from outcomes.statistics.{module} import" in PAGE.read_text()
    assert has_example
