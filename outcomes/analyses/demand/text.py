"""What the page of demand and coverage says: the block with most missed calls, notes, tables, and the file."""

import pandas

from outcomes.analyses.demand.analysis import HOURS_IN_BLOCK, Calls, Demand, Place, together
from outcomes.analyses.demand.service_hours import hours_words
from outcomes.answers.answer import Answer
from outcomes.presentation.csv_file import csv_text, source_columns
from outcomes.presentation.format import HIDDEN, STATUS_WORDS, count_text, percent
from outcomes.presentation.sentences import grain_label, months_words
from outcomes.presentation.tables import ALL, sum_text
from outcomes.vocabulary.bold import BOLD
from outcomes.vocabulary.labels import WEEKDAYS, hour_label, label
from outcomes.vocabulary.log import NotReachedReason, Status

WEEK_COLUMNS = ("weekday", "hour_from", "hour_to", "what", "call_count", "status")
# What the week can show, in the order of the switch; then each reason.
WHAT_WORDS = {
    "not_reached": "Eligible calls not reached",
    "eligible": "All eligible calls",
    "reached": "Eligible calls reached",
}
PUBLIC_WHAT = tuple(WHAT_WORDS)
EVERY_WHAT = (*WHAT_WORDS, *(reason.value for reason in NotReachedReason))
# Reasons for which no team on duty could have come.
OUTSIDE = (NotReachedReason.OUTSIDE_HOURS.value, NotReachedReason.OUTSIDE_AREA.value)


def what_words(what: str) -> str:
    """What the switch shows, in words: 'Eligible calls not reached', 'Not reached: No unit available'."""
    return WHAT_WORDS.get(what) or f"Not reached: {label(NotReachedReason(what))}"


def block_label(place: Place) -> str:
    """A block of six hours as 'Friday 18 to 24'."""
    weekday, first = place
    return f"{WEEKDAYS[weekday - 1]} {first} to {first + HOURS_IN_BLOCK}"


def most_missed_sentence(found: Demand) -> str:
    """The weekday and six hours with most missed calls, their number and most frequent reason; Markdown.

    Ties are all named up to three. In the public view only blocks that may be shown are held against each other.
    """
    if not found.blocks:
        return ""
    shown = {place: calls for place, calls in found.blocks.items() if calls is not None}
    if not shown:
        return "At which hours most calls were missed is hidden: the counts are so small that they could point to people."
    most = max(calls.missed for calls in shown.values())
    is_whole = len(shown) == len(found.blocks)
    if most == 0:
        is_known = is_whole and not (found.timeless and found.timeless.missed)
        return "No call was missed at any hour of the week." if is_known else ""
    among = "" if is_whole else "Among the blocks of hours that may be shown, "
    return f"{among}{_most_words(shown, most, 'the most missed calls', found)}"


def within_service_sentence(found: Demand) -> str:
    """The same without calls outside hours or area; empty where no reason tells them apart; Markdown."""
    if found.is_public or not found.has_reasons or not found.blocks:
        return ""
    left: dict[Place, Calls] = {}
    outside = 0
    for place, calls in found.blocks.items():
        if calls is not None:
            kept = tuple(
                (reason, count) for reason, count in calls.reasons if reason not in OUTSIDE
            )
            missed = sum(count for _, count in kept)
            outside += calls.missed - missed
            left[place] = Calls(calls.reached, calls.unknown, missed, kept)
    most = max(calls.missed for calls in left.values())
    if (
        not outside
        or not most
        or most == max(calls.missed for calls in found.blocks.values() if calls)
    ):
        return ""
    said = _most_words(left, most, "the most", found)
    return f"Without the calls outside the team's hours or area, {said}"


def _most_words(blocks: dict[Place, Calls], most: int, what: str, found: Demand) -> str:
    places = [place for place, calls in blocks.items() if calls.missed == most]
    have, each = ("has", "") if len(places) == 1 else ("have", " each")
    reason = ""
    if not found.is_public:
        reason = _reason_words([blocks[place] for place in places], found.has_reasons)
    return f"{_names(places)} {have} {what}: {BOLD}{most:,}{BOLD}{each}{reason}."


