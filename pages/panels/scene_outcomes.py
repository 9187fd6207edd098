"""What the page on outcomes shows beside the common parts: endings, referral steps, who came back, groups."""

import streamlit as st

from outcomes.analyses.scene_outcomes import exhibits
from outcomes.analyses.scene_outcomes.analysis import group_answers
from outcomes.answers.answer import answer
from outcomes.vocabulary.log import GROUPS, Breakdown
from pages.shell.cache import cached, settings
from pages.shell.exhibit import show_exhibit
from pages.shell.frame import Page

REFERRALS = ("referral_offered_share", "referral_accepted_share", "service_connected_share")
REPEATS = ("repeat_contact_7_share", "repeat_contact_30_share", "repeat_contact_90_share")


def show_dispositions(page: Page) -> None:
    """How responses ended, served apart from not served."""
    show_exhibit(
        page,
        exhibits.dispositions_exhibit(cached(page, answer, "dispositions", Breakdown.DISPOSITION)),
    )


def show_referrals(page: Page) -> None:
    """From the offer to the service, step by step."""
    answers = [cached(page, answer, key) for key in REFERRALS]
    show_exhibit(page, exhibits.referrals_exhibit(answers, settings().rule))


def show_repeats(page: Page) -> None:
    """Who was met again within each window, with how many contacts could be followed."""
    answers = [cached(page, answer, key) for key in REPEATS]
    show_exhibit(page, exhibits.repeats_exhibit(answers, settings().rule))


def show_groups(page: Page) -> None:
    """What happened by age, by gender, and by race and ethnicity, each where the log records it."""
    st.caption(exhibits.GROUP_LIMITS)
    for breakdown in GROUPS:
        show_exhibit(
            page, exhibits.group_exhibit(breakdown, cached(page, group_answers, breakdown)), level=3
        )
