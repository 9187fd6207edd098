"""What a page promises to show, read from its source, and what a run of it did show."""

import ast
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from html import unescape
from html.parser import HTMLParser
from pathlib import Path

import pandas
from built_stores import PROJECT
from streamlit.testing.v1 import AppTest

from outcomes.answers.answer import Answer, answer
from outcomes.answers.many_changes import judged_together
from outcomes.answers.period_change import CompareWith
from outcomes.metrics.response_times import P90_OF
from outcomes.selection import Selection
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import Breakdown
from pages.shell.navigation import PAGES, REGISTRY

# Pages about the registry have tests of their own: they follow no log and no selection.
REGISTRY_PAGES = tuple(entry.name for entry in PAGES if entry.reads == REGISTRY)
QUESTIONS = {entry.name: entry.question for entry in PAGES if entry.name not in REGISTRY_PAGES}
# Pages that show no metric have tests of their own.
FIGURE_PAGES = tuple(
    name
    for name in QUESTIONS
    if name not in ("methods", "data_quality", "load_a_log", "officer_time", "compare_programs")
)
# A mark that would be Markdown, kept from being it.
ESCAPED = re.compile(r"\\([\\`*_\[\]|<>~$:#&@])|\u2060")
RECORDING = "What would have to be recorded:"
# Said in place of a long sentence that the page has said already.
SAID_ABOVE = "Not recorded in this log"


@dataclass(frozen=True)
class Promise:
    """One call of a show function in a page's source."""

    function: str
    metric_keys: tuple[str, ...]
    breakdown: Breakdown | None
    # metrics whose count is shown instead of the value; True where the whole figure shows counts
    counts: tuple[str, ...] | bool


@dataclass
class Card:
    """The texts of one card, by the name of their style, in order."""

    texts: list[tuple[str, str]] = field(default_factory=list)

    def of(self, style: str) -> list[str]:
        """The texts of that style."""
        return [text for name, text in self.texts if name == style]


@cache
def promises(page: str) -> tuple[Promise, ...]:
    """What the page's source shows, in order: every call of a show function that names a metric."""
    tree = ast.parse((PROJECT / "pages" / f"{page}.py").read_text(encoding="utf-8"))
    found = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        # A panel's own functions are called by its module's name.
        name = getattr(call.func, "id", "") or getattr(call.func, "attr", "")
        if not name.startswith("show_") or len(call.args) < 2:
            continue
        keys = ast.literal_eval(call.args[1])
        breakdown = next(
            (Breakdown[part.attr] for part in call.args if isinstance(part, ast.Attribute)), None
        )
        counts = next(
            (ast.literal_eval(word.value) for word in call.keywords if word.arg == "counts"), False
        )
        found.append(
            Promise(name, (keys,) if isinstance(keys, str) else tuple(keys), breakdown, counts)
        )
    return tuple(found)


def promised(page: str, function: str) -> list[Promise]:
    """The page's calls of that show function."""
    return [promise for promise in promises(page) if promise.function == function]


@cache
def core_answer(
    store: Path,
    metric_key: str,
    selection: Selection,
    breakdown: Breakdown | None = None,
    compare_with: CompareWith | None = CompareWith.YEAR_BEFORE,
) -> Answer:
    """The core's own answer, which a page has to agree with; asked without the shell and its caches."""
    return answer(metric_key, selection, live_snapshot(store), breakdown, compare_with)


@cache
def judged_answer(
    store: Path, page: str, metric_key: str, selection: Selection, compare_with: CompareWith
) -> Answer:
    """The core's answer with its change judged together with all that the page's source shows, where it is one."""
    shown = [
        promise
        for function in ("show_answer", "show_sentence", "show_tiles", "show_cards")
        for promise in promised(page, function)
    ]
    keys = dict.fromkeys(key for promise in shown for key in promise.metric_keys)
    if page == "response_times":
        keys |= {P90_OF[key]: None for key in keys if key in P90_OF}
    if metric_key not in keys:
        return core_answer(store, metric_key, selection, None, compare_with)
    answers = [core_answer(store, key, selection, None, compare_with) for key in keys]
    return next(found for found in judged_together(answers) if found.metric.key == metric_key)


def program_names(store: Path) -> dict[str, str]:
    """Names of the store's programs by id."""
    return {one.program_id: one.program_name for one in live_snapshot(store).programs}


def words(run: AppTest) -> list[str]:
    """Every Markdown text of the run, but for the question under its heading."""
    return [each.value for each in run.markdown if as_read(each.value) not in QUESTIONS.values()]


