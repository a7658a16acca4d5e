"""One course day as one diary shows it, and what it may say to whoever reads it.

What is public says nothing that only booked people may know. A private entry names no private link
of ours either: colleagues look into one another's diaries. Who is discreet has one that tells them
when and where, and not what about.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from webapp.formats import words
from webapp.formats.plain_text import one_line
from webapp.models import Booking, BookingState, CourseDate, CourseDay, DateState, Partnership

# What a discreet diary says instead of the course's title.
DISCREET = "Training"
OFF = {
    DateState.POSTPONED: "This date has been postponed. We write to you when there is a new one.",
    DateState.CANCELLED: "This date has been cancelled.",
}
DROPPED = "This day has been dropped."


@dataclass(frozen=True)
class Voice:
    """Who speaks in a calendar, and where it sends people: a date's page, their own bookings."""

    partnership: Partnership
    page_of: Callable[[CourseDate], str]
    my_bookings: str


@dataclass(frozen=True)
class Meeting:
    """The two a message is between, each (name, address), and whether an answer is asked for."""

    organiser: tuple[str, str]
    attendee: tuple[str, str]
    asks: bool


@dataclass(frozen=True)
class Entry:
    """What one entry says."""

    day: CourseDay
    uid: str
    sequence: int
    changed: datetime
    title: str
    location: str
    description: str
    page: str
    contact: str
    status: str = "CONFIRMED"
    is_free: bool = False
    join_link: str | None = None
    has_alarm: bool = False
    # No word of the course, neither its own nor of what kind it is.
    is_discreet: bool = False
    # When the message was made; None in a file without METHOD, RFC 5545 3.8.7.2.
    stamp: datetime | None = None
    # Nobody else's address goes into anybody's diary, and none at all into a file without METHOD.
    meeting: Meeting | None = None

    def cancelled(self) -> "Entry":
        return replace(self, status="CANCELLED", is_free=True, has_alarm=False)


def public(day: CourseDay, voice: Voice) -> Entry:
    """For everybody: the day as the programme announces it."""
    entry = _announced(day, voice)
    return entry if is_on(day) else _off(entry)


def private(booking: Booking, day: CourseDay, voice: Voice) -> Entry:
    """For the person who booked. The join link is told to those who have a place."""
    course_date = booking.course_date
    entry = _own(booking, day, voice)
    # Ended with the rest of the date, but there on the days that were held.
    was_there = not booking.is_live and _is_invited(booking, day)
    if not (is_on(day) and (booking.is_live or was_there)):
        why = OFF.get(course_date.state, DROPPED)
        return replace(_off(entry), description=why)
    if was_there:
        return replace(entry, description=paragraphs(*_about(entry, voice)))
    standing, join = _standing(booking, voice)
    if booking.state is not BookingState.CONFIRMED:
        title_ = f"Waiting list: {entry.title}"
        entry = replace(entry, status="TENTATIVE", title=title_)
    elif course_date.join_link:
        entry = replace(entry, join_link=one_line(course_date.join_link))
    return replace(
        entry,
        location=entry.join_link or entry.location,
        description=paragraphs(
            standing,
            *_about(entry, voice),
            *_directions(course_date),
            join,
            _questions(voice.partnership),
        ),
    )


def withdrawn(booking: Booking, day: CourseDay, voice: Voice) -> Entry:
    """For a diary that is to forget the day: under the title it knows, without the join link."""
    return _own(booking, day, voice).cancelled()


def _announced(day: CourseDay, voice: Voice) -> Entry:
    course_date = day.course_date
    return Entry(
        day=day,
        uid=day.uid,
        sequence=day.revision,
        changed=_changed(course_date),
        title=title(day),
        location=location(course_date),
        description=paragraphs(
            course_date.course.summary,
            *_preparation(course_date),
            *_directions(course_date),
            "This entry does not book a place. Places left, and how to book:\n"
            + voice.page_of(course_date),
            _questions(voice.partnership),
        ),
        page=voice.page_of(course_date),
        contact=_contact(voice.partnership),
    )


def _own(booking: Booking, day: CourseDay, voice: Voice) -> Entry:
    """The day as this one diary knows it."""
    practitioner = booking.practitioner
    uid, sequence = identity(booking, day)
    changed = [_changed(booking.course_date), booking.updated_at]
    if practitioner.diary_changed_at:
        changed.append(practitioner.diary_changed_at)
    entry = replace(_announced(day, voice), uid=uid, sequence=sequence, changed=max(changed))
    if not practitioner.is_discreet:
        return entry
    what = title(day, is_discreet=True)
    return replace(entry, title=what, page=voice.my_bookings, is_discreet=True)


