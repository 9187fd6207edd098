"""How long a reader waits on a warm server: for the first chart of a page, and for a click on a filter."""

import statistics

from playwright.sync_api import Page
from settled import open_settled, settle
from waits import PERIODS, choose_period, first_chart

from pages.shell.navigation import page_address

# What is aimed at is 1,500 ms and 300 ms on a quiet machine (docs/performance.md). On two cores that others kept busy the medians
# were 2,490 and 960 ms, the whole page drawn again counted in: the limits are about twice that, for a machine of continuous
# integration is as busy. They fail where a page reads a log again, draws every tab or loads what its first chart does not need.
MOST_MS_TO_CHART, MOST_MS_OF_A_CLICK = 4_500, 2_000
PAGES = ("safety_escalations", "overview")
KESTREL = "program=demo-kestrel-mesa"


def test_the_first_chart_and_a_click_on_a_filter_come_soon(demo_server: str, tab: Page, subtests):
    waits = []
    for name in PAGES:
        address = f"{page_address(name, demo_server)}?{KESTREL}&period=12"
        open_settled(tab, address)
        waits.append(statistics.median(first_chart(tab, address) for _ in range(3)))
    with subtests.test("the first chart"):
        assert max(waits) < MOST_MS_TO_CHART, waits
    # The page stands that was opened last.
    settle(tab)
    clicks = [choose_period(tab, words) for words in PERIODS * 2]
    with subtests.test("a click on a filter"):
        # The first two choices are new to the server, the others are not.
        assert statistics.median(clicks) < MOST_MS_OF_A_CLICK, clicks
