import re

import pytest
from flask import abort
from sqlalchemy import text
from sqlalchemy.exc import IntegrityError, OperationalError, ProgrammingError

from tests.makers import make_booking, make_date, make_partnership, make_terms
from tests.web.reading import buttons, heading, links, main, read, title
from webapp.db import db as database
from webapp.errors import Gone, Refused, TooManyTries
from webapp.services import links as private_links
from webapp.services import partnership, programme


@pytest.fixture
def breaking(app, db, monkeypatch):
    """Makes the programme page raise what a test says; the client of an app that hides faults."""

    def make(error):
        def fail(*_args, **_facts):
            raise error

        monkeypatch.setattr(programme, "months", fail)
        monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
        return app.test_client()

    return make


def test_an_unknown_page_is_not_found_and_says_what_to_do(client, db):
    make_partnership()
    response = client.get("/no/such/page")
    assert response.status_code == 404
    assert heading(response) == "Page not found"
    assert title(response).startswith("Page not found – Safeguarding training – Anytown")
    assert "/my" in links(response).values()
    assert "training@partnership.example" in main(response).text


@pytest.mark.parametrize("path", ["/%00", "/dates/x", "/courses/%E2%80%AE", "/static/none.css"])
def test_odd_addresses_are_not_found_either(client, db, path):
    response = client.get(path)
    assert response.status_code == 404
    assert heading(response) == "Page not found"


def test_an_altered_link_is_not_found(client, db):
    make_partnership()
    token = private_links.booking_token(make_booking(make_date()))
    assert client.get(f"/bookings/{token[:-1]}").status_code == 404


def test_a_replaced_link_is_gone_and_says_where_to_get_a_fresh_one(client, db):
    make_partnership()
    booking = make_booking(make_date())
    token = private_links.booking_token(booking)
    booking.link_generation += 1
    db.session.commit()

    response = client.get(f"/bookings/{token}")

    assert response.status_code == 410
    assert heading(response) == "This link no longer works"
    assert links(response)["Get a fresh link"] == "/my"


@pytest.mark.parametrize(
    ("error", "code", "words"),
    [
        (Gone("This link has expired."), 410, "This link has expired."),
        (Refused("Somebody was quicker."), 409, "Somebody was quicker."),
        (TooManyTries("Too often."), 429, "Too often."),
    ],
)
def test_what_the_domain_refuses_is_said_in_its_own_words(breaking, error, code, words):
    response = breaking(error).get("/")
    assert response.status_code == code
    assert words in main(response).text


@pytest.mark.parametrize("code", [400, 403, 404, 405, 410, 413, 415, 418, 429, 500, 503])
def test_every_answer_of_the_web_has_a_page_of_ours(app, breaking, code):
    with app.test_request_context():
        try:
            abort(code)
        except Exception as error:
            raised = error
    response = breaking(raised).get("/")
    assert response.status_code == code
    assert len(read(response).all("h1")) == 1
    assert main(response).all("p")
    assert "Traceback" not in response.text


def test_a_form_sent_to_a_page_without_one_says_which_methods_it_takes(client, db):
    response = client.post("/privacy")
    assert response.status_code == 405
    assert "GET" in response.headers["Allow"]


def test_too_much_at_once_is_refused(client, db):
    make_partnership()
    make_terms()
    date = make_date()
    response = client.post(f"/dates/{date.id}/book", data={"access": "x" * 1_100_000})
    assert response.status_code == 413
    assert heading(response) == "That was too much to send at once"
    assert "a shorter text, or a smaller file" in main(response).text


def test_a_fault_says_sorry_and_tells_nothing_else(breaking, caplog):
    response = breaking(RuntimeError("secret inner words")).get("/")
    assert response.status_code == 500
    assert heading(response) == "Sorry, there is a problem with the service"
    assert "secret inner words" not in response.text
    assert "secret inner words" in caplog.text


def test_the_log_of_a_fault_holds_no_private_link(app, db, monkeypatch, caplog):
    make_partnership()
    token = private_links.booking_token(make_booking(make_date()))
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)

    def fail(token):
        raise RuntimeError(f"Nobody foresaw /bookings/{token}")

    monkeypatch.setattr(private_links, "open_booking", fail)
    assert app.test_client().get(f"/bookings/{token}").status_code == 500
    assert "Exception on /bookings/… [GET]" in caplog.text
    assert "Nobody foresaw /bookings/…" in caplog.text
    assert token not in caplog.text


