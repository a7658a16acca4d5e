"""Why somebody is on a date: how their booking came to be and what became of it, step by step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import and_, or_, select
from sqlalchemy.orm import joinedload

from webapp.db import db
from webapp.formats import attendee_list
from webapp.formats.words import short_day
from webapp.models import AuditLine, Booking, Ending, Organiser

# The whole log has a page of its own.
LONGEST_HISTORY = 50
# A place that went on more often than this is a mistake rather than a story.
LONGEST_CHAIN = 20
# So begins what organisers did who changed nothing.
LOOKED = "saw "
# What the log says of a table of bookings.
IMPORTED = "imported bookings"
MARKED = "marked somebody on the register"
# Of these the log says what was done, and of others why.
SAYS_WHAT = {IMPORTED, MARKED, "added a walk-in"}


@dataclass(frozen=True)
class Step:
    at: datetime
    what: str
    by: Organiser | None = None
    reasons: Sequence[str] = ()


def of(booking: Booking) -> Sequence[Step]:
    """Each step, the first one first; also of the bookings whose place this one took."""
    chain = _chain(booking)
    lines = _done(chain)
    by = {(line.booking_id, line.at): line.organiser for line in lines}
    steps, told = list[Step](), set[tuple[int | None, datetime]]()
    for one in chain:
        for at, what, *reasons in _of_row(one):
            told.add((one.id, at))
            if one is booking or at != one.cancelled_at:  # with which the next one begins
                said = [reason for reason in reasons if reason]
                steps.append(Step(at, what, by.get((one.id, at)), said))
    for line in lines:
        if (line.booking_id, line.at) not in told:
            steps.append(_of_line(line))
    return sorted(steps, key=lambda step: step.at)


def history(booking: Booking) -> Sequence[AuditLine]:
    """Who looked at or changed this booking, the latest first."""
    return db.session.scalars(
        select(AuditLine)
        .where(AuditLine.booking_id == booking.id)
        .order_by(AuditLine.at.desc(), AuditLine.id.desc())
        .limit(LONGEST_HISTORY)
        .options(joinedload(AuditLine.organiser).lazyload(Organiser.roles))
    ).all()


def _of_line(line: AuditLine) -> Step:
    what, said = line.action[:1].upper() + line.action[1:], line.detail
    if said and line.action in SAYS_WHAT:
        return Step(line.at, f"{what}: {said}", line.organiser)
    return Step(line.at, what, line.organiser, [said] if said else [])


def _chain(booking: Booking) -> Sequence[Booking]:
    """The bookings whose place went on to this one, the first one first, and this one."""
    chain = [booking]
    while (before := chain[0].replaces) is not None and len(chain) < LONGEST_CHAIN:
        chain.insert(0, before)
    return chain


def _done(chain: Sequence[Booking]) -> Sequence[AuditLine]:
    """What organisers did with these; a table that many came by has one line for its date."""
    came_by_table = and_(
        AuditLine.action == IMPORTED,
        AuditLine.course_date_id.in_([one.course_date_id for one in chain]),
        AuditLine.at.in_([one.booked_at for one in chain]),
    )
    return db.session.scalars(
        select(AuditLine)
        .where(
            or_(AuditLine.booking_id.in_([one.id for one in chain]), came_by_table),
            AuditLine.action.not_like(f"{LOOKED}%"),
        )
        .order_by(AuditLine.at, AuditLine.id)
        .options(joinedload(AuditLine.organiser).lazyload(Organiser.roles))
    ).all()


def _of_row(booking: Booking) -> Iterator[tuple[datetime, str, *tuple[str | None, ...]]]:
    """When, what, and the reasons, if there are any."""
    waited = booking.waiting_since is not None
    beyond = None if waited else booking.over_capacity_reason
    before = booking.replaces
    if before is None:
        yield booking.booked_at, _how_it_began(booking), beyond
    elif before.ending is Ending.SUBSTITUTED:
        yield booking.booked_at, f"Goes instead of {before.name}", beyond
    else:
        was = before.course_date.starts_at
        here = f"Moved here from {short_day(was) if was else 'a postponed date'}"
        yield booking.booked_at, here, before.cancel_reason, beyond
    if booking.waiting_since is not None and booking.waiting_since != booking.booked_at:
        yield booking.waiting_since, "Joined the waiting list"
    if booking.miss_set_aside_at is not None:
        aside = "The missed place was set aside"
        yield booking.miss_set_aside_at, aside, booking.miss_set_aside_reason
    if booking.cancelled_at is not None:
        yield booking.cancelled_at, attendee_list.state(booking), booking.cancel_reason


def _how_it_began(booking: Booking) -> str:
    wait = " and joined the waiting list" if booking.waiting_since == booking.booked_at else ""
    if booking.approval_asked_at == booking.booked_at:
        wait = " and waits for approval" if booking.is_live else " and waited for approval"
    if booking.is_walk_in:
        return "Came without having booked"
    if (member := booking.team_member) is not None:
        return f"Booked by a colleague, {member.team_booking.booker_name},{wait}".rstrip(",")
    return f"Booked by themselves{wait}" if booking.terms_id else f"Was booked{wait}"
