"""Blanks as people see them: every kind of blank is one, and signs that nobody sees are none."""

import re

from duckdb import ConstantExpression, Expression
from duckdb import FunctionExpression as call

from outcomes.vocabulary.bold import BOLD

# Signs without width or ink that programs leave in a text: soft hyphen, zero-width blank, marks of direction
# and of byte order, and our own of bold. They stand here as themselves, because Python and RE2 write their numbers otherwise.
UNSEEN = f"[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\ufeff{BOLD}]"
# Blanks beyond those of ASCII, such as the no-break, the thin and the full-width one.
ODD_BLANKS = "\x1c-\x1f\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
BLANKS = rf"[\s\x0b{ODD_BLANKS}]+"
# A text that is not tidy: few are, and to find them is far quicker than to tidy them all.
UNTIDY = rf"^[^!-~]|[^!-~]$|\s\s|[\t\n\f\r\x0b{ODD_BLANKS}{UNSEEN[1:]}"


def tidy(text: str) -> str:
    """The text with one plain blank wherever it has blanks of any kind, none at its ends, and nothing unseen."""
    return re.sub(BLANKS, " ", re.sub(UNSEEN, "", text)).strip()


def tidy_expression(text: Expression) -> Expression:
    """As tidy, of a column; to be used where the pattern UNTIDY fits."""
    unseen, blanks, nothing, one, everywhere = map(
        ConstantExpression, (UNSEEN, BLANKS, "", " ", "g")
    )
    seen = call("regexp_replace", text, unseen, nothing, everywhere)
    return call("trim", call("regexp_replace", seen, blanks, one, everywhere))
