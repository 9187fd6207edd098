"""Does the team get the easy calls? The mix it took beside the mix that came in, and the safety rate within each part."""

from dataclasses import dataclass, replace
from typing import Any

from outcomes.answers.answer import Answer, answer
from outcomes.answers.scope import resolve_scope
from outcomes.disclosure.linked_tables import differ_by_small_count, suppress_alike
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.figure import whole_count
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.statistics.call_mix import OtherMix, share_at_other_mix
from outcomes.store.programs import Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import Breakdown, Status, View

RATE, TAKEN, ELIGIBLE, PUBLIC = (
    "safety_escalation_rate",
    "responses",
    "eligible_calls",
    "calls_for_service",
)
# Kinds that are shown must hold this much of the eligible calls, or they do not speak for the mix.
LEAST_SHOWN = 0.8
ONLY_RECORDED = "Calls taken are the responses that record police: in public no other count of them stands beside these."
HIDDEN_BESIDE = "Hidden to protect people: the counts of this part differ by so few that one would give another away."
OTHER_PROGRAMS = (
    "Beside the rate of other programs, the public view cannot show this part without giving small counts away. The logs of "
    "{apart} do not hold every eligible call: choose the other programs in the bar over the page."
)
# What kinds of call can be told by beside the call type, best first.
URGENCY_FIELDS = {"acuity": "acuity", "priority_code": "the agency's priority"}


@dataclass(frozen=True)
class Part:
    """One kind of call: how many of each sort, and how often the team asked for police for safety on it."""

    call_type: str
    # how urgent, in the agency's own words; None where parts are call types alone
    acuity: str | None
    # responses of this kind, in public those that record police; None where hidden
    taken: int | None
    # eligible calls and calls from the public; None where hidden or not recorded
    eligible: int | None
    public: int | None
    # requests for safety, the responses that record them, their share and its limits
    requests: int | None
    recorded: int | None
    share: float | None
    low: float | None
    high: float | None
    status: Status


@dataclass(frozen=True)
class CallMix:
    """The mix of calls of a selection by kind, most taken first."""

    # the counts that the mix is made of, for files and the footer
    answers: tuple[Answer, ...]
    parts: tuple[Part, ...]
    # what parts are told by beside the call type, in words; empty where by nothing
    urgency: str
    # whether every eligible call, and every call of the public, is in these logs
    has_eligible: bool
    has_public: bool
    # whether the calls taken are only those that record police, as in public
    only_recorded: bool
    # the team's own rates at the mix of all eligible calls; None where that cannot be said
    at_eligible_mix: OtherMix | None
    # ordered sentences on what was left out
    notes: tuple[str, ...]

    @property
    def sorts(self) -> tuple[str, ...]:
        """The counts of a part that these logs hold: taken, and eligible and public where recorded."""
        held = {"taken": True, "eligible": self.has_eligible, "public": self.has_public}
        return tuple(name for name, is_held in held.items() if is_held)

    @property
    def hidden_count(self) -> int:
        """Kinds of call of which a count is hidden to protect people."""
        return sum(
            part.status is Status.SUPPRESSED
            or any(getattr(part, name) is None for name in self.sorts)
            for part in self.parts
        )


def call_mix(selection: Selection, snapshot: Snapshot, rule: DisclosureRule) -> CallMix:
    """The mix that the team took beside all eligible and all public calls, with the safety rate of each kind.

    All counts are of the same programs: those that record requests for safety and, where any of them
    does, hold every eligible call. Kinds are call types by acuity, or by priority where one program is
    asked about; the public view has call types alone, and of those what may stand side by side. The rates
    at the eligible mix come from the kinds that are shown.

    Raises SelectionError for a selection that cannot be answered.
    """
    scope = resolve_scope(find_metric(RATE), selection, snapshot)
    if scope.missing:
        return _nothing(answer(RATE, selection, snapshot, None, None, rule).notes)
    is_public = selection.view is View.PUBLIC
    with_eligible = _also(ELIGIBLE, scope.program_ids, selection, snapshot)
    ids = with_eligible or scope.program_ids
    notes = []
    if len(ids) < len(scope.program_ids):
        names = {program.program_id: program.program_name for program in snapshot.programs}
        apart = ", ".join(names[one] for one in scope.program_ids if one not in ids)
        if is_public:
            return _nothing((OTHER_PROGRAMS.format(apart=apart),))
        notes.append(
            f"Not in this part, because their logs do not hold every eligible call: {apart}."
        )
    same = replace(selection, program_ids=ids, states=())
    urgency = _urgency([p for p in snapshot.programs if p.program_id in ids], selection)
    by = Breakdown.CALL_TYPE_AND_ACUITY if urgency else Breakdown.CALL_TYPE
    has_public = set(_also(PUBLIC, ids, selection, snapshot)) == set(ids)
    keys = [RATE, TAKEN, *([ELIGIBLE] if with_eligible else []), *([PUBLIC] if has_public else [])]
    answers = {key: answer(key, same, snapshot, by, None, rule) for key in keys}
    if is_public:
        answers = _shown_together(answers, same, snapshot, rule)
        if not answers:
            return _nothing((HIDDEN_BESIDE,))
    only_recorded = TAKEN not in answers
    if only_recorded:
        notes.append(ONLY_RECORDED)
    parts = _parts(answers, urgency != "")
    return CallMix(
        answers=tuple(answers.values()),
        parts=parts,
        urgency=urgency,
        has_eligible=bool(with_eligible),
        has_public=PUBLIC in answers,
        only_recorded=only_recorded,
        at_eligible_mix=_at_eligible_mix(parts, answers[ELIGIBLE].total.numerator)
        if with_eligible
        else None,
        notes=tuple(notes),
    )


