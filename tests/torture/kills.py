"""Rounds of a load, an amendment, a replaced period, a rollback, a backup or a restore, each killed (-9) at a random moment.

A model holds what the store should hold: after every kill the store is in the state before or in the state after, the
pages never see a part, and what was said to be done is there. POSIX only: a process that has imported everything forks
one child a round, so that a round takes a fraction of a second and not the seconds of an interpreter's start.
"""

import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
from made_city import write_agency, write_csv
from places import PROJECT

from outcomes.answers.answer import answer
from outcomes.selection import Selection
from outcomes.store.backup import read_backup
from outcomes.store.folder import broken_off_restore, live_snapshot_name
from outcomes.store.problem import StoreProblem
from outcomes.store.publish import published_change
from outcomes.store.snapshot import Snapshot
from outcomes.store.verify import verify
from outcomes.store.warehouse import Warehouse, open_warehouse, read_warehouse
from outcomes.vocabulary.log import Breakdown

NURSERY = """
import os, signal, sys, time
from pathlib import Path
from outcomes.ingest.run import load_log
from outcomes.ingest.write.replace_period import parse_period
from outcomes.store.backup import back_up, restore
from outcomes.store.history import roll_back
import pyarrow.parquet
agencies, store, steps = map(Path, sys.argv[1:])
for line in sys.stdin:
    what, path, period, delay = line.rstrip("\\n").split("|")
    child = os.fork()
    if child == 0:
        def tell(step, share=0.0):
            with steps.open("a") as out:
                out.write(step + "\\n")
        try:
            tell("Begin")
            if what == "rollback":
                roll_back(store)
            elif what == "backup":
                back_up(store, Path(path), tell=tell)
            elif what == "restore":
                restore(Path(path), store, replaces=True, tell=tell)
            else:
                load_log([Path(path)], "test-city", agencies, store, tell,
                         period=parse_period(period) if period else None)
            tell("Acknowledged")
        except BaseException as fault:
            tell(f"Fault: {type(fault).__name__}: {fault}")
        os._exit(0)
    if delay:
        time.sleep(float(delay))
        # Not waited for yet, so that the number is still this child's, ended or not.
        os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    print("ended", flush=True)
"""
TYPES = {"MH": "mental_health", "VIOL": "violence", "WELF": "welfare_check"}
# Every so many rounds the whole store is read.
VERIFY_EVERY = 5
# What a store holds: the code of each call, by its id.
State = dict[str, str]


