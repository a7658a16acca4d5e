"""What the feed of somebody says who comes back to a date, or whose date ended halfway."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests import people
from tests.conftest import NOW
from tests.makers import make_date
from webapp.services import bookings, calendars, calling_off, partnership, waiting_list

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ANN, WES = "ann@agency.example", "wes@agency.example"


@pytest.fixture(autouse=True)
def _partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example.org")
    people.settle_in()


def in_feed(booking, now=NOW):
    """(UID, SEQUENCE, STATUS, SUMMARY) of each entry."""
    ours, who = partnership.get(), booking.practitioner
    feed = calendars.personal(who, ours, name="Mine", now=now)
    return [
        (str(it["uid"]), it["sequence"], str(it["status"]), str(it["summary"]))
        for it in Calendar.from_ical(feed).walk("VEVENT")
    ]


def sent(email):
    entry = people.entries(people.mails(email)[-1])
    return entry["UID"], int(entry["SEQUENCE"])


def test_a_place_after_a_wait_that_ended_is_nothing_the_feed_had_before():
    date = make_date(capacity=1)
    ann, wait = people.book(date, ANN), people.book(date, WES)
    [(waited, *_)] = in_feed(wait)
    bookings.cancel(wait, now=NOW)
    bookings.cancel(ann, now=NOW)

    place = people.book(date, WES)

    [(uid, sequence, status, _)] = in_feed(place)
    assert (uid, sequence) == sent(WES)
    assert (uid != waited, status) == (True, "CONFIRMED")


def test_a_wait_after_a_place_that_was_given_up_has_an_identity_of_its_own():
    date = make_date(capacity=1)
    ann, wes = people.book(date, ANN), people.book(date, WES)
    bookings.cancel(ann, now=NOW)
    waiting_list.accept(wes, now=NOW)
    taken_out, _ = sent(WES)
    bookings.cancel(wes, now=NOW)
    people.book(date, ANN, submission="again")

    wait = people.book(date, WES)

    [(uid, _, status, _)] = in_feed(wait)
    assert status == "TENTATIVE"
    assert uid not in {taken_out, date.days[0].uid}


def test_who_came_back_and_waits_is_sent_no_cancellation():
    date = make_date(capacity=1)
    people.book(date, ANN)
    bookings.cancel(people.book(date, WES), now=NOW)
    wait = people.book(date, WES)

    bookings.cancel(wait, now=NOW)

    assert people.entries(people.mails(WES)[-1]) == {}


def test_a_day_that_was_held_stays_what_it_was_when_the_rest_is_cancelled(db):
    start = NOW + DAY
    date = make_date(days=[(start, start + HOUR), (start + DAY, start + DAY + HOUR)], capacity=1)
    there, wait = people.book(date, ANN), people.book(date, WES)
    later = start + 2 * HOUR

    calling_off.cancel(date, message="The trainer is ill.", now=later)
    db.session.commit()

    assert [entry[2:] for entry in in_feed(there, later)] == [
        ("CONFIRMED", "Safeguarding basics (day 1 of 2)"),
        ("CANCELLED", "CANCELLED: Safeguarding basics (day 2 of 2)"),
    ]
    assert {entry[2] for entry in in_feed(wait, later)} == {"CANCELLED"}


def test_a_postponed_date_that_is_cancelled_was_never_held(db):
    date = make_date()
    ann = people.book(date, ANN)
    calling_off.postpone(date, message="Snow.", now=NOW)
    long_after = date.days[0].ends_at + DAY

    calling_off.cancel(date, message="Not this year.", now=long_after)
    db.session.commit()

    assert [entry[2] for entry in in_feed(ann, long_after)] == ["CANCELLED"]
