"""Who waits for a date has read it before, and the clock: what another did meanwhile counts."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_date, make_organiser, make_venue
from tests.people import book, mails
from tests.races.runners import app_on
from tests.readers.diary import Diary
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import filled_in, main
from webapp.db import db, fetch, will_write
from webapp.models import Agency, BookingTerms, CourseDate, Venue
from webapp.services import arrangements, bookings, calling_off, venues
from webapp.services.venues import Whereabouts

HOUR = timedelta(hours=1)
# SQLite lets nobody else write while a door is open, so there the second comes second.
PATIENCE = 1

pytestmark = [pytest.mark.slow, pytest.mark.postgres]


@pytest.fixture
def another_app(context, url):
    """For those who come at the same time; its connections are closed after them."""
    app = app_on(url)
    app.config["WTF_CSRF_ENABLED"] = False
    yield app
    with app.app_context():
        db.session.remove()
        db.engine.dispose()


@pytest.fixture
def overtaken(another_app):
    """Do what `slow` says after it has read its rows, and `quick` in between, where that can be."""
    app = another_app

    def overtaken(read, slow, quick):
        has_read, is_done = threading.Event(), threading.Event()

        def go_slow():
            will_write()
            with app.app_context():
                rows = read()
                has_read.set()
                is_done.wait(PATIENCE)
                slow(*rows)
                db.session.commit()

        def go_quick():
            has_read.wait()
            will_write()
            with app.app_context():
                quick()
                db.session.commit()
            is_done.set()

        db.session.rollback()
        with ThreadPoolExecutor(2) as pool:
            for leg in [pool.submit(go_slow), pool.submit(go_quick)]:
                leg.result()
        db.session.rollback()

    return overtaken


def moved(venue_id, address):
    place = fetch(Venue, venue_id)
    new = Whereabouts(place.name, address, None, None, None)
    return venues.move(place, new, now=NOW + HOUR)


def diary_of(email):
    diary = Diary(email)
    for mail in mails(email):
        diary.receive(mail.message)
    return diary


def test_who_books_while_the_venue_is_put_right_is_invited_to_the_new_address(overtaken):
    date = make_date(venue=make_venue(name="Guildhall", address=["Old Street"]))
    date_id, venue_id = date.id, date.venue_id

    def read():
        date, place = fetch(CourseDate, date_id), fetch(Venue, venue_id)
        return date, place, db.session.scalars(select(BookingTerms)).one()

    def slow(date, place, terms):
        agency = db.session.scalars(select(Agency)).first()
        said = bookings.Details(name="Zoe", agency=agency, job_role="Nurse")
        bookings.book(
            date, email="zoe@a.example", details=said, terms=terms, submission="z", now=NOW
        )

    overtaken(read, slow, lambda: moved(venue_id, ["New Street"]))

    [entry] = diary_of("zoe@a.example").entries()
    assert entry[3] == "Guildhall, New Street"


def test_a_venue_put_right_invites_nobody_to_a_date_put_off_meanwhile(overtaken):
    date = make_date(venue=make_venue(name="Mansion", address=["Old Street"]))
    book(date, "yan@a.example")
    date_id, venue_id = date.id, date.venue_id

    def read():
        place = fetch(Venue, venue_id)
        return place, venues.coming_at(place, NOW)

    def slow(place, dates):
        new = Whereabouts(place.name, ["New Street"], None, None, None)
        found, venues.coming_at = venues.coming_at, lambda place, now: dates
        try:
            venues.move(place, new, now=NOW + HOUR)
        finally:
            venues.coming_at = found

    def quick():
        calling_off.postpone(fetch(CourseDate, date_id), message="", now=NOW + HOUR)

    overtaken(read, slow, quick)

    diary = diary_of("yan@a.example")
    assert (diary.faults, diary.entries()) == ([], [])


def test_who_looked_at_the_clock_first_and_comes_second_stamps_it_later(overtaken):
    date = make_date()
    book(date, "xia@a.example")
    date_id = date.id

    def read():
        return (fetch(CourseDate, date_id),)

    def change(date, room, now):
        arrangements.arrange(date, replace(arrangements.of(date), room=room), now=now)

    overtaken(
        read,
        lambda date: change(date, "Room 2", NOW + HOUR),
        lambda: change(fetch(CourseDate, date_id), "Room 3", NOW + 2 * HOUR),
    )

    assert diary_of("xia@a.example").faults == []


def test_of_two_organisers_who_save_at_once_the_second_is_shown_what_the_first_did(another_app):
    app = another_app
    date, me = make_date(), make_organiser(email="desk@partnership.example")
    desk, page = sign_in_as(app.test_client(), me), f"/organiser/dates/{date.id}/details"
    date_id = date.id
    db.session.rollback()
    form = filled_in(desk.get(page), room="Room 2")
    is_saving = threading.Event()

    def first():
        will_write()
        with app.app_context():
            date = fetch(CourseDate, date_id)
            new = replace(arrangements.of(date), room="Room 3")
            arrangements.arrange(date, new, now=NOW + HOUR)
            is_saving.set()
            time.sleep(PATIENCE)  # by when the second has come as far as it can
            db.session.commit()

    with ThreadPoolExecutor(1) as pool:
        leg = pool.submit(first)
        is_saving.wait()
        answer = desk.post(page, data=form)
        leg.result()

    db.session.rollback()
    assert fetch(CourseDate, date_id).room == "Room 3"
    assert "Somebody has changed this date" in main(answer).text
