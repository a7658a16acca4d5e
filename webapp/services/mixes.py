"""Who comes from which sector, against how many are meant to: the mix of a date and its aims, and
whose turn it is where sectors below their aim come first."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from webapp.db import db
from webapp.models import Agency, Booking, BookingState, CourseDate, Sector
from webapp.services import partnership, tallies
from webapp.services.tallies import Part

HAVE_PLACES = (BookingState.CONFIRMED, BookingState.OFFERED)
# Without those whom an organiser has yet to allow.
IN_LINE = (Booking.state == BookingState.WAITING, Booking.approval_asked_at.is_(None))


@dataclass(frozen=True)
class Share:
    """One sector on a date: how many of it have a place, or are offered one; how many wait; and how
    many places it is meant to have, None where nobody said."""

    sector: Sector
    taken: int
    waiting: int
    aim: int | None

    @property
    def missing(self) -> int:
        return max((self.aim or 0) - self.taken, 0)


def of(date: CourseDate, parts: Sequence[Part] | None = None) -> list[Share]:
    """The sectors that have an aim or people here, in the order of the settings; `parts` of the
    date, where they were counted already."""
    taken, waiting = _counts(tallies.parts(date) if parts is None else parts)
    sectors = db.session.scalars(select(Sector).order_by(Sector.position, Sector.id)).all()
    aims = _aims(date, sectors, taken)
    return [
        Share(one, taken[one.id], waiting[one.id], aims.get(one.id))
        for one in sectors
        if one.id in aims or taken[one.id] or waiting[one.id]
    ]


@dataclass(frozen=True)
class Turn:
    """One of those who wait: the booking's id, since when, and the sector's id."""

    id: int
    since: datetime
    sector_id: int


def turns(date: CourseDate) -> Sequence[Turn]:
    """Those who wait, in the order in which places that come free are theirs: as they came.

    Where the date prefers what is missing: for each place in turn the first of a sector that is
    still below its aim, counting whoever was before; when none is, the first of all.
    """
    line = [
        Turn(booking_id, since, sector_id)
        for booking_id, since, sector_id in db.session.execute(
            select(Booking.id, Booking.waiting_since, Agency.sector_id)
            .join(Booking.agency)
            .where(Booking.course_date_id == date.id, *IN_LINE)
            .order_by(Booking.waiting_since, Booking.id)
        )
        if since is not None
    ]
    if not partnership.get().prefers_missing_on(date):
        return line
    taken, _ = _counts(tallies.parts(date))
    aims = _aims(date, db.session.scalars(select(Sector)).all(), taken)
    found = []
    while line:
        below = (one for one in line if taken[one.sector_id] < aims.get(one.sector_id, 0))
        first = next(below, line[0])
        line.remove(first)
        taken[first.sector_id] += 1
        found.append(first)
    return found


def ahead(line: Sequence[Turn]) -> frozenset[int]:
    """The ids of those who come before somebody that has waited longer."""
    found, longest = set(), None
    for one in reversed(line):
        since = (one.since, one.id)
        if longest is not None and longest < since:
            found.add(one.id)
        longest = since if longest is None else min(longest, since)
    return frozenset(found)


def aim_for(sectors: Sequence[Sector], aims: Mapping[int, int | None]) -> None:
    """Write what percentage of places each of these sectors is meant to have."""
    for sector in sectors:
        sector.aim = aims[sector.id]
    db.session.flush()


def _aims(date: CourseDate, sectors: Sequence[Sector], taken: Counter[int]) -> Mapping[int, int]:
    """How many places each sector is meant to have, by its id: what the date holds for it, whether
    or not that is open to all by now; else its percentage of all there are, or of all who come."""
    if date.held_days is not None:
        return dict(date.held)
    there = date.capacity if date.capacity is not None else taken.total()
    return {one.id: (there * one.aim + 50) // 100 for one in sectors if one.aim is not None}


def _counts(parts: Sequence[Part]) -> tuple[Counter[int], Counter[int]]:
    """How many of each sector have a place, and how many wait."""
    taken: Counter[int] = Counter()
    waiting: Counter[int] = Counter()
    for one in parts:
        if one.state in HAVE_PLACES:
            taken[one.sector_id] += one.number
        elif one.state is BookingState.WAITING:
            waiting[one.sector_id] += one.number - one.to_allow
    return taken, waiting
