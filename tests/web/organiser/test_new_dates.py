from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_course,
    make_date,
    make_held_back_date,
    make_interest,
    make_organiser,
    make_venue,
)
from tests.web.reading import filled_in, heading, main, read, title, typed
from webapp.models import AgendaItem, AuditLine, CourseDate, DateState, Format, RoleName, Venue

DAY = {"days-0-day": ["2", "6", "2025"], "days-0-starts": "10am", "days-0-ends": "4pm"}
OPENS = {"opens_on": ["1", "5", "2025"], "opens_at": "9am"}
CLOSES = {"closes_on": ["30", "5", "2025"], "closes_at": "5pm"}


def url(course):
    return f"/organiser/courses/{course.id}/dates/new"


def add(signed_in, course, **typed_):
    page = signed_in.get(url(course))
    return signed_in.post(url(course), data=filled_in(page, **(DAY | typed_)))


def the_date(db):
    db.session.rollback()
    return db.session.scalars(select(CourseDate).order_by(CourseDate.id.desc()).limit(1)).one()


def said_wrong(response):
    """By the box each sentence leads to; those of the days are beside the group around them."""
    assert title(response).startswith("Error: ")
    links = read(response).one(class_="govuk-error-summary").all("a")
    return {link["href"].removeprefix("#"): link.text for link in links}


def test_a_date_face_to_face_is_a_draft_at_first(signed_in, db, organiser):
    course, hall = make_course(), make_venue()
    tess = make_organiser(role=RoleName.TRAINER)
    make_interest(course)
    answer = add(
        signed_in,
        course,
        format="face_to_face",
        venue=str(hall.id),
        room="Room 1",
        capacity="20",
        minimum="6",
        before_you_come="Bring a pen.",
        agenda="10am Talk | Ann",
        trainers=[str(tess.id)],
        **OPENS,
        **CLOSES,
    )

    made = the_date(db)
    assert answer.location == f"/organiser/dates/{made.id}/publish"
    assert (made.state, made.course_id, made.venue) == (DateState.DRAFT, course.id, hall)
    assert (made.room, made.capacity, made.minimum) == ("Room 1", 20, 6)
    assert made.starts_at == datetime(2025, 6, 2, 9, tzinfo=UTC)
    assert made.opens_at == datetime(2025, 5, 1, 8, tzinfo=UTC)
    assert made.closes_at == datetime(2025, 5, 30, 16, tzinfo=UTC)
    assert [(item.starts, item.title, item.speaker) for item in made.agenda] == [
        (time(10), "Talk", "Ann")
    ]
    assert made.trainers == [tess]
    assert people.mails() == []
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.course_date_id) == ("added a date", made.id)


def test_a_date_online_has_several_days(signed_in, db):
    more = {"days-1-day": ["3", "June", "2025"], "days-1-starts": "10", "days-1-ends": "16:00"}
    link = "https://teams.example/join/1"
    add(
        signed_in,
        make_course(),
        format="online",
        platform="Microsoft Teams",
        join_link=link,
        **more,
    )
    made = the_date(db)
    assert (made.format, made.join_link, made.venue) == (Format.ONLINE, link, None)
    assert [day.starts_at.day for day in made.days] == [2, 3]
    assert (made.capacity, made.minimum, made.opens_at, made.closes_at) == (None,) * 4


def test_a_new_date_has_boxes_for_two_days_and_the_second_may_stay_empty(signed_in, db):
    page = signed_in.get(url(make_course()))
    rows = main(page).all(class_="app-day")
    assert [row.all("legend")[0].text for row in rows] == ["Day 1", "Another day, if there is one"]
    assert "Such as 9.30am or 13:30." in rows[1].text
    add(signed_in, make_course(), format="online")
    assert len(the_date(db).days) == 1


def test_an_agenda_has_no_day_that_the_date_has_not(signed_in, db):
    course, agenda = make_course(), "10am Talk\nDay 2\n10am Panel"
    answer = add(signed_in, course, format="online", agenda=agenda)
    assert said_wrong(answer) == {
        "agenda": "The agenda has a day 2, and the date has 1 day only."
        " Add the day above, or take its lines out"
    }
    assert main(answer).one(id="agenda").written == agenda
    assert db.session.scalars(select(CourseDate)).all() == []
    more = {"days-1-day": ["3", "6", "2025"], "days-1-starts": "10am", "days-1-ends": "4pm"}
    add(signed_in, course, format="online", agenda=agenda, **more)
    assert [item.day for item in the_date(db).agenda] == [1, 2]


def test_what_may_stay_empty_is_marked_so_and_named_without_the_mark_when_wrong(signed_in):
    page = signed_in.get(url(make_course()))
    said = {label.text for label in main(page).all("label")}
    assert {"Room (optional)", "Places (optional)", "Agenda (optional)"} <= said
    answer = add(signed_in, make_course(), format="online", closes_at="late", join_link="x")
    assert said_wrong(answer) == {
        "closes_at": "Booking closes at must be a time, such as 9.30am or 13:30",
        "join_link": "Link to join must be an address that begins with https://",
    }


