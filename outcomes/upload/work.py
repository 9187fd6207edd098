"""The log that is being brought in: its files, the working copy of its profile, and what each step has found."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from outcomes.ingest.agency import PROFILE, agency_folder, read_profile
from outcomes.ingest.draft.visible_columns import SeenColumn
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.mapping.columns import Document, parsed, written
from outcomes.ingest.preview import FieldReading, Preview, PreviewRow
from outcomes.ingest.profile.schema import Profile
from outcomes.settings import Settings
from outcomes.upload.session import UploadSession
from outcomes.upload.step import LoadStep


@dataclass
class LoadWork:
    """A log with the working copy of its profile, and what each step has found."""

    place: UploadSession
    agency_id: str
    # the profile that the editors start from
    base: str
    # the list of call types that they start from; None where no column holds any
    base_types: str | None
    # columns of the export; none where the draft could not look at it
    columns: tuple[SeenColumn, ...]
    # what the draft found, in sentences
    summary: tuple[str, ...]
    # profile and call types with what the editors hold
    text: str = field(init=False)
    types: str | None = field(init=False)
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

    def __post_init__(self) -> None:
        self.text, self.types = self.base, self.base_types

    @property
    def state(self) -> str:
        """Profile and call types as one text: what a step found holds as long as this does not change."""
        return f"{self.text}\0{self.types}"

    @property
    def folder(self) -> Path:
        """Where the working copy of the profile is written."""
        return self.place.agencies / self.agency_id

    def found_of(self, step: str) -> Any | None:
        """What a step found through the profile as it is now; None where it has not run since a change."""
        state, found = self.found.get(step, ("", None))
        return found if state == self.state else None

    def keep(self, step: str, found: Any) -> None:
        """Keep what a step found through the profile as it is now."""
        self.found[step] = (self.state, found)

    def start_editing(self, is_forgotten: bool) -> None:
        """Begin a run: the document is the base, and the editors change it in their order.

        Where the editors' widgets were forgotten, because the page was left, they start from what they held.
        """
        if is_forgotten and (self.text, self.types) != (self.base, self.base_types):
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

    def take_name(self, name: str) -> None:
        """Put the program's name into a draft; an empty one changes nothing."""
        if name:
            document = parsed(self.base)
            document["program"]["name"] = name
            self.restart(written(document), self.base_types)

    def preview_command(self) -> list[str]:
        """The command that reads the first rows, after writing the profile as it is now."""
        log = str(self.place.files[0].absolute())
        return ["profile", "preview", log, *self._working_copy(), "--format", "json"]

    def load_command(self, settings: Settings) -> list[str]:
        """The command that reads all of the log, after writing the profile as it is now."""
        limit = ["--most-rows", str(settings.most_uploaded_rows)]
        where = ["--store", str(settings.store), "--format", "json"]
        # A whole path: no file's name is an option of the command, and the command runs in another folder.
        files = [str(path.absolute()) for path in self.place.files]
        return ["load", *files, *self._working_copy(), *limit, *where]

    def _working_copy(self) -> list[str]:
        self.write()
        return ["--agency", self.agency_id, "--agencies", str(self.place.agencies)]

    def write(self) -> None:
        """Write the profile as it is now. Raises LoadProblem for an id that could be a path."""
        self.place.write(self.agency_id, self.text, self.types)

    def profile(self) -> Profile:
        """The profile as it was written last. Raises LoadProblem where it is not whole."""
        return read_profile(agency_folder(self.place.agencies, self.agency_id))

    def problem_words(self, problem: LoadProblem) -> str:
        """The problem's sentence; the working copy's folder is nothing to a reader."""
        said = str(problem).replace(str(self.folder / PROFILE), "The profile")
        return said.replace(str(self.folder), "the profile's folder")


def look_at(
    place: UploadSession, agency_id: str, agencies: Path | None, run: Callable[[list[str]], str]
) -> LoadWork:
    """The log with its profile: the known one in that folder of agencies, or a draft made from the first file.

    run gives what a command prints. Raises LoadProblem where neither can be had.
    """
    base, types = ("", None) if agencies is None else place.take_agency(agencies, agency_id)
    log = str(place.files[0].absolute())
    try:
        draft = json.loads(
            run(["profile", "draft", log, "--agency", agency_id, "--format", "json"])
        )
    except LoadProblem as problem:
        if agencies is None:
            raise
        # A known profile can read what a draft cannot look at, such as several files in a zip.
        draft = {"columns": [], "summary": [f"The columns cannot be listed here: {problem}"]}
    if agencies is None:
        base, types = draft["profile"], draft["call_types"]
    # The editors can start only from what is a profile in its parts.
    parsed(base)
    columns = (SeenColumn(**{**one, "formats": tuple(one["formats"])}) for one in draft["columns"])
    return LoadWork(place, agency_id, base, types, tuple(columns), tuple(draft["summary"]))


def preview_from(printed: str) -> Preview:
    """The preview that the command printed."""
    content = json.loads(printed)
    return Preview(
        rows=tuple(PreviewRow(**row) for row in content["rows"]),
        fields=tuple(
            FieldReading(**{**one, "samples": tuple(one["samples"])}) for one in content["fields"]
        ),
    )
