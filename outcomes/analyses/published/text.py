"""Plain-language words for published figures: values with their bounds, counts, verdicts, and what can be quoted."""

from collections import Counter
from typing import Any

from outcomes.analyses.published.analysis import (
    POLICE_RATES,
    SECTOR,
    CheckedFigure,
    HoursPerCall,
    PublishedOutcomes,
    Total,
)
from outcomes.presentation.format import (
    AS_NEEDED,
    CONFIDENCE,
    as_printed,
    count_text,
    decimal_text,
    one_in,
    percent,
    percent_range,
)
from outcomes.presentation.sentences import month_words, with_bound
from outcomes.registry.rates import LOWER_BOUNDS, RATE_UNITS, UPPER_BOUNDS, Verdict
from outcomes.statistics.interval import Interval
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.registry import Bound, CountsOrigin

# Units whose number does not simply stand before the unit's own word.
UNIT_WORDS = {
    "percent": "{}%",
    "ratio": "{} times",
    "usd": "${}",
    "usd_million": "${} million",
    "usd_per_year": "${} a year",
    "usd_per_hour": "${} an hour",
    "calls_per_year": "{} calls a year",
    "calls_per_week": "{} calls a week",
}
# What a rate is whose counts are bounds.
RATE_BOUND_WORDS = {
    Bound.EXACT: "",
    Bound.ABOUT: "about ",
    Bound.AT_LEAST: "at least ",
    Bound.AT_MOST: "at most ",
}
CONTRADICTED, OTHER_DEFINITION = "contradicted", "of another definition"
WORDING_UNKNOWN = "wording not recorded"
NO_RATE = "no rate, because the bounds point both ways"


def bounded(words: str, bound: str) -> str:
    """A number's words with what the source says of it: 'more than 7,600'; the bare words where it is exact."""
    if bound == Bound.NOT_RECORDED:
        return f"{words} ({WORDING_UNKNOWN})"
    return with_bound(words, bound)


def value_words(row: dict[str, Any]) -> str:
    """A figure's value with its unit and its bound: 'more than 7,600 calls', '0.625%', '$2,200,000 a year'."""
    unit = row["unit"]
    if row["value"] == 1:
        is_ies = unit.endswith("ies")
        unit = unit.removesuffix("ies") + "y" if is_ies else unit.removesuffix("s")
    template = UNIT_WORDS.get(row["unit"], f"{{}} {unit}")
    return bounded(template.format(as_printed(row["value"])), row["value_bound"])


def count_words(row: dict[str, Any], which: str) -> str:
    """One of a row's counts with its bound: 'more than 16,000'."""
    return bounded(as_printed(row[which]), row[f"{which}_bound"])


def counts_words(row: dict[str, Any]) -> str:
    """The counts behind a figure: '160 of 24,000', 'base about 1,000', 'not printed'."""
    if row["denominator"] is None:
        return "no base printed" if row["numerator"] is not None else "not printed"
    base = count_words(row, "denominator")
    if row["numerator"] is None:
        return f"base {base}"
    derived = " (worked out, not printed)" if row["counts_origin"] == CountsOrigin.DERIVED else ""
    return f"{count_words(row, 'numerator')} of {base}{derived}"


def period_words(row: dict[str, Any]) -> str:
    """A figure's period: '2019', 'Jun 2020 to Nov 2020', 'not stated'."""
    start, end = row["period_start"], row["period_end"]
    if not start and not end:
        return "not stated"
    if start == end:
        return month_words(start)
    if start[:4] == end[:4] and start.endswith("-01") and end.endswith("-12"):
        return str(start[:4])
    return f"{month_words(start)} to {month_words(end)}"


def program_words(row: dict[str, Any]) -> str:
    """Whom a figure is about; one about several programs at once says so."""
    if row.get("scope") == SECTOR:
        return str(row["program"]).replace("SECTOR", "Several programs", 1)
    return str(row["program"])