def test_a_new_venue_is_named_with_its_address(signed_in, db):
    add(
        signed_in,
        make_course(),
        format="face_to_face",
        new_venue="New  Hall",
        new_address="1 Street\r\n\r\n Anytown ",
    )
    venue = the_date(db).venue
    assert (venue.name, venue.address) == ("New Hall", ["1 Street", "Anytown"])
    assert venue.demonstration_values == []


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (
            {"new_venue": "Old Hall", "new_address": "x"},
            {"new_venue": "There is a venue of this name already. Choose it above"},
        ),
        ({"new_venue": "New Hall"}, {"new_address": "Enter the address of the new venue"}),
        ({"new_address": "1 Street"}, {"new_venue": "Enter the name of the new venue"}),
        (
            {"capacity": "5", "minimum": "6"},
            {"minimum": "The minimum cannot be more than the places."},
        ),
        (
            {"cut_off_days": "15"},
            {
                "cut_off_days": "Days before a date until whose end people can cancel must be a"
                " number from 0 to 14"
            },
        ),
        ({"minimum": "few"}, {"minimum": "Minimum must be a number from 1 to 10,000"}),
        ({"opens_on": OPENS["opens_on"]}, {"opens_at": "Enter the time at which booking opens"}),
        ({"opens_at": "9am"}, {"opens_on-day": "Enter the day on which booking opens"}),
        (
            {"opens_on": ["2", "6", "2025"], "opens_at": "10am"},
            {"opens_on-day": "Booking must open before it closes."},
        ),
        (
            {"opens_on": ["31", "5", "2025"], "opens_at": "10am", **CLOSES},
            {"opens_on-day": "Booking must open before it closes."},
        ),
        (
            {"format": "", "days-0-day": ["", "", ""], "days-0-starts": "", "days-0-ends": ""},
            {"days-0-day-day": "Enter at least one day", "format": "Choose how it is held"},
        ),
        (
            {"days-0-day": ["", "", ""], "days-0-starts": "", "days-0-ends": ""},
            {"days-0-day-day": "Enter at least one day"},
        ),
        (
            {"days-0-day": ["2", "6", "2024"]},
            {"days-0-day-day": "Day 1: the date must be in the future"},
        ),
    ],
)
def test_what_cannot_be_is_said_and_what_was_typed_stays(signed_in, db, sent, said):
    make_venue(name="Old Hall")
    answer = add(signed_in, make_course(), **({"format": "face_to_face", "room": "R1"} | sent))
    assert said_wrong(answer) == said
    assert typed(answer, "room") == "R1"
    assert db.session.scalars(select(CourseDate)).all() == []
    assert len(db.session.scalars(select(Venue)).all()) == 1


def test_a_venue_named_for_what_is_online_is_not_kept(signed_in, db):
    add(signed_in, make_course(), format="online", new_venue="New Hall")
    assert the_date(db).venue is None
    assert db.session.scalars(select(Venue)).all() == []


def test_a_copy_proposes_the_same_weekday_and_all_the_rest(signed_in, db):
    tess = make_organiser(role=RoleName.TRAINER)
    source = make_date(
        starts_at=NOW - timedelta(days=7),
        room="Room 1",
        capacity=12,
        minimum=5,
        closes_at=NOW - timedelta(days=9),
        trainers=[tess],
    )
    db.session.add(AgendaItem(course_date=source, position=1, starts=time(10), title="Talk"))
    db.session.commit()
    address = f"/organiser/dates/{source.id}/copy"

    page = signed_in.get(address)
    assert heading(page) == "Copy a date"
    boxes = [box["value"] for box in main(page).one(id="days-0-day").all("input")]
    assert boxes == ["09", "04", "2026"]  # a Thursday, as 10 April 2025 was
    assert typed(page, "days-0-starts") == "9am"
    answer = signed_in.post(address, data=filled_in(page))

    made = the_date(db)
    assert answer.location == f"/organiser/dates/{made.id}/publish"
    assert (made.state, made.room, made.capacity) == (DateState.DRAFT, "Room 1", 12)
    assert (made.minimum, made.venue_id, made.trainers) == (5, source.venue_id, [tess])
    assert made.starts_at == source.starts_at + timedelta(weeks=52)
    assert made.closes_at == source.closes_at + timedelta(weeks=52)
    assert [item.title for item in made.agenda] == ["Talk"]
    assert source.agenda[0].title == "Talk"


def test_the_link_of_the_other_meeting_is_not_copied_and_the_page_says_so(signed_in, db):
    source = make_date(format=Format.ONLINE)
    page = signed_in.get(f"/organiser/dates/{source.id}/copy")
    assert "but for the link to join" in main(page).text
    assert typed(page, "join_link") == ""
    assert typed(page, "platform") == "Microsoft Teams"


def test_a_date_that_never_had_a_day_is_copied_without_one(signed_in, db):
    source = make_held_back_date(capacity=7)
    address = f"/organiser/dates/{source.id}/copy"
    page = signed_in.get(address)
    assert said_wrong(signed_in.post(address, data=filled_in(page, capacity="x"))) == {
        "days-0-day-day": "Enter at least one day",
        "capacity": "Places must be a number from 1 to 10,000",
    }
    signed_in.post(address, data=filled_in(page, **DAY))
    assert (the_date(db).capacity, the_date(db).readings) == (7, [])


def test_what_is_not_there_is_not_found(signed_in):
    assert signed_in.get("/organiser/dates/999/copy").status_code == 404


def test_a_form_that_is_sent_twice_makes_one_date(signed_in, db):
    course, hall = make_course(), make_venue()
    same = {"format": "face_to_face", "venue": str(hall.id), "room": "Room 1"}
    add(signed_in, course, **same)
    answer = add(signed_in, course, **same)
    assert said_wrong(answer) == {
        "days-0-day-day": "The course has a date at this time and place already."
    }
    assert len(db.session.scalars(select(CourseDate)).all()) == 1
    # Two groups at once in two rooms are two dates.
    assert add(signed_in, course, **(same | {"room": "Room 2"})).status_code == 302
    assert len(db.session.scalars(select(CourseDate)).all()) == 2
