"""Which eligible calls were not reached, when, where and why? For directors and council."""

from outcomes.vocabulary.log import Breakdown
from pages.panels.demand import (
    begin_demand,
    offer_week_file,
    show_areas,
    show_most_missed,
    show_week,
)
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    begin_parts,
    offer_download,
    show_months,
    show_notes,
    show_rows,
    show_sentence,
    show_tiles,
)

page = begin_page("demand_and_coverage")
demand = begin_demand(page)

# 1. The answer: how many were missed, and when most.
show_sentence(page, "not_reached_share")
show_most_missed(demand)
show_tiles(
    page,
    [
        "not_reached_share",
        "eligible_reached_share",
        "eligible_reached_in_hours_share",
    ],
)
show_week(page, of=demand, title="At which hours of the week?")

# 2. Why, where, and whether it is changing, a tap away.
why, where, months = begin_parts(
    page,
    ("Why were they not reached?", "not_reached_reasons"),
    ("Where were they not reached?", "not_reached_share"),
    ("Is it changing?", "not_reached_share"),
)
with why:
    show_rows(
        page, "not_reached_reasons", Breakdown.REASON, "Why were they not reached?", counts=True
    )
with where:
    show_areas(page, title="Where were they not reached?")
with months:
    show_months(page, ["not_reached_share"])

show_notes(page)
offer_download(page)
offer_week_file(page, demand)
end_page(page)
