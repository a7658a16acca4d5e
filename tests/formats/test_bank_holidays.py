from datetime import date, timedelta

import holidays
import pytest

from webapp.formats import bank_holidays

YEARS = range(2000, 2101)


@pytest.fixture(scope="module")
def known():
    return holidays.country_holidays("GB", subdiv="ENG", years=YEARS)


def test_every_day_of_a_century_is_a_bank_holiday_where_the_library_knows_one(known):
    day = date(YEARS[0], 1, 1)
    found = {}
    while day.year in YEARS:
        if name := bank_holidays.name_of(day):
            found[day] = name
        day += timedelta(days=1)

    assert found == dict(known)
    assert len(found) > 8 * len(YEARS)
