"""The clauses in which programs may record or define a metric differently, each with what a log says on it."""

from dataclasses import dataclass, replace

from outcomes.answers.answer import answer
from outcomes.disclosure.rule import DisclosureRule
from outcomes.metrics.definition import Metric
from outcomes.metrics.requirements import Requirement
from outcomes.selection import Selection
from outcomes.store.programs import Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.labels import label, label_of
from outcomes.vocabulary.log import Breakdown, CallType


@dataclass(frozen=True)
class Criterion:
    """One clause: permanent key, and what it settles, in words that follow "differs in"."""

    key: str
    words: str


ROW = Criterion("row", "what one record of the log is")
RESPONSE = Criterion("response", "how it is known that the team reached the scene")
POLICE = Criterion("police", "how it is known whether police were present")
ELIGIBLE = Criterion("eligible", "which calls the team may take")
PLACE = Criterion("place", "how it is known where the person was taken")
# In the order in which a difference is told.
CRITERIA = (ROW, RESPONSE, POLICE, ELIGIBLE, PLACE)

ALIKE = "does not matter for this figure"


def criterion_values(
    metric: Metric,
    program: Program,
    selection: Selection,
    snapshot: Snapshot,
    rule: DisclosureRule,
) -> tuple[str, ...]:
    """What each clause says of a program, in the order of CLAUSES; a clause that the metric does not
    touch says the same of all.

    Which calls the team may take is read from the eligible calls that its log holds in the selection, by call
    type: programs that take other kinds of calls do not reach the same share of them.
    """
    fields, needs = program.recorded_fields, metric.requires
    row = label(program.record_grain)
    response = "an outcome that can only happen on scene"
    if "reached_rows" in fields:
        response = "every record is a response"
    elif "arrived_at" in fields:
        response = "an arrival time, or an outcome that can only happen on scene"
    police = ALIKE
    if Requirement.POLICE_PRESENCE in needs:
        police = "the team's own record"
        if "police_units" in fields:
            police = "police units in the same log"
    place = ALIKE
    if Requirement.EMERGENCY_DEPARTMENT in needs or Requirement.TRANSPORTS in needs:
        is_hospital = Requirement.EMERGENCY_DEPARTMENT in needs
        flag = "has_emergency_department" if is_hospital else "has_transport"
        place = "a field of its own" if flag in fields else "the place where the person was taken"
    eligible = ALIKE
    if Requirement.ELIGIBLE_CALLS in needs:
        eligible = _eligible_types(program, selection, snapshot, rule)
    return row, response, police, eligible, place


def _eligible_types(
    program: Program, selection: Selection, snapshot: Snapshot, rule: DisclosureRule
) -> str:
    alone = replace(selection, program_ids=(program.program_id,), states=())
    table = answer("eligible_calls", alone, snapshot, Breakdown.CALL_TYPE, None, rule).table
    # A hidden count is of one call at least.
    held = table[table["numerator"].isna() | (table["numerator"] > 0)]
    return ", ".join(sorted(label_of(CallType, kind).lower() for kind in held["call_type"]))
