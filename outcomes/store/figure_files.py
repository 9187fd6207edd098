"""Figures that were cited: files in the store under the digest of what they hold, never written again, never dropped."""

import hashlib
import os
import re
import secrets
import stat
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from outcomes.store.folder import FIGURES, FILE_MODE, FOLDER_MODE, in_place_of_file, make_durable
from outcomes.store.problem import DamagedStore, StoreProblem
from outcomes.vocabulary.log import View

# So many digits of the SHA-256 of its content are a figure's address.
ADDRESS_DIGITS = 20
ADDRESS = re.compile(rf"[0-9a-f]{{{ADDRESS_DIGITS}}}")
# Bytes that one figure may take: some hundred rows with their drawing take a tenth of it.
MOST_BYTES = 2_000_000
# What is written before it has its name, and after how many seconds a kill must have left it.
NEW, LEFT_OVER_SECONDS = ".new-", 3_600
# Nothing else holds a figure: its data may have been loaded anew since.
FROM_BACKUP = "take it from a backup with: python -m outcomes restore DIR --replace"


@dataclass(frozen=True)
class KeptFigure:
    """One figure that is kept, whether or not it is whole."""

    # the store's folder
    store: Path
    # who may see it
    view: View
    # its name in the pages' address
    address: str

    @property
    def path(self) -> Path:
        """The file."""
        return figure_folder(self.store, self.view) / f"{self.address}.json"


def figure_folder(store: Path, view: View) -> Path:
    """Folder of the figures that a view showed; a server for the public looks into no other."""
    return store / FIGURES[0] / view.value


def address_of(content: bytes) -> str:
    """The address of a figure with that content."""
    return hashlib.sha256(content).hexdigest()[:ADDRESS_DIGITS]


def keep_figure(store: Path, view: View, content: bytes, most: int) -> str:
    """The address under which the content is kept from now on; the same content is kept once.

    Raises StoreProblem, with nothing kept, where the disk is full or may not be written, a link stands in the way,
    as many figures of that view are kept as there may be, or it is too large.
    """
    if len(content) > MOST_BYTES:
        raise StoreProblem(
            f"Expected a figure of at most {MOST_BYTES / 1e6:,.0f} MB, found [{len(content) / 1e6:,.1f} MB]; nothing "
            "was kept: choose fewer programs or months, or take its CSV."
        )
    kept = KeptFigure(store, view, address_of(content))
    try:
        held = read_kept(kept)
    except DamagedStore:
        # What is kept there is damaged, and the content that it was is at hand: it is written anew.
        held = None
    if held == content:
        return kept.address
    if held is not None:
        raise StoreProblem(
            f"Expected this figure at its address, found [another one] at [{kept.path}]; nothing was kept: cite it with "
            "another selection."
        )
    try:
        folder = _made_folder(store, view)
        count = sum(1 for _ in _named(store, view))
        if count >= most:
            raise StoreProblem(
                f"Expected room for one more figure, found [{count:,}, as many as there may be]; nothing was kept: "
                "raise OUTCOMES_MOST_FIGURES. Figures that are kept stay."
            )
        _drop_left_over(folder)
        _write(folder, kept.path, content)
        make_durable(folder)
    except OSError as error:
        raise StoreProblem(
            f"Expected a store that a figure can be kept in, found [{error.strerror or error}] at "
            f"[{error.filename or store}]; nothing was kept: free some disk, or have the folder made writable."
        ) from None
    return kept.address


def find_figure(store: Path, address: str, views: tuple[View, ...]) -> tuple[View, bytes] | None:
    """The figure of that address with its view; None where there is none that these views may see.

    Raises DamagedStore where it is not as it was kept.
    """
    if not ADDRESS.fullmatch(address):
        return None
    for view in views:
        content = read_kept(KeptFigure(store, view, address))
        if content is not None:
            return view, content
    return None


