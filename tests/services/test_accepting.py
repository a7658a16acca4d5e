from dataclasses import replace
from datetime import date, time, timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.announcements import in_conflict, item, page, session, words
from tests.conftest import NOW
from tests.makers import (
    make_course,
    make_date,
    make_held_back_date,
    make_interest,
    make_organiser,
    make_postponed_date,
    make_venue,
)
from tests.queries import counted
from webapp.errors import Refused
from webapp.formats import words as in_words
from webapp.formats.announcements import AgendaLine, Status
from webapp.models import (
    Announcement,
    BookingState,
    Course,
    CourseDate,
    DateState,
    Format,
    Kind,
    NewsState,
    Origin,
    Venue,
)
from webapp.services import accepting, differences, draft_days, drafts, news, programme, wishes
from webapp.services.drafts import DateEdit

ANN = "ann@agency.example"
TITLE = "Neglect in early childhood"
ONLINE = {"venue": words("MS Teams"), "is_online": True}
D = differences.Kind


@pytest.fixture(autouse=True)
def _partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example.org")
    people.settle_in()


def announce(db, *items, now=NOW):
    found = page(*items, text=repr(items))
    news.take_in(found, origin=Origin.PASTED, name=None, published=None, organiser=None, now=now)
    db.session.commit()
    return db.session.scalars(select(Announcement).order_by(Announcement.id)).all()


def announced(db, *sessions, **facts):
    """The one announcement, which says this now."""
    return announce(db, item(facts.pop("title", TITLE), sessions, **facts))[-1]


def with_places(announcement, number=12):
    """An organiser says of each date how many fit."""
    dates = {}
    for one in drafts.of(announcement, now=NOW).dates:
        days = {day.key: (day.day, day.starts, day.ends) for day in one.days}
        dates[one.key] = DateEdit(
            days=days,
            is_online=one.is_online,
            place=one.place,
            has_limit=number is not None,
            capacity=number,
            join_link=one.join_link,
            is_left_out=one.is_left_out,
        )
    drafts.edit(announcement, {}, dates, now=NOW)
    return announcement


def accept(db, announcement, organiser=None, now=NOW):
    done = accepting.accept(announcement, organiser, now=now)
    db.session.commit()
    return done


def apart(announcement, now=NOW):
    return differences.of(drafts.of(announcement, now=now), now=now)


def kinds(announcement):
    return [one.kind for one in apart(announcement)]


def take(db, announcement, message=""):
    """Take the one difference there is."""
    [one] = apart(announcement)
    told = accepting.take_change(announcement, one.key, None, message=message, now=NOW)
    db.session.commit()
    return told


def leave(db, announcement, number=0):
    accepting.leave_change(announcement, apart(announcement)[number].key, None, now=NOW)
    db.session.commit()


def accepted(db, *sessions, **facts):
    """An announcement that became a course of twelve places, and its dates."""
    announcement = with_places(announced(db, *sessions, **facts))
    return announcement, accept(db, announcement).dates


def all_dates(db):
    return db.session.scalars(select(CourseDate).order_by(CourseDate.id)).all()


# A new course


def test_nothing_is_public_until_it_is_accepted(db):
    announcement = with_places(announced(db, session()))
    assert (programme.coming(NOW), programme.without_dates(NOW)) == ([], [])

    done = accept(db, announcement)
    assert programme.coming(NOW) == list(done.dates)


def test_a_new_course_has_what_the_page_said(db):
    organiser = make_organiser()
    venue = make_venue(name="West Offices")
    announcement = with_places(announced(db, session(), session("2025-11-27")))
    done = accept(db, announcement, organiser)

    course = done.course
    assert done.is_new_course
    assert (course.title, course.kind, course.slug) == (
        TITLE,
        Kind.COURSE,
        "neglect-in-early-childhood",
    )
    assert (course.announced_on, course.demonstration_values) == (date(2025, 3, 14), [])
    # Ten in London is nine in UTC in May, and ten in November.
    assert [in_words.when(one) for one in done.dates] == [
        "Thursday 29 May 2025, 10am to 2pm",
        "Thursday 27 November 2025, 10am to 2pm",
    ]
    assert [(one.venue, one.capacity, one.state) for one in done.dates] == (
        [(venue, 12, DateState.PUBLISHED)] * 2
    )
    assert (announcement.state, announcement.course) == (NewsState.ACCEPTED, course)
    assert (announcement.settled_by, announcement.settled_at) == (organiser, NOW)


