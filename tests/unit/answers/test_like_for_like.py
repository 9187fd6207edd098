"""Like for like: a program is in both periods or in neither, and its growth alone changes nothing."""

from calendar import monthrange
from datetime import date

import pytest
from made_city import write_agency, write_csv

from outcomes.answers.answer import Answer, answer
from outcomes.answers.like_for_like import LeftOut
from outcomes.answers.many_changes import judged_together, many_changes_note
from outcomes.answers.period_change import CompareWith, Comparison, Doubt, Tone
from outcomes.ingest.run import load_log
from outcomes.presentation.sentences import answer_sentence, change_text
from outcomes.selection import Selection
from outcomes.statistics.comparison import Change
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import View

# Its store takes many loads; tests/unit/answers/test_period_change.py looks at changes of one program.
pytestmark = pytest.mark.slow

# Responses a month and arrests among them in 2022 and in 2023, and the first month.
PROGRAMS = {
    "north": ("MD", (100, 10), (100, 5), 1),
    # grew tenfold, with fewer arrests of a hundred than before but many more than the north
    "east": ("MD", (20, 8), (200, 70), 1),
    # began in July 2022, so it cannot be held against itself
    "south": ("OR", (60, 20), (60, 20), 7),
    # so small that its arrests are hidden from the public
    "tiny": ("CA", (15, 1), (15, 1), 1),
}


def rows_of(name: str) -> list[dict[str, str]]:
    _, *years, begins = PROGRAMS[name]
    return [
        {
            "id": f"{name}-{year}-{month}-{n}",
            "received": f"{year}-{month:02d}-{n * days // number + 1:02d} 10:00:00",
            "arrived": f"{year}-{month:02d}-{n * days // number + 1:02d} 10:10:00",
            "type": "MH",
            "origin": "911",
            "result": "contacted",
            "arrest": "yes" if n < arrests else "no",
        }
        for year, (number, arrests) in zip((2022, 2023), years, strict=True)
        for month in range(1, 13)
        if year == 2023 or month >= begins
        for days in [monthrange(year, month)[1]]
        for n in range(number)
    ]


