"""Seven logs counted again from the documents alone, and held against the product number by number.

Written from docs/counting_rules.md and what it leads to by somebody who had not read the code, and kept so: nothing
but the last part, which asks, knows the product. Where the two differ, a document or the product is wrong.
"""

import dataclasses
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from built_stores import demonstration_store
from places import PROJECT, REAL_LOGS
from recounted_log import (
    FROM_PUBLIC,
    NOT_FROM_PUBLIC,
    NOT_SERVED,
    Log,
    read_log,
    repeat_contacts,
    usable_minutes,
    yes,
)
from scipy import stats

from outcomes.answers.answer import Answer, answer
from outcomes.metrics.figure import Figure
from outcomes.selection import Selection
from outcomes.store.snapshot import Snapshot, live_snapshot
from outcomes.vocabulary.log import Breakdown

# ---- every metric: numerator and denominator, methods.md


@dataclass(frozen=True)
class Count:
    """What a metric counts."""

    # The months of what is counted, one entry each.
    n: pd.Series
    # The months of what it is counted over; null where it is a plain count.
    of: pd.Series | None
    # What a rate is told per.
    per: int = 1
    # By the same index, whose case each is; null where persons are no clusters.
    person: pd.Series | None = None


def counts(log: Log) -> dict[str, Count]:
    """By metric: months of what is counted, and of what it is counted over."""
    calls = log.calls
    month, reached, met, sent = (
        calls["month"],
        yes(calls["reached"]),
        yes(calls["met"]),
        yes(calls["sent"]),
    )
    origin, involvement, reason = (
        calls["call_origin"],
        calls["involvement"],
        calls["police_request_reason"],
    )
    public = origin.isin(FROM_PUBLIC)
    eligible = yes(calls["eligible"]) & ~origin.isin(NOT_FROM_PUBLIC)
    told = reached & involvement.notna()
    asked = told & (involvement == "requested_by_team")
    has_public = log.profile["log"]["holds"] == "all_calls"

    def share(n: pd.Series, of: pd.Series | None) -> Count:
        is_of_responses = of is not None and bool((sent | ~of).all())
        return Count(
            month[yes(n) & (True if of is None else of)],
            None if of is None else month[of],
            person=calls["person"][of] if is_of_responses else None,
        )

    def flag(name: str, among: pd.Series) -> Count:
        return share(calls[name], among & calls[name].notna())

    def diverted(name: str) -> Count:
        return Count(month[yes(calls[name])], month[public] if has_public else None)

    out_of_hours = eligible & ~reached & (calls["not_reached_reason"] == "outside_hours")
    offered, accepted = calls["has_referral_offered"], calls["has_referral_accepted"]
    ending = calls["ending"]
    found = {
        "calls_for_service": share(public, None),
        "eligible_calls": share(eligible, None),
        "dispatches": share(sent, None),
        "responses": share(reached, None),
        "contacts": share(met, None),
        "eligible_reached_share": share(reached, eligible),
        "not_reached_share": share(calls["reached"].eq(False), eligible),
        "eligible_reached_in_hours_share": share(reached, eligible & ~out_of_hours),
        "contact_share": share(met, reached & calls["met"].notna()),
        "diverted_strict": diverted("strict"),
        "diverted_broad": diverted("broad"),
        "diverted_strict_eligible_share": share(calls["strict"], eligible),
        "without_police_share": share(calls["absent"], reached & calls["absent"].notna()),
        "police_request_rate": share(asked, told),
        "safety_escalation_rate": share(
            asked & reason.isin(("safety_emergency", "safety_routine")), told
        ),
        "emergency_backup_rate": share(asked & (reason == "safety_emergency"), told),
        "police_already_there_share": share(
            involvement.isin(("already_on_scene", "sent_by_dispatch")), told
        ),
        "safety_disengagement_rate": share(
            calls["contact_result"] == "disengaged_for_safety", sent
        ),
        "arrest_rate": flag("has_arrest", reached),
        "arrest_dispatch_share": flag("has_arrest", sent),
        "involuntary_hold_rate": flag("has_involuntary_hold", reached),
        "force_rate": flag("has_force", reached),
        "emergency_department_share": flag("has_emergency_department", reached),
        "emergency_department_dispatch_share": flag("has_emergency_department", sent),
        "served_share": share(
            ~ending.isin(NOT_SERVED), reached & ~ending.isin(("other", "not_recorded"))
        ),
        "transport_share": flag("has_transport", reached),
        "referral_offered_share": flag("has_referral_offered", met),
        "referral_accepted_share": flag("has_referral_accepted", met & yes(offered)),
        "service_connected_share": flag(
            "has_service_connected", met & yes(offered) & yes(accepted)
        ),
        "injury_recorded_share": dataclasses.replace(
            share(calls["is_injury_recorded"], reached), person=None
        ),
    }
    for days, followed in repeat_contacts(log).items():
        found[f"repeat_contact_{days}_share"] = Count(
            followed["month"][followed["again"]], followed["month"], person=followed["person"]
        )
    asked_about = month[reached & yes(calls["is_injury_recorded"])]
    hurt = log.injuries[log.injuries["severity"].fillna("") != "near_miss"]
    for key, people in {
        "injury_rate": hurt,
        "recordable_injury_rate": hurt[
            hurt["severity"].isin(("medical_treatment", "serious", "fatal"))
        ],
        "serious_injury_rate": hurt[hurt["severity"].isin(("serious", "fatal"))],
        "responder_injury_rate": hurt[hurt["role"] == "responder"],
        "near_miss_rate": log.injuries[log.injuries["severity"] == "near_miss"],
    }.items():
        found[key] = Count(people["id"].map(month), asked_about, 10_000)
    return found


