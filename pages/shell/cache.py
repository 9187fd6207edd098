"""The only caching: settings, the live snapshot, and answers by snapshot, selection and view."""

import argparse
import atexit
import gc
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import pandas
import streamlit as st

from outcomes.analyses.call_funnel.analysis import Funnel, call_funnel
from outcomes.analyses.call_mix.analysis import CallMix, call_mix
from outcomes.analyses.control_charts.chart import ControlChartAnswer
from outcomes.analyses.control_charts.intervention import ChangeFinding, changes_judged
from outcomes.analyses.control_charts.monthly import monthly_chart
from outcomes.analyses.control_charts.rare_events import rare_event_chart
from outcomes.analyses.data_quality.report import QualityReport, quality_reports
from outcomes.analyses.demand.analysis import Demand, demand
from outcomes.analyses.growth.analysis import Growth, growth
from outcomes.analyses.officer_time.analysis import OfficerTime, officer_time
from outcomes.analyses.officer_time.assumptions import (
    changes_of,
    published_assumptions,
    with_changes,
)
from outcomes.analyses.program_comparison.analysis import ProgramComparison, program_comparison
from outcomes.analyses.published.analysis import PublishedOutcomes, published_outcomes
from outcomes.analyses.response_times.exclusions import Exclusions, exclusions, target_sentences
from outcomes.analyses.response_times.target import ReaderTarget, reader_target
from outcomes.analyses.scene_outcomes.analysis import group_answers
from outcomes.answers.answer import Answer, answer
from outcomes.answers.period_change import CompareWith
from outcomes.disclosure.rule import DisclosureRule
from outcomes.registry.counting_rule import CountingRule
from outcomes.registry.database import Registry, live_registry
from outcomes.selection import Selection
from outcomes.settings import Settings
from outcomes.store.programs import ProgramChange
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown, View

HASHES: dict[str | type, Callable[[Any], Any]] = {
    Selection: repr,
    DisclosureRule: repr,
    CountingRule: repr,
}
MOST_CACHED = 4_000
Made = TypeVar("Made")


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """Where agencies and store are: from `streamlit run app.py -- --store DIR`, else the environment."""
    parser = argparse.ArgumentParser(add_help=False, allow_abbrev=False, exit_on_error=False)
    parser.add_argument("--agencies", type=Path)
    parser.add_argument("--store", type=Path)
    started_here = Path(sys.argv[0]).name == "app.py"
    given, _ = parser.parse_known_args(sys.argv[1:] if started_here else [])
    return Settings(**{name: path for name, path in vars(given).items() if path is not None})


@st.cache_resource(show_spinner=False)
def freeze_gc() -> None:
    """Take what start-up made out of the garbage collector's sight; Streamlit runs it after every rerun."""
    gc.collect()
    gc.freeze()
    # At the end everything is given back, or libraries complain of leaks.
    atexit.register(gc.unfreeze)


def snapshot() -> Snapshot:
    """The live snapshot. Asked for once a run, by begin_page, so that no page shows two versions."""
    return live_snapshot(settings().store)


# The snapshot itself is not part of a cached call's key: its name is, and its content never changes.
@st.cache_data(show_spinner=False, max_entries=MOST_CACHED, hash_funcs=HASHES)
def _answer(
    _snapshot: Snapshot,
    snapshot_name: str,
    metric_key: str,
    selection: Selection,
    breakdown: Breakdown | None,
    compare_with: CompareWith | None,
    rule: DisclosureRule,
) -> Answer:
    return answer(metric_key, selection, _snapshot, breakdown, compare_with, rule)


@st.cache_data(show_spinner=False, max_entries=MOST_CACHED, hash_funcs=HASHES)
def _made(
    _make: Callable[..., Made],
    what: str,
    first: tuple[str, ...],
    _snapshot: Snapshot,
    snapshot_name: str,
    selection: Selection,
    rule: DisclosureRule,
) -> Made:
    return _make(*first, selection, _snapshot, rule)


