"""Whatever people and organisers do, in whatever order: after every step every diary is right."""

from itertools import count

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.makers import make_venue
from tests.readers.story import LINK, TITLE, Story, day
from webapp.db import db as database
from webapp.errors import Refused
from webapp.models import Booking, BookingState, DateState, Format, Practitioner

PEOPLE = ("ann", "ben", "cat", "dan")
# The days of a date, counted from its first.
CHOICES = ((0,), (1,), (0, 2), (1, 2), (2, 3), (0, 1, 3), (3,))
FIRST_DAYS = (60, 80, 100)
agency = count(1)


class Which(int):
    """The number of a date in the story, as a step names it."""


someone, a_date = st.sampled_from(PEOPLE), st.sampled_from([Which(n) for n in range(3)])
facts = st.one_of(
    st.fixed_dictionaries({"room": st.sampled_from([None, "Room 2", "Room 3"])}),
    st.fixed_dictionaries({"join_link": st.sampled_from([LINK, "https://meet.example/2", None])}),
    st.fixed_dictionaries({"format": st.sampled_from(Format)}),
    st.fixed_dictionaries({"capacity": st.integers(1, 4)}),
)
steps = st.one_of(
    st.tuples(st.sampled_from(["book", "book_again", "cancel", "accept"]), someone, a_date),
    st.tuples(st.sampled_from(["decline", "add_by_hand", "keep"]), someone, a_date),
    st.tuples(st.just("cancel_by_organiser"), someone, a_date),
    st.tuples(st.just("write_again"), someone, a_date),
    st.tuples(st.just("rename"), someone, a_date, st.sampled_from(["Zoë O'Neil, RGN", "Ann"])),
    st.tuples(st.just("reply"), someone),
    st.tuples(st.just("correct"), someone, someone, a_date),
    st.tuples(st.just("substitute"), someone, someone, a_date),
    st.tuples(st.just("move"), someone, a_date, a_date),
    st.tuples(st.just("choose_title"), someone, st.booleans()),
    st.tuples(st.just("settle_on"), a_date, st.sampled_from(CHOICES)),
    st.tuples(st.just("go_to"), a_date, st.integers(0, 1)),
    st.tuples(st.just("change"), a_date, facts),
    st.tuples(st.sampled_from(["postpone", "lapse"]), a_date),
    st.tuples(st.just("cancel_date"), a_date),
    st.tuples(st.just("put_right"), st.integers(0, 1), st.sampled_from(["Rise", "Road", "Row"])),
    st.tuples(st.just("let_pass"), st.sampled_from([1, 10, 48])),
)


class AnyStory(Story):
    """Three dates of one course, of one place, of two days and online, and four people."""

    def __init__(self, client, monkeypatch, node):
        which = next(agency)
        domain = f"agency{which}.example"
        super().__init__(client, monkeypatch, node, domain=domain, suffix=f" {which}")
        self.dates = [
            self.date(day(60), capacity=1),
            self.date(day(80), day(82), capacity=2),
            self.date(day(100), online=True, capacity=2),
        ]
        self.turns = count()
        self.venues = [self.venue, make_venue(address=["High Street", "York"])]

    def step(self, verb, *what):
        """All of it, or after a refusal nothing; and then all diaries are as they should be."""
        named = [self.dates[thing] if isinstance(thing, Which) else thing for thing in what]
        try:
            getattr(self, verb)(*named)
        except Refused:
            database.session.rollback()
        for who in PEOPLE:
            diary = self.diaries.get(self.address(who))
            held = sorted(diary.entries()) if diary else []
            assert (who, held) == (who, sorted(self.should_hold(who)))

    def look_at_feeds(self):
        """One after the other, as programs do that ask every hour."""
        turn = next(self.turns)
        owners = list(self.diaries)
        if owners and turn % 2:
            self.check_feed(owners[turn // 2 % len(owners)])
        else:
            days = [day for date in self.dates if not date.is_off for day in date.days]
            wanted = {(day.uid, day.revision, day.starts_at, day.ends_at) for day in days}
            ours = {day.uid for date in self.dates for day in date.all_days}
            feed = [entry for entry in self.follow("/programme.ics") if entry.uid in ours]
            on = [entry for entry in feed if entry.status == "CONFIRMED"]
            assert {(e.uid, e.sequence, e.starts, e.ends) for e in on} == wanted

    def booking(self, who, date):
        return super().booking(who, date) or refuse()

    def person(self, who):
        return super().person(who) or refuse()

    def reply(self, who):
        diary = self.diaries.get(self.address(who))
        super().reply(who) if diary and diary.standing() else refuse()

    def settle_on(self, date, offsets):
        first = FIRST_DAYS[self.dates.index(date)]
        self.arrange(date, days=tuple(day(first + offset) for offset in offsets))

    def go_to(self, date, number):
        self.arrange(date, venue=self.venues[number])

    def put_right(self, number, street):
        self.relocate(self.venues[number], address=[f"Station {street}", "York"])

    def change(self, date, said):
        self.arrange(date, **said)

    def let_pass(self, hours):
        self.wait(hours=hours)

    def should_hold(self, who):
        """The places somebody has, in words of our own."""
        database.session.rollback()
        places = (
            select(Booking)
            .join(Booking.practitioner)
            .where(Practitioner.email == self.address(who), Booking.state == BookingState.CONFIRMED)
        )
        for booking in database.session.scalars(places):
            date = booking.course_date
            title = "Training" if booking.practitioner.is_discreet else TITLE
            days = date.days if date.state is DateState.PUBLISHED else []
            for number, held in enumerate(days, start=1):
                which = f" (day {number} of {len(days)})" if len(days) > 1 else ""
                yield title + which, held.starts_at, held.ends_at, where(date)


def refuse():
    raise Refused("There is nothing to do this to.")


def where(date):
    if date.format is Format.ONLINE:
        return date.join_link or (f"Online ({date.platform})" if date.platform else "Online")
    found = [date.venue.name, *date.venue.address] if date.venue else ["Venue to be confirmed"]
    return ", ".join([date.room, *found] if date.room else found)


@pytest.mark.slow
@settings(
    max_examples=15,
    deadline=None,
    derandomize=True,
    phases=[Phase.generate],  # a story that fails is shorter to read than to make shorter
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    comers=st.lists(st.tuples(st.just("book"), someone, a_date), min_size=4, max_size=6),
    steps=st.lists(steps, min_size=15, max_size=35),
)
def test_after_every_step_both_readers_have_the_right_diaries(
    client, monkeypatch, node, comers, steps
):
    story = AnyStory(client, monkeypatch, node)
    for step in [*comers, *steps]:
        story.step(*step)
    story.check(**{who: list(story.should_hold(who)) for who in PEOPLE})
