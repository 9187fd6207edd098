"""Every query file is whole: its header is what DuckDB itself finds, and somebody uses it."""

import ast
import re
from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import duckdb
from source_tree import PROJECT, modules, tree

from outcomes.answers.counts import query_of
from outcomes.metrics.registry import METRICS
from outcomes.registry.database import live_registry
from outcomes.store.page_tables import PAGE_TABLES
from outcomes.store.query_file import QueryFile, parse_query, query_names, read_query
from outcomes.store.snapshot import Snapshot
from outcomes.store.warehouse import FACTS
from outcomes.vocabulary.log import Breakdown

FOLDERS = ("metric", "snapshot", "registry", "build", "load", "warehouse", "quality")
# Folders whose queries run on a published snapshot.
PUBLISHED = ("metric", "snapshot", "quality")
# Queries with a whole header: those, and the ones that run on the registry.
ASKED = (*PUBLISHED, "registry")
# Files grow with subjects; the breakdown is a parameter.
MOST_METRIC_QUERIES = 20
# Splits texts into statements, and holds nothing.
READER = duckdb.connect()
EVERYTHING = dict.fromkeys(
    ["program_ids", "call_types", "first_month", "month_after", "silent_months"]
)


def queries(root: Path, *folders: str) -> Iterator[tuple[str, str, QueryFile]]:
    """Place, stem and content of every query file in those folders of a project."""
    for folder in folders:
        for path in sorted((root / "queries" / folder).glob("*.sql")):
            text = path.read_text(encoding="utf-8")
            yield path.relative_to(root).as_posix(), path.stem, parse_query(text)


@cache
def statements(text: str) -> list[duckdb.Statement]:
    return READER.extract_statements(text)


def without_comments(text: str) -> str:
    return re.sub(r"--.*", "", text)


@cache
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


SOUND = """-- @name     planted
-- @title    Programs of a snapshot
-- @grain    one row per program
-- @source   program
-- @param    program_ids VARCHAR[] which programs
-- @column   program_id VARCHAR - which program
select program_id
from program
where $program_ids is null or list_contains($program_ids, program_id)
order by program_id
"""
PLANTED = "queries/snapshot/planted.sql"


def planted(*changes: tuple[str, str], place: str = PLANTED) -> dict[str, str]:
    """The sound query with parts of it replaced."""
    text = SOUND
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    return {place: text}


def unknown_folders(root: Path) -> list[str]:
    return [
        path.relative_to(root).as_posix()
        for path in sorted(root.glob("queries/**/*.sql"))
        if path.parent not in {root / "queries" / folder for folder in FOLDERS}
    ]


def test_every_folder_of_queries_is_known(keeps):
    keeps(
        unknown_folders,
        {"queries/extra/a.sql": ""},
        {"queries/a.sql": ""},
        {"queries/metric/old/a.sql": ""},
    )


def nameless_queries(root: Path) -> list[str]:
    return [
        f"{place} calls itself [{query.name}] and its title is [{query.title}]"
        for place, stem, query in queries(root, *FOLDERS)
        if query.name != stem or not query.title
    ]


def test_every_query_has_its_name_and_a_title(keeps):
    keeps(
        nameless_queries,
        *(
            planted(change, place=f"queries/{folder}/planted.sql")
            for folder in FOLDERS
            for change in (("@name     planted", "@name     other"), ("-- @title", "--"))
        ),
        allowed=planted(),
    )


def incomplete_headers(root: Path) -> list[str]:
    found = []
    for place, _, query in queries(root, *ASKED, "build"):
        code = without_comments(query.text)
        read = set(re.findall(r"\b(?:from|join)\s+(?:part\.)?([a-z_]+)", code))
        steps = set(re.findall(r"([a-z_]+) as (?:materialized )?\(", query.text))
        if not query.title[:1].isupper():
            found.append(f"{place} begins its title with a small letter")
        if not query.grain.startswith("one row"):
            found.append(f"{place} does not say what one row is")
        if not query.sources or set(query.sources) != read - steps:
            found.append(f"{place} names {query.sources} as its sources and reads {read - steps}")
    return found


def test_headers_are_whole(keeps):
    keeps(
        incomplete_headers,
        planted(("Programs of", "programs of")),
        planted(("one row per program", "programs")),
        planted(("-- @source   program\n", "")),
        planted(("from program\n", "from program join program_change using (program_id)\n")),
        planted(("-- @source   program\n", "-- @source   program\n-- @source   program_change\n")),
        planted(("-- @grain", "--"), place="queries/build/planted.sql"),
        planted(("-- @grain", "--"), place="queries/registry/planted.sql"),
        allowed=planted(),
    )


