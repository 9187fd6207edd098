"""What a load says of itself."""

from pathlib import Path

import pytest
from small_agency import Town, profile_with

from outcomes.ingest.report import COLUMNS_NAMED


@pytest.mark.parametrize(
    ("extra", "ending"),
    [
        (2, ": extra 1, extra 2."),
        (COLUMNS_NAMED, f", extra {COLUMNS_NAMED}."),
        (COLUMNS_NAMED + 1, f", extra {COLUMNS_NAMED} and 1 more."),
        (190, f", extra {COLUMNS_NAMED} and 150 more."),
    ],
)
def test_columns_that_nothing_uses_are_named_up_to_a_line(tmp_path: Path, extra: int, ending: str):
    names = [f"extra {number}" for number in range(1, extra + 1)]
    town = Town(tmp_path, profile_with())
    row = ["A1", "2026-01-02 10:00", *["x"] * extra]
    report = town.load(town.write(f"id,received,{','.join(names)}\n{','.join(row)}\n"))
    assert report.unused_columns == tuple(names)
    (note,) = [note for note in report.notes if "does not use" in note]
    assert note.startswith("Columns that the profile does not use: extra 1, extra 2")
    assert note.endswith(ending)
