from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_interest
from tests.people import book, booking_of, kinds, mails, settle_in, words
from webapp.db import db as database
from webapp.models import BookingState, DateState, ToldOfDate
from webapp.services import bookings, course_dates, date_drafts, interests, telling

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Thursday 17 April 2025 and the days after are Easter: sixteen working hours from nine on that
# Thursday end on Wednesday.
NEXT = NOW + 5 * DAY + 8 * HOUR
ASKED = [f"person{number}@agency.example" for number in range(6)]


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


def wanted(*, people=ASKED, **facts):
    """A course for which these asked, an hour after each other, the last of the list first."""
    course = make_course(**facts)
    for number, email in enumerate(reversed(people)):
        make_interest(course, email, registered_at=NOW - DAY + number * HOUR)
    return course


def in_order(**facts):
    return wanted(tells_in_order=True, **facts)


def tell(*dates, now=NOW):
    told = telling.of_dates(dates[0].course, dates, now=now)
    database.session.commit()
    return told


def work(now):
    """As the worker does."""
    told = [telling.tell_if_due(date, now=now) for date in telling.due_dates(now)]
    database.session.commit()
    return told


def told():
    """The numbers of those who were told so far, in the order of their mails."""
    news = [mail for mail in mails() if mail.kind == "new_date"]
    return [int(mail.to.removeprefix("person").partition("@")[0]) for mail in news]


def test_all_are_told_at_once_and_each_reads_how_many_others_were():
    date = make_date(course=wanted(), capacity=2)
    assert tell(date) == 6
    assert told() == [5, 4, 3, 2, 1, 0]
    assert "We have written to 5 other people at the same time." in words(mails()[0])
    assert "order" not in words(mails()[0])
    assert date.tell_interested_at is None
    assert work(NOW + 30 * DAY) == []


def test_whoever_is_told_alone_reads_that_too():
    tell(make_date(course=wanted(people=ASKED[:1])))
    assert "We have written to nobody else at the same time." in words(mails()[0])


@pytest.mark.parametrize("course", [wanted, in_order])
def test_nobody_hears_of_a_date_before_it_can_be_booked_and_all_once_it_can(course):
    date = make_date(course=course(), capacity=6, opens_at=NOW + 2 * DAY)
    assert tell(date) == 0
    assert work(NOW + 2 * DAY - HOUR) == []
    assert work(NOW + 2 * DAY) == [6]
    assert work(NOW + 3 * DAY) == []
    assert told() == [5, 4, 3, 2, 1, 0]


def test_booking_that_opens_later_than_was_said_moves_the_telling_with_it():
    date = make_date(course=wanted(), opens_at=NOW + DAY)
    tell(date)
    date.opens_at = NOW + 3 * DAY
    database.session.commit()
    assert work(NOW + 2 * DAY) == []
    date.opens_at = None
    database.session.commit()
    assert work(NOW + 2 * DAY) == [6]


def test_dates_that_open_at_the_same_time_are_told_in_one_mail():
    course = wanted(people=ASKED[:1])
    dates = [make_date(course=course, opens_at=NOW + DAY) for _ in range(2)]
    later = make_date(course=course, opens_at=NOW + 2 * DAY)
    assert tell(*dates, later) == 0
    assert work(NOW + DAY) == [1, 0]
    assert mails()[0].subject.startswith("2 new dates")
    assert work(NOW + 2 * DAY) == [1]
    assert mails()[1].subject.startswith("New date")


def test_in_order_as_many_hear_as_there_are_places_then_the_next():
    date = make_date(course=in_order(), capacity=2)
    assert tell(date) == 2
    assert told() == [5, 4]
    assert date.tell_interested_at == NEXT
    assert (
        "We have written to 1 other person at the same time. We write in the order in which people"
        " asked, to as many as there are places. Whoever comes next is told from 5pm on Tuesday 22"
        " April 2025, while places are left." in " ".join(words(mails()[0]).split())
    )
    assert work(NEXT - HOUR) == []
    assert work(NEXT) == [2]
    assert told() == [5, 4, 3, 2]


def test_whoever_comes_last_reads_of_nobody_who_follows():
    tell(make_date(course=in_order(people=ASKED[:2]), capacity=5))
    assert "in the order in which people asked" in words(mails()[0])
    assert "Whoever comes next" not in words(mails()[0])


def test_the_next_are_as_many_as_there_are_places_left():
    date = make_date(course=in_order(), capacity=2)
    tell(date)
    book(date, ASKED[5], now=NOW + HOUR)
    assert work(NEXT) == [1]
    assert told() == [5, 4, 3]


def test_while_no_place_is_left_nobody_is_told_and_once_there_is_one_the_next_is():
    date = make_date(course=in_order(), capacity=1)
    tell(date)
    book(date, ASKED[5], now=NOW + HOUR)
    assert work(NEXT) == [0]
    bookings.cancel(booking_of(date, ASKED[5]), now=NEXT + HOUR)
    database.session.commit()
    assert work(date.tell_interested_at) == [1]
    assert told() == [5, 4]


