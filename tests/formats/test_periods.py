import itertools
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOW
from webapp.formats.periods import Period, year_earlier


@pytest.mark.parametrize(
    ("said", "period", "words"),
    [
        ("2025-26", Period(2025), "April 2025 to March 2026"),
        ("2025-26-q1", Period(2025, 1), "April to June 2025"),
        ("2025-26-q3", Period(2025, 3), "October to December 2025"),
        ("2025-26-q4", Period(2025, 4), "January to March 2026"),
        ("2099-00", Period(2099), "April 2099 to March 2100"),
    ],
)
def test_a_period_is_named_in_addresses_and_in_words(said, period, words):
    assert Period.read(said) == period
    assert (str(period), period.words) == (said, words)


@pytest.mark.parametrize(
    "said", [None, "", "2025", "2025-27", "2025-26-q0", "2025-26-q5", "1999-00", "2025-26 ", "x"]
)
def test_anything_else_is_no_period(said):
    assert Period.read(said) is None


def test_a_financial_year_begins_on_the_first_of_april_in_london():
    begins = datetime(2025, 3, 31, 23, 0, tzinfo=UTC)  # midnight, in summer time

    assert Period.of(begins) == Period(2025)
    assert Period.of(begins - timedelta(seconds=1)) == Period(2024)
    assert Period(2025).starts_at == begins == Period(2024).ends_at
    assert Period(2025).holds(begins)
    assert not Period(2024).holds(begins)


def test_quarters_fill_their_year_without_a_gap():
    quarters = Period(2025).quarters

    assert quarters[0].starts_at == Period(2025).starts_at
    assert quarters[-1].ends_at == Period(2025).ends_at
    for one, next_one in itertools.pairwise(quarters):
        assert one.ends_at == next_one.starts_at
    assert Period(2025, 2).quarters == [Period(2025, 2)]


def test_the_year_before_is_of_the_same_length():
    assert Period(2025, 4).year_before == Period(2024, 4)


def test_a_year_earlier_is_the_same_hour_in_london():
    assert year_earlier(NOW) == datetime(2024, 4, 17, 8, tzinfo=UTC)
    assert year_earlier(datetime(2024, 2, 29, 12, tzinfo=UTC)) == datetime(
        2023, 2, 28, 12, tzinfo=UTC
    )
