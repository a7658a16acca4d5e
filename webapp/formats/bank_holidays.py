"""The bank holidays of England since the year 2000: the rule, and the years that it was not kept.

A library of every country's holidays would take up an eighth of a web process. The tests hold these
to it, day by day: a newer one that knows of another proclamation shows there.
"""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date, timedelta
from functools import cache

MONDAY, SATURDAY = 0, 5
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
MAY_DAY, SPRING = "May Day", "Spring Bank Holiday"
# Proclaimed for another day than the rule has.
MOVED = {
    (MAY_DAY, 2020): date(2020, 5, 8),
    (SPRING, 2002): date(2002, 6, 4),
    (SPRING, 2012): date(2012, 6, 4),
    (SPRING, 2022): date(2022, 6, 2),
}
# Proclaimed for one year.
ONCE = {
    date(2002, 6, 3): "Golden Jubilee of Elizabeth II",
    date(2011, 4, 29): "Wedding of William and Catherine",
    date(2012, 6, 5): "Diamond Jubilee of Elizabeth II",
    date(2022, 6, 3): "Platinum Jubilee of Elizabeth II",
    date(2022, 9, 19): "State Funeral of Queen Elizabeth II",
    date(2023, 5, 8): "Coronation of Charles III",
}


def name_of(day: date) -> str | None:
    """What this bank holiday is called; None for any other day."""
    return _in(day.year).get(day)


@cache
def _in(year: int) -> Mapping[date, str]:
    easter = _easter(year)
    mondays = {
        MAY_DAY: _monday_from(date(year, 5, 1)),
        SPRING: _monday_from(date(year, 5, 25)),
        "Late Summer Bank Holiday": _monday_from(date(year, 8, 25)),
    }
    return {
        easter - 2 * DAY: "Good Friday",
        easter + DAY: "Easter Monday",
        **{MOVED.get((name, year), day): name for name, day in mondays.items()},
        **dict(_observed([(date(year, 1, 1), "New Year's Day")])),
        **dict(
            _observed([(date(year, 12, 25), "Christmas Day"), (date(year, 12, 26), "Boxing Day")])
        ),
        **{day: name for day, name in ONCE.items() if day.year == year},
    }


def _monday_from(day: date) -> date:
    """That day or the first Monday after it."""
    return day + (WEEK - day.weekday() * DAY) % WEEK


def _observed(days: Iterable[tuple[date, str]]) -> Iterator[tuple[date, str]]:
    """Days in a row as they are; who has one at a weekend has the first free day after it, too."""
    days = list(days)
    taken = {day for day, _ in days}
    for day, name in days:
        yield day, name
        if day.weekday() >= SATURDAY:
            instead = _monday_from(day)
            while instead in taken:
                instead += DAY
            taken.add(instead)
            yield instead, f"{name} (observed)"


def _easter(year: int) -> date:
    """Easter Sunday: J. Meeus, Astronomical Algorithms, chapter 8."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
