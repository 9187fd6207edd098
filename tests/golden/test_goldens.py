"""Goldens: what every metric query and two answers give on the hand-written calls, byte for byte.

Written anew with OUTCOMES_WRITE_GOLDENS=1; a change in them is a change of a published number, to be read line by
line before it is kept.
"""

import os
import re
from pathlib import Path

import pytest
from typer.testing import CliRunner

from outcomes.cli.app import app
from outcomes.store.query_file import query_names, read_query
from outcomes.store.snapshot import Snapshot

HERE = Path(__file__).parent
WRITES = os.environ.get("OUTCOMES_WRITE_GOLDENS") == "1"
EVERYTHING = {"program_ids": None, "call_types": None, "first_month": None, "month_after": None}
ANSWERS = {
    "responses_by_month": ["responses", "--by", "month", "--program", "test-city"],
    "safety_escalation_rate_by_call_type": [
        "safety_escalation_rate",
        *("--by", "call_type", "--program", "test-city"),
    ],
}


def hold_against(path: Path, text: str) -> None:
    """Compare with the golden, or write it where that was asked for."""
    if WRITES:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text, encoding="utf-8")
    assert path.is_file(), f"no golden: {path.name}"
    assert text == path.read_text(encoding="utf-8")


def body_of(snapshot: Snapshot, name: str) -> str:
    """Rows of a metric query over everything, as CSV; every period where it has periods."""
    query = read_query("metric", name)
    everything = {
        **EVERYTHING,
        **({"interval_name": None} if "interval_name" in query.params else {}),
    }
    if "period" not in query.params:
        return snapshot.run("metric", name, everything).to_csv(index=False, float_format="%.6g")
    parts = []
    for period in ("month", "quarter", "year"):
        rows = snapshot.run("metric", name, {**everything, "period": period})
        parts.append(f"# {period}\n{rows.to_csv(index=False, float_format='%.6g')}")
    return "".join(parts)


@pytest.mark.parametrize("name", query_names("metric"))
def test_metric_query(small_snapshot: Snapshot, name: str):
    hold_against(HERE / "metric" / f"{name}.csv", body_of(small_snapshot, name))


@pytest.mark.parametrize("output", ["csv", "json", "table"])
@pytest.mark.parametrize("name", ANSWERS)
def test_command_line_answer(small_store: Path, name: str, output: str):
    words = ["answer", *ANSWERS[name], "--format", output, "--store", str(small_store)]
    done = CliRunner().invoke(app, words)
    assert done.exit_code == 0
    ending = {"table": "txt"}.get(output, output)
    # The number of the snapshot says how often something was loaded, which is no result.
    text = re.sub(r"snap-\d+-load-\d+", "snap-N", done.stdout)
    hold_against(HERE / "command_line" / f"{name}.{ending}", text)


def test_goldens_of_one_subject_add_up_to_the_same(small_snapshot: Snapshot):
    for subject in (
        "calls",
        "diversions",
        "police_requests",
        "safety_outcomes",
        "service_results",
        "injuries",
    ):
        sums = {}
        for grain in ("area", "call_type", "program", "state"):
            name = f"{subject}_by_{grain}"
            whole = [c for c, kind in read_query("metric", name).columns if kind == "BIGINT"]
            rows = small_snapshot.run("metric", name, EVERYTHING)
            sums[grain] = rows[whole].sum().to_dict()
        assert len({tuple(sorted(counts.items())) for counts in sums.values()}) == 1, subject
