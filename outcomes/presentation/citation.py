"""Where numbers come from, in words: what stands over and under a page, and the sentence to be quoted with its source."""

import re
from dataclasses import dataclass

from outcomes.answers.answer import Answer, Source
from outcomes.disclosure.rule import DisclosureRule
from outcomes.presentation.sentences import answer_sentence
from outcomes.selection import Selection
from outcomes.vocabulary.bold import BOLD, without_bold
from outcomes.vocabulary.labels import day_label, label
from outcomes.vocabulary.log import CallType, DataKind, Status, View

MADE_UP = "Made-up demonstration data, no real calls."
# Of more names than these a source says how many there are, and the first.
MOST_NAMED = 4


@dataclass(frozen=True)
class About:
    """Whose figures a page, a file or an image shows, of when, and where they are from."""

    # one program by its name, or how many
    who: str
    period: str
    # the view, where there are several
    view: str
    # where the figures come from, in a sentence
    source: str
    # what the figures are made from, as files say it
    data: str
    # where they come from in a line, for a slide: whose, and of which days; empty where the sentence is as short
    short_source: str = ""
    # what else a title must say: the call types where not all, or that the sources are published ones
    also: str = ""

    @property
    def mark(self) -> str:
        """That nothing is real; empty where it is."""
        return MADE_UP if self.data == label(DataKind.MADE_UP) else ""

    @property
    def when(self) -> str:
        """The period, and the view where there are several: 'Jan 2025 to Dec 2025 · Program view'."""
        return " · ".join(part for part in (self.period, self.view) if part)

    @property
    def in_words(self) -> str:
        """Whose figures they are, of when, and of what calls where not of all."""
        return " · ".join(part for part in (f"{self.who}, {self.when}", self.also) if part)

    def file_name(self, figure: str, ending: str) -> str:
        """Name of a file of a figure: program, figure and period, in small letters with hyphens.

        A made-up one begins with made-up, so that it says so in any list of files.
        """
        told = ("made up" if self.mark else "", self.who, figure, self.period)
        parts = (re.sub(r"[^a-z0-9]+", "-", part.lower()) for part in told)
        return "-".join(part.strip("-") for part in parts if part.strip("-")) + f".{ending}"


def about_logs(selection: Selection, source: Source, queries: list[str]) -> About:
    """What stands over and under figures of logs."""
    names = source.programs
    return About(
        who=names[0] if len(names) == 1 else f"{len(names)} programs",
        period=_period(selection, source),
        view=label(View(selection.view)),
        source=source_line(selection, source, queries),
        data=label(source.data_kind),
        short_source=f"Source: {_logs_and_cover(source)}",
        also=_only(selection),
    )


def citation(answer: Answer, link: str = "") -> str:
    """The answer as a sentence that can be quoted, with everything that a reader needs to check it.

    Says as much where the figure is hidden or not recorded: that, too, can be quoted.
    """
    source = answer.source
    sentence = without_bold(answer_sentence(answer))
    made_up = f"{MADE_UP} " if source.data_kind is DataKind.MADE_UP else ""
    definition = "" if answer.total.status is Status.NOT_RECORDED else answer.metric.definition
    as_of = f"data to {day_label(source.last_day)}" if source.last_day else "no dated records"
    parts = [
        f"{made_up}{sentence}",
        f"Definition: {definition}" if definition else "",
        f"Period: {_period(answer.selection, source)}.",
        _chosen(answer),
        f"Source: log of {_named(source.programs, 'programs')} (data owner: {_named(source.data_owners, 'agencies')}), "
        f"{label(source.data_kind)}, {as_of}, snapshot {source.snapshot}, query {source.query}.",
        link,
    ]
    return " ".join(part for part in parts if part)


def heading(selection: Selection, source: Source) -> str:
    """Programs and period, over a page: 'Kestrel Mesa Crisis Response, Nov 2025 to Oct 2026'."""
    names = source.programs
    who = names[0] if len(names) == 1 else f"{len(names)} programs"
    return f"{who}, {_period(selection, source)}"


def context_line(selection: Selection, source: Source) -> str:
    """Real or made up in bold, view, the log's last day, and the call types where not all."""
    as_of = f"log to {day_label(source.last_day)}" if source.last_day else "no date"
    told = [f"{BOLD}{_capital(label(source.data_kind))}{BOLD}", label(View(selection.view)), as_of]
    return " · ".join(part for part in (*told, _only(selection)) if part)


def _only(selection: Selection) -> str:
    """The call types where not all are chosen: 'only welfare check, mental health'; empty where all are."""
    kinds = ", ".join(label(CallType(kind)) for kind in selection.call_types)
    return f"only {kinds}" if kinds else ""


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def public_notice(rule: DisclosureRule) -> str:
    """What the public view hides, what the agency's policy shows however small, and what a reader must check."""
    shown = (
        "; a whole program's safety events over a quarter or longer are shown however few"
        if rule.safety_events_reportable
        else ""
    )
    return (
        f"Public view: counts of people from 1 to {rule.smallest_shown - 1} are hidden{shown}. Two different selections "
        "can still be compared with each other, so check before you publish more than one."
    )


def source_line(selection: Selection, source: Source, queries: list[str]) -> str:
    """Whose logs, what they cover, the view, the snapshot and the queries."""
    asked = f" Queries: {', '.join(dict.fromkeys(queries))}." if queries else ""
    return (
        f"Source: {_logs_and_cover(source)} {label(View(selection.view)).capitalize()}. "
        f"Snapshot {source.snapshot}.{asked} Definitions: see Methods."
    )


def _logs_and_cover(source: Source) -> str:
    """Whose logs, who owns them, and which days they cover."""
    cover = (
        f"{day_label(source.first_day)} to {day_label(source.last_day)}"
        if source.first_day and source.last_day
        else "no dated records"
    )
    return (
        f"logs of {_named(source.programs, 'programs')} ({label(source.data_kind)}; data owner: "
        f"{_named(source.data_owners, 'agencies')}). Coverage: {cover}."
    )


def _named(names: tuple[str, ...], many: str) -> str:
    """All names, or where they are many their number and the first two; many is what they are then."""
    if len(names) <= MOST_NAMED:
        return ", ".join(names)
    return f"{len(names):,} {many}: {', '.join(names[:2])} and {len(names) - 2:,} more"


def _period(selection: Selection, source: Source) -> str:
    first = selection.first_month or source.first_day
    last = selection.last_month or source.last_day
    return f"{first:%b %Y} to {last:%b %Y}" if first and last else "no dated records"


def _chosen(answer: Answer) -> str:
    """What else was chosen, where it was not everything."""
    selection = answer.selection
    said = []
    if selection.call_types:
        said.append(
            f"call types {', '.join(label(CallType(kind)) for kind in selection.call_types)}"
        )
    if selection.states:
        said.append(f"states {', '.join(selection.states)}")
    if selection.view is View.PUBLIC:
        said.append("public view")
    return f"Only: {'; '.join(said)}." if said else ""
