from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_date, make_held_back_date, make_many_dates, make_organiser
from tests.queries import counted
from webapp.models import AgendaItem, CourseDate, DateState, Format
from webapp.services import agendas, arrangements, programme_copies

# Wednesday 22 May 2024, 10am in London, in summer time.
MAY = datetime(2024, 5, 22, 9, tzinfo=UTC)
YEAR = timedelta(weeks=52)
THEN = (date(2024, 4, 1), date(2025, 3, 31))


def copies(db):
    wanted = select(CourseDate).where(CourseDate.state == DateState.DRAFT)
    return db.session.scalars(wanted.order_by(CourseDate.id)).all()


def test_a_copy_is_on_the_same_weekday_at_the_same_hours_and_else_the_same(db):
    source = make_date(
        starts_at=MAY,
        room="Room 1",
        minimum=3,
        opens_at=MAY - timedelta(days=60),
        closes_at=MAY - timedelta(days=2),
        before_you_come="Read this.",
    )
    new = programme_copies.again(source, now=NOW)

    assert new == replace(
        arrangements.of(source),
        days=((MAY + YEAR, MAY + YEAR + timedelta(hours=3)),),
        opens_at=new.opens_at,
        closes_at=MAY + YEAR - timedelta(days=2),
    )
    assert new.days[0][0].strftime("%A %d %B %Y") == "Wednesday 21 May 2025"


@pytest.mark.parametrize(
    ("was", "will_be"),
    [
        # The last Sunday of October is the 27th in 2024 and the 26th in 2025.
        (datetime(2024, 10, 28, 10, tzinfo=UTC), datetime(2025, 10, 27, 10, tzinfo=UTC)),
        (datetime(2024, 10, 25, 9, tzinfo=UTC), datetime(2025, 10, 24, 9, tzinfo=UTC)),
        # The last Sunday of March is the 31st in 2024, and the 29th in 2026.
        (datetime(2025, 3, 31, 9, tzinfo=UTC), datetime(2026, 3, 30, 9, tzinfo=UTC)),
        (datetime(2024, 3, 29, 10, tzinfo=UTC), datetime(2026, 3, 27, 10, tzinfo=UTC)),
    ],
)
def test_ten_in_the_morning_stays_ten_whatever_the_clocks_do(db, was, will_be):
    assert programme_copies.again(make_date(starts_at=was), now=NOW).days[0][0] == will_be


def test_what_is_long_ago_is_copied_into_the_future_all_the_same(db):
    source = make_date(starts_at=MAY - 3 * YEAR)
    assert programme_copies.again(source, now=NOW).days[0][0] == MAY + YEAR


def test_the_link_of_a_meeting_is_not_copied(db):
    source = make_date(format=Format.ONLINE)
    assert programme_copies.again(source, now=NOW) == replace(
        arrangements.of(source),
        days=tuple((starts + YEAR, ends + YEAR) for starts, ends in arrangements.of(source).days),
        join_link=None,
    )


def test_several_days_stay_as_far_apart(db):
    days = [(MAY + timedelta(days=n), MAY + timedelta(days=n, hours=2)) for n in (0, 1, 7)]
    source = make_date(days=days)
    new = programme_copies.again(source, now=NOW).days
    assert new == tuple((starts + YEAR, ends + YEAR) for starts, ends in days)


def test_what_was_held_in_a_period_is_proposed_with_what_is_there_already(db):
    source = make_date(starts_at=MAY)
    make_date(starts_at=MAY - YEAR)
    make_date(starts_at=MAY, state=DateState.CANCELLED)
    make_held_back_date()
    other = make_date(starts_at=MAY + timedelta(days=2))
    make_date(course=other.course, starts_at=MAY + timedelta(days=2) + YEAR)

    found = programme_copies.proposals(*THEN, now=NOW)

    assert [(one.date, one.when, one.is_there) for one in found] == [
        (source, "Wednesday 21 May 2025, 10am to 1pm", False),
        (other, "Friday 23 May 2025, 10am to 1pm", True),
    ]


def test_the_first_and_the_last_day_belong_to_the_period(db):
    source = make_date(starts_at=MAY)
    assert [one.date for one in programme_copies.proposals(MAY.date(), MAY.date(), now=NOW)] == [
        source
    ]
    next_day = MAY.date() + timedelta(days=1)
    assert programme_copies.proposals(next_day, next_day, now=NOW) == []


def test_copies_are_drafts_with_agenda_trainers_and_marks(db):
    open_, closed = make_organiser(), make_organiser(active=False)
    source = make_date(
        starts_at=MAY,
        format=Format.ONLINE,
        trainers=[open_, closed],
        demonstration_values=["capacity", "join_link"],
    )
    db.session.add(AgendaItem(course_date=source, position=1, day=1, starts=time(10), title="Talk"))
    db.session.commit()

    programme_copies.copy({source.id}, now=NOW)
    db.session.commit()

    [made] = copies(db)
    assert made.course is source.course
    assert made.starts_at == MAY + YEAR
    assert agendas.of(made) == agendas.of(source)
    assert made.trainers == [open_]
    assert (made.join_link, made.demonstration_values) == (None, ["capacity"])


def test_the_same_form_sent_twice_copies_once(db):
    ids = {make_date(starts_at=MAY).id, make_date(starts_at=MAY).id}
    assert len(programme_copies.copy(ids, now=NOW)) == 2
    assert programme_copies.copy(ids, now=NOW) == []
    assert len(copies(db)) == 2


def test_two_dates_of_a_course_at_one_time_are_one_copy(db):
    one = make_date(starts_at=MAY)
    other = make_date(course=one.course, starts_at=MAY)
    assert len(programme_copies.copy({one.id, other.id}, now=NOW)) == 1


def test_only_what_was_published_is_copied(db):
    ids = {make_date(starts_at=MAY, state=DateState.CANCELLED).id, make_held_back_date().id, 999}
    assert programme_copies.copy(ids, now=NOW) == []


def test_a_long_period_is_looked_through_with_as_few_questions_as_a_short_one(db):
    def asked():
        db.session.expire_all()
        with counted() as sent:
            programme_copies.proposals(*THEN, now=NOW)
        return len(sent)

    make_many_dates(3, first=MAY)
    few = asked()
    make_many_dates(100, first=MAY)
    assert asked() == few
