from datetime import date, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_postponed_date,
    make_week,
    save,
)
from webapp.clock import LONDON
from webapp.errors import NotFound
from webapp.models import BookingState, DateState
from webapp.services import programme, weeks
from webapp.services.programme import Filters
from webapp.services.weeks import About, Figures

# A Thursday, the first day of `make_week`.
FIRST = date(2025, 5, 1)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)


def about(title="Safeguarding Week 2025", first=FIRST, last=FIRST + 4 * DAY):
    return About(title, "Short sessions.", first, last)


def of(week):
    return programme.coming(NOW, Filters(week=week.slug))


def test_its_days_are_whole_days_in_london(db):
    week = make_week()

    assert (week.first_day, week.last_day) == (FIRST, FIRST + 4 * DAY)
    assert week.starts_at.astimezone(LONDON).isoformat() == "2025-05-01T00:00:00+01:00"
    assert week.ends_at.astimezone(LONDON).isoformat() == "2025-05-06T00:00:00+01:00"
    assert not week.is_over(week.ends_at - HOUR)
    assert week.is_over(week.ends_at)


def test_what_begins_in_its_days_belongs_to_it(db):
    week = make_week()
    make_date(starts_at=week.starts_at - timedelta(minutes=15))
    first = make_date(starts_at=week.starts_at)
    last = make_date(starts_at=week.ends_at - timedelta(minutes=15))
    make_date(starts_at=week.ends_at)

    assert of(week) == [first, last]


def test_what_an_organiser_leaves_out_stays_in_the_programme_alone(db):
    week, other = make_week(), make_week()
    out, stays = make_date(), make_date()
    weeks.change(week, about(), [out], now=NOW)
    db.session.commit()

    assert of(week) == [stays]
    assert of(other) == programme.coming(NOW) == [out, stays]
    assert weeks.dates_in(week) == [out, stays]


def test_a_draft_and_a_date_of_a_withdrawn_course_are_not_among_what_somebody_chose(db):
    week = make_week()
    shown, off = make_date(), make_date(state=DateState.CANCELLED)
    elsewhere = make_date(starts_at=week.ends_at + DAY)
    hidden = [make_date(state=DateState.DRAFT), make_date(course=make_course(is_published=False))]
    postponed = make_postponed_date()
    ids = [one.id for one in (shown, off, elsewhere, postponed, *hidden)]

    assert set(weeks.chosen(week, ids)) == {shown, off, postponed}
    assert weeks.chosen(week, [shown.id]) == [shown]
    assert weeks.chosen(week, []) == []


def test_a_new_week_is_seen_by_organisers_alone_until_it_is_published(db):
    week = weeks.add(about(), now=NOW)
    with pytest.raises(NotFound):
        weeks.published(week.slug)
    assert weeks.coming(NOW) == []

    weeks.publish(week, NOW)
    assert weeks.published("safeguarding-week-2025") is week
    assert weeks.coming(NOW) == [week]
    assert weeks.coming(week.ends_at) == []

    weeks.withdraw(week, NOW + HOUR)
    assert weeks.coming(NOW) == []
    assert weeks.everything() == [week]
    assert week.updated_at == NOW + HOUR


def test_two_of_one_title_have_addresses_of_their_own_that_stay(db):
    first, second = weeks.add(about(), now=NOW), weeks.add(about(), now=NOW)
    nameless = weeks.add(about(title="!"), now=NOW)
    weeks.change(first, about(title="Another name"), [], now=NOW)

    slugs = [week.slug for week in (first, second, nameless)]
    assert slugs == ["safeguarding-week-2025", "safeguarding-week-2025-2", "week"]


def test_figures_count_people_once_and_places_each(db):
    one, two, elsewhere = make_date(), make_date(), make_date()
    ann = make_booking(one).practitioner
    make_booking(two, practitioner=ann, state=BookingState.WAITING)
    make_booking(two, state=BookingState.OFFERED)
    make_booking(two, state=BookingState.CANCELLED)
    make_booking(elsewhere)

    assert weeks.figures([one, two]) == Figures(people=2, places=2, waiting=1)
    assert weeks.figures([]) == Figures()


def test_a_draft_that_is_merged_away_is_left_out_of_nothing_any_more(db):
    out = make_date(state=DateState.DRAFT)
    week = make_week()
    week.left_out = [out]
    save(week)
    db.session.delete(out)
    db.session.commit()

    assert week.left_out == []
