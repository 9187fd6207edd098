"""How often the team asked for police, why, and what else went wrong on scene."""

from outcomes.metrics.definition import (
    WITH_ACUITY,
    CountColumn,
    Direction,
    Metric,
    Statistic,
    Suppression,
)
from outcomes.metrics.requirements import Requirement
from outcomes.vocabulary.log import Breakdown

SAFETY_RECORDED = CountColumn("safety_recorded_count", "responses with police involvement recorded")
POLICE_RECORDED = CountColumn("police_recorded_count", "responses with police involvement recorded")
COULD_BE_FOR_SAFETY = CountColumn(
    "request_reason_unknown_count", "requests whose log does not say why police were asked for"
)
REASON_UNKNOWN = {
    "request_reason_unknown_count": "For {count:,} requests the log does not say why; they are not counted as safety.",
}

METRICS: tuple[Metric, ...] = (
    Metric(
        key="safety_escalation_rate",
        label="Asked police for help for safety",
        short_label="Asked for safety",
        question="How often did the team ask police for help for safety?",
        definition="Responses on which the team asked for police for safety, as an emergency or routine, of the responses whose log records police involvement.",
        sentence="Teams asked police for help for safety on {of}",
        zero_sentence="Teams did not ask police for help for safety on any of {cases}",
        numerator=CountColumn(
            "safety_request_count", "responses on which the team asked police for help for safety"
        ),
        denominator=SAFETY_RECORDED,
        recorded_of=CountColumn("response_count", "responses"),
        could_be=COULD_BE_FOR_SAFETY,
        includes="safety emergencies and routine safety requests",
        excludes="of the count alone, not of the responses: requests for legal holds, crime, transport, entry or at the person's wish, requests without a reason, and police who were there first or sent by dispatch; of both: responses whose log does not say how police were involved",
        direction=Direction.NEUTRAL,
        direction_reason="asking for help is what a team is trained to do",
        statistic=Statistic.SHARE_EXACT,
        breakdowns=WITH_ACUITY,
        suppression=Suppression.SAFETY_EVENTS,
        caution="Beside it belong the eligibility list and the mix of calls: a program that takes easy calls asks less.",
        within=("police_request_rate",),
        requires=(
            Requirement.REACHED,
            Requirement.POLICE_INVOLVEMENT,
            Requirement.SAFETY_REASONS,
        ),
        asides=REASON_UNKNOWN,
    ),
    Metric(
        key="emergency_backup_rate",
        label="Asked for police with lights and sirens",
        short_label="Lights and sirens",
        question="How often was it an emergency?",
        definition="Responses on which the team asked for police as a safety emergency, of the responses whose log records police involvement.",
        sentence="Teams asked for police with lights and sirens on {of}",
        zero_sentence="Teams did not ask for police with lights and sirens on any of {cases}",
        numerator=CountColumn("safety_emergency_count", "responses with an emergency request"),
        denominator=SAFETY_RECORDED,
        recorded_of=CountColumn("response_count", "responses"),
        could_be=COULD_BE_FOR_SAFETY,
        includes="requests for a response with lights and sirens",
        excludes="of the count alone, not of the responses: routine safety requests, all other reasons, and requests without a reason; of both: responses whose log does not say how police were involved",
        direction=Direction.LOWER,
        direction_reason="an emergency means that someone was in danger",
        statistic=Statistic.SHARE_EXACT,
        breakdowns=WITH_ACUITY,
        suppression=Suppression.SAFETY_EVENTS,
        caution="Rare: one more or fewer changes the rate a lot.",
        within=("safety_escalation_rate", "police_request_rate"),
        requires=(
            Requirement.REACHED,
            Requirement.POLICE_INVOLVEMENT,
            Requirement.EMERGENCY_REASONS,
        ),
        decimals=2,
        asides=REASON_UNKNOWN,
    ),
    Metric(
        key="police_request_rate",
        label="Asked for police for any reason",
        short_label="Asked, any reason",
        question="How often did the team ask for police at all?",
        definition="Responses on which the team asked for police for any reason, of the responses whose log records police involvement.",
        sentence="Teams asked for police on {of}",
        zero_sentence="Teams did not ask for police on any of {cases}",
        numerator=CountColumn(
            "police_request_count", "responses on which the team asked for police"
        ),
        denominator=POLICE_RECORDED,
        recorded_of=CountColumn("response_count", "responses"),
        includes="every reason, also those not recorded",
        excludes="of the count alone, not of the responses: police who were there first or sent by dispatch, and planned co-response; of both: responses whose log does not say how police were involved",
        direction=Direction.NEUTRAL,
        direction_reason="many requests are legal duties such as holds",
        statistic=Statistic.SHARE_EXACT,
        breakdowns=WITH_ACUITY,
        suppression=Suppression.SAFETY_EVENTS,
        caution="Not a safety measure: most requests in most programs are for legal holds.",
        requires=(
            Requirement.REACHED,
            Requirement.POLICE_INVOLVEMENT,
        ),
    ),
    Metric(
        key="police_request_reasons",
        label="Why the team asked for police",
        short_label="Reasons",
        question="Why did the team ask for police?",
        definition="Requests for police by reason, of all requests.",
        sentence="Teams asked for police {count} times.",
        zero_sentence="Teams did not ask for police.",
        numerator=CountColumn("request_count", "requests"),
        denominator=CountColumn("request_total", "requests"),
        includes="every request; a reason not recorded is shown as that",
        excludes="responses without a request",
        direction=Direction.NEUTRAL,
        direction_reason="a description",
        query="police_request_reasons",
        statistic=Statistic.SHARE,
        breakdowns=(Breakdown.REASON,),
        suppression=Suppression.SAFETY_EVENTS,
        caution="One reason per request: the first that the log gives.",
        requires=(
            Requirement.REACHED,
            Requirement.POLICE_INVOLVEMENT,
            Requirement.REQUEST_REASONS,
        ),
    ),
    Metric(
        key="police_already_there_share",
        label="Police there first or sent by dispatch",
        short_label="Police already there",
        question="On how many responses did police come without the team asking?",
        definition="Responses on which police were on scene first or were sent by dispatch, of the responses whose log records police involvement.",
        sentence="Police were there first, or were sent by dispatch, on {of}",
        zero_sentence="Police were not there first or sent by dispatch on any of {cases}",
        numerator=CountColumn(
            "police_already_there_count", "responses with police there first or sent by dispatch"
        ),
        denominator=POLICE_RECORDED,
        recorded_of=CountColumn("response_count", "responses"),
        includes="police on scene before the team, and police sent by dispatch",
        excludes="of the count alone, not of the responses: police whom the team asked for, planned co-response, and no police; of both: responses whose log does not say how police were involved",
        direction=Direction.NEUTRAL,
        direction_reason="it is dispatch practice, not the team's",
        statistic=Statistic.SHARE,
        breakdowns=WITH_ACUITY,
        suppression=Suppression.PEOPLE,
        caution="Says how calls are screened more than how they went.",
        requires=(
            Requirement.REACHED,
            Requirement.POLICE_FIRST,
        ),
    ),
    Metric(
        key="safety_disengagement_rate",
        label="No contact because of a safety concern",
        short_label="Disengaged",
        question="How often did the team hold back for safety?",
        definition="Dispatches that ended without contact because of a safety concern, of all dispatches.",
        sentence="Teams held back because of a safety concern on {of}",
        zero_sentence="Teams did not hold back for safety on any of {cases}",
        numerator=CountColumn("disengaged_for_safety_count", "dispatches ended for safety"),
        denominator=CountColumn("disengagement_recorded_count", "dispatches"),
        could_be=CountColumn(
            "contact_result_unknown_count", "dispatches whose contact result is not recorded"
        ),
        includes="dispatches whose result says that there was no contact for safety",
        excludes="of the count alone, not of the dispatches: every other result, also where none is recorded",
        direction=Direction.NEUTRAL,
        direction_reason="stepping back is good practice",
        statistic=Statistic.SHARE_EXACT,
        suppression=Suppression.SAFETY_EVENTS,
        caution="A dispatch without a recorded result counts as not ended for safety.",
        requires=(
            Requirement.DISPATCHES,
            Requirement.DISENGAGEMENTS,
        ),
        decimals=2,
        asides={
            "contact_result_unknown_count": "{count:,} dispatches have no result recorded; any of them could be one more.",
        },
    ),
)
