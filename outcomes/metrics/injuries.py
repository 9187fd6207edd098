"""Who was hurt, how badly, in how many responses; zero always with its upper limit."""

from functools import partial

from outcomes.metrics.definition import (
    STANDARD_BREAKDOWNS,
    CountColumn,
    Direction,
    Metric,
    Statistic,
    Suppression,
)
from outcomes.metrics.requirements import Requirement
from outcomes.vocabulary.log import Breakdown

# An injury can be broken down by who and how badly, beside the usual ways.
INJURY_BREAKDOWNS = (
    *STANDARD_BREAKDOWNS,
    Breakdown.ROLE,
    Breakdown.SEVERITY,
    Breakdown.ROLE_AND_SEVERITY,
)
# Told beside every count of injuries by how bad they were.
SEVERITY_UNKNOWN = {
    "severity_unknown_count": "For {count:,} injured people the log does not say how badly; any of them could have been serious.",
}
COULD_BE_WORSE = CountColumn("severity_unknown_count", "people hurt whose severity is not recorded")
# A rate of people hurt, or nearly, over the responses whose log records injuries.
InjuryRate = partial(
    Metric,
    denominator=CountColumn("injury_recorded_count", "responses whose log records injuries"),
    recorded_of=CountColumn("response_count", "responses"),
    statistic=Statistic.RATE_PER_10K,
    suppression=Suppression.SAFETY_EVENTS,
    requires=(Requirement.TEAM_CALLS, Requirement.INJURIES),
    denominator_requires=(Requirement.REACHED, Requirement.INJURY_ENTRIES),
)

