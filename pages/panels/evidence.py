"""What the evidence page shows: studies, surveys with all their answers, and what no study has shown yet."""

import streamlit as st

from outcomes.analyses.claims.studies import NOT_SHOWN, studies, surveys
from outcomes.analyses.claims.text import study_citation
from outcomes.presentation.exhibit import CsvFile
from outcomes.presentation.export_registry import registry_csv
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.registry import StudyKind
from pages.shell.citation_box import offer_quote
from pages.shell.markdown import escape_markdown
from pages.shell.registry_frame import RegistryPage


def show_extent(page: RegistryPage) -> None:
    """How much there is, in one sentence."""
    rows = studies(page.registry)
    kinds = [row["kind"] for row in rows]
    with st.container(key="ro-sentence-evidence"):
        st.markdown(
            f"The registry has **{kinds.count('study')} studies** of single programs, "
            f"**{kinds.count('evaluation') + kinds.count('audit')} evaluations and audits**, "
            f"{len(surveys(page.registry))} survey of police leaders and {kinds.count('critique')} published critique. "
            "They differ in design and in what they looked at, so they are not added up to one finding."
        )


def show_studies(page: RegistryPage) -> None:
    """Each study with its design, what it looked at, its effect as published and what critics say."""
    for row in studies(page.registry):
        with st.container(border=True):
            st.markdown(f"**{escape_markdown(row['title'])}**")
            st.caption(
                f"{label_of(StudyKind, row['kind'])} · {escape_markdown(row['program'])} · "
                f"[{escape_markdown(row['source_title'])}]({row['source_url']}), {row['year']}"
            )
            st.markdown(
                f"- *Design*: {escape_markdown(row['design'])}\n- *Looked at*: {escape_markdown(row['outcome'])}\n"
                f"- *As published*: {escape_markdown(row['effect_as_published'])}\n"
                f"- *Criticism or limit*: {escape_markdown(row['criticism_or_limit'])}"
                + (f"\n- *Note*: {escape_markdown(row['note'])}" if row["note"] else "")
            )
            offer_quote(study_citation(row, page.registry.name, page.link), row["study_id"])
    rows = [
        {**row, "quotable_sentence": study_citation(row, page.registry.name, page.link)}
        for row in page.registry.rows("studies")
    ]
    body = registry_csv(rows, page.registry.name)
    page.offer(CsvFile("Studies", body, "studies"))


def show_surveys(page: RegistryPage) -> None:
    """What chiefs and sheriffs think: every answer of a survey together."""
    for survey in surveys(page.registry):
        study = survey.study
        with st.container(border=True):
            st.markdown(f"**{escape_markdown(study['title'])}**")
            st.caption(
                f"{escape_markdown(study['design'])} · [{escape_markdown(study['source_title'])}]({study['source_url']}), {study['year']}"
            )
            for question, answers in survey.answers.items():
                lines = "\n".join(f"  - {escape_markdown(answer)}" for answer in answers)
                st.markdown(f"- {escape_markdown(question)}\n{lines}")
            st.markdown(f"*Read together*: {escape_markdown(study['criticism_or_limit'])}.")
    body = registry_csv(page.registry.rows("survey_answers"), page.registry.name)
    page.offer(CsvFile("Answers of chiefs and sheriffs", body, "survey_answers"))


def show_what_is_not_shown() -> None:
    """What no study in the registry has shown yet."""
    for title, words in NOT_SHOWN:
        st.markdown(f"- **{title}.** {words}")
