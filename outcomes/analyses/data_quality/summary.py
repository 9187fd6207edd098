"""One or several quality reports on a page: the answer sentence, cards, and the tables, all as texts."""

from datetime import date

import pandas

from outcomes.analyses.data_quality.report import QualityReport, is_by_month
from outcomes.analyses.data_quality.text import (
    CHANGE_EFFECTS,
    FIELD_WORDS,
    INTERVAL_WORDS,
    SAMPLES,
    STATE_WORDS,
    effect_of,
    field_words,
    filled_words,
    gap_sentences,
    repeat_sentences,
)
from outcomes.presentation.exhibit import Card
from outcomes.presentation.format import HIDDEN, count_text, per_day
from outcomes.presentation.tables import without_empty_columns
from outcomes.selection import Selection, months_between
from outcomes.statistics.word_change import EVERY_RECORD, ChangeOfWord, WordChange
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.log import ROW_COUNTS

# A field counts as filled where at least this share of records has it.
FILLED_SHARE = 0.95
EXCLUDED = "Left out of the minutes, and counted."
ROW_WORDS = {
    "rows_read": ("Rows read", "by the last load"),
    "loaded": ("Loaded", "new or changed"),
    "filtered": ("Filtered", "left out for a reason"),
    "rejected": ("Rejected", "broke a rule; kept aside"),
    "unchanged": ("Unchanged", "there already, the same"),
}


def answer_sentence(reports: tuple[QualityReport, ...]) -> str:
    """What the logs lacked, as one sentence."""
    rows = _sums(reports)
    who = reports[0].program.program_name if len(reports) == 1 else f"these {len(reports)} logs"
    read = "" if rows["rows_read"] is None else f"{BOLD}{rows['rows_read']:,}{BOLD} rows of "
    filled, recorded = _filled_fields(reports)
    least = _least_filled(reports)
    lowest = (
        f"; the least filled is {least[0].lower()}, on {filled_words(least[1])}" if least else ""
    )
    named = "fields" if len(reports) == 1 else "fields of all logs together"
    lacking = _not_understood(reports)
    return (
        f"The last load read {read}{who}, and every row is accounted for. "
        f"{BOLD}{filled} of {recorded}{BOLD} recorded {named} are filled on at least 95% of records{lowest}. "
        f"{lacking}"
    )


def _not_understood(reports: tuple[QualityReport, ...]) -> str:
    counts = [finding.row_count for report in reports for finding in report.findings]
    if not counts:
        return "Every value that was read was understood."
    total = _sum(counts)
    if total is None:
        return "Some values were not understood."
    return "1 value was not understood." if total == 1 else f"{total:,} values were not understood."


def _sums(reports: tuple[QualityReport, ...]) -> dict[str, int | None]:
    return {name: _sum([report.rows[name] for report in reports]) for name in ROW_COUNTS}


def _sum(counts: list[int | None]) -> int | None:
    """The sum; None where one is hidden, for it would give that one away."""
    return None if None in counts else sum(count or 0 for count in counts)


def _filled_fields(reports: tuple[QualityReport, ...]) -> tuple[int, int]:
    """Fields filled on nearly all records, and fields that are recorded at all, of all logs together."""
    shares = [share for report in reports for share in report.recorded_shares.values()]
    return sum(share is not None and share >= FILLED_SHARE for share in shares), len(shares)


def _least_filled(reports: tuple[QualityReport, ...]) -> tuple[str, float] | None:
    if len(reports) != 1:
        return None
    shares = {
        name: share
        for name, share in reports[0].recorded_shares.items()
        if share is not None and share < FILLED_SHARE
    }
    if not shares:
        return None
    name = min(shares, key=lambda one: shares[one])
    return field_words(name), shares[name]


def row_cards(reports: tuple[QualityReport, ...]) -> tuple[Card, ...]:
    """What became of the rows, and how many fields are filled."""
    rows = _sums(reports)
    found = [
        Card(words, count_text(rows[name], HIDDEN), (quiet,))
        for name, (words, quiet) in ROW_WORDS.items()
    ]
    filled, recorded = _filled_fields(reports)
    of_logs = "recorded fields" if len(reports) == 1 else "recorded fields of all logs"
    return (
        *found,
        Card("Filled on 95% of records", f"{filled}", (f"of {recorded} {of_logs}",)),
    )


def reason_sentences(reports: tuple[QualityReport, ...]) -> list[str]:
    """Why rows were filtered or rejected."""
    return [
        f"{_who(report, reports)}{count_text(count, HIDDEN)} {'row' if count == 1 else 'rows'} {reason}."
        for report in reports
        for reason, count in report.reasons.items()
    ]


def completeness_words(reports: tuple[QualityReport, ...]) -> str:
    """What the chart of completeness shows, as one sentence."""
    filled, recorded = _filled_fields(reports)
    least = _least_filled(reports)
    lowest = f" Least filled: {least[0]}, on {filled_words(least[1])}." if least else ""
    by = "month" if is_by_month(reports) else "program"
    return (
        f"Share of records on which each field is filled, by field and {by}: {filled} of {recorded} "
        f"recorded fields are filled on at least 95%.{lowest}"
    )


