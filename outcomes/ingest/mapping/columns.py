"""A profile's mapping as a person edits it: what each column is for, in the text of the profile and back.

The text stays the truth: an edit changes its own lines alone, and comments and order stay.
"""

from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any

import tomlkit
from tomlkit.exceptions import ParseError, TOMLKitError

from outcomes.ingest.agency import MOST_PROFILE_BYTES, TO_FILL_IN
from outcomes.ingest.draft.columns import Column
from outcomes.ingest.draft.synonyms import WORD_VALUES, guessed_words, yes_and_no
from outcomes.ingest.draft.visible_columns import SeenColumn
from outcomes.ingest.errors import LoadProblem
from outcomes.ingest.profile.fields import FLAG_FIELDS, TEXT_FIELDS, TIME_FIELDS, WORD_FIELDS

# Parts of a profile that the editors change, and those whose entries are parts again.
PARTS_OF_PARTS = ("times", "words", "flags")
PARTS = ("program", "log", "file", "text", "call_type", *PARTS_OF_PARTS)
NOT_USED, EXCLUDED, BY_RULES = "", "ignored_columns", "rules"
TYPE_KEYS = ("column", "final_column")
TOP_KEYS = ("age_column", "birth_year_column", "person_id_column")
# What a column can be mapped to; rules are written in the profile itself.
USES = (
    NOT_USED,
    *(f"times.{name}" for name in TIME_FIELDS),
    *(f"text.{name}" for name in TEXT_FIELDS),
    *(f"call_type.{name}" for name in TYPE_KEYS),
    *(f"words.{name}" for name in WORD_FIELDS),
    *(f"flags.{name}" for name in FLAG_FIELDS),
    *TOP_KEYS,
    EXCLUDED,
)
# Keys whose text, wherever they stand, names a column.
NAMES_COLUMNS = (
    *("column", "date_column", "time_column", "seconds_column", "minutes_column"),
    *("final_column", "more_columns", "same_as", "repeats", "names", "join", "first_of", "part_of"),
)
Document = MutableMapping[str, Any]


def parsed(text: str) -> Document:
    """The profile's text as a document that keeps comments and order.

    Raises LoadProblem where it is no TOML, is larger or nested deeper than any profile, or has a value in place of
    one of its parts.
    """
    if len(text) > MOST_PROFILE_BYTES:
        raise LoadProblem(
            f"Expected a profile of at most {MOST_PROFILE_BYTES:,} bytes, found [{len(text):,}]; shorten it."
        )
    try:
        document = tomlkit.parse(text)
    except RecursionError:
        raise LoadProblem(
            "Expected a profile in TOML, found [parts within parts without end]; write them beside each other."
        ) from None
    except (ParseError, TOMLKitError, ValueError) as error:
        raise LoadProblem(f"Expected a profile in TOML, found [{error}]; mend that line.") from None
    _refuse_shape(document)
    return document


def _refuse_shape(document: Document) -> None:
    for part in PARTS:
        inside = document.get(part, {})
        entries = inside.items() if part in PARTS_OF_PARTS and isinstance(inside, Mapping) else ()
        wrong = [part] if not isinstance(inside, Mapping) else []
        wrong += [f"{part}.{name}" for name, one in entries if not isinstance(one, Mapping)]
        if wrong:
            raise LoadProblem(
                f"Expected the part [{wrong[0]}] of the profile with keys of its own, found [a value]; "
                "write it as docs/adding_an_agency.md shows."
            )
    if not isinstance(document.get(EXCLUDED, []), list):
        raise LoadProblem(
            f"Expected a list of columns in {EXCLUDED}, found [another value]; put it in square brackets."
        )


def written(document: Document) -> str:
    """The text of a document."""
    return tomlkit.dumps(document)


def column_uses(document: Document, names: list[str]) -> dict[str, str]:
    """What each of the columns is mapped to, as one of USES, or BY_RULES where that is more than one plain key."""
    found: dict[str, list[str]] = {name.casefold(): [] for name in names}

    def note(column: object, use: str) -> None:
        if isinstance(column, str) and column.casefold() in found:
            found[column.casefold()].append(use)

    for path, column in _named_columns(document, ()):
        note(column, _use_of(document, path))
    for key in TOP_KEYS:
        note(document.get(key), key)
    for column in document.get(EXCLUDED, ()):
        note(column, EXCLUDED)
    for name, column in document.get("text", {}).items():
        note(column, f"text.{name}")
    uses = {}
    for name in names:
        different = set(found[name.casefold()])
        single = different.pop() if len(different) == 1 else None
        uses[name] = single or (BY_RULES if found[name.casefold()] else NOT_USED)
    return uses


def time_formats(document: Document, use: str) -> tuple[str, ...]:
    """Formats of the time that a column is mapped to; empty for any other use."""
    part, _, name = use.partition(".")
    time = document.get(part, {}).get(name, {}) if part == "times" else {}
    return tuple(str(one) for one in time.get("formats", ()))


def map_columns(
    document: Document,
    columns: tuple[SeenColumn, ...],
    wanted: Mapping[str, str],
    formats: Mapping[str, tuple[str, ...]],
) -> None:
    """Change the document so that each column is mapped as wanted, with these formats where it is a time.

    Raises LoadProblem where two columns are wanted for one field, or where one whose use is said by
    rules, or that looks private, is wanted for another.
    """
    names = [column.name for column in columns]
    now = column_uses(document, names)
    changed = {name: use for name, use in wanted.items() if use != now[name]}
    _refuse(columns, now, changed, wanted)
    for name in changed:
        _unmap(document, now[name], name)
    by_name = {column.name: column for column in columns}
    for name, use in changed.items():
        _map(document, use, by_name[name], formats.get(name, ()))
    for name, given in formats.items():
        use = wanted.get(name, now[name])
        if use.startswith("times.") and given and given != time_formats(document, use):
            document["times"][use.partition(".")[2]]["formats"] = list(given)


