"""Slides and papers of a date: attached by organisers, taken away by those who have a place."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from webapp.db import LARGEST_KEY, db
from webapp.errors import NotFound, Refused
from webapp.formats import handouts as files
from webapp.models import Booking, BookingState, CourseDate, Handout
from webapp.services import places

# Of one date.
MOST = 20


def of_date(date: CourseDate) -> Sequence[Handout]:
    """In the order they were attached, without what is in them."""
    return db.session.scalars(
        select(Handout).where(Handout.course_date_id == date.id).order_by(Handout.id)
    ).all()


def get(date: CourseDate, handout_id: int) -> Handout:
    """The file of this date, with what is in it. Raises NotFound."""
    found = db.session.scalar(
        select(Handout)
        .where(Handout.id == min(handout_id, LARGEST_KEY), Handout.course_date_id == date.id)
        .options(undefer(Handout.content))
    )
    if found is None:
        raise NotFound("There is no such file on this date.")
    return found


def for_booking(booking: Booking) -> Sequence[Handout]:
    """What this booking opens: the files of its date to whoever has a place, before and after."""
    return of_date(booking.course_date) if _opens(booking) else []


def of_booking(booking: Booking, handout_id: int) -> Handout:
    """One of them, with what is in it. Raises NotFound."""
    if not _opens(booking):
        raise NotFound("This booking opens no files.")
    return get(booking.course_date, handout_id)


def add(date: CourseDate, name: str, content: bytes, *, now: datetime) -> Handout:
    """Attach a file; one of the same name takes the other's place. Raises Refused."""
    name = files.checked(name, content)
    places.hold(date)
    same = select(Handout).where(Handout.course_date_id == date.id, Handout.name == name)
    before = db.session.scalar(same)
    if before is not None:
        db.session.delete(before)
    elif _how_many(date) >= MOST:
        raise Refused(f"This date has {MOST} files, and there cannot be more")
    made = Handout(
        course_date_id=date.id, name=name, size=len(content), content=content, added_at=now
    )
    db.session.add(made)
    db.session.flush()
    return made


def remove(handout: Handout) -> None:
    db.session.delete(handout)
    db.session.flush()


def _how_many(date: CourseDate) -> int:
    here = Handout.course_date_id == date.id
    return db.session.scalar(select(func.count()).select_from(Handout).where(here)) or 0


def _opens(booking: Booking) -> bool:
    return booking.state is BookingState.CONFIRMED and not booking.course_date.is_off
