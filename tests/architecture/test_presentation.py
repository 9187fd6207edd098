"""What a reader sees: numbers are rounded in one place, and every CSV is written by one writer."""

import ast
import re
from pathlib import Path

from source_tree import modules, tree

# Whose texts and files people read.
READ = (
    "outcomes.analyses.",
    "outcomes.presentation.",
    "outcomes.upload.",
    "outcomes.packet.",
    "pages.",
)
FORMATTER = "outcomes.presentation.format"
CSV_WRITER = "outcomes.presentation.csv_file"
# Widths of a drawing, which no reader reads as numbers.
DRAWS_WIDTHS = ("pages.shell.cards", "pages.shell.tiles")
# A precision, a percentage or a general number; a date's format has none of them.
ROUNDS = re.compile(r"\.[0-9{]|[eEgG%]$")
CSV_WRITERS = ("csv.writer", "csv.DictWriter")


def read_modules(root: Path, but: tuple[str, ...]) -> list[tuple[str, ast.Module]]:
    return [
        (path.relative_to(root).as_posix(), tree(path))
        for name, path in sorted(modules(root).items())
        if name.startswith(READ) and name not in but
    ]


def rounds_in_a_text(node: ast.AST) -> bool:
    """Whether a part of an f-string rounds its number."""
    if not isinstance(node, ast.FormattedValue) or node.format_spec is None:
        return False
    spec = ast.unparse(node.format_spec)[2:-1]
    return not spec.startswith("%") and bool(ROUNDS.search(spec))


def rounded_elsewhere(root: Path) -> list[str]:
    return [
        f"{place}:{node.lineno} rounds a number for a reader"
        for place, source in read_modules(root, (FORMATTER, *DRAWS_WIDTHS))
        for node in ast.walk(source)
        if isinstance(node, ast.FormattedValue) and rounds_in_a_text(node)
    ]


def test_numbers_for_readers_are_rounded_by_the_formatter_alone(keeps):
    keeps(
        rounded_elsewhere,
        {"outcomes/analyses/growth/text.py": "f'{a:.1f} times'"},
        {"outcomes/analyses/growth/text.py": "f'{a:,.0f}'"},
        {"outcomes/presentation/tables.py": "f'{a:.{decimals}f}'"},
        {"pages/panels/growth.py": "f'{share:.0%}'"},
        {"outcomes/upload/text.py": "f'{a:g} rows'"},
        allowed={
            "outcomes/presentation/format.py": "f'{a:.1f}'",
            "outcomes/analyses/growth/text.py": "f'{count:,} in {month:%b %Y}, {place:>4}'",
            "outcomes/statistics/interval.py": "f'{a:.1f}'",
        },
    )


def other_csv_writers(root: Path) -> list[str]:
    return [
        f"{place}:{node.lineno} writes a CSV file"
        for place, source in read_modules(root, (CSV_WRITER,))
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute)
        and (node.attr == "to_csv" or ast.unparse(node) in CSV_WRITERS)
    ]


def test_csv_files_for_readers_are_written_by_one_writer(keeps):
    keeps(
        other_csv_writers,
        {"outcomes/analyses/demand/text.py": "import csv\ncsv.writer(stream)"},
        {"outcomes/presentation/export.py": "import csv\ncsv.DictWriter(stream, names)"},
        {"pages/panels/demand.py": "rows.to_csv()"},
        allowed={
            "outcomes/presentation/csv_file.py": "import csv\ncsv.writer(stream)",
            "outcomes/analyses/officer_time/assumptions.py": "import csv\ncsv.DictReader(stream)",
        },
    )
