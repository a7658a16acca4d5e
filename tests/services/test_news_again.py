"""However pages change and whatever organisers do with them: reading one again changes nothing."""

from dataclasses import replace
from datetime import date, time, timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from tests import people
from tests.announcements import in_conflict, item, page, session, words
from tests.conftest import NOW
from webapp.db import Base
from webapp.db import db as database
from webapp.errors import Refused
from webapp.formats.announcements import Status
from webapp.models import (
    Announcement,
    Booking,
    BookingState,
    BookingTerms,
    CourseDate,
    DateState,
    Origin,
)
from webapp.services import accepting, bookings, differences, draft_days, drafts, news

TITLES = ["Neglect in early childhood", "Criminal exploitation of children", "Training dates"]
DAYS = ["2025-04-10", "2025-05-29", "2025-06-05", "2025-08-21", "2025-11-27"]


def without(one, gone, *instead):
    """The item with other sessions in the place of this one."""
    rest = [each for each in one.sessions if each is not gone]
    return replace(one, sessions=(*instead, *rest))


def later(one, each):
    moved = replace(each, day=each.day and each.day + timedelta(days=7), month_day=None)
    return without(one, each, replace(moved, readings=(), weekday_as_written=None))


def called_off(one, each):
    status = Status.POSTPONED if len(one.sessions) > 1 else Status.CANCELLED
    return replace(without(one, each), called_off=(replace(each, status=status),))


CHANGES = {
    "later": later,
    "called off": called_off,
    "gone": without,
    "longer": lambda one, each: without(one, each, replace(each, ends=time(18))),
    "elsewhere": lambda one, each: without(one, each, replace(each, venue=words("Guildhall"))),
    "one more": lambda one, each: without(one, each, each, session("2025-09-04")),
    "retitled": lambda one, each: replace(one, title=words(one.title.text + "!")),
}


sessions = st.one_of(
    st.builds(
        session,
        st.sampled_from(DAYS),
        st.sampled_from(["10:00", "13:00", None]),
        st.sampled_from(["14:00", "16:00", None]),
        group=st.sampled_from([None, None, "a"]),
        venue=st.sampled_from([None, words("Town Hall")]),
        status=st.sampled_from([None, None, Status.FULL]),
    ),
    st.builds(in_conflict),
    st.builds(session, st.none(), month_day=st.just((5, 29)), weekday_as_written=st.none()),
)
off = st.builds(
    session,
    st.sampled_from(DAYS),
    status=st.sampled_from([Status.CANCELLED, Status.POSTPONED, Status.MOVED]),
)
items = st.builds(
    item,
    st.sampled_from(TITLES),
    st.lists(sessions, max_size=3),
    called_off=st.lists(off, max_size=1).map(tuple),
    is_training=st.sampled_from([True, True, True, False]),
    published=st.sampled_from([None, date(2025, 3, 14), date(2025, 4, 2)]),
    is_online=st.sampled_from([False, False, True, None]),
)
pages = st.lists(items, max_size=3).map(tuple)
# What is on the way to be accepted.
courses = st.builds(
    item,
    st.sampled_from(TITLES[:2]),
    st.lists(
        st.builds(
            session, st.sampled_from(DAYS[1:]), group=st.sampled_from([None, None, None, "a"])
        ),
        min_size=1,
        max_size=3,
        unique_by=lambda one: one.day,
    ),
)
which = st.integers(0, 4)
steps = st.one_of(
    st.tuples(st.just("read"), pages),
    st.tuples(st.just("read_changed"), which, st.sampled_from(sorted(CHANGES))),
    st.tuples(st.just("read_changed"), which, st.sampled_from(sorted(CHANGES))),
    st.tuples(st.just("accept"), which),
    st.tuples(st.just("take"), which),
    st.tuples(st.just("take"), which),
    st.tuples(st.just("leave"), which),
    st.tuples(st.just("ignore"), which),
    st.tuples(st.just("take_up_again"), which),
    st.tuples(st.just("regroup"), which, st.booleans()),
    st.tuples(st.just("answer"), which, st.sampled_from(DAYS)),
    st.tuples(st.just("book"), which),
    st.tuples(st.just("wait"), st.integers(1, 40)),
)


