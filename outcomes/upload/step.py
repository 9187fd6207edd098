"""One step of bringing a log in, run as a command in a process of its own.

A hostile file can then take its process's time and memory and nobody else's, and a long load leaves the
server free for other readers.
"""

import os
import re
import subprocess
import sys
import threading
import time
from pathlib import Path

from outcomes.cli.options import MEMORY_NAME
from outcomes.ingest.errors import LoadProblem
from outcomes.presentation.format import count_text

PROJECT = Path(__file__).resolve().parents[2]
PROGRESS = re.compile(r"\s*(\d+)%\s+(.*)")
FAULT = "Error: "
# How far a step stands back from the server, in the system's steps of niceness (0 to 19).
BEHIND_READERS = 15


class LoadStep:
    """A command that runs; asked for its progress, and at the end for what it printed."""

    def __init__(self, words: list[str], seconds: float, memory_mb: int) -> None:
        self.share = 0.0
        self.told = "Starting"
        self._until = time.monotonic() + seconds
        self._seconds = seconds
        self._problem = ""
        self._printed = ""
        self._process = subprocess.Popen(
            [sys.executable, "-X", "utf8", "-m", "outcomes", *words],
            cwd=PROJECT,
            env={**os.environ, MEMORY_NAME: str(memory_mb)},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
            errors="replace",
        )
        if hasattr(os, "setpriority"):  # readers' clicks come first; Windows has no such call
            os.setpriority(os.PRIO_PROCESS, self._process.pid, BEHIND_READERS)
        self._readers = [
            threading.Thread(target=read, daemon=True) for read in (self._listen, self._collect)
        ]
        for reader in self._readers:
            reader.start()

    @property
    def is_done(self) -> bool:
        """Whether the command has ended; one that takes too long is ended here."""
        if self._process.poll() is None and time.monotonic() > self._until:
            self.stop(
                f"Expected this step to end within {count_text(self._seconds)} seconds, found [it still "
                "running]; nothing was changed: bring the log in parts, or load it with the command."
            )
        return self._process.poll() is not None

    def stop(self, why: str) -> None:
        """End the command now; its result is then this problem."""
        self._problem = why
        self._process.kill()

    def printed(self) -> str:
        """What the command printed, after it has ended.

        Raises LoadProblem with the command's own sentence where it failed.
        """
        self._process.wait()
        for reader in self._readers:
            reader.join()
        if self._process.returncode == 0:
            return self._printed
        raise LoadProblem(
            self._problem
            or f"Expected this step to end, found [it broken off, code {self._process.returncode}]; "
            "nothing was changed: the log may need more memory than this server gives it."
        )

    def _listen(self) -> None:
        """Take progress, and a fault, from the error stream."""
        for line in self._process.stderr or ():
            progress = PROGRESS.match(line)
            if progress:
                self.share, self.told = int(progress[1]) / 100, progress[2].strip()
            elif line.startswith(FAULT) and not self._problem:
                self._problem = line.removeprefix(FAULT).strip()

    def _collect(self) -> None:
        self._printed = self._process.stdout.read() if self._process.stdout else ""
