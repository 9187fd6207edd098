"""Pages that have come to rest, and the widths at which they are looked at."""

from collections.abc import Iterator

from playwright.sync_api import Page

WIDE, PHONE = 1400, 390
LONGEST_WAIT_SECONDS = 30
# Everything has been run and drawn: the script rests, the footer stands, no part is still on its way, every
# "Chart" has its chart and every chart its picture.
SETTLED = """() => {
    const app = document.querySelector('[data-testid="stApp"]');
    const main = document.querySelector('[data-testid="stMain"]');
    if (!app || app.dataset.testScriptState !== 'notRunning' || !main.querySelector('h1')
        || main.querySelector('[data-stale="true"], [data-testid="stSkeleton"]')) return false;
    if (main.innerText.includes('Which program is yours?')) return true;
    if (main.innerText.includes('Intervals and comparisons')) return true;
    if (main.innerText.includes('The public view brings no logs in')) return true;
    if (main.innerText.includes('Bring the export')) return main.innerText.includes('Look at it');
    const charts = [...main.querySelectorAll('[data-testid="stPlotlyChart"]')];
    const tabs = [...main.querySelectorAll('[role="tab"]')];
    return main.innerText.includes('Definitions: see Methods')
        && (main.querySelector('.ro-card, [class*="st-key-ro-sentence"]') || main.innerText.includes('Registry of'))
        && charts.length >= tabs.filter(tab => tab.innerText === 'Chart').length
        && charts.every(chart => chart.querySelector('.main-svg'));
}"""


def open_settled(tab: Page, address: str) -> Page:
    """The tab at that address, with everything run and drawn."""
    tab.goto(address)
    return settle(tab)


def settle(tab: Page) -> Page:
    """The tab when everything has been run and drawn."""
    tab.wait_for_function(SETTLED)
    return tab


def parts_in_turn(tab: Page) -> Iterator[None]:
    """The page with each of its tabs open in turn, Chart and Table of a figure aside; once where it has none."""
    parts = [
        one
        for one in tab.get_by_role("tab").all()
        if one.is_visible() and one.inner_text() not in ("Chart", "Table")
    ]
    yield
    for part in parts[1:]:
        part.click()
        settle(tab)
        yield
