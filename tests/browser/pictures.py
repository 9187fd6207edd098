"""Pictures of the pages for README.md and docs/pages.md, from the made-up demonstration alone. Run as: make pictures

Ends with a failure where a page ends in an error, or says not that its data is made up.
"""

import os
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
sys.path.insert(0, str(Path(__file__).resolve().parent))

from playwright.sync_api import Browser, sync_playwright
from running import new_context, running_server
from settled import PHONE, open_settled

from outcomes.demo.load import load_demonstration
from outcomes.settings import Settings
from pages.shell.navigation import LOGS, PAGES, PageEntry, page_address

CHROMIUM = os.environ.get("CHROMIUM", "/usr/bin/chromium")
PICTURES = Path(__file__).resolve().parents[2] / "docs" / "pictures"
PROGRAM = "program=demo-kestrel-mesa&period=12"
WINDOW = (1440, 900)
# Beside one picture a page: a page as it stands on a phone.
ON_A_PHONE = "safety_escalations"


def take(
    browser: Browser, server: str, entry: PageEntry, width: int, height: int, to: Path
) -> None:
    """Write one picture of what stands on the first screen."""
    context = new_context(browser, width=width, height=height)
    try:
        query = f"?{PROGRAM}" if entry.reads == LOGS else ""
        tab = open_settled(context.new_page(), f"{page_address(entry.name, server)}{query}")
        assert not tab.get_by_test_id("stException").count(), entry.name
        if entry.reads == LOGS:
            assert "made-up" in tab.get_by_test_id("stMain").inner_text().lower(), entry.name
        # Charts fade in.
        tab.wait_for_timeout(1500)
        tab.screenshot(path=to)
    finally:
        context.close()


def main() -> None:
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        place = Path(folder)
        settings = Settings(store=place / "store", demo=place / "logs")
        load_demonstration(settings, 2026, lambda step, share: None)
        browser = playwright.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-gpu"]
        )
        with running_server(settings.store, place / "log") as server:
            for entry in PAGES:
                take(browser, server, entry, *WINDOW, PICTURES / f"{entry.name}.png")
                if entry.name == ON_A_PHONE:
                    take(browser, server, entry, PHONE, 844, PICTURES / f"{entry.name}_phone.png")
                print(entry.name, flush=True)
        browser.close()


if __name__ == "__main__":
    main()
