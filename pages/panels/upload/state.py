"""The log that a session is bringing in: its only keeper, and what runs its steps in processes of their own."""

import json
import time
from dataclasses import dataclass, field
from typing import Any

import streamlit as st

from outcomes.ingest.draft.visible_columns import SeenColumn
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.mapping.columns import Document, parsed, written
from outcomes.ingest.preview import FieldReading, Preview, PreviewRow
from outcomes.upload.session import PROFILE, UploadSession, drop_left_over
from outcomes.upload.step import LoadStep
from pages.shell.cache import settings
from pages.shell.markdown import escape_markdown

WORK_KEY = "log_being_brought_in"
UPLOADS_KEY = "uploads_so_far"
# How often a running step is asked how far it is.
PAUSE_SECONDS = 0.15


@dataclass
class LoadWork:
    """A log with the working copy of its profile, and what each step has found."""

    place: UploadSession
    agency_id: str
    # the profile that the editors start from, and as it is with what they hold
    base: str
    text: str
    # the list of call types, the same two ways; None where no column holds any
    base_types: str | None
    types: str | None
    # columns of the export; none where the draft could not look at it
    columns: tuple[SeenColumn, ...]
    # what the draft found, in sentences
    summary: tuple[str, ...]
    # whether the profile was there before
    is_known: bool
    # goes up whenever the editors must start anew
    edition: int = 0
    # the profile as the editors of this run change it
    document: Document = field(default_factory=dict)
    # why what the editors hold cannot be
    complaint: str = ""
    # what each step found, with the profile that it looked through
    found: dict[str, tuple[str, Any]] = field(default_factory=dict)
    # the load that runs, and what the last one reported
    step: LoadStep | None = None
    loaded: dict[str, Any] | None = None

    @property
    def state(self) -> str:
        """Profile and call types as one text: what a step found holds as long as this does not change."""
        return f"{self.text}\0{self.types}"

    def found_of(self, step: str) -> Any | None:
        """What a step found through the profile as it is now; None where it has not run since a change."""
        state, found = self.found.get(step, ("", None))
        return found if state == self.state else None

    def keep(self, step: str, found: Any) -> None:
        """Keep what a step found through the profile as it is now."""
        self.found[step] = (self.state, found)

    def start_editing(self) -> None:
        """Begin a run: the document is the base, and the editors change it in their order."""
        is_changed = (self.text, self.types) != (self.base, self.base_types)
        if widget_key(self, "program-name") not in st.session_state and is_changed:
            # The page was left and its widgets forgotten: they start from what they held.
            self.restart(self.text, self.types)
        self.complaint = ""
        self.types = self.base_types
        self.document = parsed(self.base)

    def end_editing(self) -> None:
        """Take the profile as the editors made it."""
        self.text = written(self.document)

    def restart(self, text: str, types: str | None) -> None:
        """Let every editor start anew from these texts."""
        self.base, self.text, self.base_types, self.types = text, text, types, types
        self.edition += 1


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
    bar = st.progress(step.share, text=told)
    while not step.is_done:
        bar.progress(step.share, text=f"{told} {step.told}.")
        time.sleep(PAUSE_SECONDS)
    bar.empty()
    return step.printed()


def start_load(work: LoadWork, words: list[str]) -> None:
    """Begin to read all of the log: it goes on when the page is left, and is found again."""
    work.step = LoadStep(words, settings().load_seconds, settings().step_memory_mb)


def preview_from(printed: str) -> Preview:
    """The preview that the command printed."""
    content = json.loads(printed)
    return Preview(
        rows=tuple(PreviewRow(**row) for row in content["rows"]),
        fields=tuple(
            FieldReading(**{**one, "samples": tuple(one["samples"])}) for one in content["fields"]
        ),
    )


def columns_from(content: list[dict[str, Any]]) -> tuple[SeenColumn, ...]:
    """The columns that the draft printed."""
    return tuple(SeenColumn(**{**one, "formats": tuple(one["formats"])}) for one in content)


def save_working_copy(work: LoadWork) -> list[str]:
    """The words by which a command finds the log and its profile, after writing the profile as it is now."""
    work.place.write(work.agency_id, work.text, work.types)
    return ["--agency", work.agency_id, "--agencies", str(work.place.agencies)]


def show_error(work: LoadWork, problem: LoadProblem) -> None:
    """Show the problem's sentence; the working copy's folder is nothing to a reader."""
    folder = work.place.agencies / work.agency_id
    said = str(problem).replace(str(folder / PROFILE), "The profile")
    st.error(
        escape_markdown(said.replace(str(folder), "the profile's folder")), icon=":material/error:"
    )
