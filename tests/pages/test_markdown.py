"""The door into Markdown and charts: text as it is written, links to the web alone, bold in our own sentences."""

import re
from pathlib import Path

import numpy as np
import plotly.graph_objects as go
import pytest

from outcomes.ingest.agency import profile_text
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.transform.blanks import UNTIDY, tidy
from outcomes.packet.printed import said
from outcomes.vocabulary.bold import BOLD
from pages.shell.markdown import (
    JOINER,
    bullets,
    escape_but_bold,
    escape_markdown,
    link,
    plain_figure,
    with_links,
)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Care ($2M to $3M)", "Care (\\$2M to \\$3M)"),
        ("![x](http://a)", f"!\\[x\\](http:{JOINER}//a)"),
        ("www.a.example", f"www{JOINER}.a.example"),
        ("a@b.example", f"a{JOINER}\\@b.example"),
        (":smile: 10:30", f":{JOINER}smile: 10:30"),
        ("a\n# b\r\n\n- c", "a \\# b - c"),
        ("- a", "\\- a"),
        ("1. a", "1\\. a"),
        ("-5 or +3", "-5 or +3"),
        ("    code", " code"),
        ("&lt;b&gt;", "\\&lt;b\\&gt;"),
        ("a -> b -- c", f"a -{JOINER}\\> b -{JOINER}- c"),
        ("Plain words, 20% of them.", "Plain words, 20% of them."),
        ("Care ** Team", "Care \\*\\* Team"),
        ("*North*", "\\*North\\*"),
        ("__x__ ~~x~~ `x`", "\\_\\_x\\_\\_ \\~\\~x\\~\\~ \\`x\\`"),
        ("[a](b) <b> | x |", "\\[a\\](b) \\<b\\> \\| x \\|"),
        ("# x", "\\# x"),
        (":red[x] $a$", "\\:red\\[x\\] \\$a\\$"),
    ],
)
def test_text_is_shown_as_it_is_written(text: str, expected: str):
    assert escape_markdown(text) == expected


def test_bold_stays_in_a_sentence_of_ours_and_begins_no_list():
    assert escape_but_bold(f"At {BOLD}3{BOLD} - $2") == "At **3** - \\$2"
    assert bullets(["1. a", f"{BOLD}b{BOLD} [c](d)"]) == "- 1\\. a\n- **b** \\[c\\](d)"


def test_a_name_with_stars_is_no_bold_in_a_sentence_of_ours():
    for name in ("Care ** Team", "*North*", "**South**", "***", "a** b"):
        shown = name.replace("*", "\\*")
        assert (
            escape_but_bold(f"{BOLD}{name}{BOLD}: {name} has 3.") == f"**{shown}**: {shown} has 3."
        )
        assert [piece for _, piece, _ in said(f"of {name} {BOLD}3{BOLD}")] == [f"of {name} ", "3"]


def test_no_log_and_no_profile_brings_our_mark_of_bold(tmp_path: Path):
    assert tidy(f"No{BOLD}rth") == "North"
    assert re.search(UNTIDY, f"No{BOLD}rth")
    (tmp_path / "profile.toml").write_text('program = { name = "Care \\uFDD0 Team" }\n')
    with pytest.raises(
        LoadProblem, match=r"Expected text at .*, found \[U\+FDD0\], a sign that no"
    ):
        profile_text(tmp_path)


def test_links_go_to_the_web_alone():
    assert link("a]", "https://a.example/(b)") == "[a\\]](https://a.example/%28b%29)"
    for address in ("javascript:x", "https://a b", "", "file:///x", "data:text/html,x"):
        assert link("a", address) == "a"
    assert with_links("see https://a.example, b") == (
        f"see [https:{JOINER}//a.example](https://a.example), b"
    )


def test_a_chart_holds_no_markup_but_bold_and_line_breaks():
    evil = '<a href="https://a.example">x</a>'
    ours = "<b>4</b><br>of 5<extra></extra>"
    figure = go.Figure(
        go.Bar(x=[evil, "b"], y=[1, 2], customdata=np.array([[evil], ["c"]], dtype=object))
    )
    figure.update_layout(title=evil, xaxis={"ticktext": [evil, "b"]})
    figure.update_traces(hovertemplate=ours)
    drawn = (
        go.Figure(plain_figure(figure))
        .to_json()
        .replace("\\u003c", "<")
        .replace("\\u003e", ">")
        .replace("\\u002f", "/")
    )
    assert "<a" not in drawn
    assert drawn.count("&lt;a href") == 4
    assert ours in drawn
    plain = go.Figure(go.Bar(x=["a"], y=[1]))
    assert plain_figure(plain) is plain
