from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_agency, make_course, make_date, make_organiser, make_sector
from tests.people import book, details, kinds, settle_in, words
from tests.people import mails as mails_to
from tests.queries import counted
from webapp.db import db as database
from webapp.errors import Full, Refused
from webapp.models import BookingState, CourseDate, Held, Places
from webapp.services import (
    agency_lists,
    arrangements,
    audit,
    bookings,
    cannot_come,
    held_places,
    moving,
    places,
    programme_copies,
    undoing,
    waiting_list,
)
from webapp.services.held_places import HeldRefused

CONFIRMED, WAITING, OFFERED = BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED
DAY = timedelta(days=1)
ANN, BEN, CAT, DAN, EVE = (f"{n}@agency.example" for n in ("ann", "ben", "cat", "dan", "eve"))


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


@pytest.fixture
def school():
    return make_agency("A school", sector=make_sector(name="Education"))


@pytest.fixture
def police():
    return make_agency("The police", sector=make_sector(name="Police"))


def hold(date, *held, days=7, now=NOW):
    held_places.hold(date, [(agency.sector_id, number) for agency, number in held], days, now=now)


def held_date(*held, capacity=3, days=7, **facts):
    """Two weeks from now; what is held is open to all from Thursday 24 April, 9am."""
    date = make_date(capacity=capacity, **facts)
    hold(date, *held, days=days)
    return date


def states(*people):
    return [booking.state for booking in people]


def test_a_place_that_is_held_is_for_people_of_its_sector_alone(school, police):
    date = held_date((school, 1), capacity=2)

    others = [book(date, email, agency=police) for email in (ANN, BEN)]
    assert states(*others) == [CONFIRMED, WAITING]
    assert book(date, CAT, agency=school).state is CONFIRMED
    assert places.of(date, NOW).free == 0


def test_people_of_a_sector_take_their_own_first_and_then_what_is_for_everybody(school, police):
    date = held_date((school, 1), capacity=2)

    first = book(date, ANN, agency=school)
    assert places.of(date, NOW).words == "1 place left"
    second = book(date, BEN, agency=school)
    assert states(first, second, book(date, CAT, agency=police)) == [CONFIRMED, CONFIRMED, WAITING]


def test_the_words_say_for_whom_and_until_when(school, police):
    date = held_date((school, 2))
    assert places.of(date, NOW).words == "1 place left; 2 more kept for Education until 24 April"

    book(date, ANN, agency=police)
    assert places.of(date, NOW).words == "2 places left, kept for Education until 24 April"
    book(date, BEN, agency=police)
    counts = places.of(date, NOW)
    assert counts.words == "2 places left, kept for Education until 24 April; 1 waiting"
    assert (counts.left, counts.is_full) == (0, False)
    assert counts.why_no_room() == (
        "The date has 3 places: 1 is taken or kept for somebody,"
        " 2 kept for Education until 24 April, and 1 waits for one."
    )
    assert counts.why_no_room(school.sector_id) is None
    assert counts.why_no_room(school.sector_id, police.sector_id).startswith("2 people would come.")


def test_at_its_moment_what_was_held_is_open_to_all_and_offered_to_whoever_waits(school, police):
    date = held_date((school, 2))
    book(date, ANN, agency=police)
    ben = book(date, BEN, agency=police)
    moment = date.held_until

    assert moment.isoformat() == "2025-04-24T09:00:00+01:00"
    assert waiting_list.lapsed_dates(moment - timedelta(seconds=1)) == []
    assert places.of(date, moment).words == "Full: 1 waiting"
    assert waiting_list.lapsed_dates(moment) == [date]
    waiting_list.lapse_on(date, now=moment)
    assert ben.state is OFFERED
    assert waiting_list.lapsed_dates(moment) == []
    assert places.of(date, moment).words == "1 place left"


def test_who_books_after_the_moment_does_not_come_before_who_waits(school, police):
    date = held_date((school, 1), capacity=1)
    ann = book(date, ANN, agency=police)
    ben = book(date, BEN, agency=police, now=date.held_until)

    assert states(ann, ben) == [OFFERED, WAITING]


