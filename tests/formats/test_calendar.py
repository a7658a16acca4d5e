from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from tests import calendars
from tests.calendars import by_ical_js, by_icalendar, by_vobject, faults, only_event
from tests.conftest import NOW
from webapp.formats import calendar
from webapp.formats.calendar_entries import Voice
from webapp.formats.plain_text import one_line
from webapp.models import (
    Booking,
    BookingState,
    Course,
    CourseDate,
    CourseDay,
    DateState,
    Format,
    Invite,
    Kind,
    Partnership,
    Practitioner,
    Venue,
)

SENDER = ("Anytown Training Team", "training@partnership.example")
JOIN_LINK = (
    "https://teams.microsoft.com/l/meetup-join/19%3ameeting_Secret%40thread.v2/0"
    "?context=%7b%22Tid%22%3a%2200000000%22%7d"
)
SUMMER = datetime(2025, 5, 29, 9, 0, tzinfo=UTC)
WINTER = datetime(2025, 11, 27, 10, 0, tzinfo=UTC)
# Clocks go forward at 01:00 UTC, and back at 01:00 UTC: the hour before and after looks the same.
FORWARD = datetime(2025, 3, 30, 0, 30, tzinfo=UTC)
BACK = datetime(2025, 10, 26, 0, 30, tzinfo=UTC)
STARTS = {"summer": SUMMER, "winter": WINTER, "clocks forward": FORWARD, "clocks back": BACK}
AWKWARD = {
    "plain": "Safeguarding basics",
    "commas and semicolons": "Fear, shame; and silence: what, then; now,",
    "backslashes": r"C:\new\notes, \N and \; and \\ and a last one \ ".strip(),
    "quotes": "The “quiet” child's \"no\" and 'yes' ^ ^n",
    "accents": "Zoë naïve café, Ærøskøbing, Łódź, 漢字",
    "emoji": "Family 👩‍👩‍👧 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿 " * 12,
    "right to left": "שלום עולם, مرحبا; \u202eoverride\u202c",
    "line breaks": "one\r\ntwo\nthree\rfour\u2028five\x0bsix\x85seven",
    "control characters": "nul\x00 bell\x07 escape\x1b[0m delete\x7f c1\x9f",
    "injection": "x\r\nEND:VEVENT\r\nATTENDEE:mailto:other@agency.example\r\nBEGIN:VEVENT",
    "long": "Understanding " * 36,
    "one long word": "ü" * 500,
}


def voice(**facts):
    partnership = Partnership(
        **{
            "contact_name": "Anytown Training Team",
            "contact_email": SENDER[1],
            "contact_phone": "01632 960001",
            **facts,
        }
    )
    return Voice(
        partnership, lambda date: "https://training.example/dates/7", "https://training.example/my"
    )


def make_date(*starts, hours=1, **facts):
    """A date not in any database, a day for each start."""
    text = facts.pop("text", "Safeguarding basics")
    online = facts.pop("online", False)
    course = Course(
        slug="basics", kind=Kind.COURSE, title=text, short_title=text, summary=text, updated_at=NOW
    )
    venue = Venue(name=text, address=[text, "AN1 1AA"], latitude=53.95, longitude=-1.09)
    venue.directions, venue.updated_at = text, NOW - timedelta(days=1)
    ends = timedelta(hours=hours)
    days = [
        CourseDay(starts_at=moment, ends_at=moment + ends, uid=uid(n), revision=0)
        for n, moment in enumerate(starts or [SUMMER])
    ]
    return CourseDate(
        course=course,
        venue=None if online else venue,
        all_days=days,
        starts_at=days[0].starts_at,
        ends_at=days[-1].ends_at,
        **{
            "state": DateState.PUBLISHED,
            "format": Format.ONLINE if online else Format.FACE_TO_FACE,
            "platform": text if online else None,
            "join_link": JOIN_LINK if online else None,
            "before_you_come": text,
            "created_at": NOW - timedelta(days=9),
            "updated_at": NOW,
            **facts,
        },
    )


def uid(number):
    return f"6f0d2c1e-8b7a-4f53-9a54-{number:012}"


def make_booking(date, **facts):
    return Booking(
        course_date=date,
        practitioner=Practitioner(email="ann@agency.example"),
        **{
            "state": BookingState.CONFIRMED,
            "name": "Ann Example",
            "updated_at": NOW,
            "invites": [Invite(course_day=d, uid=d.uid, extra=0, sequence=0) for d in date.days],
            **facts,
        },
    )


