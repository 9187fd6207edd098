"""How often did the team ask police for help, and why? For directors, council and reporters."""

from outcomes.vocabulary.log import Breakdown
from pages.panels.call_mix import show_call_mix
from pages.panels.control_charts import show_control_chart, show_rare_event_chart
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    begin_parts,
    offer_download,
    show_cards,
    show_months,
    show_notes,
    show_rows,
    show_sentence,
    show_tiles,
)

page = begin_page("safety_escalations")

# 1. The answer; for safety, as an emergency, for any reason, and police whom nobody asked for; by month.
show_sentence(page, "safety_escalation_rate")
show_tiles(
    page,
    [
        "safety_escalation_rate",
        "emergency_backup_rate",
        "police_request_rate",
        "police_already_there_share",
    ],
)
show_months(page, ["safety_escalation_rate"])

# 2. Why and on which calls, whether that is usual, and what else happened on scene, a tap away.
why, calls, usual, on_scene = begin_parts(
    page,
    ("Why?", "police_request_reasons"),
    ("On which calls?", "safety_escalation_rate"),
    ("Is that usual?", "safety_escalation_rate"),
    ("What else happened?", ""),
)
with why:
    show_rows(page, "police_request_reasons", Breakdown.REASON, "Why did they ask?", counts=True)
with calls:
    show_rows(page, "safety_escalation_rate", Breakdown.CALL_TYPE, "On which calls?")
    show_call_mix(page, "Did the team get the easy calls?")
with usual:
    show_control_chart(page, "safety_escalation_rate", "Is that more than chance?")
    show_rare_event_chart(page, "emergency_backup_rate", "Do emergencies come more often?")
with on_scene:
    show_sentence(page, "safety_disengagement_rate")
    show_cards(
        page,
        ["safety_disengagement_rate", "arrest_rate", "involuntary_hold_rate", "force_rate"],
    )

show_notes(page)
offer_download(page)
end_page(page)
