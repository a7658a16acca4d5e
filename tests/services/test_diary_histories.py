"""Whatever becomes of a date, also while it runs: after every step each diary is right."""

from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_date, make_venue
from tests.people import details, settle_in
from tests.readers.diary import Diary
from webapp.db import db as database
from webapp.errors import Refused
from webapp.models import Booking, BookingState, BookingTerms, DateState, Email, Format, Invite
from webapp.services import (
    arrangements,
    bookings,
    calling_off,
    moving,
    practitioners,
    venues,
    waiting_list,
)
from webapp.services.venues import Whereabouts

PEOPLE = [f"{name}@agency.example" for name in ("ann", "ben", "cat")]
DAY, HOUR = timedelta(days=1), timedelta(hours=1)

someone = st.sampled_from(PEOPLE)
soon = st.integers(3, 9).map(lambda days: NOW + days * DAY)
steps = st.one_of(
    st.tuples(st.just("book"), someone),
    st.tuples(st.sampled_from(["cancel", "cancel_by_organiser"]), someone),
    st.tuples(st.sampled_from(["book_again", "write_again", "accept"]), someone),
    st.tuples(st.sampled_from(["correct", "substitute"]), someone, someone),
    st.tuples(st.just("add_by_hand"), someone, st.sampled_from([None, "Gives the talk"])),
    st.tuples(st.just("title"), someone, st.booleans()),
    st.tuples(st.just("put_right"), st.sampled_from(["Rise", "Road"])),
    st.tuples(st.just("move_day"), st.integers(0, 2), soon),
    st.tuples(st.just("add_day"), soon),
    st.tuples(st.just("drop_day"), st.integers(0, 2)),
    st.tuples(st.just("days"), st.lists(soon, min_size=1, max_size=3, unique=True)),
    st.tuples(st.just("room"), st.sampled_from(["Room 1", "Room 2", None])),
    st.tuples(st.just("online"), st.sampled_from(["https://a.example/x", None])),
    st.tuples(st.just("at_a_venue")),
    st.tuples(st.just("places"), st.integers(1, 3)),
    st.tuples(st.just("postpone")),
    st.tuples(st.just("wait"), st.sampled_from([1, 30, 80])),
    st.tuples(st.just("lapse")),
    st.tuples(st.just("cancel_date")),
)


def times(starts):
    return starts, starts + 3 * HOUR


