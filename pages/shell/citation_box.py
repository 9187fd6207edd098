"""The quotable sentence under a headline number, with a button that copies it."""

import streamlit as st


def offer_quote(sentence: str, key: str) -> None:
    """A button that opens the sentence to be quoted; the sign at its corner copies it."""
    with st.popover(
        "Quote this", icon=":material/format_quote:", key=f"quote-{key}", type="tertiary"
    ):
        st.caption("The sign at the corner copies it.")
        st.code(sentence, language=None, wrap_lines=True)