def no_single_select(root: Path) -> list[str]:
    found = []
    for place, _, query in queries(root, *ASKED, "build"):
        kinds = [statement.type for statement in statements(query.text)]
        if kinds != [duckdb.StatementType.SELECT]:
            found.append(f"{place} holds {[kind.name for kind in kinds]}")
    return found


def test_a_query_is_one_statement_that_selects(keeps):
    keeps(
        no_single_select,
        planted(("order by program_id", "order by program_id; select 1")),
        {PLANTED: "delete from program"},
        {"queries/metric/planted.sql": "insert into program values (1)"},
        {"queries/build/planted.sql": ""},
        allowed=planted(),
    )


def wrong_parameters(root: Path) -> list[str]:
    found = []
    for place, _, query in queries(root, *ASKED, "build", "load"):
        taken = {name for one in statements(query.text) for name in one.named_parameters}
        if sorted(query.params) != sorted(taken):
            found.append(f"{place} declares {query.params} and takes {sorted(taken)}")
    return found


def test_declared_parameters_are_the_ones_duckdb_finds(keeps):
    param = "-- @param    program_ids VARCHAR[] which programs\n"
    keeps(
        wrong_parameters,
        planted((param, "")),
        planted((param, f"{param}-- @param    states VARCHAR[] which states\n")),
        planted((param, param * 2)),
        planted((param, ""), place="queries/load/planted.sql"),
        planted((param, ""), place="queries/build/planted.sql"),
        allowed=planted(),
    )


def described(
    connection: duckdb.DuckDBPyConnection, query: QueryFile, params: dict[str, object]
) -> list[tuple[str, str]]:
    """Columns of a query and their types, as DuckDB describes them."""
    with connection.cursor() as cursor:
        result = cursor.sql(query.text, params=params or None)
        return list(zip(result.columns, map(str, result.types), strict=True))


def wrong_columns(root: Path, snapshot: Snapshot) -> list[str]:
    found = []
    for place, _, query in queries(root, *PUBLISHED):
        counts = [column for column, kind in query.columns if kind == "BIGINT"]
        for breakdown in Breakdown if "breakdown" in query.params else [None]:
            given = {**EVERYTHING, "counts": counts, "breakdown": breakdown}
            params = {key: given.get(key) for key in query.params}
            columns = described(snapshot._connection, query, params)
            if list(query.columns) != columns:
                found.append(f"{place} by {breakdown} declares {query.columns}, gives {columns}")
    return found


COLUMN = "-- @column   program_id VARCHAR - which program\n"


def test_declared_columns_are_the_ones_duckdb_describes(keeps, small_snapshot: Snapshot):
    by = ("-- @param", "-- @param    breakdown VARCHAR by what\n-- @param")
    keeps(
        partial(wrong_columns, snapshot=small_snapshot),
        planted(("program_id VARCHAR", "program_id BIGINT")),
        planted((COLUMN, "")),
        planted((COLUMN, COLUMN * 2)),
        planted(("select program_id", "select program_id as id")),
        planted(
            by,
            ("select program_id", "select program_id, $breakdown as breakdown"),
            place="queries/metric/planted.sql",
        ),
        allowed=planted(),
    )


def wrong_columns_of_the_registry(root: Path) -> list[str]:
    found = []
    for place, _, query in queries(root, "registry"):
        params: dict[str, object] = dict.fromkeys(query.params)
        columns = described(live_registry()._connection, query, params)
        if list(query.columns) != columns:
            found.append(f"{place} declares {query.columns} and gives {columns}")
        if set(query.meanings) != {column for column, _ in query.columns}:
            found.append(f"{place} does not say what each column means")
    return found


def test_declared_columns_of_the_registry_are_the_ones_duckdb_describes(keeps):
    def of_claims(*changes: tuple[str, str]) -> dict[str, str]:
        names = (("from program\n", "from growth_claims\n"), ("program_id", "claim_id"))
        return planted(*names, *changes, place="queries/registry/planted.sql")

    keeps(
        wrong_columns_of_the_registry,
        of_claims(("claim_id VARCHAR -", "claim_id BIGINT -")),
        of_claims((" - which program", "")),
        allowed=of_claims(),
    )


def untold_counts(root: Path) -> list[str]:
    found = []
    whole = dict[str, str]()
    for place, stem, query in queries(root, "metric"):
        counts = [column for column, kind in query.columns if kind == "BIGINT"]
        told = [query.meanings.get(column) for column in counts]
        if set(query.meanings) != {column for column, _ in query.columns}:
            found.append(f"{place} does not say what each column means")
        if not counts or len(set(told)) != len(told):
            found.append(f"{place} has no counts, or two with the same words")
        if stem == "incidents":
            whole = query.meanings
        # A count over a part of the incidents alone has the words of the whole.
        if stem in ("injured_people", "net_diverted"):
            found += [
                f"{place} says {column} in other words than incidents.sql"
                for column in counts
                if column in whole and query.meanings.get(column) != whole[column]
            ]
    return found


