"""One person books for colleagues of their team, sees how that stands, and takes it back.

What a booker learns: until a colleague has confirmed by their own link, their line says the same
whether the form made a booking or they had one already. Where somebody will be on a day is what
who means them harm wants to know, and whoever types a form may be anybody.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, select
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db
from webapp.errors import Full, Refused
from webapp.formats.words import counted
from webapp.models import (
    Booking,
    BookingTerms,
    CourseDate,
    DateState,
    Ending,
    Practitioner,
    TeamBooking,
    TeamMember,
)
from webapp.services import (
    approvals,
    bookings,
    cut_off,
    links,
    notices,
    outbox,
    places,
    practitioners,
    rehearsals,
    standing,
    waiting_list,
)
from webapp.services.details import Details

MOST = 20


@dataclass(frozen=True, kw_only=True)
class Team:
    """Who books, for whom by their addresses in the order of the list, and what is said of the
    booker where they come, too."""

    name: str
    email: str
    colleagues: Mapping[str, Details]
    own: Details | None = None

    @property
    def sector_id(self) -> int:
        """They all work for one agency."""
        return next(iter(self.colleagues.values())).agency.sector_id

    @property
    def number(self) -> int:
        return len(self.colleagues) + (self.own is not None)


def book(
    date: CourseDate,
    team: Team,
    *,
    all_or_nobody: bool,
    terms: BookingTerms,
    submission: str,
    now: datetime,
) -> None:
    """Give each a place or a place in line, in the order of the list, the booker first.

    Who has a booking already keeps it as it is, and nobody learns that but they. Raises
    BookingClosed, and Full when `all_or_nobody` and not all would fit.
    """
    bookings.hold_bookable(date, now)
    if all_or_nobody and (why_not := _why_not_all(date, team, now)):
        raise Full(why_not)
    # In one order, so that two who book for the same new people do not wait in a ring.
    known = {
        email: practitioners.find_or_make(email, now=now)
        for email in sorted({team.email, *team.colleagues})
    }
    booker = known[team.email]
    if team.own is not None:
        _begin_own(booker, date, team.own, terms=terms, submission=submission, now=now)
    made = TeamBooking(course_date=date, booker=booker, booker_name=team.name, booked_at=now)
    db.session.add(made)
    for email, details in team.colleagues.items():
        _begin(made, known[email], details, submission=submission, now=now)
    outbox.queue(
        "team_booked",
        to=booker.email,
        now=now,
        submission=submission,
        date=date,
        course=date.course,
        names=[details.name for details in team.colleagues.values()],
        token=links.team_token(booker),
    )
    waiting_list.offer_free_places(date, now=now)


def _why_not_all(date: CourseDate, team: Team, now: datetime) -> str | None:
    """One sentence saying that not all of them would have a place; None when they would.

    Who has a booking already needs none, and is counted all the same: the answer would tell.
    """
    left = places.of(date, now).left_for(team.sector_id)
    if left is None or team.number <= left:
        return None
    there = f"There {'is' if left == 1 else 'are'} {counted(left, 'place').lower()} left"
    return f"{there} for {counted(team.number, 'person', 'people')}, so nobody was booked."


def has_made_any(booker: Practitioner) -> bool:
    return bool(db.session.scalar(select(exists().where(TeamBooking.booker_id == booker.id))))


def made_by(booker: Practitioner) -> Sequence[TeamBooking]:
    """All this person booked for colleagues, the latest first, with dates and how all stand."""
    return db.session.scalars(
        select(TeamBooking)
        .where(TeamBooking.booker_id == booker.id, TeamBooking.members.any())
        .order_by(TeamBooking.booked_at.desc(), TeamBooking.id.desc())
        .options(
            joinedload(TeamBooking.course_date).joinedload(CourseDate.course),
            joinedload(TeamBooking.course_date).joinedload(CourseDate.venue),
            joinedload(TeamBooking.course_date).selectinload(CourseDate.all_days),
            selectinload(TeamBooking.members).joinedload(TeamMember.booking),
            selectinload(TeamBooking.members).joinedload(TeamMember.practitioner),
        )
    ).all()


def can_cancel(member: TeamMember, now: datetime) -> bool:
    """Whether there is still something of theirs for the booker to take back."""
    date, booking = member.team_booking.course_date, member.booking
    is_live = booking is None or booking.is_live
    is_to_come = date.state is not DateState.CANCELLED and not date.has_started(now)
    return member.cancelled_at is None and is_live and is_to_come


def cancel(booker: Practitioner, chosen: Sequence[int], *, now: datetime) -> int:
    """Take back what was booked for these colleagues, who are told by whom; for how many.

    Of others' nothing is done, nor of what is over. Raises Refused when nothing is left to do.
    """
    found = db.session.scalars(
        select(TeamMember)
        .join(TeamMember.team_booking)
        .where(TeamBooking.booker_id == booker.id, TeamMember.id.in_(chosen))
        .order_by(TeamMember.id)
        .options(joinedload(TeamMember.team_booking).joinedload(TeamBooking.course_date))
    ).all()
    dates = {one.team_booking.course_date_id: one.team_booking.course_date for one in found}
    done = 0
    for _, date in sorted(dates.items()):
        mine = [one for one in found if one.team_booking.course_date_id == date.id]
        done += _cancel_on(date, mine, now=now)
    if not done:
        raise Refused("There is nothing left to cancel for who was ticked.")
    return done


def _cancel_on(date: CourseDate, members: Sequence[TeamMember], *, now: datetime) -> int:
    places.hold(date)
    for member in members:
        db.session.refresh(member)
    standing.read_again([member.booking for member in members if member.booking])
    going = [member for member in members if can_cancel(member, now)]
    for member in going:
        member.cancelled_at = now
        if (booking := member.booking) is not None:
            # Who had not confirmed it never had a place to give up.
            booking.gave_up_late = not booking.is_to_confirm and cut_off.is_late(booking, now)
            standing.end(booking, Ending.BY_BOOKER, now=now)
    waiting_list.offer_free_places(date, now=now)
    return len(going)


def _begin_own(
    booker: Practitioner,
    date: CourseDate,
    details: Details,
    *,
    terms: BookingTerms,
    submission: str,
    now: datetime,
) -> None:
    booking = places.booking_of(booker, date)
    if booking is None:
        approval = approvals.is_needed(booker, now)
        booking = standing.begin(booker, date, details, now=now, approval=approval, terms=terms)
    notices.tell(booking, now=now, submission=submission)


def _begin(
    made: TeamBooking, who: Practitioner, details: Details, *, submission: str, now: datetime
) -> None:
    """One colleague's booking; who has one already is written to, too."""
    theirs = places.booking_of(who, made.course_date)
    if theirs is not None and theirs.booked_by_id == made.booker.id:
        notices.tell(theirs, now=now, submission=submission)  # the same form once more
        return
    booking = None if theirs else _booked(made, who, details, now)
    made.members.append(TeamMember(practitioner=who, name=details.name, booking=booking))
    db.session.flush()
    if booking is not None:
        notices.tell(booking, now=now, submission=submission)
    elif theirs is not None:
        rehearsals.begin(made.course_date, details, now=now)
        notices.tell_of_try(theirs, made.booker_name, now=now, submission=submission)


def _booked(made: TeamBooking, who: Practitioner, details: Details, now: datetime) -> Booking:
    return standing.begin(
        who,
        made.course_date,
        details,
        now=now,
        approval=approvals.is_needed(who, now),
        booked_by=made.booker,
    )
