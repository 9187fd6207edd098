"""Kinds of damage to a store: what is told, what is shown meanwhile, what a load does, and whether the way back mends it.

Each kind is done to a fresh copy of one store with three loads, of which a backup lies beside.
"""

import os
import re
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import duckdb
from exported_city import City, calls

from outcomes.answers.answer import answer
from outcomes.selection import Selection
from outcomes.store import snapshot as snapshot_module
from outcomes.store.backup import back_up, restore
from outcomes.store.folder import make_private
from outcomes.store.manifest import FileSeal, read_sealed, write_sealed
from outcomes.store.problem import StoreProblem
from outcomes.store.snapshot import shown_snapshot
from outcomes.store.verify import verify
from outcomes.vocabulary.problem import Problem

# One call a day: after one, two and three loads, and after a fourth that is tried on the damage.
HELD = (28, 56, 84)
MORE = {
    "id": "MORE",
    "received": "2024-03-28 12:00:00",
    "arrived": "2024-03-28 12:10:00",
    "type": "MH",
}
SENTENCE = re.compile(r"Expected [^\n]+, found \[[^\n]+\][^\n]*[;:] [^\n]+\.")


@dataclass(frozen=True)
class Scene:
    """A store to be damaged, and what lies beside it."""

    # the store with its logs
    city: City
    # another city's store
    other: Path
    # the same store after its second load
    older: Path
    # a backup of it as it is
    backup: Path

    @property
    def store(self) -> Path:
        return self.city.store

    @property
    def warehouse(self) -> Path:
        return self.store / "warehouse.duckdb"

    @property
    def wal(self) -> Path:
        return self.store / "warehouse.duckdb.wal"

    @property
    def pointer(self) -> Path:
        return self.store / "CURRENT"

    @property
    def live(self) -> Path:
        return self.store / "snapshots" / "snap-3-load-3.duckdb"

    @property
    def manifest(self) -> Path:
        return self.live.with_suffix(".json")

    @property
    def rejected(self) -> Path:
        return self.store / "rejected" / "snap-3-load-3.parquet"


@dataclass(frozen=True)
class Kind:
    """One kind of damage, and what should become of it."""

    # in words
    name: str
    # does it
    do: Callable[[Scene], object]
    # what the sentence says was found
    found: str
    # the way back that the sentence names: restore, load, close, or take away what this gives
    mends: str | Callable[[Scene], object]
    # responses that pages show meanwhile; None where nothing is left to show
    shown: int | None = HELD[2]
    # whether pages say that loading is broken
    is_said: bool = True
    # whether a load is refused; else it is taken in
    refuses: bool = True


@dataclass(frozen=True)
class Outcome:
    """What became of one kind."""

    kind: Kind
    # the sentence
    sentence: str
    # seconds that verify took, and the way back
    found_in: float
    mended_in: float

    def row(self) -> str:
        """A line of the table of reliability."""
        kind = self.kind
        shown = (
            "nothing"
            if kind.shown is None
            else "the state before"
            if kind.shown < HELD[2]
            else "all"
        )
        shown += ", and that loading is broken" if kind.is_said and kind.shown is not None else ""
        load = "refused, nothing changed" if kind.refuses else "is taken in"
        way = kind.mends if isinstance(kind.mends, str) else "what the sentence says"
        return f"| {kind.name} | {self.found_in:.2f} s | {shown} | {load} | {way} | {self.mended_in:.2f} s |"


def flip(path: Path, place: float) -> None:
    """Turn one byte over, at that share of the file."""
    content = bytearray(path.read_bytes())
    content[min(int(len(content) * place), len(content) - 1)] ^= 0x41
    path.write_bytes(content)


