"""What other programs published that is nearest to a metric of a log: beside a log that cannot answer, or that stands alone."""

import pandas

from outcomes.analyses.published import text
from outcomes.analyses.published.analysis import SECTOR, CheckedFigure, published_outcomes
from outcomes.presentation.exhibit import Exhibit, Table
from outcomes.registry.database import Registry

# The registry's metrics that come nearest to one of a log, the nearest first. None of them counts quite the same.
NEAREST = {
    "responses": ("calls_responded",),
    "dispatches": ("calls_responded",),
    "diverted_strict": ("calls_diverted", "diversion_rate"),
    "diverted_broad": ("calls_diverted", "diversion_rate"),
    "without_police_share": ("handled_solo", "resolved_without_police"),
    "eligible_reached_share": ("share_of_eligible_responded",),
    "not_reached_share": ("share_of_eligible_responded", "eligible_not_served"),
    "safety_escalation_rate": ("police_backup_rate", "police_backup_count"),
    "police_request_rate": ("police_backup_rate", "police_backup_count"),
    "arrest_rate": ("arrests",),
    "arrest_dispatch_share": ("arrests",),
    "force_rate": ("use_of_force_rate",),
    "involuntary_hold_rate": ("involuntary_holds",),
    "emergency_department_share": ("transports_hospital_rate", "transports_hospital"),
    "transport_share": ("transports_any", "transports_hospital_rate"),
    "served_share": ("served_on_site",),
    "referral_accepted_share": ("connected_to_services", "referrals"),
    "service_connected_share": ("connected_to_services", "referrals"),
    "serious_injury_rate": ("serious_injuries", "deaths", "injuries_responder"),
    "injury_rate": ("injuries_responder", "serious_injuries"),
    "responder_injury_rate": ("injuries_responder",),
    "response_min": ("mean_response_minutes",),
    "on_scene_min": ("mean_on_scene_minutes",),
}
MOST_ROWS = 6


def nearest_exhibit(metric_key: str, label: str, registry: Registry) -> Exhibit:
    """The newest figure of each program that is nearest to the metric, with its own words and source; at most six.

    Empty where the registry holds nothing near.
    """
    wanted = NEAREST.get(metric_key, ())
    newest: dict[str, tuple[tuple[int, str], CheckedFigure]] = {}
    for figure in published_outcomes(registry).sourced:
        row = figure.row
        if row["metric"] not in wanted or row["scope"] == SECTOR:
            continue
        rank = (-wanted.index(row["metric"]), row["period_end"] or "")
        if row["program"] not in newest or rank > newest[row["program"]][0]:
            newest[row["program"]] = (rank, figure)
    chosen = sorted(newest.values(), key=lambda each: each[0], reverse=True)[:MOST_ROWS]
    key, title = f"nearest-{metric_key}", "What other programs published"
    if not chosen:
        return Exhibit(
            key, title, empty="No program has published a figure that comes near this one."
        )
    rows = pandas.DataFrame(
        {
            "Program": text.program_words(figure.row),
            "Period": text.period_words(figure.row),
            "As printed": text.value_words(figure.row),
            "What": figure.row["metric_label"],
            "Source": figure.row["source_title"],
            "Address": figure.row["source_url"],
        }
        for _, figure in chosen
    )
    words = (
        f"Nearest to “{label}”, from published sources. Each program counted in its own way, so these are not to be ranked, "
        "nor set against a figure of a log without reading what was counted."
    )
    return Exhibit(key, title, caption=(words,), tables=(Table(rows),))
