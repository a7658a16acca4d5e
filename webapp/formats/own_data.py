"""What is held about one person, in words: the same on a page and in a file for other programs."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime

from webapp.clock import london
from webapp.formats import attendee_list, words
from webapp.formats.certificates import shown
from webapp.formats.evaluations import CONFIDENT, USEFUL
from webapp.models import Booking, CourseDate, Email, Interest, Invite, Practitioner, TeamBooking

TYPE = "application/json"
FILE_NAME = "my-training-data.json"

Value = str | bool | datetime | None
Entry = Mapping[str, Value]
# Headings with what stands under each, an entry for each thing that is held.
Copy = Mapping[str, Sequence[Entry]]


def copy(
    practitioner: Practitioner | None,
    bookings: Iterable[Booking],
    teams: Iterable[TeamBooking],
    interests: Iterable[Interest],
    told: Mapping[int, Iterable[CourseDate]],
    emails: Iterable[Email],
) -> Copy:
    return {
        "You": [_person(practitioner)] if practitioner else [],
        "Bookings": [_booking(booking) for booking in bookings],
        "What you booked for colleagues": [_team(team) for team in teams],
        "Courses you asked to be told about": [
            _interest(interest, told[interest.id]) for interest in interests
        ],
        "Messages we wrote to you": [message(email) for email in emails],
    }


def to_json(held: Copy, *, made_at: datetime) -> bytes:
    """Every entry with all its facts, moments as ISO 8601 in London's time."""
    whole = {"Made": made_at, **held}
    return json.dumps(whole, ensure_ascii=False, indent=2, default=_moment).encode()


def in_words(held: Copy) -> dict[str, list[dict[str, str]]]:
    """What a page says: only the facts that there are."""
    return {
        heading: [
            {name: _said(value) for name, value in entry.items() if value is not None}
            for entry in entries
        ]
        for heading, entries in held.items()
    }


def to_text(held: Copy, *, made_at: datetime) -> bytes:
    """The same as `in_words`, to be read or printed."""
    parts = [f"Made: {words.moment(made_at)}"]
    for heading, entries in in_words(held).items():
        parts.append(f"{heading}\n{'=' * len(heading)}")
        parts += ["\n".join(f"{name}: {said}" for name, said in one.items()) for one in entries]
        parts += [] if entries else ["Nothing."]
    return ("\n\n".join(parts) + "\n").encode()


def _moment(value: datetime) -> str:
    return london(value).isoformat()


def _said(value: Value) -> str:
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        return words.moment(value)
    return str(value)


def _person(practitioner: Practitioner) -> Entry:
    return {
        "Work email address": practitioner.email,
        "Known since": practitioner.created_at,
        "Diary says only “Training”": practitioner.is_discreet,
        "Asked us to erase this": practitioner.erasure_asked_at,
    }


def _booking(booking: Booking) -> Entry:
    needs, certificate, terms = booking.access_needs, booking.certificate, booking.terms
    said, member = booking.evaluation, booking.team_member
    return {
        "Course": booking.course_date.course.title,
        "When": words.when(booking.course_date),
        "Where": words.place(booking.course_date),
        "Standing": _standing(booking),
        "Name": booking.name,
        "Agency": booking.agency.name,
        "Organisation": booking.organisation,
        "Job role": booking.job_role,
        "Team": booking.team,
        "Phone number": booking.phone,
        "Line manager": booking.manager_name,
        "Line manager's email address": booking.manager_email,
        "What would help you take part": needs.access if needs else None,
        "What you cannot eat": needs.dietary if needs else None,
        "Booked": booking.booked_at,
        "Booked for you by": member.team_booking.booker_name if member else None,
        "Booking terms agreed to": f"Version {terms.version}" if terms else None,
        "Last changed": booking.updated_at,
        "Cancelled": booking.cancelled_at,
        "Reason given": booking.cancel_reason,
        "Cancelled late": attendee_list.cause(booking) if booking.gave_up_late else None,
        "Why you have a place although it was full": booking.over_capacity_reason,
        "Attendance": booking.attendance and attendee_list.ATTENDANCE[booking.attendance],
        "Attendance written down": booking.marked_at,
        "Came without having booked": booking.is_walk_in or None,
        "Certificate": shown(certificate.code) if certificate else None,
        "How useful you found it": USEFUL[said.useful] if said else None,
        "How confident you were before": CONFIDENT[said.confident_before] if said else None,
        "How confident you were afterwards": CONFIDENT[said.confident_after] if said else None,
        "What you will do differently": said.will_do if said else None,
        "What else you told us about it": said.comment if said else None,
        "Organisers' note": booking.note,
        "Your calendar answered": "; ".join(map(_reply, _answered(booking))) or None,
    }


def _team(team: TeamBooking) -> Entry:
    """For how many; who they are is about them."""
    return {
        "Course": team.course_date.course.title,
        "When": words.when(team.course_date),
        "Your name": team.booker_name,
        "Booked": team.booked_at,
        "For": words.counted(len(team.members), "colleague"),
    }


def _standing(booking: Booking) -> str:
    """Never the colleague's name: that is about somebody else."""
    if booking.ending is not None:
        return attendee_list.ENDINGS[booking.ending]
    return attendee_list.STATES[booking.state]


def _answered(booking: Booking) -> list[Invite]:
    return [invite for invite in booking.invites if invite.reply is not None]


def _reply(invite: Invite) -> str:
    assert invite.reply is not None
    return f"{invite.reply.value} for {words.short_day(invite.course_day.starts_at)}"


def _interest(interest: Interest, told: Iterable[CourseDate]) -> Entry:
    days = [words.day(date.starts_at) for date in told if date.starts_at]
    return {
        "Course": interest.course.title,
        "Name": interest.name,
        "Registered": interest.registered_at,
        "Withdrawn": interest.withdrawn_at,
        "Told of the date on": words.listed(days) if days else None,
    }


def message(email: Email) -> Entry:
    return {
        "Subject": email.subject,
        "Written": email.queued_at,
        "Sent": email.sent_at,
        "Came back": email.bounced_at,
    }
