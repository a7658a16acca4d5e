from dataclasses import replace

import pytest

from tests.calendars import faults, only_event
from tests.conftest import NOW
from tests.makers import make_date, make_partnership
from webapp.formats import calendar, calendar_staff
from webapp.models import DateState, Format
from webapp.services import diaries


@pytest.fixture(autouse=True)
def _address(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    make_partnership()


def feed(entry):
    return calendar.private_feed([calendar.written(entry)], name="All", about="All dates.")


def teaching(date):
    return feed(calendar_staff.teaching(date.days[0], diaries.voice()))


def organising(date):
    return feed(calendar_staff.organising(date.days[0], diaries.voice()))


def test_both_are_without_fault_in_every_state():
    for state in (DateState.PUBLISHED, DateState.POSTPONED, DateState.CANCELLED, DateState.DRAFT):
        for format_ in Format:
            date = make_date(state=state, format=format_)
            assert faults(organising(date), "private-feed", warnings=True) == []
            if state is not DateState.DRAFT:
                assert faults(teaching(date), "private-feed", warnings=True) == []


def test_a_trainer_reads_what_people_are_told_and_how_to_join():
    date = make_date(format=Format.ONLINE, before_you_come="Read chapter 1.")
    said = str(only_event(teaching(date))["description"])
    assert "People who come are told: Read chapter 1." in said
    assert "Join in Microsoft Teams:\nhttps://teams.example/join/secret" in said
    assert "book a place" not in said


def test_a_trainer_goes_to_the_venue_of_a_date_that_is_not_online():
    date = make_date(room="Room 4")
    event = only_event(teaching(date))
    assert event["location"].startswith("Room 4, Town Hall")
    assert "conference" not in event


def test_a_date_called_off_has_no_link_any_more():
    date = make_date(format=Format.ONLINE, state=DateState.CANCELLED, cancelled_at=NOW)
    assert b"teams.example" not in teaching(date)


@pytest.mark.parametrize(("capacity", "said"), [(20, "20 places."), (None, "No limit of places.")])
def test_an_organiser_reads_how_many_may_come_and_not_how_many_do(capacity, said):
    event = only_event(organising(make_date(capacity=capacity)))
    assert str(event["description"]).startswith(said)


def test_a_feed_that_ends_early_says_where():
    entry = calendar_staff.organising(make_date().days[0], diaries.voice())
    ics = calendar.private_feed(
        [calendar.written(replace(entry, is_free=True))], name="All", about="All dates.", until=NOW
    )
    text = ics.decode().replace("\r\n ", "")
    assert "This calendar goes up to Thursday 17 April 2025" in text
    assert faults(ics, "private-feed", warnings=True) == []
