"""Private links tried where they do not belong: each opens what it was made for, no more."""

import re

import pytest
from sqlalchemy import select, text

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_date,
    make_email,
    make_interest,
    make_organiser,
    make_partnership,
    make_terms,
    save,
)
from tests.people import settle_in
from tests.web.reading import filled_in
from webapp.db import Base
from webapp.models import AddressChange, Course, Email, RoleName
from webapp.services import delivery, links

# What each page with a private link in its address is opened by.
OPENED_BY = {
    "booking": """booking booking_ics change_booking cancel_booking send_colleague offer book_again
        choose_date reply certificate handout""",
    "evaluation": "evaluation evaluation_given",
    "manager": "manager",
    "team": "bookings_made cancel_made",
    "my": """my_bookings new_feed diary end_links change_address own_data own_data_json erasure
        keep_data training_record""",
    "feed": "my_feed",
    "my dates": "my_dates_feed",
    "all dates": "all_dates_feed",
    "interest": "withdraw_interest",
    "old address": "confirm_address",
    "password": "choose_password",
}
KIND_OF = {page: kind for kind, pages in OPENED_BY.items() for page in pages.split()}
# Without a certificate, a handout or an evaluation there is nothing to open.
NOTHING_THERE = {"certificate", "handout", "training_record", "evaluation", "evaluation_given"}


def tokens(booking, interest, change, organiser):
    who = booking.practitioner
    return {
        "booking": links.booking_token(booking),
        "evaluation": links.evaluation_token(booking),
        "manager": links.manager_token(booking),
        "team": links.team_token(who),
        "my": links.my_token(who, NOW),
        "feed": links.feed_token(who),
        "my dates": links.staff_feed_token(links.MY_DATES, organiser),
        "all dates": links.staff_feed_token(links.ALL_DATES, organiser),
        "interest": links.interest_token(interest),
        "old address": links.address_token(change, "old"),
        "new address": links.address_token(change, "new"),
        "password": links.password_token(organiser, NOW),
    }


@pytest.fixture
def every_kind(db):
    """A link of each kind, all of them of rows that have the number 1."""
    make_partnership()
    make_terms()
    organiser = make_organiser(role=RoleName.ORGANISER)
    booking = make_booking(make_date())
    interest = make_interest(db.session.get(Course, 1))
    change = save(
        AddressChange(
            practitioner=booking.practitioner, new_email="new@agency.example", asked_at=NOW
        )
    )
    made = tokens(booking, interest, change, organiser)
    assert {token.partition("-")[0] for token in made.values()} == {"1"}
    return made


def rules(app):
    return [rule for rule in app.url_map.iter_rules() if "token" in rule.arguments]


def test_every_page_with_a_private_link_says_which_kind_opens_it(app):
    assert {rule.endpoint.partition(".")[2] for rule in rules(app)} == set(KIND_OF)


def test_a_link_opens_the_pages_it_was_made_for_and_no_other(app, every_kind):
    client = app.test_client()
    for rule in rules(app):
        page = rule.endpoint.partition(".")[2]
        for kind, token in every_kind.items():
            values = dict.fromkeys(rule.arguments, 1) | {"token": token, "side": "old"}
            _, path = rule.build(values)
            if kind != KIND_OF[page]:
                method = "GET" if "GET" in rule.methods else "POST"
                asked = client.open(path, method=method)
                assert asked.status_code in {404, 410}, (page, kind)
            elif "GET" in rule.methods and page not in NOTHING_THERE:
                assert client.get(path).status_code < 400, page


def test_the_two_mailboxes_of_a_new_address_have_links_of_their_own(client, every_kind):
    old, new = every_kind["old address"], every_kind["new address"]
    assert client.get(f"/addresses/old/{old}").status_code == 200
    assert client.get(f"/addresses/new/{new}").status_code == 200
    assert client.get(f"/addresses/old/{new}").status_code == 404
    assert client.get(f"/addresses/new/{old}").status_code == 404


def test_a_link_has_256_bits_that_nobody_can_guess(every_kind):
    keys = [re.fullmatch(r"1-(?:\d+-)?([\w-]{43})", token)[1] for token in every_kind.values()]
    assert len(set(keys)) == len(every_kind)


def test_nothing_in_the_database_opens_anything(app, db, client):
    """After a booking, its mails, a forgotten password: none of their links stands in a row."""
    settle_in()
    organiser = make_organiser("olive@partnership.example", password="correct horse battery")
    date = make_date()
    page = client.get(f"/dates/{date.id}/book")
    said = {
        **filled_in(page, name="Ann Example", email="ann@agency.example", job_role="Nurse"),
        **{"agency": "1", "agrees": "y"},
        **{"manager_name": "Max Manager", "manager_email": "max@agency.example"},
    }
    assert client.post(f"/dates/{date.id}/book", data=said).status_code == 302
    client.post("/my", data={"email": "ann@agency.example"})
    client.post("/organiser/forgotten", data={"email": organiser.email})
    mailed = [mail.message for mail in db.session.scalars(select(Email))]
    links_mailed = {
        found for mail in mailed for found in re.findall(rb"[\w-]{43}(?=\s|<|\")", mail)
    }
    assert len(links_mailed) >= 3

    for table in Base.metadata.sorted_tables:
        for row in db.session.connection().exec_driver_sql(f'SELECT * FROM "{table.name}"'):
            held = b" ".join(one if isinstance(one, bytes) else str(one).encode() for one in row)
            assert not [link for link in links_mailed if link in held], table.name


def test_what_was_mailed_is_read_with_the_key_it_was_sealed_with_alone(app, db, monkeypatch):
    make_partnership()
    email = make_email(message=b"From: a@x.example\r\n\r\nHello")
    db.session.expire_all()
    assert email.message == b"From: a@x.example\r\n\r\nHello"

    monkeypatch.setitem(app.config, "SECRET_KEY", "another")
    db.session.expire_all()
    assert email.message is None
    assert delivery.take(now=NOW) is None
    assert email.failure == delivery.OTHER_KEY


def test_a_message_from_before_there_were_seals_is_still_sent(db):
    email = make_email()
    db.session.execute(text("UPDATE email SET message = :plain"), {"plain": b"From: a@x.example"})
    db.session.expire_all()
    assert email.message == b"From: a@x.example"
