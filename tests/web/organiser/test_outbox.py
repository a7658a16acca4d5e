from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_email,
    make_organiser,
    make_terms,
)
from tests.queries import counted
from tests.web.reading import buttons, links, main
from webapp.db import db as database
from webapp.models import AuditLine, Booking, Email
from webapp.services import links as private_links
from webapp.services import organisers

FAILURE = "550 5.1.1 User <unknown> & gone"


@pytest.fixture
def mail(db, partnership):
    """A mail with a private link and an invitation."""
    make_terms()
    make_agency("Anytown Council")
    people.book(make_date())
    return people.mails()[-1]


@pytest.fixture
def with_a_server(app, monkeypatch):
    monkeypatch.setitem(app.config, "SMTP_URL", "smtp://mail.example")


def key_of(mail):
    return private_links.booking_token(database.session.get(Booking, mail.booking_id))


def audited(db):
    lines = db.session.execute(select(AuditLine.action, AuditLine.detail).order_by(AuditLine.id))
    return [tuple(line) for line in lines]


def subjects(response):
    return [
        row.one("th").text.partition(", to ")[0] for row in main(response).one("tbody").all("tr")
    ]


def test_an_empty_outbox_says_so(signed_in):
    assert "Nothing has been written yet" in main(signed_in.get("/organiser/outbox")).text


def test_the_outbox_shows_what_was_written_to_whom_and_what_became_of_it(signed_in, db):
    make_email(subject="Early", queued_at=NOW - timedelta(hours=1), sent_at=NOW)
    make_email(subject="Late", to="ann@agency.example", gave_up_at=NOW, failure=FAILURE)

    page = signed_in.get("/organiser/outbox")
    assert subjects(page) == ["Late", "Early"]
    words = main(page).text
    assert "Late, to ann@agency.example" in links(page)
    assert "ann@agency.example" in words
    assert f"Given up {FAILURE}" in words
    assert audited(db) == [("saw the outbox", None)]


def test_the_outbox_is_filtered_by_what_became_of_messages_and_searched(signed_in):
    make_email(subject="Waiting one")
    make_email(subject="Returned one", sent_at=NOW, bounced_at=NOW, bounce=FAILURE)
    make_email(subject="Sent one", sent_at=NOW)
    make_email(subject="Lost one", gave_up_at=NOW, failure=FAILURE, to="bob@police.example")

    for query, found in (
        ("?standing=queued", ["Waiting one"]),
        ("?standing=sent", ["Sent one"]),
        ("?standing=given-up", ["Lost one"]),
        ("?standing=returned", ["Returned one"]),
        ("?q=police", ["Lost one"]),
        ("?standing=nonsense&q=sent", ["Sent one"]),
    ):
        assert subjects(signed_in.get(f"/organiser/outbox{query}")) == found
    page = signed_in.get("/organiser/outbox?standing=delayed")
    assert "No message matches" in main(page).text


def test_a_long_outbox_comes_in_pages_that_keep_the_filter(signed_in):
    for number in range(51):
        make_email(subject=f"Message {number}", sent_at=NOW)
    page = signed_in.get("/organiser/outbox?standing=sent")
    assert len(subjects(page)) == 50
    assert "standing=sent" in links(page)["Next page"]
    assert len(subjects(signed_in.get(links(page)["Next page"]))) == 1


def test_where_no_mail_is_sent_the_links_of_a_message_can_be_followed(signed_in, db, mail):
    page = signed_in.get(f"/organiser/outbox/{mail.id}")

    token = key_of(mail)
    private = [href for href in links(page).values() if href.endswith(token)]
    assert private == [f"http://localhost/bookings/{token}"]
    assert signed_in.get(private[0]).status_code == 200
    assert ("read a message", f"Message {mail.id}") in audited(db)


def test_where_no_mail_is_sent_a_message_can_be_taken_away_as_a_file(signed_in, db, mail):
    answer = signed_in.get(f"/organiser/outbox/{mail.id}.eml")
    assert answer.data == mail.message
    assert answer.mimetype == "message/rfc822"
    assert audited(db) == [("downloaded a message", f"Message {mail.id}")]


@pytest.mark.usefixtures("with_a_server")
def test_where_mail_is_sent_private_links_are_hidden(signed_in, mail):
    page = signed_in.get(f"/organiser/outbox/{mail.id}")
    assert key_of(mail) not in page.text
    assert "http://localhost/bookings/…" in page.text
    assert "You have a place on Safeguarding basics" in main(page).text
    assert signed_in.get(f"/organiser/outbox/{mail.id}.eml").status_code == 404


