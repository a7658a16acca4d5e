"""When people are at work: hours that count towards a deadline, and days without bank holidays."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice

from webapp.clock import LONDON, london
from webapp.formats import bank_holidays
from webapp.models import Partnership

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
DAY = timedelta(days=1)


@dataclass(frozen=True)
class WorkingTime:
    """The days people are at work (0 is Monday), and from when until when, in London.

    Nobody is at work on the bank holidays of England, whatever the day.
    """

    weekdays: frozenset[int] = frozenset(range(5))
    begins: time = time(9)
    ends: time = time(17)

    def __post_init__(self) -> None:
        if not self.weekdays or self.begins >= self.ends:
            raise ValueError("Somebody has to be at work at some time.")

    def is_working_day(self, day: date) -> bool:
        return day.weekday() in self.weekdays and bank_holidays.name_of(day) is None

    def is_on(self, moment: datetime) -> bool:
        """Whether people are at work then."""
        local = london(moment)
        return self.is_working_day(local.date()) and self.begins <= local.time() < self.ends

    def after(self, moment: datetime, hours: int) -> datetime:
        """When people will have been at work for so many `hours` since `moment`; in UTC."""
        left, moment = timedelta(hours=hours), moment.astimezone(UTC)
        for day in self._working_days(london(moment).date(), DAY):
            opens, closes = _at(day, self.begins), _at(day, self.ends)
            begins = max(opens, moment)
            if begins + left <= closes:
                return begins + left
            left -= max(closes - begins, timedelta())
        raise AssertionError("There is always another day.")

    def days_before(self, day: date, number: int) -> date:
        """So many working days back: of a Tuesday 2 is the Friday before; 0 is `day`, whatever it
        is."""
        earlier = self._working_days(day - DAY, -DAY)
        return list(islice(earlier, number))[-1] if number else day

    def days_after(self, day: date, number: int) -> date:
        """So many working days on: of a Friday 1 is the Monday after; 0 is `day` itself."""
        later = self._working_days(day + DAY, DAY)
        return list(islice(later, number))[-1] if number else day

    def _working_days(self, day: date, step: timedelta) -> Iterator[date]:
        while True:
            if self.is_working_day(day):
                yield day
            day += step


def of(ours: Partnership) -> WorkingTime:
    """When this partnership's people are at work."""
    return WorkingTime(frozenset(ours.working_days), ours.work_begins, ours.work_ends)


def _at(day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, LONDON).astimezone(UTC)
