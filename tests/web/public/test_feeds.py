import re
import subprocess
import sys
from datetime import timedelta
from threading import Thread
from urllib.robotparser import RobotFileParser

import pytest
from icalendar import Calendar
from werkzeug.serving import make_server

from tests.calendars import ROOT, by_icalendar, by_vobject, faults, only_event
from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_many_dates,
    make_organiser,
    make_partnership,
    make_practitioner,
    make_sector,
    make_venue,
)
from tests.queries import counted
from webapp import clock
from webapp.db import db as database
from webapp.models import BookingState, DateState, Ending, Format, Kind, RoleName
from webapp.services import diaries, links, practitioners, standing, trainers

FEEDCHECK = ROOT / "tests/checkers/feedcheck.py"
SECRET = b"teams.example/join"


@pytest.fixture(autouse=True)
def _partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    make_partnership()


@pytest.fixture
def server(app):
    """The app on a port of its own, as programs meet it."""
    web = make_server("127.0.0.1", 0, app)
    thread = Thread(target=web.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{web.port}"
    web.shutdown()
    thread.join()
    web.server_close()


def checked(address, kind):
    """What feedcheck has against an address, line by line."""
    result = subprocess.run(
        [sys.executable, FEEDCHECK, address, "--kind", kind], capture_output=True, text=True
    )
    assert result.stdout, result.stderr
    return result.stdout.splitlines()[1:]


def everything():
    """An online date, one at a venue, one of two days, one cancelled; a person booked on all."""
    person = make_practitioner("ann@agency.example")
    winter = NOW.replace(month=11, day=27, hour=10)
    days = [(winter + timedelta(days=n), winter + timedelta(days=n, hours=4)) for n in (0, 7)]
    course = make_course(title="Fear, shame; and “silence”", short_title="Fear, shame and silence")
    dates = [
        make_date(course=course, format=Format.ONLINE),
        make_date(course=course, days=days, starts_at=days[0][0], ends_at=days[1][1]),
        make_date(course=course, state=DateState.CANCELLED, cancelled_at=NOW),
    ]
    for date in dates:
        booking = make_booking(date, practitioner=person)
        diaries.invitations(booking, now=NOW)
    make_booking(practitioner=person, state=BookingState.WAITING)
    database.session.commit()
    return person, dates


def test_programs_find_no_fault_with_any_file_or_feed(server):
    person, dates = everything()
    booking = person.bookings[0]
    teacher, organiser = make_organiser(role=RoleName.TRAINER), make_organiser()
    for date in [*dates, make_date(state=DateState.DRAFT)]:
        date.trainers = [teacher]
    off = make_date(state=DateState.POSTPONED, postponed_at=NOW, trainers=[teacher])
    off.starts_at = off.ends_at = None
    make_booking(off, practitioner=person)
    dates[1].set_days([(day.starts_at, day.ends_at) for day in dates[1].days[:1]], now=NOW)
    database.session.commit()
    for path, kind in (
        ("/programme.ics", "feed"),
        ("/programme.ics?kind=course&places=yes", "feed"),
        (f"/calendars/{links.staff_feed_token(links.MY_DATES, teacher)}/my-dates.ics", "private"),
        (
            f"/calendars/{links.staff_feed_token(links.ALL_DATES, organiser)}/all-dates.ics",
            "private",
        ),
        (f"/my/{links.feed_token(person)}/training.ics", "private"),
        (f"/dates/{dates[1].id}.ics", "download"),
        (f"/courses/{dates[0].course.slug}.ics", "download"),
        (f"/bookings/{links.booking_token(booking)}.ics", "download"),
    ):
        assert checked(server + path, kind) == []


def test_the_checker_sees_a_feed_that_says_now(server, app, monkeypatch):
    make_date()
    monkeypatch.setattr(clock, "now", clock.real_now)
    page = app.view_functions["public.programme_ics"].__wrapped__  # of which nothing is kept

    def restless():
        answer = page()
        answer.set_data(answer.get_data().replace(b"VERSION", b"X-NOW:" + stamp() + b"\r\nVERSION"))
        return answer

    monkeypatch.setitem(app.view_functions, "public.programme_ics", restless)
    assert any("UNSTABLE" in line for line in checked(f"{server}/programme.ics", "feed"))


def stamp():
    return f"{clock.real_now():%H%M%S%f}".encode()


def test_a_download_is_a_file_named_after_title_and_day(client):
    _, dates = everything()
    answer = client.get(f"/dates/{dates[1].id}.ics")
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="fear-shame-and-silence-27-nov-2025.ics"'
    )
    assert [start.day for _, start, _ in by_icalendar(answer.data)] == [27, 4]


