from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_organiser
from tests.queries import counted
from webapp.errors import NotFound, Refused
from webapp.models import Attendance, BookingState, DateMessage, Ending, WrittenTo
from webapp.services import copies, date_messages, delivery, links, outbox, recipients
from webapp.services.correspondence import Standing
from webapp.services.date_messages import Said

CONFIRMED, WAITING, OFFERED = BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED
CANCELLED = BookingState.CANCELLED
WORDS = "Dear {name},\n\nplease bring a pen to {place}."


@pytest.fixture(autouse=True)
def _partnership(db):
    people.settle_in()


@pytest.fixture
def olive(db):
    return make_organiser("olive@partnership.example")


def said(written_to=WrittenTo.ALL, agency=None, subject="About {course}", body=WORDS):
    return Said(written_to, agency.id if agency else None, subject, body)


def drafted(date, olive, *args, **facts):
    return date_messages.draft(date, said(*args, **facts), olive)


def a_full_date():
    """One person of every kind, called after how they stand."""
    date = make_date(capacity=20)
    until = NOW + timedelta(days=1)
    for name, facts in {
        "confirmed": {},
        "waiting": {"state": WAITING},
        "offered": {"state": OFFERED, "offered_until": until},
        "attended": {"attendance": Attendance.ATTENDED},
        "late": {"attendance": Attendance.LATE},
        "part": {"attendance": Attendance.PART},
        "absent": {"attendance": Attendance.ABSENT},
        "excused": {"attendance": Attendance.EXCUSED},
        "gone": {"state": CANCELLED, "ending": Ending.BY_PRACTITIONER},
        "moved": {"state": CANCELLED, "ending": Ending.MOVED},
    }.items():
        make_booking(date, email=f"{name}@agency.example", name=name, **facts)
    make_booking(make_date(), email="elsewhere@agency.example")
    return date


@pytest.mark.parametrize(
    ("starts_at", "way"),
    [
        (NOW + timedelta(days=1), "To see, change or cancel your booking:"),
        (NOW - timedelta(days=1), "To see your booking:"),
    ],
)
def test_what_is_over_is_not_offered_to_be_cancelled(db, olive, starts_at, way):
    booking = make_booking(make_date(starts_at=starts_at))
    letter = date_messages.as_read_by(booking, drafted(booking.course_date, olive), now=NOW)
    assert way in letter.text.splitlines()


@pytest.mark.parametrize(
    ("written_to", "names"),
    [
        (WrittenTo.ALL, "confirmed waiting offered attended late part absent excused"),
        (WrittenTo.CONFIRMED, "confirmed attended late part absent excused"),
        (WrittenTo.WAITING, "waiting offered"),
        (WrittenTo.ATTENDED, "attended late part"),
        (WrittenTo.ABSENT, "absent"),
    ],
)
def test_each_group_is_written_to_and_nobody_else(olive, written_to, names):
    date = a_full_date()
    message = drafted(date, olive, written_to)
    assert date_messages.send(message, olive, now=NOW) == len(names.split())
    assert {mail.to.partition("@")[0] for mail in people.mails()} == set(names.split())
    assert recipients.counts(date)[written_to] == len(names.split())


def test_those_whose_date_was_cancelled_can_be_written_to(olive):
    date = make_date()
    make_booking(date, state=CANCELLED, ending=Ending.DATE_CANCELLED, email="ann@agency.example")
    date_messages.send(drafted(date, olive), olive, now=NOW)
    assert people.kinds("ann@agency.example") == ["date_message"]


def test_one_agency_can_be_written_to(olive):
    date, police = make_date(), make_agency("Police")
    make_booking(date, agency=police, email="pc@police.example")
    make_booking(date, email="ann@agency.example")
    assert date_messages.send(drafted(date, olive, agency=police), olive, now=NOW) == 1
    assert [mail.to for mail in people.mails()] == ["pc@police.example"]


