"""cached and drawn: the same call is made once, a call that differs in anything is another one, and what has no key is refused."""

from dataclasses import dataclass, field
from datetime import date
from functools import partial
from types import SimpleNamespace

import pytest
import streamlit as st
from plotly.graph_objects import Figure, Scatter

from outcomes.disclosure.rule import DisclosureRule
from outcomes.registry.counting_rule import CountingRule
from outcomes.registry.database import live_registry
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, View
from pages.shell.cache import cached, drawn

calls: list[tuple] = []


def made(key: str, selection: Selection, rule: DisclosureRule, baseline: int, more: object = None):
    calls.append((key, selection, rule, baseline, more))
    return len(calls)


def made_too(key: str, selection: Selection, rule: DisclosureRule, baseline: int):
    calls.append((key, selection, rule, baseline))
    return len(calls)


def name_of(snapshot) -> str:
    return snapshot.name


def start_of(registry, day: date, rule: CountingRule) -> str:
    return f"{registry.fingerprint} {day} {rule}"


@dataclass
class Changeable:
    words: list[str] = field(default_factory=list)


@pytest.fixture(autouse=True)
def _anew():
    st.cache_data.clear()
    st.cache_resource.clear()
    calls.clear()


def run(**given: object) -> SimpleNamespace:
    """One run of a page that gives this to what is made for it."""
    usual = {"selection": Selection(), "rule": DisclosureRule(), "baseline": 24}
    return SimpleNamespace(given={**usual, **given}, made={})


def test_the_same_call_is_made_once_in_a_run_and_in_the_next():
    page = run()
    assert [cached(page, made, "a"), cached(page, made, "a"), cached(run(), made, "a")] == [1, 1, 1]
    assert calls == [("a", Selection(), DisclosureRule(), 24, None)]


@pytest.mark.parametrize(
    ("page", "make", "args"),
    [
        (run(), made, ("b",)),
        (run(), made_too, ("a",)),
        (run(), made, ("a", 1)),
        (run(), made, ("a", "1")),
        (run(), made, ("a", Breakdown.MONTH)),
        (run(selection=Selection(view=View.PUBLIC)), made, ("a",)),
        (run(selection=Selection(("p",))), made, ("a",)),
        (run(selection=Selection(first_month=date(2024, 1, 1))), made, ("a",)),
        (run(rule=DisclosureRule(5)), made, ("a",)),
        (run(rule=DisclosureRule(safety_events_reportable=False)), made, ("a",)),
        (run(baseline=12), made, ("a",)),
    ],
)
def test_whatever_differs_is_made_anew(page, make, args):
    cached(run(), made, "a")
    cached(page, make, *args)
    assert len(calls) == 2


def test_a_snapshot_is_known_by_its_name_and_the_registry_by_its_files():
    snapshot = Snapshot.__new__(Snapshot)
    snapshot.name = "snap-7"
    page = run(snapshot=snapshot)
    assert cached(page, name_of) == snapshot.name
    assert any(snapshot.name in key for key in page.made)
    page = SimpleNamespace(given={"registry": live_registry()}, made={})
    said = cached(page, start_of, date(2024, 1, 1), CountingRule())
    assert said.startswith(live_registry().fingerprint)
    assert any(live_registry().fingerprint in key for key in page.made)


@pytest.mark.parametrize("value", [["a"], {"a": 1}, Changeable(), object(), {"a"}])
def test_what_can_change_is_refused(value):
    with pytest.raises(TypeError, match=rf"found \[{type(value).__name__}\]"):
        cached(run(), made, "a", value)
    with pytest.raises(TypeError, match="to keep a result by"):
        cached(run(), made, "a", (1, value))
    assert calls == []


def test_too_many_arguments_and_functions_without_a_name_are_refused():
    with pytest.raises(TypeError, match=r"at most 2 arguments for made .* found \[3\]"):
        cached(run(), made, "a", 1, 2)
    with pytest.raises(TypeError, match="a name of its own"):
        cached(run(), lambda selection: selection)


# Charts


@dataclass(frozen=True)
class Counts:
    """What a chart is drawn from: a record that is read from the cache anew for each run."""

    numbers: tuple[int, ...]


def line(counts: Counts, title: str = "", *, is_dark: bool) -> Figure:
    calls.append((counts, title, is_dark))
    return Figure(Scatter(y=counts.numbers), layout={"title": {"text": title}})


def words(counts: Counts, *, is_dark: bool) -> str:
    calls.append((counts, is_dark))
    return f"<b>{counts.numbers}</b>"


def test_a_chart_of_the_same_numbers_is_drawn_once():
    first = drawn(partial(line, Counts((1, 2))), False)
    assert drawn(partial(line, Counts((1, 2))), False) is first
    assert list(first.data[0].y) == [1, 2]
    assert len(calls) == 1
    assert drawn(partial(words, Counts((1,))), False) == "<b>(1,)</b>"


@pytest.mark.parametrize(
    ("draw", "is_dark"),
    [
        (partial(line, Counts((1, 2))), True),
        (partial(line, Counts((1, 3))), False),
        (partial(line, Counts((1, 2)), title="of March"), False),
        (partial(words, Counts((1, 2))), False),
    ],
)
def test_whatever_differs_in_a_chart_is_drawn_anew(draw, is_dark):
    drawn(partial(line, Counts((1, 2))), False)
    drawn(draw, is_dark)
    assert len(calls) == 2


def test_a_chart_leaves_its_markup_behind_also_the_second_time():
    draw = partial(line, Counts((1,)), title='<a href="javascript:x">1</a>')
    for _ in range(2):
        assert "<a" not in str(drawn(draw, False))


def test_a_drawing_function_without_a_name_is_refused():
    with pytest.raises(TypeError, match="to keep a chart by"):
        drawn(lambda is_dark: Figure(), False)
