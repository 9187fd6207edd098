"""Rare events: so few a month that a line of months is a saw of zeros and ones."""

from statistics import median

from outcomes.answers.answer import Answer
from outcomes.vocabulary.log import Coverage

# Events are rare where the median full month has fewer than this (own choice).
RARE = 3


def is_rare(answer: Answer) -> bool:
    """Whether an answer by month counts events of which the median full month has fewer than three.

    Of the counts that may be shown; a wait is no event.
    """
    rows = [row for row in answer.rows if row["coverage"] == Coverage.WHOLE]
    counts = [row["numerator"] for row in rows if row["numerator"] is not None]
    return bool(counts) and median(counts) < RARE
