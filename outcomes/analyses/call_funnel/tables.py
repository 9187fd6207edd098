"""The call funnel, and the chance that police would have been sent, as tables of texts."""

import pandas

from outcomes.analyses.call_funnel.analysis import Funnel
from outcomes.presentation.format import STATUS_WORDS, count_text, percent
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType, Status

ASSUMPTION_SHARES = ("low_share", "base_share", "high_share")


def funnel_table(funnel: Funnel) -> pandas.DataFrame:
    """The funnel's stages and exits as texts: stage, exit, calls."""
    rows = []
    for stage in funnel.stages:
        rows.append({"Stage": stage.words, "Exit": "", "Calls": _count(stage.count)})
        rows += [
            {"Stage": "", "Exit": leaving.words, "Calls": _count(leaving.count)}
            for leaving in stage.exits
        ]
    rows += [
        {"Stage": "", "Exit": f"Of the arrivals: {part.words.lower()}", "Calls": _count(part.count)}
        for part in funnel.police
    ]
    return pandas.DataFrame(rows)


def _count(count: int | None) -> str:
    return count_text(count, STATUS_WORDS[Status.SUPPRESSED])


def assumption_table(assumptions: pandas.DataFrame) -> pandas.DataFrame:
    """The chance that police would have been sent, by call type, as texts with sources."""
    table = pandas.DataFrame(
        {"Call type": [label(CallType(kind)) for kind in assumptions.call_type]}
    )
    for name in ASSUMPTION_SHARES:
        words = name.removesuffix("_share").capitalize()
        table[words] = [percent(share, 0) for share in assumptions[name]]
    table["Source"] = list(assumptions.source)
    return table
