"""Plain-language words for growth across states: the answer sentence, the chart's finding, and the notes beside."""

import re
from datetime import date
from typing import Any

from outcomes.analyses.growth.analysis import OLD_SOURCE_YEARS, Growth, MonthCount, SwitchEffect
from outcomes.analyses.growth.sensitivity import MISSING_IN_BASE, OtherCount, Way
from outcomes.presentation.format import decimal_text, signed_count
from outcomes.presentation.sentences import month_words
from outcomes.registry.counting_rule import TYPE_PHRASES, CountingRule, type_phrases
from outcomes.vocabulary.bold import BOLD, without_bold
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.registry import DispatchedBy, ProgramType, Team

# The kind of a row is decided as docs/adding_a_program.md has it.
KIND_RULE = (
    "The kind goes by what a team does, not by its name: a civilian team that is sent, by 911 or on request, instead of "
    "police is a community responder; one of health care that people reach mainly by 988 or a crisis line is mobile "
    "crisis. A “Mobile Crisis Team” can be either."
)
NONE_FOUND = "0 means that the registry has no active program of the kinds counted there, not that there is none."
SWITCH_PHRASES = {
    **{kind.value: words for kind, words in TYPE_PHRASES.items()},
    "pilots": "pilots",
    "unverified": "rows whose source was not read",
}


def multiple_text(growth: Growth) -> str:
    """How many times the base count, such as '11.9 times'; says why where there is no multiple."""
    times = _times(growth.at.program_count, growth.base.program_count)
    return times if growth.base.program_count else f"{times}: none was active then"


def states_words(count: int, has_district: bool) -> str:
    """States in words, of so many with the capital counted, which is named apart: '29 states and DC', '29 states', 'DC'."""
    states = count - has_district
    said = f"{states:,} {_plural(states, 'state')}"
    if not has_district:
        return said
    return f"{said} and DC" if states else "DC"


def states_cell(count: int, has_district: bool) -> str:
    """The same under a heading that says states: '29 and DC', '29', 'DC'."""
    return re.sub(r" states?\b", "", states_words(count, has_district))


def lately_sentence(growth: Growth) -> str:
    """What the last years add, by the dates in the registry, and how far that can be believed; empty for a short series."""
    year = growth.at.month.year
    months = {each.month: each for each in growth.series}
    counts = []
    for each in (year - 3, year - 2, year - 1):
        found = months.get(date(each, 12, 1))
        if found is None:
            return ""
        counts.append(found.program_count)
    now = growth.at.program_count
    changes = ", ".join(
        f"{signed_count(after - before)} in {name}"
        for before, after, name in zip(
            counts, [*counts[1:], now], (year - 2, year - 1, f"{year} so far"), strict=True
        )
    )
    before, last = counts[1] - counts[0], counts[2] - counts[1]
    stops = now <= counts[2] or last <= 0
    is_slower = stops or last < before
    said = (
        f"By the end of {year - 3}, {counts[0]:,} such programs were active; since then {changes}."
    )
    if not is_slower:
        return said
    how = "stopped" if stops else "slowed"
    return f"{said} Growth has {how} in the registry; that can also be programs that nobody has listed yet."


def growth_sentence(growth: Growth) -> str:
    """The answer as one sentence with both counts of the multiple, in Markdown with the counts bold."""
    at, base = growth.at, growth.base
    counted = (
        "programs of the kinds counted"
        if growth.rule.other_types
        else "community responder programs"
    )
    said = (
        f"{BOLD}{at.program_count:,} {counted} in {states_words(at.state_count, at.has_district)}{BOLD} were active in "
        f"{at.month:%b %Y}, "
        f"against {BOLD}{base.program_count:,} in {states_words(base.state_count, base.has_district)}{BOLD} at the end of {base.month.year}"
    )
    if growth.multiple is None:
        return f"{said}."
    return f"{said}: {decimal_text(growth.multiple, 1)} times as many."


def short_growth_sentence(growth: Growth) -> str:
    """The answer in a sentence that stands alone: what, where, when, and who counted it."""
    at, base = growth.at, growth.base
    return (
        f"{at.program_count:,} {counted_words(growth.rule)} in {states_words(at.state_count, at.has_district)} were active in {at.month:%b %Y}, "
        f"against {base.program_count:,} at the end of {base.month.year} (Responder Outcomes registry)."
    )


