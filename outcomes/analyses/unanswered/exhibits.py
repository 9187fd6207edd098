"""Exhibit of what logs cannot answer, and the fields to ask a vendor for as a file."""

from outcomes.analyses.unanswered.analysis import Unanswered
from outcomes.analyses.unanswered.text import answer_words, lack_sentence, unanswered_sentence
from outcomes.presentation.csv_file import csv_text
from outcomes.presentation.exhibit import CsvFile, Exhibit


def unanswered_exhibit(found: Unanswered) -> Exhibit:
    """What the chosen logs do not record, each with the figures that need it; empty where they record everything."""
    return Exhibit(
        "unanswered",
        "What this log cannot answer"
        if len(found.program_names) == 1
        else "What these logs cannot answer",
        answer=unanswered_sentence(found),
        notes=tuple(lack_sentence(lack) for lack in found.lacks),
    )


def fields_file(found: Unanswered) -> CsvFile:
    """The fields to ask for, one a row: what, what it must be able to say, which figures need it, names of the contract."""
    rows = [
        (
            lack.need.words,
            answer_words(lack),
            "; ".join(metric.label for metric in lack.metrics),
            "; ".join(lack.need.any_field),
        )
        for lack in found.lacks
    ]
    columns = ("wanted", "must_be_able_to_say", "needed_for", "fields_one_of")
    return CsvFile("Fields to ask for", csv_text(columns, rows))
