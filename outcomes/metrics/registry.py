"""The registry: every metric, by its key, in the order in which Methods prints them."""

from outcomes.metrics import (
    calls,
    calls_diverted,
    injuries,
    repeat_contacts,
    response_times,
    safety_escalations,
    scene_outcomes,
    service_results,
)
from outcomes.metrics.definition import Metric
from outcomes.vocabulary.problem import Problem

SUBJECTS: dict[str, tuple[Metric, ...]] = {
    "Calls": calls.METRICS,
    "Calls diverted": calls_diverted.METRICS,
    "Safety escalations": safety_escalations.METRICS,
    "On scene": scene_outcomes.METRICS,
    "Outcomes": service_results.METRICS,
    "Repeat contacts": repeat_contacts.METRICS,
    "Injuries": injuries.METRICS,
    "Response times": response_times.METRICS,
}

METRICS: dict[str, Metric] = {
    metric.key: metric for metrics in SUBJECTS.values() for metric in metrics
}


class UnknownMetricError(Problem, ValueError):
    """A key that no metric has; its text is one sentence for the reader."""


def find_metric(key: str) -> Metric:
    """The metric with that key.

    Raises UnknownMetricError, naming the keys that there are, where there is none.
    """
    if key not in METRICS:
        raise UnknownMetricError(
            f"Expected the key of a metric, found [{key}]; choose from {', '.join(METRICS)}."
        )
    return METRICS[key]