def test_a_freed_place_goes_to_the_first_who_may_have_it(school, police):
    date = held_date((school, 1), capacity=2)
    ann, bob = book(date, ANN, agency=school), book(date, BEN, agency=police)
    cat, dan, eve = (
        book(date, email, agency=agency)
        for email, agency in ((CAT, police), (DAN, school), (EVE, police))
    )
    assert states(ann, bob, cat, dan, eve) == [CONFIRMED, CONFIRMED, WAITING, WAITING, WAITING]

    bookings.cancel(ann, now=NOW)
    assert states(cat, dan, eve) == [WAITING, OFFERED, WAITING]
    bookings.cancel(bob, now=NOW)
    assert states(cat, dan, eve) == [OFFERED, OFFERED, WAITING]


def test_near_the_start_only_those_are_told_for_whom_there_is_a_place(school, police):
    date = held_date((school, 1), capacity=2, days=0, starts_at=NOW + 5 * DAY)
    late = NOW + 4 * DAY
    teacher, officer = book(date, ANN, agency=school), book(date, BEN, agency=police)
    cat, dan = book(date, CAT, agency=police), book(date, DAN, agency=school)
    bookings.cancel(teacher, now=late)

    assert waiting_list.can_take(dan, late)
    assert not waiting_list.can_take(cat, late)
    assert kinds(CAT) == ["booking_waiting"]
    # Whoever comes from elsewhere now waits without being told of it, too.
    assert not waiting_list.can_take(book(date, EVE, agency=police, now=late), late)
    bookings.cancel(officer, now=late)
    waiting_list.accept(dan, now=late)
    assert waiting_list.can_take(cat, late)
    assert kinds(CAT) == ["booking_waiting", "place_to_take"]
    assert not waiting_list.can_take(dan, late)


def test_with_a_colleague_of_another_sector_the_next_free_place_is_the_sectors_own(school, police):
    date = held_date((school, 1), capacity=2)
    ann, ben = book(date, ANN, agency=school), book(date, BEN, agency=police)
    cat = book(date, CAT, agency=police)
    cannot_come.send_colleague(ann, email=DAN, details=details(agency=police), now=NOW)
    assert places.of(date, NOW).taken == 2

    bookings.cancel(ben, now=NOW)
    assert cat.state is WAITING
    assert places.of(date, NOW).words == (
        "1 place left, kept for Education until 24 April; 1 waiting"
    )


def test_where_fewer_are_free_than_are_held_whichever_sector_is_first_has_them(school, police):
    places_ = Places(
        4,
        confirmed=3,
        held=(Held(school.sector_id, "Education", 2, 1), Held(police.sector_id, "Police", 2, 1)),
    )

    assert places_.open_to(school.sector_id) == places_.open_to(police.sector_id) == 1
    assert places_.open_to(None) == 0
    assert places_.words == "1 place left, kept for Education and Police"


def test_an_organiser_asks_for_a_reason_to_give_a_held_place_to_somebody_else(school, police):
    date = held_date((school, 1), capacity=1)
    with pytest.raises(Full, match="1 kept for Education until 24 April"):
        bookings.add_by_hand(
            date, email=ANN, details=details(agency=police), may_wait=False, now=NOW
        )
    teacher = details(agency=school)
    added = bookings.add_by_hand(date, email=BEN, details=teacher, may_wait=False, now=NOW)
    assert (added.state, added.over_capacity_reason) == (CONFIRMED, None)


def test_nobody_goes_by_themselves_to_a_date_whose_places_are_held_for_others(school, police):
    course = make_course()
    date, to = make_date(course=course), held_date((school, 3), course=course)
    officer, teacher = book(date, ANN, agency=police), book(date, BEN, agency=school)

    assert list(cannot_come.choices(officer, now=NOW)) == []
    with pytest.raises(Refused, match="All places on that date are taken"):
        cannot_come.choose(officer, to, now=NOW)
    with pytest.raises(Full):
        moving.move(officer, to, reason=None, over_capacity_reason=None, now=NOW)
    assert list(cannot_come.choices(teacher, now=NOW)) == [to]
    assert cannot_come.choose(teacher, to, now=NOW).state is CONFIRMED


