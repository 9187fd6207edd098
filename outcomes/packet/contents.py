"""What stands in a packet, of exhibits and of their words: a cover, a sheet for each question, an appendix."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

import pandas

from outcomes.analyses.data_quality.exhibits import missing_exhibit, quality_exhibit
from outcomes.analyses.data_quality.report import quality_reports
from outcomes.analyses.goals.exhibits import goals_exhibit
from outcomes.analyses.unanswered.analysis import unanswered
from outcomes.analyses.unanswered.exhibits import unanswered_exhibit
from outcomes.answers.answer import Answer, Source
from outcomes.answers.period_change import CompareWith
from outcomes.metrics.definition import Metric, Statistic
from outcomes.packet.asked import Asked
from outcomes.packet.letterhead import Letterhead
from outcomes.packet.problem import PacketProblem
from outcomes.packet.questions import BY_NAME, QUESTIONS, Question, default_questions
from outcomes.packet.this_month import this_month_exhibit
from outcomes.presentation.citation import About, about_logs, citation
from outcomes.presentation.exhibit import Chart, Exhibit, Table, label_of_answer
from outcomes.presentation.format import interval_text
from outcomes.presentation.sentences import (
    answer_sentence,
    headline,
    short_figure,
    short_sentence,
)
from outcomes.presentation.tables import without_empty_columns
from outcomes.presentation.taken_away import citation_of, sentence_of, title_of
from outcomes.presentation.tiles import page_answer, short_change
from outcomes.statistics.comparison import Change
from outcomes.vocabulary.bold import without_bold
from outcomes.vocabulary.log import Status

COMPARED = {
    CompareWith.YEAR_BEFORE: "Change from the same months a year before",
    CompareWith.PERIOD_BEFORE: "Change from the period before",
}
COUNTS, HOW_SURE = "Counts", "How sure"
GOALS = "Which goals are met?"
THIS_MONTH = "this_month"
# Letters of two lines of a slide in its largest type.
LETTERS_OF_TWO_LINES = 150


@dataclass(frozen=True)
class Sheet:
    """One question with its answer, its chart, a small table, and what stands behind them."""

    # names it among the sheets of a packet
    name: str
    # the question; of an exhibit alone its title
    question: str
    # the answer in sentences, bold between two stars
    answers: tuple[str, ...]
    # the answer as a slide says it, where whose it is and of when stands beside it; empty where it is not said so short
    short: str
    # the chart with its whole table, or why there is nothing to show
    exhibit: Exhibit
    # small tables: the figures, then others
    tables: tuple[Table, ...]
    # what a careful reader must know
    notes: tuple[str, ...]
    # the answer with all that a reader needs to check it
    quotes: tuple[str, ...]
    # the definitions of its figures
    metrics: tuple[Metric, ...]
    about: About
    # what somebody who doubts it asks, and what the log says to that; empty on an exhibit alone
    doubt: str = ""
    reply: str = ""
    # when its log was loaded, as the date of a file of it alone; None where no log says it
    as_of: datetime | None = None
    # the address of the page that shows it; empty where none is known
    link: str = ""

    def chart_title(self, chart: Chart) -> str:
        """What stands over its chart: its finding; empty where the sheet's title or its answers say that already."""
        title = title_of(self.exhibit, chart)
        answers = self.exhibit.answers
        if answers and title == short_sentence(answers[0]):
            title = short_figure(answers[0])
        told = without_bold(" ".join((self.question, self.short, *self.answers)))
        return "" if title.rstrip(".") in told else title


@dataclass(frozen=True)
class Packet:
    """All that a printed document, slides and a workbook say; each prints it as its medium does."""

    title: str
    letterhead: Letterhead
    about: About
    # the answers of its questions in one paragraph
    paragraph: str
    # the first figure of each question as one table; none where no question has one
    figures: tuple[Table, ...]
    sheets: tuple[Sheet, ...]
    # what became of the log's rows, and what is missing in it
    quality: tuple[Exhibit, ...]
    # what the log cannot answer, with the figures that need it; none where it answers everything
    lacks: tuple[str, ...]
    # when the newest log was loaded, as the date of the files; None where nothing was
    as_of: datetime | None

    @property
    def metrics(self) -> tuple[Metric, ...]:
        """The definitions of all figures, each once."""
        found = {metric.key: metric for sheet in self.sheets for metric in sheet.metrics}
        return tuple(found.values())


