"""Writes everything that a tree of the product answers, as plain text. Runs inside that tree, of whatever age.

It drives the product from outside: its command line, its pages, and the one function `answer`. The few names that it
imports stand in PLACES, newest place first, so that trees before and after a move can both be written.
"""

import argparse
import contextlib
import dataclasses
import enum
import hashlib
import importlib
import io
import json
import os
import re
import runpy
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

TREE = Path.cwd()
SECTION = "=== "
# Where the product keeps what is imported here: the newest place first, then where it was before.
PLACES = {
    "answer": ("outcomes.answers.answer", "outcomes.answers"),
    "CompareWith": ("outcomes.answers.period_change", "outcomes.change"),
    "View": ("outcomes.vocabulary.log", "outcomes.vocabulary"),
    "Selection": ("outcomes.selection",),
    "METRICS": ("outcomes.metrics.registry",),
    "live_snapshot": ("outcomes.store.snapshot",),
}
# Pages that were renamed: the new name, by the old one.
RENAMED_PAGES = {"what_happened": "scene_outcomes"}
# Fields of an answer that say when it was made, or repeat what the methods page says.
NOT_WRITTEN = {"metric", "selection", "breakdown", "snapshot", "loaded_at"}
# Fields of what the browser gets that hold an id made by the framework.
FRAMEWORK_FIELDS = {"id", "element_id", "form_id", "page_script_hash", "user_key", "widget_id"}

