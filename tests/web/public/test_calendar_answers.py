"""Every file and feed as an answer over HTTP: what programs that fetch calendars trip over."""

import re

import pytest

from tests.makers import make_booking, make_course, make_date, make_organiser, make_partnership
from webapp.models import RoleName
from webapp.services import links

FEEDS = ("programme", "personal", "trainer's", "organisers'")
FILES = ("date", "course", "booking")
PRIVATE = ("personal", "trainer's", "organisers'", "booking")
every = pytest.mark.parametrize("name", [*FEEDS, *FILES])


@pytest.fixture
def path(name, app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    make_partnership()
    title = "Harmful Sexual Behaviour"
    booking = make_booking(make_date(course=make_course(title=title, short_title=title)))
    date, trainer = booking.course_date, make_organiser(role=RoleName.TRAINER)
    organiser = make_organiser()
    date.trainers.append(trainer)
    db.session.commit()
    teaching = links.staff_feed_token(links.MY_DATES, trainer)
    organising = links.staff_feed_token(links.ALL_DATES, organiser)
    return {
        "programme": "/programme.ics",
        "personal": f"/my/{links.feed_token(booking.practitioner)}/training.ics",
        "trainer's": f"/calendars/{teaching}/my-dates.ics",
        "organisers'": f"/calendars/{organising}/all-dates.ics",
        "date": f"/dates/{date.id}.ics",
        "course": f"/courses/{date.course.slug}.ics",
        "booking": f"/bookings/{links.booking_token(booking)}.ics",
    }[name]


@every
def test_it_is_a_calendar_at_once_and_as_it_is(client, path):
    answer = client.get(path, headers={"Accept-Encoding": "gzip, br"})
    assert (answer.status_code, answer.history) == (200, ())
    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "Content-Encoding" not in answer.headers
    assert "Set-Cookie" not in answer.headers
    assert answer.data.startswith(b"BEGIN:VCALENDAR\r\n")
    assert b"\r\nUID:" in answer.data


@every
def test_a_file_is_saved_under_a_name_and_a_feed_is_read_where_it_is(client, path, name):
    kind, _, rest = client.get(path).headers["Content-Disposition"].partition("; ")
    assert kind == ("inline" if name in FEEDS else "attachment")
    stem = "harmful-sexual-behaviour"
    if name in FILES:
        day = "" if name == "course" else "-1-may-2025"
        assert rest == f'filename="{stem}{day}.ics"'
    assert path.endswith(".ics")


@every
def test_it_is_asked_for_again_each_time_and_not_sent_twice(client, path, name):
    answer = client.get(path)
    directives = set(answer.headers["Cache-Control"].split(", "))
    if name in FEEDS:
        assert {"max-age=0", "must-revalidate"} < directives
    assert ("public" in directives) is (name not in PRIVATE)
    mark = answer.headers["ETag"]
    assert re.fullmatch(r'"[^"]+"', mark)
    again = client.get(path, headers={"If-None-Match": mark})
    assert (again.status_code, again.data, again.headers["ETag"]) == (304, b"", mark)


@every
def test_what_is_private_is_found_and_passed_on_by_nobody(client, path, name):
    headers = client.get(path).headers
    private = name in PRIVATE
    assert ("noindex" in headers.get("X-Robots-Tag", "")) is private
    if private:
        assert headers["Referrer-Policy"] == ("no-referrer" if name in FEEDS else "same-origin")
        secret = re.search(r"/\d+-([\w-]+?)(?:/|\.)", path)[1]
        assert len(secret) == 43  # 32 bytes, six bits a letter


@every
def test_it_can_be_looked_at_without_being_sent(client, path):
    whole, head = client.get(path), client.head(path)
    assert (head.status_code, head.data) == (200, b"")
    for said in ("Content-Type", "Content-Length", "ETag", "Last-Modified"):
        assert head.headers[said] == whole.headers[said]
