"""What the page on safety shows of the mix of calls."""

from outcomes.analyses.call_mix.analysis import call_mix
from outcomes.analyses.call_mix.exhibits import mix_exhibit
from pages.shell.cache import cached
from pages.shell.exhibit import show_exhibit
from pages.shell.frame import Page


def show_call_mix(page: Page, title: str) -> None:
    """Whether the team got the easy calls, and the mix beside what came in."""
    show_exhibit(page, mix_exhibit(cached(page, call_mix), title))
