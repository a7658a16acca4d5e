from datetime import datetime, timedelta

import pytest

from tests import people
from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_postponed_date, make_venue
from tests.queries import counted
from webapp.clock import LONDON
from webapp.errors import Refused
from webapp.models import BookingState, DateState, Format
from webapp.services import arrangements, bookings, joining, links, outbox
from webapp.services.arrangements import Arrangements

STARTS = datetime(2025, 5, 29, 10, tzinfo=LONDON)
DUE = datetime(2025, 5, 26, 9, tzinfo=LONDON)
TICK = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _partnership(db):
    people.settle_in()


def online(**facts):
    return make_date(format=Format.ONLINE, **{"starts_at": STARTS, "capacity": 20, **facts})


def go_round(now):
    """What the worker does."""
    return [joining.send_if_due(date, now=now) for date in joining.due_dates(now)]


def told(email):
    return people.kinds(email).count(joining.KIND)


def moved(date, starts_at, now):
    facts = {name: getattr(date, name) for name in arrangements.NAMES}
    facts["days"] = ((starts_at, starts_at + timedelta(hours=3)),)
    arrangements.arrange(date, Arrangements(**facts), now=now)


def test_they_go_at_nine_in_london_some_days_before_once(db):
    date = online()
    people.book(date)
    assert joining.due(date) == DUE
    assert go_round(DUE - TICK) == []
    assert go_round(DUE) == [1]
    assert go_round(DUE + TICK) == []
    assert told("ann@agency.example") == 1
    assert date.joining_sent_at == DUE
    assert joining.sent_to(date) == 1


def test_nine_is_nine_in_london_when_the_clocks_change_in_between(db):
    date = make_date(starts_at=datetime(2025, 10, 27, 10, tzinfo=LONDON))
    assert joining.due(date) == datetime(2025, 10, 24, 9, tzinfo=LONDON)
    assert joining.due(date).utcoffset() == timedelta(hours=1)


def test_what_would_go_at_a_weekend_goes_on_the_friday(db):
    friday = datetime(2025, 5, 16, 9, tzinfo=LONDON)
    for day in (20, 21):
        date = make_date(starts_at=datetime(2025, 5, day, 20, tzinfo=LONDON))
        make_booking(date)
        assert joining.due(date) == friday
    assert go_round(friday - TICK) == []
    assert go_round(friday) == [1, 1]


def test_how_many_days_before_is_the_partnerships_choice(db):
    people.partnership().joining_days = 10
    date = online()
    people.book(date)
    assert go_round(DUE - timedelta(days=7)) == [1]


def test_online_they_hold_the_link_and_the_way_to_cancel(db):
    date = online(before_you_come="Read the outline.")
    booking = people.book(date)
    go_round(DUE)
    mail = people.mails()[-1]
    assert mail.subject == "How to join: Safeguarding basics, Thu 29 May, 10am"
    read = people.words(mail)
    assert "Join: https://teams.example/join/secret" in read
    assert "Before you come: Read the outline." in read
    assert f"/bookings/{links.booking_token(booking)}" in read
    assert people.calendar_part(mail) is None


def test_face_to_face_they_say_how_to_get_there(db):
    venue = make_venue(
        directions="From the station on foot.", parking="None.", access_notes="There is a lift."
    )
    people.book(make_date(venue=venue, starts_at=STARTS, room="Room 2"))
    go_round(DUE)
    mail = people.mails()[-1]
    assert mail.subject.startswith("How to get there: ")
    read = people.words(mail)
    assert f"Where: Room 2, {venue.one_line}" in read
    assert "Getting there: From the station on foot." in read
    assert "Parking: None." in read
    assert "Access: There is a lift." in read
    assert "Join:" not in read


def test_only_who_has_a_place_is_told(db):
    date = online()
    make_booking(date, email="sure@agency.example")
    make_booking(date, email="waits@agency.example", state=BookingState.WAITING)
    make_booking(
        date,
        email="asked@agency.example",
        state=BookingState.OFFERED,
        offered_until=STARTS,
    )
    make_booking(date, email="gone@agency.example", state=BookingState.CANCELLED)
    assert go_round(DUE) == [1]
    assert told("sure@agency.example") == 1


def test_who_gets_a_place_after_they_were_due_has_it_all_in_that_mail(db):
    date = online(capacity=2)
    people.book(date, "early@agency.example")
    late = DUE + timedelta(minutes=5)
    people.book(date, "late@agency.example", now=late)
    assert go_round(late) == [1]
    assert told("early@agency.example") == 1
    assert told("late@agency.example") == 0


def test_who_takes_an_offer_up_after_they_were_due_has_it_all_in_that_mail(db):
    date = online(capacity=1)
    first = people.book(date, "first@agency.example")
    people.book(date, "second@agency.example")
    bookings.cancel(first, now=DUE + TICK)
    second = people.booking_of(date, "second@agency.example")
    bookings.waiting_list.accept(second, now=DUE + 2 * TICK)
    assert go_round(DUE + 3 * TICK) == [0]
    assert told("second@agency.example") == 0


def test_who_was_added_without_a_mail_is_told_however_late(db):
    date = online()
    make_booking(date, email="imported@agency.example", booked_at=DUE + TICK)
    assert go_round(DUE + 2 * TICK) == [1]


