"""One person's standing on one course date."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column, relationship, validates

from webapp.db import Base, SortKey, in_words
from webapp.models.causes import EXCUSED, Cause
from webapp.plain import sort_key

if TYPE_CHECKING:
    from webapp.models.access_needs import AccessNeeds
    from webapp.models.agencies import Agency
    from webapp.models.certificates import Certificate
    from webapp.models.course_dates import CourseDate
    from webapp.models.evaluations import Evaluation
    from webapp.models.invites import Invite
    from webapp.models.organisers import Organiser
    from webapp.models.partnership import BookingTerms
    from webapp.models.practitioners import Practitioner
    from webapp.models.team_bookings import TeamMember


class BookingState(StrEnum):
    CONFIRMED = "confirmed"
    WAITING = "waiting"
    # A place is kept for this person until a deadline.
    OFFERED = "offered"
    CANCELLED = "cancelled"


class Ending(StrEnum):
    """How a booking came to be cancelled."""

    BY_PRACTITIONER = "by_practitioner"
    BY_ORGANISER = "by_organiser"
    # By the colleague who had booked it.
    BY_BOOKER = "by_booker"
    # Their line manager objected.
    BY_MANAGER = "by_manager"
    # The whole date was called off.
    DATE_CANCELLED = "date_cancelled"
    # Another booking took its place: the same person's on another date, or a colleague's.
    MOVED = "moved"
    SUBSTITUTED = "substituted"
    OFFER_DECLINED = "offer_declined"
    OFFER_LAPSED = "offer_lapsed"
    # The person had typed a wrong address and corrected it at once.
    ADDRESS_CORRECTED = "address_corrected"


class Attendance(StrEnum):
    """Whether somebody came. None, where a booking has none, is unmarked."""

    ATTENDED = "attended"
    LATE = "late"
    # Left early, or missed one of several days.
    PART = "part"
    ABSENT = "absent"
    # Absent for a reason that counts, such as sickness or an emergency.
    EXCUSED = "excused"


def _of_name(values: Any) -> str:
    """The sort key of a row that is written without going through the session."""
    return sort_key(values.get_current_parameters()["name"])


class Booking(Base):
    """One person's place, or wait for a place, on one course date."""

    __tablename__ = "booking"
    __table_args__ = (
        # One live booking per person and date; a cancelled one may be followed by another.
        Index(
            "uq_booking_live",
            "course_date_id",
            "practitioner_id",
            unique=True,
            sqlite_where=text("state != 'cancelled'"),
            postgresql_where=text("state != 'cancelled'"),
        ),
        # The people of a date in the order of their names.
        Index("ix_booking_course_date_name", "course_date_id", "sort_name", "id", "state"),
        # All that is counted of a date, so that nobody's row is read for it.
        Index(
            "ix_booking_course_date_state",
            "course_date_id",
            "state",
            "agency_id",
            "attendance",
            "is_walk_in",
            "approval_asked_at",
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    course_date_id: Mapped[int] = mapped_column(ForeignKey("course_date.id"))
    practitioner_id: Mapped[int] = mapped_column(ForeignKey("practitioner.id"), index=True)
    state: Mapped[BookingState] = mapped_column(in_words(BookingState))
    ending: Mapped[Ending | None] = mapped_column(in_words(Ending))

    name: Mapped[str]
    # Follows the name by itself; who writes past the rows of the session sets both.
    sort_name: Mapped[str] = mapped_column(SortKey, default=_of_name)
    agency_id: Mapped[int] = mapped_column(ForeignKey("agency.id"), index=True)
    # The employer's name where the list has only "another organisation".
    organisation: Mapped[str | None]
    job_role: Mapped[str]
    team: Mapped[str | None]
    phone: Mapped[str | None]
    manager_name: Mapped[str | None]
    manager_email: Mapped[str | None]
    # None when an organiser added the person by hand.
    terms_id: Mapped[int | None] = mapped_column(ForeignKey("booking_terms.id"))
    # The form this booking came by: a random word the same browser may use to correct the address.
    submission: Mapped[str | None] = mapped_column(index=True)

    booked_at: Mapped[datetime]
    # The place in the queue is the order of these, then of ids.
    waiting_since: Mapped[datetime | None]
    offered_until: Mapped[datetime | None] = mapped_column(index=True)
    # Waiting, and told of a place that whoever is first may take; None again once it has gone.
    told_of_place_at: Mapped[datetime | None]
    # When somebody who waited got their place; not known of those before it was written down.
    place_taken_at: Mapped[datetime | None]
    cancelled_at: Mapped[datetime | None]
    cancel_reason: Mapped[str | None]
    # A place given up after the cut-off there was then, and why, where its holder said so.
    gave_up_late: Mapped[bool] = mapped_column(default=False)
    cause: Mapped[Cause | None] = mapped_column(in_words(Cause))
    # An organiser said that this missed place does not count against anybody, and why.
    miss_set_aside_at: Mapped[datetime | None]
    miss_set_aside_reason: Mapped[str | None]
    updated_at: Mapped[datetime]
    # Why an organiser gave this place although all were taken, or others waited for one.
    over_capacity_reason: Mapped[str | None]
    # The booking whose place this one took: before a move, or of the colleague who stayed away.
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("booking.id"), index=True)
    # What the register says, and who said so when.
    attendance: Mapped[Attendance | None] = mapped_column(in_words(Attendance))
    marked_at: Mapped[datetime | None]
    marked_by_id: Mapped[int | None] = mapped_column(ForeignKey("organiser.id"), index=True)
    # Came without having booked.
    is_walk_in: Mapped[bool] = mapped_column(default=False)
    # Waits for an organiser to allow it, and until then gets no place; None once it is allowed.
    approval_asked_at: Mapped[datetime | None]
    # Who booked for a colleague.
    booked_by_id: Mapped[int | None] = mapped_column(ForeignKey("practitioner.id"), index=True)
    # When the line manager heard that this person has a place; None before, or of another one.
    manager_told_at: Mapped[datetime | None]
    # For organisers only.
    note: Mapped[str | None]
    link_generation: Mapped[int] = mapped_column(default=0)

    course_date: Mapped[CourseDate] = relationship(back_populates="bookings")
    practitioner: Mapped[Practitioner] = relationship(
        back_populates="bookings", foreign_keys="Booking.practitioner_id"
    )
    booked_by: Mapped[Practitioner | None] = relationship(foreign_keys="Booking.booked_by_id")
    team_member: Mapped[TeamMember | None] = relationship(back_populates="booking")
    agency: Mapped[Agency] = relationship()
    terms: Mapped[BookingTerms | None] = relationship()
    replaces: Mapped[Booking | None] = relationship(
        remote_side="Booking.id", back_populates="replaced_by"
    )
    replaced_by: Mapped[Booking | None] = relationship(
        back_populates="replaces", remote_side="Booking.replaces_id", uselist=False
    )
    marked_by: Mapped[Organiser | None] = relationship()
    certificate: Mapped[Certificate | None] = relationship(back_populates="booking")
    evaluation: Mapped[Evaluation | None] = relationship(back_populates="booking")
    access_needs: Mapped[AccessNeeds | None] = relationship(
        back_populates="booking", cascade="all, delete-orphan"
    )
    invites: Mapped[list[Invite]] = relationship(
        back_populates="booking", cascade="all, delete-orphan"
    )

    @validates("name")
    def _sort(self, _: str, name: str) -> str:
        self.sort_name = sort_key(name)
        return name

    @property
    def email(self) -> str:
        return self.practitioner.email

    @property
    def came(self) -> bool:
        """Whether the register has this person in the room, if not all the time."""
        return self.attendance in {Attendance.ATTENDED, Attendance.LATE, Attendance.PART}

    @property
    def is_to_confirm(self) -> bool:
        """Whether all we know of somebody is what a colleague said, who booked this for them or
        passed their own place on."""
        first = self.replaces
        is_passed_on = first is not None and first.practitioner_id != self.practitioner_id
        return self.terms is None and (self.booked_by_id is not None or is_passed_on)

    @property
    def was_missed(self) -> bool:
        """Whether the seat stayed empty, or came free late, without a reason that counts."""
        given_up = self.gave_up_late and not self.is_excused
        return given_up or self.attendance is Attendance.ABSENT

    @property
    def is_excused(self) -> bool:
        """Whether the reason given counts."""
        return self.cause in EXCUSED

    @property
    def awaits_approval(self) -> bool:
        """Whether an organiser has to allow it before it is anybody's turn."""
        return self.state is BookingState.WAITING and self.approval_asked_at is not None

    @property
    def is_in_line(self) -> bool:
        return self.state is BookingState.WAITING and self.approval_asked_at is None

    @property
    def is_live(self) -> bool:
        return self.state is not BookingState.CANCELLED

    @property
    def only_waited(self) -> bool:
        """Whether there was a wait and never a place: who had one was sent an invitation."""
        return self.waiting_since is not None and not self.invites

    @property
    def holds_a_place(self) -> bool:
        return self.state in {BookingState.CONFIRMED, BookingState.OFFERED}

    @property
    def works_at(self) -> str:
        """The employer as people say it: the typed name where the list had none."""
        return self.organisation or self.agency.name