METRICS: tuple[Metric, ...] = (
    Metric(
        key="injury_recorded_share",
        label="Responses whose log records injuries",
        short_label="Injuries recorded",
        question="How complete is the reporting?",
        definition="Responses whose log says whether anyone was hurt, of all responses.",
        sentence="Injuries, or that there were none, are recorded on {of}",
        zero_sentence="Injuries are not recorded on any of {cases}",
        numerator=CountColumn("injury_recorded_count", "responses whose log records injuries"),
        denominator=CountColumn("response_count", "responses"),
        includes="responses with an entry about injuries, also that there was none",
        excludes="responses without an entry",
        direction=Direction.HIGHER,
        direction_reason="what is not recorded cannot be ruled out",
        statistic=Statistic.SHARE,
        suppression=Suppression.PEOPLE,
        caution="Says that something was entered, not that it was right.",
        requires=(
            Requirement.REACHED,
            Requirement.INJURY_ENTRIES,
        ),
    ),
    InjuryRate(
        key="injury_rate",
        label="People hurt",
        short_label="People hurt",
        question="How often was anyone hurt?",
        definition="People hurt, from first aid to fatal, per 10,000 responses whose log records injuries.",
        sentence="{count} people were hurt in {cases}",
        zero_sentence="Nobody was hurt in {cases}",
        numerator=CountColumn("injured_count", "people hurt"),
        includes="responders, people served, bystanders and officers; first aid and worse, and injuries whose severity is not recorded; also on the way to a call",
        excludes="of the count alone: near misses; of the responses: those whose log does not say whether anybody was hurt",
        direction=Direction.LOWER,
        direction_reason="nobody should be hurt",
        breakdowns=INJURY_BREAKDOWNS,
        caution="One event can hurt several people; each is counted.",
        asides=SEVERITY_UNKNOWN,
    ),
    InjuryRate(
        key="recordable_injury_rate",
        requires=(Requirement.TEAM_CALLS, Requirement.RECORDABLE_INJURIES),
        label="People who needed medical treatment or more",
        short_label="Medical treatment or more",
        question="How often did someone need medical treatment?",
        definition="People who needed medical treatment or worse (OSHA recordable), per 10,000 responses whose log records injuries.",
        sentence="{count} people needed medical treatment or more in {cases}",
        zero_sentence="Nobody needed medical treatment in {cases}",
        numerator=CountColumn(
            "recordable_injury_count", "people who needed medical treatment or more"
        ),
        could_be=COULD_BE_WORSE,
        includes="medical treatment, serious and fatal, in any role",
        excludes="of the count alone: first aid, near misses, and injuries whose severity is not recorded; of the responses: those whose log does not say whether anybody was hurt",
        direction=Direction.LOWER,
        direction_reason="nobody should be hurt",
        breakdowns=INJURY_BREAKDOWNS,
        source="29 CFR 1904.7, severity of recordable cases",
        within=("injury_rate",),
        caution="OSHA's term is for employees; here it is used for every role.",
        asides=SEVERITY_UNKNOWN,
    ),
    InjuryRate(
        key="serious_injury_rate",
        requires=(Requirement.TEAM_CALLS, Requirement.SERIOUS_INJURIES),
        label="People hurt seriously or killed",
        short_label="Serious or fatal",
        question="Was anyone hurt seriously or killed?",
        definition="People hurt seriously (in-patient admission, amputation, loss of an eye) or killed, per 10,000 responses whose log records injuries.",
        sentence="{count} people were hurt seriously or killed in {cases}",
        zero_sentence="No serious or fatal injury in {cases}",
        numerator=CountColumn("serious_injury_count", "people hurt seriously or killed"),
        could_be=COULD_BE_WORSE,
        includes="serious and fatal, in any role",
        excludes="of the count alone: everything less, and injuries whose severity is not recorded; of the responses: those whose log does not say whether anybody was hurt",
        direction=Direction.LOWER,
        direction_reason="nobody should be hurt",
        breakdowns=INJURY_BREAKDOWNS,
        source="29 CFR 1904.39, severe injuries",
        within=("injury_rate", "recordable_injury_rate"),
        caution="None so far is not none ever: read the upper limit.",
        asides=SEVERITY_UNKNOWN,
    ),
    InjuryRate(
        key="responder_injury_rate",
        requires=(Requirement.TEAM_CALLS, Requirement.RESPONDER_INJURIES),
        label="Responders hurt",
        short_label="Responders hurt",
        question="How often was a responder hurt?",
        definition="Responders hurt, from first aid to fatal, per 10,000 responses whose log records injuries.",
        sentence="{count} responders were hurt in {cases}",
        zero_sentence="No responder was hurt in {cases}",
        numerator=CountColumn("responder_injury_count", "responders hurt"),
        could_be=CountColumn("role_unknown_count", "people hurt whose role is not recorded"),
        includes="members of the team, first aid and worse",
        excludes="of the count alone: other roles, people whose role is not recorded, and near misses; of the responses: those whose log does not say whether anybody was hurt",
        direction=Direction.LOWER,
        direction_reason="nobody should be hurt at work",
        breakdowns=(*STANDARD_BREAKDOWNS, Breakdown.SEVERITY),
        caution="Reporting by staff is better than reporting by people served.",
        within=("injury_rate",),
    ),
    InjuryRate(
        key="near_miss_rate",
        requires=(Requirement.TEAM_CALLS, Requirement.NEAR_MISSES),
        label="Near misses",
        short_label="Near misses",
        question="How often was it close?",
        definition="Near misses per 10,000 responses whose log records injuries.",
        sentence="{count} near misses were reported in {cases}",
        zero_sentence="No near miss was reported in {cases}",
        numerator=CountColumn("near_miss_count", "near misses"),
        includes="events that could have hurt someone and did not",
        excludes="of the count alone: every injury; of the responses: those whose log does not say whether anybody was hurt",
        direction=Direction.NEUTRAL,
        direction_reason="more reports can mean better reporting",
        breakdowns=(*STANDARD_BREAKDOWNS, Breakdown.ROLE),
        caution="A rising rate is often a sign of trust in reporting.",
    ),
)
