"""A log from its export to its incidents, by its profile and the documents alone: words, flags, times, sent, reached, met.

Written from docs/adding_an_agency.md, docs/counting_rules.md and docs/reached.md by somebody who had not read the code, and kept so:
nothing of the product is imported here. It knows what the profiles need that are counted again, and no more.
"""

import csv
import gzip
import io
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import openpyxl
import pandas as pd
from places import PROJECT

# ---- the export as text: adding_an_agency.md, [file] and "The profile, key by key"


def plain(value: object) -> str | None:
    """The text of a cell, trimmed, with single blanks; None where nothing is written."""
    if value is None or value != value:
        return None
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return " ".join(str(value).split()) or None


def folded(value: str) -> str:
    """The text as it is compared: without regard to case and repeated blanks."""
    return " ".join(value.split()).casefold()


def read_rows(path: Path, spec: dict[str, Any]) -> pd.DataFrame:
    """Every row of the export as text, by folded column name."""
    if spec["format"] == "parquet":
        frame = pd.read_parquet(path)
        header, lines = list(frame.columns), frame.to_numpy().tolist()
    elif spec["format"] == "xlsx":
        sheet = openpyxl.load_workbook(path, read_only=True)[spec["sheet"]]
        cells = sheet.iter_rows(values_only=True)
        header, lines = [str(cell) for cell in next(cells)], [list(line) for line in cells]
    else:
        data = path.read_bytes()
        data = gzip.decompress(data) if data[:2] == b"\x1f\x8b" else data
        text = io.StringIO(data.decode(spec.get("encoding", "utf-8-sig")), newline="")
        header, *lines = list(csv.reader(text, delimiter=spec.get("delimiter", ",")))
        lines = [line for line in lines if len(line) == len(header)]
    nothing = {folded(word) for word in spec.get("null_words", ())}
    rows = pd.DataFrame(lines, columns=[folded(name) for name in header], dtype=object)
    for name in rows:
        texts = {raw: plain(raw) for raw in rows[name].dropna().unique()}
        if nothing:
            texts = {
                raw: text for raw, text in texts.items() if text and folded(text) not in nothing
            }
        rows[name] = rows[name].map(texts).astype(object)
        rows[name] = rows[name].where(rows[name].notna(), None)
    return rows


def each(column: pd.Series, reading: Callable[[str], object]) -> pd.Series:
    """What is read from each text of a column; None where nothing is written."""
    read = {text: reading(text) for text in column.dropna().unique()}
    return pd.Series([read.get(text) for text in column], index=column.index, dtype=object)


def holds(rule: dict[str, Any], rows: pd.DataFrame) -> pd.Series:
    """On which rows a rule of the profile holds."""
    if "all" in rule:
        return np.logical_and.reduce([holds(part, rows) for part in rule["all"]])
    if "any" in rule:
        return np.logical_or.reduce([holds(part, rows) for part in rule["any"]])
    if "not" in rule:
        return ~holds(rule["not"], rows)
    column = rows[folded(rule["column"])]
    if "recorded" in rule:
        return column.notna().to_numpy() == rule["recorded"]
    tests: dict[str, Callable[[str], bool]] = {
        "is": lambda text: folded(text) in {folded(word) for word in rule["is"]},
        "matches": lambda text: re.fullmatch(rule["matches"], text) is not None,
        "at_least": lambda text: float(text) >= rule["at_least"],
    }
    (kind,) = set(rule) - {"column"}
    return each(column, tests[kind]).eq(True).to_numpy()  # None is no


def words_of(spec: dict[str, Any], rows: pd.DataFrame) -> pd.Series:
    """The word of a field on each row; None where it is not recorded."""
    words = pd.Series([None] * len(rows), index=rows.index, dtype=object)
    if "column" in spec:
        known = {folded(text): word for text, word in spec["values"].items()}
        words = each(rows[folded(spec["column"])], lambda text: known.get(folded(text)))
    for case in reversed(spec.get("cases", [])):
        words = words.mask(holds(case["when"], rows), case["then"])
    return words.where(words != "not_recorded", None)


def flag_of(spec: dict[str, Any], rows: pd.DataFrame) -> pd.Series:
    """Yes, no or not recorded on each row: yes is tried first."""
    flag = pd.Series(pd.NA, index=rows.index, dtype="boolean")
    for said, value in (("no", False), ("yes", True)):
        if said in spec:
            flag = flag.mask(holds(spec[said], rows), value)
    return flag


