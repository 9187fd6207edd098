"""Pages that a log cannot answer are marked in the navigation."""

from pages.shell.marks import shown_keys


def _marks(run) -> str:
    return " ".join(part.value for part in run.get("html") if "no data" in part.value)


def test_pages_that_the_log_cannot_answer_are_marked(visit, lane_store):
    marks = _marks(visit(lane_store, "overview"))
    for name in ("calls_diverted", "safety_escalations", "injuries", "officer_time"):
        assert f'a[href$="/{name}"]::after' in marks
    # It compares arrests, which the log records, and shows times and endings.
    for name in ("overview", "compare_programs", "response_times", "scene_outcomes"):
        assert f'a[href$="/{name}"]::after' not in marks


def test_a_log_that_answers_every_page_has_no_marks(visit, demo_store):
    assert _marks(visit(demo_store, "overview", program="demo-kestrel-mesa")) == ""


def test_what_a_page_shows_is_read_from_its_source():
    assert shown_keys("injuries")[0] == "injury_rate"
    assert shown_keys("officer_time") == ("diverted_strict",)
    assert shown_keys("methods") == ()
