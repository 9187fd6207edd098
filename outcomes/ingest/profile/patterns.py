"""Patterns of a profile, asked in an engine that never goes back (RE2): none takes longer than its text is long."""

import pyarrow
from pyarrow.compute import extract_regex, match_substring_regex

LONGEST_PATTERN = 1_000


def check_pattern(pattern: str) -> None:
    """Raise ValueError where a pattern is none, in the dialect in which it will be asked, here and by DuckDB."""
    if len(pattern) > LONGEST_PATTERN:
        raise ValueError(
            f"expected a pattern of at most {LONGEST_PATTERN:,} signs, and not {len(pattern):,}"
        )
    # The newest form of a name, which DuckDB does not know.
    if "(?<" in pattern:
        raise ValueError("expected a pattern without (?<; a group's name is written (?P<name>...)")
    match_substring_regex(pyarrow.array([""]), pattern)


def fits_whole(pattern: str, text: str) -> bool:
    """Whether the pattern fits the whole text, without regard to case."""
    return bool(match_substring_regex(pyarrow.array([text]), rf"(?is)\A(?:{pattern})\z")[0].as_py())


def group_names(pattern: str) -> list[str]:
    """Names of a pattern's groups.

    Raises ValueError where the pattern is none, or has a group without a name or a name twice.
    """
    check_pattern(pattern)
    return list(dict.fromkeys(field.name for field in _groups(pattern, "").type))


def named_parts(pattern: str, text: str) -> dict[str, str] | None:
    """What each named group took of the text, empty where it took nothing; None where the pattern is not in it."""
    found: dict[str, str] | None = _groups(pattern, text)[0].as_py()
    return found


def _groups(pattern: str, text: str) -> pyarrow.StructArray:
    return extract_regex(pyarrow.array([text]), pattern)
