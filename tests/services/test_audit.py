from datetime import UTC, date, datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_organiser
from tests.queries import counted
from webapp.services import audit
from webapp.services.audit import Filters


def actions(**filters):
    return [line.action for line in audit.lines(Filters(**filters)).rows]


def test_a_line_says_who_did_what_to_which_booking_and_when(db):
    organiser, booking = make_organiser(), make_booking()

    audit.record(organiser, "cancelled", course_date=booking.course_date, booking=booking, now=NOW)

    [line] = audit.lines(Filters()).rows
    assert (line.organiser, line.course_date) == (organiser, booking.course_date)
    assert (line.booking_id, line.action, line.at) == (booking.id, "cancelled", NOW)


def test_the_latest_line_is_first(db):
    for minute, action in enumerate(["first", "second", "third"]):
        audit.record(None, action, now=NOW + timedelta(minutes=minute))

    assert actions() == ["third", "second", "first"]


def test_lines_of_one_organiser(db):
    ann, bob = make_organiser(), make_organiser()
    audit.record(ann, "by Ann", now=NOW)
    audit.record(bob, "by Bob", now=NOW)

    assert actions(organiser_id=ann.id) == ["by Ann"]


@pytest.mark.parametrize(
    ("filters", "expected"),
    [
        ({"first": date(2025, 4, 17)}, ["after midnight", "just before the next"]),
        ({"last": date(2025, 4, 16)}, ["just before midnight"]),
        (
            {"first": date(2025, 4, 17), "last": date(2025, 4, 17)},
            ["after midnight", "just before the next"],
        ),
    ],
)
def test_days_begin_and_end_at_midnight_in_london(db, filters, expected):
    midnight = datetime(2025, 4, 16, 23, 0, tzinfo=UTC)  # in summer time
    audit.record(None, "just before midnight", now=midnight - timedelta(seconds=1))
    audit.record(None, "after midnight", now=midnight)
    audit.record(None, "just before the next", now=midnight + timedelta(hours=23, minutes=59))

    assert sorted(actions(**filters)) == sorted(expected)


def test_a_page_of_lines_costs_the_same_however_many_there_are(db):
    def fill(number):
        for _ in range(number):
            audit.record(make_organiser(), "saw the list", course_date=make_date(), now=NOW)
        db.session.commit()
        db.session.expire_all()

    def read():
        for line in audit.lines(Filters()).rows:
            assert line.organiser.email
            assert line.course_date.course.title

    fill(3)
    with counted() as few:
        read()
    fill(27)
    with counted() as many:
        read()
    assert len(many) == len(few)