def test_a_place_that_is_for_those_on_the_waiting_list_is_told_to_nobody_else():
    date = make_date(course=in_order(), capacity=1)
    make_booking(date, state=BookingState.WAITING, waiting_since=NOW)
    assert tell(date) == 0


def test_once_all_have_heard_it_is_over():
    date = make_date(course=in_order(people=ASKED[:3]), capacity=2)
    tell(date)
    assert work(NEXT) == [1]
    assert date.tell_interested_at is None


def test_who_books_before_it_is_their_turn_is_passed_over():
    date = make_date(course=in_order(), capacity=2)
    tell(date)
    book(date, ASKED[3], now=NOW + HOUR)
    work(NEXT)
    assert told() == [5, 4, 2]


def test_who_takes_their_wish_back_is_not_told():
    course = in_order()
    date = make_date(course=course, capacity=2)
    tell(date)
    third = database.session.scalars(interests.of_course(course)).all()[2]
    interests.withdraw(third, now=NOW)
    work(NEXT)
    assert told() == [5, 4, 2, 1]


@pytest.mark.parametrize(
    "facts",
    [
        {"starts_at": NEXT},
        {"closes_at": NEXT},
        {"state": DateState.CANCELLED},
        {"state": DateState.POSTPONED},
        {"state": DateState.DRAFT},
    ],
    ids=["started", "closed", "cancelled", "postponed", "withdrawn"],
)
def test_of_a_date_that_nobody_can_book_the_next_do_not_hear(facts):
    date = make_date(course=in_order(), capacity=2)
    tell(date)
    for name, value in facts.items():
        setattr(date, name, value)
    database.session.commit()
    assert work(NEXT) == []
    assert telling.tell_if_due(date, now=NEXT) == 0
    assert told() == [5, 4]


def test_while_the_course_is_not_published_nobody_hears():
    date = make_date(course=wanted(is_published=False))
    assert tell(date) == 0
    assert work(NOW) == []
    date.course.is_published = True
    database.session.commit()
    assert work(NOW) == [6]


def test_where_there_is_no_limit_all_hear_at_once_in_order():
    assert tell(make_date(course=in_order(), capacity=None)) == 6
    assert told() == [5, 4, 3, 2, 1, 0]


def test_of_several_dates_as_many_hear_as_have_places_together_and_of_none_that_is_full():
    course = in_order()
    dates = [make_date(course=course, capacity=1) for _ in range(3)]
    book(dates[1], "somebody@agency.example")
    assert tell(*dates) == 2
    assert mails(ASKED[5])[0].subject.startswith("2 new dates")
    assert f"/dates/{dates[1].id}\n" not in words(mails(ASKED[5])[0])
    assert work(NEXT)[0] == 2
    assert told() == [5, 4, 3, 2]


def test_published_again_the_order_goes_on_where_it_was():
    course = in_order(people=ASKED[:3])
    date = make_date(course=course, capacity=1, state=DateState.DRAFT)
    date_drafts.publish(date, now=NOW)
    date_drafts.withdraw(date, now=NOW)
    assert date_drafts.publish(date, now=NOW + HOUR) == 1
    assert told() == [2, 1]


def test_a_draft_of_which_people_were_told_can_be_thrown_away():
    date = make_date(course=wanted(), state=DateState.DRAFT)
    date_drafts.publish(date, now=NOW)
    date_drafts.withdraw(date, now=NOW)
    date_drafts.discard(date)
    database.session.commit()
    assert database.session.query(ToldOfDate).count() == 0


def test_who_was_told_of_what_and_who_is_next_can_be_seen():
    course = in_order()
    date = make_date(course=course, capacity=2)
    tell(date)
    everybody = database.session.scalars(interests.of_course(course)).all()
    seen = telling.told(everybody)
    assert [len(seen[one.id]) for one in everybody] == [1, 1, 0, 0, 0, 0]
    assert (seen[everybody[0].id][0].date, seen[everybody[0].id][0].at) == (date, NOW)
    assert telling.under_way(course, NOW) == [date]
    assert telling.under_way(course, date.starts_at) == []
    turn = telling.next_turn(course, [date], NOW)
    assert [one.email for one, _ in turn.now] == [ASKED[3], ASKED[2]]
    assert turn.people == 4


def test_settled_on_another_day_after_half_of_them_heard_all_hear_of_that():
    date = make_date(course=in_order(people=ASKED[:3]), capacity=1)
    tell(date)
    date.state = DateState.HELD_BACK
    course_dates.settle(date, date.starts_at + DAY, date.ends_at + DAY, now=NOW + HOUR)
    database.session.commit()
    assert told() == [2, 2]
    assert kinds(ASKED[2]) == ["new_date"] * 2
