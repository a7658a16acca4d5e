from dataclasses import replace
from datetime import timedelta

import pytest

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_date,
    make_held_back_date,
    make_interest,
    make_postponed_date,
    make_venue,
)
from tests.queries import counted
from webapp.errors import Refused
from webapp.models import BookingState, CourseDate, DateState, Format
from webapp.services import arrangements, bookings, calling_off, venues
from webapp.services.arrangements import ClosingRefused, DaysRefused
from webapp.services.venues import Whereabouts

NEW_LINK = "https://teams.example/join/another"
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Ten o'clock in London, two weeks from NOW, which is when make_date() begins: Thursday 1 May.
TEN = NOW + 14 * DAY + HOUR
ANN, BEN, CAT = (f"{name}@agency.example" for name in ("ann", "ben", "cat"))


@pytest.fixture(autouse=True)
def _partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example.org")
    people.settle_in()


def on(*days, hours=3):
    """Days of training, each so many days after the first of May, from ten."""
    return tuple((TEN + day * DAY, TEN + day * DAY + hours * HOUR) for day in days)


def date_on(*days, **facts):
    times = on(*days)
    return make_date(days=times, starts_at=times[0][0], ends_at=times[-1][1], **facts)


def arrange(db, date, now=NOW + HOUR, **facts):
    told = arrangements.arrange(date, replace(arrangements.of(date), **facts), now=now)
    db.session.commit()
    return told


def move(db, venue, **facts):
    now_said = {name: getattr(venue, name) for name in Whereabouts.__dataclass_fields__}
    told = venues.move(venue, Whereabouts(**{**now_said, **facts}), now=NOW)
    db.session.commit()
    return told


def sent(mails):
    """What each mail is and does, in short."""
    return [
        (mail.kind, people.entries(mail).get("METHOD"), people.entries(mail).get("SEQUENCE"))
        for mail in mails
    ]


def uids(mails):
    return [people.entries(mail)["UID"] for mail in mails]


# What people are told


def test_another_link_is_told_old_and_new_to_everybody_with_a_place(db):
    date = make_date(format=Format.ONLINE)
    people.book(date, "ann@agency.example")
    people.book(date, "bob@agency.example")
    people.book(date, "wanda@agency.example")

    assert arrange(db, date, join_link=NEW_LINK) == 2

    mail = people.mails("ann@agency.example")[-1]
    assert mail.kind == "booking_changed"
    assert mail.subject.startswith("Changed: ")
    words = people.words(mail)
    assert "The link to join was: https://teams.example/join/secret" in words
    assert f"The link to join is now: {NEW_LINK}" in words
    assert "booking_changed" not in people.kinds("wanda@agency.example")


def test_another_time_is_told_old_and_new_and_diaries_take_it_under_the_same_uid(db):
    date = make_date()
    people.book(date)
    assert arrange(db, date, days=((TEN + 3 * HOUR, TEN + 6 * HOUR),)) == 1

    first, second = people.mails()
    assert second.kind == "booking_changed"
    assert second.subject == "Changed: Safeguarding basics, Thu 1 May, 1pm"
    words = people.words(second)
    assert "You still have your place." in words
    assert "The date and time was: Thursday 1 May 2025, 10am to 1pm" in words
    assert "The date and time is now: Thursday 1 May 2025, 1pm to 4pm" in words
    assert "stay as they were" not in words
    assert uids([first]) == uids([second])
    assert sent([first, second])[1] == ("booking_changed", "REQUEST", "1")
    assert people.entries(second)["STATUS"] == "CONFIRMED"
    assert people.entries(second)["DTSTAMP"] == "20250417T090000Z"
    assert people.faults_of_messages() == []


def test_another_venue_and_room_are_told_old_and_new(db):
    here, there = make_venue(name="Town Hall"), make_venue(name="Library")
    date = make_date(venue=here, room="Room 1")
    people.book(date)
    arrange(db, date, venue=there, room="Room 2")

    mail = people.mails()[-1]
    words = people.words(mail)
    assert "The venue was: Town Hall, 1 High Street, Anytown, AN1 1AA" in words
    assert "The venue is now: Library, 1 High Street, Anytown, AN1 1AA" in words
    assert "The room was: Room 1" in words
    assert "The room is now: Room 2" in words
    assert "The date and time stay as they were." in words
    assert people.entries(mail)["LOCATION"].startswith("Room 2\\, Library")
    assert people.faults_of_messages() == []