def test_the_log_of_a_refused_statement_holds_nothing_that_people_told_us(
    app, db, monkeypatch, caplog
):
    monkeypatch.setitem(app.config, "PROPAGATE_EXCEPTIONS", False)
    told = {"needs": "a hearing loop"}

    def fail(_now):
        database.session.execute(text("SELECT :needs FROM nowhere"), told)

    monkeypatch.setattr(programme, "months", fail)
    app.test_client().get("/")
    assert "FROM nowhere" in caplog.text
    assert "hearing loop" not in caplog.text


def test_the_log_leaves_out_the_row_that_postgresql_shows(breaking, caplog):
    said = "no null here\nDETAIL:  Failing row contains (7, ann@police.example,\n\nA hearing loop)."
    breaking(IntegrityError("INSERT", {}, Exception(said))).get("/")
    assert "no null here" in caplog.text
    assert "[SQL: INSERT]" in caplog.text
    assert "ann@police" not in caplog.text
    assert "hearing loop" not in caplog.text


def test_a_locked_database_says_that_nothing_was_booked(breaking, caplog):
    response = breaking(OperationalError("SELECT", {}, Exception("database is locked"))).get("/")
    assert response.status_code == 503
    assert "Nothing was booked, changed or saved." in main(response).text
    assert "database is locked" in caplog.text


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("SELECT", {}, Exception("connection refused")),
        # PostgreSQL before `flask db upgrade`.
        ProgrammingError("SELECT", {}, Exception('relation "partnership" does not exist')),
    ],
)
def test_the_page_shows_even_when_the_partnership_cannot_be_read(breaking, monkeypatch, error):
    def gone():
        raise error

    monkeypatch.setattr(partnership, "get", gone)
    response = breaking(error).get("/")
    assert response.status_code == 503
    assert title(response) == "Sorry, the service is not answering – Safeguarding training"


def test_a_database_that_is_not_there_is_said_politely(house_with, db, tmp_path, caplog):
    nowhere = house_with(SQLALCHEMY_DATABASE_URI=f"sqlite:///{tmp_path}/no/such/folder/x.db")
    response = nowhere.test_client().get("/")
    assert response.status_code == 503
    assert "Nothing was booked" in response.text
    assert "unable to open database file" in caplog.text


def test_what_a_request_had_begun_is_undone_before_its_error_page(app, db, monkeypatch):
    make_partnership(name="As it was")

    def half(*_args):
        partnership.get().name = "Half done"
        database.session.flush()
        raise Refused("No.")

    monkeypatch.setattr(programme, "months", half)
    assert "As it was" in app.test_client().get("/").text


def test_a_page_open_too_long_hands_back_what_was_typed(house_with, db):
    make_partnership()
    make_terms()
    date = make_date()
    visitor = house_with(WTF_CSRF_ENABLED=True).test_client()

    response = visitor.post(
        f"/dates/{date.id}/book?from=mail",
        data={"csrf_token": "too old", "name": 'Ann "X" <b>', "needs": ["one", "two"]},
        headers={"Origin": "http://localhost"},
    )

    assert response.status_code == 400
    assert heading(response) == "This page was open too long"
    assert buttons(response) == ["Send it again"]
    form = main(response).one("form")
    assert form["action"] == f"/dates/{date.id}/book?from=mail"
    sent = [(field["name"], field["value"]) for field in form.all("input")]
    assert sent[1:] == [("name", 'Ann "X" <b>'), ("needs", "one"), ("needs", "two")]

    again = visitor.post(form["action"], data=dict(sent), headers={"Origin": "http://localhost"})
    assert heading(again) == "Book a place"  # and no longer a page about its age


@pytest.mark.parametrize("origin", [None, "https://evil.example", "null", "http://localhost.evil"])
def test_what_a_strangers_page_sends_is_not_handed_back(house_with, db, origin):
    date = make_date()
    headers = {"Origin": origin} if origin else {}
    response = (
        house_with(WTF_CSRF_ENABLED=True)
        .test_client()
        .post(f"/dates/{date.id}/book", data={"name": "Put in my mouth"}, headers=headers)
    )
    assert response.status_code == 400
    assert "Put in my mouth" not in response.text
    assert buttons(response) == []


def test_a_password_is_never_handed_back(house_with, db):
    response = (
        house_with(WTF_CSRF_ENABLED=True)
        .test_client()
        .post(
            "/organiser/sign-in",
            data={"email": "a@b.example", "password": "hunter2"},
            headers={"Origin": "http://localhost"},
        )
    )
    assert response.status_code == 400
    assert "hunter2" not in response.text


def test_error_pages_have_the_same_guards_as_any_other(client, db):
    response = client.get("/no/such/page")
    assert re.search(r"script-src 'self' 'nonce-", response.headers["Content-Security-Policy"])
    assert response.headers["Cache-Control"] == "no-store"
