"""An organiser answers those who asked to be forgotten."""

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_practitioner, make_terms
from tests.people import kinds
from tests.queries import counted
from tests.web.reading import heading, links, main, wrong
from webapp.models import AuditLine, Practitioner


@pytest.fixture
def ann(partnership):
    make_terms()
    person = make_practitioner("ann@agency.example")
    person.erasure_asked_at = NOW
    make_booking(practitioner=person)
    return person


def actions(db):
    return db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()


def test_the_first_page_leads_to_the_request(signed_in, ann):
    home = signed_in.get("/organiser/")
    assert "1 person asks us to erase their data" in main(home).text
    waiting = signed_in.get(links(home)["Answer the request"])
    page = signed_in.get(links(waiting)["ann@agency.example"])

    assert heading(page) == "Erase the data of ann@agency.example"
    assert "they are taken off Safeguarding basics" in main(page).text


def test_without_a_request_the_first_page_says_nothing(signed_in, partnership):
    assert "erase" not in main(signed_in.get("/organiser/")).text
    assert "Nobody is waiting" in main(signed_in.get("/organiser/erasures")).text


def test_erasing_is_one_button_and_is_written_down_without_a_name(signed_in, ann, db):
    answer = signed_in.post(f"/organiser/erasures/{ann.id}/erase")

    assert answer.location == "/organiser/erasures"
    assert db.session.get(Practitioner, ann.id).email == f"erased-{ann.id}@erased.invalid"
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.detail) == ("erased a person", f"person {ann.id}")
    assert "This was done" in main(signed_in.get(f"/organiser/erasures/{ann.id}")).text
    assert signed_in.post(f"/organiser/erasures/{ann.id}/erase").status_code == 409


def test_declining_needs_a_reason(signed_in, ann, db):
    url = f"/organiser/erasures/{ann.id}/decline"
    assert wrong(signed_in.post(url, data={"reason": ""})) == {"reason": "Enter why we keep it"}

    signed_in.post(url, data={"reason": "A court asked."})

    assert kinds("ann@agency.example") == ["erasure_declined"]
    assert actions(db) == ["declined to erase a person"]


def test_who_has_not_asked_is_not_shown(signed_in, partnership):
    person = make_practitioner()
    assert signed_in.get(f"/organiser/erasures/{person.id}").status_code == 404
    assert signed_in.post(f"/organiser/erasures/{person.id}/erase").status_code == 404


def test_looking_is_written_down(signed_in, ann, db):
    signed_in.get("/organiser/erasures")
    signed_in.get(f"/organiser/erasures/{ann.id}")
    assert actions(db) == ["saw who asked to be erased"] * 2


def test_the_list_asks_as_little_for_many_as_for_few(signed_in, partnership, db):
    asked = []
    for more in (3, 297):
        for _ in range(more):
            number = len(asked) * 1000 + _
            db.session.add(
                Practitioner(
                    email=f"p{number}@agency.example", created_at=NOW, erasure_asked_at=NOW
                )
            )
        db.session.commit()
        with counted() as sent:
            signed_in.get("/organiser/erasures")
        asked.append(len(sent))
    assert asked[0] == asked[1]
