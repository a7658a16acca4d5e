from datetime import datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_course,
    make_date,
    make_held_back_date,
    make_postponed_date,
    make_venue,
)
from webapp.clock import LONDON
from webapp.formats import placeholders
from webapp.models import Format

VALUES = {"name": "Siân {course}", "course": "Signs"}


def london(day, hour):
    return datetime(2025, 5, day, hour, tzinfo=LONDON)


def test_gaps_are_filled_and_what_fills_them_is_no_gap_itself():
    assert placeholders.filled("Dear {name}, {course}", VALUES) == "Dear Siân {course}, Signs"


@pytest.mark.parametrize("written", ["{Name}", "{ name }", "{NAME}"])
def test_it_does_not_matter_how_a_gap_is_typed(written):
    assert placeholders.unknown(written) == []
    assert placeholders.filled(written, {"name": "Ann"}) == "Ann"


def test_what_nothing_fills_is_named_once_and_left_as_it_is():
    text = "Dear {nmae}, {nmae} and {}, {link  to booking}: {name}"
    assert placeholders.unknown(text) == ["{nmae}", "{}"]
    assert placeholders.filled("{nmae}", VALUES) == "{nmae}"


def test_a_single_brace_is_only_a_brace():
    assert placeholders.unknown("a { b } c".replace("}", "")) == []
    assert placeholders.unknown("smile :}") == []


def test_a_text_can_be_asked_for_a_gap():
    assert placeholders.has("see {Link to booking}", placeholders.LINK)
    assert not placeholders.has("see link to booking", placeholders.LINK)


def test_one_day_says_when_and_where(db):
    date = make_date(
        course=make_course(title="Signs  of Safety"),
        venue=make_venue(name="West Offices", address=["Station Rise", "York"]),
        room="Room 2",
        days=[(london(29, 10), london(29, 14))],
    )
    assert placeholders.of_date(date) == {
        "course": "Signs of Safety",
        "day": "Thursday 29 May 2025",
        "time": "10am to 2pm",
        "place": "Room 2, West Offices, Station Rise, York",
    }


def test_several_days_alike_and_not_alike(db):
    alike = make_date(days=[(london(29, 10), london(29, 14)), (london(30, 10), london(30, 14))])
    said = placeholders.of_date(alike)
    assert said["day"] == "Thursday 29 May 2025 and Friday 30 May 2025"
    assert said["time"] == "10am to 2pm each day"

    other = make_date(days=[(london(29, 10), london(29, 14)), (london(30, 9), london(30, 12))])
    assert placeholders.of_date(other)["time"] == (
        "10am to 2pm on Thursday 29 May 2025 and 9am to midday on Friday 30 May 2025"
    )


def test_without_a_day_it_is_still_to_be_confirmed(db):
    for date in (make_postponed_date(), make_held_back_date()):
        said = placeholders.of_date(date)
        assert "to be confirmed" in said["day"]
        assert said["time"] == "time to be confirmed"


def test_the_place_of_a_meeting_is_never_its_link(db):
    date = make_date(format=Format.ONLINE, starts_at=NOW + timedelta(days=3))
    assert placeholders.of_date(date)["place"] == "Microsoft Teams"
