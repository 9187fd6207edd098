"""Floors: imports go down only, heavy packages stay where they belong, and nothing runs in a circle."""

import ast
import subprocess
import sys
from pathlib import Path

from source_tree import (
    FILE_MODULES,
    FLAT_MODULES,
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
    is_page,
    modules,
    subject_of,
    tree,
)

CORE = sorted(name for name in modules() if name.startswith("outcomes"))
NUMBERS_FLOOR = ("outcomes.metrics", "outcomes.statistics", "outcomes.disclosure")


def arrows(root: Path) -> list[tuple[str, str, str]]:
    """Every import of a project: the file, its dotted name and what it imports."""
    return [
        (path.relative_to(root).as_posix(), name, imported)
        for name, path in sorted(modules(root).items())
        for imported in sorted(imports(name, root))
    ]


def is_standard(name: str) -> bool:
    return name.split(".")[0] in sys.stdlib_module_names


def modules_without_a_floor(root: Path) -> list[str]:
    return [
        path.relative_to(root).as_posix()
        for name, path in modules(root).items()
        if floor_of(name) is None
    ]


def test_every_module_has_a_floor(keeps):
    keeps(modules_without_a_floor, {"outcomes/new.py": ""}, {"outcomes/new/a.py": ""})


def test_floors_name_only_what_exists():
    missing = {name for name in FLOORS if name not in modules() and name != "pages"}
    assert missing == set(STILL_TO_COME)


def flat_modules(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()} stands in no folder of outcomes/"
        for path in sorted(root.glob("outcomes/*.py"))
        if path.stem not in FLAT_MODULES
    ]


def test_core_modules_stand_in_folders(keeps):
    keeps(flat_modules, {"outcomes/officer_time.py": ""})


def relative_imports(root: Path) -> list[str]:
    return [
        f"{place} imports {imported}"
        for place, _, imported in arrows(root)
        if imported.startswith(".")
    ]


def test_imports_are_written_in_full(keeps):
    keeps(
        relative_imports,
        {"outcomes/store/a.py": "from . import warehouse"},
        {"outcomes/store/a.py": "from ..selection import Selection"},
    )


def upward_imports(root: Path) -> list[str]:
    return [
        f"{place} on floor {floor_of(name)} imports {imported} on floor {floor_of(imported)}"
        for place, name, imported in arrows(root)
        if is_ours(imported) and (floor_of(imported) or 0) > (floor_of(name) or 0)
    ]


def test_imports_go_down(keeps):
    keeps(
        upward_imports,
        {"outcomes/metrics/a.py": "import outcomes.store.snapshot"},
        {"outcomes/store/a.py": "def f():\n    from outcomes.answers.answer import answer"},
        {"outcomes/answers/a.py": "from outcomes.presentation import tables"},
        {"outcomes/presentation/a.py": "from outcomes.analyses.growth.text import t"},
        {"outcomes/analyses/demand/a.py": "from outcomes.upload import step"},
        {"outcomes/cli/a.py": "from pages.shell import cards"},
        {"pages/panels/a.py": "import app"},
        allowed={"outcomes/answers/a.py": "import outcomes.store.snapshot, outcomes.answers.b"},
    )


def imports_of_nothing(root: Path) -> list[str]:
    known = {*modules(), *modules(root)}
    return [
        f"{place} imports {imported}, which is not there"
        for place, _, imported in arrows(root)
        if is_ours(imported) and imported not in known
    ]


def test_what_is_imported_exists(keeps):
    keeps(imports_of_nothing, {"outcomes/cli/a.py": "import outcomes.store.gone"})


def heavy_packages_elsewhere(root: Path) -> list[str]:
    return [
        f"{place} imports {imported}"
        for place, name, imported in arrows(root)
        for package, users in PACKAGE_USERS.items()
        if is_in(imported, (package,)) and not is_in(name, users)
    ]


