"""Whether somebody had a booking cannot be told from the work that a form makes."""

from collections import Counter

import pytest

from tests.conftest import NOW
from tests.makers import make_agency, make_date, make_partnership, make_practitioner, make_terms
from tests.people import book
from tests.queries import counted
from webapp.models import Booking, Email, Invite, Practitioner
from webapp.services import bookings, team_bookings
from webapp.services.team_bookings import Team

ANN = "ann@agency.example"
EACH_CAPACITY = pytest.mark.parametrize("capacity", [None, 5, 1])


@pytest.fixture
def asked(db):
    """Sends a form for Ann, of hers or of a team; what was asked of the database comes back."""
    make_partnership()
    terms, agency = make_terms(), make_agency("Anytown Council")
    details = bookings.Details(name="Ann Example", agency=agency, job_role="Nurse")

    def ask(date, *, for_a_team):
        with counted() as sent:
            if for_a_team:
                team = Team(name="Ola", email="ola@agency.example", colleagues={ANN: details})
                team_bookings.book(
                    date, team, all_or_nobody=False, terms=terms, submission="form", now=NOW
                )
            else:
                bookings.book(
                    date, email=ANN, details=details, terms=terms, submission="form", now=NOW
                )
            db.session.commit()
        return Counter(" ".join(one.split()[:3]) for one in sent)

    return ask


@EACH_CAPACITY
@pytest.mark.parametrize("for_a_team", [False, True])
def test_who_has_a_booking_is_as_much_work_as_who_has_none(asked, capacity, for_a_team):
    has_none, has_one = make_date(capacity=capacity), make_date(capacity=capacity)
    if capacity == 1:
        for date in (has_none, has_one):
            book(date, "first@agency.example")
    book(has_one, ANN)
    make_practitioner("ola@agency.example")

    none, one = asked(has_none, for_a_team=for_a_team), asked(has_one, for_a_team=for_a_team)

    for what in ("booking", "invite", "email"):
        assert one[f"INSERT INTO {what}"] == none[f"INSERT INTO {what}"], what
    # A savepoint, somebody new as most are who book, and what was typed kept beside the booking.
    assert abs(one.total() - none.total()) <= 5, (one - none, none - one)


def test_nothing_is_left_of_a_rehearsal(asked, db):
    date = make_date(capacity=5)
    book(date, ANN)
    before = [db.session.query(table).count() for table in (Booking, Practitioner, Invite)]
    letters = db.session.query(Email).count()

    asked(date, for_a_team=False)

    assert [db.session.query(table).count() for table in (Booking, Practitioner, Invite)] == before
    assert db.session.query(Email).count() == letters + 1
