"""What a reader waits for in a browser, in milliseconds: the first chart of a page, and a choice of a period."""

import re

from playwright.sync_api import Page

# Two periods to go to and fro between, and the button of the bar that holds them.
PERIODS = ("Last 24 full months", "Last 12 full months")
PERIOD_BUTTON = re.compile(r"^[A-Z][a-z]{2} \d{4} to [A-Z][a-z]{2} \d{4}")
# Milliseconds from the beginning of the navigation to the first chart or table of figures on the screen.
FIRST_CHART = """() => {
    const main = document.querySelector('[data-testid="stMain"]');
    const drawn = main && main.querySelector('h1')
        && [...main.querySelectorAll('.js-plotly-plot .main-svg, .ro-month')].some(one => one.getBoundingClientRect().width > 0);
    return drawn ? performance.now() : false;
}"""
# Keeps the moment of the next click, to be taken from that of the answer.
BEGIN = "() => { addEventListener('click', () => { window.roClicked = performance.now(); }, {capture: true, once: true}); }"
# The heading names the other period, and the run has ended.
ANSWERED = """before => {
    const heading = document.querySelector('[data-testid="stMain"] h1');
    const rests = document.querySelector('[data-testid="stApp"]').dataset.testScriptState === 'notRunning';
    return heading && heading.innerText !== before && rests ? performance.now() - window.roClicked : false;
}"""


def first_chart(tab: Page, address: str) -> float:
    """Milliseconds from navigation to the first chart or table of figures."""
    tab.goto(address, wait_until="commit")
    found = tab.wait_for_function(FIRST_CHART, polling="raf")
    return float(found.json_value())


def choose_period(tab: Page, words: str) -> float:
    """Milliseconds from choosing a period in the bar to the page that shows it."""
    option = tab.get_by_test_id("stRadioOption").filter(has_text=words)
    if not option.is_visible():
        tab.get_by_role("button", name=PERIOD_BUTTON).first.click()
        option.wait_for()
    before = tab.get_by_role("heading", level=1).inner_text()
    tab.evaluate(BEGIN)
    option.click()
    found = tab.wait_for_function(ANSWERED, arg=before, polling="raf")
    return float(found.json_value())
