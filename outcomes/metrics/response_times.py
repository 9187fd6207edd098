"""How long each interval of a response takes, from what to what; medians and 90th percentiles, never a mean."""

from dataclasses import dataclass

from outcomes.metrics.definition import CountColumn, Direction, Metric, Statistic, Suppression
from outcomes.metrics.requirements import Requirement
from outcomes.vocabulary.log import Breakdown, IntervalName

BREAKDOWNS = (
    Breakdown.MONTH,
    Breakdown.QUARTER,
    Breakdown.YEAR,
    Breakdown.CALL_TYPE,
    Breakdown.PROGRAM,
    Breakdown.STATE,
)
# The time from call to arrival alone is also kept by these: they would make every other table as long as the log.
FINER_BREAKDOWNS = (Breakdown.PRIORITY, Breakdown.AREA, Breakdown.HOUR_OF_WEEK)
POOLED = "Calls of every priority and origin are together here; by priority they stand apart where the log records it."


@dataclass(frozen=True)
class IntervalDefinition:
    """One interval of a response, and what is said of it."""

    interval: IntervalName
    # names on pages, without the percentile
    label: str
    short_label: str
    # from what to what, after "minutes"
    words: str
    # the answer, after "In half of 1,204 responses" and before the minutes
    said: str
    # what the log must record
    requires: tuple[Requirement, ...]
    direction: Direction
    direction_reason: str
    caution: str
    # whether it begins with the call, which work that the team began itself does not have
    is_from_call: bool = False


INTERVALS = (
    IntervalDefinition(
        IntervalName.RESPONSE,
        "Minutes from call to arrival",
        "Wait",
        "from when the call was received to when the team arrived",
        "the team was there within {value} of the call",
        (Requirement.RESPONSE_TIMES, Requirement.RECEIVED_TIME),
        Direction.LOWER,
        "people wait in a crisis",
        POOLED,
        is_from_call=True,
    ),
    IntervalDefinition(
        IntervalName.CALL_PROCESSING,
        "Call processing: call to dispatch",
        "Call processing",
        "from when the call was received to when a team was sent",
        "a team was sent within {value} of the call",
        (Requirement.REACHED, Requirement.DISPATCH_TIMES, Requirement.RECEIVED_TIME),
        Direction.LOWER,
        "people wait while nobody has been sent",
        "It includes the time in which a call waits for a free team, so that it grows when every team is busy.",
        is_from_call=True,
    ),
    IntervalDefinition(
        IntervalName.TURNOUT,
        "Turnout: dispatch to setting out",
        "Turnout",
        "from when the team was sent to when it set out",
        "the team set out within {value} of being sent",
        (Requirement.REACHED, Requirement.DISPATCH_TIMES, Requirement.EN_ROUTE_TIMES),
        Direction.LOWER,
        "people wait while the team makes ready",
        "A team that is on the road when it is sent has a turnout near zero; exact zeros count only where the agency keeps them.",
    ),
    IntervalDefinition(
        IntervalName.TRAVEL,
        "Travel: setting out to arrival",
        "Travel",
        "from when the team set out to when it arrived",
        "the team arrived within {value} of setting out",
        (Requirement.EN_ROUTE_TIMES, Requirement.RESPONSE_TIMES),
        Direction.LOWER,
        "people wait while the team is on the way",
        "It grows with the area served and the number of teams, whatever the team does.",
    ),
    IntervalDefinition(
        IntervalName.ON_SCENE,
        "On scene: arrival to clearing",
        "On scene",
        "from when the team arrived to when it was done",
        "the team was done within {value} of arriving",
        (Requirement.RESPONSE_TIMES, Requirement.CLEARED_TIMES),
        Direction.NEUTRAL,
        "a longer stay can be better care or a harder call",
        "It ends when the team reports itself free, so it can include transport and writing up.",
    ),
    IntervalDefinition(
        IntervalName.COMMITTED,
        "Committed: dispatch to clearing",
        "Committed",
        "from when the team was sent to when it was done",
        "the team was free again within {value} of being sent",
        (Requirement.REACHED, Requirement.DISPATCH_TIMES, Requirement.CLEARED_TIMES),
        Direction.NEUTRAL,
        "it is the work done for one call, which may rightly be long",
        "Only calls that the team reached count here; calls it was called off from took time too.",
    ),
)
ASIDES = {
    "missing_count": "{count:,} responses lack one of the two times and are left out.",
    "negative_count": "{count:,} intervals are negative and left out.",
    "zero_count": "{count:,} intervals are zero and left out.",
    "over_range_count": "{count:,} intervals are longer than believable and left out.",
}
NOT_A_CALL = {
    "not_a_call_count": "{count:,} responses were begun by the team itself or are follow-ups: nobody called and waited, and they are left out.",
}
PERCENTILES = (
    (Statistic.MEDIAN, "min", "median", "In half of {cases}, "),
    (Statistic.PERCENTILE_90, "p90_min", "90th percentile", "In nine of ten of {cases}, "),
)


