"""A year as it would be under any rule: its dates, who wants to come, and what befalls them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from itertools import islice

from tests.simulation import chance, fates, people
from tests.simulation.assumptions import Assumptions
from tests.simulation.fates import Fate, Planned
from tests.simulation.people import DAY, WORK, Person
from webapp.clock import LONDON, london

# The first of April, as partnerships reckon their year.
BEGINS = date(2026, 4, 1)
# When sessions begin, and how many hours they last.
SESSIONS = ((9.5, 3), (10, 4), (13, 3), (9.5, 6.5))


@dataclass(frozen=True)
class Wish:
    """Somebody who wants to come to a course, on the first of these dates or else on another."""

    person: Person
    course: int
    dates: tuple[Planned, ...]
    looks_at: datetime
    # When they look at the page again, if they have no place and wait for none.
    looks_again_at: tuple[datetime, ...]
    joins_the_line: bool
    tries_the_next: bool


@dataclass
class Year:
    seed: int
    given: Assumptions
    days: int = 365
    _fates: dict[tuple[int, int], Fate] = field(default_factory=dict)

    @property
    def opens(self) -> date:
        """From when the first dates can be booked."""
        return BEGINS - self.given.opens_days * DAY

    @property
    def ends(self) -> date:
        return BEGINS + self.days * DAY

    @cached_property
    def dates(self) -> tuple[Planned, ...]:
        """On working days, those of one course evenly over the year; fewer in a part of one."""
        given, found = self.given, []
        each = max(round(given.dates_of_a_course * self.days / 365), 1)
        for course in range(given.courses):
            fate = chance.of(self.seed, "course", course)
            capacity, is_online = fate.choice(given.capacities), fate.random() < given.online
            hour, hours = fate.choice(SESSIONS)
            first = fate.random()
            for nth in range(each):
                day = BEGINS + int((first + nth) / each * self.days) * DAY
                while not WORK.is_working_day(day):
                    day += DAY
                at = (datetime.combine(day, time(), LONDON) + timedelta(hours=hour)).astimezone(UTC)
                ends_at = at + timedelta(hours=hours)
                number = len(found)
                found.append(Planned(number, course, at, ends_at, capacity, is_online))
        return tuple(found)

    @cached_property
    def people(self) -> tuple[Person, ...]:
        number = max(round(self.given.people * self.days / 365), 60)
        last = self.ends + 30 * DAY
        return tuple(people.of(self.seed, n, self.opens, last, self.given) for n in range(number))

    @cached_property
    def wishes(self) -> Sequence[Wish]:
        return [wish for course in range(self.given.courses) for wish in self._of_course(course)]

    def _of_course(self, course: int) -> Iterator[Wish]:
        """Nobody wants the same course twice in a year."""
        fate = chance.of(self.seed, "demand", course)
        spread = self.given.spread_of_demand
        wanted = self.given.demand * fate.lognormvariate(-(spread**2) / 2, spread)
        others = iter(fate.sample(self.people, len(self.people)))
        dates = [date for date in self.dates if date.course == course]
        for first in dates:
            for person in islice(others, chance.number(wanted * first.capacity, fate)):
                if not person.is_on_leave(london(first.starts_at).date()):
                    yield self._wish(person, course, first, dates)

    def _wish(self, person: Person, course: int, first: Planned, dates: list[Planned]) -> Wish:
        given, fate = self.given, chance.of(self.seed, "wish", person.number, course)
        opens_at = first.starts_at - given.opens_days * DAY
        days = fate.expovariate(1 / given.looks_days) % given.opens_days
        looks_at = person.next_reading(max(first.starts_at - days * DAY, opens_at))
        suits = [
            date
            for date in dates
            if date is first
            or (
                fate.random() < given.other_date_suits
                and not person.is_on_leave(london(date.starts_at).date())
            )
        ]
        suits.sort(key=lambda date: (date is not first, date.starts_at))
        again, at = [], looks_at
        looks_again = fate.random() < given.looks_again
        while looks_again and at < first.starts_at:
            at = person.next_reading(at + fate.expovariate(1 / given.looks_again_days) * DAY)
            again.append(at)
        return Wish(
            person,
            course,
            tuple(suits),
            looks_at,
            tuple(again),
            fate.random() < given.joins_the_line,
            fate.random() < given.tries_the_next,
        )

    def fate(self, person: Person, date: Planned) -> Fate:
        """What befalls this person about this date: the same whenever it is asked."""
        key = person.number, date.number
        if key not in self._fates:
            self._fates[key] = fates.of(self.seed, person, date, self.given)
        return self._fates[key]
