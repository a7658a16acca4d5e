"""What a draft makes in the programme: the course, its dates, a venue nobody knew before."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from webapp.db import db
from webapp.models import AgendaItem, Course, CourseDate, DateReading, DateState, Venue
from webapp.services import course_dates, courses, occurrences, telling, wishes
from webapp.services.draft_parts import Draft, DraftDate


def about(draft: Draft) -> courses.About:
    """What the new course says of itself. The draft has no problems."""
    assert draft.kind is not None
    return courses.About(
        kind=draft.kind,
        title=draft.title,
        short_title=draft.short_title or draft.title,
        summary=draft.summary,
        outline=draft.outline or draft.summary,
        audience=draft.audience,
        cost=draft.cost or None,
        link=draft.link or None,
        announced_on=draft.item.published,
    )


def dates_of(
    ones: Sequence[DraftDate], course: Course, draft: Draft, now: datetime
) -> list[CourseDate]:
    """These dates, published, and told in one mail to those who asked for the course; or held back
    where nobody said which day is meant."""
    made = [_date_of(one, course, draft, now) for one in ones]
    published = [date for date in made if date.state is DateState.PUBLISHED]
    telling.of_dates(course, published, now=now)
    return made


def _date_of(one: DraftDate, course: Course, draft: Draft, now: datetime) -> CourseDate:
    new = wishes.for_new(one, venue_of(one, now))
    agenda = _agenda(one, draft)
    if not one.would_be_held_back:
        return course_dates.add(course, new, agenda=agenda, now=now)
    day = one.days[0]
    assert day.starts
    assert day.ends
    readings = [
        DateReading(
            starts_at=wishes.moment(reading.day, day.starts),
            ends_at=wishes.moment(reading.day, day.ends),
            reason=reading.why,
        )
        for reading in day.readings
    ]
    return course_dates.add_held_back(
        course,
        new,
        announced_as=occurrences.announced_as(day.session),
        readings=readings,
        agenda=agenda,
        now=now,
    )


def _agenda(one: DraftDate, draft: Draft) -> list[AgendaItem]:
    """The page's, where it fits the one day of this date."""
    [day, *more] = one.days
    lines = draft.item.agenda
    if more or not day.starts or not day.ends:
        return []
    if any(not day.starts <= line.starts < day.ends for line in lines):
        return []
    return [
        AgendaItem(position=number, starts=line.starts, title=line.title, speaker=line.speaker)
        for number, line in enumerate(lines, 1)
    ]


def venue_of(one: DraftDate, now: datetime) -> Venue | None:
    """Where it is; a place we do not know becomes a venue whose address nobody gave so far."""
    if one.is_online or not one.place:
        return None
    if one.venue:
        return one.venue
    made = Venue(name=one.place, address=[], demonstration_values=[], updated_at=now)
    try:
        with db.session.begin_nested():
            db.session.add(made)
    except IntegrityError:
        return db.session.scalars(select(Venue).where(Venue.name == one.place)).one()
    return made
