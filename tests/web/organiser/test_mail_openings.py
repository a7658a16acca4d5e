import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_terms
from tests.web.reading import filled_in, heading, links, main, read, typed, wrong
from webapp.formats.openings import OPENINGS
from webapp.models import AuditLine, Partnership
from webapp.services import joining

URL = "/organiser/settings/mails"
WELCOME = "Dear {name}, welcome to {course}. We look forward to it."


@pytest.fixture
def world(partnership):
    make_terms()
    make_agency("Anytown Council")


def chosen(db):
    db.session.expire_all()
    return db.session.scalars(select(Partnership.mail_openings)).one()


def kept(client, **words):
    return client.post(URL, data=filled_in(client.get(URL), **words))


def test_each_mail_stands_there_with_the_words_it_begins_with(as_administrator):
    page = as_administrator.get(URL)
    assert heading(page) == "First words of mails"
    for kind, opening in OPENINGS.items():
        assert typed(page, kind) == opening.words


def test_mails_begin_with_the_partnerships_words(as_administrator, db, world):
    answer = kept(as_administrator, booking_confirmed=WELCOME, joining_instructions=WELCOME)
    after = as_administrator.get(answer.location)
    assert "Your words are kept." in read(after).text
    assert "2 mails begin with words of yours" in main(after).text
    assert set(chosen(db)) == {"booking_confirmed", "joining_instructions"}
    assert "changed the first words of mails" in db.session.scalars(select(AuditLine.action)).all()

    date = make_date()
    people.book(date, name="Siân Jones")
    make_booking(date)
    joining.send(date, now=NOW)
    for mail in people.mails("ann@agency.example"):
        words = people.words(mail)
        assert words.startswith("Dear Siân Jones, welcome to Safeguarding basics. We look forward")
        assert "When: " in words


def test_an_emptied_box_goes_back_to_our_words(as_administrator, db, world):
    kept(as_administrator, booking_confirmed=WELCOME)
    kept(as_administrator, booking_confirmed="")
    assert chosen(db) == {}
    people.book(make_date())
    [mail] = people.mails()
    assert people.words(mail).startswith("You have a place on Safeguarding basics.")


def test_what_a_mail_has_to_say_cannot_be_left_out_and_what_was_typed_stays(as_administrator, db):
    page = kept(
        as_administrator, booking_offered="A place, until {deadline}!", booking_waiting="{hour}"
    )
    assert wrong(page) == {
        "booking_waiting": "Nothing fills {hour} here."
        " You can use {course}, {position}, {name}, {day}, {time} and {place}",
        "booking_offered": "Add {course}, which people need to know",
    }
    assert typed(page, "booking_offered") == "A place, until {deadline}!"
    assert chosen(db) == {}


def test_the_settings_lead_there(as_administrator, partnership):
    assert links(as_administrator.get("/organiser/settings"))["First words of mails"] == URL


def test_they_are_for_administrators(signed_in):
    assert signed_in.get(URL).status_code == 403
