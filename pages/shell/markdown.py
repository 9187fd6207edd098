"""The one door for text into Markdown and into charts: what is no word of ours is shown as it is written.

Bold stays in sentences of ours (escape_but_bold): their mark (vocabulary/bold.py) is none that data can bring, so stars are stars. Everything else that Streamlit's
Markdown knows is shut: links, also bare ones and e-mail addresses, pictures, LaTeX, emoji, icons, colors, lists, line breaks.
"""

import re
from collections.abc import Iterable
from typing import Any

from outcomes.vocabulary.bold import by_bold, without_bold

ADDRESS = re.compile(r"(https?://[^\s;,]+)")
MARKUP = re.compile(r"([\\`*_\[\]|<>~$#&@]|:(?=[A-Za-z]))")
LINE_ENDS = re.compile(r"[\t\n\v\f\r\x1c-\x1e\x85\u2028\u2029]+")
# Four spaces begin a block of code.
DEEP = re.compile(r"^\s{2,}")
# What begins a list, a heading or a rule where it begins a line.
BEGINS_A_LINE = re.compile(r"^\s*(?:(?=[-+](?:\s|$))|\d{1,9}(?=[.)](?:\s|$)))")
# The browser looks for these in the finished text, where no backslash is left: a word joiner, which nobody sees, parts
# them. Addresses with and without https, e-mail addresses, :emoji: and :material/icons:, arrows and dashes.
FOUND_LATER = re.compile(
    r"(?i)(?<=https:)(?=//)|(?<=http:)(?=//)|(?<=www)(?=\.)|(?<=\S)(?=@)"
    r"|(?<=:)(?=[\w+/-]+:)|(?<=[-<>~])(?=[-=>])"
)
JOINER = "\u2060"
# What a chart's text may hold of its own markup; any other sign that begins a tag is shown.
TAG = re.compile(r"<(?!/?(?:b|br|i|extra)\s*/?>)")


def escape_markdown(text: str) -> str:
    """The text with everything that Markdown would read as markup shown as it is written."""
    plain = FOUND_LATER.sub(JOINER, DEEP.sub(" ", LINE_ENDS.sub(" ", without_bold(text))))
    escaped = MARKUP.sub(r"\\\1", plain)
    return BEGINS_A_LINE.sub(lambda found: found[0].lstrip() + "\\", escaped)


def escape_but_bold(sentence: str) -> str:
    """A sentence of ours with names of a log in it: bold stays, every other mark is taken as it is."""
    first, *others = by_bold(sentence)
    return "**".join([escape_markdown(first), *(_within_a_line(part) for part in others)])


def _within_a_line(text: str) -> str:
    """The text escaped where it does not begin a line, so that what begins one there is no mark."""
    return escape_markdown(f"x{text}").removeprefix("x")


def bullets(sentences: Iterable[str]) -> str:
    """Sentences as a list; bold stays, every other mark is taken as it is."""
    return "\n".join(f"- {escape_but_bold(sentence)}" for sentence in sentences)


def link(words: str, address: str) -> str:
    """A link that shows the words; the words alone where the address is none of the web."""
    if not is_web_address(address):
        return escape_markdown(words)
    return f"[{escape_markdown(words)}]({_safe(address)})"


def is_web_address(address: object) -> bool:
    """Whether something is an address of the web, and not of a script or a file."""
    return isinstance(address, str) and re.fullmatch(r"https?://\S+", address) is not None


def with_links(text: str) -> str:
    """The text safe for Markdown, with each web address in it as a link of its own."""
    parts = ADDRESS.split(text)
    return "".join(
        link(part, part) if place % 2 else escape_markdown(part) for place, part in enumerate(parts)
    )


def plain_figure(figure: Any) -> Any:
    """The same figure, whose texts hold no markup but bold, italics and line breaks: no links, no styles."""
    spec = figure.to_plotly_json()
    parts = {name: spec[name] for name in ("data", "layout")}
    return _without_tags(parts) if _has_tags(parts) else figure


def _has_tags(part: Any) -> bool:
    if isinstance(part, str):
        return TAG.search(part) is not None
    if isinstance(part, dict):
        return any(map(_has_tags, part.values()))
    if isinstance(part, list | tuple):
        return any(map(_has_tags, part))
    return _holds_texts(part) and any(map(_has_tags, part.tolist()))


def _without_tags(part: Any) -> Any:
    if isinstance(part, str):
        return TAG.sub("&lt;", part)
    if isinstance(part, dict):
        return {name: _without_tags(inside) for name, inside in part.items()}
    if isinstance(part, list | tuple):
        return type(part)(_without_tags(inside) for inside in part)
    if _holds_texts(part):
        return [_without_tags(inside) for inside in part.tolist()]
    return part


def _holds_texts(part: Any) -> bool:
    return getattr(getattr(part, "dtype", None), "kind", "") in ("O", "U", "T")


def _safe(address: str) -> str:
    """An address that cannot end a link of Markdown early."""
    return (
        address.replace("(", "%28")
        .replace(")", "%29")
        .replace("<", "%3C")
        .replace(">", "%3E")
        .replace("\\", "%5C")
    )
