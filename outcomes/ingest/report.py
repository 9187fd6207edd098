"""What a load reports: what became of every row of the log, and sentences for a reader."""

from dataclasses import dataclass
from datetime import date

from outcomes.ingest.profile.schema import Profile
from outcomes.ingest.write.replace_period import Replacement
from outcomes.statistics.word_change import ChangeOfWord, WordChange, changes_beyond_chance
from outcomes.store.warehouse import Warehouse
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.labels import day_label
from outcomes.vocabulary.log import ROW_COUNTS

# How many new words, and how many that are gone, are named.
WORDS_NAMED = 10
# How many columns are named that nothing uses: a wide export has thousands.
COLUMNS_NAMED = 40
# So many new calls, and such a share of them, at the moments of stored calls are no chance.
LEAST_MARKS = 3  # so many calls show how a column writes its times
LEAST_SAME, SAME_SHARE = 3, 0.8


@dataclass(frozen=True)
class LoadReport:
    """What became of a log's rows; rows_read is the sum of the other four counts."""

    # whose log it was
    program_id: str
    # rows in the files
    rows_read: int
    # rows whose incident is new or changed
    loaded: int
    # rows left out for a named reason
    filtered: int
    # rows kept aside because they broke a rule
    rejected: int
    # rows whose incident was already there, the same
    unchanged: int
    # stored incidents that were taken out, as the export replaced their period and did not hold them
    removed: int
    # rows by "outcome: reason"
    reasons: dict[str, int]
    # when filtered rows came in, by "outcome: reason", such as 03 Jan 2024 to 06 Jan 2024
    reason_days: dict[str, str]
    # columns of the files that the profile neither reads nor ignores on purpose
    unused_columns: tuple[str, ...]
    # fields that the profile maps and no row of the log fills: not recorded by it
    empty_fields: tuple[str, ...]
    # sentences that a reader should see
    notes: tuple[str, ...]


def load_report(
    warehouse: Warehouse, profile: Profile, unused: list[str], replacement: Replacement
) -> LoadReport:
    """The report of the batch that has been judged and held against what is stored."""
    counts = dict.fromkeys(ROW_COUNTS[1:], 0)
    reasons: dict[str, int] = {}
    reason_days: dict[str, str] = {}
    for outcome, reason, row_count, first, last in warehouse.rows("row_count"):
        counts[outcome] += row_count
        if reason:
            reasons[f"{outcome}: {reason}"] = row_count
        if first is not None:
            reason_days[f"{outcome}: {reason}"] = _days(first, last)
    program_id = profile.program.id
    removed, *removed_days = warehouse.rows("gone_count", program_id=program_id)[0]
    notes = _call_notes(warehouse, program_id) + _time_notes(warehouse, profile)
    if unused:
        named = ", ".join(unused[:COLUMNS_NAMED])
        more = f" and {len(unused) - COLUMNS_NAMED:,} more" if len(unused) > COLUMNS_NAMED else ""
        notes.append(f"Columns that the profile does not use: {named}{more}.")
    notes += [remark for (remark,) in warehouse.rows("file_remark")]
    for rule, row_count in warehouse.rows("rule_count"):
        notes.append(f"{_values(row_count)} {rule.removesuffix(' value')}; see the quality report.")
    empty = _empty_fields(warehouse, profile)
    if empty:
        notes.append(
            f"Mapped, and filled on no row, so that these are not recorded by this log: {', '.join(empty)}."
        )
    notes += _word_notes(warehouse, profile)
    if replacement.whole:
        notes.append("The export has no ids and covers the stored period: it replaced it whole.")
        gone = _calls(removed, *removed_days)
        if removed:
            notes.append(f"{gone} that the export does not hold {_were(removed)} taken out.")
    if replacement.period:
        notes.append(
            f"The export replaced {replacement.period}: "
            f"{_calls(removed, *removed_days)} that it does not hold {_were(removed)} taken out."
        )
    return LoadReport(
        program_id=profile.program.id,
        rows_read=sum(counts.values()),
        removed=removed,
        reasons=reasons,
        reason_days=reason_days,
        unused_columns=tuple(unused),
        empty_fields=empty,
        notes=tuple(notes),
        **counts,
    )


def _call_notes(warehouse: Warehouse, program_id: str) -> list[str]:
    """Which stored calls were amended, and which calls have the id of another one."""
    notes = []
    new, amended, *days = warehouse.rows("amended_count", program_id=program_id)[0]
    if amended:
        before = _calls(amended, *days).removesuffix(",")
        notes.append(f"Amended: {before}. New: {counted(new, 'call')}.")
    stored = warehouse.rows("period_of_batch", program_id=program_id)[0][2]
    if new and stored:
        fresh, same = warehouse.rows("same_moment_count", program_id=program_id)[0]
        if same >= LEAST_SAME and same >= SAME_SHARE * fresh:
            notes.append(
                f"{counted(same, 'new call')} of {fresh:,} came in at the very moment of a stored call with another id: "
                "if these are the same calls, they now count twice; take the load back and load with --replace-period."
            )
    again, *days = warehouse.rows("another_call_count")[0]
    if again:
        notes.append(
            f"Ids that stand for another call too, weeks or months apart: {counted(again, 'call')}, "
            f"received {_days(*days)}, kept as calls of their own, with the day added to the id. If numbers begin again, "
            "say so with ids_restart in [log]."
        )
    return notes


