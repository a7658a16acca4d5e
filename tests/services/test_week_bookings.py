from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_practitioner, make_week, save
from tests.people import booking_of, details, entries, kinds, mails, settle_in, words
from webapp.db import db as database
from webapp.errors import BookingClosed
from webapp.models import Booking, BookingState, BookingTerms, DateState, Ending, Format
from webapp.services import charges, links, partnership, week_bookings

MAX = "max@agency.example"
ANN, AANN, BEN = "ann@agency.example", "aann@agency.example", "ben@agency.example"
FIRST = NOW + timedelta(days=14, hours=1)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


@pytest.fixture
def week(db):
    return make_week()


def sessions(*capacities):
    """One each day, of so many places."""
    return [
        make_date(capacity=capacity, starts_at=FIRST + number * DAY)
        for number, capacity in enumerate(capacities)
    ]


def book(week, dates, email=ANN, *, submission="form", **facts):
    week_bookings.book(
        week,
        dates,
        email=email,
        details=details(**facts),
        terms=database.session.scalars(select(BookingTerms)).one(),
        submission=submission,
        now=NOW,
    )
    database.session.commit()


def states(dates, email=ANN):
    found = [booking_of(date, email) for date in dates]
    return [booking and booking.state for booking in found]


def test_one_form_books_all_and_one_mail_says_how_each_stands(week):
    dates = sessions(2, 0, 2)
    book(week, reversed(dates))

    assert states(dates) == [CONFIRMED, WAITING, CONFIRMED]
    whole, *invitations = mails()
    assert kinds() == ["week_booked", "session_invitation", "session_invitation"]
    assert whole.subject == "You have 2 places and are on 1 waiting list: Safeguarding Week"
    said = words(whole).replace("\r\n", "\n")
    assert said.startswith("You have 2 places and are on 1 waiting list in Safeguarding Week.")
    places = [said.index(f"May 2025, 10am to 1pm\nWhere: {date.venue.name}") for date in dates]
    assert places == sorted(places)
    assert said.count("You have a place.") == 2
    assert "You are 1st on the waiting list. You do not have a place yet." in said
    for date in dates:
        assert f"/bookings/{links.booking_token(booking_of(date, ANN))}" in said
    feed = links.feed_token(booking_of(dates[0], ANN).practitioner)
    assert f"http://localhost/my/{feed}/training.ics" in said
    assert entries(whole) == {}
    assert [entries(mail)["METHOD"] for mail in invitations] == ["REQUEST"] * 2
    days = [dates[0].days[0].uid, dates[2].days[0].uid]
    assert [entries(mail)["UID"] for mail in invitations] == days
    assert invitations[0].subject == "For your diary: Safeguarding basics, Thu 1 May, 10am"


def test_what_clashes_is_said_in_the_mail_too(week):
    at_ten, at_eleven = make_date(), make_date(starts_at=FIRST + HOUR)
    after = make_date(starts_at=FIRST + 4 * HOUR, format=Format.ONLINE)
    book(week, [at_ten, at_eleven, after])

    said = " ".join(words(mails()[0]).split())
    assert said.count("At the same time as Safeguarding basics: please give one") == 2
    assert "Little or no time to get to Safeguarding basics." in said
    assert "Little or no time to get here from Safeguarding basics." in said


def test_each_booking_is_as_if_it_had_been_made_alone(week):
    [in_a_room, _], online = sessions(1, 1), make_date(format=Format.ONLINE)
    book(week, [in_a_room, online], access="A loop", dietary="No nuts", team="North")

    first, second = booking_of(in_a_room, ANN), booking_of(online, ANN)
    assert (first.access_needs.access, first.access_needs.dietary) == ("A loop", "No nuts")
    # Nobody eats there.
    assert (second.access_needs.access, second.access_needs.dietary) == ("A loop", None)
    assert {booking.team for booking in (first, second)} == {"North"}
    assert {booking.submission for booking in (first, second)} == {"form"}
    assert all(booking.terms.version == 1 for booking in (first, second))
    assert "https://teams.example/join/secret" in words(mails()[0])


def test_what_somebody_had_already_stays_and_is_in_the_mail_as_well(week):
    had, new = sessions(1, 1)
    make_booking(had, practitioner=make_practitioner(ANN), name="Ann as she was")
    book(week, [had, new])

    assert states([had, new]) == [CONFIRMED, CONFIRMED]
    assert booking_of(had, ANN).name == "Ann as she was"
    assert mails()[0].subject == "You have 2 places: Safeguarding Week"


def test_where_one_of_them_has_closed_meanwhile_none_is_booked(week):
    dates = sessions(1, 1)
    dates[1].state = DateState.CANCELLED
    save(dates[1])
    with pytest.raises(BookingClosed, match="This date has been cancelled"):
        book(week, dates)
    database.session.rollback()

    assert database.session.scalars(select(Booking)).all() == []
    assert mails() == []


