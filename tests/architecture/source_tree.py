"""The project's source files, their imports and the few lists that the architecture tests hold them to."""

import ast
from functools import cache
from pathlib import Path

PROJECT = Path(__file__).resolve().parents[2]

# Floor of every module, or of every module in a package. Imports go down, or stay on the floor.
FLOORS = {
    "outcomes": 0,
    "outcomes.vocabulary": 0,
    "outcomes.labels": 0,
    "outcomes.selection": 0,
    "outcomes.registry.words": 0,
    "outcomes.registry.counting_rule": 0,
    "outcomes.metrics": 1,
    "outcomes.statistics": 1,
    "outcomes.disclosure": 1,
    "outcomes.store": 2,
    "outcomes.load": 2,
    "outcomes.demo": 2,
    "outcomes.registry": 2,
    "outcomes.settings": 3,
    "outcomes.asked": 3,
    "outcomes.counting": 3,
    "outcomes.durations": 3,
    "outcomes.change": 3,
    "outcomes.notes": 3,
    "outcomes.answers": 3,
    "outcomes.answer_cells": 3,
    "outcomes.rendering": 3,
    "outcomes.quality": 3,
    "outcomes.funnel": 3,
    "outcomes.demand": 3,
    "outcomes.demand_words": 3,
    "outcomes.service_hours": 3,
    "outcomes.sentences": 3,
    "outcomes.row_words": 3,
    "outcomes.figures": 3,
    "outcomes.officer_assumptions": 3,
    "outcomes.officer_method": 3,
    "outcomes.officer_published": 3,
    "outcomes.officer_time": 3,
    "outcomes.officer_words": 3,
    "outcomes.packet": 3,
    "outcomes.police_time": 3,
    "outcomes.methods": 3,
    "outcomes.growth": 3,
    "outcomes.growth_sentences": 3,
    "outcomes.citations": 3,
    "outcomes.claims": 3,
    "outcomes.evidence": 3,
    "outcomes.recording": 3,
    "outcomes.profile_commands": 3,
    "outcomes.profile_answers": 3,
    "outcomes.workplace": 3,
    "outcomes.load_words": 3,
    "outcomes.load_step": 3,
    "outcomes.registry_commands": 3,
    "outcomes.registry_files": 3,
    "outcomes.registry_tables": 3,
    "outcomes.published_citations": 3,
    "outcomes.published_outcomes": 3,
    "outcomes.published_rates": 3,
    "outcomes.published_sentences": 3,
    "outcomes.published_tables": 3,
    "outcomes.tables": 3,
    "outcomes.outcome_tables": 3,
    "outcomes.side_by_side": 3,
    "outcomes.left_out": 3,
    "outcomes.call_mix": 3,
    "outcomes.call_mix_words": 3,
    "outcomes.clauses": 3,
    "outcomes.program_comparison": 3,
    "outcomes.comparison_tables": 3,
    "outcomes.comparison_words": 3,
    "outcomes.reader_target": 3,
    "outcomes.time_tables": 3,
    "outcomes.usual": 3,
    "outcomes.before_after": 3,
    "outcomes.rare_events": 3,
    "outcomes.usual_months": 3,
    "outcomes.usual_sentences": 3,
    "outcomes.usual_table": 3,
    "outcomes.demonstration": 3,
    "outcomes.rejected": 3,
    "outcomes.command_parts": 3,
    "outcomes.store_commands": 3,
    "outcomes.cli": 3,
    "outcomes.__main__": 3,
    "pages.shell": 4,
    "pages": 5,
    "app": 5,
}

# Modules that the design names and that are not written yet; an entry goes when its module comes.
STILL_TO_COME = ("outcomes.packet",)

# Who may import a heavy package at all; nobody else may.
PACKAGE_USERS = {
    "duckdb": ("outcomes.store", "outcomes.load", "outcomes.demo"),
    "plotly": ("outcomes.figures",),
    "streamlit": ("app", "pages"),
}

