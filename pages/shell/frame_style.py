"""The styles of what stands around a page: the navigation's groups, the bar over the page, the heading."""

from pages.shell.navigation import GROUPS, PRODUCT, hidden_pages

# The page's own ground, so that nothing shines through the bar.
GROUND = {False: "#FFFFFF", True: "#10151C"}
FRAME = """
.block-container { max-width: 1180px; padding-top: 0.6rem; padding-bottom: 2rem; }
h1 { font-size: 1.75rem !important; line-height: 1.2 !important; }
h2 { font-size: 1.4rem !important; padding: 0.4rem 0 !important; } h3 { font-size: 1.15rem !important; }
[data-testid="stSidebarNav"]::before { content: "PRODUCT"; display: block; font-size: 1.05rem; font-weight: 700;
    padding: 0 0.5rem 0.3rem; }
@media (min-width: 768px) { [data-testid="stSidebar"][data-collapsed="false"] { width: 240px !important; } }
[data-testid="stSidebarHeader"] { margin-bottom: 0; height: 2.5rem; }
[data-testid="stSidebarNavItems"] { padding-top: 0; }
[data-testid="stSidebarNavLink"] { padding-top: 0.1rem; padding-bottom: 0.1rem; min-height: 1.75rem; }
/* The bar stands in the row of Streamlit's own buttons, which keep their place beside it. */
[data-testid="stHeader"] { background: transparent !important; }
[data-testid="stHeader"], [data-testid="stHeader"] * { pointer-events: none !important; }
[data-testid="stHeader"] :is(button, button *) { pointer-events: auto !important; }
[data-testid="stMainBlockContainer"]:not(:has(.st-key-ro-bar)) { padding-top: 3.2rem; }
[data-testid="stLayoutWrapper"]:has(> .st-key-ro-bar) { position: sticky; top: 0; z-index: 90; }
.st-key-ro-bar { padding: 0.5rem 0 0.4rem; flex-wrap: nowrap !important; overflow-x: auto; align-items: end;
    scrollbar-width: none; border-bottom: 1px solid rgba(128,136,148,0.25); }
.st-key-ro-bar > div { flex: 0 0 auto !important; width: auto !important; }
.st-key-ro-bar button { white-space: nowrap; min-height: 2.1rem; padding: 0.15rem 0.7rem; }
.st-key-ro-heading [data-testid="stMarkdownContainer"] { margin-bottom: 0; }
.st-key-ro-heading h1 { padding: 0; }
.st-key-ro-question p { margin: 0; font-size: 1.05rem; line-height: 1.5; }
.st-key-ro-heading [data-testid="stCaptionContainer"] p { margin: 0; }
.st-key-ro-heading [data-testid="stHorizontalBlock"] { align-items: baseline; }
.st-key-ro-heading [data-testid="stPageLink"] { min-width: fit-content; }
.st-key-ro-heading [data-testid="stPageLink"] a { padding: 0; min-height: 0; }
.st-key-ro-heading [data-testid="stPageLink"] p { font-size: 0.875rem; text-decoration: underline; }
.ro-tiles { display: grid; gap: 0.7rem; grid-template-columns: repeat(auto-fit, minmax(min(100%, 290px), 1fr)); }
/* Four stand two beside each other, not three and one. */
@media (min-width: 700px) { .ro-tiles:has(> :nth-child(4):last-child) { grid-template-columns: repeat(2, 1fr); } }
.ro-tile-card { padding: 0.45rem 0.9rem; gap: 0; }
.ro-tile-label { font-size: 0.9rem; } .ro-tile-line { display: flex; justify-content: space-between; align-items: center; }
.ro-tile-line .ro-value { font-size: 1.6rem; } .ro-change { font-size: 0.86rem; font-weight: 600; line-height: 1.35; }
.ro-tile-card p { margin: 0.3rem 0 0; }
.ro-month { border-collapse: collapse; width: 100%; max-width: 860px; font-variant-numeric: tabular-nums; font-size: 0.92rem; }
.ro-month :is(td, th) { text-align: left; padding: 0.18rem 0.7rem 0.18rem 0; border-bottom: 1px solid rgba(128,136,148,0.3);
    font-weight: 400; } .ro-month thead th { font-weight: 600; } .ro-month .ro-unusual :is(td, th) { font-weight: 700; }
.ro-month :is(td, th):is(:nth-child(2), :nth-child(3)) { text-align: right; padding-right: 1.6rem; }
@media (min-width: 641px) { .ro-month :is(td, th):is(:nth-child(2), :nth-child(3)) { white-space: nowrap; } }
@media (max-width: 640px) { .ro-month { display: block; } .ro-month thead { display: none; }
    .ro-month :is(table, tbody, tr, td, th) { display: block; text-align: left !important; padding-right: 0 !important; border: none; }
    .ro-month tr { border-bottom: 1px solid rgba(128,136,148,0.35); padding: 0.4rem 0; }
    .ro-month td[data-head]::before { content: attr(data-head) ": "; opacity: 0.86; } .ro-month td:empty { display: none; } }
.ro-month a { color: inherit; text-decoration: underline; }
.st-key-ro-sentence-answer p { font-size: 1.05rem !important; line-height: 1.4 !important; }
@media (max-width: 640px) { .st-key-ro-heading h1 { font-size: 1.3rem !important; }
    .st-key-ro-bar { margin: 0 2.6rem 0 2.8rem; width: auto; } [data-testid="stLayoutWrapper"]:has(> .st-key-ro-bar) { margin: 0 -1rem; } }
@media print { .st-key-ro-bar { display: none !important; } }
"""


def frame_style(is_dark: bool) -> str:
    """The styles as HTML, with each group's name over its first page."""
    hidden = hidden_pages()
    groups = "".join(
        f'[data-testid="stSidebarNavItems"] li:has(a[href$="/{first.name}"])::before {{ content: "{name}"; '
        "display: block; font-size: 0.75rem; font-weight: 600; letter-spacing: 0.06em; text-transform: uppercase; "
        "opacity: 0.8; padding: 0.7rem 0.5rem 0.15rem; }"
        for name, entries in GROUPS.items()
        for first in [next(entry for entry in entries if entry.name not in hidden)]
    )
    ground = (
        '[data-testid="stLayoutWrapper"]:has(> .st-key-ro-bar) '
        f"{{ background: {GROUND[is_dark]}; }}"
    )
    return f"<style>{FRAME.replace('PRODUCT', PRODUCT)}{groups}{ground}</style>"
