"""What the table says is counted: where our rules lose, in words, too."""

from dataclasses import fields, replace
from pathlib import Path

import pytest

from tests.simulation import table
from tests.simulation.assumptions import AS_USUAL, SETS
from tests.simulation.outcomes import Outcome
from tests.simulation.rules import FIRST_COME, NO_LINE, OFFERS

DOCS = Path(__file__).parents[2] / "docs/simulation.md"
ONE = Outcome(
    seats=100,
    attended=80,
    mails=400,
    freed=10,
    passed_on=8,
    empty_hours=12.0,
    without=20,
    told_of_none=5,
    too_late=2,
)


def words(ours, theirs):
    """What is said of two years, in which the two other rules did alike."""
    found = {AS_USUAL: {NO_LINE: theirs, FIRST_COME: theirs, OFFERS: ours}}
    return list(table.written(found, [1, 2]))


def test_where_our_offers_lose_nowhere_that_is_said():
    assert "Our offers lose nowhere by what is counted here." in words([ONE, ONE], [ONE, ONE])


def test_fewer_seats_than_under_another_rule_are_said_to_be_lost():
    fewer = replace(ONE, attended=77, mails=385)
    said = words([fewer, fewer], [ONE, ONE])
    assert (
        "- as usual, attended seats: -3.0 ± 0.0 beside no waiting list (worse in 2 of 2 years)"
    ) in said
    assert not any("mails" in line for line in said if line.startswith("-"))


def test_what_varies_more_than_it_differs_may_be_chance():
    said = words([replace(ONE, without=30), replace(ONE, without=12)], [ONE, ONE])
    [of_people, _] = [line for line in said if "people who had no place" in line]
    assert of_people.endswith("(worse in 1 of 2 years; may be chance)")


def test_each_year_is_compared_with_the_same_year_under_the_other_rule():
    ours, theirs = [replace(ONE, attended=70), ONE], [replace(ONE, attended=69), ONE]
    assert table.paired({OFFERS: ours, NO_LINE: theirs}, NO_LINE, lambda one: one.attended) == [
        1,
        0,
    ]


@pytest.mark.parametrize("fact", [one.name for one in fields(AS_USUAL) if one.name != "name"])
def test_the_docs_say_what_is_assumed(fact):
    [row] = [line for line in DOCS.read_text("utf-8").splitlines() if f"| `{fact}` |" in line]
    said = [cell.strip() for cell in row.split("|")[3:6]]
    assert said == [_as_written(getattr(given, fact)) for given in SETS]


def _as_written(value):
    return ", ".join(map(str, value)) if isinstance(value, tuple) else str(value)
