"""Every change that nobody was told of has a way back, for a minute, for whoever made it."""

from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy import func, select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_interest,
    make_organiser,
    make_postponed_date,
    make_sector,
    make_venue,
    save,
)
from webapp.db import db as database
from webapp.errors import Refused
from webapp.models import (
    AccessNeeds,
    AuditLine,
    BookingState,
    CourseDate,
    DateState,
    EmailDomain,
    Format,
    Undo,
)
from webapp.services import (
    agencies,
    agency_lists,
    agendas,
    arrangements,
    attendees,
    audit,
    bookings,
    calling_off,
    courses,
    date_drafts,
    details,
    partnership,
    row_states,
    trainers,
    undoing,
    venues,
)
from webapp.services.courses import About
from webapp.services.venues import Whereabouts

SECOND = timedelta(seconds=1)
LATER = NOW + SECOND
HOUR = timedelta(hours=1)
SVG = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
# What an undo makes anew, or raises once more.
NEW_EACH_TIME = {"id", "updated_at", "revision"}


@pytest.fixture
def world(db):
    people.settle_in()
    return make_organiser()


def rows_of(row):
    """The row, and the course or the dates that its verbs change with it."""
    if isinstance(row, CourseDate):
        return [row, row.course]
    return [row, *venues.coming_at(row, NOW)] if type(row).__name__ == "Venue" else [row]


def made(organiser, row, change, *, now=LATER):
    """What a door does with an organiser's change; the number of the way back."""
    was = undoing.look(*rows_of(row), now=now)
    change(row, now)
    kept = undoing.remember(was, audit.record(organiser, "changed it", now=now), now=now)
    database.session.commit()
    return kept


def undone(kept, organiser, *, now=LATER + SECOND):
    try:
        undoing.undo(kept, organiser, now=now)
    except Refused as refusal:
        database.session.rollback()
        return str(refusal)
    database.session.commit()
    return "done"


def seen(row):
    """All that is said of the row and of what belongs to it, without what is new each time."""
    states = row_states.read([row_states.name(one) for one in rows_of(row)])
    return {
        name: {
            part: sorted(
                ({k: v for k, v in one.items() if k not in NEW_EACH_TIME} for one in rows), key=repr
            )
            for part, rows in state.items()
        }
        for name, state in states.items()
    }


def full_date(**facts):
    date = make_date(capacity=20, minimum=5, before_you_come="Bring a pen.", **facts)
    agendas.write(date, [agendas.Line(1, time(10), "Welcome", "Jo")], now=NOW)
    trainers.set_trainers(date, [make_organiser()], now=NOW)
    database.session.commit()
    return date


def all_changed(date, now):
    new = replace(
        arrangements.of(date),
        days=tuple((start + HOUR, end + HOUR) for start, end in arrangements.of(date).days),
        format=Format.ONLINE,
        platform="Microsoft Teams",
        join_link="https://teams.example/join",
        capacity=None,
        minimum=None,
        before_you_come=None,
        closes_at=now + HOUR,
        opens_at=now,
    )
    arrangements.arrange(date, new, now=now)
    agendas.write(
        date, [agendas.Line(1, time(12), "Lunch"), agendas.Line(1, time(13), "End")], now=now
    )
    trainers.set_trainers(date, [], now=now)


def more_days(date, now):
    [first] = arrangements.of(date).days
    days = (first, *((first[0] + n * 24 * HOUR, first[1] + n * 24 * HOUR) for n in (1, 2)))
    arrangements.arrange(date, replace(arrangements.of(date), days=days), now=now)


def fewer_days(date, now):
    first, *_ = arrangements.of(date).days
    arrangements.arrange(date, replace(arrangements.of(date), days=(first,)), now=now)


def a_new_day(date, now):
    start = NOW + 30 * 24 * HOUR
    arrangements.arrange(
        date, replace(arrangements.of(date), days=((start, start + HOUR),)), now=now
    )


