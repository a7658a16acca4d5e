"""Where face-to-face dates are held: found, and put right with everybody who has a place told."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import joinedload, selectinload

from webapp.db import db, fetch
from webapp.errors import Refused
from webapp.models import CourseDate, DateState, Venue
from webapp.services import arrangements, places
from webapp.services.notices import Change


class NameTaken(Refused):
    """Another venue has this name."""


@dataclass(frozen=True)
class Whereabouts:
    """What a venue's page says."""

    name: str
    address: list[str]
    directions: str | None
    parking: str | None
    access_notes: str | None


def get(venue_id: int) -> Venue:
    """Raises NotFound."""
    return fetch(Venue, venue_id)


def everywhere() -> Sequence[Venue]:
    return db.session.scalars(select(Venue).order_by(Venue.name)).all()


def new(name: str, address: Sequence[str], *, now: datetime) -> Venue:
    """A venue nobody knew before, which is not kept so far."""
    return Venue(name=name, address=list(address), demonstration_values=[], updated_at=now)


def add(place: Venue) -> None:
    """Keep a new venue. Raises NameTaken."""
    try:
        with db.session.begin_nested():
            db.session.add(place)
    except IntegrityError:
        raise NameTaken("There is a venue of this name already. Choose it from the list.") from None


def coming_at(place: Venue, now: datetime) -> Sequence[CourseDate]:
    """The published dates at this venue that are not over, soonest first."""
    return db.session.scalars(
        select(CourseDate)
        .where(
            CourseDate.venue_id == place.id,
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.ends_at > now,
        )
        .order_by(CourseDate.id)
        .options(joinedload(CourseDate.course), selectinload(CourseDate.all_days))
    ).all()


def move(place: Venue, new: Whereabouts, *, now: datetime) -> int:
    """Put right what we say of a venue; whoever has a place there is told of another address.

    Raises Refused when another venue has the name.
    """
    if db.session.scalar(select(Venue.id).where(Venue.name == new.name, Venue.id != place.id)):
        raise Refused("Another venue has this name already.")
    dates = [date for date in coming_at(place, now) if _is_still_there(date, place)]
    was = place.one_line
    for name in Whereabouts.__dataclass_fields__:
        setattr(place, name, getattr(new, name))
    if place.one_line != was:
        # The point on the map was the old address's.
        place.latitude = place.longitude = None
    place.demonstration_values = []
    place.updated_at = now
    changes = [Change("The address", was, place.one_line)] if place.one_line != was else []
    return sum(arrangements.tell(date, changes, now=now) for date in dates)


def _is_still_there(date: CourseDate, place: Venue) -> bool:
    """Hold the date; it may have been called off meanwhile, or be held elsewhere now."""
    places.hold(date)
    return date.state is DateState.PUBLISHED and date.venue_id == place.id