def test_the_file_of_a_date_keeps_the_uid_that_feeds_and_invitations_use(client):
    person, dates = everything()
    uid = dates[0].days[0].uid
    booking = links.booking_token(person.bookings[0])
    for path in (
        f"/dates/{dates[0].id}.ics",
        f"/courses/{dates[0].course.slug}.ics",
        "/programme.ics",
        f"/bookings/{booking}.ics",
        f"/my/{links.feed_token(person)}/training.ics",
    ):
        assert f"UID:{uid}" in client.get(path).text


def test_the_join_link_is_in_no_public_answer(client):
    person, dates = everything()
    for path in (
        f"/dates/{dates[0].id}.ics",
        f"/courses/{dates[0].course.slug}.ics",
        "/programme.ics",
    ):
        assert SECRET not in client.get(path).data
    private = (
        f"/bookings/{links.booking_token(person.bookings[0])}.ics",
        f"/my/{links.feed_token(person)}/training.ics",
    )
    for path in private:
        assert SECRET in client.get(path).data


def test_the_programme_feed_has_the_filters_of_its_page(client):
    webinar = make_date(course=make_course(kind=Kind.WEBINAR, title="Webinar"))
    make_date(course=make_course(title="Course"))
    answer = client.get("/programme.ics?kind=webinar")
    assert [title for title, _, _ in by_vobject(answer.data)] == [webinar.course.title]
    assert "X-WR-CALNAME:Safeguarding training\\, Anytown: Webinar" in answer.text
    assert "/programme.ics?kind=webinar" in answer.text.replace("\r\n ", "")


def test_no_address_makes_a_feed_longer_than_its_entries_do(client):
    shortest = len(client.get("/programme.ics").data)
    for name in ("audience", "text", "month", "kind"):
        assert len(client.get(f"/programme.ics?{name}=" + "%3F" * 4000).data) < shortest + 1500


def test_a_feed_for_an_audience_says_so_in_its_name(client):
    make_sector(slug="police", name="Police")
    assert "Anytown: Police" in client.get("/programme.ics?audience=police").text


def test_the_programme_feed_tells_of_cancelled_dates_for_thirty_days(client, monkeypatch):
    make_date(state=DateState.CANCELLED, cancelled_at=NOW)
    event = only_event(client.get("/programme.ics").data)
    assert event["summary"] == "CANCELLED: Safeguarding basics"
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=31))
    assert by_vobject(client.get("/programme.ics").data) == []


@pytest.mark.parametrize("state", [DateState.HELD_BACK, DateState.DRAFT])
def test_what_is_not_settled_is_in_no_calendar(client, state):
    person = make_practitioner()
    date = make_date(state=state)
    make_booking(date, practitioner=person)
    assert client.get(f"/dates/{date.id}.ics").status_code == 404
    assert client.get(f"/courses/{date.course.slug}.ics").status_code == 404
    for path in ("/programme.ics", f"/my/{links.feed_token(person)}/training.ics"):
        assert by_vobject(client.get(path).data) == []


@pytest.mark.parametrize(
    "state", [BookingState.WAITING, BookingState.OFFERED, BookingState.CANCELLED]
)
def test_only_a_place_has_a_file(client, state):
    token = links.booking_token(make_booking(state=state))
    assert client.get(f"/bookings/{token}.ics").status_code == 404


