"""A mail as somebody would read it who does not exist: for who chooses its words."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from webapp.clock import london
from webapp.formats import certificates, letters, mail_words
from webapp.formats.mail_gaps import OF_COURSE
from webapp.formats.mails import MAILS
from webapp.models import (
    Agency,
    Booking,
    BookingState,
    Certificate,
    Course,
    CourseDate,
    CourseDay,
    DateState,
    Format,
    Practitioner,
    Step,
    Venue,
    Week,
)
from webapp.services import charges, links, outbox, partnership
from webapp.services.managers import Place
from webapp.services.notices import Change
from webapp.services.week_bookings import Session

ADDRESS = "ann.example@example.org"
AHEAD, LASTS = timedelta(days=28), timedelta(hours=4)
STANDS = {
    "place_to_take": BookingState.WAITING,
    "booking_waiting": BookingState.WAITING,
    "waits_by_colleague": BookingState.WAITING,
    "booking_offered": BookingState.OFFERED,
    "approval_asked": BookingState.WAITING,
    "approval_by_colleague": BookingState.WAITING,
}
DATE_STANDS = {"date_postponed": DateState.POSTPONED, "date_cancelled": DateState.CANCELLED}


def as_read(kind: str, chosen: Mapping[str, str], *, now: datetime) -> letters.Letter:
    """The whole mail with these words in it; nothing is sent or kept."""
    email = outbox.write(kind, to=ADDRESS, chosen=chosen, **_facts(kind, now))
    assert email.message is not None
    return letters.read(email.message)


def gaps(kind: str, *, now: datetime) -> dict[str, str]:
    """What the gaps of this mail are filled with in the example."""
    return mail_words.examples(kind, _facts(kind, now))


def _facts(kind: str, now: datetime) -> dict[str, Any]:
    """What any of the mails asks for, as it is in the everyday case."""
    date = _date(DATE_STANDS.get(kind, DateState.PUBLISHED), now)
    booking = _booking("Ann Example", STANDS.get(kind, BookingState.CONFIRMED))
    booking.course_date, booking.offered_until = date, now + timedelta(days=1)
    colleague = _booking("Ben Example", BookingState.CONFIRMED)
    booking.booked_by_id = 0 if kind == "approval_by_colleague" else None
    if kind in {"booking_moved", "date_chosen"}:
        colleague.course_date = _date(DateState.PUBLISHED, now - timedelta(days=7))
    if kind == "booking_substituted":
        booking.replaced_by = colleague
    else:
        booking.replaces = colleague
    facts: dict[str, Any] = {
        "now": now,
        "booking": booking,
        "date": date,
        "course": date.course,
        "token": links.booking_token(booking),
        "method": "REQUEST",
        "day": date.days[0],
        "declined": date.days[0],
        "first": kind,
        "further": 0,
        "position": 3 if booking.state is BookingState.WAITING else None,
        "was": BookingState.CONFIRMED.value,
        "by_hand": False,
        "names": ["Ben Example", "Cat Example"],
        "takes_out": True,
        "policy": charges.policy(date, partnership.get(), now=now),
        "certificate_waits": False,
        "times": 2,
        "months": 12,
        "others": [Step.MANAGER] if kind == "missed_note" else [Step.PERSON],
        "holds": False,
        "until": now + timedelta(days=3),
        "changes": [Change("The room", "Hudson Room", "Ouse Room")],
    }
    if kind == "manager_week_booked":
        colleague.course_date = _date(DateState.PUBLISHED, now + timedelta(days=1))
        del facts["date"]
        facts |= {"course": Week(title="Safeguarding Week")}
        facts |= {"places": [_told(booking, facts["until"]), _told(colleague, None)]}
    elif MAILS[kind].may_say is OF_COURSE:
        del facts["date"]
        facts |= {"booking": None, "dates": [date] if kind == "new_date" else []}
        facts |= {"others": 11, "next_at": None}
    if kind == "week_booked":
        token = links.booking_token(booking)
        facts |= {
            "course": Week(title="Safeguarding Week"),
            "sessions": [Session(booking, token, None, [])],
            "name": booking.name,
            "feed": links.feed_token(booking.practitioner),
        }
    if kind.startswith("certificate"):
        certificate = _certificate(booking)
        facts |= {
            "certificate": certificate,
            "dates": certificates.dates(certificate),
            "code": certificates.shown(certificate.code),
        }
    return facts


def _told(booking: Booking, until: datetime | None) -> Place:
    return Place(booking, until, links.manager_token(booking))


def _booking(name: str, state: BookingState) -> Booking:
    practitioner = Practitioner(id=0, email=ADDRESS, is_discreet=False, feed_generation=0)
    return Booking(
        id=0,
        name=name,
        state=state,
        link_generation=0,
        practitioner=practitioner,
        agency=Agency(name="Anytown Council"),
    )


def _date(state: DateState, now: datetime) -> CourseDate:
    starts_at = (london(now) + AHEAD).replace(hour=10, minute=0, second=0, microsecond=0)
    date = CourseDate(
        id=0,
        state=state,
        format=Format.FACE_TO_FACE,
        course=Course(
            slug="example",
            title="Safeguarding children together",
            short_title="Safeguarding together",
        ),
        venue=Venue(
            name="Town Hall", address=["High Street", "Anytown"], directions="Ten minutes by bus 4."
        ),
        room="Ouse Room",
        all_days=[CourseDay(starts_at=starts_at, ends_at=starts_at + LASTS)],
        before_you_come="Read the handbook.",
    )
    if not date.is_off:
        date.starts_at, date.ends_at = starts_at, starts_at + LASTS
    return date


def _certificate(booking: Booking) -> Certificate:
    day = booking.course_date.days[0].starts_at.date()
    return Certificate(
        name=booking.name,
        title=booking.course_date.course.title,
        starts_on=day,
        ends_on=day,
        code=certificates.LETTERS[: certificates.CODE_LENGTH],
    )
