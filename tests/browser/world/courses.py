"""Courses and dates that are still being made: drafts, rooms, and dates without a twin."""

from datetime import timedelta

from tests.conftest import NOW
from tests.makers import make_course, make_date, make_interest, make_venue
from webapp.models import DateState, Format


def build(world):
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
    world.courses |= {
        "unpublished": make_course(title="Not yet to be seen", is_published=False),
    }
