"""What the page of officer time shows: hours as a range, the assumptions to change, posts, parts, published estimates."""

import pandas
import streamlit as st

from outcomes.analyses.officer_time.analysis import OfficerTime, Range, officer_time_as_written
from outcomes.analyses.officer_time.assumptions import (
    SINGLE,
    WORDS,
    Changes,
    Subject,
    changes_of,
    changes_text,
    checked,
    published_assumptions,
    real_changes,
)
from outcomes.analyses.officer_time.benchmark import (
    THIS_ONE,
    benchmark_hovers,
    benchmark_rows,
    benchmark_sentence,
    benchmark_table,
)
from outcomes.analyses.officer_time.figure import range_figure
from outcomes.analyses.officer_time.text import (
    number_words,
    officer_citation,
    officer_csv,
    officer_notes,
    officer_sentence,
    posts_sentence,
    range_table,
    range_words,
    sensitivity_rows,
    sensitivity_sentence,
    sourced_sentence,
    spent_sentence,
    type_rows,
)
from outcomes.analyses.published.analysis import published_outcomes
from outcomes.presentation.charts.theme import CONFIG
from outcomes.registry.database import live_registry
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType
from pages.shell.cache import cached
from pages.shell.cards import plain_cards_html
from pages.shell.citation_box import offer_quote
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown, linked, with_links
from pages.shell.selection_bar import ASSUME, keep_choice

ENDS = ("Low", "Base", "High")


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
    if time.hours is not None:
        st.caption(sourced_sentence(time))
    with st.container(key="ro-sentence-officer-time"):
        if time.hours is None:
            st.info(escape_markdown(officer_sentence(time)), icon=":material/info:")
            return
        st.markdown(officer_sentence(time))
    offer_quote(officer_citation(time, page.link), "officer-time")
    st.html(plain_cards_html(_cards(time)))
    st.markdown(escape_markdown(spent_sentence(time)))


def _cards(time: OfficerTime) -> list[tuple[str, str, list[str]]]:
    assert time.hours is not None
    cards = [
        ("Low", f"{time.hours.low:,.0f}", ["officer hours, fewest that the assumptions allow"]),
        ("Base", f"{time.hours.base:,.0f}", ["officer hours, usual assumptions"]),
        ("High", f"{time.hours.high:,.0f}", ["officer hours, most that the assumptions allow"]),
    ]
    if time.posts is not None:
        low, base, high = (
            number_words(each, 1) for each in (time.posts.low, time.posts.base, time.posts.high)
        )
        cards.append(("Full-time posts", base, [f"{low} to {high}", "capacity, not cash"]))
    return cards


def show_assumed(page: Page, time: OfficerTime) -> None:
    """Every assumption used, with its source, to be changed in place; the change goes to the address."""
    if not time.by_type:
        st.caption("Nothing is worked out here, so nothing is assumed.")
        return
    changes, _ = changes_of(page.query.get(ASSUME, ""))
    used = [key for key in time.used if key[0] not in SINGLE]
    frame = pandas.DataFrame(
        [
            {
                "What": WORDS[subject],
                "Call type": label(CallType(kind)) if kind else "all",
                "Low": time.assumptions[(subject, kind)].assumed.low,
                "Base": time.assumptions[(subject, kind)].assumed.base,
                "High": time.assumptions[(subject, kind)].assumed.high,
                "Source": time.assumptions[(subject, kind)].source,
            }
            for subject, kind in used
        ]
    )
    st.caption(
        "Change a low, base or high: the page and its link follow, and the row says “yours”."
    )
    edited = st.data_editor(
        frame,
        hide_index=True,
        disabled=["What", "Call type", "Source"],
        key=f"assumed-{changes_text(changes)}-{'-'.join(kind for kind, _, _ in time.by_type)}",
    )
    changed = dict(changes)
    for place, key in enumerate(used):
        before, after = ([row.loc[place, end] for end in ENDS] for row in (frame, edited))
        if before == after:
            continue
        try:
            changed[key] = checked(key, [float(each) for each in after])
        except ValueError as problem:
            name = f"{frame.loc[place, 'What']}, {frame.loc[place, 'Call type']}"
            st.warning(
                escape_markdown(
                    f"Expected {problem} for {name}, found {after}; it is left as it was."
                ),
                icon=":material/warning:",
            )
    _keep(page, changes, changed)
    if changes and st.button(
        "Back to the assumptions given here", icon=":material/undo:", key="reset-assumptions"
    ):
        keep_choice(ASSUME, "")


