"""The sentences of one article that are checked, each with what the registry has on it, in words."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from outcomes.analyses.claims.studies import survey_answer
from outcomes.analyses.growth.analysis import (
    Growth,
    growth,
    programs_by_state,
    programs_by_team,
    states_with,
)
from outcomes.analyses.growth.text import (
    growth_sentence,
    multiple_text,
    started_sentence,
    states_words,
)
from outcomes.presentation.format import (
    as_given,
    count_text,
    decimal_text,
    one_in,
    percent,
    percent_range,
)
from outcomes.presentation.sentences import month_words, with_bound
from outcomes.registry.cells import first_possible, last_possible
from outcomes.registry.counting_rule import CountingRule
from outcomes.registry.database import Registry
from outcomes.registry.rates import rate_of
from outcomes.selection import month_count
from outcomes.statistics.interval import Interval
from outcomes.statistics.proportion import zero_upper_limit
from outcomes.vocabulary.bold import without_bold
from outcomes.vocabulary.labels import label_of
from outcomes.vocabulary.registry import Bound, ClaimWord, Team

# The seed claims count since this year, and speak of this many responses without a serious injury.
SEED_BASE_YEAR = 2020
SEED_RESPONSES = 500_000
MONTHS_IN_YEAR = 12
HARM_METRICS = ("deaths", "serious_injuries", "injuries_responder")
POLICE_METRICS = ("police_backup_count", "police_backup_rate")
POLICE_PROGRAMS = ("Denver STAR", "CAHOOTS")
VOLUME_METRIC = "calls_responded"
# A count of ours comes near a claim's number where it is within a fifth of it.
NEAR = 0.2
SUPPORT = "Support"
TEAMS_IN_SHORT = 3


@dataclass(frozen=True)
class Finding:
    """What the registry has on a claim."""

    word: ClaimWord
    # our number, or what stands in its place
    ours: str
    # what the registry gives, a sentence each
    sentences: tuple[str, ...]


@dataclass(frozen=True)
class SeedClaim:
    """One sentence that is checked, with what the registry has on it."""

    # row of seed_claims.csv
    row: dict[str, Any]
    # our word on it
    word: ClaimWord
    # our number, or what stands in its place
    ours: str
    # what the registry gives, a sentence each
    found: tuple[str, ...]
    # month of the registry
    as_of: date

    @property
    def theirs(self) -> str:
        """The number that the claim gives: 'more than 10 times'; 'no number' where it gives none."""
        number = self.row["claimed"]
        if number is None:
            return "no number"
        unit = self.row["claimed_unit"]
        words = f"{as_given(number)}%" if unit == "percent" else f"{count_text(number)} {unit}"
        return with_bound(words, self.row["claimed_bound"])


def seed_claims(registry: Registry) -> list[SeedClaim]:
    """The sentences that are checked, each with what the registry has on it, in order."""
    rows = registry.rows("seed_claims")
    claimed = {row["check"]: row["claimed"] for row in rows}
    figures = registry.rows("published_figures")
    whole = growth(CountingRule(), registry.as_of, SEED_BASE_YEAR, registry)
    findings = {
        "growth": _growth_found(whole, claimed["growth"]),
        "states": _states_found(whole, registry, claimed["states"]),
        "volume": _volume_found(figures),
        "harm": _harm_found(figures),
        "police": _police_found(figures),
        "staffing": Finding(
            ClaimWord.NOT_HELD, "none", ("The registry holds no staffing of police.",)
        ),
        "survey": _survey_found(registry),
        "teams": _teams_found(registry),
    }
    found = [(row, findings[row["check"]]) for row in rows]
    return [SeedClaim(row, one.word, one.ours, one.sentences, registry.as_of) for row, one in found]


def word_beside(ours: float | None, claimed: float) -> ClaimWord:
    """Whether a count of ours comes near a claim's number; without one it cannot be checked."""
    if ours is None:
        return ClaimWord.CANNOT_BE_CHECKED
    return ClaimWord.NEAR if abs(ours - claimed) <= NEAR * claimed else ClaimWord.FAR


