"""Two buttons that copy: the sentence to be read aloud, and the citation with all that is needed to check it."""

from html import escape

import streamlit as st

# The one script of our own. The door lets it run by its hash; it reads what a button holds, and nothing else.
COPY_SCRIPT = """
if (!window.roCopies) {
  window.roCopies = true;
  // A chart takes the width of the sheet: its drawing gets the size that it has as the one that it is scaled from.
  window.addEventListener("beforeprint", () => {
    for (const drawing of document.querySelectorAll(".js-plotly-plot .main-svg")) {
      const [width, height] = [drawing.getAttribute("width"), drawing.getAttribute("height")];
      drawing.setAttribute("viewBox", `0 0 ${width} ${height}`);
      drawing.parentElement.style.setProperty("--ro-shape", `${width} / ${height}`);
    }
  });
  const said = (button, words) => {
    const before = button.textContent;
    button.textContent = words;
    setTimeout(() => { button.textContent = before; }, 1500);
  };
  const old = (text) => {
    const field = document.createElement("textarea");
    field.value = text;
    document.body.append(field);
    field.select();
    const done = document.execCommand("copy");
    field.remove();
    return done ? Promise.resolve() : Promise.reject();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest && event.target.closest("button[data-copied]");
    if (!button) return;
    const text = button.dataset.copied;
    const copy = navigator.clipboard ? navigator.clipboard.writeText(text).catch(() => old(text)) : old(text);
    copy.then(() => said(button, "Copied"), () => said(button, "Not copied"));
  });
}
"""


def offer_words(sentence: str, citation: str) -> None:
    """A button for each that there is; what it copies is said where the pointer rests."""
    buttons = "".join(
        f'<button type="button" class="ro-copy" aria-label="{name}, to copy" title="{escape(words)}" data-copied="{escape(words)}">{name}</button>'
        for name, words in (("Sentence", sentence), ("Citation", citation))
        if words
    )
    if buttons:
        st.html(f'<div class="ro-copies">{buttons}</div>', width="content")


def listen_for_copies() -> None:
    """Let the buttons of the page copy; once a page, at its end."""
    st.html(f"<script>{COPY_SCRIPT}</script>", unsafe_allow_javascript=True)
