from dataclasses import replace
from datetime import timedelta

import pytest

from tests import people
from tests.conftest import NOW
from tests.forget import NEEDS, forget
from tests.makers import make_booking, make_date, make_held_back_date, make_postponed_date
from tests.queries import counted
from webapp.errors import BookingClosed, OfferOver, Refused
from webapp.models import BookingState, CourseDate, DateState, Ending, Format
from webapp.services import arrangements, bookings, calling_off, waiting_list

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
# Ten o'clock in London, two weeks from NOW, which is when make_date() begins: Thursday 1 May.
TEN = NOW + 14 * DAY + HOUR
TWO_DAYS = [(TEN, TEN + 3 * HOUR), (TEN + DAY, TEN + DAY + 3 * HOUR)]
ANN, BEN, CAT = (f"{name}@agency.example" for name in ("ann", "ben", "cat"))
CONFIRMED, WAITING, OFFERED = BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED


@pytest.fixture(autouse=True)
def _partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example.org")
    people.settle_in()


def postpone(db, date, message="The trainer is ill.", now=NOW + HOUR):
    told = calling_off.postpone(date, message=message, now=now)
    db.session.commit()
    return told


def cancel(db, date, message="Too few people can come.", now=NOW + 2 * HOUR):
    told = calling_off.cancel(date, message=message, now=now)
    db.session.commit()
    return told


def date_of_three(**facts):
    """Ann has a place, Ben has the offer of one, Cat waits."""
    date = make_date(capacity=1, **facts)
    first = people.book(date, "first@agency.example")
    three = [people.book(date, email) for email in (ANN, BEN, CAT)]
    bookings.cancel(first, now=NOW)
    waiting_list.accept(three[0], now=NOW)
    arrangements.arrange(date, replace(arrangements.of(date), capacity=2), now=NOW)
    return date, three


def standings(everybody):
    return [booking.state for booking in everybody]


def said(mail):
    entry = people.entries(mail)
    return mail.kind, entry.get("METHOD"), entry.get("STATUS")


# Postponed


def test_a_postponed_date_has_no_day_and_everybody_stands_as_before(db):
    date, three = date_of_three(closes_at=TEN - DAY)
    places = [booking.waiting_since for booking in three]
    assert postpone(db, date) == 3

    assert date.state is DateState.POSTPONED
    assert (date.starts_at, date.ends_at, date.closes_at) == (None, None, None)
    assert (date.postponed_at, date.postpone_message) == (NOW + HOUR, "The trainer is ill.")
    assert [(day.starts_at, day.dropped_at) for day in date.days] == [(TEN, None)]
    assert standings(three) == [CONFIRMED, WAITING, WAITING]
    assert three[1].offered_until is None
    assert [booking.waiting_since for booking in three] == places
    assert waiting_list.position(three[1]) == 1


def test_everybody_is_told_and_diaries_forget_the_day(db):
    date, _ = date_of_three()
    postpone(db, date)

    to_ann, to_ben, to_cat = (people.mails(email)[-1] for email in (ANN, BEN, CAT))
    assert said(to_ann) == ("date_postponed", "CANCEL", "CANCELLED")
    assert {mail.subject for mail in (to_ann, to_ben, to_cat)} == {
        "Postponed: Safeguarding basics, Thu 1 May, 10am"
    }
    words = people.words(to_ann)
    assert "has been postponed. There is no new date yet." in words
    assert "It was to be: Thursday 1 May 2025, 10am to 1pm" in words
    assert "The trainer is ill." in words
    assert "You keep your place." in words
    assert "This mail takes the entry out of your diary." in words
    assert "You are back on the waiting list, where you are 1st." in people.words(to_ben)
    assert "You stay on the waiting list, where you are 2nd." in people.words(to_cat)
    for mail in (to_ben, to_cat):
        assert people.entries(mail) == {}
        assert "your diary" not in people.words(mail)


def test_the_cancel_has_the_uid_that_was_asked_in_and_a_higher_sequence(db):
    date = make_date()
    people.book(date)
    postpone(db, date)
    asked, taken_out = (people.entries(mail) for mail in people.mails())
    assert asked["UID"] == taken_out["UID"] == date.days[0].uid
    assert (asked["SEQUENCE"], taken_out["SEQUENCE"]) == ("0", "1")
    assert taken_out["DTSTAMP"] == "20250417T090000Z"
    assert taken_out["SUMMARY"] == asked["SUMMARY"]
    assert people.faults_of_messages() == []


