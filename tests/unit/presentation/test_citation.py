"""The quotable sentence has number, denominator, period, definition, source, date and link; so has the CSV."""

import csv
import io

from outcomes.answers.answer import answer
from outcomes.metrics.registry import METRICS
from outcomes.presentation.citation import citation
from outcomes.presentation.export import as_csv, data_dictionary
from outcomes.selection import Selection, parse_month
from outcomes.store.query_file import read_query
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.labels import day_label
from outcomes.vocabulary.log import Breakdown, View

LINK = "http://127.0.0.1:8501/safety_escalations?program=test-city"


def test_everything_that_a_reader_needs(small_snapshot):
    months = {"first_month": parse_month("2024-01"), "last_month": parse_month("2024-12")}
    found = answer("safety_escalation_rate", Selection(("test-city",), **months), small_snapshot)
    quote = citation(found, LINK)
    assert f"{found.total.numerator:,.0f} of {found.total.denominator:,.0f} responses" in quote
    for part in (
        found.metric.definition,
        "Period: Jan 2024 to Dec 2024.",
        found.source.programs[0],
        found.source.data_owners[0],
        small_snapshot.name,
        day_label(found.source.last_day),
        LINK,
    ):
        assert part in quote
    assert BOLD not in quote


def test_what_else_was_chosen_is_said(small_snapshot):
    asked = Selection(("test-city",), call_types=("mental_health",), view=View.PUBLIC)
    quote = citation(answer("responses", asked, small_snapshot))
    assert "Only: call types Mental health; public view." in quote


def test_a_hidden_figure_has_no_number_in_its_quote(small_snapshot):
    found = answer("arrest_rate", Selection(("test-city",), view=View.PUBLIC), small_snapshot)
    assert found.total.numerator is None
    assert "The figure is hidden" in citation(found)


def test_the_csv_has_the_same_sentence_once(small_snapshot):
    found = answer("responses", Selection(("test-city",)), small_snapshot, Breakdown.QUARTER)
    quote = citation(found, LINK)
    body = as_csv(found, quote)
    rows = list(csv.DictReader(io.StringIO(body)))
    assert [row["quotable_sentence"] for row in rows if row["quotable_sentence"]] == [quote]
    assert rows[-1]["quotable_sentence"] == quote
    dictionary = data_dictionary(found.metric, body.splitlines()[0].split(","))
    assert "quotable_sentence" in body.splitlines()[0]
    assert "the figure as a sentence with definition, source and link" in dictionary
    described = {row["column"]: row["meaning"] for row in csv.DictReader(io.StringIO(dictionary))}
    assert described["numerator"] == "calls on which the team reached the scene"
    assert described["denominator"] == "none: a plain count"


def test_the_dictionary_says_what_is_counted_in_the_words_of_the_query():
    without = set()
    for metric in METRICS.values():
        rows = csv.DictReader(io.StringIO(data_dictionary(metric, ["numerator", "denominator"])))
        described = {row["column"]: row["meaning"] for row in rows}
        for name in ("numerator", "denominator"):
            count = getattr(metric, name)
            meaning = read_query("metric", metric.query).meanings.get(count.column) if count else ""
            if meaning:
                assert described[name] == meaning
            elif count:
                without.add(count.column)
    # Sums over the rows of an answer, which no query returns.
    assert without == {
        *("not_reached_total", "request_total", "response_total", "transport_total"),
        "usable_count",
    }


def test_without_a_quote_the_csv_has_no_such_column(small_snapshot):
    found = answer("responses", Selection(("test-city",)), small_snapshot)
    assert "quotable_sentence" not in as_csv(found)
