from datetime import UTC, datetime, time, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_many_dates,
    make_postponed_date,
    make_sector,
    make_venue,
    save,
)
from tests.queries import counted
from webapp.errors import NotFound
from webapp.formats.months import Month
from webapp.models import AgendaItem, DateReading, DateState, Format, Kind
from webapp.services import programme
from webapp.services.programme import Filters

DAY = timedelta(days=1)


def test_what_is_coming_is_the_soonest_first(db):
    later = make_date(starts_at=NOW + 9 * DAY)
    sooner = make_date(starts_at=NOW + DAY)
    under_way = make_date(starts_at=NOW - timedelta(hours=1))
    make_date(starts_at=NOW - DAY)

    assert programme.coming(NOW) == [under_way, sooner, later]


def test_nobody_sees_drafts_cancelled_or_held_back_dates_or_hidden_courses_among_them(db):
    for state in (DateState.DRAFT, DateState.CANCELLED):
        make_date(state=state)
    make_postponed_date()
    make_date(state=DateState.HELD_BACK, starts_at=None)
    make_date(course=make_course(is_published=False))

    assert programme.coming(NOW) == []


def test_past_dates_are_the_latest_first(db):
    older = make_date(starts_at=NOW - 9 * DAY)
    newer = make_date(starts_at=NOW - DAY)
    make_date()

    assert programme.past(NOW).rows == [newer, older]


def test_they_are_found_by_kind_and_format(db):
    webinar = make_date(course=make_course(kind=Kind.WEBINAR), format=Format.ONLINE)
    course = make_date()

    assert programme.coming(NOW, Filters(kind=Kind.WEBINAR)) == [webinar]
    assert programme.coming(NOW, Filters(format=Format.FACE_TO_FACE)) == [course]
    assert programme.coming(NOW, Filters(kind=Kind.WEBINAR, format=Format.FACE_TO_FACE)) == []


def test_a_course_for_no_sector_is_for_everybody(db):
    police, health = make_sector(slug="police"), make_sector(slug="health")
    for_police = make_date(course=make_course(sectors=[police]))
    make_date(course=make_course(sectors=[health]))
    for_all = make_date(starts_at=NOW + 30 * DAY)

    assert programme.coming(NOW, Filters(audience="police")) == [for_police, for_all]


def test_they_are_found_by_the_month_of_london(db):
    last_of_april = make_date(starts_at=datetime(2025, 4, 30, 19, tzinfo=UTC))
    first_of_may = make_date(starts_at=datetime(2025, 4, 30, 23, tzinfo=UTC))

    assert programme.coming(NOW, Filters(month="2025-04")) == [last_of_april]
    assert programme.coming(NOW, Filters(month="2025-05")) == [first_of_may]
    assert programme.months(NOW) == [Month(2025, 4), Month(2025, 5)]


def test_a_date_of_several_days_belongs_to_both_its_months(db):
    days = [
        (NOW + n * DAY, NOW + n * DAY + timedelta(hours=2)) for n in (13, 14)
    ]  # 30 April, 1 May
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])

    assert programme.coming(NOW, Filters(month="2025-04")) == [date]
    assert programme.coming(NOW, Filters(month="2025-05")) == [date]
    assert programme.coming(NOW, Filters(month="2025-06")) == []


@pytest.mark.parametrize("text", ["COERCIVE", "élan elan", "100%", "a_b", "hari sewell", "chairs"])
def test_text_is_found_in_titles_outlines_topics_and_speakers_whatever_its_case(db, text):
    date = make_date(
        course=make_course(
            title="Coercive control",
            summary="With Élan.",
            outline="It is 100% a_b.",
            topics=["Musical chairs"],
        )
    )
    save(
        AgendaItem(
            course_date=date, position=1, starts=time(9), title="Talk", speaker="Hari Sewell"
        )
    )
    make_date(course=make_course(title="Plain", outline="It is 100 axb."))

    assert programme.coming(NOW, Filters(text=text)) == [date]


