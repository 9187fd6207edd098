"""Goldens: what every metric query and two answers give on the hand-written calls, byte for byte.

Written anew with OUTCOMES_WRITE_GOLDENS=1; a change in them is a change of a published number, to be read line by
line before it is kept.
"""

import os
import re
from pathlib import Path

import pandas
import pytest
from typer.testing import CliRunner

from outcomes.answers.counts import UNSAID, grain_of, query_of
from outcomes.answers.coverage import PERIODS
from outcomes.answers.percentiles import grain_columns, waiting_grain
from outcomes.cli.app import app
from outcomes.metrics.registry import METRICS
from outcomes.store.query_file import query_names, read_query
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import GRAIN_COLUMNS, GROUPS, Breakdown, IntervalName

HERE = Path(__file__).parent
WRITES = os.environ.get("OUTCOMES_WRITE_GOLDENS") == "1"
EVERYTHING = UNSAID | dict.fromkeys(
    ["program_ids", "call_types", "first_month", "month_after", "silent_months"]
)
# Columns of a metric query that say what a row is about.
READ_AS_GRAIN = ("of_program", "period_start", "key", "part")
SPLIT_WAITS = (Breakdown.AREA, Breakdown.PRIORITY, Breakdown.HOUR_OF_WEEK)
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


def breakdowns_of(name: str) -> list[Breakdown | None]:
    """What a metric query is asked by; one None for a query that no metric asks."""
    asked = {
        breakdown
        for metric in METRICS.values()
        for breakdown in metric.breakdowns
        if query_of(metric, breakdown) == name
    }
    return [breakdown for breakdown in Breakdown if breakdown in asked] or [None]


def goldens() -> dict[str, tuple[str, tuple[Breakdown | None, ...]]]:
    """By name of the golden: its query, and the breakdowns that stand in it; periods stand together."""
    found: dict[str, tuple[str, tuple[Breakdown | None, ...]]] = {}
    for name in query_names("metric"):
        for breakdown in breakdowns_of(name):
            grain = "period" if breakdown in PERIODS else breakdown
            has_several = "breakdown" in read_query("metric", name).params
            golden = f"{name}_by_{grain}" if has_several else name
            found[golden] = (name, (*found.get(golden, (name, ()))[1], breakdown))
    return found


def rows_of(
    snapshot: Snapshot, name: str, breakdown: Breakdown, interval: IntervalName
) -> list[dict[str, object]]:
    """Rows of a metric query over everything, with every count, as an answer names what they are about."""
    query = read_query("metric", name)
    counts = [column for column, kind in query.columns if kind == "BIGINT"]
    given = {**EVERYTHING, "breakdown": breakdown, "counts": counts, "interval_name": interval}
    rows = snapshot.rows("metric", name, {param: given[param] for param in query.params})
    waits = name == "response_times"
    named = ("period_start",)
    if breakdown not in PERIODS:
        named = grain_columns(breakdown) if waits else GRAIN_COLUMNS[breakdown]
    grain = waiting_grain if waits else grain_of
    # Only the whole wait is told by everything.
    told = {"interval_name": interval.value} if waits and breakdown not in SPLIT_WAITS else {}
    return [
        dict(zip(named, grain(row, breakdown), strict=True))
        | told
        | {column: cell for column, cell in row.items() if column not in READ_AS_GRAIN}
        for row in rows
    ]


def body_of(snapshot: Snapshot, name: str, breakdown: Breakdown | None) -> str:
    """Rows of a metric query over everything, as CSV; without counts that are not told by the breakdown."""
    if breakdown is None:
        given = {param: EVERYTHING[param] for param in read_query("metric", name).params}
        return snapshot.run("metric", name, given).to_csv(index=False, float_format="%.6g")
    intervals = list(IntervalName) if name == "response_times" else [IntervalName.RESPONSE]
    rows = [row for each in intervals for row in rows_of(snapshot, name, breakdown, each)]
    table = pandas.DataFrame(rows).dropna(axis="columns", how="all")
    if "interval_name" in table:
        table = table.sort_values([table.columns[0], "interval_name"], kind="stable")
    return table.to_csv(index=False, float_format="%.6g")


@pytest.mark.parametrize("golden", goldens())
def test_metric_query(small_snapshot: Snapshot, golden: str):
    name, breakdowns = goldens()[golden]
    parts = [body_of(small_snapshot, name, breakdown) for breakdown in breakdowns]
    if breakdowns[0] in PERIODS:
        parts = [f"# {by}\n{part}" for by, part in zip(breakdowns, parts, strict=True)]
    hold_against(HERE / "metric" / f"{golden}.csv", "".join(parts))


def test_every_golden_belongs_to_a_query():
    assert {path.stem for path in (HERE / "metric").glob("*.csv")} == set(goldens())


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


@pytest.mark.parametrize("name", ["incidents", "repeat_contacts", "response_targets"])
def test_counts_add_up_to_the_same_by_every_breakdown(small_snapshot: Snapshot, name: str):
    query = read_query("metric", name)
    whole = [column for column, kind in query.columns if kind == "BIGINT"]
    sums = {}
    for breakdown in breakdowns_of(name):
        if breakdown in GROUPS:
            continue
        given = {**EVERYTHING, "breakdown": breakdown, "counts": whole}
        rows = small_snapshot.rows("metric", name, {param: given[param] for param in query.params})
        assert rows
        sums[breakdown] = tuple(sum(row[column] for row in rows) for column in whole)
    assert len(sums) > 5
    assert len(set(sums.values())) == 1, sums