def test_each_day_is_taken_out_by_a_mail_of_its_own(db):
    date = make_date(days=TWO_DAYS, starts_at=TWO_DAYS[0][0], ends_at=TWO_DAYS[1][1])
    people.book(date)
    postpone(db, date)

    first, second = people.mails()[2:]
    assert (said(first)[:2], said(second)[:2]) == (
        ("date_postponed", "CANCEL"),
        ("day_taken_out", "CANCEL"),
    )
    assert "takes the first day out" in people.words(first)
    assert second.subject == "Taken out of your diary: Safeguarding basics, Fri 2 May, 10am"
    assert [people.entries(mail)["UID"] for mail in (first, second)] == [d.uid for d in date.days]
    assert people.faults_of_messages() == []


def test_put_off_and_on_and_off_again_every_invitation_has_an_identity_of_its_own(db):
    date = make_date()
    people.book(date)
    for step in range(3):
        postpone(db, date, now=NOW + (2 * step + 1) * HOUR)
        new = replace(arrangements.of(date), days=((TEN + step * DAY, TEN + step * DAY + HOUR),))
        arrangements.arrange(date, new, now=NOW + (2 * step + 2) * HOUR)
        db.session.commit()

    entries = [people.entries(mail) for mail in people.mails()]
    assert [entry["METHOD"] for entry in entries] == ["REQUEST"] + ["CANCEL", "REQUEST"] * 3
    asked = [entry["UID"] for entry in entries if entry["METHOD"] == "REQUEST"]
    assert len(set(asked)) == 4
    assert people.faults_of_messages() == []


def test_whoever_asks_again_is_told_that_it_is_postponed_and_nothing_is_taken_out_twice(db):
    date = make_date()
    people.book(date)
    postpone(db, date)
    bookings.write_again(date, email=ANN, submission=None, now=NOW + 2 * HOUR)

    mail = people.mails()[-1]
    assert mail.kind == "date_postponed"
    assert "You keep your place." in people.words(mail)
    assert "out of your diary" not in people.words(mail)
    assert people.entries(mail) == {}


def test_a_place_on_a_postponed_date_can_be_given_up(db):
    date, [ann, ben, _] = date_of_three()
    postpone(db, date)
    bookings.cancel(ann, now=NOW + 2 * HOUR)
    bookings.cancel_by_organiser(ben, reason="Ben has left.", now=NOW + 2 * HOUR)
    db.session.commit()

    assert standings([ann, ben]) == [BookingState.CANCELLED] * 2
    mail = people.mails(ANN)[-1]
    assert mail.subject == "Your booking is cancelled: Safeguarding basics, Thu 1 May, 10am"
    words = people.words(mail)
    assert "When: Postponed, new date to be confirmed (it was to be on Thursday 1 May" in words
    assert "book again" not in words
    assert people.entries(mail) == {}
    assert people.kinds(CAT)[-1] == "date_postponed"  # nothing is offered for a day that is not


def test_nobody_books_a_postponed_date(db):
    date = make_postponed_date()
    booking = make_booking(date, email=ANN, state=BookingState.CANCELLED)
    booking.ending = Ending.BY_PRACTITIONER
    for book in (
        lambda: people.book(date, BEN),
        lambda: bookings.book_again(booking, now=NOW),
        lambda: bookings.add_by_hand(date, email=BEN, details=people.details(), now=NOW),
    ):
        with pytest.raises(BookingClosed, match="has been postponed"):
            book()


def test_an_address_is_not_corrected_while_it_is_postponed_whoever_booked(db):
    date = make_date()
    people.book(date, ANN, submission="first")
    people.book(date, ANN, submission="repeated")
    postpone(db, date)
    for form in ("first", "repeated"):
        with pytest.raises(BookingClosed, match="has been postponed"):
            bookings.correct_address(date, submission=form, email=BEN, now=NOW + 2 * HOUR)


