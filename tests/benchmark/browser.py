"""Times what a reader waits for in a browser: the first chart of a page on a warm server, and a click on a period.

Run from the project's folder, with nothing else running: python -m tests.benchmark.browser STORE [--program ID]
Prints the medians of each page, and the processor that server and browser took for a click.
"""

import argparse
import os
import statistics
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "browser"))

from playwright.sync_api import Page, sync_playwright
from running import running_server
from settled import open_settled, settle
from waits import PERIODS, choose_period, first_chart

from pages.shell.navigation import page_address

PAGES = ("overview", "safety_escalations", "response_times", "scene_outcomes")
OPENINGS, CLICKS = 5, 6
CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")


def processor_ms() -> dict[str, int]:
    """Milliseconds of processor that server and browser have taken so far."""
    taken = {"server": 0, "browser": 0}
    for folder in Path("/proc").iterdir():
        if not folder.name.isdigit():
            continue
        try:
            command = (folder / "cmdline").read_text(encoding="utf-8", errors="replace")
            fields = (folder / "stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
        except OSError:
            # It has ended since.
            continue
        who = (
            "server" if "streamlit" in command else "browser" if "type=renderer" in command else ""
        )
        if who:
            ticks = int(fields[11]) + int(fields[12])
            taken[who] += ticks * 1000 // os.sysconf("SC_CLK_TCK")
    return taken


def time_page(tab: Page, name: str, address: str) -> str:
    """What a reader waits for on one page, as a line."""
    open_settled(tab, address)
    charts = [first_chart(tab, address) for _ in range(OPENINGS)]
    settle(tab)
    # Both periods are new to the server once.
    for words in PERIODS * 2:
        choose_period(tab, words)
        settle(tab)
    before, clicks = processor_ms(), []
    for words in PERIODS * (CLICKS // len(PERIODS)):
        clicks.append(choose_period(tab, words))
        settle(tab)
    taken = {who: (now - before[who]) // CLICKS for who, now in processor_ms().items()}
    return (
        f"{name}: first chart {statistics.median(charts):.0f} ms ({min(charts):.0f} to {max(charts):.0f}); "
        f"click {statistics.median(clicks):.0f} ms ({min(clicks):.0f} to {max(clicks):.0f}), of processor "
        f"{taken['server']} ms of the server and {taken['browser']} ms of the browser"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("--program", default="demo-kestrel-mesa")
    asked = parser.parse_args()
    with (
        tempfile.TemporaryDirectory() as folder,
        running_server(asked.store, Path(folder) / "log") as server,
        sync_playwright() as driver,
    ):
        browser = driver.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        tab = browser.new_page(viewport={"width": 1440, "height": 900})
        for name in PAGES:
            address = f"{page_address(name, server)}?program={asked.program}&period=12"
            print(time_page(tab, name, address), flush=True)
        browser.close()


if __name__ == "__main__":
    main()