REAL_LOGS = {
    "lane-county-mcs": "mcslc_lane_county/MCSLC.xlsx",
    "eugene-cahoots-log": "cahoots_2021_2022/call_data21_22.csv.gz",
    "sf-fire": "sf_fire_units_sample/data_sample.csv.gz",
    "san-diego-pd": "san_diego_pd_jan2023/pd_calls_for_service_2023_datasd.csv.gz",
    "toronto-pic": "toronto_pic_2014_2015/piccfsa.csv.gz",
    "eugene-cad": "eugene_cad_schema_sample/sample_CAD_2014_data.csv",
}
PERIOD = {"first_month": date(2024, 5, 1), "last_month": date(2025, 4, 1)}
TWO_TYPES = ("welfare_check", "mental_health")
# Selections that every metric is asked for: those of a quick run first.
SELECTIONS: dict[str, list[dict[str, Any]]] = {
    "demo": [
        {},
        {"program_ids": ("demo-kestrel-mesa",), **PERIOD},
        {"call_types": TWO_TYPES},
        {"states": ("WA",)},
        {"program_ids": ("demo-alder-crossing",)},
        {"program_ids": ("demo-brackwater",)},
        {"program_ids": ("demo-eastmarch",)},
        {"program_ids": ("demo-hollin-ferry",)},
        {"program_ids": ("demo-kestrel-mesa",)},
        {"program_ids": ("demo-marais-point",)},
        {"program_ids": ("demo-port-lindry",)},
        {"program_ids": ("demo-quillhaven",), "call_types": ("suicide_risk",)},
        {"program_ids": ("demo-sable-junction",)},
        {"program_ids": ("nowhere",)},
    ],
    "real": [
        {},
        {"program_ids": ("lane-county-mcs",)},
        {"program_ids": ("eugene-cahoots-log",)},
        {"program_ids": ("sf-fire",)},
        {"program_ids": ("san-diego-pd",)},
        {"program_ids": ("toronto-pic",)},
        {"program_ids": ("eugene-cad",)},
        {"states": ("OR",), "call_types": TWO_TYPES},
        {
            "program_ids": ("lane-county-mcs",),
            "first_month": date(2025, 1, 1),
            "last_month": date(2025, 6, 1),
        },
    ],
}
# Addresses at which every page about logs is opened: those of a quick run first.
LOG_ADDRESSES: dict[str, list[str]] = {
    "demo": [
        "program=demo-kestrel-mesa",
        "view=public",
        "period=all",
        "program=demo-quillhaven",
        "program=demo-kestrel-mesa&view=public&period=12",
        "program=demo-port-lindry&from=2024-05&to=2025-04&compare=period_before",
        "call_type=welfare_check,mental_health",
        "state=WA&view=public",
        "program=nowhere&state=ZZ&period=7&from=2024-99&compare=x&call_type=x&view=x&target=x&show=x&assume=x&measure=x",
    ],
    "real": [
        "program=lane-county-mcs",
        "period=all",
        "view=public",
        "program=eugene-cahoots-log&view=public",
        "program=lane-county-mcs&period=12&view=public",
        "program=san-diego-pd",
    ],
}
# Addresses of single pages, beside those of all.
OWN_ADDRESSES = {
    "response_times": ["target=15", "program=demo-port-lindry&target=8.5&view=public"],
    "demand_and_coverage": [
        "show=eligible",
        "show=reached",
        "show=no_unit_available",
        "program=demo-kestrel-mesa&show=outside_hours",
    ],
    "officer_time": [
        "program=demo-port-lindry&assume=minutes.welfare_check:1-2-3",
        "assume=posts:250,vacancy:10,minutes.dispute:9-1",
    ],
    "compare_programs": [
        "measure=emergency_backup_rate",
        "measure=police_request_rate&view=public",
        "measure=without_police_share",
        "measure=eligible_reached_share",
        "measure=arrest_rate",
        "measure=involuntary_hold_rate&view=public",
        "measure=transport_share",
        "measure=emergency_department_share",
    ],
}
# Addresses of the pages that follow no log: those of a quick run first.
REGISTRY_ADDRESSES = {
    "growth_across_states": [
        "",
        "with=co_response,mobile_crisis&show=CA",
        "pilots=out&map=per_million",
        "unverified=in&since=2017&month=2023-06&show=OR",
        "with=x&pilots=x&since=1900&month=1900-01&map=x&show=ZZ",
    ],
    "claims_checked": [""],
    "published_outcomes": [
        "",
        "program=Denver STAR",
        "about=x&program=x",
    ],
    "evidence": [""],
    "methods": [""],
    "load_a_log": [""],
}
NEW_FACTS = {
    "Name of the program": "Fernhollow Responders",
    "City": "Fernhollow",
    "State, two": "OH",
    "Who owns the log": "City of Fernhollow",
    "Time zone": "America/New_York",
    "One row is": "call",
    "The log holds": "program_work",
}
NEW_LOG = "Incident Number,Call Received,Arrived,Call Type,Outcome,Arrest,Beat\n" + "".join(
    f"F{row},2025-{1 + row % 3:02d}-{1 + row % 27:02d} 10:{row % 60:02d}:00,"
    f"2025-{1 + row % 3:02d}-{1 + row % 27:02d} 11:{row % 60:02d}:00,"
    f"{('WELFARE CHECK', 'SUICIDAL SUBJECT', 'THEFT')[row % 3]},{('contacted', 'unable to locate', 'smiled')[row % 3]},"
    f"{'YNNN'[row % 4]},north\n"
    for row in range(90)
)
QUICK_SELECTIONS, QUICK_ADDRESSES = 2, 2
SHARED_REGISTRY_STORE = "demo"
SWITCHES_AT = ("program=demo-kestrel-mesa", "program=lane-county-mcs")
LONGEST_PAGE_SECONDS = 240
# The mark by which a page knows that the router ran it; a page that is run without it starts over.
ROUTED_MARK = "_routed_by_app"


def place_of(name: str) -> Any:
    """The product's object of that name, from the first of its places that this tree has."""
    for module in PLACES[name]:
        with contextlib.suppress(ModuleNotFoundError, AttributeError):
            found = getattr(importlib.import_module(module), name)
            if not isinstance(found, type(sys)):
                return found
    raise SystemExit(
        f"Expected {name} in one of {', '.join(PLACES[name])}, found [none]; add its place."
    )