def _refuse(
    columns: tuple[SeenColumn, ...],
    now: Mapping[str, str],
    changed: Mapping[str, str],
    wanted: Mapping[str, str],
) -> None:
    taken: dict[str, str] = {}
    for name in now:
        use = wanted.get(name, now[name])
        if use in (NOT_USED, EXCLUDED, BY_RULES):
            continue
        if use in taken:
            raise LoadProblem(
                f"Expected one column for each field, found [{taken[use]}] and [{name}] for the same; "
                "keep one of them."
            )
        taken[use] = name
    private = {column.name: column.private for column in columns if column.private}
    for name, use in changed.items():
        if now[name] == BY_RULES or use == BY_RULES:
            raise LoadProblem(
                f"Expected a column with one plain use, found [{name}], which rules of the profile "
                "read; change them in the profile itself."
            )
        if name in private and use not in (NOT_USED, EXCLUDED):
            raise LoadProblem(
                f"Expected a column that may be stored, found [{name}], which looks private ({private[name]}); "
                "it is never stored: leave it out."
            )


def _use_of(document: Document, path: tuple[str, ...]) -> str:
    """The use that a place in the profile means; BY_RULES where it is no plain one."""
    if path[0] == "times" and len(path) == 3 and path[2] == "column":
        return f"times.{path[1]}"
    if path[0] == "call_type" and path[-1] in TYPE_KEYS:
        return f"call_type.{path[-1]}"
    if path[0] == "words" and len(path) == 3 and path[2] == "column":
        return f"words.{path[1]}"
    if path[0] == "flags" and is_plain_flag(document["flags"][path[1]]):
        return f"flags.{path[1]}"
    return BY_RULES


def is_plain_flag(flag: Mapping[str, Any]) -> bool:
    """Whether a flag is said by words of one column alone: these mean yes, those mean no."""
    rules = [flag[answer] for answer in ("yes", "no") if answer in flag]
    columns = {str(rule.get("column", "")).casefold() for rule in rules}
    return bool(rules) and len(columns) == 1 and all(set(r) == {"column", "is"} for r in rules)


def _named_columns(part: object, path: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], object]]:
    """Every place that names a column, with its path of keys."""
    if isinstance(part, Mapping):
        for key, inside in part.items():
            here = (*path, str(key))
            if key in NAMES_COLUMNS and isinstance(inside, str):
                yield here, inside
            elif key in NAMES_COLUMNS and isinstance(inside, list):
                yield from ((here, one) for one in inside)
            elif path or key != "text":
                yield from _named_columns(inside, here)
    elif isinstance(part, list):
        for inside in part:
            yield from _named_columns(inside, path)


def _unmap(document: Document, use: str, name: str) -> None:
    part, _, field = use.partition(".")
    if use == EXCLUDED:
        left = [one for one in document[EXCLUDED] if str(one).casefold() != name.casefold()]
        document[EXCLUDED] = left
    elif use == "call_type.column":
        del document["call_type"]
    elif field and field in document.get(part, {}):
        del document[part][field]
    elif use in document:
        del document[use]


def _map(document: Document, use: str, column: SeenColumn, formats: tuple[str, ...]) -> None:
    part, _, field = use.partition(".")
    if use == NOT_USED:
        return
    if use == EXCLUDED:
        document[EXCLUDED] = [*document.get(EXCLUDED, ()), column.name]
        return
    if use in TOP_KEYS:
        document[use] = column.name
        return
    if part == "call_type":
        _map_call_type(document, field, column.name)
        return
    place = document.setdefault(
        part, tomlkit.table(is_super_table=part in ("times", "words", "flags"))
    )
    if part == "text":
        place[field] = column.name
    elif part == "times":
        known = (
            formats
            or column.formats
            or (f"{TO_FILL_IN}: how it is written, such as %m/%d/%Y %H:%M",)
        )
        place[field] = {"column": column.name, "formats": list(known)}
    elif part == "words":
        place[field] = {"column": column.name, "values": _guessed(field, column)}
    else:
        answers = yes_and_no(_as_drafted(column))
        place[field] = flag_of(column.name, *(answers or ([], [])))


def _map_call_type(document: Document, field: str, name: str) -> None:
    if field == "column":
        document["call_type"] = {"column": name, "list": "call_types.csv"}
    elif "call_type" in document:
        document["call_type"][field] = name
    else:
        raise LoadProblem(
            f"Expected a column of call types first, found [{name}] for the final one alone; "
            "map the column of the first call type too."
        )


def flag_of(column: str, yes: list[str], no: list[str]) -> dict[str, Any]:
    """A flag by words of one column; a person has to say which mean yes where nothing does."""
    if not yes and not no:
        yes = [f"{TO_FILL_IN}: the words that mean yes"]
    rules = {"yes": yes, "no": no}
    return {
        answer: _inline({"column": column, "is": words}) for answer, words in rules.items() if words
    }


def _inline(content: dict[str, Any]) -> Any:
    table = tomlkit.inline_table()
    table.update(content)
    return table


def _guessed(field: str, column: SeenColumn) -> dict[str, str]:
    return guessed_words(field, _as_drafted(column)) if field in WORD_VALUES else {}


def _as_drafted(column: SeenColumn) -> Column:
    return Column(column.name, column.rows, column.filled, column.distinct, column.values, {})