def packet_of(asked: Asked, letterhead: Letterhead, questions: tuple[str, ...] = ()) -> Packet:
    """The packet of a selection with the questions named, or those that it has by default.

    Raises PacketProblem for a question that no packet has and for logs without an incident in the selection, and
    SelectionError for a selection that cannot be answered.
    """
    for name in questions:
        if name not in BY_NAME:
            raise PacketProblem(
                f"Expected a question of a packet, found [{name}]; choose from {', '.join(BY_NAME)}."
            )
    whole = asked.answering("responses", None, asked.compare_with)
    if not has_responses(whole):
        raise PacketProblem(
            f"Expected a selection with responses, found [none in {about_of(asked, whole.source).period}]; choose other "
            "months, call types or programs."
        )
    chosen = [
        BY_NAME[name] for name in questions or default_questions(asked.selection, asked.snapshot)
    ]
    chosen = [question for question in QUESTIONS if question in chosen]
    about = about_of(asked, whole.source)
    sheets = (
        *_goals(asked, about),
        *_this_month(asked, about),
        *(_sheet(question, asked) for question in chosen),
    )
    first = _first_answers(chosen, asked)
    reports = quality_reports(asked.selection, asked.snapshot, asked.rule)
    return Packet(
        title=letterhead.title or about.who,
        letterhead=letterhead,
        about=about,
        paragraph=" ".join(page_answer(first)),
        figures=_figure_tables(
            [found for question in chosen for found in _on_cover(question, asked)],
            asked.compare_with,
            tuple(key for each in chosen for key in each.counts),
        ),
        sheets=sheets,
        quality=(quality_exhibit(reports), missing_exhibit(reports)),
        lacks=_lacks(asked),
        as_of=whole.source.loaded_at,
    )


def has_responses(whole: Answer) -> bool:
    """Whether there is anything to make a packet of, by the answer to responses: a log that does not tell them has some."""
    return whole.total.status is not Status.NO_CASES and whole.total.numerator != 0


def about_of(asked: Asked, source: Source, queries: Iterable[str] = ()) -> About:
    """Whose figures they are, of when and where from."""
    return about_logs(asked.selection, source, list(queries))


def exhibit_sheet(exhibit: Exhibit, about: About, question: str, link: str) -> Sheet:
    """One exhibit alone as a sheet: its sentence, its chart and its table."""
    said = [exhibit.headline, exhibit.answer]
    short = sentence_of(exhibit)
    if exhibit.answers and not exhibit.sentence:
        short = _short(exhibit.answers[0])
    if not any(said):
        # Cards say their answers themselves.
        short = "" if exhibit.cards else short
        said = [] if exhibit.cards else [answer_sentence(found) for found in exhibit.answers[:2]]
    source = exhibit.answers[0].source if exhibit.answers else exhibit.source
    notes = (*exhibit.notes, *(note for found in exhibit.answers for note in found.notes))
    return Sheet(
        name=exhibit.key,
        question=exhibit.title or question,
        answers=tuple(words for words in said if words),
        short=short,
        exhibit=exhibit,
        tables=(),
        notes=tuple(dict.fromkeys(note for note in notes if note not in exhibit.told)),
        quotes=tuple(filter(None, [citation_of(exhibit, about, link)])),
        metrics=_metrics(exhibit.answers),
        about=about,
        as_of=source.loaded_at if source else None,
        link=link,
    )


def _in_two_lines(said: list[Answer]) -> str:
    """The first answer, and those after it that stand in two lines of a slide with it; empty without any."""
    told = ""
    for found in said:
        more = f"{told} {_short(found)}".strip()
        if told and len(more) > LETTERS_OF_TWO_LINES:
            break
        told = more
    return told


def _short(found: Answer) -> str:
    """The answer with its counts; an estimate is called one, and has its range."""
    said = short_figure(found)
    if found.metric.statistic is not Statistic.ASSUMPTION_RANGE or found.total.value is None:
        return said
    return f"Estimate: {said.rstrip('.')} ({interval_text(found.metric, found.total)})."


def with_its_table(sheet: Sheet) -> Sheet:
    """The sheet of an exhibit whose table is the answer, and not the numbers behind a chart."""
    return replace(sheet, tables=sheet.exhibit.tables, exhibit=replace(sheet.exhibit, tables=()))