def request(booking, now=NOW):
    return calendar.request(booking.invites[0], voice(), sender=SENDER, now=now).ics


def cancellation(booking, now=NOW):
    """As the service sends it: with a SEQUENCE above the REQUEST's."""
    invite = booking.invites[0]
    invite.sequence = invite.extra = invite.sequence + 1
    return calendar.cancellation(invite, voice(), sender=SENDER, now=now).ics


def every_kind(date, **facts):
    """Each kind of file made of this date, with the profile it has to satisfy."""
    booking = make_booking(date, **facts)
    source = "https://training.example/programme.ics"
    return [
        ("download", calendars.download([date], voice())),
        ("download", calendar.own(booking, voice())),
        ("feed", calendars.programme([date], voice(), name=date.course.title, source=source)),
        ("private-feed", calendars.personal([booking], voice(), name=date.course.title)),
        ("invite", request(booking)),
        ("cancel", cancellation(booking)),
    ]


@pytest.mark.parametrize("online", [True, False], ids=["online", "face to face"])
@pytest.mark.parametrize("starts", STARTS.values(), ids=STARTS)
def test_every_kind_is_faultless_in_both_halves_of_the_year(starts, online):
    for profile, ics in every_kind(make_date(starts, hours=3, online=online)):
        assert faults(ics, profile, warnings=starts.day != 26) == []


@pytest.mark.parametrize("online", [True, False], ids=["online", "face to face"])
@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_every_kind_is_faultless_whatever_people_type(text, online):
    date = make_date(text=text, online=online, room=None if online else text)
    for profile, ics in every_kind(date, name=text):
        assert faults(ics, profile) == []


@pytest.mark.parametrize("text", AWKWARD.values(), ids=AWKWARD)
def test_what_people_type_is_read_back_by_other_parsers(text):
    date = make_date(text=text)
    ics = calendars.download([date], voice())
    assert len(by_vobject(ics)) == 1
    assert by_vobject(ics) == by_icalendar(ics)
    assert len(Calendar.from_ical(ics).walk("VALARM")) == 1
    if "\\" not in text:
        assert by_vobject(ics)[0][0] == one_line(text)


@settings(deadline=None, max_examples=60)
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=90))
def test_no_text_at_all_breaks_a_calendar(text):
    assume(one_line(text))
    date = make_date(text=text)
    for profile, ics in every_kind(date, name=text):
        assert faults(ics, profile, words=False) == []
    assert only_event(ics)["uid"] == uid(0)


@pytest.mark.parametrize("read", [by_icalendar, by_vobject, by_ical_js])
@pytest.mark.parametrize("hours", [1, 3])
def test_every_parser_reads_the_same_instants(read, hours):
    moments = sorted([*STARTS.values(), datetime(2025, 10, 26, 1, 30, tzinfo=UTC)])
    for day in (FORWARD, BACK):  # all around the hour that is missing, or comes twice
        moments += [day + timedelta(minutes=30 * n) for n in range(-3, 6)]
    dates = [make_date(moment, hours=hours) for moment in moments]
    for n, date in enumerate(dates):
        date.days[0].uid = uid(n)
    ics = calendars.programme(dates, voice(), name="All", source="https://training.example/x.ics")
    wanted = [(moment, moment + timedelta(hours=hours)) for moment in moments]
    assert [(starts, ends) for _, starts, ends in read(ics)] == wanted


def test_a_winter_course_shows_ten_on_the_wall():
    assert b"DTSTART;TZID=Europe/London:20251127T100000" in calendars.download(
        [make_date(WINTER)], voice()
    )
    assert b"DTSTART;TZID=Europe/London:20250529T100000" in calendars.download(
        [make_date(SUMMER)], voice()
    )


def test_a_download_asks_nobody_and_rings_a_day_before():
    ics = calendars.download([make_date(online=True)], voice())
    event = only_event(ics)
    assert b"METHOD" not in ics
    assert b"X-MS-OLK-FORCEINSPECTOROPEN:TRUE" in ics
    assert b"X-WR-CALNAME" not in ics
    assert "organizer" not in event
    assert "attendee" not in event
    assert (event["status"], event["transp"]) == ("CONFIRMED", "OPAQUE")
    assert event.walk("VALARM")[0]["trigger"].dt == timedelta(days=-1)
    assert "01632 960001" in event["description"]
    assert event["dtstamp"].dt == NOW


