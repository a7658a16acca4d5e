"""Who wants to come: when they work, are away and read their mail."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from itertools import count

from tests.simulation import chance
from tests.simulation.assumptions import Assumptions
from webapp.clock import LONDON, london
from webapp.formats.working_time import WorkingTime

DAY = timedelta(days=1)
WORK = WorkingTime()
# Days of a shift's cycle, and how many of them are worked.
CYCLE, ON = 8, 4


@dataclass(frozen=True)
class Person:
    number: int
    seed: int
    # How often they read mail: four times on a working day, once, or less than that.
    readings: float
    # The day of the cycle on which their shifts began; None for office hours.
    shift: int | None
    # From and until when they are ill or on leave; the end is not in it.
    ill: tuple[tuple[date, date], ...]
    on_leave: tuple[tuple[date, date], ...]

    @property
    def email(self) -> str:
        return f"person{self.number}@agency.example"

    def is_on_leave(self, day: date) -> bool:
        return any(first <= day < end for first, end in self.on_leave)

    def fell_ill(self, day: date) -> date | None:
        """The first day of the illness that covers this one."""
        return next((first for first, end in self.ill if first <= day < end), None)

    def works(self, day: date) -> bool:
        if self.shift is not None:
            return (day.toordinal() + self.shift) % CYCLE < ON
        return _is_working_day(day)

    def reads_after(self, moment: datetime) -> Iterator[datetime]:
        """When they look at their mail, from this moment on."""
        first = london(moment).date()
        for number in count():
            for at in self._readings(first + number * DAY):
                if at >= moment:
                    yield at

    def next_reading(self, moment: datetime, *, nth: int = 1) -> datetime:
        """The `nth` time they look at their mail from this moment on."""
        readings = self.reads_after(moment)
        for _ in range(nth - 1):
            next(readings)
        return next(readings)

    def _readings(self, day: date) -> list[datetime]:
        if not self.works(day) or self.is_on_leave(day) or self.fell_ill(day):
            return []
        today = chance.of(self.seed, "mail", self.number, day)
        if self.readings < 1 and today.random() >= self.readings:
            return []
        hours = sorted(today.uniform(8, 17.5) for _ in range(max(int(self.readings), 1)))
        return [_at(day, hour) for hour in hours]


def of(seed: int, number: int, first: date, last: date, given: Assumptions) -> Person:
    """The person of this number as they are in this year."""
    fate = chance.of(seed, "person", number)
    habit, shift = fate.random(), fate.random()
    readings = 4.0 if habit < given.reads_often else 1.0
    if habit >= given.reads_often + given.reads_daily:
        readings = given.reads_at
    days = (last - first).days
    ill, on_leave = [], []
    for _ in range(chance.number(given.illnesses * days / 365, fate)):
        begins = first + fate.randrange(days) * DAY
        ill.append((begins, begins + max(round(fate.expovariate(1 / given.illness_days)), 1) * DAY))
    for _ in range(round(given.leave_weeks * days / 365)):
        begins = first + fate.randrange(days) * DAY
        begins -= begins.weekday() * DAY
        on_leave.append((begins, begins + 7 * DAY))
    return Person(
        number,
        seed,
        readings,
        fate.randrange(CYCLE) if shift < given.on_shifts else None,
        tuple(ill),
        tuple(on_leave),
    )


@cache
def _is_working_day(day: date) -> bool:
    return WORK.is_working_day(day)


def _at(day: date, hour: float) -> datetime:
    return (datetime.combine(day, time(), LONDON) + timedelta(hours=hour)).astimezone(UTC)
