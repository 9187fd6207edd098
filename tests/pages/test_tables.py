"""A table of a page: whatever its cells hold stands there as it is written, links go to the web, numbers stand to the right."""

import pandas
from page_content import frames
from streamlit.testing.v1 import AppTest

EVIL = '<img src=x onerror=alert(1)> $x$ **a** [b](javascript:c) "&amp;'


def drawn(rows: pandas.DataFrame, is_stacked: bool = False) -> AppTest:
    def page(rows, is_stacked):
        from pages.shell.tables import show_table

        show_table(rows, is_stacked)

    return AppTest.from_function(page, args=(rows, is_stacked)).run()


def html(run: AppTest) -> str:
    assert not run.exception
    return run.get("html")[0].value


def test_a_table_shows_its_texts_as_they_are_written():
    rows = pandas.DataFrame({EVIL: [EVIL, "3"]}, index=[EVIL, "b"])
    run = drawn(rows)
    assert "<img" not in html(run)
    assert (
        'data-head="&lt;img src=x onerror=alert(1)&gt; $x$ **a** [b](javascript:c) &quot;&amp;amp;"'
        in (html(run))
    )
    found = frames(run)[0]
    assert found.columns.tolist() == [EVIL]
    assert found.index.tolist() == [EVIL, "b"]
    assert found[EVIL].tolist() == [EVIL, "3"]


def test_a_source_links_to_an_address_of_the_web_and_to_no_other():
    sources, addresses = ["a", "b", 'c"<'], ['https://a.example/(1)?x="y', "javascript:x", ""]
    run = drawn(pandas.DataFrame({"Source": sources, "Address": addresses}))
    assert html(run).count("<a ") == 1
    assert (
        '<a href="https://a.example/(1)?x=&quot;y" target="_blank" rel="noopener noreferrer">a</a>'
        in (html(run))
    )
    found = frames(run)[0]
    assert found.columns.tolist() == ["Source"]
    assert found["Source"].tolist() == sources


def test_numbers_stand_to_the_right_and_rows_without_names_have_none():
    said = html(drawn(pandas.DataFrame({"Month": ["Jan 2024"], "Calls": ["1,200"]})))
    assert '<th scope="col">Month</th><th scope="col" class="ro-number">Calls</th>' in said
    assert '<td data-head="Calls" class="ro-number">1,200</td>' in said
    assert 'scope="row"' not in said
    assert "ro-stacked" not in said
    assert "ro-stacked" in html(drawn(pandas.DataFrame({"A": ["b"]}), is_stacked=True))
