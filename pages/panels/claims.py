"""What the page of checked claims shows: each sentence with what stands behind it, each count beside our own."""

from html import escape

import streamlit as st

from outcomes.analyses.claims.analysis import CheckedCount, checked_counts, seed_claims
from outcomes.analyses.claims.text import count_citation, seed_claim_citation
from outcomes.presentation.exhibit import CsvFile
from outcomes.presentation.export_registry import registry_csv
from pages.shell.citation_box import offer_quote
from pages.shell.markdown import escape_markdown
from pages.shell.registry_frame import RegistryPage


def show_finding(page: RegistryPage) -> None:
    """What the page comes to, in one sentence."""
    counts = checked_counts(page.registry)
    beside = sum(count.registry_count is not None for count in counts)
    with st.container(key="ro-sentence-claims"):
        st.markdown(
            f"**{len(counts)} published counts** were found; for **{beside}** of them the registry has a count by a "
            "near definition. None counts the same thing: other hands, other lists, other definitions. A near "
            "number is no proof, and a far one no contradiction. Claims are given in short, not word for word."
        )


def show_seed_claims(page: RegistryPage) -> None:
    """The sentences that are quoted most: what stands behind each, by which count, and what does not."""
    claims = seed_claims(page.registry)
    for claim in claims:
        row = claim.row
        with st.container(border=True):
            st.markdown(f"**{escape_markdown(row['claim'])}**")
            st.caption(f"[{escape_markdown(row['source_title'])}]({row['source_url']})")
            st.markdown(f"*What stands behind it.* {escape_markdown(row['what_stands_behind_it'])}")
            st.markdown("\n".join(f"- {escape_markdown(sentence)}" for sentence in claim.found))
            st.markdown(f"*What does not.* {escape_markdown(row['what_does_not'])}")
            offer_quote(seed_claim_citation(claim, page.registry.name, page.link), row["claim_id"])
    rows = [
        {
            **claim.row,
            "found": " ".join(claim.found),
            "quotable_sentence": seed_claim_citation(claim, page.registry.name, page.link),
        }
        for claim in claims
    ]
    body = registry_csv(rows, page.registry.name)
    page.offer(CsvFile("Sentences that are quoted most", body, "seed_claims"))


def show_counts(page: RegistryPage) -> None:
    """Published counts beside the registry's nearest, with the reason why they differ; the others after them."""
    counts = checked_counts(page.registry)
    for count in counts:
        if count.registry_count is not None:
            st.html(_count_html(page, count))
    others = [count for count in counts if count.registry_count is None]
    with st.expander(f"{len(others)} published counts that the registry has nothing to set beside"):
        for count in others:
            st.html(_count_html(page, count))
    rows = [
        {
            **count.row,
            "registry_count": count.registry_count,
            "registry_counted_by": count.counted_by,
            "quotable_sentence": count_citation(count, page.registry.name, page.link),
        }
        for count in counts
    ]
    body = registry_csv(rows, page.registry.name)
    page.offer(CsvFile("Published counts, each beside the registry's", body, "growth_claims"))


def _count_html(page: RegistryPage, count: CheckedCount) -> str:
    row = count.row
    ours = "not counted" if count.registry_count is None else f"{count.registry_count:,}"
    return (
        '<div class="ro-card ro-pair-card">'
        f"<div><b>{escape(row['claim'])}</b></div>"
        f'<div class="ro-quiet">As of {escape(row["as_of"])}, published {row["year_published"]}: '
        f'<a href="{escape(row["source_url"])}" target="_blank" rel="noopener">'
        f"{escape(row['source_title'])}</a></div>"
        '<div class="ro-pair"><div>'
        f'<div class="ro-quiet">Published</div><div class="ro-value">{escape(count.published)}</div>'
        f'<div class="ro-quiet">{escape(row["counted"])}</div></div><div>'
        f'<div class="ro-quiet">Registry, nearest count</div><div class="ro-value">{ours}</div>'
        f'<div class="ro-quiet">{escape(count.counted_by)}</div></div></div>'
        f"<div><b>Why they differ.</b> {escape(row['why_it_differs'])}</div>"
        '<details><summary>Quote</summary><p class="ro-quote">'
        f"{escape(count_citation(count, page.registry.name, page.link))}</p></details></div>"
    )
