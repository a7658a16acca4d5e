"""How well the reader must go on reading: pages read while it was written, and others first
read when the rules stood."""

from pathlib import Path

import pytest

from tests.news import scoring

HERE = Path(__file__).parent
# What each folder may not fall below: announcements, days with their beginning, training or not.
FLOORS = {"open": (0.97, 0.96, 0.97), "held_back": (0.87, 0.88, 0.92)}


@pytest.fixture(scope="module", params=FLOORS)
def scored(request):
    return scoring.score(HERE / request.param), FLOORS[request.param]


def test_announcements_of_training_are_found_and_no_others(scored):
    total, (floor, _, _) = scored
    assert total.items.f1 >= floor, total.mistakes


def test_days_are_found_with_their_beginning(scored):
    total, (_, floor, _) = scored
    assert total.sessions.f1 >= floor, total.mistakes


def test_training_is_told_from_other_news(scored):
    total, (_, _, floor) = scored
    assert total.decided_right >= floor, total.mistakes


def test_no_date_is_corrected_without_a_word(scored):
    assert scored[0].silent == []


def test_no_year_is_claimed_that_nothing_tells(scored):
    assert scored[0].years == []
