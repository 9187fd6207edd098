"""Exhibits of officer time: hours by call type, by assumption, and beside what programs published."""

from functools import partial

from outcomes.analyses.officer_time.analysis import OfficerTime, Range
from outcomes.analyses.officer_time.benchmark import (
    THIS_ONE,
    benchmark_hovers,
    benchmark_rows,
    benchmark_sentence,
    benchmark_table,
)
from outcomes.analyses.officer_time.figure import range_figure
from outcomes.analyses.officer_time.text import (
    RANGE_80,
    ends_rows,
    estimate_range,
    moved_csv,
    range_table,
    sensitivity_rows,
    sensitivity_sentence,
    type_rows,
)
from outcomes.analyses.published.analysis import HoursPerCall
from outcomes.presentation.charts.series import COUNT_FORMAT, ChartSeries, Series
from outcomes.presentation.exhibit import Chart, CsvFile, Exhibit, Table
from outcomes.vocabulary.bold import without_bold


def by_type_exhibit(time: OfficerTime) -> Exhibit:
    """Hours by call type, before police time is taken off."""
    rows = type_rows(time)
    if not rows:
        return Exhibit("officer-by-type", caption=("No hours, so no call types.",))
    first, numbers = rows[0]
    return _ranges(
        time,
        "by-type",
        rows,
        f"Middle and {RANGE_80}; before police time still spent is taken off. Middle values of call types add up only about to that "
        "of the whole.",
        f"Most hours come from {first}: {estimate_range(numbers)}.",
    )


def sensitivity_exhibit(time: OfficerTime) -> Exhibit:
    """What each assumption alone does to the hours."""
    if not time.sensitivity:
        return Exhibit("officer-moved", caption=("No hours, so nothing that moves them.",))
    return _ranges(
        time,
        "moved",
        sensitivity_rows(time),
        f"A tornado: one assumption over its own {RANGE_80}, for every call type at once, the others at their middle; widest first.",
        sensitivity_sentence(time),
        sensitivity_sentence(time),
        CsvFile("What moves officer hours", moved_csv(time)),
    )


def ends_exhibit(time: OfficerTime) -> Exhibit:
    """The hours of the draws beside those with every assumption at one end."""
    rows = ends_rows(time)
    return Exhibit(
        "officer-ends",
        tables=(Table(range_table(rows)),) if rows else (),
        source=time.strict.source,
    )


def _ranges(
    time: OfficerTime,
    name: str,
    rows: list[tuple[str, Range]],
    caption: str,
    alt: str,
    answer: str = "",
    csv: CsvFile | None = None,
) -> Exhibit:
    return Exhibit(
        f"officer-{name}",
        answer=answer,
        caption=(caption,),
        charts=(
            Chart(
                partial(range_figure, rows, is_tornado=csv is not None),
                alt,
                series=range_series(rows),
            ),
        ),
        tables=(Table(range_table(rows)),),
        csv=csv,
        source=time.strict.source,
    )


def range_series(rows: list[tuple[str, Range]]) -> ChartSeries:
    """The middle of each range with both its ends, the first row on top."""
    turned = rows[::-1]
    hours = Series(
        "Officer hours",
        tuple(numbers.middle for _, numbers in turned),
        tuple(numbers.low for _, numbers in turned),
        tuple(numbers.high for _, numbers in turned),
    )
    return ChartSeries("bars", tuple(name for name, _ in turned), (hours,), COUNT_FORMAT, "hours")


def benchmark_exhibit(time: OfficerTime, published: tuple[HoursPerCall, ...]) -> Exhibit:
    """Hours for each diverted call beside those that programs published."""
    said = benchmark_sentence(time, published)
    figure = partial(
        range_figure,
        benchmark_rows(time, published),
        decimals=2,
        marked=THIS_ONE,
        hovers=benchmark_hovers(time, published),
    )
    return Exhibit(
        "officer-benchmark",
        answer=said,
        caption=("Hours for each call. Each source stands beside its dot and in the table.",),
        charts=(Chart(figure, without_bold(said)),),
        tables=(Table(benchmark_table(time, published)),),
        source=time.strict.source,
    )
