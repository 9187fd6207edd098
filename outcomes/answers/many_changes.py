"""Several answers shown together: a change is claimed only where it stands beside all the others."""

from collections.abc import Sequence
from dataclasses import replace

from outcomes.answers.answer import Answer
from outcomes.answers.notes import comparison_notes
from outcomes.answers.period_change import CLAIMS, Comparison, Doubt, Tone
from outcomes.statistics.comparison import Change
from outcomes.statistics.many_changes import claims_that_stand


def judged_together(answers: Sequence[Answer]) -> list[Answer]:
    """The answers, in order, with changes that chance among so many could have made called too few to tell.

    Those that are about the same, or not compared, stay; each metric counts once.
    """
    compared = {
        found.metric.key: found.comparison.judged.p_value
        for found in answers
        if found.comparison and found.comparison.judged
    }
    stands = dict(zip(compared, claims_that_stand(list(compared.values())), strict=True))
    return [_judged(found, stands) for found in answers]


def many_changes_note(answers: Sequence[Answer]) -> str:
    """How the changes shown together were judged; empty where fewer than two were."""
    number = len(
        {
            found.metric.key
            for found in answers
            if found.comparison and found.comparison.judged is not None
        }
    )
    if number < 2:
        return ""
    return (
        f"{number} changes are judged together here: of those called higher or lower, at most one in 20 is expected to "
        "be chance."
    )


def _judged(found: Answer, stands: dict[str, bool]) -> Answer:
    comparison = found.comparison
    if comparison is None or comparison.change not in CLAIMS or stands[found.metric.key]:
        return found
    weaker = _too_few(comparison)
    before = comparison_notes(comparison)
    others = tuple(note for note in found.notes if note not in before)
    return replace(found, comparison=weaker, notes=(*others, *comparison_notes(weaker)))


def _too_few(comparison: Comparison) -> Comparison:
    return replace(
        comparison,
        change=Change.TOO_FEW,
        tone=Tone.NEUTRAL,
        doubt=Doubt.ONE_OF_MANY,
    )