def test_a_course_without_dates_is_one_to_register_interest_in(db):
    done = accept(db, announced(db))
    assert programme.without_dates(NOW) == [done.course]


def test_a_venue_nobody_knew_is_made_once(db):
    first, second = session(), session("2025-06-05", venue=words("Town Hall"))
    _, dates = accepted(db, first, second, session("2025-06-12"))

    assert [one.venue.name for one in dates] == ["West Offices", "Town Hall", "West Offices"]
    assert all(venue.address == [] for venue in db.session.scalars(select(Venue)))
    assert len(all_dates(db)) == 3


def test_an_online_date_has_its_platform_and_no_venue(db):
    _, [one] = accepted(db, session(), **ONLINE)
    assert (one.format, one.platform, one.venue) == (Format.ONLINE, "Microsoft Teams", None)


def test_the_days_of_one_occurrence_become_one_date(db):
    _, [one] = accepted(db, session(group="a"), session("2025-05-30", group="a"))
    assert in_words.when(one) == (
        "Thursday 29 May 2025 and Friday 30 May 2025, 10am to 2pm each day"
    )


def test_the_agenda_goes_with_the_day_it_fits(db):
    agenda = (AgendaLine(0, 9, time(11), "Signs of neglect", "Ann Example"),)
    sessions = session(), session("2025-06-05", starts="13:00", ends="15:00")
    _, [one, other] = accepted(db, *sessions, agenda=agenda)

    assert [(line.starts, line.title, line.speaker) for line in one.agenda] == [
        (time(11), "Signs of neglect", "Ann Example")
    ]
    assert other.agenda == []


def test_a_conflict_nobody_answered_is_held_back_with_all_readings(db):
    _, [one] = accepted(db, in_conflict(), **ONLINE)

    assert (one.state, one.announced_as) == (DateState.HELD_BACK, "Wednesday 21 March")
    assert [(in_words.one_day(r), r.reason) for r in one.readings] == [
        ("Friday 21 March 2025, 9.15am to 3pm", "21 March 2025 is a Friday."),
        ("Wednesday 21 May 2025, 9.15am to 3pm", "21 May 2025 is a Wednesday."),
    ]
    assert one.why_not_bookable(NOW) is not None
    assert programme.coming(NOW) == []


def test_an_answered_conflict_is_published_on_the_day_that_was_meant(db):
    announcement = announced(db, in_conflict(), **ONLINE)
    draft_days.answer(announcement, "0321", date(2025, 5, 21), now=NOW)
    [one] = accept(db, with_places(announcement)).dates

    assert in_words.when(one) == "Wednesday 21 May 2025, 9.15am to 3pm"
    assert announcement.state is NewsState.ACCEPTED


def test_a_draft_that_lacks_something_is_refused(db):
    announcement = announced(db, session())
    with pytest.raises(Refused, match="how many places"):
        accept(db, announcement)
    assert (all_dates(db), announcement.is_waiting) == ([], True)


def test_a_day_whose_year_nobody_knows_is_never_published(db):
    announcement = with_places(announced(db, session(None, month_day=(5, 29))))
    with pytest.raises(Refused, match="No year is known"):
        accept(db, announcement)

    draft_days.answer(announcement, "0529", date(2026, 5, 29), now=NOW)
    [one] = accept(db, announcement).dates
    assert in_words.when(one) == "Friday 29 May 2026, 10am to 2pm"


