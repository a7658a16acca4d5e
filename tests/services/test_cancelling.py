from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date
from tests.people import book, booking_of, details, kinds, mails, settle_in, words
from webapp.errors import Refused
from webapp.models import BookingState, Cause, Ending
from webapp.services import cancelling, cannot_come, moving, stories

DAY = timedelta(days=1)
ANN = "ann@agency.example"
LATE_WORDS = "so it counts as a late cancellation"


@pytest.fixture(autouse=True)
def _house(db):
    settle_in(cut_off_days=2, cut_off_working=False)


def near(**facts):
    """A date whose time for cancelling is over."""
    return make_date(**{"starts_at": NOW + DAY, **facts})


@pytest.mark.parametrize(("cause", "is_excused"), [(Cause.ILLNESS, True), (Cause.OTHER, False)])
def test_who_cancels_late_is_noted_with_the_cause_and_told_how_it_counts(db, cause, is_excused):
    booking = book(near())
    cancelling.cancel(booking, cause=cause, reason="So it is.", now=NOW)
    assert (booking.gave_up_late, booking.cause) == (True, cause)
    assert (booking.cancel_reason, booking.was_missed) == ("So it is.", not is_excused)
    said = words(mails(ANN)[-1])
    assert ("excuses you" in said) is is_excused
    assert (LATE_WORDS in said) is not is_excused
    # A mail is read by others, too.
    assert "ill" not in said.split("https://")[0].split()
    assert "So it is." not in said


def test_who_cancels_in_time_is_not_late_whatever_they_say(db):
    booking = book(near(starts_at=NOW + 9 * DAY))
    cancelling.cancel(booking, cause=Cause.ILLNESS, reason="I am ill.", now=NOW)
    assert (booking.gave_up_late, booking.cause, booking.cancel_reason) == (False, None, None)
    assert "late" not in words(mails(ANN)[-1])


def test_a_late_place_is_offered_on_like_any_other(db):
    date = near(capacity=1)
    ann = book(date)
    book(date, "ben@agency.example")
    cancelling.cancel(ann, cause=Cause.DUTY, now=NOW)
    assert kinds("ben@agency.example") == ["booking_waiting", "place_to_take"]


def test_a_wait_and_an_offer_are_never_given_up_late(db):
    for state in (BookingState.WAITING, BookingState.OFFERED):
        booking = make_booking(near(), state=state, waiting_since=NOW)
        cancelling.cancel(booking, cause=Cause.OTHER, now=NOW)
        assert not booking.gave_up_late


def test_a_colleague_or_another_date_instead_is_never_late(db):
    course = make_course()
    sent = book(near(course=course))
    cannot_come.send_colleague(sent, email="ben@agency.example", details=details(), now=NOW)
    moved = book(near(course=course))
    cannot_come.choose(moved, make_date(course=course), now=NOW)
    assert (sent.ending, moved.ending) == (Ending.SUBSTITUTED, Ending.MOVED)
    assert not sent.gave_up_late
    assert not moved.gave_up_late


def test_an_organiser_says_whether_a_cancellation_of_theirs_counts_as_late(db):
    date = near()
    ann, ben = book(date), book(date, "ben@agency.example")
    cancelling.cancel_by_organiser(ann, reason="Asked to.", now=NOW)
    cancelling.cancel_by_organiser(ben, reason="Asked to.", counts_as_late=True, now=NOW)
    assert (ann.gave_up_late, ben.gave_up_late) == (False, True)
    assert LATE_WORDS not in words(mails(ANN)[-1])
    assert LATE_WORDS in words(mails("ben@agency.example")[-1])

    early = book(make_date())
    cancelling.cancel_by_organiser(early, reason="Asked to.", counts_as_late=True, now=NOW)
    assert not early.gave_up_late


def test_an_organiser_puts_right_how_it_counts_and_why_people_are_here_says_so(db):
    booking = book(near())
    cancelling.cancel(booking, cause=Cause.OTHER, now=NOW)
    assert [step.what for step in stories.of(booking)][-1] == "Cancelled late: another reason"
    cancelling.judge(booking, late=True, cause=Cause.ILLNESS, now=NOW)
    assert booking.is_excused
    assert [step.what for step in stories.of(booking)][-1] == "Cancelled late: ill"
    cancelling.judge(booking, late=False, cause=Cause.ILLNESS, now=NOW)
    assert (booking.gave_up_late, booking.cause) == (False, None)


def test_there_is_nothing_to_judge_where_no_place_was_given_up(db):
    course = make_course()
    live = book(near(course=course))
    waited = make_booking(
        near(course=course),
        state=BookingState.CANCELLED,
        ending=Ending.BY_PRACTITIONER,
        waiting_since=NOW,
    )
    moved = book(near(course=course), "cat@agency.example")
    moving.move(moved, make_date(course=course), reason=None, over_capacity_reason=None, now=NOW)
    for booking in (live, waited, moved):
        with pytest.raises(Refused):
            cancelling.judge(booking, late=True, cause=None, now=NOW)


def test_who_came_back_to_the_place_did_not_leave_it(db):
    date = near()
    cancelling.cancel(book(date), cause=Cause.OTHER, now=NOW)
    late = booking_of(date, ANN)
    query = db.select(type(late).id).where(cancelling.gave_up_late())
    assert db.session.scalars(query).all() == [late.id]
    book(date)
    assert db.session.scalars(query).all() == []
