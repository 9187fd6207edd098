"""The list of pages: every file is in the navigation, and says the question that its title asks."""

import ast
import re
import shutil
from pathlib import Path

import pytest
from built_stores import PROJECT

from docs.generate import DOCUMENTS, PAGES_BEGIN, PAGES_END, stale_documents, with_pages
from outcomes.analyses.methods.text import methods_document
from outcomes.metrics.registry import METRICS, SUBJECTS
from outcomes.settings import Settings
from pages.shell import navigation
from pages.shell.navigation import PAGES, PageEntry, page_address, view_link

BEGINNINGS = ("begin_page", "begin_registry_page")


def test_every_page_file_is_in_the_navigation_and_the_other_way_round():
    files = {path.stem for path in (PROJECT / "pages").glob("*.py")}
    assert files == {entry.name for entry in PAGES}


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_the_purpose_line_is_the_question_and_its_readers(entry: PageEntry):
    source = (PROJECT / "pages" / f"{entry.name}.py").read_text(encoding="utf-8")
    purpose = (ast.get_docstring(ast.parse(source)) or "").splitlines()[0]
    assert re.fullmatch(rf"{re.escape(entry.question)} For [a-z ,]+\.", purpose)


def test_a_page_that_does_not_say_its_question_and_readers_is_refused(tmp_path: Path, monkeypatch):
    monkeypatch.setattr(navigation, "PAGES_FOLDER", tmp_path)
    for said in ("How many?", "For directors.", ""):
        (tmp_path / "new.py").write_text(f'"""{said}"""\n', encoding="utf-8")
        with pytest.raises(ValueError, match=r"pages/new.py .* found \["):
            navigation._entry("new", "New", "star", navigation.LOGS)


@pytest.mark.parametrize("entry", PAGES, ids=lambda entry: entry.name)
def test_the_page_begins_as_itself(entry: PageEntry):
    source = (PROJECT / "pages" / f"{entry.name}.py").read_text(encoding="utf-8")
    begun = [
        call.args[0].value
        for call in ast.walk(ast.parse(source))
        if isinstance(call, ast.Call) and getattr(call.func, "id", "") in BEGINNINGS
    ]
    assert begun == [entry.name]


@pytest.mark.parametrize("here", ["http://h:1/", "http://h:1/injuries?view=public", "http://h:1"])
def test_a_page_is_found_from_any_other(here: str):
    assert page_address("injuries", here) == "http://h:1/injuries"
    assert page_address("overview", here) == "http://h:1/overview"


def test_a_link_begins_with_the_public_address_where_one_is_set():
    entry = PAGES[1]
    link = view_link(entry, {"program": "a,b"}, "https://outcomes.example.org/pages/")
    assert link == f"https://outcomes.example.org/pages/{entry.name}?program=a,b"


@pytest.mark.parametrize(
    "address", ["outcomes.example.org", "https://", "ftp://a.org", "https://a.org/?x=1"]
)
def test_a_public_address_that_is_none_is_refused(address: str):
    with pytest.raises(ValueError, match="public_address"):
        Settings(public_address=address)


def test_methods_shows_every_metric(visit, demo_store):
    run = visit(demo_store, "methods")
    assert not run.exception
    shown = {
        opened.label: " ".join(text.value for text in opened.markdown) for opened in run.expander
    }
    assert [metric.label for metric in METRICS.values()] == list(shown)
    for metric in METRICS.values():
        text = shown[metric.label]
        for part in (metric.definition, metric.question, metric.includes, metric.source):
            assert part in text
        assert f"`{metric.key}`" in text
    assert [header.value for header in run.subheader] == list(SUBJECTS)
    assert list(run.dataframe[0].value["Number"]) == list(shown)


def test_methods_opens_at_the_metric_of_a_link_and_says_where_none_is(visit, demo_store):
    metric = METRICS["diverted_strict"]
    said = [text.value for text in visit(demo_store, "methods", metric=metric.key).markdown]
    assert f"**{metric.label}**" in said
    run = visit(demo_store, "methods", metric="<b>nothing")
    assert not run.exception
    assert "which is not there; all are listed" in run.warning[0].value


def test_methods_finds_by_words(visit, demo_store):
    run = visit(demo_store, "methods")
    run.text_input[0].set_value("DIVERTED strict").run()
    found = [opened.label for opened in run.expander]
    assert METRICS["diverted_strict"].label in found
    assert METRICS["injury_rate"].label not in found
    run.text_input[0].set_value("zebra").run()
    assert [opened.label for opened in run.expander] == []
    assert "No definition has the words" in run.info[-1].value


def test_the_documents_are_what_the_code_gives():
    assert list(stale_documents()) == [], "run: make docs"


def test_a_stale_document_is_found_and_written_anew(tmp_path: Path):
    (tmp_path / "docs").mkdir()
    for name in DOCUMENTS:
        shutil.copy(PROJECT / name, tmp_path / name)
    assert stale_documents(tmp_path) == {}
    row = f"| {PAGES[0].title} | {PAGES[0].question} |\n"
    readme = (tmp_path / "README.md").read_text(encoding="utf-8")
    (tmp_path / "README.md").write_text(readme.replace(row, ""), encoding="utf-8")
    (tmp_path / "docs" / "methods.md").write_text("# Methods\n", encoding="utf-8")
    stale = stale_documents(tmp_path)
    assert stale == {"docs/methods.md": methods_document(), "README.md": readme}


@pytest.mark.parametrize(
    "readme",
    ["", PAGES_BEGIN, PAGES_END, PAGES_END + PAGES_BEGIN, 2 * (PAGES_BEGIN + PAGES_END)],
)
def test_a_readme_without_its_markers_is_refused(readme: str):
    with pytest.raises(ValueError, match="once each"):
        with_pages(readme)