def _keep(page: Page, before: Changes, after: Changes) -> None:
    """Put the changes into the address and run anew, where they are others."""
    if after != before:
        published = published_assumptions(page.snapshot.police_sent_assumptions)
        keep_choice(ASSUME, changes_text(real_changes(published, after)))


def show_posts(page: Page, time: OfficerTime) -> None:
    """The hours as full-time posts beside the department's vacant ones, with what the reader sets."""
    if time.posts is None:
        st.caption("No hours, so no posts.")
        return
    changes, _ = changes_of(page.query.get(ASSUME, ""))
    # A widget's key holds what is chosen, so that a link from outside is shown too.
    version = changes_text(changes)
    with st.container(horizontal=True):
        given = {
            Subject.POSTS: st.number_input(
                WORDS[Subject.POSTS],
                min_value=1.0,
                max_value=100_000.0,
                value=time.sworn_posts,
                step=1.0,
                format="%.0f",
                placeholder="not set",
                key=f"posts-{version}",
            ),
            Subject.VACANCY: st.number_input(
                WORDS[Subject.VACANCY],
                0.0,
                100.0,
                time.assumptions[(Subject.VACANCY, "")].assumed.base,
                key=f"vacancy-{version}",
            ),
            Subject.POST_HOURS: st.number_input(
                WORDS[Subject.POST_HOURS],
                100.0,
                8784.0,
                time.assumptions[(Subject.POST_HOURS, "")].assumed.base,
                key=f"post-hours-{version}",
            ),
        }
    changed = dict(changes)
    for subject, value in given.items():
        key = (subject, "")
        if value is None:
            changed.pop(key, None)
        elif key not in time.assumptions or time.assumptions[key].assumed.base != value:
            changed[key] = checked(key, [value])
    _keep(page, changes, changed)
    st.markdown(escape_markdown(posts_sentence(time)))
    for subject in (Subject.VACANCY, Subject.POST_HOURS):
        st.caption(with_links(f"{WORDS[subject]}: {time.assumptions[(subject, '')].source}"))


def show_by_type(page: Page, time: OfficerTime) -> None:
    """Hours by call type, before police time is taken off, as Chart | Table."""
    rows = type_rows(time)
    if not rows:
        st.caption("No hours, so no call types.")
        return
    st.caption("Base, and low to high; before police time still spent is taken off.")
    first, numbers = rows[0]
    _chart(page, rows, "by-type", f"Most hours come from {first}: {range_words(numbers)}.")


def show_moved(page: Page, time: OfficerTime) -> None:
    """What each assumption alone does to the hours, as Chart | Table."""
    if not time.sensitivity:
        st.caption("No hours, so nothing that moves them.")
        return
    st.markdown(sensitivity_sentence(time))
    st.caption("One assumption from low to high for every call type, the others as usual.")
    _chart(page, sensitivity_rows(time), "moved", sensitivity_sentence(time))


def show_benchmark(page: Page, time: OfficerTime) -> None:
    """Hours for each diverted call beside those that programs published, as Chart | Table."""
    published = cached(page, published_outcomes, live_registry()).hours
    said = benchmark_sentence(time, published)
    st.markdown(said)
    st.caption("Hours for each call. Each source stands beside its dot and in the table.")
    rows = benchmark_rows(time, published)
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        figure = range_figure(rows, page.is_dark, 2, THIS_ONE, benchmark_hovers(time, published))
        words = said.replace("**", "")
        st.plotly_chart(figure, config=CONFIG, theme=None, key="officer-lies", alt=words)
    with table:
        st.table(linked(benchmark_table(time, published), "Source"), hide_index=True)


def _chart(page: Page, rows: list[tuple[str, Range]], key: str, words: str) -> None:
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        figure = range_figure(rows, page.is_dark)
        st.plotly_chart(figure, config=CONFIG, theme=None, key=f"officer-{key}", alt=words)
    with table:
        st.table(range_table(rows).map(escape_markdown), hide_index=True)


def show_notes(page: Page, time: OfficerTime) -> None:
    """What a careful reader must know."""
    page.header("What to know before quoting")
    st.markdown("\n".join(f"- {escape_markdown(note)}" for note in officer_notes(time)))


def offer_officer_file(page: Page, time: OfficerTime) -> None:
    """Take it away: the link, and hours with every assumption used as CSV."""
    page.header("Take it away")
    st.caption("Link to this very view")
    st.code(page.link, language=None, wrap_lines=True)
    st.download_button(
        "CSV",
        officer_csv(time, officer_citation(time, page.link)),
        file_name="officer-time.csv",
        mime="text/csv",
        icon=":material/download:",
        on_click="ignore",
        key="csv-officer-time",
    )