def test_moved_online_the_place_is_told_as_a_whole_and_the_building_is_left(db):
    date = make_date(venue=make_venue(name="Town Hall"), room="Room 1")
    people.book(date)
    arrange(db, date, format=Format.ONLINE, platform="Teams", join_link=NEW_LINK)

    words = people.words(people.mails()[-1])
    assert "The training was: face to face" in words
    assert "The training is now: online" in words
    assert "The place was: Room 1, Town Hall, 1 High Street, Anytown, AN1 1AA" in words
    assert "The place is now: Online (Teams)" in words
    assert f"The link to join is now: {NEW_LINK}" in words
    assert "The room" not in words
    assert (date.venue, date.room) == (None, None)
    assert people.entries(people.mails()[-1])["LOCATION"] == NEW_LINK
    assert people.faults_of_messages() == []


def test_moved_into_a_building_the_link_is_forgotten(db):
    date = make_date(format=Format.ONLINE)
    people.book(date)
    arrange(db, date, format=Format.FACE_TO_FACE, venue=make_venue(name="Library"))

    assert (date.platform, date.join_link) == (None, None)
    words = people.words(people.mails()[-1])
    assert "The place is now: Library, 1 High Street" in words
    assert "teams.example" not in words
    assert people.faults_of_messages() == []


def test_who_has_no_place_is_told_the_words_and_never_the_link(db):
    date = make_date(capacity=2, format=Format.ONLINE)
    for email in (ANN, BEN, CAT):
        people.book(date, email)
    bookings.cancel(people.booking_of(date, BEN), now=NOW)
    people.book(date, BEN)  # Cat has the offer, and Ben waits
    assert arrange(db, date, days=on(1), join_link=NEW_LINK) == 3

    to_cat, to_ben = people.mails(CAT)[-1], people.mails(BEN)[-1]
    for mail in (to_cat, to_ben):
        assert mail.subject == "Changed: Safeguarding basics, Fri 2 May, 10am"
        assert "is now: Friday 2 May 2025" in people.words(mail)
        assert people.entries(mail) == {}
        assert "teams.example" not in mail.message.decode()
    assert "A place is still kept for you, until 5pm on Tuesday 22 April" in people.words(to_cat)
    assert "You are still on the waiting list." in people.words(to_ben)


@pytest.mark.parametrize(
    "facts", [{"room": "Room 9"}, {"before_you_come": "Bring a pen."}, {"capacity": 1}]
)
def test_who_has_no_place_is_not_told_of_what_matters_only_with_one(db, facts):
    date = make_date(capacity=1)
    people.book(date, ANN)
    people.book(date, BEN)
    arrange(db, date, **facts)
    assert people.kinds(BEN) == ["booking_waiting"]


# Several days


def test_of_several_days_only_those_that_changed_are_sent(db):
    date = date_on(0, 1, 2)
    people.book(date)
    told = people.mails()
    arrange(db, date, days=on(0, 2) + on(1, hours=2))

    [mail] = people.mails()[3:]
    assert sent([mail]) == [("booking_changed", "REQUEST", "1")]
    assert uids([mail]) == [uids(told)[1]]
    assert "short mail of its own" not in people.words(mail)
    assert people.faults_of_messages() == []


def test_a_change_of_every_day_has_its_words_once_and_a_short_mail_for_each_further_day(db):
    date = date_on(0, 1)
    people.book(date)
    told = people.mails()
    arrange(db, date, room="Room 2")

    first, second = people.mails()[2:]
    assert sent([first, second]) == [
        ("booking_changed", "REQUEST", "1"),
        ("further_day", "REQUEST", "1"),
    ]
    assert uids([first, second]) == uids(told)
    assert "The room is now: Room 2" in people.words(first)
    assert "short mail of its own" in people.words(first)
    assert second.subject == "Changed: day 2 of 2: Safeguarding basics, Fri 2 May, 10am"
    assert "was:" not in people.words(second)
    assert people.faults_of_messages() == []


