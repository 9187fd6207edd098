"""The comparing part of `make same-answers`: it names every difference, and takes nothing else for one."""

from pathlib import Path

import pytest
from same_answers.compare import compare_folders

ANSWER = """=== everything | program | whole
total.numerator = 12
source.query = "injuries_by_program"
note Left out: one log.
=== everything | public | whole
total.numerator = null
"""


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    """Two folders that say the same."""
    for side in ("before", "after"):
        (tmp_path / side / "demo").mkdir(parents=True)
        (tmp_path / side / "demo" / "rate.txt").write_text(ANSWER, encoding="utf-8")
    return tmp_path / "before", tmp_path / "after"


def change(folder: Path, old: str, new: str) -> None:
    path = folder / "demo" / "rate.txt"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def test_the_same_is_no_difference(folders):
    assert compare_folders(*folders) == []


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("numerator = 12", "numerator = 13"),
        ("numerator = null", "numerator = 0"),
        ("one log.", "one log"),
        ("Left out:", "left out:"),
    ],
)
def test_a_changed_line_is_named_with_both_sides(folders, old: str, new: str):
    change(folders[1], old, new)
    (found,) = compare_folders(*folders)
    assert found.file == "demo/rate.txt"
    assert found.section.startswith("everything | ")
    assert old in found.before[0]
    assert new in found.after[0]
    assert len(found.before) == len(found.after) == 1


def test_a_line_more_or_less_is_a_difference(folders):
    change(folders[1], "note Left out: one log.\n", "")
    (found,) = compare_folders(*folders)
    assert (found.before, found.after) == (("note Left out: one log.",), ())


def test_a_line_that_stands_twice_is_a_difference(folders):
    change(folders[1], "= 12\n", "= 12\ntotal.numerator = 12\n")
    (found,) = compare_folders(*folders)
    assert (found.before, found.after) == ((), ("total.numerator = 12",))


def test_another_order_is_a_difference(folders):
    for folder, text in zip(folders, ("a\nb\n", "b\na\n"), strict=True):
        (folder / "demo" / "order.txt").write_text(f"=== one\n{text}", encoding="utf-8")
    (found,) = compare_folders(*folders)
    assert "another order" in found.section
    assert (found.before, found.after) == (("a",), ("b",))


def test_a_section_or_a_file_on_one_side_alone_is_a_difference(folders):
    change(folders[0], "everything | public", "WA | public")
    (folders[1] / "demo" / "more.txt").write_text("=== one\nline\n", encoding="utf-8")
    found = compare_folders(*folders)
    assert len(found) == 3
    assert all("one side alone" in difference.section for difference in found)


def test_two_sections_of_one_title_are_both_read(folders):
    for folder, last in zip(folders, ("line", "another"), strict=True):
        text = f"=== one\nline\n=== one\n{last}\n"
        (folder / "demo" / "twice.txt").write_text(text, encoding="utf-8")
    (found,) = compare_folders(*folders)
    assert (found.before, found.after) == (("line",), ("another",))


def test_a_long_line_is_told_from_a_little_before_what_differs(folders):
    sides = ("x" * 500 + "12" + "y" * 500, "x" * 500 + "13" + "y" * 500)
    for folder, line in zip(folders, sides, strict=True):
        (folder / "demo" / "long.txt").write_text(f"=== one\n{line}\n", encoding="utf-8")
    (found,) = compare_folders(*folders)
    _, old, new = found.told(1)
    assert "x12y" in old
    assert "x13y" in new
    assert max(len(old), len(new)) < 200


def test_what_the_framework_draws_anew_is_no_difference_and_what_stands_beside_it_is(folders):
    drawn = 'styler.uuid = "b8c3f"\nstyler.styles = "#T_b8c3f_row0_col5 {{ color: {color} }}"\nfile deferred_file_id = "{id}"\n'
    for side, color, identity in zip(folders, ("red", "red"), ("0f", "1a"), strict=True):
        text = drawn.format(color=color, id=identity).replace("b8c3f", "b8c3f" + identity)
        path = side / "demo" / "rate.txt"
        path.write_text(ANSWER + text, encoding="utf-8")
    assert compare_folders(*folders) == []
    change(folders[1], "color: red", "color: blue")
    (found,) = compare_folders(*folders)
    assert len(found.before) == len(found.after) == 1
