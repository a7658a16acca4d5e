"""Whatever people do, in whatever order: the promises of a waiting list hold after every step."""

from collections import Counter
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_practitioner,
    make_sector,
    make_week,
)
from tests.people import details, settle_in
from webapp.db import db as database
from webapp.errors import Refused
from webapp.models import (
    Agency,
    Attendance,
    Booking,
    BookingState,
    BookingTerms,
    Email,
    Ending,
    Step,
)
from webapp.services import (
    approvals,
    bookings,
    held_places,
    ladder,
    places,
    practitioners,
    team_bookings,
    waiting_list,
    week_bookings,
)
from webapp.services.details import details_of
from webapp.services.notices import BY_COLLEAGUE
from webapp.services.team_bookings import Team

PEOPLE = [f"{name}@agency.example" for name in ("ann", "ben", "cat", "dan", "eve", "fay")]
# Has missed places, so that an organiser has to allow what they book.
FAY = PEOPLE[-1]
HOLDS = {BookingState.CONFIRMED, BookingState.OFFERED}
NO_PLACE = {BookingState.WAITING, "first_to_take", "kept_out"}
TOLD = {
    BookingState.CONFIRMED: "booking_confirmed",
    BookingState.WAITING: "booking_waiting",
    BookingState.OFFERED: "booking_offered",
    "first_to_take": "place_to_take",
    "kept_out": "approval_asked",
    "refused": "approval_refused",
    Ending.BY_PRACTITIONER: "booking_cancelled",
    Ending.BY_BOOKER: "booking_cancelled_by_booker",
    Ending.BY_ORGANISER: "booking_cancelled_by_organiser",
    Ending.OFFER_DECLINED: "offer_declined",
    Ending.OFFER_LAPSED: "offer_lapsed",
    Ending.ADDRESS_CORRECTED: "address_corrected",
}

AIMS = {"Education": 50, "Police": 0, "Health": 34}
SECTORS = tuple(AIMS)

someone = st.sampled_from(PEOPLE)
some_sector = st.sampled_from(SECTORS)
# How many places are for Education and for Police, until how many days before.
some_held = st.tuples(st.integers(0, 2), st.integers(0, 2), st.integers(1, 8))
steps = st.one_of(
    st.tuples(st.just("book"), someone),
    st.tuples(st.just("book_several"), someone),
    st.tuples(st.just("book_again"), someone),
    st.tuples(st.just("cancel"), someone),
    st.tuples(st.sampled_from(["accept", "decline"]), someone),
    st.tuples(st.just("cancel_by_organiser"), someone),
    st.tuples(st.just("correct"), someone, someone),
    st.tuples(st.sampled_from(["allow", "refuse"])),
    st.tuples(st.just("add_places"), st.integers(1, 2)),
    st.tuples(st.just("wait"), st.sampled_from([1, 10, 48, 96])),
    st.tuples(st.just("lapse")),
    st.tuples(
        st.just("book_team"),
        someone,
        st.lists(someone, min_size=1, max_size=4, unique=True),
        st.booleans(),
    ),
    st.tuples(st.just("take_back"), someone),
    st.tuples(st.just("confirm"), someone),
    st.tuples(st.just("hold"), some_held),
    st.tuples(st.just("change_sector"), someone, some_sector),
)


