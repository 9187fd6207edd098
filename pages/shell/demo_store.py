"""A store that can be read: the demonstration where there is none, a new snapshot where it is out of date."""

import threading

import streamlit as st

from outcomes.store.publish import publish_anew
from outcomes.store.snapshot import OutdatedSnapshot, live_snapshot, live_snapshot_name
from pages.shell.cache import settings

_preparing = threading.Lock()


def ensure_store() -> None:
    """Write and load the made-up demonstration where nothing has been published yet, saying so."""
    if live_snapshot_name(settings().store) is not None:
        _renew_outdated()
        return
    from outcomes.demo.load import load_demonstration

    words = "Preparing made-up demonstration data, once; this takes about 20 seconds."
    bar = st.progress(0.0, text=words)
    with _preparing:
        if live_snapshot_name(settings().store) is None:
            load_demonstration(
                settings(), 2026, lambda step, share: bar.progress(share, text=f"{words} {step}")
            )
    bar.empty()
    st.rerun()


def _renew_outdated() -> None:
    """Publish anew what an earlier version published, from the warehouse, saying so."""
    try:
        live_snapshot(settings().store)
    except OutdatedSnapshot:
        words = "Publishing anew: the stored snapshot is of an earlier version. This takes some seconds."
        with st.spinner(words), _preparing:
            publish_anew(settings().store)
        st.rerun()
