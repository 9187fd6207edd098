"""One exhibit alone, as a slide or as a page to print."""

from outcomes.packet.contents import exhibit_sheet
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.pdf import sheet_pdf
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Exhibit

# What each is called, with the ending of its file.
ALONE = {"Slide": "pptx", "PDF": "pdf"}


def exhibit_alone(
    ending: str, exhibit: Exhibit, about: About, question: str, link: str, letterhead: Letterhead
) -> bytes:
    """The exhibit as a file of that ending; question is the page's, for an exhibit without a title."""
    sheet = exhibit_sheet(exhibit, about, question, link)
    if ending == "pdf":
        return sheet_pdf(sheet, letterhead)
    # Takes a while to load, and is wanted by few readers.
    from outcomes.packet.slides import sheet_slide

    return sheet_slide(sheet, letterhead)