def read_kept(figure: KeptFigure) -> bytes | None:
    """What is kept there; None where nothing is. Raises DamagedStore where it is not as it was kept."""
    for folder in (figure.path.parents[1], figure.path.parent):
        if folder.is_symlink():
            raise DamagedStore(
                f"Expected the folder of the figures, found [a link] at [{folder}]; nothing was read: take the link "
                "away and put the folder itself in its place."
            )
    found = in_place_of_file(figure.path)
    if found == "nothing":
        return None
    content = b""
    if found is None:
        try:
            content = _read(figure.path)
        except OSError as error:
            found = error.strerror or "something unreadable"
    if found is None and address_of(content) != figure.address:
        found = "other content than was kept"
    if found is not None:
        raise DamagedStore(
            f"Expected the figure as it was kept, found [{found}] at [{figure.path}]; {FROM_BACKUP}."
        )
    return content


def kept_figures(store: Path) -> list[KeptFigure]:
    """Every figure that is kept, of either view, by its address."""
    found = [
        KeptFigure(store, view, name.removesuffix(".json"))
        for view in View
        for name in _named(store, view)
    ]
    return sorted(found, key=lambda one: one.address)


def figure_faults(store: Path) -> Iterator[str]:
    """One sentence for each figure that is not as it was kept, and for each file that is none, with the way back."""
    for figure in kept_figures(store):
        try:
            read_kept(figure)
        except DamagedStore as problem:
            yield str(problem)
    for folder in (store / FIGURES[0], *(figure_folder(store, view) for view in View)):
        for path in sorted(folder.iterdir()) if folder.is_dir() else ():
            is_folder = path.relative_to(store).as_posix() in FIGURES
            is_figure = path.suffix == ".json" and ADDRESS.fullmatch(path.stem)
            if not (is_folder or path.name.startswith(NEW)) and (
                folder.name == FIGURES[0] or not is_figure
            ):
                yield (
                    f"Expected figures that were cited, found [{path.name}] in [{folder}]; it is never read: "
                    "move it away."
                )


def copy_figures(source: Path, target: Path) -> None:
    """Put every whole figure of one store into another one, which keeps those it has; figure_faults tells of the others."""
    copied: set[Path] = set()
    for figure in kept_figures(source):
        with suppress(DamagedStore):
            content = read_kept(figure)
            if content is not None:
                folder = _made_folder(target, figure.view)
                _write(folder, folder / figure.path.name, content)
                copied.add(folder)
    for folder in copied:
        make_durable(folder)


def _named(store: Path, view: View) -> Iterator[str]:
    """Names of the files that are called as figures are."""
    folder = figure_folder(store, view)
    if folder.is_symlink() or folder.parent.is_symlink() or not folder.is_dir():
        return
    for entry in os.scandir(folder):
        stem, dot, ending = entry.name.partition(".")
        if dot and ending == "json" and ADDRESS.fullmatch(stem):
            yield entry.name


def _made_folder(store: Path, view: View) -> Path:
    """The folder, made for its owner alone where it is not there."""
    store.mkdir(mode=FOLDER_MODE, parents=True, exist_ok=True)
    folder = figure_folder(store, view)
    for each in (folder.parent, folder):
        if each.is_symlink():
            raise StoreProblem(
                f"Expected the folder of the figures, found [a link] at [{each}]; nothing was kept: take the link "
                "away and put the folder itself in its place."
            )
        if not each.is_dir():
            with suppress(FileExistsError):
                each.mkdir(mode=FOLDER_MODE)
            make_durable(each.parent)
    return folder


def _write(folder: Path, path: Path, content: bytes) -> None:
    """Write the file beside and give it its name once it is on the disk."""
    new = folder / f"{NEW}{secrets.token_hex(8)}"
    handle = os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, FILE_MODE)
    try:
        with os.fdopen(handle, "wb") as stream:
            stream.write(content)
            stream.flush()
            os.fsync(stream.fileno())
        new.replace(path)
    except BaseException:
        new.unlink(missing_ok=True)
        raise


def _drop_left_over(folder: Path) -> None:
    for path in folder.glob(f"{NEW}*"):
        with suppress(OSError):
            if path.lstat().st_mtime < time.time() - LEFT_OVER_SECONDS:
                path.unlink()


def _read(path: Path) -> bytes:
    """The file's content, up to one byte more than a figure may have; a link in its place is not followed."""
    handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0))
    with os.fdopen(handle, "rb") as stream:
        if not stat.S_ISREG(os.fstat(stream.fileno()).st_mode):
            raise OSError("no file")
        return stream.read(MOST_BYTES + 1)
