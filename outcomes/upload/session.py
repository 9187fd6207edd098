"""Where an uploaded log lies while a person maps it: a private folder that goes with the session, and its profile."""

import io
import re
import shutil
import tempfile
import time
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from outcomes.ingest.agency import PROFILE, agency_folder, profile_text
from outcomes.ingest.draft.draft import PROGRAM_ID
from outcomes.ingest.errors import LoadProblem

PREFIX = "outcomes-upload-"
# No upload is worked on longer: a folder that is older was left by a server that was killed.
LONGEST_WORK_SECONDS = 86_400
CALL_TYPES = "call_types.csv"
# Of a file's name only these are kept, so that no name is ever a path.
NOT_IN_A_NAME = re.compile(r"[^\w .()+-]+")
MOST_NAME = 100


def safe_name(name: str) -> str:
    """The last part of a file's name with nothing in it that a path could be made of."""
    last = re.split(r"[/\\]", name)[-1]
    return NOT_IN_A_NAME.sub("_", last).lstrip(". ")[:MOST_NAME].strip() or "log"


@dataclass
class UploadSession:
    """A log's files and the working copy of its profile; deleted with the object, or when it is closed."""

    # goes from the disk when nothing holds it any longer
    folder: tempfile.TemporaryDirectory[str] = field(
        default_factory=lambda: tempfile.TemporaryDirectory(
            prefix=PREFIX, ignore_cleanup_errors=True
        )
    )
    # files of the log, in the order in which they came
    files: list[Path] = field(default_factory=list)

    @property
    def agencies(self) -> Path:
        """Folder with the working copy's agency in it, as every command takes it."""
        return Path(self.folder.name) / "agencies"

    def add_file(self, name: str, content: bytes) -> None:
        """Keep one uploaded file, in a folder of its own: another one may have the same name."""
        place = Path(self.folder.name) / "log" / str(len(self.files) + 1) / safe_name(name)
        place.parent.mkdir(parents=True)
        place.write_bytes(content)
        self.files.append(place)

    def take_agency(self, agencies: Path, agency_id: str) -> tuple[str, str | None]:
        """The texts of a known agency's profile and call types, after copying its folder.

        Raises LoadProblem where there is no such agency, or its profile or list is none.
        """
        known = agency_folder(agencies, agency_id)
        shutil.copytree(known, self.agencies / agency_id, dirs_exist_ok=True, ignore=_links)
        call_types = known / CALL_TYPES
        try:
            is_own = call_types.is_file() and not call_types.is_symlink()
            types = call_types.read_text(encoding="utf-8-sig") if is_own else None
        except UnicodeDecodeError as error:
            raise LoadProblem(
                f"Expected {call_types} to be CSV in UTF-8, found [{error}]; save it as UTF-8."
            ) from None
        return profile_text(known), types

    def write(self, agency_id: str, profile: str, call_types: str | None) -> None:
        """Write the working copy. Raises LoadProblem for an id that could be a path."""
        _write(self.agencies / _checked(agency_id), profile, call_types)

    def close(self) -> None:
        """Delete everything now."""
        self.folder.cleanup()


def save_profile(
    agencies: Path, agency_id: str, profile: str, call_types: str | None, replaces: bool
) -> Path:
    """Folder of the agency, after writing its profile and call types there.

    Raises LoadProblem where there is a profile already that is not to be replaced, or the folder
    cannot be written.
    """
    folder = agencies / _checked(agency_id)
    if (folder / PROFILE).exists() and not replaces:
        raise LoadProblem(
            f"Expected no saved profile yet, found [{folder / PROFILE}]; say that it is to be replaced, "
            "or give the log another id."
        )
    try:
        _write(folder, profile, call_types)
    except OSError as error:
        raise LoadProblem(
            f"Expected a folder that can be written, found [{error.strerror}] at [{folder}]; "
            "download the profile instead."
        ) from None
    return folder


def _write(folder: Path, profile: str, call_types: str | None) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / PROFILE).write_text(profile, encoding="utf-8", newline="")
    if call_types is not None:
        (folder / CALL_TYPES).write_text(call_types, encoding="utf-8", newline="")


def profile_archive(agency_id: str, profile: str, call_types: str | None) -> bytes:
    """A zip with the agency's folder: profile.toml, and call_types.csv where there is one."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(f"{_checked(agency_id)}/{PROFILE}", profile)
        if call_types is not None:
            archive.writestr(f"{agency_id}/{CALL_TYPES}", call_types)
    return packed.getvalue()


def drop_left_over() -> None:
    """Delete upload folders that a killed server left behind."""
    for left in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if left.is_dir() and left.stat().st_mtime < time.time() - LONGEST_WORK_SECONDS:
            shutil.rmtree(left, ignore_errors=True)


def _links(folder: str, names: list[str]) -> list[str]:
    """What of a folder is a link to another place, and so no file of the agency's."""
    return [name for name in names if (Path(folder) / name).is_symlink()]


def waiting_files(inbox: Path | None) -> list[Path]:
    """Files that lie in the folder for logs that are too large to upload, by name; no links, and none where there is no folder."""
    if inbox is None or not inbox.is_dir():
        return []
    return sorted(
        path
        for path in inbox.iterdir()
        if path.is_file() and not path.is_symlink() and path.name[0] != "."
    )


def known_agencies(agencies: Path) -> list[str]:
    """Ids of the agencies that have a profile."""
    return sorted(path.parent.name for path in agencies.glob(f"*/{PROFILE}"))


def _checked(agency_id: str) -> str:
    if not re.fullmatch(PROGRAM_ID, agency_id):
        raise LoadProblem(
            f"Expected an id of lower-case letters, digits and hyphens, found [{agency_id}]; "
            "give another, such as fernhollow."
        )
    return agency_id
