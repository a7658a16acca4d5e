"""Diaries that others look into: when and where, and no word of what it is about."""

from datetime import time, timedelta
from urllib.parse import unquote

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import calendars
from tests.calendars import by_ical_js, by_icalendar, by_vobject, faults, only_event
from tests.conftest import NOW
from tests.formats.test_calendar import (
    AWKWARD,
    JOIN_LINK,
    SENDER,
    STARTS,
    SUMMER,
    WINTER,
    cancellation,
    make_date,
    request,
    unfolded,
    voice,
)
from tests.formats.test_calendar import make_booking as open_booking
from webapp.formats import calendar, calendar_bookings, calendar_entries, calendar_links
from webapp.models import AgendaItem, BookingState, DateState, Kind

MY_BOOKINGS = "https://training.example/my"
SUBJECT = "Harmful Sexual Behaviour"
NAME = calendar_entries.DISCREET


def make_booking(date, **facts):
    booking = open_booking(date, **facts)
    booking.practitioner.is_discreet = True
    booking.practitioner.diary_changed_at = NOW
    return booking


def about(date, words, kind=Kind.COURSE):
    """The same date of a course whose every text is these words."""
    course = date.course
    course.title = course.short_title = course.summary = course.outline = course.audience = words
    course.level, course.outcomes, course.topics, course.kind = words, [words], [words], kind
    course.slug = words
    date.before_you_come = date.announced_as = words
    date.cancel_message = date.postpone_message = words
    date.agenda = [AgendaItem(position=1, day=1, starts=time(10), title=words, speaker=words)]
    return date


def speaking(words):
    """Our voice where the address of a date's page has these words in it."""
    speaks = voice()
    return calendar_entries.Voice(
        speaks.partnership, lambda date: f"https://training.example/dates/{words}", MY_BOOKINGS
    )


def all_that_leaves(date, words, state=BookingState.CONFIRMED):
    """Every byte and file name that a discreet person's calendar programs are handed."""
    speaks, booking = speaking(words), make_booking(about(date, words), state=state)
    written = [
        calendars.personal([booking], speaks, name=NAME),
        calendar.filename(date, is_discreet=True),
        calendar_links.for_days(
            calendar_bookings.private(booking, day, speaks) for day in date.days
        ),
    ]
    if state is BookingState.CONFIRMED:
        asked = calendar.request(booking.invites[0], speaks, sender=SENDER, now=NOW)
        out = calendar.cancellation(booking.invites[0], speaks, sender=SENDER, now=NOW)
        written += [calendar.own(booking, speaks), asked, out]
    return written


def every_kind(date):
    """Each kind of file a discreet person is handed, with the profile it has to satisfy."""
    booking = make_booking(date)
    return [
        ("download", calendar.own(booking, voice())),
        ("private-feed", calendars.personal([booking], voice(), name=NAME)),
        ("invite", request(booking)),
        ("cancel", cancellation(booking)),
    ]


@settings(deadline=None, max_examples=60)
@given(
    words=st.text(st.characters(exclude_categories=["Cs"]), min_size=1, max_size=60),
    state=st.sampled_from(list(BookingState)),
    date_state=st.sampled_from([DateState.PUBLISHED, DateState.POSTPONED, DateState.CANCELLED]),
    online=st.booleans(),
)
def test_whatever_a_course_says_of_itself_a_discreet_diary_is_the_same(
    words, state, date_state, online
):
    dates = [
        make_date(SUMMER, WINTER, text="Town Hall", online=online, state=date_state)
        for _ in range(2)
    ]
    theirs, ours = all_that_leaves(dates[0], words, state), all_that_leaves(dates[1], "x", state)
    assert [unlike_days(one) for one in theirs] == [unlike_days(one) for one in ours]


def unlike_days(written):
    """An invitation without the row of its day, which no diary sees."""
    if isinstance(written, calendar.Invitation):
        return written.method, written.ics, written.filename, written.title, written.words
    return written


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_the_same_words_are_seen_where_nobody_is_discreet(text):
    """So that the test above can fail."""
    plain, ours = (
        request(open_booking(about(make_date(text="Town Hall"), words))) for words in (text, "x")
    )
    assert plain != ours