def _names(places: list[Place]) -> str:
    names = [f"{BOLD}{block_label(place)}{BOLD}" for place in places[:3]]
    if len(places) > 3:
        return f"{', '.join(names)} and {len(places) - 3} more blocks of hours"
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def _reason_words(several: list[Calls], has_reasons: bool) -> str:
    if not has_reasons:
        return "; why is not recorded"
    counts = dict(together(several).reasons)
    most = max(counts.values())
    # Of several blocks the reasons are counted together: more than each block's own calls.
    total = "" if len(several) == 1 else f" of {sum(counts.values()):,} together"
    first = [reason for reason, count in counts.items() if count == most]
    words = [label(NotReachedReason(reason)).lower() for reason in first]
    if first == [NotReachedReason.NOT_RECORDED.value]:
        return f", most often without a recorded reason ({most:,}{total})"
    each = " each" if len(first) > 1 else ""
    return f", most often {' and '.join(words)} ({most:,}{each}{total})"


def staffed_sentence(found: Demand) -> str:
    """When the team works, as the profile states it; or why nothing is drawn."""
    if not found.programs:
        return ""
    drawn = "marked by a bar" if found.is_public else "outlined"
    if len(found.programs) != 1:
        return "Choose one program to see the hours in which its team works."
    if not found.hours_all:
        return f"The profile of {found.programs[0]} does not say when teams work, so no hours are drawn."
    if found.hours_all == found.hours_now:
        return f"Staffed: {hours_words(found.hours_now, with_dates=False)}. {drawn.capitalize()} in the chart."
    now = hours_words(found.hours_now, with_dates=False) or "no hours"
    return (
        f"Staffed at the end of the period, {drawn} in the chart: {now}. "
        f"In the whole period: {hours_words(found.hours_all, with_dates=True)}."
    )


def mismatch_sentences(found: Demand) -> list[str]:
    """Calls whose recorded reason does not fit the stated hours, where there are any; none to the public."""
    said = []
    if found.outside_in_hours:
        said.append(
            f"{found.outside_in_hours:,} calls are recorded as outside hours but came within the hours that the profile states."
        )
    if found.other_out_of_hours:
        said.append(
            f"{found.other_out_of_hours:,} calls that were not reached came outside the hours that the profile states, but "
            "have another reason or none (outside area not counted)."
        )
    return said


def week_notes(found: Demand) -> list[str]:
    """What the map of the week lacks: calls without a time, months without records, counts that are hidden."""
    said = []
    if found.timeless and found.timeless.eligible:
        missed = f", {found.timeless.missed:,} of them not reached" if found.timeless.missed else ""
        said.append(
            f"{found.timeless.eligible:,} eligible calls have no usable time of day and are in no square{missed}."
        )
    if found.timeless is None and found.places:
        said.append("Calls without a usable time of day are in no square; how many is hidden.")
    if found.coarse:
        said.append(f"Not in the week: {found.coarse}.")
    if found.gaps:
        months = months_words(found.gaps)
        said.append(f"No records at all for {months}: a gap in the log, not a time without calls.")
    if len(found.programs) > 1:
        said.append("Hours are each program's own local time.")
    return said


def place_texts(found: Demand, what: str) -> dict[Place, str]:
    """The count of every place of the week as a text; 'hidden' where it is."""
    return {
        place: count_text(calls.of(what) if calls else None, HIDDEN)
        for place, calls in found.places.items()
    }


def week_rows(found: Demand) -> list[tuple[str, list[Place]]]:
    """The rows of the week, midnight first: what each is called, and its places from Monday on."""
    return [
        (
            hour_label(first)
            if found.hours_each == 1
            else f"{first} to {first + found.hours_each}",
            [(day, first) for day in range(1, 8)],
        )
        for first in range(0, 24, found.hours_each)
    ]


