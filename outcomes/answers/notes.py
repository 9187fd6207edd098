"""The ordered sentences that go with an answer: who was left out, what is missing, what was hidden."""

from outcomes.answers.figures import FEWEST_MET_AGAIN, Figures
from outcomes.answers.period_change import Comparison, Doubt
from outcomes.answers.scope import Scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Metric, Statistic
from outcomes.metrics.figure import (
    SMALLEST_STABLE_DENOMINATOR,
    Counts,
    CountTable,
    is_missing_much,
)
from outcomes.statistics.rounding import rounded
from outcomes.vocabulary.log import Breakdown, Coverage, DataKind, RecordGrain, Status, View

# More programs than this are told by their number.
NAMED_PROGRAMS = 3


def notes_of(
    metric: Metric,
    scope: Scope,
    figures: Figures,
    rule: DisclosureRule,
) -> tuple[str, ...]:
    """Sentences for one answer, in the order in which a reader needs them; empty where all is plain."""
    notes = list(scope.notes)
    if scope.data_kind is DataKind.MADE_UP:
        notes.insert(0, "Made-up demonstration data: these are no real calls.")
    if scope.record_grain is RecordGrain.PERSON:
        notes.append("The log counts people served, not calls: one call can have several.")
    public_rule = rule if scope.selection.view is View.PUBLIC else None
    notes += _recorded_share(figures.counts.total, public_rule)
    notes += _asides(metric, figures.counts, public_rule)
    notes += _silent_notes(figures.counts)
    notes += _period_notes(figures.counts)
    notes += _interval_notes(figures)
    statuses = {figure.status for figure in (*figures.rows, figures.total)}
    if Status.SUPPRESSED in statuses:
        notes.append(
            f"Hidden to protect people: counts from 1 to {rule.smallest_shown - 1}, and what would give them away."
        )
    if public_rule and metric.statistic is Statistic.ASSUMPTION_RANGE:
        step = 2 * (rule.smallest_shown - 1)
        notes.append(f"Rounded to {step}, so that no hidden count can be worked out from it.")
    if Status.UNSTABLE in statuses:
        which = "Unstable" if figures.total.status is Status.UNSTABLE else "Rows marked unstable"
        notes.append(
            f"{which}: fewer than {SMALLEST_STABLE_DENOMINATOR} cases; one more or fewer changes it much."
        )
    return tuple(notes)


_DOUBTS = {
    Doubt.MIX_CHANGED: "The mix of programs changed between the two periods, so what is said of the change is the change "
    "with each program weighted as in the earlier period.",
    Doubt.MIX_HIDDEN: "A program's figure is hidden, so whether the mix of programs changed cannot be seen, and no change is claimed.",
    Doubt.PROGRAMS_DIFFER: "Programs changed in different ways, so no change is claimed of all together.",
    Doubt.ONE_OF_MANY: "Of the many changes shown together some would look like more than chance, so this one is not claimed.",
}


def comparison_notes(comparison: Comparison) -> tuple[str, ...]:
    """Who is not in the comparison with an earlier period and why, and what keeps a change from being claimed."""
    notes = []
    if comparison.left_out and comparison.program_count:
        who = "; ".join(f"{one.program_name} ({one.reason})" for one in comparison.left_out)
        notes.append(f"Left out of the comparison with the earlier period: {who}.")
    elif len(comparison.left_out) > 1:
        who = "; ".join(f"{one.program_name}: {one.reason}" for one in comparison.left_out)
        notes.append(f"Not compared with the earlier period: {who}.")
    if comparison.doubt in _DOUBTS:
        notes.append(_DOUBTS[comparison.doubt])
    return tuple(notes)


def _interval_notes(figures: Figures) -> list[str]:
    """How intervals over several programs are made, and where there is none."""
    notes = []
    if figures.program_count > 1:
        note = "Intervals over several programs allow for how far these are apart"
        wide = "; two programs say little of that, so the interval is wide"
        notes.append(f"{note}{wide if figures.program_count == 2 else ''}.")
    cases = rounded(100 / figures.person_effect, 0)
    if cases < 100:
        larger = ". Over several programs the larger of the two holds"
        notes.append(
            "Intervals allow for persons met again, whose cases are alike (over the program's "
            f"whole log): 100 cases say as much as {cases} of different persons"
            f"{larger if figures.program_count > 1 else ''}."
        )
    if figures.is_person_hidden:
        notes.append(
            f"In public, intervals take each case for that of another person where fewer than {FEWEST_MET_AGAIN} persons are met again."
        )
    if figures.is_interval_hidden:
        notes.append(
            "No interval stands where a figure is over several programs of which one is hidden."
        )
    return notes


def _asides(metric: Metric, counts: CountTable, rule: DisclosureRule | None) -> list[str]:
    """The counts told beside the value; none to the public where one is small, for the others and the
    recorded share could give it away."""
    told = [(counts.asides.get(column, 0), sentence) for column, sentence in metric.asides.items()]
    if rule and any(rule.is_small(number) for number, _ in told):
        return []
    return [sentence.format(count=number) for number, sentence in told if number]


def _recorded_share(total: Counts, rule: DisclosureRule | None) -> list[str]:
    """How much of the base is recorded, where it is not all; nothing where the total is hidden.

    Nothing to the public either where the rest is a small count.
    """
    base, recorded = total.recorded_of, total.denominator
    if not base or recorded is None:
        return []
    if not is_missing_much(base - recorded, base) or (rule and rule.is_small(base - recorded)):
        return []
    return [
        f"Recorded on {recorded:,.0f} of {base:,.0f} ({rounded(100 * recorded / base)}%); the others are left out."
    ]


def _silent_notes(counts: CountTable) -> list[str]:
    """Which words of a closed list some of the logs cannot say, so that their zero is no answer."""
    by_programs: dict[tuple[str, ...], list[str]] = {}
    for word, programs in counts.silent.items() if counts.keys else ():
        by_programs.setdefault(programs, []).append(word.lower())
    return [
        f"{_whose_log(programs)} no word for {', '.join(words)}: not recorded there, not zero."
        for programs, words in by_programs.items()
    ]


def _whose_log(programs: tuple[str, ...]) -> str:
    if len(programs) == 1:
        return f"The log of {programs[0]} has"
    names = f" ({', '.join(programs)})" if len(programs) <= NAMED_PROGRAMS else ""
    return f"{len(programs)} of the logs{names} have"


def _period_notes(counts: CountTable) -> list[str]:
    if "coverage" not in counts.keys:
        return []
    notes = []
    gaps = [str(grain[0]) for grain in counts.grains if grain[1] == Coverage.GAP]
    if gaps:
        notes.append(f"No records at all for {', '.join(gaps)}: a gap in the log, not zero.")
    partial = [str(grain[0]) for grain in counts.grains if grain[1] == Coverage.PARTIAL]
    if partial:
        shown = ", ".join(partial[:4]) + (" and others" if len(partial) > 4 else "")
        notes.append(f"Covered only in part: {shown}.")
    if any(grain[0] is None for grain in counts.grains):
        period = next(key for key in counts.keys if key in list(Breakdown))
        notes.append(
            f"Some records have no date; they stand under no {period} and are in the total."
        )
    return notes