def said_otherwise(course, now):
    about = About(
        **{name: getattr(course, name) for name in ("kind", "short_title", "summary", "audience")},
        title="Neglect",
        outline="How it begins.",
        outcomes=["See it"],
        sectors=agencies.sectors()[:1],
    )
    courses.change(course, about, now=now)


def two_days():
    start = NOW + timedelta(days=14)
    return full_date(days=[(start, start + HOUR), (start + 24 * HOUR, start + 25 * HOUR)])


def agency_with_domains():
    agency = make_agency("Anytown Police", former_names=["The constabulary"])
    for domain in ("anytown.police.uk", "police.example"):
        save(EmailDomain(agency=agency, domain=domain))
    return agency


def booking_with_needs():
    booking = make_booking(note="Called twice.", team="North")
    save(AccessNeeds(booking=booking, access="A ramp", dietary=None))
    return booking


def with_other_details(booking, now):
    new = details.Details(name="Anna", agency=make_agency(), job_role="Nurse")
    details.write(booking, new)
    booking.updated_at = now


def ours_with_logo():
    ours = partnership.get()
    partnership.show_logo(ours, SVG, now=NOW)
    return ours


def elsewhere(place, now):
    venues.move(
        place, Whereabouts("New Hall", ["2 New Road"], "By bus", None, None, ["A | 9"]), now=now
    )


def venue_with_dates():
    place = make_venue(rooms=["Hudson | 40"], demonstration_values=["parking"])
    make_date(venue=place), make_date(venue=place, format=Format.FACE_TO_FACE)
    return place


