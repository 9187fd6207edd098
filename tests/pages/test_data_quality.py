"""The Data quality page in every state: the core's own words and numbers, and nothing small in public."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

import pytest
from page_content import (
    alternative_texts,
    as_read,
    cards,
    cells,
    chart_specs,
    context_line,
    in_markdown,
    tables,
    words,
)
from small_agency import AGENCY, Town, profile_with
from streamlit.testing.v1 import AppTest

from outcomes.analyses.data_quality import summary
from outcomes.analyses.data_quality.report import QualityReport, quality_reports
from outcomes.disclosure.rule import DisclosureRule
from outcomes.ingest.run import load_log
from outcomes.selection import Selection, parse_month
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import View
from pages.shell.markdown import escape_markdown

pytestmark = pytest.mark.slow

KESTREL, BRACKWATER = "demo-kestrel-mesa", "demo-brackwater"
RULE = DisclosureRule()


@dataclass(frozen=True)
class State:
    """What a visitor asks for, as the address says it and as the core is asked."""

    store: str
    query: dict[str, str] = field(default_factory=dict)
    selection: Selection = field(default_factory=Selection)


STATES = {
    "all made-up programs": State("demo_store"),
    "one made-up program": State("demo_store", {"program": KESTREL}, Selection((KESTREL,))),
    "all in public": State("demo_store", {"view": "public"}, Selection(view=View.PUBLIC)),
    "one in public": State(
        "demo_store",
        {"program": BRACKWATER, "view": "public"},
        Selection((BRACKWATER,), view=View.PUBLIC),
    ),
    "chosen months": State(
        "demo_store",
        {"program": KESTREL, "from": "2024-05", "to": "2025-04"},
        Selection((KESTREL,), (), parse_month("2024-05"), parse_month("2025-04")),
    ),
    "a real log": State("lane_store"),
    "a real log in public": State("lane_store", {"view": "public"}, Selection(view=View.PUBLIC)),
}


@dataclass(frozen=True)
class Seen:
    """The page in one state, and the core's reports of what it was asked."""

    run: AppTest
    selection: Selection
    reports: tuple[QualityReport, ...]


_seen: dict[str, Seen] = {}


@pytest.fixture
def look(request: pytest.FixtureRequest, visit: Callable[..., AppTest]) -> Callable[[str], Seen]:
    """Opens the page in a state; every test of the same one shares the run."""

    def look(name: str) -> Seen:
        state = STATES[name]
        store: Path = request.getfixturevalue(state.store)
        if name not in _seen:
            run = visit(store, "data_quality", **state.query)
            reports = quality_reports(state.selection, live_snapshot(store), RULE)
            _seen[name] = Seen(run, state.selection, reports)
        return _seen[name]

    return look


def in_states(names: list[str]) -> pytest.MarkDecorator:
    """The test in each of the states; the ones of the real log have its mark."""
    marks = {name: pytest.mark.real_log for name in names if STATES[name].store == "lane_store"}
    return pytest.mark.parametrize(
        "state", [pytest.param(name, marks=marks.get(name, ()), id=name) for name in names]
    )


in_every_state = in_states(list(STATES))
in_public = in_states([name for name in STATES if "public" in name])


@in_every_state
def test_the_answer_and_the_cards_are_the_cores(look, state: str):
    seen = look(state)
    assert not seen.run.exception
    assert as_read(words(seen.run)[0]) == in_markdown(summary.answer_sentence(seen.reports))
    expected = [(card.label, card.value, *card.lines) for card in summary.row_cards(seen.reports)]
    shown = [
        (card.of("label")[0], card.of("value")[0], card.of("quiet")[0]) for card in cards(seen.run)
    ]
    assert shown == expected


@in_every_state
def test_rows_read_are_the_sum_of_what_became_of_them(look, state: str):
    values = [card.of("value")[0].replace(",", "") for card in cards(look(state).run)][:5]
    if "hidden" not in values:
        read, *others = map(int, values)
        assert read == sum(others) > 0


@in_every_state
def test_what_is_shown_is_said(look, state: str):
    seen = look(state)
    line = context_line(seen.run)
    kind = seen.reports[0].program.data_kind
    assert f"**{label(kind).capitalize()}**" in line
    assert label(seen.selection.view) in line
    captions = " ".join(caption.value for caption in seen.run.caption)
    assert ("Public view" in captions) is (seen.selection.view is View.PUBLIC)
    footer = seen.run.caption[-1].value
    assert "Queries: ." not in footer
    assert label(kind) in footer


