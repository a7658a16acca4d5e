"""The table of docs/security.md: every test it names is there, and every row says how it stands."""

import ast
import re

import pytest

from webapp.config import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
ROWS = re.findall(r"^\| (?:\d[^|]*|all of it) \|[^|]*\| (.+) \|$", PAGE, re.MULTILINE)

# Of each section the last number of level 1 or 2, version 5.0.0; level 3 comes after them. Sections
# of level 3 alone, and the chapters that do not apply as a whole (10 and 17), are left out.
ASKED = {
    1: {1: 2, 2: 9, 3: 11, 4: 3, 5: 2},
    2: {1: 3, 2: 3, 3: 4, 4: 1},
    3: {2: 2, 3: 4, 4: 6, 5: 5, 7: 2},
    4: {1: 3, 2: 1, 3: 2, 4: 4},
    5: {1: 1, 2: 3, 3: 2, 4: 3},
    6: {1: 3, 2: 12, 3: 4, 4: 4, 5: 5, 6: 3, 8: 4},
    7: {1: 3, 2: 4, 3: 2, 4: 5, 5: 2, 6: 2},
    8: {1: 2, 2: 3, 3: 1, 4: 1},
    9: {1: 3, 2: 4},
    11: {1: 2, 2: 3, 3: 3, 4: 4, 5: 1, 6: 1},
    12: {1: 3, 2: 2, 3: 4},
    13: {1: 1, 2: 5, 3: 2, 4: 5},
    14: {1: 2, 2: 4, 3: 3},
    15: {1: 3, 2: 3, 3: 7},
    16: {1: 1, 2: 5, 3: 4, 4: 3, 5: 3},
}


@pytest.mark.parametrize("file", sorted({file for file, _ in NAMED}))
def test_every_test_that_is_named_is_there(file):
    tree = ast.parse((ROOT / file).read_text("utf-8"))
    there = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
    assert {test for named, test in NAMED if named == file} <= there


def test_every_row_names_a_test_or_says_that_it_is_not_met_or_does_not_apply():
    assert len(ROWS) > 100
    for row in ROWS:
        assert "::test_" in row or "**not met**" in row or "does not apply" in row, row


def test_every_chapter_is_gone_through():
    chapters = re.findall(r"^### V(\d+) ", PAGE, re.MULTILINE)
    assert chapters == [str(number) for number in range(1, 18)]


def test_every_number_of_both_levels_has_one_row():
    asked = [
        f"{chapter}.{section}.{number}"
        for chapter, sections in ASKED.items()
        for section, last in sections.items()
        for number in range(1, last + 1)
    ]
    answered = []
    for cell in re.findall(r"^\| (\d+\.\d+\.\d[^|]*) \|", PAGE, re.MULTILINE):
        for part in cell.split(", "):
            first, _, last = part.partition(" to ")
            section, number = first.rsplit(".", 1)
            numbers = range(int(number), int((last or first).rsplit(".", 1)[1]) + 1)
            answered += [f"{section}.{one}" for one in numbers]
    assert sorted(answered) == sorted(asked)