def time_of(spec: dict[str, Any], rows: pd.DataFrame) -> tuple[pd.Series, pd.Series]:
    """The time on each row, and the date; the time is missing where its time of day is."""

    def parsed(texts: pd.Series, formats: list[str]) -> pd.Series:
        unique = pd.Series(texts.dropna().unique(), dtype=object)
        read = pd.Series(pd.NaT, index=unique.index, dtype="datetime64[ns]")
        for form in formats:
            read = read.fillna(pd.to_datetime(unique, format=form, errors="coerce"))
        return texts.map(dict(zip(unique, read, strict=True))).astype("datetime64[ns]")

    if "column" in spec:
        times = parsed(rows[folded(spec["column"])], spec["formats"])
        dates = times.dt.normalize()
    else:
        dates = parsed(rows[folded(spec["date_column"])], spec["date_formats"])
        clock = parsed(rows[folded(spec["time_column"])], spec["time_formats"])
        times = dates + (clock - clock.dt.normalize())
    not_entered = (times - times.dt.normalize()).isin(
        [pd.Timedelta(clock) for clock in spec.get("placeholders", [])]
    )
    earliest = pd.Timestamp(spec.get("earliest", "1990-01-01"))
    latest = pd.Timestamp(spec.get("latest", "2100-12-31")) + pd.Timedelta(days=1)
    believed = (dates >= earliest) & (dates < latest)
    return times.where(believed & ~not_entered), dates.where(believed)


# ---- from rows to incidents: counting_rules.md 1 to 3

TIMES = ("dispatched_at", "en_route_at", "arrived_at", "contact_at", "cleared_at")
WORDS = (
    "call_origin",
    "not_reached_reason",
    "contact_result",
    "disposition",
    "transport_to",
    "police_involvement",
    "police_request_reason",
    "responder_type",
)
FLAGS = (
    "is_eligible",
    "is_community_dispatched",
    "has_arrest",
    "has_involuntary_hold",
    "has_force",
    "has_transport",
    "has_emergency_department",
    "has_referral_offered",
    "has_referral_accepted",
    "has_service_connected",
    "is_injury_recorded",
)
TEAM = ("community", "co_response")
UNKNOWN_PEOPLE = {"unknown", "anon", "n/a", "refused", "doe", "0000", "9999"}


@dataclass(frozen=True)
class Log:
    """What an agency's export says."""

    # What stands in profile.toml.
    profile: dict[str, Any]
    # Whether the team may take a call, by the folded code of its call type: `yes`, `no` or empty.
    listed: dict[str, str]
    # One incident a row, by its id.
    calls: pd.DataFrame
    # One injured person a row, with the id of the incident.
    injuries: pd.DataFrame


def read_log(agency: str, path: Path) -> Log:
    """The incidents of an export, and who was hurt on them, by the agency's profile."""
    folder = PROJECT / "data" / "agencies" / agency
    profile = tomllib.loads((folder / "profile.toml").read_text("utf-8"))
    with (folder / "call_types.csv").open(encoding="utf-8", newline="") as stream:
        listed = {folded(line["code"]): line["eligible"] for line in csv.DictReader(stream)}
    rows = read_rows(path, profile["file"])
    for leave_out in profile.get("filters", []):
        rows = rows[~holds(leave_out["when"], rows)]
    is_unit = profile["log"]["rows_are"] == "unit"
    id_column = profile.get("text", {}).get("incident_id")
    if id_column:
        rows = rows[rows[folded(id_column)].notna()]
        rows = rows if is_unit else rows.drop_duplicates(folded(id_column), keep="last")
    rows = rows.reset_index(drop=True)
    ids = rows[folded(id_column)] if id_column else pd.Series(rows.index, index=rows.index)
    fields = read_fields(profile, rows)
    injuries = read_injuries(profile, rows)
    injuries["id"] = ids.reindex(injuries.index)
    if is_unit:
        injuries = injuries.drop_duplicates(["id", "place", "role", "severity"])
    calls = join_units(fields.assign(id=ids)) if is_unit else fields.set_index(ids)
    not_the_teams = calls.index[calls["is_community_dispatched"].eq(False)]
    injuries = injuries[~injuries["id"].isin(not_the_teams)]
    log = Log(profile, listed, calls, injuries)
    work_out(log)
    return log


