import sys
from datetime import date

import pytest

from webapp.formats import bank_holidays


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 4, 18), "Good Friday"),
        (date(2025, 5, 5), "May Day"),
        (date(2022, 9, 19), "State Funeral of Queen Elizabeth II"),
        (date(2027, 12, 27), "Christmas Day (observed)"),
    ],
)
def test_what_is_kept_by_rule_and_what_was_proclaimed_is_known_by_its_name(day, name):
    assert bank_holidays.name_of(day) == name


@pytest.mark.parametrize("day", [date(2025, 4, 17), date(2025, 1, 2), date(2025, 8, 4)])
def test_a_day_like_any_other_and_those_of_scotland_are_none(day):
    assert bank_holidays.name_of(day) is None


def test_no_other_country_is_loaded_for_it():
    bank_holidays.name_of(date(2025, 4, 18))

    countries = [name for name in sys.modules if name.startswith("holidays.countries.")]
    assert countries == ["holidays.countries.united_kingdom"]
