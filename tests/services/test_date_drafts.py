from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_interest,
    make_organiser,
    make_partnership,
)
from webapp.errors import NotFound, Refused
from webapp.models import AgendaItem, AuditLine, BookingState, CourseDate, DateState, Kind
from webapp.services import (
    agendas,
    arrangements,
    audit,
    course_dates,
    date_drafts,
    feeds,
    programme,
)
from webapp.services.agendas import Line
from webapp.services.arrangements import DaysRefused

LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _partnership(db):
    make_partnership()


def make_draft(**facts):
    return make_date(state=DateState.DRAFT, **facts)


def publish(db, date, now=NOW):
    told = date_drafts.publish(date, now=now)
    db.session.commit()
    return told


def test_a_new_draft_has_all_that_was_said_of_it(db):
    like, course, trainer = make_date(minimum=2), make_course(), make_organiser()
    lines = [Line(1, NOW.time(), "Welcome", "Ann")]
    new = arrangements.of(like)
    made = date_drafts.add(course, new, agenda=agendas.rows(lines), trainers=[trainer], now=NOW)
    db.session.commit()

    assert made.state is DateState.DRAFT
    assert arrangements.of(made) == new
    assert (made.starts_at, made.ends_at) == (like.starts_at, like.ends_at)
    assert (agendas.of(made), made.trainers) == (lines, [trainer])


def test_a_new_draft_must_be_in_the_future(db):
    past = arrangements.of(make_date(starts_at=NOW - timedelta(days=1)))
    with pytest.raises(DaysRefused):
        date_drafts.add(make_course(), past, now=NOW)


def test_e_learning_gets_no_dates(db):
    course = make_course(kind=Kind.E_LEARNING)
    with pytest.raises(Refused, match="no dates"):
        date_drafts.add(course, arrangements.of(make_date()), now=NOW)


def test_a_draft_is_seen_by_nobody_outside_and_cannot_be_booked(db):
    date = make_draft()
    assert programme.coming(NOW) == []
    assert programme.past(NOW + timedelta(days=99)).rows == []
    assert feeds.in_programme(programme.EVERYTHING, now=NOW) == []
    assert date.why_not_bookable(NOW) == "This date has not been published yet."
    with pytest.raises(NotFound):
        programme.get_date(date.id)
    assert course_dates.past(NOW + timedelta(days=99), 1).rows == []


def test_publishing_shows_the_date_and_its_course_and_tells_who_wanted_to_hear(db):
    date = make_draft(course=make_course(is_published=False))
    make_interest(date.course, "ann@x.example")
    make_interest(date.course, "bob@x.example", withdrawn_at=NOW)

    assert publish(db, date, LATER) == 1

    assert programme.coming(NOW) == [date]
    assert date.course.updated_at == date.updated_at == LATER
    assert [(mail.to, mail.kind) for mail in people.mails()] == [("ann@x.example", "new_date")]


def test_published_again_only_those_hear_of_it_who_have_not(db):
    date = make_draft()
    make_interest(date.course, "ann@x.example", registered_at=NOW - timedelta(days=1))
    publish(db, date)
    date_drafts.withdraw(date, now=NOW)
    make_interest(date.course, "bob@x.example", registered_at=LATER)

    assert publish(db, date, LATER + timedelta(hours=1)) == 1
    assert [mail.to for mail in people.mails()] == ["ann@x.example", "bob@x.example"]


def test_published_again_on_another_day_everybody_hears_of_it(db):
    date = make_draft()
    make_interest(date.course, "ann@x.example", registered_at=NOW - timedelta(days=1))
    publish(db, date)
    date_drafts.withdraw(date, now=NOW)
    day = (date.starts_at + timedelta(days=1), date.ends_at + timedelta(days=1))
    moved = arrangements.Arrangements(
        **{name: getattr(date, name) for name in arrangements.NAMES if name != "days"}, days=(day,)
    )
    assert arrangements.arrange(date, moved, now=NOW) == 0

    assert publish(db, date, LATER) == 1
    assert [mail.to for mail in people.mails()] == ["ann@x.example"] * 2


def test_the_days_of_a_draft_keep_their_identity(db):
    date = make_draft()
    uid = date.days[0].uid
    publish(db, date)
    date_drafts.withdraw(date, now=NOW)
    publish(db, date)
    assert [day.uid for day in date.days] == [uid]


def test_a_day_that_has_passed_is_not_published_but_can_be_put_right(db):
    date = make_draft(starts_at=NOW - timedelta(days=1))
    with pytest.raises(Refused, match="Its day has passed"):
        date_drafts.publish(date, now=NOW)
    day = (NOW + timedelta(days=1), NOW + timedelta(days=1, hours=2))
    facts = {name: getattr(date, name) for name in arrangements.NAMES if name != "days"}
    arrangements.arrange(date, arrangements.Arrangements(**facts, days=(day,)), now=NOW)
    publish(db, date)
    assert date.state is DateState.PUBLISHED


@pytest.mark.parametrize("state", [s for s in DateState if s is not DateState.DRAFT])
def test_only_a_draft_is_published_or_thrown_away(db, state):
    date = make_date(state=state)
    with pytest.raises(Refused, match="not a draft"):
        date_drafts.publish(date, now=NOW)
    with pytest.raises(Refused, match="not a draft"):
        date_drafts.discard(date)


@pytest.mark.parametrize(
    "state", [BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED]
)
def test_a_date_that_somebody_has_booked_is_not_withdrawn(db, state):
    date = make_date()
    make_booking(date, state=state)
    with pytest.raises(Refused, match="Somebody has booked"):
        date_drafts.withdraw(date, now=NOW)
    assert date.state is DateState.PUBLISHED


def test_a_date_whose_bookings_are_all_cancelled_is_withdrawn_but_not_thrown_away(db):
    date = make_date()
    make_booking(date, state=BookingState.CANCELLED)
    date_drafts.withdraw(date, now=NOW)
    assert date.state is DateState.DRAFT
    with pytest.raises(Refused, match="had booked"):
        date_drafts.discard(date)


def test_a_date_that_has_begun_is_not_withdrawn(db):
    with pytest.raises(Refused, match="already started"):
        date_drafts.withdraw(make_date(starts_at=NOW), now=NOW)


def test_what_is_thrown_away_is_gone_and_its_audit_lines_stay(db):
    date = make_draft(trainers=[make_organiser()])
    db.session.add(AgendaItem(course_date=date, position=1, starts=NOW.time(), title="Talk"))
    audit.record(None, "added a date", course_date=date, now=NOW)
    db.session.commit()

    date_drafts.discard(date)
    db.session.commit()

    assert db.session.scalars(select(CourseDate)).all() == []
    assert db.session.scalars(select(AgendaItem)).all() == []
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.course_date_id) == ("added a date", None)
