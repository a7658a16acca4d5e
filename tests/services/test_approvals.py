from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_practitioner
from tests.queries import by_state
from webapp.db import db as database
from webapp.errors import OfferOver, Refused
from webapp.models import Attendance, BookingState, BookingTerms, Cause, Ending, Step
from webapp.services import (
    approvals,
    arrangements,
    bookings,
    calling_off,
    cannot_come,
    ladder,
    links,
    merging,
    moving,
    places,
    practitioners,
    team_bookings,
    waiting_list,
)
from webapp.services.team_bookings import Team

ANN, BEN, CAT = "ann@agency.example", "ben@agency.example", "cat@agency.example"
WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def ours(db):
    partnership, _, _ = people.settle_in()
    ladder.change(partnership, {Step.APPROVAL: (2, 12)}, now=NOW - 8 * WEEK)
    return partnership


@pytest.fixture
def ann():
    """Has missed two places, and books again."""
    who = make_practitioner(ANN)
    for weeks in (2, 1):
        missed(who, weeks)
    return who


def missed(who, weeks, **facts):
    facts = {"attendance": Attendance.ABSENT, "marked_at": NOW - weeks * WEEK, **facts}
    return make_booking(make_date(starts_at=NOW - weeks * WEEK), practitioner=who, **facts)


def send(booking, email):
    said = people.details(name="Ann Example")
    cannot_come.send_colleague(booking, email=email, details=said, now=NOW)
    database.session.commit()


def allow(booking, now=NOW):
    approvals.allow(booking, now=now)
    database.session.commit()
    return booking


def test_who_missed_too_many_places_waits_for_approval_and_takes_no_place(ann):
    date = make_date(capacity=1)
    booking = people.book(date, ANN)
    assert (booking.state, booking.approval_asked_at) == (BookingState.WAITING, NOW)
    assert people.kinds(ANN) == ["approval_asked"]
    counts = places.of(date, NOW)
    assert (counts.left, counts.waiting, counts.to_approve, counts.people) == (1, 0, 1, 1)
    assert people.book(date, BEN).state is BookingState.CONFIRMED


@pytest.mark.parametrize(
    "facts",
    [
        {"attendance": Attendance.EXCUSED},
        {"miss_set_aside_at": NOW},
        {
            "state": BookingState.CANCELLED,
            "attendance": None,
            "gave_up_late": True,
            "cause": Cause.ILLNESS,
        },
    ],
)
def test_what_is_excused_or_set_aside_does_not_count(facts):
    who = make_practitioner(ANN)
    missed(who, 2)
    missed(who, 1, **facts)
    assert people.book(make_date(), ANN).state is BookingState.CONFIRMED


def test_months_that_are_over_and_what_came_before_the_step_do_not_count(ours):
    who = make_practitioner(ANN)
    missed(who, 9)
    missed(who, 1)
    assert not approvals.is_needed(who, NOW)
    missed(who, 2)
    assert approvals.is_needed(who, NOW)
    ladder.change(ours, {Step.APPROVAL: (2, 1)}, now=NOW)
    assert not approvals.is_needed(who, NOW + 3 * WEEK)


def test_the_same_mail_is_sent_again_to_who_books_again(ann):
    date = make_date()
    people.book(date, ANN)
    people.book(date, ANN, submission="other")
    assert people.kinds(ANN) == ["approval_asked"] * 2


def test_allowed_they_have_the_place_that_is_free(ann):
    date = make_date(capacity=1)
    booking = allow(people.book(date, ANN))
    assert (booking.state, booking.approval_asked_at) == (BookingState.CONFIRMED, None)
    assert people.kinds(ANN) == ["approval_asked", "booking_confirmed"]


def test_allowed_they_wait_in_their_old_turn(ann):
    date = make_date(capacity=0)
    booking = people.book(date, ANN)
    people.book(date, BEN, now=NOW + timedelta(hours=1))
    ben = people.booking_of(date, BEN)
    assert waiting_list.position(ben) == 1
    allow(booking)
    assert (waiting_list.position(booking), waiting_list.position(ben)) == (1, 2)
    assert people.kinds(ANN) == ["approval_asked", "booking_waiting"]
    assert people.kinds(BEN) == ["booking_waiting"]


