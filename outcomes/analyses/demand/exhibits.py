"""Exhibits of demand and coverage: the week with the hours in which the team works, and the areas."""

from functools import partial

from outcomes.analyses.demand import text
from outcomes.analyses.demand.analysis import Demand
from outcomes.analyses.demand.figure import week_figure
from outcomes.answers.answer import Answer
from outcomes.presentation.charts.rows import has_points, interval_figure
from outcomes.presentation.charts.series import row_series
from outcomes.presentation.exhibit import Chart, Exhibit, Table, same_rows, why_empty
from outcomes.presentation.format import HIDDEN
from outcomes.presentation.sentences import chart_finding, finding, same_sentence
from outcomes.vocabulary.bold import BOLD

NO_CALL_TYPES = (
    "The hours of the week are kept for all call types together, so that they cannot be told for the chosen ones. "
    "Take the call types out of the selection to see the week. Reasons and areas below are for the chosen call types."
)
NO_WEEK = "The week is hidden: the counts are so small that they could point to people."
ONE_PROGRAM = "Choose one program to see its areas drawn."
NO_AREA = "No area is recorded in this selection: every call is in one row."
NOT_BY_REASON = "The public view does not give the week by reason; all reasons are together here."


def week_exhibit(found: Demand, what: str, title: str, hint: str = "") -> Exhibit:
    """The week with the hours in which the team works; what is a word of the switch, the hint says how to change it."""
    empty = _why_no_week(found)
    if empty:
        return Exhibit("week", title, empty=empty)
    is_by_reason = what not in text.PUBLIC_WHAT
    if found.is_public and is_by_reason:
        what = text.PUBLIC_WHAT[0]
    each = (
        "by six hours, so that no small count stands in a square. A dash is hidden to protect people."
        if found.is_public
        else "by the hour in which the call came."
    )
    shown = [each for each in text.place_texts(found, what).values() if each != HIDDEN]
    square = "hour" if found.hours_each == 1 else "square"
    same = same_sentence([("", each) for each in shown], len(found.places), square)
    chart = Chart(partial(week_figure, found, what), text.week_finding(found, what))
    is_drawn = not (same and shown[1:])
    staffed = text.staffed_sentence(found)
    return Exhibit(
        "week",
        title,
        answer=staffed if is_drawn else f"{same} {staffed}".rstrip(),
        caption=(
            *([NOT_BY_REASON] if found.is_public and is_by_reason else []),
            f"{BOLD}{text.what_words(what)}{BOLD}, local time, {each} {hint}",
        ),
        charts=(chart,) if is_drawn else (),
        tables=(Table(text.week_table(found, what)),),
        notes=(*text.week_notes(found), *text.mismatch_sentences(found)),
        source=found.answer.source,
    )


def _why_no_week(found: Demand) -> str:
    if not found.is_recorded:
        return why_empty(found.answer)
    if found.has_call_types:
        return NO_CALL_TYPES
    if found.places:
        return ""
    if found.coarse:
        return f"Not recorded by hour of week: {found.coarse}."
    return NO_WEEK if found.is_public else "There are no eligible calls in this selection."


def areas_exhibit(areas: Answer, title: str, names: dict[str, str]) -> Exhibit:
    """Eligible calls, missed calls and the share reached by area; drawn where one program is chosen."""
    if not len(areas.table):
        return Exhibit("missed-areas", title, empty=why_empty(areas), answers=(areas,))
    has_unknown = any("does not say whether the team arrived" in note for note in areas.notes)
    # Two cities can have an area of the same name.
    is_one_program = areas.table["program_id"].nunique() == 1
    same = same_rows(areas, names) if is_one_program else ""
    has_no_area = set(areas.table["area_id"]) == {"not_recorded"}
    chart = Chart(
        partial(interval_figure, areas, names),
        finding(areas),
        finding=chart_finding(areas, names=names),
        legend=(
            "Share not reached; the line is the 95% interval, the dotted line everything together.",
        ),
        series=row_series(areas, names),
    )
    return Exhibit(
        "missed-areas",
        title,
        answer="" if has_no_area else same,
        caption=(
            *([NO_AREA] if has_no_area else []),
            *([] if is_one_program else [ONE_PROGRAM]),
        ),
        charts=(chart,) if is_one_program and has_points(areas) and not same else (),
        tables=(Table(text.area_table(areas, has_unknown or areas.total.value is None, names)),),
        answers=(areas,),
    )
