"""What do the loaded logs say, state by state? For advocates, reporters and council."""

from outcomes.vocabulary.log import Breakdown
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    offer_download,
    show_cards,
    show_notes,
    show_recording,
    show_rows,
    show_sentence,
)

page = begin_page("states_from_logs")

# 1. The answer over all logs that record it.
show_sentence(page, "responses")
show_sentence(page, "safety_escalation_rate")
show_sentence(page, "serious_injury_rate")
show_cards(
    page,
    [
        "responses",
        "diverted_strict",
        "safety_escalation_rate",
        "injury_rate",
        "serious_injury_rate",
    ],
    counts=("diverted_strict",),
)

# 2. Who is in these figures, and who is not?
page.header("Which programs record it?")
show_recording(
    page, ["responses", "diverted_strict", "safety_escalation_rate", "serious_injury_rate"]
)

# 3. State by state.
show_rows(page, "responses", Breakdown.STATE, "How many responses?", counts=True)
show_rows(page, "safety_escalation_rate", Breakdown.STATE, "How often was police asked for safety?")
show_rows(page, "injury_rate", Breakdown.STATE, "How often was anyone hurt?")
show_rows(page, "serious_injury_rate", Breakdown.STATE, "Was anyone hurt seriously or killed?")

show_notes(page)
offer_download(page)
end_page(page)