def test_heavy_packages_stay_with_their_users(keeps):
    keeps(
        heavy_packages_elsewhere,
        {"outcomes/answers/a.py": "import duckdb"},
        {"outcomes/demo/a.py": "from duckdb import connect"},
        {"outcomes/analyses/growth/analysis.py": "import plotly.express"},
        {"outcomes/presentation/export.py": "from plotly import io"},
        {"pages/shell/show.py": "import plotly"},
        {"pages/panels/upload/trial.py": "def f():\n    import plotly.graph_objects"},
        {"outcomes/upload/step.py": "import streamlit"},
        {"outcomes/analyses/growth/figure.py": "from streamlit import cache_data"},
        allowed={
            "outcomes/analyses/growth/figure.py": "import plotly",
            "outcomes/presentation/charts/a.py": "import plotly",
            "pages/shell/a.py": "import streamlit",
            "outcomes/store/a.py": "import duckdb",
        },
    )


def test_every_user_of_a_heavy_package_uses_it():
    for package, users in PACKAGE_USERS.items():
        found = {n for n in modules() if any(is_in(i, (package,)) for i in imports(n))}
        assert [one for one in users if not any(is_in(name, (one,)) for name in found)] == []


def files_and_databases_among_numbers(root: Path) -> list[str]:
    found = [
        f"{place} imports {imported}"
        for place, name, imported in arrows(root)
        if is_in(name, NUMBERS_FLOOR) and not is_ours(imported)
        if (is_standard(imported) and is_in(imported, FILE_MODULES))
        or not (is_standard(imported) or is_in(imported, NUMBER_PACKAGES))
    ]
    return found + [
        f"{path.relative_to(root).as_posix()}:{node.lineno} opens a file"
        for name, path in modules(root).items()
        if is_in(name, NUMBERS_FLOOR)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "open"
    ]


def test_numbers_floor_reads_no_files_and_no_database(keeps):
    keeps(
        files_and_databases_among_numbers,
        {"outcomes/metrics/a.py": "from pathlib import Path"},
        {"outcomes/statistics/a.py": "import json"},
        {"outcomes/statistics/a.py": "import os.path"},
        {"outcomes/disclosure/a.py": "import pydantic"},
        {"outcomes/disclosure/a.py": "def f():\n    return open('a')"},
        allowed={"outcomes/statistics/a.py": "import math\nimport scipy.stats\nimport pandas"},
    )


def packages_on_the_lowest_floor(root: Path) -> list[str]:
    return [
        f"{place} imports {imported}"
        for place, name, imported in arrows(root)
        if floor_of(name) == 0
        and not is_standard(imported)
        and not is_in(imported, ("outcomes.vocabulary",))
    ]


def test_lowest_floor_has_only_the_standard_library(keeps):
    keeps(
        packages_on_the_lowest_floor,
        {"outcomes/selection.py": "import pandas"},
        {"outcomes/vocabulary/labels.py": "import outcomes.selection"},
        allowed={"outcomes/selection.py": "import enum\nimport outcomes.vocabulary.log"},
    )


def strange_imports_of_pages(root: Path) -> list[str]:
    return [
        f"{place} imports {imported}"
        for place, name, imported in arrows(root)
        if is_page(name) and not is_in(imported, ("streamlit", *PAGE_MAY_IMPORT))
    ]


def test_pages_import_only_what_they_may(keeps):
    keeps(
        strange_imports_of_pages,
        {"pages/growth.py": "import pandas"},
        {"pages/growth.py": "from outcomes.analyses.growth import analysis"},
        {"pages/growth.py": "from outcomes.store.snapshot import Snapshot"},
        allowed={"pages/growth.py": "import streamlit\nfrom pages.panels.growth import draw"},
    )


def arrows_between_subjects(root: Path) -> list[tuple[str, str, str]]:
    """Imports of one subject by another: the file and both subjects."""
    return [
        (place, source, other)
        for place, name, imported in arrows(root)
        if (source := subject_of(name)) and (other := subject_of(imported)) and source != other
    ]


def unlisted_arrows_between_subjects(root: Path) -> list[str]:
    return [
        f"{place} uses {other}"
        for place, source, other in arrows_between_subjects(root)
        if other not in SUBJECT_ARROWS.get(source, ())
    ]


def test_subjects_use_each_other_only_where_listed(keeps):
    keeps(
        unlisted_arrows_between_subjects,
        {"outcomes/analyses/growth/a.py": "import outcomes.analyses.claims.analysis"},
        {"outcomes/analyses/growth/text.py": "from outcomes.analyses.demand import text"},
        allowed={"outcomes/analyses/growth/a.py": "import outcomes.analyses.growth.text"},
    )


