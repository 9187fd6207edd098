"""The tiles of a page as an exhibit, to be taken away: each figure in large type, what it is of, its change, its goal."""

from collections.abc import Sequence

from outcomes.analyses.goals.analysis import GoalReading
from outcomes.analyses.goals.text import goal_words, state_words
from outcomes.answers.answer import Answer
from outcomes.presentation.citation import citation
from outcomes.presentation.exhibit import Card, Exhibit
from outcomes.presentation.sentences import headline, short_sentence
from outcomes.presentation.tiles import tile


def tiles_exhibit(
    answers: Sequence[Answer],
    counts: tuple[str, ...],
    goals: Sequence[GoalReading],
    link: str,
) -> Exhibit:
    """One card an answer, as its tile on the page; the count stands large where named, and a goal of it below."""
    goal_of = {reading.metric.key: reading for reading in goals}
    return Exhibit(
        "tiles",
        sentence="\n".join(map(short_sentence, answers)),
        quote="\n".join(citation(found, link) for found in answers),
        cards=tuple(
            _card(found, found.metric.key in counts, goal_of.get(found.metric.key))
            for found in answers
        ),
        answers=tuple(answers),
    )


def _card(found: Answer, is_count: bool, goal: GoalReading | None) -> Card:
    texts, shown = headline(found, is_count), tile(found, (), is_count)
    # Of a count alone the label says what is counted.
    is_of = shown.counts or is_count
    lines = (
        texts.counts if is_of and texts.has_value else "",
        shown.limit,
        shown.change,
        f"Goal {goal_words(goal.goal)}: {state_words(goal)}" if goal else "",
    )
    return Card(texts.label, texts.value, tuple(line for line in lines if line))
