"""Every exhibit that the pages show: it can be printed elsewhere, in either theme, and stored."""

import json
import pickle
import re

import pytest
from page_content import QUESTIONS, REGISTRY_PAGES
from plotly.graph_objects import Figure

from outcomes.figures.record import FigureRecord, read_record
from outcomes.presentation.charts.drawing import drawing_of
from outcomes.presentation.exhibit import Exhibit
from outcomes.presentation.sentences import MOST_WORDS
from outcomes.presentation.taken_away import sentence_of, title_of
from outcomes.vocabulary.bold import BOLD
from pages.shell.page import AnyPage

# Words that nobody says aloud; "held against their will" is the field's own.
OLD_WORDS = re.compile(
    r"told by|held against(?! their will)|stands? above|\blies\b|what it would take", re.IGNORECASE
)
LARGEST_FIGURE = 200_000
STATES = {
    "one program": {"program": "demo-kestrel-mesa"},
    "public": {"view": "public"},
    "not recorded": {"program": "demo-quillhaven"},
}
# Pages with counts of few people, whose exhibits are cited in the public view.
SMALL_COUNTS = ("safety_escalations", "injuries", "demand_and_coverage", "data_quality")
# Pages without a selection are looked at once.
LOOKS = [(page, state) for page in QUESTIONS for state in STATES]
LOOKS += [(page, "one program") for page in REGISTRY_PAGES]


def texts(exhibit: Exhibit) -> list[str]:
    """All that an exhibit says in sentences."""
    beside = [words for chart in exhibit.charts for words in (*chart.legend, *chart.remarks)]
    titles = [part.title for part in (*exhibit.charts, *exhibit.tables)]
    said = (exhibit.title, exhibit.headline, exhibit.answer, exhibit.footnote, exhibit.empty)
    cards = [words for card in exhibit.cards for words in (card.label, card.value, *card.lines)]
    return [*said, exhibit.quote, *exhibit.caption, *exhibit.notes, *cards, *beside, *titles]


@pytest.mark.parametrize(("page", "state"), LOOKS, ids=str)
def test_an_exhibit_is_whole(look_at, demo_store, page: str, state: str):
    look = look_at(demo_store, page, **({} if page in REGISTRY_PAGES else STATES[state]))
    assert not look.run.exception
    keys = [exhibit.key for exhibit in look.exhibits]
    assert len(keys) == len(set(keys))
    for exhibit in look.exhibits:
        check(exhibit, is_of_log=page not in REGISTRY_PAGES)


@pytest.mark.parametrize("page", SMALL_COUNTS)
def test_an_exhibit_of_the_public_view_can_be_cited(visit, demo_store, monkeypatch, page: str):
    cited: list[FigureRecord] = []
    take = AnyPage.take

    def noted(run: AnyPage, exhibit: Exhibit) -> None:
        take(run, exhibit)
        if not exhibit.empty:
            # An answer of the program view in it would be refused.
            cited.append(run.record(exhibit))

    monkeypatch.setattr(AnyPage, "take", noted)
    run = visit(demo_store, page, view="public")
    assert not run.exception
    for record in cited:
        assert read_record(record.as_bytes()) == record
        assert {told["selection"]["view"] for told in record.answers} <= {"public"}
        # The one page that hides more of an answer than the answer itself.
        assert all(record.compared) or page == "safety_escalations"


def check(exhibit: Exhibit, is_of_log: bool) -> None:
    """Fail where it lacks something that a page, a packet or a file prints."""
    said = texts(exhibit)
    assert any(said) or exhibit.tables, exhibit.key
    # Escapes and links belong to the medium that prints it.
    assert not [words for words in said if "\\" in words or "](" in words]
    assert not [words for words in said if OLD_WORDS.search(words)]
    assert not [words for words in said if re.search(r"\d %|\d\u00a0%", words)]
    assert not exhibit.charts or exhibit.tables, "a chart has its table beside it"
    stored = pickle.loads(pickle.dumps(exhibit))
    for chart, again in zip(exhibit.charts, stored.charts, strict=True):
        drawn = {is_dark: chart.figure(is_dark=is_dark) for is_dark in (False, True)}
        if isinstance(drawn[False], Figure):
            assert len(chart.alt) > 20
            assert BOLD not in chart.alt
            specs = {is_dark: figure.to_json() for is_dark, figure in drawn.items()}
            assert max(map(len, specs.values())) < LARGEST_FIGURE
            # The themes differ in nothing but colors.
            traces = [len(json.loads(spec)["data"]) for spec in specs.values()]
            assert traces[0] == traces[1] > 0
            assert again.figure(is_dark=True).to_json() == specs[True]
            drawing = drawing_of(drawn[False])
            assert drawing.marks or drawing.areas or drawing.strokes or drawing.bands
            title = title_of(exhibit, chart)
            assert 5 < len(title) < 200, title
            assert BOLD not in title
    for table in exhibit.tables:
        assert all(isinstance(cell, str) for cell in table.rows.to_numpy().flat), exhibit.key
    if is_of_log and exhibit.tables and not exhibit.empty:
        assert exhibit.answers or exhibit.source, exhibit.key
    for csv in filter(None, [exhibit.csv]):
        assert csv.text.endswith("\n")
    assert len(sentence_of(exhibit).split()) <= MOST_WORDS
