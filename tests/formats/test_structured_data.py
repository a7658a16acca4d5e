import json
from datetime import UTC, datetime, time

from tests.makers import make_course, make_date, make_partnership, make_postponed_date, save
from webapp.formats import structured_data
from webapp.models import AgendaItem, DateState, Format, Places

URL = "https://training.example/dates/1"


def test_a_date_in_each_half_of_the_year_has_its_distance_from_utc(db):
    ours = make_partnership()
    summer = make_date(starts_at=datetime(2025, 5, 29, 9, tzinfo=UTC))
    winter = make_date(starts_at=datetime(2025, 11, 27, 10, tzinfo=UTC))

    told = [structured_data.date(d, URL, ours, Places(2)) for d in (summer, winter)]

    assert [t["startDate"] for t in told] == ["2025-05-29T10:00+01:00", "2025-11-27T10:00+00:00"]
    assert told[0]["eventStatus"] == "https://schema.org/EventScheduled"
    assert told[0]["location"]["address"]["streetAddress"] == "1 High Street, Anytown, AN1 1AA"


def test_an_online_date_never_tells_its_joining_link(db):
    date = make_date(format=Format.ONLINE)
    course = date.course

    told = [
        structured_data.date(date, URL, make_partnership(), Places(2)),
        structured_data.course(course, URL, make_partnership(), {URL: date}),
    ]

    assert date.join_link not in json.dumps(told)
    assert told[0]["location"] == {"@type": "VirtualLocation", "url": URL}


def test_a_cancelled_date_says_so_and_a_held_back_one_says_nothing(db):
    ours = make_partnership()
    cancelled = make_date(state=DateState.CANCELLED)
    held_back = make_date(state=DateState.HELD_BACK, starts_at=None)

    told = structured_data.date(cancelled, URL, ours, Places(2))

    assert told["eventStatus"] == "https://schema.org/EventCancelled"
    assert structured_data.date(held_back, URL, ours, Places(2)) is None


def test_a_postponed_date_says_so_with_the_day_it_was_to_be_on(db):
    told = structured_data.date(make_postponed_date(), URL, make_partnership(), Places(2))

    assert told["eventStatus"] == "https://schema.org/EventPostponed"
    assert (told["startDate"], told["endDate"]) == (
        "2025-05-01T10:00+01:00",
        "2025-05-01T13:00+01:00",
    )
    assert "remainingAttendeeCapacity" not in told


def test_speakers_are_named_once_and_places_counted(db):
    date = make_date()
    for position in (1, 2):
        save(
            AgendaItem(
                course_date=date, position=position, starts=time(9), title="Talk", speaker="Ann"
            )
        )

    told = structured_data.date(date, URL, make_partnership(), Places(20, confirmed=5))

    assert told["performer"] == [{"@type": "Person", "name": "Ann"}]
    assert (told["maximumAttendeeCapacity"], told["remainingAttendeeCapacity"]) == (20, 15)


def test_places_without_a_limit_are_left_out(db):
    told = structured_data.date(make_date(), URL, make_partnership(), Places(None))
    assert "maximumAttendeeCapacity" not in told


def test_a_course_tells_its_dates(db):
    course = make_course()
    date = make_date(course=course)

    told = structured_data.course(
        course, "https://training.example/c", make_partnership(), {URL: date}
    )

    assert told["hasCourseInstance"][0]["startDate"] == "2025-05-01T10:00+01:00"
    assert told["hasCourseInstance"][0]["courseMode"] == "onsite"
