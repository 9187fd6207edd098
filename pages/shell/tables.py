"""show_table: rows of texts as a table of the page, whose cells are shown as they are written."""

from html import escape

import pandas
import streamlit as st
from pandas.api.types import is_numeric_dtype

from outcomes.presentation.tables import number_columns
from pages.shell.markdown import is_web_address


def show_table(rows: pandas.DataFrame, is_stacked: bool = False) -> None:
    """Draw rows as a table: numbers to the right, and row names first where the index is no count.

    A column Address is not shown: it links the column Source where it holds an address of the web. Where there is little room a
    table that has one, or that is stacked, shows its cells below each other, each with its heading. It is one piece of
    HTML, for a browser takes ten times as long for a table of Streamlit's, whose every cell is Markdown.
    """
    has_links = "Address" in rows
    shown = rows.drop(columns="Address") if has_links else rows
    addresses = list(rows["Address"]) if has_links else []
    has_names = not is_numeric_dtype(shown.index)
    heads = [str(name) for name in shown.columns]
    numbers = set(number_columns(shown))
    linked = heads.index("Source") if has_links else -1
    parts = ["<thead><tr>", "<td></td>" if has_names else ""]
    parts += [
        _cell("th", "col", escape(name), place in numbers) for place, name in enumerate(heads)
    ]
    parts.append("</tr></thead><tbody>")
    for at, (name, *cells) in enumerate(shown.itertuples(name=None)):
        parts.append("<tr>")
        if has_names:
            parts.append(_cell("th", "row", escape(str(name)), is_number=False))
        for place, cell in enumerate(cells):
            words = _link(cell, addresses[at]) if place == linked else escape(str(cell))
            parts.append(_cell("td", heads[place], words, place in numbers))
        parts.append("</tr>")
    parts.append("</tbody>")
    kind = "ro-table ro-stacked" if is_stacked or has_links else "ro-table"
    st.html(f'<div class="{kind}"><table>{"".join(parts)}</table></div>')


def _cell(tag: str, of: str, words: str, is_number: bool) -> str:
    """A cell of escaped words: a heading with its scope, or one of the rows with the heading that it stands under."""
    about = f'data-head="{escape(of)}"' if tag == "td" else f'scope="{of}"'
    number = ' class="ro-number"' if is_number else ""
    return f"<{tag} {about}{number}>{words}</{tag}>"


def _link(words: object, address: object) -> str:
    said = escape(str(words))
    if not is_web_address(address):
        return said
    return f'<a href="{escape(str(address))}" target="_blank" rel="noopener noreferrer">{said}</a>'
