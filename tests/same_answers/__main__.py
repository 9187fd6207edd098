"""make same-answers BASE=<commit>: does this tree answer everything as that commit does?

Both sides build their own stores from the same logs with their own code, and write all they answer to folders of plain
text, which are then compared. What a commit answered is kept by its hash, so that the second comparison costs one side.
"""

import argparse
import contextlib
import fcntl
import hashlib
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from pathlib import Path

from tests.same_answers.compare import compare_folders

HERE = Path(__file__).resolve().parent
PROJECT = HERE.parents[1]
WRITE = HERE / "write_answers.py"
REAL_LOGS = PROJECT.parent / "shared" / "realdata"
KEPT = Path(tempfile.gettempdir()) / "same-answers"
# What runs after a store is built, by store: the part, and in how many shares it is written.
PARTS = {
    "real": (("answers", 1), ("pages", 1), ("changes", 1), ("commands", 1)),
    "demo": (("pages", 3), ("answers", 3), ("commands", 1)),
}
WORKERS = 2
MOST_FILES, MOST_SECTIONS, MOST_LINES = 40, 4, 4


class Failed(Exception):
    """A side could not be written; its text says which part and why."""


def write_side(tree: Path, name: str, is_quick: bool, place: Path) -> None:
    """Write everything that the tree answers to the folder; it is not there where any part failed."""
    began = time.monotonic()
    kinds = ["demo", "real"] if REAL_LOGS.is_dir() else ["demo"]
    if len(kinds) == 1:
        print(f"Left out: the real logs, for there is no folder {REAL_LOGS}.", flush=True)
    with tempfile.TemporaryDirectory(prefix=f"{name}-".replace(" ", "-"), dir=KEPT) as folder:
        work = Path(folder)
        # A copy, so that a change of branch meanwhile does not take it away.
        shutil.copy(WRITE, work)
        with ThreadPoolExecutor(WORKERS) as pool:
            built = {kind: pool.submit(_run, tree, work, "build", kind, is_quick) for kind in kinds}
            rest = [
                pool.submit(
                    _after, built[kind], tree, work, part, kind, is_quick, f"{share}/{shares}"
                )
                for kind in reversed(kinds)
                for part, shares in PARTS[kind]
                for share in range(1, shares + 1)
            ]
            try:
                for done in as_completed([*built.values(), *rest]):
                    done.result()
            except BaseException:
                pool.shutdown(wait=False, cancel_futures=True)
                raise
        (work / "answers").rename(place)
    print(f"Wrote what {name} answers in {time.monotonic() - began:.0f} s.", flush=True)


def _after(built: Future, *asked: object) -> None:
    built.result()
    _run(*asked)


def _run(tree: Path, work: Path, part: str, kind: str, is_quick: bool, share: str = "1/1") -> None:
    """Write one part with the tree's own code, in a process of its own."""
    words = [
        sys.executable,
        "-P",
        str(work / WRITE.name),
        part,
        kind,
        str(work / f"store-{kind}"),
        str(work / "answers"),
        f"--share={share}",
    ]
    mine = {name: value for name, value in os.environ.items() if not name.startswith("OUTCOMES_")}
    environment = {
        **mine,
        "PYTHONPATH": str(tree),
        "PYTHONHASHSEED": "0",
        "PYTHONUTF8": "1",
        "TZ": "UTC",
        "COLUMNS": "200",
        "OUTCOMES_DEMO": str(work / "store-demo" / "exports"),
        "OUTCOMES_PERSON_SECRET": "one secret for both sides",
        "SAME_ANSWERS_REAL_LOGS": str(REAL_LOGS),
    }
    done = subprocess.run(
        words + ["--quick"] * is_quick,
        cwd=tree,
        env=environment,
        capture_output=True,
        text=True,
        encoding="utf-8",
    )
    if done.returncode:
        lines = done.stderr.strip().splitlines()
        said = "\n".join(line for line in lines if "missing ScriptRunContext" not in line)
        raise Failed(
            f"Expected {part} of the {kind} store in {tree}, found [exit {done.returncode}, {said[-3000:]}]."
        )


