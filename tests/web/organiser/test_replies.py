"""What organisers see of calendars' answers and of messages that came back."""

import pytest

from tests import incoming as mails
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_email, make_terms
from tests.people import book
from tests.queries import counted
from tests.web.reading import links, main
from webapp.db import db as database
from webapp.models import Booking, CourseDay, Invite, Reply
from webapp.services import bookings, replies

TAG = "Declined the invitation"


@pytest.fixture
def booking(partnership):
    make_terms()
    make_agency("Anytown Council")
    return book(make_date(capacity=None))


def answer(booking, partstat, *, uid=None):
    message = mails.answer(partstat, uid=uid or booking.invites[0].uid)
    replies.read(message, now=NOW)
    database.session.commit()


def names(page):
    """Each person's cell of the list."""
    return [
        row.one("th").text for row in main(page).one(class_="app-attendees").one("tbody").all("tr")
    ]


def attendees(booking, query=""):
    return f"/organiser/dates/{booking.course_date_id}/attendees{query}"


def test_who_declined_is_marked_on_the_list_in_words(signed_in, booking):
    book(booking.course_date, "ben@agency.example", name="Ben")
    answer(booking, "DECLINED")
    ann, ben = names(signed_in.get(attendees(booking)))
    assert TAG in ann
    assert TAG not in ben
    assert "Confirmed" in main(signed_in.get(attendees(booking, "?state=all"))).text


@pytest.mark.parametrize("partstat", ["ACCEPTED", "TENTATIVE"])
def test_a_yes_and_a_perhaps_are_not_on_the_list(signed_in, booking, partstat):
    plain = names(signed_in.get(attendees(booking)))
    answer(booking, partstat)
    assert names(signed_in.get(attendees(booking))) == plain


def test_who_cancelled_or_keeps_the_place_is_not_marked(signed_in, booking):
    answer(booking, "DECLINED")
    replies.keep(booking, now=NOW)
    database.session.commit()
    assert TAG not in main(signed_in.get(attendees(booking))).text

    other = book(booking.course_date, "ben@agency.example", name="Ben")
    replies.read(mails.answer(uid=other.invites[0].uid, attendee=other.email), now=NOW)
    database.session.commit()
    assert TAG in main(signed_in.get(attendees(booking))).text
    bookings.cancel(other, now=NOW)
    database.session.commit()
    assert TAG not in main(signed_in.get(attendees(booking, "?state=all"))).text


def test_files_do_not_pass_on_what_a_calendar_said(signed_in, booking):
    def file():
        export = attendees(booking, "/export?as=csv&state=all&columns=name&columns=state")
        return signed_in.get(export).data

    before = file()
    answer(booking, "DECLINED")
    assert file() == before


@pytest.mark.parametrize(
    ("partstat", "words"),
    [("ACCEPTED", "Accepted"), ("TENTATIVE", "Perhaps"), ("DECLINED", TAG)],
)
def test_a_bookings_page_says_what_the_calendar_answered_and_when(
    signed_in, booking, partstat, words
):
    page = f"/organiser/bookings/{booking.id}"
    assert "Answer of their calendar" not in main(signed_in.get(page)).text
    answer(booking, partstat)
    said = main(signed_in.get(page)).text
    assert f"Answer of their calendar {words} 9.15am on Thursday 17 April 2025" in said


def test_messages_that_came_back_need_somebody(signed_in, booking):
    assert "came back" not in main(signed_in.get("/organiser/")).text
    make_email(sent_at=NOW, bounced_at=NOW, bounce="550 No such user")
    page = signed_in.get("/organiser/")
    assert "1 message came back after we had sent it" in main(page).text
    assert links(page)["See what came back"] == "/organiser/outbox?standing=returned"
    make_email(sent_at=NOW, bounced_at=NOW, bounce="550 No such user")
    assert "2 messages came back after we had sent them" in main(signed_in.get("/organiser/")).text


@pytest.mark.slow
def test_the_list_asks_the_database_as_often_for_300_who_declined_as_for_3(signed_in, booking):
    date = booking.course_date

    def cost():
        database.session.rollback()
        with counted() as sent:
            assert signed_in.get(attendees(booking)).status_code == 200
        return len(sent)

    def declines(number):
        [day] = database.session.query(CourseDay).filter_by(course_date_id=date.id)
        for _ in range(number):
            made = make_booking(date, agency=booking.agency)
            invite = Invite(booking=made, course_day=day, reply=Reply.DECLINED, replied_at=NOW)
            database.session.add(invite)
        database.session.commit()

    declines(2)
    before = cost()
    declines(297)
    assert database.session.query(Booking).count() == 300
    assert cost() == before
