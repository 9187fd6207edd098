"""The Metric record: everything that the product says about one metric, in one frozen place."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from outcomes.metrics.requirements import Requirement
from outcomes.vocabulary.log import GROUPS, Breakdown, IntervalName


class Statistic(StrEnum):
    """How a metric's value and interval come from its counts."""

    COUNT = "count"
    SHARE = "share"
    SHARE_EXACT = "share_exact"
    RATE_PER_10K = "rate_per_10k"
    MEDIAN = "median"
    PERCENTILE_90 = "percentile_90"
    ASSUMPTION_RANGE = "assumption_range"


class Direction(StrEnum):
    """Which way is better, where there is a better way."""

    HIGHER = "higher"
    LOWER = "lower"
    NEUTRAL = "neutral"


class Suppression(StrEnum):
    """What the public view hides of a metric."""

    # counts of people: 1 to 10 are hidden wherever they stand
    PEOPLE = "people"
    # counts of safety events: reportable for a whole program by quarter or longer, hidden elsewhere
    SAFETY_EVENTS = "safety_events"


@dataclass(frozen=True)
class CountColumn:
    """One named count that a query returns."""

    # column of the query's result
    column: str
    # what the count counts, in words that follow "of" or a number
    words: str


@dataclass(frozen=True)
class LinkedCount:
    """A count of another metric that could be worked out from this one's."""

    # key of the other metric
    metric_key: str
    # word of its row, by the first of its breakdowns; none for its total
    word: str | None = None


# Unit of the value that each gives.
UNITS = {
    Statistic.COUNT: "count",
    Statistic.SHARE: "share",
    Statistic.SHARE_EXACT: "share",
    Statistic.RATE_PER_10K: "per 10,000",
    Statistic.MEDIAN: "minutes",
    Statistic.PERCENTILE_90: "minutes",
    Statistic.ASSUMPTION_RANGE: "count",
}


# What most metrics can be broken down by.
STANDARD_BREAKDOWNS = (
    Breakdown.MONTH,
    Breakdown.QUARTER,
    Breakdown.YEAR,
    Breakdown.CALL_TYPE,
    Breakdown.AREA,
    Breakdown.PROGRAM,
    Breakdown.STATE,
)
# What those can be broken down by beside that say what happened to people.
WITH_GROUPS = (*STANDARD_BREAKDOWNS, *GROUPS)
# What those can be broken down by beside that are compared at equal call mix.
WITH_ACUITY = (*STANDARD_BREAKDOWNS, Breakdown.CALL_TYPE_AND_ACUITY)


@dataclass(frozen=True)
class Margin:
    """The smallest change that is worth acting on; a smaller one is about the same."""

    # as a part of the earlier figure; of a share, of the smaller of it and its rest
    part: float
    # of a share, at most and at least so much
    at_most: float | None = None
    at_least: float = 0.0

    def at(self, earlier: float) -> float:
        """The margin beside an earlier figure, in its unit; may be 0 where nothing had happened."""
        if self.at_most is None:
            return self.part * earlier
        return max(self.at_least, min(self.at_most, self.part * min(earlier, 1.0 - earlier)))


# Changes worth acting on (own choice): a tenth of a volume or of a wait; of a share two points, of one that is told
# for safety one point, and of rare ones a fifth; a fifth of a rate per 10,000.
MARGINS = {
    Statistic.COUNT: Margin(0.1),
    Statistic.SHARE: Margin(0.2, at_most=0.02, at_least=0.002),
    Statistic.SHARE_EXACT: Margin(0.2, at_most=0.01),
    Statistic.RATE_PER_10K: Margin(0.2),
    Statistic.MEDIAN: Margin(0.1),
    Statistic.PERCENTILE_90: Margin(0.1),
    Statistic.ASSUMPTION_RANGE: Margin(0.1),
}


@dataclass(frozen=True, kw_only=True)
class Metric:
    """One metric's definition. It feeds the card, the axis, the methods page, the CSV and the tests."""

    # permanent name, used in URLs and on the command line
    key: str
    # name on pages and charts
    label: str
    # name where there is little room
    short_label: str
    # the question that it answers
    question: str
    # one sentence that defines it
    definition: str
    # how the answer is said: {of} is "12 of 1,204 responses", {count}, {cases} and {value} stand alone
    sentence: str
    # how it is said when nothing was counted
    zero_sentence: str
    # what is counted
    numerator: CountColumn
    # what it is counted over; none for a plain count
    denominator: CountColumn | None
    # what the denominator would be if the log recorded everything; none where nothing can be missing
    recorded_of: CountColumn | None = None
    # what should be recorded, where it is less than that: the base of what the missing could make of the value
    missing_of: CountColumn | None = None
    # whether what is counted is no part of what it is counted over, so that the value can pass 1
    is_ratio: bool = False
    # counted as no, though the log leaves open whether they are a yes; none where nothing is
    could_be: CountColumn | None = None
    # of those, the ones that would also join the denominator if they were a yes
    could_join: CountColumn | None = None
    # what is in
    includes: str
    # what is out
    excludes: str
    # which way is better
    direction: Direction
    # why that way
    direction_reason: str
    # subject of the query that answers it: queries/metric/<query>.sql
    query: str = "incidents"
    # how value and interval come from the counts
    statistic: Statistic
    # what it may be broken down by
    breakdowns: tuple[Breakdown, ...] = STANDARD_BREAKDOWNS
    # what the public view hides
    suppression: Suppression
    # publication that defines it, or "own"
    source: str = "own"
    # what a careful reader must know
    caution: str
    # what a log must record for the metric to be counted at all
    requires: tuple[Requirement, ...]
    # decimals shown
    decimals: int = 1
    # version of the product that introduced it
    since: str = "0.1"
    # what a log must record for the denominator; without it the count stands alone
    denominator_requires: tuple[Requirement, ...] = ()
    # counts of the same query that are told beside the value when they are not zero, by column, with their sentence
    asides: Mapping[str, str] = field(default_factory=dict)
    # every part of the denominator where there are more than the numerator and its rest; the public view hides a row
    # together with all its parts
    parts: tuple[str, ...] = ()
    # counts of other metrics that follow from this one's: where one of them is hidden, all of this is
    protected_with: tuple[LinkedCount, ...] = ()
    # keys of metrics that count all of this one's and more: where one of them less this one is small, this one is hidden
    within: tuple[str, ...] = ()
    # which stretch of a response a percentile is of; none for every other statistic
    interval: IntervalName | None = None

    @property
    def unit(self) -> str:
        """Unit of the value: share, count, minutes, per 10,000."""
        return UNITS[self.statistic]