def _growth_found(whole: Growth, claimed: float) -> Finding:
    year = whole.base.month.year
    ours = f"{multiple_text(whole)} since the end of {year}"
    if whole.before_base.program_count:
        early = whole.at.program_count / whole.before_base.program_count
        ours += f", {decimal_text(early, 1)} times since its beginning"
    sentences = (without_bold(growth_sentence(whole)), started_sentence(whole))
    return Finding(word_beside(whole.multiple, claimed), ours, sentences)


def _states_found(whole: Growth, registry: Registry, claimed: float) -> Finding:
    states = programs_by_state(whole.rule, registry.as_of, registry)
    there = [state["state"] for state in states if state["program_count"]]
    active = states_words(*states_with(states, "program_count"))
    ended = [
        state["state"] for state in states if state["started_count"] and not state["program_count"]
    ]
    sentence = (
        f"{active} have an active community responder program in {registry.as_of:%b %Y}: "
        f"{', '.join(there)}."
    )
    sentences = [sentence]
    if ended:
        sentences.append(
            f"{states_words(whole.started_state_count, whole.started_has_district)} have had one; in {', '.join(ended)} the only one has ended."
        )
    return Finding(word_beside(len(there), claimed), active, tuple(sentences))


def _volume_found(figures: list[dict[str, Any]]) -> Finding:
    """The newest count over a whole year that each program has published; never added up."""
    newest: dict[str, dict[str, Any]] = {}
    for row in figures:
        is_yearly = row["metric"] == VOLUME_METRIC and _is_one_year(row)
        if is_yearly and row["scope"] == "program":
            known = newest.get(row["program"], row)
            newest[row["program"]] = max(known, row, key=lambda each: each["period_end"])
    said = [
        f"{row['program']} {with_bound(count_text(row['value']), row['value_bound'])} ({_period(row)})"
        for row in sorted(newest.values(), key=lambda row: -row["value"])
    ]
    sentence = (
        f"{len(newest)} programs have published a count of calls over twelve months; the newest of each: "
        f"{'; '.join(said)}."
    )
    ours = f"counts of {len(newest)} programs, not added up"
    return Finding(ClaimWord.CANNOT_BE_CHECKED, ours, (sentence,))


def _is_one_year(row: dict[str, Any]) -> bool:
    start, end = first_possible(row["period_start"]), last_possible(row["period_end"])
    # From a month to the same one a year later are thirteen.
    return start is not None and end is not None and month_count(start, end) == MONTHS_IN_YEAR


def _period(row: dict[str, Any]) -> str:
    return f"{month_words(row['period_start'])} to {month_words(row['period_end'])}"


def _harm_found(figures: list[dict[str, Any]]) -> Finding:
    limit = zero_upper_limit(SEED_RESPONSES)
    said = [
        f"Zero in {SEED_RESPONSES:,} responses is compatible with up to {decimal_text(limit * 1_000_000, 1)} in a million, "
        f"about {one_in(limit)} (one-sided 95% limit), if every response had been recorded."
    ]
    for row in figures:
        if row["metric"] in HARM_METRICS and row["scope"] == "program":
            said.append(_harm_words(row))
    ours = f"at most {one_in(limit)}, if every response was recorded"
    return Finding(ClaimWord.CANNOT_BE_CHECKED, ours, tuple(said))


def _harm_words(row: dict[str, Any]) -> str:
    what = f"{row['program']}, {_period(row)}, {row['metric_label'][:1].lower()}{row['metric_label'][1:]}"
    if row["denominator"] is None:
        return f"{what}: {count_text(row['value'])}, over how many responses is not recorded."
    of = _base(row)
    if row["value"] == 0:
        return f"{what}: 0 of {of}{_still_possible(row, 0)}."
    return f"{what}: {count_text(row['value'])} of {of} ({row['definition_note']})."


