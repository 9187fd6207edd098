"""Findings of axe that lie in Streamlit and cannot be cured from here. This list may only shrink."""

from dataclasses import dataclass


@dataclass(frozen=True)
class KnownFinding:
    """One finding, and where it can be seen."""

    # axe's rule
    rule: str
    # part of the selector or of the HTML of every element that it is about
    selector: str
    # why it is not ours
    why: str
    # day on which it was last looked at
    looked_at: str
    # page and colour scheme on which it can still be seen
    page: str
    scheme: str


KNOWN: tuple[KnownFinding, ...] = ()
