"""The first screen of the Overview: the answer, six tiles with their changes, and the latest full month."""

import re
from datetime import date
from urllib.parse import unquote

import pytest
from page_content import as_read, core_answer, judged_answer, words

from outcomes.analyses.control_charts.this_month import month_reading
from outcomes.answers.period_change import CompareWith
from outcomes.answers.recent_months import RecentMonth
from outcomes.presentation.sentences import short_figure
from outcomes.presentation.tiles import short_change
from outcomes.selection import Selection, parse_month
from outcomes.store.snapshot import live_snapshot
from pages.shell.tiles import line_svg

KESTREL = "demo-kestrel-mesa"
MOST_WORDS = 30
YEAR = Selection((KESTREL,), (), parse_month("2025-11"), parse_month("2026-10"))


def html(run) -> str:
    return " ".join(unquote(block.value) for block in run.get("html"))


def test_a_line_breaks_at_a_gap_and_ends_in_a_dot():
    months = [
        RecentMonth(date(2025, month, 1), value)
        for month, value in ((1, 0.0), (2, 4.0), (3, None), (4, 2.0))
    ]
    drawn = line_svg(months, False)
    # Four months over 142 units from 4 on: 4, 51.3, 98.7 and 146; the least lies at 30, the most at 4.
    assert '<polyline points="4.0,30.0 51.3,4.0"' in drawn
    assert '<rect x="75.0" y="0" width="47.3"' in drawn
    assert '<circle cx="146.0" cy="17.0" r="3"' in drawn
    assert drawn.count("<polyline") == 1
    assert line_svg(months[2:], False) == ""


@pytest.mark.slow
def test_the_first_screen_has_the_cores_numbers(visit, demo_store):
    run = visit(demo_store, "overview", program=KESTREL, period="12")
    assert not run.exception
    seen = html(run)
    assert seen.count("ro-tile-card") >= 6
    snapshot = live_snapshot(demo_store)
    for key in ("eligible_reached_share", "safety_escalation_rate", "response_min"):
        found = judged_answer(demo_store, "overview", key, YEAR, CompareWith.YEAR_BEFORE)
        assert short_change(found.metric, found.comparison) in seen
    for key in ("responses", "safety_escalation_rate"):
        reading = month_reading(key, YEAR, snapshot)
        assert reading
        assert re.search(
            f"{re.escape(reading.value)}</td><td[^>]*>{re.escape(reading.usual)}.*?{reading.word}",
            seen,
        )
    assert "This month: October 2026" in [header.value for header in run.header]
    said = as_read(words(run)[0])
    assert "October 2026" in said
    # That nobody was hurt badly is not said without how many were hurt, nor are goals left out that are not met.
    assert short_figure(core_answer(demo_store, "injury_rate", YEAR, None, None)) in said
    assert "Goal not met: Minutes from call to arrival, 90th percentile, at most 30 minutes." in (
        said.replace("**", "")
    )
    assert max(len(sentence.split()) for sentence in said.split(". ")) <= MOST_WORDS


@pytest.mark.slow
def test_a_log_without_police_and_injuries_says_so_and_shows_what_it_has(visit, demo_store):
    run = visit(demo_store, "overview", program="demo-quillhaven", period="12")
    values = re.findall(r'class="ro-value">(.*?)<', html(run))
    assert len(values) == 6
    assert "Not recorded" not in values
    assert "What this log cannot answer" in " ".join(words(run))
    assert "Not recorded in this log: " in as_read(words(run)[0])
