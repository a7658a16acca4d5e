"""What befalls one person about one date: the same under every rule."""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from random import Random

from tests.simulation import chance
from tests.simulation.assumptions import Assumptions
from tests.simulation.people import DAY, WORK, Person
from webapp.clock import LONDON, london

# When somebody who fell ill knows it, and hours from a start at which others learn that they are
# needed elsewhere, at the latest.
MORNING = time(7)
LATEST = timedelta(hours=1)
MONTHS = 84


@dataclass(frozen=True)
class Planned:
    """A date of the programme."""

    number: int
    course: int
    starts_at: datetime
    ends_at: datetime
    capacity: int
    is_online: bool


@dataclass(frozen=True)
class Fate:
    """What befalls one person about one date, whether they have a place there or not."""

    # From when they know that they cannot come; None when nothing comes between.
    knows_at: datetime | None
    is_ill: bool
    says_so: bool
    says_so_when_reminded: bool
    sends_a_colleague: bool
    takes_another_date: bool
    forgets: bool
    forgets_although_reminded: bool
    # Until when they could still arrange to come, and how long they would wait for a place.
    last_call: datetime
    waits_for: timedelta
    says_no: bool
    answers_at_once: bool

    def comes(self, *, was_reminded: bool) -> bool:
        if self.knows_at is not None:
            return False
        return not (self.forgets_although_reminded if was_reminded else self.forgets)


def of(seed: int, person: Person, date: Planned, given: Assumptions) -> Fate:
    fate = chance.of(seed, "fate", person.number, date.number)
    knows_at = _something_comes_up(date, given, fate)
    day = london(date.starts_at).date()
    begins = person.fell_ill(day)
    if begins is not None:
        fell_ill = datetime.combine(begins, MORNING, LONDON)
        knows_at = min(knows_at or fell_ill, fell_ill)
    says_so = given.says_so if begins is None else given.says_so_when_ill
    way, forgets = fate.random(), fate.random()
    notice = 0 if fate.random() < given.needs_no_notice else _round(given.notice_days, fate)
    return Fate(
        knows_at=knows_at,
        is_ill=begins is not None,
        says_so=fate.random() < says_so,
        says_so_when_reminded=fate.random() < given.says_so_when_reminded,
        sends_a_colleague=way < given.sends_a_colleague,
        takes_another_date=way > 1 - given.takes_another_date,
        forgets=forgets < given.forgets,
        forgets_although_reminded=forgets < given.forgets_although_reminded,
        last_call=datetime.combine(WORK.days_before(day, notice), time(23), LONDON),
        waits_for=fate.expovariate(1 / given.wants_it_for_days) * DAY,
        says_no=fate.random() < given.says_no,
        answers_at_once=fate.random() < given.answers_at_once,
    )


def _something_comes_up(date: Planned, given: Assumptions, fate: Random) -> datetime | None:
    """When they learn that they are needed elsewhere; None when they are not."""
    happens, when = fate.random() < given.something_comes_up, fate.random()
    how_far = fate.random()
    if when < given.on_the_last_day:
        before = how_far * DAY
    elif when < given.on_the_last_day + given.in_the_last_days:
        before = how_far * given.last_days * DAY
    else:
        before = how_far * MONTHS * DAY
    return date.starts_at - max(before, LATEST) if happens else None


def _round(mean: float, fate: Random) -> int:
    return round(fate.expovariate(1 / mean))
