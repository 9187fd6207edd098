"""The pages' own styles: cards, the tile grid, quiet texts. Colours follow the theme."""

from html import escape

import streamlit as st

from outcomes.presentation.citation import About
from pages.shell.frame_style import frame_style


def draw_style() -> None:
    """Put the styles into the page."""
    st.html(
        """<style>
        .ro-cards { display: grid; gap: 0.9rem;
            grid-template-columns: repeat(auto-fit, minmax(min(100%, 215px), 1fr)); }
        .ro-card { border: 1px solid rgba(128,136,148,0.35); border-radius: 10px;
            padding: 0.9rem 1rem; display: flex; flex-direction: column; gap: 0.2rem; }
        .ro-label { font-size: 0.95rem; line-height: 1.3; min-height: 2.5em; }
        .ro-value { font-size: 1.75rem; font-weight: 600; line-height: 1.2; }
        .ro-quiet { font-size: 0.86rem; line-height: 1.35; opacity: 0.86; }
        .ro-bar { height: 8px; border-radius: 4px; background: rgba(128,136,148,0.22);
            position: relative; margin: 0.35rem 0; }
        .ro-range { position: absolute; top: 0; height: 8px; border-radius: 4px; min-width: 4px; }
        .ro-point { position: absolute; top: -1px; width: 10px; height: 10px; border-radius: 50%;
            margin-left: -5px; }
        .ro-card details { font-size: 0.86rem; }
        .ro-card details:first-of-type { margin-top: auto; }
        .ro-card summary { cursor: pointer; text-decoration: underline; }
        .ro-quote { user-select: all; overflow-wrap: anywhere; }
        [class*="st-key-ro-leave"] { align-items: center; gap: 0.1rem 0.9rem; }
        .ro-copies { display: flex; flex-wrap: wrap; gap: 0.1rem 0.9rem; }
        .ro-copy { background: none; border: 0; padding: 0.25rem 0; color: inherit; font: inherit; font-size: 0.875rem;
            min-height: 1.75rem; cursor: pointer; text-decoration: underline; text-decoration-color: rgba(128,136,148,0.7);
            text-underline-offset: 3px; white-space: nowrap; }
        [class*="st-key-ro-leave"] button { min-height: 1.75rem; padding-top: 0; padding-bottom: 0; }
        [class*="st-key-ro-leave"] button p { font-size: 0.875rem; }
        [class*="st-key-cite-"] button p { text-decoration: underline; text-decoration-color: rgba(128,136,148,0.7);
            text-underline-offset: 3px; }
        .ro-copy:hover, .ro-copy:focus-visible { color: var(--st-primary-color, #1B4F8F); }
        .ro-copy:focus-visible { outline: 2px solid currentColor; outline-offset: 2px; border-radius: 3px; }
        .ro-pair { display: grid; gap: 0.9rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 240px), 1fr)); }
        .ro-pair-card { gap: 0.55rem; overflow-wrap: anywhere; }
        .ro-card a { color: inherit; text-decoration: underline; }
        .ro-grid { display: grid; gap: 3px; grid-template-columns: repeat(11, minmax(0, 1fr));
            max-width: 720px; margin: 0; padding: 0; list-style: none; }
        .ro-tile { aspect-ratio: 1; margin: 0 !important; padding: 0 !important; border-radius: 4px;
            display: flex; flex-direction: column; align-items: center; justify-content: center;
            line-height: 1.15; font-size: clamp(10px, 2.6vw, 14px); font-variant-numeric: tabular-nums; }
        .ro-tile b { font-size: 1.05em; }
        .ro-table { overflow-x: auto; }
        .ro-table table { width: 100%; border-collapse: collapse; font-size: 0.875rem; line-height: 1.5; }
        .ro-table :is(td, th) { padding: 0.3rem 0.5rem; text-align: left; vertical-align: top; font-weight: 400;
            border: 0 solid rgba(128,136,148,0.3); border-bottom-width: 1px; }
        .ro-table thead th { font-weight: 600; vertical-align: bottom; border-bottom-width: 2px; }
        .ro-table a { color: var(--st-link-color, inherit); text-decoration: underline; }
        .ro-table .ro-number { text-align: right; font-variant-numeric: tabular-nums; }
        div[data-testid="stCaptionContainer"] { color: inherit; opacity: 0.86; }
        [class*="st-key-ro-sentence"] p { font-size: 1.2rem; line-height: 1.5; }
        @media (max-width: 640px) { .ro-label { min-height: 0; }
            .ro-table :is(td, th) { padding: 0.3rem 0.2rem; font-size: 0.75rem; }
            .ro-stacked thead { display: none; }
            .ro-stacked :is(table, tbody, tr, td, th) { display: block; width: 100%; border: none; text-align: left !important; }
            .ro-stacked tr { border-bottom: 1px solid rgba(128,136,148,0.35); padding: 0.5rem 0; }
            .ro-stacked td:empty { display: none; }
            .ro-stacked td::before { content: attr(data-head) ": "; font-weight: 600; }
            h1 { font-size: 1.7rem !important; } h2 { font-size: 1.3rem !important; }
            h3 { font-size: 1.12rem !important; } }
        /* On paper: no bar and no control; charts as wide as the sheet; a chart stays with its heading. */
        @media print { @page { margin: 14mm 12mm 20mm; }
            [data-testid="stSidebar"], [data-testid="stHeader"], [data-testid="stExpandSidebarButton"], [data-testid="stToolbar"],
            [data-testid="stMain"] :is([role="tablist"], button, input, select, .ro-copies, [data-testid="stCheckbox"],
                [data-testid="stSelectbox"], [data-testid="stMultiSelect"], [data-testid="stPopover"], [data-testid="stPageLink"],
                [data-testid="stButtonGroup"], [data-testid="stRadio"], [data-testid="stSlider"], [data-testid="stTextInput"],
                [data-testid="stNumberInput"], [data-testid="stDownloadButton"], [class*="st-key-ro-leave"], .ro-card details:not([open]))
                { display: none !important; }
            html, body, [data-testid="stApp"], [data-testid="stAppViewContainer"], [data-testid="stMain"] {
                overflow: visible !important; height: auto !important; position: static !important; }
            [data-testid="stMain"] { zoom: 0.72; }
            .block-container { max-width: none; padding: 0 !important; }
            [data-testid="stPlotlyChart"], [data-testid="stPlotlyChart"] > div, .js-plotly-plot, .plot-container {
                width: 100% !important; height: auto !important; }
            .js-plotly-plot .svg-container { width: 100% !important; height: auto !important; aspect-ratio: var(--ro-shape, auto); }
            .js-plotly-plot .main-svg { width: 100% !important; height: 100% !important; }
            .ro-card, [class*="st-key-ro-exhibit"]:has(:is([data-testid="stPlotlyChart"], .ro-grid)), [data-testid="stPlotlyChart"], .ro-table tr, [data-testid="stElementContainer"] { break-inside: avoid; }
            [data-testid="stElementContainer"]:has(.ro-table) { break-inside: auto; }
            [data-testid="stElementContainer"]:has(:is(h1, h2, h3)), [data-testid="stCaptionContainer"] { break-after: avoid; }
            :is(h1, h2, h3) { break-after: avoid; } h1 { font-size: 1.6rem !important; } h2 { font-size: 1.3rem !important; } }
        </style>"""
    )
    st.html(frame_style(st.context.theme.type == "dark"))


