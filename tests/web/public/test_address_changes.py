"""Changing one's address, from the page that asks to the button in each mailbox."""

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_date
from tests.people import book, kinds, settle_in
from tests.web.reading import heading, links, main, typed, wrong
from webapp.models import AddressChange
from webapp.services import practitioners
from webapp.services.links import address_token, booking_token, my_token

OLD, NEW = "ann@agency.example", "ann@other.example"


@pytest.fixture
def ann(db):
    settle_in()
    return book(make_date(), OLD).practitioner


def path(ann):
    return f"/my/{my_token(ann, NOW)}/address"


def confirming(db, side):
    change = db.session.scalars(select(AddressChange)).one()
    return f"/addresses/{side}/{address_token(change, side)}"


def test_the_whole_way_from_the_bookings_to_the_new_address(client, ann, db):
    page = client.get(
        links(client.get(f"/my/{my_token(ann, NOW)}"))["Change your work email address"]
    )
    assert heading(page) == "Change your work email address"
    answer = client.post(path(ann), data={"email": NEW.upper()})
    assert (
        f"You asked on Thursday 17 April 2025 to change to {NEW}"
        in main(client.get(answer.location)).text
    )

    old, new = confirming(db, "old"), confirming(db, "new")
    assert client.get(old).status_code == client.get(new).status_code == 200
    assert practitioners.find(NEW) is None, "looking changes nothing"
    assert client.post(old).location == old
    assert "the other of the two addresses has not" in main(client.get(old)).text
    assert client.post(new).location == "/my"
    assert practitioners.find(NEW).id == ann.id
    assert client.get(new).status_code == 404


@pytest.mark.parametrize(
    ("email", "said"),
    [
        ("", "Enter your new work email address"),
        ("ann", "Enter an email address in the correct format, like name@example.com"),
        (OLD, "This is the address we have. Enter the new one"),
    ],
)
def test_what_is_wrong_is_said_beside_the_field(client, ann, db, email, said):
    page = client.post(path(ann), data={"email": email})
    assert wrong(page) == {"email": said}
    assert typed(page, "email") == email
    assert "address_to_confirm" not in kinds()


def test_nobody_is_flooded_with_mails_to_confirm(client, ann):
    answers = [client.post(path(ann), data={"email": NEW}).status_code for _ in range(11)]
    assert answers == [302] * 10 + [429]


def test_booked_under_both_addresses_the_page_says_what_to_do(client, ann, db):
    book(ann.bookings[0].course_date, NEW, submission="other")
    client.post(path(ann), data={"email": NEW})
    old, new = confirming(db, "old"), confirming(db, "new")
    client.post(old)

    answer = client.post(new)

    assert answer.status_code == 409
    assert "with both addresses" in main(answer).text
    assert practitioners.find(OLD).id == ann.id


def test_a_link_says_which_mailbox_and_no_other_will_do(client, ann, db):
    client.post(path(ann), data={"email": NEW})
    token = confirming(db, "old").rpartition("/")[2]
    assert client.post(f"/addresses/new/{token}").status_code == 404
    assert client.post(f"/addresses/other/{token}").status_code == 404
    assert client.post(f"/addresses/old/{booking_token(ann.bookings[0])}").status_code == 404