def test_the_list_of_arrows_between_subjects_has_shrunk_with_them():
    used = {(source, other) for _, source, other in arrows_between_subjects(PROJECT)}
    listed = {(source, other) for source, others in SUBJECT_ARROWS.items() for other in others}
    assert listed - used == set()


def sentences_in_analyses(root: Path) -> list[str]:
    """Imports of a text, a table or a figure by the numbers of a subject."""
    return [
        f"{place} imports {imported}"
        for place, name, imported in arrows(root)
        if is_in(name, ("outcomes.analyses.*.analysis",))
        and subject_of(imported)
        and imported.split(".")[-1] in ("text", "tables", "figure")
    ]


def test_numbers_know_no_sentences_tables_and_figures(keeps):
    keeps(
        sentences_in_analyses,
        {"outcomes/analyses/growth/analysis.py": "import outcomes.analyses.growth.text"},
        {
            "outcomes/analyses/growth/analysis.py": "from outcomes.analyses.growth import tables",
            "outcomes/analyses/growth/tables.py": "",
        },
        {"outcomes/analyses/claims/analysis.py": "from outcomes.analyses.growth.figure import a"},
        allowed={"outcomes/analyses/growth/text.py": "import outcomes.analyses.growth.tables"},
    )


def circles(root: Path) -> list[str]:
    """One line for each circle that a walk over the imports meets."""
    found: list[str] = []
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        if name in path:
            around = [modules(root)[one].relative_to(root) for one in path[path.index(name) :]]
            found.append(" -> ".join(one.as_posix() for one in around))
        elif name not in done:
            for imported in sorted(imports(name, root) & set(modules(root))):
                visit(imported, (*path, name))
            done.add(name)

    for name in sorted(modules(root)):
        visit(name, ())
    return found


def test_imports_run_in_no_circle(keeps):
    a, b, c = (f"outcomes/store/{one}.py" for one in "abc")
    keeps(
        circles,
        {a: "import outcomes.store.a"},
        {a: "import outcomes.store.b", b: "import outcomes.store.a"},
        {
            a: "import outcomes.store.b",
            b: "def f():\n    from outcomes.store import c",
            c: "import outcomes.store.a",
        },
        allowed={
            a: "import outcomes.store.b\nimport outcomes.store.c",
            b: "import outcomes.store.c",
            c: "",
        },
    )


def loaded_by(names: list[str], packages: tuple[str, ...]) -> list[str]:
    """Which of the packages a fresh interpreter has loaded after it imported the modules."""
    statement = "\n".join(f"import {name}" for name in names)
    asked = f"import sys\n{statement}\nprint(*[p for p in {packages!r} if p in sys.modules])"
    done = subprocess.run(
        [sys.executable, "-c", asked], cwd=PROJECT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.split()


def test_a_package_that_is_loaded_is_seen():
    assert loaded_by(["outcomes.store.snapshot"], ("plotly", "duckdb")) == ["duckdb"]


def test_core_loads_no_streamlit():
    assert loaded_by(CORE, ("streamlit", "pages")) == []


def test_pages_load_nothing_that_writes_documents():
    """A reader who asks for no document waits for none of what makes them."""
    names = [one for one in modules(PROJECT) if one.startswith(("pages.shell", "pages.panels"))]
    assert "pages.shell.packet" in names
    assert loaded_by(names, ("pptx", "lxml", "xlsxwriter", "typst", "openpyxl", "pypdf")) == []


def test_numbers_floor_loads_no_database_and_no_charts():
    names = [name for name in CORE if is_in(name, NUMBERS_FLOOR)]
    assert loaded_by(names, ("duckdb", "plotly", "streamlit")) == []


def test_lowest_floor_loads_nothing_heavy():
    names = [name for name in CORE if floor_of(name) == 0]
    assert {"outcomes.vocabulary.log", "outcomes.selection"} <= set(names)
    heavy = ("duckdb", "plotly", "pandas", "numpy", "scipy", "pydantic")
    assert loaded_by(names, heavy) == []


def test_an_answer_starts_without_the_slow_packages():
    slow = ("scipy.stats", "statsmodels", "plotly", "plotly.express")
    assert loaded_by(["outcomes.answers.answer"], slow) == []


def test_command_line_starts_without_the_slow_packages():
    assert loaded_by(["outcomes.cli.app"], ("duckdb", "pandas", "scipy", "plotly")) == []
