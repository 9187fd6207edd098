"""Tiles and the month's table as HTML: a headline figure with its change and its line of months; usual or unusual."""

from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from outcomes.analyses.control_charts.this_month import MonthReading
from outcomes.answers.recent_months import RecentMonth
from outcomes.presentation.tiles import Tile
from pages.shell.cards import ACCENT, TONE_COLOURS, methods_link

# A line of months, in its own units.
WIDTH, HEIGHT, EDGE = 150.0, 34.0, 4.0
GAP = "rgba(128,136,148,0.28)"


def tiles_html(tiles: Sequence[Tile], is_dark: bool) -> str:
    """The tiles, three beside each other where there is room."""
    return f'<div class="ro-tiles">{"".join(_tile(each, is_dark) for each in tiles)}</div>'


def _tile(each: Tile, is_dark: bool) -> str:
    colour = TONE_COLOURS[is_dark].get(each.tone)
    style = f' style="color:{colour}"' if colour else ""
    counts = "; ".join(part for part in (each.counts, each.limit) if part)
    more = [*each.more, each.line_words] if each.line_words else each.more
    return (
        '<div class="ro-card ro-tile-card">'
        f'<div class="ro-tile-label">{escape(each.label)}</div>'
        f'<div class="ro-tile-line"><div class="ro-value">{escape(each.value)}</div>{_line(each, is_dark)}</div>'
        f'<div class="ro-quiet">{escape(counts)}</div>'
        f'<div class="ro-change"{style}>{escape(each.change)}</div>'
        f"<details><summary>How sure?</summary>"
        f"{''.join(f'<p>{escape(text)}</p>' for text in more)}{methods_link(each.key)}</details></div>"
    )


def _line(each: Tile, is_dark: bool) -> str:
    """The line of months as a picture, for the browser takes no drawing out of a page's text."""
    drawn = line_svg(each.months, is_dark)
    if not drawn:
        return ""
    return f'<img src="data:image/svg+xml,{quote(drawn)}" alt="{escape(each.line_words)}">'


def line_svg(months: Sequence[RecentMonth], is_dark: bool) -> str:
    """A line of months from the least to the most, gaps as bands, a dot at the last; empty for fewer than two values."""
    values = [month.value for month in months if month.value is not None]
    if len(values) < 2:
        return ""
    least, most = min(values), max(values)
    step = (WIDTH - 2 * EDGE) / (len(months) - 1)
    parts: list[str] = []
    run: list[tuple[float, float]] = []
    for place, month in enumerate(months):
        across = EDGE + place * step
        if month.value is None:
            parts += _run(run, is_dark)
            run = []
            parts.append(
                f'<rect x="{across - step / 2:.1f}" y="0" width="{step:.1f}" height="{HEIGHT:g}" fill="{GAP}"/>'
            )
            continue
        part = (month.value - least) / (most - least) if most > least else 0.0
        run.append((across, HEIGHT - EDGE - part * (HEIGHT - 2 * EDGE)))
    parts += _run(run, is_dark)
    if run:
        across, down = run[-1]
        parts.append(f'<circle cx="{across:.1f}" cy="{down:.1f}" r="3" fill="{ACCENT[is_dark]}"/>')
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH:g} {HEIGHT:g}" width="{WIDTH:g}" height="{HEIGHT:g}">'
        f"{''.join(parts)}</svg>"
    )


def _run(points: Sequence[tuple[float, float]], is_dark: bool) -> list[str]:
    """Months in a row as a line; one alone as a dot."""
    if len(points) == 1:
        across, down = points[0]
        return [f'<circle cx="{across:.1f}" cy="{down:.1f}" r="1.5" fill="{ACCENT[is_dark]}"/>']
    drawn = " ".join(f"{across:.1f},{down:.1f}" for across, down in points)
    stroke = f'fill="none" stroke="{ACCENT[is_dark]}" stroke-width="1.8"'
    return [f'<polyline points="{drawn}" {stroke}/>'] if points else []


def month_html(readings: Sequence[MonthReading], links: Sequence[str]) -> str:
    """The latest full month of each figure as a table; a figure's name leads to its page."""
    month = max(reading.month for reading in readings)
    rows = "".join(
        f'<tr{" class=ro-unusual" if each.side and not each.is_together else ""}><th scope="row"><a href="{escape(link)}" target="_self">'
        f"{escape(each.label)}</a>{'' if each.month == month else f' ({each.month:%b %Y})'}</th>"
        f'<td data-head="{month:%B}">{escape(each.value)}</td><td data-head="Usual range">{escape(each.usual)}</td>'
        f'<td><span aria-hidden="true">{_sign(each)}</span> {escape(each.word)}</td></tr>'
        for each, link in zip(readings, links, strict=True)
    )
    return (
        f'<table class="ro-month"><thead><tr><th scope="col">Measure</th><th scope="col">{month:%B}</th>'
        '<th scope="col">Usual range</th><th scope="col">Reading</th></tr></thead>'
        f"<tbody>{rows}</tbody></table>"
    )


def _sign(reading: MonthReading) -> str:
    """A shape for each reading, so that none is told by color: a triangle where unusual, a ring where ordinary."""
    if reading.side is None:
        return "○" if reading.usual else "–"
    return "▲" if reading.side.value == "high" else "▼"
