"""The reader on cases that were read while it was written: how well it must go on reading them."""

from pathlib import Path

import pytest

from tests.news import scoring

OPEN = Path(__file__).parent / "open"


@pytest.fixture(scope="module")
def total():
    return scoring.score(OPEN)


def test_announcements_of_training_are_found_and_no_others(total):
    assert total.items.f1 >= 0.80, total.mistakes


def test_days_are_found_with_their_beginning(total):
    assert total.sessions.f1 >= 0.80, total.mistakes


def test_training_is_told_from_other_news(total):
    assert total.decided_right >= 0.80, total.mistakes


def test_no_date_is_corrected_without_a_word(total):
    assert total.silent == []


def test_no_year_is_claimed_that_nothing_tells(total):
    assert total.years == []
