"""Exhibits of what happened on scene and after: endings, referral steps, who came back, what by group."""

from functools import partial

from outcomes.analyses.scene_outcomes import figure, tables
from outcomes.analyses.scene_outcomes.analysis import may_show_side_by_side, referral_steps
from outcomes.answers.answer import Answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.requirements import GROUP_NEEDS
from outcomes.presentation.charts.rows import has_bars
from outcomes.presentation.charts.series import row_series
from outcomes.presentation.exhibit import Chart, Exhibit, Table, why_empty
from outcomes.presentation.sentences import chart_finding, finding
from outcomes.vocabulary.log import Breakdown, Status

HIDDEN = "Hidden to protect people: side by side, these counts would give a small one away."
SERVED = (
    "Each response has one ending. Served says that the team dealt with someone, whatever came of it. Bars show counts with "
    "their share of all responses. The share served that stands elsewhere on this page is of the responses whose ending is told."
)
STEPS = (
    "Counted over the contacts whose log says whether a referral was offered. Each percentage is a share of the step "
    "before; contacts whose log does not say are left out of the step."
)
GROUP_LIMITS = (
    "What this table can show: what happened to the people met, group by group, each column over the "
    "responses whose log records it. What it cannot: how often it happens to "
    "people of a group who live there, for nobody has divided by their number; and it is no test of bias, for groups "
    "differ in the calls that are made about them. Who was not met or not asked is not recorded."
)
GROUP_WORDS = {
    Breakdown.AGE_BAND: "age",
    Breakdown.GENDER: "gender",
    Breakdown.RACE_ETHNICITY: "race and ethnicity",
}


def dispositions_exhibit(answer: Answer) -> Exhibit:
    """How responses ended, served apart from not served."""
    key = "outcome-dispositions"
    if not len(answer.table):
        return Exhibit(key, empty=why_empty(answer), answers=(answer,))
    told = _asides_told(answer)
    chart = Chart(
        partial(figure.disposition_figure, answer),
        tables.endings_finding(answer),
        series=row_series(answer, {}, shows_count=True),
    )
    return Exhibit(
        key,
        caption=(SERVED, *_joined(told)),
        charts=(chart,) if has_bars(answer) else (),
        tables=(Table(tables.endings_table(answer)),),
        answers=(answer,),
        told=told,
    )


def referrals_exhibit(answers: list[Answer], rule: DisclosureRule) -> Exhibit:
    """From the offer to the service, step by step; takes the answers to the three shares, in order."""
    key = "outcome-referrals"
    offered = answers[0].total.status
    if offered is Status.NOT_RECORDED:
        return Exhibit(key, empty=why_empty(answers[0]))
    steps = referral_steps(answers, rule)
    if not steps:
        return Exhibit(key, empty="There is no contact." if offered is Status.NO_CASES else HIDDEN)
    return Exhibit(
        key,
        caption=(STEPS,),
        charts=(Chart(partial(figure.referral_figure, steps), tables.steps_finding(steps)),),
        tables=(Table(tables.step_table(steps)),),
        answers=tuple(answers),
    )


def repeats_exhibit(answers: list[Answer], rule: DisclosureRule) -> Exhibit:
    """Who was met again within each window, with how many contacts could be followed.

    The window in the middle speaks for all, and stands alone where the public may not see them side by side.
    """
    key = "outcome-repeats"
    middle = answers[1]
    if middle.source.first_day is None:
        return Exhibit(key, empty=why_empty(middle))
    alone = not may_show_side_by_side(answers, rule)
    answers = [middle] if alone else answers
    told = _asides_told(middle)
    words = " ".join(finding(answer) for answer in answers)
    has_value = any(answer.total.value is not None for answer in answers)
    return Exhibit(
        key,
        # The page's sentence tells the window in the middle anyway.
        caption=(*([f"{HIDDEN} One window stands alone."] if alone else []), *_joined(told)),
        charts=(Chart(partial(figure.repeat_figure, answers), words),) if has_value else (),
        tables=(Table(tables.repeat_table(answers)),),
        answers=tuple(answers),
        told=told,
    )


def group_exhibit(breakdown: Breakdown, answers: list[Answer]) -> Exhibit:
    """What happened by age, gender, or race and ethnicity; takes contacts first, then what was recorded of them."""
    contacts, *recorded = answers
    key, title = f"outcome-groups-{breakdown.value}", f"By {GROUP_WORDS[breakdown]}"
    if not len(contacts.table):
        return Exhibit(key, title, empty=why_empty(contacts))
    need = GROUP_NEEDS[breakdown].words
    said = [note for note in contacts.notes if need in note]
    missing = tables.missing_by_group(recorded)
    if missing:
        said.append(f"Not recorded by this group: {missing}.")
    chart = Chart(
        partial(figure.group_figure, contacts),
        finding(contacts),
        finding=chart_finding(contacts, shows_count=True),
    )
    return Exhibit(
        key,
        title,
        caption=_joined(said),
        charts=(chart,) if has_bars(contacts) else (),
        tables=(Table(tables.group_table(contacts, recorded)),),
        answers=tuple(answers),
        # What the caption says of the whole table is not said again of each column.
        told=tuple(note for answer in answers for note in answer.notes if need in note),
    )


def _asides_told(answer: Answer) -> tuple[str, ...]:
    """Notes on where the figures come from and what could not be followed."""
    tails = [sentence.split("{count:,}")[1] for sentence in answer.metric.asides.values()]
    return tuple(note for note in answer.notes if any(note.endswith(tail) for tail in tails))


def _joined(sentences: list[str] | tuple[str, ...]) -> tuple[str, ...]:
    return (" ".join(sentences),) if sentences else ()