def flip_used_block(scene: Scene) -> None:
    """Turn a byte over in a block of the warehouse that holds rows, and not in free space."""
    whole = scene.warehouse.read_bytes()
    for place in range(12_288 + 1_000, len(whole), 262_144):
        content = bytearray(whole)
        content[place] ^= 0x41
        scene.warehouse.write_bytes(content)
        try:
            with duckdb.connect(str(scene.warehouse), read_only=True) as connection:
                connection.table("incident").fetchall()
        except duckdb.Error:
            # It opens as ever, and breaks where rows are read.
            if _opens(scene.warehouse):
                return
    raise AssertionError("no block holds incidents")


def _opens(path: Path) -> bool:
    try:
        duckdb.connect(str(path), read_only=True).close()
    except duckdb.Error:
        return False
    return True


def cut(path: Path, keeps: float) -> None:
    """Leave that share of the file."""
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keeps)])


def to_folder(path: Path) -> None:
    """A folder in place of the file."""
    path.unlink()
    path.mkdir()


def to_link(path: Path) -> None:
    """A link in place of the file or folder, to where it lies now."""
    moved = path.parent.parent / f"moved-{path.name}"
    path.rename(moved)
    path.symlink_to(moved)


def resealed(scene: Scene) -> None:
    """Another number in the live snapshot, with checksums that fit it."""
    with duckdb.connect(str(scene.live)) as connection:
        connection.execute("update incident_count_month set contact_count = contact_count + 1")
    content = read_sealed(scene.manifest, "")
    del content["format"]
    content["files"][f"snapshots/{scene.live.name}"] = FileSeal.of(scene.live).__dict__
    write_sealed(scene.manifest, {"format": 1, **content})


def foreign_wal(scene: Scene) -> None:
    """A log of the engine that belongs to another database."""
    code = (
        "import duckdb, os, sys\n"
        "c = duckdb.connect(sys.argv[1])\n"
        "c.execute('create table a as select 1 as x'); os._exit(0)"
    )
    place = scene.store.parent / "foreign.duckdb"
    subprocess.run([sys.executable, "-c", code, str(place)], check=True)
    shutil.copy(place.with_name("foreign.duckdb.wal"), scene.wal)


def unlink(path: Path) -> None:
    """Take a file or a folder away."""
    if path.is_dir() and not path.is_symlink():
        shutil.rmtree(path)
    else:
        path.unlink()


def put_back(path: Path) -> None:
    """The file itself in place of the link to it."""
    moved = path.readlink()
    path.unlink()
    moved.rename(path)


