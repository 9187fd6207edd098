"""An agency's folder: its profile, read from TOML and checked; complaints name file, key, found and expected."""

import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.schema import Profile

# Begins every value of a drafted profile that a person has to fill in.
TO_FILL_IN = "REPLACE"


def read_profile(folder: Path) -> Profile:
    """The checked profile in an agency's folder.

    Raises LoadProblem, naming file, key, found and expected, where there is none or it is broken.
    """
    path = folder / "profile.toml"
    if not path.is_file():
        raise LoadProblem(
            f"Expected a profile at {path}, found [nothing]; write one as docs/adding_an_agency.md shows."
        )
    try:
        content = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise LoadProblem(
            f"{path} is not readable as TOML, found [{error}]; mend that line."
        ) from None
    _refuse_unfinished(path, content)
    try:
        profile = Profile.model_validate(content)
    except ValidationError as error:
        raise LoadProblem(_first_complaint(path, error)) from None
    if profile.program.id != folder.name:
        raise LoadProblem(
            f"{path}: key program.id: expected [{folder.name}], the folder's name, "
            f"found [{profile.program.id}]; make them equal."
        )
    return profile


def _refuse_unfinished(path: Path, content: object) -> None:
    """Raise LoadProblem, naming the first key, where a draft's words still stand in place of the right ones."""
    left = list(_to_fill_in(content, ""))
    if left:
        key, found = left[0]
        more = f" ({len(left) - 1} more after this one)" if len(left) > 1 else ""
        expected = found.removeprefix(TO_FILL_IN).lstrip(": ") or "what this program has there"
        raise LoadProblem(
            f"{path}: key {key}: expected: {expected}; found [{found}]; "
            f"put the right words in its place{more}."
        )


def _to_fill_in(content: object, key: str) -> Iterator[tuple[str, str]]:
    """Key and value of everything that a person has still to fill in, in order."""
    if isinstance(content, str) and content.startswith(TO_FILL_IN):
        yield key, content
    elif isinstance(content, dict):
        for name, inside in content.items():
            yield from _to_fill_in(inside, f"{key}.{name}".lstrip("."))
    elif isinstance(content, list):
        for place, inside in enumerate(content):
            yield from _to_fill_in(inside, f"{key}.{place}")


def _first_complaint(path: Path, error: ValidationError) -> str:
    complaint = error.errors()[0]
    key = ".".join(str(part) for part in complaint["loc"]) or "the whole profile"
    found = complaint["input"]
    shown = (
        "nothing"
        if complaint["type"] == "missing"
        else "several keys"
        if isinstance(found, dict)
        else found
    )
    expected = complaint["msg"].removeprefix("Value error, ")
    if complaint["type"] == "extra_forbidden":
        expected = "a key that this part of a profile has"
    more = f" ({error.error_count() - 1} more after this one)" if error.error_count() > 1 else ""
    return f"{path}: key {key}: expected: {expected}; found [{shown}]; mend that key{more}."


def agency_folder(agencies: Path, agency_id: str) -> Path:
    """Folder of the agency with that id.

    Raises LoadProblem, naming the agencies that there are, where it is unknown.
    """
    known = sorted(path.parent.name for path in agencies.glob("*/profile.toml"))
    if agency_id not in known:
        names = ", ".join(known) or "none"
        raise LoadProblem(
            f"Expected an agency with a profile in {agencies}, found [{agency_id}]; "
            f"the agencies there are: {names}."
        )
    return agencies / agency_id
