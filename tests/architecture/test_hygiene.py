"""Hygiene: short pages, documented functions, and nothing of the workshop left behind."""

import ast
import re
from pathlib import Path

from source_tree import PROJECT, is_page, modules, tree

PAGE_LINES = 60
ROUTER_LINES = 19
BANNED_NAMES = ("utils", "util", "helpers", "helper", "common", "misc")
BANNED_CALLS = ("print", "breakpoint", "eval", "exec")
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


def line_count(path: Path) -> int:
    return len(path.read_text(encoding="utf-8").splitlines())


def sources(root: Path) -> list[tuple[str, str, Path]]:
    """Every module of a project: its place as a text, its dotted name and its file."""
    return [
        (path.relative_to(root).as_posix(), name, path)
        for name, path in sorted(modules(root).items())
    ]


def long_or_defining_pages(root: Path) -> list[str]:
    found = []
    for place, name, path in sources(root):
        if is_page(name):
            defined = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)
            found += [
                f"{place}:{node.lineno} defines something"
                for node in ast.walk(tree(path))
                if isinstance(node, defined)
            ]
            if line_count(path) > PAGE_LINES:
                found.append(f"{place} has {line_count(path)} lines")
    return found


def test_pages_are_short_and_define_nothing(keeps):
    keeps(
        long_or_defining_pages,
        {"pages/growth.py": '"""A page."""\n' + "show()\n" * PAGE_LINES},
        {"pages/growth.py": "def draw():\n    show()"},
        {"pages/growth.py": "async def draw():\n    show()"},
        {"pages/growth.py": "class Page:\n    a = 1"},
        {"pages/growth.py": "show(lambda row: row)"},
        allowed={
            "pages/growth.py": "show()\n" * PAGE_LINES,
            "pages/shell/show.py": "def show():\n    draw()\n" * PAGE_LINES,
        },
    )


def long_routers(root: Path) -> list[str]:
    return [path.name for path in root.glob("app.py") if line_count(path) > ROUTER_LINES]


def test_router_is_short(keeps):
    assert (PROJECT / "app.py").is_file()
    keeps(long_routers, {"app.py": "run()\n" * (ROUTER_LINES + 1)})


def names_that_say_nothing(root: Path) -> list[str]:
    return [
        place
        for place, _, path in sources(root)
        if set(path.relative_to(root).with_suffix("").parts) & set(BANNED_NAMES)
    ]


def test_modules_have_names_that_say_something(keeps):
    keeps(
        names_that_say_nothing,
        {"outcomes/store/utils.py": ""},
        {"outcomes/common/__init__.py": ""},
        {"pages/shell/misc/cards.py": ""},
    )


def modules_without_a_docstring(root: Path) -> list[str]:
    return [place for place, _, path in sources(root) if not ast.get_docstring(tree(path))]


def test_modules_say_what_they_are(keeps):
    keeps(
        modules_without_a_docstring,
        {"outcomes/store/a.py": "A = 1"},
        {"pages/growth.py": "# A page.\nshow()"},
        {"pages/shell/show.py": 'A = 1\n"""Late."""'},
    )


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


def bare_functions(root: Path) -> list[str]:
    found = []
    for place, name, path in sources(root):
        for function in public_functions(tree(path)) if not is_page(name) else []:
            given = [*function.args.posonlyargs, *function.args.args, *function.args.kwonlyargs]
            given += [a for a in (function.args.vararg, function.args.kwarg) if a]
            hinted = all(a.annotation for a in given if a.arg not in ("self", "cls"))
            if not (ast.get_docstring(function) and function.returns and hinted):
                found.append(f"{place}:{function.lineno} {function.name}")
    return found


