"""A year lived against the real services: whoever's turn it is does what they would do, the worker
does its rounds, and what is written to people is read when they read their mail."""

import contextlib
import io
from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from heapq import heappop, heappush
from importlib import import_module
from itertools import count
from threading import Event
from typing import Any
from unittest.mock import patch

from tests.simulation import chance, rows
from tests.simulation.fates import Fate, Planned
from tests.simulation.people import DAY, Person
from tests.simulation.promises import ASKS, REMINDS, Promises
from tests.simulation.rules import Rule
from tests.simulation.year import Wish, Year
from webapp import clock
from webapp.clock import LONDON, london
from webapp.db import db
from webapp.errors import Refused
from webapp.models import Attendance, Booking, BookingState, Cause
from webapp.services import bookings, cannot_come, places, registers, waiting_list

# The module: in its package the command has its name.
worker = import_module("webapp.cli.worker")
# Who has just done something looks for the answer.
AT_ONCE = timedelta(minutes=5)
# When the worker, who never rests, has something to do: on the morning of a date, each day at
# nine, and at each deadline.
EARLY, HOUR = time(8), time(9)
A_MOMENT = timedelta(seconds=1)
# A colleague who is sent comes, nearly always.
COLLEAGUE_COMES = 0.9


class Life:
    """A year under a rule; when it is `whole`, what comes after each date belongs to it, too:
    certificates, questions, letters about missed places, and what is forgotten."""

    def __init__(self, year: Year, rule: Rule, *, whole: bool = True) -> None:
        self.year, self.rule, self.whole = year, rule, whole
        self.people = {person.email: person for person in year.people}
        self.to_come: list[tuple[datetime, int, Callable[..., None], tuple[Any, ...]]] = []
        self.order = count()
        self.now = datetime.combine(year.opens, time(), LONDON).astimezone(UTC)
        # Who has done something just now, what they read last, and what is known of each.
        self.acting: Person | None = None
        self.read = 0
        self.reminded: set[tuple[int, int]] = set()
        self.doomed: set[tuple[int, int]] = set()
        self.turned_away: set[tuple[str, int]] = set()
        self.came_too_late = 0
        self.promises = Promises()
        self.stop = Event()

    def live(self) -> None:
        """From the day the first date can be booked until all is over."""
        with (
            patch.object(clock, "now", lambda: self.now),
            # No mail leaves; and these migrations were run a moment ago.
            patch.multiple(worker, deliver=lambda stop: True, is_up_to_date=lambda: True),
        ):
            self.settle_in()
            self.live_on()
        self.promises.check_end(self.now)

    def live_on(self) -> None:
        day = london(self.now).date()
        while self.to_come:
            at, _, act, facts = heappop(self.to_come)
            while day < london(at).date():
                day += DAY
                self.promises.check(datetime.combine(day, time(), LONDON))
                rows.deliver(self.now)
            self.now = at
            self.do(act, *facts)

    def do(self, act: Callable[..., None], *facts: Any) -> None:
        """As a door does it: all of it, or after a refusal nothing."""
        try:
            act(*facts)
            if db.session().in_transaction():
                db.session.commit()
                self.read_mail()
        except Refused:
            pass
        db.session.remove()
        self.acting = None

    def at(self, moment: datetime, act: Callable[..., None], *facts: Any) -> None:
        heappush(self.to_come, (max(moment, self.now), next(self.order), act, facts))

    # What the organisers do.

    def settle_in(self) -> None:
        self.rows = rows.Rows(self.year, self.rule)
        for planned in self.year.dates:
            self.at(planned.ends_at, self.mark, planned)
        for wish in self.year.wishes:
            self.at(wish.looks_at, self.look, wish)
        last = max(date.ends_at for date in self.year.dates) + 3 * DAY
        mornings = {london(date.starts_at).date() for date in self.year.dates}
        day = self.year.opens
        while day <= london(last).date():
            for hour in (EARLY, HOUR) if day in mornings else (HOUR,):
                self.at(datetime.combine(day, hour, LONDON).astimezone(UTC), self.go_round)
            day += DAY

    def mark(self, planned: Planned) -> None:
        """The register says who came."""
        date = self.rows.date(planned)
        people = places.everybody(date, BookingState.CONFIRMED)
        marks = {
            one.id: Attendance.ATTENDED if self.comes(one, planned) else Attendance.ABSENT
            for one in people
        }
        registers.mark_all(date, marks, self.rows.organiser, now=self.now)

    def comes(self, booking: Booking, planned: Planned) -> bool:
        person = self.people.get(booking.email)
        if person is None:
            return chance.happens(COLLEAGUE_COMES, self.year.seed, booking.email, planned.number)
        was_reminded = (person.number, planned.number) in self.reminded
        return self.fate(person, planned).comes(was_reminded=was_reminded)

    def go_round(self) -> None:
        """What the worker does by itself, but for carrying mail."""
        is_tidying = self.whole and london(self.now).time() == HOUR
        with contextlib.redirect_stdout(io.StringIO()):
            assert worker.go_round(self.stop, is_tidying=is_tidying, known=None)

    # What people do.

    def look(self, wish: Wish, *, again: bool = False) -> None:
        """At the page of the course: they book a date with a place, or wait, or go away."""
        self.acting = wish.person
        suits = [one for one in wish.dates if self.would_come(wish.person, one)]
        if not suits or (again and self.standing(wish)):
            return
        for planned in suits:
            if places.of(self.rows.date(planned), self.now).left:
                self.book(wish, planned)
                return
        self.turned_away.add((wish.person.email, wish.course))
        first, lines_up = suits[0], self.rule.has_line and wish.joins_the_line
        if lines_up:
            self.book(wish, first)
        elif not again:
            for at in wish.looks_again_at:
                self.at(at, self.look_again, wish)
        if wish.tries_the_next and not again:
            self.at(wish.person.next_reading(first.starts_at), self.look_again, wish)

    def look_again(self, wish: Wish) -> None:
        self.look(wish, again=True)

    def would_come(self, person: Person, planned: Planned) -> bool:
        """Whether the date can be booked, and they know of nothing that would keep them away."""
        fate, opens = self.fate(person, planned), self.year.given.opens_days * DAY
        return planned.starts_at - opens <= self.now < min(planned.starts_at, fate.last_call) and (
            fate.knows_at is None or self.now < fate.knows_at
        )

    def standing(self, wish: Wish) -> bool:
        """Whether they have a place, or wait for one, on a date that is still to come."""
        return any(
            booking.course_date.starts_at > self.now or booking.state is BookingState.CONFIRMED
            for planned in wish.dates
            if (booking := self.rows.booking(wish.person.email, planned))
        )

    def book(self, wish: Wish, planned: Planned) -> None:
        person = wish.person
        bookings.book(
            self.rows.date(planned),
            email=person.email,
            details=rows.details(f"Person {person.number}"),
            terms=self.rows.terms,
            submission=f"{person.number}-{planned.number}-{self.now}",
            now=self.now,
        )
        self.foresee(person, planned)

    def foresee(self, person: Person, planned: Planned) -> None:
        """Once somebody is in it, they will give it up when they learn that they cannot come."""
        fate, key = self.fate(person, planned), (person.number, planned.number)
        if fate.knows_at and fate.says_so and key not in self.doomed:
            self.doomed.add(key)
            self.at(fate.knows_at + AT_ONCE, self.give_up, person, planned)

    def give_up(self, person: Person, planned: Planned) -> None:
        self.acting = person
        booking = self.rows.booking(person.email, planned)
        if booking is None or self.now >= planned.starts_at:
            return
        fate = self.fate(person, planned)
        if booking.state is BookingState.CONFIRMED and fate.sends_a_colleague:
            name = f"colleague-{person.number}-{planned.number}"
            cannot_come.send_colleague(
                booking, email=f"{name}@agency.example", details=rows.details(name), now=self.now
            )
            return
        if booking.state is BookingState.CONFIRMED and fate.takes_another_date:
            for date in cannot_come.choices(booking, now=self.now):
                other = self.rows.planned[date.id]
                if self.would_come(person, other):
                    cannot_come.choose(booking, date, now=self.now)
                    self.foresee(person, other)
                    return
        cause = Cause.ILLNESS if fate.is_ill else Cause.OTHER
        bookings.cancel(booking, cause=cause, now=self.now)

    def answer(self, person: Person, planned: Planned, joined_at: datetime) -> None:
        """They read that a place is kept for them, or is there to take."""
        self.acting = person
        booking = self.rows.booking(person.email, planned)
        if booking is None or booking.state is BookingState.CONFIRMED:
            return
        fate = self.fate(person, planned)
        if self.would_come(person, planned) and self.now < joined_at + fate.waits_for:
            try:
                waiting_list.accept(booking, now=self.now)
            except Refused:
                self.came_too_late += 1
                raise
        elif fate.says_no and booking.state is BookingState.OFFERED:
            waiting_list.decline(booking, now=self.now)
        elif fate.says_no:
            bookings.cancel(booking, now=self.now)

    # What people read.

    def read_mail(self) -> None:
        """What was written just now, to be read and answered in its time."""
        for number, kind, date_id, to, joined_at, until in rows.mail_since(self.read):
            self.read = number
            person, planned = self.people.get(to), self.rows.planned.get(date_id)
            if until is not None:
                self.at(until + A_MOMENT, self.go_round)
            if person is None or planned is None:
                continue
            if kind in ASKS:
                self.at(self.reads(person, planned), self.answer, person, planned, joined_at)
            elif kind in REMINDS:
                self.be_reminded(person, planned)

    def reads(self, person: Person, planned: Planned) -> datetime:
        if person is self.acting:
            return self.now + AT_ONCE
        nth = 1 if self.fate(person, planned).answers_at_once else 2
        return person.next_reading(self.now, nth=nth)

    def be_reminded(self, person: Person, planned: Planned) -> None:
        at = person.next_reading(self.now)
        if at >= planned.starts_at:
            return
        self.reminded.add((person.number, planned.number))
        fate = self.fate(person, planned)
        if fate.knows_at and fate.knows_at <= at and fate.says_so_when_reminded:
            self.at(at, self.give_up, person, planned)

    def fate(self, person: Person, planned: Planned) -> Fate:
        return self.year.fate(person, planned)
