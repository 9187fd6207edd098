"""What the page of checked claims shows: each sentence with what stands behind it, each count beside our own."""

from html import escape

import streamlit as st

from outcomes.analyses.claims.analysis import CheckedCount, checked_counts
from outcomes.analyses.claims.exhibits import (
    counts_exhibit,
    counts_file,
    seed_claims_exhibit,
    seed_claims_file,
)
from outcomes.analyses.claims.seed_claims import seed_claims
from outcomes.analyses.claims.text import (
    claim_words,
    count_citation,
    ours_words,
    seed_claim_citation,
    wording_sentence,
)
from outcomes.vocabulary.labels import label
from pages.shell.copy_buttons import offer_words
from pages.shell.exhibit import show_exhibit
from pages.shell.markdown import bullets, escape_markdown, link
from pages.shell.registry_frame import RegistryPage


def show_seed_claims(page: RegistryPage) -> None:
    """The sentences that are checked as one table, and what stands behind each to open."""
    claims = seed_claims(page.registry)
    show_exhibit(page, seed_claims_exhibit(claims))
    st.markdown("**What stands behind each, and what does not**")
    boxes = st.container(gap="xsmall")
    page.offer(seed_claims_file(claims, page.registry, page.link))
    for claim in claims:
        row = claim.row
        with boxes.expander(escape_markdown(f"{row['in_short']}: {label(claim.word)}")):
            st.markdown(f"**{escape_markdown(claim_words(row))}**")
            st.caption(
                f"{escape_markdown(wording_sentence(row))} {link(row['source_title'], row['source_url'])}"
            )
            st.markdown(f"*What stands behind it.* {escape_markdown(row['what_stands_behind_it'])}")
            st.markdown(bullets(claim.found))
            st.markdown(f"*What does not.* {escape_markdown(row['what_does_not'])}")
            offer_words("", seed_claim_citation(claim, page.registry.name, page.link))


def show_counts(page: RegistryPage) -> None:
    """Published counts beside the registry's nearest as one table, the reasons and the other counts to open."""
    counts = checked_counts(page.registry)
    page.offer(counts_file(counts, page.registry, page.link))
    show_exhibit(page, counts_exhibit(counts))
    beside = [count for count in counts if count.registry_count is not None]
    others = [count for count in counts if count.registry_count is None]
    for group, words in (
        (beside, f"Why each of the {len(beside)} differs"),
        (others, f"{len(others)} published counts that the registry has nothing to set beside"),
    ):
        with st.expander(escape_markdown(words)):
            for count in group:
                st.html(_count_html(page, count))


def _count_html(page: RegistryPage, count: CheckedCount) -> str:
    row = count.row
    return (
        '<div class="ro-card ro-pair-card">'
        f"<div><b>{escape(row['claim'])}</b></div>"
        f'<div class="ro-quiet">As of {escape(row["as_of"])}, published {row["year_published"]}: '
        f'<a href="{escape(row["source_url"])}" target="_blank" rel="noopener">'
        f"{escape(row['source_title'])}</a></div>"
        '<div class="ro-pair"><div>'
        f'<div class="ro-quiet">Published</div><div class="ro-value">{escape(count.published)}</div>'
        f'<div class="ro-quiet">{escape(row["counted"])}</div></div><div>'
        f'<div class="ro-quiet">Registry, nearest count</div><div class="ro-value">{escape(ours_words(count))}</div>'
        f'<div class="ro-quiet">{escape(count.counted_by)}</div></div></div>'
        f"<div><b>Why they differ.</b> {escape(row['why_it_differs'])}</div>"
        '<details><summary>Quote</summary><p class="ro-quote">'
        f"{escape(count_citation(count, page.registry.name, page.link))}</p></details></div>"
    )