def test_a_day_more_comes_in_a_mail_of_its_own_and_renames_the_first(db):
    date = make_date()
    people.book(date)
    arrange(db, date, days=on(0, 7))

    first, second = people.mails()[1:]
    assert sent([first, second]) == [
        ("booking_changed", "REQUEST", "1"),
        ("further_day", "REQUEST", "0"),
    ]
    assert people.entries(first)["SUMMARY"] == "Safeguarding basics (day 1 of 2)"
    assert uids([second]) == [date.days[1].uid]
    words = people.words(first)
    assert "is now: Thursday 1 May 2025 and Thursday 8 May 2025, 10am to 1pm each day" in words
    assert people.faults_of_messages() == []


def test_a_dropped_day_is_taken_out_by_a_short_mail(db):
    date = date_on(0, 1, 2)
    people.book(date)
    told = people.mails()
    assert arrange(db, date, days=on(0, 2)) == 1

    mails = people.mails()[3:]
    assert sent(mails) == [
        ("booking_changed", "REQUEST", "1"),
        ("further_day", "REQUEST", "1"),
        ("day_taken_out", "CANCEL", "1"),
    ]
    assert uids(mails) == [uids(told)[0], uids(told)[2], uids(told)[1]]
    last = mails[2]
    assert last.subject == "Taken out of your diary: Safeguarding basics, Fri 2 May, 10am"
    assert people.entries(last)["SUMMARY"] == "Safeguarding basics (day 2 of 3)"
    assert people.entries(last)["STATUS"] == "CANCELLED"
    assert people.faults_of_messages() == []


def test_a_day_that_has_become_another_number_is_sent_although_it_was_not_moved(db):
    date = date_on(0, 1)
    people.book(date)
    told = people.mails()
    arrange(db, date, days=on(1, 2))

    mails = people.mails()[2:]
    assert uids(mails) == [uids(told)[1], uids(told)[0]]
    assert [people.entries(mail)["SUMMARY"] for mail in mails] == [
        "Safeguarding basics (day 1 of 2)",
        "Safeguarding basics (day 2 of 2)",
    ]
    assert people.faults_of_messages() == []


def test_a_dropped_day_is_not_taken_out_twice_and_comes_back_as_another(db):
    date = date_on(0, 1)
    people.book(date)
    told = people.mails()
    arrange(db, date, days=on(0))
    bookings.write_again(date, email=ANN, submission=None, now=NOW + 2 * HOUR)
    db.session.commit()
    assert sent(people.mails()[-1:]) == [("booking_confirmed", "REQUEST", "1")]
    assert "first day" not in people.words(people.mails()[-1])

    arrange(db, date, days=on(0, 1), now=NOW + 3 * HOUR)
    again = people.mails()[-1]
    assert sent([again]) == [("further_day", "REQUEST", "0")]
    assert uids([again]) != [uids(told)[1]]


def test_between_its_days_the_last_one_can_be_dropped(db):
    date = date_on(0, 1)
    people.book(date)
    told = people.mails()
    after_the_first = TEN + 5 * HOUR
    assert arrange(db, date, now=after_the_first, days=on(0)) == 1

    [mail] = people.mails()[2:]
    assert sent([mail]) == [("booking_changed", "CANCEL", "1")]
    assert uids([mail]) == uids(told)[1:]
    assert "This mail takes Friday 2 May 2025, 10am to 1pm out of your diary" in people.words(mail)
    assert people.faults_of_messages() == []


# Whom nobody tells


def test_nothing_different_writes_to_nobody(db):
    date = make_date(room="Room 1")
    people.book(date)
    assert arrange(db, date, room="Room 1", before_you_come="Bring a pen.") == 0
    assert people.kinds() == ["booking_confirmed"]


