"""Compares two folders of written answers: which file, which section, and what each side says there."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

SECTION = "=== "
# What may differ between two trees, as a pattern and the word that both sides get in its place. Each entry is a
# difference that nobody will be told of: say why, and take it out when its issue is done.
ALLOWED = (
    # The framework draws an id for a file that is made when it is asked for.
    (re.compile(r'(deferred_file_id = )"[0-9a-f]+"'), r"\1<id>"),
    # So does pandas for a table whose cells have styles.
    (re.compile(r'(styler\.uuid = )"[0-9a-f]+"|#T_[0-9a-f]+(?=_)'), r"\1<id>"),
)
WIDTH = 150


@dataclass(frozen=True)
class Difference:
    """One section of one file that is not the same on both sides."""

    # the file, from the folder on
    file: str
    # the section's title; empty where the whole file is on one side alone
    section: str
    # lines that stand on the first side alone, in order
    before: tuple[str, ...]
    # lines that stand on the second side alone, in order
    after: tuple[str, ...]

    def told(self, most_lines: int) -> list[str]:
        """The difference in lines for a terminal: so many pairs of it, each cut to where it differs."""
        lines = [f"{self.file} | {self.section}"]
        for place in range(min(max(len(self.before), len(self.after)), most_lines)):
            old, new = (
                side[place] if place < len(side) else None for side in (self.before, self.after)
            )
            lines += _told_pair(old, new)
        left = max(len(self.before), len(self.after)) - most_lines
        return [*lines, f"    ... and {left:,} lines more"] if left > 0 else lines


def _told_pair(old: str | None, new: str | None) -> list[str]:
    """Both lines from a little before the first letter that differs."""
    start = 0
    if old is not None and new is not None:
        same = next(
            (at for at, (a, b) in enumerate(zip(old, new, strict=False)) if a != b),
            min(len(old), len(new)),
        )
        start = max(0, same - WIDTH // 2)
    return [
        f"    {sign} {'…' if start else ''}{line[start : start + WIDTH]}{'…' if len(line) > start + WIDTH else ''}"
        for sign, line in (("-", old), ("+", new))
        if line is not None
    ]


def compare_folders(before: Path, after: Path) -> list[Difference]:
    """Every section that differs, by file; what ALLOWED names is no difference."""
    names = sorted(
        {
            path.relative_to(folder).as_posix()
            for folder in (before, after)
            for path in folder.rglob("*.txt")
        }
    )
    return [found for name in names for found in _compare_files(name, before / name, after / name)]


def _compare_files(name: str, before: Path, after: Path) -> Iterator[Difference]:
    if not before.is_file() or not after.is_file():
        sides = [tuple(_sections(path)) if path.is_file() else () for path in (before, after)]
        yield Difference(name, "the whole file is on one side alone", *sides)
        return
    if before.read_bytes() == after.read_bytes():
        return
    old, new = _sections(before), _sections(after)
    for title in dict.fromkeys([*old, *new]):
        lines, others = old.get(title), new.get(title)
        if lines is None or others is None:
            yield Difference(
                name, f"{title} is on one side alone", tuple(lines or ()), tuple(others or ())
            )
        elif lines != others:
            gone, come = _beyond(lines, others), _beyond(others, lines)
            if not gone and not come:
                yield Difference(
                    name, f"{title}: the same lines in another order", *_first_moved(lines, others)
                )
            else:
                yield Difference(name, title, gone, come)


def _sections(path: Path) -> dict[str, list[str]]:
    """The lines of a file by the title of their section, with what may differ taken out."""
    text = path.read_text(encoding="utf-8")
    for pattern, word in ALLOWED:
        text = pattern.sub(word, text)
    sections: dict[str, list[str]] = {}
    for part in ("\n" + text).split(f"\n{SECTION}")[1:]:
        title, *lines = part.splitlines()
        # A page may be asked for twice; the second answer must not hide the first.
        while title in sections:
            title += " (again)"
        sections[title] = lines
    return sections


def _beyond(lines: list[str], others: list[str]) -> tuple[str, ...]:
    """The lines that the others lack, as often as they lack them, in order."""
    spare = Counter(others)
    found = []
    for line in lines:
        if spare[line]:
            spare[line] -= 1
        else:
            found.append(line)
    return tuple(found)


def _first_moved(lines: list[str], others: list[str]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    place = next(
        at for at, (line, other) in enumerate(zip(lines, others, strict=True)) if line != other
    )
    return (lines[place],), (others[place],)
