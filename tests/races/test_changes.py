"""Many change a date, book it and give it up at once: whoever comes last, every diary is right."""

import threading
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from functools import partial
from itertools import count

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_course, make_date, make_interest, make_organiser
from tests.people import book, mails
from tests.queries import by_state
from tests.races.runners import app_on, run
from tests.readers.diary import Diary
from webapp.db import db, fetch, will_write
from webapp.errors import Refused
from webapp.models import Booking, BookingState, CourseDate, DateState, Organiser
from webapp.services import (
    arrangements,
    audit,
    bookings,
    calling_off,
    courses,
    date_drafts,
    merging,
    moving,
    telling,
    undoing,
)

REPEATS = 15
HOUR = timedelta(hours=1)
LATER = NOW + timedelta(seconds=1)

pytestmark = [pytest.mark.slow, pytest.mark.postgres]
_number = count(1)


@pytest.fixture
def race(context, url):
    """Do all this at once, each in a thread and a transaction of its own; who was refused."""
    app = app_on(url)

    def race(*legs):
        gate = threading.Barrier(len(legs))

        def go(leg):
            gate.wait()
            return leg(app)

        db.session.rollback()
        with ThreadPoolExecutor(len(legs)) as pool:
            done = list(pool.map(go, legs))
        db.session.rollback()
        return done

    yield race
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


def verb(change, date_id):
    """A leg that does this to the date, read before it is held, as pages do."""

    def leg(app):
        will_write()
        with app.app_context():
            try:
                change(fetch(CourseDate, date_id))
                db.session.commit()
            except Refused as refusal:
                return str(refusal)
        return "done"

    return leg


def moved(hours, room):
    def change(date):
        [(starts_at, ends_at), *_] = arrangements.of(date).days or [(NOW + 9 * HOUR, NOW)]
        days = ((starts_at + hours * HOUR, max(starts_at, ends_at) + hours * HOUR),)
        new = replace(arrangements.of(date), days=days, room=room)
        arrangements.arrange(date, new, now=NOW)

    return change


def put_off(date):
    calling_off.postpone(date, message="The trainer is ill.", now=NOW)


def somebody():
    return f"changing-{next(_number)}@agency.example"


def check_diaries(date_id):
    """Every diary took every message, and holds the date as it now stands, or nothing."""
    date = fetch(CourseDate, date_id)
    for booking in db.session.scalars(select(Booking).where(Booking.course_date_id == date_id)):
        diary = Diary(booking.email)
        for mail in mails(booking.email):
            diary.receive(mail.message)
        assert diary.faults == []
        sure = booking.state is BookingState.CONFIRMED and date.state is DateState.PUBLISHED
        where = ", ".join([*([date.room] if date.room else []), date.venue.one_line])
        held = [(date.course.title, day.starts_at, day.ends_at, where) for day in date.days]
        assert diary.entries() == (held if sure else [])


def test_whoever_changes_it_last_every_diary_has_that(race):
    for _ in range(REPEATS):
        date = make_date(capacity=5)
        staying, leaving = book(date, somebody()), book(date, somebody())
        date_id, leaving_id, coming = date.id, leaving.id, [somebody(), somebody()]
        legs = [verb(moved(hours, f"Room {hours}"), date_id) for hours in (1, 2, 3)]
        legs += [partial(run, leg=("book", date_id, email)) for email in coming]
        legs.append(partial(run, leg=("cancel", leaving_id)))
        assert race(*legs) == ["done"] * len(legs)

        assert len(fetch(CourseDate, date_id).days) == 1
        assert staying.state is BookingState.CONFIRMED
        check_diaries(date_id)


def test_put_off_while_it_is_changed_and_booked_it_is_one_or_the_other(race):
    for _ in range(REPEATS):
        date = make_date(capacity=5)
        book(date, somebody())
        date_id, coming = date.id, somebody()
        done = race(
            verb(put_off, date_id),
            verb(put_off, date_id),
            verb(moved(2, "Room 2"), date_id),
            partial(run, leg=("book", date_id, coming)),
        )

        # A change in between gave it a day again, and the second one put that off, too.
        assert done[0] == "done" or done[1] == "done"
        assert {*done[:2]} <= {"This date has been postponed already.", "done"}
        check_diaries(date_id)


