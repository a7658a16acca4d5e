"""The sessions of an announcement as course dates have them: put together, named, compared."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from types import MappingProxyType

from webapp.clock import london
from webapp.formats.announcements import Item, Session, Sure
from webapp.formats.search import plain
from webapp.models import CourseDate, DateState

AsWritten = tuple[object, ...]
NOT_REGROUPED: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True)
class Occurrence:
    """One course date as the page has it: its days in order, each under its key.

    Keys are the month and day as written and so survive another reading of the page.
    """

    keys: tuple[str, ...]
    sessions: tuple[Session, ...]

    @property
    def key(self) -> str:
        return self.keys[0]

    @property
    def as_read(self) -> tuple[AsWritten, ...]:
        """When it is, as the page has it and as we took that."""
        return tuple((*as_written(session), session.day) for session in self.sessions)


def of(sessions: Sequence[Session], groups: Mapping[str, str] = NOT_REGROUPED) -> list[Occurrence]:
    """Sessions of one group are one occurrence; any other is one by itself. In the page's order.

    `groups` is what an organiser said of it: the group of a day by the day's key.
    """
    found: dict[str, list[tuple[str, Session]]] = {}
    seen: Counter[str] = Counter()
    for number, session in enumerate(sessions):
        name = "{:02}{:02}".format(*month_day(session) or (0, 0))
        seen[name] += 1
        key = name if seen[name] == 1 else f"{name}-{seen[name]}"
        group = session.group or f"session {number}"
        if key in groups:
            group = f"by hand {groups[key]}"
        found.setdefault(group, []).append((key, session))
    return [_occurrence(days) for days in found.values()]


def _occurrence(days: list[tuple[str, Session]]) -> Occurrence:
    days.sort(key=lambda one: one[1].day or date.max)
    keys, sessions = zip(*days, strict=True)
    return Occurrence(keys, sessions)


def month_day(session: Session) -> tuple[int, int] | None:
    if session.day is None:
        return session.month_day
    return session.day.month, session.day.day


def as_written(session: Session) -> AsWritten:
    """When it is, in the page's own terms: an inferred year is ours, not the page's."""
    year = session.day.year if session.day and session.sure is Sure.WRITTEN else None
    weekday = (session.weekday_as_written or "").casefold()
    return (month_day(session), year, weekday, session.starts, session.ends)


def says(item: Item) -> tuple[object, ...]:
    """What matters of an announcement, wherever on its page it stands: another of it is a change.

    Words that only describe are no part of it, nor is what kind of training we take it for.
    """
    return (
        plain(item.title.text),
        item.is_training,
        tuple(_says(session, item) for session in item.sessions),
        tuple(_says(session, item) for session in item.called_off),
    )


def _says(session: Session, item: Item) -> AsWritten:
    place = session.venue or item.venue
    online = session.is_online if session.is_online is not None else item.is_online
    where = " ".join(plain(place.text).split()) if place else None
    return (*as_written(session), where, online, session.status)


def each_says(item: Item, groups: Mapping[str, str]) -> dict[str, AsWritten]:
    """The same of each occurrence, by its key, with the days we took it for."""
    return {
        one.key: tuple((*_says(session, item), session.day) for session in one.sessions)
        for one in of(item.sessions, groups)
    }


def says_for(item: Item, today: date) -> tuple[object, ...]:
    """What it says of days that are not over, with the years we took them for: what has passed
    falls off a page by and by, which is no news."""
    coming = replace(
        item,
        sessions=tuple(one for one in item.sessions if not _is_over(one, today)),
        called_off=tuple(one for one in item.called_off if not _is_over(one, today)),
    )
    every = (*coming.sessions, *coming.called_off)
    return (*says(coming), tuple(session.day for session in every))


def _is_over(session: Session, today: date) -> bool:
    return session.day is not None and all(day < today for day in meant(session))


def meant(session: Session) -> set[date]:
    """Every day it can be: one, unless it is in conflict or has no year."""
    return {day for day in (session.day, *(r.day for r in session.readings)) if day}


def partners(
    occurrences: Sequence[Occurrence], dates: Iterable[CourseDate]
) -> dict[str, CourseDate]:
    """Which of a course's dates each occurrence is, by key: each date is one occurrence's at most,
    but that a date of several days is each of the occurrences that name one of them.

    Those with the most in common first: all days and the hour, then all days, then one of them.
    """
    found: dict[str, CourseDate] = {}
    every = list(dates)
    for fits in (_is_the_same, _has_the_days, _shares_a_day, _is_a_day_of):
        for occurrence in occurrences:
            taken = {} if fits is _is_a_day_of else {one.id for one in found.values()}
            if occurrence.key not in found:
                free = (one for one in every if one.id not in taken and fits(occurrence, one))
                if partner := next(free, None):
                    found[occurrence.key] = partner
    return found


def _is_the_same(occurrence: Occurrence, course_date: CourseDate) -> bool:
    starts = occurrence.sessions[0].starts
    return _has_the_days(occurrence, course_date) and starts in _hours(course_date)


def _has_the_days(occurrence: Occurrence, course_date: CourseDate) -> bool:
    if course_date.state is DateState.HELD_BACK:
        return _is_announced_so(occurrence, course_date)
    days = local_days(course_date)
    return len(days) == len(occurrence.sessions) and all(
        day in meant(session) for day, session in zip(days, occurrence.sessions, strict=True)
    )


def _shares_a_day(occurrence: Occurrence, course_date: CourseDate) -> bool:
    every = {day for session in occurrence.sessions for day in meant(session)}
    return not every.isdisjoint(local_days(course_date))


def _is_a_day_of(occurrence: Occurrence, course_date: CourseDate) -> bool:
    days = local_days(course_date)
    return len(days) > len(occurrence.sessions) and _shares_a_day(occurrence, course_date)


def _is_announced_so(occurrence: Occurrence, course_date: CourseDate) -> bool:
    """Held back: it stands for an announcement with the same words, or the same possible days."""
    if announced_as(occurrence.sessions[0]) == course_date.announced_as:
        return True
    possible = {london(reading.starts_at).date() for reading in course_date.readings}
    return not possible.isdisjoint(meant(occurrence.sessions[0]))


def announced_as(session: Session) -> str:
    """ "Wednesday 21 March", as what cannot be right is quoted."""
    month, day = month_day(session) or (0, 0)
    words = [f"{session.weekday_as_written or ''}", f"{day}" if day else "", MONTHS[month]]
    return " ".join(word for word in words if word)


MONTHS = ("", *(f"{date(2000, month, 1):%B}" for month in range(1, 13)))


def local_days(course_date: CourseDate) -> list[date]:
    """The days that stand, on London's calendar."""
    return [london(day.starts_at).date() for day in course_date.days]


def _hours(course_date: CourseDate) -> list[object]:
    if course_date.state is DateState.HELD_BACK:
        return [london(reading.starts_at).time() for reading in course_date.readings]
    return [london(day.starts_at).time() for day in course_date.days]
