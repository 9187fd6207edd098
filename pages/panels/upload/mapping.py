"""The steps of mapping a log: program, columns, words, call types, and the profile's own text."""

from typing import Any
from zoneinfo import available_timezones

import pandas
import streamlit as st

from outcomes.analyses.data_quality.text import field_words
from outcomes.ingest.agency import TO_FILL_IN
from outcomes.ingest.draft.visible_columns import SeenColumn
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.mapping.call_types import CODE, type_list, type_rows
from outcomes.ingest.mapping.columns import (
    BY_RULES,
    EXCLUDED,
    NOT_USED,
    USES,
    column_uses,
    map_columns,
    parsed,
    time_formats,
)
from outcomes.ingest.mapping.words import NOT_SAID, WordTable, set_meanings, word_tables
from outcomes.upload.text import HOLDS_WORDS, MADE_UP_WORDS, ROWS_ARE_WORDS, use_of, use_words
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType
from pages.panels.upload.state import LoadWork, current_work, show_error, widget_key
from pages.shell.markdown import escape_markdown

SAMPLES = 3
BETWEEN_FORMATS = " | "
FACTS = {
    "name": ("Name of the program", "as the pages show it"),
    "city": ("City", ""),
    "state": ("State, two capital letters", "such as OH"),
    "data_owner": ("Who owns the log", "such as City of Fernhollow"),
}
NOT_CHOSEN = "Choose"
US_ZONES = (
    *("America/New_York", "America/Chicago", "America/Denver", "America/Phoenix"),
    *("America/Los_Angeles", "America/Anchorage", "Pacific/Honolulu"),
)
ELIGIBLE = {"": "not said", "yes": "yes", "no": "no"}


def map_the_program() -> None:
    """Whose log it is, what its rows are, and how much of the calls it holds."""
    work = current_work()
    if work is None:
        return
    work.start_editing()
    st.header("2. Whose log is it?", anchor=False)
    program, log = work.document["program"], work.document["log"]
    left, right = st.columns(2)
    for place, (key, (words, hint)) in enumerate(FACTS.items()):
        with left if place % 2 == 0 else right:
            given = _given(program.get(key))
            said = st.text_input(
                words, value=given, placeholder=hint, key=widget_key(work, f"program-{key}")
            )
            if said.strip() != given:
                program[key] = said.strip() or f"{TO_FILL_IN}: {words[0].lower()}{words[1:]}"
    zones = (*US_ZONES, *sorted(available_timezones() - set(US_ZONES)))
    _choose(work, program, "time_zone", "Time zone of its clocks", {zone: zone for zone in zones})
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
        words,
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


def map_the_columns() -> None:
    """What each column of the export is for, in a table that can be edited."""
    work = current_work()
    if work is None:
        return
    st.header("3. What does each column hold?", anchor=False)
    open_columns = [column for column in work.columns if not column.private]
    private = [column for column in work.columns if column.private]
    if open_columns:
        _edit_columns(work, open_columns)
    if private:
        reasons = "; ".join(f"“{column.name}” ({column.private})" for column in private)
        st.caption(escape_markdown(f"Never stored, and not shown: {reasons}."))


def _edit_columns(work: LoadWork, columns: list[SeenColumn]) -> None:
    st.caption(
        "Change “Used for” where a guess is wrong. Times are read in the formats under “Written as”, "
        "tried in order."
    )
    uses = column_uses(work.document, [column.name for column in columns])
    table = pandas.DataFrame(
        [
            {
                "Column": column.name,
                "Used for": use_words(uses[column.name]),
                "Written as": BETWEEN_FORMATS.join(
                    time_formats(work.document, uses[column.name]) or column.formats
                ),
                "Filled": column.filled / max(column.rows, 1) * 100,
                "Such as": ", ".join(list(column.values)[:SAMPLES]),
            }
            for column in columns
        ]
    )
    options = [use_words(use) for use in USES]
    options += [use_words(BY_RULES)] if BY_RULES in uses.values() else []
    edited = st.data_editor(
        table,
        hide_index=True,
        disabled=["Column", "Filled", "Such as"],
        column_config={
            "Used for": st.column_config.SelectboxColumn(
                options=options, required=True, width="medium"
            ),
            "Filled": st.column_config.NumberColumn(format="%.0f %%", width="small"),
        },
        key=widget_key(work, "columns"),
        alt="Every column of the export with what it is used for; the use can be changed.",
    )
    wanted = {row["Column"]: use_of(row["Used for"]) for row in edited.to_dict("records")}
    formats = {
        row["Column"]: tuple(
            one.strip() for one in str(row["Written as"] or "").split("|") if one.strip()
        )
        for row in edited.to_dict("records")
    }
    try:
        map_columns(work.document, work.columns, wanted, formats)
    except LoadProblem as problem:
        _complain(work, problem)
    unused = sum(use == NOT_USED for use in wanted.values())
    excluded = sum(use == EXCLUDED for use in wanted.values())
    st.caption(f"{unused:,} columns are not used; {excluded:,} are left out on purpose.")


