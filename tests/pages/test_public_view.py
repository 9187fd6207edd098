"""The public view fails closed: every other word for it, a server that has no other, and what it does not offer."""

from pathlib import Path

import pytest
from page_content import cards
from streamlit.testing.v1 import AppTest

NOTICE = "Public view"


def notices(run: AppTest) -> str:
    assert not run.exception
    return " ".join(said.value for said in (*run.info, *run.caption))


@pytest.mark.parametrize("query", [{"view": "public"}, {"View": "public"}])
def test_the_public_view_is_the_public_view(demo_store: Path, visit, query: dict):
    assert NOTICE in notices(visit(demo_store, "injuries", **query))


@pytest.mark.parametrize(
    "query",
    [
        {"view": "Public"},
        {"view": "PUBLIC"},
        {"view": "publi"},
        {"view": "public,public"},
        {"view": "program,public"},
        {"view": "Program"},
        {"view": " program"},
        {"view": ""},
        {"view": "0"},
        {"view": "<b>"},
        {"view": ["program", "public"]},
        {"VIEW": "PUBLIC"},
    ],
)
def test_whatever_is_no_view_shows_nothing_and_goes_on_in_public(
    demo_store: Path, visit, query: dict
):
    run = visit(demo_store, "injuries", **query)
    assert "The link asks for view" in run.error[0].value
    assert not cards(run)
    run = run.button(key="without-it").click().run()
    assert NOTICE in notices(run)
    assert dict(run.query_params)["view"] in ("public", ["public"])


def test_the_program_view_is_the_program_view(demo_store: Path, visit):
    for query in ({}, {"view": "program"}):
        assert NOTICE not in notices(visit(demo_store, "injuries", **query))


@pytest.fixture
def public_only(monkeypatch: pytest.MonkeyPatch, fresh_settings: None) -> None:
    """A server that has the public view alone."""
    monkeypatch.setenv("OUTCOMES_PUBLIC_ONLY", "1")
    monkeypatch.setenv("OUTCOMES_LOAD_PAGE", "1")


@pytest.mark.parametrize("query", [{}, {"view": "program"}, {"view": "public"}])
def test_a_server_can_be_held_to_the_public_view(
    public_only: None, demo_store: Path, visit, query: dict
):
    run = visit(demo_store, "injuries", **query)
    assert NOTICE in notices(run)
    assert "View" not in [field.label for field in run.radio]
    run = visit(demo_store, "load_a_log", **query)
    assert "brings no logs in" in notices(run)
    assert not run.get("file_uploader")


def test_the_public_view_brings_no_logs_in(demo_store: Path, visit):
    assert visit(demo_store, "load_a_log").get("file_uploader")
    run = visit(demo_store, "load_a_log", view="public")
    assert "brings no logs in" in notices(run)
    assert not run.get("file_uploader")


def test_the_public_view_has_no_target_of_a_readers_own_and_no_hour_of_the_week(
    demo_store: Path, visit
):
    inside = visit(demo_store, "response_times", target="15")
    assert "which you set and the program did not" in " ".join(
        said.value for said in inside.markdown
    )
    run = visit(demo_store, "response_times", target="15", view="public")
    said = " ".join(each.value for each in [*run.markdown, *run.caption, *run.info])
    assert "which you set" not in said
    assert "no target of a reader's own" in said
    assert "does not tell the hours of the week" in said
    assert "Your target for the wait, in minutes" not in [field.label for field in run.number_input]


def test_the_public_view_offers_no_rejected_rows_and_no_values_of_the_log(demo_store: Path, visit):
    run = visit(demo_store, "data_quality", view="public")
    assert "program view alone" in " ".join(said.value for said in run.caption)
    assert not [each for each in run.get("download_button") if "Rejected" in each.label]
    assert [
        e for e in visit(demo_store, "data_quality").get("download_button") if "Rejected" in e.label
    ]
