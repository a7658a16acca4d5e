"""When and where a date is held and how many fit: changed by organisers, told to who is on it."""

from dataclasses import dataclass, fields, replace
from datetime import datetime
from itertools import pairwise

from webapp.db import db
from webapp.errors import Refused
from webapp.formats import calendar_entries as entries
from webapp.formats import words
from webapp.formats.words import counted
from webapp.models import BookingState, CourseDate, CourseDay, DateState, Format, Venue
from webapp.services import held_places, notices, places, telling, waiting_list
from webapp.services.notices import JOIN_LINK, Change

Times = tuple[datetime, datetime]

CANCELLED = "This date has been cancelled, so it can no longer be changed."
DATE_AND_TIME = "The date and time"
FORMAT = "The training"
PLACE, VENUE = "The place", "The venue"


class DaysRefused(Refused):
    """The days cannot be these."""


class ClosingRefused(Refused):
    """Booking cannot close then."""


class OpeningRefused(Refused):
    """Booking cannot open then."""


class MinimumRefused(Refused):
    """It cannot need so many."""


@dataclass(frozen=True)
class Arrangements:
    """What organisers settle of a date. `days` are starts and ends, none while it is held back or
    postponed; `capacity` None is as many as come; `closes_at` None is at the start."""

    days: tuple[Times, ...]
    format: Format
    venue: Venue | None
    capacity: int | None
    room: str | None
    platform: str | None
    join_link: str | None
    before_you_come: str | None
    closes_at: datetime | None
    # With fewer it is not worth holding; None where nobody said.
    minimum: int | None = None
    # Until the end of how many days before people can cancel; None: as the settings have it.
    cut_off_days: int | None = None
    # None: as soon as it is published.
    opens_at: datetime | None = None
    # How many places which sector has for its own, by its id, until how many days before.
    held: tuple[tuple[int, int], ...] = ()
    held_days: int | None = None
    prefers_missing: bool | None = None


NAMES = tuple(field.name for field in fields(Arrangements))


def of(date: CourseDate) -> Arrangements:
    has_days = date.starts_at is not None
    days = tuple((day.starts_at, day.ends_at) for day in date.days) if has_days else ()
    return Arrangements(days, **{name: getattr(date, name) for name in NAMES if name != "days"})


def of_new_date(new: Arrangements, *, now: datetime) -> Arrangements:
    """What a date that is still to be made gets: the same, in order. Raises Refused."""
    new = fitting(new)
    _check_order(new)
    _check_booking(new)
    if new.days[0][0] <= now:
        raise DaysRefused("A new day must be in the future.")
    return new


def arrange(date: CourseDate, new: Arrangements, *, now: datetime) -> int:
    """Change the date and tell of it; freed places are offered on. Says how many were written to.

    Days given to a postponed date publish it again. Raises Refused: one of those above where it is
    about that, else it is about the places.
    """
    places.hold(date)
    waiting_list.end_late_offers(date, now=now)
    new = fitting(new)
    check(date, new, now)
    is_told = date.state is DateState.PUBLISHED and not date.is_past(now)
    is_back = date.state is DateState.POSTPONED and bool(new.days)
    before = said(date)
    known = {day: (day.revision, entries.title(day)) for day in date.days}
    _write(date, new, now)
    changes = compared(before, said(date))
    of_all = is_back or any(change.what != DATE_AND_TIME for change in changes)
    _raise_revisions(date, known, of_all)
    db.session.flush()
    told = 0
    if is_back:
        _publish_again(date)
        told = _tell(date, changes, now=now, kind="date_back_on")
        telling.of_dates(date.course, [date], now=now)
    elif is_told and changes:
        told = _tell(date, changes, now=now)
    waiting_list.offer_free_places(date, now=now)
    return told


def tell(date: CourseDate, changes: list[Change], *, now: datetime) -> int:
    """Say of a coming date what changed about it elsewhere, such as at its venue.

    RFC 5545 3.8.7.4: SEQUENCE goes up when a place or a link changes. The caller holds the date.
    """
    if not changes:
        return 0
    date.revise(now=now)
    db.session.flush()
    return _tell(date, changes, now=now)


def _tell(
    date: CourseDate, changes: list[Change], *, now: datetime, kind: str = "booking_changed"
) -> int:
    """Write to everybody with a place, and to those who wait for one when it matters to them."""
    concerns_all = kind == "date_back_on" or any(change.matters_to_all for change in changes)
    told = places.everybody(date, *(() if concerns_all else (BookingState.CONFIRMED,)))
    for booking in told:
        # Nobody can take a place up once it has started.
        if booking.offered_until and date.starts_at:
            booking.offered_until = min(booking.offered_until, date.starts_at)
        notices.tell_changes(booking, changes, now=now, kind=kind)
    return len(told)