def test_wildcards_of_sql_are_letters_like_others(db):
    make_date()
    assert programme.coming(NOW, Filters(text="%")) == []
    assert programme.coming(NOW, Filters(text="_")) == []


def test_with_places_leaves_out_what_is_full_or_cannot_be_booked(db):
    free = make_date()
    full = make_date(capacity=1)
    make_booking(full)
    make_date(closes_at=NOW)

    assert programme.coming(NOW, Filters(with_places=True)) == [free]


def test_held_back_dates_are_found_by_what_they_may_mean(db):
    date = make_date(state=DateState.HELD_BACK, starts_at=None)
    may = datetime(2025, 5, 21, 8, 15, tzinfo=UTC)
    save(DateReading(course_date=date, starts_at=may, ends_at=may, reason="The month is wrong."))

    assert programme.to_be_confirmed() == [date]
    assert programme.to_be_confirmed(Filters(month="2025-05")) == [date]
    assert programme.to_be_confirmed(Filters(month="2025-06")) == []
    assert programme.to_be_confirmed(Filters(with_places=True)) == []


def test_postponed_dates_are_found_by_when_they_were_to_be_and_by_what_others_are(db):
    date = make_postponed_date(format=Format.ONLINE, course=make_course(kind=Kind.WEBINAR))

    for found in (
        Filters(),
        Filters(month="2025-05"),
        Filters(text="safeguarding"),
        Filters(kind=Kind.WEBINAR, format=Format.ONLINE),
    ):
        assert programme.to_be_confirmed(found) == [date]
    for not_found in (
        Filters(month="2025-06"),
        Filters(text="nothing like it"),
        Filters(kind=Kind.COURSE),
        Filters(format=Format.FACE_TO_FACE),
        Filters(with_places=True),
    ):
        assert programme.to_be_confirmed(not_found) == []


def test_a_date_held_back_again_is_found_by_what_it_may_mean_and_not_by_the_day_it_had(db):
    date = make_date(state=DateState.HELD_BACK)
    june = datetime(2025, 6, 3, 9, tzinfo=UTC)
    save(DateReading(course_date=date, starts_at=june, ends_at=june, reason="It could be this."))
    date.starts_at = date.ends_at = None

    assert programme.to_be_confirmed(Filters(month="2025-06")) == [date]
    assert programme.to_be_confirmed(Filters(month="2025-05")) == []


def test_a_postponed_date_is_in_no_list_of_days(db):
    date = make_postponed_date()

    assert programme.coming(NOW) == programme.past(NOW).rows == []
    assert programme.past(NOW + 90 * DAY).rows == []
    assert programme.coming(NOW, Filters(month="2025-05")) == []
    assert programme.months(NOW) == []
    assert programme.other_dates(make_date(course=date.course), NOW) == []


def test_courses_without_a_coming_date_are_listed_apart_from_e_learning(db):
    bare = make_course(title="B")
    over = make_date(course=make_course(title="A"), starts_at=NOW - DAY).course
    make_date()
    make_date(state=DateState.HELD_BACK, starts_at=None)
    make_postponed_date()
    alone = make_course(kind=Kind.E_LEARNING, link="https://learn.example")
    make_course(is_published=False)

    assert programme.without_dates(NOW) == [over, bare]
    assert programme.e_learning() == [alone]
    assert programme.without_dates(NOW, Filters(format=Format.ONLINE)) == []
    assert programme.e_learning(Filters(text="nothing like it")) == []


def test_the_feed_goes_back_ninety_days_and_shows_cancelled_dates_for_thirty(db):
    coming = make_date()
    recent = make_date(starts_at=NOW - 80 * DAY)
    make_date(starts_at=NOW - 100 * DAY)
    fresh = make_date(
        state=DateState.CANCELLED, cancelled_at=NOW - 29 * DAY, starts_at=NOW + 40 * DAY
    )
    make_date(state=DateState.CANCELLED, cancelled_at=NOW - 31 * DAY)
    make_date(state=DateState.HELD_BACK, starts_at=None)

    assert programme.feed(NOW) == [recent, coming, fresh]