@pytest.mark.parametrize("state", [DateState.DRAFT, DateState.HELD_BACK])
def test_of_a_date_that_is_not_published_nobody_is_told(db, state):
    date = make_date(state=state)
    make_booking(date)
    assert arrange(db, date, room="Room 2") == 0
    assert people.kinds() == []
    assert date.room == "Room 2"


def test_of_a_date_that_is_over_nobody_is_told(db):
    date = make_date(starts_at=NOW - timedelta(days=2))
    make_booking(date)
    assert arrange(db, date, room="Room 2") == 0
    assert people.kinds() == []


def test_more_places_are_offered_at_once_to_those_who_wait_in_order(db):
    date = make_date(capacity=1)
    for name in ("ann", "bob", "cat", "dan"):
        people.book(date, f"{name}@agency.example")
    arrange(db, date, capacity=3)

    states = [people.booking_of(date, f"{n}@agency.example").state for n in ("bob", "cat", "dan")]
    assert states == [BookingState.OFFERED, BookingState.OFFERED, BookingState.WAITING]


def test_there_cannot_be_fewer_places_than_are_taken(db):
    date = make_date(capacity=5)
    make_booking(date)
    make_booking(date, state=BookingState.OFFERED, offered_until=NOW + timedelta(days=1))

    with pytest.raises(Refused, match="2 places taken"):
        arrange(db, date, capacity=1)
    db.session.rollback()
    arrange(db, date, capacity=2)
    assert date.capacity == 2


def test_an_offer_does_not_stand_past_the_new_start(db):
    date = make_date(capacity=1)
    ann, ben = people.book(date, ANN), people.book(date, BEN)
    bookings.cancel(ann, now=NOW)
    starts_at = NOW + 20 * HOUR
    arrange(db, date, days=((starts_at, starts_at + HOUR),))

    assert (ben.state, ben.offered_until) == (BookingState.OFFERED, starts_at)
    assert "until 5am on Friday 18 April 2025" in people.words(people.mails(BEN)[-1])
    arrange(db, date, days=on(0), now=NOW + 2 * HOUR)
    assert ben.offered_until == starts_at


def test_an_offer_past_its_deadline_ends_first_and_is_no_taken_place(db):
    date = make_date(capacity=2)
    for email in (ANN, BEN, CAT):
        people.book(date, email)
    bookings.cancel(people.booking_of(date, ANN), now=NOW)
    arrange(db, date, now=NOW + 6 * DAY, capacity=1, days=on(1))

    assert people.kinds(CAT) == ["booking_waiting", "booking_offered", "offer_lapsed"]
    assert date.capacity == 1


# A postponed date


def postponed(db, *emails, capacity=1):
    """A date that these people booked, the first with a place, and which was then put off."""
    date = make_date(capacity=capacity)
    for email in emails:
        people.book(date, email)
    calling_off.postpone(date, message="The trainer is ill.", now=NOW + HOUR)
    db.session.commit()
    return date


def test_a_postponed_date_says_it_has_no_days(db):
    assert arrangements.of(postponed(db)).days == ()


def test_a_new_day_publishes_a_postponed_date_again_and_says_so(db):
    date = postponed(db, ANN, BEN)
    assert arrange(db, date, now=NOW + 2 * HOUR, days=on(7)) == 2

    assert (date.state, date.starts_at) == (DateState.PUBLISHED, on(7)[0][0])
    assert (date.postponed_at, date.postpone_message) == (None, None)
    asked, taken_out, again = people.mails(ANN)
    assert sent([again]) == [("date_back_on", "REQUEST", "2")]
    assert uids([asked]) == uids([taken_out]) != uids([again])
    assert again.subject == "New date: Safeguarding basics, Thu 8 May, 10am"
    words = people.words(again)
    assert "which was postponed, has a new date." in words
    assert "You still have your place." in words
    assert "The date and time was: Thursday 1 May 2025, 10am to 1pm" in words
    assert "The date and time is now: Thursday 8 May 2025, 10am to 1pm" in words
    assert people.faults_of_messages() == []

    to_ben = people.mails(BEN)[-1]
    assert to_ben.subject == again.subject
    assert "You are still on the waiting list." in people.words(to_ben)
    assert people.entries(to_ben) == {}


