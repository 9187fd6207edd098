"""The documents that are made from the code: docs/methods.md, docs/what_a_log_answers.md, and the table of
pages in README.md.

`python -m docs.generate` writes them. With --check it writes nothing, says which of them is not what the code
gives, and fails if there is one.
"""

import sys
from collections.abc import Callable
from pathlib import Path

from outcomes.analyses.methods.requirements import requirements_document
from outcomes.analyses.methods.text import methods_document
from pages.shell.navigation import PAGES

PROJECT = Path(__file__).resolve().parents[1]
PAGES_BEGIN = "<!-- pages: written by make docs; do not edit -->\n"
PAGES_END = "<!-- end of pages -->\n"


def pages_table() -> str:
    """The pages in the order of the navigation, each with its question, as a Markdown table."""
    rows = [f"| {entry.title} | {entry.question} |\n" for entry in PAGES]
    return "".join(["| page | the question it answers |\n", "|---|---|\n", *rows])


def with_pages(readme: str) -> str:
    """That text with the table of pages between its two markers.

    Raises ValueError where the markers do not stand there once each, in their order.
    """
    before, begin, rest = readme.partition(PAGES_BEGIN)
    _, end, after = rest.partition(PAGES_END)
    if not (begin and end) or PAGES_BEGIN in after or PAGES_END in before + after:
        raise ValueError(
            f"Expected [{PAGES_BEGIN.strip()}] and after it [{PAGES_END.strip()}] in README.md, once each, "
            "found [them missing, twice or turned round]; put them around the table of pages."
        )
    return f"{before}{begin}\n{pages_table()}\n{end}{after}"


# What each document should hold, given what it holds.
DOCUMENTS: dict[str, Callable[[str], str]] = {
    "docs/methods.md": lambda held: methods_document(),
    "docs/what_a_log_answers.md": lambda held: requirements_document(),
    "README.md": with_pages,
}


def stale_documents(project: Path = PROJECT) -> dict[str, str]:
    """The documents that are not what the code gives, each with the text that it should hold."""
    held = {name: (project / name).read_text(encoding="utf-8") for name in DOCUMENTS}
    given = {name: make(held[name]) for name, make in DOCUMENTS.items()}
    return {name: text for name, text in given.items() if text != held[name]}


def main(arguments: list[str]) -> int:
    """Exit status: 0 where the documents are, or now are, what the code gives."""
    stale = stale_documents()
    if arguments == ["--check"]:
        for name in stale:
            print(f"Expected {name} as the code gives it, found [another text]; run make docs.")
        return min(len(stale), 1)
    for name, text in stale.items():
        (PROJECT / name).write_text(text, encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
