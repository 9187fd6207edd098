"""The project's source files, their imports and the few lists that the architecture tests hold them to."""

import ast
from fnmatch import fnmatch
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

# Floor of every folder, and of the few modules that stand in no subject. Imports go down, or stay on the floor.
# A new module needs no entry: it is on the floor of its folder.
FLOORS = {
    "outcomes": 0,
    "outcomes.vocabulary": 0,
    "outcomes.selection": 0,
    "outcomes.metrics": 1,
    "outcomes.statistics": 1,
    "outcomes.disclosure": 1,
    "outcomes.settings": 2,
    "outcomes.store": 2,
    "outcomes.registry": 2,
    "outcomes.ingest": 2,
    "outcomes.demo": 2,
    "outcomes.answers": 3,
    "outcomes.presentation": 4,
    "outcomes.analyses": 5,
    "outcomes.figures": 5,
    "outcomes.cli": 6,
    "outcomes.upload": 6,
    "outcomes.packet": 6,
    "outcomes.__main__": 6,
    "pages.shell": 7,
    "pages.panels": 7,
    "pages": 8,
    "app": 8,
}

# Folders that the design names and that are not there yet; an entry goes when its folder comes.
STILL_TO_COME: tuple[str, ...] = ()

# Subjects of outcomes/analyses that may use another one. This list may only shrink.
SUBJECT_ARROWS: dict[str, tuple[str, ...]] = {
    "claims": ("growth",),
    "officer_time": ("published",),
}

# The only modules that stand in no folder of outcomes/.
FLAT_MODULES = ("__init__", "__main__", "selection", "settings")

# Who may import a heavy package at all; nobody else may. A star is one name of a module.
PACKAGE_USERS = {
    "duckdb": ("outcomes.store", "outcomes.ingest", "outcomes.registry"),
    "plotly": ("outcomes.presentation.charts", "outcomes.analyses.*.figure"),
    "streamlit": ("pages", "app"),
}

# What floor 1 may import beside the floors below: numbers, no files and no database.
NUMBER_PACKAGES = ("numpy", "pandas", "scipy", "statsmodels")
FILE_MODULES = ("pathlib", "os", "io", "shutil", "tempfile", "csv", "json", "sqlite3")

# What a page may import of the project.
PAGE_MAY_IMPORT = ("pages.shell", "pages.panels", "outcomes.metrics", "outcomes.vocabulary")


@cache
def modules(root: Path = PROJECT) -> dict[str, Path]:
    """Source file of every module of a project, by its dotted name."""
    found = {}
    for path in [*root.glob("outcomes/**/*.py"), *root.glob("pages/**/*.py"), *root.glob("app.py")]:
        name = ".".join(path.relative_to(root).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    return found


@cache
def tree(path: Path) -> ast.Module:
    """Syntax tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports(name: str, root: Path = PROJECT) -> frozenset[str]:
    """Dotted names that a module imports anywhere in it, also inside functions."""
    # What is planted in a folder of its own may import the project's modules.
    known = {*modules(), *modules(root)}
    found: set[str] = set()
    for node in ast.walk(tree(modules(root)[name])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            # A dot for each step that the import is relative; a rule forbids these.
            source = "." * node.level + (node.module or "")
            submodules = {f"{source}.{alias.name}" for alias in node.names} & known
            found |= submodules
            others = [a for a in node.names if f"{source}.{a.name}" not in submodules]
            if others or source not in known:
                found.add(source)
    return frozenset(found)


def is_in(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the packages or lies inside one."""
    return any(fnmatch(name, package) or fnmatch(name, f"{package}.*") for package in packages)


def floor_of(name: str) -> int | None:
    """Floor of a module: that of its nearest package with one; None where there is none."""
    # A core module stands in the list itself or in a package that does, never under "outcomes" at large.
    parts = name.split(".")
    for length in range(len(parts), 0, -1):
        prefix = ".".join(parts[:length])
        if prefix == "outcomes" and length < len(parts):
            return None
        if prefix in FLOORS:
            return FLOORS[prefix]
    return None


def is_ours(name: str) -> bool:
    """Whether a dotted name is a module of this project."""
    return name.split(".")[0] in ("outcomes", "pages", "app")


def is_page(name: str) -> bool:
    """Whether a dotted name is a page's: directly in pages/, neither shell nor panel."""
    return name.startswith("pages.") and not is_in(name, ("pages.shell", "pages.panels"))


def subject_of(name: str) -> str | None:
    """Folder of outcomes/analyses that a module stands in; None where it stands in none."""
    parts = name.split(".")
    return parts[2] if parts[:2] == ["outcomes", "analyses"] and len(parts) > 3 else None
