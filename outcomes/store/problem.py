"""StoreProblem: what stops work on a store, as one sentence; and what tells damage from other faults of the engine."""

from pathlib import Path

import duckdb

from outcomes.vocabulary.problem import Problem

# What the engine says of a file that is cut, overwritten or of another kind; it reads a checksum with every block.
DAMAGE = (
    "corrupt",
    "not a valid duckdb database",
    "could not read enough bytes",
    "failure while replaying wal",
    "is a directory",
    "different duckdb version",
    "newer version of duckdb",
)
# The ways back that are always there.
RESTORE = "restore a backup with: python -m outcomes restore DIR --replace"
LOAD_AGAIN = "load any log again, also an unchanged one, to publish a new one"


class StoreProblem(Problem):
    """A store that cannot be read or written."""


class BusyStore(StoreProblem):
    """A store that another process is loading into, or reads whole."""


class DamagedStore(StoreProblem):
    """A file of the store that is not as it was written; nothing of it is used."""


def is_locked(error: Exception) -> bool:
    """Whether the engine says that another process has the file; a block of rows is no lock."""
    said = str(error).lower()
    return "set lock" in said or "used by another process" in said


def first_line(error: Exception) -> str:
    """What an error says, without its further lines."""
    return (str(error).splitlines() or [type(error).__name__])[0]


def is_damage(error: Exception, path: Path) -> bool:
    """Whether the engine says that the database file itself is damaged, and not the disk full or a log broken."""
    if not isinstance(error, duckdb.Error):
        return False
    # A fatal fault names what came first further down.
    said = str(error).lower()
    is_of_database = "corrupt database file" in said or "replaying wal" in said
    return is_of_database or (str(path).lower() in said and any(word in said for word in DAMAGE))