def test_a_freed_place_passes_over_who_is_not_allowed_yet(ann):
    date = make_date(capacity=1)
    first = people.book(date, CAT)
    people.book(date, ANN)
    people.book(date, BEN)
    bookings.cancel(first, now=NOW)
    database.session.commit()
    assert by_state(date)[BookingState.OFFERED] == [BEN]
    waiting_list.decline(people.booking_of(date, BEN), now=NOW)
    database.session.commit()
    assert places.of(date, NOW).free == 1
    assert by_state(date)[BookingState.WAITING] == [ANN]
    assert allow(people.booking_of(date, ANN)).state is BookingState.CONFIRMED


def test_near_the_start_they_are_not_told_of_a_place_to_take_before_they_are_allowed(ann):
    date = make_date(capacity=1, starts_at=NOW + timedelta(hours=30))
    first = people.book(date, CAT)
    booking = people.book(date, ANN)
    people.book(date, BEN)
    bookings.cancel(first, now=NOW)
    database.session.commit()
    assert people.kinds(BEN)[-1] == "place_to_take"
    assert not waiting_list.can_take(booking, NOW)
    with pytest.raises(OfferOver, match="waits until the training team"):
        waiting_list.accept(booking, now=NOW)
    allow(booking)
    assert people.kinds(ANN) == ["approval_asked", "place_to_take"]
    waiting_list.accept(booking, now=NOW)
    assert booking.state is BookingState.CONFIRMED


def test_allowed_alone_near_the_start_they_have_the_place(ann):
    date = make_date(capacity=1, starts_at=NOW + timedelta(hours=30))
    assert allow(people.book(date, ANN)).state is BookingState.CONFIRMED


def test_who_is_refused_is_told_why(ann):
    date = make_date()
    booking = people.book(date, ANN)
    approvals.refuse(booking, reason="We spoke about it.", now=NOW)
    database.session.commit()
    assert booking.ending is Ending.BY_ORGANISER
    assert people.kinds(ANN) == ["approval_asked", "approval_refused"]
    assert "The reason: We spoke about it." in people.words(people.mails(ANN)[-1])
    with pytest.raises(Refused, match="does not wait for your approval"):
        approvals.refuse(booking, reason="Twice.", now=NOW)


def test_nobody_is_allowed_twice_or_once_it_has_begun_or_while_it_is_off(ann):
    date = make_date()
    booking = people.book(date, ANN)
    with pytest.raises(Refused, match="already started"):
        approvals.allow(booking, now=date.starts_at)
    calling_off.postpone(date, message="Snow.", now=NOW)
    database.session.commit()
    with pytest.raises(Refused, match="postponed"):
        approvals.allow(booking, now=NOW)
    assert "still waits until we have looked at it" in people.words(people.mails(ANN)[-1])
    assert booking.awaits_approval


def test_an_organiser_who_adds_somebody_or_gives_them_a_place_has_allowed_it(ann):
    details = people.details()
    added = bookings.add_by_hand(make_date(), email=ANN, details=details, now=NOW)
    assert added.state is BookingState.CONFIRMED
    booking = people.book(make_date(), ANN)
    waiting_list.give(booking, over_capacity_reason=None, now=NOW)
    assert (booking.state, booking.approval_asked_at) == (BookingState.CONFIRMED, None)


def test_who_cancels_and_books_again_by_the_link_waits_for_approval_too(ann):
    date = make_date()
    booking = allow(people.book(date, ANN))
    bookings.cancel(booking, now=NOW)
    again = bookings.book_again(booking, now=NOW)
    assert again.awaits_approval


def test_no_way_round_by_another_date(ann):
    date = make_date()
    other = make_date(course=date.course, starts_at=NOW + 3 * WEEK)
    booking = people.book(date, ANN)
    assert cannot_come.choices(booking, now=NOW) == {}
    with pytest.raises(Refused, match="has to be allowed first"):
        cannot_come.choose(booking, other, now=NOW)
    moved = moving.move(booking, other, reason=None, over_capacity_reason=None, now=NOW)
    assert moved.state is BookingState.CONFIRMED


def test_no_way_round_by_another_persons_address(ann):
    date = make_date()
    people.book(date, "mistyped@agency.example", submission="form")
    bookings.correct_address(date, submission="form", email=ANN, now=NOW)
    database.session.commit()
    booking = people.booking_of(date, ANN)
    assert booking.awaits_approval
    assert people.kinds(ANN) == ["approval_asked"]
    assert places.of(date, NOW).taken == 0

    bookings.correct_address(date, submission="form", email=BEN, now=NOW)
    database.session.commit()
    assert people.booking_of(date, BEN).state is BookingState.CONFIRMED
    assert people.kinds(BEN) == ["booking_confirmed"]