def read_fields(profile: dict[str, Any], rows: pd.DataFrame) -> pd.DataFrame:
    """What each row says, field by field; a field that the profile leaves out says nothing."""
    fields = pd.DataFrame(index=rows.index)
    fields["received"], fields["day"] = time_of(profile["times"]["received_at"], rows)
    for name in TIMES:
        spec = profile["times"].get(name)
        fields[name] = time_of(spec, rows)[0] if spec else pd.NaT
    said = profile.get("words", {})
    for name in WORDS:
        fields[name] = words_of(said.get(name, {}), rows)
    for name in FLAGS:
        fields[name] = flag_of(profile.get("flags", {}).get(name, {}), rows)
    types = profile["call_type"]
    fields["code"] = rows[folded(types["column"])]
    final = types.get("final_column")
    fields["final_code"] = rows[folded(final)] if final else None
    person = profile.get("person_id_column")
    fields["person"] = each(rows[folded(person)], folded) if person else None
    fields["person"] = fields["person"].where(~fields["person"].isin(UNKNOWN_PEOPLE), None)
    return fields


def read_injuries(profile: dict[str, Any], rows: pd.DataFrame) -> pd.DataFrame:
    """Every injured person on every row, with the place of the row that holds them."""
    found = [pd.DataFrame({"place": [], "role": [], "severity": []})]
    for place, block in enumerate(profile.get("injuries", [])):
        hurt = rows[holds(block["when"], rows)]
        role, severity = words_of(block["role"], hurt), words_of(block["severity"], hurt)
        found.append(pd.DataFrame({"place": place, "role": role, "severity": severity}))
    return pd.concat(found)


def join_units(rows: pd.DataFrame) -> pd.DataFrame:
    """One call of all unit rows of an id: the team's own times, the first word, yes where any row says yes."""
    team = rows["responder_type"].isin(TEAM)
    police = rows[rows["responder_type"] == "police"].groupby("id")
    calls = rows.drop(columns=[*TIMES, *FLAGS, "responder_type"]).groupby("id", sort=False).first()
    calls["received"] = rows.groupby("id")["received"].min()
    calls["day"] = rows.groupby("id")["day"].min()
    for name in TIMES:
        own = rows[team].groupby("id")[name]
        calls[name] = own.max() if name == "cleared_at" else own.min()
    for name in FLAGS:
        said = rows[name].astype("float").groupby(rows["id"]).max()
        calls[name] = said.astype("boolean")
    ids = rows["id"]
    calls["is_community_dispatched"] = pd.array(calls.index.isin(ids[team]), dtype="boolean")
    calls["with_co_response"] = calls.index.isin(ids[rows["responder_type"] == "co_response"])
    calls["police_sent"] = calls.index.isin(ids[rows["responder_type"] == "police"])
    calls["police_arrived_at"] = police["arrived_at"].min()
    return calls


# ---- sent, reached, met, police, endings: counting_rules.md 3 to 7 and reached.md

FROM_PUBLIC = ("911", "non_emergency", "311", "988", "program_line")
NOT_FROM_PUBLIC = ("officer_request", "responder_initiated", "follow_up")
DONE_WORDS = (
    "transported_crisis_center",
    "transported_shelter",
    "transported_other",
    "transported_emergency_department",
    "handed_to_ambulance",
    "handed_to_police",
    "involuntary_hold",
    "arrested",
)
NOT_SERVED = ("unable_to_locate", "refused", "cancelled", "left_for_safety")


def three(index: pd.Index, *said: tuple[pd.Series, bool]) -> pd.Series:
    """Yes or no by the first condition that holds on a row, else not recorded."""
    flag = pd.Series(pd.NA, index=index, dtype="boolean")
    for condition, value in reversed(said):
        flag = flag.mask(condition.fillna(False).astype(bool), value)
    return flag


def yes(flag: pd.Series) -> pd.Series:
    """Where a flag is yes; not where it is no or not recorded."""
    return flag.fillna(False).astype(bool)


def work_out(log: Log) -> None:
    """Adds to each incident whether the team may take it, reached it and met someone, and how it ended."""
    calls, listed = log.calls, log.listed
    code = calls["code"].where(calls["code"].notna(), calls["final_code"])
    by_list = each(code, lambda text: {"yes": True, "no": False}.get(listed.get(folded(text), "")))
    calls["eligible"] = calls["is_eligible"].fillna(by_list.astype("boolean"))
    calls["month"] = calls["day"].dt.to_period("M")
    place = calls["transport_to"]
    calls["has_transport"] = calls["has_transport"].fillna(
        three(calls.index, (place == "none", False), (place.notna(), True))
    )
    calls["has_emergency_department"] = calls["has_emergency_department"].fillna(
        three(calls.index, (place == "emergency_department", True), (place.notna(), False))
    )
    connected = calls["has_service_connected"].fillna(False)
    calls["referred"] = connected | calls["has_referral_accepted"].fillna(False)
    # A blank step stays blank: a missing flag or anything is missing, but for a yes.
    for step, later in (("offered", calls["referred"]), ("accepted", connected)):
        own = calls[f"has_referral_{step}"]
        is_told = f"has_referral_{step}" in log.profile.get("flags", {})
        calls[f"has_referral_{step}"] = (own | later).mask(own.isna() & is_told)
    add_reach(calls, log.profile)
    add_police(calls, log.profile)
    calls["ending"] = endings(calls)