def test_whoever_accepts_second_is_told_so(db):
    announcement = with_places(announced(db, session()))
    accept(db, announcement)
    with pytest.raises(Refused, match="settled meanwhile"):
        accept(db, announcement)
    assert len(all_dates(db)) == 1


def test_two_courses_of_one_title_have_addresses_of_their_own(db):
    for day in ("2025-05-29", "2025-06-05"):
        found = item("The Neglect Conference", [session(day)], published=date.fromisoformat(day))
        announcement = announce(db, found)[-1]
        drafts.choose_course(announcement, None, now=NOW)
        accept(db, with_places(announcement))
    slugs = db.session.scalars(select(Course.slug).order_by(Course.id)).all()
    assert slugs == ["the-neglect-conference", "the-neglect-conference-2"]


def test_a_course_made_meanwhile_does_not_get_the_dates_unseen(db):
    announcement = with_places(announced(db, session()))
    course = make_course(title=TITLE)
    with pytest.raises(Refused, match="has changed"):
        accepting.accept(announcement, None, course_id=0, now=NOW)
    assert accepting.accept(announcement, None, course_id=course.id, now=NOW).course == course


# More dates of a course


def test_new_dates_of_a_course_make_no_second_one_and_are_told_in_one_mail(db):
    course = make_course(
        title="Developing an Understanding of Harmful Sexual Behaviour",
        short_title="Harmful Sexual Behaviour",
    )
    make_interest(course, ANN)
    title = "New dates for Harmful Sexual Behaviour"
    sessions = (session(), session("2025-06-05"), in_conflict())
    announcement = with_places(announced(db, *sessions, title=title))
    done = accept(db, announcement)

    assert (done.course, done.is_new_course) == (course, False)
    assert db.session.scalars(select(Course)).all() == [course]
    [mail] = people.mails(ANN)
    assert mail.subject == "2 new dates: Harmful Sexual Behaviour"


def test_a_date_added_to_an_announcement_is_the_only_one_made(db):
    announcement, [one] = accepted(db, session())
    announced(db, session(), session("2025-06-05"))
    assert announcement.has_changed
    assert [(d.kind, d.new) for d in apart(announcement)] == [
        (D.NEW_DATE, "Thursday 5 June 2025, 10am to 2pm, West Offices")
    ]

    done = accept(db, announcement)
    assert [in_words.day(made.starts_at) for made in done.dates] == ["Thursday 5 June 2025"]
    assert len(all_dates(db)) == 2
    assert announcement.state is NewsState.ACCEPTED
    assert one.updated_at == NOW


def test_a_new_date_can_be_taken_by_itself(db):
    announcement, _ = accepted(db, session())
    announced(db, session(), session("2025-06-05"), session("2025-06-12"))
    first, _ = apart(announcement)
    accepting.take_change(announcement, first.key, None, now=NOW)

    assert len(all_dates(db)) == 2
    assert announcement.is_waiting
    assert kinds(announcement) == [D.NEW_DATE]


def test_what_was_left_out_when_it_was_accepted_does_not_come_back(db):
    announcement = with_places(announced(db, session(), session("2025-06-05")))
    [_, one] = drafts.of(announcement, now=NOW).dates
    drafts.edit(
        announcement,
        {},
        {
            "0529": DateEdit({}, False, "West Offices", False, None, None, False),
            one.key: DateEdit({}, False, "West Offices", False, None, None, True),
        },
        now=NOW,
    )
    accept(db, announcement)
    announced(db, session(), session("2025-06-05"), session("2025-06-12"))
    assert kinds(announcement) == [D.NEW_DATE]


# Changes