def shown_months(reports: tuple[QualityReport, ...], selection: Selection) -> list[date]:
    """Every month from the first to the last that the logs have, within the chosen period.

    A month without records is one of them: it is a gap, and no month can be left out of a row.
    """
    written = sorted({month for report in reports for month in report.by_month})
    months = months_between(written[0], written[-1]) if written else []
    first, last = selection.first_month, selection.last_month
    return [
        month
        for month in months
        if (first is None or month >= first) and (last is None or month <= last)
    ]


def completeness_table(reports: tuple[QualityReport, ...], months: list[date]) -> pandas.DataFrame:
    """Every field of each log: how full it is in all, its worst month, and what the rest does."""
    rows = []
    for report in reports:
        for name, share in sorted(report.completeness.items(), key=_place):
            silent = name in report.silent_fields
            rows.append(
                {
                    **_program(report, reports),
                    "Field": field_words(name),
                    "Filled": "not recorded" if silent else _share(share),
                    "Lowest month": "" if silent else _lowest(report, name, months),
                    "What the others do": "" if share == 1 else _sentence(effect_of(name)),
                }
            )
    return pandas.DataFrame(rows)


def _place(field: tuple[str, float | None]) -> int:
    """Fields stand in the order in which a call goes."""
    return list(FIELD_WORDS).index(field[0])


def _lowest(report: QualityReport, name: str, months: list[date]) -> str:
    shares = {
        month: share
        for month in months
        if (share := report.by_month.get(month, {}).get(name)) is not None
    }
    if not shares or min(shares.values()) == 1:
        return ""
    month = min(shares, key=lambda one: shares[one])
    return f"{filled_words(shares[month])} in {month:%b %Y}"


def finding_table(reports: tuple[QualityReport, ...]) -> pandas.DataFrame:
    """What was not understood or cannot be used: what, on how many rows, samples, and the effect.

    Of several logs each kind is one row, with in how many of them it was found.
    """
    found: dict[str, list[tuple[int | None, tuple[str, ...], str]]] = {}
    for report in reports:
        for one in report.findings:
            what = f"{field_words(one.field)}: {one.rule}"
            entry = (one.row_count, one.samples, _sentence(effect_of(one.field)))
            found.setdefault(what, []).append(entry)
        for fault in report.interval_faults:
            what = f"Time {INTERVAL_WORDS[fault.interval_name]}: {STATE_WORDS[fault.state]}"
            found.setdefault(what, []).append((fault.incident_count, (), EXCLUDED))
    rows = []
    for what, entries in found.items():
        total = _sum([count for count, _, _ in entries])
        samples = dict.fromkeys(value for _, values, _ in entries for value in values[:SAMPLES])
        rows.append(
            {
                "What": what,
                "Rows": count_text(total, HIDDEN),
                "Logs": f"{len(entries)} of {len(reports)}",
                "Such as": ", ".join(list(samples)[:SAMPLES]),
                "What it does": entries[0][2],
            }
        )
    table = without_empty_columns(pandas.DataFrame(rows))
    return table.drop(columns="Logs", errors="ignore") if len(reports) == 1 else table


def missing_sentences(reports: tuple[QualityReport, ...]) -> list[str]:
    """Months and days without records, sizes of export limits, repeats and records without a date."""
    found = []
    for report in reports:
        sentences = [
            *([report.limit_sentence] if report.limit_sentence else []),
            *gap_sentences(report),
            *repeat_sentences(report),
        ]
        found += [f"{_who(report, reports)}{sentence}" for sentence in sentences]
    return found


def change_table(reports: tuple[QualityReport, ...]) -> pandas.DataFrame:
    """What changed in each log against the load before, beyond chance."""
    rows = []
    for report in reports:
        for one in report.changes:
            value = "" if one.field == EVERY_RECORD else f" {one.value}"
            rows.append(
                {
                    **_program(report, reports),
                    "What": f"{field_words(one.field)}{value}",
                    "Change": one.change.value,
                    "Before, a day": _rate(one.before_count, one.before_days, one.change),
                    "Now, a day": _rate(one.after_count, one.after_days, one.change),
                    "Records": count_text(one.after_count or one.before_count, HIDDEN),
                    "Months": _months(one),
                    "What to do": _sentence(CHANGE_EFFECTS[one.change]),
                }
            )
    return pandas.DataFrame(rows)


def _months(one: WordChange) -> str:
    """First and last month of the records with the word."""
    months = dict.fromkeys(f"{day:%b %Y}" for day in (one.first_day, one.last_day) if day)
    return " to ".join(months)


def _rate(count: int | None, days: int, change: ChangeOfWord) -> str:
    if not count:
        return "none" if change in (ChangeOfWord.NEW, ChangeOfWord.GONE) else ""
    return per_day(count, days)


def _program(report: QualityReport, reports: tuple[QualityReport, ...]) -> dict[str, str]:
    return {} if len(reports) == 1 else {"Program": report.program.program_name}


def _who(report: QualityReport, reports: tuple[QualityReport, ...]) -> str:
    return "" if len(reports) == 1 else f"{report.program.program_name}: "


def _share(share: float | None) -> str:
    return HIDDEN if share is None else filled_words(share)


def _sentence(words: str) -> str:
    return f"{words[:1].upper()}{words[1:]}."
