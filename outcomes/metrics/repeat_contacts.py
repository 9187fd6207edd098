"""Who was met again: contacts after which the same person was met within 7, 30 and 90 days."""

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


def _repeat_share(days: int) -> Metric:
    """The metric of one window, so that the three differ in nothing but its length."""
    return Metric(
        key=f"repeat_contact_{days}_share",
        label=f"Met again within {days} days",
        short_label=f"Again in {days} days",
        question=f"After how many contacts was the person met again within {days} days?",
        definition=f"Contacts after which the team met the same person again within {days} days, of the contacts with a known person whose next {days} days the log covers whole.",
        sentence=f"The same person was met again within {days} days after {{of}}",
        zero_sentence=f"Nobody was met again within {days} days after any of {{cases}}",
        numerator=CountColumn(
            f"repeat_{days}_count", f"contacts followed by another within {days} days"
        ),
        denominator=CountColumn(
            f"followed_{days}_count",
            f"contacts with a known person and {days} days of follow-up",
        ),
        recorded_of=CountColumn("contact_count", "contacts"),
        missing_of=CountColumn(
            f"seen_{days}_count", f"contacts of which the log covers the {days} days that follow"
        ),
        # One who is not known may be somebody met before: each turns at most one no into a yes.
        could_be=CountColumn("person_unknown_count", "contacts with nobody known"),
        includes=f"another contact later on the same day, up to the {days}th day after it, whatever the call type",
        excludes=f"of both: contacts without a person's id; contacts nearer than {days} days to the end of the log or to a month without records; a call that came in before the team had left the same person, which is the same event",
        direction=Direction.NEUTRAL,
        direction_reason="coming back can be trust in the team or a need that was not met",
        query="repeat_contacts",
        statistic=Statistic.SHARE,
        breakdowns=tuple(kind for kind in STANDARD_BREAKDOWNS if kind is not Breakdown.AREA),
        suppression=Suppression.PEOPLE,
        caution="A person who is not known the second time is not seen to come back, so the true share can be higher. Contacts are counted, not people: one person can have many.",
        requires=(Requirement.MEETINGS, Requirement.PERSONS, Requirement.RECEIVED_DAY),
        asides={
            "person_unknown_count": "On {count:,} contacts the log does not say who the person was; nobody can say whether they came back, and they are not counted as new.",
            f"not_followed_{days}_count": f"{{count:,}} contacts are nearer than {days} days to the end of the log or to a gap in it, or have no date; they are left out, because nobody can know yet.",
            "same_event_count": "{count:,} calls came in before the team had left the same person; each is one contact with the call before it.",
        },
    )


METRICS: tuple[Metric, ...] = tuple(_repeat_share(days) for days in (7, 30, 90))
