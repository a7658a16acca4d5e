"""All that is held about somebody, whoever said it: to be looked through, and handed to them."""

from collections.abc import Iterable
from datetime import datetime
from typing import Protocol

from webapp.formats import own_data, words
from webapp.formats.own_data import Copy, Entry
from webapp.models import (
    AddressChange,
    Agency,
    AuditLine,
    Booking,
    CourseDate,
    Email,
    Organiser,
    TeamMember,
)

FILE_NAME = "personal-data"


class Writer(Protocol):
    def __call__(self, held: Copy, *, made_at: datetime) -> bytes: ...


def copy(
    held: Copy,
    managed: Iterable[Booking],
    named: Iterable[TeamMember],
    leads: Iterable[Agency],
    changes: Iterable[AddressChange],
    accounts: Iterable[Organiser],
    emails: Iterable[Email],
    lines: Iterable[AuditLine],
) -> Copy:
    """Names nobody else but whoever booked for them, and to whom we wrote about them."""
    return {
        **held,
        "Where you are named as a line manager": [_managed(one) for one in managed],
        "Where a colleague named you who booked": [_named(one) for one in named],
        "Where you lead on training": [
            {"Agency": one.name, "Name": one.lead_name} for one in leads
        ],
        "Your address, asked for and not confirmed": [{"Asked": one.asked_at} for one in changes],
        "Your account": [_account(one) for one in accounts],
        "Messages to others about your bookings": [
            {"To": one.to, **own_data.message(one)} for one in emails
        ],
        "What organisers looked at or changed": [_line(one) for one in lines],
    }


def _managed(booking: Booking) -> Entry:
    """Where their people are on which day is not theirs to know by this."""
    return {"Name": booking.manager_name, "Booking": str(booking.id)}


def _named(member: TeamMember) -> Entry:
    team = member.team_booking
    return {"Name": member.name, "Booked by": team.booker_name, **_date(team.course_date)}


def _date(date: CourseDate) -> Entry:
    return {"Course": date.course.title, "When": words.when(date)}


def _account(account: Organiser) -> Entry:
    return {
        "Name": account.name,
        "May": words.listed(account.role_names),
        "Since": account.created_at,
        "Can sign in": account.active,
    }


def _line(line: AuditLine) -> Entry:
    """What was done, and not by whom, which is about somebody else."""
    return {
        "When": line.at,
        "What": line.action,
        "Booking": str(line.booking_id) if line.booking_id else None,
        "Said": line.detail,
    }
