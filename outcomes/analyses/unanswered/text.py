"""Words for what logs cannot answer, and the request that a program can send to the vendor of its system."""

from outcomes.analyses.unanswered.analysis import Lack, Unanswered
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.log import (
    CallOrigin,
    ContactResult,
    Disposition,
    InjurySeverity,
    NotReachedReason,
    PoliceInvolvement,
    PoliceRequestReason,
    TransportPlace,
)

# More names than this are told by their number.
MOST_NAMED = 4
# The closed list that each field's answers are words of, and how the fields that say yes or no begin.
VOCABULARY_OF = {
    "call_origin": CallOrigin,
    "contact_result": ContactResult,
    "disposition": Disposition,
    "not_reached_reason": NotReachedReason,
    "police_involvement": PoliceInvolvement,
    "police_request_reason": PoliceRequestReason,
    "severity": InjurySeverity,
    "transport_to": TransportPlace,
}
FLAGS = ("has_", "is_")


def unanswered_sentence(found: Unanswered) -> str:
    """How many figures of a page cannot be counted, and whose log that is."""
    count = len(found.not_answered)
    whole = count + len(found.answered)
    whose = (
        f"log of {found.program_names[0]} does"
        if len(found.program_names) == 1
        else "logs chosen do"
    )
    return f"The {whose} not record what {BOLD}{count} of {counted(whole, 'figure')}{BOLD} on this page need."


def lack_sentence(lack: Lack) -> str:
    """What is not recorded, and the figures that need it."""
    return f"{BOLD}Not recorded:{BOLD} {lack.need.words}. Needed for: {_figures(lack)}."


def request_text(found: Unanswered) -> str:
    """A request to the vendor of a dispatch or records system, to be copied; one numbered field each."""
    lines = [
        "Please add these fields to the export of our calls, one row for each call.",
        "We report on the work of our community responders, and these figures need them.",
        "",
    ]
    for place, lack in enumerate(found.lacks, start=1):
        lines.append(f"{place}. {lack.need.words[:1].upper()}{lack.need.words[1:]}.")
        lines.append(f"   We need it for: {_figures(lack)}.")
        if answer_words(lack):
            lines.append(f"   It must be able to say: {answer_words(lack)}.")
    lines += [
        "",
        "An empty cell must mean that nobody said, not that the answer is no. Please leave out names,",
        "dates of birth, phone numbers and exact addresses.",
    ]
    return "\n".join(lines)


def answer_words(lack: Lack) -> str:
    """What the field must be able to say, in plain words: one of each list; empty for times, codes and yes alone."""
    lists = []
    for either in lack.need.answers:
        words = dict.fromkeys(filter(None, map(_plain, either)))
        if words:
            lists.append(" or ".join(words))
    return "; and ".join(lists)


def _plain(answer: str) -> str:
    """An answer of the contract in plain words: 'police_involvement=none' is 'no police'; empty where it only says that."""
    field, _, word = answer.partition("=")
    if word == "not_recorded":
        return ""
    if field in VOCABULARY_OF:
        return label_of(VOCABULARY_OF[field], word).lower()
    return word if word in ("yes", "no") and field.startswith(FLAGS) else ""


def _figures(lack: Lack) -> str:
    names = [metric.label for metric in lack.metrics]
    more = len(names) - MOST_NAMED
    if more > 0:
        names = [*names[:MOST_NAMED], counted(more, "other figure")]
    return "; ".join(names)
