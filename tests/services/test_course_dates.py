from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_held_back_date,
    make_interest,
    make_partnership,
    make_postponed_date,
)
from webapp.errors import NotFound, Refused
from webapp.models import BookingState, CourseDate, DateReading, DateState, Email, Format
from webapp.services import course_dates, venues
from webapp.services.arrangements import Arrangements
from webapp.services.venues import Whereabouts

START, END = NOW + timedelta(days=34), NOW + timedelta(days=34, hours=6)


def settle(db, date, starts_at=START, ends_at=END):
    course_dates.settle(date, starts_at, ends_at, now=NOW)
    db.session.commit()


def told(db):
    return db.session.scalars(select(Email.to).where(Email.kind == "new_date")).all()


@pytest.fixture(autouse=True)
def _partnership(db):
    make_partnership()


def test_settling_publishes_the_date_on_its_day(db):
    date = make_held_back_date()
    settle(db, date)

    assert date.state is DateState.PUBLISHED
    assert (date.starts_at, date.ends_at) == (START, END)
    assert [(day.starts_at, day.ends_at) for day in date.days] == [(START, END)]
    assert date.why_not_bookable(NOW) is None


def test_people_who_registered_interest_are_told_once(db):
    date = make_held_back_date()
    make_interest(date.course, "ann@x.example")
    make_interest(date.course, "bob@x.example", withdrawn_at=NOW)
    make_interest(make_course(), "cat@x.example")

    settle(db, date)
    assert told(db) == ["ann@x.example"]

    course_dates.hold_back(date, now=NOW)
    settle(db, date)
    assert told(db) == ["ann@x.example"]


def test_settled_anew_on_another_day_people_are_told_of_that(db):
    date = make_held_back_date()
    make_interest(date.course, "ann@x.example")
    settle(db, date)
    course_dates.hold_back(date, now=NOW)
    settle(db, date, START + timedelta(days=1), END + timedelta(days=1))

    assert told(db) == ["ann@x.example"] * 2


def test_a_day_that_has_passed_can_be_settled_and_nobody_is_written_to(db):
    date = make_held_back_date()
    make_interest(date.course)
    settle(db, date, NOW - timedelta(days=27), NOW - timedelta(days=26))

    assert date.is_past(NOW)
    assert told(db) == []


def test_the_end_must_be_after_the_start(db):
    with pytest.raises(Refused, match="after the start"):
        settle(db, make_held_back_date(), START, START)


def test_what_somebody_settled_meanwhile_is_not_settled_again(db):
    date = make_held_back_date()
    settle(db, date)
    with pytest.raises(Refused, match="settled already"):
        settle(db, date, START + timedelta(days=7), END + timedelta(days=7))


def test_settling_can_be_undone_while_nobody_has_booked(db):
    date = make_held_back_date()
    settle(db, date)
    course_dates.hold_back(date, now=NOW)
    db.session.commit()

    assert date.state is DateState.HELD_BACK
    assert date.starts_at is None
    assert "to be confirmed" in date.why_not_bookable(NOW)


def test_a_day_keeps_its_identity_through_settling_anew_and_diaries_see_a_revision(db):
    date = make_held_back_date()
    settle(db, date)
    [day] = date.days
    before = (day.uid, day.revision)
    course_dates.hold_back(date, now=NOW)
    settle(db, date, START + timedelta(days=1), END + timedelta(days=1))

    [day] = date.days
    assert (day.uid, day.revision) == (before[0], before[1] + 1)


def test_settled_anew_on_the_same_day_it_is_newer_too_since_its_venue_may_have_moved(db):
    date = make_held_back_date()
    settle(db, date)
    [day] = date.days
    before = (day.uid, day.revision)
    course_dates.hold_back(date, now=NOW)
    venues.move(date.venue, Whereabouts("Guildhall", ["York"], None, None, None), now=NOW)
    settle(db, date)

    [day] = date.days
    assert (day.uid, day.revision) == (before[0], before[1] + 1)


def test_settling_cannot_be_undone_once_somebody_has_booked_even_if_they_cancelled(db):
    date = make_held_back_date()
    settle(db, date)
    make_booking(date, state=BookingState.CANCELLED)

    with pytest.raises(Refused, match="has booked"):
        course_dates.hold_back(date, now=NOW)


def test_a_date_that_was_never_in_doubt_cannot_be_held_back(db):
    with pytest.raises(Refused, match="held back before"):
        course_dates.hold_back(make_date(), now=NOW)


def test_past_dates_come_the_latest_first(db):
    old = make_date(starts_at=NOW - timedelta(days=9))
    new = make_date(starts_at=NOW - timedelta(days=2))
    make_date()

    assert course_dates.past(NOW, 1).rows == [new, old]


def test_cancelled_dates_are_among_the_past_ones_whenever_they_were_to_be(db):
    old = make_date(starts_at=NOW - timedelta(days=9))
    cancelled = make_date(state=DateState.CANCELLED)
    make_postponed_date()
    make_date(state=DateState.DRAFT)

    assert course_dates.past(NOW, 1).rows == [cancelled, old]


def test_organisers_find_a_date_in_every_state(db):
    draft = make_date(state=DateState.DRAFT)
    assert course_dates.get(draft.id) is db.session.get(CourseDate, draft.id)
    with pytest.raises(NotFound):
        course_dates.get(draft.id + 1)


# New dates


def new(**facts):
    return Arrangements(
        **{
            "days": ((START, END),),
            "format": Format.ONLINE,
            "venue": None,
            "capacity": 12,
            "room": "Oak Suite",
            "platform": "Microsoft Teams",
            "join_link": "https://teams.example/1",
            "before_you_come": None,
            "closes_at": None,
            **facts,
        }
    )


def test_a_new_date_is_published(db):
    course = make_course()
    made = course_dates.add(course, new(), now=NOW)
    db.session.commit()

    assert (made.state, made.starts_at, made.ends_at) == (DateState.PUBLISHED, START, END)
    assert (made.capacity, made.platform, made.course) == (12, "Microsoft Teams", course)
    # A room is a building's.
    assert made.room is None
    assert made.why_not_bookable(NOW) is None
    assert course_dates.of_courses([course.id]) == {course.id: [made]}


@pytest.mark.parametrize(
    ("facts", "sentence"),
    [
        ({"days": ()}, "at least one day"),
        ({"days": ((END, START),)}, "end must be after"),
        ({"days": ((START, END), (START, END))}, "overlap"),
        ({"days": ((NOW, END),)}, "in the future"),
        ({"closes_at": END}, "before the start"),
    ],
)
def test_a_new_date_that_cannot_be_is_refused(db, facts, sentence):
    with pytest.raises(Refused, match=sentence):
        course_dates.add(make_course(), new(**facts), now=NOW)
    assert db.session.scalars(select(CourseDate)).all() == []


def test_a_new_date_with_its_day_in_doubt_is_held_back_and_told_when_it_is_settled(db):
    course = make_course()
    make_interest(course, "ann@x.example")
    readings = [DateReading(starts_at=START, ends_at=END, reason="It is a Wednesday.")]
    made = course_dates.add_held_back(
        course, new(days=()), announced_as="Wednesday 21 March", readings=readings, now=NOW
    )
    db.session.commit()

    assert made.state is DateState.HELD_BACK
    assert made.announced_as == "Wednesday 21 March"
    assert told(db) == []
    settle(db, made)
    assert told(db) == ["ann@x.example"]