def _off(entry: Entry) -> Entry:
    return replace(entry.cancelled(), title=f"CANCELLED: {entry.title}")


def _is_invited(booking: Booking, day: CourseDay) -> bool:
    return any(it.course_day is day and not it.cancelled for it in booking.invites)


def identity(booking: Booking, day: CourseDay) -> tuple[str, int]:
    """The UID and SEQUENCE this person's diary knows the day by: its own until an invitation."""
    for invite in booking.invites:
        if invite.course_day is day:
            return invite.uid, day.revision + invite.extra
    return day.uid, day.revision


def is_on(day: CourseDay) -> bool:
    """Whether it is held; or was, before the rest of the date was cancelled."""
    date = day.course_date
    if day.dropped_at is not None or not date.is_off:
        return day.dropped_at is None
    was_held = date.cancelled_at is not None and day.ends_at <= date.cancelled_at
    return was_held and date.postponed_at is None


def title(day: CourseDay, *, is_discreet: bool = False) -> str:
    """The course's title, or the discreet one, with which day it is where there are several.

    A dropped day keeps the number it had, so that diaries know it.
    """
    days = sorted(
        (
            other
            for other in day.course_date.all_days
            if other.dropped_at is None
            or (day.dropped_at is not None and other.dropped_at >= day.dropped_at)
        ),
        key=lambda other: other.starts_at,
    )
    which = f" (day {days.index(day) + 1} of {len(days)})" if len(days) > 1 else ""
    return (DISCREET if is_discreet else one_line(day.course_date.course.title)) + which


def location(course_date: CourseDate) -> str:
    """One line that a map finds; never the join link."""
    if course_date.is_online:
        return f"Online ({course_date.platform})" if course_date.platform else "Online"
    where = course_date.venue.one_line if course_date.venue else words.place(course_date)
    return one_line(", ".join([course_date.room, where] if course_date.room else [where]))


def how_to_join(course_date: CourseDate) -> str:
    """For those who may know the link; nothing where there is none."""
    if not course_date.join_link:
        return ""
    return f"Join in {course_date.platform or 'your browser'}:\n{course_date.join_link}"


def _changed(course_date: CourseDate) -> datetime:
    """When any row that an entry is written from last changed."""
    rows = (course_date, course_date.course, course_date.venue)
    return max(row.updated_at for row in rows if row is not None)


def _standing(booking: Booking, voice: Voice) -> tuple[str, str]:
    """What the person is to know first, and how to join."""
    course_date = booking.course_date
    if booking.state is BookingState.WAITING:
        return "You are on the waiting list. We write to you as soon as a place is free.", ""
    if booking.state is BookingState.OFFERED and booking.offered_until:
        until = words.moment(booking.offered_until)
        return f"A place is kept for you until {until}. Accept it with the link we sent you.", ""
    return (
        "You have a place. If you cannot come, please cancel it here, so that somebody who is "
        f"waiting can have it (declining the invitation is not enough):\n{voice.my_bookings}"
    ), how_to_join(course_date)


def _about(entry: Entry, voice: Voice) -> Iterable[str]:
    """What it is about; or, discreetly, where that can be read."""
    if entry.is_discreet:
        where = "The page of your bookings says which training this is:"
        return [f"{where}\n{voice.my_bookings}"]
    course_date = entry.day.course_date
    return [course_date.course.summary, *_preparation(course_date)]


def _preparation(course_date: CourseDate) -> Iterable[str]:
    if course_date.before_you_come:
        yield f"Before you come: {course_date.before_you_come}"


def _directions(course_date: CourseDate) -> Iterable[str]:
    if course_date.venue and course_date.venue.directions:
        yield f"Getting there: {course_date.venue.directions}"


def _questions(partnership: Partnership) -> str:
    phone = one_line(partnership.contact_phone)
    return ", ".join([f"Questions: {_contact(partnership)}", *([phone] if phone else [])])


def _contact(partnership: Partnership) -> str:
    return one_line(f"{partnership.contact_name}, {partnership.contact_email}")


def paragraphs(*parts: str) -> str:
    return "\n\n".join(part.strip() for part in parts if part.strip())
