import pytest
from sqlalchemy import select, update

from tests import people
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_terms
from tests.web.reading import buttons, filled_in, heading, links, main, read, typed, wrong
from webapp.formats import mail_words
from webapp.formats.mails import MAILS
from webapp.models import AuditLine, Partnership
from webapp.services import joining
from webapp.services import partnership as partnerships

URL = "/organiser/settings/mails"
CONFIRMED = f"{URL}/booking_confirmed"
WELCOME = "Dear {name}, welcome to {course}."
SUBJECT = "Come to {headline}"
BYE = "We look forward to it."


@pytest.fixture
def world(partnership):
    make_terms()
    make_agency("Anytown Council")


def chosen(db):
    db.session.expire_all()
    return db.session.scalars(select(Partnership.mail_words)).one()


def preview(client, url=CONFIRMED, **words):
    return client.post(url, data=filled_in(client.get(url), **words))


def keep(client, url=CONFIRMED, **words):
    return client.post(url, data=filled_in(preview(client, url, **words), keep="yes"))


def said(db):
    lines = db.session.scalars(select(AuditLine).order_by(AuditLine.id)).all()
    return [(line.action, line.detail) for line in lines]


def test_each_mail_is_listed_and_has_a_page_with_the_words_it_has(as_administrator, partnership):
    page = as_administrator.get(URL)
    assert heading(page) == "Words of mails"
    assert "Your words" not in main(page).text
    for kind, mail in MAILS.items():
        assert links(page)[mail.when] == f"{URL}/{kind}"
        own = as_administrator.get(f"{URL}/{kind}")
        assert heading(own) == mail.when
        for part, words in mail_words.of(kind, {}).items():
            assert (typed(own, part) or "") == words


def test_the_whole_mail_is_read_before_its_words_are_kept(as_administrator, db, world):
    page = preview(as_administrator, subject=SUBJECT, first=WELCOME, last=BYE)
    text = main(page).text
    assert "Nothing is kept so far." in text
    assert "Subject: Come to Safeguarding together, " in text
    assert "Dear Ann Example, welcome to Safeguarding children together." in text
    assert "Booked for: Ann Example" in text
    assert text.index("Booked for") < text.index(BYE) < text.index("Anytown Training Team")
    assert "/bookings/…" in text
    assert buttons(page) == ["Keep these words", "Go on writing"]
    assert chosen(db) == {}

    again = as_administrator.post(CONFIRMED, data=filled_in(page, change="yes"))
    assert (typed(again, "subject"), typed(again, "last")) == (SUBJECT, BYE)
    assert "You have a place: Safeguarding together" in main(again).text
    assert chosen(db) == {}


def test_mails_have_the_partnerships_words(as_administrator, db, world):
    answer = keep(as_administrator, subject=SUBJECT, first=WELCOME, last=BYE)
    page = as_administrator.get(answer.location)
    assert "Mails written from now on have your words." in read(page).text
    assert main(page).text.count("Your words") == 1
    keep(as_administrator, f"{URL}/joining_instructions", last=BYE)
    assert "2 mails have words of yours" in main(as_administrator.get("/organiser/settings")).text
    assert chosen(db) == {
        "booking_confirmed": {"subject": SUBJECT, "first": WELCOME, "last": BYE},
        "joining_instructions": {"last": BYE},
    }
    assert said(db) == [
        ("changed the words of a mail", "When somebody has a place"),
        ("changed the words of a mail", "Joining instructions"),
    ]

    date = make_date()
    people.book(date, name="Siân Jones")
    make_booking(date)
    joining.send(date, now=NOW)
    booked, joins = people.mails("ann@agency.example")
    assert booked.subject == "Come to Safeguarding basics, Thu 1 May, 10am"
    assert people.words(booked).startswith("Dear Siân Jones, welcome to Safeguarding basics.")
    assert joins.subject.startswith("How to get there: ")
    for mail in (booked, joins):
        words = people.words(mail)
        assert "When: Thursday 1 May 2025" in words
        assert words.index("/bookings/") < words.index(BYE) < words.index("Anytown Training Team")
        html = people.message(mail).get_body(("html",)).get_content()
        assert f"<p>{BYE}</p>" in html


