"""docs/reached.md, row by row: what a log and a row of it say, and whether the team was sent, was there and met somebody."""

import re

import pytest
from places import PROJECT

from outcomes.store.warehouse import open_warehouse

ANSWERS = {True: "yes", False: "no", None: "?"}
TIMES = {"dispatched_at", "arrived_at", "contact_at"}
NOT_NULL = {
    "call_origin": "911",
    "call_type": "not_recorded",
    "not_reached_reason": "not_recorded",
    "contact_result": "not_recorded",
    "police_involvement": "not_recorded",
    "police_request_reason": "not_recorded",
    "row_count": 1,
    "row_hash": "",
    "load_id": 1,
}


def table_rows() -> list[list[str]]:
    """The cells of each row of the document's table: rows, log records, row says, sent, reached, met."""
    text = (PROJECT / "docs" / "reached.md").read_text(encoding="utf-8")
    rows = [
        [cell.strip() for cell in line.strip("|\n").split("|")]
        for line in text.splitlines()
        if re.match(r"\| (call|dispatch|person) ", line)
    ]
    assert len(rows) > 40
    assert all(len(row) == 6 for row in rows)
    return rows


def named(cell: str) -> list[str]:
    return [] if cell == "-" else cell.split(", ")


def stored(says: str) -> tuple[str, object]:
    """Column and value of one thing that a row says."""
    field, _, word = says.partition("=")
    if field in TIMES:
        return field, "2026-03-01 10:20:00"
    return field, {"": True, "yes": True, "no": False}.get(word, word)


def insert(connection: object, table: str, values: dict[str, object]) -> None:
    marks = ", ".join("?" for _ in values)
    names = ", ".join(values)
    connection.execute(
        f"insert into warehouse.{table} ({names}) values ({marks})", list(values.values())
    )


@pytest.fixture(scope="module")
def facts(tmp_path_factory: pytest.TempPathFactory) -> dict[int, tuple[str, str, str]]:
    """Sent, reached and met of every row of the table, by its place."""
    rows = table_rows()
    with open_warehouse(tmp_path_factory.mktemp("reached")) as warehouse:
        warehouse.attach()
        warehouse.see_facts()
        connection = warehouse.connection
        for place, (rows_are, records, says, *_) in enumerate(rows):
            program_id, fields = f"town-{place}", named(records)
            program = {
                **dict.fromkeys(["program_name", "city", "data_owner", "profile_digest"], "Town"),
                "program_id": program_id,
                "state": "OH",
                "time_zone": "America/New_York",
                "data_kind": "made_up",
                "record_grain": rows_are,
                "log_holds": "all_calls" if rows_are == "call" else "program_work",
                "all_rows_reached": "reached_rows" in fields,
                "records_police_units": False,
                "has_ids": True,
                "keeps_zero_intervals": False,
                "longest_interval_min": 1440,
                "recorded_fields": fields,
            }
            insert(connection, "program", program)
            incident = {"program_id": program_id, "incident_id": "1", "record_grain": rows_are}
            incident |= {"received_at": "2026-03-01 10:00:00", "received_date": "2026-03-01"}
            insert(
                connection, "incident", {**incident, **NOT_NULL, **dict(map(stored, named(says)))}
            )
        found = connection.execute(
            "select program_id, is_dispatched, is_response, is_contact from incident_fact_now"
        ).fetchall()
    return {
        int(program_id.removeprefix("town-")): tuple(ANSWERS[flag] for flag in flags)
        for program_id, *flags in found
    }


@pytest.mark.parametrize(
    "place", range(len(table_rows())), ids=lambda n: " ".join(table_rows()[n][:3])
)
def test_a_row_of_the_table(facts: dict[int, tuple[str, str, str]], place: int):
    assert facts[place] == tuple(table_rows()[place][3:])