class KilledStore:
    """A store on which changes are begun and killed, and the model of what it should hold."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.folder = folder
        self.store = folder / "store"
        self.steps = folder / "steps"
        self.chance = random.Random(seed)
        self.agencies = write_agency(folder / "agencies")
        # what the warehouse holds after each load that stands, the last one last
        self.states: list[State] = [{}]
        self.reversible = 0
        # backups that were made, with what they hold and how many loads can be undone in it
        self.backups: list[tuple[Path, list[State], int]] = []
        self.rounds = 0
        # where the kills struck, by the last step that had begun
        self.struck: Counter[str] = Counter()
        self.longest = 1.0
        self.nursery = subprocess.Popen(
            [sys.executable, "-c", NURSERY, *map(str, (self.agencies, self.store, self.steps))],
            cwd=PROJECT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )

    def close(self) -> None:
        """End the process that forks."""
        self.nursery.communicate("")

    def round(self, kills: bool = True) -> None:
        """Begin one change, kill it or not, and hold what is there against the model."""
        self.rounds += 1
        line, after, pops = self._change()
        kind, path = line.split("|")[:2]
        before, shown_before = self.states[-1], self.shown()
        self.steps.write_text("")
        started = time.monotonic()
        delay = self.chance.uniform(0, 1.05 * self.longest) if kills else ""
        self._write(f"{line}|{delay}")
        assert self._read() == "ended\n"
        steps = self.steps.read_text().splitlines()
        assert not [step for step in steps if step.startswith("Fault")], steps
        acknowledged = "Acknowledged" in steps
        if not kills:
            # Follows the load of the machine, so that kills stay spread over the whole of a run.
            self.longest = time.monotonic() - started
        if kills:
            self.struck[steps[-1].split(" ")[0] if steps else "before it began"] += 1
        if broken_off_restore(self.store):
            # Killed between its two renames: nothing is begun anew, and the same again ends it.
            assert kind == "restore"
            assert not acknowledged
            with pytest.raises(StoreProblem, match=r"found \[a restore that was broken off"):
                self._held()
            self.steps.write_text("")
            self._write(f"{line}|")
            assert self._read() == "ended\n"
            acknowledged = "Acknowledged" in self.steps.read_text()
            assert acknowledged
        shown = self.shown()
        held = self._held()
        assert held in (before, after), (
            "the warehouse holds neither the state before nor the one after"
        )
        assert shown in (shown_before, _counted(after)), (
            "the pages see a part, or what was never stored"
        )
        if acknowledged:
            assert held == after
            assert shown == _counted(after), "what was said to be done is not live"
        if shown != shown_before:
            assert held == after, "the pages see what is not stored"
        if kind == "backup":
            self._model_backup(Path(path), acknowledged)
        elif kind == "restore":
            self._model_restore(Path(path), acknowledged)
        elif held == after:
            self._model(after, pops, is_same=after == before)
        if self.rounds % VERIFY_EVERY == 0:
            self._verify()

    def _verify(self) -> None:
        """The store is whole, but for what a kill left and the next load takes away or publishes."""
        for fault in verify(self.store).faults:
            assert "never went live" in fault or "kept and not published" in fault, fault

    def _model_backup(self, folder: Path, acknowledged: bool) -> None:
        """A backup has its name when it is whole, and never before."""
        assert acknowledged <= folder.exists(), "a backup that was said to be made is not there"
        if folder.exists():
            read_backup(folder)
            with read_warehouse(folder) as copied:
                assert _calls(copied) == self.states[-1], "a backup holds something else"
            self.backups.append((folder, list(self.states), self.reversible))
            for old, *_ in self.backups[:-3]:
                shutil.rmtree(old)
            self.backups = self.backups[-3:]
        for left in self.folder.glob(".outcomes-backup-*"):
            shutil.rmtree(left)

    def _model_restore(self, folder: Path, acknowledged: bool) -> None:
        """The store of before is gone from its place only where the restored one took it."""
        beside = list(self.folder.glob("store.before-restore-*"))
        assert acknowledged <= bool(beside), "a restore that was said to be done is not there"
        if beside:
            _, states, self.reversible = next(one for one in self.backups if one[0] == folder)
            self.states = list(states)
        for left in [*beside, *self.folder.glob(".store.restoring-*")]:
            shutil.rmtree(left)

    def _change(self) -> tuple[str, State, bool]:
        """One change as a line for the nursery, the state after it, and whether it takes a load back."""
        before = self.states[-1]
        can_go_back = len(self.states) > 2 and self.reversible > 1
        kinds = ["grow", "amend", "replace", "rollback" if can_go_back else "grow"]
        if self.rounds > 2:
            kinds += ["backup", "restore" if self.backups else "backup"]
        kind = self.chance.choice(kinds)
        if kind == "backup":
            return f"backup|{self.folder / f'backup-{self.rounds}'}|", before, False
        if kind == "restore":
            folder, states, _ = self.chance.choice(self.backups)
            return f"restore|{folder}|", states[-1], False
        if kind == "rollback":
            if self._is_pending():
                return "rollback||", before, False
            return "rollback||", self.states[-2], True
        path = self.folder / "export.csv"
        period = ""
        if kind == "replace" and before:
            rows = {
                f"F{n}": self.chance.choice(list(TYPES)) for n in range(self.chance.randint(1, 300))
            }
            after = {key: code for key, code in before.items() if key[0] != "F"} | rows
            period = "2024-02"
        elif kind == "amend" and before:
            some = self.chance.sample(sorted(before), min(len(before), 80))
            rows = {key: self.chance.choice(list(TYPES)) for key in some}
            after = before | rows
        else:
            start = len(before)
            rows = {
                f"J{start}-{n}": self.chance.choice(list(TYPES))
                for n in range(self.chance.randint(50, 500))
            }
            after = before | rows
        write_csv(path, (_call(key, code) for key, code in rows.items()))
        return f"load|{path}|{period}", after, False

    def _model(self, after: State, pops: bool, is_same: bool) -> None:
        if pops:
            self.states.pop()
            self.reversible -= 1
        elif not is_same:
            self.states.append(after)
            self.reversible = min(10, self.reversible + 1)

    def _is_pending(self) -> bool:
        with open_warehouse(self.store) as warehouse:
            return published_change(self.store) != warehouse.rows("last_change")[0][0]

    def shown(self) -> dict[str, int]:
        """Responses by call type, as the pages see them; empty where nothing is published."""
        name = live_snapshot_name(self.store)
        if name is None:
            return {}
        snapshot = Snapshot(self.store / "snapshots" / name)
        try:
            found = answer("responses", Selection(), snapshot, Breakdown.CALL_TYPE)
            return {
                row["call_type"]: int(row["numerator"]) for row in found.table.to_dict("records")
            }
        finally:
            snapshot.close()

    def _held(self) -> State:
        """What the warehouse holds, opened as the next load opens it."""
        with open_warehouse(self.store) as warehouse:
            if not warehouse.is_there:
                return {}
            return _calls(warehouse)

    def _write(self, line: str) -> None:
        assert self.nursery.stdin is not None
        self.nursery.stdin.write(line + "\n")
        self.nursery.stdin.flush()

    def _read(self) -> str:
        assert self.nursery.stdout is not None
        return self.nursery.stdout.readline()


def _calls(warehouse: Warehouse) -> State:
    rows = warehouse.connection.table("warehouse.incident").select(
        "incident_id, initial_call_type_code"
    )
    return dict(rows.fetchall())


def _call(key: str, code: str) -> dict[str, str]:
    month = "02" if key[0] == "F" else "01"
    return {
        "id": key,
        "received": f"2024-{month}-11 10:00:00",
        "arrived": f"2024-{month}-11 10:10:00",
        "type": code,
    }


def _counted(state: State) -> dict[str, int]:
    return dict(Counter(TYPES[code] for code in state.values()))


def run_kills(folder: Path, kills: int, seed: int = 7) -> KilledStore:
    """Kill that many changes, with one in ten left to end; raises AssertionError where anything was lost."""
    killed = KilledStore(folder, seed)
    try:
        killed.round(kills=False)
        killed.round(kills=False)
        struck = 0
        while struck < kills:
            killed.round()
            struck += 1
            if struck % 10 == 0:
                killed.round(kills=False)
        killed.round(kills=False)
        # The change that ended cleared away what the kills left.
        assert not list(killed.store.glob("snapshots/.building-*"))
        kept = len(list(killed.store.glob("snapshots/snap-*.duckdb")))
        assert kept <= 3
        # One manifest each, and none of what never went live.
        assert len(list(killed.store.glob("snapshots/*.json"))) == kept
        assert not list(killed.store.glob("snapshots/.*"))
        assert len(list(killed.store.glob("rejected/*"))) <= 3
    finally:
        killed.close()
    return killed