class Writer:
    """Writes sections of lines into one file; what differs from run to run by nature is replaced by a word."""

    def __init__(self, path: Path, hidden: dict[str, str]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        self._file = path.open("w", encoding="utf-8")
        self._hidden = hidden

    def section(self, title: str, lines: list[str] | str) -> None:
        """Write a section: its title, then its lines."""
        text = "\n".join([title, *(lines if isinstance(lines, list) else [lines])])
        for found, word in self._hidden.items():
            text = text.replace(found, word)
        for day in _days():
            text = re.sub(
                re.escape(day) + r"([T ]\d\d:\d\d(:\d\d(\.\d+)?)?( UTC|Z|\+00:00)?)?",
                "<today>",
                text,
            )
        text = re.sub(r"snap-\d+-load-\d+", "<snapshot>", text)
        self._file.write(f"{SECTION}{text.rstrip()}\n")

    def close(self) -> None:
        """Close the file."""
        self._file.close()


def _days() -> list[str]:
    """The day of the run as the product writes it, and the day before for a store built across midnight."""
    today = datetime.now(UTC).date()
    days = (today, today - timedelta(days=1))
    return [f"{day:{form}}" for day in days for form in ("%Y-%m-%d", "%d %b %Y", "%d %B %Y")]


# Answers


def write_answers(store: Path, kind: str, out: Path, is_quick: bool, share: slice) -> None:
    """Every metric, whole and by every breakdown, for every selection in both views; a file a metric."""
    answer, selection_of, views = place_of("answer"), place_of("Selection"), place_of("View")
    metrics, compare_with = place_of("METRICS"), place_of("CompareWith")
    snapshot = place_of("live_snapshot")(store)
    selections = SELECTIONS[kind][: QUICK_SELECTIONS if is_quick else None]
    for key, metric in list(metrics.items())[share]:
        writer = Writer(out / "answers" / f"{key}.txt", {})
        for chosen in selections:
            for view in views:
                if is_quick and chosen and view is views.PUBLIC:
                    continue
                selection = selection_of(**chosen, view=view)
                # Without a period the period before is never there: the year before says as much.
                others = list(compare_with)[: None if "first_month" in chosen else 1]
                asked = [(None, None), *((None, one) for one in others)]
                asked += [(breakdown, None) for breakdown in metric.breakdowns]
                for breakdown, other in asked:
                    title = _title(chosen, view, breakdown, other)
                    try:
                        lines = answer_lines(answer(key, selection, snapshot, breakdown, other))
                    except ValueError as problem:
                        lines = [f"{type(problem).__name__}: {problem}"]
                    writer.section(title, lines)
        writer.close()


def _title(chosen: dict, view: Any, breakdown: Any, other: Any) -> str:
    words = [f"{name}={_plain(value)}" for name, value in chosen.items()] or ["everything"]
    words += [view.value]
    words += [f"by {breakdown.value}"] if breakdown else ["whole"]
    words += [f"against {other.value}"] if other else []
    return " | ".join(words)


def answer_lines(found: Any) -> list[str]:
    """An answer's rows, total, comparison, notes and source, each on lines of its own at full precision."""
    lines = []
    for field in dataclasses.fields(found):
        if field.name in NOT_WRITTEN:
            continue
        value = getattr(found, field.name)
        if field.name == "notes":
            lines += [f"note {note}" for note in value]
        elif field.name == "table":
            lines.append(f"table columns {list(value.columns)}")
            lines += [
                f"table {_json(list(row))}" for row in value.itertuples(index=False, name=None)
            ]
        else:
            lines += _leaves(field.name, _plain(value))
    return lines


def _plain(value: Any) -> Any:
    """The value as dictionaries, lists, texts and numbers."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        names = (field.name for field in dataclasses.fields(value))
        return {name: _plain(getattr(value, name)) for name in names if name not in NOT_WRITTEN}
    if isinstance(value, enum.Enum):
        return value.value
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(one) for one in value]
    if isinstance(value, (set, frozenset)):
        return sorted(map(str, value))
    if hasattr(value, "item"):
        return value.item()
    return value


def _json(value: Any) -> str:
    return json.dumps(_plain(value), ensure_ascii=False, default=str)


def _leaves(path: str, value: Any) -> list[str]:
    """A line for each number, text and list of them in a value of any depth."""
    if isinstance(value, dict) and value:
        return [line for key, one in value.items() for line in _leaves(f"{path}.{key}", one)]
    if isinstance(value, list) and any(isinstance(one, (dict, list)) for one in value):
        return [
            line for place, one in enumerate(value) for line in _leaves(f"{path}[{place}]", one)
        ]
    return [f"{path} = {_json(value)}"]


# Pages


def write_pages(store: Path, kind: str, out: Path, is_quick: bool, share: slice) -> None:
    """Everything that every page gives the browser, and every file that it offers; a file a page."""
    os.environ["OUTCOMES_STORE"] = str(store)
    hidden = {str(store): "<store>", str(TREE): "<project>"}
    names = {path.stem for path in (TREE / "pages").glob("*.py")} - {"__init__"}
    files = {RENAMED_PAGES.get(name, name): name for name in sorted(names)}
    files |= {name: name for name in names if name not in RENAMED_PAGES}
    for page in sorted(files)[share]:
        addresses = _addresses(page, kind)
        if is_quick:
            addresses = (
                addresses[:QUICK_ADDRESSES] if page not in REGISTRY_ADDRESSES else addresses[:1]
            )
        if not addresses:
            continue
        writer = Writer(out / "pages" / f"{page}.txt", hidden)
        for address in addresses:
            visit = Visit(files[page], address)
            writer.section(address or "no selection", visit.lines())
            if address not in ("", *SWITCHES_AT) or is_quick:
                continue
            for option, lines in visit.other_downloads():
                writer.section(f"{address or 'no selection'} | download {option}", lines)
            if address in SWITCHES_AT:
                writer.section(f"{address} | switches on", visit.switched_on().lines())
                writer.section(
                    f"{address} | dark", Visit(files[page], address, theme="dark").lines()
                )
        writer.close()


def _addresses(page: str, kind: str) -> list[str]:
    if page in REGISTRY_ADDRESSES:
        return REGISTRY_ADDRESSES[page] if kind == SHARED_REGISTRY_STORE else []
    return LOG_ADDRESSES[kind] + (OWN_ADDRESSES.get(page, []) if kind == "demo" else [])


class Visit:
    """One page opened at one address by a new visitor, as the framework's test runner runs it."""

    def __init__(
        self, page: str, address: str, state: dict[str, Any] | None = None, theme: str = "light"
    ) -> None:
        from streamlit.testing.v1 import AppTest

        self._page, self._address = page, address
        self.run = AppTest.from_file(str(TREE / "app.py"), default_timeout=LONGEST_PAGE_SECONDS)
        self.run.switch_page(f"pages/{page}.py")
        for pair in filter(None, address.split("&")):
            key, _, value = pair.partition("=")
            self.run.query_params[key] = value
        self.run.context["theme"] = theme
        for key, value in (state or {}).items():
            self.run.session_state[key] = value
        self._run(self.run)

    def _run(self, changed: Any) -> None:
        self.offered = []
        with _noting_downloads(self.offered):
            changed.run(timeout=LONGEST_PAGE_SECONDS)

    def go(self, changed: Any) -> None:
        """Run the page anew, after what was changed on it."""
        # The runner takes the page without its router from the second run on, unless it is told otherwise.
        self.run.session_state[ROUTED_MARK] = True
        self._run(changed)

    def press(self, label: str) -> None:
        """Press the button of that label."""
        self.go(next(one for one in self.run.button if one.label == label).click())

    def lines(self) -> list[str]:
        """All that the browser gets, heading by heading, then the files."""
        query = {
            key: ",".join(value) if isinstance(value, list) else value
            for key, value in self.run.query_params.items()
        }
        return [
            f"address becomes {_json(dict(sorted(query.items())))}",
            *_tree_lines(self.run._tree),
            *self.download_lines(),
        ]

    def download_lines(self) -> list[str]:
        """The content of every file that the page offers."""
        return [f"file {name}: {line}" for name, data in self.offered for line in _file_lines(data)]

    def other_downloads(self) -> Iterator[tuple[str, list[str]]]:
        """The files that stand behind the other options of the page's choice of figures or tables."""
        for box in self.run.main.selectbox:
            if box.label in ("Figures", "Tables"):
                for option in box.options[1:]:
                    state = {box.key: option}
                    yield option, Visit(self._page, self._address, state).download_lines()

    def switched_on(self) -> "Visit":
        """The same page with every switch on it turned on."""
        state = {toggle.key: True for toggle in self.run.main.toggle}
        return Visit(self._page, self._address, state)


@contextlib.contextmanager
def _noting_downloads(offered: list[tuple[str, Any]]) -> Iterator[None]:
    """Note the content of every download button that is drawn meanwhile."""
    from streamlit.elements.widgets import button

    original = button.marshall_file

    def noted(
        coordinates: str, data: Any, proto: Any, mime: Any, file_name: Any = None, **more: Any
    ) -> None:
        offered.append((f"{file_name} ({mime})", data() if callable(data) else data))
        original(coordinates, data, proto, mime, file_name, **more)

    button.marshall_file = noted
    try:
        yield
    finally:
        button.marshall_file = original


def _file_lines(data: Any) -> list[str]:
    if isinstance(data, str):
        return data.splitlines()
    if data[:2] == b"PK":
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return [
                f"{name}: {line}"
                for name in packed.namelist()
                for line in _file_lines(packed.read(name))
            ]
    if data[:5] == b"%PDF-":
        return _pdf_lines(data)
    try:
        return data.decode("utf-8").splitlines()
    except UnicodeDecodeError:
        return [_digest(data)]


def _pdf_lines(data: bytes) -> list[str]:
    """The words of each page, and how long the file is: it holds the moment at which it was made."""
    import pypdf

    pages = pypdf.PdfReader(io.BytesIO(data)).pages
    words = [
        f"page {place}: {line}"
        for place, page in enumerate(pages, start=1)
        for line in page.extract_text().splitlines()
    ]
    return [f"{len(data)} bytes", *words]


def _digest(data: bytes) -> str:
    return f"{len(data)} bytes {hashlib.sha256(data).hexdigest()[:16]}"


def _tree_lines(node: Any, heading: str = "") -> list[str]:
    """A line for every field of everything drawn, each after the heading that it stands under."""
    lines = []
    for one in node:
        if getattr(one, "proto", None) is None:
            continue
        if one.type in ("title", "header", "subheader"):
            heading = f"[{one.proto.body}] "
        lines += [heading + line for line in _proto_lines(one.type, one.proto)]
    return lines


def _proto_lines(path: str, proto: Any) -> list[str]:
    from google.protobuf.message import Message

    lines = []
    for field, value in proto.ListFields():
        name = f"{path}.{field.name}"
        if field.name in FRAMEWORK_FIELDS or str(value).startswith("/mock/media"):
            continue
        if isinstance(value, Message):
            lines += _proto_lines(name, value)
        elif isinstance(value, bytes):
            lines += _table_lines(name, value)
        elif field.name == "spec":
            lines += _leaves(name, _unpacked(json.loads(value)))
        elif hasattr(value, "items"):
            for key, one in sorted(value.items()):
                is_message = isinstance(one, Message)
                lines += (
                    _proto_lines(f"{name}.{key}", one)
                    if is_message
                    else [f"{name}.{key} = {_json(one)}"]
                )
        elif not isinstance(value, str) and hasattr(value, "__iter__"):
            parts = list(value)
            if parts and isinstance(parts[0], Message):
                lines += [
                    line
                    for place, one in enumerate(parts)
                    for line in _proto_lines(f"{name}[{place}]", one)
                ]
            else:
                lines.append(f"{name} = {_json(parts)}")
        else:
            lines.append(f"{name} = {_json(value)}")
    return lines or [path]


def _table_lines(name: str, data: bytes) -> list[str]:
    """The rows of a table as the browser gets it."""
    from streamlit.dataframe_util import convert_arrow_bytes_to_pandas_df

    try:
        table = convert_arrow_bytes_to_pandas_df(data)
    except Exception:
        return [f"{name} = {_digest(data)}"]
    return [f"{name} | {line}" for line in table.to_csv().splitlines()]


def _unpacked(value: Any) -> Any:
    """A chart's description with its packed numbers as lists."""
    if isinstance(value, dict) and "bdata" in value:
        import base64

        import numpy as np

        found = np.frombuffer(base64.b64decode(value["bdata"]), dtype=value["dtype"])
        shape = [int(size) for size in str(value.get("shape", len(found))).split(",")]
        return (
            [None if number != number else number for number in found.tolist()]
            if len(shape) == 1
            else found.reshape(shape).tolist()
        )
    if isinstance(value, dict):
        return {key: _unpacked(one) for key, one in sorted(value.items())}
    if isinstance(value, list):
        return [_unpacked(one) for one in value]
    return value


# Commands


def write_commands(store: Path, kind: str, out: Path, is_quick: bool, share: slice) -> None:
    """What the command line prints for a list of commands on the store; a file for each command."""
    os.environ["OUTCOMES_STORE"] = str(store)
    hidden = {str(store): "<store>", str(TREE): "<project>", str(out): "<out>"}
    writers: dict[str, Writer] = {}
    for words in _commands(kind, is_quick):
        name = words[0] if words else "help"
        if name not in writers:
            writers[name] = Writer(out / "commands" / f"{name}.txt", hidden)
        writers[name].section(" ".join(words), command_text(words))
    for writer in writers.values():
        writer.close()


def _commands(kind: str, is_quick: bool) -> Iterator[list[str]]:
    metrics = place_of("METRICS")
    programs = {
        one.program_id: one
        for one in place_of("live_snapshot")(Path(os.environ["OUTCOMES_STORE"])).programs
    }
    first = "demo-kestrel-mesa" if kind == "demo" else "lane-county-mcs"
    for metric in list(metrics.values())[:: 6 if is_quick else 1]:
        yield ["answer", metric.key, "--program", first]
        by = [breakdown.value for breakdown in metric.breakdowns]
        yield ["answer", metric.key, "--by", by[0], "--format", "csv", "--view", "public"]
        yield ["answer", metric.key, "--by", by[-1], "--format", "json"]
        yield ["answer", metric.key, "--by", by[len(by) // 2], "--format", "table"]
    for program in programs:
        yield ["quality", program]
        yield ["quality", program, "--format", "json"]
        yield ["rejected", program]
    yield ["history"]
    yield ["history", "--format", "json"]
    if is_quick:
        return
    yield ["answer", "--list"]
    yield ["answer", "responses", "--from", "2025-01", "--to", "2025-03", "--format", "json"]
    yield [
        "answer",
        "responses",
        "--state",
        "or",
        "--call-type",
        "welfare_check",
        "--format",
        "csv",
    ]
    for wrong in (
        ["nothing"], [], ["responses", "--by", "moon"], ["responses", "--from", "2025-13"],
        ["responses", "--program", "nowhere"], ["responses", "--call-type", "x"], ["responses", "--from", "1991-01"],
    ):  # fmt: skip
        yield ["answer", *wrong]
    for name in ("quality", "rejected"):
        yield [name, "nowhere"]
    yield ["history", "--program", "nowhere"]
    yield ["load", "nowhere.csv", "--agency", "nowhere"]
    if kind == "demo":
        yield ["registry", "check"]
    agencies = sorted(path.name for path in (TREE / "data" / "agencies").iterdir())
    for agency in agencies:
        if agency.startswith("demo-") == (kind == "demo"):
            yield ["profile", "check", agency]
    for agency, path in _logs(kind).items():
        yield ["profile", "preview", str(path), "--agency", agency]
        yield [
            "profile",
            "preview",
            str(path),
            "--agency",
            agency,
            "--format",
            "json",
            "--rows",
            "300",
        ]
        yield ["profile", "draft", str(path), "--agency", agency, "--format", "json"]
    if kind == "real":
        lane = str(_logs(kind)["lane-county-mcs"])
        yield ["load", lane, "--agency", "lane-county-mcs", "--dry-run", "--format", "json"]


def _logs(kind: str) -> dict[str, Path]:
    """The log of each agency: the made-up exports, or the real ones."""
    if kind == "real":
        root = Path(os.environ["SAME_ANSWERS_REAL_LOGS"])
        return {
            agency: root / path for agency, path in REAL_LOGS.items() if (root / path).is_file()
        }
    agencies = [path.name for path in sorted((TREE / "data" / "agencies").glob("demo-*"))]
    exports = sorted(Path(os.environ["OUTCOMES_DEMO"]).iterdir())
    named = {agency: agency.removeprefix("demo-").replace("-", "_") for agency in agencies}
    return {
        agency: export
        for agency, name in named.items()
        for export in exports
        if export.name.startswith(name)
    }


def command_text(words: list[str]) -> str:
    """What `python -m outcomes` prints for these words, its faults and its exit code included."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    before = sys.argv
    sys.argv = ["outcomes", *words]
    try:
        with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
            runpy.run_module("outcomes", run_name="__main__", alter_sys=False)
    except SystemExit as end:
        code = end.code
    finally:
        sys.argv = before
    # Progress goes to the error stream too, step by step; only faults are kept of it.
    faults = [line for line in err.getvalue().splitlines() if not re.match(r"\s*\d+%", line)]
    return "\n".join([f"exit {code or 0}", *out.getvalue().splitlines(), *faults])


# Building a store


def build_store(store: Path, kind: str, out: Path, is_quick: bool, share: slice) -> None:
    """Build the store through the command line, and write what the loads said and what the warehouse holds."""
    writer = Writer(out / "loads.txt", {str(store): "<store>", str(TREE): "<project>"})
    if kind == "demo":
        writer.section("demo", _command(["demo"], store))
        for path in sorted(Path(os.environ["OUTCOMES_DEMO"]).iterdir()):
            writer.section(f"export {path.name}", _digest(path.read_bytes()))
    else:
        for agency, path in _logs("real").items():
            words = ["load", str(path), "--agency", agency]
            writer.section(f"load {agency}", _command(words, store))
    writer.close()
    _write_warehouse(store / "warehouse.duckdb", out)


def _command(words: list[str], store: Path) -> str:
    done = subprocess.run(
        [sys.executable, "-P", "-m", "outcomes", *words, "--store", str(store)],
        capture_output=True, text=True, encoding="utf-8", check=False,
    )  # fmt: skip
    if done.returncode:
        raise SystemExit(f"{' '.join(words)} failed: {done.stderr[-2000:]}")
    return done.stdout


def _write_warehouse(path: Path, out: Path) -> None:
    """For every column of every table of the warehouse: how many values, and a sum over them in any order."""
    import duckdb

    writer = Writer(out / "warehouse.txt", {})
    with contextlib.closing(duckdb.connect(str(path), read_only=True)) as connection:
        for (table,) in sorted(connection.execute("show tables").fetchall()):
            lines = [f"{connection.table(table).aggregate('count(*)').fetchall()[0][0]} rows"]
            for name, kind in zip(
                connection.table(table).columns, connection.table(table).types, strict=True
            ):
                if name.endswith(("loaded_at", "undone_at")):
                    continue
                sums = f'count("{name}"), sum(hash("{name}"))'
                lines.append(
                    f"{name} {kind} {connection.table(table).aggregate(sums).fetchall()[0]}"
                )
            writer.section(table, lines)
    writer.close()


# Bringing logs in, and taking them out again


def write_changes(store: Path, kind: str, out: Path, is_quick: bool, share: slice) -> None:
    """What the commands say as a copy of the store changes, and what the page says that brings a log in."""
    if is_quick:
        return
    place = store.with_name(f"{store.name}-changed")
    shutil.copytree(store, place / "store")
    os.environ["OUTCOMES_STORE"] = str(place / "store")
    hidden = {str(place): "<place>", str(TREE): "<project>"}
    log = _logs(kind).get("lane-county-mcs")
    if log is not None:
        writer = Writer(out / "changes.txt", hidden)
        for words in _changing_commands(str(log), place):
            writer.section(" ".join(words), command_text(words))
        writer.close()
    writer = Writer(out / "upload.txt", hidden)
    for title, lines in _uploads(place, log):
        writer.section(title, lines)
    writer.close()
    writer = Writer(out / "replaced.txt", hidden)
    for words in _replacing_commands(place):
        writer.section(" ".join(words), command_text(words))
    writer.close()
    shutil.rmtree(place, ignore_errors=True)


def _changing_commands(log: str, place: Path) -> Iterator[list[str]]:
    load = ["load", log, "--agency", "lane-county-mcs"]
    whole, by_month = (
        ["answer", "responses", "--program", "lane-county-mcs", *more]
        for more in ([], ["--by", "month"])
    )
    yield load
    yield [*load, "--replace-period", "2025-01:2025-03", "--format", "json"]
    yield [*load, "--replace-period", "2025-03"]
    yield [*load, "--most-rows", "100"]
    yield ["load", log, "--agency", "toronto-pic"]
    yield whole
    yield ["rollback"]
    yield ["history"]
    yield ["rollback", "--to", "2"]
    yield ["rollback", "--to", "99"]
    yield ["history", "--format", "json"]
    yield by_month
    yield ["quality", "lane-county-mcs"]
    yield load
    yield by_month
    yield [
        "profile",
        "draft",
        log,
        "--agency",
        "new-town",
        "--out",
        str(place / "new-town" / "profile.toml"),
    ]
    yield ["profile", "check", "new-town", "--agencies", str(place)]


def _replacing_commands(place: Path) -> Iterator[list[str]]:
    """Loads of a later export of the new log, with fewer rows, changed rows and rows that cannot be taken."""
    rows = NEW_LOG.replace("contacted", "unable to locate").splitlines()
    faulty = [
        "F5,2025-01-06",
        ",2025-01-07 10:00:00,,THEFT,,,",
        "F200,sometime,,THEFT,,,",
        'F201,"2025-01-08 09:00:00,,',
    ]
    later = place / "later.csv"
    later.write_text("\n".join([*rows[:31], *faulty[:3]]) + "\n", encoding="utf-8")
    broken = place / "broken.csv"
    broken.write_text("\n".join([*rows[:31], *faulty]) + "\n", encoding="utf-8")
    town = ["--agency", "fernhollow", "--agencies", str(place / "agencies")]
    yield ["load", str(later), *town, "--dry-run"]
    yield ["load", str(later), *town]
    yield ["rejected", "fernhollow"]
    yield ["load", str(later), *town, "--replace-period", "2025-01:2025-03", "--format", "json"]
    yield ["load", str(broken), *town]
    yield ["rejected", "fernhollow"]
    yield ["answer", "responses", "--program", "fernhollow", "--by", "month"]
    yield ["quality", "fernhollow"]
    yield ["history", "--program", "fernhollow"]
    yield ["rollback"]
    yield ["answer", "responses", "--program", "fernhollow", "--by", "month"]


def _uploads(place: Path, log: Path | None) -> Iterator[tuple[str, list[str]]]:
    """The page after every step: a new log with a profile of its own, then a known one."""
    inbox = place / "inbox"
    inbox.mkdir()
    (inbox / "fernhollow.csv").write_text(NEW_LOG, encoding="utf-8")
    agencies = place / "agencies"
    shutil.copytree(TREE / "data" / "agencies", agencies)
    os.environ |= {"OUTCOMES_AGENCIES": str(agencies), "OUTCOMES_INBOX": str(inbox)}
    visit = Visit("load_a_log", "")
    yield "new | begin", visit.lines()
    yield from _upload_steps(visit, "new", "fernhollow.csv")
    yield (
        "new | profile saved",
        [
            line
            for path in sorted((agencies / "fernhollow").iterdir())
            for line in path.read_text(encoding="utf-8").splitlines()
        ],
    )
    yield "new | page", Visit("overview", "program=fernhollow").lines()
    yield "new | quality", Visit("data_quality", "program=fernhollow").lines()
    if log is not None:
        shutil.copy(log, inbox)
        visit = Visit("load_a_log", "")
        next(one for one in visit.run.selectbox if one.label == "How to read it").set_value(
            "lane-county-mcs"
        )
        yield from _upload_steps(visit, "known", log.name)


def _upload_steps(visit: Visit, name: str, file: str) -> Iterator[tuple[str, list[str]]]:
    run = visit.run
    visit.go(next(one for one in run.multiselect if one.label.startswith("Or files")).select(file))
    visit.press("Look at it")
    yield f"{name} | looked at", visit.lines()
    visit.press("Read them")
    yield f"{name} | read", visit.lines()
    if name == "new":
        for label, text in NEW_FACTS.items():
            boxes = (*run.text_input, *run.selectbox)
            next(one for one in boxes if one.label.startswith(label)).set_value(text)
        visit.go(run)
        visit.press("Read them")
        yield f"{name} | filled in and read", visit.lines()
    visit.press("Count them")
    yield f"{name} | counted", visit.lines()
    visit.press("Load")
    yield f"{name} | loaded", visit.lines()
    if name == "new":
        visit.press("Save it")
        yield f"{name} | saved", visit.lines()


PARTS = {
    "changes": write_changes,
    "build": build_store,
    "answers": write_answers,
    "pages": write_pages,
    "commands": write_commands,
}


def main() -> None:
    """Write one part of what the tree in the working directory answers on one store."""
    parser = argparse.ArgumentParser()
    parser.add_argument("part", choices=PARTS)
    parser.add_argument("kind", choices=SELECTIONS)
    parser.add_argument("store", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--quick", action="store_true")
    parser.add_argument(
        "--share", default="1/1", help="2/3: the second of three equal shares of the part"
    )
    given = parser.parse_args()
    sys.path.insert(0, str(TREE))
    place, shares = map(int, given.share.split("/"))
    PARTS[given.part](
        given.store, given.kind, given.out / given.kind, given.quick, slice(place - 1, None, shares)
    )
    # Threads of the page runner may linger; everything is written.
    sys.stdout.flush()
    os._exit(0)


if __name__ == "__main__":
    main()