def live_on(date_id):
    found = by_state(fetch(CourseDate, date_id))
    return [email for state, who in found.items() if state != "cancelled" for email in who]


def withdrawn_course(date):
    courses.withdraw(date.course, now=NOW)


@pytest.mark.parametrize("withdraw", [partial(date_drafts.withdraw, now=NOW), withdrawn_course])
def test_withdrawn_while_somebody_books_it_is_one_or_the_other(race, withdraw):
    for _ in range(REPEATS):
        date = make_date(capacity=5, course=make_course())
        date_id, coming = date.id, somebody()
        done = race(verb(withdraw, date_id), partial(run, leg=("book", date_id, coming)))

        date = fetch(CourseDate, date_id)
        is_shown = date.state is DateState.PUBLISHED and date.course.is_published
        assert sorted(answer == "done" for answer in done) == [False, True]
        assert is_shown == (done[1] == "done")
        assert live_on(date_id) == ([coming] if is_shown else [])


def test_published_by_two_at_once_everybody_hears_of_it_once(race):
    for _ in range(REPEATS):
        course, waiting = make_course(), somebody()
        make_interest(course, waiting)
        date_id = make_date(course=course, state=DateState.DRAFT).id
        publish = verb(partial(date_drafts.publish, now=NOW), date_id)
        assert sorted(race(publish, publish)) == ["This date is not a draft.", "done"]
        assert [mail.kind for mail in mails(waiting)] == ["new_date"]


@pytest.mark.parametrize("in_order", [False, True])
def test_two_workers_tell_of_the_same_dates_and_everybody_hears_once(race, in_order):
    for _ in range(REPEATS):
        course, waiting = make_course(tells_in_order=in_order), [somebody() for _ in range(3)]
        for email in waiting:
            make_interest(course, email)
        dates = [make_date(course=course, capacity=1, tell_interested_at=NOW) for _ in range(2)]
        legs = [verb(partial(telling.tell_if_due, now=NOW), date.id) for date in dates * 2]
        assert race(*legs) == ["done"] * 4
        told = [mail.to for email in waiting for mail in mails(email)]
        assert told == waiting[: 2 if in_order else 3]


def test_two_dates_merged_into_each_other_at_once_are_one(race):
    for _ in range(REPEATS):
        course, people = make_course(), [somebody() for _ in range(4)]
        ids = [make_date(course=course, capacity=5).id for _ in range(2)]
        for number, email in enumerate(people):
            book(fetch(CourseDate, ids[number % 2]), email)

        def into(other_id):
            return lambda date: merging.merge(
                date, fetch(CourseDate, other_id), reason=None, now=NOW
            )

        done = race(verb(into(ids[1]), ids[0]), verb(into(ids[0]), ids[1]))

        assert done.count("done") == 1
        states = [fetch(CourseDate, key).state for key in ids]
        assert sorted(states) == [DateState.CANCELLED, DateState.PUBLISHED]
        assert sorted(live_on(ids[0]) + live_on(ids[1])) == sorted(people)


def made(organiser, date, change):
    """The way back from an organiser's change of the date and its course."""
    was = undoing.look(date, date.course, now=LATER)
    change(date)
    line = audit.record(organiser, "changed it", course_date=date, now=LATER)
    kept = undoing.remember(was, line, now=LATER)
    db.session.commit()
    return kept


def undo(kept, organiser_id, date_id):
    def leg(date):
        undoing.undo(kept, fetch(Organiser, organiser_id), now=LATER)

    return verb(leg, date_id)


def other_hours(date):
    days = tuple((start + 3 * HOUR, end + 3 * HOUR) for start, end in arrangements.of(date).days)
    arrangements.arrange(date, replace(arrangements.of(date), days=days, room="New"), now=LATER)


def test_undone_while_somebody_books_it_is_one_or_the_other(race):
    organiser = make_organiser()
    for _ in range(REPEATS):
        date = make_date(state=DateState.DRAFT, course=make_course(is_published=False))
        kept = made(organiser, date, partial(date_drafts.publish, now=LATER))
        date_id, coming = date.id, somebody()
        done = race(undo(kept, organiser.id, date_id), partial(run, leg=("book", date_id, coming)))

        date = fetch(CourseDate, date_id)
        is_shown = date.state is DateState.PUBLISHED and date.course.is_published
        assert done[0] == (undoing.BOOKED_SINCE if is_shown else "done")
        assert (done[1] == "done") == is_shown
        assert live_on(date_id) == ([coming] if is_shown else [])


