"""What a change of a date would do, said before anything is written."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from webapp.formats import words
from webapp.models import CourseDate, CourseDay, DateState, Places
from webapp.services import arrangements, interests, places
from webapp.services.arrangements import Arrangements
from webapp.services.notices import Change


@dataclass(frozen=True)
class Preview:
    """Who would be told of what."""

    changes: Sequence[Change]
    # What no mail says: places, and when booking opens and closes.
    besides: Sequence[Change]
    # Everybody on the date, of whom only those with a place are told when no other is concerned.
    places: Places
    concerns_all: bool
    # A postponed date comes back, of which those who asked for the course are told, too.
    is_back: bool
    interested: int
    # How many of those who wait get the offer of a place.
    offers: int

    @property
    def told(self) -> int:
        if not self.changes and not self.is_back:
            return 0
        others = self.places.people - self.places.confirmed if self.concerns_all else 0
        return self.places.confirmed + others

    @property
    def does_something(self) -> bool:
        """Whether anybody would hear of it: then it is worth a second look."""
        return bool(self.people)

    @property
    def people(self) -> int:
        """How many get at least one mail; to some an offer is one more."""
        waiting_told = self.concerns_all and self.told
        return self.told + self.interested + (0 if waiting_told else self.offers)


def of_change(date: CourseDate, new: Arrangements, *, now: datetime) -> Preview:
    """What `arrangements.arrange` would do. Raises Refused, as that does."""
    new = arrangements.fitting(new)
    arrangements.check(date, new, now)
    counts = places.of(date, now)
    is_back = date.state is DateState.POSTPONED and bool(new.days)
    is_on = is_back or (date.state is DateState.PUBLISHED and not date.is_past(now))
    changes = _changes(date, new) if is_on else []
    starts_at = new.days[0][0] if new.days else None
    return Preview(
        changes=changes,
        besides=_besides(date, new),
        places=counts,
        concerns_all=is_back or any(change.matters_to_all for change in changes),
        is_back=is_back,
        interested=interests.counts().get(date.course_id, 0) if is_back else 0,
        offers=_offers(date, new, counts) if is_on and starts_at and starts_at > now else 0,
    )


def _changes(date: CourseDate, new: Arrangements) -> list[Change]:
    return arrangements.compared(arrangements.said(date), arrangements.said(_as_if(new)))


def _besides(date: CourseDate, new: Arrangements) -> list[Change]:
    was, will = _unsaid(arrangements.of(date)), _unsaid(new)
    return [Change(what, was[what], will[what]) for what in was if was[what] != will[what]]


def _unsaid(one: Arrangements) -> dict[str, str]:
    return {
        "Places": "as many as like" if one.capacity is None else str(one.capacity),
        "Minimum": str(one.minimum or "none"),
        "Booking opens": words.moment(one.opens_at) if one.opens_at else "at once",
        "Booking closes": words.moment(one.closes_at) if one.closes_at else "at the start",
        "Days to cancel": "as the settings say"
        if one.cut_off_days is None
        else str(one.cut_off_days),
    }


def _as_if(new: Arrangements) -> CourseDate:
    """A date that is so, and is never kept."""
    facts = {name: getattr(new, name) for name in arrangements.NAMES if name != "days"}
    days = [CourseDay(starts_at=starts, ends_at=ends) for starts, ends in new.days]
    return CourseDate(all_days=days, **facts)


def _offers(date: CourseDate, new: Arrangements, counts: Places) -> int:
    after = replace(counts, capacity=new.capacity)
    return len(places.next_in_line(date, after)) if counts.waiting else 0
