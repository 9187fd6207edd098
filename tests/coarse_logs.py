"""Logs whose dates tell a year, a month or a day alone, loaded into a store of their own."""

from pathlib import Path

from made_city import AGENCY, CALL_TYPES, TIMES, profile_text, write_csv

from outcomes.ingest.run import load_log
from outcomes.store.snapshot import Snapshot, live_snapshot

WORDS = {
    "type": "MH WELF SUIC VIOL",
    "origin": "911 non_emergency 988",
    "result": "contacted contacted unable_to_locate",
    "police": "none none none requested_by_team already_on_scene",
    "request": "safety_emergency crime",
    "sent": "yes yes no",
    "arrest": "no no no no no no yes",
    "hold": "no no no yes",
    "force": "no",
    "ended": "resolved_on_scene referred transported_shelter",
    "destination": "none shelter",
    "hurt asked": "yes",
    "area": "North South",
    "priority": "1 2",
}


def rows_of(counts: dict[str, int], name: str = "R") -> list[dict[str, str]]:
    """So many calls of each date as it is written, with words of every kind."""
    return [
        {"id": f"{name}{written}-{number}", "received": written}
        | {
            column: (choice := words.split())[number % len(choice)]
            for column, words in WORDS.items()
        }
        for written, count in counts.items()
        for number in range(count)
    ]


def load_coarse(
    folder: Path,
    formats: str,
    counts: dict[str, int],
    agency: str = AGENCY,
    rows: list[dict[str, str]] | None = None,
    keeps: tuple[str, ...] = (),
    more: str = "",
) -> Snapshot:
    """The published snapshot of a store with such a log; its other times are those in keeps.

    formats is a list of TOML. A second agency in the same folder is loaded beside the first.
    """
    others = [field for field in TIMES if field not in (*keeps, "received_at")]
    text = profile_text(agency, name=agency.replace("-", " ").title(), without=others, more=more)
    before = text.index("[times.received_at]")
    after = text.index("placeholders", before)
    received = f'[times.received_at]\ndate_column = "received"\ndate_formats = {formats}\n'
    own = folder / "agencies" / agency
    own.mkdir(parents=True, exist_ok=True)
    profile = text[:before] + received + text[text.index("\n", after) + 1 :]
    (own / "profile.toml").write_text(profile, encoding="utf-8")
    (own / "call_types.csv").write_text(CALL_TYPES, encoding="utf-8")
    path = write_csv(folder / f"{agency}.csv", rows or rows_of(counts))
    load_log([path], agency, folder / "agencies", folder / "store")
    return live_snapshot(folder / "store")
