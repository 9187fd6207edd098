"""Every sentence of every page is read: none claims what its numbers do not bear; those in sight can be read aloud."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from in_sight import hard_to_read, texts_in_sight
from marl_bend import ARRESTS, ARRIVALS, NO_TEAM, logged, town
from page_content import as_read, program_names, read
from streamlit.testing.v1 import AppTest

from pages.shell.navigation import LOGS, PAGES

# Pages that show numbers of a log; Methods tells of methods, and may name what is not done.
LOG_PAGES = [entry.name for entry in PAGES if entry.name not in ("methods", "load_a_log")]
READ_ALOUD = [entry.name for entry in PAGES if entry.reads == LOGS]
# A range whose ends lie further apart than this says nothing, and invites laughter.
WIDEST_RANGE = 10
HOURS_RANGE = re.compile(r"(\d[\d,]*) (?:to|–) (\d[\d,]*) (?:officer )?hours")
# A rule of issue or decision that a pattern would break, wherever it stands.
NEVER = {
    "a chart says its own false-alarm rate": r"one in five|1 in 5 ",
    "a count times assumptions is no improvement": r"(?i)net[^.]{0,80}\b(improve|better than|good news)",
    "a program's own growth is no cause": r"(?i)because of the (team|program)|caused by the (team|program)",
    "no league table": r"(?i)\b(best|worst) program",
}
# Two sentences that may not stand on one page.
NEVER_TOGETHER = [
    (
        r"(?i)differ(s)? by more than chance|more than chance (would|alone)",
        r"(?i)no wider than chance|spread[^.]{0,40}chance alone",
    ),
]
# Where no log says which calls were reached, nothing over them has a number.
OF_NOBODY = r"(?i)did not reach any scene|teams? reached (the scene )?\d|\b(0|none) of \d[\d,]* responses|100(\.0)? ?% of"


def complaints(texts: list[str]) -> Iterator[str]:
    """What is wrong with the texts of one page."""
    whole = "\n".join(texts)
    for rule, pattern in NEVER.items():
        yield from (f"{rule}: {found[0]}" for found in re.finditer(pattern, whole))
    for low, high in HOURS_RANGE.findall(whole):
        ends = [int(end.replace(",", "")) for end in (low, high)]
        if ends[1] > WIDEST_RANGE * max(1, ends[0]):
            yield f"a range too wide to be told: {low} to {high} hours"
    for one, other in NEVER_TOGETHER:
        if (first := re.search(one, whole)) and (second := re.search(other, whole)):
            yield f"contradiction: {first[0]} / {second[0]}"


def unreadable(run: AppTest, store: Path, page: str) -> list[str]:
    """Sentences in sight that no council reads aloud; of pages about a log, whose program names are one word each."""
    if page not in READ_ALOUD:
        return []
    return hard_to_read(texts_in_sight(run), list(program_names(store).values()))


def sentences(run: AppTest) -> list[str]:
    """Every text of a page outside its tables, as a reader sees it."""
    assert not run.exception
    return [as_read(text) for text in read(run)]


@pytest.mark.parametrize(
    "planted",
    [
        "On ordinary data one in five such charts signals.",
        "Calls diverted net: better than the year before.",
        "519 to 130,736 hours were freed.",
        "The programs differ by more than chance. The spread is no wider than chance.",
    ],
)
def test_a_planted_sentence_is_found(planted: str):
    assert list(complaints([planted]))


def test_what_is_too_long_or_forbidden_is_found():
    long = " ".join(["word"] * 31) + "."
    assert hard_to_read([long], []) == [f"31 words: {long}"]
    # A sentence ends at its point, and not behind p.m.
    assert not hard_to_read([" ".join(["word"] * 16) + ". " + "Word " * 15], [])
    assert hard_to_read(["word " * 20 + "at 6 p.m. Monday " + "word " * 9], [])
    assert hard_to_read(["It stands above the limit."], []) == [
        "[stands above]: It stands above the limit."
    ]
    assert not hard_to_read(["Someone was held against their will on 1 of 9."], [])
    assert not hard_to_read(["A city " + "Long Name Here " + "word " * 27], ["Long Name Here"])


@pytest.mark.parametrize(
    "planted",
    [
        "The team did not reach any scene.",
        "Arrests: 1 of 1, 100% of responses",
        "0 of 5 responses",
    ],
)
def test_a_planted_number_of_nobody_is_found(planted: str):
    assert re.search(OF_NOBODY, planted)


@pytest.mark.slow
@pytest.mark.parametrize("page", LOG_PAGES)
def test_of_the_demonstration(look_at: Callable[..., Any], demo_store: Path, page: str):
    run = look_at(demo_store, page).run
    assert not list(complaints(sentences(run)))
    assert not unreadable(run, demo_store, page)


@pytest.mark.slow
@pytest.mark.parametrize("page", READ_ALOUD)
def test_of_one_program_of_the_demonstration(
    look_at: Callable[..., Any], demo_store: Path, page: str
):
    for view in ({}, {"view": "public"}):
        run = look_at(demo_store, page, program="demo-kestrel-mesa", period="12", **view).run
        assert not list(complaints(sentences(run)))
        assert not unreadable(run, demo_store, page)


@pytest.mark.slow
@pytest.mark.real_log
@pytest.mark.parametrize("page", LOG_PAGES)
def test_of_a_real_log(look_at: Callable[..., Any], lane_store: Path, page: str):
    run = look_at(lane_store, page).run
    assert not list(complaints(sentences(run)))
    assert not unreadable(run, lane_store, page)


@pytest.fixture(scope="module")
def silent_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store of three logs of which none says which calls the team reached."""
    folder = tmp_path_factory.mktemp("silent")
    arrived = ["2026-03-01 09:20:00", "2026-03-02 09:20:00"]
    town(folder, logged(result=["Arrest", "Resolved"]), ARRESTS, name="no-arrivals")
    of_police = logged(service=["Patrol", "Medic"], arrived=arrived, result=["Arrest", "Advised"])
    for name, rows_are in (("other-calls", "call"), ("other-units", "unit")):
        town(folder, of_police, ARRIVALS + ARRESTS + NO_TEAM, name=name, rows_are=rows_are)
    return folder / "store"


@pytest.mark.slow
@pytest.mark.parametrize("page", [entry.name for entry in PAGES if entry.reads != "registry"])
def test_of_logs_that_say_nobody_was_reached(
    visit: Callable[..., AppTest], silent_store: Path, page: str
):
    for query in ({}, {"program": "no-arrivals"}):
        texts = sentences(visit(silent_store, page, **query))
        assert not list(complaints(texts))
        assert not [text for text in texts if re.search(OF_NOBODY, text)]