def test_merged_into_another_date_they_still_wait_for_approval(ann):
    date = make_date()
    into = make_date(course=date.course, starts_at=NOW + 3 * WEEK)
    people.book(date, ANN)
    merging.merge(date, into, reason=None, now=NOW)
    database.session.commit()
    assert people.booking_of(into, ANN).awaits_approval
    said = " ".join(people.words(people.mails(ANN)[1]).split())
    assert "On the new date, too, your booking waits until we have looked at it." in said


def test_a_change_of_the_date_is_told_truly(ann):
    date = make_date(capacity=0)
    people.book(date, ANN)
    new = arrangements.of(date)
    arrangements.arrange(date, new.__class__(**{**vars(new), "days": later(new)}), now=NOW)
    database.session.commit()
    said = people.words(people.mails(ANN)[-1])
    assert "Your booking still waits until we have looked at it." in said
    assert "waiting list" not in said


def later(new):
    return tuple((start + WEEK, end + WEEK) for start, end in new.days)


def test_the_private_page_is_theirs_and_says_so(ann, client):
    booking = people.book(make_date(), ANN)
    page = client.get(f"/bookings/{links.booking_token(booking)}").text
    assert "Your booking waits for approval" in page
    assert "on the waiting list" not in page


def test_whoever_gives_such_a_booking_up_reads_that_and_of_no_waiting_list(ann):
    booking = people.book(make_date(), ANN)
    bookings.cancel(booking, now=NOW)
    [_, given_up] = people.mails(ANN)
    assert given_up.kind == "approval_given_up"
    assert given_up.subject.startswith("You have given your booking up: ")
    assert "waiting list" not in people.words(given_up)


def test_a_colleague_who_is_sent_waits_for_approval_too_and_the_place_goes_to_who_waits(ann):
    date = make_date(capacity=1)
    ben, cat = people.book(date, BEN), people.book(date, CAT)
    send(ben, ANN)

    sent = ben.replaced_by
    assert (ben.ending, sent.awaits_approval) == (Ending.SUBSTITUTED, True)
    assert cat.state is BookingState.OFFERED
    # Who sent them reads what they always do.
    assert people.kinds(BEN) == ["booking_confirmed", "booking_substituted"]
    [asked] = people.mails(ANN)
    assert asked.kind == "approval_by_colleague"
    said = people.words(asked)
    assert said.startswith(f"{ben.name} wants you to come to Safeguarding basics.")
    assert f"/bookings/{links.booking_token(sent)}/change" in said
    waiting_list.decline(cat, now=NOW)
    assert allow(sent).state is BookingState.CONFIRMED


def test_a_colleague_whose_own_booking_waits_for_approval_is_not_let_past_it(ann):
    date = make_date(capacity=1)
    ben, own = people.book(date, BEN), people.book(date, ANN)
    send(ben, ANN)

    assert (ben.ending, ben.replaced_by) == (Ending.SUBSTITUTED, None)
    assert own.awaits_approval
    assert people.kinds(ANN) == ["approval_asked"]
    assert places.of(date, NOW).left == 1


def test_a_colleague_an_organiser_sends_needs_no_approval(ann):
    ben = people.book(make_date(), BEN)
    sent = moving.substitute(ben, email=ANN, details=people.details(), now=NOW)
    assert sent.state is BookingState.CONFIRMED


def test_a_colleague_of_a_team_waits_for_approval_and_is_told_who_booked(ann):
    date, said = make_date(capacity=1), people.details(name="Ann Example")
    team = Team(name="Ola", email=BEN, colleagues={ANN: said, CAT: people.details()}, own=None)
    facts = {"terms": the_terms(), "submission": "team", "now": NOW}
    team_bookings.book(date, team, all_or_nobody=False, **facts)

    booking = people.booking_of(date, ANN)
    assert booking.awaits_approval
    assert people.booking_of(date, CAT).state is BookingState.CONFIRMED, "Ann takes no place"
    assert people.kinds(BEN) == ["team_booked"]
    [asked] = people.mails(ANN)
    assert asked.kind == "approval_by_colleague"
    assert "Ola wants you to come" in people.words(asked)
    assert f"/bookings/{links.booking_token(booking)}/change" in people.words(asked)
    bookings.change_details(booking, details=said, terms=the_terms(), now=NOW)
    assert booking.awaits_approval, "to confirm it is not to be allowed"
    [line, _] = team_bookings.made_by(practitioners.find(BEN))[0].members
    assert not line.has_answered, "that it waits for an organiser is theirs to tell"


def the_terms():
    return database.session.scalars(select(BookingTerms)).one()
