"""Times a click on a filter: the rerun of each page for a program not asked about before, and again.

Run from the project's folder: OUTCOMES_STORE=STORE python -m tests.benchmark.clicks
"""

import statistics
import time
from pathlib import Path

from streamlit.testing.v1 import AppTest

from outcomes.store.snapshot import live_snapshot
from pages.shell.cache import settings

APP = Path(__file__).resolve().parents[2] / "app.py"
PAGES = ("overview", "calls_diverted", "safety_escalations", "injuries")


def choose(app: AppTest, program_id: str) -> float:
    """Milliseconds from choosing a program to the end of the rerun."""
    marks = next(group for group in app.get("button_group") if group.label == "Programs")
    start = time.perf_counter()
    marks.set_value([program_id]).run()
    return (time.perf_counter() - start) * 1000


def main() -> None:
    app = AppTest.from_file(str(APP), default_timeout=120)
    app.query_params["period"] = "12"
    app.run()
    known = [program.program_id for program in live_snapshot(settings().store).programs]
    for page in PAGES:
        app.switch_page(f"pages/{page}.py").run()
        first = [choose(app, program_id) for program_id in known]
        again = [choose(app, program_id) for program_id in known]
        print(
            f"{page}: first time median {statistics.median(first):.0f} ms, longest {max(first):.0f} ms; "
            f"again median {statistics.median(again):.0f} ms, longest {max(again):.0f} ms"
        )


if __name__ == "__main__":
    main()