def test_a_moved_date_moves_with_everybody_on_it(db):
    announcement, [one] = accepted(db, session())
    booking = people.book(one, ANN)
    announced(db, session("2025-06-05"))

    [change] = apart(announcement)
    assert (change.kind, change.date, change.places.confirmed) == (D.MOVED, one, 1)
    assert change.old == "Thursday 29 May 2025, 10am to 2pm, West Offices"
    assert change.new == "Thursday 5 June 2025, 10am to 2pm, West Offices"
    uid = one.days[0].uid

    assert take(db, announcement) == 1
    assert all_dates(db) == [one]
    assert in_words.when(one) == "Thursday 5 June 2025, 10am to 2pm"
    assert (booking.state, one.days[0].uid) == (BookingState.CONFIRMED, uid)
    assert people.kinds(ANN) == ["booking_confirmed", "booking_changed"]
    assert announcement.state is NewsState.ACCEPTED


def test_other_hours_and_another_place_are_one_change_and_one_mail(db):
    announcement, [one] = accepted(db, session())
    people.book(one, ANN)
    announced(db, session(starts="11:00"), venue=words("Town Hall"))

    assert kinds(announcement) == [D.TIMES]
    assert take(db, announcement) == 1
    assert (in_words.when(one), one.venue.name) == (
        "Thursday 29 May 2025, 11am to 2pm",
        "Town Hall",
    )
    assert people.kinds(ANN) == ["booking_confirmed", "booking_changed"]


def test_another_place_alone_is_a_change(db):
    announcement, [one] = accepted(db, session())
    announced(db, session(), **ONLINE)

    assert kinds(announcement) == [D.PLACE]
    take(db, announcement)
    assert (one.format, one.platform) == (Format.ONLINE, "Microsoft Teams")


@pytest.mark.parametrize(
    ("status", "kind", "state", "told"),
    [
        (Status.CANCELLED, D.CANCELLED, DateState.CANCELLED, "date_cancelled"),
        (Status.POSTPONED, D.POSTPONED, DateState.POSTPONED, "date_postponed"),
    ],
)
def test_what_the_page_calls_off_is_called_off_with_a_message(db, status, kind, state, told):
    announcement, [one] = accepted(db, session())
    people.book(one, ANN)
    announced(db, called_off=(session(status=status),))

    assert kinds(announcement) == [kind]
    assert take(db, announcement, "The trainer is ill.") == 1
    assert one.state is state
    assert people.kinds(ANN) == ["booking_confirmed", told]
    assert b"The trainer is ill." in people.mails(ANN)[-1].message
    assert announcement.state is NewsState.ACCEPTED


def test_a_postponed_date_is_on_again_once_the_page_has_a_day(db):
    announcement, [one] = accepted(db, session())
    people.book(one, ANN)
    announced(db, called_off=(session(status=Status.POSTPONED),))
    take(db, announcement)
    announced(db, session(starts="11:00"))

    assert kinds(announcement) == [D.ON_AGAIN]
    assert take(db, announcement) == 1
    assert (one.state, in_words.when(one)) == (
        DateState.PUBLISHED,
        "Thursday 29 May 2025, 11am to 2pm",
    )


def test_a_postponed_date_whose_new_day_is_announced_moves_there(db):
    announcement, [one] = accepted(db, session())
    announced(db, called_off=(session(status=Status.POSTPONED),))
    take(db, announcement)
    announced(db, session("2025-06-05"), called_off=(session(status=Status.MOVED),))

    assert kinds(announcement) == [D.MOVED]
    take(db, announcement)
    assert (one.state, in_words.when(one)) == (
        DateState.PUBLISHED,
        "Thursday 5 June 2025, 10am to 2pm",
    )
    assert all_dates(db) == [one]


@pytest.mark.parametrize("off", [(), (session(status=Status.POSTPONED),)])
def test_whoever_waits_for_a_new_day_gets_it_however_the_page_says_so(db, off):
    announcement, [one] = accepted(db, session())
    people.book(one, ANN)
    announced(db, called_off=(session(status=Status.POSTPONED),))
    take(db, announcement)
    announced(db, session("2025-06-05"), called_off=off)

    assert kinds(announcement) == [D.MOVED]
    assert take(db, announcement) == 1
    assert in_words.when(one) == "Thursday 5 June 2025, 10am to 2pm"
    assert (all_dates(db), announcement.state) == ([one], NewsState.ACCEPTED)


