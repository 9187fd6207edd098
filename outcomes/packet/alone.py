"""One exhibit alone, as a slide or as a page to print."""

from dataclasses import replace

from outcomes.packet.contents import exhibit_sheet
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.pdf import sheet_pdf
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Exhibit, label_of_answer
from outcomes.presentation.taken_away import title_of

# What each is called, with the ending of its file.
ALONE = {"Slide": "pptx", "PDF": "pdf"}
# Letters of a finding that is a title.
LONGEST_TITLE = 110


def exhibit_alone(
    ending: str, exhibit: Exhibit, about: About, question: str, link: str, letterhead: Letterhead
) -> bytes:
    """The exhibit as a file of that ending; question is the page's, for an exhibit without a title."""
    sheet = replace(
        exhibit_sheet(exhibit, about, question, link), question=title_alone(exhibit, question)
    )
    if ending == "pdf":
        return sheet_pdf(sheet, letterhead)
    # Takes a while to load, and is wanted by few readers.
    from outcomes.packet.slides import sheet_slide

    return sheet_slide(sheet, letterhead)


def title_alone(exhibit: Exhibit, question: str) -> str:
    """What stands over an exhibit alone: its title; of a chart without one what it draws, or its finding; else the question.

    The page's question is larger than one of its charts, which does not answer it.
    """
    if exhibit.title or exhibit.empty or not exhibit.charts:
        return exhibit.title or question
    drawn = [found for found in exhibit.answers if found.breakdown]
    if drawn and drawn[0].breakdown:
        names = [found.metric.short_label for found in drawn]
        name = " and ".join(names) if len(drawn) > 1 else label_of_answer(drawn[0])
        return f"{name}, by {drawn[0].breakdown.value.replace('_', ' ')}"
    finding = title_of(exhibit, exhibit.charts[0])
    return finding if len(finding) <= LONGEST_TITLE else question