def context_line(run: AppTest) -> str:
    """What stands over a page about logs: program and period, and the line beneath its question."""
    return f"{as_read(run.title[0].value)} · {as_read(run.caption[0].value)}"


def question(run: AppTest) -> str:
    """The question of the run: beneath program and period, or the title of a page without them."""
    said = [as_read(each.value) for each in (*run.markdown, *run.title)]
    return next(text for text in said if text in QUESTIONS.values())


def told(run: AppTest) -> list[str]:
    """Every notice of the run as a reader sees it: informations, warnings and errors."""
    return [as_read(element.value) for element in (*run.info, *run.warning, *run.error)]


def cards(run: AppTest) -> list[Card]:
    """The cards of the run, in order."""
    reader = _CardReader()
    for block in run.get("html"):
        reader.feed(block.value)
    return reader.cards


def copied(run: AppTest) -> list[str]:
    """What the page's buttons copy: sentences and citations, in order."""
    found = [re.findall(r'data-copied="([^"]*)"', block.value) for block in run.get("html")]
    return [unescape(text) for texts in found for text in texts]


def tables(run: AppTest) -> list[list[list[str]]]:
    """The cells of the run's tables as a reader sees them, in order, each a list of rows."""
    return [cells(table) for table in frames(run)]


def frames(run: AppTest) -> list[pandas.DataFrame]:
    """The run's tables as a reader sees them, in order: texts by heading, and the names of rows where they have any."""
    reader = _TableReader()
    for block in run.get("html"):
        reader.feed(block.value)
    return reader.tables


def read(run: AppTest) -> list[str]:
    """The run's texts as a reader sees them."""
    return [as_read(text) for text in words(run)]


def as_read(text: str) -> str:
    """A text of the page without the signs that keep its marks from being read as Markdown."""
    return ESCAPED.sub(r"\1", text)


def in_markdown(sentence: str) -> str:
    """A sentence of the core with its bold as a page writes it."""
    return sentence.replace(BOLD, "**")


def cells(table: pandas.DataFrame) -> list[list[str]]:
    """A table's cells as texts."""
    return [[str(cell) for cell in row] for row in table.to_numpy()]


def alternative_texts(run: AppTest) -> list[str]:
    """The alternative texts of the run's charts, in order."""
    return [chart.proto.alt for chart in run.get("plotly_chart")]


def chart_specs(run: AppTest) -> Iterator[dict]:
    """What the browser is given to draw, chart by chart."""
    return (json.loads(chart.proto.spec) for chart in run.get("plotly_chart"))


class _TableReader(HTMLParser):
    """Tables of a page in HTML; those of other kinds, such as a calendar of months, aside."""

    def __init__(self) -> None:
        super().__init__()
        self.tables: list[pandas.DataFrame] = []
        self._is_one = False
        self._cell: list[str] | None = None
        self._rows: list[list[tuple[str, str]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "div":
            self._is_one = "ro-table" in (dict(attrs).get("class") or "")
            self._rows = []
        elif tag == "tr" and self._is_one:
            self._rows.append([])
        elif tag in ("td", "th") and self._is_one:
            self._cell = []

    def handle_data(self, data: str) -> None:
        if self._cell is not None:
            self._cell.append(data)

    def handle_endtag(self, tag: str) -> None:
        if tag in ("td", "th") and self._cell is not None:
            self._rows[-1].append((tag, "".join(self._cell)))
            self._cell = None
        elif tag == "table" and self._is_one:
            heads, *rows = self._rows
            names = [row[0][1] for row in rows] if heads[0][0] == "td" else None
            first = 1 if names is not None else 0
            texts = [[text for _, text in row[first:]] for row in rows]
            columns = [text for _, text in heads[first:]]
            self.tables.append(pandas.DataFrame(texts, index=names, columns=columns, dtype=str))
            self._is_one = False


class _CardReader(HTMLParser):
    """Texts of the cards in HTML: label, value, and the quiet lines."""

    def __init__(self) -> None:
        super().__init__()
        self.cards: list[Card] = []
        self._style = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Remember the style of what follows; a new card begins one."""
        style = (dict(attrs).get("class") or "").removeprefix("ro-")
        if style == "card":
            self.cards.append(Card())
        self._style = style if tag == "div" else tag

    def handle_endtag(self, tag: str) -> None:
        """What stands between elements has no style."""
        self._style = ""

    def handle_data(self, data: str) -> None:
        """Keep the text under its style."""
        if self._style in ("label", "value", "quiet") and self.cards:
            self.cards[-1].texts.append((self._style, data))