def test_an_altered_address_opens_nothing(client):
    person = make_practitioner()
    other = make_practitioner()
    token = links.feed_token(person).replace(f"{person.id}-", f"{other.id}-", 1)
    assert client.get(f"/my/{token}/training.ics").status_code == 404
    assert client.get("/bookings/1-x.ics").status_code == 404


def test_a_feed_address_that_was_replaced_is_gone(client):
    person = make_practitioner()
    old = f"/my/{links.feed_token(person)}/training.ics"
    assert client.get(old).status_code == 200
    person.feed_generation += 1
    database.session.commit()
    assert client.get(old).status_code == 410
    assert client.get(f"/my/{links.feed_token(person)}/training.ics").status_code == 200


def test_private_calendars_ask_not_to_be_kept_found_or_passed_on(client):
    person, _ = everything()
    feed = client.get(f"/my/{links.feed_token(person)}/training.ics")
    directives = set(feed.headers["Cache-Control"].split(", "))
    assert directives == {"private", "max-age=0", "must-revalidate"}
    assert feed.headers["X-Robots-Tag"] == "noindex"
    assert feed.headers["Referrer-Policy"] == "no-referrer"
    file = client.get(f"/bookings/{links.booking_token(person.bookings[0])}.ics")
    assert "public" not in file.headers["Cache-Control"]
    assert file.headers["X-Robots-Tag"] == "noindex"


def test_no_calendar_touches_the_session(client):
    person, dates = everything()
    with client.session_transaction() as session:
        session["kept"] = "yes"
    for path in (
        "/programme.ics",
        f"/dates/{dates[0].id}.ics",
        f"/my/{links.feed_token(person)}/training.ics",
    ):
        answer = client.get(path)
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert "Set-Cookie" not in answer.headers


def test_who_has_the_newest_copy_is_told_so_in_no_bytes(client):
    make_date()
    first = client.get("/programme.ics")
    again = client.get("/programme.ics", headers={"If-None-Match": first.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert not first.headers["ETag"].startswith("W/")


def test_a_change_gives_new_bytes_and_a_later_date(client, monkeypatch):
    date = make_date()
    first = client.get(f"/dates/{date.id}.ics")
    date.venue.address = ["2 Low Street"]
    date.revise(now=NOW + timedelta(hours=1))
    database.session.commit()
    headers = {"If-None-Match": first.headers["ETag"]}
    second = client.get(f"/dates/{date.id}.ics", headers=headers)
    assert second.status_code == 200
    assert second.last_modified > first.last_modified
    assert faults(second.data, "download") == []


def test_a_date_alone_never_says_that_a_copy_is_the_newest(client):
    make_date()
    known = client.get("/programme.ics").headers["Last-Modified"]
    headers = {"If-None-Match": '"another"', "If-Modified-Since": known}
    assert client.get("/programme.ics", headers=headers).status_code == 200
    assert client.get("/programme.ics", headers={"If-Modified-Since": known}).status_code == 200


def test_a_feed_by_places_left_is_never_called_unchanged_by_date(client, monkeypatch):
    make_date()
    known = client.get("/programme.ics?places=yes").headers["Last-Modified"]
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=1))
    headers = {"If-Modified-Since": known}
    assert client.get("/programme.ics?places=yes", headers=headers).status_code == 200


def settled(monkeypatch, minutes=2):
    """So long after the last change that no other can come under its stamp."""
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=minutes))


def selects(queries):
    return [query for query in queries if query != "BEGIN"]


def a_file_of_each_kind():
    """The address of every calendar that programs fetch."""
    person, dates = everything()
    teacher, organiser = make_organiser(role=RoleName.TRAINER), make_organiser()
    dates[0].trainers = [teacher]
    database.session.commit()
    return [
        "/programme.ics",
        "/programme.ics?kind=course&text=silence",
        f"/dates/{dates[1].id}.ics",
        f"/courses/{dates[0].course.slug}.ics",
        f"/my/{links.feed_token(person)}/training.ics",
        f"/calendars/{links.staff_feed_token(links.MY_DATES, teacher)}/my-dates.ics",
        f"/calendars/{links.staff_feed_token(links.ALL_DATES, organiser)}/all-dates.ics",
    ]


