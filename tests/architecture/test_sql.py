"""SQL lives in queries/, and nothing interpolated ever reaches the database."""

import ast
import re
from pathlib import Path

from source_tree import PROJECT, modules, tree

# A string is SQL where it begins as a statement and reads or writes something, or where it names one of
# our tables after a word that only SQL uses in that place.
STATEMENT = re.compile(
    r"^\s*(with|select|insert|update|delete|create|drop|alter|truncate|copy|merge|from|replace|describe)\b",
    re.IGNORECASE,
)
CLAUSE = re.compile(r"\b(from|join|into|update|table|view|copy)\s+([a-z_.\"]+|\{\})", re.IGNORECASE)
SHAPE = re.compile(
    r"\bselect\b.+\bfrom\b|\binsert\s+into\b|\bdelete\s+from\b|"
    r"\bcreate\s+(or replace\s+)?(temp\s+)?(table|view|macro)\b|"
    r"\bdrop\s+(table|view)\b|\bupdate\s+\w+\s+set\b",
    re.IGNORECASE | re.DOTALL,
)

# Calls that hand text to the database.
DATABASE_CALLS = ("execute", "executemany", "sql", "query", "from_query", "extract_statements")
# Names of the duckdb module that use its global connection.
GLOBAL_CONNECTION = (
    "sql",
    "query",
    "execute",
    "executemany",
    "from_query",
    "table",
    "view",
    "values",
    "cursor",
    "default_connection",
    "from_df",
    "from_arrow",
    "from_parquet",
    "from_csv_auto",
    "read_csv",
    "read_parquet",
    "read_json",
    "register",
    "begin",
    "commit",
    "rollback",
    "query_df",
    "arrow",
)


def our_tables() -> set[str]:
    """Names of tables with an underscore or a schema: no prose has these after "from"."""
    text = "\n".join(path.read_text() for path in PROJECT.glob("queries/**/*.sql"))
    created = re.findall(r"(?:table|view)(?: if (?:not )?exists)? ([a-z_]+)", text)
    built = [path.stem for path in PROJECT.glob("queries/build/*.sql")]
    return {name for name in [*created, *built] if "_" in name}


TABLES = our_tables()


def is_sql(text: str) -> bool:
    """Whether a string of the program is SQL."""
    bare = re.sub(r"--.*", "", text)
    clauses = [name.lower() for _, name in CLAUSE.findall(bare)]
    if any(name in TABLES or name.startswith("warehouse.") for name in clauses):
        return True
    if SHAPE.search(bare):
        return True
    return bool(STATEMENT.match(bare) and clauses and (len(bare.split()) <= 3 or ";" in bare))


def strings(source: ast.Module) -> list[tuple[int, str]]:
    """Every string of a file that is no docstring, with its line; a hole of an f-string reads as {}."""
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(source)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    found, inside = [], set()
    for node in ast.walk(source):
        if isinstance(node, ast.JoinedStr):
            parts = [p.value if isinstance(p, ast.Constant) else "{}" for p in node.values]
            found.append((node.lineno, "".join(parts)))
            inside |= {id(part) for part in node.values}
        elif (
            isinstance(node, ast.Constant)
            and isinstance(node.value, str)
            and id(node) not in docstrings | inside
        ):
            found.append((node.lineno, node.value))
    return found


def is_interpolated(node: ast.expr, assigned: dict[str, list[ast.expr]]) -> bool:
    """Whether an argument is text put together while running: f-string, % or +, format or join."""
    if isinstance(node, ast.JoinedStr):
        return any(isinstance(part, ast.FormattedValue) for part in node.values)
    if isinstance(node, ast.BinOp):
        return True
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in ("format", "join", "replace", "format_map")
    if isinstance(node, ast.Name):
        return any(is_interpolated(value, {}) for value in assigned.get(node.id, []))
    return False


def is_by_name(function: ast.Attribute) -> bool:
    """Whether it is the warehouse's own execute, which takes the name of a query file and no SQL."""
    return isinstance(function.value, ast.Name) and function.value.id == "warehouse"


def interpolated_calls(source: ast.Module) -> list[int]:
    """Lines on which interpolated text is handed to the database."""
    assigned: dict[str, list[ast.expr]] = {}
    for node in ast.walk(source):
        if isinstance(node, ast.Assign):
            for target in node.targets:
                if isinstance(target, ast.Name):
                    assigned.setdefault(target.id, []).append(node.value)
        elif isinstance(node, ast.AugAssign) and isinstance(node.target, ast.Name):
            assigned.setdefault(node.target.id, []).append(
                ast.BinOp(node.target, node.op, node.value)
            )
    return [
        node.lineno
        for node in ast.walk(source)
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Attribute)
        and node.func.attr in DATABASE_CALLS
        and not is_by_name(node.func)
        and node.args
        and is_interpolated(node.args[0], assigned)
    ]