def test_undone_while_a_colleague_changes_it_theirs_stays(race):
    organiser = make_organiser()
    for _ in range(REPEATS):
        date = make_date(room="The old room")
        kept = made(organiser, date, other_hours)
        date_id, [day] = date.id, date.days
        risen = day.revision
        done = race(undo(kept, organiser.id, date_id), verb(moved(5, "Theirs"), date_id))

        date = fetch(CourseDate, date_id)
        [day] = date.days
        assert done[0] in {"done", undoing.CHANGED_SINCE}
        assert done[1] == "done"
        assert date.room == "Theirs"
        assert day.revision == risen + done.count("done")


def test_pressed_twice_at_once_it_is_undone_once(race):
    organiser = make_organiser()
    for _ in range(REPEATS):
        date = make_date(room="The old room")
        kept = made(organiser, date, other_hours)
        date_id, [day] = date.id, date.days
        risen = day.revision
        press = undo(kept, organiser.id, date_id)
        assert race(press, press) == ["done", "done"]

        date = fetch(CourseDate, date_id)
        assert date.room == "The old room"
        assert [day.revision for day in date.days] == [risen + 1]


def several(verb_, ids):
    """A leg that does this to all these bookings, as they are found after the wait."""
    return lambda _: verb_([fetch(Booking, key) for key in ids])


def test_several_are_cancelled_while_people_book_and_every_place_is_somebody_s_once(race):
    def call_off(found):
        bookings.cancel_all(found, reason="The team does not come", now=NOW)

    for _ in range(REPEATS):
        date = make_date(capacity=3)
        ids = [book(date, somebody()).id for _ in range(3)]
        line = [book(date, somebody()).email for _ in range(2)]
        date_id, coming = date.id, [somebody() for _ in range(3)]
        legs = [partial(run, leg=("book", date_id, email)) for email in coming]
        done = race(
            verb(several(call_off, ids), date_id), partial(run, leg=("cancel", ids[1])), *legs
        )

        # Whose booking went meanwhile stands in the way of all.
        assert done[0] == "done" or "cancelled already" in done[0]
        assert done[1:] == ["done"] * 4
        standing = by_state(fetch(CourseDate, date_id))
        taken = len(standing[BookingState.CONFIRMED]) + len(standing[BookingState.OFFERED])
        assert taken == 3
        told = [[mail.kind for mail in mails(email)] for email in (*line, *coming)]
        assert [kinds.count("booking_offered") for kinds in told] == [
            int(email in standing[BookingState.OFFERED]) for email in (*line, *coming)
        ]


def test_several_moved_each_way_at_once_do_not_wait_for_each_other(race):
    for _ in range(REPEATS):
        course = make_course()
        dates = [make_date(course=course, capacity=8) for _ in range(2)]
        ids = [[book(date, somebody()).id for _ in range(3)] for date in dates]
        keys = [date.id for date in dates]

        def to(other_id):
            def go(found):
                moving.move_all(
                    found,
                    fetch(CourseDate, other_id),
                    reason=None,
                    over_capacity_reason=None,
                    now=NOW,
                )

            return go

        done = race(
            verb(several(to(keys[1]), ids[0]), keys[0]),
            verb(several(to(keys[0]), ids[1]), keys[1]),
            partial(run, leg=("book", keys[0], somebody())),
        )
        assert done == ["done"] * 3
        assert sorted(len(live_on(key)) for key in keys) == [3, 4]


def test_a_course_withdrawn_while_two_of_its_dates_are_merged_holds_them_in_the_same_order(race):
    for _ in range(REPEATS):
        course = make_course()
        ids = [make_date(course=course, capacity=5).id for _ in range(2)]
        # Changed last, it is the last that PostgreSQL finds.
        fetch(CourseDate, ids[0]).capacity = 6
        db.session.commit()

        def into(other_id):
            return lambda date: merging.merge(
                date, fetch(CourseDate, other_id), reason=None, now=NOW
            )

        assert race(verb(withdrawn_course, ids[0]), verb(into(ids[1]), ids[0])) == ["done"] * 2