def test_a_mail_goes_back_to_our_words(as_administrator, db, world):
    keep(as_administrator, subject=SUBJECT, last=BYE)
    page = as_administrator.get(CONFIRMED)
    shown = as_administrator.post(CONFIRMED, data=filled_in(page, ours="yes"))
    assert "Subject: You have a place: Safeguarding together" in main(shown).text
    assert BYE not in main(shown).text
    assert chosen(db) != {}
    as_administrator.post(CONFIRMED, data=filled_in(shown, keep="yes"))
    assert chosen(db) == {}
    assert said(db)[-1] == ("took our words for a mail again", "When somebody has a place")
    assert "Go back to our words" not in buttons(as_administrator.get(CONFIRMED))


def test_an_emptied_box_goes_back_to_our_words(as_administrator, db, world):
    keep(as_administrator, subject=SUBJECT, first=WELCOME)
    keep(as_administrator, subject="")
    assert chosen(db) == {"booking_confirmed": {"first": WELCOME}}


def test_what_a_mail_has_to_say_cannot_be_left_out_and_what_was_typed_stays(
    as_administrator, db, world
):
    url = f"{URL}/booking_offered"
    page = preview(as_administrator, url, subject="{hour}", first="A place, until {deadline}!")
    assert wrong(page) == {
        "subject": "Nothing fills {hour} in the subject. You can use {course}, {deadline},"
        " {headline}, {name}, {day}, {time} and {place}",
        "first": "Add {course} (or {headline}) to the first words",
    }
    assert typed(page, "first") == "A place, until {deadline}!"
    refused = as_administrator.post(url, data=filled_in(page, keep="yes"))
    assert wrong(refused) == wrong(page)
    assert chosen(db) == {}


def test_the_hint_says_that_course_or_headline_will_do(as_administrator, partnership):
    page = as_administrator.get(CONFIRMED)
    assert "Has to say {course} (or {headline})." in main(page).one(id="subject-hint").text
    assert keep(as_administrator, subject="For {headline}").status_code == 302


def test_a_subject_is_one_line_whatever_was_sent(as_administrator, db, world):
    keep(as_administrator, subject="{course}\r\nBcc: x@y.example\r\n\r\nHello")
    assert chosen(db) == {"booking_confirmed": {"subject": "{course} Bcc: x@y.example Hello"}}
    people.book(make_date())
    [mail] = people.mails()
    assert people.message(mail)["Bcc"] is None
    assert mail.subject == "Safeguarding basics Bcc: x@y.example Hello"


def test_whose_diary_is_discreet_has_no_chosen_word_in_it(as_administrator, db, world):
    keep(as_administrator, subject=SUBJECT, first=WELCOME, last=BYE)
    date = make_date()
    booking = people.book(date)
    booking.practitioner.is_discreet = True
    db.session.commit()
    people.book(date, submission="again")
    told, entry = people.mails()[1:]
    assert (told.subject, people.calendar_part(told)) == (
        "Come to Safeguarding basics, Thu 1 May, 10am",
        None,
    )
    assert (entry.kind, entry.subject) == ("diary_entry", "Training")
    whole = people.words(entry) + people.calendar_of(entry).decode()
    assert not [words for words in ("Safeguarding basics", "Dear", BYE) if words in whole]


def test_who_keeps_the_words_of_one_mail_leaves_another_persons_alone(db, partnership):
    ours = partnerships.get()
    assert ours.mail_words == {}
    theirs = update(Partnership).values(mail_words={"certificate": {"last": "Well done."}})
    db.session.execute(theirs.execution_options(synchronize_session=False))
    partnerships.choose_words(ours, "evaluation", {"last": "Thank you."}, now=NOW)
    db.session.commit()
    assert set(chosen(db)) == {"certificate", "evaluation"}


def test_there_is_no_page_for_a_mail_that_is_always_in_our_words(as_administrator, partnership):
    for kind in ("diary_entry", "my_link", "nothing"):
        assert as_administrator.get(f"{URL}/{kind}").status_code == 404


def test_the_settings_lead_there(as_administrator, partnership):
    assert links(as_administrator.get("/organiser/settings"))["Words of mails"] == URL


def test_they_are_for_administrators(signed_in):
    assert signed_in.get(URL).status_code == 403
    assert signed_in.get(CONFIRMED).status_code == 403
