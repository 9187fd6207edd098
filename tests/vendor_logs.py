"""Made-up logs in the shapes of three vendors' systems, with what is right of each."""

from dataclasses import dataclass
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
STAFF = ("R. Alder", "M. Birch", "T. Cedar")


@dataclass(frozen=True)
class VendorLog:
    """A log as a file's text, with its right numbers."""

    # what kind of system writes such a file
    kind: str
    # its text
    text: str
    # rows under its header
    rows: int
    # metrics with their numerator, or their value where it is a time
    numbers: dict[str, float]


def _calls() -> list[tuple[int, datetime]]:
    first = datetime(2026, 1, 5, 7, 42, 10)
    return [(n, first + n * timedelta(days=2, hours=5, minutes=7)) for n in range(40)]


def _new_world() -> str:
    """A report of dispatched units: title lines, one row for each unit, minutes of twelve hours."""

    def at(moment: datetime) -> str:
        return f"{moment:%m/%d/%Y %I:%M:%S %p}"

    lines = [
        "Fernhollow Emergency Communications",
        "Unit Activity by Call, 01/01/2026 - 03/31/2026",
        "",
        "Call Number,Call Date/Time,Call Type,Call Priority,Address,Beat,Unit Number,Dispatched Date/Time,"
        "Enroute Date/Time,Arrived Date/Time,Cleared Date/Time,Disposition,Call Taker,Narrative",
    ]
    for n, received in _calls():
        sent = received + 4 * MINUTE
        arrived = at(sent + 15 * MINUTE) if n % 8 else ""
        units = ["CRT1"] if n % 5 else ["CRT1", "12A4"]
        for unit in units:
            lines.append(
                f"2026-{n + 101:06},{at(received)},{('WELFARE CHECK', 'SUICIDAL SUBJECT')[n % 2]},{1 + n % 3},"
                f"{100 + n} MAPLE ST,{('North', 'South')[n % 2]},{unit},{at(sent)},{at(sent + MINUTE)},{arrived},"
                f"{at(sent + 50 * MINUTE)},{('Resolved on scene', 'Unable to locate')[not arrived]},{STAFF[n % 3]},"
                f'"Caller said at length, again, what had happened here, {n}"'
            )
    return "\n".join([*lines, f"Total Units: {40 + 8},,,,,,,,,,,,,"]) + "\n"


def _hexagon() -> str:
    """A table of the event log: short names in capitals, stamps of fourteen digits with the clock's two letters."""

    def at(moment: datetime) -> str:
        return f"{moment:%Y%m%d%H%M%S}PS"

    lines = [
        "NUM_1|AD_TS|TYCOD|SUB_TYCOD|PRIORITY|DGROUP|ESTNUM|EFEANME|DS_TS|EN_TS|AR_TS|CL_TS|DISPO"
    ]
    for n, received in _calls():
        sent = received + 3 * MINUTE
        was_sent = n % 10 != 9
        stamps = (
            [at(sent), at(sent + MINUTE), at(sent + 12 * MINUTE), at(sent + 40 * MINUTE)]
            if was_sent
            else [""] * 4
        )
        lines.append(
            "|".join(
                (
                    f"P26{n + 31:07}", at(received), ("MHC", "WELCK")[n % 2], "default", str(1 + n % 4),
                    ("CRISIS1", "CRISIS2")[n % 2], str(100 + n), "MAPLE", *stamps, ("RES", "GOA")[n % 2],
                )
            )
        )  # fmt: skip
    return "\n".join(lines) + "\n"


def _apricot() -> str:
    """An export of a case-management system: one row for each contact with a person, answers of several parted by bars."""
    lines = [
        '"Record ID","Participant Name","Participant ID","Date of Contact","Contact Start Time","Time Team Arrived",'
        '"How Received","Reason for Contact","Outcome of Contact","Transported To","Referral Offered","Age","Gender","Race",'
        '"Created By","Case Notes"'
    ]
    for n, received in _calls():
        arrived = received + 20 * MINUTE
        lines.append(
            f'"{4001 + n}","Jo Doe {n % 17}","P{n % 17:04}","{received:%m/%d/%Y}","{received:%I:%M %p}","{arrived:%I:%M %p}",'
            f'"{("988 transfer", "Self referral")[n % 2]}","{("Mental health|Housing", "Welfare check")[n % 2]}",'
            f'"{("Contacted", "Unable to locate")[n % 4 == 3]}","{("", "Crisis center")[n % 4 == 0]}","{("Yes", "No")[n % 3 == 0]}",'
            f'"{20 + n}","{("Female", "Male", "Nonbinary")[n % 3]}","{("White", "Black or African American")[n % 2]}",'
            f'"{STAFF[n % 3]}","Long notes about the visit and all that was said in it, number {n}"'
        )
    return "\ufeff" + "\r\n".join(lines) + "\r\n"


VENDOR_LOGS = (
    VendorLog(
        "a dispatch report by unit",
        _new_world(),
        49,
        {"dispatches": 40, "response_min": 19.0},
    ),
    VendorLog("an event table", _hexagon(), 40, {"dispatches": 36, "response_min": 15.0}),
    VendorLog("a case-management export", _apricot(), 40, {"responses": 40, "response_min": 20.0}),
)
