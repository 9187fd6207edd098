"""What is looked for on a page: grave findings of axe, and requests that leave the machine."""

from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page
from settled import WIDE

GRAVE = ("serious", "critical")
# Of rules that hold, and of those that cannot be judged, axe then names one element and not each.
NO_MORE = {"resultTypes": ["violations"]}
OURS = {"127.0.0.1"}
LOCAL_SCHEMES = {"data", "blob"}
PAGE_HEIGHT = """() => document.querySelector('[data-testid="stMain"]').scrollHeight + 50"""


def grave_findings(tab: Page) -> list[tuple[str, str]]:
    # A window as tall as the page: axe does not look at what is scrolled away.
    width = tab.viewport_size["width"] if tab.viewport_size else WIDE
    tab.set_viewport_size({"width": width, "height": tab.evaluate(PAGE_HEIGHT)})
    return [
        (finding["id"], f"{node['target']} {node['html'][:300]}")
        for finding in Axe().run(tab, options=NO_MORE).response["violations"]
        if finding["impact"] in GRAVE
        for node in finding["nodes"]
    ]


def leaves_the_machine(url: str) -> bool:
    """Whether a request for that address goes to another machine."""
    parts = urlsplit(url)
    return parts.scheme not in LOCAL_SCHEMES and parts.hostname not in OURS
