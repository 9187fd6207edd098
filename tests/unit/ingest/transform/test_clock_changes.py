"""Minutes from one wall time to another, across clock changes and through the hour that comes twice."""

import pytest

from outcomes.store.warehouse import open_warehouse

PACIFIC = "America/Los_Angeles"


@pytest.fixture(scope="module")
def minutes(tmp_path_factory: pytest.TempPathFactory):
    with open_warehouse(tmp_path_factory.mktemp("clock")) as warehouse:

        def between(zone: str, start: str | None, end: str | None) -> float | None:
            asked = "select minutes_between($zone, $a::timestamp, $b::timestamp)"
            found = warehouse.connection.execute(asked, {"zone": zone, "a": start, "b": end})
            return found.fetchone()[0]

        yield between


@pytest.mark.parametrize(
    ("start", "end", "expected"),
    [
        ("2024-06-01 10:00:00", "2024-06-01 10:20:30", 20.5),
        ("2024-06-01 23:59:00", "2024-06-02 00:05:00", 6),
        ("2024-06-01 10:00:00", "2024-06-01 09:50:00", -10),
        ("2024-06-01 10:00:00", "2024-06-01 10:00:00", 0),
        # Spring: the clock jumps from 2 to 3.
        ("2024-03-10 01:50:00", "2024-03-10 03:10:00", 20),
        ("2024-03-09 22:00:00", "2024-03-10 04:00:00", 300),
        # Autumn: the hour from 1 to 2 comes twice.
        ("2024-11-03 00:50:00", "2024-11-03 03:10:00", 200),
        ("2024-11-03 00:50:00", "2024-11-03 01:10:00", 20),
        ("2024-11-03 01:10:00", "2024-11-03 01:30:00", 20),
        # In order only if the second is in the repeated hour.
        ("2024-11-03 01:50:00", "2024-11-03 01:10:00", 20),
        ("2024-11-03 01:50:00", "2024-11-03 02:10:00", 80),
        ("2024-11-02 22:00:00", "2024-11-03 22:00:00", 25 * 60),
    ],
)
def test_minutes(minutes, start: str, end: str, expected: float):
    assert minutes(PACIFIC, start, end) == pytest.approx(expected)


def test_zone_without_clock_changes(minutes):
    assert minutes("America/Phoenix", "2024-03-10 01:50:00", "2024-03-10 03:10:00") == 80
    assert minutes("America/Phoenix", "2024-11-03 01:50:00", "2024-11-03 01:10:00") == -40


def test_missing_stays_missing(minutes):
    assert minutes(PACIFIC, None, "2024-06-01 10:00:00") is None
    assert minutes(PACIFIC, "2024-06-01 10:00:00", None) is None