def counted_words(rule: CountingRule) -> str:
    """What the rule counts in so few words that they fit a short sentence; the phrase of the rule has it in full."""
    if len(rule.other_types) > 1:
        said = f"community responder programs and those of {len(rule.other_types)} other kinds"
    else:
        said = type_phrases(rule.types)
    without = "" if rule.has_pilots else " without pilots"
    unread = ", unread sources included," if rule.has_unverified else ""
    return f"{said}{without}{unread}"


def started_sentence(growth: Growth) -> str:
    """How many ever started, how many of them before the base year, and how many have ended."""
    before = growth.before_base
    return (
        f"{growth.started_count:,} such programs have started in "
        f"{states_words(growth.started_state_count, growth.started_has_district)} by {growth.at.month:%b %Y}; "
        f"{growth.ended_count:,} of them have ended. At the beginning of {growth.base.month.year} there were "
        f"{before.program_count:,}: against that count it is {_times(growth.at.program_count, before.program_count)}."
    )


def way_words(way: Way, growth: Growth) -> str:
    """A way of counting, as a row's name."""
    old = growth.at.month.year - OLD_SOURCE_YEARS
    return {
        Way.AS_COUNTED: "As counted",
        Way.WITHOUT_PILOTS: "Without pilots",
        Way.WITH_911: "Dispatched by 911, alone or among several lines",
        Way.ONLY_911: "Dispatched by 911 alone",
        Way.BASE_LACKS: f"If the list lacks {MISSING_IN_BASE} programs of {growth.base.month.year} that ended since",
        Way.RECENT: f"Without rows whose source is of {old} or earlier or undated, or whose dates are in doubt",
        Way.RECENT_NOW: f"Without them in {growth.at.month:%b %Y} alone, as if every program with such a row had ended",
        Way.ALL_KINDS: "Programs of all kinds",
    }[way]


def sensitivity_sentence(growth: Growth) -> str:
    """Between which multiples other ways of counting lie, with both counts of each end; empty without a multiple."""
    found = [(each.multiple, each) for each in growth.other_counts if each.multiple is not None]
    if growth.multiple is None or not found:
        return ""
    (low, lowest), (high, highest) = (end(found, key=lambda pair: pair[0]) for end in (min, max))
    year, earlier = growth.base.month.year, growth.before_base.program_count
    from_beginning = (
        f"against the {earlier:,} of its beginning it is {_times(growth.at.program_count, earlier)}"
        if earlier
        else "at its beginning none was active"
    )
    return (
        f"The multiple hangs on what is counted: against the end of {year}, {len(growth.other_counts) - 1} other ways to "
        f"choose the programs give between {decimal_text(low, 1)} ({_way_counts(lowest, growth)}) and "
        f"{decimal_text(high, 1)} ({_way_counts(highest, growth)}). Another base than the end of {year} is not among "
        f"these ways: {from_beginning}."
    )


def _way_counts(count: OtherCount, growth: Growth) -> str:
    name = way_words(count.way, growth)
    if count.way is Way.RECENT_NOW:
        name = (
            f"If every program had ended whose source is of {growth.at.month.year - OLD_SOURCE_YEARS} or earlier or undated, or "
            "whose dates are in doubt"
        )
    return f"{name[:1].lower()}{name[1:]}: {count.program_count:,} against {count.base_program_count:,}"


def rests_on_sentence(growth: Growth) -> str:
    """How many of the active programs 911 does not dispatch, are pilots, or rest on an old source."""
    pilots = next(each for each in growth.other_counts if each.way is Way.WITHOUT_PILOTS)
    return (
        f"Of the {growth.at.program_count:,}, 911 does not dispatch {growth.not_by_911_count:,}, "
        f"{growth.at.program_count - pilots.program_count:,} are pilots by their rows, and {growth.old_source_count:,} rest on a "
        f"source of {growth.at.month.year - OLD_SOURCE_YEARS} or earlier, or an undated one."
    )


def active_sentence(growth: Growth) -> str:
    """What active means, and for how many the source is old."""
    return (
        f"Active means started and not known to have ended: for {growth.old_source_count:,} of the "
        f"{growth.at.program_count:,} the source is of {growth.at.month.year - OLD_SOURCE_YEARS} or earlier, or "
        f"undated, so some may have ended unseen."
    )


def _times(count: int, base: int) -> str:
    return f"{decimal_text(count / base, 1)} times" if base else "no multiple"


