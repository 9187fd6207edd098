"""What a reader takes away of an exhibit: its sentence, its citation, its rows as a file, its chart as an image."""

import re
from typing import Any

from outcomes.presentation.citation import About, citation
from outcomes.presentation.csv_file import csv_text
from outcomes.presentation.exhibit import Chart, CsvFile, Exhibit
from outcomes.presentation.export import as_csv
from outcomes.presentation.sentences import MOST_WORDS, short_figure, short_sentence
from outcomes.vocabulary.bold import without_bold

IMAGES = {"png": "image/png", "svg": "image/svg+xml"}


def copied_sentence(exhibit: Exhibit, about: About) -> str:
    """The finding as a sentence that can stand alone: whose, of when, and that it is made up; empty where there is none."""
    if exhibit.answers and not exhibit.sentence:
        return short_sentence(exhibit.answers[0])
    said = sentence_of(exhibit)
    if not said or not about.period or about.who in said:
        return said
    mark = " (made-up data)" if about.mark else ""
    return f"{about.who}, {about.period}{mark}: {said}"


def sentence_of(exhibit: Exhibit) -> str:
    """The finding in at most 25 words, to stand beside whose it is; empty where the exhibit says it in none so short."""
    if exhibit.sentence:
        return exhibit.sentence
    if exhibit.answers:
        return short_figure(exhibit.answers[0])
    said = [_plain(words) for words in (exhibit.headline, exhibit.answer) if words]
    candidates = [each for words in said for each in (words, _first(words))]
    return next((words for words in candidates if _is_short(words)), "")


def citation_of(exhibit: Exhibit, about: About, link: str) -> str:
    """The finding with all that a reader needs to check it; empty where the exhibit has no finding."""
    if exhibit.quote:
        return exhibit.quote
    if exhibit.answers:
        return citation(exhibit.answers[0], link)
    said = [_plain(words) for words in (exhibit.headline, exhibit.answer) if words]
    if not said:
        return ""
    return " ".join(
        part for part in (about.mark, *said, f"Period: {about.period}.", about.source, link) if part
    )


def title_of(exhibit: Exhibit, chart: Chart) -> str:
    """What a chart shows, to stand over it: its finding, or the first sentence for those who do not see it."""
    if chart.finding:
        return chart.finding
    first = _first(chart.alt).rstrip(".")
    return first if _is_short(first) else sentence_of(exhibit) or first


def csv_title(exhibit: Exhibit) -> str | None:
    """What the file of its rows is called; None where it has no rows."""
    if exhibit.csv:
        return exhibit.csv.title
    if not exhibit.tables and not any(len(answer.table) for answer in exhibit.answers):
        return None
    return exhibit.title or exhibit.key.replace("_", " ").replace("-", " ")


def csv_of(exhibit: Exhibit, about: About, link: str) -> CsvFile | None:
    """Its rows as a file that begins with the series shown: its own file, its answers, or its table; None without any."""
    if exhibit.csv:
        return exhibit.csv
    title = csv_title(exhibit)
    if title is None:
        return None
    shown = [answer for answer in exhibit.answers if len(answer.table)]
    if shown:
        first, *others = [as_csv(answer, citation(answer, link)) for answer in shown]
        header = first.splitlines()[0]
        rows = [text.split("\n", 1)[1] for text in others if text.splitlines()[0] == header]
        return CsvFile(title, "".join([first, *rows]))
    table = exhibit.tables[0].named_rows
    same = {"data": about.data, "source": about.source}
    return CsvFile(title, csv_text(table.columns, table.itertuples(index=False), same))


def image_of(exhibit: Exhibit, chart: Chart, about: About, ending: str) -> bytes:
    """A chart as PNG or SVG, with its finding, how it is read, whose it is and where it is from."""
    # Takes a while to load, and is wanted by few readers.
    from outcomes.presentation.charts.picture import png_of, svg_of

    draw = png_of if ending == "png" else svg_of
    return draw(picture_data(exhibit, chart, about))


def picture_data(exhibit: Exhibit, chart: Chart, about: About) -> dict[str, Any]:
    """The same chart with its words as plain data, from which it can be drawn."""
    from outcomes.presentation.charts.picture import PictureWords, picture_of

    words = PictureWords(
        title=title_of(exhibit, chart),
        about=tuple(
            part
            for part in (chart.title or exhibit.title, about.who, about.period, about.view)
            if part
        ),
        over=tuple(_plain(line) for line in chart.legend),
        swatches=tuple(chart.swatches(is_dark=False)) if chart.swatches else (),
        under=tuple(_plain(line) for line in (*exhibit.caption, *chart.remarks, about.source)),
        mark=about.mark,
    )
    return picture_of(chart.for_image(), words)


def _first(words: str) -> str:
    """The first sentence; the point of "6 p.m." ends none."""
    return re.split(r"(?<![ap]\.m)(?<=\.)\s+(?=[A-Z\d])", words)[0]


def _is_short(words: str) -> bool:
    return len(words.split()) <= MOST_WORDS


def _plain(words: str) -> str:
    return without_bold(words)
