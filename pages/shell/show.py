"""What pages about logs have in common: the answer sentence, cards, metrics by month and by row, notes, downloads."""

import streamlit as st

from outcomes.analyses.control_charts.this_month import (
    MonthReading,
    month_reading,
    month_sentence,
)
from outcomes.answers.answer import Answer, answer
from outcomes.answers.coverage import finest_period, recordings
from outcomes.answers.many_changes import many_changes_note
from outcomes.answers.recent_months import recent_months
from outcomes.metrics.response_times import P90_OF
from outcomes.presentation.citation import citation
from outcomes.presentation.exhibit import (
    label_of_answer,
    months_exhibit,
    rows_exhibit,
    severity_exhibit,
)
from outcomes.presentation.export import as_csv, data_dictionary
from outcomes.presentation.sentences import answer_sentence, short_sentence
from outcomes.presentation.tiles import page_answer, tile
from outcomes.vocabulary.log import Breakdown, Status
from pages.shell.cache import cached
from pages.shell.cards import cards_html
from pages.shell.compared import compared
from pages.shell.copy_buttons import offer_words
from pages.shell.exhibit import say_large, show_exhibit
from pages.shell.frame import Page
from pages.shell.markdown import bullets, escape_markdown
from pages.shell.navigation import find_page, view_link
from pages.shell.take_away import offer_files, offer_link
from pages.shell.tiles import month_html, tiles_html

# The figures of the month, each with the page that says more of it.
PAGE_OF = {
    "responses": "demand_and_coverage",
    "eligible_reached_share": "demand_and_coverage",
    "diverted_strict_eligible_share": "calls_diverted",
    "safety_escalation_rate": "safety_escalations",
    "over_target_share": "response_times",
}
# Answers at the head of a page whose notes stand in sight.
NOTES_IN_SIGHT = 2
WHAT_IS_SAID = "Nothing beyond the definitions and what is said above."


def show_sentence(page: Page, metric_key: str) -> None:
    """The answer as one plain sentence."""
    found = _compared(page, metric_key)
    with st.container(gap="xxsmall"):
        say_large(page.say_once(answer_sentence(found)), metric_key)
        offer_words(short_sentence(found), citation(found, page.link))


def show_cards(
    page: Page, metric_keys: list[str], counts: tuple[str, ...] = (), with_p90: bool = False
) -> None:
    """One card per metric: value, counts, interval, change, definition; the count large where named.

    A median has its 90th percentile on its card where asked.
    """
    answers = [_compared(page, key) for key in metric_keys]
    beside = {
        key: _compared(page, P90_OF[key]) for key in metric_keys if with_p90 and key in P90_OF
    }
    with st.container(gap="xxsmall"):
        st.html(cards_html(answers, set(counts), page.is_dark, beside))
        offer_words(
            "\n".join(map(short_sentence, answers)),
            "\n".join(citation(found, page.link) for found in answers),
        )


def show_answer(page: Page, metric_keys: list[str]) -> None:
    """The page's answer in a few sentences: the figures with their changes, and whether the latest month was ordinary."""
    answers = [compared(page, key) for key in metric_keys]
    month = month_sentence(_readings(page))
    said = [*page_answer(answers), *([month] if month else [])]
    with st.container(gap="xxsmall"):
        say_large(" ".join(said), "answer")


def show_tiles(page: Page, metric_keys: list[str], counts: tuple[str, ...] = ()) -> None:
    """One tile per metric, those that the log records first: value, counts, change, the last 13 months."""
    answers = [_compared(page, key) for key in metric_keys]
    answers.sort(key=lambda found: found.total.status is Status.NOT_RECORDED)
    tiles = [
        tile(
            found,
            cached(page, recent_months, found.metric.key, found.metric.key in counts),
            found.metric.key in counts,
        )
        for found in answers
    ]
    with st.container(gap="xxsmall"):
        st.html(tiles_html(tiles, page.is_dark))
        offer_words(
            "\n".join(map(short_sentence, answers)),
            "\n".join(citation(found, page.link) for found in answers),
        )


def show_this_month(page: Page) -> None:
    """The latest full month of each figure beside its usual range, with a link to the page that says more."""
    readings = _readings(page)
    if not readings:
        return
    month = max(reading.month for reading in readings)
    page.header(f"This month: {month:%B %Y}")
    links = [
        view_link(find_page(PAGE_OF[reading.metric_key]), page.query, "") for reading in readings
    ]
    st.html(month_html(readings, links))


