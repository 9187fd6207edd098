"""The store's folder: which snapshot is live, which are there, what in it is a link, and who may read it."""

import os
import re
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from outcomes.store.problem import LOAD_AGAIN, RESTORE, StoreProblem

# The warehouse in a store's folder.
WAREHOUSE_FILE = "warehouse.duckdb"
# The file that names the live snapshot, and the same before it goes live.
POINTER, NEXT_POINTER = "CURRENT", ".CURRENT-new"
# Where a load that met damage leaves its sentence, for the pages.
FAULT_NOTE = ".loading-broken"
# Figures that were cited: what the public view showed, and what the program view did.
FIGURES = ("figures", "figures/public", "figures/program")
# What a store's folder holds, beside folders of a moment, which begin with a dot.
OWN_NAMES = (WAREHOUSE_FILE, f"{WAREHOUSE_FILE}.wal", POINTER, "snapshots", "rejected", FIGURES[0])
# Every folder in it that it uses.
FOLDERS = ("snapshots", "rejected", *FIGURES)
SNAPSHOT_NAME = re.compile(r"snap-(\d{1,9})-load-(\d{1,9})\.duckdb")
# The owner's alone.
FOLDER_MODE, FILE_MODE = 0o700, 0o600


@dataclass(frozen=True)
class SnapshotFile:
    """One snapshot by its name, whether or not it is there."""

    # the store's folder
    store: Path
    # file name
    name: str
    # number of the publication, never used twice
    number: int
    # number of the last load or rollback that it holds
    change: int

    @classmethod
    def named(cls, store: Path, name: str) -> "SnapshotFile | None":
        """The snapshot of that name; None where no snapshot is called so."""
        match = SNAPSHOT_NAME.fullmatch(name)
        return cls(store, name, int(match[1]), int(match[2])) if match else None

    @property
    def path(self) -> Path:
        """The page tables."""
        return self.store / "snapshots" / self.name

    @property
    def manifest(self) -> Path:
        """What it was when it went live."""
        return self.path.with_suffix(".json")

    @property
    def next_manifest(self) -> Path:
        """The same, before it goes live."""
        return self.path.with_name(f".{self.path.stem}.json")

    @property
    def rejected(self) -> Path:
        """The rejected rows that belong to it."""
        return self.store / "rejected" / f"{self.path.stem}.parquet"


def snapshot_files(store: Path) -> list[SnapshotFile]:
    """The snapshots of a store, the oldest first; what is no file or has another name is none."""
    found = []
    folder = store / "snapshots"
    with suppress(OSError):
        for entry in os.scandir(folder) if not folder.is_symlink() else ():
            one = SnapshotFile.named(store, entry.name)
            if one is not None and entry.is_file(follow_symlinks=False):
                found.append(one)
    return sorted(found, key=lambda one: one.number)


def named_snapshots(store: Path) -> list[SnapshotFile]:
    """Every snapshot of which anything is there, if only its checksums or a folder in its place; the oldest first."""
    found = {}
    folder = store / "snapshots"
    with suppress(OSError):
        for entry in os.scandir(folder) if not folder.is_symlink() else ():
            one = SnapshotFile.named(store, Path(entry.name).with_suffix(".duckdb").name)
            if one is not None:
                found[one.name] = one
    return sorted(found.values(), key=lambda one: one.number)


def live_snapshot_name(store: Path) -> str | None:
    """File name of the live snapshot; None where nothing has been published.

    Raises StoreProblem where the file that should name it cannot be read, or names no snapshot.
    """
    pointer = store / POINTER
    try:
        mode = pointer.lstat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return None
    found = _kind(mode)
    if found is None:
        try:
            name = pointer.read_text(encoding="utf-8").strip()
        except (UnicodeDecodeError, OSError):
            name, found = "", "something unreadable"
        if SNAPSHOT_NAME.fullmatch(name):
            return name
    shown = found or (name[:60] if name.isprintable() else "") or "none"
    back = LOAD_AGAIN if (store / WAREHOUSE_FILE).is_file() else RESTORE
    if found in LINK_OR_FOLDER:
        back = f"take it away and {back}"
    raise StoreProblem(f"Expected the name of a snapshot, found [{shown}] at [{pointer}]; {back}.")