def test_whoever_turns_out_to_work_elsewhere_may_free_a_place_or_have_one(school, police):
    date = held_date((school, 1), capacity=2)
    ann, ben = book(date, ANN, agency=police), book(date, BEN, agency=police)
    bookings.change_details(ben, details=details(agency=school), now=NOW)
    assert states(ann, ben) == [CONFIRMED, OFFERED]

    other = held_date((school, 1), capacity=2)
    ann, ben = book(other, ANN, agency=police), book(other, BEN, agency=police)
    bookings.change_details(ann, details=details(agency=school), now=NOW)
    assert states(ann, ben) == [CONFIRMED, OFFERED]


def test_agencies_made_one_across_sectors_free_what_was_held_for_the_other(school, police):
    date = held_date((school, 1), capacity=2)
    academy = make_agency("An academy", sector=make_sector(name="Other"))
    ann, ben = book(date, ANN, agency=academy), book(date, BEN, agency=police)
    assert states(ann, ben) == [CONFIRMED, WAITING]

    agency_lists.merge(academy, school, now=NOW)
    assert ben.state is OFFERED


def test_what_is_no_longer_held_or_more_places_go_to_those_who_wait(school, police):
    date = held_date((school, 1), capacity=1)
    ann, ben = book(date, ANN, agency=police), book(date, BEN, agency=police)
    places.hold(date)
    date.capacity = 2
    waiting_list.offer_free_places(date, now=NOW)
    assert states(ann, ben) == [OFFERED, WAITING]

    hold(date)
    assert (date.held, date.held_days) == ((), None)
    assert states(ann, ben) == [OFFERED, OFFERED]
    assert kinds(BEN) == ["booking_waiting", "booking_offered"]


def test_nobody_loses_a_place_when_some_are_held(school, police):
    date = make_date(capacity=2)
    people = [book(date, email, agency=police) for email in (ANN, BEN, CAT)]
    hold(date, (school, 2))

    assert states(*people) == [CONFIRMED, CONFIRMED, WAITING]
    bookings.cancel(people[0], now=NOW)
    assert people[2].state is WAITING


def test_no_more_can_be_held_than_there_are(school, police):
    date = make_date(capacity=3)
    with pytest.raises(HeldRefused, match="4 places would be held, and the date has 3 places"):
        hold(date, (school, 2), (police, 2))
    with pytest.raises(HeldRefused, match="only be held where there is a limit"):
        hold(make_date(capacity=None), (school, 1))
    with pytest.raises(Refused, match="has already started"):
        hold(make_date(starts_at=NOW - DAY), (school, 1))

    hold(date, (school, 3))
    fewer = {**vars(arrangements.of(date)), "capacity": 2}
    with pytest.raises(HeldRefused, match="3 places would be held, and the date has 2 places"):
        arrangements.arrange(date, arrangements.Arrangements(**fewer), now=NOW)


def test_a_moved_date_moves_the_day_and_a_copy_holds_the_same(school):
    date = held_date((school, 1), days=3)
    later = {**vars(arrangements.of(date)), "days": ((NOW + 30 * DAY, NOW + 31 * DAY),)}
    arrangements.arrange(date, arrangements.Arrangements(**later), now=NOW)
    assert date.held_until.date() == (NOW + 27 * DAY).date()

    [copy] = programme_copies.copy([date.id], now=NOW)
    assert (copy.held, copy.held_days) == (((school.sector_id, 1),), 3)


def test_holding_can_be_undone(school, police):
    organiser = make_organiser()
    date = make_date(capacity=3)
    hold(date, (police, 1), days=2)
    was = undoing.look(date, now=NOW)
    hold(date, (school, 2), days=9)
    line = audit.record(organiser, "held places for sectors", course_date=date, now=NOW)
    kept = undoing.remember(was, line, now=NOW)
    undoing.undo(kept, organiser, now=NOW)

    assert (date.held, date.held_days) == (((police.sector_id, 1),), 2)


def test_many_dates_are_counted_in_as_many_queries_as_few(school):
    for _ in range(3):
        held_date((school, 1))
    few = _queries(database.session.query(CourseDate).all())
    for _ in range(20):
        held_date((school, 1))
    assert _queries(database.session.query(CourseDate).all()) == few == 3


def _queries(dates):
    with counted() as sent:
        places.places_of(dates, NOW)
    return len(sent)


def test_the_mail_says_where_somebody_stands_and_no_more(school, police):
    date = held_date((school, 1), capacity=1)
    book(date, ANN, agency=police)

    [mail] = mails_to(ANN)
    assert "You are 1st on the waiting list" in words(mail)