def add_reach(calls: pd.DataFrame, profile: dict[str, Any]) -> None:
    """Adds sent, reached and met, as the table in reached.md has them."""
    log, times = profile["log"], profile["times"]
    result, ending, contact = calls["contact_result"], calls["disposition"], calls["contact_at"]
    is_work = pd.Series(log["rows_are"] in ("dispatch", "person"), index=calls.index)
    told = calls["is_community_dispatched"]
    calls["sent"] = told.fillna(three(calls.index, (is_work, True)))
    not_sent = (calls["sent"].eq(False), False)
    was_there = (
        calls["has_arrest"].fillna(False)
        | calls["has_involuntary_hold"].fillna(False)
        | calls["has_transport"].fillna(False)
        | calls["has_emergency_department"].fillna(False)
        | ending.isin(DONE_WORDS)
    )
    nobody = result.isin(("unable_to_locate", "cancelled"))
    everywhere = pd.Series(bool(log.get("all_rows_reached")), index=calls.index)
    is_mixed = log["rows_are"] == "unit"
    if log.get("all_rows_reached"):
        order = [(everywhere, True)]
    elif "arrived_at" in times and is_mixed:
        # Another service's row can have brought the outcome: the team's own times alone show that it was there.
        order = [(calls["arrived_at"].notna(), True), (contact.notna() & ~nobody, True)]
        order += [(calls["sent"].notna(), False)]
    elif "arrived_at" in times:
        helped = ending.isin(("resolved_on_scene", "referred", "met"))
        met = (result == "contacted") | contact.notna() | helped
        order = [(calls["arrived_at"].notna(), True), (was_there, True), (nobody, False)]
        order += [(met, True), (calls["sent"].notna(), False)]
    else:
        order = [(result == "cancelled", False), (result.notna(), True), (contact.notna(), True)]
    calls["reached"] = three(calls.index, not_sent, *order).where(calls["sent"].notna(), pd.NA)
    met = three(
        calls.index,
        (result == "contacted", True),
        (result.notna() | (ending.isin(NOT_SERVED) & contact.isna()), False),
        (everywhere | contact.notna(), True),
    )
    calls["met"] = met.where(calls["reached"].fillna(False), pd.NA)


def add_police(calls: pd.DataFrame, profile: dict[str, Any]) -> None:
    """Adds how police were involved, and whether they were absent."""
    word = calls["police_involvement"]
    here = pd.Series(False, index=calls.index)
    listed = pd.Series(profile["log"].get("records_police_units", False), index=calls.index)
    if listed.any():
        police = calls["police_arrived_at"]
        here = police.notna()
        first = word.isna() & (police <= calls["arrived_at"])
        none = word.isna() & ~calls["police_sent"]
        with_officer = word.isna() & calls["with_co_response"]
        word = word.mask(none, "none").mask(first, "already_on_scene")
        word = word.mask(with_officer, "planned_co_response")
        # Sent and not seen to arrive is a no where the log tells when police arrive.
        listed &= bool(police.notna().any())
    calls["involvement"] = word
    calls["absent"] = three(
        calls.index, (here, False), (word == "none", True), (word.notna(), False), (listed, True)
    )
    reached = calls["reached"]
    calls["broad"] = reached & calls["absent"]
    origin = calls["call_origin"]
    by_phone = three(
        calls.index, (origin.isin(("911", "non_emergency")), True), (origin.notna(), False)
    )
    calls["strict"] = calls["broad"] & by_phone & calls["eligible"]


def endings(calls: pd.DataFrame) -> pd.Series:
    """One ending for each incident, by the order in adding_an_agency.md."""
    word, place = calls["disposition"], calls["transport_to"]
    no_word = word.isna()
    exits = {"disengaged_for_safety": "left_for_safety"} | {name: name for name in NOT_SERVED}
    ending = pd.Series("not_recorded", index=calls.index, dtype=object)
    ending = ending.mask(calls["met"].fillna(False), "met")
    ending = ending.mask(calls["referred"], "referred")
    ending = ending.mask(word.notna(), word)
    no_contact = calls["contact_result"].map(exits)
    ending = ending.mask(no_contact.notna(), no_contact)
    ridden = place.map(
        {"crisis_center": "transported_crisis_center", "shelter": "transported_shelter"}
    ).fillna("transported_other")
    for flag, said in (
        ("has_transport", ridden),
        ("has_emergency_department", "transported_emergency_department"),
        ("has_involuntary_hold", "involuntary_hold"),
        ("has_arrest", "arrested"),
    ):
        ending = ending.mask(no_word & calls[flag].fillna(False), said)
    return ending.mask(word.isin(DONE_WORDS), word)


