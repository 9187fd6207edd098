"""The steps of mapping a log: program, columns, words, call types, and the profile's own text."""

from typing import Any

import pandas
import streamlit as st

from outcomes.analyses.data_quality.text import field_words
from outcomes.ingest.agency import TO_FILL_IN
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.mapping.call_types import type_rows
from outcomes.ingest.mapping.columns import parsed
from outcomes.ingest.mapping.words import word_tables
from outcomes.upload.tables import (
    ELIGIBLE_WORDS,
    TYPE_LABELS,
    column_table,
    take_columns,
    take_words,
    type_table,
    types_from,
    unused_sentence,
    word_rows,
)
from outcomes.upload.text import FACTS, HOLDS_WORDS, MADE_UP_WORDS, ROWS_ARE_WORDS, ZONES
from outcomes.upload.work import LoadWork
from pages.panels.upload.state import show_error, widget_key
from pages.shell.markdown import escape_markdown

NOT_CHOSEN = "Choose"


def map_the_program(work: LoadWork) -> None:
    """Whose log it is, what its rows are, and how much of the calls it holds."""
    work.start_editing(widget_key(work, "program-name") not in st.session_state)
    st.header("2. Whose log is it?", anchor=False)
    program, log = work.document["program"], work.document["log"]
    sides = st.columns(2)
    for place, (key, (words, hint)) in enumerate(FACTS.items()):
        given = _given(program.get(key))
        said = sides[place % 2].text_input(
            escape_markdown(words),
            value=given,
            placeholder=hint,
            key=widget_key(work, f"program-{key}"),
        )
        if said.strip() != given:
            program[key] = said.strip() or f"{TO_FILL_IN}: {words[0].lower()}{words[1:]}"
    _choose(work, program, "time_zone", "Time zone of its clocks", {zone: zone for zone in ZONES})
    _choose(work, program, "data_kind", "Kind of log", MADE_UP_WORDS, default="real")
    _choose(work, log, "rows_are", "One row is", ROWS_ARE_WORDS)
    _choose(work, log, "holds", "The log holds", HOLDS_WORDS)


def _choose(
    work: LoadWork,
    part: dict[str, Any],
    key: str,
    words: str,
    options: dict[str, str],
    default: str = "",
) -> None:
    given = _given(part.get(key)) or default
    names = list(options) if given in options else ["", *options]
    chosen = st.selectbox(
        escape_markdown(words),
        names,
        index=names.index(given) if given in names else 0,
        format_func=lambda name: options.get(name, NOT_CHOSEN),
        key=widget_key(work, f"choice-{key}"),
    )
    if chosen and chosen != given:
        part[key] = chosen


def _given(value: object) -> str:
    """A value of the profile; empty where it is still to be filled in."""
    text = str(value) if value is not None else ""
    return "" if text.startswith(TO_FILL_IN) else text


def map_the_columns(work: LoadWork) -> None:
    """What each column of the export is for, in a table that can be edited."""
    st.header("3. What does each column hold?", anchor=False)
    private = [column for column in work.columns if column.private]
    if len(private) < len(work.columns):
        _edit_columns(work)
    if private:
        reasons = "; ".join(f"“{column.name}” ({column.private})" for column in private)
        st.caption(escape_markdown(f"Never stored, and not shown: {reasons}."))


def _edit_columns(work: LoadWork) -> None:
    st.caption(
        "Change “Used for” where a guess is wrong. Times are read in the formats under “Written as”, "
        "tried in order."
    )
    rows, uses = column_table(work)
    edited = st.data_editor(
        rows,
        hide_index=True,
        disabled=["Column", "Filled", "Such as"],
        column_config={
            "Used for": st.column_config.SelectboxColumn(
                options=uses, required=True, width="medium"
            ),
            "Filled": st.column_config.NumberColumn(format="%.0f %%", width="small"),
        },
        key=widget_key(work, "columns"),
        alt="Every column of the export with what it is used for; the use can be changed.",
    )
    try:
        take_columns(work, edited)
    except LoadProblem as problem:
        _complain(work, problem)
    st.caption(escape_markdown(unused_sentence(edited)))


def _complain(work: LoadWork, problem: LoadProblem) -> None:
    work.complaint = work.complaint or str(problem)
    show_error(work, problem)


def _edit(
    work: LoadWork, key: str, rows: pandas.DataFrame, choices: dict[str, list[str]], alt: str
) -> pandas.DataFrame:
    """The rows as the reader leaves them; the columns with choices can be changed."""
    return st.data_editor(
        rows,
        hide_index=True,
        disabled=[name for name in rows if name not in choices],
        column_config={
            name: st.column_config.SelectboxColumn(options=options, required=True)
            for name, options in choices.items()
        },
        key=widget_key(work, key),
        alt=alt,
    )


def map_the_words(work: LoadWork) -> None:
    """What each value of a closed list or a yes-or-no column means."""
    tables = word_tables(work.document, work.columns)
    if not tables:
        return
    st.header("4. What do its words mean?", anchor=False)
    st.caption(
        "A value that is not understood counts as not recorded, and the data quality page lists it. Choose "
        "“Not recorded” for a value that says nothing."
    )
    for table in tables:
        name = field_words(table.use.partition(".")[2])
        st.markdown(
            f"**{escape_markdown(name)}**, from the column “{escape_markdown(table.column)}”"
        )
        rows, meanings = word_rows(table)
        alt = (
            f"Values of {table.column} with what each means for {name}; the meaning can be changed."
        )
        key = f"words-{table.use}-{table.column}"
        take_words(work, table, _edit(work, key, rows, {"Means": meanings}, alt))


def map_the_call_types(work: LoadWork) -> None:
    """The common type of each call-type code, and whether the team may take such a call."""
    name = str((work.document.get("call_type") or {}).get("column", ""))
    if not name:
        return
    column = next((c for c in work.columns if c.name.casefold() == name.casefold()), None)
    rows = type_rows(work.base_types, column)
    st.header("5. Which calls are these?", anchor=False)
    st.caption(
        "The common type puts calls of different agencies side by side. Eligible says whether the team may "
        "take such a call: it decides what calls are counted over, so it is for the program to say. "
        "Not said, it is not recorded."
    )
    if not rows:
        st.info("The export names no call type that can be shown.", icon=":material/info:")
        return
    edited = _edit(
        work,
        f"types-{name}",
        type_table(rows),
        {"Common type": list(TYPE_LABELS.values()), "Eligible": list(ELIGIBLE_WORDS.values())},
        "Call-type codes with their common type and whether the team may take them; both can be changed.",
    )
    work.types = types_from(rows, edited)


def map_in_the_text(work: LoadWork) -> None:
    """The profile itself, for everything that the tables cannot say."""
    work.end_editing()
    with st.expander("The profile itself: rules, filters, durations, look-up files"):
        st.caption(
            "Everything that a profile can say is in docs/adding_an_agency.md. What is written here "
            "becomes what the tables above start from."
        )
        key = widget_key(work, f"text-{hash(work.text)}")
        text = st.text_area("Profile in TOML", work.text, height=420, key=key)
        if st.button("Take this text", key=widget_key(work, "take-text")):
            try:
                parsed(text)
            except LoadProblem as problem:
                _complain(work, problem)
                return
            work.restart(text, work.types)
            st.rerun()
