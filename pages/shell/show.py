"""What pages about logs have in common: the answer sentence, cards, metrics by month and by row, notes, downloads."""

from functools import partial

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from outcomes.analyses.control_charts.this_month import (
    OF_THE_MONTH,
    MonthReading,
    month_reading,
    month_sentence,
)
from outcomes.analyses.goals.analysis import GoalReading, WhyNot, goal_readings, of_metrics
from outcomes.analyses.goals.exhibits import goals_exhibit
from outcomes.analyses.goals.text import goal_sentence, missed_sentence
from outcomes.analyses.published.nearest import NEAREST, nearest_exhibit
from outcomes.answers.answer import Answer, answer
from outcomes.answers.coverage import finest_period, recordings
from outcomes.answers.many_changes import many_changes_note
from outcomes.answers.period_change import CLAIMS
from outcomes.answers.recent_months import recent_months
from outcomes.answers.scope import chosen_programs
from outcomes.metrics.registry import find_metric
from outcomes.metrics.response_times import P90_OF
from outcomes.packet.tiles import tiles_exhibit
from outcomes.presentation.citation import citation
from outcomes.presentation.exhibit import (
    answer_exhibit,
    label_of_answer,
    rows_exhibit,
    severity_exhibit,
)
from outcomes.presentation.export import as_csv, data_dictionary
from outcomes.presentation.over_time import over_time
from outcomes.presentation.sentences import answer_sentence, short_sentence
from outcomes.presentation.tiles import page_answer, tile, without_repeats
from outcomes.registry.database import live_registry
from outcomes.registry.read import RegistryProblem
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.log import Breakdown, Status
from pages.shell.cache import cached
from pages.shell.cards import cards_html
from pages.shell.citing import cited_address, offer_cite, show_cited
from pages.shell.compared import compared
from pages.shell.copy_buttons import offer_words
from pages.shell.exhibit import say_large, show_exhibit
from pages.shell.frame import Page
from pages.shell.markdown import bullets, escape_but_bold, escape_markdown
from pages.shell.marks import shown_keys
from pages.shell.navigation import find_page, view_link
from pages.shell.tables import show_table
from pages.shell.take_away import offer_files, offer_link, offer_more
from pages.shell.tiles import month_html, tiles_html
from pages.shell.unanswered import UNANSWERED, lacking, show_unanswered

# The page that says more of each figure of the month.
PAGE_OF = {
    "responses": "demand_and_coverage",
    "eligible_reached_share": "demand_and_coverage",
    "diverted_strict_eligible_share": "calls_diverted",
    "safety_escalation_rate": "safety_escalations",
    "over_target_share": "response_times",
}
# That nobody was hurt badly is not said without how many were hurt.
NEVER_ALONE = {"serious_injury_rate": "injury_rate"}
# Answers at the head of a page whose notes stand in sight; those of the others are a tap away.
NOTES_IN_SIGHT = 1
HOW_TO_SET = "They are set in its profile; *Methods* tells how they are judged."
WHAT_IS_SAID = "Nothing beyond the definitions and what is said above."


def show_sentence(page: Page, metric_key: str) -> None:
    """The answer as one plain sentence; what the log lacks where that keeps the page's first answer from being counted."""
    if lacking(page).keeps(metric_key):
        if not page.shown and not page.has_told_unanswered:
            show_unanswered(page)
            missing = [metric.key for metric in lacking(page).not_answered]
            show_nearest(page, next((key for key in missing if key in NEAREST), ""))
        return
    found = _compared(page, metric_key)
    exhibit = answer_exhibit(found, page.program_names)
    with st.container(gap="xxsmall"):
        say_large(page.say_once(answer_sentence(found)), metric_key)
        with st.container(horizontal=True, key=f"ro-leave-{exhibit.key}", gap="small"):
            link = cited_address(page, exhibit) or page.link
            offer_words(short_sentence(found), citation(found, link))
            offer_cite(page, exhibit)
        show_cited(page, exhibit)


def begin_parts(page: Page, *parts: tuple[str, str]) -> list[DeltaGenerator]:
    """A tab for each part, by its title and the figure that it is about; none where the log cannot answer that figure.

    What a part without a tab would show is told by the panel of what the log cannot answer, so it draws nothing.
    """
    has_tab = [not (key and lacking(page).keeps(key)) for _, key in parts]
    titles = [escape_markdown(title) for (title, _), has in zip(parts, has_tab, strict=True) if has]
    tabs = iter(st.tabs(titles) if titles else ())
    return [next(tabs) if has else st.container() for has in has_tab]


def show_nearest(page: Page, metric_key: str) -> None:
    """What other programs published that is nearest to a metric; nothing where nothing is, or no registry can be read."""
    if metric_key not in NEAREST:
        return
    try:
        registry = live_registry()
    except RegistryProblem:
        return
    found = cached(page, nearest_exhibit, metric_key, find_metric(metric_key).label, registry)
    if found.empty:
        return
    # Figures of the registry: no sentence, file or citation of this log goes with them.
    st.subheader(escape_markdown(found.title), anchor=False)
    st.caption(escape_but_bold(found.caption[0]))
    show_table(found.tables[0].rows)


