"""The map: one square a state, every state the same size, drawn without a network and readable on a phone."""

from html import escape
from typing import Any

from outcomes.presentation.format import count_text, decimal_text, number_range

# Steps of the scale by the least value of each, with ground and ink; contrast of ink on ground is over 4.5:1.
SCALES = {
    False: (
        ("#F1F4F8", "#4B5563"),
        ("#CFE0F3", "#12304F"),
        ("#8FB8E3", "#0B2239"),
        ("#2E6DB4", "#FFFFFF"),
        ("#143F73", "#FFFFFF"),
    ),
    True: (
        ("#1B2430", "#A9B3C1"),
        ("#24405F", "#E6EAF0"),
        ("#2F629B", "#FFFFFF"),
        ("#7FB0EE", "#0B1622"),
        ("#CBE0F9", "#0B1622"),
    ),
}
COUNT_STEPS = (0, 1, 2, 4, 10)
RATE_STEPS = (0.0, 0.01, 0.2, 0.5, 1.0)
# What the numbers of the key are.
KEY_UNITS = {"programs": "programs", "per_million": "per million residents"}


def tile_map_html(states: list[dict[str, Any]], measure: str, is_dark: bool) -> str:
    """The grid with each state's letters and number; tile_map_key says what its colors mean.

    measure is "programs" or "per_million". The number is written in each square, so color is never alone.
    """
    tiles = "".join(_tile(state, measure, is_dark) for state in states)
    return f'<ul class="ro-grid">{tiles}</ul>'


def tile_map_key(measure: str, is_dark: bool) -> list[tuple[str, str]]:
    """Each color of the map with what it means."""
    steps = _steps(measure)
    ends = zip(steps, (*steps[1:], None), strict=True)
    words = [_step_words(least, after, measure) for least, after in ends]
    return [
        (ground, f"{text} {KEY_UNITS[measure]}" if place == len(steps) - 1 else text)
        for place, ((ground, _), text) in enumerate(zip(SCALES[is_dark], words, strict=True))
    ]


def _steps(measure: str) -> tuple[float, ...]:
    return COUNT_STEPS if measure == "programs" else RATE_STEPS


def tile_of_state(
    state: dict[str, Any], measure: str, is_dark: bool
) -> tuple[str, str, str, float]:
    """A state's number as a text, its ground and ink, and its programs per million residents."""
    count = state["program_count"]
    rate = count / state["population"] * 1_000_000
    value = count if measure == "programs" else rate
    number = f"{count:,}" if measure == "programs" else decimal_text(rate, 1) if count else "0"
    step = max(place for place, least in enumerate(_steps(measure)) if value >= least)
    ground, ink = SCALES[is_dark][step]
    return number, ground, ink, rate


def _tile(state: dict[str, Any], measure: str, is_dark: bool) -> str:
    number, ground, ink, rate = tile_of_state(state, measure, is_dark)
    count = state["program_count"]
    found = (
        f"{count:,} active programs, {decimal_text(rate, 2)} per million residents"
        if count
        else "no active program found"
    )
    words = f"{state['state_name']}: {found}"
    return (
        f'<li class="ro-tile" title="{escape(words)}" style="grid-row:{state["grid_row"] + 1};'
        f'grid-column:{state["grid_column"] + 1};background:{ground};color:{ink}">'
        f"<b>{escape(state['state'])}</b><span>{number}</span></li>"
    )


def _step_words(least: float, after: float | None, measure: str) -> str:
    if not least:
        return "0: none found"
    if measure == "programs":
        if after is None:
            return f"{count_text(least)} and more"
        return count_text(least) if after - least <= 1 else number_range(least, after - 1)
    if after is None:
        return f"{decimal_text(least, 1)} and more"
    return f"under {decimal_text(after, 1)}" if least < 0.1 else number_range(least, after, 1)
