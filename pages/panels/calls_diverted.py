"""What the page of diverted calls shows: the funnel, and what police would really have taken."""

import streamlit as st

from outcomes.analyses.call_funnel.analysis import call_funnel
from outcomes.analyses.call_funnel.exhibits import funnel_exhibit
from outcomes.analyses.call_funnel.tables import assumption_table
from pages.shell.cache import cached
from pages.shell.exhibit import show_exhibit
from pages.shell.frame import Page
from pages.shell.tables import show_table
from pages.shell.unanswered import lacking


def show_funnel(page: Page) -> None:
    """The call funnel with every exit, and whether it adds up."""
    funnel = cached(page, call_funnel)
    if funnel.is_recorded and funnel.missing_calls:
        st.warning(
            f"Stages and exits do not add up: {funnel.missing_calls:,} eligible calls are in neither.",
            icon=":material/warning:",
        )
    show_exhibit(page, funnel_exhibit(funnel))


def show_assumptions(page: Page) -> None:
    """The assumptions behind the net estimate, each with its source; none where nothing is estimated."""
    if lacking(page).keeps("net_diverted"):
        return
    st.caption(
        "How likely police would have been sent to a call of each type. Each row is a source or says "
        "“assumption”. The chance is drawn from a triangle over its low, base and high, one draw for all call types; "
        "the 80% range is not a statistical interval."
    )
    with st.expander("Every assumption, with its source"):
        show_table(assumption_table(page.snapshot.police_sent_assumptions))