def interval_words(share: float, interval: Interval) -> str:
    """The limits of a rate; for none, what it could still be."""
    if share == 0:
        return f"could still be up to {one_in(interval.high)}"
    limits = percent_range(interval.low, interval.high, AS_NEEDED, sign_at_both=True)
    return f"{CONFIDENCE} {limits}"


def bounded_share(share: float, bound: Bound) -> str:
    """A recomputed rate with what it is where a count is a bound: 'at least 70.8%'."""
    return f"{RATE_BOUND_WORDS[bound]}{percent(share, AS_NEEDED)}"


def rate_words(share: float | None, bound: Bound | None, interval: Interval | None) -> str:
    """A recomputed rate with its limits, such as '2.6%, 95% interval 2.3% to 3.0%'; empty where none."""
    if share is None or bound is None:
        return ""
    rate = bounded_share(share, bound)
    if interval is None:
        return rate
    return f"{rate}{';' if share == 0 else ','} {interval_words(share, interval)}"


def rate_row_words(figure: CheckedFigure) -> str:
    """Whose rate it is, when, and of how many: 'Denver STAR, Jun 2020 to Nov 2020: 0 of 748'."""
    row = figure.row
    return f"{program_words(row)}, {period_words(row)}: {counts_words(row)}"


def dot_words(figure: CheckedFigure) -> str:
    """The same beside its dot, which says where it is in no range."""
    why = why_apart(figure)
    return f"{rate_row_words(figure)}{f' ({why})' if why else ''}"


def why_apart(figure: CheckedFigure) -> str:
    """Why a rate is in no range and no total: contradicted, or of another definition; empty where it is in both."""
    if figure.is_in_a_total:
        return ""
    return CONTRADICTED if figure.row["conflict"] else OTHER_DEFINITION


def rates_finding(groups: dict[str, tuple[CheckedFigure, ...]]) -> str:
    """The rates that programs' own counts give, group by group, over the counts that a total would add up, and what is left out."""
    said = []
    for heading, figures in groups.items():
        found = _ranged(figures)
        left = Counter(why for why in map(why_apart, figures) if why)
        out = " and ".join(f"{number:,} {why}" for why, number in left.items())
        words = _range_words(found) if found else "no range"
        said.append(f"{heading}: {words}{f' (left out: {out})' if out else ''}")
    return (
        f"{'; '.join(said)}. A range is over counts of one definition, each program and period once, as the totals are; "
        "calls still differ from program to program, so this is no ranking."
    )


def rates_sentence(groups: dict[str, tuple[CheckedFigure, ...]]) -> str:
    """The first range in a sentence that stands alone; empty where there is none."""
    found = _ranged(groups.get(POLICE_RATES, ()))
    if not found:
        return ""
    first = min(figure.row["period_start"][:4] for figure in found)
    last = max(figure.row["period_end"][:4] for figure in found)
    share, _, counts = _range_words(found).partition(" over ")
    return (
        f"Police were asked for or needed on {share} of calls, in {counts}, {first} to {last} "
        "(Responder Outcomes registry)."
    )


def _ranged(figures: tuple[CheckedFigure, ...]) -> list[CheckedFigure]:
    return [figure for figure in figures if figure.is_in_a_total]


def _range_words(figures: list[CheckedFigure]) -> str:
    shares = [figure.share or 0.0 for figure in figures]
    limits = percent_range(min(shares), max(shares), AS_NEEDED, sign_at_both=True)
    programs = len({figure.row["program"] for figure in figures})
    return f"{limits} over {counted(len(figures), 'published count')} of {counted(programs, 'program')}"


def figure_rate_words(figure: CheckedFigure) -> str:
    """What a figure's printed counts give; says why where they give nothing."""
    words = rate_words(figure.share, figure.share_bound, figure.interval)
    return words or (NO_RATE if figure.has_printed_counts else "")


