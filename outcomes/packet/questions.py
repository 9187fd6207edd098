"""The questions that a packet can answer, named as the pages name them, each with what answers it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from outcomes.analyses.call_mix.analysis import call_mix
from outcomes.analyses.call_mix.text import mix_sentence
from outcomes.analyses.control_charts.this_month import month_reading, month_sentence
from outcomes.analyses.demand.analysis import demand
from outcomes.analyses.demand.text import most_missed_sentence, within_service_sentence
from outcomes.analyses.goals.analysis import goal_readings
from outcomes.analyses.goals.text import missed_sentence
from outcomes.analyses.officer_time.analysis import officer_time_as_written
from outcomes.analyses.officer_time.exhibits import by_type_exhibit
from outcomes.analyses.officer_time.text import (
    EXCLUDED,
    WHAT_THE_RANGE_IS,
    officer_sentence,
)
from outcomes.analyses.scene_outcomes.exhibits import dispositions_exhibit
from outcomes.analyses.unanswered.analysis import unanswered
from outcomes.answers.answer import Answer
from outcomes.packet.asked import Asked
from outcomes.presentation.exhibit import (
    Exhibit,
    rows_exhibit,
    severity_exhibit,
)
from outcomes.presentation.over_time import over_time
from outcomes.presentation.sentences import answer_sentence, short_figure
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Status

# The answers of one question by metric, each beside the earlier period.
Compared = Mapping[str, Answer]


@dataclass(frozen=True, kw_only=True)
class Question:
    """One question of a packet: what the page of that name answers first."""

    # the page's name, which is also the word on the command line
    name: str
    # its name in the navigation
    title: str
    # as the page asks it
    words: str
    # metrics whose sentences answer it
    says: tuple[str, ...]
    # metrics of the small table
    figures: tuple[str, ...]
    # metrics that must stand beside the first answer wherever it stands alone
    beside: tuple[str, ...] = ()
    # every metric whose change the page judges, in its order
    judged: tuple[str, ...]
    # metrics whose count stands large
    counts: tuple[str, ...] = ()
    # the chart with its table
    chart: Callable[[Asked], Exhibit]
    # small tables beside it
    tables: Callable[[Asked], tuple[Exhibit, ...]] = lambda _asked: ()
    # sentences beside those of the metrics
    also: Callable[[Asked], list[str]] = lambda _asked: []
    # what somebody who doubts it asks
    doubt: str
    # what the log says to that
    reply: Callable[[Asked, Compared], list[str]]


def _over_time(
    *metric_keys: str, counts: bool = False, with_limits: bool = False
) -> Callable[[Asked], Exhibit]:
    """Metrics by month as the page draws them; the first by year where no chosen log has months."""

    def chart(asked: Asked) -> Exhibit:
        return over_time(
            asked.by,
            list(metric_keys),
            asked.selection,
            asked.snapshot,
            counts=counts,
            with_limits=with_limits,
        )[0]

    return chart


def _sentences(*metric_keys: str) -> Callable[[Asked, Compared], list[str]]:
    def reply(_asked: Asked, found: Compared) -> list[str]:
        return [answer_sentence(found[key]) for key in metric_keys]

    return reply


def _net_estimate(_asked: Asked, found: Compared) -> list[str]:
    return ["This is an estimate.", answer_sentence(found["net_diverted"])]


def _most_missed(asked: Asked) -> list[str]:
    found = demand(asked.selection, asked.snapshot, asked.rule)
    return [most_missed_sentence(found), within_service_sentence(found)]


def _hours(asked: Asked) -> Exhibit:
    return by_type_exhibit(officer_time_as_written("", asked.selection, asked.snapshot, asked.rule))


def _hours_sentence(asked: Asked) -> list[str]:
    time = officer_time_as_written("", asked.selection, asked.snapshot, asked.rule)
    return [officer_sentence(time)]


def _hurt_and_missed(asked: Asked) -> list[str]:
    """Who was hurt, and the goals that are not met: what no summary leaves out."""
    hurt = asked.whole("injury_rate")
    is_recorded = hurt.total.status is not Status.NOT_RECORDED
    missed = missed_sentence(goal_readings(asked.selection, asked.snapshot, asked.rule))
    return [short_figure(hurt) if is_recorded else "", missed]


def _latest_month(asked: Asked, _found: Compared) -> list[str]:
    reading = month_reading("responses", asked.selection, asked.snapshot, asked.rule)
    return [month_sentence([reading] if reading else [])]


def _severities(asked: Asked) -> tuple[Exhibit, ...]:
    return (severity_exhibit(asked.by("injury_rate", Breakdown.ROLE_AND_SEVERITY)),)


QUESTIONS = (
    Question(
        name="overview",
        title="Overview",
        words="Is the program working?",
        says=("responses", "eligible_reached_share"),
        also=_hurt_and_missed,
        figures=(
            "responses",
            "eligible_reached_share",
            "diverted_strict",
            "safety_escalation_rate",
            "serious_injury_rate",
            "response_min",
        ),
        judged=(
            "responses",
            "eligible_reached_share",
            "diverted_strict",
            "safety_escalation_rate",
            "serious_injury_rate",
            "response_min",
        ),
        counts=("diverted_strict", "serious_injury_rate"),
        chart=_over_time("responses", counts=True),
        doubt="Is the latest month out of the ordinary?",
        reply=_latest_month,
    ),
    Question(
        name="calls_diverted",
        title="Calls diverted",
        words="How many calls did the team take off police hands?",
        says=("diverted_strict",),
        figures=("diverted_strict", "diverted_broad", "net_diverted", "without_police_share"),
        # Without it the calls handled are read as calls that police would have taken.
        beside=("net_diverted",),
        judged=(
            "diverted_strict",
            "diverted_broad",
            "net_diverted",
            "without_police_share",
            "eligible_reached_share",
            "eligible_reached_in_hours_share",
            "diverted_strict_eligible_share",
            "diverted_strict_public_share",
            "diverted_broad_public_share",
        ),
        counts=("diverted_strict", "diverted_broad"),
        chart=_over_time("diverted_strict", "diverted_broad", counts=True),
        doubt="Would police have gone to these calls at all?",
        reply=_net_estimate,
    ),
    Question(
        name="safety_escalations",
        title="Safety escalations",
        words="How often did the team ask police for help, and why?",
        says=("safety_escalation_rate",),
        figures=(
            "safety_escalation_rate",
            "emergency_backup_rate",
            "police_request_rate",
            "police_already_there_share",
        ),
        judged=(
            "safety_escalation_rate",
            "emergency_backup_rate",
            "police_request_rate",
            "police_already_there_share",
            "safety_disengagement_rate",
            "arrest_rate",
            "involuntary_hold_rate",
            "force_rate",
        ),
        chart=_over_time("safety_escalation_rate"),
        doubt="Did the team get the easy calls?",
        reply=lambda asked, _found: [
            mix_sentence(call_mix(asked.selection, asked.snapshot, asked.rule))
        ],
    ),
    Question(
        name="injuries",
        title="Injuries",
        words="Who was hurt, how badly, in how many responses?",
        says=("injury_rate", "serious_injury_rate"),
        figures=(
            "serious_injury_rate",
            "injury_rate",
            "responder_injury_rate",
            "injury_recorded_share",
        ),
        judged=(
            "injury_rate",
            "serious_injury_rate",
            "responder_injury_rate",
            "injury_recorded_share",
            "recordable_injury_rate",
            "near_miss_rate",
        ),
        chart=_over_time("injury_rate", counts=True),
        tables=_severities,
        doubt="Was anyone hurt without anybody writing it down?",
        reply=_sentences("injury_recorded_share", "serious_injury_rate"),
    ),
    Question(
        name="response_times",
        title="Response times",
        words="How long from call to arrival (median and 90th percentile), and where does the time go?",
        says=("response_min", "response_p90_min"),
        figures=("response_min", "response_p90_min", "call_processing_min", "travel_min"),
        judged=(
            "response_min",
            "response_p90_min",
            "call_processing_min",
            "travel_min",
            "on_scene_min",
            "on_scene_p90_min",
            "over_target_share",
        ),
        chart=_over_time("response_min", "response_p90_min", with_limits=True),
        doubt="How many waited longer than was promised?",
        reply=_sentences("over_target_share"),
    ),
    Question(
        name="demand_and_coverage",
        title="Demand and coverage",
        words="Which eligible calls were not reached, when, where and why?",
        says=("not_reached_share",),
        figures=(
            "not_reached_share",
            "eligible_reached_share",
            "eligible_reached_in_hours_share",
        ),
        judged=("not_reached_share", "eligible_reached_share", "eligible_reached_in_hours_share"),
        chart=lambda asked: rows_exhibit(
            asked.by("not_reached_reasons", Breakdown.REASON),
            "Why were they not reached?",
            asked.names,
            shows_count=True,
        ),
        also=_most_missed,
        doubt="How many were missed while the team was on duty?",
        reply=_sentences("eligible_reached_in_hours_share"),
    ),
    Question(
        name="scene_outcomes",
        title="Outcomes",
        words="What happened on scene and after?",
        says=("served_share",),
        figures=("served_share", "referral_accepted_share", "repeat_contact_30_share"),
        judged=(
            "served_share",
            "referral_accepted_share",
            "repeat_contact_30_share",
            "transport_share",
            "emergency_department_share",
            "involuntary_hold_rate",
            "arrest_rate",
            "force_rate",
        ),
        chart=lambda asked: dispositions_exhibit(asked.by("dispositions", Breakdown.DISPOSITION)),
        doubt="Do the same people come back?",
        reply=_sentences("repeat_contact_30_share"),
    ),
    Question(
        name="officer_time",
        title="Officer time",
        words="How many officer hours were freed, as a range, with every assumption on the page?",
        says=(),
        figures=(),
        judged=("diverted_strict",),
        chart=_hours,
        also=_hours_sentence,
        doubt="Is that money saved?",
        reply=lambda _asked, _found: [WHAT_THE_RANGE_IS, EXCLUDED],
    ),
)
BY_NAME = {question.name: question for question in QUESTIONS}
# Those that stand in a packet where nobody chose: the first five that the log can answer.
DEFAULT_ORDER = (
    "calls_diverted",
    "safety_escalations",
    "injuries",
    "response_times",
    "scene_outcomes",
    "overview",
    "demand_and_coverage",
)
DEFAULT_COUNT = 5


def default_questions(selection: Selection, snapshot: Snapshot) -> tuple[str, ...]:
    """The first five questions whose first figure the logs record, in the pages' order; one at least, which says why.

    Raises SelectionError for a selection that cannot be answered.
    """
    first = {name: BY_NAME[name].judged[0] for name in DEFAULT_ORDER}
    found = unanswered(tuple(first.values()), selection, snapshot)
    able = [name for name, key in first.items() if not found.keeps(key)][:DEFAULT_COUNT]
    chosen = able or ["overview"]
    return tuple(question.name for question in QUESTIONS if question.name in chosen)
