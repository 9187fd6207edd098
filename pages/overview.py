"""Is the program working? For directors and council."""

from pages.panels.control_charts import show_control_chart
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    begin_parts,
    offer_download,
    show_answer,
    show_goals,
    show_months,
    show_notes,
    show_this_month,
    show_tiles,
)

page = begin_page("overview")

# 1. The answer: how much of what it may take does the team reach, does it do so safely, and is this month ordinary?
show_answer(
    page, ["responses", "eligible_reached_share", "safety_escalation_rate", "serious_injury_rate"]
)

# 2. One tile per headline, and the latest full month beside what is usual.
show_tiles(
    page,
    [
        "responses",
        "eligible_reached_share",
        "diverted_strict",
        "safety_escalation_rate",
        "serious_injury_rate",
        "response_min",
    ],
    counts=("diverted_strict", "serious_injury_rate"),
    instead=(
        "response_p90_min",
        "contact_share",
        "arrest_dispatch_share",
        "emergency_department_dispatch_share",
        "dispatches",
    ),
    with_goals=False,
)
show_this_month(page)
show_goals(page)

# 3. Is it changing, and by more than is usual?
changing, usual = begin_parts(
    page, ("Is it changing?", ""), ("More or fewer than usual?", "responses")
)
with changing:
    show_months(page, ["responses"], counts=True)
with usual:
    show_control_chart(page, "responses", "More or fewer responses than usual?")

# 4. What the log lacks, and what to take away.
show_notes(page)
offer_download(page)
end_page(page)
