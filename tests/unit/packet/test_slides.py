"""A slide that leaves alone says whose figures it shows, of when and how sure; tiles leave as one slide, in either view."""

import io
from dataclasses import replace
from typing import Any

import pytest
from pptx import Presentation
from pptx.oxml.ns import qn

from outcomes.analyses.goals.analysis import goal_readings
from outcomes.packet.alone import exhibit_alone, title_alone
from outcomes.packet.asked import Asked, ask
from outcomes.packet.contents import Packet, exhibit_sheet
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.questions import BY_NAME
from outcomes.packet.slides import packet_slides
from outcomes.packet.tiles import tiles_exhibit
from outcomes.presentation.citation import MADE_UP, about_logs
from outcomes.presentation.exhibit import Exhibit
from outcomes.vocabulary.log import View

WHOSE = "Kestrel Mesa Crisis Response, Nov 2025 to Oct 2026"
LINK = "https://example.org/overview?program=demo-kestrel-mesa"
QUESTION = "Is the program working?"
RANGE = "80% range"
# Of letters that are read from three meters.
READABLE = 24


def texts(slide: Any) -> dict[str, str]:
    """What each box of words on a slide says, by its name; several of one name in lines."""
    said: dict[str, str] = {}
    for shape in slide.shapes:
        if shape.has_text_frame:
            said[shape.name] = f"{said.get(shape.name, '')}\n{shape.text_frame.text}".strip()
    return said


def everything(slide: Any) -> str:
    """All words of a slide, its table's too."""
    cells = [
        cell.text
        for shape in slide.shapes
        if shape.has_table
        for row in shape.table.rows
        for cell in row.cells
    ]
    return "\n".join([*texts(slide).values(), *cells])


def slide_of(exhibit: Exhibit, asked: Asked) -> Any:
    """The one slide of an exhibit."""
    source = asked.answering("responses", None, None).source
    about = about_logs(asked.selection, source, ["incidents"])
    data = exhibit_alone("pptx", exhibit, about, QUESTION, LINK, Letterhead())
    (slide,) = Presentation(io.BytesIO(data)).slides
    return slide


def tiles(asked: Asked, name: str = "overview") -> Exhibit:
    """The tiles of a page."""
    question = BY_NAME[name]
    compared = asked.compared(question.judged)
    return tiles_exhibit(
        [compared[key] for key in question.figures],
        question.counts,
        goal_readings(asked.selection, asked.snapshot, asked.rule),
        LINK,
    )


def test_every_slide_says_whose_and_when_and_its_footer_no_snapshot(
    packet: Packet, files: dict[str, bytes]
):
    cover, *slides = Presentation(io.BytesIO(files["pptx"])).slides
    for slide in slides:
        said = texts(slide)
        assert said["Whose and when"].startswith(WHOSE)
        shapes = {shape.name: shape for shape in slide.shapes}
        assert shapes["Whose and when"].top >= slide.shapes.title.top + slide.shapes.title.height
        run = shapes["Made up"].text_frame.paragraphs[0].runs[0]
        assert (run.text, run.font.size.pt) == (MADE_UP, 16)
    for slide in (cover, *slides):
        foot = texts(slide)["Source"]
        assert "data owner" in foot
        assert "Coverage: Jun 1, 2021 to " in foot
        assert [word for word in ("Snapshot", "Queries", "Methods") if word in foot] == []
        assert "Snapshot" in slide.notes_slide.notes_text_frame.text


def test_a_slide_of_the_registry_says_so(nation: Packet):
    _, *slides = Presentation(io.BytesIO(packet_slides(nation))).slides
    for slide in slides:
        assert texts(slide)["Whose and when"] == (
            f"Registry of programs, {nation.about.period} · each from a published source"
        )
    # Of many months only the years are named, each where it begins.
    (chart,) = [shape.chart for shape in slides[0].shapes if shape.has_chart]
    axis = chart.category_axis._element
    assert axis.tag == qn("c:dateAx")
    units = {tag: axis.find(qn(f"c:{tag}")).get("val") for tag in ("majorUnit", "majorTimeUnit")}
    assert units == {"majorUnit": "1", "majorTimeUnit": "years"}
    assert chart.category_axis.tick_labels.number_format == "yyyy"
    # Day 42,005 of office programs is January 1, 2015.
    assert chart.category_axis.minimum_scale == 42005
    assert next(iter(chart.plots[0].categories)) == "42005.0"


