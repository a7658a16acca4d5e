from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_course,
    make_date,
    make_held_back_date,
    make_partnership,
    make_postponed_date,
    make_venue,
)
from webapp.formats import news_item
from webapp.models import Announcement, DateState, Format, NewsState, Origin
from webapp.services import news, news_items

LATER = NOW + timedelta(days=30)
HOUR = timedelta(hours=1)


@pytest.fixture
def course(db):
    return make_course()


def test_the_dates_to_come_that_can_be_booked_the_soonest_first(course):
    later = make_date(course=course, starts_at=LATER)
    soon = make_date(course=course, closes_at=NOW + HOUR, opens_at=NOW + timedelta(minutes=1))
    make_date()
    assert list(news_items.dates_of(course, NOW)) == [soon, later]


@pytest.mark.parametrize(
    "facts",
    [
        {"state": DateState.DRAFT},
        {"state": DateState.CANCELLED},
        {"starts_at": NOW, "ends_at": NOW + HOUR},
        {"starts_at": NOW - HOUR, "ends_at": NOW + HOUR},
        {"closes_at": NOW},
    ],
)
def test_what_cannot_be_booked_is_not_announced(course, facts):
    make_date(course=course, **facts)
    assert list(news_items.dates_of(course, NOW)) == []
    assert news_items.undecided(course) == 0


def test_dates_without_a_day_are_counted(course):
    make_held_back_date(course=course)
    make_postponed_date(course=course)
    make_held_back_date()
    assert news_items.undecided(course) == 2
    assert list(news_items.dates_of(course, NOW)) == []


@pytest.mark.parametrize("form", [news_item.text, news_item.html])
def test_what_we_announce_ourselves_waits_for_nobody_when_it_is_read_again(course, db, form):
    make_partnership()
    venue = make_venue(name="West Offices")
    make_date(course=course, venue=venue)
    make_date(course=course, venue=venue, starts_at=NOW + timedelta(days=300))
    make_date(course=course, format=Format.ONLINE, starts_at=LATER)
    item = news_item.of(
        course, news_items.dates_of(course, NOW), address="https://a.example/", now=NOW
    )
    taken = news.take(
        form(item),
        origin=Origin.PASTED,
        name=None,
        published=NOW.date(),
        organiser=None,
        now=NOW,
    )
    [announcement] = db.session.scalars(select(Announcement))
    assert (announcement.state, taken.new) == (NewsState.AS_PUBLISHED, 0)
    assert announcement.course is course
