"""The page of a figure: plain HTML that needs neither Streamlit nor a script, and prints on paper as it stands."""

import hashlib
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

import pandas

from outcomes.figures.files import (
    FILES,
    PICTURES,
    PRODUCT,
    citation_text,
    endings_of,
    permanent_address,
)
from outcomes.figures.record import FigureRecord, read_record
from outcomes.figures.since import Since, State
from outcomes.presentation.tables import number_columns
from outcomes.store.figure_files import address_of
from outcomes.vocabulary.log import View

# So many rows of a table stand on the page; the record has them all.
MOST_ROWS = 60
WEB_ADDRESS = re.compile(r"https?://[^\s\"<>]+")
STATE_CLASS = {
    State.SAME: "same",
    State.CHANGED: "changed",
    State.CANNOT: "cannot",
    State.NOT_COMPARED: "not-compared",
}
# Where this product itself defines a metric.
OWN = "own"
PROGRAM_ONLY = "Program view: for the agency's own staff, not for release."


@dataclass(frozen=True)
class LivePage:
    """The page that shows the same selection as it is now."""

    title: str
    # its address, from where the figure's page stands
    address: str


def figure_page(content: bytes, root: str, since: Since, live: LivePage | None) -> str:
    """The whole page of a figure that was kept with that content; the root is the address of the pages."""
    record, address = read_record(content), address_of(content)
    parts = (
        f'<p class="brand"><b>{PRODUCT}</b> <span>Figure <code>{address}</code></span></p>',
        *_banners(record),
        f"<h1>{escape(record.title)}</h1>",
        _who(record),
        f'<p class="lead">{escape(record.sentence)}</p>' if record.sentence else "",
        *_figures(record, address),
        *_paragraphs(record.caption, "quiet"),
        _section("What has changed since", _since(since, live)),
        _section("Cite this figure", _citing(record, address, root)),
        _section("Take it away", _files(record, address), "away"),
        _section("The numbers", "".join(map(_table, record.tables))) if record.tables else "",
        _section("Definition", "".join(map(_definition, record.definitions)))
        if record.definitions
        else "",
        _section("What to know before quoting", _bullets(record.notes)) if record.notes else "",
        _section("Where it is from", _origin(record, content)),
    )
    return _document(record, address, root, "".join(parts))


def embedded_page(content: bytes, root: str) -> str:
    """The figure without a frame, for another site: title, picture, mark, source, and the link to its whole page."""
    record, address = read_record(content), address_of(content)
    link = (
        f'<p class="quiet"><a href="{escape(permanent_address(address, root))}" target="_blank" rel="noopener">'
        "The whole figure, with definition, numbers and source</a></p>"
    )
    parts = (
        *_banners(record),
        f"<h1>{escape(record.title)}</h1>",
        _who(record),
        *(
            _figures(record, address)
            or [f"<p>{escape(record.sentence)}</p>", *map(_table, record.tables[:1])]
        ),
        *_paragraphs([record.source], "quiet"),
        link,
    )
    return _document(record, address, root, "".join(parts), "embed")


def _document(record: FigureRecord, address: str, root: str, body: str, kind: str = "") -> str:
    made_up = "Made up: " if record.mark else ""
    hidden = "" if record.view == View.PUBLIC else '<meta name="robots" content="noindex">'
    return (
        '<!doctype html>\n<html lang="en-US"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(f'{made_up}{record.title} · {record.who} · {PRODUCT}')}</title>"
        f'<meta name="description" content="{escape(" ".join(filter(None, (record.mark, record.sentence))))}">'
        # Or the browser asks the pages for a symbol, and is given a visitor's mark with it.
        f'{hidden}<link rel="icon" href="data:,">'
        f'<link rel="canonical" href="{escape(permanent_address(address, root))}">'
        f'<style>{_style()}</style></head><body class="{kind}"><main>{body}</main></body></html>\n'
    )


@cache
def _style() -> str:
    return Path(__file__).with_name("page.css").read_text(encoding="utf-8")


def _section(heading: str, body: str, kind: str = "") -> str:
    return f'<section class="{kind}"><h2>{heading}</h2>{body}</section>'


def _paragraphs(texts: Iterable[str], kind: str = "") -> list[str]:
    return [f'<p class="{kind}">{escape(text)}</p>' for text in texts if text]