def test_each_copy_has_the_words_and_the_link_of_its_person(olive):
    date = make_date()
    ann = make_booking(date, email="ann@agency.example", name="Ann Example")
    sian = make_booking(date, email="sian@agency.example", name="Siân ’t Hooft")
    message = drafted(date, olive, subject="{name}: {course}")
    date_messages.send(message, olive, now=NOW)
    [mail] = people.mails("sian@agency.example")
    assert mail.subject == "Siân ’t Hooft: Safeguarding basics"
    read = people.words(mail).replace("\r\n", "\n")
    assert read.startswith("Dear Siân ’t Hooft,\n\nplease bring a pen to Town Hall")
    assert f"/bookings/{links.booking_token(sian)}" in read
    assert links.booking_token(ann) not in read
    assert mail.date_message_id == message.id
    assert mail.booking_id == sian.id
    assert mail.queued_at == message.queued_at == NOW


def test_the_link_stands_where_it_was_put_and_not_twice(olive):
    booking = make_booking(make_date(), email="ann@agency.example")
    message = drafted(booking.course_date, olive, body="Here: {link to booking}")
    date_messages.send(message, olive, now=NOW)
    [mail] = people.mails()
    assert people.words(mail).count(links.booking_token(booking)) == 1


def test_a_message_sent_twice_reaches_nobody_twice(olive):
    message = drafted(a_full_date(), olive)
    date_messages.send(message, olive, now=NOW)
    before = len(people.mails())
    assert date_messages.send(message, olive, now=NOW + timedelta(minutes=1)) == 0
    assert len(people.mails()) == before
    assert message.queued_at == NOW


def test_copies_wait_for_a_minute_and_can_be_taken_back(db, olive):
    message = drafted(a_full_date(), olive)
    date_messages.send(message, olive, now=NOW)
    assert delivery.take(now=NOW + timedelta(seconds=59)) is None
    date_messages.take_back(message)
    assert message.queued_at is None
    assert people.mails() == []
    assert date_messages.send(message, olive, now=NOW + timedelta(hours=1)) == 8


def test_once_a_copy_has_left_nothing_is_taken_back(db, olive):
    message = drafted(a_full_date(), olive)
    date_messages.send(message, olive, now=NOW)
    db.session.commit()
    assert delivery.take(now=NOW + timedelta(minutes=1)) is not None
    db.session.commit()
    with pytest.raises(Refused, match="can no longer be stopped"):
        date_messages.take_back(message)
    db.session.rollback()
    assert len(people.mails()) == 8
    assert message.queued_at == NOW


def test_what_is_no_longer_queued_is_taken_back_already(olive):
    message = drafted(a_full_date(), olive)
    date_messages.send(message, olive, now=NOW)
    date_messages.take_back(message)
    date_messages.take_back(message)
    assert message.queued_at is None


def test_what_was_sent_stays_as_it_is(olive):
    message = drafted(a_full_date(), olive)
    date_messages.send(message, olive, now=NOW)
    with pytest.raises(Refused, match="sent already"):
        date_messages.change(message, said(subject="Other words"), olive)
    with pytest.raises(Refused, match="sent already"):
        date_messages.discard(message)
    with pytest.raises(Refused, match="sent already"):
        date_messages.send_test(message, olive, now=NOW)
    assert message.subject == "About {course}"


def test_a_message_for_nobody_is_refused(db, olive):
    date = make_date()
    make_booking(date)
    with pytest.raises(Refused, match="nobody to write to"):
        drafted(date, olive, WrittenTo.ABSENT)


def test_a_message_for_nobody_any_more_is_refused(olive):
    booking = make_booking(make_date())
    message = drafted(booking.course_date, olive)
    booking.state, booking.ending = CANCELLED, Ending.BY_PRACTITIONER
    with pytest.raises(Refused, match="nobody to write to"):
        date_messages.send(message, olive, now=NOW)
    assert message.queued_at is None


def test_a_draft_can_be_changed_and_thrown_away(db, olive):
    message = drafted(a_full_date(), olive)
    date_messages.change(message, said(WrittenTo.WAITING, subject="Other words"), olive)
    assert date_messages.how_many(message) == 2
    assert date_messages.get(message.id).subject == "Other words"
    date_messages.discard(message)
    assert db.session.scalars(select(DateMessage)).all() == []
    assert people.mails() == []


