"""The exhibit of the call funnel: every stage, every exit, and whether they add up."""

from functools import partial

from outcomes.analyses.call_funnel.analysis import Funnel
from outcomes.analyses.call_funnel.figure import funnel_figure
from outcomes.analyses.call_funnel.tables import funnel_table
from outcomes.presentation.exhibit import Chart, Exhibit, Table, why_empty
from outcomes.presentation.sentences import answer_sentence
from outcomes.vocabulary.bold import without_bold


def funnel_exhibit(funnel: Funnel) -> Exhibit:
    """The call funnel with every exit; where stages and exits do not add up, no caption says so."""
    if not funnel.is_recorded:
        return Exhibit("funnel", empty=why_empty(funnel.reached))
    said = without_bold(answer_sentence(funnel.reached))
    count = funnel.stages[0].count
    adds_up = not funnel.missing_calls and count is not None
    return Exhibit(
        "funnel",
        caption=(
            f"Every one of the {count:,} eligible calls is reached or has a named exit; stages and exits add up.",
        )
        if adds_up
        else (),
        charts=(Chart(partial(funnel_figure, funnel), f"Call funnel. {said}"),),
        tables=(Table(funnel_table(funnel)),),
        source=funnel.reached.source,
    )
