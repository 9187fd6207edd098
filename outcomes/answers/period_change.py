"""Against an earlier period: how much changed, in which of four words, or why it cannot be said."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from outcomes.answers.counts import PARTS_OF_A_WHOLE
from outcomes.answers.like_for_like import Alike, LeftOut, alike_programs, span_words
from outcomes.answers.monthly_volume import difference_of_counts, gives_years, months_of_unit
from outcomes.answers.scope import Scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import MARGINS, Direction, Metric, Statistic
from outcomes.metrics.figure import PER, PROBABILITY, Counts, Figure, figure
from outcomes.selection import Selection, add_months, month_count
from outcomes.statistics.comparison import Change, Difference, verdict
from outcomes.statistics.same_mix import (
    TwoCounts,
    difference_of_quantiles,
    difference_of_rates,
    difference_of_shares,
)
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Coverage, Status

MONTHS_IN_YEAR = 12
SHOWN = (Status.SHOWN, Status.UNSTABLE)
CLAIMS = (Change.HIGHER, Change.LOWER)
_LINKS = {
    Change.HIGHER: "higher than",
    Change.LOWER: "lower than",
    Change.ABOUT_THE_SAME: "about the same as",
    Change.TOO_FEW: "too few to tell a change from",
}


class CompareWith(StrEnum):
    """Which earlier period an answer is held against."""

    YEAR_BEFORE = "year_before"
    PERIOD_BEFORE = "period_before"


class Tone(StrEnum):
    """Whether a change is good news, bad news or neither."""

    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Doubt(StrEnum):
    """What keeps the change that is seen from being the change that is claimed."""

    NONE = ""
    # the change at the earlier mix of programs has another word, or another sign
    MIX_CHANGED = "mix changed"
    # a program's figure is hidden, so the mix of programs may have changed
    MIX_HIDDEN = "mix hidden"
    # programs changed in different ways, and none as all do together
    PROGRAMS_DIFFER = "programs differ"
    # beside the other changes that are shown, chance could have made it
    ONE_OF_MANY = "one of many"


@dataclass(frozen=True)
class Comparison:
    """A figure held against the same figure of an earlier period, the same programs in both."""

    # which way it went, in one of four words, or that it cannot be said
    change: Change
    # what that means for this metric
    tone: Tone
    # the earlier figure, of the programs that are in both periods; None where there is none
    earlier: Figure | None
    # the figure of the same programs in this period's whole months; None where there is none
    now: Figure | None = None
    # why there is no comparison; empty where there is one
    why_not: str = ""
    # months that are compared where they are not those selected: "in the last 12 months "
    begin: str = ""
    # the earlier period: "the year before"
    against: str = ""
    # the change of all these programs together, as it was seen; a volume's is that of a month, or of a year
    difference: Difference | None = None
    # the change with programs weighted as earlier; None for one program, volumes and hidden programs
    at_earlier_mix: Difference | None = None
    # why the word is not that of the change as it was seen
    doubt: Doubt = Doubt.NONE
    # whether the difference is one of events a month, or a year
    is_volume: bool = False
    # whether a volume is told a year, because a log gives years alone
    is_yearly: bool = False
    # number of programs in both periods
    program_count: int = 0
    # programs in neither period, with the reason
    left_out: tuple[LeftOut, ...] = ()

    @property
    def volume_unit(self) -> str:
        """Unit of a volume's change: a month or a year; empty where it is none."""
        return ("a year" if self.is_yearly else "a month") if self.is_volume else ""

    @property
    def words(self) -> str:
        """The change without its size: "lower than the year before"; or why there is none."""
        if self.change is Change.NOT_COMPARABLE:
            return self.why_not
        return f"{self.begin}{_LINKS[self.change]} {self.against}"

    @property
    def judged(self) -> Difference | None:
        """The change that the word is for: at the earlier mix of programs where there is one."""
        return self.at_earlier_mix or self.difference


@dataclass(frozen=True)
class _Periods:
    """The two periods, and how they are told."""

    now: Selection
    earlier: Selection
    # before the word, such as "in the last 12 months "; empty where the selection says it
    begin: str
    # after the word: "the year before"
    against: str


