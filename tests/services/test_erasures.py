"""Somebody is forgotten: what goes, what stays, and the last mail that still has to reach them."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_course, make_date, make_email, make_interest
from tests.people import book, booking_of, kinds, mails, settle_in, words
from webapp.errors import Refused
from webapp.models import (
    AccessNeeds,
    Attendance,
    Booking,
    BookingState,
    Email,
    Ending,
    Evaluation,
    Interest,
    Practitioner,
)
from webapp.services import certificates, cut_off, erasures, forgetting, old_mails, outbox

ANN = "ann@agency.example"


@pytest.fixture(autouse=True)
def _house(db):
    settle_in()


def asked(db):
    ann = db.session.scalars(select(Practitioner).where(Practitioner.email == ANN)).one()
    erasures.ask(ann, now=NOW)
    db.session.commit()
    return ann


def erased(db):
    ann = asked(db)
    erasures.erase(ann, now=NOW)
    db.session.commit()
    return ann


def sent(db):
    for mail in mails():
        mail.sent_at = mail.sent_at or (None if mail.gave_up_at else NOW)
    db.session.commit()


def everything_typed(db):
    """All text in the columns of everything that knows somebody."""
    db.session.expire_all()
    tables = (Practitioner, Booking, AccessNeeds, Evaluation, Interest, Email)
    rows = [row for table in tables for row in db.session.scalars(select(table))]
    return " ".join(
        str(getattr(row, column.key)) for row in rows for column in type(row).__mapper__.columns
    )


def test_a_place_on_a_coming_date_goes_to_who_waits(db):
    date = make_date(capacity=1)
    book(date, ANN)
    book(date, "ben@agency.example", submission="other")

    erased(db)

    assert booking_of(date, "ben@agency.example").state is BookingState.OFFERED
    assert kinds(ANN)[-2:] == ["booking_cancelled", "erased"]


def test_who_is_forgotten_gives_up_no_place_late(db):
    date = make_date(starts_at=NOW + timedelta(hours=3))
    booking = book(date, ANN)
    assert cut_off.is_late(booking, NOW)

    erased(db)

    assert booking.ending is Ending.BY_PRACTITIONER
    assert not booking.gave_up_late


def test_nothing_that_says_who_it_was_is_left_once_the_last_mail_has_gone(db):
    date = make_date()
    book(
        date,
        ANN,
        name="Ann Unusual",
        phone="01632 960009",
        team="Team Unusual",
        manager_name="Mona Unusual",
        manager_email="mona@agency.example",
        access="Something unusual",
    )
    booking_of(date, ANN).note = "Unusual"
    evaluation = Evaluation(
        booking=booking_of(date, ANN),
        useful=5,
        confident_before=1,
        confident_after=4,
        will_do="Something unusual",
        comment="As Ann Unusual I liked it",
        answered_at=NOW,
    )
    db.session.add(evaluation)
    make_interest(make_course(), ANN, name="Ann Unusual")
    make_email(to=ANN, subject="For Ann Unusual", sent_at=NOW)
    db.session.commit()

    erased(db)
    sent(db)
    old_mails.purge(now=NOW)
    db.session.commit()

    said = everything_typed(db)
    assert "nusual" not in said
    assert "ann@" not in said
    assert "mona@" not in said
    assert "960009" not in said
    assert evaluation.useful == 5


def test_the_last_mails_keep_their_address_until_they_have_gone(db):
    book(make_date(), ANN)
    erased(db)

    old_mails.purge(now=NOW)
    db.session.commit()

    assert kinds(ANN)[-2:] == ["booking_cancelled", "erased"]
    assert "our last mail to you" in words(mails(ANN)[-1])


def test_what_was_attended_still_counts_and_names_nobody(db):
    date = make_date(starts_at=NOW - timedelta(days=3))
    book(make_date(), ANN)
    hers = db.session.scalars(select(Booking)).one()
    hers.course_date, hers.attendance, hers.marked_at = date, Attendance.ATTENDED, NOW
    certificates.follow_register(date, now=NOW)
    db.session.commit()

    erased(db)

    assert hers.state is BookingState.CONFIRMED
    assert hers.attendance is Attendance.ATTENDED
    assert hers.agency.name == "Anytown Council"
    assert hers.name == hers.certificate.name == forgetting.ERASED


def test_nobody_is_written_to_who_was_forgotten(db):
    book(make_date(), ANN)
    ann = erased(db)

    later = outbox.queue("my_link", to=ann.email, now=NOW, token="1-x", days=7)
    db.session.commit()

    assert later.message is None
    assert later.gave_up_at == NOW
    assert later.purged_at == NOW


def test_the_same_address_may_book_again_as_somebody_new(db):
    date = make_date()
    book(date, ANN)
    was = erased(db)

    again = book(date, ANN)

    assert again.practitioner_id != was.id
    assert again.state is BookingState.CONFIRMED


def test_a_request_is_answered_once(db):
    book(make_date(), ANN)
    ann = erased(db)

    with pytest.raises(Refused, match="settled already"):
        erasures.erase(ann, now=NOW)
    with pytest.raises(Refused, match="settled already"):
        erasures.decline(ann, "No", now=NOW)


def test_declined_everything_stays_and_the_person_reads_why(db):
    date = make_date()
    book(date, ANN)
    erasures.decline(asked(db), "A court has asked us to keep it.", now=NOW)
    db.session.commit()

    assert booking_of(date, ANN).name == "Ann Example"
    assert "A court has asked us to keep it." in words(mails(ANN)[-1])
    assert erasures.how_many_wait() == 0


def test_who_waits_longest_for_an_answer_is_first(db):
    for number, days in ((1, 2), (2, 5), (3, 1)):
        person = Practitioner(
            email=f"p{number}@agency.example",
            created_at=NOW,
            erasure_asked_at=NOW - timedelta(days=days),
        )
        db.session.add(person)
    db.session.commit()

    assert [person.email[:2] for person in erasures.waiting(1).rows] == ["p2", "p1", "p3"]
    assert erasures.how_many_wait() == 3
