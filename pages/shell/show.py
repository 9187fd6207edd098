"""What pages show: the answer sentence, cards, charts beside their tables, notes, downloads."""

import streamlit as st

from outcomes.analyses.call_funnel.figure import funnel_figure
from outcomes.analyses.call_funnel.tables import assumption_table, funnel_table
from outcomes.answers.answer import Answer
from outcomes.answers.coverage import recordings
from outcomes.metrics.response_times import P90_OF
from outcomes.presentation.charts.rows import count_figure, has_bars, has_points, interval_figure
from outcomes.presentation.charts.theme import CONFIG
from outcomes.presentation.charts.trend import changes_between, period_figure
from outcomes.presentation.citation import citation
from outcomes.presentation.export import as_csv, data_dictionary
from outcomes.presentation.sentences import answer_sentence, finding, worded
from outcomes.presentation.tables import answer_table, matrix_table
from outcomes.vocabulary.log import Breakdown, Status
from pages.shell.cache import fetch_answer, fetch_assumptions, fetch_changes, fetch_funnel
from pages.shell.cards import cards_html
from pages.shell.citation_box import offer_quote
from pages.shell.frame import Page
from pages.shell.markdown import escape_markdown

# Answers at the head of a page whose notes stand in sight.
NOTES_IN_SIGHT = 2
WHAT_IS_SAID = "Nothing beyond the definitions and what is said above."


def show_sentence(page: Page, metric_key: str) -> None:
    """The answer as one plain sentence."""
    answer = _fetch(page, metric_key)
    with st.container(gap="xxsmall"):
        with st.container(key=f"ro-sentence-{metric_key}"):
            st.markdown(page.say_once(answer_sentence(answer)))
        offer_quote(citation(answer, page.link), metric_key)


def show_cards(
    page: Page, metric_keys: list[str], counts: tuple[str, ...] = (), with_p90: bool = False
) -> None:
    """One card per metric: value, counts, interval, change, definition; the count large where named.

    A median has its 90th percentile on its card where asked.
    """
    answers = [_fetch(page, key) for key in metric_keys]
    beside = {key: _fetch(page, P90_OF[key]) for key in metric_keys if with_p90 and key in P90_OF}
    st.html(cards_html(answers, set(counts), page.is_dark, page.link, beside))


def show_months(
    page: Page, metric_keys: list[str], counts: bool = False, with_limits: bool = False
) -> None:
    """One or two metrics by month as Chart | Table; the count instead of the value, or limits, where asked."""
    answers = [_fetch(page, key, Breakdown.MONTH) for key in metric_keys]
    recorded = [answer for answer in answers if len(answer.table)]
    if not recorded:
        st.info(page.say_once(_why_empty(answers[0])), icon=":material/info:")
        return
    changes = fetch_changes(page.snapshot, page.selection.program_ids)
    figure = period_figure(recorded, changes, page.is_dark, counts, with_limits)
    st.caption(_month_caption(recorded, counts))
    chart, table = st.tabs(["Chart", "Table"])
    key = "-".join(metric_keys)
    with chart:
        words = " ".join(finding(answer) for answer in recorded)
        st.plotly_chart(figure, config=CONFIG, theme=None, key=f"months-{key}", alt=words)
        told = [
            f"{mark} {change.change_date:%b %Y}: {change.change_label.rstrip('.')}."
            for mark, change in changes_between(changes, recorded[0])
        ]
        if told:
            st.caption(escape_markdown(" ".join(told)))
    with table:
        for answer in recorded:
            st.markdown(f"**{_label(answer)}**")
            _table(answer, page)


def show_rows(
    page: Page, metric_key: str, breakdown: Breakdown, title: str, counts: bool = False
) -> None:
    """A metric by a breakdown as Chart | Table: bars of counts where asked, else points with intervals."""
    answer = _fetch(page, metric_key, breakdown)
    st.header(title, anchor=False)
    if not len(answer.table):
        st.info(page.say_once(_why_empty(answer)), icon=":material/info:")
        return
    has_chart = has_bars(answer) if counts else has_points(answer)
    if not has_chart:
        st.caption(f"{answer.metric.definition} No row has a figure that can be drawn.")
        _table(answer, page)
        return
    make = count_figure if counts else interval_figure
    st.caption(
        f"{answer.metric.definition} Bars show counts{_with_share(answer)}."
        if counts
        else f"{answer.metric.definition} The line is the 95 % interval; the dotted line is everything together. Rows with few cases are in the table."
    )
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        figure = make(answer, page.program_names, page.is_dark)
        key = f"rows-{metric_key}-{breakdown.value}"
        st.plotly_chart(figure, config=CONFIG, theme=None, key=key, alt=finding(answer))
    with table:
        _table(answer, page)


def _with_share(answer: Answer) -> str:
    return " with their share" if answer.metric.unit == "share" else ""


def show_funnel(page: Page) -> None:
    """The call funnel with every exit, and whether it adds up, as Chart | Table."""
    funnel = fetch_funnel(page.snapshot, page.selection)
    if not funnel.is_recorded:
        st.info(page.say_once(_why_empty(funnel.reached)), icon=":material/info:")
        return
    first = funnel.stages[0]
    if funnel.missing_calls:
        st.warning(
            f"Stages and exits do not add up: {funnel.missing_calls:,} eligible calls are in neither.",
            icon=":material/warning:",
        )
    elif first.count is not None:
        st.caption(
            f"Every one of the {first.count:,} eligible calls is reached or has a named exit; "
            "stages and exits add up."
        )
    chart, table = st.tabs(["Chart", "Table"])
    rows = funnel_table(funnel)
    with chart:
        st.plotly_chart(
            funnel_figure(funnel, page.is_dark),
            config=CONFIG,
            theme=None,
            key="funnel",
            alt=f"Call funnel. {answer_sentence(funnel.reached).replace('**', '')}",
        )
    with table:
        st.table(rows, hide_index=True)


