"""What a log must hold, fill and be able to say for each metric, as a document made from the code."""

from outcomes.metrics.definition import Metric
from outcomes.metrics.registry import METRICS
from outcomes.metrics.requirements import BREAKDOWN_NEEDS, TEAM_LOGS, Requirement
from outcomes.vocabulary.log import LogHolds

_HEAD = """# What a log answers

Generated from the metrics by `make docs`; do not edit. Which calls a log says were reached is in [reached.md](reached.md).

A log answers a metric where it meets every line of its requirements: it fills at least one of the fields, it holds as much of the calls,
and its profile can give at least one of the words of each list. `disposition=arrested` is a word of a field; `has_arrest=yes` and
`has_arrest=no` are what a flag can say. Otherwise the metric is **not recorded**: never zero and never 100%. Each month is judged by
the profile that read its rows ([decision 0030](decisions/0030-each-month-by-its-profile.md)). A log that was loaded before
possible words were kept is judged by its fields alone until it is loaded again, and as telling days and times of day.

How finely the log tells when each call came in follows from the formats of `received_at`: a year, a month, a day, or a day and a time of
day; with several formats, the coarsest. Where years are told, months that are chosen must make whole years.

`police_units` is `records_police_units = true`; `reached_rows` is `all_rows_reached = true`; `dispatch_rows` and `unit_rows` are `rows_are`;
`response_target` is `[[response_targets]]`; `is_eligible` is the flag or a call-type list that fills the column `eligible`.
`injury=responder/first_aid` is a block of `[[injuries]]` that can say both. `nobody_hurt=yes` is a flag `is_injury_recorded` that can say yes
where no block of `[[injuries]]` holds: its rule is not the `when` of a block, nor one that asks the same column for some of its values.

"""


def requirements_document() -> str:
    """Markdown: every requirement with its fields and words, then every metric with its requirements."""
    lines = [
        _HEAD,
        "| requirement | the log must record | fields, one of | it holds | words, one of each list |\n",
    ]
    lines += ["|---|---|---|---|---|\n", *map(_requirement_line, Requirement), "\n"]
    lines += ["| metric | requirements | for its share also |\n", "|---|---|---|\n"]
    lines += [_metric_line(metric) for metric in METRICS.values()]
    lines += [
        f"| any metric by `{breakdown.value}` | {need.name} beside its own | |\n"
        for breakdown, need in BREAKDOWN_NEEDS.items()
    ]
    return "".join(lines)


def _requirement_line(need: Requirement) -> str:
    holds = "the team's work" if need.holds == TEAM_LOGS else _codes(need.holds)
    if set(need.holds) == set(LogHolds):
        holds = "anything"
    words = "; ".join(_codes(either) for either in need.answers)
    fields = _codes(need.any_field)
    if need.is_of_dates:
        # A time of day is a matter of the log's dates; how it is told says more than the field.
        fields = f"`received_at`, told to the {need.precision}"
    return f"| {need.name} | {need.words} | {fields} | {holds} | {words} |\n"


def _metric_line(metric: Metric) -> str:
    needs, more = (
        ", ".join(need.name for need in each)
        for each in (metric.requires, metric.denominator_requires)
    )
    return f"| `{metric.key}` | {needs} | {more} |\n"


def _codes(words: tuple[str, ...]) -> str:
    return " or ".join(f"`{word}`" for word in words)
