"""Who cannot come sends a colleague, or takes another date, without asking anybody."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_date
from tests.people import book, calendar_of, details, kinds, mails, settle_in, words
from webapp.db import db as database
from webapp.errors import Refused
from webapp.models import BookingState, Ending
from webapp.services import cannot_come, links, places, waiting_list

ANN, BEN, CAT = (f"{name}@agency.example" for name in ("ann", "ben", "cat"))
WEEK = timedelta(days=7)
CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING


@pytest.fixture(autouse=True)
def _house(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    settle_in()


def send(booking, email, name="Ben Bright"):
    cannot_come.send_colleague(booking, email=email, details=details(name=name), now=NOW)
    database.session.commit()


def standing_of(date, email):
    practitioner = next(one for one in places.everybody(date) if one.email == email)
    return practitioner.state


def test_a_colleague_has_the_place_at_once_and_both_are_told():
    date = make_date(capacity=1)
    ann, cat = book(date, ANN), book(date, CAT)
    send(ann, BEN)

    ben = ann.replaced_by
    assert (ann.ending, ben.state, cat.state) == (Ending.SUBSTITUTED, CONFIRMED, WAITING)
    assert [mail.kind for mail in mails()][-2:] == ["booking_substituted", "colleague_sent"]
    assert b"METHOD:CANCEL" in calendar_of(mails(ANN)[-1])
    assert b"METHOD:REQUEST" in calendar_of(mails(BEN)[-1])
    assert "passed on to Ben Bright" in words(mails(ANN)[-1])
    said = words(mails(BEN)[-1])
    assert f"you go instead of {ann.name}, who passed it on to you." in said
    assert f"/bookings/{links.booking_token(ben)}/change" in said
    assert links.booking_token(ann) not in said


def test_a_colleague_who_waited_has_the_place_and_loses_nothing():
    date = make_date(capacity=1)
    ann, ben, cat = (book(date, email) for email in (ANN, BEN, CAT))
    send(ann, BEN)
    assert standing_of(date, BEN) is CONFIRMED
    assert ben.ending is Ending.SUBSTITUTED
    assert waiting_list.position(cat) == 1


def test_where_the_colleague_had_a_place_the_next_in_line_is_offered_this_one():
    date = make_date(capacity=2)
    ann, ben, cat = (book(date, email) for email in (ANN, BEN, CAT))
    send(ann, BEN)

    assert (ann.ending, ben.state) == (Ending.SUBSTITUTED, CONFIRMED)
    assert cat.state is BookingState.OFFERED
    # What Ann reads is the same as if Ben had had none.
    assert "passed on to Ben Bright" in words(mails(ANN)[-1])
    assert kinds(BEN) == ["booking_confirmed"]


def test_nobody_sends_themselves_or_a_place_they_do_not_have():
    date = make_date(capacity=1)
    ann, cat = book(date, ANN), book(date, CAT)
    with pytest.raises(Refused, match="your own address"):
        cannot_come.send_colleague(ann, email=ANN, details=details(), now=NOW)
    with pytest.raises(Refused, match="waiting"):
        cannot_come.send_colleague(cat, email=BEN, details=details(), now=NOW)
    with pytest.raises(Refused, match="already started"):
        cannot_come.send_colleague(ann, email=BEN, details=details(), now=date.starts_at)


def two_dates(**facts):
    first = make_date(capacity=1)
    second = make_date(
        **{"course": first.course, "starts_at": first.starts_at + WEEK, "capacity": 1, **facts}
    )
    return first, second


def test_another_date_is_taken_and_the_old_place_offered_on():
    first, second = two_dates()
    ann, cat = book(first, ANN), book(first, CAT)
    assert list(cannot_come.choices(ann, now=NOW)) == [second]
    moved = cannot_come.choose(ann, second, now=NOW)
    database.session.commit()

    assert (moved.state, ann.ending) == (CONFIRMED, Ending.MOVED)
    assert cat.state is BookingState.OFFERED
    mail = next(mail for mail in mails(ANN) if mail.kind == "date_chosen")
    assert mail.subject.startswith("Your new date: ")
    assert "You have taken another date" in words(mail)


def test_a_full_or_closed_date_and_another_course_are_no_choice():
    first, second = two_dates()
    ann = book(first, ANN)
    book(second, BEN)
    closed = make_date(
        course=first.course, starts_at=first.starts_at + 2 * WEEK, closes_at=NOW - timedelta(1)
    )
    assert cannot_come.choices(ann, now=NOW) == {}
    for date, why in ((second, "taken"), (closed, "clos"), (make_date(), "another course")):
        with pytest.raises(Refused, match=why):
            cannot_come.choose(ann, date, now=NOW)
    assert ann.state is CONFIRMED