def _bullets(texts: Iterable[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(text)}</li>' for text in texts)}</ul>"


def _banners(record: FigureRecord) -> list[str]:
    is_open = record.view == View.PUBLIC
    return _paragraphs((record.mark, "" if is_open else PROGRAM_ONLY), "banner")


def _who(record: FigureRecord) -> str:
    who = " · ".join(part for part in (record.who, record.period) if part)
    return f'<p class="who">{escape(who)}</p>'


def _file_address(address: str, ending: str, place: int) -> str:
    """Where a file of the figure is, from its page; the first of several pictures has no number."""
    return f"{address}-{place + 1}.{ending}" if place else f"{address}.{ending}"


def _figures(record: FigureRecord, address: str) -> list[str]:
    """Each picture, narrow on a phone, with what its marks mean under it."""
    found = []
    for place, picture in enumerate(record.pictures):
        name = _file_address(address, "svg", place)
        said = [picture["title"], *picture["over"], *picture["under"]]
        told = [
            text for text in said if text not in (*record.caption, record.source, record.sentence)
        ]
        found.append(
            f'<figure><picture><source media="(max-width: 640px)" srcset="{name}?bare=phone">'
            f'<img src="{name}?bare=wide" alt="{escape(picture["alt"])}"></picture>'
            f"<figcaption>{'<br>'.join(map(escape, told))}</figcaption></figure>"
        )
    return found


def _since(since: Since, live: LivePage | None) -> str:
    said = "".join(_paragraphs(since.sentences))
    link = (
        f'<p class="live"><a href="{escape(live.address)}">The same selection as it is now: {escape(live.title)}</a></p>'
        if live
        else ""
    )
    return f'<div class="since {STATE_CLASS[since.state]}">{said}</div>{link}'


def _citing(record: FigureRecord, address: str, root: str) -> str:
    where = permanent_address(address, root)
    return (
        "<p>This address shows this figure as it is here, whatever is loaded later.</p>"
        f'<p class="address"><code>{escape(where)}</code></p>'
        f"<blockquote>{escape(citation_text(record, address, root))}</blockquote>"
    )


def _files(record: FigureRecord, address: str) -> str:
    items = []
    for ending in endings_of(record):
        count = len(record.pictures) if ending in PICTURES else 1
        for place in range(count):
            words = f"{FILES[ending].name}{f' {place + 1}' if count > 1 else ''}"
            items.append(f'<li><a href="{_file_address(address, ending, place)}">{words}</a></li>')
    return f'<ul class="files">{"".join(items)}</ul>'


def _table(table: dict[str, Any]) -> str:
    """A table with its heading; the first column names the rows, and addresses of the web are links."""
    columns, rows = list(table["columns"]), table["rows"]
    linked = columns.index("Address") if "Address" in columns and "Source" in columns else None
    shown = [place for place in range(len(columns)) if place != linked]
    numbers = number_columns(pandas.DataFrame(rows))

    def classed(place: int) -> str:
        return ' class="number"' if place in numbers else ""

    def cell(row: list[str], place: int) -> str:
        words = escape(row[place])
        if linked is not None and columns[place] == "Source" and WEB_ADDRESS.fullmatch(row[linked]):
            words = f'<a href="{escape(row[linked])}">{words}</a>'
        name = place == shown[0]
        return f'<th scope="row">{words}</th>' if name else f"<td{classed(place)}>{words}</td>"

    head = "".join(
        f'<th scope="col"{classed(place)}>{escape(columns[place]) or "&nbsp;"}</th>'
        for place in shown
    )
    body = "".join(
        f"<tr>{''.join(cell(row, place) for place in shown)}</tr>" for row in rows[:MOST_ROWS]
    )
    caption = f"<caption>{escape(table['title'])}</caption>" if table["title"] else ""
    more = (
        f'<p class="quiet">{MOST_ROWS} of {len(rows):,} rows; the JSON has them all.</p>'
        if len(rows) > MOST_ROWS
        else ""
    )
    return (
        f'<div class="scroll" tabindex="0" role="region" aria-label="{escape(table["title"] or "Table")}"><table>{caption}'
        f"<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>{more}"
    )


def _definition(told: dict[str, str]) -> str:
    rows = [
        (name.capitalize(), told[name])
        for name in ("definition", "includes", "excludes", "caution", "source")
        if told[name] and told[name] != OWN
    ]
    return f"<h3>{escape(told['label'])}</h3>{_pairs(rows)}"


def _origin(record: FigureRecord, content: bytes) -> str:
    logs = [
        (
            "Log",
            "; ".join(
                part
                for part in (
                    log["name"],
                    f"data owner {log['data_owner']}" if log["data_owner"] else "",
                    f"loaded {log['loaded']}" if log["loaded"] else "",
                    f"files {', '.join(log['files'])}" if log["files"] else "",
                )
                if part
            ),
        )
        for log in record.logs
    ]
    rows = [
        *((name, words) for name, words in record.chosen),
        ("Data", record.data),
        ("Source", record.source.removeprefix("Source: ")),
        *logs,
        ("Snapshot", record.snapshot),
        ("Made with", f"{PRODUCT} {record.version}"),
        ("SHA-256 of the JSON", hashlib.sha256(content).hexdigest()),
    ]
    return _pairs(rows)


def _pairs(rows: Iterable[tuple[str, str]]) -> str:
    told = "".join(f"<dt>{escape(name)}</dt><dd>{escape(words)}</dd>" for name, words in rows)
    return f"<dl>{told}</dl>"
