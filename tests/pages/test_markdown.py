"""The door into Markdown and charts: text as it is written, links to the web alone, bold in our own sentences."""

import numpy as np
import pandas
import plotly.graph_objects as go
import pytest

from pages.shell.markdown import (
    JOINER,
    bullets,
    escape_but_bold,
    escape_markdown,
    escape_table,
    link,
    linked,
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
    ],
)
def test_text_is_shown_as_it_is_written(text: str, expected: str):
    assert escape_markdown(text) == expected


def test_bold_stays_in_a_sentence_of_ours_and_begins_no_list():
    assert escape_but_bold("At **3** - $2") == "At **3** - \\$2"
    assert bullets(["1. a", "**b** [c](d)"]) == "- 1\\. a\n- **b** \\[c\\](d)"


def test_links_go_to_the_web_alone():
    assert link("a]", "https://a.example/(b)") == "[a\\]](https://a.example/%28b%29)"
    for address in ("javascript:x", "https://a b", "", "file:///x", "data:text/html,x"):
        assert link("a", address) == "a"
    assert with_links("see https://a.example, b") == (
        f"see [https:{JOINER}//a.example](https://a.example), b"
    )
    table = pandas.DataFrame({"A$": ["b$"], "Source": ["c"], "Address": ["javascript:x"]})
    assert linked(table, "Source").to_dict("list") == {"A\\$": ["b\\$"], "Source": ["c"]}


def test_headings_of_a_table_are_text_too():
    table = pandas.DataFrame({"$a": ["$b", None, 3]}, index=["$c", "d", "e"])
    said = escape_table(table)
    assert list(said.columns) == ["\\$a"]
    assert list(said.index) == ["\\$c", "d", "e"]
    assert said["\\$a"].iloc[0] == "\\$b"


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