BEFORE = HELD[1]
KINDS = (
    Kind("warehouse: byte of the first header flipped", lambda s: flip(s.warehouse, 0), "Corrupt database file", "restore", is_said=False),
    Kind("warehouse: byte of the file's mark flipped", lambda s: _flip_at(s.warehouse, 9), "not a valid DuckDB database", "restore", is_said=False),
    Kind("warehouse: byte of a block of rows flipped", flip_used_block, "Corrupt database file", "restore", is_said=False),
    Kind("warehouse: cut to half", lambda s: cut(s.warehouse, 0.5), "Could not read enough bytes", "restore", is_said=False),
    Kind("warehouse: last bytes missing", lambda s: cut(s.warehouse, 0.999), "Could not read enough bytes", "restore", is_said=False),
    Kind("warehouse: empty", lambda s: s.warehouse.write_bytes(b""), "not a valid DuckDB database", "restore"),
    Kind("warehouse: text in its place", lambda s: s.warehouse.write_bytes(b"no database" * 5000), "not a valid DuckDB database", "restore", is_said=False),
    Kind("warehouse: zeros in its place", lambda s: s.warehouse.write_bytes(bytes(s.warehouse.stat().st_size)), "not a valid DuckDB database", "restore", is_said=False),
    Kind("warehouse: missing", lambda s: s.warehouse.unlink(), "found [nothing]", "restore"),
    Kind("warehouse: a folder in its place", lambda s: to_folder(s.warehouse), "found [a folder]", "restore"),
    Kind("warehouse: a link in its place", lambda s: to_link(s.warehouse), "found [a link]", lambda s: put_back(s.warehouse)),
    Kind("warehouse: a link to nothing in its place", lambda s: (s.warehouse.unlink(), s.warehouse.symlink_to(s.store.parent / "new.duckdb")), "found [a link]", "restore"),
    Kind("warehouse: an older copy", lambda s: shutil.copy(s.older / "warehouse.duckdb", s.warehouse), "found [an older one, which ends with change 2]", "restore", is_said=False),
    Kind("warehouse: that of another store", lambda s: shutil.copy(s.other / "warehouse.duckdb", s.warehouse), "found [that of another store]", "restore", is_said=False),
    Kind("warehouse: log of another database beside it", foreign_wal, "WAL does not match database file", "restore", is_said=False),
    Kind("live snapshot: byte flipped", lambda s: flip(s.live, 0.5), "other content than was written", "load", BEFORE, refuses=False),
    Kind("live snapshot: cut to half", lambda s: cut(s.live, 0.5), "bytes instead of", "load", BEFORE, refuses=False),
    Kind("live snapshot: empty", lambda s: s.live.write_bytes(b""), "0 bytes instead of", "load", BEFORE, refuses=False),
    Kind("live snapshot: missing", lambda s: s.live.unlink(), "found [nothing]", "load", BEFORE, refuses=False),
    Kind("live snapshot: a folder in its place", lambda s: to_folder(s.live), "found [a folder]", lambda s: (s.live.rmdir(), _load(s)), BEFORE, refuses=False),
    Kind("live snapshot: a link in its place", lambda s: to_link(s.live), "found [a link]", lambda s: put_back(s.live), BEFORE),
    Kind("live snapshot: an older one under its name", lambda s: shutil.copy(s.live.with_name("snap-2-load-2.duckdb"), s.live), "found [", "load", BEFORE, refuses=False),
    Kind("live snapshot: another database under its name", lambda s: shutil.copy(s.warehouse, s.live), "bytes instead of", "load", BEFORE, refuses=False),
    Kind("live snapshot: another number, checksums made to fit", resealed, "to be what the facts make, found [another]", lambda s: (s.pointer.unlink(), _load(s)), None, is_said=False, refuses=False),
    Kind("older snapshot: byte flipped", lambda s: flip(s.live.with_name("snap-2-load-2.duckdb"), 0.5), "other content than was written", lambda s: [unlink(one) for one in s.live.parent.glob("snap-2-*")], is_said=False, refuses=False),
    Kind("older snapshot: missing", lambda s: s.live.with_name("snap-2-load-2.duckdb").unlink(), "found [nothing]", lambda s: [unlink(one) for one in s.store.glob("*/snap-2-*")], is_said=False, refuses=False),
    Kind("a newer snapshot that never went live", lambda s: shutil.copy(s.live, s.live.with_name("snap-9-load-9.duckdb")), "found [snap-9-load-9.duckdb], which never went live", lambda s: s.live.with_name("snap-9-load-9.duckdb").unlink(), is_said=False, refuses=False),
    Kind("a file with another name among the snapshots", lambda s: shutil.copy(s.live, s.live.with_name("snap-x.duckdb")), "found [snap-x.duckdb]", lambda s: s.live.with_name("snap-x.duckdb").unlink(), is_said=False, refuses=False),
    Kind("checksums: byte flipped", lambda s: flip(s.manifest, 0.5), "one that is not as it was written", "load", BEFORE, refuses=False),
    Kind("checksums: missing", lambda s: s.manifest.unlink(), "found [nothing]", "load", is_said=False, refuses=False),
    Kind("checksums: those of another snapshot", lambda s: shutil.copy(s.live.with_name("snap-2-load-2.json"), s.manifest), "found [that of snap-2-load-2.duckdb]", "load", BEFORE, refuses=False),
    Kind("pointer: missing", lambda s: s.pointer.unlink(), "found [nothing]", "load", refuses=False),
    Kind("pointer: unreadable", lambda s: s.pointer.write_bytes(b"\xff\xfe\x00snap"), "found [something unreadable]", "load", refuses=False),
    Kind("pointer: empty", lambda s: s.pointer.write_bytes(b""), "found [none]", "load", refuses=False),
    Kind("pointer: names a snapshot that is not there", lambda s: s.pointer.write_text("snap-404-load-3.duckdb\n"), "found [nothing]", "load", refuses=False),
    Kind("pointer: names a file elsewhere", lambda s: s.pointer.write_text("../../other/warehouse.duckdb\n"), "found [../../other/warehouse.duckdb]", "load", refuses=False),
    Kind("pointer: a folder in its place", lambda s: to_folder(s.pointer), "found [a folder]", lambda s: (s.pointer.rmdir(), _load(s))),
    Kind("pointer: a link in its place", lambda s: to_link(s.pointer), "found [a link]", lambda s: put_back(s.pointer)),
    Kind("rejected rows: byte flipped", lambda s: flip(s.rejected, 0.5), "other content than was written", "load", BEFORE, refuses=False),
    Kind("rejected rows: missing", lambda s: s.rejected.unlink(), "found [nothing]", "load", BEFORE, refuses=False),
    Kind("folder of snapshots: missing", lambda s: shutil.rmtree(s.live.parent), "found [nothing]", "load", None, refuses=False),
    Kind("folder of snapshots: a link in its place", lambda s: to_link(s.live.parent), "found [a link]", lambda s: put_back(s.live.parent), None),
    Kind("folder of snapshots: a file in its place", lambda s: (shutil.rmtree(s.live.parent), s.live.parent.write_text("")), "found [a file]", lambda s: (s.live.parent.unlink(), _load(s)), None),
    Kind("store: readable by others", lambda s: (s.store.chmod(0o755), s.warehouse.chmod(0o644)), "found [mode 755]", "close", is_said=False, refuses=False),
)  # fmt: skip