def verdict_words(figure: CheckedFigure) -> str:
    """Whether a printed rate agrees with its own counts, and why it cannot be said where it cannot."""
    if figure.verdict is None:
        is_rate = figure.row["unit"] in RATE_UNITS
        return "no two counts beside it" if is_rate else "no rate printed"
    if figure.verdict is Verdict.AGREES:
        return "agrees with its counts"
    if figure.verdict is Verdict.DOES_NOT_AGREE:
        return f"does not agree: its counts give {percent(figure.share or 0.0, AS_NEEDED)}"
    return f"cannot be checked: {_why_unchecked(figure.row)}"


def _why_unchecked(row: dict[str, Any]) -> str:
    if row["counts_origin"] != CountsOrigin.PUBLISHED:
        return "a count was worked out, not printed"
    if {row["numerator_bound"], row["denominator_bound"]} != {Bound.EXACT}:
        return "a count is a bound or about"
    if row["value_bound"] in (*LOWER_BOUNDS, *UPPER_BOUNDS):
        return "the rate is a bound"
    return "how rough the rate is was not said"


def short_answer_sentence(outcomes: PublishedOutcomes, month: str) -> str:
    """The answer in a sentence that stands alone, as of a month in words."""
    wrong = len(outcomes.with_verdict(Verdict.DOES_NOT_AGREE))
    disagree = "rate does not agree with its" if wrong == 1 else "rates do not agree with their"
    return (
        f"Responder Outcomes has read {len(outcomes.sourced):,} published figures of {outcomes.program_count:,} programs by "
        f"{month}; {wrong:,} printed {disagree} own counts."
    )


def answer_sentence(outcomes: PublishedOutcomes) -> str:
    """The answer: how many figures, bounds, recomputed rates, and rates that do not agree. Markdown, numbers bold."""
    bounds = len(outcomes.with_value_bound(*LOWER_BOUNDS, *UPPER_BOUNDS))
    wrong = len(outcomes.with_verdict(Verdict.DOES_NOT_AGREE))
    disagreeing = (
        "printed rate does not agree with the counts beside it"
        if wrong == 1
        else "printed rates do not agree with the counts beside them"
    )
    return (
        f"{BOLD}{len(outcomes.sourced):,} figures of {outcomes.program_count:,} programs{BOLD} have been read at their "
        f"sources: {BOLD}{bounds:,} are bounds{BOLD}, such as “more than”, and stay bounds; for "
        f"{BOLD}{len(outcomes.recomputed):,}{BOLD} the printed counts give a rate, recomputed here; {BOLD}{wrong:,}{BOLD} {disagreeing}."
    )


def disagreement_sentence(outcomes: PublishedOutcomes) -> str:
    """Each printed rate that its own counts do not give, with both; and how many agree or cannot be checked."""
    wrong = outcomes.with_verdict(Verdict.DOES_NOT_AGREE)
    agree = len(outcomes.with_verdict(Verdict.AGREES))
    unchecked = len(outcomes.with_verdict(Verdict.CANNOT_BE_CHECKED))
    said = [f"{wrong_rate_words(figure)} (in: {figure.row['source_title']})." for figure in wrong]
    checked = len(wrong) + agree + unchecked
    said.append(
        f"Of {checked:,} rates that stand beside both counts, {agree:,} agree, {len(wrong):,} "
        f"{'does' if len(wrong) == 1 else 'do'} not, and {unchecked:,} cannot be checked, because a count is a bound, "
        "about, or was worked out from the rate."
    )
    return " ".join(said)


def wrong_rate_words(figure: CheckedFigure) -> str:
    """A printed rate beside what its own counts give: whose, when, of what."""
    row = figure.row
    what = f"{row['metric_label'][:1].lower()}{row['metric_label'][1:]}"
    return (
        f"{program_words(row)}, {period_words(row)}, {what}: {value_words(row)} is printed beside "
        f"{counts_words(row)}, which is {percent(figure.share or 0.0, AS_NEEDED)}"
    )