# ---- the same person again, and minutes: counting_rules.md 8 and 10


def real_minutes(earlier: pd.Series, later: pd.Series, zone: str) -> pd.Series:
    """Real minutes between two local times; a repeated hour is its first, unless that puts later before earlier."""

    def instant(times: pd.Series, *, first: bool) -> pd.Series:
        summer = np.full(len(times), first)
        hour = pd.Timedelta(hours=1)
        return times.dt.tz_localize(zone, ambiguous=summer, nonexistent=hour)

    earlier, later = earlier.astype("datetime64[ns]"), later.astype("datetime64[ns]")
    begun, done = instant(earlier, first=True), instant(later, first=True)
    done = done.where(~(done < begun), instant(later, first=False))
    return (done - begun).dt.total_seconds() / 60


def rounded(minutes: pd.Series) -> pd.Series:
    """Minutes to 0.1, half up, to two hours; above to steps of 2.5%."""
    fine = np.floor(minutes * 10 + 0.5 + 1e-9) / 10
    steps = (np.log(minutes.clip(lower=120) / 120) / np.log(1.025)).round()
    return fine.where(minutes <= 120, (120 * 1.025**steps).round(1))


def usable_minutes(log: Log, earlier: str, later: str) -> pd.Series:
    """Minutes, rounded, of the responses whose interval is used."""
    calls, spec = log.calls, log.profile["log"]
    minutes = real_minutes(calls[earlier], calls[later], log.profile["program"]["time_zone"])
    used = calls["reached"].fillna(False) & minutes.notna() & (minutes >= 0)
    used &= minutes <= spec.get("longest_interval_hours", 24) * 60
    if earlier == "received":
        used &= ~calls["call_origin"].isin(("responder_initiated", "follow_up"))
    if spec.get("zero_intervals") != "keep":
        used &= minutes != 0
    return rounded(minutes[used])


def repeat_contacts(log: Log) -> dict[int, pd.DataFrame]:
    """By days of follow-up: the contacts that can be followed, and whether the person was met again."""
    calls, zone = log.calls, log.profile["program"]["time_zone"]
    months = set(calls["month"].dropna())
    last_days = calls.groupby("month")["day"].max()

    def covered_until(month: pd.Period) -> pd.Timestamp:
        while month + 1 in months:
            month += 1
        return last_days[month]

    until = {month: covered_until(month) for month in months}
    contacts = calls[calls["met"].fillna(False) & calls["person"].notna() & calls["day"].notna()]
    contacts = contacts.assign(begins=contacts["received"].fillna(contacts["day"]))
    length = real_minutes(contacts["received"], contacts["cleared_at"], zone)
    longest = log.profile["log"].get("longest_interval_hours", 24) * 60
    usable = (length >= 0) & (length <= longest)
    contacts["ends"] = contacts["cleared_at"].where(usable, contacts["begins"])
    whole_day = contacts["day"] + pd.Timedelta(hours=23, minutes=59, seconds=59)
    contacts["ends"] = contacts["ends"].where(contacts["received"].notna(), whole_day)
    contacts = contacts.rename_axis("id").reset_index().sort_values(["person", "begins", "id"])
    events: list[list[Any]] = []
    here, end = None, None
    for person, begins, ends, month, day in contacts[
        ["person", "begins", "ends", "month", "day"]
    ].itertuples(index=False):
        if person == here and begins <= end:
            end = max(end, ends)
            continue
        if person == here:
            events[-1][-1] = day
        events.append([person, month, day, None])
        here, end = person, ends
    table = pd.DataFrame(events, columns=["person", "month", "day", "next"])
    covered = pd.to_datetime(table["month"].map(until)) - pd.to_datetime(table["day"])
    wait = pd.to_datetime(table["next"]) - pd.to_datetime(table["day"])
    result = {}
    for days in (7, 30, 90):
        window = pd.Timedelta(days=days)
        followed = table[covered >= window]
        result[days] = followed.assign(again=wait[covered >= window] <= window)
    return result
