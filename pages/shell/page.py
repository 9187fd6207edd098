"""What every run of a page has, be it about logs or about the registry."""

from abc import ABC, abstractmethod
from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

from outcomes.figures.record import FigureRecord
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Exhibit
from pages.shell.cache import settings
from pages.shell.markdown import escape_markdown
from pages.shell.navigation import PageEntry, view_link


@dataclass(kw_only=True)
class AnyPage(ABC):
    """One run of one page."""

    entry: PageEntry
    # the address's query, for links
    query: dict[str, str]
    is_dark: bool
    # what functions of the core get from the page, by the name of their parameter
    given: Mapping[str, object]
    # what the core has made in this run, by its key
    made: dict[str, object] = field(default_factory=dict)
    # long sentences that the page has said, so that it does not say them again
    said: set[str] = field(default_factory=set)

    @property
    @abstractmethod
    def data_name(self) -> str:
        """What the whole run reads: the snapshot of the logs, or the registry."""

    @property
    def link(self) -> str:
        """This very view's address."""
        return view_link(self.entry, self.query, settings().public_address)

    def header(self, text: str) -> None:
        """Draw the heading of the page's next part."""
        st.header(escape_markdown(text), anchor=False)

    def say_once(self, sentence: str) -> str:
        """The sentence the first time; after that, for one about what is not recorded, a short one."""
        if sentence in self.said:
            return "Not recorded in this log; see above for the fields that are needed."
        if sentence.startswith("Not recorded"):
            self.said.add(sentence)
        return sentence

    def take(self, exhibit: Exhibit) -> None:
        """Keep what an exhibit brings for the end of the page."""
        self.said.update(exhibit.told)

    @abstractmethod
    def record(self, exhibit: Exhibit) -> FigureRecord:
        """What is kept of an exhibit that is cited where it stands. Raises FigureProblem where it may not be."""

    @abstractmethod
    def about(self, exhibit: Exhibit | None = None) -> About:
        """Whose figures the page, or one of its exhibits, shows, of when, and where they are from."""