def test_a_discreet_diary_gets_entries_and_no_mail_that_says_more(week):
    who = make_practitioner(ANN)
    who.is_discreet = True
    save(who)
    book(week, sessions(1, 1))

    assert kinds() == ["week_booked", "diary_entry", "diary_entry"]
    assert [mail.subject.partition(":")[0] for mail in mails()[1:]] == ["Training"] * 2


def test_the_mails_are_sent_again_as_they_stand(week):
    dates = sessions(1, 0)
    book(week, dates)
    week_bookings.write_again(week, email=ANN, submission="form", now=NOW + HOUR)

    assert kinds() == ["week_booked", "session_invitation"] * 2
    first, again = entries(mails()[1]), entries(mails()[3])
    assert (first["UID"], first["SEQUENCE"]) == (again["UID"], again["SEQUENCE"])


def test_nothing_is_sent_again_to_an_address_that_booked_nothing(week):
    book(week, sessions(1))
    week_bookings.write_again(week, email=BEN, submission="form", now=NOW)
    week_bookings.write_again(week, email=ANN, submission="another form", now=NOW)

    assert mails(BEN) == []
    assert len(mails(ANN)) == 2


def test_a_mistyped_address_is_put_right_for_all_of_them(week):
    dates = sessions(1, 0)
    book(week, dates, AANN)
    week_bookings.correct_address(week, submission="form", email=ANN, now=NOW + HOUR)
    database.session.commit()

    assert states(dates) == [CONFIRMED, WAITING]
    assert [booking_of(date, AANN).ending for date in dates] == [Ending.ADDRESS_CORRECTED] * 2
    assert kinds(AANN)[2:] == ["address_corrected"] * 2
    assert kinds(ANN) == ["week_booked", "session_invitation"]


def test_where_the_mistyped_address_had_booked_too_its_bookings_stay(week):
    dates = sessions(2, 2)
    make_booking(dates[0], practitioner=make_practitioner(BEN))
    book(week, dates, BEN)
    week_bookings.correct_address(week, submission="form", email=ANN, now=NOW + HOUR)
    database.session.commit()

    assert states(dates) == [CONFIRMED, CONFIRMED]
    assert states(dates, BEN) == [CONFIRMED, BookingState.CANCELLED]
    assert mails(ANN)[0].subject == "You have 2 places: Safeguarding Week"


def test_of_a_session_that_is_over_nothing_is_put_into_a_diary_any_more(week):
    book(week, sessions(1, 1))
    week_bookings.write_again(week, email=ANN, submission="form", now=FIRST + 5 * HOUR)

    assert kinds()[3:] == ["week_booked", "session_invitation"]


def test_each_further_day_of_a_session_comes_in_a_mail_of_its_own(week):
    days = [(FIRST + n * DAY, FIRST + n * DAY + HOUR) for n in range(2)]
    book(week, [make_date(days=days)])

    assert kinds() == ["week_booked", "session_invitation", "further_day"]
    assert "This mail puts day 1 of Safeguarding basics in your diary." in words(mails()[1])


@pytest.fixture
def _managers_hear(db):
    partnership.change(partnership.get(), {"managers_told_since": NOW - DAY}, now=NOW)


@pytest.mark.usefixtures("_managers_hear")
def test_a_manager_hears_once_of_all_places_by_one_mail_and_of_no_wait(week):
    dates = sessions(1, 0, 1)
    dates[2].course.objection_days = 2
    book(week, dates, manager_name="Max", manager_email=MAX)
    week_bookings.write_again(week, email=ANN, submission="form", now=NOW + HOUR)

    [told] = mails(MAX)
    assert told.kind == "manager_week_booked"
    assert told.subject == "Ann Example has 2 places: Safeguarding Week"
    said = words(told)
    assert [f"Thursday {day} May" in said for day in (1, 2)] == [True, False]
    last = booking_of(dates[2], ANN)
    # Nobody may object to the first.
    assert said.count("/managers/") == said.count(f"/managers/{links.manager_token(last)}") == 1
    assert all(booking_of(date, ANN).manager_told_at for date in (dates[0], dates[2]))


@pytest.mark.usefixtures("_managers_hear")
def test_of_a_single_new_place_a_manager_reads_what_they_always_do_and_another_of_theirs(week):
    first, second, third = sessions(1, 1, 1)
    book(week, [first], manager_name="Max", manager_email=MAX)
    book(week, [first, second], submission="more", manager_name="Max", manager_email=MAX)
    book(week, [third], submission="last", manager_name="Moe", manager_email="moe@agency.example")

    assert kinds(MAX) == ["manager_booked"] * 2
    assert kinds("moe@agency.example") == ["manager_booked"]
    assert not booking_of(third, ANN).course_date.course.objection_days
    assert "/managers/" not in words(mails(MAX)[0])


def test_what_is_charged_is_said_of_each_session_with_a_place(week):
    cost = {"all": {"half_day": 3500}}
    charges.change(for_late=True, for_absence=True, amounts=cost, now=NOW - DAY)
    book(week, sessions(1, 0))

    assert words(mails()[0]).count("a charge of £35") == 1
