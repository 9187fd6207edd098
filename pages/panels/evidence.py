"""What the evidence page shows: studies, surveys with all their answers, and what no study has shown yet."""

import streamlit as st

from outcomes.analyses.claims.exhibits import evidence_exhibit, studies_file, survey_answers_file
from outcomes.analyses.claims.studies import NOT_SHOWN, studies, surveys
from outcomes.analyses.claims.text import study_citation
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.registry import StudyKind
from pages.shell.copy_buttons import offer_words
from pages.shell.exhibit import show_exhibit
from pages.shell.markdown import bullets, escape_markdown, link
from pages.shell.registry_frame import RegistryPage

# What is said of a study, with the word before it.
SAID = {
    "design": "Design",
    "outcome": "Looked at",
    "effect_as_published": "As published",
    "criticism_or_limit": "Criticism or limit",
    "note": "Note",
}


def show_extent(page: RegistryPage) -> None:
    """How much there is, and each study in one line."""
    show_exhibit(page, evidence_exhibit(page.registry))


def show_studies(page: RegistryPage) -> None:
    """Each study with its design, what it looked at, its effect as published and what critics say."""
    page.offer(studies_file(page.registry, page.link))
    boxes = st.container(gap="xsmall")
    for row in studies(page.registry):
        kind = escape_markdown(f"{label_of(StudyKind, row['kind'])} · {row['program']}")
        said = "\n".join(
            f"- *{escape_markdown(word)}*: {escape_markdown(row[key])}"
            for key, word in SAID.items()
            if row[key]
        )
        with boxes.expander(escape_markdown(f"{row['title']} ({row['year']})")):
            st.caption(
                f"{kind} · {link(row['source_title'], row['source_url'])}, {escape_markdown(str(row['year']))}"
            )
            st.markdown(said)
            offer_words("", study_citation(row, page.registry.name, page.link))


def show_surveys(page: RegistryPage) -> None:
    """What chiefs and sheriffs think: every answer of a survey together."""
    page.offer(survey_answers_file(page.registry))
    for survey in surveys(page.registry):
        study = survey.study
        source = link(study["source_title"], study["source_url"])
        with st.container(border=True):
            st.markdown(f"**{escape_markdown(study['title'])}**")
            st.caption(
                f"{escape_markdown(study['design'])} · {source}, {escape_markdown(str(study['year']))}"
            )
            for question, answers in survey.answers.items():
                lines = "\n".join(f"  - {escape_markdown(answer)}" for answer in answers)
                st.markdown(f"- {escape_markdown(question)}\n{lines}")
            st.markdown(f"*Read together*: {escape_markdown(study['criticism_or_limit'])}.")


def show_what_is_not_shown() -> None:
    """What no study in the registry has shown yet."""
    for title, words in NOT_SHOWN:
        st.markdown(bullets([f"{BOLD}{title}.{BOLD} {words}"]))
