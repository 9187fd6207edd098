"""Exhibits of programs against each other: as they are, at an equal mix of calls, and what a new one may expect."""

from functools import partial

from outcomes.analyses.program_comparison import text
from outcomes.analyses.program_comparison.analysis import ProgramComparison
from outcomes.analyses.program_comparison.figure import equal_mix_figure, funnel_plot_figure
from outcomes.analyses.program_comparison.tables import comparison_table, letters, mix_table
from outcomes.answers.answer import Source
from outcomes.presentation.exhibit import Chart, Exhibit, Table

LIMITS = (
    "The dotted line is all of them together. The dashed lines are 95% limits and the solid ones 99.8%, each for all programs "
    "shown together. ◆ is outside the dashed ones."
)


def funnel_plot_exhibit(comparison: ProgramComparison, marked: tuple[str, ...]) -> Exhibit:
    """The funnel plot with what its letters and limits mean; marked are the programs that the reader chose."""
    marks = letters(comparison)
    key = " · ".join(f"{marks[one.program_id]} {one.name}" for one in comparison.programs)
    chart = Chart(
        partial(funnel_plot_figure, comparison, marked=marked),
        text.comparison_sentence(comparison).replace("**", ""),
        remarks=(f"{key}. {LIMITS}",),
    )
    return Exhibit(
        "funnel-plot",
        "Is the difference more than chance?",
        caption=(
            f"{text.NO_RANKING} {comparison.funnel.excess.note if comparison.funnel else ''}",
        ),
        charts=(chart,) if comparison.funnel else (),
        tables=(Table(comparison_table(comparison)),),
        source=_source(comparison),
    )


def equal_mix_exhibit(comparison: ProgramComparison, marked: tuple[str, ...]) -> Exhibit:
    """Observed over expected at equal call mix, beside the share as it is."""
    key, title = "equal-mix", "And at an equal mix of calls?"
    sentence = text.mix_sentence(comparison)
    if not any(one.standardised for one in comparison.programs):
        return Exhibit(key, title, answer=sentence)
    kinds = "call type and acuity" if comparison.by_acuity else "call type"
    figure = partial(equal_mix_figure, comparison, marked=marked)
    return Exhibit(
        key,
        title,
        answer=sentence,
        caption=(f"Expected at the rates of all programs together by {kinds}. {text.OWN_MIX}",),
        charts=(Chart(figure, sentence.replace("**", "")),),
        tables=(Table(mix_table(comparison)),),
        queries=(comparison.metric.query,),
        source=_source(comparison),
    )


def _source(comparison: ProgramComparison) -> Source | None:
    return comparison.by_program.source if comparison.by_program else None


def comparison_exhibits(
    comparison: ProgramComparison, marked: tuple[str, ...]
) -> tuple[Exhibit, ...]:
    """All that is shown where programs are compared; none where they are not."""
    if comparison.is_refused:
        return ()
    typical = Exhibit(
        "typical-program",
        "What is a program like these to expect?",
        answer=text.pooled_sentence(comparison),
    )
    return (
        funnel_plot_exhibit(comparison, marked),
        equal_mix_exhibit(comparison, marked),
        *([typical] if comparison.pooled else []),
    )
