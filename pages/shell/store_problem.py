"""What readers are told of a store that is broken: the sentence itself where logs may be loaded, no paths elsewhere."""

import streamlit as st

from pages.shell.cache import settings
from pages.shell.markdown import escape_markdown

WHO_CAN_MEND = "Whoever runs this server finds the reason with: python -m outcomes verify."


def problem_words(problem: object) -> str:
    """What is said of a fault of the store: all of it to those who may load, else only who can mend it."""
    return str(problem) if settings().load_page else WHO_CAN_MEND


def show_store_problem(problem: Exception) -> None:
    """That no figure can be shown, and why."""
    nothing = "" if settings().load_page else "The figures cannot be shown: their store is broken. "
    _show(nothing + problem_words(problem))


def show_broken_loading(snapshot_name: str, fault: str) -> None:
    """That nothing can be loaded, which figures are shown all the same, and why."""
    shown = f"These pages show what was last published whole, {snapshot_name}."
    _show(f"Loading is broken. {shown} {problem_words(fault)}")


def _show(words: str) -> None:
    st.error(escape_markdown(words), icon=":material/error:")