def test_the_link_that_opens_a_colleagues_account_is_hidden_in_every_setting(signed_in, db):
    colleague = make_organiser()
    organisers.send_password_link(colleague, now=NOW)
    db.session.commit()
    [mail] = db.session.scalars(select(Email))

    page = signed_in.get(f"/organiser/outbox/{mail.id}")
    assert private_links.password_token(colleague, NOW) not in page.text
    assert "Private links are hidden" in page.text
    assert signed_in.get(f"/organiser/outbox/{mail.id}.eml").status_code == 404


def test_a_message_whose_text_is_deleted_says_so(signed_in):
    email = make_email(message=None, purged_at=NOW, sent_at=NOW)
    words = main(signed_in.get(f"/organiser/outbox/{email.id}")).text
    assert "The text was deleted at 9am on Thursday 17 April 2025" in words
    assert signed_in.get(f"/organiser/outbox/{email.id}.eml").status_code == 404


def test_a_message_shows_the_words_of_the_server_and_the_booking_it_is_about(signed_in):
    booking = make_booking()
    email = make_email(failure=FAILURE, gave_up_at=NOW, tries=8, booking_id=booking.id)
    page = signed_in.get(f"/organiser/outbox/{email.id}")
    assert FAILURE in main(page).text
    assert links(page)["The booking it is about"] == f"/organiser/bookings/{booking.id}"


def test_a_message_that_came_back_says_when_and_in_which_words(signed_in):
    booking = make_booking()
    email = make_email(sent_at=NOW, bounced_at=NOW, bounce=FAILURE, booking_id=booking.id)
    for path in ("outbox", f"outbox/{email.id}"):
        words = main(signed_in.get(f"/organiser/{path}")).text
        assert "Returned" in words
        assert FAILURE in words
    page = signed_in.get(f"/organiser/outbox/{email.id}")
    assert "Came back 9am on Thursday 17 April 2025" in main(page).text
    assert buttons(page) == []
    assert "Returned" in main(signed_in.get(f"/organiser/bookings/{booking.id}")).text


def test_a_message_given_up_is_tried_again_by_a_button(signed_in, db):
    email = make_email(failure=FAILURE, gave_up_at=NOW, tries=8)
    page = signed_in.get(f"/organiser/outbox/{email.id}")
    assert buttons(page) == ["Try again"]
    answer = signed_in.post(f"/organiser/outbox/{email.id}/try-again")

    assert answer.location.endswith(f"/organiser/outbox/{email.id}")
    db.session.expire_all()
    assert (email.gave_up_at, email.tries, email.next_try_at) == (None, 0, NOW)
    assert audited(db)[-1] == ("had a message tried again", f"Message {email.id}")


def test_what_is_sent_or_deleted_is_not_tried_again(signed_in):
    for email in (
        make_email(sent_at=NOW),
        make_email(gave_up_at=NOW, failure=FAILURE, message=None, purged_at=NOW),
    ):
        assert buttons(signed_in.get(f"/organiser/outbox/{email.id}")) == []
        answer = signed_in.post(f"/organiser/outbox/{email.id}/try-again")
        assert answer.status_code == 409


def test_looking_does_not_try_again(signed_in):
    email = make_email(failure=FAILURE, gave_up_at=NOW)
    assert signed_in.get(f"/organiser/outbox/{email.id}/try-again").status_code == 405


def test_a_message_that_is_not_there_is_not_found(signed_in):
    assert signed_in.get("/organiser/outbox/999").status_code == 404
    assert signed_in.get("/organiser/outbox/999.eml").status_code == 404


def test_nobody_else_reads_mail(client, mail):
    for rest in ("", f"/{mail.id}", f"/{mail.id}.eml"):
        assert "/organiser/sign-in" in client.get(f"/organiser/outbox{rest}").location


@pytest.mark.slow
def test_the_outbox_asks_the_database_as_often_for_300_messages_as_for_3(signed_in):
    def cost():
        with counted() as sent:
            assert signed_in.get("/organiser/outbox").status_code == 200
        assert not [statement for statement in sent if "email.message," in statement]
        return len(sent)

    for _ in range(3):
        make_email()
    before = cost()
    for _ in range(297):
        make_email()
    assert cost() == before