def compare(
    metric: Metric,
    scope: Scope,
    snapshot: Snapshot,
    compare_with: CompareWith,
    rule: DisclosureRule,
) -> Comparison:
    """The comparison of the selection's whole months with earlier ones of the same number, program by program.

    An open-ended selection compares its last twelve whole months with the twelve before. A program
    is in both periods or in neither, judged by its own log; those left out are named. Where several
    are left, the word is that of the change at their earlier mix.
    """
    if metric.breakdowns[0] in PARTS_OF_A_WHOLE:
        return _cannot("")
    periods = _periods(scope, snapshot, compare_with)
    if isinstance(periods, str):
        return _cannot(periods)
    alike = alike_programs(metric, scope, periods.now, periods.earlier, snapshot, rule)
    if alike.is_hidden:
        return _cannot(
            "Not compared: some programs are in one period only, and a figure is hidden."
        )
    if alike.totals is None:
        if len(alike.left_out) == 1:
            return _cannot(f"Not compared: {alike.left_out[0].reason}.", alike.left_out)
        return _cannot("Not compared: no program has a figure for both periods.", alike.left_out)
    now, earlier = alike.totals
    figure_now, figure_earlier = figure(metric, now), figure(metric, earlier)
    if any(each.status not in SHOWN for each in (figure_now, figure_earlier)):
        return _cannot(
            "Not compared: one of the two periods has no figure to show.", alike.left_out
        )
    is_volume = (
        metric.statistic in (Statistic.COUNT, Statistic.ASSUMPTION_RANGE)
        or now.denominator is None
        or earlier.denominator is None
    )
    at_earlier_mix, doubt = None, Doubt.NONE
    if is_volume:
        difference = difference_of_counts(metric, alike.now, alike.earlier, snapshot, rule)
        margin = MARGINS[Statistic.COUNT].at(_per_unit(earlier, alike.earlier, snapshot))
    else:
        difference = _difference(metric, [(now, earlier)])
        margin = MARGINS[metric.statistic].at(figure_earlier.value or 0.0)
        if len(alike.counts) > 1:
            if any(counts.is_hidden for pair in alike.counts for counts in pair):
                doubt = Doubt.MIX_HIDDEN
            else:
                at_earlier_mix = _difference(metric, alike.counts)
    change = verdict(difference, margin)
    if at_earlier_mix is not None:
        crude, change = change, verdict(at_earlier_mix, margin)
        if crude is not change or difference.size * at_earlier_mix.size < 0.0:
            doubt = Doubt.MIX_CHANGED
    if doubt is Doubt.MIX_HIDDEN:
        change = Change.TOO_FEW
    if change in CLAIMS and _no_program_agrees(metric, change, alike, snapshot, rule, is_volume):
        change, doubt = Change.TOO_FEW, Doubt.PROGRAMS_DIFFER
    return Comparison(
        change=change,
        tone=_tone(metric, change),
        earlier=figure_earlier,
        now=figure_now,
        begin=periods.begin,
        against=periods.against,
        difference=difference,
        at_earlier_mix=at_earlier_mix,
        doubt=doubt,
        is_volume=is_volume,
        is_yearly=is_volume and gives_years(alike.now, snapshot),
        program_count=len(alike.counts),
        left_out=alike.left_out,
    )


def _periods(scope: Scope, snapshot: Snapshot, compare_with: CompareWith) -> _Periods | str:
    """Both periods, ending with the last month that a log covers whole; or why there are none."""
    whole = [
        covered.month
        for program_id in scope.program_ids
        for covered in snapshot.coverage.get(program_id, ())
        if covered.coverage is Coverage.WHOLE
        and (program_id, covered.month) not in scope.silent_months
    ]
    if not whole:
        is_yearly = gives_years(scope, snapshot)
        return f"Not compared: the log covers no whole {'year' if is_yearly else 'month'}."
    selection = scope.selection
    last = min(selection.last_month or max(whole), max(whole))
    first = selection.first_month or add_months(last, 1 - MONTHS_IN_YEAR)
    if first > last:
        return f"Not compared: the log does not cover all of {first:%b %Y}."
    months = month_count(first, last)
    back = months
    if compare_with is CompareWith.YEAR_BEFORE and months <= MONTHS_IN_YEAR:
        back = MONTHS_IN_YEAR
    now = replace(selection, first_month=first, last_month=last)
    earlier = now.period_before(back) or now
    begin = ""
    is_one_year = months == MONTHS_IN_YEAR and first.month == 1
    if selection.first_month is None and is_one_year and gives_years(scope, snapshot):
        begin, against = f"in {first.year} ", "the year before"
    elif selection.first_month is None:
        begin, against = "in the last 12 months ", "the 12 before"
    elif back == MONTHS_IN_YEAR:
        against = "the year before"
        if months < back:
            against = f"the same {'months' if months > 1 else 'month'} a year before"
    else:
        against = f"the {months} months before" if months > 1 else "the month before"
    if selection.first_month and selection.last_month and last < selection.last_month:
        begin = f"in {span_words(now)} "
    return _Periods(now, earlier, begin, against)


