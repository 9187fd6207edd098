"""What an agency sets for its packets: title, its name, its logo, its color and the paper."""

import re
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from outcomes.packet.logo import Logo, read_logo
from outcomes.packet.problem import PacketProblem
from outcomes.presentation.charts.theme import LIGHT
from outcomes.settings import Settings

# So long are a title and a name at most, so that they stand on the first page and in a file's properties.
MOST_TITLE = 120
MOST_NAME = 80
MARKUP = re.compile(r"<[A-Za-z/!]")
COLOR = re.compile(r"#[0-9A-Fa-f]{6}")


class Paper(StrEnum):
    """The sheets that a packet is printed on."""

    LETTER = "letter"
    A4 = "a4"


@dataclass(frozen=True)
class Letterhead:
    """How a packet looks and whom it is from; every text is plain."""

    # over the first page; empty for the program's name and the period
    title: str = ""
    # who hands it out; empty where nobody said so
    agency_name: str = ""
    logo: Logo | None = None
    # of rules and bands, as #rrggbb
    color: str = LIGHT.accent
    paper: Paper = Paper.LETTER


def letterhead_of(
    settings: Settings,
    title: str | None = None,
    agency_name: str | None = None,
    logo: Path | None = None,
    color: str | None = None,
    paper: str | None = None,
) -> Letterhead:
    """The letterhead of the settings, with what is said here instead.

    Raises PacketProblem for a text that is too long or has signs that are not printed, and for a color, a paper or a logo
    that is none.
    """
    color = color or settings.packet_color or LIGHT.accent
    if not COLOR.fullmatch(color):
        raise PacketProblem(
            f"Expected a color as #rrggbb, found [{color}]; write for example #1B4F8F."
        )
    paper = paper or settings.packet_paper
    if paper not in list(Paper):
        raise PacketProblem(f"Expected a paper, found [{paper}]; choose from {', '.join(Paper)}.")
    path = logo or settings.packet_logo
    name = settings.packet_agency_name if agency_name is None else agency_name
    return Letterhead(
        title=_plain("title", title if title is not None else settings.packet_title, MOST_TITLE),
        agency_name=_plain("agency's name", name, MOST_NAME),
        logo=read_logo(path) if path else None,
        color=color.upper(),
        paper=Paper(paper),
    )


def _plain(what: str, text: str, most: int) -> str:
    text = text.strip()
    if len(text) > most:
        raise PacketProblem(
            f"Expected a {what} of at most {most} characters, found [{len(text):,}]; write a shorter one."
        )
    if MARKUP.search(text):
        raise PacketProblem(f"Expected a {what} without markup, found [{text}]; write it plainly.")
    if not text.isprintable():
        raise PacketProblem(
            f"Expected a {what} in one line of printed characters, found [{text!r}]; write it plainly."
        )
    return text