# What floor 1 may import beside the floors below: numbers, no files and no database.
NUMBER_PACKAGES = ("numpy", "pandas", "scipy", "statsmodels")
FILE_MODULES = ("pathlib", "os", "io", "shutil", "tempfile", "csv", "json", "sqlite3")

# What a page may import of the project.
PAGE_MAY_IMPORT = ("pages.shell", "outcomes.metrics", "outcomes.vocabulary")

# What the shell may import of the project; a permission that nothing uses fails.
SHELL_MAY_IMPORT = (
    "pages.shell",
    "outcomes.answers",
    "outcomes.before_after",
    "outcomes.call_mix",
    "outcomes.call_mix_words",
    "outcomes.change",
    "outcomes.citations",
    "outcomes.claims",
    "outcomes.comparison_tables",
    "outcomes.comparison_words",
    "outcomes.demand",
    "outcomes.demand_words",
    "outcomes.demonstration",
    "outcomes.disclosure",
    "outcomes.evidence",
    "outcomes.figures",
    "outcomes.funnel",
    "outcomes.growth",
    "outcomes.growth_sentences",
    "outcomes.labels",
    "outcomes.load",
    "outcomes.load_step",
    "outcomes.load_words",
    "outcomes.left_out",
    "outcomes.methods",
    "outcomes.metrics",
    "outcomes.outcome_tables",
    "outcomes.officer_assumptions",
    "outcomes.officer_method",
    "outcomes.officer_published",
    "outcomes.officer_time",
    "outcomes.officer_words",
    "outcomes.rare_events",
    "outcomes.reader_target",
    "outcomes.recording",
    "outcomes.registry",
    "outcomes.registry_files",
    "outcomes.registry_tables",
    "outcomes.profile_answers",
    "outcomes.published_citations",
    "outcomes.published_outcomes",
    "outcomes.published_rates",
    "outcomes.published_sentences",
    "outcomes.published_tables",
    "outcomes.program_comparison",
    "outcomes.quality",
    "outcomes.rejected",
    "outcomes.rendering",
    "outcomes.selection",
    "outcomes.row_words",
    "outcomes.sentences",
    "outcomes.settings",
    "outcomes.side_by_side",
    "outcomes.store",
    "outcomes.tables",
    "outcomes.time_tables",
    "outcomes.usual",
    "outcomes.usual_months",
    "outcomes.usual_sentences",
    "outcomes.usual_table",
    "outcomes.vocabulary",
    "outcomes.workplace",
)

# Core modules over the limit of lines, with the reason. This list may only shrink.
LONG_MODULES: dict[str, str] = {}


@cache
def modules() -> dict[str, Path]:
    """Source file of every module of the project, by its dotted name."""
    found = {}
    for path in [*PROJECT.glob("outcomes/**/*.py"), *PROJECT.glob("pages/**/*.py")]:
        name = ".".join(path.relative_to(PROJECT).with_suffix("").parts)
        found[name.removesuffix(".__init__")] = path
    if (PROJECT / "app.py").is_file():
        found["app"] = PROJECT / "app.py"
    return found


@cache
def tree(path: Path) -> ast.Module:
    """Syntax tree of a source file."""
    return ast.parse(path.read_text(encoding="utf-8"), str(path))


@cache
def imports(name: str) -> frozenset[str]:
    """Dotted names that a module imports anywhere in it, also inside functions."""
    found: set[str] = set()
    for node in ast.walk(tree(modules()[name])):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{name}: imports are written in full"
            source = node.module or ""
            submodules = {f"{source}.{alias.name}" for alias in node.names} & set(modules())
            found |= submodules
            others = [a for a in node.names if f"{source}.{a.name}" not in submodules]
            if others or source not in modules():
                found.add(source)
    return frozenset(found)


def is_in(name: str, packages: tuple[str, ...]) -> bool:
    """Whether a dotted name is one of the packages or lies inside one."""
    return any(name == package or name.startswith(f"{package}.") for package in packages)


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