def week_table(found: Demand, what: str) -> pandas.DataFrame:
    """Counts by hour, or by six hours (rows), and weekday (columns, Monday first), as texts with their sums."""
    texts, rows = place_texts(found, what), week_rows(found)
    counts = {place: calls.of(what) if calls else None for place, calls in found.places.items()}
    every = [place for _, places in rows for place in places]
    said = [
        {
            "Hour": name,
            **{WEEKDAYS[day - 1][:3]: texts[(day, first)] for day, first in places},
            ALL: sum_text(counts[place] for place in places),
        }
        for name, places in rows
    ]
    by_day = {
        name[:3]: sum_text(counts[place] for place in every if place[0] == day)
        for day, name in enumerate(WEEKDAYS, start=1)
    }
    return pandas.DataFrame(
        [*said, {"Hour": ALL, **by_day, ALL: sum_text(counts[place] for place in every)}]
    )


def week_finding(found: Demand, what: str) -> str:
    """What the map of the week shows, without markup: its alternative text."""
    shown = {place: calls.of(what) for place, calls in found.places.items() if calls is not None}
    if not shown or not any(shown.values()):
        return f"{what_words(what)}: none that may be shown."
    most = max(shown.values())
    places = [place for place, count in shown.items() if count == most]
    names = [
        block_label(place)
        if found.hours_each > 1
        else f"{WEEKDAYS[place[0] - 1]} {hour_label(place[1])}"
        for place in places[:3]
    ]
    each = " each" if len(places) > 1 else ""
    return (
        f"{what_words(what)} by weekday and hour, {sum(shown.values()):,} in all squares shown. "
        f"Most on {', '.join(names)}: {most:,}{each}. {staffed_sentence(found)}"
    )


def area_table(areas: Answer, has_unknown: bool, names: dict[str, str]) -> pandas.DataFrame:
    """Eligible calls, those not reached and the share reached, by area and in all, as texts; hidden rows say so.

    No share reached where the log does not say of every call whether it was.
    """
    rows = []
    several = areas.table["program_id"].nunique() > 1 if len(areas.table) else False
    whole = [{**vars(areas.total), "program_id": None, "area_id": None}] if len(areas.table) else []
    for row in [*areas.rows, *whole]:
        is_whole = row["area_id"] is None
        program = ALL if is_whole else names.get(row["program_id"], row["program_id"])
        said = {"Program": program} if several else {}
        said["Area"] = (
            ALL if is_whole else grain_label("area_id", row["area_id"], areas.metric, names)
        )
        status = Status(row["status"])
        few = " (few cases)" if status is Status.UNSTABLE else ""
        has_share = row["numerator"] is not None and not has_unknown
        rows.append(
            {
                **said,
                "Eligible": count_text(row["denominator"], STATUS_WORDS.get(status, "")),
                "Not reached": count_text(row["numerator"]),
                "Reached": f"{percent(1 - row['value'])}{few}" if has_share else "",
            }
        )
    table = pandas.DataFrame(rows)
    return table.drop(columns="Reached") if has_unknown and len(table) else table


def week_csv(found: Demand, quote: str) -> str:
    """The week as CSV: one row per place and count, with its state; the quotable sentence in the last row."""
    whats = PUBLIC_WHAT if found.is_public else EVERY_WHAT
    places: list[tuple[tuple[object, ...], Calls | None]] = [
        ((*place, place[1] + found.hours_each), calls) for place, calls in found.places.items()
    ]
    if found.places:
        places.append(((None, None, None), found.timeless))
    rows: list[tuple[object, ...]] = [
        (*place, what, None, Status.SUPPRESSED)
        if calls is None
        else (*place, what, calls.of(what), Status.SHOWN)
        for place, calls in places
        for what in whats
    ]
    rows.append((None, None, None, "quote", None, None))
    return csv_text(WEEK_COLUMNS, rows, source_columns(found.answer.source), quote)