def test_what_is_not_for_the_public_is_not_found(db):
    hidden = make_date(course=make_course(is_published=False, slug="hidden"))
    draft = make_date(state=DateState.DRAFT)

    for date_id in (hidden.id, draft.id, 999):
        with pytest.raises(NotFound):
            programme.get_date(date_id)
    for slug in ("hidden", "none", "\x00"):
        with pytest.raises(NotFound):
            programme.get_course(slug)


def test_other_dates_are_those_of_the_same_course_still_to_come(db):
    date = make_date()
    other = make_date(course=date.course, starts_at=NOW + 50 * DAY)
    make_date(course=date.course, starts_at=NOW - DAY)
    make_date(course=date.course, state=DateState.CANCELLED)
    make_date()

    assert programme.other_dates(date, NOW) == [other]


def test_dates_come_a_page_at_a_time_in_one_order_whatever_is_looked_for(db):
    course = make_course(title="Coercive control")
    coming = make_many_dates(120, first=NOW + DAY)
    sought, full = coming[::2], coming[::4]
    for date in sought:
        date.course_id = course.id
    for date in full:
        date.capacity = 0
    db.session.commit()

    def pages(filters, last):
        found = [programme.coming_page(NOW, filters, number) for number in range(1, last + 1)]
        assert {page.pages for page in found} == {last}
        beyond = programme.coming_page(NOW, filters, 99)
        assert (beyond.number, beyond.rows) == (last, found[-1].rows)
        return [date.id for page in found for date in page.rows]

    assert pages(Filters(), 3) == [date.id for date in coming]
    assert pages(Filters(text="coercive"), 2) == [date.id for date in sought]
    places_left = [date.id for date in coming if date not in full]
    assert pages(Filters(with_places=True), 2) == places_left
    both = Filters(text="coercive", with_places=True)
    assert pages(both, 1) == [date.id for date in sought if date not in full]


def test_past_dates_go_back_page_by_page_to_the_first(db):
    over = make_many_dates(101, first=NOW - 200 * DAY)

    last = programme.past(NOW, Filters(), 3)

    assert (last.total, last.first, last.last) == (101, 101, 101)
    assert last.rows == [over[0]]
    assert programme.past(NOW).rows[0] == over[-1]


def test_months_are_those_of_london_at_both_their_borders(db):
    for hour in (22, 23):
        make_date(starts_at=datetime(2025, 6, 30, hour, tzinfo=UTC))
    make_date(starts_at=datetime(2025, 8, 31, 23, tzinfo=UTC))
    make_date(starts_at=datetime(2025, 12, 31, 23, tzinfo=UTC))

    june_july_september_december = [Month(2025, number) for number in (6, 7, 9, 12)]
    assert programme.months(NOW) == june_july_september_december


def test_lists_ask_the_database_as_often_for_300_dates_as_for_3(db):
    def asked():
        db.session.remove()
        with counted() as sent:
            dates = programme.coming(NOW, Filters(text="safeguarding", with_places=True))
            for date in dates:
                _ = date.course.title, date.venue.name, date.days[0].starts_at
        return len(dates), len(sent)

    def add(number):
        course, venue = make_course(), make_venue()
        for _ in range(number):
            make_date(course=course, venue=venue)

    add(3)
    few, queries = asked()
    add(297)

    assert (few, *asked()) == (3, 300, queries)


def test_dates_to_be_confirmed_ask_the_database_as_often_for_300_as_for_3(db):
    def asked():
        db.session.remove()
        with counted() as sent:
            dates = programme.to_be_confirmed(Filters(text="safeguarding", month="2025-05"))
            for date in dates:
                _ = date.course.title, date.venue.name, date.days[0].starts_at
        return len(dates), len(sent)

    def add(number):
        course, venue = make_course(), make_venue()
        for _ in range(number):
            make_postponed_date(course=course, venue=venue)

    add(3)
    few, queries = asked()
    add(297)

    assert (few, *asked()) == (3, 300, queries)
