"""What the page of officer time shows: hours as a range, the assumptions to change, posts, parts, published estimates."""

import streamlit as st

from outcomes.analyses.officer_time.analysis import OfficerTime, officer_time_as_written
from outcomes.analyses.officer_time.assumptions import (
    LIMITS,
    WORDS,
    Changes,
    Subject,
    assumed_table,
    changes_of,
    changes_text,
    checked,
    edited_changes,
    published_assumptions,
    real_changes,
)
from outcomes.analyses.officer_time.exhibits import (
    benchmark_exhibit,
    by_type_exhibit,
    ends_exhibit,
    sensitivity_exhibit,
)
from outcomes.analyses.officer_time.text import (
    hours_cards,
    officer_citation,
    officer_csv,
    officer_notes,
    officer_sentence,
    posts_sentence,
    sourced_sentence,
    spent_sentence,
)
from outcomes.analyses.published.analysis import published_outcomes
from outcomes.presentation.exhibit import CsvFile, notes_exhibit
from outcomes.registry.database import live_registry
from pages.panels.page_filters import ASSUME
from pages.shell.cache import cached
from pages.shell.cards import plain_cards_html
from pages.shell.copy_buttons import offer_words
from pages.shell.exhibit import say_large, show_exhibit
from pages.shell.frame import Page
from pages.shell.markdown import escape_but_bold, escape_markdown, with_links
from pages.shell.selection_bar import keep_choice
from pages.shell.take_away import offer_csv, offer_link
from pages.shell.unanswered import show_unanswered


def begin_officer_time(page: Page) -> OfficerTime:
    """The hours under the published assumptions and the reader's own; complains of what the link got wrong."""
    changes, complaints = changes_of(page.query.get(ASSUME, ""))
    for complaint in complaints:
        st.warning(escape_markdown(complaint), icon=":material/link_off:")
    time = cached(page, officer_time_as_written, changes_text(changes))
    page.shown.append(time.strict)
    return time


def show_hours(page: Page, time: OfficerTime) -> None:
    """Whose the assumptions are, the answer sentence and its cards, or why there is none; stops nothing."""
    if time.hours is None:
        with st.container(key="ro-sentence-officer-time"):
            st.info(escape_markdown(officer_sentence(time)), icon=":material/info:")
        show_unanswered(page)
        return
    st.caption(escape_but_bold(sourced_sentence(time)))
    say_large(officer_sentence(time), "officer-time")
    offer_words("", officer_citation(time, page.link))
    published = cached(page, published_outcomes, live_registry()).hours
    st.html(plain_cards_html(hours_cards(time, published)))
    st.markdown(escape_markdown(spent_sentence(time)))


def show_ends(page: Page, time: OfficerTime) -> None:
    """The hours at both ends of the assumptions."""
    show_exhibit(page, ends_exhibit(time))


def show_assumed(page: Page, time: OfficerTime) -> None:
    """Every assumption used, with its source, to be changed in place; the change goes to the address."""
    if not time.by_type:
        st.caption("Nothing is worked out here, so nothing is assumed.")
        return
    changes, _ = changes_of(page.query.get(ASSUME, ""))
    table = assumed_table(time.assumptions, time.behind_hours)
    st.caption(
        "Change a low, base or high: the page and its link follow, and the row says “yours”."
    )
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=["What", "Call type", "Source"],
        key=f"assumed-{changes_text(changes)}-{'-'.join(kind for kind, _, _ in time.by_type)}",
    )
    more, complaints = edited_changes(time.behind_hours, table, edited)
    for complaint in complaints:
        st.warning(escape_markdown(complaint), icon=":material/warning:")
    _keep(page, changes, {**changes, **more})
    if changes and st.button(
        "Back to the assumptions given here", icon=":material/undo:", key="reset-assumptions"
    ):
        keep_choice(ASSUME, "")


def show_posts(page: Page, time: OfficerTime) -> None:
    """The hours as full-time posts beside the department's vacant ones, with what the reader sets."""
    if time.posts is None:
        st.caption("No hours, so no posts.")
        return
    changes, _ = changes_of(page.query.get(ASSUME, ""))
    changed = dict(changes)
    with st.container(horizontal=True):
        for subject in (Subject.POSTS, Subject.VACANCY, Subject.POST_HOURS):
            key = (subject, "")
            known = time.assumptions.get(key)
            value = _draw_number(subject, known.assumed.base if known else None, changes)
            if value is None:
                changed.pop(key, None)
            elif known is None or known.assumed.base != value:
                changed[key] = checked(key, [value])
    _keep(page, changes, changed)
    st.markdown(escape_markdown(posts_sentence(time)))
    for subject in (Subject.VACANCY, Subject.POST_HOURS):
        st.caption(with_links(f"{WORDS[subject]}: {time.assumptions[(subject, '')].source}"))


def _draw_number(subject: Subject, value: float | None, changes: Changes) -> float | None:
    least, most = LIMITS[subject]
    is_whole = subject is Subject.POSTS
    return st.number_input(
        escape_markdown(WORDS[subject]),
        float(least),
        float(most),
        value,
        step=1.0 if is_whole else None,
        format="%.0f" if is_whole else None,
        placeholder="not set" if is_whole else None,
        # A widget's key holds what is chosen, so that a link from outside is shown too.
        key=f"{subject.value}-{changes_text(changes)}",
    )


def _keep(page: Page, before: Changes, after: Changes) -> None:
    """Put the changes into the address and run anew, where they are others."""
    if after != before:
        published = published_assumptions(page.snapshot.police_sent_assumptions)
        keep_choice(ASSUME, changes_text(real_changes(published, after)))


def show_by_type(page: Page, time: OfficerTime) -> None:
    """Hours by call type, before police time is taken off."""
    show_exhibit(page, by_type_exhibit(time))


def show_sensitivity(page: Page, time: OfficerTime) -> None:
    """What each assumption alone does to the hours."""
    show_exhibit(page, sensitivity_exhibit(time))


def show_benchmark(page: Page, time: OfficerTime) -> None:
    """Hours for each diverted call beside those that programs published."""
    published = cached(page, published_outcomes, live_registry()).hours
    show_exhibit(page, benchmark_exhibit(time, published))


def show_notes(page: Page, time: OfficerTime) -> None:
    """What a careful reader must know."""
    show_exhibit(page, notes_exhibit(officer_notes(time)))


def offer_officer_file(page: Page, time: OfficerTime) -> None:
    """Take it away: the link, and hours with every assumption used as CSV."""
    offer_link(page)
    offer_csv(page, CsvFile("officer time", officer_csv(time, officer_citation(time, page.link))))