def _of_selection(
    make: Callable[..., Made], snapshot: Snapshot, selection: Selection, *first: str
) -> Made:
    """What a function of the core makes of some words, a selection, a snapshot and the rule; kept like an answer."""
    name = make.__qualname__
    return _made(make, name, first, snapshot, snapshot.name, selection, settings().rule)


def fetch_answer(
    snapshot: Snapshot,
    metric_key: str,
    selection: Selection,
    breakdown: Breakdown | None = None,
    compare_with: CompareWith | None = None,
) -> Answer:
    """The answer on a snapshot; shared between sessions, so every argument decides what it is."""
    rule = settings().rule
    return _answer(snapshot, snapshot.name, metric_key, selection, breakdown, compare_with, rule)


@st.cache_data(show_spinner=False, max_entries=MOST_CACHED, hash_funcs=HASHES)
def _groups(
    _snapshot: Snapshot,
    snapshot_name: str,
    selection: Selection,
    breakdown: Breakdown,
    rule: DisclosureRule,
) -> list[Answer]:
    return group_answers(selection, _snapshot, breakdown, rule)


def fetch_groups(snapshot: Snapshot, selection: Selection, breakdown: Breakdown) -> list[Answer]:
    """Contacts and what happened on them by a group of people, protected as one table."""
    return _groups(snapshot, snapshot.name, selection, breakdown, settings().rule)


def fetch_call_mix(snapshot: Snapshot, selection: Selection) -> CallMix:
    """The mix of calls that was taken beside the mix that came in, on a snapshot."""
    return _of_selection(call_mix, snapshot, selection)


def fetch_comparison(
    snapshot: Snapshot, selection: Selection, metric_key: str
) -> ProgramComparison:
    """The chosen programs held against each other on one metric, on a snapshot."""
    return _of_selection(program_comparison, snapshot, selection, metric_key)


def fetch_funnel(snapshot: Snapshot, selection: Selection) -> Funnel:
    """The call funnel on a snapshot."""
    return _of_selection(call_funnel, snapshot, selection)


def fetch_demand(snapshot: Snapshot, selection: Selection) -> Demand:
    """Eligible calls by hour of the week on a snapshot, as the selection's view may see them."""
    return _of_selection(demand, snapshot, selection)


@st.cache_data(show_spinner=False, max_entries=MOST_CACHED, hash_funcs=HASHES)
def _monthly_chart(
    _snapshot: Snapshot,
    snapshot_name: str,
    metric_key: str,
    selection: Selection,
    rule: DisclosureRule,
    baseline: int,
) -> ControlChartAnswer:
    return monthly_chart(metric_key, selection, _snapshot, rule, baseline)


def fetch_monthly_chart(
    snapshot: Snapshot, metric_key: str, selection: Selection
) -> ControlChartAnswer:
    """The control chart of a share or a count by month on a snapshot."""
    rule, baseline = settings().rule, settings().baseline_points
    return _monthly_chart(snapshot, snapshot.name, metric_key, selection, rule, baseline)


@st.cache_data(show_spinner=False, max_entries=MOST_CACHED, hash_funcs=HASHES)
def _changes_judged(
    _snapshot: Snapshot,
    snapshot_name: str,
    metric_key: str,
    selection: Selection,
    rule: DisclosureRule,
    baseline: int,
) -> tuple[ChangeFinding, ...]:
    # A change is judged on every month up to its neighbours; the public view has the chosen ones alone.
    if selection.view is View.PROGRAM:
        selection = replace(selection, first_month=None, last_month=None)
    chart = monthly_chart(metric_key, selection, _snapshot, rule, baseline)
    return changes_judged(chart, fetch_changes(_snapshot, selection.program_ids))


def fetch_changes_judged(
    snapshot: Snapshot, metric_key: str, selection: Selection
) -> tuple[ChangeFinding, ...]:
    """What each recorded change of one program was followed by; none where several are chosen."""
    rule, baseline = settings().rule, settings().baseline_points
    return _changes_judged(snapshot, snapshot.name, metric_key, selection, rule, baseline)