def test_a_new_day_that_is_not_that_of_the_postponed_date_is_another_date(db):
    announcement, [one] = accepted(db, session())
    announced(db, called_off=(session(status=Status.POSTPONED),))
    take(db, announcement)
    announced(db, session("2025-06-05"))
    leave(db, announcement)

    assert kinds(announcement) == [D.NEW_DATE]
    assert one.state is DateState.POSTPONED


def test_a_cancelled_date_that_is_announced_again_is_a_new_one(db):
    announcement, [one] = accepted(db, session())
    announced(db, called_off=(session(status=Status.CANCELLED),))
    take(db, announcement)
    announced(db, session(starts="11:00"))

    assert kinds(announcement) == [D.ON_AGAIN]
    take(db, announcement)
    assert [d.state for d in all_dates(db)] == [DateState.CANCELLED, DateState.PUBLISHED]
    assert one.state is DateState.CANCELLED


def test_booking_of_what_is_on_again_has_not_closed_already(db):
    announcement, [one] = accepted(db, session())
    one.closes_at = NOW + timedelta(days=2)
    announced(db, called_off=(session(status=Status.CANCELLED),))
    take(db, announcement)
    later = NOW + timedelta(days=5)
    announce(db, item(TITLE, [session(starts="11:00")]), now=later)
    [change] = apart(announcement, later)
    accepting.take_change(announcement, change.key, None, now=later)

    [_, again] = all_dates(db)
    assert again.why_not_bookable(later) is None


@pytest.mark.parametrize(
    ("closes", "moved_to", "moved"),
    [
        # Closed a week before 29 May, while it was open or since it had closed.
        ("2025-05-22", "2025-06-26", "2025-06-19"),
        ("2025-04-10", "2025-06-26", "2025-05-08"),
        # Closed already, and by the same measure still.
        ("2025-04-10", "2025-05-30", "2025-04-11"),
        # Open, and to be closed before anybody heard of it: at the start, then.
        ("2025-04-24", "2025-05-14", None),
        # Other hours alone.
        ("2025-05-22", "2025-05-29", "2025-05-22"),
    ],
)
def test_booking_closes_as_long_before_a_date_that_was_moved_as_before(db, closes, moved_to, moved):
    announcement, [one] = accepted(db, session())
    one.closes_at = wishes.moment(date.fromisoformat(closes), time(17))
    announced(db, session(moved_to, starts="11:00"))
    take(db, announcement)

    closing = moved and wishes.moment(date.fromisoformat(moved), time(17))
    assert (in_words.day(one.starts_at), one.closes_at) == (
        in_words.day(date.fromisoformat(moved_to)),
        closing,
    )


def test_a_date_that_is_gone_can_be_cancelled_or_kept(db):
    announcement, [_, other] = accepted(db, session(), session("2025-06-05"))
    announced(db, session())
    [change] = apart(announcement)
    assert (change.kind, change.date, change.new) == (D.GONE, other, None)

    leave(db, announcement)
    assert (announcement.state, other.state) == (NewsState.ACCEPTED, DateState.PUBLISHED)

    announced(db, session(ends="15:00"), session("2025-06-12"))
    assert kinds(announcement) == [D.TIMES, D.NEW_DATE]


def test_a_date_that_another_announcement_names_is_neither_gone_nor_moved(db):
    announcement, [_, other] = accepted(db, session(), session("2025-06-05"))
    reminder = item(f"Reminder: {TITLE}", [session("2025-06-05")], published=date(2025, 4, 1))
    announce(db, item(TITLE, [session(), session("2025-06-05")]), reminder)
    announce(db, item(TITLE, [session(), session("2025-06-12")]), reminder)

    assert kinds(announcement) == [D.NEW_DATE]
    announce(db, item(TITLE, [session(), session("2025-06-12")]), replace(reminder, sessions=()))
    [_, reminded] = db.session.scalars(select(Announcement).order_by(Announcement.id))
    assert [(one.kind, one.date) for one in apart(reminded)] == [(D.GONE, other)]


