"""A packet is what the pages show: its questions are theirs, its words stand on them, and its view is theirs."""

from html import escape

import pytest
from page_content import QUESTIONS as QUESTIONS_OF_PAGES
from page_content import REGISTRY_PAGES, in_markdown

from outcomes.analyses.control_charts.this_month import OF_THE_MONTH
from outcomes.answers.choice import BEGINNING, selection_of
from outcomes.packet.alone import exhibit_alone
from outcomes.packet.asked import ask
from outcomes.packet.contents import Packet, packet_of
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.nation import QUESTIONS as NATION
from outcomes.packet.questions import QUESTIONS
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Exhibit
from outcomes.store.snapshot import live_snapshot
from outcomes.vocabulary.log import View
from pages.shell import packet as packet_of_pages
from pages.shell import take_away
from pages.shell.compared import compared_keys
from pages.shell.navigation import find_page
from pages.shell.page import AnyPage
from pages.shell.show import PAGE_OF

KESTREL = "demo-kestrel-mesa"
LOOKED_AT = ("safety_escalations", "injuries")


@pytest.mark.parametrize("question", QUESTIONS, ids=lambda question: question.name)
def test_a_question_is_that_of_its_page(question):
    entry = find_page(question.name)
    assert (question.title, question.words) == (entry.title, entry.question)
    if question.name != "officer_time":
        assert question.judged == compared_keys(question.name)
    assert set(question.figures) | set(question.says) <= set(question.judged)


@pytest.mark.parametrize("name", NATION)
def test_a_question_about_the_nation_is_that_of_its_page(name: str):
    entry = find_page(name)
    assert NATION[name] == entry.question


def packet(store, view: View) -> Packet:
    snapshot = live_snapshot(store)
    chosen = {**BEGINNING, "program": KESTREL, "view": view.value}
    selection = selection_of(chosen, snapshot.programs, snapshot.coverage)
    return packet_of(ask(selection, snapshot), Letterhead(), LOOKED_AT)


@pytest.mark.parametrize("view", list(View))
def test_what_a_packet_says_stands_on_its_page(visit, demo_store, view: View):
    made = packet(demo_store, view)
    goals, month, *sheets = made.sheets
    assert tuple(PAGE_OF) == OF_THE_MONTH
    overview = visit(demo_store, "overview", program=KESTREL, period="12", view=view.value)
    assert goals.name == "goals"
    assert in_markdown(goals.answers[0]) in [each.value for each in overview.markdown]
    (table,) = [
        str(e.proto.body) for e in overview.get("html") if 'class="ro-month"' in str(e.proto.body)
    ]
    for row in month.tables[0].rows.to_numpy().tolist():
        assert [cell for cell in row if escape(cell) not in table] == []
    for sheet in sheets:
        run = visit(demo_store, sheet.name, program=KESTREL, period="12", view=view.value)
        words = " ".join(each.value for each in run.markdown).replace("\\", "")
        for said in sheet.answers:
            assert in_markdown(said) in words
        html = " ".join(str(each.proto.body) for each in run.get("html"))
        shown = sheet.tables[0].rows
        for row in shown.to_dict("records"):
            assert str(row["Value"]) in html
        captions = " ".join(each.value for each in run.caption).replace("\\", "")
        for caption in sheet.exhibit.caption:
            assert in_markdown(caption) in captions
        buttons = {each.label for each in run.get("download_button")}
        assert {"PDF", "Slides", "Workbook", "Slide"} <= buttons
        keys = {each.key for each in run.get("download_button")}
        assert {"alone-tiles-pptx", "alone-tiles-pdf"} <= keys
        assert run.multiselect[0].value == [
            "calls_diverted",
            "safety_escalations",
            "injuries",
            "response_times",
            "scene_outcomes",
        ]


def test_nothing_is_offered_where_there_is_no_response(visit, demo_store):
    run = visit(demo_store, "overview", program=KESTREL, period="12", call_type="fire")
    assert any("no response in this selection" in each.value for each in run.caption)
    assert not [each for each in run.get("download_button") if each.label == "Slides"]


@pytest.mark.long
@pytest.mark.parametrize("page", [*QUESTIONS_OF_PAGES, *REGISTRY_PAGES])
def test_every_exhibit_can_stand_alone(visit, demo_store, monkeypatch, page: str):
    shown: list[tuple[Exhibit, About]] = []
    offer = packet_of_pages.offer_alone

    def noted(run: AnyPage, exhibit: Exhibit) -> None:
        shown.append((exhibit, run.about(exhibit)))
        offer(run, exhibit)

    monkeypatch.setattr(take_away, "offer_alone", noted)
    run = visit(demo_store, page, **({} if page in REGISTRY_PAGES else {"program": KESTREL}))
    assert not run.exception
    for exhibit, about in shown:
        for ending, begins in (("pdf", b"%PDF"), ("pptx", b"PK")):
            data = exhibit_alone(ending, exhibit, about, "A question?", "", Letterhead())
            assert data.startswith(begins), exhibit.key


def test_the_brief_is_offered_with_the_claims(visit, demo_store):
    run = visit(demo_store, "claims_checked")
    assert any("brief" in each.label for each in run.get("download_button"))


@pytest.mark.parametrize("name", NATION)
def test_the_nation_is_offered_as_a_packet_with_the_pages_own_questions(
    visit, demo_store, name: str
):
    run = visit(demo_store, name)
    (chosen,) = [each for each in run.multiselect if each.label == "Questions"]
    assert list(chosen.value) == list(NATION)
    assert {"PDF", "Slides", "Workbook"} <= {each.label for each in run.get("download_button")}
