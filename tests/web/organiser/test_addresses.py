"""An organiser answers for somebody whose old mailbox is lost."""

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_date
from tests.people import book, kinds, settle_in
from tests.web.reading import filled_in, heading, links, main, read, typed, wrong
from webapp.models import AddressChange, AuditLine
from webapp.services import practitioners
from webapp.services.links import address_token, booking_token, my_token

OLD, NEW = "ann@agency.example", "ann@other.example"


@pytest.fixture
def booking(db):
    settle_in()
    return book(make_date(), OLD)


def path(booking):
    return f"/organiser/bookings/{booking.id}/address"


def asked(client, booking, **facts):
    page = client.get(path(booking))
    return client.post(path(booking), data=filled_in(page, **facts))


def test_the_whole_way_from_the_booking_to_the_new_address(signed_in, client, booking, db):
    page = signed_in.get(f"/organiser/bookings/{booking.id}")
    assert links(page)["Have they lost this mailbox?"] == path(booking)
    assert heading(signed_in.get(path(booking))) == "Change the address of Ann Example"
    old_link = f"/bookings/{booking_token(booking)}"
    answer = asked(signed_in, booking, known_by="rang", email=NEW.upper())
    after = signed_in.get(answer.location)
    assert f"We have written to {NEW}. The address changes once they press" in read(after).text
    assert (
        f"to change to {NEW}, which has not confirmed it" in main(signed_in.get(path(booking))).text
    )

    change = db.session.scalars(select(AddressChange)).one()
    new = f"/addresses/new/{address_token(change, 'new')}"
    assert client.get(new).status_code == 200
    assert practitioners.find(NEW) is None, "looking changes nothing"
    assert client.post(new).location == "/my"
    assert practitioners.find(NEW).id == booking.practitioner_id
    assert client.get(old_link).status_code == 410


def test_the_log_says_how_they_were_known_and_no_address(signed_in, booking, db):
    asked(signed_in, booking, known_by="manager", email=NEW)
    line = db.session.scalars(
        select(AuditLine).where(AuditLine.action == "asked for another address of a person")
    ).one()
    assert line.booking_id == booking.id
    assert line.detail.startswith("Their line manager")
    lines = db.session.scalars(select(AuditLine)).all()
    assert not [one for one in lines if "@" in f"{one.action}{one.detail}"]


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ({"email": NEW}, {"known_by": "Choose how you know that it is them"}),
        ({"known_by": "rang"}, {"email": "Enter their new work email address"}),
        (
            {"known_by": "met", "email": OLD},
            {"email": "This is the address we have. Enter the new one"},
        ),
    ],
)
def test_what_is_wrong_is_said_beside_the_field_and_nobody_is_written_to(
    signed_in, booking, facts, said
):
    page = asked(signed_in, booking, **facts)
    assert wrong(page) == said
    assert (typed(page, "email") or "") == facts.get("email", "")
    assert kinds() == ["booking_confirmed"]


def test_an_address_that_is_asked_for_is_not_shown_behind_a_link_to_the_old_mailbox(
    signed_in, client, booking
):
    signed_in.get(asked(signed_in, booking, known_by="rang", email=NEW).location)
    page = client.get(f"/my/{my_token(booking.practitioner, NOW)}/address")
    assert "We were asked on Thursday 17 April 2025" in main(page).text
    assert NEW not in main(page).text