def _time_notes(warehouse: Warehouse, profile: Profile) -> list[str]:
    """Which calls have no date, and what shows that times were read in a wrong way."""
    notes = []
    undated, rule, sample = warehouse.rows("undated_count")[0]
    if undated and rule is not None:
        such = f", such as [{sample}]" if sample else ""
        notes.append(f"Under no month: {counted(undated, 'call')}, received_at {rule}{such}.")
    mark = warehouse.records("time_mark", time_zone=profile.program.time_zone)[0]
    count = mark["call_count"]
    if min(mark["night_count"], mark["day_count"]) >= LEAST_MARKS and not mark["late_count"]:
        notes.append(
            "No call came in from 1 p.m. to 1 a.m.: that is a clock of twelve hours without AM and PM, or its hours were "
            "lost; ask for the hours of the afternoon."
        )
    if count >= LEAST_MARKS and count == mark["local_midnight_count"]:
        notes.append(
            "Every call came in at exactly midnight: these are dates without a time of day; map them with date_column."
        )
    elif count >= LEAST_MARKS and count == mark["utc_midnight_count"]:
        notes.append(
            "Every call came in at exactly midnight in UTC: these are dates, and each may stand on the day before; map them "
            "with date_column and date_formats."
        )
    if mark["day_before_count"]:
        notes.append(
            f"{counted(mark['day_before_count'], 'call')} went over midnight: a time of the team stands more than 12 hours "
            'before the call and is left out; tell it as time_column with since = "received_at".'
        )
    elapsed = [name for name, time in profile.times.items() if time.elapsed_format]
    for field, unread, longest in (
        warehouse.rows("elapsed_misfit", fields=elapsed) if elapsed else ()
    ):
        such = f", such as [{longest}]" if longest else ""
        notes.append(
            f"{field}: {counted(unread, 'elapsed time')} could not be read{such}. If these are the long ones, what is left is "
            f'too short: correct elapsed_format, which is "{profile.times[field].elapsed_format}"; "m:ss:00" also reads '
            "minutes and seconds that a spreadsheet saved as hours and minutes."
        )
    return notes


def _calls(count: int, first: date | None, last: date | None) -> str:
    said = counted(count, "stored call")
    return said if first is None or last is None else f"{said}, received {_days(first, last)},"


def _were(count: int) -> str:
    return "was" if count == 1 else "were"


def _days(first: date, last: date) -> str:
    days = [day_label(day) for day in (first, last)]
    return " to ".join(dict.fromkeys(days))


def _empty_fields(warehouse: Warehouse, profile: Profile) -> tuple[str, ...]:
    """The fields of the profile that no kept row fills, though some row could; flags with a rule for no are always filled."""
    counts = warehouse.records("filled_count")[0]
    mapped = {*profile.times, *profile.text, *profile.words, *profile.flags}
    if profile.age_column or profile.birth_year_column:
        mapped.add("age_band")
    if profile.person_id_column:
        mapped.add("person_token")
    return tuple(sorted(name for name in mapped if counts.get(name) == 0))


def _word_notes(warehouse: Warehouse, profile: Profile) -> list[str]:
    """Which words of mapped lists are new to the stored log, and which it had and the batch lacks beyond chance."""
    program_id = profile.program.id
    if warehouse.rows("period_of_batch", program_id=program_id)[0][2] is None:
        return []
    found = changes_beyond_chance(warehouse.records("word_count", program_id=program_id))
    told = {
        ChangeOfWord.NEW: ("New words, which the stored log does not have", "knows them"),
        ChangeOfWord.GONE: (
            "Words that are gone, which the stored log has",
            "still fits the export",
        ),
    }
    notes = []
    for kind, (what, check) in told.items():
        words = [_word(one) for one in found if one.change is kind]
        more = f" and {len(words) - WORDS_NAMED:,} more" if len(words) > WORDS_NAMED else ""
        if words:
            named = "; ".join(words[:WORDS_NAMED])
            notes.append(f"{what}: {named}{more}. Check that the profile {check}.")
    return notes


def _word(one: WordChange) -> str:
    count = one.after_count or one.before_count or 0
    rows = "1 row" if count == 1 else f"{count:,} rows"
    months = list(dict.fromkeys(f"{day:%b %Y}" for day in (one.first_day, one.last_day) if day))
    when = f", {' to '.join(months)}" if months else ""
    return f"{one.field} [{one.value}] on {rows}{when}"


def _values(count: int) -> str:
    return "1 value was" if count == 1 else f"{count:,} values were"