def test_back_on_the_very_day_it_was_put_off_from_diaries_have_a_newer_copy(db):
    date = postponed(db, ANN)
    before = date.days[0].revision
    arrange(db, date, now=NOW + 2 * HOUR, days=on(0))

    assert date.days[0].revision == before + 1
    assert sent(people.mails()[-1:]) == [("date_back_on", "REQUEST", "2")]
    assert people.faults_of_messages() == []


def test_back_on_with_a_day_more_that_one_comes_in_a_mail_of_its_own(db):
    date = postponed(db, ANN)
    arrange(db, date, now=NOW + 2 * HOUR, days=on(7, 8))
    first, second = people.mails()[-2:]
    assert sent([first, second]) == [
        ("date_back_on", "REQUEST", "2"),
        ("further_day", "REQUEST", "0"),
    ]
    assert second.subject == "New date: day 2 of 2: Safeguarding basics, Fri 9 May, 10am"
    assert people.faults_of_messages() == []


def test_back_on_free_places_go_to_those_who_wait_in_the_old_order(db):
    date = make_date(capacity=1)
    ann, ben, cat = (people.book(date, email) for email in (ANN, BEN, CAT))
    bookings.cancel(ann, now=NOW)
    calling_off.postpone(date, message="", now=NOW + HOUR)
    arrange(db, date, now=NOW + 2 * HOUR, days=on(7))

    assert (ben.state, cat.state) == (BookingState.OFFERED, BookingState.WAITING)
    assert people.kinds(BEN)[-3:] == ["date_postponed", "date_back_on", "booking_offered"]


def test_back_on_those_who_asked_for_dates_of_the_course_are_told_but_not_who_has_one(db):
    date = postponed(db, ANN)
    make_interest(date.course, ANN)
    make_interest(date.course, "eve@agency.example")
    arrange(db, date, now=NOW + 2 * HOUR, days=on(7))

    assert people.kinds("eve@agency.example") == ["new_date"]
    assert people.kinds(ANN)[-1] == "date_back_on"


def test_what_else_changes_while_it_is_postponed_is_told_with_the_new_day(db):
    date = postponed(db, ANN)
    assert arrange(db, date, now=NOW + 2 * HOUR, room="Room 5", capacity=3) == 0
    assert date.state is DateState.POSTPONED
    assert people.kinds()[-1] == "date_postponed"

    arrange(db, date, now=NOW + 3 * HOUR, days=on(7))
    assert "Where: Room 5, " in people.words(people.mails()[-1])


# What cannot be


@pytest.mark.parametrize(
    ("days", "reason"),
    [
        ((), "Enter at least one day"),
        (((TEN, TEN),), "end must be after the start"),
        (((TEN, TEN - HOUR),), "end must be after the start"),
        (((TEN, TEN + 3 * HOUR), (TEN + 2 * HOUR, TEN + 4 * HOUR)), "overlap"),
        (((TEN, TEN + HOUR), (TEN, TEN + HOUR)), "overlap"),
        (((NOW - HOUR, NOW + 3 * HOUR),), "in the future"),
        ((*on(0), (NOW - 3 * HOUR, NOW - 2 * HOUR)), "in the future"),
    ],
)
def test_days_that_cannot_be_are_refused_in_a_sentence(db, days, reason):
    date = make_date()
    people.book(date)
    with pytest.raises(DaysRefused, match=reason):
        arrange(db, date, days=days)
    db.session.rollback()
    assert arrangements.of(date).days == on(0)
    assert people.kinds() == ["booking_confirmed"]


@pytest.mark.parametrize("days", [on(1), on(0, 1, hours=2), (*on(0, hours=4), *on(1))])
def test_a_day_that_has_begun_can_neither_be_changed_nor_dropped(db, days):
    date = date_on(0, 1)
    with pytest.raises(DaysRefused, match="has begun"):
        arrange(db, date, now=TEN, days=days)


