"""The record of a figure: all that an exhibit said, drew and counted, as plain data that needs neither store nor product."""

import json
import re
from collections.abc import Callable, Iterable
from dataclasses import asdict, dataclass, fields
from typing import Any

import pandas

from outcomes import __version__
from outcomes.answers.answer import Source
from outcomes.metrics.definition import Metric
from outcomes.presentation.citation import About
from outcomes.presentation.exhibit import Exhibit, Table, card_tables, label_of_answer
from outcomes.presentation.export import as_json
from outcomes.presentation.taken_away import (
    citation_of,
    csv_of,
    picture_data,
    sentence_of,
    title_of,
)
from outcomes.selection import Selection
from outcomes.store.programs import Program
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.bold import without_bold
from outcomes.vocabulary.labels import label
from outcomes.vocabulary.log import CallType, View
from outcomes.vocabulary.problem import Problem

FORMAT = 1
# Digits of a place in a drawing, which is a share of its field: far finer than a pixel.
PLACES = 5
LONGEST_NAME = 120
# Of the page where it stood: a figure has a permanent address of its own.
ADDRESS_AT_THE_END = re.compile(r"\s+https?://\S+$")


class FigureProblem(Problem):
    """A figure that cannot be read, drawn or written; its text is one sentence for the reader."""


@dataclass(frozen=True)
class Origin:
    """Where an exhibit stood when it was cited: on which page, of which data, seen by whom."""

    # name of the page's file, and the address's query that shows the same selection again
    page: str
    query: dict[str, str]
    # what the page is called, for an exhibit without a heading
    page_title: str
    view: View
    # the snapshot of the logs, or the registry by its date and fingerprint
    snapshot: str
    # day of the newest of its data, as 2026-11-27
    as_of: str
    # what was chosen, each with its name
    chosen: tuple[tuple[str, str], ...] = ()
    # where the logs come from, program by program
    logs: tuple[dict[str, Any], ...] = ()


@dataclass(frozen=True, kw_only=True)
class FigureRecord:
    """One figure as it was when it was cited. Nothing in it holds a number that suppression hid."""

    # number of this form; a later version of the product reads every earlier one
    format: int = FORMAT
    # version of the product that made it
    version: str
    # who may see it: public or program
    view: str
    # what it is made from, as files say it, and the sentence that nothing is real; empty where it is
    data: str
    mark: str
    title: str
    # the finding in a sentence, and with all that a reader needs to check it
    sentence: str
    quote: str
    # whose it is, of when, and where it is from
    who: str
    period: str
    source: str
    snapshot: str
    as_of: str
    logs: list[dict[str, Any]]
    # what was chosen, each with its name
    chosen: list[list[str]]
    # the page that shows the same selection
    page: str
    query: dict[str, str]
    # each metric with its definition
    definitions: list[dict[str, str]]
    # what is counted and how it is read, what stands under it, what a careful reader must know
    caption: list[str]
    notes: list[str]
    # the answers with their rows, as the command line writes them
    answers: list[dict[str, Any]]
    # of each answer, whether the same question gives it again: only then is it asked what has changed since
    compared: list[bool]
    # the tables as the page prints them
    tables: list[dict[str, Any]]
    # the rows as CSV; empty where there are none
    csv: str
    # the charts as plain data, each with what it shows
    pictures: list[dict[str, Any]]

    def as_bytes(self) -> bytes:
        """The record as it is kept: JSON whose keys are in order, without a space, so that the same is the same bytes."""
        text = json.dumps(
            asdict(self),
            sort_keys=True,
            ensure_ascii=False,
            separators=(",", ":"),
            allow_nan=False,
        )
        return f"{text}\n".encode()

    def file_name(self, address: str, ending: str, place: int = 0) -> str:
        """Name of one of its files: that it is made up, whose it is, what, of when, and its address."""
        about = About(self.who, self.period, self.view, self.source, self.data)
        stem = about.file_name(self.title, "").removesuffix(".")[:LONGEST_NAME].strip("-")
        is_said = not self.mark or stem.startswith("made-up-")
        parts = ("" if is_said else "made-up", stem, address, str(place + 1) if place else "")
        return "-".join(part for part in parts if part) + f".{ending}"


def read_record(content: bytes) -> FigureRecord:
    """The record that was kept. Raises FigureProblem where a later version of the product wrote it."""
    try:
        told = json.loads(content)
        found = told["format"]
        if found == FORMAT:
            return FigureRecord(**{each.name: told[each.name] for each in fields(FigureRecord)})
    except (ValueError, KeyError, TypeError):
        found = "no figure"
    raise FigureProblem(
        f"Expected a figure of format {FORMAT}, found [{found}]; open it with a newer version of this product."
    )


