"""The log that a session is bringing in: its only keeper, and what shows how far a step of it is."""

import time

import streamlit as st

from outcomes.ingest.errors import LoadProblem
from outcomes.upload.session import drop_left_over
from outcomes.upload.step import LoadStep
from outcomes.upload.work import LoadWork
from pages.shell.cache import settings
from pages.shell.markdown import escape_markdown

WORK_KEY = "log_being_brought_in"
UPLOADS_KEY = "uploads_so_far"
# How often a running step is asked how far it is.
PAUSE_SECONDS = 0.15


def widget_key(work: LoadWork, name: str) -> str:
    """Key of an editor's widget, another one whenever the editors start anew."""
    return f"load-{work.edition}-{name}"


def current_work() -> LoadWork | None:
    """The log that this session is bringing in; None where there is none."""
    return st.session_state.get(WORK_KEY)


def begin_work(work: LoadWork) -> None:
    """Make it the session's log."""
    end_work()
    drop_left_over()
    st.session_state[WORK_KEY] = work
    st.session_state[UPLOADS_KEY] = uploads_so_far() + 1


def end_work() -> None:
    """Let go of the session's log and delete its files."""
    work = st.session_state.pop(WORK_KEY, None)
    if work is not None:
        work.place.close()


def uploads_so_far() -> int:
    """Number of logs that the session has begun with: part of the uploader's key, so that it empties."""
    return int(st.session_state.get(UPLOADS_KEY, 0))


def run_look(words: list[str], told: str) -> str:
    """What a short step printed, after showing that it runs.

    Raises LoadProblem where the step fails; a reader who goes elsewhere ends it.
    """
    step = LoadStep(words, settings().look_seconds, settings().step_memory_mb)
    try:
        return wait_for(step, told)
    except BaseException:
        step.stop("The step was left before it ended.")
        raise


def wait_for(step: LoadStep, told: str) -> str:
    """What the step printed, after showing how far it is until it ends."""
    bar = st.progress(step.share, text=escape_markdown(told))
    while not step.is_done:
        bar.progress(step.share, text=escape_markdown(f"{told} {step.told}."))
        time.sleep(PAUSE_SECONDS)
    bar.empty()
    return step.printed()


def start_load(work: LoadWork) -> None:
    """Begin to read all of the log: it goes on when the page is left, and is found again."""
    limits = settings().load_seconds, settings().step_memory_mb
    work.step = LoadStep(work.load_command(settings()), *limits)


def show_error(work: LoadWork, problem: LoadProblem) -> None:
    """Show the problem's sentence."""
    st.error(escape_markdown(work.problem_words(problem)), icon=":material/error:")
