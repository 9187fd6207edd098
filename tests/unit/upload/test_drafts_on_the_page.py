"""A draft passes through the page's table of columns unchanged: what it read stays read the same way."""

import json
import tomllib
from pathlib import Path

import pytest
from drafted_logs import LOGS, DraftedLog

from outcomes.ingest.draft.draft import draft_profile
from outcomes.ingest.preview import FieldReading, Preview, PreviewRow
from outcomes.upload.session import UploadSession
from outcomes.upload.tables import column_table, preview_cells, preview_table, take_columns
from outcomes.upload.text import doubtful_sentence
from outcomes.upload.work import LoadWork

SHAPES = (
    "Clocks beside one date, over midnight",
    "One row for each status of a unit",
    "Universal time as +00",
    "Milliseconds since 1970",
    "A spreadsheet's serial days",
    "Names in two rows",
    "A year alone",
    "People served",
)


@pytest.mark.slow
@pytest.mark.parametrize(
    "log", [log for log in LOGS if log.name in SHAPES], ids=lambda log: log.name
)
def test_the_table_of_columns_changes_nothing_by_itself(log: DraftedLog, tmp_path: Path):
    path = log.make(tmp_path)
    assert path
    draft = draft_profile(path, "test-city")
    work = LoadWork(
        UploadSession(), "test-city", draft.profile, draft.call_types, draft.columns, draft.summary
    )
    work.start_editing(False)
    rows, _ = column_table(work)
    take_columns(work, rows)
    work.end_editing()
    now, before = tomllib.loads(work.text), tomllib.loads(draft.profile)
    assert json.dumps(now, sort_keys=True, default=str) == json.dumps(
        before, sort_keys=True, default=str
    )


def test_cells_that_can_hardly_be_are_marked_and_stand_first():
    fields = ("received_at", "arrived_at", "area_id")
    rows = (
        PreviewRow(
            1, None, {"received_at": "2026-01-05 10:00:00", "arrived_at": "2026-01-05 10:20:00"}, {}
        ),
        PreviewRow(
            2, None, {"received_at": "2026-01-05 10:00:00", "arrived_at": "2026-01-05 09:20:00"}, {}
        ),
        PreviewRow(3, None, {"received_at": "2162-01-05 10:00:00"}, {"arrived_at": "noon"}),
    )
    cells = preview_cells(Preview(rows, tuple(FieldReading(name, 0, 0, 0, ()) for name in fields)))
    assert [cell["Row"] for cell in cells] == ["2", "3", "1"]
    assert cells[0]["Time of arrival"] == "look: 2026-01-05 09:20:00, before the call"
    assert cells[1]["Time of call"] == "look: 2162-01-05 10:00:00, after today"
    assert doubtful_sentence(cells) == (
        "Cells to look at are marked and stand first: Time of arrival on 2, Time of call on 1."
    )
    assert preview_table(cells).to_html().count("background-color") == 1
