"""The files of a figure: each parses, says that it is made up where it is, and escapes what a log's texts hold."""

import csv
import io
import json
import re
from dataclasses import replace
from pathlib import Path
from xml.etree import ElementTree

import pytest
from cited import cited, kept
from evil_city import evil
from typer.testing import CliRunner, Result

from outcomes.cli.app import app
from outcomes.figures.files import FILES, endings_of, file_of
from outcomes.figures.page import figure_page
from outcomes.figures.record import FigureProblem, FigureRecord
from outcomes.figures.since import Since, State
from outcomes.presentation.citation import MADE_UP
from outcomes.store.figure_files import KeptFigure, address_of
from outcomes.store.snapshot import Snapshot
from outcomes.vocabulary.log import View

ROOT = "https://city.example/outcomes"
SVG = "{http://www.w3.org/2000/svg}"


@pytest.fixture(scope="module")
def record(small_snapshot: Snapshot) -> FigureRecord:
    """A made-up figure whose every name is an attempt on its reader."""
    nasty = evil("place", "https://listener.example") + ' \\ {a} % # _ ~ ^ & " = +1'
    plain = cited(small_snapshot)
    picture = {
        **plain.pictures[0],
        "title": nasty,
        "mark": MADE_UP,
        "about": [nasty],
        "under": [nasty],
    }
    return replace(
        plain,
        title=nasty,
        who=nasty,
        source=nasty,
        mark=MADE_UP,
        logs=[{**log, "data_owner": nasty} for log in plain.logs],
        pictures=[picture],
    )


def bibtex_fields(text: str) -> dict[str, str]:
    """The fields of one BibTeX entry, by counting its braces as BibTeX does, also those behind a backslash."""
    found = {}
    for name, at in ((each[1], each.end()) for each in re.finditer(r"\n  (\w+) = \{", text)):
        depth, end = 1, at
        while depth:
            depth += {"{": 1, "}": -1}.get(text[end], 0)
            end += 1
        assert text[end] in ",\n"
        found[name] = text[at : end - 1]
    return found


def test_every_file_parses_and_says_that_it_is_made_up(record: FigureRecord):
    content = record.as_bytes()
    address = address_of(content)
    files = {ending: file_of(content, ending, ROOT) for ending in FILES}
    assert set(endings_of(record)) == set(FILES)
    for ending, told in files.items():
        name = record.file_name(address, ending)
        assert re.fullmatch(rf"made-up-[a-z0-9-]{{1,140}}-{address}\.{re.escape(ending)}", name)
        assert not name.startswith("made-up-made-up")
        assert ending == "png" or MADE_UP.rstrip(".") in told.decode()
    assert files["json"] == content
    assert files["png"].startswith(b"\x89PNG")
    drawn = ElementTree.fromstring(files["svg"])
    assert drawn.find(f"{SVG}title").text == record.title
    assert MADE_UP in drawn.find(f"{SVG}desc").text
    assert not drawn.findall(f".//{SVG}a")
    rows = list(csv.DictReader(io.StringIO(files["csv"].decode())))
    assert len(rows) == len(record.answers[0]["rows"]) + 1
    assert {(row["figure"], row["note"]) for row in rows} == {(address, MADE_UP)}
    fields = bibtex_fields(files["bib"].decode())
    assert set(fields) == {"title", "author", "year", "publisher", "version", "url", "note"}
    assert fields["url"] == f"{ROOT}/figure/{address}"
    assert r"\$x\textasciicircum{}2\$" in fields["title"]
    assert not re.search(r"(?<!\\)[$&%#_]", fields["note"])
    # BibTeX counts braces also behind a backslash: one without its other would end the entry.
    braces = replace(record, title="Calls {of one kind", who="Team } A").as_bytes()
    told = file_of(braces, "bib", ROOT).decode()
    assert told.count("{") == told.count("}")
    assert r"Calls \textbraceleft{}of one kind: Team \textbraceright{} A" in told
    (item,) = json.loads(files["csl.json"])
    assert {
        "id",
        "type",
        "title",
        "author",
        "issued",
        "publisher",
        "version",
        "URL",
        "note",
    } == set(item)
    assert item["URL"] == fields["url"]
    assert item["issued"]["date-parts"][0][0] > 2000


def test_a_figure_without_a_chart_and_without_rows_has_no_such_file(record: FigureRecord):
    bare = replace(record, pictures=[], csv="").as_bytes()
    assert file_of(bare, "bib").startswith(b"@misc{figure-")
    many = replace(
        record, csv="", tables=[{"title": "", "columns": ["Area"], "rows": [["x"]] * 61}]
    )
    page = figure_page(many.as_bytes(), ROOT, Since(State.SAME, ()), None)
    # Where there is no CSV, none is named.
    assert "60 of 61 rows; the JSON has them all" in page
    assert "CSV" not in page
    for ending in ("png", "svg", "csv", "exe"):
        with pytest.raises(FigureProblem, match=r"choose from json, bib, csl\.json"):
            file_of(bare, ending)
    with pytest.raises(FigureProblem, match="Expected a file of this figure"):
        file_of(record.as_bytes(), "png", place=1)


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["figures", *map(str, words)])


def test_the_commands(record: FigureRecord, small_snapshot: Snapshot, tmp_path: Path):
    store, to = tmp_path / "store", tmp_path / "out"
    place = ("--store", store)
    public = kept(store, replace(record, view="public"))
    program = kept(store, cited(small_snapshot))
    done = run("list", *place)
    assert done.exit_code == 0
    assert {line.split()[0]: line.split()[1] for line in done.stdout.splitlines()} == {
        public: "public",
        program: "program",
    }
    assert "made up: " in done.stdout
    done = run("export", public, "--to", to, *place)
    assert done.exit_code == 0
    assert sorted(map(str, to.iterdir())) == sorted(done.stdout.split())
    assert len(list(to.iterdir())) == len(FILES)
    assert run("verify", *place).stdout == "Whole: 2 figures are as they were kept.\n"
    for wrong in ("0" * 20, "../../x", "A" * 10_000):
        done = run("export", wrong, "--to", to, *place)
        assert done.exit_code == 1
        assert done.stderr.startswith(
            "Error: Expected the address of a figure that is kept, found ["
        )
    (tmp_path / "file").touch()
    done = run("export", public, "--to", tmp_path / "file", *place)
    assert (done.exit_code, done.stderr.count("\n")) == (1, 1)
    assert "no file was kept" in done.stderr
    path = KeptFigure(store, View.PROGRAM, program).path
    path.write_bytes(path.read_bytes().replace(b"1", b"2", 1))
    for words in (("verify",), ("list",), ("export", program, "--to", to)):
        done = run(*words, *place)
        assert done.exit_code == 1
        assert "found [other content than was kept]" in done.stderr
