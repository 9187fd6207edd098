"""Makes a store of any size from a demonstration store: its programs and their calls, many times over.

Run from the project's folder: python -m tests.benchmark.large_store SOURCE TARGET --programs 100 --incidents 10000000
The copies of a program have names and ids of their own; the copies of a call are other calls of the same minute. Nothing is
published: the next load, or python -m tests.benchmark.publication TARGET, does that. 100 million take about 6 GB of disk.
"""

import argparse
import shutil
from pathlib import Path

from outcomes.store.warehouse import WAREHOUSE_FILE, open_warehouse

TABLES = ("program_change", "program_target", "program_hours", "injury", "unit_response")


def make_large_store(source: Path, target: Path, programs: int, incidents: int) -> int:
    """Incidents in the new store at target, about as many as asked for, of so many programs."""
    target.mkdir(parents=True)
    # The schema comes from the product; the rows are multiplied here.
    with open_warehouse(target) as warehouse:
        warehouse.attach()
        connection = warehouse.connection
        connection.execute(
            "attach $path as source (read_only)", {"path": str(source / WAREHOUSE_FILE)}
        )
        (known,) = connection.execute("select count(*) from source.program").fetchone() or (0,)
        (rows,) = connection.execute("select count(*) from source.incident").fetchone() or (0,)
        copies = -(-programs // known)
        # A store that is smaller than the programs asked for would be is a part of each one's calls.
        wanted = incidents / (rows * programs / known)
        calls, part = max(1, round(wanted)), min(1.0, wanted)
        connection.execute(
            """
            create temp table copy as
            select
                program_id,
                row_number() over (order by number, program_id) as copy_number,
                program_id || '-' || lpad(number::varchar, 4, '0') as copy_id,
            from source.program, range($copies) as numbers (number)
            qualify copy_number <= $programs
            """,
            {"copies": copies, "programs": programs},
        )
        connection.execute(
            "insert into warehouse.program by name select * exclude (copy_id, copy_number) replace (copy_id as "
            "program_id, program_name || ' ' || copy_number as program_name) "
            "from source.program inner join copy using (program_id)"
        )
        for table in TABLES[:3]:
            connection.execute(
                f"insert into warehouse.{table} by name select * exclude (copy_id, copy_number) "
                f"replace (copy_id as program_id) from source.{table} inner join copy using (program_id)"
            )
        for program_id, number, copy_id in connection.execute("from copy order by 2").fetchall():
            each = {
                "program_id": program_id,
                "copy_id": copy_id,
                "calls": calls,
                "part": part,
            }
            for table in ("incident", *TABLES[3:]):
                own = ", $number::integer as load_id" if table == "incident" else ""
                gone = ", load_id" if table == "incident" else ""
                connection.execute(
                    f"insert into warehouse.{table} by name select * exclude (program_id, incident_id, copied{gone}), "
                    "$copy_id as program_id, incident_id || '-' || copied as incident_id"
                    f"{own} from source.{table}, range($calls) as times (copied) where program_id = $program_id "
                    "and hash(incident_id) % 1000 < $part * 1000",
                    each | ({"number": number} if own else {}),
                )
            connection.execute(
                "insert into warehouse.load_log by name select * replace ($number::integer as load_id, "
                "$copy_id as program_id) from source.load_log where program_id = $program_id",
                {"number": number, "copy_id": copy_id, "program_id": program_id},
            )
        (made,) = connection.execute("select count(*) from warehouse.incident").fetchone() or (0,)
    return int(made)


def main() -> None:
    """Make the store that the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path)
    parser.add_argument("target", type=Path)
    parser.add_argument("--programs", type=int, default=100)
    parser.add_argument("--incidents", type=int, default=10_000_000)
    asked = parser.parse_args()
    shutil.rmtree(asked.target, ignore_errors=True)
    made = make_large_store(asked.source, asked.target, asked.programs, asked.incidents)
    print(f"{made:,} incidents of {asked.programs} programs in {asked.target}")


if __name__ == "__main__":
    main()