def _complain(work: LoadWork, problem: LoadProblem) -> None:
    work.complaint = work.complaint or str(problem)
    show_error(work, problem)


def map_the_words() -> None:
    """What each value of a closed list or a yes-or-no column means."""
    work = current_work()
    tables = word_tables(work.document, work.columns) if work is not None else []
    if work is None or not tables:
        return
    st.header("4. What do its words mean?", anchor=False)
    st.caption(
        "A value that is not understood counts as not recorded, and the data quality page lists it. Choose "
        "“Not recorded” for a value that says nothing."
    )
    for table in tables:
        name = field_words(table.use.partition(".")[2])
        st.markdown(f"**{name}**, from the column “{escape_markdown(table.column)}”")
        shown = pandas.DataFrame(
            {
                "Value": list(table.meanings),
                "Rows": [table.rows[value] for value in table.meanings],
                "Means": [_spoken(table, meaning) for meaning in table.meanings.values()],
            }
        )
        edited = st.data_editor(
            shown,
            hide_index=True,
            disabled=["Value", "Rows"],
            column_config={
                "Means": st.column_config.SelectboxColumn(
                    options=[_spoken(table, choice) for choice in table.choices], required=True
                )
            },
            key=widget_key(work, f"words-{table.use}-{table.column}"),
            alt=f"Values of {table.column} with what each means for {name}; the meaning can be changed.",
        )
        by_words = {_spoken(table, choice): choice for choice in table.choices}
        meanings = dict(
            zip(edited["Value"], (by_words[one] for one in edited["Means"]), strict=True)
        )
        set_meanings(work.document, table, meanings)


def _spoken(table: WordTable, meaning: str) -> str:
    if meaning == NOT_SAID:
        return "Not recorded" if table.use.startswith("flags.") else "Not understood"
    return meaning.replace("_", " ").capitalize()


def map_the_call_types() -> None:
    """The common type of each call-type code, and whether the team may take such a call."""
    work = current_work()
    name = str((work.document.get("call_type") or {}).get("column", "")) if work else ""
    if work is None or not name:
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
    labels = {kind.value: label(kind) for kind in CallType}
    shown = pandas.DataFrame(
        {
            "Code": [row.get(CODE, "") for row in rows],
            "Rows": [row.get("rows") or "" for row in rows],
            "Common type": [
                labels.get(row.get("call_type", ""), labels["not_mapped"]) for row in rows
            ],
            "Eligible": [ELIGIBLE.get(row.get("eligible") or "", ELIGIBLE[""]) for row in rows],
        }
    )
    edited = st.data_editor(
        shown,
        hide_index=True,
        disabled=["Code", "Rows"],
        column_config={
            "Common type": st.column_config.SelectboxColumn(
                options=list(labels.values()), required=True
            ),
            "Eligible": st.column_config.SelectboxColumn(
                options=list(ELIGIBLE.values()), required=True
            ),
        },
        key=widget_key(work, f"types-{name}"),
        alt="Call-type codes with their common type and whether the team may take them; both can be changed.",
    )
    kinds = {words: kind for kind, words in labels.items()}
    said = {words: word for word, words in ELIGIBLE.items()}
    for row, kind, eligible in zip(rows, edited["Common type"], edited["Eligible"], strict=True):
        row["call_type"], row["eligible"] = kinds[kind], said[eligible]
    work.types = type_list(rows)


def map_in_the_text() -> None:
    """The profile itself, for everything that the tables cannot say."""
    work = current_work()
    if work is None:
        return
    work.end_editing()
    with st.expander("The profile itself: rules, filters, durations, look-up files"):
        st.caption(
            "Everything that a profile can say is in docs/adding_an_agency.md. What is written here "
            "becomes what the tables above start from."
        )
        text = st.text_area(
            "Profile in TOML",
            work.text,
            height=420,
            key=widget_key(work, f"text-{hash(work.text)}"),
        )
        if st.button("Take this text", key=widget_key(work, "take-text")):
            try:
                parsed(text)
            except LoadProblem as problem:
                _complain(work, problem)
                return
            work.restart(text, work.types)
            st.rerun()
