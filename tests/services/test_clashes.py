from datetime import timedelta

from tests.conftest import NOW
from tests.makers import make_date, make_venue
from webapp.models import Format
from webapp.services import clashes

TEN = NOW + timedelta(days=14, hours=1)
HOUR, MINUTE = timedelta(hours=1), timedelta(minutes=1)


def session(begins=TEN, lasts=HOUR, **facts):
    return make_date(starts_at=begins, ends_at=begins + lasts, **facts)


def against(*dates):
    """What stands against each, as (the other's number among these, whether they overlap)."""
    found = clashes.among(dates)
    return [[(dates.index(one.date), one.overlaps) for one in found[date.id]] for date in dates]


def test_sessions_at_the_same_time_stand_against_each_other(db):
    first, second = session(), session(TEN + 59 * MINUTE)
    third = session(TEN + 30 * MINUTE, format=Format.ONLINE)

    assert against(first, second, third) == [
        [(1, True), (2, True)],
        [(0, True), (2, True)],
        [(0, True), (1, True)],
    ]


def test_online_and_in_one_building_one_session_may_follow_the_other_at_once(db):
    venue = make_venue()

    assert against(session(venue=venue), session(TEN + HOUR, venue=venue)) == [[], []]
    online = [session(begins, format=Format.ONLINE) for begins in (TEN, TEN + HOUR)]
    assert against(*online) == [[], []]


def test_between_two_places_half_an_hour_is_needed(db):
    first = session()
    for away in (session(TEN + HOUR + 29 * MINUTE), session(TEN + HOUR, format=Format.ONLINE)):
        assert against(first, away) == [[(1, False)], [(0, False)]]
    assert against(first, session(TEN + HOUR + 30 * MINUTE)) == [[], []]


def test_of_several_days_each_is_looked_at(db):
    days = [(TEN, TEN + HOUR), (TEN + timedelta(days=1), TEN + timedelta(days=1) + HOUR)]
    course = make_date(days=days)

    assert against(course, session(TEN + timedelta(days=1))) == [[(1, True)], [(0, True)]]
    assert against(course, session(TEN + timedelta(days=2))) == [[], []]


def test_a_session_without_a_day_stands_against_nothing(db):
    assert against(make_date(starts_at=None, ends_at=None), session()) == [[], []]