INTERVALS = {
    "response": ("received", "arrived_at"),
    "call_processing": ("received", "dispatched_at"),
    "turnout": ("dispatched_at", "en_route_at"),
    "travel": ("en_route_at", "arrived_at"),
    "on_scene": ("arrived_at", "cleared_at"),
    "committed": ("dispatched_at", "cleared_at"),
}


# ---- which metrics a log answers: the tables of what_a_log_answers.md


def answered(log: Log) -> set[str]:
    """The metrics whose every requirement the profile meets."""
    text = (PROJECT / "docs" / "what_a_log_answers.md").read_text("utf-8")
    lines = [[cell.strip() for cell in line.strip("|").split("|")] for line in text.splitlines()]
    needs = {cells[0]: cells[2:] for cells in lines if len(cells) == 5 and cells[0].isupper()}
    fields, words = what_it_records(log)

    def meets(requirement: str) -> bool:
        one_of, holding, lists = needs[requirement]
        held = re.findall(r"`(\w+)`", holding) or ["all_calls", "eligible_calls", "program_work"]
        return (
            bool(fields & set(re.findall(r"`(\w+)`", one_of)))
            and log.profile["log"]["holds"] in held
            and all(
                words & set(re.findall(r"`([\w=/]+)`", part)) for part in lists.split(";") if part
            )
        )

    metrics = {cells[0]: cells[1] for cells in lines if len(cells) == 3}
    return {
        key.strip("`")
        for key, required in metrics.items()
        if re.fullmatch(r"`\w+`", key) and all(map(meets, required.split(", ")))
    }


