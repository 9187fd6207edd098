"""Does the team get the easy calls? The mix it took beside the mix that came in, and the safety rate within each part."""

from dataclasses import dataclass, replace

import pandas

from outcomes.answers import Answer, answer
from outcomes.asked import resolve
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.side_by_side import hidden_alike
from outcomes.statistics.call_mix import OtherMix, share_at_other_mix
from outcomes.store.published import Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary import Breakdown, Status, View

RATE, TAKEN, ELIGIBLE, PUBLIC = (
    "safety_escalation_rate",
    "responses",
    "eligible_calls",
    "calls_for_service",
)
# Kinds that are shown must hold this much of the eligible calls, or they do not speak for the mix.
LEAST_SHOWN = 0.8
# What kinds of call can be told by beside the call type, best first.
URGENCY_FIELDS = {"acuity": "acuity", "priority_code": "the agency's priority"}


@dataclass(frozen=True)
class Part:
    """One kind of call: how many of each sort, and how often the team asked for police for safety on it."""

    call_type: str
    # how urgent, in the agency's own words; None where parts are call types alone
    acuity: str | None
    # responses of this kind; None where hidden
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

    # the rate that is looked into; its total also where there are no parts
    rate: Answer
    # the counts that the mix is made of, for files and the footer
    answers: tuple[Answer, ...]
    parts: tuple[Part, ...]
    # what parts are told by beside the call type, in words; empty where by nothing
    urgency: str
    # whether every eligible call, and every call of the public, is in these logs
    has_eligible: bool
    has_public: bool
    # the team's own rates at the mix of all eligible calls; None where that cannot be said
    at_eligible_mix: OtherMix | None
    # ordered sentences on what was left out
    notes: tuple[str, ...]

    @property
    def hidden_count(self) -> int:
        """Kinds of call of which a count is hidden to protect people."""
        return sum(part.status is Status.SUPPRESSED or part.taken is None for part in self.parts)


def call_mix(selection: Selection, snapshot: Snapshot, rule: DisclosureRule) -> CallMix:
    """The mix that the team took beside all eligible and all public calls, with the safety rate of each kind.

    All four counts are of the same programs: those that record requests for safety and, where any of them
    does, hold every eligible call. Kinds are call types by acuity, or by priority where one program is
    asked about; the public view has call types alone, and hides a kind in every column if in any. The rates
    at the eligible mix come from the kinds that are shown.

    Raises SelectionError for a selection that cannot be answered.
    """
    asked = resolve(find_metric(RATE), selection, snapshot)
    rate = answer(RATE, selection, snapshot, None, None, rule)
    if asked.missing:
        return CallMix(rate, (), (), "", False, False, None, rate.notes)
    with_eligible = _also(ELIGIBLE, asked.program_ids, selection, snapshot)
    ids = with_eligible or asked.program_ids
    notes = []
    if with_eligible and len(with_eligible) < len(asked.program_ids):
        names = {program.program_id: program.program_name for program in snapshot.programs}
        apart = ", ".join(names[one] for one in asked.program_ids if one not in ids)
        notes.append(
            f"Not in this part, because their logs do not hold every eligible call: {apart}."
        )
    same = replace(selection, program_ids=ids, states=())
    urgency = _urgency([p for p in snapshot.programs if p.program_id in ids], selection)
    by = Breakdown.CALL_TYPE_AND_ACUITY if urgency else Breakdown.CALL_TYPE
    has_public = set(_also(PUBLIC, ids, selection, snapshot)) == set(ids)
    keys = [RATE, TAKEN, *([ELIGIBLE] if with_eligible else []), *([PUBLIC] if has_public else [])]
    answers = [answer(key, same, snapshot, by, None, rule) for key in keys]
    if selection.view is View.PUBLIC:
        answers = hidden_alike(answers)
    parts = _parts(answers, urgency != "")
    return CallMix(
        rate=answer(RATE, same, snapshot, None, None, rule),
        answers=tuple(answers),
        parts=parts,
        urgency=urgency,
        has_eligible=bool(with_eligible),
        has_public=has_public,
        at_eligible_mix=_at_eligible_mix(parts, answers[2].total.numerator)
        if with_eligible
        else None,
        notes=tuple(notes),
    )


def _also(
    key: str, ids: tuple[str, ...], selection: Selection, snapshot: Snapshot
) -> tuple[str, ...]:
    """Those of the programs that can answer this metric too."""
    asked = resolve(find_metric(key), replace(selection, program_ids=ids, states=()), snapshot)
    return () if asked.missing else asked.program_ids


def _urgency(programs: list[Program], selection: Selection) -> str:
    """What the parts are told by beside the call type; an agency's priorities are not another's."""
    if selection.view is View.PUBLIC:
        return ""
    for field, words in URGENCY_FIELDS.items():
        is_known = all(field in program.recorded_fields for program in programs)
        if is_known and (field == "acuity" or len(programs) == 1):
            return words
    return ""


def _parts(answers: list[Answer], by_urgency: bool) -> tuple[Part, ...]:
    keys = ["call_type", "acuity"] if by_urgency else ["call_type"]
    rows: dict[tuple[str, ...], dict[str, dict]] = {}
    for found in answers:
        for row in found.table.to_dict("records"):
            rows.setdefault(tuple(str(row[key]) for key in keys), {})[found.metric.key] = row
    parts = []
    for kind, by_metric in rows.items():
        counts = {key: _count(by_metric, key, answers) for key in (TAKEN, ELIGIBLE, PUBLIC)}
        asked = by_metric.get(RATE, {})
        if all(count == 0 for count in counts.values() if count is not None) and not asked:
            continue
        parts.append(
            Part(
                call_type=kind[0],
                acuity=kind[1] if by_urgency else None,
                taken=counts[TAKEN],
                eligible=counts[ELIGIBLE],
                public=counts[PUBLIC],
                requests=_whole(asked.get("numerator")),
                recorded=_whole(asked.get("denominator")),
                share=_known(asked.get("value")),
                low=_known(asked.get("low")),
                high=_known(asked.get("high")),
                status=Status(asked.get("status", Status.NO_CASES.value)),
            )
        )
    return tuple(
        sorted(parts, key=lambda one: (-(one.taken or 0), one.call_type, one.acuity or ""))
    )


def _count(by_metric: dict[str, dict], key: str, answers: list[Answer]) -> int | None:
    """The count of a kind; zero where the answer is there and has no row, None where it is hidden or not there."""
    if all(found.metric.key != key for found in answers):
        return None
    return _whole(by_metric[key]["numerator"]) if key in by_metric else 0


def _known(value: float | None) -> float | None:
    return None if value is None or pandas.isna(value) else float(value)


def _whole(value: float | None) -> int | None:
    known = _known(value)
    return None if known is None else round(known)


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
    return share_at_other_mix(shown)