def test_an_offer_cannot_be_answered_once_the_date_is_off(db):
    date, [_, ben, cat] = date_of_three()
    postpone(db, date)
    for answer in (waiting_list.accept, waiting_list.decline):
        with pytest.raises(OfferOver, match="has been postponed"):
            answer(ben, now=NOW + 2 * HOUR)
    cancel(db, date)
    with pytest.raises(OfferOver, match="has been cancelled"):
        waiting_list.accept(cat, now=NOW + 3 * HOUR)


def test_offers_do_not_lapse_while_the_date_is_postponed(db):
    date, [_, ben, _] = date_of_three()
    postpone(db, date)
    assert waiting_list.lapsed_dates(NOW + 9 * DAY) == []
    assert waiting_list.lapse_on(date, now=NOW + 9 * DAY) == 0
    assert ben.state is WAITING


@pytest.mark.parametrize(
    ("facts", "now", "reason"),
    [
        ({"state": DateState.DRAFT}, NOW, "has not been published"),
        ({"state": DateState.CANCELLED}, NOW, "cancelled already"),
        ({}, TEN, "already started"),
        ({}, TEN + DAY, "already started"),
    ],
)
def test_what_cannot_be_postponed_says_why(db, facts, now, reason):
    date = make_date(**facts)
    with pytest.raises(Refused, match=reason):
        postpone(db, date, now=now)
    assert reason in calling_off.why_not_postponed(date, now)
    assert date.postponed_at is None


def test_once_is_enough(db):
    date = make_date()
    people.book(date)
    postpone(db, date)
    with pytest.raises(Refused, match="postponed already"):
        postpone(db, date)
    assert people.kinds() == ["booking_confirmed", "date_postponed"]


# Cancelled


def test_every_booking_ends_with_the_date_and_everybody_is_told(db):
    date, three = date_of_three()
    assert cancel(db, date) == 3

    assert (date.state, date.cancelled_at) == (DateState.CANCELLED, NOW + 2 * HOUR)
    assert date.cancel_message == "Too few people can come."
    assert {booking.ending for booking in three} == {Ending.DATE_CANCELLED}
    assert not any(booking.is_live for booking in three)
    to_ann, to_ben, to_cat = (people.mails(email)[-1] for email in (ANN, BEN, CAT))
    assert said(to_ann) == ("date_cancelled", "CANCEL", "CANCELLED")
    assert to_ann.subject == "Cancelled: Safeguarding basics, Thu 1 May, 10am"
    words = people.words(to_ann)
    assert "has been cancelled. It will not take place." in words
    assert "It was to be: Thursday 1 May 2025, 10am to 1pm" in words
    assert "Too few people can come." in words
    assert "Your place has ended with it." in words
    assert "This mail takes the entry out of your diary." in words
    assert f"/courses/{date.course.slug}" in words
    assert "The place that was kept for you has ended" in people.words(to_ben)
    assert "You were on the waiting list." in people.words(to_cat)
    assert said(to_ben)[1:] == said(to_cat)[1:] == (None, None)


def test_who_had_cancelled_before_hears_nothing_of_it(db):
    date = make_date()
    bookings.cancel(people.book(date), now=NOW)
    assert cancel(db, date) == 0
    assert people.kinds()[-1] == "booking_cancelled"


def test_after_a_change_the_cancel_is_higher_still(db):
    date = make_date(format=Format.ONLINE)
    people.book(date)
    new = replace(arrangements.of(date), join_link="https://teams.example/join/another")
    arrangements.arrange(date, new, now=NOW + HOUR)
    cancel(db, date)

    entries = [people.entries(mail) for mail in people.mails()]
    assert [entry["SEQUENCE"] for entry in entries] == ["0", "1", "2"]
    assert len({entry["UID"] for entry in entries}) == 1
    assert "teams.example" not in people.mails()[-1].message.decode()
    assert people.faults_of_messages() == []


def test_between_its_days_only_what_is_to_come_is_taken_out(db):
    date = make_date(days=TWO_DAYS, starts_at=TWO_DAYS[0][0], ends_at=TWO_DAYS[1][1])
    people.book(date)
    assert cancel(db, date, now=TEN + 5 * HOUR) == 1

    [mail] = people.mails()[2:]
    assert said(mail) == ("date_cancelled", "CANCEL", "CANCELLED")
    assert people.entries(mail)["UID"] == date.days[1].uid
    assert mail.subject == "Cancelled: Safeguarding basics, Fri 2 May, 10am"
    assert "The rest of Safeguarding basics has been cancelled." in people.words(mail)
    assert "It was to be: Friday 2 May 2025, 10am to 1pm" in people.words(mail)
    assert people.faults_of_messages() == []