@in_every_state
def test_the_chart_has_words_and_a_table(look, state: str):
    seen = look(state)
    assert alternative_texts(seen.run) == [summary.completeness_words(seen.reports)]
    (first, *_) = tables(seen.run)
    assert len(first) == sum(len(report.completeness) for report in seen.reports)
    chosen = [month for month in _months(seen.reports) if _is_chosen(month, seen.selection)]
    assert first == cells(summary.completeness_table(seen.reports, chosen))
    (spec,) = chart_specs(seen.run)
    recorded = {name for report in seen.reports for name in report.recorded_shares}
    assert len(spec["data"][0]["y"]) == len(recorded)


def _months(reports: tuple[QualityReport, ...]) -> list[date]:
    return sorted({month for report in reports for month in report.by_month})


def _is_chosen(month: date, selection: Selection) -> bool:
    first, last = selection.first_month, selection.last_month
    return (first is None or month >= first) and (last is None or month <= last)


@in_every_state
def test_what_was_not_understood_is_the_cores_table(look, state: str):
    seen = look(state)
    expected = cells(summary.finding_table(seen.reports))
    assert expected
    assert expected == tables(seen.run)[1]


@in_every_state
def test_gaps_and_sizes_are_told(look, state: str):
    seen = look(state)
    shown = "\n".join(words(seen.run))
    for sentence in summary.missing_sentences(seen.reports):
        assert escape_markdown(sentence) in shown


@in_public
def test_the_public_sees_no_value_and_no_small_count(look, state: str):
    seen = look(state)
    for report in seen.reports:
        for finding in report.findings:
            assert not finding.samples
    # Shares apart, no number from 1 to 10 stands alone anywhere: of fields there may be few.
    rows = [row for table in tables(seen.run)[1:] for row in table]
    small = {str(number) for number in range(1, 11)}
    assert not small & {cell for row in rows for cell in row}
    texts = [card.of("value")[0] for card in cards(seen.run)][:5]
    assert not small & set(texts)
    assert not [
        word
        for word in words(seen.run)
        if re.search(r"(?<![\d,.])([1-9]|10) (rows|records|resp)", word)
    ]
    (spec,) = chart_specs(seen.run)
    told_of = {text for row in spec["data"][0]["text"] for text in row}
    assert all(re.fullmatch(r"filled on \d+%|hidden, or no records", text) for text in told_of)


def test_the_program_view_shows_values(look):
    shown = {cell for row in tables(look("one made-up program").run)[1] for cell in row}
    assert any("WELCHK" in cell for cell in shown)


def test_the_period_narrows_the_months(look):
    (spec,) = chart_specs(look("chosen months").run)
    months = spec["data"][0]["x"]
    assert (months[0], months[-1], len(months)) == ("May 2024", "Apr 2025", 12)


def test_several_programs_stand_beside_each_other(look):
    seen = look("all made-up programs")
    (spec,) = chart_specs(seen.run)
    assert spec["data"][0]["x"] == [report.program.program_name for report in seen.reports]


def test_lane_countys_gap_is_drawn_and_told(look):
    run = look("a real log").run
    (spec,) = chart_specs(run)
    assert [note["text"] for note in spec["layout"]["annotations"]] == ["no records"]
    assert len(spec["layout"]["shapes"]) == 2
    assert {"Nov 2024", "Dec 2024"} <= set(spec["data"][0]["x"])
    assert any(
        escape_markdown("No records at all for Nov 2024, Dec 2024") in text for text in words(run)
    )
    row = next(row for row in tables(run)[1] if row[0] == "Time of contact: not entered")
    assert row[1] == "833"


def test_a_kept_table_can_be_taken_away(look):
    labels = [button.label for button in look("one made-up program").run.get("download_button")]
    # Under each exhibit stand its own rows and its image.
    assert {"CSV", "PNG", "SVG"} < set(labels)
    assert labels[-2:] == ["Completeness", "Not understood"]


@pytest.mark.parametrize("view", View)
def test_rejected_rows_can_be_taken_away_in_the_program_view_alone(
    visit, tmp_path: Path, view: View
):
    town = Town(tmp_path, profile_with())
    log = town.write("id,received\nA1,2025-03-01 10:00\n,2025-03-02 11:00\n")
    load_log([log], AGENCY, town.agency.parent, town.store)
    run = visit(town.store, "data_quality", view=view.value)
    assert not run.exception
    labels = [button.label for button in run.get("download_button")]
    assert ("Rejected rows" in labels) is (view is View.PROGRAM)
    assert {"Completeness", "Not understood"} <= set(labels)
