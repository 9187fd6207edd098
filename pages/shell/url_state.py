"""What a reader has chosen: kept in the address and across pages. The only reader and writer of both."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any

import streamlit as st

from pages.shell.markdown import escape_markdown

PAGE_KEY = "page_of_bar"
# So many of our own addresses are known again: a quick hand is some runs ahead of what the browser shows.
MOST_WRITTEN = 30
WIDGET = "bar"


class UrlState:
    """The choices of one bar: a dictionary of texts, written to the address where they differ from the default."""

    def __init__(
        self,
        name: str,
        defaults: dict[str, str],
        more: tuple[str, ...] = (),
        beginning: dict[str, str] | None = None,
    ) -> None:
        self._name = name
        self.defaults = defaults
        # what is chosen where neither address nor session says anything
        self._beginning = {**defaults, **(beginning or {})}
        # keys of the widgets that may be drawn: one a choice, unless a bar draws more
        self._drawn = (*defaults, *more)

    def arrive(self, page_name: str) -> None:
        """Forget the widgets of another page: a widget's state does not outlive its page."""
        if st.session_state.get(PAGE_KEY) != page_name:
            self.forget_widgets()
            st.session_state[PAGE_KEY] = page_name

    def current(self) -> dict[str, str]:
        """What was chosen so far: the address where it was changed from outside, else the session's own."""
        known = st.session_state.get(f"chosen_{self._name}")
        if self.is_from_address():
            self.forget_widgets()
            return {**self.defaults, **self._said()}
        return dict(self._beginning if known is None else known)

    def is_beginning(self) -> bool:
        """Whether nothing was chosen yet: the session is new, and its address says nothing."""
        return f"chosen_{self._name}" not in st.session_state and not self._said()

    def is_from_address(self) -> bool:
        """Whether the address says what is chosen: a link, or the browser's way back to an earlier choice."""
        said, written = self._said(), st.session_state.get(f"written_{self._name}", [])
        if not said or (written and said == written[-1]):
            return False
        # After a quick click the address is some runs behind; on the way back no widget was touched.
        return said not in written or not self._is_touched()

    def _said(self) -> dict[str, str]:
        """What the address says, by its keys."""
        said: dict[str, list[str]] = {}
        for key in st.query_params:
            said.setdefault(key.strip().casefold(), []).extend(st.query_params.get_all(key))
        return {key: ",".join(said[key]) for key in self.defaults if key in said}

    def _is_touched(self) -> bool:
        """Whether the reader changed a widget of the bar since it was last drawn."""
        drawn: dict[str, object] = st.session_state.get(f"drawn_{self._name}", {})
        return any(st.session_state.get(widget, value) != value for widget, value in drawn.items())

    def forget_widgets(self) -> None:
        """Let every widget start from what was chosen."""
        for key in self._drawn:
            st.session_state.pop(self._widget(key), None)

    def keep(self, key: str, value: object, allowed: list[Any] | None = None) -> str:
        """The widget's key, given the value where the widget is new on this page or its own is not allowed."""
        widget = self._widget(key)
        if widget not in st.session_state or (
            allowed is not None and st.session_state[widget] not in allowed
        ):
            st.session_state[widget] = value
        return widget

    def held(self, key: str) -> object:
        """What a widget that is drawn further down already holds in this run; None where it is new."""
        return st.session_state.get(self._widget(key))

    def write(self, chosen: dict[str, str], query: dict[str, str]) -> None:
        """Keep the choice in the session, and the query in the address."""
        st.session_state[f"chosen_{self._name}"] = dict(chosen)
        written = [*st.session_state.get(f"written_{self._name}", []), query]
        st.session_state[f"written_{self._name}"] = written[-MOST_WRITTEN:]
        widgets = [self._widget(key) for key in self._drawn]
        st.session_state[f"drawn_{self._name}"] = {
            widget: st.session_state[widget] for widget in widgets if widget in st.session_state
        }
        present = {key: ",".join(st.query_params.get_all(key)) for key in st.query_params}
        if present != query:
            st.query_params.from_dict(query)

    def short(self, chosen: dict[str, str]) -> dict[str, str]:
        """What has to stand in the address: everything that is not as it is by default."""
        return {key: value for key, value in chosen.items() if value != self.defaults[key]}

    def understood(
        self,
        allowed: Mapping[str, Collection[str]],
        several: Collection[str] = (),
        closed: Mapping[str, str] | None = None,
    ) -> tuple[dict[str, str], list[str]]:
        """What was chosen with everything that is not allowed set back, and a sentence for each; several have commas.

        What closed names is set to the word there, not to its default, where it is anything that is not known.
        """
        chosen, complaints = self.current(), []
        for key, word in (closed or {}).items():
            if chosen[key] not in allowed[key]:
                complaints.append(
                    f"The link asks for {key.replace('_', ' ')} [{chosen[key][:80]}], which is not there."
                )
                chosen[key] = word
        for key, known in allowed.items():
            words = chosen[key].split(",") if key in several else [chosen[key]]
            if any(word and word not in known for word in words):
                complaints.append(
                    f"The link asks for {key.replace('_', ' ')} [{chosen[key][:80]}], which is not there."
                )
                kept = [word for word in words if word in known]
                chosen[key] = ",".join(kept) if key in several else self.defaults[key]
        return chosen, complaints

    def _widget(self, key: str) -> str:
        """Key of the widget; it differs by page, so that the browser makes a new one."""
        return f"{WIDGET}_{key}_{st.session_state.get(PAGE_KEY, '')}"


def complain(complaints: Iterable[str], then: str = "") -> None:
    """Say what a link got wrong, and what is done then."""
    for complaint in complaints:
        st.warning(escape_markdown(f"{complaint} {then}".strip()), icon=":material/link_off:")
