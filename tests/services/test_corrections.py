import pytest

from tests.conftest import NOW
from tests.makers import make_date
from tests.people import book, booking_of, details, kinds, settle_in
from webapp.db import db as database
from webapp.services import bookings

ANN, BEN, CAT = (f"{name}@agency.example" for name in ("ann", "ben", "cat"))


@pytest.fixture(autouse=True)
def _settled(db):
    settle_in()


@pytest.mark.parametrize("has_one", [True, False])
def test_corrected_to_somebody_and_on_to_oneself_a_form_does_not_tell_whether_they_had_a_booking(
    has_one,
):
    date = make_date()
    if has_one:
        book(date, BEN, submission="theirs")
    book(date, CAT, submission="mine", team="North", access="A ramp")
    for email in (BEN, ANN):
        bookings.correct_address(date, submission="mine", email=email, now=NOW)
        database.session.commit()

    assert kinds(ANN) == ["booking_confirmed"]
    mine = booking_of(date, ANN)
    assert (mine.is_live, mine.team, mine.access_needs.access) == (True, "North", "A ramp")
    assert booking_of(date, BEN).is_live is has_one


def test_what_the_holder_wrote_by_the_private_link_is_not_moved_to_another_address():
    date = make_date()
    booking = book(date, BEN, submission="a stranger's")
    bookings.change_details(booking, details=details(access="A ramp"), now=NOW)
    bookings.correct_address(date, submission="a stranger's", email=CAT, now=NOW)

    assert booking.email == BEN
    assert kinds(CAT) == []
