"""Where face-to-face dates are held: found, and put right with everybody who has a place told."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime

from sqlalchemy import func, select
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
    rooms: list[str] = field(default_factory=list)


def get(venue_id: int) -> Venue:
    """Raises NotFound."""
    return fetch(Venue, venue_id)


def everywhere() -> Sequence[Venue]:
    return db.session.scalars(select(Venue).order_by(Venue.name)).all()


def new(said: Whereabouts, *, now: datetime) -> Venue:
    """A venue nobody knew before, which is not kept so far."""
    return Venue(**asdict(said), demonstration_values=[], updated_at=now)


def add(place: Venue) -> None:
    """Keep a new venue. Raises NameTaken."""
    try:
        with db.session.begin_nested():
            db.session.add(place)
    except IntegrityError:
        raise NameTaken("There is a venue of this name already. Choose it from the list.") from None


def coming_counts(now: datetime) -> dict[int, int]:
    """How many dates are to come at each venue, by its id; those without any are left out."""
    rows = db.session.execute(
        select(CourseDate.venue_id, func.count())
        .where(
            CourseDate.venue_id.is_not(None),
            CourseDate.state == DateState.PUBLISHED,
            CourseDate.ends_at > now,
        )
        .group_by(CourseDate.venue_id)
    )
    return {venue_id: number for venue_id, number in rows if venue_id}


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
