"""A rule is a function from a project's folder to what breaks it there; here it is held and proved."""

from collections.abc import Callable
from pathlib import Path

import pytest
from source_tree import PROJECT

Rule = Callable[[Path], list[str]]
Files = dict[str, str]


@pytest.fixture
def keeps(subtests: pytest.Subtests, tmp_path: Path) -> Callable[..., None]:
    """Holds the project to a rule, after the rule has found each of the planted sins."""

    def keeps(rule: Rule, *sins: Files, allowed: Files | None = None) -> None:
        assert sins, "a rule that was never seen to find anything proves nothing"
        for number, sin in enumerate(sins):
            with subtests.test("planted", sin=sin):
                found = rule(plant(tmp_path / str(number), sin))
                assert any(place in one for one in found for place in sin), found
        if allowed:
            with subtests.test("allowed"):
                assert rule(plant(tmp_path / "allowed", allowed)) == []
        with subtests.test("project"):
            found = rule(PROJECT)
            assert not found, "\n".join(found)

    return keeps


def plant(root: Path, files: Files) -> Path:
    """A folder with those files in it, by path."""
    for place, text in files.items():
        path = root / place
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root
