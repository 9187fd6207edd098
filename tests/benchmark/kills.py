"""Kills loads, amendments, replaced periods and rollbacks at random moments, and looks for anything lost.

Run from the project's folder: python -m tests.benchmark.kills [--kills 200] [--seed 7]
Ends with a failure where a kill left a part of a change to be seen, lost what was said to be done, or broke the store.
"""

import argparse
import sys
import tempfile
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from kill_rounds import run_kills


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    start = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        killed = run_kills(Path(folder), given.kills, given.seed)
    print(
        f"{given.kills} kills in {time.monotonic() - start:.0f} s: nothing lost, nothing seen in part"
    )
    for step, count in killed.struck.most_common():
        print(f"  struck after the step [{step}] began: {count}")


if __name__ == "__main__":
    main()