class Story:
    """Pages as they come, and what organisers make of them."""

    def __init__(self, origin):
        self.now = NOW
        self.page = ()
        self.origin = origin

    def step(self, verb, *facts):
        """Do it as a door does: all of it, or after a refusal nothing."""
        try:
            with database.session.begin_nested():
                return getattr(self, verb)(*facts)
        except Refused:
            database.session.expire_all()

    def read(self, found, text=None):
        self.page = found
        return news.take_in(
            page(*found, text=text or repr(found)),
            origin=self.origin,
            name="news" if self.origin is Origin.FETCHED else None,
            published=None,
            organiser=None,
            now=self.now,
        )

    def read_changed(self, number, how):
        """The last page with something else about one session."""
        found = list(self.page)
        at = [n for n, one in enumerate(found) if one.sessions]
        if at:
            one = found[at[number % len(at)]]
            found[at[number % len(at)]] = CHANGES[how](
                one, one.sessions[number % len(one.sessions)]
            )
        self.read(tuple(found))

    def one(self, number):
        """One of those that wait; when none does, any."""
        every = database.session.scalars(select(Announcement).order_by(Announcement.id)).all()
        every = news.waiting() or every
        return every[number % len(every)] if every else None

    def accept(self, number):
        if announcement := self.one(number):
            drafts.hold(announcement, None)
            for key, days in self.questions(announcement):
                draft_days.answer(announcement, key, days[0], now=self.now)
            self.complete(announcement)
            accepting.accept(announcement, None, now=self.now)

    def complete(self, announcement):
        """Say what the page left open."""
        made = drafts.of(announcement, now=self.now)
        dates = {
            one.key: drafts.DateEdit(
                days={
                    day.key: (day.day, day.starts or time(10), day.ends or time(16))
                    for day in one.days
                },
                is_online=bool(one.is_online),
                place=one.place,
                has_limit=True,
                capacity=5,
                join_link=None,
                is_left_out=one.is_left_out,
            )
            for one in made.dates
        }
        drafts.edit(announcement, {"summary": "A day."}, dates, now=self.now)

    def change(self, verb, number, **facts):
        if announcement := self.one(number):
            found = differences.of(drafts.of(announcement, now=self.now), now=self.now)
            if found:
                key = found[number % len(found)].key
                verb(announcement, key, None, now=self.now, **facts)

    def take(self, number):
        self.change(accepting.take_change, number, message="So it is.")

    def leave(self, number):
        self.change(accepting.leave_change, number)

    def ignore(self, number):
        if announcement := self.one(number):
            drafts.ignore(announcement, None, "Not ours.", now=self.now)

    def take_up_again(self, number):
        if announcement := self.one(number):
            drafts.take_up_again(announcement, now=self.now)

    def answer(self, number, day):
        if announcement := self.one(number):
            for key, _ in self.questions(announcement)[:1]:
                draft_days.answer(announcement, key, date.fromisoformat(day), now=self.now)

    def regroup(self, number, together):
        if announcement := self.one(number):
            dates = drafts.of(announcement, now=self.now).dates
            keys = [day.key for one in dates for day in one.days][:2]
            draft_days.regroup(announcement, keys, together=together, now=self.now)

    def questions(self, announcement):
        return [
            (day.key, [reading.day for reading in day.readings])
            for one in drafts.of(announcement, now=self.now).dates
            for day in one.days
            if day.question and day.readings
        ]

    def book(self, number):
        dates = database.session.scalars(select(CourseDate).order_by(CourseDate.id)).all()
        if dates:
            bookings.book(
                dates[number % len(dates)],
                email="ann@agency.example",
                details=people.details(),
                terms=database.session.scalars(select(BookingTerms)).one(),
                submission="form",
                now=self.now,
            )

    def wait(self, days):
        self.now += timedelta(days=days)

    def check_programme(self):
        """Nothing is published with a day in doubt, and nobody is on a date that is over by us."""
        for one in database.session.scalars(select(CourseDate)):
            if one.state is DateState.PUBLISHED:
                assert one.starts_at is not None
                assert one.days
            assert one.state is not DateState.HELD_BACK or one.readings
        live = (
            select(func.count())
            .select_from(Booking)
            .join(Booking.course_date)
            .where(
                Booking.state != BookingState.CANCELLED,
                CourseDate.state.in_([DateState.CANCELLED, DateState.HELD_BACK]),
            )
        )
        assert database.session.scalar(live) == 0

    def check_reading_again(self):
        before = everything()
        waiting = [one.id for one in news.waiting()]
        again = self.read(self.page)
        assert (again.is_new, again.new, again.changed) == (False, 0, 0)
        assert everything() == before
        assert [one.id for one in news.waiting()] == waiting

        # Other words around the same announcements are another reading, and no news.
        around = self.read(self.page, text=repr(self.page) + "Seen 2 times.")
        assert (around.new, around.changed) == (0, 0)
        assert [one.id for one in news.waiting()] == waiting
        assert programme() == {name: rows for name, rows in before.items() if name in PROGRAMME}


PROGRAMME = {"course", "course_date", "course_day", "booking", "invite", "email", "venue"}


def everything():
    """Every row of every table, as it is in the database."""
    database.session.flush()
    return {
        table.name: sorted(map(repr, database.session.execute(select(table)).all()))
        for table in Base.metadata.sorted_tables
    }


def programme():
    return {name: rows for name, rows in everything().items() if name in PROGRAMME}


@pytest.fixture
def _a_partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example.org")
    people.settle_in()


@pytest.mark.slow
@settings(
    max_examples=40,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    first=st.lists(courses, min_size=1, max_size=2).map(tuple),
    steps=st.lists(steps, min_size=8, max_size=14),
    origin=st.sampled_from([Origin.PASTED, Origin.FETCHED]),
)
@pytest.mark.usefixtures("_a_partnership")
def test_reading_a_page_again_changes_nothing_whatever_was_done_with_it(db, first, steps, origin):
    story = Story(origin)
    begun = [("read", first), ("accept", 0), ("accept", 0), *(("book", n) for n in range(3))]
    for step in [*begun, *steps]:
        story.step(*step)
        story.check_programme()
    story.check_reading_again()
    db.session.rollback()


# Every eighth: each is read three times, and all that came before is compared with it.
CASES = sorted((Path(__file__).parent.parent / "news" / "open").glob("*.txt"))[::8]


@pytest.mark.slow
@pytest.mark.usefixtures("_a_partnership")
def test_pages_as_people_write_them_say_nothing_new_when_they_are_read_again_later(db):
    """Cron gives each page the day it looks as the day it was published."""
    assert CASES
    story = Story(Origin.UPLOADED)
    for case in CASES:
        first = take(case, story.now)
        waiting = [one.id for one in news.waiting()]
        again, later = take(case, story.now), take(case, story.now + timedelta(days=3))

        assert (again.is_new, again.reading) == (False, first.reading)
        assert (later.new, later.changed) == (0, 0), case.name
        assert [one.id for one in news.waiting()] == waiting
    db.session.rollback()


def take(case, now):
    return news.take(
        case.read_bytes(),
        origin=Origin.UPLOADED,
        name=case.name,
        published=now.date(),
        organiser=None,
        now=now,
    )
