"""How many calls did the team take off police hands? For directors, council and reporters."""

from outcomes.vocabulary.log import Breakdown
from pages.panels.calls_diverted import show_assumptions, show_funnel
from pages.panels.control_charts import show_control_chart
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

page = begin_page("calls_diverted")

# 1. The answer by the strict definition; strict, broad and net side by side; by month.
show_sentence(page, "diverted_strict")
show_tiles(
    page,
    ["diverted_strict", "diverted_broad", "net_diverted", "without_police_share"],
    counts=("diverted_strict", "diverted_broad"),
)
show_months(page, ["diverted_strict", "diverted_broad"], counts=True)
# 2. A tap away: every exit from call to contact, which calls, of how many, and what police would have taken.
funnel, usual, calls, shares, net = begin_parts(
    page,
    ("Where did the eligible calls go?", "eligible_reached_share"),
    ("Is that usual?", "eligible_reached_share"),
    ("Which calls?", "diverted_strict"),
    ("Of how many?", "diverted_strict"),
    ("What would police have taken?", "net_diverted"),
)
with funnel:
    show_sentence(page, "eligible_reached_share")
    show_cards(page, ["eligible_reached_share", "eligible_reached_in_hours_share"])
    show_funnel(page)
with usual:
    show_control_chart(page, "eligible_reached_share", "Is more or less than usual reached?")
with calls:
    show_rows(page, "diverted_strict", Breakdown.CALL_TYPE, "Which calls?", counts=True)
with shares:
    show_cards(
        page,
        [
            "diverted_strict_eligible_share",
            "diverted_strict_public_share",
            "diverted_broad_public_share",
        ],
    )
with net:
    show_sentence(page, "net_diverted")
    show_assumptions(page)

show_notes(page)
offer_download(page)
end_page(page)