def test_a_changed_venue_makes_a_newer_copy():
    date = make_date()
    date.venue.updated_at = NOW + timedelta(days=2)
    event = only_event(calendars.download([date], voice()))
    assert event["dtstamp"].dt == event["last-modified"].dt == NOW + timedelta(days=2)


def test_what_is_public_never_holds_the_join_link():
    date = make_date(online=True)
    source = "https://training.example/programme.ics"
    for ics in (
        calendars.download([date], voice()),
        calendars.programme([date], voice(), name="All", source=source),
        cancellation(make_booking(date)),
    ):
        assert b"teams.microsoft" not in unfolded(ics)
        assert b"Online (Safeguarding basics)" in unfolded(ics)


def test_a_booked_person_finds_the_join_link_in_three_places():
    booking = make_booking(make_date(online=True))
    for ics in (
        calendar.own(booking, voice()),
        calendars.personal([booking], voice(), name="Mine"),
        request(booking),
    ):
        event = only_event(ics)
        assert event["location"] == JOIN_LINK
        assert str(event["conference"]) == JOIN_LINK
        assert event["conference"].params["value"] == "URI"
        assert JOIN_LINK in event["description"].splitlines()


def test_a_join_link_with_odd_letters_stays_an_address():
    booking = make_booking(make_date(online=True, join_link="https://meet.example/é room?x=1,2;3"))
    event = only_event(request(booking))
    assert str(event["conference"]) == "https://meet.example/%C3%A9%20room?x=1,2;3"
    assert faults(request(booking), "invite") == []


def test_the_programme_leaves_people_free_and_says_how_often_to_look():
    source = "https://training.example/programme.ics?kind=course"
    ics = calendars.programme([make_date()], voice(), name="Training, Anytown", source=source)
    event = only_event(ics)
    assert b"REFRESH-INTERVAL;VALUE=DURATION:PT4H" in ics
    assert b"X-PUBLISHED-TTL:PT4H" in ics
    assert b"X-WR-CALNAME:Training\\, Anytown" in ics
    assert b"NAME:Training\\, Anytown" in ics
    assert (event["transp"], event["x-microsoft-cdo-busystatus"]) == ("TRANSPARENT", "FREE")
    assert event.walk("VALARM") == []


def test_an_empty_feed_is_still_a_calendar():
    ics = calendars.personal([], voice(), name="Mine")
    assert faults(ics, "private-feed") == []
    assert by_vobject(ics) == []


def test_a_cancelled_date_says_so_in_files_and_feeds():
    date = make_date(state=DateState.CANCELLED, cancelled_at=NOW)
    for profile, ics in every_kind(date)[:4]:
        event = only_event(ics)
        assert event["summary"] == "CANCELLED: Safeguarding basics"
        assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")
        assert event.walk("VALARM") == []
        assert faults(ics, profile) == []


@pytest.mark.parametrize("state", [BookingState.WAITING, BookingState.OFFERED])
def test_who_waits_sees_it_in_the_title_and_has_no_join_link(state):
    until = SUMMER - timedelta(days=7)
    booking = make_booking(
        make_date(online=True), state=state, invites=[], offered_until=until, waiting_since=NOW
    )
    ics = calendars.personal([booking], voice(), name="Mine")
    event = only_event(ics)
    assert event["summary"] == "Waiting list: Safeguarding basics"
    assert (event["status"], event["transp"]) == ("TENTATIVE", "OPAQUE")
    assert b"teams.microsoft" not in unfolded(ics)
    assert faults(ics, "private-feed") == []
    offered = state is BookingState.OFFERED
    assert ("until 10am on Thursday 22 May 2025" in event["description"]) is offered


def test_the_personal_feed_repeats_the_uid_and_sequence_of_the_invitation():
    booking = make_booking(make_date())
    booking.invites[0].uid, booking.invites[0].extra = uid(99), 2
    booking.course_date.days[0].revision = 3
    for ics in (
        calendars.personal([booking], voice(), name="Mine"),
        calendar.own(booking, voice()),
    ):
        event = only_event(ics)
        assert (event["uid"], event["sequence"]) == (uid(99), 5)


