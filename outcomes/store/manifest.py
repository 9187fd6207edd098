"""The manifest of a snapshot: what its files were when it went live, so that it can be seen whether they still are."""

import hashlib
import json
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from outcomes.store.folder import SnapshotFile, in_place_of_file
from outcomes.store.problem import DamagedStore

FORMAT = 1


@dataclass(frozen=True)
class FileSeal:
    """One file as it was written."""

    # its size
    size: int
    # its SHA-256 in hexadecimal digits, as sha256sum prints it
    sha256: str

    @classmethod
    def of(cls, path: Path) -> "FileSeal":
        """What the file is now."""
        with path.open("rb") as stream:
            return cls(path.stat().st_size, hashlib.file_digest(stream, "sha256").hexdigest())


@dataclass(frozen=True)
class Manifest:
    """A snapshot and what belongs to it, as it went live."""

    # file name of the snapshot
    snapshot: str
    # digest of the loads that the warehouse had taken by then, see loads_digest
    loads: str
    # rows of each page table
    rows: dict[str, int]
    # its files by their place in the store; whatever is added here is checked
    files: dict[str, FileSeal]
    # digest of the rules by which it was built, see rules_digest; empty from before it was told
    rules: str = ""
    # where and when its files were written, by their place in the store, see file_stamp
    stamps: dict[str, str] = field(default_factory=dict)


def file_stamp(path: Path) -> str:
    """A file's number on its disk, when it was last written, and its size: whoever writes it changes that."""
    found = path.lstat()
    return f"{found.st_ino} {found.st_mtime_ns} {found.st_size}"


def loads_digest(loads: list[tuple[Any, ...]]) -> str:
    """Digest of loads by number, program and time: another one, and it is another store or another past."""
    return hashlib.sha256(repr(sorted(loads)).encode()).hexdigest()


def write_sealed(path: Path, content: dict[str, Any]) -> None:
    """Write a record with a digest of its own, so that damage to it is not taken for damage to what it tells of."""
    path.write_text(
        json.dumps({**content, "digest": _digest(content)}, indent=1) + "\n", encoding="utf-8"
    )


def read_sealed(path: Path, way_back: str) -> dict[str, Any]:
    """The record that was written there. Raises DamagedStore where it is not whole."""
    found = in_place_of_file(path)
    content: Any = None
    if found is None:
        try:
            content = json.loads(path.read_text(encoding="utf-8"))
            is_whole = content.pop("digest") == _digest(content) and content["format"] == FORMAT
        except (ValueError, KeyError, AttributeError, TypeError, OSError):
            is_whole = False
        found = None if is_whole else "one that is not as it was written"
    if found is not None:
        raise DamagedStore(
            f"Expected a list of checksums, found [{found}] at [{path}]; {way_back}."
        )
    return dict(content)


def _digest(content: dict[str, Any]) -> str:
    return hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest()


def write_manifest(path: Path, manifest: Manifest) -> None:
    """Write it; with a name that does not count yet until its snapshot goes live."""
    write_sealed(path, {"format": FORMAT, **asdict(manifest)})


def read_manifest(snapshot: SnapshotFile, way_back: str) -> Manifest:
    """The manifest of a snapshot. Raises DamagedStore where there is none, or it is not whole."""
    content = read_sealed(snapshot.manifest, way_back)
    if content["snapshot"] != snapshot.name:
        raise DamagedStore(
            f"Expected the list of checksums of this snapshot, found [that of {content['snapshot']}] at "
            f"[{snapshot.manifest}]; {way_back}."
        )
    files = {name: FileSeal(**seal) for name, seal in content["files"].items()}
    rules, stamps = content.get("rules", ""), content.get("stamps", {})
    return Manifest(content["snapshot"], content["loads"], content["rows"], files, rules, stamps)


def is_untouched(store: Path, manifest: Manifest) -> bool:
    """Whether no file was written since it was sealed. What the disk itself did to it only its checksum tells."""
    return bool(manifest.stamps) and all(
        in_place_of_file(store / name) is None
        and file_stamp(store / name) == manifest.stamps.get(name)
        for name in manifest.files
    )


def changed_file(store: Path, files: dict[str, FileSeal], way_back: str) -> str | None:
    """A sentence on the first file that is not as it was sealed; None where all are."""
    for name, seal in files.items():
        path = store / name
        found = in_place_of_file(path)
        if found is None:
            now = FileSeal.of(path)
            if now.size != seal.size:
                found = f"{now.size:,} bytes instead of {seal.size:,}"
            elif now != seal:
                found = "other content than was written"
        if found is not None:
            return f"Expected a whole file, found [{found}] at [{path}]; {way_back}."
    return None
