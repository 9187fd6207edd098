"""The long forms: kills, publications under readers, and every kind of damage, and an evil city in the browser, each timed.

Run from the project's folder: python -m tests.torture [kills] [publications] [damage] [browser]
                                      [--kills 200] [--publications 1000] [--minutes 60] [--seed 7]
Ends with a failure where anything was lost, seen in part, or told wrongly.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from torture.browser import run_browser
from torture.damage import run_damage
from torture.kills import run_kills
from torture.publications import run_publications


def kills(folder: Path, given: argparse.Namespace) -> None:
    killed = run_kills(folder, given.kills, given.seed)
    print(f"{given.kills} kills: nothing lost, nothing seen in part")
    for step, count in killed.struck.most_common():
        print(f"  struck after the step [{step}] began: {count}")


def publications(folder: Path, given: argparse.Namespace) -> None:
    found = run_publications(folder, given.publications, most_seconds=given.minutes * 60)
    print(
        f"{found.publications} publications under {len(found.seen)} readers in {found.seconds:.0f} s: {found.reads:,} "
        f"looks, each whole; different snapshots seen by each: {', '.join(map(str, found.seen))}"
    )


def damage(folder: Path, given: argparse.Namespace) -> None:
    outcomes = run_damage(folder)
    print("| damage | found by `verify` in | shown meanwhile | a load | way back | recovered in |")
    print("|---|---|---|---|---|---|")
    for one in outcomes:
        print(one.row())
    print(f"{len(outcomes)} kinds of damage, each told in one sentence and mended by its way back")


def browser(folder: Path, given: argparse.Namespace) -> None:
    run_browser()
    print(
        "every page in both views: nothing outside was asked, every text was shown as it is written"
    )


PARTS: dict[str, Callable[[Path, argparse.Namespace], None]] = {
    "kills": kills,
    "publications": publications,
    "damage": damage,
    "browser": browser,
}


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("parts", nargs="*", choices=[[], *PARTS], default=[])
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--publications", type=int, default=1000)
    parser.add_argument("--minutes", type=float, default=float("inf"), help="for publications")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    for name in given.parts or PARTS:
        start, used = time.monotonic(), time.process_time()
        with tempfile.TemporaryDirectory() as folder:
            PARTS[name](Path(folder), given)
        print(
            f"{name}: {time.monotonic() - start:.0f} s, {time.process_time() - used:.0f} s of processor here"
        )


if __name__ == "__main__":
    main()