def _difference(metric: Metric, pairs: Sequence[tuple[Counts, Counts]]) -> Difference:
    """The change of a share, a rate or a wait; of several programs at their earlier mix."""
    if metric.statistic in PROBABILITY:
        return difference_of_quantiles(
            [(now.bins or {}, earlier.bins or {}) for now, earlier in pairs],
            PROBABILITY[metric.statistic],
        )
    counts = [
        TwoCounts(
            round(now.numerator or 0),
            now.denominator or 0,
            round(earlier.numerator or 0),
            earlier.denominator or 0,
        )
        for now, earlier in pairs
    ]
    if metric.statistic is Statistic.RATE_PER_10K:
        return difference_of_rates(counts, PER)
    # A ratio of two counts that are not part and whole is no share.
    if any(one.count > one.cases or one.earlier_count > one.earlier_cases for one in counts):
        return difference_of_rates(counts)
    return difference_of_shares(counts)


def _per_unit(counts: Counts, scope: Scope, snapshot: Snapshot) -> float:
    """A volume a month, or a year where a log gives years alone."""
    first, last = scope.selection.first_month, scope.selection.last_month
    months = month_count(first, last) if first and last else 1
    return (counts.numerator or 0.0) / months * months_of_unit(scope, snapshot)


def _no_program_agrees(
    metric: Metric,
    change: Change,
    alike: Alike,
    snapshot: Snapshot,
    rule: DisclosureRule,
    is_volume: bool,
) -> bool:
    """Whether programs, each by its own figures, may be said to have changed, and none of them this way.

    False for one program, where a program changed this way too, and where none may be said to have changed. Programs
    with a hidden figure are not asked.
    """
    if len(alike.counts) == 1:
        return False
    shown = [
        (program_id, now, earlier)
        for program_id, (now, earlier) in zip(alike.now.program_ids, alike.counts, strict=True)
        if not now.is_hidden and not earlier.is_hidden
    ]
    said: set[Change] = set()
    for program_id, now, earlier in shown:
        if is_volume:
            both = [replace(each, program_ids=(program_id,)) for each in (alike.now, alike.earlier)]
            difference = difference_of_counts(metric, both[0], both[1], snapshot, rule)
            margin = MARGINS[Statistic.COUNT].at(_per_unit(earlier, both[1], snapshot))
        else:
            difference = _difference(metric, [(now, earlier)])
            margin = MARGINS[metric.statistic].at(figure(metric, earlier).value or 0.0)
        said.add(verdict(difference, margin))
        if change in said:
            return False
    return bool(said & set(CLAIMS))


def _tone(metric: Metric, change: Change) -> Tone:
    """Good news or bad; neither for an estimate, whose change is that of what it is made from."""
    if metric.statistic is Statistic.ASSUMPTION_RANGE or change not in CLAIMS:
        return Tone.NEUTRAL
    if metric.direction is Direction.NEUTRAL:
        return Tone.NEUTRAL
    is_better = (change is Change.HIGHER) == (metric.direction is Direction.HIGHER)
    return Tone.IMPROVEMENT if is_better else Tone.CONCERN


def _cannot(why: str, left_out: tuple[LeftOut, ...] = ()) -> Comparison:
    return Comparison(Change.NOT_COMPARABLE, Tone.NEUTRAL, None, why_not=why, left_out=left_out)
