"""Text from a log or a link, made safe to stand in Markdown."""

import re
from collections.abc import Iterable

import pandas

ADDRESS = re.compile(r"(https?://[^\s;,]+)")
MARKUP = re.compile(r"([\\`*_\[\]|<>~$:#])")


def escape_markdown(text: str) -> str:
    """The text with every character that Markdown would read as markup escaped."""
    return MARKUP.sub(r"\\\1", text)


def escape_but_bold(sentence: str) -> str:
    """A sentence of ours with names of a log in it: bold stays, every other mark is taken as it is."""
    return "**".join(escape_markdown(part) for part in sentence.split("**"))


def bullets(sentences: Iterable[str]) -> str:
    """Sentences as a list; bold stays, every other mark is taken as it is."""
    return "\n".join(f"- {escape_but_bold(sentence)}" for sentence in sentences)


def link(words: str, address: str) -> str:
    """A link that shows the words."""
    return f"[{escape_markdown(words)}]({address})"


def linked(table: pandas.DataFrame, column: str) -> pandas.DataFrame:
    """The table safe for Markdown, with what stands under Address as links of another column."""
    said = table.drop(columns="Address").map(escape_markdown)
    said[column] = [
        link(words, _safe(address)) if address else escape_markdown(words)
        for words, address in zip(table[column], table["Address"], strict=True)
    ]
    return said


def with_links(text: str) -> str:
    """The text safe for Markdown, with each web address in it as a link of its own."""
    parts = ADDRESS.split(text)
    return "".join(
        link(part, _safe(part)) if place % 2 else escape_markdown(part)
        for place, part in enumerate(parts)
    )


def _safe(address: str) -> str:
    """An address that cannot end a link of Markdown early."""
    return address.replace("(", "%28").replace(")", "%29")