def test_a_move_that_is_none_is_one_new_date_and_one_gone(db):
    announcement, [one] = accepted(db, session())
    announced(db, session("2025-06-05"))
    leave(db, announcement)
    assert kinds(announcement) == [D.NEW_DATE, D.GONE]

    accept(db, announcement)
    assert kinds(announcement) == [D.GONE]
    take(db, announcement)
    assert [d.state for d in all_dates(db)] == [DateState.CANCELLED, DateState.PUBLISHED]
    assert one.state is DateState.CANCELLED


def test_what_moved_is_the_nearest_of_what_is_gone(db):
    announcement, [one, other] = accepted(db, session(), session("2025-10-02"))
    announced(db, session("2025-06-05"), session("2025-10-09"))
    assert [(d.kind, d.date, d.new[:18]) for d in apart(announcement)] == [
        (D.MOVED, one, "Thursday 5 June 20"),
        (D.MOVED, other, "Thursday 9 October"),
    ]


def test_the_same_words_a_year_later_are_another_date(db):
    announcement, _ = accepted(db, session(weekday_as_written=None))
    later = NOW + timedelta(days=365)
    found = item(TITLE, [session("2026-05-29", weekday_as_written=None)])
    announce(db, found, now=later)

    assert announcement.is_waiting
    [change] = apart(announcement, later)
    assert (change.kind, change.date) == (D.NEW_DATE, None)
    assert "29 May 2026" in change.new


def test_what_an_organiser_changed_by_hand_is_no_difference_while_the_page_says_the_same(db):
    announcement, [one] = accepted(db, session(), session("2025-06-05"))[0], all_dates(db)[:1]
    one.set_days([(NOW + timedelta(days=60), NOW + timedelta(days=60, hours=2))], now=NOW)
    db.session.commit()
    announced(db, session(), session("2025-06-05", ends="15:00"))
    assert [(d.kind, d.draft.key) for d in apart(announcement)] == [(D.TIMES, "0605")]


def test_what_was_kept_although_the_page_called_it_off_stays_kept(db):
    announcement, [one, _] = accepted(db, session(), session("2025-06-05"))
    off = (session(status=Status.CANCELLED),)
    announced(db, session("2025-06-05"), called_off=off)
    leave(db, announcement)
    announced(db, session("2025-06-05", ends="15:00"), called_off=off)

    assert kinds(announcement) == [D.TIMES]
    assert one.state is DateState.PUBLISHED


def test_the_days_of_one_date_may_stand_on_the_page_one_by_one(db):
    course = make_course(title=TITLE)
    venue = make_venue(name="West Offices")
    day = timedelta(days=1)
    nine, one_o_clock = (NOW.replace(month=5, day=29, hour=hour) for hour in (9, 13))
    make_date(
        course=course, venue=venue, days=[(nine, one_o_clock), (nine + day, one_o_clock + day)]
    )
    announcement = announced(db, session(), session("2025-05-30"))
    assert announcement.state is NewsState.AS_PUBLISHED

    # One of them has other hours: to take that as it stands would drop the other day.
    announced(db, session(), session("2025-05-30", ends="15:00"))
    [change] = apart(announcement)
    assert change.why_not == differences.DAY_BY_DAY


def test_days_taken_apart_stay_apart_when_the_page_changes(db):
    days = [session(group="a"), session("2025-06-05", group="a")]
    announcement = announced(db, *days)
    draft_days.regroup(announcement, ["0529", "0605"], together=False, now=NOW)
    [_, one] = accept(db, with_places(announcement)).dates
    announced(db, days[0], session("2025-06-05", ends="15:00", group="a"))

    [change] = apart(announcement)
    assert (change.kind, change.date) == (D.TIMES, one)
    take(db, announcement)
    assert in_words.when(one) == "Thursday 5 June 2025, 10am to 3pm"


