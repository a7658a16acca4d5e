"""Asking to be told of new dates, and stopping it."""

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.makers import make_course, make_date, make_partnership, save
from tests.web.reading import buttons, heading, links, main, typed, without_secrets, wrong
from webapp.models import DateState, Email, Interest, Kind
from webapp.services.links import interest_token

ANN = {"name": "Ann Example", "email": "ann@agency.example"}


@pytest.fixture(autouse=True)
def _house(db):
    make_partnership()


def make_interest(course=None, **facts):
    return save(
        Interest(
            course=course or make_course(),
            **{**ANN, "registered_at": NOW, "link_generation": 0, **facts},
        )
    )


def path(interest):
    return f"/interests/{interest_token(interest)}"


def number(db, what):
    return db.session.scalar(select(func.count()).select_from(what))


def test_an_interest_is_kept_and_confirmed_by_mail(client, db):
    course = make_course(slug="basics", title="Basics")

    answer = client.post("/courses/basics/interest", data={**ANN, "email": "Ann@Agency.example"})

    assert answer.location == "/courses/basics/interest/written"
    page = client.get(answer.location)
    assert heading(page) == "Check your email"
    assert "We have written to ann@agency.example." in main(page).text
    interest = db.session.scalars(select(Interest)).one()
    assert (interest.name, interest.email) == ("Ann Example", "ann@agency.example")
    assert interest.course_id == course.id
    mail = db.session.scalars(select(Email)).one()
    assert (mail.to, mail.kind) == ("ann@agency.example", "interest_registered")


def test_asking_twice_ends_on_the_very_same_page_and_counts_once(app, client, db):
    make_course(slug="basics")
    pages = []
    for name in ("Ann Example", "Eve Other"):
        visitor = app.test_client()
        answer = visitor.post("/courses/basics/interest", data={**ANN, "name": name})
        pages.append((answer.location, without_secrets(visitor.get(answer.location))))

    assert pages[0] == pages[1]
    assert db.session.scalars(select(Interest.name)).all() == ["Ann Example"]
    assert number(db, Email) == 2


@pytest.mark.parametrize(
    "facts",
    [
        None,
        {"state": DateState.HELD_BACK, "starts_at": None},
        {"capacity": 0},
        {"state": DateState.CANCELLED},
    ],
    ids=["no dates", "held back", "full", "cancelled"],
)
def test_it_can_be_asked_whatever_the_dates_are_like(client, db, facts):
    course = make_course(slug="basics")
    if facts is not None:
        make_date(course=course, **facts)

    assert client.post("/courses/basics/interest", data=ANN).status_code == 302
    assert number(db, Interest) == 1


def test_e_learning_and_what_is_not_published_are_not_found(client, db):
    make_course(slug="e", kind=Kind.E_LEARNING)
    make_course(slug="draft", is_published=False)

    for slug in ("e", "draft", "none"):
        assert client.get(f"/courses/{slug}/interest").status_code == 404
        assert client.post(f"/courses/{slug}/interest", data=ANN).status_code == 404
    assert number(db, Interest) == 0


def test_an_empty_form_says_what_is_missing(client):
    make_course(slug="basics")

    page = client.post("/courses/basics/interest", data={"name": " "})

    assert wrong(page) == {
        "name": "Enter your full name",
        "email": "Enter your work email address",
    }


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "x" * 4000, "Full name must be 200 characters or fewer"),
        ("email", "ann@x", "Enter an email address in the correct format, like name@example.com"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field_and_kept(client, db, field, value, sentence):
    make_course(slug="basics")

    page = client.post("/courses/basics/interest", data={**ANN, field: value})

    assert wrong(page) == {field: sentence}
    assert {name: typed(page, name) for name in ANN} == {**ANN, field: value}
    assert number(db, Interest) == number(db, Email) == 0


def test_hostile_names_do_no_harm(client, db):
    make_course(slug="basics")

    client.post("/courses/basics/interest", data={**ANN, "name": "<b>\x00नमस्ते\u202e 👩🏽‍🏫"})

    assert db.session.scalars(select(Interest.name)).one() == "<b>नमस्ते 👩🏽‍🏫"


def test_the_page_after_is_only_for_who_asked(client):
    make_course(slug="basics")

    assert client.get("/courses/basics/interest/written").status_code == 410


def test_the_link_asks_first_and_a_button_withdraws(client, db):
    interest = make_interest(make_course(slug="basics", title="Basics"))

    page = client.get(path(interest))
    assert heading(page) == "Stop being told of new dates"
    assert "Basics" in main(page).text
    assert buttons(page) == ["Stop writing to me"]
    assert db.session.get(Interest, interest.id).withdrawn_at is None

    page = client.get(client.post(path(interest)).location)
    assert heading(page) == "You are no longer told of new dates"
    assert links(page)["Ask to be told again"] == "/courses/basics/interest"
    assert buttons(page) == []
    assert db.session.get(Interest, interest.id).withdrawn_at == NOW


def test_withdrawing_twice_is_harmless_and_mailed_once(client, db):
    interest = make_interest()

    for _ in range(2):
        assert client.post(path(interest)).status_code == 302

    assert number(db, Email) == 1


def test_after_withdrawing_one_can_ask_again(client, db):
    interest = make_interest(make_course(slug="basics"), withdrawn_at=NOW)

    client.post("/courses/basics/interest", data=ANN)

    assert number(db, Interest) == 2
    assert interest.withdrawn_at == NOW


def test_a_link_that_was_replaced_or_altered_withdraws_nothing(client, db):
    interest, other = make_interest(), make_interest()
    right = path(interest)

    assert client.post(right[:-1] + "-").status_code == 404
    assert client.post(right.replace(f"/{interest.id}-", f"/{other.id}-")).status_code == 404
    interest.link_generation += 1
    save(interest)
    assert client.post(right).status_code == 410
    assert db.session.scalars(select(Interest.withdrawn_at)).all() == [None, None]


def test_withdrawing_needs_its_token(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    assert client.post(path(make_interest())).status_code == 400
