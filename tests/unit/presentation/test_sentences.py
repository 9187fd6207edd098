"""What rows are called: words for people, and what must not pass for something else."""

from outcomes.metrics.registry import find_metric
from outcomes.presentation.sentences import grain_label
from outcomes.vocabulary.labels import US_STATES

RESPONSES = find_metric("responses")


def test_a_province_does_not_pass_for_a_state():
    assert grain_label("state", "OR", RESPONSES, {}) == "OR"
    assert grain_label("state", "ON", RESPONSES, {}) == "ON (not in the United States)"
    assert len(US_STATES) == 51


def test_rows_without_a_value_say_what_is_missing():
    assert grain_label("month", None, RESPONSES, {}) == "No date"
    assert grain_label("hour", None, RESPONSES, {}) == "No time of day"
    assert grain_label("acuity", "not_recorded", RESPONSES, {}) == "Not recorded"