def origin_of_logs(
    page: str,
    page_title: str,
    query: dict[str, str],
    selection: Selection,
    snapshot: Snapshot,
    source: Source,
) -> Origin:
    """Where an exhibit of logs stood; the months that were chosen are named, so that the page shows them again later."""
    first, last = selection.first_month, selection.last_month
    shown = dict(query)
    if first and last:
        shown.pop("period", None)
        shown |= {"from": f"{first:%Y-%m}", "to": f"{last:%Y-%m}"}
    is_public = selection.view is View.PUBLIC
    programs = [each for each in snapshot.programs if each.program_name in source.programs]
    newest = max((each.loaded_at for each in programs if each.loaded_at), default=source.loaded_at)
    months = f"{first:%b %Y} to {last:%b %Y}" if first and last else "the whole log"
    kinds = ", ".join(label(CallType(kind)) for kind in selection.call_types)
    return Origin(
        page=page,
        query=shown,
        page_title=page_title,
        view=selection.view,
        snapshot=snapshot.name,
        as_of=f"{newest:%Y-%m-%d}" if newest else "",
        chosen=(
            ("Programs", ", ".join(source.programs)),
            ("Months", months),
            ("Call types", kinds or "all"),
            ("View", label(selection.view)),
        ),
        logs=tuple(_log(program, is_public) for program in programs),
    )


def _log(program: Program, is_public: bool) -> dict[str, Any]:
    """Where one program's log comes from; a file's name may name a person, so the public view has none."""
    return {
        "program": program.program_id,
        "name": program.program_name,
        "data_owner": program.data_owner,
        "loaded": f"{program.loaded_at:%Y-%m-%d}" if program.loaded_at else "",
        "files": [] if is_public else list(program.file_names),
    }


def record_of(exhibit: Exhibit, about: About, origin: Origin) -> FigureRecord:
    """The record of an exhibit where it stands; since.compared_on says which of its answers can be asked again.

    Raises FigureProblem where the page is public and an answer in it was made for another view.
    """
    answers = exhibit.answers
    strange = {answer.selection.view for answer in answers} - {origin.view}
    if strange and origin.view is View.PUBLIC:
        raise FigureProblem(
            f"Expected figures of the {origin.view.value} view, found [{', '.join(sorted(strange))}]; nothing was kept."
        )
    csv = csv_of(exhibit, about, "")
    notes = [*exhibit.notes, *(note for answer in answers for note in answer.notes)]
    return FigureRecord(
        version=__version__,
        view=origin.view.value,
        data=about.data,
        mark=about.mark,
        title=exhibit.title or (label_of_answer(answers[0]) if answers else origin.page_title),
        sentence=_plain(_sentence(exhibit)),
        quote=ADDRESS_AT_THE_END.sub("", _plain(citation_of(exhibit, about, ""))),
        who=about.who,
        period=about.period,
        source=about.source,
        snapshot=origin.snapshot,
        as_of=origin.as_of,
        logs=list(origin.logs),
        chosen=[list(each) for each in origin.chosen],
        page=origin.page,
        query=origin.query,
        definitions=[_definition(each) for each in _once(answer.metric for answer in answers)],
        caption=_texts((*exhibit.caption, exhibit.footnote)),
        notes=_texts(notes),
        answers=[json.loads(as_json(answer)) for answer in answers],
        compared=[False for _ in answers],
        tables=[_table(table) for table in (*card_tables(exhibit), *exhibit.tables)],
        csv=csv.text if csv else "",
        pictures=_pictures(exhibit, about),
    )


def _sentence(exhibit: Exhibit) -> str:
    """The finding, be it long; else what its first chart shows."""
    said = sentence_of(exhibit) or exhibit.headline or exhibit.answer
    return said or (title_of(exhibit, exhibit.charts[0]) if exhibit.charts else "")


def _definition(metric: Metric) -> dict[str, str]:
    parts: tuple[tuple[str, str], ...] = (
        ("label", metric.label),
        ("definition", metric.definition),
        ("includes", metric.includes),
        ("excludes", metric.excludes),
        ("caution", metric.caution),
        ("source", metric.source),
    )
    return dict(parts)


def _once(metrics: Iterable[Metric]) -> list[Metric]:
    return list({metric.key: metric for metric in metrics}.values())


def _texts(texts: Iterable[str]) -> list[str]:
    """Each text once, without the stars that mark bold."""
    return list(dict.fromkeys(_plain(text) for text in texts if text))


def _plain(text: str) -> str:
    return without_bold(text)


def _table(table: Table) -> dict[str, Any]:
    """A table's cells as texts; the names of its rows are its first column."""
    rows = table.rows
    has_names = rows.index.dtype.kind not in "iufb"
    shown = rows.reset_index(names="") if has_names else rows
    return {
        "title": table.title,
        "columns": [str(name) for name in shown.columns],
        "rows": [[_cell(cell) for cell in row] for row in shown.itertuples(index=False)],
    }


def _cell(value: Any) -> str:
    return "" if pandas.isna(value) else str(value)


def _pictures(exhibit: Exhibit, about: About) -> list[dict[str, Any]]:
    """Its charts, as plain data."""
    return [
        _each_number(_rounded, {**picture_data(exhibit, chart, about), "alt": _plain(chart.alt)})
        for chart in exhibit.charts
    ]


def _each_number(change: Callable[[float], float], part: Any) -> Any:
    if isinstance(part, dict):
        return {name: _each_number(change, inside) for name, inside in part.items()}
    if isinstance(part, list | tuple):
        return [_each_number(change, inside) for inside in part]
    return change(part) if isinstance(part, float) else part


def _rounded(number: float) -> float:
    # Adding 0.0 makes a negative zero a plain one.
    return round(number, PLACES) + 0.0