def what_it_records(log: Log) -> tuple[set[str], set[str]]:
    """The fields that a profile fills, and the words that it can give."""
    profile, spec = log.profile, log.profile["log"]
    said, flags = profile.get("words", {}), profile.get("flags", {})
    fields = {*profile["times"], *said, *flags, f"{spec['rows_are']}_rows"}
    words = {f"{name}={answer}" for name, flag in flags.items() for answer in flag}

    def given(field: dict[str, Any]) -> Iterator[str]:
        yield from field.get("values", {}).values()
        yield from (case["then"] for case in field.get("cases", []))

    words |= {f"{name}={word}" for name, field in said.items() for word in given(field)}
    for block in profile.get("injuries", []):
        words |= {f"severity={word}" for word in given(block["severity"])}
        words |= {f"injured_role={word}" for word in given(block["role"])}
        both = product(given(block["role"]), given(block["severity"]))
        words |= {f"injury={role}/{severity}" for role, severity in both}
    rule = flags.get("is_injury_recorded", {}).get("yes")
    if rule and rule not in [block["when"] for block in profile.get("injuries", [])]:
        words.add("nobody_hurt=yes")
    fields.discard("is_eligible")
    for name, there in {
        "reached_rows": spec.get("all_rows_reached"),
        "police_units": spec.get("records_police_units"),
        "is_community_dispatched": "responder_type" in said,
        "person_token": "person_id_column" in profile,
        "response_target": "response_targets" in profile,
        "is_eligible": "yes" in log.listed.values(),
    }.items():
        fields |= {name} if there else set()
    words |= {f"{name}=yes" for name in (*profile["times"], f"{spec['rows_are']}_rows")}
    words |= {"reached_rows=yes"} if spec.get("all_rows_reached") else set()
    words |= {"is_eligible=yes"} if "is_eligible" in fields else set()
    if spec.get("records_police_units"):
        words |= {"police_involvement=none", "police_involvement=already_on_scene"}
    return fields, words


# ---- held against the product

DEMO_EXPORTS = {
    "demo-alder-crossing": "alder_crossing_calls.csv",
    "demo-port-lindry": "port_lindry_units.csv.gz",
    "demo-kestrel-mesa": "kestrel_mesa_eligible_calls.parquet",
    "demo-brackwater": "brackwater_cfs.csv",
    "demo-quillhaven": "quillhaven_dispatch_log.xlsx",
}
WORKED_OUT = {
    "arrested": ["has_arrest=yes"],
    "involuntary_hold": ["has_involuntary_hold=yes"],
    "transported_emergency_department": [
        "has_emergency_department=yes",
        "transport_to=emergency_department",
    ],
    "transported_crisis_center": ["transport_to=crisis_center"],
    "transported_shelter": ["transport_to=shelter"],
    "transported_other": ["transport_to=home", "transport_to=other"],
    "unable_to_locate": ["contact_result=unable_to_locate"],
    "refused": ["contact_result=refused"],
    "cancelled": ["contact_result=cancelled"],
    "left_for_safety": ["contact_result=disengaged_for_safety"],
    "referred": ["has_referral_accepted=yes", "has_service_connected=yes"],
    "met": ["contact_result=contacted"],
}
# A comparison of fewer numbers than this would have compared next to nothing.
AT_LEAST = 150
COLUMNS = ["numerator", "denominator", "value", "low", "high"]


def said_of(key: str) -> str:
    """What methods.md says that the value of a metric is."""
    text = (PROJECT / "docs" / "methods.md").read_text("utf-8")
    return text[: text.index(f"key `{key}`")].rsplit("**Value**: ", 1)[1].splitlines()[0]


def person_factor(count: Count) -> float:
    """How many times the variance over persons is that of cases drawn one by one, by decision 0037."""
    if count.of is None or count.person is None or count.person.isna().all():
        return 1.0
    # A case without a known person is a cluster of its own.
    alone = pd.Series(count.of.index.astype(str), index=count.of.index).radd("alone ")
    cases = pd.DataFrame({"case": 1, "event": count.of.index.isin(count.n.index)})
    persons = cases.groupby(count.person.fillna(alone).to_numpy()).sum()
    share = persons["event"].sum() / persons["case"].sum()
    if len(persons) < 2 or share in (0, 1):
        return 1.0
    apart = ((persons["event"] - share * persons["case"]) ** 2).sum()
    apart *= len(persons) / (len(persons) - 1)
    return max(1.0, apart / (share * (1 - share) * persons["case"].sum()))


