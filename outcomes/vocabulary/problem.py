"""Problem: what a reader is told instead of an answer."""

import re

# What was found is told by its beginning where it is longer: a word without a blank, and what stands in brackets.
MOST_IN_A_WORD, MOST_IN_BRACKETS = 300, 600
LONG_WORD = re.compile(rf"\S{{{MOST_IN_A_WORD + 1},}}")
LONG_BRACKETS = re.compile(rf"(?<=\[)[^\]]{{{MOST_IN_BRACKETS + 1},}}(?=\])")


class Problem(Exception):
    """An expected fault; its text says what was expected, what was found and what to do, in one sentence.

    What was found may come from a hostile file: signs that break a line, or speak to a terminal, are blanks in it, and
    of what is longer than anybody reads the beginning is told, and how long it is.
    """

    def __init__(self, text: str) -> None:
        plain = "".join(sign if sign.isprintable() else " " for sign in text)
        short = LONG_WORD.sub(lambda found: _begun(found[0], MOST_IN_A_WORD // 2), plain)
        super().__init__(
            LONG_BRACKETS.sub(lambda found: _begun(found[0], MOST_IN_BRACKETS // 2), short)
        )


def _begun(text: str, signs: int) -> str:
    """The first signs of a long text, and its length; a bracket that ends it stays."""
    end = text[len(text.rstrip("];,.")) :][:3]
    return f"{text[:signs]}… ({len(text):,} characters){end}"
