"""A draft's guesses about file, grain, key and times as lines of TOML, each with its reason beside it."""

import json
import re
from collections import Counter

from outcomes.ingest.agency import TO_FILL_IN
from outcomes.ingest.draft.columns import Column
from outcomes.ingest.draft.record import FieldTime, Guesses, Length
from outcomes.ingest.draft.synonyms import TEXT_NAMES, also_named, time_field
from outcomes.ingest.draft.timestamps import MIDNIGHT, TimeColumn
from outcomes.ingest.profile.fields import TIME_FIELDS
from outcomes.vocabulary.counted import counted
from outcomes.vocabulary.labels import day_label

PROGRAM_KEYS = {
    "name": "the program's name, as pages show it",
    "city": "the program's city",
    "state": "two capital letters, such as OH",
    "time_zone": "an IANA name, such as America/Denver",
    "data_owner": "who owns the log, such as City of Fernhollow",
}


def profile_lines(found: Guesses, agency_id: str) -> list[str]:
    """The parts of the profile that every log has, from its top to its times."""
    return [
        *_top(found),
        *_program(agency_id),
        *_log(found),
        *_file(found),
        *_text(found),
        *_columns(found),
        *_times(found),
    ]


def quoted(text: str) -> str:
    """The text as TOML writes it."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def count_words(column: Column) -> str:
    """How much a column holds, for the reason beside it."""
    return f"{counted(column.distinct, 'different value')} on {counted(column.filled, 'row')}"


def others_words(found: Guesses, chosen: Column, *patterns: str) -> str:
    """What else may have been meant, for the end of a reason; empty where nothing is."""
    times = {time.column.name for time in found.time_columns}
    open_columns = [column for column in found.open_columns if column.name not in times]
    others = also_named(open_columns, chosen, *patterns)
    return f"; CHECK: or is it {', '.join(map(quoted, others[:4]))}?" if others else ""


def _top(found: Guesses) -> list[str]:
    lines = []
    if found.age:
        lines.append(
            f"age_column = {quoted(found.age.name)}  # named like an age; stored as a band"
        )
    if found.private:
        lines.append(
            "# Columns that look private: they are never stored, and no value is shown here."
        )
        lines.append("ignored_columns = [")
        lines += [f"    {quoted(name)},  # {reason}" for name, reason in found.private.items()]
        lines.append("]")
    return [*lines, ""] if lines else []


def _program(agency_id: str) -> list[str]:
    return [
        "[program]",
        f"id = {quoted(agency_id)}  # the name of this folder",
        *(f'{key} = "{TO_FILL_IN}: {words}"' for key, words in PROGRAM_KEYS.items()),
        "",
    ]


def _log(found: Guesses) -> list[str]:
    rows_are = found.grain or f"{TO_FILL_IN}: call, dispatch, person, unit or outcome"
    lines = ["[log]", f'rows_are = "{rows_are}"  # {found.grain_reason}', *_holds(found)]
    if found.ids_restart is not None:
        period, reason = found.ids_restart
        lines.append(f'ids_restart = "{period}"  # {reason}')
    if found.grain == "person":
        lines.append("# all_rows_reached = true  # if only people whom the team met are listed")
    return [*lines, ""]


def _holds(found: Guesses) -> list[str]:
    """How much of the calls the log holds: no file says it, so it is asked, with what each answer would count."""
    rows = counted(found.rows - found.empty_rows, "row")
    lines = [f'holds = "{TO_FILL_IN}: all_calls, eligible_calls, program_work or other_work"']
    others = ""
    if found.other_work:
        others = (
            f"; {counted(found.other_work, 'row')} are of types that no community team is sent to"
        )
    sent = found.times.get("dispatched_at")
    dispatched = ""
    if sent is not None:
        with_time = counted((sent.clock or sent.main).fits, "row")
        dispatched = f"; {with_time} have a time of dispatch"
    lines.append(
        f"# all_calls: {rows} are calls of everybody, and call_types.csv says which the team may take{others}"
    )
    lines.append(
        f"# eligible_calls: {rows} are calls that the team may take, reached or not: shares are of all of them"
    )
    lines.append(
        f"# program_work: {rows} are the team's own work, and nothing tells what it missed{dispatched}"
    )
    lines.append(
        f"# other_work: {rows} are work of police, fire or others, and no figure of a team is given"
    )
    return lines


def _file(found: Guesses) -> list[str]:
    file_format = found.container.file_format
    lines = ["[file]"]
    for key, reason in found.container.reasons.items():
        value = getattr(file_format, key)
        written = value if isinstance(value, int) else quoted(value)
        lines.append(f"{key} = {written}  # {reason}")
    nulls: Counter[str] = Counter()
    places: dict[str, list[str]] = {}
    for column in found.columns:
        for word, rows in column.nulls.items():
            nulls[word.upper()] += rows
            places.setdefault(word.upper(), []).append(quoted(column.name))
    if nulls:
        lines.append("# CHECK that these are no answers:")
        lines.append("null_words = [")
        for word, rows in nulls.most_common():
            where = ", ".join(places[word][:3]) + (" and others" if len(places[word]) > 3 else "")
            lines.append(f"    {quoted(word)},  # {rows:,} cells, in {where}")
        lines.append("]")
    return [*lines, ""]


def _text(found: Guesses) -> list[str]:
    lines = ["[text]"]
    if found.key and found.grain != "person":
        lines.append(f"incident_id = {quoted(found.key.name)}  # {found.key_reason}")
    else:
        lines.append(f"# no incident_id: {found.key_reason}")
    if found.unit:
        lines.append(f"unit_id = {quoted(found.unit.name)}  # named like a unit")
    for name, column in found.texts.items():
        lines.append(
            f"{name} = {quoted(column.name)}  # by its name; {count_words(column)}"
            f"{others_words(found, column, *TEXT_NAMES[name])}"
        )
    return [*lines, ""]


def _columns(found: Guesses) -> list[str]:
    said: dict[str, list[str]] = {}
    for name, reason in found.filled_down.items():
        said.setdefault(name, []).append(f"fill_down = true  # {reason}")
    for time in (one for taken in found.times.values() for one in (taken.main, taken.clock) if one):
        if time.zero_pad:
            line = (
                f"zero_pad = {time.zero_pad}  # a spreadsheet took the zeros of times such as 0915"
            )
            said[time.column.name] = [*said.get(time.column.name, []), line]
    return [
        line
        for name, keys in said.items()
        for line in (f"[columns.{quoted(name)}]", *dict.fromkeys(keys), "")
    ]


def _times(found: Guesses) -> list[str]:
    lines = []
    for name in TIME_FIELDS:
        if name in found.times:
            lines += _time(found, name, found.times[name])
        elif name in found.lengths:
            lines += _length(name, found.lengths[name])
    if "received_at" not in found.times:
        lines += _missing_received(found)
    return lines


def _other_times(found: Guesses, time: FieldTime) -> str:
    """Which other columns of times are named like the same time; empty where none is."""
    used = {one.main.column.name for one in found.times.values()}
    used |= {one.clock.column.name for one in found.times.values() if one.clock}
    name = time_field(time.main.column)
    others = [
        quoted(one.column.name)
        for one in found.time_columns
        if name and one.column.name not in used and time_field(one.column) == name
    ]
    return f"# CHECK: or is it {', '.join(others[:4])}?" if others else ""


def _time(found: Guesses, name: str, time: FieldTime) -> list[str]:
    main, clock = time.main, time.clock
    lines = [f"[times.{name}]  # {time.reason}"]
    if others := _other_times(found, time):
        lines.append(others)
    if time.doubt:
        lines.append(f"# CHECK: {time.doubt}")
    if time.since:
        lines += [*_column_lines(main, "time_column", "time_formats"), f'since = "{time.since}"']
    elif main.kind == "date":
        lines += _column_lines(main, "date_column", "date_formats")
        if clock is not None:
            lines += _column_lines(clock, "time_column", "time_formats")
    else:
        lines += _column_lines(main, "column", "formats")
    if time.status:
        column, words = time.status
        listed = ", ".join(map(quoted, words))
        lines.append(
            f"when = {{ column = {quoted(column)}, is = [{listed}] }}  # CHECK: guessed from these words"
        )
    of_day = clock or main
    if of_day.placeholders:
        lines.append(
            f'placeholders = ["{MIDNIGHT}"]  # {counted(of_day.placeholders, "row")} at exactly midnight, '
            "far more than at other minutes: not entered"
        )
    if main.stray_before and main.first:
        lines.append(
            f"# earliest = {main.first:%Y-%m}-01  # {counted(main.stray_before, 'row')} over a year before "
            "all others; set it to when the service began"
        )
    if main.stray_after and main.last:
        lines.append(
            f"# latest = {main.last}  # {counted(main.stray_after, 'row')} over a year after all others"
        )
    return [*lines, ""]


def _length(name: str, length: Length) -> list[str]:
    column = length.column
    return [
        f"[times.{name}]  # CHECK: how long after {length.since}, by the name of its column",
        f"elapsed_column = {quoted(column.name)}  # {count_words(column)}",
        f'elapsed_format = "{length.written}"  # CHECK: {length.reason}',
        f'since = "{length.since}"',
        "",
    ]


def _column_lines(time: TimeColumn, column_key: str, formats_key: str) -> list[str]:
    fits = f"fits {time.fits:,} of {counted(time.column.filled, 'value')}"
    if time.first and time.last:
        fits += f", {day_label(time.first)} to {day_label(time.last)}"
    name = quoted(time.column.name)
    named = f"[{name}, {quoted(time.half.name)}]" if time.half else name
    lines = [f"{column_key} = {named}"]
    if time.is_swapped:
        lines.append(
            'day_and_month = "swapped"  # CHECK: as_written where the days and months are right'
        )
    if time.order:
        lines.append(f"# {time.order}")
    if time.is_zoned:
        lines.append("# told from universal time: becomes the program's wall time")
    if time.doubt:
        lines.append(f"# CHECK: {time.doubt}")
    for shape, rows in time.misfits.items():
        fit = "fits" if rows == 1 else "fit"
        lines.append(f"# {counted(rows, 'value')} written like {quoted(shape)} {fit} no format")
    formats = ", ".join(map(quoted, time.formats))
    return [*lines, f"{formats_key} = [{formats}]  # {fits}"]


def _missing_received(found: Guesses) -> list[str]:
    """The needed time, to be filled in by a person, with what is known of columns named like it."""
    lines = ["[times.received_at]  # when the call came in: needed, and not found"]
    named = [c for c in found.open_columns if time_field(c) == "received_at" and c.filled]
    for column in named[:5]:
        value = next(iter(column.values), "")
        shape = re.sub(r"\d", "9", re.sub(r"[^\W\d_]+", "A", value))
        lines.append(
            f"# {quoted(column.name)} is named like it, and written like {quoted(shape[:40])}"
        )
    lines.append(f'column = "{TO_FILL_IN}: the column that says when the call came in"')
    lines.append(
        f'formats = ["{TO_FILL_IN}: how it is written, such as %m/%d/%Y %H:%M; with %z for an offset, or epoch_seconds, epoch_milliseconds, spreadsheet_days"]'
    )
    return [*lines, ""]
