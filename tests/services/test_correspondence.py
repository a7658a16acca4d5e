from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_email
from webapp.errors import NotFound
from webapp.services import attention, correspondence
from webapp.services.correspondence import Standing

FAILURE = "550 User unknown"


def one_of_each():
    return {
        Standing.QUEUED: make_email(),
        Standing.DELAYED: make_email(failure="451 Later"),
        Standing.SENT: make_email(sent_at=NOW),
        Standing.GIVEN_UP: make_email(gave_up_at=NOW, failure=FAILURE),
        Standing.RETURNED: make_email(sent_at=NOW, bounced_at=NOW, bounce=FAILURE),
    }


def test_every_message_stands_in_one_way_and_is_found_by_it(db):
    for standing, email in one_of_each().items():
        assert correspondence.standing(email) is standing
        assert correspondence.messages(standing, None, 1).rows == [email]
    assert correspondence.messages(None, None, 1).total == 5


def test_what_came_back_stands_so_whatever_we_thought_of_it_before(db):
    for facts in ({}, {"failure": "451 Later"}, {"gave_up_at": NOW, "failure": FAILURE}):
        email = make_email(bounced_at=NOW, bounce=FAILURE, **facts)
        assert correspondence.standing(email) is Standing.RETURNED
    for standing in Standing:
        found = correspondence.messages(standing, None, 1)
        assert found.total == (3 if standing is Standing.RETURNED else 0)
    assert attention.mail() == attention.Mail(given_up=0, delayed=0, returned=3)


def test_the_latest_message_comes_first(db):
    old = make_email(queued_at=NOW - timedelta(days=1))
    new = make_email()
    assert correspondence.messages(None, None, 1).rows == [new, old]


def test_messages_are_found_by_part_of_an_address_or_subject(db):
    ann = make_email(to="ann@police.example", subject="You have a place")
    bob = make_email(to="bob@nhs.example", subject="100% full")

    assert correspondence.messages(None, "POLICE", 1).rows == [ann]
    assert correspondence.messages(None, "100%", 1).rows == [bob]
    assert correspondence.messages(None, "1_0", 1).rows == []


def test_the_messages_of_a_booking_are_those_about_it(db):
    booking = make_booking()
    about = make_email(booking_id=booking.id)
    make_email()
    assert correspondence.of_booking(booking) == [about]


def test_a_message_that_is_not_there_is_not_found(db):
    with pytest.raises(NotFound):
        correspondence.get(1)


def test_the_first_page_counts_what_failed_until_its_text_is_deleted(db):
    one_of_each()
    make_email(gave_up_at=NOW, failure=FAILURE, message=None, purged_at=NOW)
    make_email(sent_at=NOW, bounced_at=NOW, bounce=FAILURE, message=None, purged_at=NOW)
    assert attention.mail() == attention.Mail(given_up=1, delayed=1, returned=1)


def test_with_nothing_in_the_outbox_nothing_failed(db):
    assert attention.mail() == attention.Mail(given_up=0, delayed=0, returned=0)
