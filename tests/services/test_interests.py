import re
from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_course, make_date
from tests.people import book, booking_of, kinds, mails, settle_in, words
from webapp.db import db as database
from webapp.errors import Refused
from webapp.models import Interest, Kind
from webapp.services import bookings, interests, links, telling

ANN, BEN = "ann@agency.example", "ben@agency.example"


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


def register(course, email=ANN):
    interests.register(course, name="Ann Example", email=email, now=NOW)
    database.session.commit()


def everybody():
    return database.session.scalars(select(Interest).order_by(Interest.id)).all()


def dates_in(mail):
    return [int(number) for number in re.findall(r"localhost/dates/(\d+)", words(mail))]


def test_a_wish_is_kept_and_confirmed_by_a_mail_that_takes_it_back():
    register(make_course(short_title="Shared responsibilities"))

    [interest] = everybody()
    assert (interest.email, interest.name, interest.registered_at) == (ANN, "Ann Example", NOW)
    [mail] = mails(ANN)
    assert mail.subject == "We will tell you of new dates: Shared responsibilities"
    assert f"http://localhost/interests/{links.interest_token(interest)}" in words(mail)


def test_a_second_wish_is_the_same_one_and_gets_the_same_mail():
    course = make_course()
    register(course)
    register(course, " ANN@agency.example")

    assert len(everybody()) == 1
    first, second = mails(ANN)
    assert words(first) == words(second)


def test_a_wish_can_be_taken_back_and_made_again():
    course = make_course()
    register(course)
    [interest] = everybody()
    interests.withdraw(interest, now=NOW)
    interests.withdraw(interest, now=NOW)
    register(course)

    assert [each.withdrawn_at for each in everybody()] == [NOW, None]
    assert [(each.name, each.email) for each in everybody()] == [("", ""), ("Ann Example", ANN)]
    assert kinds(ANN) == ["interest_registered", "interest_withdrawn", "interest_registered"]


def test_only_those_who_still_wait_are_counted_and_told():
    course, other = make_course(), make_course()
    for email in (ANN, BEN, "cat@agency.example"):
        register(course, email)
    register(other)
    interests.withdraw(everybody()[0], now=NOW)

    assert interests.counts() == {course.id: 2, other.id: 1}
    assert [each.email for each in database.session.scalars(interests.of_course(course))] == [
        BEN,
        "cat@agency.example",
    ]


def test_a_new_date_is_told_to_everybody_who_asked():
    course = make_course()
    register(course)
    register(course, BEN)
    date = make_date(course=course)
    telling.of_dates(date.course, [date], now=NOW)

    assert kinds(ANN) == ["interest_registered", "new_date"]
    mail = mails(BEN)[-1]
    assert mail.subject == "New date: Safeguarding basics, Thu 1 May, 10am"
    assert f"http://localhost/dates/{date.id}" in words(mail)


def test_several_new_dates_are_told_in_one_mail_the_soonest_first():
    course = make_course()
    for email in (ANN, BEN):
        register(course, email)
    dates = [make_date(course=course, starts_at=NOW + timedelta(days=n)) for n in (30, 20, 40)]
    book(dates[1], BEN)
    telling.of_dates(course, dates, now=NOW)

    assert kinds(ANN) == ["interest_registered", "new_date"]
    [*_, mail] = mails(ANN)
    assert mail.subject == "3 new dates: Safeguarding basics"
    assert dates_in(mail) == [dates[1].id, dates[0].id, dates[2].id]
    assert words(mail).count("When: ") == 3
    [*_, mail] = mails(BEN)
    assert mail.subject == "2 new dates: Safeguarding basics"
    assert dates_in(mail) == [dates[0].id, dates[2].id]


def test_e_learning_has_no_dates_to_wait_for():
    with pytest.raises(Refused, match="any time"):
        register(make_course(kind=Kind.E_LEARNING))


def test_of_a_date_they_have_a_booking_for_nobody_is_told_as_of_a_new_one():
    date = make_date(capacity=1)
    for email in (ANN, BEN, "cat@agency.example"):
        register(date.course, email)
        book(date, email)
    bookings.cancel(booking_of(date, BEN), now=NOW)
    telling.of_dates(date.course, [date], now=NOW)
    assert {email for email in (ANN, BEN) if "new_date" in kinds(email)} == {BEN}
    assert "new_date" not in kinds("cat@agency.example")
