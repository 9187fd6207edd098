"""The disclosure rule: which counts the public view may show."""

from dataclasses import dataclass

from outcomes.metrics.definition import Metric, Suppression
from outcomes.selection import Selection
from outcomes.vocabulary.log import Breakdown, View

# Breakdowns that keep a whole program, by quarter or longer, together.
WHOLE_PROGRAM = (None, Breakdown.QUARTER, Breakdown.YEAR, Breakdown.PROGRAM, Breakdown.STATE)
# Breakdowns that the public view does not have: beside a coarser one that it has, they would give small counts away.
NOT_IN_PUBLIC = (Breakdown.CALL_TYPE_AND_ACUITY, Breakdown.HOUR_OF_WEEK)


@dataclass(frozen=True)
class DisclosureRule:
    """How small a count may be shown to the public."""

    # smallest count that may be shown; 0 may be shown too (CMS cell-size policy: 1 to 10 are hidden)
    smallest_shown: int = 11
    # whether safety events of a whole program, by quarter or longer, may be shown however few
    safety_events_reportable: bool = True

    def applies(
        self,
        metric: Metric,
        selection: Selection,
        breakdown: Breakdown | None,
        whole_quarters: bool,
    ) -> bool:
        """Whether small counts of this answer must be hidden.

        whole_quarters says whether all that it counts lies in whole quarters that the logs cover whole: else what
        is left of a cut one could be a month.
        """
        if selection.view is View.PROGRAM:
            return False
        if metric.suppression is Suppression.SAFETY_EVENTS and self.safety_events_reportable:
            is_whole_program = breakdown in WHOLE_PROGRAM and not selection.call_types
            return not (is_whole_program and whole_quarters)
        return True

    def is_small(self, count: float | None) -> bool:
        """Whether a count is one that must be hidden."""
        return count is not None and 0 < count < self.smallest_shown
