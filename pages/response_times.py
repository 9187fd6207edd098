"""How long from call to arrival (median and 90th percentile), and where does the time go? For directors and council."""

from outcomes.vocabulary.log import Breakdown
from pages.panels import response_times
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

page = begin_page("response_times")

# 1. The answer: the wait that half of the people had, and the one that nine of ten had; by month.
show_sentence(page, "response_min")
response_times.show_pooled(page)
show_tiles(
    page,
    ["response_min", "response_p90_min", "call_processing_min", "travel_min"],
)
show_months(page, ["response_min", "response_p90_min"], with_limits=True)

# 2. Where the time goes, who waits longer, and whether it is as quick as promised, a tap away.
parts, target, calls, where, hours, left_out = begin_parts(
    page,
    ("Where does the time go?", ""),
    ("Longer than the target?", ""),
    ("On which calls?", "response_min"),
    ("In which areas?", "response_min"),
    ("At which hours?", "response_min"),
    ("What was left out?", ""),
)
with parts:
    response_times.show_parts(page, title="Where does the time go?")
    show_cards(page, ["on_scene_min"], with_p90=True)
with target:
    show_sentence(page, "response_p90_min")
    show_sentence(page, "over_target_share")
    show_cards(page, ["over_target_share"])
    response_times.show_targets(page)
    response_times.show_reader_target(page)
with calls:
    show_rows(page, "response_min", Breakdown.CALL_TYPE, "On which calls?")
    response_times.show_waits_by(page, by=Breakdown.PRIORITY, title="How long by priority?")
with where:
    response_times.show_waits_by(page, by=Breakdown.AREA, title="How long in which areas?")
with hours:
    response_times.show_hours_of_week(page, title="At which hours of the week?")
with left_out:
    response_times.show_exclusions(page, title="What was left out, and why?")

show_notes(page)
offer_download(page)
end_page(page)
