"""What do the loaded logs say, state by state? For advocates, reporters and council."""

from outcomes.vocabulary.log import Breakdown
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    begin_parts,
    offer_download,
    show_cards,
    show_notes,
    show_recording,
    show_rows,
    show_sentence,
)

page = begin_page("states_from_logs")

# 1. The answer over all logs that record it, and state by state.
show_sentence(page, "responses")
responses, police, hurt, seriously = begin_parts(
    page,
    ("How many responses?", "responses"),
    ("How often was police asked for safety?", "safety_escalation_rate"),
    ("How often was anyone hurt?", "injury_rate"),
    ("Was anyone hurt seriously or killed?", "serious_injury_rate"),
)
with responses:
    show_rows(page, "responses", Breakdown.STATE, "How many responses?", counts=True)
with police:
    show_sentence(page, "safety_escalation_rate")
    show_rows(page, "safety_escalation_rate", Breakdown.STATE, "How often, state by state?")
with hurt:
    show_rows(page, "injury_rate", Breakdown.STATE, "How often was anyone hurt?")
with seriously:
    show_sentence(page, "serious_injury_rate")
    show_rows(page, "serious_injury_rate", Breakdown.STATE, "How often, state by state?")

# 2. All states together; who is in these figures, and who is not?
page.header("All together")
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
page.header("Which programs record it?")
show_recording(
    page, ["responses", "diverted_strict", "safety_escalation_rate", "serious_injury_rate"]
)

show_notes(page)
offer_download(page)
end_page(page)
