from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_held_back_date,
    make_interest,
    make_practitioner,
    make_venue,
)
from webapp.models import BookingState, DateState, Format
from webapp.services import search
from webapp.services.search import What


def ids(text, what):
    return [row.id for row in search.everything(text, what).page.rows]


@pytest.mark.parametrize(
    "text", ["jose", "JOSÉ garcia", "garcia@school", "anytown primary", "head", "east team"]
)
def test_a_person_is_found_by_whatever_they_said_of_themselves(db, text):
    make_booking()
    jose = make_booking(
        name="José García",
        email="garcia@school.example",
        agency=make_agency("A primary school"),
        organisation="Anytown Primary",
        job_role="Head teacher",
        team="East team",
    )

    assert ids(text, What.PEOPLE) == [jose.id]


def test_a_person_s_bookings_stand_together_the_latest_first_whatever_became_of_them(db):
    ann, zoe = make_practitioner("ann@x.example"), make_practitioner("zoe@x.example")
    old = make_booking(practitioner=ann, name="Ann", state=BookingState.CANCELLED)
    other = make_booking(practitioner=zoe, name="Zoe", booked_at=NOW + timedelta(1))
    new = make_booking(practitioner=ann, name="Ann", booked_at=NOW + timedelta(2))

    assert ids("x.example", What.PEOPLE) == [new.id, old.id, other.id]


@pytest.mark.parametrize("text", ["2 may", "friday", "02/05/2025", "2025-05-02", "town hall blue"])
def test_a_date_is_found_by_any_of_its_days_and_by_its_place(db, text):
    first = NOW + timedelta(days=14)
    days = [(first + timedelta(days=n), first + timedelta(days=n, hours=3)) for n in (0, 1)]
    date = make_date(days=days, venue=make_venue(name="Town Hall"), room="Blue room")
    make_date(format=Format.ONLINE, starts_at=NOW + timedelta(days=60))

    assert ids(text, What.DATES) == [date.id]


def test_dates_of_every_state_are_found_and_those_without_a_day_come_first(db):
    draft = make_date(state=DateState.DRAFT, starts_at=NOW + timedelta(days=9))
    cancelled = make_date(state=DateState.CANCELLED, starts_at=NOW + timedelta(days=20))
    waiting = make_held_back_date()

    assert ids("safeguarding", What.DATES) == [waiting.id, cancelled.id, draft.id]
    assert ids("21 march", What.DATES) == [waiting.id]


def test_a_course_is_found_published_or_not(db):
    make_course()
    hidden = make_course(
        title="Neglect", summary="Signs", topics=["early help"], is_published=False
    )

    assert ids("neglect", What.COURSES) == [hidden.id]
    assert ids("early help", What.COURSES) == [hidden.id]


def test_the_first_kind_of_which_there_is_something_is_shown_unless_one_is_asked_for(db):
    make_course(title="Neglect")

    found = search.everything("neglect", None)
    assert (found.what, found.page.total) == (What.COURSES, 1)
    assert found.counts == dict.fromkeys(What, 0) | {What.COURSES: 1}
    assert search.everything("neglect", What.DATES).page.rows == []
    assert search.everything("nothing such", None).what is What.PEOPLE


def test_who_is_interested_is_found_until_they_no_longer_are(db):
    course = make_course()
    ann = make_interest(course, "ann@x.example", name="Ann")
    make_interest(course, "anna@x.example", name="Anna", withdrawn_at=NOW)

    assert ids("ann", What.INTERESTED) == [ann.id]