def test_who_has_the_newest_copy_costs_one_query_at_most_whatever_it_opens(client, monkeypatch):
    paths = a_file_of_each_kind()
    settled(monkeypatch)
    for path in paths:
        etag = client.get(path).headers["ETag"]
        with counted() as queries:
            assert client.get(path, headers={"If-None-Match": etag}).status_code == 304
        assert len(selects(queries)) <= 1, path
        with counted() as queries:
            assert client.get(path).headers["ETag"] == etag
        assert len(selects(queries)) <= 1, path


def test_a_change_committed_late_under_an_older_stamp_is_not_hidden(client, monkeypatch):
    """Whoever writes looks at the clock first: the newer stamp can be there before the older."""
    slow, quick = make_date(), make_date()
    paths = ("/programme.ics", f"/dates/{slow.id}.ics")
    quick.revise(now=NOW + timedelta(seconds=3))
    database.session.commit()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(seconds=4))
    etags = [client.get(path).headers["ETag"] for path in paths]
    slow.before_you_come, slow.updated_at = "Bring your badge.", NOW + timedelta(seconds=2)
    database.session.commit()
    for path, etag in zip(paths, etags, strict=True):
        answer = client.get(path, headers={"If-None-Match": etag})
        assert answer.status_code == 200
        assert "Bring your badge." in answer.text.replace("\r\n ", "")


def test_every_change_ends_what_was_the_newest_copy(client, monkeypatch):
    person, teacher = make_practitioner(), make_organiser(role=RoleName.TRAINER)
    date, other = make_date(trainers=[teacher]), make_date()
    booking = make_booking(date, practitioner=person)
    mine = f"/my/{links.feed_token(person)}/training.ics"
    taught = f"/calendars/{links.staff_feed_token(links.MY_DATES, teacher)}/my-dates.ics"
    minutes = [2]

    def etag(path):
        minutes[0] += 2
        settled(monkeypatch, minutes[0])
        first = client.get(path).headers["ETag"]
        assert client.get(path, headers={"If-None-Match": first}).status_code == 304
        return first

    def rewritten(path, change):
        known = etag(path)
        change(NOW + timedelta(minutes=minutes[0]))
        database.session.commit()
        return client.get(path, headers={"If-None-Match": known}).status_code == 200

    for path in ("/programme.ics", mine, taught):
        assert rewritten(path, lambda now: date.revise(now=now))
    assert rewritten(mine, lambda now: practitioners.choose_title(person, True, now=now))
    assert rewritten(taught, lambda now: trainers.set_trainers(other, [teacher], now=now))
    assert rewritten(mine, lambda now: standing.end(booking, Ending.BY_PRACTITIONER, now=now))


def test_at_midnight_what_has_grown_old_leaves_the_newest_copy(client, monkeypatch):
    make_date(starts_at=NOW - timedelta(days=90, hours=2), updated_at=NOW - timedelta(days=99))
    known = client.get("/programme.ics")
    assert len(by_vobject(known.data)) == 1
    headers = {"If-None-Match": known.headers["ETag"]}
    midnight = NOW + timedelta(hours=15)
    monkeypatch.setattr(clock, "now", lambda: midnight - timedelta(seconds=1))
    assert client.get("/programme.ics", headers=headers).status_code == 304
    monkeypatch.setattr(clock, "now", lambda: midnight)
    assert by_vobject(client.get("/programme.ics", headers=headers).data) == []


def test_a_feed_by_places_left_follows_every_booking(client, monkeypatch):
    date = make_date(capacity=1)
    settled(monkeypatch)
    known = client.get("/programme.ics?places=yes").headers["ETag"]
    make_booking(date)
    answer = client.get("/programme.ics?places=yes", headers={"If-None-Match": known})
    assert by_vobject(answer.data) == []