def _base(row: dict[str, Any]) -> str:
    return with_bound(f"{round(row['denominator']):,}", row["denominator_bound"])


def _rate_of(
    row: dict[str, Any], count: float
) -> tuple[float | None, Bound | None, Interval | None]:
    """The rate of a row's base, by the rule that published figures have."""
    bounds = row["numerator_bound"] or row["value_bound"], row["denominator_bound"]
    return rate_of(count, row["denominator"], *map(Bound, bounds))


def _still_possible(row: dict[str, Any], count: float) -> str:
    *_, interval = _rate_of(row, count)
    return f"; could still be up to {one_in(interval.high)}" if interval else ""


def _police_found(figures: list[dict[str, Any]]) -> Finding:
    said: list[str] = []
    counts: dict[str, list[str]] = {}
    contradicted: set[str] = set()
    for row in figures:
        if row["program"] not in POLICE_PROGRAMS or row["metric"] not in POLICE_METRICS:
            continue
        who = f"{row['program']}, {_period(row)} ({row['source_title']}"
        who += ", unverified)" if row["confidence"] == "unverified" else ")"
        if row["numerator"] is None or row["denominator"] is None:
            said.append(
                f"{who}: {count_text(row['value'])} requests; over how many calls is not recorded."
            )
            continue
        both = f"{count_text(row['numerator'])} of {_base(row)}"
        counts.setdefault(row["program"], []).append(both)
        if row["conflict"] and not row["definition"]:
            contradicted.add(row["program"])
        if row["numerator"] == 0:
            said.append(f"{who}: {both} calls{_still_possible(row, 0)}.")
            continue
        printed = f" Printed: {as_given(row['value'])}%." if row["unit"] == "percent" else ""
        said.append(f"{who}: {both} calls{_rate_words(row)}, for any reason.{printed}")
    ours = [
        f"{program} {' or '.join(each)} calls{', contradicted' if program in contradicted else ''}"
        for program, each in counts.items()
    ]
    in_short = f"requests for police, for any reason: {'; '.join(ours)}" if ours else "none"
    return Finding(ClaimWord.CANNOT_BE_CHECKED, in_short, tuple(said))


def _rate_words(row: dict[str, Any]) -> str:
    share, bound, interval = _rate_of(row, row["numerator"])
    if share is None or bound is None:
        return ""
    limits = f" (95% interval {percent_range(interval.low, interval.high, 2)})" if interval else ""
    return f", {with_bound(percent(share, 2), bound)}{limits}"


def _survey_found(registry: Registry) -> Finding:
    """What the surveys found, with whom they asked and on what; what was asked stands in the words of the question."""
    rows = registry.rows("survey_answers")
    about = {study["study_id"]: study["program"] for study in registry.rows("studies")}
    support = [row for row in rows if row["question"].startswith(SUPPORT)]
    shares = [
        f"{count_text(row['share_percent'])}% of {count_text(row['asked_count'])} {row['asked'].lower()}"
        for row in support
    ]
    question = support[0]["question"]
    ours = (
        f"{about[support[0]['study_id']]}, one survey: {' and '.join(shares)} "
        f"{question[:1].lower()}{question[1:]}"
    )
    sentences = tuple(
        f"{row['question']}: {row['asked'].lower()} {survey_answer(row)}." for row in rows
    )
    return Finding(ClaimWord.HALF, ours, sentences)


def _teams_found(registry: Registry) -> Finding:
    teams = programs_by_team(CountingRule(), registry.as_of, registry)
    whole = sum(team["program_count"] for team in teams)
    said = [f"{label_of(Team, team['team'])} {team['program_count']:,}" for team in teams]
    sentence = f"Of {whole:,} active community responder programs: {'; '.join(said)}."
    ours = f"{'; '.join(said[:TEAMS_IN_SHORT])}; others fewer"
    return Finding(ClaimWord.CANNOT_BE_CHECKED, ours, (sentence,))