def limits(
    key: str, n: np.ndarray, of: np.ndarray, factor: float = 1.0
) -> tuple[np.ndarray, np.ndarray]:
    """The 95% limits that methods.md and counting_rules.md 12 name for a share or a rate."""
    told = said_of(key)
    # Persons met again: the interval of fewer cases, but not of less than one.
    fewer = np.maximum(1, of / factor)
    n, of = n / of * fewer, fewer
    if "Wilson" in told:
        z = stats.norm.ppf(0.975)
        middle, spread = n + z * z / 2, z * np.sqrt(n * (of - n) / of + z * z / 4)
        low, high = (middle - spread) / (of + z * z), (middle + spread) / (of + z * z)
        return np.where(n > 0, low, 0), np.where(n > 0, high, 1 - 0.05 ** (1 / of))
    if "Clopper" in told:
        low = np.where(n > 0, stats.beta.ppf(0.025, n, of - n + 1), 0)
        high = np.where(n < of, stats.beta.ppf(0.975, n + 1, of - n), 1)
        return low, np.where(n > 0, high, 1 - 0.05 ** (1 / of))
    assert "Garwood" in told
    low = np.where(n > 0, stats.chi2.ppf(0.025, 2 * n) / 2, 0)
    high = np.where(n > 0, stats.chi2.ppf(0.975, 2 * n + 2) / 2, -np.log(0.05))
    return low / of * 10_000, high / of * 10_000


