"""How many calls did the team take off police hands? For directors, council and reporters."""

from outcomes.vocabulary.log import Breakdown
from pages.panels.calls_diverted import show_assumptions, show_funnel
from pages.panels.control_charts import show_control_chart
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    offer_download,
    show_cards,
    show_months,
    show_notes,
    show_rows,
    show_sentence,
)

page = begin_page("calls_diverted")

# 1. The answer, by the strict definition.
show_sentence(page, "diverted_strict")

# 2. Strict, broad and net side by side; each count with its shares.
show_cards(
    page,
    ["diverted_strict", "diverted_broad", "net_diverted", "without_police_share"],
    counts=("diverted_strict", "diverted_broad"),
)
show_cards(
    page,
    [
        "diverted_strict_eligible_share",
        "diverted_strict_public_share",
        "diverted_broad_public_share",
    ],
)

# 3. From call to contact: every exit named.
page.header("Where did the eligible calls go?")
show_sentence(page, "eligible_reached_share")
show_cards(page, ["eligible_reached_share", "eligible_reached_in_hours_share"])
show_funnel(page)
show_control_chart(page, "eligible_reached_share", "Is more or less than usual reached?")

# 4. Is it changing?
page.header("Is it changing?")
show_months(page, ["diverted_strict", "diverted_broad"], counts=True)

# 5. Which calls?
show_rows(page, "diverted_strict", Breakdown.CALL_TYPE, "Which calls?", counts=True)

# 6. What would police really have taken?
page.header("What would police really have taken?")
show_sentence(page, "net_diverted")
show_assumptions(page)

show_notes(page)
offer_download(page)
end_page(page)
