"""Times loads of a few rows into a store of any size, each in a process of its own; they are undone afterwards.

Run from the project's folder, on a store that tests.benchmark.large_store made and tests.benchmark.publication published:
python -m tests.benchmark.small_load STORE [--rows 5] [--runs 5] [--program demo-eastmarch-0001]
Prints the median and the spread of the time until the load is live and of the processor's, and the most memory that a
process took.
"""

import argparse
import csv
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]
SOURCE = "demo-eastmarch"


def write_agency(folder: Path, program: str) -> Path:
    """Folder with an agency of that id, whose profile is Eastmarch's."""
    shutil.copytree(PROJECT / "data" / "agencies" / SOURCE, folder / program)
    profile = folder / program / "profile.toml"
    text = profile.read_text(encoding="utf-8")
    profile.write_text(re.sub(rf'"{SOURCE}"', f'"{program}"', text), encoding="utf-8")
    return folder


def write_rows(path: Path, export: Path, rows: int, run: int) -> None:
    """Write so many of the export's calls as calls of their own."""
    with export.open(encoding="utf-8-sig", newline="") as stream:
        header, *body = list(csv.reader(stream))
    body = body[len(body) // 2 :]
    with path.open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream)
        writer.writerow(header)
        for number in range(rows):
            first, *rest = body[number % len(body)]
            writer.writerow([f"{first}-{run}-{number}", *rest])


def load_once(store: Path, agencies: Path, program: str, log: Path) -> None:
    """Load it, and print the seconds until it was live, those of processor and the most megabytes taken."""
    from outcomes.ingest.run import load_log
    from tests.benchmark.memory import most_megabytes

    began, worked = time.perf_counter(), time.process_time()
    report = load_log([log], program, agencies, store)
    seconds, worked = time.perf_counter() - began, time.process_time() - worked
    print(f"{seconds:.3f} {worked:.3f} {most_megabytes():.0f} {report.loaded}")


def main() -> None:
    """Load and undo as often as the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--rows", type=int, default=5)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--program", default=f"{SOURCE}-0001")
    parser.add_argument(
        "--export", type=Path, default=PROJECT / "data/demo/eastmarch_responses.csv"
    )
    parser.add_argument("--once", nargs=2, type=Path, help=argparse.SUPPRESS)
    asked = parser.parse_args()
    if asked.once:
        load_once(asked.store, asked.once[0], asked.program, asked.once[1])
        return
    from outcomes.store.history import roll_back

    times, works, most = [], [], 0.0
    with tempfile.TemporaryDirectory() as work:
        agencies = write_agency(Path(work) / "agencies", asked.program)
        for _ in range(asked.runs):
            log = Path(work) / "few.csv"
            # Calls of their own, also where an earlier run was broken off.
            write_rows(log, asked.export, asked.rows, time.time_ns())
            command = [sys.executable, "-m", "tests.benchmark.small_load", str(asked.store)]
            command += ["--program", asked.program, "--once", str(agencies), str(log)]
            done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
            seconds, worked, megabytes, loaded = done.stdout.split()
            assert int(loaded) == asked.rows, done.stdout
            times.append(float(seconds))
            works.append(float(worked))
            most = max(most, float(megabytes))
            roll_back(asked.store)
    print(
        f"{asked.rows:,} rows live after {statistics.median(times):.2f} s "
        f"({min(times):.2f} to {max(times):.2f}, {asked.runs} runs), with {statistics.median(works):.2f} s of processor "
        f"({min(works):.2f} to {max(works):.2f}); {most:,.0f} MB"
    )


if __name__ == "__main__":
    main()
