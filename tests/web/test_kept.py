"""What is kept of the public pages never says anything that a new answer would not."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_date, make_organiser
from tests.people import book, settle_in
from tests.queries import counted
from tests.web.reading import main, read
from webapp import clock
from webapp.services import cancelling
from webapp.web import kept

SECOND = timedelta(seconds=1)


@pytest.fixture
def paths(db):
    """Every address whose answer is kept, with and without a filter."""
    settle_in()
    date = make_date(capacity=3)
    return [
        "/",
        "/?view=month",
        "/?view=past",
        "/?places=yes",
        f"/dates/{date.id}",
        f"/courses/{date.course.slug}",
        f"/dates/{date.id}.ics",
        f"/courses/{date.course.slug}.ics",
        "/?view=month&month=2025-05",
        "/?view=month&day=2025-05-01",
        "/programme.ics",
    ]


def looks(client, path):
    """What somebody is sent, without the word that is another in each answer and what is for their
    browser alone."""
    answer = client.get(path)
    nonce = answer.headers["Content-Security-Policy"].partition("'nonce-")[2].partition("'")[0]
    said = [(name, value.replace(nonce, "nonce")) for name, value in answer.headers]
    headers = sorted(pair for pair in said if pair[0] != "Set-Cookie")
    return answer.status_code, answer.text.replace(nonce, "nonce"), headers


def test_the_second_visitor_sees_what_the_first_saw_and_the_database_is_hardly_asked(client, paths):
    for path in paths:
        first = looks(client, path)
        with counted() as queries:
            assert looks(client, path) == first
        assert len(queries) <= 1, path


def test_who_shows_nothing_of_themselves_is_looked_at_by_nothing(app, client, paths, monkeypatch):
    first = [looks(client, path) for path in paths]

    def open_session(*_):
        raise AssertionError

    monkeypatch.setattr(app.session_interface, "open_session", open_session)
    assert [looks(client, path) for path in paths] == first
    client.set_cookie("session", "a word of theirs")
    with pytest.raises(AssertionError):
        looks(client, "/")


def test_who_brings_a_cookie_or_asks_for_the_head_alone_is_sent_the_same(app, client, paths):
    visitor = app.test_client()
    visitor.set_cookie("session", "a word of theirs")
    for path in paths:
        status, text, headers = looks(client, path)
        with counted() as queries:
            assert looks(visitor, path) == (status, text, headers)
            head = client.head(path)
        assert len(queries) <= 2, path
        assert (head.status_code, head.data) == (status, b"")
        assert {name for name, _ in head.headers} == {name for name, _ in headers}


def test_whoever_has_the_calendar_already_leaves_it_to_whoever_has_not(client, paths):
    first = client.get("/programme.ics")
    kept.answers.clear()
    for _ in range(2):
        mark = {"If-None-Match": first.headers["ETag"]}
        again = client.get("/programme.ics", headers=mark)
        assert (again.status_code, again.data) == (304, b"")
    with counted() as queries:
        whole = client.get("/programme.ics")
    assert len(queries) <= 1
    assert (whole.status_code, whole.data) == (200, first.data)
    assert whole.headers["Content-Length"] == str(len(first.data))


def test_what_anybody_books_or_gives_up_is_seen_by_whoever_comes_next(client, db, paths):
    date = make_date(capacity=1)
    page = f"/dates/{date.id}"
    assert "1 place left" in main(client.get(page)).text
    booking = book(date)
    assert "1 place left" not in main(client.get(page)).text
    assert "Join the waiting list" in main(client.get(page)).text
    cancelling.cancel(booking, now=NOW)
    db.session.commit()
    assert "1 place left" in main(client.get(page)).text


def test_after_every_change_it_says_what_it_would_say_with_nothing_kept(client, db, paths):
    date = make_date(capacity=2, starts_at=NOW + timedelta(days=3))
    paths += [f"/dates/{date.id}", f"/dates/{date.id}.ics"]

    def change_title():
        date.course.title = "Another title"
        date.course.updated_at = NOW

    changes = [
        lambda: book(date),
        lambda: book(date, "zoe@agency.example"),
        lambda: book(date, "third@agency.example"),
        change_title,
        lambda: setattr(date, "capacity", 9),
        lambda: make_date(course=date.course),
    ]
    for change in changes:
        for path in paths:
            looks(client, path)
        change()
        db.session.commit()
        found = {path: looks(client, path) for path in paths}
        for path in paths:
            kept.answers.clear()
            assert looks(client, path) == found[path], path


def test_when_booking_closes_the_page_says_so_at_that_minute(client, db, monkeypatch):
    settle_in()
    date = make_date(closes_at=NOW + timedelta(minutes=5))
    page = f"/dates/{date.id}"
    for moment, is_open in ((299 * SECOND, True), (300 * SECOND, False)):
        monkeypatch.setattr(clock, "now", lambda moment=moment: NOW + moment)
        client.get(page)
        assert ("Book a place" in main(client.get(page)).text) is is_open


def test_each_answer_names_scripts_of_its_own(client, paths):
    nonces = set()
    for _ in range(3):
        answer = client.get("/")
        [nonce] = {script["nonce"] for script in read(answer).all("script") if script.get("nonce")}
        assert f"'nonce-{nonce}'" in answer.headers["Content-Security-Policy"]
        nonces.add(nonce)
    assert len(nonces) == 3


def test_what_somebody_is_told_or_sees_signed_in_is_theirs_alone(app, client, paths):
    organiser, visitor = make_organiser(), app.test_client()
    with client.session_transaction() as session:
        session["_user_id"] = organiser.fs_uniquifier
        session["_flashes"] = [("success", "Only for you")]
    assert "Only for you" in client.get("/").text
    assert "For organisers" in client.get("/").text
    for page in (visitor.get("/"), visitor.get("/")):
        assert "Only for you" not in page.text
        assert "Sign in for organisers" in page.text


def test_who_has_filled_in_a_form_gets_the_same_as_anybody(app, client, paths):
    with client.session_transaction() as session:
        session["csrf_token"] = "a word of theirs"
    assert "Set-Cookie" in client.get("/").headers
    assert looks(client, "/") == looks(app.test_client(), "/")
    assert "Set-Cookie" not in app.test_client().get("/").headers


def test_another_host_gets_nothing_that_was_made_for_ours(client, paths):
    client.get("/", base_url="http://evil.example")
    assert "evil.example" not in client.get("/").text


def test_what_is_not_there_is_looked_for_each_time(client, paths):
    assert client.get("/dates/4711").status_code == 404
    make_date(id=4711)
    assert client.get("/dates/4711").status_code == 200