@st.cache_data(show_spinner=False, max_entries=MOST_CACHED, hash_funcs=HASHES)
def _rare_event_chart(
    _snapshot: Snapshot, snapshot_name: str, metric_key: str, selection: Selection, baseline: int
) -> ControlChartAnswer:
    return rare_event_chart(metric_key, selection, _snapshot, baseline)


def fetch_rare_event_chart(
    snapshot: Snapshot, metric_key: str, selection: Selection
) -> ControlChartAnswer:
    """The control chart of what lies between rare events on a snapshot."""
    baseline = settings().baseline_points
    return _rare_event_chart(snapshot, snapshot.name, metric_key, selection, baseline)


def fetch_quality(snapshot: Snapshot, selection: Selection) -> tuple[QualityReport, ...]:
    """The quality reports of the chosen programs on a snapshot, as the selection's view may see them."""
    return _of_selection(quality_reports, snapshot, selection)


def fetch_exclusions(snapshot: Snapshot, selection: Selection) -> tuple[Exclusions, ...]:
    """What each interval of a response leaves out, by reason, as the selection's view may see it."""
    return _of_selection(exclusions, snapshot, selection)


def fetch_reader_target(
    snapshot: Snapshot, selection: Selection, target_min: float
) -> ReaderTarget:
    """How the waits stand to a target that the reader has set."""
    return reader_target(target_min, selection, snapshot, settings().rule)


def fetch_targets(snapshot: Snapshot, selection: Selection) -> tuple[str, ...]:
    """The chosen programs' own targets for the wait, one sentence each."""
    return target_sentences(selection, snapshot)


def fetch_assumptions(snapshot: Snapshot) -> pandas.DataFrame:
    """How likely police would have been sent, by call type: low, base, high and source."""
    return snapshot.run("snapshot", "police_sent_assumptions")


@st.cache_data(show_spinner=False, max_entries=MOST_CACHED, hash_funcs=HASHES)
def _officer_time(
    _snapshot: Snapshot,
    snapshot_name: str,
    selection: Selection,
    written: str,
    rule: DisclosureRule,
) -> OfficerTime:
    assumptions = with_changes(
        published_assumptions(fetch_assumptions(_snapshot)), changes_of(written)[0]
    )
    return officer_time(selection, _snapshot, assumptions, rule)


def fetch_officer_time(snapshot: Snapshot, selection: Selection, written: str) -> OfficerTime:
    """Officer hours on a snapshot, with the reader's assumptions as a link writes them."""
    return _officer_time(snapshot, snapshot.name, selection, written, settings().rule)


def fetch_changes(snapshot: Snapshot, program_ids: tuple[str, ...]) -> list[ProgramChange]:
    """Dated changes of one program; none where several are chosen, for they would not fit under a chart."""
    if len(program_ids) != 1:
        return []
    return [change for change in snapshot.changes if change.program_id == program_ids[0]]


def fetch_registry() -> Registry:
    """The registry of programs and of what was published; read once a process."""
    return live_registry()


def fetch_growth(rule: CountingRule, month: date, base_year: int) -> Growth:
    """Growth by a counting rule, up to a month, against the end of a base year."""
    return _growth(live_registry().fingerprint, rule, month, base_year)


@st.cache_data(show_spinner=False, max_entries=MOST_CACHED, hash_funcs=HASHES)
def _growth(fingerprint: str, rule: CountingRule, month: date, base_year: int) -> Growth:
    return growth(rule, month, base_year, live_registry())


def fetch_published() -> PublishedOutcomes:
    """What programs have published, checked; made once a process for each state of the registry."""
    return _published(live_registry().fingerprint)


@st.cache_resource(show_spinner=False)
def _published(fingerprint: str) -> PublishedOutcomes:
    return published_outcomes(live_registry())
