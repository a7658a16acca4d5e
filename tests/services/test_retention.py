from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_evaluation, make_organiser
from tests.people import settle_in
from webapp.models import (
    Attendance,
    CourseDate,
    DateMessage,
    DateState,
    Email,
    Evaluation,
    WrittenTo,
)
from webapp.services import date_messages, evaluation_results, retention
from webapp.services.date_messages import Said

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
HOURS = timedelta(hours=3)


@pytest.fixture(autouse=True)
def _house(db):
    settle_in(mail_days=30, booking_years=1)


@pytest.fixture
def olive(db):
    return make_organiser("olive@partnership.example")


def date_on(starts_at, **facts):
    return make_date(starts_at=starts_at, ends_at=starts_at + HOURS, **facts)


def drafted(date, olive):
    return date_messages.draft(date, Said(WrittenTo.ALL, None, "About {course}", "Hello."), olive)


def forget(db, now):
    retention.forget(now=now)
    db.session.commit()
    db.session.expire_all()


def test_what_was_sent_to_many_is_forgotten_with_its_mails_and_that_it_was_sent_stays(db, olive):
    date = date_on(NOW + DAY)
    for name in ("ann", "ben"):
        make_booking(date, email=f"{name}@agency.example")
    message = drafted(date, olive)
    date_messages.send(message, olive, now=NOW)
    db.session.commit()

    forget(db, NOW + 30 * DAY)
    assert message.body == "Hello."
    forget(db, NOW + 30 * DAY + SECOND)
    assert (message.body, message.subject) == ("", "About {course}")
    assert (message.queued_at, message.organiser_id) == (NOW, olive.id)
    copies = select(Email).where(Email.date_message_id == message.id)
    assert len(db.session.scalars(copies).all()) == 2


def test_a_draft_of_a_message_goes_once_its_date_has_long_been_over(db, olive):
    date, coming = date_on(NOW - DAY), date_on(NOW + 60 * DAY)
    for one in (date, coming):
        make_booking(one)
        drafted(one, olive)
    db.session.commit()
    messages = select(DateMessage.course_date_id).order_by(DateMessage.id)

    forget(db, date.ends_at + 30 * DAY)
    assert db.session.scalars(messages).all() == [date.id, coming.id]
    forget(db, date.ends_at + 30 * DAY + SECOND)
    assert db.session.scalars(messages).all() == [coming.id]


def test_what_people_wrote_of_a_training_is_forgotten_and_the_figures_stay(db):
    date = date_on(NOW - DAY)
    for number in range(3):
        came = make_booking(date, attendance=Attendance.ATTENDED)
        make_evaluation(came, useful=number + 3, will_do="Ask more.", comment="Thank you.")
    before = evaluation_results.of_date(date)

    forget(db, date.ends_at + 366 * DAY)
    given = db.session.scalars(select(Evaluation)).all()
    assert {one.comment for one in given} == {"Thank you."}
    forget(db, date.ends_at + 366 * DAY + SECOND)
    assert {(one.will_do, one.comment) for one in given} == {(None, None)}
    assert evaluation_results.of_date(date) == before


def test_a_draft_of_a_date_that_came_to_nothing_goes_and_no_other_date_does(db):
    draft = date_on(NOW - DAY, state=DateState.DRAFT)
    held = date_on(NOW - DAY)
    withdrawn = date_on(NOW - DAY, state=DateState.DRAFT)
    make_booking(withdrawn)
    open_end = make_date(state=DateState.DRAFT, starts_at=None, ends_at=None, days=[])
    gone, kept = draft.id, [held.id, withdrawn.id, open_end.id]
    ends = draft.ends_at
    dates = select(CourseDate.id).order_by(CourseDate.id)

    forget(db, ends + 366 * DAY)
    assert db.session.scalars(dates).all() == [gone, *kept]
    forget(db, ends + 366 * DAY + SECOND)
    assert db.session.scalars(dates).all() == kept
