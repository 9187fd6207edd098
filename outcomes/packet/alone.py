"""One exhibit alone, as a slide or as a page to print."""

from outcomes.packet.contents import exhibit_sheet
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.pdf import sheet_pdf
from outcomes.packet.slides import sheet_slide
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Exhibit

# What each is called, with the ending of its file.
ALONE = {"Slide": "pptx", "PDF": "pdf"}


def exhibit_alone(
    ending: str, exhibit: Exhibit, about: About, question: str, link: str, letterhead: Letterhead
) -> bytes:
    """The exhibit as a file of that ending; question is the page's, for an exhibit without a title."""
    sheet = exhibit_sheet(exhibit, about, question, link)
    make = sheet_slide if ending == "pptx" else sheet_pdf
    return make(sheet, letterhead)
