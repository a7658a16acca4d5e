"""A short form of what `make faults` runs, and what it would notice."""

from datetime import timedelta
from types import SimpleNamespace

import pytest

from tests.conftest import NOW
from tests.faults import __main__ as faults
from tests.faults import reckoning
from tests.faults.house import DATES, PLACES
from tests.faults.people import YES, Told
from tests.faults.post_office import PostOffice
from tests.makers import make_booking, make_date, make_email
from webapp.db import db as database
from webapp.models import Attendance, BookingState


@pytest.mark.slow
def test_nothing_is_lost_while_what_serves_people_is_killed(tmp_path):
    said = []

    found = faults.live(
        tmp_path, f"sqlite:///{tmp_path / 'f.db'}", kills=8, seed=1, say=said.append
    )

    assert [law for law in found if law.broken] == []
    seen = {law.words: law.seen for law in found}
    assert seen["Who was told that they had booked has a booking"] > 0
    assert seen["A mail that was sent has arrived"] > 16
    assert any(line.startswith("Killed: ") for line in said)


@pytest.fixture
def found(db):
    """What is broken after a change to a house in which all is well, by the law's words."""
    dates = [make_date(capacity=PLACES, starts_at=NOW + timedelta(days=9)) for _ in range(DATES)]
    booking = make_booking(dates[0], email="ann@agency.example", attendance=Attendance.LATE)
    mail = make_email(booking_id=booking.id, sent_at=NOW)
    house = SimpleNamespace(dates=[date.id for date in dates], opened_at=NOW)
    post, told = PostOffice(None), Told()
    told.answers["book", YES] += 1
    told.booked.add((dates[0].id, "ann@agency.example"))
    told.taken.add(booking.id)
    told.marked[booking.id] = [Attendance.LATE]
    post.kept[mail.message_id] += 1

    def look(change=lambda *_: None):
        change(booking, told, post, mail)
        database.session.commit()
        return [law.words for law in reckoning.laws(house, told, post) if law.broken]

    return look


def test_where_all_is_well_no_law_is_broken(found):
    assert found() == []


def _too_many(booking, *_):
    for n in range(PLACES):
        make_email(booking_id=make_booking(booking.course_date, email=f"{n}@x.example").id)
    database.session.execute(database.text("UPDATE email SET sent_at = queued_at"))


def _free(booking, *_):
    facts = {"state": BookingState.WAITING, "email": "waits@x.example"}
    make_booking(booking.course_date, **facts)


def _stuck(booking, told, *_):
    told.taken.clear()
    booking.state, booking.offered_until = BookingState.OFFERED, NOW - timedelta(hours=1)


def _alone(booking, _told, _post, mail):
    mail.booking_id = None


@pytest.mark.parametrize(
    ("change", "law"),
    [
        (lambda b, told, *_: told.booked.add((1, "cy@x.example")), "Who was told that they had"),
        (lambda b, told, *_: told.given_up.add(b.id), "A place that was given up"),
        (lambda b, *_: setattr(b, "state", BookingState.CANCELLED), "An offer that was taken"),
        (lambda b, *_: setattr(b, "attendance", None), "A mark on the register"),
        (_too_many, "No place is sold twice"),
        (_free, "No place is free while"),
        (_stuck, "No offer is stuck"),
        (_alone, "No booking is without its mail"),
        (lambda b, told, post, mail: post.kept.clear(), "A mail that was sent"),
        (lambda b, told, post, mail: post.kept.update([mail.message_id] * 2), "No mail has"),
        (lambda b, told, post, mail: post.kept.update([mail.message_id]), "What arrived again"),
        (lambda b, told, post, mail: post.kept.update(["<x@y>"]), "Nothing has arrived that"),
        (lambda b, told, post, mail: setattr(mail, "sent_at", None), "No mail still waits"),
    ],
)  # fmt: skip
def test_what_is_broken_is_noticed(found, change, law):
    assert any(words.startswith(law) for words in found(change))
