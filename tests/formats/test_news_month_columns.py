"""Days in tables whose columns say the month."""

import pytest

from webapp.formats import news_source
from webapp.formats.news_rows import rows


def days(page):
    read = rows(news_source.read(page))
    return [[(one.day, one.month) for one in row.days] for row in read]


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (
            "Course | May | June | July\nNeglect | 6th | | 8 & 15\nPrevent | Wed 7 | 11 FULL\n",
            [[], [(6, 5), (8, 7), (15, 7)], [(7, 5), (11, 6)]],
        ),
        ("May | Tue 6 | Neglect\nJune | 11th | Prevent\n", [[(6, 5)], [(11, 6)]]),
        ("Course | May | June\nNeglect | 12 places | 10am\n", [[], []]),
        ("Level | Cost | May\nNeglect | 20 | free\n", [[], []]),
    ],
)
def test_a_number_under_a_month_is_its_day(page, found):
    assert days(page) == found