def test_while_it_runs_the_days_to_come_can_be_changed(db):
    date = date_on(0, 1)
    people.book(date)
    arrange(db, date, now=TEN, days=on(0, 2))
    assert people.entries(people.mails()[-1])["DTSTART;TZID=Europe/London"] == "20250503T100000"
    assert people.faults_of_messages() == []


def test_a_date_that_is_over_gets_no_further_days(db):
    with pytest.raises(DaysRefused, match="is over"):
        arrange(db, make_date(), now=TEN + 3 * HOUR, days=on(0, 1))


def test_a_held_back_date_is_settled_first(db):
    with pytest.raises(DaysRefused, match="Settle it first"):
        arrange(db, make_held_back_date(), days=on(0))


def test_a_postponed_date_cannot_come_back_in_the_past(db):
    with pytest.raises(DaysRefused, match="in the future"):
        arrange(db, make_postponed_date(), now=TEN + HOUR, days=on(0))


def test_a_cancelled_date_stays_as_it_was(db):
    date = make_date(state=DateState.CANCELLED)
    with pytest.raises(Refused, match="has been cancelled"):
        arrange(db, date, room="Room 2")


def test_booking_cannot_close_after_the_start(db):
    date = make_date()
    with pytest.raises(ClosingRefused, match="close before the start"):
        arrange(db, date, closes_at=TEN + timedelta(minutes=1))
    db.session.rollback()
    arrange(db, date, closes_at=TEN)
    with pytest.raises(ClosingRefused):
        arrange(db, date, days=((TEN - HOUR, TEN),))


def test_a_message_costs_the_same_however_many_are_written_to(db):
    def queries(number):
        date = date_on(0, 1)
        for _ in range(number):
            booking = make_booking(date)
            bookings.write_again(date, email=booking.email, submission=None, now=NOW)
        db.session.commit()
        key = date.id
        db.session.expunge_all()
        date = db.session.get(CourseDate, key)
        new = replace(arrangements.of(date), room="Room 2", days=on(0, 2))
        with counted() as sent:
            assert arrangements.arrange(date, new, now=NOW + HOUR) == number
        db.session.rollback()
        return len(sent)

    two, four, eight = queries(2), queries(4), queries(8)
    assert eight - four == 2 * (four - two)
    # Of two days: two mails written, what the diary was told, and who we are.
    assert (four - two) / 2 <= 5


# Places and the rest


def test_a_date_with_more_people_than_places_can_get_another_room(db):
    date = make_date(capacity=1)
    make_booking(date)
    make_booking(date)
    assert arrange(db, date, room="Room 2") == 2
    with pytest.raises(Refused, match="2 places taken"):
        arrange(db, date, capacity=0)


def test_what_is_saved_is_no_demonstration_value_any_more(db):
    date = make_date(demonstration_values=["capacity", "join_link", "state"])
    arrange(db, date, capacity=2)
    assert date.demonstration_values == ["state"]


def test_another_address_is_told_to_everybody_with_a_place_there(db):
    venue = make_venue(demonstration_values=["address"])
    one, other = make_date(venue=venue), make_date(venue=venue)
    elsewhere = make_date()
    people.book(one, "ann@agency.example")
    people.book(other, "ann@agency.example")
    people.book(elsewhere, "bob@agency.example")

    assert move(db, venue, address=["2 New Street", "Anytown"]) == 2

    assert people.kinds("ann@agency.example")[-2:] == ["booking_changed"] * 2
    words = people.words(people.mails("ann@agency.example")[-1])
    assert "is now: " + venue.one_line in words
    assert people.kinds("bob@agency.example") == ["booking_confirmed"]
    assert venue.demonstration_values == []
    assert venue.latitude is None


def test_better_directions_are_no_reason_to_write(db):
    venue = make_venue()
    people.book(make_date(venue=venue))
    assert move(db, venue, directions="Turn left at the station.") == 0
    assert venue.latitude is not None


def test_two_venues_cannot_have_one_name(db):
    other = make_venue()
    with pytest.raises(Refused, match="this name already"):
        move(db, make_venue(), name=other.name)