def test_a_postponed_date_that_is_cancelled_takes_nothing_out_of_diaries_again(db):
    date, _ = date_of_three()
    postpone(db, date)
    assert cancel(db, date) == 3

    mail = people.mails(ANN)[-1]
    assert mail.subject == "Cancelled: Safeguarding basics, Thu 1 May, 10am"
    assert people.entries(mail) == {}
    assert "diary" not in people.words(mail)


def test_an_offer_that_ran_out_before_comes_first_no_more_whether_or_not_it_was_ended_yet(db):
    date, (_, late, behind) = date_of_three()
    assert postpone(db, date, now=late.offered_until) == 2

    assert (late.state, late.ending) == (BookingState.CANCELLED, Ending.OFFER_LAPSED)
    assert waiting_list.position(behind) == 1
    assert people.kinds(BEN)[-1] == "offer_lapsed"


def test_what_somebody_needs_who_left_a_postponed_date_does_not_wait_for_its_new_day(db):
    date = make_date()
    people.book(date, "first@agency.example", access="A ramp")
    leaving = people.book(date, access="A ramp")
    postpone(db, date)
    bookings.cancel(leaving, now=NOW + 2 * HOUR)
    db.session.commit()

    assert forget(NOW + 28 * DAY, NEEDS) == {}
    assert forget(NOW + 29 * DAY, NEEDS) == {NEEDS: 1}
    assert leaving.access_needs is None


def test_a_postponed_date_that_is_cancelled_grows_old_as_the_day_it_was_to_be_on(db):
    date = make_date()
    people.book(date, access="A ramp")
    postpone(db, date)
    cancel(db, date)

    assert (date.starts_at, date.ends_at) == (TEN, TEN + 3 * HOUR)
    assert forget(TEN + 29 * DAY, NEEDS) == {NEEDS: 1}


@pytest.mark.parametrize(
    ("facts", "now", "reason"),
    [
        ({"state": DateState.DRAFT}, NOW, "has not been published"),
        ({"state": DateState.CANCELLED}, NOW, "cancelled already"),
        ({}, TEN + 3 * HOUR, "is over"),
    ],
)
def test_what_cannot_be_cancelled_says_why(db, facts, now, reason):
    date = make_date(**facts)
    with pytest.raises(Refused, match=reason):
        cancel(db, date, now=now)
    assert reason in calling_off.why_not_cancelled(date, now)


def test_a_held_back_date_is_neither_postponed_nor_cancelled(db):
    date = make_held_back_date()
    for call_off in (postpone, cancel):
        with pytest.raises(Refused, match="has not been published"):
            call_off(db, date)


def test_nobody_books_or_is_added_to_a_cancelled_date_again(db):
    date = make_date()
    booking = people.book(date)
    cancel(db, date)
    with pytest.raises(BookingClosed, match="has been cancelled"):
        bookings.book_again(booking, now=NOW + 3 * HOUR)
    with pytest.raises(BookingClosed, match="has been cancelled"):
        bookings.add_by_hand(date, email=BEN, details=people.details(), now=NOW + 3 * HOUR)
    bookings.correct_address(date, submission="form", email=BEN, now=NOW + 3 * HOUR)
    bookings.write_again(date, email=ANN, submission=None, now=NOW + 3 * HOUR)
    assert people.kinds()[-1] == "date_cancelled"


@pytest.mark.parametrize("call_off", [calling_off.postpone, calling_off.cancel])
def test_a_message_costs_the_same_however_many_are_written_to(db, call_off):
    def queries(number):
        date = make_date()
        for _ in range(number):
            booking = make_booking(date)
            bookings.write_again(date, email=booking.email, submission=None, now=NOW)
        db.session.commit()
        key = date.id
        db.session.expunge_all()
        date = db.session.get(CourseDate, key)
        with counted() as sent:
            assert call_off(date, message="So it is.", now=NOW + HOUR) == number
            db.session.flush()
        db.session.rollback()
        return len(sent)

    two, four, eight = queries(2), queries(4), queries(8)
    assert eight - four == 2 * (four - two)
    assert (four - two) / 2 <= 5
