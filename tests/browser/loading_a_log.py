"""What a person does on the page that loads a log, step by step."""

from pathlib import Path

from playwright.sync_api import Browser, Page, TimeoutError, expect
from running import new_context
from settled import WIDE

STEP_MS = 60_000
CLICKS_ON_A_LIST = 6


def opened(browser: Browser, place: Path, scheme: str = "light", width: int = WIDE) -> Page:
    """The page that loads a log, of the server whose address stands in the folder."""
    tab = new_context(browser, scheme, width).new_page()
    tab.goto(f"{(place / 'address').read_text()}/load_a_log")
    expect(tab.get_by_role("heading", name="1. Bring the export")).to_be_visible(timeout=STEP_MS)
    return tab


def bring(tab: Page, path: Path, identity: str) -> None:
    """Upload the file as a log of a new program."""
    tab.locator("input[type=file]").set_input_files(path)
    box = tab.get_by_role("textbox", name="A short id")
    # The id is drawn anew when the file has arrived.
    expect(box).not_to_have_value("", timeout=STEP_MS)
    box.fill(identity)
    box.press("Tab")
    tab.get_by_role("button", name="Look at it").click()


def fill_in(tab: Page) -> None:
    """Say what no file says: whose log it is, and how much of the calls it holds."""
    for label, text in (
        ("Name of the program", "Fernhollow Responders"),
        ("City", "Fernhollow"),
        ("State, two capital letters", "OR"),
        ("Who owns the log", "City of Fernhollow"),
    ):
        box = tab.get_by_role("textbox", name=label)
        box.fill(text)
        box.press("Tab")
    choose(tab, "Time zone", "America/Los_Angeles", typed="America/Los_A")
    choose(tab, "The log holds", "the program's own work alone")


def choose(tab: Page, label: str, option: str, typed: str = "") -> None:
    """Choose from a list. A run of the page that an earlier field began closes a list that opens meanwhile."""
    listed = tab.get_by_role("option", name=option)
    for _ in range(CLICKS_ON_A_LIST):
        tab.get_by_role("combobox", name=label).click()
        tab.keyboard.type(typed)
        try:
            listed.click(timeout=STEP_MS / CLICKS_ON_A_LIST)
            return
        except TimeoutError:
            tab.keyboard.press("Escape")
    raise AssertionError(f"The list of {label!r} never showed {option!r}")


def load(tab: Page, rows: int) -> None:
    """Read the first rows, count them all and load them."""
    tab.get_by_role("button", name="Read them").click()
    expect(tab.get_by_role("button", name="Count them")).to_be_enabled(timeout=STEP_MS)
    tab.get_by_role("button", name="Count them").click()
    expect(tab.get_by_text("would be loaded").first).to_be_visible(timeout=STEP_MS)
    tab.get_by_role("button", name="Load", exact=True).click()
    expect(tab.get_by_text(f"{rows:,} rows read: ").last).to_be_visible(timeout=STEP_MS)
    expect(tab.get_by_text("are loaded").first).to_be_visible(timeout=STEP_MS)
