"""What people do in the tests: say who they are, book, and read their mail."""

from email import message_from_bytes, policy

from sqlalchemy import select

from tests.calendars import mail_faults
from tests.conftest import NOW
from tests.makers import make_agency, make_partnership, make_terms
from webapp.db import db
from webapp.models import Agency, Booking, BookingTerms, Email, Partnership, Practitioner
from webapp.services import bookings

# The booking form filled in, but for who books and where they work.
FORM = {
    "name": "Ann Example",
    "job_role": "Nurse",
    "manager_name": "Max Manager",
    "manager_email": "max@agency.example",
    "terms": "1",
    "agrees": "y",
}


def settle_in(**facts):
    """The rows that every booking needs: a partnership, its terms, an agency."""
    return make_partnership(**facts), make_terms(), make_agency("Anytown Council")


def details(**facts):
    agency = db.session.scalars(select(Agency).where(Agency.name == "Anytown Council")).one()
    return bookings.Details(
        **{"name": "Ann Example", "agency": agency, "job_role": "Social worker", **facts}
    )


def book(date, email="ann@agency.example", *, now=NOW, submission="form", **facts):
    """Book as the door does, and look up what came of it, which the door cannot."""
    bookings.book(
        date,
        email=email,
        details=details(**facts),
        terms=db.session.scalars(select(BookingTerms)).one(),
        submission=submission,
        now=now,
    )
    db.session.commit()
    return booking_of(date, email)


def booking_of(date, email):
    """The newest booking of this address on this date."""
    return db.session.scalar(
        select(Booking)
        .join(Booking.practitioner)
        .where(Booking.course_date_id == date.id, Practitioner.email == email)
        .order_by(Booking.id.desc())
        .limit(1)
    )


def mails(to=None):
    """Every message written so far, the oldest first."""
    wanted = select(Email).order_by(Email.id)
    return db.session.scalars(wanted.where(Email.to == to) if to else wanted).all()


def kinds(to=None):
    return [mail.kind for mail in mails(to)]


def message(mail):
    return message_from_bytes(mail.message, policy=policy.default)


def words(mail):
    """The text as a person reads it."""
    return message(mail).get_body(("plain",)).get_content()


def calendar_part(mail):
    """The part that a diary reads; None in a mail of words alone."""
    parts = message(mail).walk()
    return next((part for part in parts if part.get_content_type() == "text/calendar"), None)


def calendar_of(mail):
    """The bytes of that part."""
    return calendar_part(mail).get_payload(decode=True)


def entries(mail):
    """What the calendar part tells a diary, as (name, value) of its lines."""
    part = calendar_part(mail)
    if part is None:
        return {}
    text = part.get_payload(decode=True).decode().replace("\r\n ", "")
    event = text.split("BEGIN:VEVENT")[1]
    named = dict(line.split(":", 1) for line in event.splitlines() if ":" in line)
    return {**named, "METHOD": part.get_param("method")}


def faults_of_messages():
    """What the checkers hold against the messages to diaries so far, each read beside the one that
    its diary got before it under its UID."""
    told, faults = {}, []
    for mail in mails():
        if calendar_part(mail) is not None:
            uid = entries(mail)["UID"]
            faults += mail_faults(mail.message, previous=told.get((mail.to, uid)))
            told[mail.to, uid] = calendar_of(mail)
    return faults


def partnership():
    return db.session.scalars(select(Partnership)).one()
