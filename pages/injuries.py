"""Who was hurt, how badly, in how many responses? For directors, council and reporters."""

from outcomes.vocabulary.log import Breakdown
from pages.panels.control_charts import show_rare_event_chart
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    begin_parts,
    offer_download,
    show_cards,
    show_months,
    show_notes,
    show_rows,
    show_sentence,
    show_severity_by_role,
    show_tiles,
)

page = begin_page("injuries")

# 1. The answer: whether anyone was hurt, and whether badly. A tile says how complete the reporting is: what is not
# recorded cannot be ruled out.
show_sentence(page, "injury_rate")
show_sentence(page, "serious_injury_rate")
show_tiles(
    page,
    [
        "serious_injury_rate",
        "injury_rate",
        "responder_injury_rate",
        "injury_recorded_share",
    ],
)

# 2. Who was hurt, and how badly.
show_severity_by_role(page)

# 3. Whether it is changing, and who is hurt how often, a tap away.
months, usual, roles, more = begin_parts(
    page,
    ("Is it changing?", "injury_rate"),
    ("Is that usual?", "injury_rate"),
    ("How often, by role?", "injury_rate"),
    ("Other counts", ""),
)
with months:
    show_months(page, ["injury_rate"], counts=True)
with usual:
    show_rare_event_chart(page, "injury_rate", "Is anyone hurt more often than usual?")
with roles:
    show_rows(page, "injury_rate", Breakdown.ROLE, "How often, by role?")
with more:
    show_cards(page, ["recordable_injury_rate", "near_miss_rate"])

show_notes(page)
offer_download(page)
end_page(page)
