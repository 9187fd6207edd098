"""Folders of the moment for copies of a log: as private as the log, so that also what a kill left goes."""

import shutil
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from outcomes.store.warehouse import LONGEST_LOAD_SECONDS

# How such a folder's name begins.
SCRATCH = "responder-outcomes-copy-"


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """An empty folder that its owner alone can read, gone at the end of the with-block.

    What a kill left in one goes with a later one, once no load can still be using it.
    """
    for left_over in Path(tempfile.gettempdir()).glob(f"{SCRATCH}*"):
        _drop_old(left_over)
    with tempfile.TemporaryDirectory(prefix=SCRATCH) as folder:
        yield Path(folder)


def _drop_old(folder: Path) -> None:
    """Take a folder away that is too old to be in use; another user's, or one that just went, stays as it is."""
    try:
        is_old = folder.lstat().st_mtime < time.time() - LONGEST_LOAD_SECONDS
    except OSError:
        return
    if is_old:
        # A link is not followed.
        shutil.rmtree(folder, ignore_errors=True)
