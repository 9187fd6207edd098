"""The most memory that a process took."""

import re
import resource
import sys
from pathlib import Path

STATUS = Path("/proc/self/status")


def most_megabytes() -> float:
    """Megabytes that this process held at most.

    Linux hands what getrusage tells on to a process that another one starts, so that it tells the larger of both;
    its status file tells of the process alone.
    """
    if STATUS.is_file():
        found = re.search(r"VmHWM:\s+(\d+) kB", STATUS.read_text(encoding="utf-8"))
        if found:
            return int(found[1]) / 1024
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return most / 1024 / 1024 if sys.platform == "darwin" else most / 1024
