from dataclasses import replace
from datetime import timedelta

import pytest

from tests.calendars import faults
from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_date,
    make_many_dates,
    make_organiser,
    make_partnership,
    make_practitioner,
    make_venue,
)
from tests.people import book, partnership, settle_in
from webapp.db import db as database
from webapp.formats import calendar_cache
from webapp.models import BookingState, CourseDate, DateState, Ending, Format, RoleName
from webapp.services import arrangements, bookings, calendars, calling_off, diaries, venues
from webapp.services import partnership as partnerships
from webapp.services.practitioners import choose_title
from webapp.services.programme import EVERYTHING
from webapp.services.venues import Whereabouts

SOURCE = "https://training.example/programme.ics"


@pytest.fixture(autouse=True)
def _address(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")


def programme(now=NOW, filters=EVERYTHING):
    return calendars.programme(filters, partnership(), name="All", source=SOURCE, now=now)


def personal(person, now=NOW):
    return calendars.personal(person, partnership(), name="Mine", now=now)


def teaching(organiser, now=NOW):
    return calendars.of_trainer(organiser, partnership(), name="Mine", now=now)


def everything(now=NOW):
    return calendars.of_everything(partnership(), name="All", now=now)


def export(now=NOW):
    database.session.flush()
    return calendars.export(partnership(), now=now)


def uids(ics):
    return [line for line in ics.decode().split("\r\n") if line.startswith("UID:")]


def counted(ask):
    """The entries that were written for this, and what was answered."""
    before = calendar_cache.entries.keys()
    answer = ask()
    return len(calendar_cache.entries.keys() - before), answer


def test_a_calendar_asked_for_again_writes_no_entry_again():
    make_partnership()
    person, teacher = make_practitioner(), make_organiser(role=RoleName.TRAINER)
    for _ in range(3):
        date = make_date(trainers=[teacher])
        diaries.invitations(make_booking(date, practitioner=person), now=NOW)
    for ask in (programme, everything, lambda: personal(person), lambda: teaching(teacher)):
        written, first = counted(ask)
        assert written == 3
        assert counted(ask) == (0, first)


def test_what_each_may_see_is_kept_apart():
    make_partnership()
    person, teacher = make_practitioner(), make_organiser(role=RoleName.TRAINER)
    make_booking(make_date(format=Format.ONLINE, trainers=[teacher]), practitioner=person)
    secret = b"teams.example/join"
    assert secret in personal(person)
    assert secret in teaching(teacher)
    assert secret not in programme()
    assert secret not in everything()


def cold(ask, now):
    """What it says with nothing kept."""
    calendar_cache.forget()
    return ask(now)


def test_after_every_change_it_says_what_it_would_say_with_nothing_kept():
    settle_in()
    teacher = make_organiser(role=RoleName.TRAINER)
    days = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=2)) for n in (20, 21)]
    date = make_date(
        format=Format.ONLINE, days=days, starts_at=days[0][0], ends_at=days[1][1], capacity=1
    )
    hall = make_venue()
    database.session.refresh(date)
    date.trainers = [teacher]
    for number, email in enumerate(("ann@agency.example", "ben@agency.example")):
        book(date, email, submission=str(number))
    ann, ben = (booking.practitioner for booking in date.bookings)
    asks = [
        programme,
        everything,
        export,
        lambda now: personal(ann, now),
        lambda now: personal(ben, now),
        lambda now: teaching(teacher, now),
    ]
    now = NOW

    later = ((NOW + timedelta(days=40), NOW + timedelta(days=40, hours=2)),)

    def arranged(**facts):
        return lambda now: arrangements.arrange(
            date, replace(arrangements.of(date), **facts), now=now
        )

    changes = [
        lambda now: None,
        arranged(join_link="https://teams.example/join/new"),
        arranged(before_you_come="Read chapter 1."),
        arranged(format=Format.FACE_TO_FACE, venue=hall),
        lambda now: venues.move(
            hall, Whereabouts(hall.name, ["9 New Street"], "By bus.", None, None), now=now
        ),
        lambda now: partnerships.change(partnership(), {"contact_name": "Ada"}, now=now),
        lambda now: choose_title(ann, True, now=now),
        arranged(days=(days[1],)),
        lambda now: bookings.cancel(date.bookings[0], now=now),
        lambda now: calling_off.postpone(date, message="The trainer is ill.", now=now),
        arranged(days=later),
        lambda now: calling_off.cancel(date, message="Too few.", now=now),
    ]

    seen = set()
    for change in changes:
        now += timedelta(minutes=5)
        change(now)
        database.session.commit()
        warm = [ask(now) for ask in asks]
        assert warm == [cold(ask, now) for ask in asks]
        for ask in asks:
            ask(now)
        seen.add(tuple(warm))
    assert len(seen) == len(changes)


def test_a_personal_feed_never_holds_a_uid_twice():
    settle_in()
    person = make_practitioner("ann@agency.example")
    days = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=2)) for n in (20, 21)]
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])
    for number in range(3):
        booking = book(date, "ann@agency.example", submission=str(number))
        if number < 2:
            bookings.cancel(booking, now=NOW)
    ended = {"state": BookingState.CANCELLED, "ending": Ending.DATE_CANCELLED}
    off = make_date(state=DateState.CANCELLED, cancelled_at=NOW)
    for _ in range(2):
        make_booking(off, practitioner=person, **ended)
    found = uids(personal(person))
    assert len(found) == len(set(found)) == 3


def megabytes(ics):
    return len(ics) / 1_000_000


@pytest.mark.slow
def test_a_feed_of_5000_dates_ends_where_programs_stop_reading_and_says_so():
    make_partnership()
    make_many_dates(5000)
    ics = programme()
    assert 0.95 < megabytes(ics) < 1
    shown = [line for line in ics.decode().replace("\r\n ", "").split("\r\n") if "DTSTART;" in line]
    assert shown == sorted(shown)
    assert "20250417" in shown[0]
    last = NOW + timedelta(days=len(shown) - 1)
    text = ics.decode().replace("\r\n ", "")
    assert f"up to {last:%A} {last.day} {last:%B %Y}" in text
    assert faults(ics, "feed") == []


@pytest.mark.slow
def test_a_feed_gives_up_the_farthest_past_before_anything_that_is_to_come():
    make_partnership()
    apart = timedelta(hours=3)
    past = make_many_dates(720, first=NOW - 720 * apart, apart=apart)
    coming = make_many_dates(300, first=NOW + apart, apart=apart)
    ics = programme()
    assert megabytes(ics) < 1
    assert b"up to" not in ics
    text = ics.decode()
    assert all(f"UID:{date.all_days[0].uid}" in text for date in coming)
    assert f"UID:{past[-1].all_days[0].uid}" in text
    assert f"UID:{past[0].all_days[0].uid}" not in text


def test_a_short_feed_says_nothing_of_an_end():
    make_partnership()
    make_date()
    assert b"up to" not in programme()


@pytest.mark.slow
def test_the_export_of_5000_dates_writes_one_entry_after_one_change():
    make_partnership()
    dates = make_many_dates(5000, first=NOW - timedelta(days=2500))
    written, first = counted(export)
    assert written == 5000
    assert counted(export) == (0, first)
    date = database.session.get(CourseDate, dates[2600].id)
    date.revise(now=NOW + timedelta(minutes=1))
    written, second = counted(export)
    assert written == 1
    assert len(uids(second)) == 5000
    assert second != first
    assert counted(everything)[0] == 0  # the feed of the same dates is written from the same
