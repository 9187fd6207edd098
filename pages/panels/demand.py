"""What the page of demand and coverage shows: the block with most missed calls, the week, areas, the file."""

from outcomes.analyses.demand.analysis import METRIC, Demand, demand
from outcomes.analyses.demand.exhibits import areas_exhibit, week_exhibit
from outcomes.analyses.demand.text import (
    PUBLIC_WHAT,
    most_missed_sentence,
    week_csv,
    within_service_sentence,
)
from outcomes.answers.answer import answer
from outcomes.presentation.citation import citation
from outcomes.presentation.exhibit import CsvFile
from outcomes.vocabulary.log import Breakdown
from pages.panels.page_filters import SHOW
from pages.shell.cache import cached
from pages.shell.exhibit import say_large, show_exhibit
from pages.shell.frame import Page
from pages.shell.take_away import offer_csv

QUERIES = ("eligible_hours", "hours_mismatches")
HINT = "“Shown in the week” in the bar over the page changes what is shown."


def begin_demand(page: Page) -> Demand:
    """The week of the selection, as this view may see it."""
    page.queries += QUERIES
    return cached(page, demand)


def show_most_missed(found: Demand) -> None:
    """The weekday and hours with most missed calls, and the same within the team's hours and area."""
    sentences = [most_missed_sentence(found), within_service_sentence(found)]
    said = " ".join(sentence for sentence in sentences if sentence)
    if said:
        say_large(said, "most-missed")


def show_week(page: Page, of: Demand, title: str) -> None:
    """The map of the week with the staffed hours outlined, or why there is none."""
    show_exhibit(page, week_exhibit(of, page.query.get(SHOW, PUBLIC_WHAT[0]), title, HINT))


def show_areas(page: Page, title: str) -> None:
    """Eligible calls, missed calls and the share reached by area."""
    areas = cached(page, answer, METRIC, Breakdown.AREA)
    show_exhibit(page, areas_exhibit(areas, title, page.program_names))


def offer_week_file(page: Page, found: Demand) -> None:
    """The week as CSV, with every count that this view may see."""
    if found.places:
        week = CsvFile("hours of the week", week_csv(found, citation(found.answer, page.link)))
        offer_csv(page, week, "Hours of the week as CSV")
