"""Cards as HTML: value in large type, counts, the interval as a thin bar with a point, change in words."""

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from outcomes.answers.answer import Answer
from outcomes.answers.period_change import Tone
from outcomes.metrics.definition import Statistic
from outcomes.presentation.exhibit import Card
from outcomes.presentation.sentences import headline

TONE_WORDS = {Tone.CONCERN: "Look into this", Tone.IMPROVEMENT: "Improved", Tone.NEUTRAL: ""}
# Contrast of 4.5:1 or more on the ground of each theme.
TONE_COLOURS = {
    False: {Tone.CONCERN: "#A63C00", Tone.IMPROVEMENT: "#1B6B3A"},
    True: {Tone.CONCERN: "#F6A06B", Tone.IMPROVEMENT: "#7FD6A0"},
}
ACCENT = {False: "#1B4F8F", True: "#7FB0EE"}
RANGE = {False: "#8FB2DC", True: "#3E6699"}

# Shares above this one stand on a scale from 0 to 100%, so that cards can be held against each other.
WHOLE_SCALE = 0.1


def cards_html(
    answers: list[Answer],
    counts: set[str],
    is_dark: bool,
    beside: dict[str, Answer] | None = None,
) -> str:
    """The cards of the answers, side by side where there is room; counts names those that show a count.

    An answer that stands beside another, by the other's key, has its value and interval on its card.
    """
    keyed = [(answer.metric.key, answer) for answer in answers]
    cards = "".join(
        _card(answer, key in counts, is_dark, (beside or {}).get(key)) for key, answer in keyed
    )
    return f'<div class="ro-cards">{cards}</div>'


def _card(answer: Answer, is_count: bool, is_dark: bool, beside: Answer | None = None) -> str:
    texts = headline(answer, is_count)
    metric = answer.metric
    colour = TONE_COLOURS[is_dark].get(texts.tone)
    word = TONE_WORDS[texts.tone]
    change = escape(f"{word}: {_small(texts.change)}" if word and texts.change else texts.change)
    style = f' style="color:{colour};opacity:1"' if colour else ""
    parts = [
        f'<div class="ro-label">{escape(texts.label)}</div>',
        f'<div class="ro-value">{escape(texts.value)}</div>',
        f'<div class="ro-quiet">{escape(texts.counts)}</div>' if texts.counts else "",
        "" if is_count else _bar(answer, is_dark),
        f'<div class="ro-quiet">{escape(texts.interval)}</div>' if texts.interval else "",
        f'<div class="ro-quiet">{escape(texts.bounds)}</div>' if texts.bounds else "",
        f'<div class="ro-quiet"{style}>{change}</div>' if texts.change else "",
        _beside(beside) if beside and texts.has_value else "",
        "<details><summary>Definition</summary>"
        f"<p>{escape(metric.definition)} <b>In:</b> {escape(metric.includes)}. "
        f"<b>Out:</b> {escape(metric.excludes)}. {escape(metric.caution)} "
        f"<b>Source:</b> {escape(metric.source)}.</p>{methods_link(metric.key)}</details>",
    ]
    return f'<div class="ro-card">{"".join(parts)}</div>'


def methods_link(metric_key: str) -> str:
    """A link to the metric's whole definition, beside the page that shows it."""
    return f'<p><a href="methods?metric={quote(metric_key)}">Whole definition in Methods</a></p>'


def _beside(answer: Answer) -> str:
    """A second figure of the same thing, in one line: its name, value and interval."""
    texts = headline(answer)
    name = answer.metric.label.rpartition(", ")[2]
    interval = f" ({escape(_small(texts.interval))})" if texts.interval else ""
    return f'<div class="ro-quiet">{escape(name)}: <b>{escape(texts.value)}</b>{interval}</div>'


def plain_cards_html(cards: Iterable[Card]) -> str:
    """Cards of numbers that stand in no answer."""
    return f'<div class="ro-cards">{"".join(map(_plain_card, cards))}</div>'


def _plain_card(card: Card) -> str:
    lines = "".join(f'<div class="ro-quiet">{escape(line)}</div>' for line in card.lines)
    if card.source:
        title, address = card.source
        warning = f" <b>{escape(card.warning)}</b>" if card.warning else ""
        lines += (
            f'<div class="ro-quiet">Source: <a href="{escape(address)}" target="_blank" '
            f'rel="noopener noreferrer">{escape(title)}</a>.{warning}</div>'
        )
    return (
        f'<div class="ro-card"><div class="ro-label">{escape(card.label)}</div>'
        f'<div class="ro-value">{escape(card.value)}</div>{lines}</div>'
    )


def _small(text: str) -> str:
    return text[:1].lower() + text[1:]


def _bar(answer: Answer, is_dark: bool) -> str:
    """The interval on a scale from zero: to 100% for all but small shares, else to a third beyond the upper end."""
    total = answer.total
    if total.value is None or total.low is None or total.high is None or total.high <= 0:
        return ""
    if answer.metric.statistic is Statistic.ASSUMPTION_RANGE:
        scale = total.high * 1.1
    elif answer.metric.unit == "share" and total.high > WHOLE_SCALE:
        scale = 1.0
    else:
        scale = total.high * 1.35
    low, high, value = (100 * number / scale for number in (total.low, total.high, total.value))
    return (
        '<div class="ro-bar" aria-hidden="true">'
        f'<div class="ro-range" style="left:{low:.1f}%;width:{max(high - low, 0.5):.1f}%;'
        f'background:{RANGE[is_dark]}"></div>'
        f'<div class="ro-point" style="left:{value:.1f}%;background:{ACCENT[is_dark]}"></div></div>'
    )
