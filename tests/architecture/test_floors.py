"""Floors: imports go down only, heavy packages stay where they belong, and nothing runs in a circle."""

import ast
import subprocess
import sys

import pytest
from source_tree import (
    FILE_MODULES,
    FLOORS,
    NUMBER_PACKAGES,
    PACKAGE_USERS,
    PAGE_MAY_IMPORT,
    PROJECT,
    STILL_TO_COME,
    SUBJECT_ARROWS,
    floor_of,
    imports,
    is_in,
    is_ours,
    modules,
    tree,
)

CORE = sorted(name for name in modules() if name.startswith("outcomes"))
LOWEST = sorted(name for name in modules() if floor_of(name) == 0)
NUMBERS_FLOOR = ("outcomes.metrics", "outcomes.statistics", "outcomes.disclosure")


def loaded_by(statement: str, packages: tuple[str, ...]) -> list[str]:
    """Which of the packages a fresh interpreter has loaded after the statement."""
    asked = f"import sys\n{statement}\nprint(*[p for p in {packages!r} if p in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def importing(names: list[str]) -> str:
    return "\n".join(f"import {name}" for name in names)


def test_every_module_has_a_floor():
    assert [name for name in modules() if floor_of(name) is None] == []


def test_floors_name_only_modules_that_exist():
    missing = {name for name in FLOORS if name not in modules() and name != "pages"}
    assert missing == set(STILL_TO_COME)


@pytest.mark.parametrize("name", sorted(modules()))
def test_imports_go_down(name: str):
    upward = {
        imported
        for imported in imports(name)
        if is_ours(imported) and (floor_of(imported) or 0) > (floor_of(name) or 0)
    }
    assert upward == set(), f"{name} stands on floor {floor_of(name)}"


def test_what_is_imported_exists():
    absent = {
        (name, imported)
        for name in modules()
        for imported in imports(name)
        if is_ours(imported) and imported not in modules() and imported != "pages.shell"
    }
    assert absent == set()


@pytest.mark.parametrize("package", PACKAGE_USERS)
def test_heavy_package_stays_with_its_users(package: str):
    users = {name for name in modules() if any(is_in(i, (package,)) for i in imports(name))}
    assert {name for name in users if not is_in(name, PACKAGE_USERS[package])} == set()


@pytest.mark.parametrize("name", [n for n in CORE if is_in(n, NUMBERS_FLOOR)])
def test_numbers_floor_reads_no_files_and_no_database(name: str):
    standard = {i for i in imports(name) if i.split(".")[0] in sys.stdlib_module_names}
    others = {i for i in imports(name) if not is_ours(i)} - standard
    assert {i for i in others if not is_in(i, NUMBER_PACKAGES)} == set()
    assert {i for i in standard if is_in(i, FILE_MODULES)} == set()
    calls = [n.func for n in ast.walk(tree(modules()[name])) if isinstance(n, ast.Call)]
    assert not [c for c in calls if isinstance(c, ast.Name) and c.id == "open"]


@pytest.mark.parametrize("name", LOWEST)
def test_lowest_floor_has_only_the_standard_library(name: str):
    others = {i for i in imports(name) if i.split(".")[0] not in sys.stdlib_module_names}
    assert {i for i in others if not is_in(i, ("outcomes.vocabulary",))} == set()


def test_pages_import_only_what_they_may():
    pages = [
        n
        for n in modules()
        if n.startswith("pages.") and not is_in(n, ("pages.shell", "pages.panels"))
    ]
    for name in pages:
        found = {i for i in imports(name) if not is_in(i, ("streamlit", *PAGE_MAY_IMPORT))}
        assert found == set(), name


def subject_of(name: str) -> str | None:
    """Folder of outcomes/analyses that a module stands in."""
    parts = name.split(".")
    return parts[2] if parts[:2] == ["outcomes", "analyses"] and len(parts) > 3 else None


def test_subjects_use_each_other_only_where_listed():
    found: dict[str, set[str]] = {}
    for name in modules():
        for imported in imports(name):
            source, other = subject_of(name), subject_of(imported)
            if source and other and source != other:
                found.setdefault(source, set()).add(other)
    assert found == {subject: set(others) for subject, others in SUBJECT_ARROWS.items()}


def test_imports_run_in_no_circle():
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join([*path[path.index(name) :], name])
        if name not in done:
            for imported in sorted(imports(name) & set(modules())):
                visit(imported, (*path, name))
            done.add(name)

    for name in sorted(modules()):
        visit(name, ())


def test_core_loads_no_streamlit():
    assert loaded_by(importing(CORE), ("streamlit", "pages")) == []


def test_numbers_floor_loads_no_database_and_no_charts():
    names = [name for name in CORE if is_in(name, NUMBERS_FLOOR)]
    assert loaded_by(importing(names), ("duckdb", "plotly", "streamlit")) == []


def test_lowest_floor_loads_nothing_heavy():
    heavy = ("duckdb", "plotly", "pandas", "numpy", "scipy", "pydantic")
    assert loaded_by("import outcomes.vocabulary.log, outcomes.selection", heavy) == []


def test_an_answer_starts_without_the_slow_packages():
    slow = ("scipy.stats", "statsmodels", "plotly", "plotly.express")
    assert loaded_by("import outcomes.answers.answer", slow) == []


def test_command_line_starts_without_the_slow_packages():
    assert loaded_by("import outcomes.cli.app", ("duckdb", "pandas", "scipy", "plotly")) == []