def show_cards(
    page: Page, metric_keys: list[str], counts: tuple[str, ...] = (), with_p90: bool = False
) -> None:
    """One card per metric: value, counts, interval, change, definition; the count large where named.

    A median has its 90th percentile on its card where asked.
    """
    recorded = [key for key in metric_keys if not lacking(page).keeps(key)]
    if not recorded:
        return
    answers = without_repeats([_compared(page, key) for key in recorded])
    beside = {key: _compared(page, P90_OF[key]) for key in recorded if with_p90 and key in P90_OF}
    with st.container(gap="xxsmall"):
        st.html(cards_html(answers, set(counts), page.is_dark, beside))
        offer_words(
            "\n".join(map(short_sentence, answers)),
            "\n".join(citation(found, page.link) for found in answers),
        )


def show_answer(page: Page, metric_keys: list[str]) -> None:
    """The page's answer in a few sentences: the figures with their changes, and whether the latest month was ordinary."""
    said: list[Answer] = []
    for key in metric_keys:
        if key in NEVER_ALONE:
            more = cached(page, answer, NEVER_ALONE[key])
            said += [more] if more.total.status is not Status.NOT_RECORDED else []
        said.append(compared(page, key))
    month = month_sentence(_readings(page))
    sentences = filter(None, [*page_answer(said), missed_sentence(_goals(page)), month])
    with st.container(gap="xxsmall"):
        say_large(" ".join(sentences), "answer")


def show_tiles(
    page: Page,
    metric_keys: list[str],
    counts: tuple[str, ...] = (),
    instead: tuple[str, ...] = (),
    with_goals: bool = True,
) -> None:
    """One tile per metric that the log can answer: value, counts, change, the last 13 months; and the page's goals.

    Where it cannot answer some, others that it can stand in their place, with no change beside them.
    """
    recorded = [key for key in metric_keys if not lacking(page).keeps(key)]
    spare = [key for key in instead if not lacking(page).keeps(key)]
    answers = [_compared(page, key) for key in recorded]
    for key in spare[: len(metric_keys) - len(recorded)]:
        answers.append(cached(page, answer, key))
        page.shown.append(answers[-1])
    answers = without_repeats(answers)
    if not answers:
        if with_goals:
            _say_goals(page)
        return
    tiles = [
        tile(
            found,
            cached(page, recent_months, found.metric.key, found.metric.key in counts),
            found.metric.key in counts,
        )
        for found in answers
    ]
    exhibit = tiles_exhibit(answers, counts, _goals(page), page.link)
    with st.container(gap="xxsmall"):
        st.html(tiles_html(tiles, page.is_dark))
        with st.container(horizontal=True, key=f"ro-leave-{exhibit.key}", gap="small"):
            offer_words(exhibit.sentence, exhibit.quote)
            offer_more(page, exhibit, page.about(exhibit))
    if with_goals:
        _say_goals(page)


def show_goals(page: Page) -> None:
    """The goals of the chosen program with their states, or in a quiet line that it has none; nothing for several programs."""
    if len(chosen_programs(page.selection, page.snapshot)) != 1:
        return
    goals = cached(page, goals_exhibit)
    if goals.empty:
        st.caption(f"{escape_markdown(goals.empty)} {HOW_TO_SET}")
        return
    show_exhibit(page, goals)
    if any(each.why_not is WhyNot.NOT_RECORDED for each in _goals(page)):
        st.markdown(f"[What this log cannot answer](#{UNANSWERED})")


def _say_goals(page: Page) -> None:
    """A line for each goal of the page's own figures; nothing where the program has none, or several are chosen."""
    for reading in of_metrics(_goals(page), shown_keys(page.entry.name)):
        st.markdown(escape_but_bold(goal_sentence(reading)))


def _goals(page: Page) -> tuple[GoalReading, ...]:
    return cached(page, goal_readings)


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
    found = [cached(page, month_reading, key) for key in OF_THE_MONTH]
    return [reading for reading in found if reading is not None]


def show_months(
    page: Page, metric_keys: list[str], counts: bool = False, with_limits: bool = False
) -> None:
    """One or two metrics by month; the count instead of the value, or limits, where asked. Rare events by quarter, years where no log has months."""
    found = over_time(
        partial(cached, page, answer),
        metric_keys,
        page.selection,
        page.snapshot,
        counts=counts,
        with_limits=with_limits,
    )
    for exhibit in found:
        show_exhibit(page, exhibit)


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
        whole = counted(len(found.recorded_by) + len(found.not_recorded_by), "program")
        st.markdown(
            f"- **{escape_markdown(found.metric.label)}**: recorded by {len(found.recorded_by):,} of "
            f"{escape_markdown(whole)}; "
            f"**not recorded by**: {escape_markdown(silent)}."
        )


def show_notes(page: Page) -> None:
    """What the log cannot answer; then what a careful reader must know: notes of the first answers, then of the others."""
    show_unanswered(page)
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
    judged = list(page.judged.values())
    if any(found.comparison and found.comparison.change in CLAIMS for found in judged):
        in_sight.append(many_changes_note(judged))
    elif many_changes_note(judged):
        others[many_changes_note(judged)] = ["All changes"]
    st.markdown(bullets(filter(None, in_sight)) or WHAT_IS_SAID)
    if others:
        with st.expander(f"{len(others)} more, on the other figures"):
            st.markdown(
                bullets(
                    f"{', '.join(dict.fromkeys(about))}: {note}" for note, about in others.items()
                )
            )


def offer_download(page: Page) -> None:
    """Take it away: the link, and each figure shown as CSV with its data dictionary; the link alone where none is shown."""
    offer_link(page)
    if not page.shown:
        return
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
