"""The exhibit of the call mix: whether the team got the easy calls, and the mix beside what came in."""

from functools import partial

from outcomes.analyses.call_mix.analysis import CallMix
from outcomes.analyses.call_mix.figure import mix_figure
from outcomes.analyses.call_mix.text import drawn_kinds, mix_finding, mix_sentence, mix_table
from outcomes.presentation.exhibit import Chart, Exhibit, Table

MARKS = {
    "taken": "● calls the team took",
    "eligible": "◇ all eligible calls",
    "public": "□ all calls from the public",
}


def mix_exhibit(mix: CallMix, title: str) -> Exhibit:
    """The calls that the team took beside those that came in, by kind of call."""
    if not mix.parts:
        return Exhibit("call-mix", title, empty=mix_sentence(mix))
    by = f" and {mix.urgency}" if mix.urgency else ""
    legend = "  ·  ".join(MARKS[name] for name in mix.sorts)
    chart = Chart(partial(mix_figure, mix), mix_finding(mix), legend=(legend,))
    return Exhibit(
        "call-mix",
        title,
        headline=mix_sentence(mix),
        caption=(
            f"Kinds of call are by call type{by}. A kind that came in and was never taken has no rate: about it "
            "nothing can be said. A kind that was taken and has no eligible calls is not on the list of what the team may take. "
            + " ".join(mix.notes),
        ),
        charts=(chart,) if drawn_kinds(mix) else (),
        tables=(Table(mix_table(mix)),),
        answers=mix.answers,
    )
