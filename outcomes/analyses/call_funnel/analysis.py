"""The call funnel: eligible calls by how far they came, with every exit named, adding up to the whole."""

from dataclasses import dataclass
from typing import TypeVar

from outcomes.answers.answer import Answer, answer
from outcomes.answers.counts import run_metric_query
from outcomes.answers.scope import resolve_scope
from outcomes.disclosure.rule import DisclosureRule
from outcomes.disclosure.suppress import suppress
from outcomes.metrics.figure import Counts
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import Breakdown, ContactResult, NotReachedReason, Status

CONTACT_EXIT_WORDS = {ContactResult.NOT_RECORDED: "Contact not recorded"}
POLICE_WORDS = {
    "without_police": "Handled without police",
    "police_present": "Police were there",
    "not_recorded": "Police presence not recorded",
}
Key = TypeVar("Key")


@dataclass(frozen=True)
class Exit:
    """Where eligible calls left the funnel."""

    # why, in words
    words: str
    # calls that left here; None where hidden
    count: int | None


@dataclass(frozen=True)
class Stage:
    """One stage of the funnel: the calls that came this far, and how the others left before the next."""

    # name of the stage
    words: str
    # calls that came this far; None where hidden
    count: int | None
    # exits between this stage and the next
    exits: tuple[Exit, ...]


@dataclass(frozen=True)
class Funnel:
    """Eligible calls from call to contact. Stages and exits add up, or missing_calls says by how much not."""

    # answer that the funnel explains: the share of eligible calls that were reached
    reached: Answer
    # stages from eligible to contact made; empty where the log cannot say
    stages: tuple[Stage, ...]
    # of the calls reached, by police presence: without police, with police, not recorded
    police: tuple[Exit, ...]
    # eligible calls that no stage or exit accounts for; zero when the funnel reconciles
    missing_calls: int

    @property
    def is_recorded(self) -> bool:
        """Whether there is a funnel to show."""
        return bool(self.stages)


def call_funnel(
    selection: Selection, snapshot: Snapshot, rule: DisclosureRule | None = None
) -> Funnel:
    """The funnel of a selection; without stages where the log does not hold all eligible calls.

    In the public view a count that must be hidden is None, and so is what would give it away.
    """
    rule = rule or DisclosureRule()
    metric = find_metric("eligible_reached_share")
    reached = answer(metric.key, selection, snapshot, rule=rule)
    if reached.total.status is Status.NOT_RECORDED:
        return Funnel(reached, (), (), 0)
    scope = resolve_scope(metric, selection, snapshot)
    rows = run_metric_query("funnel", scope, snapshot)
    exits: dict[tuple[str, str], int] = {}
    police = dict.fromkeys(POLICE_WORDS, 0)
    for row in rows:
        place = (row["last_stage"], row["exit_reason"] or "")
        exits[place] = exits.get(place, 0) + row["call_count"]
        if row["last_stage"] in ("response", "contact"):
            police[row["police_presence"]] += row["call_count"]
    whole = answer("eligible_calls", selection, snapshot, rule=rule)
    eligible = round(whole.total.numerator) if whole.total.numerator is not None else None
    hides = rule.applies(metric, scope.closed_selection(), None, whole_quarters=False)
    shown: dict[tuple[str, str], int | None] = dict(exits)
    if hides:
        reasons = answer("not_reached_reasons", selection, snapshot, Breakdown.REASON, rule=rule)
        shown = _protected_exits(exits, reasons, rule)
    shown_police = _protected(police, rule) if hides else dict(police)
    return Funnel(
        reached=reached,
        stages=_stages(eligible, exits, shown),
        police=tuple(Exit(words, shown_police[key]) for key, words in POLICE_WORDS.items()),
        missing_calls=0 if eligible is None else eligible - sum(exits.values()),
    )


def _protected_exits(
    exits: dict[tuple[str, str], int], reasons: Answer, rule: DisclosureRule
) -> dict[tuple[str, str], int | None]:
    """The exits with small ones hidden, so that neither the calls reached nor the reasons elsewhere give them away.

    Calls not reached are hidden by the reasons that the answer by reason hides, for two tables that hide different
    reasons would fill each other's holes; the exits after arrival add up to the calls reached, which stand elsewhere.
    """
    may_show = set(reasons.table.reason[reasons.table.status != Status.SUPPRESSED])
    arrived = {place: n for place, n in exits.items() if place[0] in ("response", "contact")}
    missed = {place: n for place, n in exits.items() if place[0] in ("eligible", "dispatched")}
    # A reason at two stages, one of them with few calls, is shown at neither.
    few = {reason for (_, reason), count in missed.items() if rule.is_small(count)}
    shown: dict[tuple[str, str], int | None] = {
        place: count if place[1] in may_show - few else None for place, count in missed.items()
    }
    shown |= _protected(arrived, rule)
    for place in exits.keys() - shown.keys():
        shown[place] = None if rule.is_small(exits[place]) else exits[place]
    return shown


def _protected(counts: dict[Key, int], rule: DisclosureRule) -> dict[Key, int | None]:
    """The counts with small ones hidden, and one more so that they cannot be worked out from the sum."""
    cells = [Counts(count) for count in counts.values()]
    protected, total = suppress(cells, Counts(sum(counts.values())), rule)
    if total.is_hidden:
        return dict.fromkeys(counts)
    return {
        key: None if cell.is_hidden else counts[key]
        for key, cell in zip(counts, protected, strict=True)
    }


def _stages(
    eligible: int | None,
    exits: dict[tuple[str, str], int],
    shown: dict[tuple[str, str], int | None],
) -> tuple[Stage, ...]:
    """Stages with the counts that may be shown: a stage after a hidden exit would give it away."""
    names = {
        "eligible": "Eligible calls",
        "dispatched": "Team sent",
        "response": "Team arrived",
    }
    unknown = exits.get(("reach_not_recorded", ""), 0)
    stages = []
    left = eligible
    for stage, words in names.items():
        places = sorted((p for p in exits if p[0] == stage), key=lambda p: -exits[p])
        leaving = [Exit(_exit_words(stage, place[1]), shown[place]) for place in places]
        if stage == "eligible" and unknown:
            leaving.append(Exit("Not recorded whether reached", shown[("reach_not_recorded", "")]))
        stages.append(Stage(words, left, tuple(leaving)))
        left = _less(left, leaving)
    stages.append(Stage("Contact made", shown.get(("contact", ""), 0), ()))
    return tuple(stages)


def _less(count: int | None, leaving: list[Exit]) -> int | None:
    if count is None or any(exit_.count is None for exit_ in leaving):
        return None
    return count - sum(exit_.count or 0 for exit_ in leaving)


def _exit_words(stage: str, reason: str) -> str:
    if stage == "response":
        result = ContactResult(reason or ContactResult.NOT_RECORDED)
        return CONTACT_EXIT_WORDS.get(result, label(result))
    return label(NotReachedReason(reason or NotReachedReason.NOT_RECORDED))
