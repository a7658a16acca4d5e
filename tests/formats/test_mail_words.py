from pathlib import Path

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date
from webapp.formats import mail_words, mails
from webapp.formats.mails import MAILS

TEMPLATES = Path(mails.__file__).parents[1] / "templates/emails"
# Always in our words: what carries a diary entry and may say no more than it; somebody's address,
# data or account; what an organiser wrote; what organisers get.
OURS = {
    *("further_day", "day_taken_out", "old_date", "diary_entry", "diary_title"),
    *("address_changed", "address_corrected", "address_is_new", "address_left"),
    *("address_lost",),
    *("address_to_confirm", "links_ended", "my_link", "erased", "erasure_asked"),
    *("erasure_declined", "account_changed", "organiser_invited", "password_forgotten"),
    *("date_message", "news_digest", "session_invitation"),
}


@pytest.fixture
def facts(db):
    course = make_course(title="Signs of Safety", short_title="Signs")
    booking = make_booking(make_date(course=course), name="Siân  Jones")
    date = booking.course_date
    return {"booking": booking, "date": date, "course": course, "now": NOW, "position": 3}


# Their templates take in the whole of another.
SAID_ELSEWHERE = {
    "left_waiting_list",
    "booked_by_colleague",
    "approval_by_colleague",
    "approval_given_up",
}


def test_every_mail_to_practitioners_has_words_to_choose_but_those_that_are_always_ours():
    templates = {path.stem for path in TEMPLATES.glob("[!_]*.txt")}
    assert templates - OURS == set(MAILS)
    for kind in set(MAILS) - SAID_ELSEWHERE:
        text = (TEMPLATES / f"{kind}.txt").read_text()
        assert "{{ said.subject }}\n{{ said.first }}\n" in text, kind


@pytest.mark.parametrize("kind", MAILS)
def test_our_own_words_keep_the_rules(kind):
    for part, words in mail_words.of(kind, {}).items():
        assert not words or mail_words.why_not(kind, part, words) is None
        assert mail_words.own(kind, {part: words}) == {}
    assert mail_words.must_say(kind, "subject") == ["course"]
    assert mail_words.must_say(kind, "first")


def test_until_a_partnership_chooses_mails_have_our_words(facts):
    assert mail_words.said("booking_waiting", {}, facts) == mail_words.Said(
        "You are on the waiting list: Signs, Thu 1 May, 10am",
        "You are 3rd on the waiting list for Signs of Safety. You do not have a place yet.",
        "",
    )


def test_a_partnerships_words_are_filled_in_for_the_person_and_the_other_parts_stay(facts):
    chosen = {"first": "Dear {name}, welcome to { Course } on {day}.", "last": "See you at {time}!"}
    said = mail_words.said("booking_confirmed", chosen, facts)
    assert said.subject == "You have a place: Signs, Thu 1 May, 10am"
    assert said.first == "Dear Siân Jones, welcome to Signs of Safety on Thursday 1 May 2025."
    assert said.last == "See you at 10am to 1pm!"


def test_what_is_in_a_value_is_neither_a_gap_nor_a_line_of_its_own(facts):
    facts["course"].title = "{name}\r\nBcc: x@y.example"
    chosen = {"subject": "Welcome to {course}"}
    said = mail_words.said("booking_confirmed", chosen, facts)
    assert said.subject == "Welcome to {name} Bcc: x@y.example"


def test_a_mail_whose_words_are_its_own_takes_none(facts):
    chosen = {"subject": "Off to {course}", "first": "{course}", "last": "{course}"}
    for kind in OURS:
        assert mail_words.said(kind, chosen, facts) == mail_words.Said()


def test_a_mail_cannot_leave_out_what_people_need_to_know():
    why_not = mail_words.why_not
    assert why_not("booking_offered", "first", "A place is free.") == (
        "Add {course} (or {headline}) and {deadline} to the first words"
    )
    assert why_not("booking_offered", "first", "{headline}, until {deadline}") is None
    assert why_not("booking_offered", "subject", "Good news") == (
        "Add {course} (or {headline}) to the subject"
    )
    assert why_not("booking_offered", "last", "We look forward to it.") is None


def test_a_mail_cannot_have_a_gap_that_nothing_fills():
    assert mail_words.why_not("booking_confirmed", "last", "{deadline} in {town}") == (
        "Nothing fills {deadline} and {town} in the last words."
        " You can use {course}, {headline}, {name}, {day}, {time} and {place}"
    )
    assert mail_words.why_not("interest_registered", "first", "{course}, {name}") == (
        "Nothing fills {name} in the first words. You can use {course} and {headline}"
    )


def test_what_was_typed_is_kept_only_where_it_is_not_ours_anyway():
    typed = {**mail_words.of("certificate", {}), "first": "Well done! {course}", "last": None}
    assert mail_words.own("certificate", typed) == {"first": "Well done! {course}"}
