"""How often did the team ask police for help, and why? For directors, council and reporters."""

from outcomes.vocabulary.log import Breakdown
from pages.panels.call_mix import show_call_mix
from pages.panels.control_charts import show_control_chart, show_rare_event_chart
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    offer_download,
    show_cards,
    show_months,
    show_notes,
    show_rows,
    show_sentence,
)

page = begin_page("safety_escalations")

# 1. The answer.
show_sentence(page, "safety_escalation_rate")

# 2. For safety, as an emergency, for any reason, and police whom nobody asked for.
show_cards(
    page,
    [
        "safety_escalation_rate",
        "emergency_backup_rate",
        "police_request_rate",
        "police_already_there_share",
    ],
)

# 3. Is it changing?
page.header("Is it changing?")
show_months(page, ["safety_escalation_rate"])
show_control_chart(page, "safety_escalation_rate", "Is that more than chance?")
show_rare_event_chart(page, "emergency_backup_rate", "Do emergencies come more often?")

# 4. Why did they ask, and on which calls?
show_rows(page, "police_request_reasons", Breakdown.REASON, "Why did they ask?", counts=True)
show_rows(page, "safety_escalation_rate", Breakdown.CALL_TYPE, "On which calls?")
show_call_mix(page, "Did the team get the easy calls?")

page.header("What else happened on scene?")
show_sentence(page, "safety_disengagement_rate")
show_cards(
    page,
    [
        "safety_disengagement_rate",
        "arrest_rate",
        "arrest_dispatch_share",
        "involuntary_hold_rate",
        "force_rate",
        "emergency_department_share",
        "emergency_department_dispatch_share",
    ],
)

show_notes(page)
offer_download(page)
end_page(page)
