"""A city whose every text is an attempt on the reader's browser: names, owners, areas, types, values, columns, notes, file."""

import json
import random
from datetime import date, timedelta
from pathlib import Path

from made_city import CALL_TYPES, profile_text, write_csv

from outcomes.ingest.run import load_log

AGENCIES = ("evil-a", "evil-b")


def evil(place: str, listener: str) -> str:
    """A text that would fetch, link, typeset or draw if any of it were read as markup; it says where it stands."""
    return (
        f"{place} ![i]({listener}/{place}/md) <img src={listener}/{place}/h onerror=fetch('{listener}')> "
        f"<a href='{listener}/{place}/a'>t</a> [l]({listener}/{place}/l) {listener}/{place}/bare "
        f"www.evil.example a@evil.example $x^2$ :smile: :material/home: :red[r] `c` **b ** *i* __u__ ~~s~~ | p | ($2M to $3M) **"
    )


def write_evil_city(folder: Path, listener: str) -> Path:
    """Folder of the store with two evil programs, whose agencies lie in the folder beside it."""
    agencies, store = folder / "agencies", folder / "store"
    for place, agency in enumerate(AGENCIES):
        home = agencies / agency
        home.mkdir(parents=True)
        more = "\n".join(
            f"[[{table}]]\n{keys}"
            for table, keys in (
                (
                    "changes",
                    f'date = 2024-01-15\nkind = "hours"\nlabel = {json.dumps(evil("change", listener))}',
                ),
            )
        )
        text = profile_text(agency, name="NAME", more=more)
        text = text.replace('name = "NAME"', f"name = {json.dumps(evil(f'name{place}', listener))}")
        text = text.replace('city = "Test City"', f"city = {json.dumps(evil('city', listener))}")
        owner = json.dumps(evil(f"owner{place}", listener))
        text = text.replace('data_owner = "The tests"', f"data_owner = {owner}")
        (home / "profile.toml").write_text(text, encoding="utf-8")
        (home / "call_types.csv").write_text(CALL_TYPES, encoding="utf-8")
        log = write_csv(folder / f"![i](www.evil.example) {agency}.csv", _rows(place, listener))
        load_log([log], agency, agencies, store)
    return store


def _rows(seed: int, listener: str) -> list[dict[str, str]]:
    chance = random.Random(seed)
    rows = []
    for number in range(400):
        day = date(2023, 1, 1) + timedelta(days=number * 730 // 400)
        times = [f"{day} {8 + number % 12:02d}:{minute:02d}:00" for minute in (1, 3, 5, 20, 25, 55)]
        rows.append(
            {
                "id": f"{seed}-{number}",
                **dict(
                    zip(
                        ("received", "dispatched", "en route", "arrived", "contact", "cleared"),
                        times,
                        strict=True,
                    )
                ),
                "type": chance.choice(["MH", "WELF", "SUIC", "VIOL", evil("type", listener)]),
                "priority": chance.choice(["1", "2", evil("priority", listener)]),
                "area": chance.choice(["North", evil("area", listener)]),
                "origin": chance.choice(["911", "988", evil("origin", listener)]),
                "sent": "yes",
                "result": chance.choice(["contacted", "refused", evil("result", listener)]),
                "police": chance.choice(
                    ["none", "none", "requested_by_team", evil("police", listener)]
                ),
                "request": "safety_emergency",
                "arrest": chance.choice(["no"] * 9 + ["yes"]),
                "hurt asked": chance.choice(["yes", evil("hurt", listener)]),
                "ended": chance.choice(["referred", "met", evil("ended", listener)]),
                "gender": chance.choice(["F", "M", evil("gender", listener)]),
                "race": chance.choice(["White", evil("race", listener)]),
                "age": "30",
            }
        )
    return rows