def show_severity_by_role(page: Page) -> None:
    """Who was hurt and how badly, as one table of people."""
    answer = _fetch(page, "injury_rate", Breakdown.ROLE_AND_SEVERITY)
    if not len(answer.table):
        st.info(page.say_once(_why_empty(answer)), icon=":material/info:")
        return
    st.table(matrix_table(answer))
    if answer.total.denominator is not None:
        st.caption(
            f"People, in {answer.total.denominator:,.0f} responses whose log records injuries."
        )


def show_recording(page: Page, metric_keys: list[str]) -> None:
    """Which programs record what these metrics need, and which do not, by name."""
    for found in recordings(metric_keys, page.selection, page.snapshot):
        silent = ", ".join(found.not_recorded_by) or "none"
        st.markdown(
            f"- **{found.metric.label}**: recorded by {len(found.recorded_by):,} of "
            f"{len(found.recorded_by) + len(found.not_recorded_by):,} programs; "
            f"**not recorded by**: {escape_markdown(silent)}."
        )


def show_assumptions(page: Page) -> None:
    """The assumptions behind the net estimate, each with its source."""
    rows = fetch_assumptions(page.snapshot)
    st.caption(
        "How likely police would have been sent to a call of each type. Each row is a source or says "
        "“assumption”; the range is not a statistical interval."
    )
    with st.expander("Every assumption, with its source"):
        st.table(assumption_table(rows), hide_index=True)


def show_notes(page: Page) -> None:
    """What a careful reader must know: the notes of the page's first answers, then those of the others."""
    st.header("What to know before quoting", anchor=False)
    recorded = [answer for answer in page.shown if answer.total.status is not Status.NOT_RECORDED]
    first = (recorded or page.shown)[:NOTES_IN_SIGHT]
    in_sight = list(dict.fromkeys(note for answer in first for note in answer.notes))
    others: dict[str, list[str]] = {}
    for answer in page.shown:
        for note in answer.notes:
            if note not in in_sight and note not in page.said:
                others.setdefault(note, []).append(_label(answer))
    in_sight = [note for note in in_sight if note not in page.said]
    st.markdown("\n".join(f"- {note}" for note in in_sight) or WHAT_IS_SAID)
    if others:
        with st.expander(f"{len(others)} more, on the other figures"):
            st.markdown(
                "\n".join(
                    f"- {', '.join(dict.fromkeys(about))}: {note}" for note, about in others.items()
                )
            )


def offer_download(page: Page) -> None:
    """Take it away: the link, and each figure shown as CSV with its data dictionary."""
    st.header("Take it away", anchor=False)
    st.caption("Link to this very view")
    st.code(page.link, language=None, wrap_lines=True)
    downloads = {_download_name(answer): answer for answer in page.shown}
    with st.container(horizontal=True, vertical_alignment="bottom"):
        name = st.selectbox("Figures", list(downloads), key=f"download-{page.entry.name}")
        answer = downloads[name]
        body = as_csv(answer, citation(answer, page.link))
        file_name = name.lower().replace(",", "").replace(" ", "-")
        st.download_button(
            "CSV",
            body,
            file_name=f"{file_name}.csv",
            mime="text/csv",
            icon=":material/download:",
            on_click="ignore",
            key=f"csv-{page.entry.name}",
        )
        st.download_button(
            "Data dictionary",
            data_dictionary(answer.metric, body.splitlines()[0].split(",")),
            file_name=f"{file_name}-dictionary.csv",
            mime="text/csv",
            icon=":material/menu_book:",
            on_click="ignore",
            key=f"dictionary-{page.entry.name}",
        )


def _fetch(page: Page, metric_key: str, breakdown: Breakdown | None = None) -> Answer:
    # Only the whole is held against an earlier period; its card and sentence say so.
    compare_with = page.compare_with if breakdown is None else None
    answer = fetch_answer(page.snapshot, metric_key, page.selection, breakdown, compare_with)
    page.shown.append(answer)
    return answer


def _label(answer: Answer) -> str:
    return worded(answer.metric.label, answer.source.record_grain)


def _download_name(answer: Answer) -> str:
    by = f", by {answer.breakdown.value.replace('_', ' ')}" if answer.breakdown else ""
    return f"{_label(answer)}{by}"


def _why_empty(answer: Answer) -> str:
    return answer.notes[-1] if answer.notes else "There is nothing to show in this selection."


def _month_caption(answers: list[Answer], counts: bool) -> str:
    names = " and ".join(_label(answer) for answer in answers)
    measure = "count by month" if counts else "by month, with the 95 % interval as a band"
    gaps = " A grey band has no records, or is hidden; a hollow point is covered only in part."
    return f"{names}, {measure}.{gaps}"


def _table(answer: Answer, page: Page) -> None:
    st.table(answer_table(answer, page.program_names).map(escape_markdown), hide_index=True)
