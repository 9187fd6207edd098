"""What a page shows in place of what the log cannot answer: what is missing, a request to the vendor, what others published."""

import ast
from functools import cache
from pathlib import Path

import streamlit as st

from outcomes.analyses.program_comparison.analysis import COMPARED
from outcomes.analyses.unanswered.analysis import Unanswered, unanswered
from outcomes.analyses.unanswered.exhibits import fields_file, unanswered_exhibit
from outcomes.analyses.unanswered.text import request_text
from outcomes.metrics.registry import METRICS
from pages.shell.cache import cached
from pages.shell.frame import Page
from pages.shell.markdown import bullets, escape_but_bold, escape_markdown
from pages.shell.navigation import page_path
from pages.shell.take_away import offer_csv

MOST_IN_SIGHT = 4


# What pages are made from whose own source names no metric.
MADE_FROM = {"officer_time": ("diverted_strict",), "compare_programs": COMPARED}


def lacking(page: Page) -> Unanswered:
    """What the chosen logs can and cannot answer of all that the page shows or is made from."""
    keys = shown_keys(page.entry.name) or MADE_FROM.get(page.entry.name, ())
    return cached(page, unanswered, keys)


@cache
def shown_keys(name: str) -> tuple[str, ...]:
    """Metrics that a page shows, in order and each once, as its own source names them."""
    tree = ast.parse(Path(page_path(name)).read_text(encoding="utf-8"))
    words = (node.value for node in ast.walk(tree) if isinstance(node, ast.Constant))
    return tuple(dict.fromkeys(word for word in words if word in METRICS))


def show_unanswered(page: Page) -> None:
    """The panel, once a page; nothing where the logs can answer all of it."""
    found = lacking(page)
    if not found.lacks or page.has_told_unanswered:
        return
    page.has_told_unanswered = True
    panel = unanswered_exhibit(found)
    with st.container(border=True, key="unanswered"):
        st.markdown(f"**{escape_markdown(panel.title)}**")
        st.markdown(escape_but_bold(panel.answer))
        st.markdown(bullets(panel.notes[:MOST_IN_SIGHT]))
        if len(panel.notes) > MOST_IN_SIGHT:
            with st.expander(f"{len(panel.notes) - MOST_IN_SIGHT} more that it does not record"):
                st.markdown(bullets(panel.notes[MOST_IN_SIGHT:]))
        with st.container(horizontal=True):
            with st.popover("Ask your vendor", icon=":material/mail:", key="ask-vendor"):
                st.caption("The sign at the corner copies it.")
                st.code(request_text(found), language=None, wrap_lines=True)
            offer_csv(page, fields_file(found), "Fields to ask for")
