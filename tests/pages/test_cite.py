"""Cite: a button under each exhibit that keeps it and shows the address that it has from now on."""

import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from outcomes.figures.record import read_record
from outcomes.store.figure_files import find_figure, kept_figures
from outcomes.vocabulary.log import View

PAGE = "calls_diverted"


@pytest.fixture
def store(small_store: Path, tmp_path: Path, fresh_settings: None) -> Path:
    """A copy of the small store that figures can be kept in."""
    shutil.copytree(small_store, tmp_path / "store")
    return tmp_path / "store"


def cite(run: AppTest, place: int = 0) -> AppTest:
    return [each for each in run.button if each.label == "Cite"][place].click().run()


def shown(run: AppTest) -> list[str]:
    return [each.value for each in run.code if "/figure/" in each.value]


@pytest.mark.slow
def test_a_figure_is_cited_once_and_its_citation_names_its_address(visit, store: Path):
    run = visit(store, PAGE)
    assert shown(run) == []
    run = cite(run)
    assert not run.exception
    (address,) = shown(run)
    (figure,) = kept_figures(store)
    assert address.endswith(f"/figure/{figure.address}")
    assert figure.view is View.PROGRAM
    copies = " ".join(each.proto.body for each in run.get("html"))
    assert copies.count(f"/figure/{figure.address}") == 2, (
        "in what is copied, and in what is said of it"
    )
    record = read_record(figure.path.read_bytes())
    assert (record.page, record.query["period"]) == (PAGE, "all")
    # Again, and by another reader: the same figure.
    cite(run)
    assert shown(cite(visit(store, PAGE))) == [address]
    assert kept_figures(store) == [figure]
    # Where something else is chosen, it is another figure.
    run.query_params["view"] = "public"
    run = run.run()
    assert shown(run) == []
    run = cite(run)
    assert [each.view for each in kept_figures(store)].count(View.PUBLIC) == 1


@pytest.mark.slow
def test_the_answer_itself_can_be_cited(visit, store: Path):
    """What stands large on the page, and not only its months: in public these may be hidden where it is not."""
    run = cite(visit(store, PAGE))
    (figure,) = kept_figures(store)
    record = read_record(figure.path.read_bytes())
    (told,) = record.answers
    assert told["rows"] == []
    counted = f"**{told['total']['numerator']:,}**"
    assert any(counted in each.value for each in run.markdown[:6])


def test_an_exhibit_of_the_registry_can_be_cited(visit, store: Path):
    run = cite(visit(store, "claims_checked"))
    assert not run.exception
    (figure,) = kept_figures(store)
    found = find_figure(store, figure.address, (View.PUBLIC,))
    assert found is not None
    assert read_record(found[1]).snapshot.startswith("registry of ")
    assert len(shown(run)) == 1


def test_where_nothing_can_be_kept_one_sentence_says_why(visit, store: Path, monkeypatch):
    (store / "figures").mkdir(mode=0o700)
    (store / "figures" / "program").symlink_to(store)
    run = cite(visit(store, PAGE))
    assert not run.exception
    assert shown(run) == []
    assert any("nothing was kept" in each.value for each in run.warning)
    assert not list(store.glob("*.json"))


def test_whether_readers_may_cite_is_a_setting(visit, store: Path, monkeypatch):
    monkeypatch.setenv("OUTCOMES_CITING", "0")
    assert "Cite" not in [each.label for each in visit(store, PAGE).button]


def test_on_a_server_for_the_public_what_is_cited_is_public(visit, store: Path, monkeypatch):
    monkeypatch.setenv("OUTCOMES_PUBLIC_ONLY", "1")
    run = cite(visit(store, PAGE))
    assert not run.exception
    assert [each.view for each in kept_figures(store)] == [View.PUBLIC]