def test_houses_with_other_addresses_do_not_answer_for_each_other(client, house_with, monkeypatch):
    date = make_date()
    settled(monkeypatch)
    for _ in range(2):
        assert f"https://training.example/dates/{date.id}" in client.get("/programme.ics").text
        other = house_with(BASE_URL="https://elsewhere.example").test_client()
        text = other.get("/programme.ics").text.replace("\r\n ", "")
        assert "training.example" not in text
        assert f"https://elsewhere.example/dates/{date.id}" in text


@pytest.mark.parametrize("state", [DateState.POSTPONED, DateState.CANCELLED])
def test_files_that_were_kept_can_be_put_right_when_a_date_is_called_off(client, state):
    course = make_course()
    date = make_date(course=course, state=state, postponed_at=NOW, cancelled_at=NOW)
    if state is DateState.POSTPONED:
        date.starts_at = date.ends_at = None
        database.session.commit()
    for path in (f"/dates/{date.id}.ics", f"/courses/{course.slug}.ics"):
        body = client.get(path).data
        event = only_event(body)
        assert (event["status"], str(event["summary"])) == (
            "CANCELLED",
            "CANCELLED: Safeguarding basics",
        )
        assert faults(body, "download") == []


def test_a_dropped_day_is_cancelled_in_files_and_feeds(client):
    person = make_practitioner()
    days = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=2)) for n in (20, 21)]
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])
    diaries.invitations(make_booking(date, practitioner=person), now=NOW)
    date.set_days(days[1:], now=NOW + timedelta(minutes=1))
    database.session.commit()
    for path in (
        f"/dates/{date.id}.ics",
        f"/courses/{date.course.slug}.ics",
        "/programme.ics",
        f"/my/{links.feed_token(person)}/training.ics",
    ):
        found = Calendar.from_ical(client.get(path).data).walk("VEVENT")
        assert [str(event["status"]) for event in found] == ["CANCELLED", "CONFIRMED"], path


def test_looking_at_the_head_sends_no_body(client):
    make_date()
    body, head = client.get("/programme.ics"), client.head("/programme.ics")
    assert head.status_code == 200
    assert head.data == b""
    assert head.headers["ETag"] == body.headers["ETag"]
    assert head.headers["Content-Length"] == str(len(body.data))


@pytest.mark.slow
def test_feeds_send_the_same_queries_for_300_rows_as_for_3(client):
    person, course = make_practitioner(), make_course()
    teacher = make_organiser()
    paths = [
        f"/calendars/{links.staff_feed_token(links.MY_DATES, teacher)}/my-dates.ics",
        f"/calendars/{links.staff_feed_token(links.ALL_DATES, teacher)}/all-dates.ics",
        "/programme.ics",
        "/programme.ics?places=yes&text=basics",
        f"/courses/{course.slug}.ics",
        f"/my/{links.feed_token(person)}/training.ics",
    ]
    counts = []
    for _ in range(2):
        for _ in range(3 if not counts else 297):
            date = make_date(course=course, venue=make_venue(), trainers=[teacher])
            diaries.invitations(make_booking(date, practitioner=person), now=NOW)
        database.session.commit()
        for path in paths:
            with counted() as queries:
                assert client.get(path).status_code == 200
            counts.append(len(queries))
    assert counts[: len(paths)] == counts[len(paths) :]
    assert max(counts) <= 12


@pytest.mark.slow
def test_5000_dates_are_as_much_as_google_reads(client):
    make_many_dates(5000)
    body = client.get("/programme.ics").data
    assert 900_000 < len(body) < 1_000_000
    assert faults(body, "feed") == []


def test_robots_may_fetch_every_feed(client):
    rules = RobotFileParser()
    rules.parse(client.get("/robots.txt").text.splitlines())
    for path in (
        "/programme.ics",
        "/my/1-secret/training.ics",
        "/dates/1.ics",
        "/courses/x.ics",
        "/calendars/1-secret/x.ics",
    ):
        assert rules.can_fetch("Google-Calendar-Importer", path)


def test_the_help_page_has_the_feed_in_both_forms(client):
    page = client.get("/help/calendar").text
    assert "webcal://training.example/programme.ics" in page
    assert re.search(r"<code[^>]*>https://training.example/programme.ics</code>", page)
    assert "can take a day" in page
