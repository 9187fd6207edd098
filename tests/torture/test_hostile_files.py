"""The short form of hostile profiles and logs; the long one is a command: python -m tests.torture.hostile_files."""

from pathlib import Path

import pytest
from torture.hostile_files import run_cases

# Some ten seconds of processor; another seed than the long form's.
CASES = 50


@pytest.mark.slow
def test_hostile_files_are_read_or_refused(tmp_path: Path):
    found = run_cases(tmp_path, CASES, seed=2026)
    assert found.faults == []
    assert found.cases.total() == CASES
    # The base is valid: with less than this the cases would say little about reading.
    assert found.opened > CASES / 4
    assert found.loaded > CASES / 10
    assert found.recounted > 0