class Story:
    """One date, what happens to it, and the diaries of those whom it concerns."""

    def __init__(self, days, capacity):
        days = [times(starts) for starts in sorted(days)]
        self.date = make_date(
            capacity=capacity, starts_at=days[0][0], ends_at=days[-1][1], days=days
        )
        self.venues = [self.date.venue, make_venue()]
        self.now = NOW
        self.terms = database.session.scalars(select(BookingTerms)).one()
        self.forms = {}
        self.diaries = {email: Diary(email) for email in PEOPLE}
        self.read_up_to = 0
        self.sequences = {}

    def step(self, verb, *facts):
        """Do it as a door does: all of it, or after a refusal nothing."""
        self.now += timedelta(minutes=5)
        try:
            with database.session.begin_nested():
                getattr(self, verb)(*facts)
        except Refused:
            database.session.expire_all()

    def book(self, email):
        self.forms[email] = f"{email} at {self.now}"
        bookings.book(
            self.date,
            email=email,
            details=details(),
            terms=self.terms,
            submission=self.forms[email],
            now=self.now,
        )

    def correct(self, wrong, right):
        form = self.forms.get(wrong, "")
        bookings.correct_address(self.date, submission=form, email=right, now=self.now)

    def substitute(self, email, colleague):
        if booking := self.last(email):
            moving.substitute(booking, email=colleague, details=details(), now=self.now)

    def add_by_hand(self, email, reason):
        bookings.add_by_hand(
            self.date, email=email, details=details(), over_capacity_reason=reason, now=self.now
        )

    def title(self, email, discreet):
        if who := practitioners.find(email):
            practitioners.choose_title(who, discreet, now=self.now)

    def put_right(self, street):
        place = self.venues[0]
        there = Whereabouts(place.name, [street, "Anytown"], None, None, None)
        venues.move(place, there, now=self.now)

    def write_again(self, email):
        bookings.write_again(self.date, email=email, submission=None, now=self.now)

    def book_again(self, email):
        if booking := self.last(email):
            bookings.book_again(booking, now=self.now)

    def cancel(self, email):
        if booking := self.last(email):
            bookings.cancel(booking, now=self.now)

    def cancel_by_organiser(self, email):
        if booking := self.last(email):
            bookings.cancel_by_organiser(booking, reason="So it is.", now=self.now)

    def accept(self, email):
        if booking := self.last(email):
            waiting_list.accept(booking, now=self.now)

    def lapse(self):
        waiting_list.lapse_on(self.date, now=self.now)

    def wait(self, hours):
        self.now += hours * HOUR

    def arrange(self, **facts):
        new = replace(arrangements.of(self.date), **facts)
        arrangements.arrange(self.date, new, now=self.now)

    def days(self, starts):
        self.arrange(days=tuple(times(one) for one in starts))

    def move_day(self, number, starts):
        days = [*arrangements.of(self.date).days]
        if number < len(days):
            days[number] = times(starts)
            self.arrange(days=tuple(days))

    def add_day(self, starts):
        self.arrange(days=(*arrangements.of(self.date).days, times(starts)))

    def drop_day(self, number):
        days = [*arrangements.of(self.date).days]
        self.arrange(days=tuple(days[:number] + days[number + 1 :]))

    def room(self, room):
        self.arrange(room=room)

    def online(self, link):
        self.arrange(format=Format.ONLINE, platform="Teams", join_link=link)

    def at_a_venue(self):
        here = self.venues.index(self.date.venue) if self.date.venue else 0
        self.arrange(format=Format.FACE_TO_FACE, venue=self.venues[1 - here])

    def places(self, number):
        self.arrange(capacity=number)

    def postpone(self):
        calling_off.postpone(self.date, message="The trainer is ill.", now=self.now)

    def cancel_date(self):
        calling_off.cancel(self.date, message="Too few can come.", now=self.now)

    def last(self, email):
        everybody = database.session.scalars(
            select(Booking).where(Booking.course_date_id == self.date.id).order_by(Booking.id)
        )
        return next((b for b in reversed(everybody.all()) if b.email == email), None)

    def check(self):
        new = select(Email).where(Email.id > self.read_up_to).order_by(Email.id)
        for mail in database.session.scalars(new):
            self.read_up_to = mail.id
            self.diaries[mail.to].receive(mail.message)
        for email, diary in self.diaries.items():
            assert diary.faults == []
            coming = [entry for entry in diary.entries() if entry[2] > self.now]
            assert coming == self.expected(email)
        for invite in database.session.scalars(select(Invite)):
            assert invite.sequence >= self.sequences.get(invite.id, 0)
            self.sequences[invite.id] = invite.sequence

    def expected(self, email):
        """What is still to come, told by the rows alone."""
        booking, date = self.last(email), self.date
        if date.state is not DateState.PUBLISHED or booking is None:
            return []
        if booking.state is not BookingState.CONFIRMED:
            return []
        if date.is_online:
            where = date.join_link or "Online (Teams)"
        else:
            where = (f"{date.room}, " if date.room else "") + date.venue.one_line
        days = date.days
        return [
            (
                ("Training" if booking.practitioner.is_discreet else "Safeguarding basics")
                + (f" (day {number} of {len(days)})" if len(days) > 1 else ""),
                day.starts_at,
                day.ends_at,
                where,
            )
            for number, day in enumerate(days, start=1)
            if day.ends_at > self.now
        ]


@pytest.fixture
def _a_partnership(db):
    settle_in()


@pytest.mark.slow
@settings(
    max_examples=25,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    days=st.lists(soon, min_size=1, max_size=3, unique=True),
    capacity=st.integers(1, 3),
    comers=st.permutations(PEOPLE),
    steps=st.lists(steps, min_size=10, max_size=25),
)
@pytest.mark.usefixtures("_a_partnership")
def test_every_diary_is_right_after_every_step(db, days, capacity, comers, steps):
    story = Story(days, capacity)
    last = database.session.scalar(select(Email.id).order_by(Email.id.desc()).limit(1))
    story.read_up_to = last or 0
    for step in [*(("book", email) for email in comers[:2]), *steps]:
        story.step(*step)
        story.check()
    db.session.rollback()
