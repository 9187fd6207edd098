"""The columns of an export as a draft looks at them: what is written in them, and which are private."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import zip_longest

import duckdb
import pyarrow
import pyarrow.compute
from duckdb import ColumnExpression, ConstantExpression
from duckdb import FunctionExpression as call

from outcomes.ingest.privacy.pii import private_content

# Distinct values of a column that are kept, the commonest first.
MOST_VALUES = 5_000
# Texts that are taken to mean that nothing was written; "None" and "Unknown" may be answers, and are not.
NULL_WORDS = re.compile(
    r"null|<null>|\(null\)|n/?a|#n/a|nan|n\.a\.|nil|\(blank\)|blank|-{1,3}|#+|not available|unavailable|"
    r"not entered|not recorded|no data|missing",
    re.IGNORECASE,
)
# A pattern of private text holds for a column where this share of its values fits.
PRIVATE_SHARE = 0.5
FEW_ROWS = 20
# Words of a sentence: in a column of many values, and in any column.
LONG_WORDS = 6
SENTENCE_WORDS = 8

# What a column's name says of it, and the reason that is given.
PRIVATE_NAMES = (
    (
        r"\b(first|last|full|middle|maiden|given|family|caller|patient|client|person|subject|officer|"
        r"staff|responder|dispatcher|call taker|reporting party|complainant|victim|suspect) ?names?\b|"
        r"^names?$|\bsurname\b|^(caller|complainant|patient|client|victim|suspect|reporting party|"
        r"contact person|next of kin|responsible party|rp)$|^(created|entered|modified|updated|completed|recorded) by$|"
        r"\bcase ?(manager|worker)\b|\bcall ?taker$|^dispatcher$",
        "named like a person's name",
    ),
    (
        r"\b(address\w*|addr|streets?|roads?|intersections?|apt|apartment|premises?|location|block|"
        r"house number|common place|place name|estnum|efeanme|edirpre|efeatyp|xstreet\d?)\b",
        "named like a place where people live",
    ),
    (
        r"\b(phones?|telephones?|cell|ani|call ?back|callback number|fax)\b",
        "named like a phone number",
    ),
    (r"\b(birth\w*|dob|born)\b", "named like a date of birth"),
    (r"\be ?mails?\b", "named like an e-mail address"),
    (
        r"\b(ssn|social security|licen[sc]e|plates?|passport|medicaid|medicare|mrn|medical record|"
        r"insurance|(person|client|patient|inmate|participant|consumer|member|resident) (id|no|num|number))\b",
        "named like a number of one person",
    ),
    (
        r"\b(narratives?|comments?|remarks?|notes?|free ?text|details?|memo|summary|description of "
        r"(call|incident|event))\b",
        "named like free text",
    ),
    (
        r"\b(latitude|longitude|lat|lon|lng|[xy] ?coord\w*|coordinates?|geo(code|m)\w*|wkt)\b|"
        r"^(long|point|shape|[xy])$",
        "named like a place on the map",
    ),
)
STREET = (
    r"street|st|avenue|ave?|road|rd|boulevard|blvd|drive|dr|lane|ln|court|ct|way|place|pl|highway|hwy|"
    r"terrace|ter|circle|cir|alley|aly|parkway|pkwy"
)
PHONE = r"(?:\+?1[\s.-]?)?\(?\d{3}\)?[\s.-]\s?\d{3}[\s.-]\d{4}"
# What the values say; a pattern has to fit the whole value.
PRIVATE_VALUES = (
    (re.compile(PHONE), "holds phone numbers"),
    (re.compile(r"[^@\s]+@[^@\s]+\.[a-zA-Z]+"), "holds e-mail addresses"),
    (re.compile(r"\d{3}-\d{2}-\d{4}"), "holds numbers like those of social security"),
    (
        re.compile(rf"(\d+|\d+ block of) .*\b({STREET})\b\.?.*", re.IGNORECASE),
        "holds street addresses",
    ),
    (
        re.compile(r"(POINT|MULTIPOINT|POLYGON).*|\(?-?\d{1,3}\.\d{3,},? *-?\d{1,3}\.\d{3,}\)?"),
        "holds places on the map",
    ),
    (re.compile(r"-?\d{1,3}\.\d{4,}"), "holds numbers like places on the map"),
    (re.compile(r"[{\[].*"), "holds records inside a value"),
    (
        re.compile(r"[A-Z][\w'-]+, ?[A-Z][\w'-]*\.?( [A-Z][\w'-]*\.?)?"),
        "holds names, last name first",
    ),
)
# Columns whose values look like names or prose, and are neither.
NO_PEOPLE = r"neighbo|district|\bbeat|\bcity\b|\btype\b|nature|reason|zone|division|agency|\bunit\b"
PERSON_NAME = re.compile(r"[A-Z][a-z'-]+ (?:[A-Z]\.? )?(?:[A-Z][a-z'-]+)(?:[ -][A-Z][a-z'-]+)?")
# A date in words has as many of them as prose.
WRITTEN_DATE = re.compile(
    r"([a-z]+,? )?([a-z]{3,9}\.? \d{1,2}|\d{1,2}\.? [a-z]{3,9}),? \d{4}\b.{0,25}", re.IGNORECASE
)
# Text inside a value that must not be repeated anywhere.
PRIVATE_INSIDE = re.compile(
    rf"{PHONE}|\d{{7,}}|@|\d{{3}}-\d{{2}}-\d{{4}}|\b\d+ \w+( \w+)? ({STREET})\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Column:
    """One column of the rows that were looked at; null words are taken out of its values."""

    name: str
    # rows that were looked at, and those on which something is written
    rows: int
    filled: int
    # number of different values
    distinct: int
    # the commonest values with their rows
    values: dict[str, int]
    # null words with their rows
    nulls: dict[str, int]
    # its name without that of the group that stands over it; empty where none does
    own_name: str = ""

    @cached_property
    def words(self) -> str:
        """The name in lower case, its words apart: "CallType_ID" is "call type id"."""
        return _words(self.name)

    @cached_property
    def own_words(self) -> str:
        """The words of its own name, without those of its group."""
        return _words(self.own_name or self.name)

    def share(self, pattern: re.Pattern[str]) -> float:
        """Share of the kept rows whose whole value fits the pattern."""
        fits = sum(rows for value, rows in self.values.items() if pattern.fullmatch(value))
        return fits / max(1, sum(self.values.values()))


def look_at_columns(table: pyarrow.Table, own_names: Sequence[str] = ()) -> list[Column]:
    """Every column of a table of text, in order, with its own name where groups stand over them."""
    names = zip_longest(table.column_names, own_names, fillvalue="")
    return [column_of(name, own, table.column(name)) for name, own in names]


def _words(name: str) -> str:
    # The number of an element of a national standard says nothing.
    apart = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", re.sub(r"\([a-z][A-Z]\w+\.\d+\)", " ", name))
    return " ".join(re.findall(r"[a-z]+|\d+|#", apart.lower()))


def column_of(name: str, own_name: str, values: pyarrow.ChunkedArray) -> Column:
    """One column of text."""
    counted = pyarrow.compute.value_counts(values.drop_null())
    order = pyarrow.compute.sort_indices(counted.field("counts"), [("", "descending")])
    texts = counted.field("values").take(order)
    counts = counted.field("counts").take(order)
    common = zip(texts[:MOST_VALUES].to_pylist(), counts[:MOST_VALUES].to_pylist(), strict=True)
    kept: dict[str, int] = {}
    nulls: dict[str, int] = {}
    for text, rows in common:
        (nulls if NULL_WORDS.fullmatch(text) else kept)[text] = rows
    return Column(
        name=name,
        rows=len(values),
        filled=len(values) - values.null_count - sum(nulls.values()),
        distinct=len(counted) - len(nulls),
        values=kept,
        nulls=nulls,
        own_name=own_name,
    )


def privacy_reason(column: Column) -> str | None:
    """Why the column's values must not be stored or shown; None where nothing says so."""
    for pattern, reason in PRIVATE_NAMES:
        if re.search(pattern, column.words):
            return reason
    # What a load would refuse by its name is not shown either.
    if (content := private_content(column.name)) is not None:
        return f"named like {content}"
    if not column.filled:
        return None
    for value_pattern, reason in PRIVATE_VALUES:
        if column.share(value_pattern) >= PRIVATE_SHARE:
            return reason
    if re.search(NO_PEOPLE, column.words):
        return None
    is_varied = column.filled >= FEW_ROWS and column.distinct >= PRIVATE_SHARE * column.filled
    if is_varied and column.share(PERSON_NAME) >= PRIVATE_SHARE:
        return "holds words like names of people"
    if column.share(WRITTEN_DATE) >= PRIVATE_SHARE:
        return None
    texts = list(column.values)
    mean_words = sum(len(text.split()) for text in texts) / max(1, len(texts))
    if mean_words >= SENTENCE_WORDS:
        return "holds free text"
    if column.distinct > column.filled / 2 and column.distinct > 2 and mean_words >= LONG_WORDS:
        return "holds free text"
    return None


def may_be_shown(value: str) -> bool:
    """Whether a value of a list, such as a call type, can be repeated: it is short and holds no private text."""
    return len(value) <= 60 and len(value.split()) <= 8 and not PRIVATE_INSIDE.search(value)


def shapes(values: duckdb.DuckDBPyRelation, column: str) -> duckdb.DuckDBPyRelation:
    """The relation with a column "shape": digits as 9, letters as A, runs of letters as one."""
    letters = call(
        "regexp_replace",
        ColumnExpression(column),
        ConstantExpression(r"\p{L}+"),
        ConstantExpression("A"),
        ConstantExpression("g"),
    )
    digits = call(
        "regexp_replace",
        letters,
        ConstantExpression(r"\d"),
        ConstantExpression("9"),
        ConstantExpression("g"),
    )
    return values.select("*", digits.alias("shape"))