class Story:
    """One course date, what happens to it, and what was seen of it so far."""

    def __init__(self, capacity, prefers):
        self.prefers = prefers
        starts_at = NOW + timedelta(days=8)
        self.date = make_date(capacity=capacity, starts_at=starts_at, prefers_missing=prefers)
        self.week = make_week()
        self.other = make_date(capacity=1, starts_at=starts_at + timedelta(days=1))
        self.now = NOW
        self.terms = database.session.scalars(select(BookingTerms)).one()
        self.agencies = {
            agency.sector.name: agency for agency in database.session.scalars(select(Agency))
        }
        self.works_in = {email: SECTORS[i % 3] for i, email in enumerate(PEOPLE)}
        self.forms = {}
        self.line, self.kept_out = [], set()
        self.seen = {}
        self.written = 0

    def step(self, verb, *facts):
        """Do it as a door does: all of it, or after a refusal nothing. Says who was answered."""
        try:
            with database.session.begin_nested():
                answered = getattr(self, verb)(*facts)
        except Refused:
            database.session.expire_all()
            return ()
        return [answered] if isinstance(answered, str) else answered or ()

    def book(self, email):
        bookings.book(self.date, **self.form_of(email))
        return email

    def form_of(self, email):
        self.forms[email] = f"{email} at {len(self.forms)}"
        return {
            "email": email,
            "details": details(agency=self.agencies[self.works_in[email]]),
            "terms": self.terms,
            "submission": self.forms[email],
            "now": self.now,
        }

    def book_several(self, email):
        """By one form with another date, on which the first has the only place."""
        week_bookings.book(self.week, [self.other, self.date], **self.form_of(email))
        return email

    def book_again(self, email):
        if booking := self.last(email):
            bookings.book_again(booking, now=self.now)
        return email

    def correct(self, wrong, right):
        bookings.correct_address(
            self.date, submission=self.forms.get(wrong, ""), email=right, now=self.now
        )
        return right

    def cancel(self, email):
        if booking := self.last(email):
            bookings.cancel(booking, now=self.now)

    def cancel_by_organiser(self, email):
        if booking := self.last(email):
            bookings.cancel_by_organiser(booking, reason="So it is.", now=self.now)

    def accept(self, email):
        if booking := self.last(email):
            waiting_list.accept(booking, now=self.now)

    def decline(self, email):
        if booking := self.last(email):
            waiting_list.decline(booking, now=self.now)

    def book_team(self, booker, emails, all_or_nobody):
        """Who books comes, too, if they are on their own list."""
        others = [email for email in emails if email != booker] or [PEOPLE[PEOPLE[0] == booker]]
        said = details(agency=self.agencies[self.works_in[booker]])
        team = Team(
            name="Olive",
            email=booker,
            colleagues=dict.fromkeys(others, said),
            own=said if booker in emails else None,
        )
        facts = {"terms": self.terms, "submission": "team", "now": self.now}
        team_bookings.book(self.date, team, all_or_nobody=all_or_nobody, **facts)
        return others + [booker] * (booker in emails)

    def take_back(self, booker):
        if known := practitioners.find(booker):
            made = team_bookings.made_by(known)
            chosen = [member.id for team in made for member in team.members]
            team_bookings.cancel(known, chosen, now=self.now)

    def confirm(self, email):
        if booking := self.last(email):
            said = details_of(booking)
            bookings.change_details(booking, details=said, terms=self.terms, now=self.now)

    def allow(self):
        if booking := self.last(FAY):
            approvals.allow(booking, now=self.now)

    def refuse(self):
        if booking := self.last(FAY):
            approvals.refuse(booking, reason="So it is.", now=self.now)

    def add_places(self, number):
        places.hold(self.date)
        self.date.capacity += number
        waiting_list.offer_free_places(self.date, now=self.now)

    def wait(self, hours):
        """What was held is open to all at its hour, whether or not anybody looks; the places that
        are free then are offered as soon as the worker does, which is within seconds."""
        until, before = self.date.held_until, self.now
        self.now += timedelta(hours=hours)
        if until and before < until <= self.now:
            self.lapse()

    def hold(self, facts):
        *numbers, days = facts
        ids = [self.agencies[name].sector_id for name in SECTORS]
        held = list(zip(ids, numbers, strict=False))
        held_places.hold(self.date, held, days, prefers_missing=self.prefers, now=self.now)

    def change_sector(self, email, sector):
        self.works_in[email] = sector
        if booking := self.last(email):
            said = details(agency=self.agencies[sector])
            bookings.change_details(booking, details=said, now=self.now)

    @property
    def held(self):
        """What each sector has for its own now, by its id."""
        until = self.date.held_until
        return dict(self.date.held) if until and self.now < until else {}

    def open_to(self, taken):
        """How many of the free places each sector may have, counted afresh."""
        come = Counter(booking.agency.sector_id for booking in taken)
        own = {key: max(number - come[key], 0) for key, number in self.held.items()}
        free = max(self.date.capacity - len(taken), 0)
        return {
            agency.sector_id: max(
                free - sum(own.values()) + own.get(agency.sector_id, 0),
                min(own.get(agency.sector_id, 0), free),
            )
            for agency in self.agencies.values()
        }

    def lapse(self):
        waiting_list.lapse_on(self.date, now=self.now)
        assert waiting_list.lapsed_dates(self.now) == []

    def everybody(self):
        return database.session.scalars(
            select(Booking).where(Booking.course_date_id == self.date.id).order_by(Booking.id)
        ).all()

    def last(self, email):
        return next((b for b in reversed(self.everybody()) if b.email == email), None)

    def check(self, answered):
        everybody = self.everybody()
        live = [booking for booking in everybody if booking.is_live]
        taken = [booking for booking in live if booking.state in HOLDS]
        waiting = [booking for booking in live if booking.is_in_line]
        kept_out = [booking for booking in live if booking.awaits_approval]

        assert len(taken) <= self.date.capacity
        open_to = self.open_to(taken)
        for booking in waiting:
            # Where there is a place for them there is no time left to ask one after another, so
            # everybody knows whom it may be for.
            may = self.now < self.date.starts_at and open_to[booking.agency.sector_id] > 0
            assert waiting_list.can_take(booking, self.now) is may
        counts = places.of(self.date, self.now)
        assert open_to == {key: counts.open_to(key) for key in open_to}
        assert counts.kept + (counts.left or 0) <= (counts.free or 0)
        assert {booking.email for booking in kept_out} <= {FAY}
        assert not any(waiting_list.can_take(booking, self.now) for booking in kept_out)
        assert len({booking.email for booking in live}) == len(live)
        for booking in live:
            if booking.state is BookingState.OFFERED:
                assert booking.offered_until <= self.date.starts_at

        self.check_line(waiting)
        self.kept_out |= {booking.id for booking in kept_out}
        self.check_mail(everybody, answered)
        self.seen = {booking.id: self.standing(booking) for booking in everybody}

    def standing(self, booking):
        """What its holder was told last; of a place that somebody else took nobody is told."""
        if booking.awaits_approval:
            return "kept_out"
        if booking.ending is Ending.BY_ORGANISER and booking.approval_asked_at:
            return "refused"
        if booking.state is BookingState.WAITING and booking.told_of_place_at:
            return "first_to_take"
        return booking.ending or booking.state

    def is_news(self, booking):
        before, now = self.seen.get(booking.id), self.standing(booking)
        return before != now and (before, now) != ("first_to_take", BookingState.WAITING)

    def kind_of_news(self, booking):
        before, now = self.seen.get(booking.id), self.standing(booking)
        if now is Ending.BY_PRACTITIONER and before in NO_PLACE:
            return "approval_given_up" if before == "kept_out" else "left_waiting_list"
        return self.told(booking)

    def told(self, booking):
        """By a colleague until they have confirmed it."""
        kind = TOLD[self.standing(booking)]
        by_colleague = booking.team_member is not None and booking.is_to_confirm
        return BY_COLLEAGUE.get(kind, kind) if by_colleague else kind

    def check_line(self, waiting):
        """Nobody passes anybody: who left was first or went away, who came is last, and who was
        allowed has their old turn. But for what is held for a sector the first of its people is
        asked, whoever stands before them."""
        since = {booking.id: (booking.waiting_since, booking.id) for booking in waiting}
        before = [key for key in self.line if key in since]
        newcomers = [key for key in since if key not in self.line]
        for key in self.line:
            booking = database.session.get(Booking, key)
            if booking.state is BookingState.OFFERED:
                passed = [one for one in before if self.line.index(one) < self.line.index(key)]
                sectors = {database.session.get(Booking, one).agency.sector_id for one in passed}
                assert not passed or self.held.get(booking.agency.sector_id) or self.prefers
                assert booking.agency.sector_id not in sectors
        self.line = before + newcomers
        if self.kept_out.intersection(newcomers):
            self.line.sort(key=since.get)
        positions = {waiting_list.position(booking): booking.id for booking in waiting}
        assert positions == dict(enumerate(self.turns(), start=1))

    def turns(self):
        """Whose turn it is, of those who wait as they came: where what is missing is preferred,
        one place after the other goes to the first from a sector below its aim."""
        line, turns = [database.session.get(Booking, key) for key in self.line], []
        come = Counter(b.agency.sector_id for b in self.everybody() if b.state in HOLDS)
        aims = dict(self.date.held) or {
            agency.sector_id: (self.date.capacity * AIMS[name] + 50) // 100
            for name, agency in self.agencies.items()
        }
        while line:
            below = [b for b in line if come[b.agency.sector_id] < aims.get(b.agency.sector_id, 0)]
            turns.append((below if self.prefers and below else line)[0])
            line.remove(turns[-1])
            come[turns[-1].agency.sector_id] += 1
        return [booking.id for booking in turns]

    def check_mail(self, everybody, answered):
        """One mail for each change; a repeated try gets one more, about the person's own, and who
        books for others one about that."""
        new = database.session.scalars(
            select(Email).where(Email.id > self.written).order_by(Email.id)
        ).all()
        self.written = new[-1].id if new else self.written
        to_bookers = [email for email in new if email.kind == "team_booked"]
        assert len(to_bookers) <= (len(answered) > 0)
        new = [email for email in new if email not in to_bookers and self.is_of_the_date(email)]
        expected = Counter(
            (booking.id, booking.email, self.kind_of_news(booking))
            for booking in everybody
            if self.is_news(booking)
        )
        told = Counter(self.as_told(email) for email in new)
        assert expected - told == Counter()
        again = list((told - expected).elements())
        assert len(again) <= len(answered)
        for key, to, kind in again:
            booking = database.session.get(Booking, key)
            assert to in answered
            assert kind in {self.told(booking), "booked_already"}
            assert booking.is_live

    def is_of_the_date(self, email):
        """And not of the other one; the short mail of a place that several were booked with says
        no more than the one that has them all."""
        booking = email.booking_id and database.session.get(Booking, email.booking_id)
        if email.kind == "session_invitation":
            assert booking.state is BookingState.CONFIRMED
            return False
        return not booking or booking.course_date_id == self.date.id

    def as_told(self, email):
        """Of several the mail says how each stands: here it is what it says of this date."""
        if email.kind != "week_booked":
            return email.booking_id, email.to, email.kind
        booking = self.last(email.to)
        return booking.id, email.to, self.told(booking)


@pytest.fixture
def _a_partnership(db):
    partnership, _, agency = settle_in()
    agency.sector.name, agency.sector.aim = SECTORS[0], AIMS[SECTORS[0]]
    for name in SECTORS[1:]:
        make_agency(sector=make_sector(name=name, aim=AIMS[name]))
    # One more than what is given up late on the one date can come to.
    ladder.change(partnership, {Step.APPROVAL: (2, 12)}, now=NOW - timedelta(days=8))
    fay = make_practitioner(FAY)
    for days in (6, 7):
        make_booking(
            make_date(starts_at=NOW - timedelta(days=days)),
            practitioner=fay,
            agency=agency,
            attendance=Attendance.ABSENT,
            marked_at=NOW,
        )


@settings(
    max_examples=30,
    deadline=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    capacity=st.integers(0, 3),
    prefers=st.booleans(),
    comers=st.permutations(PEOPLE),
    steps=st.lists(steps, min_size=12, max_size=30),
)
@pytest.mark.usefixtures("_a_partnership")
def test_the_promises_hold_after_every_step(db, capacity, prefers, comers, steps):
    story = Story(capacity, prefers)
    for step in [*(("book", email) for email in comers[1:]), *steps]:
        story.check(story.step(*step))
    db.session.rollback()