def _flip_at(path: Path, place: int) -> None:
    flip(path, place / path.stat().st_size)


def _load(scene: Scene) -> None:
    """Load the last log again, unchanged."""
    scene.city.load(calls("03-01", "03-28"))


def make_scene(folder: Path) -> Scene:
    """The store that every kind is done to, with what is needed beside it."""
    city = City(folder / "city")
    for first, last in (("01-01", "01-28"), ("02-01", "02-28"), ("03-01", "03-28")):
        if first == "03-01":
            shutil.copytree(city.store, folder / "older")
        city.load(calls(first, last))
    back_up(city.store, folder / "backup")
    shutil.copytree(city.store, folder / "another")
    with duckdb.connect(str(folder / "another" / "warehouse.duckdb")) as connection:
        # The same loads on other days: another city, whose log was as long.
        connection.execute("update load_log set loaded_at = loaded_at + interval 1 day")
    return Scene(city, folder / "another", folder / "older", folder / "backup")


def copy_scene(scene: Scene, folder: Path) -> Scene:
    """The same with a store of its own."""
    city = City(folder)
    shutil.copytree(scene.store, city.store)
    return Scene(city, scene.other, scene.older, scene.backup)


def try_kind(kind: Kind, scene: Scene, recovers: bool = True) -> Outcome:
    """What became of the damage; raises AssertionError where anything is not as the kind says."""
    kind.do(scene)
    if kind.mends != "close":
        # A test does not copy modes; that others could read is a kind of its own.
        make_private(scene.store)
    before = _state(scene.store)
    start = time.monotonic()
    sentence = _only_fault(scene.store)
    found_in = time.monotonic() - start
    assert kind.found in sentence, sentence
    assert SENTENCE.fullmatch(sentence), sentence
    assert _state(scene.store) == before, "to verify changed something"
    _look_at_pages(kind, scene)
    mended_in = 0.0
    if recovers:
        _try_load(kind, scene, before)
        start = time.monotonic()
        mended = _mend(kind, scene)
        mended_in = time.monotonic() - start
        assert verify(mended.store).faults == (), "the way back does not mend it"
        assert _shown(mended.store) == (HELD[2], "")
    let_go(scene.store)
    return Outcome(kind, sentence, found_in, mended_in)