def _nothing(notes: tuple[str, ...]) -> CallMix:
    return CallMix((), (), "", False, False, False, None, notes)


def _shown_together(
    answers: dict[str, Answer], same: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> dict[str, Answer]:
    """The answers by call type that the public may see beside each other and beside the rate, hidden alike; none
    where there are none.

    Responses less those that record police would be the ones not recorded: only one of the two is shown, the
    responses where the rate hides every kind, and then only where the whole does not give the rest away. A kind of
    which two counts differ by a small number is hidden too. Public calls go where they would hide everything.
    """
    rate, taken = answers[RATE], answers[TAKEN]
    kept = {key: found for key, found in answers.items() if key != TAKEN}
    if rate.total.status is Status.SUPPRESSED:
        recorded = answer(RATE, same, snapshot, None, None, rule).total.denominator
        responses = taken.total.numerator
        if responses is None or (recorded is not None and rule.is_small(abs(responses - recorded))):
            return {}
        kept = answers
    opened = replace(same, view=View.PROGRAM)
    columns = {
        key: _true_counts(key, opened, snapshot)
        for key in kept
        if key != RATE or kept is not answers
    }
    close = differ_by_small_count(columns.values(), rule)
    if PUBLIC in columns and close >= {kind for each in columns.values() for kind in each}:
        del columns[PUBLIC], kept[PUBLIC]
        close = differ_by_small_count(columns.values(), rule)
    if close and close >= {kind for each in columns.values() for kind in each}:
        return {}
    found = kept.values()
    tables = suppress_alike([each.table for each in found], [each.total for each in found], close)
    return {
        key: replace(each, table=table)
        for (key, each), table in zip(kept.items(), tables, strict=True)
    }


def _true_counts(key: str, opened: Selection, snapshot: Snapshot) -> dict[str, float]:
    """By call type, whatever is hidden: what the rate counts over, or what the metric counts."""
    table = answer(key, opened, snapshot, Breakdown.CALL_TYPE).table
    numbers = table["denominator" if key == RATE else "numerator"].fillna(0)
    return dict(zip(table["call_type"], numbers, strict=True))


def _also(
    key: str, ids: tuple[str, ...], selection: Selection, snapshot: Snapshot
) -> tuple[str, ...]:
    """Those of the programs that can answer this metric too."""
    scope = resolve_scope(
        find_metric(key), replace(selection, program_ids=ids, states=()), snapshot
    )
    return () if scope.missing else scope.program_ids


def _urgency(programs: list[Program], selection: Selection) -> str:
    """What the parts are told by beside the call type; an agency's priorities are not another's."""
    if selection.view is View.PUBLIC:
        return ""
    for field, words in URGENCY_FIELDS.items():
        is_known = all(field in program.recorded_fields for program in programs)
        if is_known and (field == "acuity" or len(programs) == 1):
            return words
    return ""


def _parts(answers: dict[str, Answer], by_urgency: bool) -> tuple[Part, ...]:
    keys = ["call_type", "acuity"] if by_urgency else ["call_type"]
    rows: dict[tuple[str, ...], dict[str, dict[str, Any]]] = {}
    for metric_key, found in answers.items():
        for row in found.rows:
            rows.setdefault(tuple(str(row[key]) for key in keys), {})[metric_key] = row
    parts = []
    for kind, by_metric in rows.items():
        counts = {key: _count(by_metric, key, answers) for key in (TAKEN, ELIGIBLE, PUBLIC)}
        rate = by_metric.get(RATE, {})
        if TAKEN not in answers:
            counts[TAKEN] = whole_count(rate["denominator"]) if rate else 0
        if all(count == 0 for count in counts.values() if count is not None) and not rate:
            continue
        parts.append(
            Part(
                call_type=kind[0],
                acuity=kind[1] if by_urgency else None,
                taken=counts[TAKEN],
                eligible=counts[ELIGIBLE],
                public=counts[PUBLIC],
                requests=whole_count(rate.get("numerator")),
                recorded=whole_count(rate.get("denominator")),
                share=rate.get("value"),
                low=rate.get("low"),
                high=rate.get("high"),
                status=Status(rate.get("status", Status.NO_CASES.value)),
            )
        )
    return tuple(
        sorted(parts, key=lambda one: (-(one.taken or 0), one.call_type, one.acuity or ""))
    )


def _count(
    by_metric: dict[str, dict[str, Any]], key: str, answers: dict[str, Answer]
) -> int | None:
    """The count of a kind; zero where the answer is there and has no row, None where it is hidden or not there."""
    if key not in answers:
        return None
    return whole_count(by_metric[key]["numerator"]) if key in by_metric else 0


def _at_eligible_mix(parts: tuple[Part, ...], all_eligible: float | None) -> OtherMix | None:
    """From the kinds that are shown; None where too many of the eligible calls are of hidden ones."""
    shown: dict[object, tuple[int, int, float]] = {
        (part.call_type, part.acuity): (part.requests or 0, part.recorded or 0, part.eligible)
        for part in parts
        if part.status is not Status.SUPPRESSED and part.eligible is not None
    }
    held = sum(eligible for _, _, eligible in shown.values())
    if all_eligible is None or held < LEAST_SHOWN * all_eligible:
        return None
    found = share_at_other_mix(shown)
    if found is None or not all_eligible:
        return found
    return replace(found, covered_share=found.covered_share * held / all_eligible)
