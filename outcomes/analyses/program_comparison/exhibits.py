"""Exhibits of programs against each other: as they are, at an equal mix of calls, and what a new one may expect."""

from functools import partial

from outcomes.analyses.program_comparison import text
from outcomes.analyses.program_comparison.analysis import ProgramComparison
from outcomes.analyses.program_comparison.figure import (
    equal_mix_figure,
    funnel_plot_figure,
    without_name,
)
from outcomes.analyses.program_comparison.scorecard import Score
from outcomes.analyses.program_comparison.tables import (
    comparison_table,
    mix_table,
    scorecard_csv,
    scorecard_table,
)
from outcomes.answers.answer import Source
from outcomes.presentation.exhibit import Chart, CsvFile, Exhibit, Table
from outcomes.vocabulary.bold import without_bold

LIMITS = (
    "Dotted: all programs together. Dashed: 95% limits for all of them at once; were they alike, one chart in twenty would have "
    "one outside. Solid: 99.8%. ◆ is outside."
)


def scorecard_exhibit(scores: tuple[Score, ...]) -> Exhibit:
    """The measures that a director compares, each beside the others; empty where there is no other program of its kind."""
    if not any(score.has_others for score in scores):
        return Exhibit("scorecard", empty=text.NOBODY_ELSE)
    source = max(
        (score.source for score in scores if score.source),
        key=lambda one: len(one.programs),
        default=None,
    )
    return Exhibit(
        "scorecard",
        headline=text.scorecard_sentence(scores),
        tables=(Table(scorecard_table(scores), is_stacked=True, words=text.SCORECARD_WORDS),),
        csv=CsvFile("Scorecard", scorecard_csv(scores)),
        footnote=text.scorecard_caption(scores),
        queries=tuple(dict.fromkeys(score.metric.query for score in scores)),
        source=source,
    )


def funnel_plot_exhibit(
    comparison: ProgramComparison, marked: tuple[str, ...], link: str = ""
) -> Exhibit:
    """The funnel plot with what its limits mean; marked are the programs that the reader chose."""
    unnamed = without_name(comparison, marked)
    no_room = f" Not named for want of room: {', '.join(unnamed)}." if unnamed else ""
    chart = Chart(
        partial(funnel_plot_figure, comparison, marked=marked),
        without_bold(text.comparison_sentence(comparison)),
        remarks=(f"{LIMITS}{no_room}",),
    )
    return Exhibit(
        "funnel-plot",
        headline=text.comparison_sentence(comparison),
        answer=text.chosen_sentence(comparison, marked),
        quote=text.comparison_citation(comparison, link),
        caption=(
            f"{text.measure_label(comparison)}: {comparison.metric.definition}",
            f"{text.NO_RANKING} {comparison.funnel.excess.note if comparison.funnel else ''}",
        ),
        charts=(chart,) if comparison.funnel else (),
        tables=(Table(comparison_table(comparison)),),
        source=_source(comparison),
    )


def equal_mix_exhibit(comparison: ProgramComparison, marked: tuple[str, ...]) -> Exhibit:
    """Observed over expected at equal call mix, beside the share as it is."""
    key, title = "equal-mix", "At an equal mix of calls"
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
        charts=(Chart(figure, without_bold(sentence)),),
        tables=(Table(mix_table(comparison)),),
        queries=(comparison.metric.query,),
        source=_source(comparison),
    )


def _source(comparison: ProgramComparison) -> Source | None:
    return comparison.by_program.source if comparison.by_program else None


def comparison_exhibits(
    comparison: ProgramComparison, marked: tuple[str, ...], link: str = ""
) -> tuple[Exhibit, ...]:
    """All that is shown where programs are compared; none where they are not."""
    if comparison.is_refused:
        return ()
    typical = Exhibit(
        "typical-program",
        "What a program like these may expect",
        answer=text.pooled_sentence(comparison),
    )
    return (
        funnel_plot_exhibit(comparison, marked, link),
        equal_mix_exhibit(comparison, marked),
        *([typical] if comparison.pooled else []),
    )
