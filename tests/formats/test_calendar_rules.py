"""What each kind of calendar says and does not say, cell by cell; and that programs which are not
ours read whatever people type, on whatever day, as it was meant."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar

from tests import calendars
from tests.calendars import by_ical_js, by_icalendar, by_vobject, faults, only_event
from tests.conftest import NOW
from tests.formats.test_calendar import (
    AWKWARD,
    JOIN_LINK,
    SENDER,
    SUMMER,
    WINTER,
    cancellation,
    make_booking,
    make_date,
    request,
    uid,
    unfolded,
    voice,
)
from webapp.clock import LONDON
from webapp.formats import calendar, calendar_staff
from webapp.formats.calendar_entries import Voice
from webapp.formats.plain_text import one_line
from webapp.models import BookingState

SOURCE = "https://training.example/programme.ics"
PARSERS = [by_icalendar, by_vobject, by_ical_js]
ZONE = b"""BEGIN:VTIMEZONE
TZID:Europe/London
X-LIC-LOCATION:Europe/London
BEGIN:DAYLIGHT
DTSTART:19810329T010000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3
TZNAME:BST
TZOFFSETFROM:+0000
TZOFFSETTO:+0100
END:DAYLIGHT
BEGIN:STANDARD
DTSTART:19961027T020000
RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10
TZNAME:GMT
TZOFFSETFROM:+0100
TZOFFSETTO:+0000
END:STANDARD
END:VTIMEZONE
""".splitlines()


def download(booking, speaker):
    return calendars.download([booking.course_date], speaker)


def course_file(booking, speaker):
    winter = make_date(WINTER)
    winter.days[0].uid = uid(99)
    return calendars.download([booking.course_date, winter], speaker)


def own_file(booking, speaker):
    return calendar.own(booking, speaker)


def programme(booking, speaker):
    return calendars.programme([booking.course_date], speaker, name="Training", source=SOURCE)


def personal(booking, speaker):
    return calendars.personal([booking], speaker, name="Mine")


def teaching(booking, speaker):
    days = booking.course_date.days
    events = [calendar.written(calendar_staff.teaching(day, speaker)) for day in days]
    return calendar.private_feed(events, name="Mine", about="The dates you teach.")


def organised(booking, speaker):
    days = booking.course_date.days
    return [calendar.written(calendar_staff.organising(day, speaker)) for day in days]


def organising(booking, speaker):
    return calendar.private_feed(organised(booking, speaker), name="All", about="All dates.")


def all_dates(booking, speaker):
    return calendar.file_of(organised(booking, speaker))


def invite(booking, speaker):
    return calendar.request(booking.invites[0], speaker, sender=SENDER, now=NOW).ics


def cancel(booking, speaker):
    sent = booking.invites[0]
    sent.sequence = sent.extra = sent.sequence + 1
    return calendar.cancellation(sent, speaker, sender=SENDER, now=NOW).ics


FILES = (download, course_file, own_file, all_dates)
FEEDS = (programme, personal, teaching, organising)
MESSAGES = (invite, cancel)
WITH_LINK = (own_file, personal, teaching, invite)
KINDS = (*FILES, *FEEDS, *MESSAGES)
PROFILES = {
    download: "download",
    course_file: "download",
    own_file: "download",
    programme: "feed",
    personal: "private-feed",
    teaching: "private-feed",
    organising: "private-feed",
    all_dates: "download",
    invite: "invite",
    cancel: "cancel",
}
every_kind = pytest.mark.parametrize("kind", KINDS, ids=lambda kind: kind.__name__)


def made(kind, speaker=None, **facts):
    """This kind of calendar of a booked online date, or of one with these facts."""
    booking = make_booking(make_date(**{"online": True, "platform": "Microsoft Teams", **facts}))
    return kind(booking, speaker or voice())


def event_of(ics):
    return Calendar.from_ical(ics).walk("VEVENT")[0]


@every_kind
def test_each_brings_the_one_zone_that_every_program_reads_alike(kind):
    lines = made(kind).splitlines()
    zone = lines[lines.index(b"BEGIN:VTIMEZONE") : lines.index(b"END:VTIMEZONE") + 1]
    assert sorted(zone) == sorted(ZONE)
    assert lines.count(b"BEGIN:VTIMEZONE") == 1


@every_kind
def test_no_time_is_without_a_zone(kind):
    for start in (SUMMER, WINTER, datetime(2025, 10, 26, 0, 30, tzinfo=UTC)):
        times = re.findall(
            rb"\r\n(DTSTART|DTEND|DTSTAMP|CREATED|LAST-MODIFIED)([^\r]*)", made_at(kind, start)
        )
        assert len(times) >= 5
        for _, rest in times:
            assert rest.startswith(b";TZID=Europe/London:") or rest.strip().endswith(b"Z")


def made_at(kind, start):
    ics = kind(make_booking(make_date(start)), voice())
    return ics[ics.index(b"BEGIN:VEVENT") :]


@every_kind
def test_only_a_message_has_a_method(kind):
    wanted = {invite: "REQUEST", cancel: "CANCEL"}.get(kind)
    assert Calendar.from_ical(made(kind)).get("method") == wanted


@every_kind
def test_only_a_message_names_people_and_only_the_two_it_is_between(kind):
    ics = unfolded(made(kind))
    event = event_of(ics)
    if kind in MESSAGES:
        assert str(event["organizer"]) == f"mailto:{SENDER[1]}"
        assert str(event["attendee"]) == "mailto:ann@agency.example"
    addresses = set(re.findall(rb"[\w.]+@[\w.]+\w", ics))
    own = {b"ann@agency.example"} if kind in MESSAGES else set()
    assert addresses - {b"thread.v2"} == {SENDER[1].encode()} | own


@every_kind
def test_the_status_is_confirmed_but_in_a_cancellation(kind):
    event = event_of(made(kind))
    assert event["status"] == ("CANCELLED" if kind is cancel else "CONFIRMED")
    assert event["summary"] == "Safeguarding basics"


@every_kind
def test_the_join_link_is_for_who_has_a_place(kind):
    ics = unfolded(made(kind))
    event = event_of(ics)
    if kind in WITH_LINK:
        assert event["location"] == JOIN_LINK
        assert JOIN_LINK in event["description"].splitlines()
        assert str(event["conference"]) == JOIN_LINK
    else:
        assert b"teams.microsoft" not in ics
        assert event["location"] == "Online (Microsoft Teams)"


@every_kind
def test_time_is_taken_by_what_one_comes_to_oneself(kind):
    free = kind in {programme, organising, all_dates, cancel}
    assert event_of(made(kind))["transp"] == ("TRANSPARENT" if free else "OPAQUE")


@every_kind
def test_only_files_ring_once_a_day_before(kind):
    alarms = event_of(made(kind)).walk("VALARM")
    assert [alarm["trigger"].dt for alarm in alarms] == (
        [timedelta(days=-1)] if kind in FILES[:3] else []
    )


@every_kind
def test_only_feeds_have_a_name_and_say_how_often_to_look(kind):
    ics = made(kind)
    hours = b"PT4H" if kind is programme else b"PT1H"
    said = re.findall(rb"\r\n(NAME|X-WR-CALNAME|REFRESH-INTERVAL|X-PUBLISHED-TTL)([^\r]*)", ics)
    name = {programme: b":Training", organising: b":All"}.get(kind, b":Mine")
    wanted = {
        b"NAME": name,
        b"X-WR-CALNAME": name,
        b"REFRESH-INTERVAL": b";VALUE=DURATION:%s" % hours,
        b"X-PUBLISHED-TTL": b":%s" % hours,
    }
    assert dict(said) == (wanted if kind in FEEDS else {})


@every_kind
def test_only_files_ask_outlook_to_open_them(kind):
    assert (b"X-MS-OLK-FORCEINSPECTOROPEN:TRUE" in made(kind)) is (kind in FILES)


@every_kind
def test_a_place_is_one_line_and_a_text_is_plain(kind):
    event = event_of(made(kind, online=False, room="Room 2\r\nGround floor", text="A\nB"))
    assert event["location"] == "Room 2 Ground floor, A B, A B, AN1 1AA"
    assert b"X-ALT-DESC" not in made(kind)
    assert "\n" in event["description"] or kind is cancel


@every_kind
def test_addresses_of_pages_are_not_escaped_as_text_is(kind):
    page = "https://training.example/dates/7?a=1,2;b=3"
    speaker = Voice(voice().partnership, lambda date: page, "https://training.example/my")
    link = "https://meet.example/room?x=1,2;3"
    lines = unfolded(made(kind, speaker, join_link=link)).splitlines()
    assert f"URL:{page}".encode() in lines
    conferences = [line for line in lines if line.startswith(b"CONFERENCE")]
    assert [line.endswith(b":" + link.encode()) for line in conferences] == [True] * (
        kind in WITH_LINK
    )


@every_kind
def test_each_says_whom_to_ask(kind):
    assert event_of(made(kind))["contact"] == f"{SENDER[0]}, {SENDER[1]}"


@every_kind
def test_the_same_rows_give_the_same_bytes(kind):
    assert made(kind) == made(kind)


@every_kind
def test_the_stamp_is_that_of_the_rows_or_of_the_message(kind):
    date = make_date(updated_at=NOW - timedelta(days=3))
    date.course.updated_at = NOW - timedelta(days=4)
    date.venue.updated_at = NOW - timedelta(days=5)
    booking = make_booking(date, updated_at=NOW - timedelta(days=2))
    stamps = dict.fromkeys((*FILES, *FEEDS), 3) | {own_file: 2, personal: 2}
    assert event_of(kind(booking, voice()))["dtstamp"].dt == NOW - timedelta(
        days=stamps.get(kind, 0)
    )


@pytest.mark.parametrize("state", [BookingState.WAITING, BookingState.OFFERED])
def test_a_wait_is_tentative_in_the_personal_feed(state):
    booking = make_booking(make_date(), state=state, invites=[], offered_until=SUMMER)
    event = only_event(personal(booking, voice()))
    assert (event["status"], event["transp"]) == ("TENTATIVE", "OPAQUE")


def test_a_course_of_several_days_is_an_entry_for_each_and_a_message_for_each():
    booking = make_booking(make_date(SUMMER, WINTER))
    for kind in (download, own_file, programme, personal):
        events = Calendar.from_ical(kind(booking, voice())).walk("VEVENT")
        assert [event["uid"] for event in events] == [uid(0), uid(1)]
    for sent in booking.invites:
        ics = calendar.request(sent, voice(), sender=SENDER, now=NOW).ics
        assert only_event(ics)["uid"] == sent.course_day.uid


# Whatever people type, and whatever the day


HOSTILE = {
    **AWKWARD,
    "html": '<b>Safe</b> &amp; <script>alert("x")</script> <a href="https://x.example">x</a>',
    "an escaped new line": r"before\nafter \N and \\n",
    "a calendar": "BEGIN:VCALENDAR\nMETHOD:CANCEL\nEND:VCALENDAR",
    "a parameter": 'x";CN="y":mailto:z@agency.example',
}


def hostile_everywhere(text):
    """A date with a room and one online, every word of them and of us typed by somebody hostile."""
    said = {"contact_name": text, "contact_phone": text, "name": text}
    dates = [
        make_date(text=text, room=text),
        make_date(text=text, online=True, join_link=f"https://teams.example/{text}"),
    ]
    dates[1].days[0].uid = uid(1)
    return dates, voice(**said)


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE)
def test_every_field_may_be_hostile_in_every_kind(text):
    dates, speaker = hostile_everywhere(text)
    for date in dates:
        booking = make_booking(date, name=text)
        for kind in KINDS:
            ics = kind(booking, speaker)
            assert faults(ics, PROFILES[kind], words=False) == []
            assert by_vobject(ics) == by_icalendar(ics)


@pytest.mark.parametrize("read", PARSERS)
def test_hostile_words_are_read_back_as_one_title_by_every_parser(read):
    dates = []
    for number, text in enumerate(HOSTILE.values()):
        date, _ = hostile_everywhere(text)[0]
        date.days[0].uid = uid(number)
        dates.append(date)
    ics = calendars.programme(dates, voice(), name="All", source=SOURCE)
    titles = [title for title, _, _ in read(ics)]
    assert len(titles) == len(HOSTILE)
    # A backslash that some program would take for an escape is a stroke.
    strokes = [title.replace("\\", "/") for title in titles]
    assert strokes == [one_line(text).replace("\\", "/") for text in HOSTILE.values()]


def london(*when, fold=0):
    return datetime(*when, fold=fold, tzinfo=LONDON)


# On both Sundays when the clocks change, on the days beside them, and at midnight in either half.
OCCASIONS = {
    "the day before the clocks go forward": (london(2025, 3, 29, 10), london(2025, 3, 29, 13)),
    "before and after they do": (london(2025, 3, 30, 0, 30), london(2025, 3, 30, 2, 30)),
    "the morning they did": (london(2025, 3, 30, 10), london(2025, 3, 30, 13)),
    "the day after": (london(2025, 3, 31, 10), london(2025, 3, 31, 13)),
    "over the night they do": (london(2025, 3, 29, 22), london(2025, 3, 30, 6)),
    "the day before they go back": (london(2025, 10, 25, 10), london(2025, 10, 25, 13)),
    "the hour that comes twice": (london(2025, 10, 26, 1), london(2025, 10, 26, 1, fold=1)),
    "the second time": (london(2025, 10, 26, 1, 15, fold=1), london(2025, 10, 26, 1, 45, fold=1)),
    "the morning they did, in autumn": (london(2025, 10, 26, 10), london(2025, 10, 26, 13)),
    "the day after, in autumn": (london(2025, 10, 27, 10), london(2025, 10, 27, 13)),
    "over the night they go back": (london(2025, 10, 25, 22), london(2025, 10, 26, 6)),
    "from midnight in summer": (london(2025, 7, 1), london(2025, 7, 1, 9)),
    "to midnight in summer": (london(2025, 7, 1, 20), london(2025, 7, 2)),
    "midnight to midnight in summer": (london(2025, 7, 1), london(2025, 7, 2)),
    "from midnight in winter": (london(2025, 12, 1), london(2025, 12, 1, 9)),
    "to midnight in winter": (london(2025, 12, 1, 20), london(2025, 12, 2)),
    "midnight to midnight in winter": (london(2025, 12, 1), london(2025, 12, 2)),
    "over the new year": (london(2025, 12, 31, 22), london(2026, 1, 1, 2)),
}


def on_every_occasion():
    dates = []
    for number, (starts, ends) in enumerate(OCCASIONS.values()):
        date = make_date(starts.astimezone(UTC))
        day = date.days[0]
        day.uid, day.ends_at = uid(number), ends.astimezone(UTC)
        date.ends_at = day.ends_at
        dates.append(date)
    return dates


@pytest.mark.parametrize("read", PARSERS)
def test_every_parser_reads_every_occasion_at_its_instant(read):
    for ics in (
        calendars.programme(on_every_occasion(), voice(), name="All", source=SOURCE),
        calendars.download(on_every_occasion(), voice()),
    ):
        wanted = [tuple(time.astimezone(UTC) for time in times) for times in OCCASIONS.values()]
        assert [(starts, ends) for _, starts, ends in read(ics)] == wanted


@every_kind
@pytest.mark.parametrize("number", range(len(OCCASIONS)), ids=OCCASIONS)
def test_no_occasion_makes_a_fault(kind, number):
    booking = make_booking(on_every_occasion()[number])
    assert faults(kind(booking, voice()), PROFILES[kind]) == []


def test_an_invitation_and_its_end_follow_one_another_in_every_case():
    for date in on_every_occasion():
        booking = make_booking(date)
        asked = request(booking)
        taken_out = cancellation(booking, NOW + timedelta(minutes=5))
        assert faults(taken_out, "cancel", previous=asked) == []