def test_a_date_moved_to_another_day_is_told_again_at_its_time(db):
    date = online()
    people.book(date)
    go_round(DUE)
    moved(date, STARTS + timedelta(days=14), DUE + TICK)
    assert not joining.is_sent(date)
    assert go_round(DUE + 2 * TICK) == []
    assert go_round(DUE + timedelta(days=14)) == [1]
    assert told("ann@agency.example") == 2


def test_a_date_moved_into_the_days_before_it_says_so_once(db):
    date = online(starts_at=STARTS + timedelta(days=14))
    people.book(date)
    moved(date, STARTS, DUE + TICK)
    assert go_round(DUE + 2 * TICK) == [0]
    assert told("ann@agency.example") == 0
    assert people.kinds()[-1] == "booking_changed"


def test_another_hour_of_the_same_day_is_no_reason_to_tell_again(db):
    date = online()
    people.book(date)
    go_round(DUE)
    moved(date, STARTS + timedelta(hours=2), DUE + TICK)
    assert go_round(DUE + 2 * TICK) == []


def test_sent_by_hand_they_do_not_go_again_by_themselves(db):
    date = online()
    people.book(date)
    assert joining.send(date, now=NOW) == 1
    assert go_round(DUE) == []
    assert told("ann@agency.example") == 1


def test_they_can_be_sent_again_by_hand(db):
    date = online()
    people.book(date)
    joining.send(date, now=NOW)
    assert joining.send(date, now=NOW + TICK) == 1
    assert told("ann@agency.example") == 2
    assert joining.sent_to(date) == 1


def test_without_a_link_nobody_is_told_how_to_join(db):
    date = online(join_link=None)
    people.book(date)
    assert go_round(DUE) == []
    with pytest.raises(Refused, match="link to join is missing"):
        joining.send(date, now=DUE)
    assert date.joining_sent_at is None


def test_somebody_is_asked_for_a_missing_link_a_week_before_it_is_needed(db):
    needed = online(join_link=None)
    online(), make_date(starts_at=STARTS)
    week = timedelta(days=7)
    assert joining.without_link(DUE - week - TICK) == []
    assert joining.without_link(DUE - week) == [needed]
    assert joining.without_link(STARTS - TICK) == [needed]
    assert joining.without_link(STARTS) == []


def test_with_the_link_at_last_one_mail_says_it(db):
    date = online(join_link=None)
    people.book(date)
    facts = {name: getattr(date, name) for name in arrangements.NAMES}
    facts |= {"days": arrangements.of(date).days, "join_link": "https://teams.example/at-last"}
    arrangements.arrange(date, Arrangements(**facts), now=DUE + TICK)
    assert go_round(DUE + 2 * TICK) == [0]
    assert people.kinds() == ["booking_confirmed", "booking_changed"]
    assert "https://teams.example/at-last" in people.words(people.mails()[-1])


@pytest.mark.parametrize("state", [DateState.DRAFT, DateState.CANCELLED])
def test_a_date_that_is_not_held_tells_nobody(db, state):
    date = online(state=state)
    make_booking(date)
    assert go_round(DUE) == []
    with pytest.raises(Refused, match="This date has"):
        joining.send(date, now=DUE)


def test_a_postponed_date_tells_nobody_until_it_has_a_day(db):
    date = make_postponed_date()
    make_booking(date)
    assert joining.due(date) is None
    assert not joining.is_sent(date)
    assert go_round(NOW) == []


def test_a_date_that_has_started_tells_nobody(db):
    date = online()
    make_booking(date)
    assert go_round(STARTS) == []
    with pytest.raises(Refused, match="already started"):
        joining.send(date, now=STARTS)


def test_with_nobody_on_it_there_is_nobody_to_send_them_to(db):
    with pytest.raises(Refused, match="Nobody has a place"):
        joining.send(online(), now=NOW)


def test_of_two_workers_the_second_finds_it_done(db):
    date = online()
    people.book(date)
    assert joining.send_if_due(date, now=DUE) == 1
    assert joining.send_if_due(date, now=DUE) is None


def test_a_preview_leaves_nothing_behind(db):
    booking = people.book(online())
    letter = joining.as_read_by(booking, now=NOW)
    assert letter.subject.startswith("How to join: ")
    assert not db.session.new
    assert joining.KIND not in people.kinds()


def test_an_invitation_can_be_tried_again_after_them(db):
    date = online()
    people.book(date)
    [invitation] = people.mails()
    invitation.gave_up_at, invitation.failure = NOW, "no"
    go_round(DUE)
    people.mails()[-1].sent_at = DUE
    outbox.try_again(invitation, now=DUE)
    assert invitation.gave_up_at is None


def test_before_the_seeds_are_loaded_there_is_nothing_to_send(db):
    db.session.delete(people.partnership())
    db.session.commit()
    assert joining.due_dates(NOW) == []


def sending_asks(db, number, day):
    date = online(starts_at=STARTS + timedelta(days=day), capacity=None)
    for _ in range(number):
        make_booking(date)
    with counted() as sent:
        assert joining.send_if_due(date, now=DUE + timedelta(days=day)) == number
        db.session.flush()
    # SQLite takes rows one by one as they are written; what counts is that nothing is looked up.
    return len([one for one in sent if not one.startswith("INSERT")])


def test_they_ask_the_database_as_often_for_many_as_for_few(db):
    assert sending_asks(db, 3, 0) == sending_asks(db, 60, 10)
