"""Hygiene: short pages, documented functions, and nothing of the workshop left behind."""

import ast
import re
from pathlib import Path

import pytest
from source_tree import PROJECT, modules, tree

PAGE_LINES = 60
BANNED_NAMES = ("utils", "util", "helpers", "helper", "common", "misc")
TEXT_FILES = (
    ".py",
    ".sql",
    ".toml",
    ".md",
    ".csv",
    ".yml",
    ".yaml",
    ".txt",
    ".cfg",
    ".json",
    "Makefile",
)
# Places of the machines that this was written on, and names of what wrote it.
LEFT_BEHIND = re.compile(
    r"/work/|/tmp/venv|/root/|\bshared/|/mnt/data|\bclaude\b|\banthropic\b|\bchatgpt\b|\bopenai\b|"
    r"\bsubagent\b|Co-Authored-By",
    re.IGNORECASE,
)
SKIPPED_FOLDERS = (
    ".git",
    "tests",
    "store",
    "demo",
    ".venv",
    "__pycache__",
    ".pytest_cache",
    ".ruff_cache",
    ".mypy_cache",
    ".hypothesis",
    "test-results",
)


def pages() -> list[Path]:
    return sorted((PROJECT / "pages").glob("*.py"))


def core() -> list[Path]:
    return sorted(path for path in modules().values() if path.parent != PROJECT / "pages")


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def where(path: Path) -> str:
    return path.relative_to(PROJECT).as_posix()


def text_files() -> list[Path]:
    found = []
    for path in sorted(PROJECT.rglob("*")):
        parts = path.relative_to(PROJECT).parts
        in_data = parts[0] == "data" and len(parts) > 1 and parts[1] in ("store", "demo")
        outside = parts[0] in SKIPPED_FOLDERS or "__pycache__" in parts or in_data
        if path.is_file() and not outside and path.name.endswith(TEXT_FILES):
            found.append(path)
    return found


@pytest.mark.parametrize("path", pages(), ids=where)
def test_page_is_short_and_defines_nothing(path: Path):
    assert line_count(path) <= PAGE_LINES
    defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
    assert not [node for node in ast.walk(tree(path)) if isinstance(node, defined)]
    assert ast.get_docstring(tree(path))


def test_router_is_short():
    assert line_count(PROJECT / "app.py") < 20


@pytest.mark.parametrize("path", sorted(modules().values()), ids=where)
def test_module_has_a_name_that_says_something(path: Path):
    assert not set(path.relative_to(PROJECT).with_suffix("").parts) & set(BANNED_NAMES)


@pytest.mark.parametrize("path", core(), ids=where)
def test_module_says_what_it_is(path: Path):
    assert ast.get_docstring(tree(path))


def public_functions(source: ast.Module) -> list[ast.FunctionDef]:
    """Public functions and methods; what pydantic calls by itself is not public."""
    found = []
    for parent in ast.walk(source):
        if isinstance(parent, ast.ClassDef | ast.Module):
            for node in parent.body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    names = {
                        ast.unparse(decorator).split("(")[0] for decorator in node.decorator_list
                    }
                    if not names & {"model_validator", "field_validator"}:
                        found.append(node)
    return found


@pytest.mark.parametrize("path", core(), ids=where)
def test_public_functions_have_docstrings_and_type_hints(path: Path):
    bare = []
    for function in public_functions(tree(path)):
        given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
        given += [a for a in (function.args.vararg, function.args.kwarg) if a]
        hinted = all(a.annotation for a in given if a.arg not in ("self", "cls"))
        if not (ast.get_docstring(function) and function.returns and hinted):
            bare.append(function.name)
    assert bare == []


def test_nothing_of_the_workshop_is_left_behind():
    found = [
        f"{where(path)}:{number}: {line.strip()[:80]}"
        for path in text_files()
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LEFT_BEHIND.search(line)
    ]
    assert found == []


def test_scan_sees_the_project():
    seen = {where(path) for path in text_files()}
    assert {
        "pyproject.toml",
        "outcomes/answers/answer.py",
        "queries/metric/calls_by_area.sql",
    } <= seen
    assert LEFT_BEHIND.search("open('/work/" + "main/x')")
    assert LEFT_BEHIND.search("see shared/" + "design")


@pytest.mark.parametrize("path", sorted(modules().values()), ids=where)
def test_no_print_and_no_breakpoint(path: Path):
    calls = [
        n.func.id
        for n in ast.walk(tree(path))
        if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)
    ]
    assert not {"print", "breakpoint", "eval", "exec"} & set(calls)
