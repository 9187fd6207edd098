"""Times every metric query and every answer on a published store.

Run from the project's folder: python -m tests.benchmark.queries STORE
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from outcomes.answers.answer import answer
from outcomes.answers.counts import UNSAID, query_of
from outcomes.metrics.registry import METRICS
from outcomes.selection import Selection
from outcomes.store.query_file import query_names, read_query
from outcomes.store.snapshot import Snapshot, live_snapshot

WHOLE: dict[str, object] = UNSAID | dict.fromkeys(
    ["program_ids", "call_types", "first_month", "month_after", "silent_months"]
)


def milliseconds(work: Callable[[], object]) -> float:
    start = time.perf_counter()
    work()
    return (time.perf_counter() - start) * 1000


def say(what: str, times: list[float]) -> None:
    p95 = statistics.quantiles(times, n=20)[-1]
    print(
        f"{what}: {len(times)} runs, median {statistics.median(times):.1f} ms, "
        f"p95 {p95:.1f} ms, longest {max(times):.1f} ms"
    )


def asked() -> list[tuple[str, str | None]]:
    """Every metric query with each breakdown that a metric asks it by; None for those that no metric asks."""
    reached = {
        (query_of(metric, by), by.value) for metric in METRICS.values() for by in metric.breakdowns
    }
    others = set(query_names("metric")) - {name for name, _ in reached}
    return [*sorted(reached), *((name, None) for name in sorted(others))]


def main(store: Path) -> None:
    snapshot = live_snapshot(store)
    first = snapshot.programs[0].program_id
    for who, program_ids in (("one program", [first]), ("all programs", None)):
        say(f"metric queries, {who}", query_times(snapshot, {**WHOLE, "program_ids": program_ids}))
    pairs = [(metric.key, by) for metric in METRICS.values() for by in (None, *metric.breakdowns)]
    for who, selection in (("one program", Selection((first,))), ("all programs", Selection())):
        say(
            f"answers, uncached, {who}",
            [
                milliseconds(lambda k=key, b=by, s=selection: answer(k, s, snapshot, b))
                for key, by in pairs
            ],
        )


def query_times(snapshot: Snapshot, whole: dict[str, object]) -> list[float]:
    """Milliseconds of each metric query by each breakdown, five times."""
    times = []
    for name, breakdown in asked():
        query = read_query("metric", name)
        counts = [column for column, kind in query.columns if kind == "BIGINT"]
        # A metric asks for its own counts alone, of which few need more than five.
        given = {
            **whole,
            "breakdown": breakdown,
            "counts": counts[:5],
            "interval_name": "response_min",
        }
        params = {key: given[key] for key in query.params}
        times += [
            milliseconds(lambda n=name, p=params: snapshot.rows("metric", n, p)) for _ in range(5)
        ]
    return times


if __name__ == "__main__":
    main(Path(sys.argv[1]))
