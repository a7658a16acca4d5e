"""Courses and dates that are still being made: drafts, rooms, and dates without a twin."""

from datetime import timedelta

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_interest,
    make_many_dates,
    make_venue,
    save,
)
from webapp.db import db
from webapp.models import Attendance, AuditLine, BookingState, DateState, Ending, Format
from webapp.services import telling


def build(world):
    # So that the programme has a second page, and this course has.
    every_week = make_course(title="Safeguarding week by week")
    make_many_dates(51, first=NOW + timedelta(days=400), course=every_week)
    hall = make_venue(name="Riverside Hall", rooms=["Hudson Room | 4", "Loft"])
    draft = {"course": world.open.course, "venue": hall, "state": DateState.DRAFT}
    make_interest(world.open.course, "wants.to.know@york.gov.uk")
    world.dates |= {
        "draft": make_date(**draft, starts_at=NOW + timedelta(days=80), minimum=1),
        "past draft": make_date(**draft, starts_at=NOW - timedelta(days=3)),
        "room too small": make_date(
            **draft, starts_at=NOW + timedelta(days=81), room="Hudson Room", capacity=30
        ),
        "online draft": make_date(
            course=world.no_dates,
            state=DateState.DRAFT,
            format=Format.ONLINE,
            join_link=None,
            starts_at=NOW + timedelta(days=82),
        ),
        "without a twin": make_date(course=make_course(title="Held once"), venue=hall),
    }
    wanted = make_course(title="Told in the order people asked", tells_in_order=True)
    for number in range(4):
        make_interest(
            wanted, f"wants.{number}@york.gov.uk", registered_at=NOW - timedelta(days=9 - number)
        )
    world.courses |= {
        "unpublished": make_course(title="Not yet to be seen", is_published=False),
        "told in order": wanted,
        "every week": every_week,
    }
    in_order = {"course": wanted, "starts_at": NOW + timedelta(days=83)}
    world.dates |= {
        "draft told in order": make_date(
            **in_order | {"starts_at": NOW + timedelta(days=85)},
            state=DateState.DRAFT,
            capacity=2,
        ),
        "opens later": make_date(
            **in_order, opens_at=NOW + timedelta(days=3), tell_interested_at=NOW
        ),
        "told of": make_date(**in_order | {"starts_at": NOW + timedelta(days=84)}, capacity=1),
        "full": make_date(
            course=make_course(title="No place is left", short_title="No place left"), capacity=0
        ),
    }
    _taken_again()
    telling.of_dates(wanted, [world.dates["told of"]], now=NOW)
    db.session.commit()


def _taken_again():
    """A term in which places came free, and a policy changed."""
    starts_at = NOW - timedelta(days=150)
    date = make_date(
        course=make_course(title="Safeguarding-and-information-sharing for everybody"),
        starts_at=starts_at,
        capacity=2,
    )
    booked = {"booked_at": starts_at - timedelta(days=30)}
    freed = starts_at - timedelta(days=2)
    make_booking(date, **booked, name="Abe Absent", attendance=Attendance.ABSENT)
    make_booking(
        date,
        **booked,
        state=BookingState.CANCELLED,
        ending=Ending.BY_PRACTITIONER,
        cancelled_at=freed,
        gave_up_late=True,
    )
    make_booking(
        date,
        **booked,
        waiting_since=booked["booked_at"],
        place_taken_at=freed + timedelta(hours=5),
        attendance=Attendance.ATTENDED,
    )
    save(AuditLine(at=freed, action="changed the settings", detail="Freed places"))
