from datetime import UTC, date, datetime

import pytest

from webapp.formats.months import Month, read_day


@pytest.mark.parametrize(
    "text",
    [
        None,
        "",
        "2025",
        "2025-13",
        "2025-00",
        "2025-5",
        "1999-12",
        "2100-01",
        "\u0662\u0660\u0662\u0665-\u0660\u0665",
        "2025-05\n",
    ],
)
def test_what_names_no_month_is_none(text):
    assert Month.read(text) is None


def test_a_month_is_written_as_it_is_read():
    assert str(Month.read("2025-05")) == "2025-05"
    assert Month(2025, 5).words == "May 2025"


def test_its_neighbours_cross_the_year():
    assert Month(2025, 12).next == Month(2026, 1)
    assert Month(2025, 1).previous == Month(2024, 12)
    assert Month(2025, 6).next.previous == Month(2025, 6)


def test_its_bounds_are_those_of_london():
    assert Month(2025, 5).starts_at == datetime(2025, 4, 30, 23, tzinfo=UTC)
    assert Month(2025, 11).ends_at == datetime(2025, 12, 1, tzinfo=UTC)
    assert Month.of(datetime(2025, 4, 30, 23, tzinfo=UTC)) == Month(2025, 5)


def test_its_weeks_begin_on_monday_and_are_whole():
    weeks = Month(2025, 5).weeks
    assert weeks[0][0] == date(2025, 4, 28)
    assert {len(week) for week in weeks} == {7}
    assert not Month(2025, 5).holds(weeks[0][0])
    assert Month(2025, 5).holds(date(2025, 5, 31))


def test_a_day_is_read_as_addresses_name_it_and_in_no_other_way():
    assert read_day("2025-05-31") == date(2025, 5, 31)
    for other in (None, "", "2025-05", "2025-05-32", "2025-5-1", "20250531", "1999-05-01", "x"):
        assert read_day(other) is None