@pytest.fixture(scope="module")
def snapshot(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    folder = tmp_path_factory.mktemp("like")
    for name, (state, *_) in PROGRAMS.items():
        agencies = write_agency(folder / "agencies", name, name=f"The {name}", state=state)
        log = write_csv(folder / f"{name}.csv", rows_of(name))
        load_log([log], name, agencies, folder / "store")
    return live_snapshot(folder / "store")


def asked(*programs: str, months: int = 12, view: View = View.PROGRAM) -> Selection:
    return Selection(
        programs, first_month=date(2023, 1, 1), last_month=date(2023, months, 1), view=view
    )


def found(snapshot: Snapshot, selection: Selection, metric: str = "arrest_rate") -> Answer:
    return answer(metric, selection, snapshot, compare_with=CompareWith.YEAR_BEFORE)


def compared(snapshot: Snapshot, selection: Selection, metric: str = "arrest_rate") -> Comparison:
    comparison = found(snapshot, selection, metric).comparison
    assert comparison is not None
    return comparison


def test_a_program_that_began_in_between_is_in_neither_period_and_named(snapshot: Snapshot):
    # Wrong: 1,200 responses with 120 arrests against 1,920 with 300, "higher, look into this".
    answered = found(snapshot, asked("north", "south"))
    comparison = answered.comparison
    assert comparison is not None
    assert (comparison.change, comparison.tone) == (Change.LOWER, Tone.IMPROVEMENT)
    assert comparison.earlier is not None
    assert (comparison.earlier.numerator, comparison.earlier.denominator) == (120, 1_200)
    assert comparison.left_out == (
        LeftOut("The south", "the log does not cover all of Jan 2022 to Dec 2022"),
    )
    note = "Left out of the comparison with the earlier period: The south (the log does not cover all of Jan 2022 to Dec 2022)."
    assert note in answered.notes
    # Newcombe's limits of 60 of 1,200 against 120 of 1,200
    assert (
        answer_sentence(answered)
        .replace(BOLD, "")
        .endswith(
            "Lower than the year before: \u22125.00 points (\u22127.13 to \u22122.91). Compared: 1 of 2 programs."
        )
    )


def test_a_program_that_grew_does_not_turn_the_change_of_each_into_its_opposite(snapshot: Snapshot):
    # 15% of 1,440 against 25% of 3,600, though both programs made fewer arrests of a hundred
    comparison = compared(snapshot, asked("north", "east"))
    assert comparison.difference is not None
    assert comparison.at_earlier_mix is not None
    assert comparison.difference.size == pytest.approx(900 / 3_600 - 216 / 1_440)
    assert comparison.at_earlier_mix.size == pytest.approx(-0.05)
    assert (comparison.change, comparison.tone) == (Change.LOWER, Tone.IMPROVEMENT)
    assert comparison.doubt is Doubt.MIX_CHANGED
    answered = found(snapshot, asked("north", "east"))
    assert "The mix of programs changed" in answered.notes[-1]
    assert change_text(answered.metric, comparison).startswith(
        "lower than the year before at the same mix of programs: \u22125.00 points ("
    )
    assert "the mix changed, all together +10.00 points (" in change_text(
        answered.metric, comparison
    )


def test_nobody_left_is_not_compared(snapshot: Snapshot):
    comparison = compared(snapshot, asked("south"))
    assert comparison.change is Change.NOT_COMPARABLE
    assert comparison.words == "Not compared: the log does not cover all of Jan 2022 to Dec 2022."


def test_a_hidden_program_lets_nothing_be_claimed_and_tells_no_part(snapshot: Snapshot):
    public = asked("north", "tiny", months=3, view=View.PUBLIC)
    comparison = compared(snapshot, public)
    assert (comparison.change, comparison.doubt) == (Change.TOO_FEW, Doubt.MIX_HIDDEN)
    assert comparison.at_earlier_mix is None
    # the sum is shown, here and elsewhere
    assert comparison.earlier is not None
    assert comparison.earlier.numerator == 33
    assert compared(snapshot, asked("north", "tiny", months=3)).at_earlier_mix is not None


def test_no_program_is_left_out_where_the_rest_would_tell_what_is_hidden(snapshot: Snapshot):
    public = asked("north", "tiny", "south", months=3, view=View.PUBLIC)
    comparison = compared(snapshot, public)
    assert comparison.change is Change.NOT_COMPARABLE
    assert (comparison.earlier, comparison.difference, comparison.left_out) == (None, None, ())
    assert compared(snapshot, asked("north", "tiny", "south", months=3)).program_count == 2


def test_volumes_of_several_programs_are_those_of_the_same_ones(snapshot: Snapshot):
    comparison = compared(snapshot, asked("north", "south"), "responses")
    assert comparison.is_volume
    assert comparison.difference is not None
    assert comparison.difference.size == pytest.approx(0.0)
    assert comparison.earlier is not None
    assert comparison.earlier.numerator == 1_200
    # 100 a month vary by chance by less than a tenth over a year
    assert comparison.change is Change.ABOUT_THE_SAME


def test_changes_shown_together_are_judged_together(snapshot: Snapshot):
    keys = ["arrest_rate", "arrest_dispatch_share", "responses", "contact_share", "dispatches"]
    answers = [found(snapshot, asked("north"), key) for key in keys]
    together = judged_together(answers)
    # the claim is far beyond chance, and stands
    assert together[0].comparison is not None
    assert together[0].comparison.change is Change.LOWER
    assert many_changes_note(together).startswith("5 changes are judged together here")
    assert many_changes_note(together[:1]) == ""


def test_a_claim_that_one_of_many_makes_by_chance_is_taken_back(snapshot: Snapshot):
    weak = found(snapshot, asked("north", months=3))
    assert weak.comparison is not None
    assert weak.comparison.change is Change.LOWER
    others = [
        found(snapshot, asked("north", months=3), key)
        for key in ("responses", "contact_share", "dispatches", "contacts")
    ]
    alone, together = judged_together([weak])[0], judged_together([weak, *others])[0]
    assert alone.comparison == weak.comparison
    assert together.comparison is not None
    assert (together.comparison.change, together.comparison.tone) == (Change.TOO_FEW, Tone.NEUTRAL)
    assert together.comparison.difference == weak.comparison.difference
    said = change_text(together.metric, together.comparison)
    assert said.startswith(
        "too few to tell a change from the same months a year before among so many: "
    )
    assert any("Of the many changes shown together" in note for note in together.notes)