def _metric(
    interval_definition: IntervalDefinition,
    statistic: Statistic,
    ending: str,
    name: str,
    begin: str,
) -> Metric:
    """The record of one percentile of one interval."""
    key = f"{interval_definition.interval.value.removesuffix('_min')}_{ending}"
    own_work = (
        "; work begun by the team itself and follow-ups" if interval_definition.is_from_call else ""
    )
    defined = (
        f"Median minutes {interval_definition.words}."
        if statistic is Statistic.MEDIAN
        else f"Minutes {interval_definition.words}, within which nine of ten responses fell."
    )
    is_wait = interval_definition.interval is IntervalName.RESPONSE
    return Metric(
        key=key,
        label=f"{interval_definition.label}, {name}",
        short_label=f"{interval_definition.short_label}, {name}",
        question="How long did people wait?" if is_wait else "Where does the time go?",
        definition=defined,
        sentence=begin + interval_definition.said,
        zero_sentence="No response has a usable time",
        numerator=CountColumn("usable_count", "responses with a usable interval"),
        denominator=CountColumn("usable_count", "responses with a usable interval"),
        recorded_of=CountColumn("response_count", "responses"),
        includes="responses with both times, zero to the longest believable interval",
        excludes="missing, negative and over-range intervals; zero where the agency does not keep it"
        + own_work,
        direction=interval_definition.direction,
        direction_reason=interval_definition.direction_reason,
        query="response_times",
        statistic=statistic,
        breakdowns=(*BREAKDOWNS, *FINER_BREAKDOWNS) if is_wait else BREAKDOWNS,
        suppression=Suppression.PEOPLE,
        caution=interval_definition.caution,
        requires=interval_definition.requires,
        asides=ASIDES | NOT_A_CALL if interval_definition.is_from_call else ASIDES,
        interval=interval_definition.interval,
    )


OVER_TARGET = Metric(
    key="over_target_share",
    label="Arrivals later than the program's target",
    short_label="Over target",
    question="How often was the wait longer than the program's own target?",
    definition=(
        "Share of responses that took longer from call to arrival than the target that the program has set."
    ),
    sentence="The team arrived later than the program's own target on {of}",
    zero_sentence="The team arrived within the program's own target on all {cases}",
    numerator=CountColumn("over_target_count", "arrivals later than the target"),
    denominator=CountColumn("targeted_count", "responses with a usable wait and a target"),
    recorded_of=CountColumn("response_count", "responses"),
    missing_of=CountColumn("aimed_count", "responses that a target applies to"),
    includes=(
        "responses with a usable time from call to arrival, from the target's first day on; a target for the "
        "call's priority goes before one for all calls"
    ),
    excludes=(
        "of both: missing, negative and over-range intervals; zero where the agency does not keep it; work begun by "
        "the team itself and follow-ups; calls that no target applies to"
    ),
    direction=Direction.LOWER,
    direction_reason="the target is the program's own promise",
    query="response_targets",
    statistic=Statistic.SHARE,
    breakdowns=(*BREAKDOWNS, Breakdown.PRIORITY),
    suppression=Suppression.PEOPLE,
    caution="Programs set their targets themselves, so shares over different targets cannot be compared.",
    requires=(Requirement.RESPONSE_TIMES, Requirement.RECEIVED_TIME, Requirement.RESPONSE_TARGET),
    asides={
        "left_out_count": "{count:,} responses have no usable time from call to arrival and are left out.",
        "without_target_count": "{count:,} responses have a usable time but no target, and are left out.",
    },
)  # fmt: skip

METRICS: tuple[Metric, ...] = (
    *(
        _metric(interval_definition, statistic, ending, name, begin)
        for interval_definition in INTERVALS
        for statistic, ending, name, begin in PERCENTILES
    ),
    OVER_TARGET,
)

# For every median its 90th percentile, in the order in which a call goes, the whole after its parts.
P90_OF = {
    "call_processing_min": "call_processing_p90_min",
    "turnout_min": "turnout_p90_min",
    "travel_min": "travel_p90_min",
    "response_min": "response_p90_min",
    "on_scene_min": "on_scene_p90_min",
    "committed_min": "committed_p90_min",
}