class Comparison:
    """Every number of one program, ours against the product's."""

    def __init__(self, agency: str, export: Path, snapshot: Snapshot) -> None:
        """Reads the export and works out all that is counted."""
        self.agency, self.snapshot = agency, snapshot
        self.log = read_log(agency, export)
        self.found = counts(self.log)
        self.answered = answered(self.log)
        months = self.log.calls["month"]
        self.first, self.last = months.min(), months.max()
        self.gaps = set(pd.period_range(self.first, self.last)) - set(months)
        self.number = 0
        self.differences: list[str] = []

    def ask(self, key: str, by: Breakdown | None = None, *, inner: bool = False) -> Answer:
        """The product's answer; of the months but the first and last six where inner."""
        first, last = (self.first + 6).to_timestamp().date(), (self.last - 6).to_timestamp().date()
        period = {"first_month": first, "last_month": last} if inner else {}
        return answer(key, Selection(program_ids=(self.agency,), **period), self.snapshot, by)

    def is_answered(self, key: str, told: Answer) -> bool:
        """Whether the log records the metric; where it does not, nothing may be told."""
        recorded = key in self.answered
        if recorded == told.table.empty:
            self.differences.append(f"{key}: ours {recorded}, told {not told.table.empty}")
        self.number += not recorded
        return recorded and not told.table.empty

    def hold(self, what: str, ours: pd.DataFrame, told: pd.DataFrame) -> None:
        """Compares two tables with the same rows, number by number."""
        told = told[ours.columns].astype("float")
        same = np.isclose(ours.astype("float"), told, rtol=1e-9, atol=1e-9, equal_nan=True)
        self.number += int(ours.notna().to_numpy().sum())
        for row, column in zip(*np.nonzero(~same), strict=True):
            name = f"{what} {told.index[row]} {told.columns[column]}"
            self.differences.append(
                f"{name}: ours {ours.iat[row, column]}, told {told.iat[row, column]}"
            )

    def of_count(self, key: str, count: Count, n: list[int], of: list[int]) -> pd.DataFrame:
        """Numerator, denominator, value and limits; none of them where it is over nothing."""
        ours = pd.DataFrame(np.nan, index=range(len(n)), columns=COLUMNS)
        ours["numerator"] = n
        if "a plain count" in said_of(key):
            ours["value"] = n
        if count.of is not None:
            ours["denominator"] = of
            ours[ours["denominator"] == 0] = np.nan
            some = ours.dropna(subset="denominator")
            numbers = some[["numerator", "denominator"]].to_numpy().T
            low, high = limits(key, *numbers, factor=person_factor(count))
            ours.loc[some.index, "low"], ours.loc[some.index, "high"] = low, high
            ours["value"] = ours["numerator"] / ours["denominator"] * count.per
        return ours

    def compare_counts(self) -> None:
        """Totals, totals of the inner months, and every month, also the undated ones."""
        inner = pd.period_range(self.first + 6, self.last - 6)
        for key, count in self.found.items():
            whole = self.ask(key, Breakdown.MONTH)
            if not self.is_answered(key, whole):
                continue
            of = count.n if count.of is None else count.of
            n, size = [len(count.n)], [len(of)]
            self.hold(key, self.of_count(key, count, n, size), as_table(whole.total))
            n, size = [int(count.n.isin(inner).sum())], [int(of.isin(inner).sum())]
            told = as_table(self.ask(key, inner=True).total)
            self.hold(f"{key} inner", self.of_count(key, count, n, size), told)
            table = whole.table.set_index("month")
            months = as_months(table.index)
            n, size = tally(count.n, months), tally(of, months)
            ours = self.of_count(key, count, n, size)
            ours[[month in self.gaps for month in months]] = np.nan
            self.hold(f"{key} by month", ours.set_index(table.index), table)
            if sum(size) != len(of) or sum(n) != len(count.n):
                self.differences.append(f"{key}: a month is missing")

    def compare_minutes(self) -> None:
        """How many intervals are used, their median and 90th percentile, in all and by month."""
        for name, (earlier, later) in INTERVALS.items():
            minutes = usable_minutes(self.log, earlier, later)
            by_month = minutes.groupby(self.log.calls["month"].reindex(minutes.index), dropna=False)
            for key, part in ((f"{name}_min", 0.5), (f"{name}_p90_min", 0.9)):
                told = self.ask(key, Breakdown.MONTH)
                if not self.is_answered(key, told):
                    continue
                ours = pd.DataFrame({"denominator": [len(minutes)]})
                ours["value"] = minutes.quantile(part)
                self.hold(key, ours, as_table(told.total))
                table = told.table.set_index("month")
                ours = pd.DataFrame(
                    {"denominator": by_month.size(), "value": by_month.quantile(part)}
                )
                ours = ours.reindex(as_months(table.index)).set_axis(table.index)
                self.hold(f"{key} by month", ours, table)

    def compare_words(self) -> None:
        """How often each ending, place and reason stands; not recorded where the profile cannot give the word."""
        calls = self.log.calls
        reached, asked = yes(calls["reached"]), calls["involvement"] == "requested_by_team"
        eligible = yes(calls["eligible"]) & ~calls["call_origin"].isin(NOT_FROM_PUBLIC)
        why = calls["not_reached_reason"].where(
            calls["not_reached_reason"].notna()
            | ~yes(calls["sent"])
            | (calls["contact_result"] != "cancelled"),
            "cancelled_before_arrival",
        )
        for key, by, words, among in (
            ("dispositions", Breakdown.DISPOSITION, calls["ending"], reached),
            (
                "transport_places",
                Breakdown.PLACE,
                calls["transport_to"],
                reached & yes(calls["has_transport"]),
            ),
            (
                "police_request_reasons",
                Breakdown.REASON,
                calls["police_request_reason"],
                reached & asked,
            ),
            ("not_reached_reasons", Breakdown.REASON, why, eligible & calls["reached"].eq(False)),
        ):
            told = self.ask(key, by)
            if not self.is_answered(key, told):
                continue
            ours = words[among].fillna("not_recorded").value_counts()
            ours = ours.reindex(ours.index.union(list(self.possible(words.name))), fill_value=0)
            ours = pd.DataFrame({"numerator": ours, "denominator": int(among.sum())})
            rows = ours.index.union(told.table[by.value])
            self.hold(key, ours.reindex(rows), told.table.set_index(by.value).reindex(rows))

    def possible(self, field: str) -> set[str]:
        """The words that a field can hold, the profile's own and those worked out."""
        fields, words = what_it_records(self.log)
        given = {word.partition("=")[2] for word in words if word.startswith(f"{field}=")}
        if field == "not_reached_reason" and "contact_result=cancelled" in words:
            given.add("cancelled_before_arrival")
        if field == "ending":
            given = {word.partition("=")[2] for word in words if word.startswith("disposition=")}
            given |= {ending for ending, signs in WORKED_OUT.items() if words & set(signs)}
            given |= {"met"} if "contact_at" in fields else set()
        return given - {"none"} | {"not_recorded"}

    def compare_coverage(self) -> None:
        """Which months the log covers whole or in part, and which are gaps."""
        told = self.ask("responses", Breakdown.MONTH).table.dropna(subset="month")
        days = self.log.calls.groupby("month")["day"].agg(["min", "max"])
        for month, coverage in zip(as_months(told["month"]), told["coverage"], strict=True):
            ours = "gap"
            if month not in self.gaps:
                first, last = days.loc[month]
                late = (first - month.start_time).days > 2 and month - 1 not in days.index
                early = (month.end_time.normalize() - last).days > 2 and month + 1 not in days.index
                ours = "partial" if late or early else "whole"
            self.number += 1
            if ours != coverage:
                self.differences.append(f"coverage {month}: ours {ours}, told {coverage}")


