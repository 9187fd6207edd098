"""Marks in the navigation: pages whose first figure the chosen logs cannot answer."""

import ast
from functools import cache
from pathlib import Path

from outcomes.analyses.program_comparison.analysis import COMPARED
from outcomes.analyses.unanswered.analysis import unanswered
from outcomes.metrics.registry import METRICS
from pages.shell.cache import cached
from pages.shell.navigation import LOGS, PAGES, page_path
from pages.shell.page import AnyPage
from pages.shell.styles import draw_marks

# What pages are made from whose own source names no metric.
MADE_FROM = {"officer_time": ("diverted_strict",), "compare_programs": COMPARED}


@cache
def shown_keys(name: str) -> tuple[str, ...]:
    """Metrics that a page shows or is made from, in order and each once, as its own source names them."""
    tree = ast.parse(Path(page_path(name)).read_text(encoding="utf-8"))
    words = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    named = tuple(dict.fromkeys(word for word in words if word in METRICS))
    return named or MADE_FROM.get(name, ())


def silent_pages(page: AnyPage) -> list[str]:
    """Names of the pages about logs whose first figure, or all that they are made from, the chosen logs cannot answer."""
    first = {
        entry.name: MADE_FROM.get(entry.name) or shown_keys(entry.name)[:1]
        for entry in PAGES
        if entry.reads == LOGS
    }
    found = cached(page, unanswered, tuple(key for keys in first.values() for key in keys))
    return [name for name, keys in first.items() if found.keeps(*keys)]


def mark_pages(page: AnyPage) -> None:
    """Say so beside each page's name in the navigation."""
    names = silent_pages(page)
    if names:
        draw_marks(names, "no data")