def draw_sheets(about: About) -> None:
    """Put program, period, source and made-up mark on every printed sheet, with its number."""
    left = " · ".join(part for part in (about.mark, about.who, about.period, about.view) if part)
    font = 'font: 8.5pt "Source Sans", sans-serif; color: #5B6472;'
    st.html(
        f"""<style>@media print {{ @page {{
            @top-left {{ content: {_css_text(left)}; {font} }}
            @bottom-left {{ content: {_css_text(about.source)}; {font} width: 88%; text-align: left; }}
            @bottom-right {{ content: counter(page) " of " counter(pages); {font} }} }} }}</style>"""
    )


def draw_place(name: str) -> None:
    """Name this place of the page, so that a link of the page can lead to it."""
    st.html(f'<span id="{escape(name)}"></span>')


def _css_text(words: str) -> str:
    """The words as a string of CSS: whatever could end it, or the style, is written as its number."""
    said = "".join(
        each if each.isalnum() or each in " .,;:()-_·'" else f"\\{ord(each):x} " for each in words
    )
    return f'"{said}"'


def draw_marks(page_names: list[str], words: str) -> None:
    """Write words of ours behind the names of pages in the navigation; what a style adds is read aloud too."""
    links = ",".join(
        f'[data-testid="stSidebarNav"] a[href$="/{name}"]::after' for name in page_names
    )
    st.html(
        f'<style>{links} {{ content: "{words}"; opacity: 0.8; font-size: 0.68rem; margin-left: auto; white-space: nowrap; }}</style>'
    )
