from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_organiser, make_partnership
from webapp.errors import NotFound, Refused
from webapp.models import AccessNeeds, BookingState
from webapp.services import attendee_lists, attendees, audit, paging, stories, tallies
from webapp.services.attendee_lists import Search, Sort

CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING
OFFERED, CANCELLED = BookingState.OFFERED, BookingState.CANCELLED


def names(date, **search):
    return [booking.name for booking in attendee_lists.of_date(date, Search(**search)).rows]


def test_the_list_has_the_people_of_this_date_in_the_state_asked_for(db):
    date = make_date()
    make_booking(date, name="Ann")
    make_booking(date, name="Will", state=WAITING)
    make_booking(name="Somebody on another date")

    assert names(date) == ["Ann"]
    assert names(date, state=WAITING) == ["Will"]
    assert names(date, state=None) == ["Ann", "Will"]


@pytest.mark.parametrize(
    "text",
    ["zoe", "ZOË", "zoe o'brien", "@police.example", "north police", "health VISITOR", "100%"],
)
def test_people_are_found_by_what_we_know_of_them_whatever_case_or_accents(db, text):
    date = make_date()
    make_booking(
        date,
        name="Zoë O'Brien",
        email="zo@police.example",
        agency=make_agency("North Yorkshire Police"),
        job_role="Health visitor 100%",
    )
    make_booking(date, name="Ann", agency=make_agency("Council"))

    assert names(date, text=text) == ["Zoë O'Brien"]


def test_a_name_of_many_letters_is_found_by_its_last_word(db):
    date = make_date()
    name = f"{'Ann Élise ' * 20}Österberg"
    make_booking(date, name=name)

    assert names(date, text="osterberg ann") == [name]


@pytest.mark.parametrize("text", ["%", "_", "ann zoe", "elsewhere"])
def test_signs_that_databases_read_as_anything_mean_themselves(db, text):
    date = make_date()
    make_booking(date, name="Ann", job_role="Nurse")
    assert names(date, text=text) == []


def test_an_organisation_the_list_does_not_name_is_found_and_sorted_by_its_own_name(db):
    date = make_date()
    other = make_agency("Another school")
    make_booking(date, name="B", agency=other, organisation="Zebra Primary")
    make_booking(date, name="A", agency=make_agency("Middle School"))

    assert names(date, text="zebra") == ["B"]
    assert names(date, sort=Sort.AGENCY) == ["A", "B"]


def test_the_list_can_be_of_one_agency(db):
    date = make_date()
    police = make_agency("Police")
    make_booking(date, name="Ann", agency=police)
    make_booking(date, name="Bob")

    assert names(date, agency_id=police.id) == ["Ann"]


def test_names_with_accents_stand_among_their_letters(db):
    date = make_date()
    for name in ("Frank", "Élise", "edgar", "Dora"):
        make_booking(date, name=name)

    assert names(date) == ["Dora", "edgar", "Élise", "Frank"]
    assert names(date, descending=True) == ["Frank", "Élise", "edgar", "Dora"]


def test_the_list_can_be_sorted_by_when_people_booked(db):
    date = make_date()
    make_booking(date, name="Late", booked_at=NOW)
    make_booking(date, name="Early", booked_at=NOW - timedelta(days=3))

    assert names(date, sort=Sort.BOOKED) == ["Early", "Late"]


def test_the_queue_says_who_is_next(db):
    make_partnership()
    date = make_date()
    second = make_booking(date, name="A", state=WAITING)
    first = make_booking(date, name="B", state=WAITING, waiting_since=NOW - timedelta(hours=1))

    assert attendees.queue(date).turns == {first.id: 1, second.id: 2}
    assert names(date, state=WAITING, sort=Sort.QUEUE) == ["B", "A"]


def test_a_long_list_comes_in_pages_and_a_page_that_is_not_there_is_the_last(db, monkeypatch):
    monkeypatch.setattr(paging, "SIZE", 2)
    date = make_date()
    for name in "ABCDE":
        make_booking(date, name=name)

    page = attendee_lists.of_date(date, Search(), 2)
    assert [booking.name for booking in page.rows] == ["C", "D"]
    assert (page.first, page.last, page.total, page.pages) == (3, 4, 5, 3)
    assert [booking.name for booking in attendee_lists.of_date(date, Search(), 99).rows] == ["E"]
    assert len(attendee_lists.all_of_date(date, Search())) == 5


def test_a_sheet_has_a_limit_and_says_so(db, monkeypatch):
    monkeypatch.setattr(attendee_lists, "LONGEST_SHEET", 1)
    date = make_date()
    make_booking(date)
    assert len(attendee_lists.all_of_date(date, Search())) == 1

    make_booking(date)
    with pytest.raises(Refused, match="room for 1 people, and 2 have a place"):
        attendee_lists.all_of_date(date, Search())


def test_every_state_is_counted_also_the_empty_ones(db):
    date = make_date()
    make_booking(date)
    make_booking(date)
    make_booking(date, state=CANCELLED)

    counted = attendees.by_state(tallies.parts(date))
    assert counted == {
        CONFIRMED: 2,
        WAITING: 0,
        OFFERED: 0,
        CANCELLED: 1,
    }


def test_the_mix_of_agencies_has_the_most_first(db):
    date = make_date()
    police, health = make_agency("Police"), make_agency("Health")
    for agency in (police, health, health):
        make_booking(date, agency=agency)
    make_booking(date, agency=police, state=WAITING)

    parts = tallies.parts(date)
    health, police = (health.id, "Health"), (police.id, "Police")
    assert attendees.by_agency(parts, CONFIRMED) == [(*health, 2), (*police, 1)]
    assert attendees.by_agency(parts, None) == [(*health, 2), (*police, 2)]


def test_needs_are_shown_of_people_with_a_place_and_of_nobody_else(db):
    date = make_date()
    for name, state in (("A", CONFIRMED), ("B", OFFERED), ("C", WAITING), ("D", CANCELLED)):
        make_booking(date, name=name, state=state, access_needs=AccessNeeds(access="Ramp"))
    make_booking(date, name="E", access_needs=AccessNeeds())

    found = attendees.access_needs(date).rows
    assert [needs.booking.name for needs in found] == ["A", "B"]


def test_who_has_needs_is_known_without_reading_them(db):
    date = make_date()
    one = make_booking(date, access_needs=AccessNeeds(dietary="Vegan"))
    other = make_booking(date, access_needs=AccessNeeds())

    assert attendees.with_needs([one, other]) == {one.id}


def test_a_booking_that_is_not_there_is_not_found(db):
    with pytest.raises(NotFound):
        attendees.get_booking(1)


def test_the_history_is_of_this_booking_and_the_latest_first(db):
    organiser, booking = make_organiser(), make_booking()
    audit.record(organiser, "saw a booking", booking=booking, now=NOW)
    audit.record(organiser, "changed the note", booking=booking, now=NOW + timedelta(minutes=1))
    audit.record(organiser, "saw a booking", booking=make_booking(), now=NOW)
    db.session.commit()

    history = stories.history(booking)
    assert [line.action for line in history] == ["changed the note", "saw a booking"]
