"""What a reader sees of a page before anything is opened: its texts, its sentences, and which are hard to read aloud."""

import re
from collections.abc import Iterator
from html.parser import HTMLParser

from page_content import as_read
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Block, Element, Expander, Tab

from outcomes.presentation.tiles import MOST_READ_ALOUD

# What is opened by a tap, beside the second and later tabs.
CLOSED = ("popover", "expandable", "expander", "status")
SAID = ("markdown", "caption", "header", "subheader", "title", "info", "warning", "error")
# A point that ends no sentence stands behind a.m. and p.m.
END = re.compile(r"(?<!a\.m\.)(?<!p\.m\.)(?<=[.!?])\*{0,2}\s+(?=[“*A-Z\d▲])|\n")

# Held against somebody's will is the thing itself, and its name.
NEVER = re.compile(
    r"(?i)\b(told by|held against (?!their will)|stands? above|lies?|what it would take)\b"
)
# Where the figures come from, at the foot of each page: a citation.
CITATION = "Source: logs of "


def elements_in_sight(block: Block) -> Iterator[Element]:
    """The block's elements, less what is closed: popovers, expanders, and tabs but the first of each row."""
    is_first_tab = True
    for child in block.children.values():
        if not isinstance(child, Block):
            yield child
        elif child.type in CLOSED or isinstance(child, Expander):
            continue
        elif not isinstance(child, Tab) or is_first_tab:
            is_first_tab = is_first_tab and not isinstance(child, Tab)
            yield from elements_in_sight(child)


def texts_in_sight(run: AppTest) -> list[str]:
    """The texts in sight as a reader sees them, those of tiles and cards too; no table of a core exhibit, no code."""
    found = []
    for element in elements_in_sight(run.main):
        if element.type in SAID:
            found.append(as_read(element.value))
        elif element.type == "html":
            reader = _Reader()
            reader.feed(element.value)
            found += reader.texts()
    return found


def sentences_of(text: str) -> list[str]:
    """The sentences of a text, each without the sign of its place in a list."""
    return [part.strip("-• ") for part in END.split(text) if part.strip("-• ")]


def hard_to_read(texts: list[str], names: list[str]) -> list[str]:
    """Sentences that are too long, a program's name being one word, and those with a word of the list."""
    found = []
    for text in texts:
        if text.startswith(CITATION):
            continue
        for name in names:
            text = text.replace(name, "Name")
        for sentence in sentences_of(text):
            count = len(sentence.split())
            found += [f"{count} words: {sentence}"] if count > MOST_READ_ALOUD else []
            found += [f"[{word}]: {sentence}" for word in NEVER.findall(sentence)]
    return found


class _Reader(HTMLParser):
    """Texts of HTML by paragraph, less what a tap opens, styles, scripts and drawings."""

    BREAKS = ("div", "p", "td", "th", "tr", "li")
    CLOSED = ("details", "style", "script", "svg", "button")

    def __init__(self) -> None:
        super().__init__()
        self._found = [""]
        self._closed = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Begin a paragraph, or something closed."""
        self._closed += tag in self.CLOSED
        self._found += [""] if tag in self.BREAKS else []

    def handle_endtag(self, tag: str) -> None:
        """End it."""
        self._closed -= tag in self.CLOSED
        self._found += [""] if tag in self.BREAKS else []

    def handle_data(self, data: str) -> None:
        """Keep what is in sight."""
        if not self._closed:
            self._found[-1] += data

    def texts(self) -> list[str]:
        """What was read, paragraph by paragraph."""
        return [text.strip() for text in self._found if text.strip()]