def published_notes(outcomes: PublishedOutcomes) -> list[str]:
    """What a careful reader must know about the figures, in order."""
    about = len(outcomes.with_value_bound(Bound.ABOUT))
    unknown = len(outcomes.with_value_bound(Bound.NOT_RECORDED))
    sector = sum(figure.row["scope"] == SECTOR for figure in outcomes.sourced)
    unread = len(outcomes.figures) - len(outcomes.sourced)
    return [
        "Every figure is as its source prints it, by the source's own definition; most sources are news reports and "
        "the programs themselves. The note beside a figure says what was counted.",
        f"{about:,} more say “about”; of {unknown:,} round numbers it is not recorded whether they are exact.",
        f"{sector:,} figures are about several programs at once; they are in no total.",
        f"{unread:,} figures come from a source that was not read; they are marked unverified and not counted above.",
        "A program that is not here has published nothing that was read, which is not the same as nothing.",
    ]


def total_sentence(total: Total) -> str:
    """A total as one sentence: counts, rate with limits, programs. Markdown, counts bold."""
    words = total.row["numerator_words"]
    rate = rate_words(total.share, total.share_bound, total.interval)
    counts = total_counts(total, mark=BOLD)
    return f"{words[:1].upper()}{words[1:]}: {counts}; {rate or NO_RATE}. {total_scope(total)}"


def total_counts(total: Total, mark: str = "") -> str:
    """The sums of a total with their bounds, each between marks: 'more than 1,200 of 4,000 calls'."""
    count = bounded(as_printed(total.numerator), total.numerator_bound)
    of = bounded(as_printed(total.denominator), total.denominator_bound)
    return f"{mark}{count}{mark} of {mark}{of}{mark} {total.row['denominator_words']}"


def total_scope(total: Total) -> str:
    """Which programs are in a total; one program alone is called that."""
    names = " and ".join(total.row["program_names"])
    if total.is_over_programs:
        return f"{total.row['program_count']:,} programs: {names}."
    return f"One program only, {names}: its periods added up, not a total over programs."


def hours_sentence(hours: tuple[HoursPerCall, ...]) -> str:
    """How far apart the programs' own estimates of police hours per call are, with the counts of both ends."""
    most, least = hours[0], hours[-1]
    apart = most.hours_per_call / least.hours_per_call
    flat = (
        f", exactly {hours_words(most)} for each: a flat assumption gives that, a measurement hardly ever does"
        if most.is_flat
        else ""
    )
    return (
        f"Programs' own estimates of police hours saved run from {BOLD}{hours_words(least)} to {hours_words(most)} hours per call{BOLD}, "
        f"{count_text(apart)} times apart. The least is for {program_words(least.row)}, {hours_counts(least)}; the most for "
        f"{program_words(most.row)}, {hours_counts(most)}{flat}. Each is made in its own way, so they are not added up."
    )


def short_hours_sentence(hours: tuple[HoursPerCall, ...], month: str) -> str:
    """The same in a sentence that stands alone, as of a month in words."""
    most, least = hours[0], hours[-1]
    apart = count_text(most.hours_per_call / least.hours_per_call)
    return (
        f"Published estimates of {counted(len(hours), 'program')} run from {hours_words(least)} to {hours_words(most)} police "
        f"hours saved per call, {apart} times apart (Responder Outcomes registry, {month})."
    )


def hours_words(hours: HoursPerCall) -> str:
    """Hours per call with two places, a half rounded up: '0.68'."""
    return decimal_text(hours.hours_per_call, 2)


def hours_counts(hours: HoursPerCall) -> str:
    """The two numbers behind hours per call, with their bounds: 'more than 45 hours beside 537 calls'.

    A base that the figure prints itself may be people helped instead of calls; its note says which.
    """
    row = hours.row
    base = "calls or people" if row["calls_figure_id"] == row["figure_id"] else "calls"
    return f"{count_words(row, 'hours')} hours beside {count_words(row, 'calls')} {base}"


def hours_finding(hours: tuple[HoursPerCall, ...]) -> str:
    """What the chart of hours per call shows, without markup: its alternative text."""
    said = [f"{program_words(each.row)} {hours_words(each)}" for each in hours]
    return f"Police hours per call, as programs estimate: {', '.join(said)}."