def answers_of(commit: str, is_quick: bool) -> Path:
    """Folder of everything that a commit answers: the kept one, or one that is written now."""
    place = KEPT / f"{commit[:12]}-{_version()}{'-quick' if is_quick else ''}"
    with _alone(place):
        if place.is_dir():
            return place
        with tempfile.TemporaryDirectory(prefix="same-answers-tree-") as folder:
            _git("worktree", "add", "--detach", "--force", folder, commit)
            try:
                write_side(Path(folder), commit[:12], is_quick, place)
            finally:
                _git("worktree", "remove", "--force", folder)
    return place


@contextlib.contextmanager
def _alone(place: Path) -> Iterator[None]:
    """Let one process at a time write a folder: the others wait and then find it."""
    KEPT.mkdir(parents=True, exist_ok=True)
    with place.with_name(f"{place.name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield


def _version() -> str:
    """Two writers' folders cannot be compared: the writer is part of the kept folder's name."""
    seen = WRITE.read_bytes() + str(REAL_LOGS.is_dir()).encode()
    return hashlib.sha256(seen).hexdigest()[:8]


def _git(*words: str) -> str:
    done = subprocess.run(
        ["git", "-C", str(PROJECT), *words], capture_output=True, text=True, encoding="utf-8"
    )
    if done.returncode:
        raise Failed(f"Expected git {' '.join(words)} to work, found [{done.stderr.strip()}].")
    return done.stdout.strip()


def _answers_here(is_quick: bool) -> Path:
    """Folder of what this tree answers; where nothing was changed since its commit, that commit's."""
    if not _git("status", "--porcelain"):
        return answers_of(_git("rev-parse", "HEAD"), is_quick)
    place = KEPT / f"this-tree-{hashlib.sha256(str(PROJECT).encode()).hexdigest()[:8]}"
    with _alone(place):
        shutil.rmtree(place, ignore_errors=True)
        write_side(PROJECT, "this tree", is_quick, place)
    return place


def main() -> int:
    """Compare, print the differences, and return 1 where there are any."""
    parser = argparse.ArgumentParser(prog="python -m tests.same_answers", description=__doc__)
    parser.add_argument("base", help="commit that the answers are held against")
    parser.add_argument(
        "--with", dest="other", default="", help="another commit, in place of this tree"
    )
    parser.add_argument(
        "--quick", action="store_true", help="fewer selections and addresses; under a minute"
    )
    given = parser.parse_args()
    try:
        base = _git("rev-parse", "--verify", f"{given.base}^{{commit}}")
        before = answers_of(base, given.quick)
        other = given.other and _git("rev-parse", "--verify", f"{given.other}^{{commit}}")
        after = answers_of(other, given.quick) if other else _answers_here(given.quick)
    except Failed as problem:
        print(problem)
        return 2
    return told(before, after)


def told(before: Path, after: Path) -> int:
    """Print what differs, the first of each file, and where all of it is; 1 where anything does."""
    found = compare_folders(before, after)
    print(f"Before: {before}\nAfter:  {after}")
    if not found:
        files = list(before.rglob("*.txt"))
        lines = sum(path.read_text(encoding="utf-8").count("\n") for path in files)
        print(f"The same answers: {len(files):,} files, {lines:,} lines.")
        return 0
    by_file: dict[str, list] = {}
    for difference in found:
        by_file.setdefault(difference.file, []).append(difference)
    for differences in list(by_file.values())[:MOST_FILES]:
        for difference in differences[:MOST_SECTIONS]:
            print("\n".join(difference.told(MOST_LINES)))
        if len(differences) > MOST_SECTIONS:
            print(f"  ... and {len(differences) - MOST_SECTIONS:,} sections more of this file")
    everything = KEPT / f"differences-{before.name}-{time.time():.0f}.txt"
    everything.write_text(
        "\n".join(line for one in found for line in one.told(1_000)), encoding="utf-8"
    )
    print(f"{len(found):,} sections of {len(by_file):,} files differ; all of it: {everything}")
    return 1


if __name__ == "__main__":
    sys.exit(main())
