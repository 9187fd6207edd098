"""Times every metric query and every answer on a published store.

Run from the project's folder: python -m tests.benchmark.queries STORE
"""

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from outcomes.answers.answer import answer
from outcomes.metrics.registry import METRICS
from outcomes.selection import Selection
from outcomes.store.query_file import query_names, read_query
from outcomes.store.snapshot import live_snapshot

WHOLE = {"program_ids": None, "call_types": None, "first_month": None, "month_after": None}


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


def main(store: Path) -> None:
    snapshot = live_snapshot(store)
    times = []
    for name in query_names("metric"):
        more = {"period": "month", "interval_name": "response_min"}
        asked = read_query("metric", name).params
        params = {**WHOLE, **{key: value for key, value in more.items() if key in asked}}
        times += [
            milliseconds(lambda n=name, p=params: snapshot.rows("metric", n, p)) for _ in range(5)
        ]
    say("metric queries", times)
    pairs = [(metric.key, by) for metric in METRICS.values() for by in (None, *metric.breakdowns)]
    say(
        "answers, uncached",
        [
            milliseconds(lambda k=key, b=by: answer(k, Selection(), snapshot, b))
            for key, by in pairs
        ],
    )


if __name__ == "__main__":
    main(Path(sys.argv[1]))
