from datetime import timedelta

import pytest

from tests import people
from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date
from webapp.errors import BookingClosed, Refused
from webapp.models import Kind
from webapp.services import bookings, courses
from webapp.services.courses import About


def add(db, title="Neglect", **facts):
    about = About(
        **{
            "kind": Kind.COURSE,
            "title": title,
            "short_title": title,
            "summary": "What neglect is.",
            "outline": "How it begins.",
            "audience": "Everybody.",
            **facts,
        }
    )
    made = courses.add(about, now=NOW)
    db.session.commit()
    return made


def test_a_new_course_is_published_as_its_organiser_wrote_it(db):
    made = add(db, cost="Free")
    assert courses.published() == [made]
    assert (made.title, made.cost, made.dates, made.topics) == ("Neglect", "Free", [], [])
    assert made.demonstration_values == []


def test_a_course_that_is_not_published_is_not_listed(db):
    make_course(is_published=False)
    assert courses.published() == []


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Harmful Sexual Behaviour", "harmful-sexual-behaviour"),
        ("Café: Lauren\N{RIGHT SINGLE QUOTATION MARK}s \N{EN DASH} part 2", "cafe-laurens-part-2"),
        ("word " * 20, "word-word-word-word-word-word-word-word-word-word-word-word"),
        ("x" * 80, "x" * 60),
        ("\N{EM DASH}", "course"),
        ("Neglect", "neglect-3"),
    ],
)
def test_a_course_has_an_address_of_its_own_that_can_be_read(db, title, slug):
    make_course(slug="neglect")
    make_course(slug="neglect-2")
    assert add(db, title).slug == slug


def test_of_a_withdrawn_course_nobody_books_a_date_by_an_old_link_either(db):
    people.settle_in()
    date = make_date()
    gone = people.book(date)
    bookings.cancel(gone, now=NOW)
    courses.withdraw(date.course, now=NOW)
    db.session.commit()

    with pytest.raises(BookingClosed, match="not been published"):
        bookings.book_again(gone, now=NOW)
    with pytest.raises(BookingClosed, match="not been published"):
        people.book(date)
    courses.publish(date.course, now=NOW)
    assert bookings.book_again(gone, now=NOW).is_live


def test_a_course_whose_people_have_been_there_is_withdrawn(db):
    people.settle_in()
    date = make_date(starts_at=NOW - timedelta(days=9))
    make_booking(date)
    courses.withdraw(date.course, now=NOW)
    assert courses.published() == []
    with pytest.raises(Refused, match="not published"):
        courses.withdraw(date.course, now=NOW)