def test_metric_queries_say_what_they_count(keeps):
    count = "-- @column   call_count BIGINT - calls for service\n"
    other = "-- @column   other_count BIGINT - "
    place = "queries/metric/planted.sql"
    keeps(
        untold_counts,
        planted(place=place),
        planted((COLUMN, count + COLUMN.replace(" - which program", "")), place=place),
        planted((COLUMN, f"{COLUMN}{count}{other}calls for service\n"), place=place),
        {
            **planted((COLUMN, COLUMN + count), place="queries/metric/incidents.sql"),
            **planted(
                (COLUMN, COLUMN + count.replace("calls for", "calls of")),
                place="queries/metric/net_diverted.sql",
            ),
        },
        allowed=planted((COLUMN, f"{COLUMN}{count}{other}others\n"), place=place),
    )


def unordered_or_shouting(root: Path) -> list[str]:
    found = []
    for place, stem, query in queries(root, *ASKED, "build"):
        code = re.sub(r"'[^']*'", "''", without_comments(query.text))
        if "order by" not in code and stem != FACTS:
            found.append(f"{place} says no order")
        if code != code.lower():
            found.append(f"{place} has keywords or names in capitals")
    return found


def test_order_is_said_and_keywords_are_lower_case(keeps):
    keeps(
        unordered_or_shouting,
        planted(("order by program_id", "-- order by program_id")),
        planted(("order by program_id", "-- none"), place="queries/build/planted.sql"),
        planted(("select", "SELECT")),
        allowed=planted(("select program_id", "select 'Any' as program_id")),
    )


def divisions(root: Path) -> list[str]:
    return [
        f"{place}: {line.strip()}"
        for place, _, query in queries(root, "metric")
        for line in without_comments(query.text).splitlines()
        if re.search(r"\bround\(|\bavg\(|\s/\s", line)
    ]


def test_metric_queries_count_and_do_not_divide(keeps):
    keeps(
        divisions,
        *(
            {"queries/metric/planted.sql": f"select {code} as share from program"}
            for code in ("a / b", "round(a)", "avg(a)")
        ),
        allowed={"queries/metric/planted.sql": "select a -- a / b"},
    )


def unused_queries(root: Path) -> list[str]:
    loading = words_in_python("outcomes.ingest", "outcomes.store")
    by_table = {
        f"{verb}_{table}"
        for verb in ("insert", "delete")
        if f"{verb}_" in loading
        for table in loading
    }
    shown = words_in_python("outcomes", "pages")
    used = {
        "metric": names_of_metrics() | words_in_python("outcomes"),
        **dict.fromkeys(("registry", "snapshot", "quality"), shown),
        "load": loading | by_table,
        "warehouse": loading,
    }
    return [
        place
        for folder, words in used.items()
        for place, stem, _ in queries(root, folder)
        if stem not in words
    ]


def test_every_query_is_used(keeps):
    keeps(
        unused_queries,
        *(
            {f"queries/{folder}/{stem}.sql": SOUND}
            for folder in FOLDERS
            if folder != "build"
            for stem in ("planted", "delete_planted")
        ),
    )


def test_build_queries_are_the_page_tables():
    assert set(query_names("build")) == {*PAGE_TABLES, FACTS}


def test_what_is_done_to_every_page_table_leaves_none_out():
    counted = read_query("load", "page_table_rows").text
    assert re.findall(r"^from (\w+)$", counted, re.MULTILINE) == list(PAGE_TABLES)
    assert re.findall(r"^    '(\w+)' as page_table,$", counted, re.MULTILINE) == list(PAGE_TABLES)
    dropped = re.findall(
        r"^delete from (\w+)", read_query("warehouse", "drop_part").text, re.MULTILINE
    )
    assert sorted(dropped) == sorted(PAGE_TABLES)


def test_every_metric_query_that_the_registry_reaches_exists():
    assert names_of_metrics() - set(query_names("metric")) == set()


def metric_queries_beyond_the_most(root: Path) -> list[str]:
    return [place for place, _, _ in queries(root, "metric")][MOST_METRIC_QUERIES:]


def test_a_breakdown_is_no_file(keeps):
    names = [f"queries/metric/incidents_by_{number:02}.sql" for number in range(21)]
    keeps(metric_queries_beyond_the_most, dict.fromkeys(names, SOUND))


def test_the_project_has_queries_in_every_folder():
    assert [folder for folder in FOLDERS if not list(queries(PROJECT, folder))] == []
