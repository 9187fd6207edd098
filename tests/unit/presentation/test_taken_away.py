"""What leaves the screen: a sentence of at most 25 words, a file and an image that name program, figure and period."""

import csv
import html
import io
from dataclasses import replace

import pandas
import pytest

from outcomes.answers.answer import answer
from outcomes.metrics.registry import METRICS
from outcomes.presentation.citation import About, about_logs
from outcomes.presentation.exhibit import Chart, Exhibit, Table, rows_exhibit
from outcomes.presentation.format import part_of
from outcomes.presentation.sentences import MOST_WORDS, chart_finding, short_sentence
from outcomes.presentation.taken_away import (
    citation_of,
    copied_sentence,
    csv_of,
    image_of,
    sentence_of,
    title_of,
)
from outcomes.selection import Selection
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown

MADE_UP = "made-up demonstration data"
ABOUT = About("Kestrel Mesa, CO", "Nov 2024 to Oct 2025", "program view", "Source: logs.", MADE_UP)


@pytest.mark.parametrize("key", METRICS)
def test_every_sentence_is_short_and_has_its_counts(small_snapshot, key: str):
    found = answer(key, Selection(), small_snapshot)
    said = short_sentence(found)
    # It stands alone: whose, and of when; the figure itself is short.
    whose, _, figure = said.partition(": ")
    programs = found.source.programs
    assert whose.startswith(programs[0] if len(programs) == 1 else f"{len(programs)} programs")
    assert found.source.first_day is None or f"{found.source.first_day:%b %Y}" in whose
    assert len(figure.split()) <= MOST_WORDS
    assert said.endswith(".")
    assert BOLD not in said
    total = found.total
    if total.value is not None and total.numerator and found.metric.unit == "share":
        counts = part_of(total.numerator, total.denominator or 0)
        assert counts in said or f"{total.numerator:,.0f} " in said


def test_a_zero_never_stands_alone(small_snapshot):
    found = [answer(key, Selection(), small_snapshot) for key in METRICS]
    zeros = [one for one in found if one.total.numerator == 0 and one.total.high]
    assert zeros
    assert all("could still be up to 1 in " in short_sentence(one) for one in zeros)


def test_a_file_is_named_for_program_figure_and_period():
    assert ABOUT.file_name("months-safety_escalation_rate", "png") == (
        "made-up-kestrel-mesa-co-months-safety-escalation-rate-nov-2024-to-oct-2025.png"
    )


def reasons(small_snapshot) -> Exhibit:
    found = answer("police_request_reasons", Selection(), small_snapshot, Breakdown.REASON)
    return rows_exhibit(found, "Why did they ask?", {}, shows_count=True)


def test_a_file_opens_with_the_series_shown(small_snapshot):
    exhibit = reasons(small_snapshot)
    file = csv_of(exhibit, ABOUT, "http://l")
    assert file
    rows = list(csv.DictReader(io.StringIO(file.text)))
    assert [row["reason"] for row in rows[:-1]] == list(exhibit.answers[0].table["reason"])
    assert rows[-1]["reason"] == "all"
    assert title_of(exhibit, exhibit.charts[0]).startswith("Most often: ")


def test_a_table_of_texts_is_a_file_with_the_names_of_its_rows():
    table = pandas.DataFrame({"Severe": ["1", "hidden"]}, index=["Responder", "Person served"])
    exhibit = Exhibit("who", "Who was hurt?", tables=(Table(table),))
    file = csv_of(exhibit, ABOUT, "")
    assert file
    assert file.text.splitlines()[1] == ("Responder,1,made-up demonstration data,Source: logs.")
    assert csv_of(Exhibit("words", answer="Only words."), ABOUT, "") is None


def test_words_of_an_exhibit_without_an_answer_are_its_own():
    long = "word " * 30
    exhibit = Exhibit("usual", headline=long, answer=f"{BOLD}Oct 2026{BOLD} is as usual.")
    assert sentence_of(exhibit) == "Oct 2026 is as usual."
    assert sentence_of(Exhibit("long", answer=long)) == ""
    said = citation_of(exhibit, ABOUT, "http://l")
    for part in (
        "Made-up",
        "Oct 2026 is as usual.",
        "Nov 2024 to Oct 2025",
        "Source: logs.",
        "http://l",
    ):
        assert part in said
    assert citation_of(Exhibit("table"), ABOUT, "http://l") == ""
    chart = Chart(lambda is_dark: None, "The first sentence of it. A second.")
    assert title_of(exhibit, chart) == "The first sentence of it"


def test_an_image_says_whose_it_is_and_of_when(small_snapshot):
    exhibit = reasons(small_snapshot)
    found = exhibit.answers[0]
    about = about_logs(found.selection, found.source, [found.source.query])
    drawn = html.unescape(image_of(exhibit, exhibit.charts[0], about, "svg").decode())
    for part in (exhibit.charts[0].finding, about.who, about.period, small_snapshot.name):
        assert part in drawn


def test_a_title_names_programs_as_people_do(small_snapshot):
    found = answer("responses", Selection(), small_snapshot, Breakdown.PROGRAM)
    program = found.table["program_id"].iloc[0]
    title = chart_finding(found, shows_count=True, names={program: "Test City Responders"})
    assert title.startswith("Most often: Test City Responders, ")
    assert program not in title


def test_what_is_copied_stands_alone_also_without_an_answer_behind_it():
    exhibit = Exhibit("goals", answer="Of 5 goals, 2 are met, 1 is not met, 2 are not measured.")
    assert copied_sentence(exhibit, ABOUT) == (
        "Kestrel Mesa, CO, Nov 2024 to Oct 2025 (made-up data): Of 5 goals, 2 are met, 1 is not met, 2 are not measured."
    )
    named = Exhibit("named", answer="Kestrel Mesa, CO, can be compared on 8 measures.")
    assert copied_sentence(named, ABOUT) == "Kestrel Mesa, CO, can be compared on 8 measures."
    assert copied_sentence(Exhibit("none"), ABOUT) == ""


def test_a_count_whose_share_is_not_recorded_has_none_over_its_chart(small_snapshot):
    """A log of the team's own calls does not say how many calls the public made."""
    found = answer("diverted_strict", Selection(), small_snapshot, Breakdown.CALL_TYPE)
    assert "%" in chart_finding(found, shows_count=True)
    nothing = {"value": float("nan"), "denominator": float("nan")}
    alone = replace(
        found,
        table=found.table.assign(**nothing),
        total=replace(found.total, value=None, denominator=None),
    )
    said = chart_finding(alone, shows_count=True)
    assert said.startswith("Most often: ")
    assert "%" not in said
    (caption,) = rows_exhibit(alone, "Which calls?", {}, shows_count=True).caption
    assert caption.endswith("Bars show counts.")
