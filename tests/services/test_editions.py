"""An edition ends with every change that a calendar could show."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_organiser,
    make_partnership,
    make_practitioner,
    make_sector,
    make_venue,
)
from webapp.db import db as database
from webapp.errors import NotFound
from webapp.models import BookingState, Ending, Partnership, RoleName
from webapp.services import diaries, editions, standing, trainers
from webapp.services.practitioners import choose_title

LATER = NOW + timedelta(hours=1)
MIDNIGHT = NOW + timedelta(hours=15)  # in British Summer Time


@pytest.fixture(autouse=True)
def _partnership(db):
    make_partnership()


def programme(now=LATER):
    database.session.flush()
    return editions.of_programme(now=now)


def personal(person, now=LATER):
    database.session.flush()
    return editions.of_practitioner(person.id, now=now)[0]


def staff(organiser, now=LATER):
    database.session.flush()
    return editions.of_trainer(organiser.id, now=now)[0]


def test_there_is_none_before_anything_is_loaded():
    database.session.delete(database.session.scalars(select(Partnership)).one())
    with pytest.raises(NotFound):
        programme()


def test_it_stays_the_same_while_nothing_changes():
    date, person = make_date(), make_practitioner()
    make_booking(date, practitioner=person)
    teacher = make_organiser(role=RoleName.TRAINER)
    for edition in (lambda: programme(), lambda: personal(person), lambda: staff(teacher)):
        assert edition() == edition()


def a_new_date():
    make_date()


def a_date_said_to_be_changed(date):
    date.updated_at = LATER


def a_course_changed(date):
    date.course.updated_at = LATER


def a_venue_changed(date):
    date.venue.updated_at = LATER


def a_date_revised_under_an_old_stamp(date):
    date.revise(now=date.updated_at)


def a_day_dropped_under_an_old_stamp(date):
    date.days[0].dropped_at = NOW - timedelta(days=400)


def a_day_added_under_an_old_stamp(date):
    date.set_days(
        [*((day.starts_at, day.ends_at) for day in date.days), (MIDNIGHT, MIDNIGHT)],
        now=date.updated_at,
    )


def a_course_for_another_sector(date):
    date.course.sectors = [*date.course.sectors, make_sector()]


def the_partnership_changed(date):
    database.session.scalars(select(Partnership)).one().updated_at = LATER


CHANGES = [
    a_date_said_to_be_changed,
    a_course_changed,
    a_venue_changed,
    a_date_revised_under_an_old_stamp,
    a_day_dropped_under_an_old_stamp,
    a_day_added_under_an_old_stamp,
    a_course_for_another_sector,
    the_partnership_changed,
]


@pytest.mark.parametrize("change", CHANGES)
def test_every_change_of_the_programme_is_another_edition_for_everybody(change):
    # The one that changes is not the newest: others were changed after it.
    date = make_date(updated_at=NOW - timedelta(days=3))
    make_date()
    person, teacher = make_practitioner(), make_organiser(role=RoleName.TRAINER)
    before = programme(), personal(person), staff(teacher)
    change(date)
    for was, is_now in zip(before, (programme(), personal(person), staff(teacher)), strict=True):
        assert was != is_now


def test_a_new_date_is_another_edition_even_under_an_old_stamp():
    make_date()
    before = programme()
    make_date(updated_at=NOW - timedelta(days=9), course=make_course(), venue=make_venue())
    assert programme() != before


def test_each_day_has_its_own_that_begins_at_midnight_in_london():
    assert programme(now=LATER) == programme(now=MIDNIGHT - timedelta(seconds=1))
    assert programme(now=MIDNIGHT) != programme(now=LATER)
    assert programme(now=MIDNIGHT).changed == MIDNIGHT


def test_everything_that_happens_to_somebody_is_another_edition_of_theirs_alone():
    person, other = make_practitioner(), make_practitioner()
    date = make_date(capacity=None)
    seen = [personal(person)]

    def changed():
        now_seen = personal(person)
        assert now_seen not in seen
        seen.append(now_seen)

    booking = make_booking(date, practitioner=person, state=BookingState.WAITING)
    changed()
    elsewhere, elsewhere_programme = personal(other), programme()
    booking.state, booking.updated_at = BookingState.CONFIRMED, LATER
    changed()
    diaries.invitations(booking, now=LATER)
    changed()
    choose_title(person, True, now=LATER)
    changed()
    choose_title(person, False, now=LATER)
    changed()
    standing.end(booking, Ending.BY_PRACTITIONER, now=LATER + timedelta(minutes=1))
    changed()
    booking.practitioner = other
    changed()
    booking.practitioner = person
    assert personal(other) == elsewhere
    assert programme() == elsewhere_programme


def test_a_trainer_put_on_a_date_or_taken_off_it_has_another_edition():
    teacher = make_organiser(role=RoleName.TRAINER)
    dates = [make_date(), make_date()]
    seen = [staff(teacher)]
    for date, chosen in ((dates[0], [teacher]), (dates[1], [teacher]), (dates[0], [])):
        # Under the stamp it had: who teaches is told by the list itself.
        trainers.set_trainers(date, chosen, now=date.updated_at)
        assert staff(teacher) not in seen
        seen.append(staff(teacher))


def test_it_settles_a_minute_after_the_newest_change():
    date = make_date(updated_at=LATER)
    edition = programme(now=LATER)
    assert edition.changed == date.updated_at
    assert not edition.is_settled(LATER + timedelta(seconds=59))
    assert edition.is_settled(LATER + timedelta(seconds=60))


def test_it_never_settles_while_a_change_lies_ahead_of_the_clock():
    make_date(updated_at=NOW + timedelta(days=300))
    assert not programme().is_settled(LATER)


def test_nobody_has_an_edition_who_is_not_there():
    with pytest.raises(NotFound):
        editions.of_practitioner(99, now=NOW)
    for of_account in (editions.of_trainer, editions.of_organiser):
        with pytest.raises(NotFound):
            of_account(99, now=NOW)
