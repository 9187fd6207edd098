"""Text from a log or a link, made safe to stand in Markdown."""

import re

MARKUP = re.compile(r"([\\`*_\[\]|<>~$:#])")


def plain(text: str) -> str:
    """The text with every character that Markdown would read as markup escaped."""
    return MARKUP.sub(r"\\\1", text)