def test_a_held_back_date_is_settled_when_the_page_is_put_right(db):
    announcement, [one] = accepted(db, in_conflict(), **ONLINE)
    make_interest(one.course, ANN)
    announced(db, session("2025-05-21", "09:15", "15:00"), **ONLINE)

    assert kinds(announcement) == [D.MOVED]
    take(db, announcement)
    assert (one.state, in_words.when(one)) == (
        DateState.PUBLISHED,
        "Wednesday 21 May 2025, 9.15am to 3pm",
    )
    assert people.kinds(ANN) == ["new_date"]
    assert all_dates(db) == [one]


def test_other_hours_of_a_held_back_date_are_asked_for_with_its_day(db):
    announcement, [held_back] = accepted(db, in_conflict())
    announced(db, in_conflict(starts="10:00", ends="16:00"))
    [change] = apart(announcement)
    assert (change.kind, announcement.state) == (D.TIMES, NewsState.WAITING)
    assert change.why_not.endswith("Which day is meant?")

    draft_days.answer(announcement, "0321", date(2025, 5, 21), now=NOW)
    take(db, announcement)
    assert in_words.when(held_back) == "Wednesday 21 May 2025, 10am to 4pm"
    assert announcement.state is NewsState.ACCEPTED


def test_a_settled_date_agrees_with_the_announcement_it_settled(db):
    course = make_course(title=TITLE)
    date_ = make_held_back_date(course=course, format=Format.ONLINE)
    start = NOW.replace(month=5, day=21, hour=8, minute=15)
    date_.state, date_.announced_as = DateState.PUBLISHED, "Wednesday 21 March"
    date_.set_days([(start, start + timedelta(hours=5, minutes=45))], now=NOW)
    db.session.commit()

    assert announced(db, in_conflict(), **ONLINE).state is NewsState.AS_PUBLISHED


def test_a_difference_that_somebody_dealt_with_meanwhile_is_refused(db):
    announcement, [one] = accepted(db, session())
    announced(db, session("2025-06-05"))
    [change] = apart(announcement)
    one.set_days([(NOW + timedelta(days=60), NOW + timedelta(days=60, hours=2))], now=NOW)
    db.session.commit()
    with pytest.raises(Refused, match="no longer as you saw it"):
        accepting.take_change(announcement, change.key, None, now=NOW)


def test_a_change_that_cannot_be_says_why_and_is_refused(db):
    announcement, [one] = accepted(db, in_conflict(), **ONLINE)
    announced(db, called_off=(in_conflict(status=Status.CANCELLED),), **ONLINE)
    [change] = apart(announcement)
    assert change.why_not == "This date has not been published, so there is nobody to tell."
    with pytest.raises(Refused, match="nobody to tell"):
        take(db, announcement)
    assert one.state is DateState.HELD_BACK


def test_a_start_after_the_published_end_says_that_the_end_is_missing(db):
    announcement, [one] = accepted(db, session())
    announced(db, session(starts="15:00", ends=None))
    [change] = apart(announcement)

    assert change.why_not == differences.NO_END
    with pytest.raises(Refused, match="does not say when it ends"):
        take(db, announcement)
    [known] = drafts.of(announcement, now=NOW).dates
    said = {known.key: (known.days[0].day, time(15), time(17))}
    typed = DateEdit(said, known.is_online, known.place, True, 12, None, False)
    drafts.edit(announcement, {}, {known.key: typed}, now=NOW)
    take(db, announcement)
    assert in_words.when(one) == "Thursday 29 May 2025, 3pm to 5pm"


def test_what_was_full_is_a_new_date_once_the_page_has_places(db):
    announcement, [_] = accepted(db, session(), session("2025-06-05", status=Status.FULL))
    announced(db, session(venue=words("Town Hall")), session("2025-06-05", status=Status.FULL))
    assert kinds(announcement) == [D.PLACE]
    announced(db, session(), session("2025-06-05"))

    assert kinds(announcement) == [D.NEW_DATE]
    assert announcement.state is NewsState.WAITING


