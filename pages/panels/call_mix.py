"""What the page on safety shows of the mix of calls: the sentence, and the mix beside what came in."""

import streamlit as st

from outcomes.analyses.call_mix.analysis import call_mix
from outcomes.analyses.call_mix.figure import mix_figure
from outcomes.analyses.call_mix.text import drawn_kinds, mix_finding, mix_sentence, mix_table
from outcomes.presentation.charts.theme import CONFIG
from pages.shell.cache import cached
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown

TAKEN_MARK, ELIGIBLE_MARK = "● calls the team took", "◇ all eligible calls"
PUBLIC_MARK = "□ all calls from the public"


def show_call_mix(page: Page, title: str) -> None:
    """Whether the team got the easy calls: sentence, then the mix as Chart | Table."""
    page.header(title)
    mix = cached(page, call_mix)
    sentence = mix_sentence(mix)
    if not mix.parts:
        st.info(escape_markdown(page.say_once(sentence)), icon=":material/info:")
        return
    with st.container(key="ro-sentence-call-mix"):
        st.markdown(sentence)
    page.shown += mix.answers
    by = f" and {mix.urgency}" if mix.urgency else ""
    st.caption(
        escape_markdown(
            f"Kinds of call are told by call type{by}. A kind that came in and was never taken has no rate: about it "
            "nothing can be said. A kind that was taken and has no eligible calls is not on the list of what the team may take. "
            + " ".join(mix.notes)
        )
    )
    rows = mix_table(mix).map(escape_markdown)
    if not drawn_kinds(mix):
        st.table(rows, hide_index=True)
        return
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        marks = [TAKEN_MARK, *([ELIGIBLE_MARK] if mix.has_eligible else [])]
        st.caption("  ·  ".join([*marks, *([PUBLIC_MARK] if mix.has_public else [])]))
        st.plotly_chart(
            mix_figure(mix, page.is_dark),
            config=CONFIG,
            theme=None,
            key="call-mix",
            alt=mix_finding(mix),
        )
    with table:
        st.table(rows, hide_index=True)