def test_a_test_goes_to_who_asks_and_holds_no_link(olive):
    booking = make_booking(make_date(), name="Ann Example")
    message = drafted(booking.course_date, olive, body="Dear {name}: {link to booking}")
    date_messages.send_test(message, olive, now=NOW)
    [mail] = people.mails()
    assert mail.to == "olive@partnership.example"
    read = people.words(mail)
    assert read.startswith("Dear Olive Organiser: (here each person has the link")
    assert "Ann" not in read
    assert "/bookings/" not in read
    assert message.queued_at is None
    assert copies.progress([message])[message.id][Standing.QUEUED] == 0


def test_a_preview_is_what_the_person_will_read_and_leaves_nothing_behind(db, olive):
    date = make_date()
    make_booking(date, email="ann@agency.example", name="Ann")
    make_booking(date, email="ben@agency.example", name="Ben")
    message = drafted(date, olive)
    db.session.commit()
    letter = date_messages.as_read_by(date_messages.one_of(message, 2), message, now=NOW)
    assert letter.text.startswith("Dear Ben,")
    assert date_messages.one_of(message, 3) is None
    assert not db.session.new
    date_messages.send(message, olive, now=NOW)
    [mail] = people.mails("ben@agency.example")
    assert people.words(mail) == letter.text


def test_drafts_come_first_then_the_latest(olive):
    date = a_full_date()
    old, draft, new = (drafted(date, olive, subject=word) for word in ("old", "draft", "new"))
    date_messages.send(old, olive, now=NOW)
    date_messages.send(new, olive, now=NOW + timedelta(hours=1))
    assert [one.subject for one in date_messages.of_date(date).rows] == ["draft", "new", "old"]
    assert draft.queued_at is None


def test_what_became_of_the_copies_is_counted(olive):
    date = a_full_date()
    message, other = drafted(date, olive), drafted(date, olive, WrittenTo.ABSENT)
    date_messages.send(message, olive, now=NOW)
    date_messages.send(other, olive, now=NOW)
    sent, lost, late, back, *_ = [m for m in people.mails() if m.date_message_id == message.id]
    sent.sent_at = NOW
    lost.gave_up_at, lost.failure = NOW, "no such person"
    late.failure = "busy"
    back.sent_at = back.bounced_at = NOW
    so = copies.progress([message, other])
    assert so[message.id] == {
        Standing.QUEUED: 4,
        Standing.DELAYED: 1,
        Standing.SENT: 1,
        Standing.GIVEN_UP: 1,
        Standing.RETURNED: 1,
    }
    assert so[other.id][Standing.QUEUED] == 1
    assert copies.in_trouble(message).rows == [lost, late, back]


def test_an_invitation_can_be_tried_again_after_a_message_that_leaves_the_diary_alone(olive):
    date = make_date()
    people.book(date, "ann@agency.example")
    [invitation] = people.mails()
    invitation.gave_up_at, invitation.failure = NOW, "no"
    later = NOW + timedelta(hours=1)
    date_messages.send(drafted(date, olive), olive, now=later)
    people.mails()[-1].sent_at = later
    outbox.try_again(invitation, now=later)
    assert invitation.gave_up_at is None


def test_an_unknown_message_is_not_found(db):
    with pytest.raises(NotFound):
        date_messages.get(99)


def sending_asks(db, number, olive):
    date = make_date(capacity=None)
    for _ in range(number):
        make_booking(date)
    message = date_messages.get(drafted(date, olive).id)
    with counted() as sent:
        date_messages.send(message, olive, now=NOW)
        db.session.flush()
    # SQLite takes rows one by one as they are written; what counts is that nothing is looked up.
    return len([one for one in sent if not one.startswith("INSERT")])


def test_sending_asks_the_database_as_often_for_many_as_for_few(db, olive):
    assert sending_asks(db, 3, olive) == sending_asks(db, 60, olive)