def test_public_functions_have_docstrings_and_type_hints(keeps):
    said = '    """Say."""'
    keeps(
        bare_functions,
        {"outcomes/store/a.py": "def f(a: int) -> int:\n    return a"},
        {"outcomes/store/a.py": f"def f(a: int):\n{said}"},
        {"outcomes/store/a.py": f"def f(a) -> int:\n{said}"},
        {"outcomes/store/a.py": f"def f(a, /) -> int:\n{said}"},
        {"outcomes/store/a.py": f"def f(*, a) -> int:\n{said}"},
        {"outcomes/store/a.py": f"def f(*a) -> int:\n{said}"},
        {"outcomes/store/a.py": f"def f(**a) -> int:\n{said}"},
        {"pages/shell/a.py": "class A:\n    def f(self) -> int:\n        return 1"},
        allowed={
            "outcomes/store/a.py": f"def f(a: int, *b: int, **c: int) -> int:\n{said}",
            "outcomes/store/b.py": "def _f(a):\n    return a",
            "outcomes/store/c.py": "class A:\n    @field_validator('a')\n    def f(cls, a):\n        return a",
        },
    )


def text_files(root: Path) -> list[Path]:
    """Files that people read, but for tests, caches and what is made while running."""
    found = []
    for path in sorted(root.rglob("*")):
        parts = path.relative_to(root).parts
        in_data = parts[0] == "data" and len(parts) > 1 and parts[1] in ("store", "demo")
        outside = parts[0] in SKIPPED_FOLDERS or "__pycache__" in parts or in_data
        if path.is_file() and not outside and path.name.endswith(TEXT_FILES):
            found.append(path)
    return found


def left_behind(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()}:{number}: {line.strip()[:80]}"
        for path in text_files(root)
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if LEFT_BEHIND.search(line)
    ]


def test_nothing_of_the_workshop_is_left_behind(keeps):
    keeps(
        left_behind,
        {"outcomes/store/a.py": "open('/work/" + "main/x')"},
        {"docs/a.md": "see shared/" + "design"},
        {"Makefile": "# written by " + "Claude"},
        {"queries/metric/a.sql": "-- /root/" + "a"},
        {"data/registry/a.csv": "name\nOpen" + "AI"},
        allowed={"tests/a.py": "see shared/" + "design", "data/store/a.csv": "/work/" + "a"},
    )


def test_scan_sees_the_project():
    seen = {path.relative_to(PROJECT).as_posix() for path in text_files(PROJECT)}
    assert {"pyproject.toml", "Makefile", "outcomes/answers/answer.py", "docs/methods.md"} <= seen
    assert any(place.startswith("queries/metric/") for place in seen)
    assert len(modules()) > 100


def banned_calls(root: Path) -> list[str]:
    return [
        f"{place}:{node.lineno} calls {node.func.id}"
        for place, _, path in sources(root)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id in BANNED_CALLS
    ]


def test_no_print_and_no_breakpoint(keeps):
    keeps(
        banned_calls,
        *({"outcomes/store/a.py": f"def f():\n    {call}('a')"} for call in BANNED_CALLS),
        allowed={"outcomes/store/a.py": "re.compile('print()')\nquery.exec('a')"},
    )


def strange_unit_folders(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()} stands in no folder of outcomes/"
        for path in sorted(root.glob("tests/unit/**/test_*.py"))
        if not (root / "outcomes" / path.parent.relative_to(root / "tests/unit")).is_dir()
    ]


def test_unit_tests_stand_in_folders_of_the_core(keeps):
    keeps(
        strange_unit_folders,
        {"tests/unit/odd/test_a.py": "", "outcomes/store/a.py": ""},
        {"tests/unit/store/odd/test_a.py": "", "outcomes/store/a.py": ""},
        allowed={"tests/unit/store/test_a.py": "", "outcomes/store/a.py": ""},
    )


def imported_tests(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()}:{node.lineno} imports {node.module}"
        for path in sorted(root.glob("tests/**/*.py"))
        for node in ast.walk(tree(path))
        if isinstance(node, ast.ImportFrom)
        and (node.module or "").split(".")[-1].startswith("test_")
    ]


def test_what_tests_share_stands_in_no_test(keeps):
    keeps(
        imported_tests,
        {"tests/unit/store/test_a.py": "from test_b import City"},
        {"tests/unit/store/test_a.py": "from tests.unit.cli.test_app import City"},
        allowed={"tests/unit/store/test_a.py": "from exported_city import City"},
    )
