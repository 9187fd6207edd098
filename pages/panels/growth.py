"""What the growth page shows: the answer, cards, step lines, the map, kinds and teams, and every program."""

import streamlit as st

from outcomes.analyses.growth.analysis import (
    Growth,
    events_of_counted,
    growth,
    listed_programs,
    programs_by_state,
    programs_by_team,
    programs_by_type,
)
from outcomes.analyses.growth.figure import bars_figure, growth_figure
from outcomes.analyses.growth.tables import (
    event_table,
    program_table,
    series_table,
    state_table,
    switch_table,
)
from outcomes.analyses.growth.text import (
    active_sentence,
    growth_citation,
    growth_finding,
    growth_notes,
    growth_sentence,
    multiple_text,
    started_sentence,
)
from outcomes.presentation.charts.theme import CONFIG
from outcomes.presentation.exhibit import CsvFile
from outcomes.presentation.export_registry import registry_csv
from outcomes.presentation.format import decimal_text
from outcomes.presentation.sentences import month_words
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.registry import ProgramType, Team
from pages.panels.growth_filters import (
    GrowthChoice,
    choose_growth,
    draw_map_controls,
    draw_state,
    remember,
)
from pages.shell.cache import cached
from pages.shell.cards import plain_cards_html
from pages.shell.citation_box import offer_quote
from pages.shell.markdown import escape_markdown
from pages.shell.registry_frame import RegistryPage
from pages.shell.tile_map import tile_grid_html


def choose_rule(page: RegistryPage) -> GrowthChoice:
    """What is counted, since when and up to which month, from the sidebar."""
    choice = choose_growth(page)
    for complaint in choice.complaints:
        st.warning(escape_markdown(complaint), icon=":material/link_off:")
    page.query = choice.query
    return choice


def show_growth(page: RegistryPage, choice: GrowthChoice) -> None:
    """The answer with both counts, its quotable sentence, and the headline cards."""
    found = _growth(page, choice)
    with st.container(key="ro-sentence-growth"):
        st.markdown(growth_sentence(found))
    st.markdown(f"{started_sentence(found)} {active_sentence(found)}")
    quote = growth_citation(found, page.registry.name, page.link)
    offer_quote(quote, "growth")
    at, base = found.at, found.base
    st.html(
        plain_cards_html(
            [
                ("Programs active", f"{at.program_count:,}", [f"in {at.month:%b %Y}"]),
                (
                    "States with at least one",
                    f"{at.state_count}",
                    ["of 50 and the District of Columbia"],
                ),
                (
                    f"Since the end of {base.month.year}",
                    multiple_text(found),
                    [f"{at.program_count:,} against {base.program_count:,}"],
                ),
                (
                    "Per million residents",
                    decimal_text(found.per_million, 2),
                    [f"{at.program_count:,} for {found.population:,} ({found.population_year})"],
                ),
                (
                    "Ended so far",
                    f"{found.ended_count:,}",
                    [f"of {found.started_count:,} started"],
                ),
            ]
        )
    )
    months = [vars(count) for count in found.series]
    body = registry_csv(months, page.registry.name, found.rule.words, quote)
    page.offer(CsvFile("Programs and states by month", body, "programs_by_month"))


def show_lines(page: RegistryPage, choice: GrowthChoice) -> None:
    """Programs and states by month as step lines with closures, as Chart | Table."""
    found = _growth(page, choice)
    st.caption(
        "Steps by month; a triangle is a month in which a program ended. Programs that began lately are "
        "probably missing, so the last years are under-counted."
    )
    chart, table = st.tabs(["Chart", "Table"])
    with chart:
        for measure, title in (
            ("programs", "Programs active"),
            ("states", "States with at least one"),
        ):
            st.markdown(f"**{title}**")
            st.plotly_chart(
                growth_figure(found, measure, page.is_dark),
                config=CONFIG,
                theme=None,
                key=f"growth-{measure}",
                alt=growth_finding(found, measure),
            )
    with table:
        st.table(series_table(found), hide_index=True)
    closures = [
        event
        for event in events_of_counted(choice.rule, page.registry)
        if event["event_kind"] == "closure"
    ]
    if closures:
        said = [
            f"{month_words(event['event_date'])}: {event['program_name']}, {event['city']}, {event['state']}"
            for event in closures
        ]
        st.caption(escape_markdown(f"Ended: {'; '.join(said)}."))


def show_rule(page: RegistryPage, choice: GrowthChoice) -> None:
    """The counting rule in words, and what each switch would change."""
    found = _growth(page, choice)
    st.markdown("\n".join(f"- {note}" for note in growth_notes(found)))
    st.table(switch_table(found), hide_index=True)


