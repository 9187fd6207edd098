"""The worked example of docs/adding_an_agency.md: its files are written, its commands run, its output compared."""

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
from places import PROJECT

pytestmark = pytest.mark.slow

DOCUMENT = (PROJECT / "docs" / "adding_an_agency.md").read_text(encoding="utf-8")
EXAMPLE = DOCUMENT.split("## A worked example")[1].split("\n## ")[0]


def blocks() -> list[str]:
    """The indented blocks of the example, in order."""
    found = re.findall(r"(?:^    .*\n|^\n(?=    ))+", EXAMPLE, re.MULTILINE)
    return ["\n".join(line[4:] for line in block.strip("\n").split("\n")) for block in found]


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("documented")
    agency = folder / "my-agencies" / "fernhollow"
    agency.mkdir(parents=True)
    for start, path in (
        ("Incident,Call Received", folder / "fernhollow.csv"),
        ("age_column", agency / "profile.toml"),
        ("code,call_type", agency / "call_types.csv"),
    ):
        (text,) = [block for block in blocks() if block.startswith(start)]
        path.write_text(text + "\n", encoding="utf-8")
    return folder


def test_commands_print_what_the_document_says(town: Path):
    started = [block for block in blocks() if block.startswith("python -m outcomes")]
    # Commands that follow each other without a word between are one block.
    shown = [one for block in started for one in re.split(r"\n(?=python -m outcomes)", block)]
    assert len(shown) == 7
    for block in shown:
        command, _, output = block.partition("\n")
        run = subprocess.run(
            [sys.executable, *shlex.split(command)[1:]],
            cwd=town,
            env={**os.environ, "PYTHONPATH": str(PROJECT)},
            capture_output=True,
            text=True,
            encoding="utf-8",
            timeout=120,
        )
        assert run.returncode == 0, run.stderr
        written = [line.rstrip() for line in run.stdout.strip().splitlines()]
        assert written == [line.rstrip() for line in output.strip().splitlines()], command
