"""Which metrics a log will answer, by what its profile fills; asked before anything is loaded."""

from dataclasses import dataclass

from outcomes.ingest.profile.schema import Profile
from outcomes.metrics.definition import Metric
from outcomes.metrics.registry import METRICS


@dataclass(frozen=True)
class ProfileAnswers:
    """The metrics that a log will answer and those that it will not."""

    # labels, in the order of Methods
    recorded: tuple[str, ...]
    # by label, what would have to be recorded
    not_recorded: dict[str, str]


def answers_of(profile: Profile) -> ProfileAnswers:
    """The metrics that a log read by this profile will answer, and what the others lack."""
    fields, words = frozenset(profile.recorded_fields), frozenset(profile.possible_answers)

    def lacking(metric: Metric) -> list[str]:
        return [
            need.words
            for need in metric.requires
            if not need.is_met(fields, profile.log.holds, words, profile.date_precision)
        ]

    missing = {metric.label: lacking(metric) for metric in METRICS.values()}
    return ProfileAnswers(
        recorded=tuple(name for name, words in missing.items() if not words),
        not_recorded={name: "; ".join(words) for name, words in missing.items() if words},
    )
