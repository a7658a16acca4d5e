"""A course day as the person who booked it has it in their diary, and in no other.

It names no private link of ours: colleagues look into one another's diaries. Who is discreet has
one that tells them when and where, and not what about.
"""

from collections.abc import Iterable
from dataclasses import replace

from webapp.formats import calendar_entries as entries
from webapp.formats import words
from webapp.formats.calendar_entries import Entry, Voice
from webapp.formats.plain_text import one_line
from webapp.models import Booking, BookingState, CourseDay, DateState

OFF = {
    DateState.POSTPONED: "This date has been postponed. We write to you when there is a new one.",
    DateState.CANCELLED: "This date has been cancelled.",
}


def private(booking: Booking, day: CourseDay, voice: Voice) -> Entry:
    """For the person who booked. The join link is told to those who have a place."""
    course_date = booking.course_date
    entry = _own(booking, day, voice)
    # Ended with the rest of the date, but there on the days that were held.
    was_there = not booking.is_live and _is_invited(booking, day)
    if not (entries.is_on(day) and (booking.is_live or was_there)):
        why = OFF.get(course_date.state, entries.DROPPED)
        return replace(entries.off(entry), description=why)
    if was_there:
        return replace(entry, description=entries.paragraphs(*_about(entry, voice)))
    standing, join = _standing(booking, voice)
    if booking.state is not BookingState.CONFIRMED:
        title_ = f"Waiting list: {entry.title}"
        entry = replace(entry, status="TENTATIVE", title=title_)
    elif course_date.join_link:
        entry = replace(entry, join_link=one_line(course_date.join_link))
    return replace(
        entry,
        location=entry.join_link or entry.location,
        description=entries.paragraphs(
            standing,
            *_about(entry, voice),
            *entries.directions(course_date),
            join,
            entries.questions(voice.partnership),
        ),
    )


def withdrawn(booking: Booking, day: CourseDay, voice: Voice) -> Entry:
    """For a diary that is to forget the day: under the title it knows, without the join link."""
    return _own(booking, day, voice).cancelled()


def _own(booking: Booking, day: CourseDay, voice: Voice) -> Entry:
    """The day as this one diary knows it."""
    practitioner = booking.practitioner
    uid, sequence = identity(booking, day)
    changed = [entries.changed(booking.course_date), booking.updated_at]
    if practitioner.diary_changed_at:
        changed.append(practitioner.diary_changed_at)
    entry = replace(entries.announced(day, voice), uid=uid, sequence=sequence, changed=max(changed))
    if not practitioner.is_discreet:
        return entry
    what = entries.title(day, is_discreet=True)
    return replace(entry, title=what, page=voice.my_bookings, is_discreet=True)


def _is_invited(booking: Booking, day: CourseDay) -> bool:
    return any(it.course_day is day and not it.cancelled for it in booking.invites)


def identity(booking: Booking, day: CourseDay) -> tuple[str, int]:
    """The UID and SEQUENCE this person's diary knows the day by: its own until an invitation."""
    for invite in booking.invites:
        if invite.course_day is day:
            return invite.uid, day.revision + invite.extra
    return day.uid, day.revision


def _standing(booking: Booking, voice: Voice) -> tuple[str, str]:
    """What the person is to know first, and how to join."""
    course_date = booking.course_date
    if booking.awaits_approval:
        return "You do not have a place yet: your booking waits until we have looked at it.", ""
    if booking.state is BookingState.WAITING:
        return "You are on the waiting list. We write to you as soon as a place is free.", ""
    if booking.state is BookingState.OFFERED and booking.offered_until:
        until = words.moment(booking.offered_until)
        return f"A place is kept for you until {until}. Accept it with the link we sent you.", ""
    return (
        "You have a place. If you cannot come, please cancel it here, so that somebody who is "
        f"waiting can have it (declining the invitation is not enough):\n{voice.my_bookings}"
    ), entries.how_to_join(course_date)


def _about(entry: Entry, voice: Voice) -> Iterable[str]:
    """What it is about; or, discreetly, where that can be read."""
    if entry.is_discreet:
        where = "The page of your bookings says which training this is:"
        return [f"{where}\n{voice.my_bookings}"]
    course_date = entry.day.course_date
    return [course_date.course.summary, *entries.preparation(course_date)]