def fitting(new: Arrangements) -> Arrangements:
    """In order, and nothing of a building for what is online, or the other way round."""
    new = replace(new, days=tuple(sorted(new.days)))
    if new.format is Format.ONLINE:
        return replace(new, venue=None, room=None)
    return replace(new, platform=None, join_link=None)


def check(date: CourseDate, new: Arrangements, now: datetime) -> None:
    """Raises Refused as `arrange` does. `new` is fitting."""
    old = of(date)
    if date.state is DateState.CANCELLED:
        raise Refused(CANCELLED)
    taken = places.of(date, now).taken
    # Somebody may have been added by hand beyond it: that is no reason to refuse another room.
    if new.capacity not in {None, old.capacity} and taken > (new.capacity or 0):
        raise Refused(f"There are {counted(taken, 'place')} taken, so there cannot be fewer.")
    if new.days != old.days:
        _check_days(date, old, new, now)
    _check_booking(new)


def _check_booking(new: Arrangements) -> None:
    start = new.days[0][0] if new.days else None
    if new.closes_at and start and new.closes_at > start:
        raise ClosingRefused("Booking must close before the start, or at the start.")
    closes_at = new.closes_at or start
    if new.opens_at and closes_at and new.opens_at >= closes_at:
        raise OpeningRefused("Booking must open before it closes.")
    if new.minimum and new.capacity and new.minimum > new.capacity:
        raise MinimumRefused("The minimum cannot be more than the places.")
    held_places.check(new.held, new.capacity)


def _check_days(date: CourseDate, old: Arrangements, new: Arrangements, now: datetime) -> None:
    if date.state is DateState.HELD_BACK:
        raise DaysRefused("This date waits to be settled. Settle it first, then change its days.")
    _check_order(new)
    if date.state is DateState.DRAFT:
        return  # nobody was told of any day; publishing asks whether they are still to come
    if date.is_past(now):
        raise DaysRefused("This date is over, so its days can no longer be changed.")
    if any(times[0] <= now and times not in new.days for times in old.days):
        raise DaysRefused("A day that has begun can no longer be changed or dropped.")
    if any(times[0] <= now and times not in old.days for times in new.days):
        raise DaysRefused("A new day must be in the future.")


def _check_order(new: Arrangements) -> None:
    if not new.days:
        raise DaysRefused("Enter at least one day.")
    if any(ends <= starts for starts, ends in new.days):
        raise DaysRefused("The end must be after the start.")
    if any(after[0] < before[1] for before, after in pairwise(new.days)):
        raise DaysRefused("Two of the days overlap.")


def _write(date: CourseDate, new: Arrangements, now: datetime) -> None:
    for name in NAMES:
        if name != "days":
            setattr(date, name, getattr(new, name))
    if new.days != of(date).days:
        date.set_days(new.days, now=now)
    date.touch(now=now)
    # Shown to somebody and saved: from now on it is the organisers' word.
    date.demonstration_values = [name for name in date.demonstration_values if name not in NAMES]


def _raise_revisions(
    date: CourseDate, known: dict[CourseDay, tuple[int, str]], of_all: bool
) -> None:
    """SEQUENCE goes up when place, link or standing changes, and when the title does: a day that
    stays may have become the second one. What was moved has been raised by that."""
    for day, (revision, title) in known.items():
        was_raised = day.revision != revision
        if day.dropped_at is None and not was_raised and (of_all or entries.title(day) != title):
            day.revision += 1


def _publish_again(date: CourseDate) -> None:
    date.state = DateState.PUBLISHED
    date.postponed_at = date.postpone_message = None


def said(date: CourseDate) -> dict[str, str | None]:
    """What people are told of a date when it changes, in words, under what they call it."""
    return {
        DATE_AND_TIME: words.all_days(date.days) if date.days else None,
        FORMAT: words.FORMATS[date.format].lower(),
        PLACE: entries.location(date),
        VENUE: date.venue.one_line if date.venue else None,
        "The room": date.room,
        "The platform": date.platform,
        JOIN_LINK: date.join_link,
    }


def compared(old: dict[str, str | None], new: dict[str, str | None]) -> list[Change]:
    """Moved online or into a building, the whole place is new; else each part has its line."""
    matters_to_all = (DATE_AND_TIME, FORMAT, PLACE, VENUE)
    if old[FORMAT] != new[FORMAT]:
        told = [DATE_AND_TIME, FORMAT, PLACE]
        told += [JOIN_LINK] if new[JOIN_LINK] else []
    else:
        told = [DATE_AND_TIME, VENUE, "The room", "The platform", JOIN_LINK]
    return [
        Change(what, old[what], new[what], what in matters_to_all)
        for what in told
        if old[what] != new[what]
    ]