def test_an_estimate_has_its_range_and_its_word_wherever_it_stands(
    packet: Packet, files: dict[str, bytes], asked: Asked
):
    diverted = next(sheet for sheet in packet.sheets if sheet.name == "calls_diverted")
    net = diverted.tables[0].rows.set_index("Figure").loc["Calls diverted, net estimate", "Value"]
    held = 0
    for slide in Presentation(io.BytesIO(files["pptx"])).slides:
        for line in everything(slide).splitlines():
            if net in line:
                assert RANGE in line
                assert "estimate" in everything(slide)
                held += 1
    assert held == 1
    assert RANGE in diverted.reply
    assert "estimate" in diverted.reply
    shown = asked.answering("net_diverted", None, None)
    alone = exhibit_sheet(Exhibit("a", answers=(shown,)), packet.about, QUESTION, "")
    assert alone.short.startswith("Estimate: ")
    assert RANGE in alone.short
    (card,) = [c for c in tiles(asked, "calls_diverted").cards if c.label.endswith("estimate")]
    assert any(line.startswith(RANGE) for line in card.lines)


@pytest.mark.parametrize("view", list(View))
def test_tiles_are_one_slide_that_hides_what_the_page_hides(asked: Asked, view: View):
    last = asked.selection.last_month
    selection = replace(asked.selection, view=view, first_month=last, call_types=("welfare_check",))
    few = ask(selection, asked.snapshot, asked.rule)
    for each in (few, ask(replace(asked.selection, view=view), asked.snapshot, asked.rule)):
        exhibit = tiles(each)
        slide = slide_of(exhibit, each)
        said = texts(slide)
        assert said["Title 1"] == QUESTION
        assert said["Whose and when"].startswith("Kestrel Mesa Crisis Response, ")
        assert LINK in said["Source"]
        boxes = [shape.text_frame for shape in slide.shapes if shape.name == "Figure"]
        assert len(boxes) == len(exhibit.cards) == 6
        for box, card in zip(boxes, exhibit.cards, strict=True):
            assert box.text.split("\n") == [card.label, card.value, *card.lines]
            assert box.paragraphs[1].runs[0].font.size.pt >= READABLE
        notes = slide.notes_slide.notes_text_frame.text
        for found in exhibit.answers:
            hidden = found.total.status.value == "suppressed"
            assert found.metric.definition in notes
            if hidden:
                card = next(c for c in exhibit.cards if c.label == found.metric.label)
                assert card.value == "Hidden to protect people"
                assert all(line.startswith("Goal ") for line in card.lines)
    assert "Oct 2026 · " in (whose := texts(slide_of(tiles(few), few))["Whose and when"])
    assert whose.endswith("only Check on welfare")
    inside = ask(replace(selection, view=View.PROGRAM), asked.snapshot, asked.rule)
    is_hidden = [found.total.status.value == "suppressed" for found in tiles(few).answers]
    assert any(is_hidden) is (view is View.PUBLIC)
    for hides, card in zip(is_hidden, tiles(inside).cards, strict=True):
        # What the program view says of it stands nowhere on the public slide.
        assert not (hides and card.value in everything(slide_of(tiles(few), few)))


def test_the_goal_stands_on_its_tile(asked: Asked):
    cards = {card.label: card.lines for card in tiles(asked).cards}
    assert "Goal at least 50%: ✓ met" in cards["Share of eligible calls reached"]
    assert "Goal at least 450 a month: ✓ met" in cards["Responses"]


def test_a_chart_alone_is_called_what_it_shows(asked: Asked):
    chart = BY_NAME["overview"].chart(asked)
    slide = slide_of(chart, asked)
    said = texts(slide)
    assert said["Title 1"] == "Responses, by month"
    assert said["Answer"].startswith("Teams reached the scene")
    # The answer is said once.
    assert everything(slide).count("Teams reached the scene") == 1
    assert title_alone(Exhibit("a", "Its title"), QUESTION) == "Its title"
    assert title_alone(Exhibit("a"), QUESTION) == QUESTION