def _readings(page: Page) -> list[MonthReading]:
    """The figures of the month, those that have a full month; none where the logs give no months."""
    if finest_period(page.selection, page.snapshot) is Breakdown.YEAR:
        return []
    found = [cached(page, month_reading, key) for key in PAGE_OF]
    return [reading for reading in found if reading is not None]


def show_months(
    page: Page, metric_keys: list[str], counts: bool = False, with_limits: bool = False
) -> None:
    """One or two metrics by month; the count instead of the value, or limits, where asked. By year where no log has months."""
    if finest_period(page.selection, page.snapshot) is Breakdown.YEAR:
        for key in metric_keys:
            found = cached(page, answer, key, Breakdown.YEAR)
            title = f"{label_of_answer(found)}, by year"
            show_exhibit(page, rows_exhibit(found, title, page.program_names, counts))
        return
    answers = [cached(page, answer, key, Breakdown.MONTH) for key in metric_keys]
    changes = page.snapshot.changes_of(page.selection.program_ids)
    show_exhibit(page, months_exhibit(answers, changes, page.program_names, counts, with_limits))


def show_rows(
    page: Page, metric_key: str, breakdown: Breakdown, title: str, counts: bool = False
) -> None:
    """A metric by a breakdown: bars of counts where asked, else points with intervals."""
    found = cached(page, answer, metric_key, breakdown)
    show_exhibit(page, rows_exhibit(found, title, page.program_names, counts))


def show_severity_by_role(page: Page) -> None:
    """Who was hurt and how badly, as one table of people."""
    found = cached(page, answer, "injury_rate", Breakdown.ROLE_AND_SEVERITY)
    show_exhibit(page, severity_exhibit(found))


def show_recording(page: Page, metric_keys: list[str]) -> None:
    """Which programs record what these metrics need, and which do not, by name."""
    for found in recordings(metric_keys, page.selection, page.snapshot):
        silent = ", ".join(found.not_recorded_by) or "none"
        st.markdown(
            f"- **{escape_markdown(found.metric.label)}**: recorded by {len(found.recorded_by):,} of "
            f"{len(found.recorded_by) + len(found.not_recorded_by):,} programs; "
            f"**not recorded by**: {escape_markdown(silent)}."
        )


def show_notes(page: Page) -> None:
    """What a careful reader must know: the notes of the page's first answers, then those of the others."""
    page.header("What to know before quoting")
    recorded = [found for found in page.shown if found.total.status is not Status.NOT_RECORDED]
    first = (recorded or page.shown)[:NOTES_IN_SIGHT]
    in_sight = list(dict.fromkeys(note for found in first for note in found.notes))
    others: dict[str, list[str]] = {}
    for found in page.shown:
        for note in found.notes:
            if note not in in_sight and note not in page.said:
                others.setdefault(note, []).append(label_of_answer(found))
    in_sight = [note for note in in_sight if note not in page.said]
    in_sight += [note for note in [many_changes_note(list(page.judged.values()))] if note]
    st.markdown(bullets(in_sight) or WHAT_IS_SAID)
    if others:
        with st.expander(f"{len(others)} more, on the other figures"):
            st.markdown(
                bullets(
                    f"{', '.join(dict.fromkeys(about))}: {note}" for note, about in others.items()
                )
            )


def offer_download(page: Page) -> None:
    """Take it away: the link, and each figure shown as CSV with its data dictionary."""
    offer_link(page)
    shown = {_download_name(found): found for found in page.shown}

    def files_of(name: str) -> tuple[str, str]:
        text = as_csv(shown[name], citation(shown[name], page.link))
        return text, data_dictionary(shown[name].metric, text.splitlines()[0].split(","))

    offer_files(page, "Figures", list(shown), files_of)


def _compared(page: Page, metric_key: str) -> Answer:
    """The whole beside an earlier period; its card and sentence say how it changed."""
    found = compared(page, metric_key)
    page.shown.append(found)
    return found


def _download_name(found: Answer) -> str:
    by = f", by {found.breakdown.value.replace('_', ' ')}" if found.breakdown else ""
    return f"{label_of_answer(found)}{by}"
