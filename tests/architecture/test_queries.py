"""Every query file is whole: its header is what DuckDB itself finds, and somebody uses it."""

import ast
import re

import duckdb
import pytest
from source_tree import PROJECT, modules, tree

from outcomes.answers.counts import query_of
from outcomes.metrics.registry import METRICS
from outcomes.registry.database import live_registry
from outcomes.store.publish import PAGE_TABLES
from outcomes.store.query_file import QueryFile, query_names, read_query
from outcomes.store.snapshot import Snapshot
from outcomes.store.warehouse import FACTS
from outcomes.vocabulary.log import Breakdown

QUERIES = PROJECT / "queries"
FOLDERS = ("metric", "snapshot", "registry", "build", "load", "warehouse", "quality")
# Folders whose queries run on a published snapshot.
PUBLISHED = ("metric", "snapshot", "quality")
# Queries with a whole header: those, and the ones that run on the registry.
ASKED = (*PUBLISHED, "registry")
EVERYTHING = {"program_ids": None, "call_types": None, "first_month": None, "month_after": None}


def every(*folders: str) -> list[tuple[str, str]]:
    return [(folder, name) for folder in folders for name in query_names(folder)]


def statements(query: QueryFile) -> list[duckdb.Statement]:
    with duckdb.connect() as connection:
        return connection.extract_statements(query.text)


def without_comments(text: str) -> str:
    return re.sub(r"--.*", "", text)


def words_in_python(*parts: str) -> set[str]:
    """Every string that a module of the given packages writes down."""
    return {
        node.value
        for name, path in modules().items()
        if name.startswith(parts)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }


def names_of_metrics() -> set[str]:
    """Names of the query files that the registry's metrics and breakdowns reach."""
    return {
        query_of(metric, breakdown)
        for metric in METRICS.values()
        for breakdown in metric.breakdowns
    }


def test_every_folder_of_queries_is_known():
    assert {path.parent.name for path in QUERIES.glob("**/*.sql")} <= set(FOLDERS)


@pytest.mark.parametrize(("folder", "name"), every(*ASKED, "build"))
def test_header_is_whole(folder: str, name: str):
    query = read_query(folder, name)
    assert query.name == name
    assert query.title
    assert query.title[0].isupper()
    assert query.grain.startswith("one row")
    assert query.sources
    read = set(
        re.findall(r"\b(?:from|join)\s+(?:warehouse\.)?([a-z_]+)", without_comments(query.text))
    )
    steps = set(re.findall(r"([a-z_]+) as (?:materialized )?\(", query.text))
    assert set(query.sources) == read - steps


@pytest.mark.parametrize(("folder", "name"), every(*ASKED, "build"))
def test_one_statement_that_selects(folder: str, name: str):
    (statement,) = statements(read_query(folder, name))
    assert statement.type == duckdb.StatementType.SELECT


@pytest.mark.parametrize(("folder", "name"), every(*ASKED, "build", "load"))
def test_declared_parameters_are_the_ones_duckdb_finds(folder: str, name: str):
    query = read_query(folder, name)
    (statement,) = statements(query)
    assert set(query.params) == statement.named_parameters
    assert len(query.params) == len(set(query.params))


@pytest.mark.parametrize(("folder", "name"), every(*PUBLISHED))
def test_declared_columns_are_the_ones_duckdb_describes(
    folder: str, name: str, small_snapshot: Snapshot
):
    query = read_query(folder, name)
    counts = [column for column, kind in query.columns if kind == "BIGINT"]
    breakdowns = list(Breakdown) if "breakdown" in query.params else [None]
    for breakdown in breakdowns:
        given = {**EVERYTHING, "counts": counts, "breakdown": breakdown}
        params = {key: given.get(key) for key in query.params}
        with small_snapshot._connection.cursor() as cursor:
            result = cursor.sql(query.text, params=params or None)
            described = list(zip(result.columns, map(str, result.types), strict=True))
        assert list(query.columns) == described


@pytest.mark.parametrize("name", query_names("registry"))
def test_declared_columns_of_the_registry_are_the_ones_duckdb_describes(name: str):
    query = read_query("registry", name)
    with live_registry()._connection.cursor() as cursor:
        result = cursor.sql(query.text, params=dict.fromkeys(query.params) or None)
        described = list(zip(result.columns, map(str, result.types), strict=True))
    assert list(query.columns) == described
    assert set(query.meanings) == {column for column, _ in query.columns}


@pytest.mark.parametrize("name", query_names("metric"))
def test_metric_query_says_what_it_counts(name: str):
    query = read_query("metric", name)
    assert set(query.meanings) == {column for column, _ in query.columns}
    counts = [column for column, kind in query.columns if kind == "BIGINT"]
    assert counts
    told = [query.meanings[column] for column in counts]
    assert len(set(told)) == len(told)
    # A count over a part of the incidents alone has the words of the whole.
    if name in ("injured_people", "net_diverted"):
        whole = read_query("metric", "incidents").meanings
        assert all(query.meanings[column] == whole[column] for column in counts if column in whole)


@pytest.mark.parametrize(("folder", "name"), every(*ASKED, "build"))
def test_order_is_said_and_keywords_are_lower_case(folder: str, name: str):
    code = without_comments(read_query(folder, name).text)
    assert "order by" in code or name == FACTS
    assert re.sub(r"'[^']*'", "''", code) == re.sub(r"'[^']*'", "''", code).lower()


@pytest.mark.parametrize(("folder", "name"), every("metric"))
def test_metric_queries_count_and_do_not_divide(folder: str, name: str):
    code = without_comments(read_query(folder, name).text)
    assert not re.search(r"\bround\(|\bavg\(|\s/\s", code)


@pytest.mark.parametrize("name", query_names("metric"))
def test_metric_query_is_used(name: str):
    assert name in names_of_metrics() | words_in_python("outcomes")


def test_every_metric_query_that_the_registry_reaches_exists():
    assert names_of_metrics() - set(query_names("metric")) == set()


@pytest.mark.parametrize(
    "name", query_names("registry") + query_names("snapshot") + query_names("quality")
)
def test_registry_query_is_used(name: str):
    assert name in words_in_python("outcomes", "pages")


def test_build_queries_are_the_page_tables():
    assert set(query_names("build")) == {*PAGE_TABLES, FACTS}


@pytest.mark.parametrize("name", query_names("load"))
def test_load_query_has_a_name_and_a_title(name: str):
    query = read_query("load", name)
    assert query.name == name
    assert query.title


@pytest.mark.parametrize("name", query_names("load"))
def test_load_query_is_used(name: str):
    words = words_in_python("outcomes.ingest", "outcomes.store")
    by_table = {
        f"{verb}_{table}" for verb in ("insert", "delete") if f"{verb}_" in words for table in words
    }
    assert name in words | by_table


@pytest.mark.parametrize("name", query_names("warehouse"))
def test_warehouse_text_has_a_name_and_is_used(name: str):
    assert read_query("warehouse", name).name == name
    assert read_query("warehouse", name).title
    assert name in words_in_python("outcomes.store", "outcomes.ingest")
