"""A store that can be read: the demonstration where there is none, a new snapshot where it is out of date."""

import threading

import streamlit as st

from outcomes.store.folder import broken_off_restore, is_begun
from outcomes.store.publish import publish_anew
from outcomes.store.snapshot import OutdatedSnapshot, shown_snapshot
from pages.shell.cache import settings
from pages.shell.markdown import escape_markdown

_preparing = threading.Lock()


def ensure_store() -> None:
    """Write and load the made-up demonstration where there is no store yet, saying so; never into one that is broken."""
    store = settings().store
    if is_begun(store) or broken_off_restore(store):
        _renew_outdated()
        return
    from outcomes.demo.load import load_demonstration

    words = "Preparing made-up demonstration data, once; this takes about 20 seconds."
    bar = st.progress(0.0, text=words)
    with _preparing:
        if not is_begun(store):
            load_demonstration(
                settings(),
                2026,
                lambda step, share: bar.progress(share, text=f"{words} {escape_markdown(step)}"),
            )
    bar.empty()
    st.rerun()


def _renew_outdated() -> None:
    """Publish anew what an earlier version published, from the warehouse, saying so."""
    try:
        shown_snapshot(settings().store)
    except OutdatedSnapshot:
        words = "Publishing anew: the stored snapshot is of an earlier version. This takes some seconds."
        with st.spinner(words), _preparing:
            publish_anew(settings().store, settings().publishing)
        st.rerun()
