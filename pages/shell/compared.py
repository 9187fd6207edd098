"""Which changes one page shows: they are judged together, because among many some look like more than chance."""

import ast
from functools import cache
from pathlib import Path

from outcomes.answers.answer import Answer, answer
from outcomes.answers.many_changes import judged_together
from outcomes.metrics.response_times import P90_OF
from pages.shell.cache import cached
from pages.shell.frame import Page
from pages.shell.navigation import page_path

# What a page calls to show a metric beside its earlier period.
SHOWS_CHANGES = ("show_sentence", "show_cards", "show_tiles")


def compared(page: Page, metric_key: str) -> Answer:
    """The whole beside an earlier period, its change judged together with all others that the page shows."""
    if not page.judged:
        keys = compared_keys(page.entry.name)
        answers = [cached(page, answer, key, None, page.compare_with) for key in keys]
        page.judged = dict(zip(keys, judged_together(answers), strict=True))
    return page.judged[metric_key]


@cache
def compared_keys(name: str) -> tuple[str, ...]:
    """Metrics whose changes a page shows, in order and each once, as its own source names them."""
    tree = ast.parse(Path(page_path(name)).read_text(encoding="utf-8"))
    found: list[str] = []
    for call in (node for node in ast.walk(tree) if isinstance(node, ast.Call)):
        if getattr(call.func, "id", "") not in SHOWS_CHANGES:
            continue
        keys = ast.literal_eval(call.args[1])
        found += [keys] if isinstance(keys, str) else keys
        if any(word.arg == "with_p90" for word in call.keywords):
            found += [P90_OF[key] for key in keys if key in P90_OF]
    return tuple(dict.fromkeys(found))