def _only_fault(store: Path) -> str:
    """The one sentence that verify says."""
    try:
        faults = verify(store).faults
    except StoreProblem as problem:
        return str(problem)
    assert len(faults) == 1, faults
    return faults[0]


def _refusal(do: Callable[[], object]) -> str:
    """The sentence that it was refused with; empty where it was not."""
    try:
        do()
    except Problem as problem:
        return str(problem)
    return ""


def _look_at_pages(kind: Kind, scene: Scene) -> None:
    if kind.shown is None and kind.is_said:
        let_go(scene.store)
        assert SENTENCE.fullmatch(_refusal(lambda: shown_snapshot(scene.store)))
    elif kind.shown is not None:
        responses, said = _shown(scene.store)
        assert responses == kind.shown
        assert bool(said) == kind.is_said, said
        assert not said or SENTENCE.fullmatch(said), said


def _try_load(kind: Kind, scene: Scene, before: dict[str, bytes]) -> None:
    """A load of one more call, on a copy: refused in one sentence with nothing changed, or taken in and shown."""
    tried = copy_links(scene)
    said = _refusal(lambda: tried.city.load([*calls("03-01", "03-28"), MORE]))
    assert bool(said) == kind.refuses, said or "a load was taken in"
    if kind.refuses:
        assert SENTENCE.fullmatch(said), said
        changed = {name for name, held in _state(tried.store).items() if before.get(name) != held}
        # The sentence for the pages alone.
        assert changed <= {".loading-broken"}, changed
        if kind.shown is not None and "a link" not in kind.found:
            assert _shown(tried.store)[1], "pages do not say that loading is broken"
    else:
        assert _shown(tried.store) == (HELD[2] + 1, "")
    let_go(tried.store)
    shutil.rmtree(tried.store)


def copy_links(scene: Scene) -> Scene:
    """The damaged store once more, links as links."""
    folder = scene.store.parent / "tried"
    shutil.copytree(scene.store, folder / "store", symlinks=True)
    return Scene(City(folder), scene.other, scene.older, scene.backup)


def _mend(kind: Kind, scene: Scene) -> Scene:
    if kind.mends == "restore":
        restore(scene.backup, scene.store, replaces=True)
    elif kind.mends == "load":
        _load(scene)
    elif kind.mends == "close":
        make_private(scene.store)
    elif callable(kind.mends):
        kind.mends(scene)
    let_go(scene.store)
    return scene


def _shown(store: Path) -> tuple[int, str]:
    """Responses that pages show of the store, and what they say of loading; by a server that just started."""
    let_go(store)
    shown, said = shown_snapshot(store)
    return int(answer("responses", Selection(), shown).total.numerator), said


def let_go(store: Path) -> None:
    """Close what readers hold of the store, as a new server would not have it."""
    for path in [one for one in snapshot_module._open_snapshots if one.is_relative_to(store)]:
        snapshot_module._open_snapshots.pop(path).close()


def _state(store: Path) -> dict[str, bytes]:
    """Every file of the store, links unread."""
    found = {}
    for folder, _, names in os.walk(store):
        for name in names:
            path = Path(folder) / name
            place = path.relative_to(store).as_posix()
            found[place] = os.fsencode(path.readlink()) if path.is_symlink() else path.read_bytes()
    return found


def run_damage(folder: Path) -> list[Outcome]:
    """What became of every kind, one after the other; raises AssertionError where one is not as it says."""
    scene = make_scene(folder / "scene")
    outcomes = []
    for number, kind in enumerate(KINDS):
        place = folder / f"kind-{number}"
        outcomes.append(try_kind(kind, copy_scene(scene, place)))
        shutil.rmtree(place)
    return outcomes