def test_no_part_of_it_names_the_course_its_page_or_its_kind():
    date = about(make_date(SUMMER, text="Town Hall", online=True), SUBJECT, Kind.WEBINAR)
    for written in all_that_leaves(date, SUBJECT):
        said = repr(written).replace("\\r\\n ", "")
        for word in ("Harmful", "harmful", "Webinar", "webinar", "/dates/", "Safeguarding"):
            assert word not in unquote(said).replace("-//Safeguarding Training//", ""), word


@pytest.mark.parametrize("online", [True, False], ids=["online", "face to face"])
@pytest.mark.parametrize("starts", STARTS.values(), ids=STARTS)
def test_every_kind_is_faultless_in_both_halves_of_the_year(starts, online):
    for profile, ics in every_kind(make_date(starts, hours=3, online=online)):
        assert faults(ics, profile, warnings=starts.day != 26) == []


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_every_kind_is_faultless_whatever_a_venue_is_called(text):
    for profile, ics in every_kind(make_date(text=text, room=text)):
        assert faults(ics, profile) == []


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_ical_js])
def test_every_parser_reads_the_discreet_title_and_the_right_instants(read):
    booking = make_booking(make_date(SUMMER, WINTER, hours=4))
    waiting = make_booking(make_date(SUMMER), state=BookingState.WAITING, waiting_since=NOW)
    off = make_booking(make_date(SUMMER, state=DateState.CANCELLED, cancelled_at=NOW))
    four, one = timedelta(hours=4), timedelta(hours=1)
    assert read(calendars.personal([booking, waiting, off], voice(), name=NAME)) == [
        ("Training (day 1 of 2)", SUMMER, SUMMER + four),
        ("Training (day 2 of 2)", WINTER, WINTER + four),
        ("Waiting list: Training", SUMMER, SUMMER + one),
        ("CANCELLED: Training", SUMMER, SUMMER + one),
    ]


def test_it_says_where_to_go_how_to_join_whom_to_ask_and_where_to_read_more():
    here = only_event(request(make_booking(make_date(text="Town Hall", room="Room 2"))))
    assert here["summary"] == "Training"
    assert here["location"] == "Room 2, Town Hall, Town Hall, AN1 1AA"
    assert "geo" in here
    assert here["url"] == MY_BOOKINGS
    assert here["categories"].to_ical() == b"Training"
    assert here["description"] == (
        "You have a place. If you cannot come, please cancel it here, so that somebody who is "
        f"waiting can have it (declining the invitation is not enough):\n{MY_BOOKINGS}\n\n"
        f"The page of your bookings says which training this is:\n{MY_BOOKINGS}\n\n"
        "Getting there: Town Hall\n\n"
        "Questions: Anytown Training Team, training@partnership.example, 01632 960001"
    )
    online = only_event(request(make_booking(make_date(text="Teams", online=True))))
    assert online["location"] == str(online["conference"]) == JOIN_LINK
    assert JOIN_LINK in online["description"].splitlines()


def test_a_cancellation_has_the_title_that_was_last_sent():
    booking = make_booking(make_date(SUMMER, WINTER, online=True))
    asked, out = request(booking), cancellation(booking, NOW + timedelta(minutes=5))
    assert only_event(asked)["summary"] == only_event(out)["summary"] == "Training (day 1 of 2)"
    assert faults(out, "cancel", previous=asked) == []
    assert b"teams.microsoft" not in unfolded(out)


def test_the_file_is_named_after_its_day_alone():
    booking = make_booking(about(make_date(SUMMER), SUBJECT))
    sent = calendar.request(booking.invites[0], voice(), sender=SENDER, now=NOW)
    assert sent.filename == "training-29-may-2025.ics"
    assert (sent.title, sent.day) == ("Training", booking.course_date.days[0])


def test_the_links_to_calendars_on_the_web_are_discreet_too():
    date = about(make_date(SUMMER, text="Town Hall"), SUBJECT)
    entry = calendar_bookings.private(make_booking(date), date.days[0], voice())
    (links,) = calendar_links.for_days([entry])
    for address in (links.google, links.outlook_at_work, links.outlook_at_home):
        assert "=Training&" in address
        assert MY_BOOKINGS in unquote(address)
        assert "Harmful" not in unquote(address)


def test_choosing_makes_a_newer_copy_of_what_is_in_the_feed():
    booking = make_booking(make_date())
    later = NOW + timedelta(days=3)
    booking.practitioner.diary_changed_at = later
    event = only_event(calendars.personal([booking], voice(), name=NAME))
    assert event["dtstamp"].dt == event["last-modified"].dt == later
