"""Who was hurt, how badly, in how many responses? For directors, council and reporters."""

from outcomes.vocabulary.log import Breakdown
from pages.panels.control_charts import show_rare_event_chart
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    offer_download,
    show_cards,
    show_months,
    show_notes,
    show_rows,
    show_sentence,
    show_severity_by_role,
)

page = begin_page("injuries")

# 1. How complete is the reporting? What is not recorded cannot be ruled out.
show_sentence(page, "injury_recorded_share")

# 2. The answer, worst first.
show_sentence(page, "serious_injury_rate")
show_cards(
    page,
    [
        "injury_recorded_share",
        "serious_injury_rate",
        "recordable_injury_rate",
        "injury_rate",
        "responder_injury_rate",
        "near_miss_rate",
    ],
)

# 3. Who, and how badly?
page.header("Who was hurt, and how badly?")
show_severity_by_role(page)

# 4. Is it changing?
page.header("Is it changing?")
show_months(page, ["injury_rate"], counts=True)
show_rare_event_chart(page, "injury_rate", "Is anyone hurt more often than usual?")

# 5. Who is hurt how often?
show_rows(page, "injury_rate", Breakdown.ROLE, "How often, by role?")

show_notes(page)
offer_download(page)
end_page(page)
