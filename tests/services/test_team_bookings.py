"""Somebody books for colleagues: who has a place, who is told what, and what the booker learns."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date
from tests.people import (
    book,
    booking_of,
    calendar_of,
    details,
    kinds,
    mails,
    partnership,
    settle_in,
    words,
)
from tests.queries import by_state
from webapp.db import db as database
from webapp.errors import BookingClosed, Full, Refused
from webapp.models import BookingState, BookingTerms, Ending, TeamMember
from webapp.services import (
    address_changes,
    bookings,
    erasures,
    links,
    moving,
    practitioners,
    stories,
    team_bookings,
)
from webapp.services.team_bookings import Team

OLA, ANN, BEN, CAT, DAN = (f"{name}@agency.example" for name in ("ola", "ann", "ben", "cat", "dan"))
CONFIRMED, WAITING, OFFERED = BookingState.CONFIRMED, BookingState.WAITING, BookingState.OFFERED


@pytest.fixture(autouse=True)
def _house(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    settle_in()


def name_of(email):
    return email.partition("@")[0].title()


def terms():
    return database.session.scalars(select(BookingTerms)).one()


def book_team(date, *emails, comes=False, all_or_nobody=False, booker=OLA, now=NOW, **said):
    team_bookings.book(
        date,
        Team(
            name=name_of(booker),
            email=booker,
            colleagues={email: details(name=name_of(email), **said) for email in emails},
            own=details(name=name_of(booker)) if comes else None,
        ),
        all_or_nobody=all_or_nobody,
        terms=terms(),
        submission="team",
        now=now,
    )
    database.session.commit()


def members(booker=OLA):
    made = team_bookings.made_by(practitioners.find(booker))
    return {one.name: one for team in made for one in team.members}


def cancel(*names, booker=OLA, now=NOW):
    chosen = [members(booker)[name].id for name in names]
    done = team_bookings.cancel(practitioners.find(booker), chosen, now=now)
    database.session.commit()
    return done


def confirm(date, email, **said):
    facts = {"details": details(**said), "terms": terms(), "now": NOW}
    bookings.change_details(booking_of(date, email), **facts)
    database.session.commit()


def test_places_go_in_the_order_of_the_list_and_the_rest_wait_in_it():
    date = make_date(capacity=3)
    book_team(date, DAN, ANN, CAT, BEN, comes=True)

    assert by_state(date)[CONFIRMED] == [OLA, DAN, ANN]
    assert by_state(date)[WAITING] == [CAT, BEN]
    assert booking_of(date, DAN).booked_by.email == OLA
    assert booking_of(date, OLA).booked_by is None
    assert booking_of(date, OLA).terms == terms()
    assert booking_of(date, DAN).terms is None


def test_each_is_written_to_with_an_invitation_and_a_link_of_their_own():
    date = make_date(capacity=1)
    book_team(date, ANN, BEN)

    assert (kinds(ANN), kinds(BEN)) == (["booked_by_colleague"], ["waits_by_colleague"])
    assert b"METHOD:REQUEST" in calendar_of(mails(ANN)[0])
    for email in (ANN, BEN):
        said, booking = words(mails(email)[0]), booking_of(date, email)
        assert "Ola booked this for you. " in said
        assert f"/bookings/{links.booking_token(booking)}/change" in said
    assert links.booking_token(booking_of(date, ANN)) not in words(mails(BEN)[0])


def test_the_booker_has_one_mail_that_says_who_and_leads_to_what_they_booked():
    date = make_date()
    book_team(date, ANN, BEN)
    [mail] = mails(OLA)
    assert mail.kind == "team_booked"
    assert "We have written to each of them." in words(mail)
    assert "Booked for: Ann and Ben" in words(mail)
    assert f"/booked/{links.team_token(practitioners.find(OLA))}" in words(mail)
    assert ANN not in words(mail)


def test_all_or_nobody_books_nobody_where_one_would_not_fit():
    date = make_date(capacity=2)
    with pytest.raises(Full, match="2 places left for 3 people, so nobody was booked"):
        book_team(date, ANN, BEN, comes=True, all_or_nobody=True)
    database.session.rollback()
    assert (mails(), practitioners.find(ANN)) == ([], None)
    book_team(date, ANN, BEN, all_or_nobody=True)
    assert by_state(date)[CONFIRMED] == [ANN, BEN]


def test_whether_all_fit_does_not_tell_who_has_booked_already():
    date = make_date(capacity=3)
    book(date, ANN)
    with pytest.raises(Full, match="2 places left for 3 people"):
        book_team(date, ANN, BEN, CAT, all_or_nobody=True)


def test_who_had_booked_keeps_it_and_nobody_else_learns_of_it():
    date = make_date(capacity=5)
    theirs = book(date, ANN)
    book_team(date, ANN, BEN)

    assert booking_of(date, ANN) is theirs
    assert theirs.booked_by is None
    assert kinds(ANN) == ["booking_confirmed", "booked_already"]
    assert "Ola wanted to book" in words(mails(ANN)[-1])
    had, new = members()["Ann"], members()["Ben"]
    assert (had.booking, had.has_answered) == (None, False)
    assert (new.booking, new.has_answered) == (booking_of(date, BEN), False)
    assert team_bookings.can_cancel(had, NOW)
    assert "Ann and Ben" in words(mails(OLA)[-1])


def test_cancelling_for_who_had_booked_leaves_their_own_booking_and_looks_the_same():
    date = make_date(capacity=5)
    theirs = book(date, ANN)
    book_team(date, ANN, BEN)
    assert cancel("Ann", "Ben") == 2

    assert theirs.state is CONFIRMED
    assert booking_of(date, BEN).ending is Ending.BY_BOOKER
    assert [one.cancelled_at for one in members().values()] == [NOW, NOW]
    assert kinds(ANN) == ["booking_confirmed", "booked_already"]
    assert kinds(BEN) == ["booked_by_colleague", "booking_cancelled_by_booker"]
    assert "Ola, who had booked this for you, has cancelled your place" in words(mails(BEN)[-1])
    assert b"METHOD:CANCEL" in calendar_of(mails(BEN)[-1])


def test_a_standing_is_shown_once_the_colleague_has_confirmed():
    date = make_date(capacity=1)
    book_team(date, ANN, BEN)
    confirm(date, ANN)
    assert members()["Ann"].has_answered
    assert not members()["Ben"].has_answered
    confirm(date, BEN)
    booking_of(date, BEN).approval_asked_at = NOW
    assert not members()["Ben"].has_answered, "what waits for an organiser is theirs to tell"


def test_a_line_manager_hears_of_a_place_once_the_colleague_has_confirmed_it():
    partnership().managers_told_since = NOW - timedelta(days=1)
    date, named = make_date(), {"manager_name": "Ola", "manager_email": OLA}
    book_team(date, ANN, BEN, **named)
    assert kinds(OLA) == ["team_booked"]
    cancel("Ben")
    confirm(date, ANN, **named)
    assert kinds(OLA) == ["team_booked", "manager_booked"]
    cancel("Ann")
    assert kinds(OLA)[2:] == ["manager_no_place"]


def test_once_confirmed_their_mails_are_as_everybody_s():
    date = make_date(capacity=1)
    book_team(date, ANN, BEN)
    confirm(date, BEN)
    cancel("Ann")
    assert kinds(BEN) == ["waits_by_colleague", "booking_offered"]


def test_places_cancelled_by_the_booker_are_offered_on():
    date = make_date(capacity=2)
    book_team(date, ANN, BEN)
    waiting = book(date, CAT)
    cancel("Ben")
    assert waiting.state is OFFERED


def test_nobody_cancels_for_others_or_twice_or_what_has_started():
    date = make_date()
    book_team(date, ANN)
    book_team(date, BEN, booker=CAT)
    theirs = members(CAT)["Ben"].id
    with pytest.raises(Refused, match="nothing left to cancel"):
        team_bookings.cancel(practitioners.find(OLA), [theirs], now=NOW)
    cancel("Ann")
    for names, now in ((["Ann"], NOW), (["Ben"], date.starts_at)):
        with pytest.raises(Refused, match="nothing left to cancel"):
            cancel(*names, booker=OLA if names == ["Ann"] else CAT, now=now)
    assert booking_of(date, BEN).state is CONFIRMED


def test_the_same_form_once_more_books_nobody_twice():
    date = make_date(capacity=5)
    for _ in range(2):
        book_team(date, ANN, BEN, comes=True)
    assert by_state(date)[CONFIRMED] == [OLA, ANN, BEN]
    assert len(members()) == len(database.session.scalars(select(TeamMember)).all()) == 2
    assert kinds(ANN) == ["booked_by_colleague"] * 2


def test_a_date_that_is_not_open_is_not_booked_for_a_team():
    date = make_date(closes_at=NOW - timedelta(hours=1))
    with pytest.raises(BookingClosed):
        book_team(date, ANN)


def test_who_is_moved_before_they_confirmed_is_still_asked_to():
    date = make_date()
    other = make_date(course=date.course, starts_at=date.starts_at + timedelta(days=7))
    book_team(date, ANN)
    moved = moving.move(
        booking_of(date, ANN), other, reason=None, over_capacity_reason=None, now=NOW
    )
    assert moved.is_to_confirm
    assert not members()["Ann"].booking.is_live


def test_another_address_takes_along_what_was_booked_for_others_and_by_others():
    date, later = make_date(), make_date()
    book_team(date, ANN)
    book_team(later, CAT, booker=BEN)
    book_team(later, BEN, booker=DAN)
    person, known = practitioners.find(OLA), practitioners.find(BEN)
    address_changes.ask(person, BEN, submission="form", now=NOW)
    for side in address_changes.Side:
        address_changes.confirm(person.address_change, side, now=NOW)
    database.session.commit()

    assert known.erased_at
    assert set(members(BEN)) == {"Ann", "Cat"}
    assert booking_of(later, CAT).booked_by is person
    assert members(DAN)["Ben"].practitioner is person


def test_organisers_read_who_booked_for_somebody():
    date = make_date(capacity=1)
    book_team(date, ANN, BEN)
    steps = [stories.of(booking_of(date, email))[0].what for email in (ANN, BEN)]
    assert steps == [
        "Booked by a colleague, Ola",
        "Booked by a colleague, Ola, and joined the waiting list",
    ]


def test_a_colleague_s_own_booking_is_not_to_confirm():
    assert not make_booking().is_to_confirm


def test_names_are_forgotten_with_the_person_they_are_of():
    date = make_date()
    book_team(date, ANN, BEN)
    for email in (ANN, OLA):
        who = practitioners.find(email)
        erasures.ask(who, now=NOW)
        erasures.erase(who, now=NOW)
        database.session.commit()
    [made] = team_bookings.made_by(booking_of(date, BEN).booked_by)
    assert [one.name for one in made.members] == ["Erased", "Ben"]
    assert made.booker_name == "Erased"