def as_table(total: Figure) -> pd.DataFrame:
    """A total as a table of one row."""
    return pd.DataFrame([dataclasses.asdict(total)])


def as_months(names: Iterable[str | None]) -> list[pd.Period]:
    """The months of a table by month; the row of what has no date is no month."""
    return [pd.Period(name, "M") if isinstance(name, str) else pd.NaT for name in names]


def tally(months: pd.Series, of: list[pd.Period]) -> list[int]:
    """How many there are of each month."""
    each = months.value_counts(dropna=False)
    undated = int(months.isna().sum())
    return [undated if month is pd.NaT else int(each.get(month, 0)) for month in of]


def differences(agency: str, export: Path, snapshot: Snapshot) -> tuple[int, list[str]]:
    """How many numbers were compared, and what differs."""
    comparison = Comparison(agency, export, snapshot)
    comparison.compare_counts()
    comparison.compare_minutes()
    comparison.compare_words()
    comparison.compare_coverage()
    return comparison.number, comparison.differences


@pytest.fixture(scope="module")
def demo_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Folder of a store with the made-up logs; their exports lie beside it."""
    return demonstration_store(tmp_path_factory)


# Two of the made-up logs beside the real ones; all of them are asked by make torture.
IN_SHORT = ("demo-kestrel-mesa", "demo-quillhaven")


@pytest.mark.parametrize(
    "agency",
    [
        agency if agency in IN_SHORT else pytest.param(agency, marks=pytest.mark.long)
        for agency in DEMO_EXPORTS
    ],
)
def test_a_made_up_log_is_counted_as_the_documents_say(agency: str, demo_store: Path) -> None:
    """Every metric that the log answers, in all and by month."""
    export = demo_store.with_name("made-up-exports") / DEMO_EXPORTS[agency]
    number, found = differences(agency, export, live_snapshot(demo_store))
    assert found == []
    assert number > AT_LEAST


@pytest.mark.usefixtures("real_reports")
@pytest.mark.parametrize("agency", REAL_LOGS)
def test_a_real_log_is_counted_as_the_documents_say(agency: str, real_snapshot: Snapshot) -> None:
    """Every metric that the log answers, in all and by month."""
    number, found = differences(agency, REAL_LOGS[agency], real_snapshot)
    assert found == []
    assert number > AT_LEAST