def show_map(page: RegistryPage, choice: GrowthChoice) -> GrowthChoice:
    """The tile grid at a month that the reader slides to, and the states in a table."""
    choice = draw_map_controls(page, choice)
    page.query = choice.query
    states = programs_by_state(choice.rule, choice.month, page.registry)
    there = sum(state["program_count"] > 0 for state in states)
    count = sum(state["program_count"] for state in states)
    st.caption(
        f"{choice.month:%b %Y}: {count:,} active programs in {there} states, by the counting rule in the sidebar. "
        f"Residents as estimated for {states[0]['population_year']}."
    )
    chart, table = st.tabs(["Map", "Table"])
    with chart:
        st.html(tile_grid_html(states, choice.measure, page.is_dark))
    with table:
        st.table(state_table(states), hide_index=True)
    body = registry_csv(states, page.registry.name, choice.rule.words)
    page.offer(CsvFile("Programs by state", body, "programs_by_state"))
    return choice


def show_kinds(page: RegistryPage, choice: GrowthChoice) -> None:
    """Active programs by kind, counted or not, and by team among the counted."""
    kinds = programs_by_type(choice.rule, choice.month, page.registry)
    teams = programs_by_team(choice.rule, choice.month, page.registry)
    counted = {kind.value for kind in choice.rule.types}
    for title, rows, key, words in (
        ("By kind of program", kinds, "program_type", ProgramType),
        ("By team, of the programs counted", teams, "team", Team),
    ):
        bars = [
            (
                label_of(words, row[key]),
                row["program_count"],
                row[key] in counted or key == "team",
            )
            for row in rows
        ]
        st.markdown(f"**{title}, {choice.month:%b %Y}**")
        if not all(is_in for *_, is_in in bars):
            st.caption("Gray bars, marked (out), are not counted by the rule in the sidebar.")
        chart, table = st.tabs(["Chart", "Table"])
        with chart:
            first = ", ".join(f"{name} {count:,}" for name, count, _ in bars[:3])
            alt = f"{title}, {choice.month:%b %Y}: {first}."
            figure = bars_figure(bars, page.is_dark)
            st.plotly_chart(figure, config=CONFIG, theme=None, key=f"bars-{key}", alt=alt)
        with table:
            st.table(
                [
                    {
                        "Kind" if key != "team" else "Team": name,
                        "Programs": f"{row['program_count']:,}",
                        "States": f"{row['state_count']:,}",
                        "Counted": "yes" if is_in else "no",
                    }
                    for (name, _, is_in), row in zip(bars, rows, strict=True)
                ],
                hide_index=True,
            )
        body = registry_csv(rows, page.registry.name, choice.rule.words)
        page.offer(CsvFile(title, body, f"programs_by_{'team' if key == 'team' else 'type'}"))


def show_state_programs(page: RegistryPage, choice: GrowthChoice) -> GrowthChoice:
    """The programs of one state, each with its notes and source."""
    choice = draw_state(page, choice)
    page.query = choice.query
    programs = listed_programs(choice.rule, choice.month, page.registry)
    listed = [program for program in programs if program["state"] == choice.state]
    for program in listed:
        since = month_words(program["first_response"])
        until = f" to {month_words(program['end_date'])}" if program["end_date"] else ""
        counted = "" if program["is_counted"] else "; not counted by the rule in the sidebar"
        st.markdown(
            f"- **{escape_markdown(program['program_name'])}**, {escape_markdown(program['city'])}: "
            f"{label_of(ProgramType, program['program_type'])}, {label_of(Team, program['team'])}, "
            f"since {since}{until}{counted}. {escape_markdown(program['notes'])} "
            f"Source: [{escape_markdown(program['source_title'])}]({program['source_url']})"
        )
    if choice.state and not listed:
        st.info("The registry has no program in this state.", icon=":material/info:")
    remember(choice)
    return choice


def show_all_programs(page: RegistryPage, choice: GrowthChoice) -> None:
    """Every program of the registry and every dated event, with links to the sources."""
    programs = listed_programs(choice.rule, choice.month, page.registry)
    events = events_of_counted(choice.rule, page.registry)
    link = {"Address": st.column_config.LinkColumn("Address", display_text="open")}
    st.caption(
        f"{len(programs):,} programs of all kinds; the column Counted follows the rule in the sidebar."
    )
    st.dataframe(program_table(programs), hide_index=True, column_config=link, key="programs")
    body = registry_csv(programs, page.registry.name, choice.rule.words)
    page.offer(CsvFile("Every program", body, "programs_in_month"))
    st.markdown("**Expansions, changes of model, funding, pauses and closures**")
    st.dataframe(event_table(events), hide_index=True, column_config=link, key="events")
    body = registry_csv(events, page.registry.name)
    page.offer(CsvFile("Events", body, "program_events"))


def _growth(page: RegistryPage, choice: GrowthChoice) -> Growth:
    return cached(page, growth, choice.rule, choice.month, choice.base_year)
