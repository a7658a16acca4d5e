from datetime import timedelta

import pytest

from tests import people
from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_postponed_date, make_practitioner, save
from webapp.db import db as database
from webapp.models import BookingState, DateState, Ending, TeamBooking, TeamMember
from webapp.services import notices
from webapp.services.notices import JOIN_LINK, Change

LATER = NOW + timedelta(hours=1)
DAYS = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=3)) for n in (14, 15, 16)]
CONFIRMED, WAITING, OFFERED = BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED


@pytest.fixture(autouse=True)
def _partnership(db):
    people.settle_in()


def three_days():
    return make_date(days=DAYS, starts_at=DAYS[0][0], ends_at=DAYS[2][1])


def booking_on(date, state):
    until = NOW + timedelta(days=1) if state is OFFERED else None
    since = NOW if state is not CONFIRMED else None
    return make_booking(date, state=state, offered_until=until, waiting_since=since)


@pytest.mark.parametrize(
    ("date_state", "state", "kind"),
    [
        (DateState.PUBLISHED, CONFIRMED, "booking_confirmed"),
        (DateState.PUBLISHED, WAITING, "booking_waiting"),
        (DateState.PUBLISHED, OFFERED, "booking_offered"),
        (DateState.POSTPONED, CONFIRMED, "date_postponed"),
        (DateState.POSTPONED, WAITING, "date_postponed"),
        (DateState.CANCELLED, CONFIRMED, "date_cancelled"),
        (DateState.CANCELLED, WAITING, "date_cancelled"),
    ],
)
def test_a_standing_is_told_as_the_date_stands(date_state, state, kind):
    postponed = date_state is DateState.POSTPONED
    date = make_postponed_date() if postponed else make_date(state=date_state)
    notices.tell(booking_on(date, state), now=NOW)
    [mail] = people.mails()
    assert mail.kind == kind
    invited = kind == "booking_confirmed"
    assert people.entries(mail).get("METHOD") == ("REQUEST" if invited else None)


def made_by_a_colleague(booking):
    booking.booked_by = make_practitioner()
    made = TeamBooking(
        course_date_id=booking.course_date_id,
        booker_id=booking.booked_by.id,
        booker_name="Bea Booker",
        booked_at=NOW,
    )
    member = {"practitioner_id": booking.practitioner_id, "booking_id": booking.id}
    save(made).members.append(TeamMember(name=booking.name, **member))
    database.session.commit()


@pytest.mark.parametrize("ending", notices.ENDINGS)
def test_the_end_of_a_booking_on_a_postponed_date_can_be_told(ending):
    booking = booking_on(make_postponed_date(), OFFERED)
    booking.state, booking.ending = BookingState.CANCELLED, ending
    if ending is not Ending.DATE_CANCELLED:
        booking.cancelled_at = NOW
    if ending is Ending.BY_BOOKER:
        made_by_a_colleague(booking)
    notices.tell(booking, now=NOW, was="waiting")
    [mail] = people.mails()
    assert mail.subject.endswith(": Safeguarding basics, Thu 1 May, 10am")
    assert "None" not in people.words(mail)


def test_no_mail_speaks_of_two_entries_and_the_words_come_once():
    booking = make_booking(three_days())
    notices.tell(booking, now=NOW)
    notices.tell_changes(booking, [Change("The room", "1", "2")], now=LATER)
    assert people.kinds() == ["booking_confirmed", "further_day", "further_day", "booking_changed"]
    for mail in people.mails()[:3]:
        calendar = people.calendar_of(mail)
        assert calendar.count(b"BEGIN:VEVENT") == 1
    uids = [people.entries(mail)["UID"] for mail in people.mails()[:3]]
    assert uids == [day.uid for day in booking.course_date.days]


def test_changes_that_no_diary_need_know_are_told_without_an_invitation():
    booking = make_booking()
    notices.tell(booking, now=NOW)
    notices.tell_changes(booking, [Change("The room", "1", "2")], now=LATER)
    mail = people.mails()[-1]
    assert people.entries(mail) == {}
    assert "your diary" not in people.words(mail)


@pytest.mark.parametrize("state", [WAITING, OFFERED])
def test_the_link_is_told_to_those_with_a_place_alone(state):
    changes = [
        Change("The venue", "Here", "There", matters_to_all=True),
        Change(JOIN_LINK, "https://teams.example/old", "https://teams.example/new"),
    ]
    notices.tell_changes(booking_on(make_date(), state), changes, now=NOW)
    [mail] = people.mails()
    assert "The venue is now: There" in people.words(mail)
    assert "teams.example" not in mail.message.decode()


def test_what_was_typed_over_several_lines_stays_on_its_own():
    change = Change("The room", None, "Room 1\nSubject: another\n\nBcc: eve@x.example")
    notices.tell_changes(make_booking(), [change], now=NOW)
    words = people.words(people.mails()[0]).replace("\r\n", "\n")
    assert "The room was: not known yet\n" in words
    assert "The room is now: Room 1 Subject: another Bcc: eve@x.example\n" in words


def test_between_the_days_of_a_course_the_rest_of_it_is_sent_again():
    booking = make_booking(three_days())
    notices.tell(booking, now=DAYS[1][1])
    [mail] = people.mails()
    assert people.entries(mail)["UID"] == booking.course_date.days[2].uid
    assert "puts it in your diary" in people.words(mail)


def test_when_all_is_over_there_is_nothing_for_the_diary():
    booking = make_booking()
    notices.tell(booking, now=NOW + timedelta(days=15))
    [mail] = people.mails()
    assert people.entries(mail) == {}
    assert "your diary" not in people.words(mail)
