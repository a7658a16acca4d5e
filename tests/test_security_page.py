"""The table of docs/security.md: every test it names is there, and every row says how it stands."""

import ast
import re

import pytest

from webapp.config import ROOT

PAGE = (ROOT / "docs" / "security.md").read_text("utf-8")
NAMED = sorted(set(re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)))
ROWS = re.findall(r"^\| (?:\d[^|]*|all of it) \|[^|]*\| (.+) \|$", PAGE, re.MULTILINE)


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