def growth_notes(growth: Growth) -> list[str]:
    """What a careful reader must know about the count, in order."""
    notes = [
        f"Counting rule: {growth.rule.words}. A program counts from the month of its first response to the month "
        "in which it ends.",
        f"The registry has {growth.registered_count:,} programs of all kinds that could be read about. It is no "
        "census: programs that began lately, or that nobody wrote about, are probably missing, and ends that nobody "
        "wrote about are not known, so the last years can be wrong in both directions; starts are under-counted.",
        "A start that is known by its year alone counts from December of that year; the shaded band shows what it "
        "would be from January.",
    ]
    if growth.pilot_unknown_count:
        notes.append(
            f"Whether a program is a pilot is not recorded for {growth.pilot_unknown_count:,} of the {growth.at.program_count:,} active ones; "
            "leaving pilots out leaves out only those known to be one."
        )
    if growth.doubted_count:
        notes.append(
            f"For {growth.doubted_count:,} of the {growth.at.program_count:,} active ones the row's own notes put a date in doubt; the table "
            "says which. One that is reported as closed without a date counts as running until its end is known."
        )
    if growth.unknown_start_count:
        notes.append(
            f"{growth.unknown_start_count:,} programs that the rule counts are in no month, because their first "
            "response is not known; they stand in the table."
        )
    return notes


def count_words(count: MonthCount, measure: str) -> str:
    """Programs or states surely active in a month, as a chart's point says it: '93', '29 and DC'."""
    if measure == "programs":
        return f"{count.program_count:,}"
    return states_cell(count.state_count, count.has_district)


def growth_finding(growth: Growth, measure: str) -> str:
    """What the line shows, in one sentence without markup: its alternative text."""
    first, last = growth.series[0], growth.series[-1]
    what = counted_words(growth.rule)
    name, closures = f"States with active {what}", ""
    if measure == "programs":
        name = f"{what[:1].upper()}{what[1:]} active"
        ended = sum(month.ended_count for month in growth.series)
        closures = f" {ended:,} programs ended on the way." if ended else ""
    return f"{name} by month: {count_words(first, measure)} in {first.month:%b %Y}, {count_words(last, measure)} in {last.month:%b %Y}.{closures}"


def switch_name(effect: SwitchEffect) -> str:
    """What a switch the other way round would do, such as 'With co-response programs'."""
    return f"{'Without' if effect.is_in else 'With'} {SWITCH_PHRASES[effect.switch]}"


def change_words(effect: SwitchEffect) -> str:
    """The change as '+28 programs, +7 states'; 'nothing changes' where it is none."""
    if not effect.program_change and not effect.state_change:
        return "nothing changes"
    said = [f"{signed_count(effect.program_change)} {_plural(effect.program_change, 'program')}"]
    states = effect.state_change - effect.district_change
    if states or not effect.district_change:
        said.append(f"{signed_count(states)} {_plural(states, 'state')}")
    if effect.district_change:
        said.append("DC comes in" if effect.district_change > 0 else "DC falls out")
    return ", ".join(said)


def _plural(number: int, word: str) -> str:
    return word if abs(number) == 1 else f"{word}s"


def program_sentence(program: dict[str, Any]) -> str:
    """A program in a line: where, kind, team, since when and until, its notes. Its name bold."""
    since = month_words(program["first_response"])
    until = f" to {month_words(program['end_date'])}" if program["end_date"] else ""
    counted = "" if program["is_counted"] else "; not counted by the rule in the sidebar"
    return (
        f"{BOLD}{program['program_name']}{BOLD}, {program['city']}: {label_of(ProgramType, program['program_type'])}, "
        f"{label_of(Team, program['team'])}, dispatch: {label_of(DispatchedBy, program['dispatch'])}, since {since}{until}{counted}. {program['notes']}"
    )


def growth_citation(growth: Growth, registry_name: str, link: str = "") -> str:
    """The growth sentence with its rule, both counts, period, source and link."""
    parts = [
        without_bold(growth_sentence(growth)),
        lately_sentence(growth),
        active_sentence(growth),
        started_sentence(growth),
        sensitivity_sentence(growth),
        f"That is {decimal_text(growth.per_million, 2)} per million residents ({growth.at.program_count:,} for "
        f"{growth.population:,}, {growth.population_year}).",
        f"Counted: {growth.rule.words}; of {growth.registered_count:,} programs of all kinds in the registry, "
        "each with a source; not a census.",
        f"Period: {growth.base.month:%b %Y} to {growth.at.month:%b %Y}.",
        f"Source: Responder Outcomes, {registry_name}.",
        link,
    ]
    return " ".join(part for part in parts if part)
