"""A quote that is never closed costs its own line and no other; values over several lines are kept."""

import io
import random
import re
from pathlib import Path

import pytest

from outcomes.ingest.read.broken_quotes import mend_lines
from outcomes.ingest.read.lines import PlainLines, plain_lines
from outcomes.ingest.run import load_log

HEADER = "id,when,kind\n"


def mended(text: str, columns: int = 3) -> tuple[str, list[int]]:
    out = io.StringIO()
    found = mend_lines(io.StringIO(text, newline=None), out, ",", columns, header_row=1)
    assert {rule for _, rule in found.faults} <= {"quote not closed"}
    return out.getvalue(), [line for line, _ in found.faults]


def test_closed_quotes_are_not_open():
    assert plain_lines(io.StringIO('a,"b, c",d\n"x ""y"" z",1,2\n')) == PlainLines(2, [])
    assert plain_lines(io.StringIO('a,b,c\n1,"two,3\n')) is None


def test_open_quotes_are_found_as_line_by_line():
    drawn = random.Random(11)
    for _ in range(2_000):
        end = drawn.choice(("\n", "\r\n"))
        signs = ('"', '"', ",", "a", "é", end)
        text = "".join(drawn.choice(signs) for _ in range(drawn.randint(1, 25)))
        by_line = any(line.count('"') % 2 for line in text.split(end))
        lines = text.split(end)
        # What follows the last line end is no line.
        blank = [number for number, line in enumerate(lines[:-1], start=1) if not line]
        expected = PlainLines(sum(map(bool, lines)), blank)
        found = plain_lines(io.StringIO(text, newline=""))
        assert found == (None if by_line else expected), repr(text)


def test_mixed_line_ends_are_not_plain():
    drawn = random.Random(12)
    for _ in range(2_000):
        ends = ("\n", "\r\n", "\r")
        text = "".join(drawn.choice((*ends, "a", "b")) for _ in range(drawn.randint(1, 12)))
        kinds = set(re.findall("\r\n|\r|\n", text))
        is_plain = len(kinds) < 2 and kinds != {"\r"}
        found = plain_lines(io.StringIO(text, newline=""))
        assert (found is not None) == is_plain, repr(text)


def test_stray_quote_costs_one_line():
    assert mended(HEADER + '1,a,x\n2,"a,x\n3,a,x\n4,a,x\n') == (
        HEADER + "1,a,x\n3,a,x\n4,a,x\n",
        [3],
    )


def test_value_over_lines_is_kept():
    text = HEADER + '1,"a\nb\nc",x\n2,a,x\n'
    assert mended(text) == (text, [])


def test_two_stray_quotes_do_not_pair_up():
    # The second line with a quote would close the first one's, and take all between for one value.
    text = HEADER + '1,"a,x\n2,a,x\n3,"a,x\n4,a,x\n'
    assert mended(text) == (HEADER + "2,a,x\n4,a,x\n", [2, 4])


def test_stray_quote_before_a_value_over_lines():
    assert mended(HEADER + '1,"a,x\n2,"a\nb",x\n3,a,x\n') == (HEADER + '2,"a\nb",x\n3,a,x\n', [2])


def test_last_line_without_an_end():
    assert mended(HEADER + '1,a,x\n2,"a,x') == (HEADER + "1,a,x\n", [3])


PROFILE = """
[program]
id = "quoted"
name = "Quoted"
city = "Quoted"
state = "OR"
time_zone = "America/Los_Angeles"
data_owner = "test"
[log]
rows_are = "call"
holds = "program_work"
[file]
format = "csv"
[text]
incident_id = "id"
[times.received_at]
column = "when"
formats = ["%Y-%m-%d %H:%M"]
[flags.is_community_dispatched]
constant = true
"""


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_rows_after_a_stray_quote_are_loaded(tmp_path: Path, seed: int):
    draw = random.Random(seed)
    agency = tmp_path / "agencies" / "quoted"
    agency.mkdir(parents=True)
    (agency / "profile.toml").write_text(PROFILE, encoding="utf-8")
    broken = set(draw.sample(range(3_000), 7))
    rows = [
        f"{n},2024-08-{n % 28 + 1:02} 10:00,{chr(34) if n in broken else ''}WELF"
        for n in range(3_000)
    ]
    log = tmp_path / "log.csv"
    log.write_text("id,when,kind\n" + "\n".join(rows) + "\n", encoding="utf-8")
    report = load_log([log], "quoted", tmp_path / "agencies", tmp_path / "store")
    assert (report.rows_read, report.loaded, report.rejected) == (3_000, 2_993, 7)
    assert report.reasons == {"rejected: quote not closed": 7}