CHANGES = {
    "a course": (lambda: make_course(sectors=[make_sector()], level="3"), said_otherwise),
    "a course published": (
        lambda: make_course(is_published=False),
        lambda course, now: courses.publish(course, now=now),
    ),
    "a course withdrawn": (make_course, lambda course, now: courses.withdraw(course, now=now)),
    "all of a date": (full_date, all_changed),
    "a day dropped": (two_days, fewer_days),
    "a date published with its course": (
        lambda: full_date(state=DateState.DRAFT, course=make_course(is_published=False)),
        lambda date, now: date_drafts.publish(date, now=now),
    ),
    "a date withdrawn": (full_date, lambda date, now: date_drafts.withdraw(date, now=now)),
    "a date postponed": (
        full_date,
        lambda date, now: calling_off.postpone(date, message="Ill.", now=now),
    ),
    "a date cancelled": (
        full_date,
        lambda date, now: calling_off.cancel(date, message="Ill.", now=now),
    ),
    "a postponed date cancelled": (
        make_postponed_date,
        lambda date, now: calling_off.cancel(date, message="Ill.", now=now),
    ),
    "a postponed date given a day": (make_postponed_date, a_new_day),
    "a venue": (venue_with_dates, elsewhere),
    "a note": (booking_with_needs, lambda one, now: attendees.note(one, None, now=now)),
    "somebody's details": (booking_with_needs, with_other_details),
    "an agency": (
        agency_with_domains,
        lambda one, now: agency_lists.change(one, "Police", ["police.example", "new.example"]),
    ),
    "a sector": (make_sector, lambda one, now: agency_lists.rename_sector(one, "Schools")),
    "settings": (
        partnership.get,
        lambda ours, now: partnership.change(
            ours,
            {"offer_hours": 3, "mail_words": {"booking_confirmed": {"last": "All the best"}}},
            now=now,
        ),
    ),
    "the logo taken away": (
        ours_with_logo,
        lambda ours, now: partnership.take_logo_away(ours, now=now),
    ),
    "a first logo": (
        partnership.get,
        lambda ours, now: partnership.show_logo(ours, SVG, now=now),
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_undone_it_is_as_it_was_and_the_log_says_so(world, what):
    make, change = CHANGES[what]
    row = make()
    was = seen(row)
    kept = made(world, row, change)
    assert seen(row) != was

    assert undone(kept, world) == "done"

    assert seen(row) == was
    actions = database.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()
    assert actions[-2:] == ["changed it", "undid: changed it"]
    assert people.mails() == []


def test_a_day_that_was_added_is_dropped_since_a_diary_may_have_it(world):
    date = full_date()
    [day] = date.days
    kept = made(world, date, more_days)
    assert len(date.days) == 3
    risen = {one.uid: one.revision for one in date.all_days}

    undone(kept, world)

    assert date.days == [day]
    assert date.ends_at == day.ends_at
    assert all(one.revision > risen[one.uid] for one in date.all_days)
    assert [one.dropped_at is None for one in date.all_days] == [True, False, False]


@pytest.mark.parametrize(
    "what", ["all of a date", "a day dropped", "a date cancelled", "a date postponed"]
)
def test_no_sequence_falls_and_what_rose_rises_once_more(world, what):
    make, change = CHANGES[what]
    date = make()
    first = {day.uid: day.revision for day in date.all_days}
    kept = made(world, date, change)
    then = {day.uid: day.revision for day in date.all_days}
    stamp = date.updated_at
    assert any(then[uid] > first[uid] for uid in first)

    undone(kept, world)

    now = {day.uid: day.revision for day in date.all_days}
    assert all(now[uid] == then[uid] + (then[uid] > first[uid]) for uid in then)
    assert date.updated_at > stamp


def test_of_another_address_every_date_there_rises_and_rises_back(world):
    place = venue_with_dates()
    kept = made(world, place, elsewhere)
    dates = venues.coming_at(place, NOW)
    assert [day.revision for date in dates for day in date.days] == [1, 1]
    undone(kept, world)
    assert [day.revision for date in dates for day in date.days] == [2, 2]


def test_a_revision_that_did_not_rise_stays(world):
    date = full_date()

    def only_words(date, now):
        arrangements.arrange(date, replace(arrangements.of(date), before_you_come="No."), now=now)

    undone(made(world, date, only_words), world)
    assert [day.revision for day in date.days] == [0]


def test_who_has_a_place_does_not_hinder_what_they_were_not_told(world):
    date = full_date()
    booking = people.book(date, now=NOW)

    def fewer_places(date, now):
        arrangements.arrange(date, replace(arrangements.of(date), capacity=6), now=now)

    assert undone(made(world, date, fewer_places), world) == "done"
    assert date.capacity == 20
    assert people.kinds(booking.email) == ["booking_confirmed"]


@pytest.mark.parametrize("what", ["all of a date", "a date postponed", "a date cancelled"])
@pytest.mark.parametrize("state", [BookingState.CONFIRMED, BookingState.WAITING])
def test_a_change_that_somebody_was_told_of_has_no_way_back(world, what, state):
    make, change = CHANGES[what]
    date = make()
    make_booking(date, state=state, waiting_since=NOW)
    assert made(world, date, change) is None
    assert people.mails() != []


def test_a_date_of_which_those_who_waited_for_one_heard_stays_published(world):
    date = full_date(state=DateState.DRAFT)
    make_interest(date.course)
    assert made(world, date, CHANGES["a date published with its course"][1]) is None


def test_an_erased_address_is_nobody(world):
    """Mail to it is written for the record and never leaves."""
    date = full_date()
    make_booking(date, email="somebody@erased.invalid")
    assert made(world, date, CHANGES["a date cancelled"][1]) is not None


def test_where_nothing_is_different_there_is_nothing_to_undo(world):
    course = make_course()
    assert made(world, course, lambda course, now: courses.publish(course, now=now)) is None


def test_after_a_minute_it_is_too_late(world):
    course = make_course()
    kept = made(world, course, said_otherwise)
    assert undone(kept, world, now=LATER + undoing.LASTS) == undoing.OVER
    assert undone(kept, world, now=LATER + undoing.LASTS - SECOND) == "done"
    assert undone(999, world) == undoing.OVER


def test_only_who_made_it_undoes_it(world):
    course = make_course()
    kept = made(world, course, said_otherwise)
    assert undone(kept, make_organiser()) == undoing.NOT_YOURS
    assert course.title == "Neglect"


def test_pressed_twice_it_is_undone_once(world):
    course = make_course()
    kept = made(world, course, CHANGES["a course withdrawn"][1])
    assert undone(kept, world) == "done"
    courses.withdraw(course, now=LATER + SECOND)
    database.session.commit()
    assert undone(kept, world) == "done"
    assert not course.is_published


# What a colleague changes, of whatever row has it.
THEIRS = {"demonstration_values": ["theirs"], "note": "Theirs.", "position": 77}


@pytest.mark.parametrize("what", CHANGES)
def test_what_somebody_changed_since_stays(world, what):
    make, change = CHANGES[what]
    row = make()
    kept = made(world, row, change)
    column, theirs = next(
        (column, theirs) for column, theirs in THEIRS.items() if hasattr(row, column)
    )
    setattr(row, column, theirs)
    database.session.commit()
    since = seen(row)

    assert undone(kept, world) == undoing.CHANGED_SINCE

    assert seen(row) == since


def date_of(row):
    return row if isinstance(row, CourseDate) else make_date(**{row.__tablename__: row})


@pytest.mark.parametrize(
    "what", ["a course", "all of a date", "a venue", "a date published with its course"]
)
def test_whoever_booked_since_keeps_what_they_were_told(world, what):
    make, change = CHANGES[what]
    row = make()
    date = date_of(row)
    kept = made(world, row, change)
    people.book(date, now=LATER + SECOND)
    since = seen(row)

    assert undone(kept, world) == undoing.BOOKED_SINCE

    assert seen(row) == since


def test_whoever_left_since_is_no_reason_to_put_it_back_unseen(world):
    course = make_course()
    leaving = make_booking(date_of(course))
    kept = made(world, course, said_otherwise)
    bookings.cancel(leaving, now=LATER + SECOND)
    database.session.commit()
    assert undone(kept, world) == undoing.BOOKED_SINCE


def test_of_a_date_that_came_there_since_a_diary_may_have_the_new_address(world):
    place = venue_with_dates()
    kept = made(world, place, elsewhere)
    make_date(venue=place)
    assert undone(kept, world) == undoing.CHANGED_SINCE


def test_a_name_that_was_given_away_since_is_not_taken_back(world):
    place = make_venue(name="Town Hall")
    kept = made(world, place, elsewhere)
    make_venue(name="Town Hall")
    assert undone(kept, world) == undoing.TAKEN_SINCE
    assert place.name == "New Hall"


def test_a_domain_that_is_another_agencys_by_now_is_not_taken_back(world):
    agency = agency_with_domains()
    kept = made(world, agency, CHANGES["an agency"][1])
    save(EmailDomain(agency=make_agency(), domain="anytown.police.uk"))
    assert undone(kept, world) == undoing.TAKEN_SINCE
    assert agency.name == "Police"


def test_what_it_was_is_forgotten_after_a_minute(world):
    made(world, booking_with_needs(), with_other_details)
    made(world, make_course(), said_otherwise, now=LATER + 30 * SECOND)
    undoing.forget(now=LATER + undoing.LASTS)
    assert database.session.scalar(select(func.count()).select_from(Undo)) == 1
    made(world, make_course(), said_otherwise, now=LATER + 95 * SECOND)
    assert database.session.scalar(select(func.count()).select_from(Undo)) == 1


def test_no_more_is_kept_than_what_changed_and_nothing_once_it_was_undone(world):
    booking = booking_with_needs()
    kept = made(world, booking, CHANGES["a note"][1])
    [state] = database.session.get(Undo, kept).before.values()
    [own] = state.pop("itself")
    assert own == {"note": "Called twice."}
    assert state == {}
    undone(kept, world)
    assert database.session.get(Undo, kept).before == {}