def live_snapshot_file(store: Path) -> SnapshotFile | None:
    """The live snapshot by its name; None where nothing usable names one."""
    try:
        return SnapshotFile.named(store, live_snapshot_name(store) or "")
    except StoreProblem:
        return None


LINK_OR_FOLDER = ("a link", "a folder")


def _kind(mode: int) -> str | None:
    """What stands in place of a file; None where it is one."""
    if stat.S_ISREG(mode):
        return None
    if stat.S_ISLNK(mode):
        return "a link"
    return "a folder" if stat.S_ISDIR(mode) else "no file"


def in_place_of_file(path: Path) -> str | None:
    """What stands where a file should: a link, a folder, nothing; None where it is a file."""
    try:
        return _kind(path.lstat().st_mode)
    except (FileNotFoundError, NotADirectoryError):
        return "nothing"


def is_begun(store: Path) -> bool:
    """Whether the folder is or was a store: with a warehouse, a pointer or a snapshot."""
    return bool(
        os.path.lexists(store / WAREHOUSE_FILE)
        or os.path.lexists(store / POINTER)
        or snapshot_files(store)
    )


def broken_off_restore(store: Path) -> Path | None:
    """What a restore that was killed left beside a store that is not there; None where none did."""
    if os.path.lexists(store):
        return None
    return next(iter(sorted(store.parent.glob(f".{store.name}.restoring-*"))), None)


def links_in(store: Path) -> list[Path]:
    """Everything in the store that is a link, and the folders of it that are; none of them is ever followed."""
    found: list[Path] = []
    for folder in (store, *(store / name for name in FOLDERS)):
        if any(folder.is_relative_to(link) for link in found):
            continue
        with suppress(OSError):
            found += [Path(one.path) for one in os.scandir(folder) if _is_ours(store, one)]
    return sorted(found)


def _is_ours(store: Path, entry: os.DirEntry[str]) -> bool:
    """Whether it is a link in a place that the store uses; beside it somebody may keep what he likes."""
    is_at_top = Path(entry.path).parent == store
    return entry.is_symlink() and (not is_at_top or entry.name in OWN_NAMES or entry.name[0] == ".")


def refuse_misplaced(store: Path) -> None:
    """Raise StoreProblem where anything in the store is a link, or a folder stands for a file or a file for a folder."""
    links = links_in(store)
    if links:
        raise StoreProblem(
            f"Expected files and folders of the store itself, found [a link] at [{links[0]}]; "
            "nothing was read or changed: take the link away and put the file itself in its place."
        )
    for folder in (store / name for name in FOLDERS):
        if folder.exists() and not folder.is_dir():
            raise StoreProblem(
                f"Expected a folder, found [a file] at [{folder}]; nothing was changed: move it away and {LOAD_AGAIN}."
            )
    if (store / POINTER).is_dir():
        # It says so itself.
        live_snapshot_name(store)


def open_to_others(store: Path) -> list[Path]:
    """Folders and files of the store that others than its owner may read; none where the system has no such modes."""
    if os.name == "nt":
        return []
    return [path for path in _own_paths(store) if path.lstat().st_mode & 0o077]


def make_private(store: Path) -> None:
    """Let nobody but its owner read the store; a folder that holds other things too keeps its own mode."""
    if os.name == "nt":
        return
    for path in _own_paths(store):
        wanted = FOLDER_MODE if path.is_dir() else FILE_MODE
        with suppress(OSError):  # somebody else's file: verify tells of it
            if path.lstat().st_mode & 0o077:
                path.chmod(wanted)


def _own_paths(store: Path) -> Iterator[Path]:
    """The store's folders and files, links left out."""
    try:
        names = [entry.name for entry in os.scandir(store)]
    except OSError:
        return
    if all(name in OWN_NAMES or name[0] == "." for name in names):
        yield store
    for name in (*OWN_NAMES, *FIGURES[1:]):
        path = store / name
        if path.is_symlink() or not path.exists():
            continue
        yield path
        if path.is_dir():
            yield from (one for one in path.iterdir() if one.is_file() and not one.is_symlink())


@contextmanager
def private_files() -> Iterator[None]:
    """Whatever is made inside is its owner's alone, also what the engine makes by itself."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


def make_durable(path: Path) -> None:
    """Wait until the file or folder is on the disk; Windows cannot do this for folders, nor needs it."""
    if path.is_dir() and os.name == "nt":
        return
    handle = os.open(path, os.O_RDONLY if path.is_dir() else os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
