"""An agency's folder: its profile, read from TOML and checked; complaints name file, key, found and expected."""

import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

from pydantic import ValidationError

from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.schema import Profile
from outcomes.vocabulary.bold import BOLD

# Begins every value of a drafted profile that a person has to fill in.
TO_FILL_IN = "REPLACE"
PROFILE = "profile.toml"
# A long profile has some ten thousand bytes, and rules within rules some ten levels.
MOST_PROFILE_BYTES = 1_000_000
MOST_LEVELS = 50
# Signs of a wrong value that a complaint shows.
MOST_SHOWN = 300


def read_profile(folder: Path) -> Profile:
    """The checked profile in an agency's folder.

    Raises LoadProblem, naming file, key, found and expected, where there is none or it is broken.
    """
    path = folder / PROFILE
    content = tomllib.loads(profile_text(folder))
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


def profile_text(folder: Path) -> str:
    """The text of the profile in an agency's folder; a byte-order mark, as some editors write, is no part of it.

    Raises LoadProblem where there is none, or it is too large, not in UTF-8, no TOML, or nested too deep.
    """
    path = folder / PROFILE
    if not path.is_file():
        raise LoadProblem(
            f"Expected a profile at {path}, found [nothing]; write one as docs/adding_an_agency.md shows."
        )
    if path.stat().st_size > MOST_PROFILE_BYTES:
        raise LoadProblem(
            f"Expected a profile of at most {MOST_PROFILE_BYTES:,} bytes at {path}, found "
            f"[{path.stat().st_size:,}]; check that it is the profile."
        )
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (UnicodeDecodeError, OSError) as error:
        raise LoadProblem(
            f"Expected {path} to be text in UTF-8, found [{error}]; save it as UTF-8."
        ) from None
    try:
        content = tomllib.loads(text)
        _refuse_depth(path, content)
    except RecursionError:
        raise _too_deep(path) from None
    except ValueError as error:
        # Also what is no number, date or time although it is written like one.
        raise LoadProblem(
            f"{path} is not readable as TOML, found [{_start(str(error))}]; mend that line."
        ) from None
    if BOLD in json.dumps(content, ensure_ascii=False, default=str):
        raise LoadProblem(
            f"Expected text at {path}, found [U+{ord(BOLD):04X}], a sign that no text has; take it out."
        )
    return text


def _refuse_depth(path: Path, content: object) -> None:
    level = [content]
    for _ in range(MOST_LEVELS):
        level = [
            inside
            for part in level
            if isinstance(part, (dict, list))
            for inside in (part.values() if isinstance(part, dict) else part)
        ]
        if not level:
            return
    raise _too_deep(path)


def _too_deep(path: Path) -> LoadProblem:
    return LoadProblem(
        f"Expected a profile with at most {MOST_LEVELS} levels at {path}, found [more]; "
        "write its rules beside each other with any or all."
    )


def _start(text: str) -> str:
    """As much of a text as belongs into a sentence."""
    return text if len(text) <= MOST_SHOWN else f"{text[:MOST_SHOWN]} ..."


def _refuse_unfinished(path: Path, content: object) -> None:
    """Raise LoadProblem, naming the first key, where a draft's words still stand in place of the right ones."""
    left = list(_to_fill_in(content, ""))
    if left:
        key, found = left[0]
        more = f" ({len(left) - 1} more after this one)" if len(left) > 1 else ""
        expected = found.removeprefix(TO_FILL_IN).lstrip(": ") or "what this program has there"
        raise LoadProblem(
            f"{path}: key {_start(key)}: expected: {_start(expected)}; found [{_start(found)}]; "
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
    return f"{path}: key {_start(key)}: expected: {_start(expected)}; found [{_start(str(shown))}]; mend that key{more}."


def agency_folder(agencies: Path, agency_id: str) -> Path:
    """Folder of the agency with that id.

    Raises LoadProblem, naming the agencies that there are, where it is unknown.
    """
    known = sorted(path.parent.name for path in agencies.glob(f"*/{PROFILE}"))
    if agency_id not in known:
        names = ", ".join(known) or "none"
        raise LoadProblem(
            f"Expected an agency with a profile in {agencies}, found [{agency_id}]; "
            f"the agencies there are: {names}."
        )
    return agencies / agency_id
