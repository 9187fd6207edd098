"""What happened on scene and after? For directors and council."""

from outcomes.vocabulary.log import Breakdown
from pages.panels.scene_outcomes import show_dispositions, show_groups, show_referrals, show_repeats
from pages.shell.frame import begin_page, end_page
from pages.shell.show import (
    offer_download,
    show_cards,
    show_months,
    show_notes,
    show_rows,
    show_sentence,
)

page = begin_page("scene_outcomes")

# 1. The answer.
show_sentence(page, "served_share")
show_cards(page, ["served_share", "referral_accepted_share", "repeat_contact_30_share"])

# 2. How did each response end? One ending each.
page.header("How did each response end?")
show_dispositions(page)

# 3. What was done, whatever the ending?
page.header("What was done?")
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

# 4. After the scene: from the offer to the service, and who was met again.
page.header("Did a referral lead to a service?")
show_referrals(page)
page.header("Did people come back?")
show_sentence(page, "repeat_contact_30_share")
show_repeats(page)

# 5. Is it changing, and on which calls?
page.header("Is it changing?")
show_months(page, ["served_share"])
show_rows(page, "served_share", Breakdown.CALL_TYPE, "On which calls?")

# 6. For whom?
page.header("For whom?")
show_groups(page)

show_notes(page)
offer_download(page)
end_page(page)
