from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_course, make_date, make_organiser, make_partnership, make_venue
from tests.queries import counted
from webapp.models import CourseDate, DateState, Format, RoleName
from webapp.services import arrangements, doubts

# A Tuesday, 10am in London.
TEN = datetime(2025, 6, 3, 9, tzinfo=UTC)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture(autouse=True)
def _partnership(db):
    make_partnership()


def held(starts=TEN, hours=3, **facts):
    """A date at a venue of its own, unless it is said where."""
    return make_date(starts_at=starts, ends_at=starts + hours * HOUR, **facts)


@pytest.mark.parametrize(
    ("day", "said"),
    [
        (TEN, []),
        (
            datetime(2025, 12, 25, 10, tzinfo=UTC),
            ["Thursday 25 December 2025 is a bank holiday: Christmas Day."],
        ),
        # It moves: the Monday a year before was an ordinary one.
        (
            datetime(2026, 4, 6, 9, tzinfo=UTC),
            ["Monday 6 April 2026 is a bank holiday: Easter Monday."],
        ),
        (
            datetime(2025, 6, 7, 9, tzinfo=UTC),
            ["Saturday 7 June 2025 is no day on which people are at work."],
        ),
        # In London it is the day after the bank holiday.
        (
            datetime(2025, 5, 26, 23, 30, tzinfo=UTC),
            [],
        ),
    ],
)
def test_a_day_on_which_nobody_is_at_work_is_said(db, day, said):
    assert doubts.of(held(day), now=NOW) == said


def test_each_day_of_a_date_is_looked_at(db):
    days = [(TEN + n * DAY, TEN + n * DAY + HOUR) for n in (3, 4)]
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])
    assert doubts.of(date, now=NOW) == [
        "Saturday 7 June 2025 is no day on which people are at work."
    ]


def test_a_room_that_another_date_has_then_is_said_with_that_date(db):
    hall = make_venue(name="Town Hall")
    date = held(venue=hall, room="Room 1")
    held(venue=hall, room="Room 1", starts=TEN + 2 * HOUR, course=make_course(title="Neglect"))
    held(venue=hall, room="Room 2")
    held(venue=hall, room="Room 1", starts=TEN + 3 * HOUR)  # it begins when the other ends
    held(room="Room 1")  # of another house

    assert doubts.of(date, now=NOW) == [
        "Room 1, Town Hall is taken then: Neglect, Tuesday 3 June 2025, midday to 3pm."
    ]


def test_a_trainer_who_teaches_then_is_said_online_too(db):
    tess = make_organiser(role=RoleName.TRAINER, name="Tess Trainer")
    other = held(trainers=[tess], format=Format.ONLINE, course=make_course(title="Neglect"))
    date = held(trainers=[tess, make_organiser(role=RoleName.TRAINER)])

    said = "Tess Trainer teaches then: Neglect, Tuesday 3 June 2025, 10am to 1pm."
    assert doubts.of(date, now=NOW) == [said]
    assert doubts.of_change(other, arrangements.of(other), []) == []


@pytest.mark.parametrize("state", [DateState.CANCELLED, DateState.POSTPONED, DateState.HELD_BACK])
def test_what_does_not_take_place_is_in_nobodys_way(db, state):
    hall = make_venue()
    date, other = held(venue=hall), held(venue=hall)
    assert doubts.of(date, now=NOW)
    other.state = state
    db.session.flush()
    assert doubts.of(date, now=NOW) == []
    assert doubts.of(other, now=NOW) == []


def test_a_change_is_looked_at_as_it_would_be(db):
    hall = make_venue()
    held(venue=hall, starts=TEN + DAY)
    date = held(venue=hall)
    next_day = ((TEN + DAY, TEN + DAY + HOUR),)

    def of(**facts):
        return doubts.of_change(date, replace(arrangements.of(date), **facts), [])

    assert of() == []
    [said] = of(days=next_day)
    assert said.startswith(f"{hall.name} is taken then: ")
    # Online it needs no room, whatever else was typed.
    assert of(days=next_day, format=Format.ONLINE) == []
    assert of(days=()) == []
    assert of(days=next_day, venue=None) == []


def test_what_is_over_is_doubted_no_more(db):
    assert doubts.of(held(datetime(2024, 12, 25, 10, tzinfo=UTC)), now=NOW) == []


def test_of_many_dates_it_asks_as_little_as_of_one(db):
    christmas = datetime(2025, 12, 25, 10, tzinfo=UTC)
    doubts.of_days({})
    with counted() as sent:
        found = doubts.of_days(dict.fromkeys(range(20), ((christmas, christmas + HOUR),)))
    assert len(found) == 20
    assert all(said == found[0] for said in found.values())
    assert len(sent) <= 1


def test_however_many_are_held_at_that_time_it_asks_the_same(db):
    hall = make_venue()
    date = held(venue=hall)

    def asked() -> tuple[int, int]:
        db.session.expire_all()
        fresh = db.session.get(CourseDate, date.id)
        with counted() as sent:
            said = doubts.of(fresh, now=NOW)
        return len(said), len(sent)

    held(venue=hall)
    said, few = asked()
    assert said == 1
    for _ in range(4):
        held(venue=hall)
    said, many = asked()
    assert said == 5
    assert many == few
