"""The only caching: settings, the live snapshot, what the core makes for a page, and charts, by everything that decides them."""

import atexit
import dataclasses
import gc
import inspect
import pickle
from collections.abc import Callable, Hashable, Mapping
from datetime import date
from enum import Enum
from functools import cache
from hashlib import sha256
from typing import Any, Protocol, TypeVar

import streamlit as st

from outcomes.registry.database import Registry
from outcomes.settings import Settings
from outcomes.store.snapshot import Snapshot, shown_snapshot
from pages.shell.markdown import plain_figure
from pages.shell.server_settings import read_settings

MOST_CACHED = 10_000
# A chart takes about a hundred kilobytes.
MOST_DRAWN = 500
Made = TypeVar("Made")


class Asking(Protocol):
    """A run of a page, as far as what is made for it goes."""

    # what functions of the core get from the page, by the name of their parameter
    given: Mapping[str, object]
    # what was made in this run, by its key
    made: dict[str, Any]


@st.cache_resource(show_spinner=False)
def settings() -> Settings:
    """The settings of this server."""
    return read_settings()


@st.cache_resource(show_spinner=False)
def freeze_gc() -> None:
    """Take what start-up made out of the garbage collector's sight; Streamlit runs it after every rerun."""
    gc.collect()
    gc.freeze()
    # At the end everything is given back, or libraries complain of leaks.
    atexit.register(gc.unfreeze)


def snapshot() -> tuple[Snapshot, str]:
    """The snapshot to show, and why loading is broken where it is; asked for once a run, so that no page shows two."""
    return shown_snapshot(settings().store)


def cached(page: Asking, make: Callable[..., Made], *args: object) -> Made:
    """What a function of the core makes for the page; made once for all sessions that ask for the same.

    Its parameters that the page can give (snapshot, selection, rule ... by name) are filled in, the others get the
    arguments in order. All of them decide what is made, so each is part of the key. Raises TypeError where one is
    no text, number, date, word of a closed list, tuple or frozen record of these, and where arguments are left over.
    """
    named = _named_arguments(make, page.given, args)
    key = repr((_name_of(make), *((name, _key_of(value)) for name, value in named.items())))
    if key not in page.made:
        page.made[key] = _made(make, named, key)
    made: Made = page.made[key]
    return made


# A snapshot is known by its name in the key, for its content never changes.
@st.cache_data(show_spinner=False, max_entries=MOST_CACHED)
def _made(_make: Callable[..., Made], _named: dict[str, object], key: str) -> Made:
    return _make(**_named)


def drawn(draw: Callable[..., object], is_dark: bool) -> Any:
    """A chart as a page shows it, drawn once for all sessions that draw the same numbers; nobody may change it.

    A Plotly figure whose texts hold no markup, or HTML. To draw it takes longer than to count it. Raises
    TypeError where the function that draws is none of a module, or holds what cannot be told apart.
    """
    try:
        key = sha256(pickle.dumps(draw)).hexdigest()
    except (AttributeError, pickle.PicklingError) as error:
        raise TypeError(
            f"Expected a function of a module with its arguments, to keep a chart by, found [{error}]; define one."
        ) from error
    return _drawn(draw, is_dark, key)


@st.cache_resource(show_spinner=False, max_entries=MOST_DRAWN)
def _drawn(_draw: Callable[..., object], is_dark: bool, key: str) -> Any:
    figure = _draw(is_dark=is_dark)
    return figure if isinstance(figure, str) else plain_figure(figure)


def _named_arguments(
    make: Callable[..., object], given: Mapping[str, object], args: tuple[object, ...]
) -> dict[str, object]:
    names = _parameters(make)
    asked = [name for name in names if name not in given]
    if len(args) > len(asked):
        raise TypeError(
            f"Expected at most {len(asked)} arguments for {make.__qualname__} beside what the page gives, "
            f"found [{len(args)}]; leave out {', '.join(given)}."
        )
    left = dict(zip(asked, args, strict=False))
    return {**{name: given[name] for name in names if name in given}, **left}


@cache
def _parameters(make: Callable[..., object]) -> tuple[str, ...]:
    return tuple(inspect.signature(make).parameters)


def _name_of(make: Callable[..., object]) -> str:
    if not inspect.isfunction(make) or "<" in make.__qualname__:
        raise TypeError(
            f"Expected a function of a module, which has a name of its own, found [{make!r}]; define one."
        )
    return f"{make.__module__}.{make.__qualname__}"


def _key_of(value: object) -> object:
    """The value as something whose repr tells it from every other one."""
    if value is None or isinstance(value, str | int | float | date | Enum):
        return value
    if isinstance(value, Snapshot):
        return value.name
    if isinstance(value, Registry):
        return value.fingerprint
    if isinstance(value, tuple):
        return tuple(map(_key_of, value))
    # A record that can be changed has no hash.
    if dataclasses.is_dataclass(value) and isinstance(value, Hashable):
        fields = dataclasses.fields(value)
        return (type(value).__name__, *(_key_of(getattr(value, field.name)) for field in fields))
    raise TypeError(
        "Expected a text, number, date, word of a closed list, tuple or frozen record to keep a result by, "
        f"found [{type(value).__name__}]; pass what it is made from instead."
    )