def _sheet(question: Question, asked: Asked) -> Sheet:
    compared = asked.compared(question.judged)
    said = [compared[key] for key in question.says]
    recorded = [found for found in said if found.total.status is not Status.NOT_RECORDED]
    said = recorded or said[:1]
    exhibit = question.chart(asked)
    figures = [compared[key] for key in question.figures]
    others = [each for each in question.tables(asked) if not each.empty]
    answers = [*map(answer_sentence, said), *question.also(asked)]
    behind = [*said, *(found for found in figures if found not in said), *exhibit.answers]
    source = (said or list(compared.values()))[0].source
    queries = (found.source.query for found in behind)
    # What the log does not record is told by the panel of what it cannot answer.
    noted = [found for found in behind if found.total.status is not Status.NOT_RECORDED]
    link = asked.link_of(question.name)
    return Sheet(
        name=question.name,
        question=question.words,
        answers=tuple(dict.fromkeys(words for words in answers if words)),
        short=_in_two_lines(said),
        exhibit=exhibit,
        tables=(
            *_figure_tables(figures, asked.compare_with, question.counts),
            *(
                Table(table.rows, table.title or "Who was hurt, and how badly")
                for each in others
                for table in each.tables
            ),
        ),
        notes=tuple(dict.fromkeys((*_notes(noted), *exhibit.notes))),
        quotes=tuple(citation(found, link) for found in said),
        metrics=_metrics(behind),
        about=about_of(asked, source, (*queries, *exhibit.queries)),
        doubt=question.doubt,
        reply=" ".join(words for words in question.reply(asked, compared) if words),
        link=link,
    )


def _notes(answers: list[Answer]) -> list[str]:
    """What a careful reader must know of each figure, after its name where it is not so of all of them."""
    labels: dict[str, list[str]] = {}
    for found in answers:
        for note in found.notes:
            labels.setdefault(note, []).append(label_of_answer(found))
    figures = {label_of_answer(found) for found in answers}
    return [
        note if set(told) == figures else f"{'; '.join(dict.fromkeys(told))}: {note}"
        for note, told in labels.items()
    ]


def _goals(asked: Asked, about: About) -> tuple[Sheet, ...]:
    """The program's goals as a sheet; none where it has set none, or several are chosen."""
    found = goals_exhibit(asked.selection, asked.snapshot, asked.rule)
    if found.empty:
        return ()
    sheet = exhibit_sheet(found, about, GOALS, asked.link_of("overview"))
    return (replace(with_its_table(sheet), question=GOALS),)


def _this_month(asked: Asked, about: About) -> tuple[Sheet, ...]:
    """Whether the latest full month is unusual; none where there is no such month."""
    found = this_month_exhibit(asked)
    if found is None:
        return ()
    sheet = exhibit_sheet(found, about, found.title, asked.link_of("overview"))
    return (replace(with_its_table(sheet), name=THIS_MONTH),)


def _metrics(answers: Iterable[Answer]) -> tuple[Metric, ...]:
    return tuple({found.metric.key: found.metric for found in answers}.values())


def _figure_tables(
    answers: list[Answer], compare_with: CompareWith, counts: tuple[str, ...]
) -> tuple[Table, ...]:
    """The figures of a question as one table of texts: what, its value, its counts, how sure, its change.

    Without the column of changes where nothing is compared: a note says why.
    """
    rows = []
    for found in answers:
        is_count = found.metric.key in counts
        texts = headline(found, is_count)
        bounds = f"{texts.bounds[:1].lower()}{texts.bounds[1:]}"
        rows.append(
            {
                "Figure": texts.label,
                "Value": texts.value,
                COUNTS: texts.counts,
                HOW_SURE: "; ".join(part for part in (texts.interval, bounds) if part),
                COMPARED[compare_with]: short_change(found.metric, found.comparison, is_count)
                if _is_compared(found) and texts.has_value
                else "",
            }
        )
    shown = without_empty_columns(pandas.DataFrame(rows))
    return (Table(shown, "The figures", words=(COUNTS, HOW_SURE)),) if rows else ()


def _is_compared(found: Answer) -> bool:
    return found.comparison is not None and found.comparison.change is not Change.NOT_COMPARABLE


def _first_answers(questions: list[Question], asked: Asked) -> list[Answer]:
    """The first answer of each question, as its sheet has it."""
    return [
        asked.compared(question.judged)[question.says[0]] for question in questions if question.says
    ]


def _on_cover(question: Question, asked: Asked) -> list[Answer]:
    """What the first page says of a question: its first answer, and what must stand beside it."""
    compared = asked.compared(question.judged)
    return [compared[key] for key in (*question.says[:1], *question.beside)]


def _lacks(asked: Asked) -> tuple[str, ...]:
    """What the logs do not record of all that packets can ask."""
    keys = dict.fromkeys(key for question in QUESTIONS for key in question.judged)
    return unanswered_exhibit(unanswered(tuple(keys), asked.selection, asked.snapshot)).notes
