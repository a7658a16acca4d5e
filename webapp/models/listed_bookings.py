"""A booking as lists and files have it: one line of thousands, without the rows around it."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from webapp.models.bookings import Attendance, BookingState, Ending
from webapp.models.causes import EXCUSED, Cause
from webapp.models.course_dates import Format


class Attendee(NamedTuple):
    """One line of the list of a date."""

    id: int
    name: str
    email: str
    agency: str
    sector: str
    job_role: str
    state: BookingState
    booked_at: datetime
    organisation: str | None
    note: str | None
    ending: Ending | None
    gave_up_late: bool
    cause: Cause | None
    approval_asked_at: datetime | None
    offered_until: datetime | None
    cancelled_at: datetime | None
    heir: str | None
    heir_starts_at: datetime | None

    @property
    def works_at(self) -> str:
        return self.organisation or self.agency

    @property
    def awaits_approval(self) -> bool:
        return self.state is BookingState.WAITING and self.approval_asked_at is not None

    @property
    def is_live(self) -> bool:
        return self.state is not BookingState.CANCELLED


class ListedBooking(NamedTuple):
    """One line of a file."""

    name: str
    email: str
    agency: str
    sector: str
    job_role: str
    state: BookingState
    booked_at: datetime
    # The employer's name where the list has only "another organisation".
    organisation: str | None = None
    team: str | None = None
    phone: str | None = None
    manager_name: str | None = None
    manager_email: str | None = None
    # How it stands, and by what it was replaced: whose booking, on a date that starts when.
    ending: Ending | None = None
    gave_up_late: bool = False
    cause: Cause | None = None
    approval_asked_at: datetime | None = None
    cancelled_at: datetime | None = None
    heir: str | None = None
    heir_starts_at: datetime | None = None
    # What the register says, and who said so when.
    attendance: Attendance | None = None
    is_walk_in: bool = False
    marked_at: datetime | None = None
    marked_by: str | None = None
    # The date.
    title: str | None = None
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    format: Format | None = None
    platform: str | None = None
    venue: str | None = None

    @property
    def works_at(self) -> str:
        return self.organisation or self.agency

    @property
    def is_excused(self) -> bool:
        return self.cause in EXCUSED

    @property
    def awaits_approval(self) -> bool:
        return self.state is BookingState.WAITING and self.approval_asked_at is not None
