"""What happened on scene and after? For directors and council."""

from outcomes.vocabulary.log import Breakdown
from pages.panels.scene_outcomes import show_dispositions, show_groups, show_referrals, show_repeats
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

page = begin_page("scene_outcomes")

# 1. The answer, and how each response ended: one ending each.
show_sentence(page, "served_share")
show_tiles(page, ["served_share", "referral_accepted_share", "repeat_contact_30_share"])
show_dispositions(page)

# 2. What was done whatever the ending, what came after the scene, whether it is changing, and for whom, a tap away.
done, referrals, repeats, months, calls, groups = begin_parts(
    page,
    ("What was done?", ""),
    ("Did a referral lead to a service?", "referral_offered_share"),
    ("Did people come back?", "repeat_contact_30_share"),
    ("Is it changing?", "served_share"),
    ("On which calls?", "served_share"),
    ("For whom?", "served_share"),
)
with done:
    show_cards(
        page,
        [
            "transport_share",
            "emergency_department_share",
            "involuntary_hold_rate",
            "arrest_rate",
            "force_rate",
        ],
    )
    show_rows(page, "transport_places", Breakdown.PLACE, "Where were people taken?", counts=True)
with referrals:
    show_referrals(page)
with repeats:
    show_sentence(page, "repeat_contact_30_share")
    show_repeats(page)
with months:
    show_months(page, ["served_share"])
with calls:
    show_rows(page, "served_share", Breakdown.CALL_TYPE, "On which calls?")
with groups:
    show_groups(page)

show_notes(page)
offer_download(page)
end_page(page)
