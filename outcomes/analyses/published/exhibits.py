"""Exhibits of published figures: the answer, contradictions, totals, police hours per call, and every figure."""

from functools import partial

from outcomes.analyses.published import tables, text
from outcomes.analyses.published.analysis import (
    CheckedFigure,
    HoursPerCall,
    PublishedOutcomes,
    rates_by_program,
)
from outcomes.analyses.published.citation import hours_citation, published_citation
from outcomes.analyses.published.figure import hours_figure, rates_figure
from outcomes.presentation.charts.series import ChartSeries, Series
from outcomes.presentation.exhibit import Chart, Exhibit, Table
from outcomes.presentation.export_registry import registry_file
from outcomes.registry.database import Registry
from outcomes.registry.rates import Verdict

ADDED_UP = (
    "Counts are added up only where the same was counted over the same; a total is never a mean of rates. "
    "Everything else stays apart."
)


def published_exhibit(outcomes: PublishedOutcomes, registry: Registry, link: str) -> Exhibit:
    """How much was published, how much of it are bounds, and how many printed rates their own counts do not give."""
    return Exhibit(
        "published",
        headline=text.answer_sentence(outcomes),
        sentence=text.short_answer_sentence(outcomes, f"{registry.as_of:%b %Y}"),
        quote=published_citation(outcomes, registry.name, link),
    )


def extent_exhibit(outcomes: PublishedOutcomes) -> Exhibit:
    """Which printed rates their own counts do not give, and what to know of all figures."""
    wrong = outcomes.with_verdict(Verdict.DOES_NOT_AGREE)
    return Exhibit(
        "extent",
        answer=text.disagreement_sentence(outcomes),
        sentence=f"{text.wrong_rate_words(wrong[0])}." if wrong else "",
        cards=tables.published_cards(outcomes),
        notes=tuple(text.published_notes(outcomes)),
    )


def rates_exhibit(outcomes: PublishedOutcomes) -> Exhibit:
    """Rates by program as dots, each from the program's own printed counts, with its limits and its source."""
    groups = rates_by_program(outcomes)
    shown = tuple(figure for figures in groups.values() for figure in figures)
    return Exhibit(
        "rates",
        answer=text.rates_finding(groups),
        sentence=text.rates_sentence(groups),
        charts=(
            Chart(
                partial(rates_figure, groups),
                text.rates_finding(groups),
                finding="Rates that programs’ own printed counts give",
                series=rates_series(groups),
            ),
        ),
        tables=(Table(tables.rates_table(shown)),),
        footnote="The line is the 95% interval. A rate whose base is printed as “about” has none. "
        "Gray dots are in no range: contradicted, or of another definition.",
    )


def rates_series(groups: dict[str, tuple[CheckedFigure, ...]]) -> ChartSeries:
    """The rates as rates_figure draws them: bars from the bottom up, with the intervals that have one."""
    rows = [(heading, figure) for heading, figures in groups.items() for figure in figures][::-1]
    intervals = [figure.interval for _, figure in rows]
    return ChartSeries(
        "bars",
        tuple(f"{heading}. {text.dot_words(figure)}" for heading, figure in rows),
        (
            Series(
                "Rate",
                tuple(figure.share for _, figure in rows),
                tuple(None if one is None else one.low for one in intervals),
                tuple(None if one is None else one.high for one in intervals),
            ),
        ),
        "0.0##%",
    )


def hours_series(hours: tuple[HoursPerCall, ...]) -> ChartSeries:
    """Police hours per call as hours_figure draws them: bars from the bottom up."""
    rows = hours[::-1]
    return ChartSeries(
        "bars",
        tuple(f"{text.program_words(each.row)}: {text.hours_counts(each)}" for each in rows),
        (Series("Police hours per call", tuple(each.hours_per_call for each in rows)),),
        "0.00",
        "Hours per call",
    )


def conflicts_exhibit(outcomes: PublishedOutcomes, registry: Registry) -> Exhibit:
    """How many sets of figures contradict each other, and what explains each."""
    rows = [
        {"conflict": each.conflict, "title": each.title, "explanation": each.explanation}
        for each in outcomes.conflicts
    ]
    words = (
        f"{len(outcomes.conflicts):,} sets of figures contradict each other, or seem to: two sources, two periods, or two "
        "ways to count. All are shown as printed; none is picked here."
    )
    csv = registry_file(registry, "Contradictions explained", "published_conflicts", rows)
    return Exhibit("conflicts", caption=(words,), csv=csv)


def totals_exhibit(outcomes: PublishedOutcomes, registry: Registry) -> Exhibit:
    """Counts added up where definitions match."""
    totals = outcomes.totals
    csv = registry_file(
        registry, "Totals of matching definitions", "published_totals", tables.total_rows(totals)
    )
    return Exhibit("totals", caption=(ADDED_UP,), cards=tables.total_cards(totals), csv=csv)


def hours_exhibit(outcomes: PublishedOutcomes, registry: Registry, link: str) -> Exhibit:
    """Police hours per call as programs estimate them, far apart."""
    hours = outcomes.hours
    quote = hours_citation(hours, registry.name, link)
    rows = [{**each.row, "hours_per_call": each.hours_per_call} for each in hours]
    return Exhibit(
        "hours",
        answer=text.hours_sentence(hours),
        sentence=text.short_hours_sentence(hours, f"{registry.as_of:%b %Y}"),
        quote=quote,
        charts=(
            Chart(
                partial(hours_figure, hours), text.hours_finding(hours), series=hours_series(hours)
            ),
        ),
        tables=(Table(tables.hours_table(hours)),),
        csv=registry_file(
            registry,
            "Police hours per call",
            "police_hours_per_call",
            rows,
            quote=quote,
        ),
    )


def figures_exhibit(
    figures: tuple[CheckedFigure, ...], of_count: int, registry: Registry, link: str
) -> Exhibit:
    """The figures that are chosen, of so many, with bounds, counts, verdict and source."""
    unread = sum(not figure.is_sourced for figure in figures)
    marked = f"; {unread:,} marked unverified" if unread else ""
    caption = (f"{len(figures):,} of {of_count:,} figures{marked}.",)
    if not figures:
        return Exhibit("figures", caption=caption)
    csv = registry_file(
        registry,
        "Every figure chosen",
        "published_figures",
        tables.figure_rows(figures, registry.name, link),
    )
    return Exhibit(
        "figures",
        caption=caption,
        tables=(Table(tables.figure_table(figures), is_long=True),),
        csv=csv,
    )
