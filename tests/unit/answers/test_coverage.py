"""A figure over several logs names the programs that do not record it."""

from outcomes.answers.coverage import recordings
from outcomes.selection import Selection


def test_both_programs_are_named_on_one_side_or_the_other(small_snapshot):
    names = {f"{each.program_name} ({each.state})" for each in small_snapshot.programs}
    keys = ["responses", "safety_escalation_rate", "serious_injury_rate"]
    found = recordings(keys, Selection(), small_snapshot)
    assert [each.metric.key for each in found] == keys
    for each in found:
        assert set(each.recorded_by) | set(each.not_recorded_by) == names
        assert not set(each.recorded_by) & set(each.not_recorded_by)


def test_a_program_that_is_silent_is_named_as_such(real_snapshot):
    lane = Selection(("lane-county-mcs",))
    (found,) = recordings(["safety_escalation_rate"], lane, real_snapshot)
    assert found.recorded_by == ()
    assert len(found.not_recorded_by) == 1
    (responses,) = recordings(["responses"], lane, real_snapshot)
    assert responses.not_recorded_by == ()
