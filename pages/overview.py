"""Is the program working? For directors and council."""

from pages.panels.control_charts import show_control_chart
from pages.shell.frame import begin_page, end_page
from pages.shell.show import offer_download, show_cards, show_months, show_notes, show_sentence

page = begin_page("overview")

# 1. The answer: how much of what it may take does the team reach, and does it do so without police?
show_sentence(page, "responses")
show_sentence(page, "eligible_reached_share")
show_sentence(page, "safety_escalation_rate")

# 2. One card per headline.
show_cards(
    page,
    [
        "dispatches",
        "responses",
        "eligible_reached_share",
        "diverted_strict",
        "safety_escalation_rate",
        "serious_injury_rate",
        "contact_share",
        "without_police_share",
        "arrest_dispatch_share",
        "emergency_department_dispatch_share",
        "response_min",
        "response_p90_min",
    ],
    counts=("diverted_strict",),
)

# 3. Is it changing?
page.header("Is it changing?")
show_months(page, ["responses"], counts=True)
show_months(page, ["eligible_reached_share"])
show_control_chart(page, "responses", "More or fewer responses than usual?")

# 4. What the log lacks, and what to take away.
show_notes(page)
offer_download(page)
end_page(page)
