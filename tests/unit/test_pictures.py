"""README.md and docs/pages.md show pages that there are, each with its question and words for those who do not see it."""

import re
from pathlib import Path

from pages.shell.navigation import PAGES

PROJECT = Path(__file__).resolve().parents[2]


def test_every_page_has_its_question_and_its_picture():
    text = (PROJECT / "docs" / "pages.md").read_text(encoding="utf-8")
    said = " ".join(text.split())
    for entry in PAGES:
        assert f"## {entry.title} **{entry.question}**" in said, entry.name
        assert f"](pictures/{entry.name}.png)" in text, entry.name


def test_every_picture_is_there_and_has_words():
    for name in ("README.md", "docs/pages.md"):
        path = PROJECT / name
        text = path.read_text(encoding="utf-8")
        marked = re.findall(r"!\[(.*?)\]\((.*?)\)", text)
        placed = [
            (alt, source) for source, alt in re.findall(r'<img src="(.*?)".*? alt="(.*?)"', text)
        ]
        assert marked
        for alt, source in (*marked, *placed):
            assert len(alt) > 20, source
            assert (path.parent / source).read_bytes().startswith(b"\x89PNG"), source
