"""Messages as they were written, found by the form they answer or by their id."""

import pytest

from tests.conftest import NOW
from tests.makers import make_partnership, make_practitioner
from webapp.db import db
from webapp.errors import NotFound
from webapp.services import letters, practitioners


@pytest.fixture(autouse=True)
def _house(db):
    make_partnership()
    make_practitioner("ann@agency.example")


def write(submission):
    practitioners.send_my_link("ann@agency.example", submission=submission, now=NOW)
    db.session.flush()


def test_a_form_is_answered_by_its_own_mails_alone():
    write("one")
    write("other")
    write("one")

    assert [mail.id for mail in letters.answering("one")] == [1, 3]
    assert letters.answering("none") == []


def test_a_message_is_read_by_its_id():
    write("one")
    [mail] = letters.answering("one")

    assert letters.as_written(mail.message_id.strip("<>")).to == "ann@agency.example"
    with pytest.raises(NotFound):
        letters.as_written(mail.message_id)


def test_words_that_were_purged_are_found_no_more():
    write("one")
    [mail] = letters.answering("one")
    mail.message = None
    db.session.flush()

    assert letters.answering("one") == []
    with pytest.raises(NotFound):
        letters.as_written(mail.message_id.strip("<>"))