def global_connection_uses(source: ast.Module) -> list[int]:
    """Lines that use duckdb's global connection."""
    lines = [
        node.lineno
        for node in ast.walk(source)
        if isinstance(node, ast.Attribute)
        and isinstance(node.value, ast.Name)
        and node.value.id == "duckdb"
        and node.attr in GLOBAL_CONNECTION
    ]
    return lines + [
        node.lineno
        for node in ast.walk(source)
        if isinstance(node, ast.ImportFrom)
        and node.module == "duckdb"
        and any(alias.name in GLOBAL_CONNECTION for alias in node.names)
    ]


def sql_in_python(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()}:{line}: {text.strip()[:80]}"
        for path in modules(root).values()
        for line, text in strings(tree(path))
        if is_sql(text)
    ]


PLANTED_SQL = (
    'x = "select month, sum(n) from incident_count_month group by month"',
    'x = f"select * from {table} where a = 1"',
    'x = "select 1 as a " "from duration_count_month"',
    'x = " join funnel_month using (program_id)"',
    'x = "INSERT INTO anything VALUES (1)"',
    'x = "delete from warehouse.incident"',
    'x = "update program set city = 1"',
    'x = "create or replace table t as select 1"',
    'x = "drop table if exists t"',
    'x = "from incident"',
    'x = """\n    with a as (select 1)\n    select * from a"""',
    'def f():\n    """Say."""\n    return "select a from b"',
)
PROSE = (
    'x = "Choose from the list of call types, or write another."',
    'x = f"Expected a metric, found [{key}]; choose from {names}."',
    'def f():\n    """select a from incident_count_month, as the analyst would."""',
    'x = "Update the profile and load the log again."',
    'x = "Select programs"',
    'x = "responses with an injury from first aid to fatal"',
)


def test_no_sql_in_python(keeps):
    keeps(
        sql_in_python,
        *({"outcomes/store/a.py": planted} for planted in PLANTED_SQL),
        allowed={f"outcomes/store/{n}.py": prose for n, prose in enumerate(PROSE)},
    )


def interpolations(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()}:{line} hands interpolated text to the database"
        for path in modules(root).values()
        for line in interpolated_calls(tree(path))
    ]


def test_nothing_interpolated_reaches_the_database(keeps):
    planted = (
        'connection.execute(f"attach {path}")',
        'connection.execute("use %s" % name)',
        'connection.sql("select " + columns)',
        'connection.from_query("select {}".format(a))',
        'text = f"use {name}"\ncursor.execute(text)',
        'text = "select 1"\ntext += where\ncursor.execute(text)',
        'cursor.execute(" ".join(parts))',
    )
    keeps(
        interpolations,
        *({"outcomes/store/a.py": text} for text in planted),
        allowed={"outcomes/store/a.py": 'c.execute("use memory")\nc.execute(query.text, p)'},
    )


def calls_to(function: ast.AST, to: str) -> list[ast.Call]:
    """The calls within a function of what is called so, also of a method."""
    return [
        node
        for node in ast.walk(function)
        if isinstance(node, ast.Call) and ast.unparse(node.func).split(".")[-1] == to
    ]


def function_of(module: str, *path: str) -> ast.AST:
    """A function by its module and its name, within a class where there are two."""
    found: ast.AST = tree(modules()[module])
    for name in path:
        found = next(
            node
            for node in getattr(found, "body", [])
            if isinstance(node, ast.ClassDef | ast.FunctionDef) and node.name == name
        )
    return found


def test_the_warehouse_and_snapshots_execute_by_file_name_alone():
    for name in ("execute", "rows", "records", "table", "execute_text"):
        method = function_of("outcomes.store.warehouse", "Warehouse", name)
        assert calls_to(method, "execute") == []
        assert len(calls_to(method, "run_query")) == 1
    for name in ("rows", "run"):
        method = function_of("outcomes.store.snapshot", "Snapshot", name)
        assert calls_to(method, "execute") == []
        assert len(calls_to(method, "run_query")) == 1
    run = function_of("outcomes.store.run_query", "run_query")
    handed = {
        to: [ast.unparse(one.args[0]) for one in calls_to(run, to)]
        for to in ("extract_statements", "execute")
    }
    assert handed == {
        "extract_statements": ["read_query(folder, name).text"],
        "execute": ["statement"],
    }


def global_connections(root: Path) -> list[str]:
    return [
        f"{path.relative_to(root).as_posix()}:{line} uses the global connection"
        for path in modules(root).values()
        for line in global_connection_uses(tree(path))
    ]


def test_global_connection_is_not_used(keeps):
    planted = (
        "import duckdb\nduckdb.sql('x')",
        "duckdb.execute('x')",
        "duckdb.query('x')",
        "from duckdb import sql",
    )
    keeps(
        global_connections,
        *({"outcomes/store/a.py": text} for text in planted),
        allowed={"outcomes/store/a.py": "import duckdb\nconnection = duckdb.connect()"},
    )
