"""What a page shows in place of what the log cannot answer: what is missing, a request to the vendor, what others published."""

import streamlit as st

from outcomes.analyses.goals.analysis import goal_readings
from outcomes.analyses.unanswered.analysis import Unanswered, unanswered
from outcomes.analyses.unanswered.exhibits import fields_file, unanswered_exhibit
from outcomes.analyses.unanswered.text import request_text
from pages.shell.cache import cached
from pages.shell.frame import Page
from pages.shell.markdown import bullets, escape_but_bold, escape_markdown
from pages.shell.marks import shown_keys
from pages.shell.styles import draw_place
from pages.shell.take_away import offer_csv

MOST_IN_SIGHT = 4
# Where less than one figure in so many cannot be answered, what is missing waits until it is asked for.
FEW = 4
# The page that shows every goal, also those of figures that it shows nothing else of.
SCORECARD = "overview"
# Where the panel stands on the page, for links to it.
UNANSWERED = "what-this-log-cannot-answer"


def lacking(page: Page) -> Unanswered:
    """What the chosen logs can and cannot answer of all that the page shows or is made from."""
    keys = shown_keys(page.entry.name)
    if page.entry.name == SCORECARD:
        keys += tuple(reading.metric.key for reading in cached(page, goal_readings))
    return cached(page, unanswered, tuple(dict.fromkeys(keys)))


def show_unanswered(page: Page) -> None:
    """The panel, once a page, folded where little is missing; nothing where the logs can answer all of it."""
    found = lacking(page)
    if not found.lacks or page.has_told_unanswered:
        return
    page.has_told_unanswered = True
    panel = unanswered_exhibit(found)
    draw_place(UNANSWERED)
    if len(found.not_answered) * FEW < len(found.not_answered) + len(found.answered):
        with st.expander(escape_but_bold(panel.answer), key="unanswered"):
            st.markdown(bullets(panel.notes))
            _offer_request(page, found)
        return
    with st.container(border=True, key="unanswered"):
        st.markdown(f"**{escape_markdown(panel.title)}**")
        st.markdown(escape_but_bold(panel.answer))
        st.markdown(bullets(panel.notes[:MOST_IN_SIGHT]))
        if len(panel.notes) > MOST_IN_SIGHT:
            with st.expander(f"{len(panel.notes) - MOST_IN_SIGHT} more that it does not record"):
                st.markdown(bullets(panel.notes[MOST_IN_SIGHT:]))
        _offer_request(page, found)


def _offer_request(page: Page, found: Unanswered) -> None:
    """What to ask the vendor of the log for, to copy and as a file."""
    with st.container(horizontal=True):
        with st.popover("Ask your vendor", icon=":material/mail:", key="ask-vendor"):
            st.caption("Copy it with the button at its corner.")
            st.code(request_text(found), language=None, wrap_lines=True)
        offer_csv(page, fields_file(found), "Fields to ask for")
