"""Which programs record what: so that a figure over several logs names those that are not in it."""

from dataclasses import dataclass

from outcomes.asked import resolve
from outcomes.metrics.definition import Metric
from outcomes.metrics.registry import find_metric
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot


@dataclass(frozen=True)
class Recording:
    """Who of the programs asked about records one metric."""

    metric: Metric
    # names of those whose logs record it, with their states, by state
    recorded_by: tuple[str, ...]
    # names of those whose logs do not
    not_recorded_by: tuple[str, ...]


def recordings(metric_keys: list[str], selection: Selection, snapshot: Snapshot) -> list[Recording]:
    """For each metric, in order, the programs that record it and those that do not.

    Programs that are never added to the others (made-up beside real, people beside calls) are in neither.
    Raises SelectionError for a selection that cannot be answered.
    """
    found = []
    for key in metric_keys:
        asked = resolve(find_metric(key), selection, snapshot)
        recording = set() if asked.missing else set(asked.program_ids)
        programs = sorted(
            (program for program in snapshot.programs if program.program_id in asked.chosen_ids),
            key=lambda program: (program.state, program.program_name),
        )
        names = {each.program_id: f"{each.program_name} ({each.state})" for each in programs}
        found.append(
            Recording(
                find_metric(key),
                tuple(name for each, name in names.items() if each in recording),
                tuple(name for each, name in names.items() if each not in recording),
            )
        )
    return found