def test_accepting_where_only_changes_are_left_is_refused(db):
    announcement, _ = accepted(db, session())
    announced(db, session(ends="15:00"))
    with pytest.raises(Refused, match="Decide about each"):
        accept(db, announcement)


def test_a_change_of_words_alone_troubles_nobody(db):
    announcement, _ = accepted(db, session())
    announced(db, session(), outline=words("Other words."))
    assert announcement.state is NewsState.ACCEPTED


def test_what_the_programme_had_first_is_settled_when_the_page_follows(db):
    announcement, [one] = accepted(db, session())
    one.set_days(
        [(day.starts_at + timedelta(days=7), day.ends_at + timedelta(days=7)) for day in one.days],
        now=NOW,
    )
    db.session.commit()
    announced(db, session("2025-06-05"))
    assert announcement.state is NewsState.AS_PUBLISHED


def test_past_dates_are_no_differences(db):
    course = make_course(title=TITLE)
    past = NOW - timedelta(days=3)
    make_date(course=course, starts_at=past, ends_at=past + timedelta(hours=2))
    make_postponed_date(course=course)
    announcement = announced(db, session("2025-04-14", "12:00"), session())
    assert kinds(announcement) == [D.NEW_DATE]


def test_comparing_asks_as_often_for_many_as_for_few(db):
    def asked(number):
        announce(db, *(item(f"Neglect part {n}", [session()]) for n in range(number)))
        for n in range(number):
            make_date(course=make_course(title=f"Neglect part {n}", short_title=f"Part {n}"))
        db.session.expunge_all()
        with counted() as sent:
            made = drafts.of_all(news.waiting(), now=NOW)
            found = differences.of_all(list(made.values()), now=NOW)
        assert sum(map(len, found.values())) >= number
        return len(sent)

    assert asked(3) == asked(300)


# Pages as they are written

PAGE = """Latest news

Neglect in early childhood: a one day course

Published 14 March 2025.

For everybody who works with small children and their parents. We look at how neglect begins.

The training dates are as follows:

  • Thursday 29 May, 10.00am to 4.00pm
  • Thursday 21 August, 10.00am to 4.00pm

Both will be held at West Offices.

Book a place online.
"""


def read(db, text):
    taken = news.take(
        text,
        origin=Origin.PASTED,
        name=None,
        published=date(2025, 4, 16),
        organiser=None,
        now=NOW,
    )
    db.session.commit()
    return taken


def test_from_a_page_to_booked_and_on_to_a_page_that_changed(db):
    assert read(db, PAGE).new == 1
    [announcement] = news.waiting()
    [may, august] = accept(db, with_places(announcement)).dates
    people.book(may, ANN)
    assert read(db, PAGE).is_new is False

    changed = PAGE.replace("29 May, 10.00am", "5 June, 10.00am").replace(
        "  • Thursday 21 August, 10.00am to 4.00pm\n",
        "  • Thursday 21 August, 10.00am to 4.00pm\n  • Friday 28 November, 10.00am to 4.00pm\n",
    )
    assert read(db, changed).changed == 1
    assert [(one.kind, one.date) for one in apart(announcement)] == [
        (D.MOVED, may),
        (D.NEW_DATE, None),
    ]
    accepting.take_change(announcement, apart(announcement)[0].key, None, now=NOW)
    accept(db, announcement)

    assert [in_words.day(one.starts_at) for one in all_dates(db)] == [
        "Thursday 5 June 2025",
        "Thursday 21 August 2025",
        "Friday 28 November 2025",
    ]
    assert people.kinds(ANN) == ["booking_confirmed", "booking_changed"]
    assert august.updated_at == NOW
    assert announcement.state is NewsState.ACCEPTED