def test_an_invitation_is_between_two_people_and_about_one_day():
    booking = make_booking(make_date(SUMMER, WINTER), name='Ann "A" Example, RGN')
    later = NOW + timedelta(hours=2)
    first = calendar.request(booking.invites[0], voice(), sender=SENDER, now=later)
    second = calendar.request(booking.invites[1], voice(), sender=SENDER, now=later)
    event = only_event(first.ics)
    assert (first.method, first.filename) == ("REQUEST", "safeguarding-basics-29-may-2025.ics")
    assert b"METHOD:REQUEST" in first.ics
    assert str(event["organizer"]) == "mailto:training@partnership.example"
    assert str(event["attendee"]) == "mailto:ann@agency.example"
    assert event["attendee"].params["cn"] == "Ann A Example, RGN"
    assert event["attendee"].params["rsvp"] == "TRUE"
    assert event["summary"] == "Safeguarding basics (day 1 of 2)"
    assert only_event(second.ics)["uid"] != event["uid"]
    assert event["dtstamp"].dt == later


def test_a_message_is_not_stamped_before_the_rows_it_is_written_from():
    booking = make_booking(make_date(), updated_at=NOW + timedelta(hours=1))
    assert only_event(cancellation(booking, NOW))["dtstamp"].dt == booking.updated_at


def test_a_cancellation_takes_the_entry_out_under_its_own_title():
    booking = make_booking(make_date(online=True))
    asked, taken_out = request(booking), cancellation(booking, NOW + timedelta(hours=2))
    event = only_event(taken_out)
    assert b"METHOD:CANCEL" in taken_out
    assert (event["status"], event["transp"]) == ("CANCELLED", "TRANSPARENT")
    assert event["summary"] == "Safeguarding basics"
    assert event["uid"] == only_event(asked)["uid"]
    assert event.walk("VALARM") == []
    assert faults(taken_out, "cancel", previous=asked) == []


def test_a_file_is_named_after_title_and_day():
    date = make_date(WINTER)
    date.course.short_title = "Harmful Sexual Behaviour"
    assert calendar.filename(date) == "harmful-sexual-behaviour-27-nov-2025.ics"
    date.course.short_title = "漢字"
    assert calendar.filename(date) == "basics-27-nov-2025.ics"


def test_an_unlimited_location_is_one_line():
    date = make_date(room="Room 2\nGround floor")
    event = only_event(calendars.download([date], voice()))
    assert event["location"] == (
        "Room 2 Ground floor, Safeguarding basics, Safeguarding basics, AN1 1AA"
    )


@pytest.mark.parametrize(
    ("wrong", "right", "code"),
    [
        (b"SUMMARY:Safe", b"SUMMARY:Safe,", "UNESCAPED-COMMA"),
        (b"\r\n", b"\n", "BARE-LF"),
        (b"BYDAY=-1SU;BYMONTH=10", b"BYDAY=1SU;BYMONTH=10", "TZ-TRANSITION"),
        (b"SEQUENCE:1", b"SEQUENCE:0", "PREV-SEQ"),
        (b"END:VEVENT", b"BEGIN:VALARM\r\nEND:VALARM\r\nEND:VEVENT", "ITIP-CANCEL-ALARM"),
        (b"STATUS:CANCELLED", b"STATUS:CONFIRMED", "ITIP-CANCEL-STATUS"),
    ],
)
def test_the_checker_sees_a_fault_put_in_on_purpose(wrong, right, code):
    booking = make_booking(make_date(WINTER))
    asked, ics = request(booking), cancellation(booking, NOW + timedelta(minutes=5))
    assert wrong in ics
    found = faults(ics.replace(wrong, right), "cancel", previous=asked)
    assert code in {fault.partition(":")[0] for fault in found}


@pytest.mark.parametrize("read", [by_vobject, by_ical_js])
def test_the_parsers_see_a_winter_that_is_an_hour_out(read):
    ics = calendars.download([make_date(WINTER)], voice())
    late = ics.replace(b"BYDAY=-1SU;BYMONTH=10", b"BYDAY=-1SU;BYMONTH=12")
    assert read(ics)[0][1] == WINTER
    assert read(late)[0][1] == WINTER - timedelta(hours=1)


def unfolded(ics):
    return ics.replace(b"\r\n ", b"")
