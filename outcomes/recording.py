"""Which programs record what: so that a figure over several logs names those that are not in it."""

from outcomes.asked import resolve
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot


def recording_rows(
    metric_keys: list[str], selection: Selection, snapshot: Snapshot
) -> list[dict[str, str]]:
    """One row per program that the selection allows, with 'yes' or 'not recorded' for each metric's label.

    Programs that are never added to the others (made-up beside real, people beside calls) are no rows.
    Raises SelectionError for a selection that cannot be answered.
    """
    metrics = [find_metric(key) for key in metric_keys]
    asked = {metric.key: resolve(metric, selection, snapshot) for metric in metrics}
    everyone = resolve(find_metric(metric_keys[0]), selection, snapshot).chosen_ids
    programs = [program for program in snapshot.programs if program.program_id in everyone]
    return [
        {
            "State": program.state,
            "Program": program.program_name,
            **{
                metric.label: (
                    "yes" if program.program_id in asked[metric.key].program_ids else "not recorded"
                )
                for metric in metrics
            },
        }
        for program in sorted(programs, key=lambda each: (each.state, each.program_name))
    ]
