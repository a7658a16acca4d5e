"""The list of a date costs what a page of it shows, however many are on it."""

from datetime import timedelta

import pytest
from sqlalchemy import event

from tests.conftest import NOW, ON_POSTGRES
from tests.makers import make_agency, make_booking, make_date
from webapp.models import Attendance, BookingState
from webapp.plain import sort_key
from webapp.services import attendee_lists, mixes, paging, places, register_lists, tallies
from webapp.services.attendee_lists import Search, Sort

NAMES = ["Zoë", "zoe", "Élise", "ELISE", "Ænne", "-Bo", "Łucja", "ann", "Ann"]


@pytest.fixture
def date(db):
    return make_date(capacity=50)


def whole(date, search):
    """The ids of everybody found, page after page."""
    found, number, pages = [], 0, 1
    while number < pages:
        number += 1
        page = attendee_lists.of_date(date, search, number)
        found += [one.id for one in page.rows]
        pages = page.pages
    return found


@pytest.mark.parametrize("descending", [False, True])
@pytest.mark.parametrize("state", [None, BookingState.CONFIRMED])
@pytest.mark.parametrize("sort", [Sort.NAME, Sort.BOOKED, Sort.AGENCY])
def test_page_after_page_has_everybody_once_in_the_order_of_the_file(
    date, monkeypatch, sort, state, descending
):
    agencies = [make_agency("Étoile"), make_agency("eagle")]
    for number, name in enumerate(NAMES * 2):
        make_booking(
            date,
            name=name,
            agency=agencies[number % 2],
            booked_at=NOW - timedelta(days=number % 3),
            state=BookingState.CANCELLED if number % 5 == 0 else BookingState.CONFIRMED,
        )
    first = {
        Sort.NAME: lambda one: "",
        Sort.BOOKED: lambda one: one.booked_at,
        Sort.AGENCY: lambda one: sort_key(one.works_at),
    }[sort]
    search = Search(state, sort=sort, descending=descending)
    rows = attendee_lists.all_of_date(date, search)
    monkeypatch.setattr(paging, "SIZE", 4)

    assert len(rows) == len([one for one in date.bookings if state in {None, one.state}])
    assert whole(date, search) == [one.id for one in rows]
    wanted = sorted(rows, key=lambda one: (first(one), sort_key(one.name), one.id))
    assert list(rows) == (wanted[::-1] if descending else wanted)


def test_what_is_counted_once_says_what_is_counted_each_for_itself(date):
    over = make_date(starts_at=NOW - timedelta(days=1))
    police, health = make_agency("Police"), make_agency("Health")
    for on in (date, over):
        for state in BookingState:
            make_booking(on, state=state, agency=police)
            make_booking(on, state=state, agency=health, approval_asked_at=NOW)
        for mark in Attendance:
            make_booking(on, attendance=mark, agency=health)
            make_booking(on, attendance=mark, agency=police, is_walk_in=True)
    for on in (date, over):
        parts = tallies.parts(on)
        assert places.of(on, NOW, parts) == places.of(on, NOW)
        assert mixes.of(on, parts) == mixes.of(on)
        for state in (None, *BookingState):
            for agency in (None, police.id):
                search = Search(state, agency_id=agency)
                page = attendee_lists.of_date(on, search, parts=parts)
                assert page.total == len(page.rows) == len(whole(on, search))


def test_a_page_in_the_order_of_names_is_read_from_the_index_and_no_further(db, date):
    make_booking(date)

    def pages():
        attendee_lists.of_date(date, Search())
        attendee_lists.of_date(date, Search(state=None, descending=True))
        register_lists.of_date(date)

    plans = planned(db, pages, "ORDER BY booking.sort_name")
    assert len(plans) == 3
    for plan in plans:
        assert "ix_booking_course_date_name" in plan
        assert "B-TREE" not in plan
        assert "Sort" not in plan


def test_what_is_counted_of_a_date_is_read_from_an_index(db, date):
    make_booking(date)

    [plan] = planned(db, lambda: tallies.parts(date), "count(*)")
    assert "ix_booking_course_date_state" in plan
    assert ON_POSTGRES or "USING COVERING INDEX ix_booking_course_date_state" in plan
    assert "B-TREE" not in plan


def planned(db, ask, words):
    """How the database means to do what is asked of it in these words."""
    sent = []

    def note(_connection, _cursor, statement, values, *_rest):
        if words in statement:
            sent.append((statement, values))

    event.listen(db.engine, "before_cursor_execute", note)
    ask()
    event.remove(db.engine, "before_cursor_execute", note)
    connection = db.session.connection()
    if ON_POSTGRES:  # which would read a small table as a whole
        for kind in ("seqscan", "bitmapscan"):
            connection.exec_driver_sql(f"SET LOCAL enable_{kind} = off")
    explain = "EXPLAIN" if ON_POSTGRES else "EXPLAIN QUERY PLAN"
    return [
        "\n".join(str(row[-1]) for row in connection.exec_driver_sql(f"{explain} {asked}", values))
        for asked, values in sent
    ]
