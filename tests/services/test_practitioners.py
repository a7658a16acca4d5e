from datetime import timedelta

import pytest

from tests.calendars import faults, mail_faults
from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_practitioner
from tests.people import book, calendar_of, entries, kinds, mails, message, settle_in, words
from webapp.errors import Gone
from webapp.models import BookingState, DateState, Format
from webapp.services import bookings, links, practitioners

SUBJECT = "Harmful Sexual Behaviour"
LATER = NOW + timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


def test_a_person_is_found_however_the_address_is_typed():
    made = practitioners.find_or_make(" Ann@Agency.example", now=NOW)
    assert made.email == "ann@agency.example"
    assert practitioners.find_or_make("ANN@agency.EXAMPLE ", now=NOW) is made
    assert practitioners.find("ann@agency.example") is made


def test_the_link_to_all_bookings_goes_to_an_address_we_know():
    ann = make_practitioner("ann@agency.example")
    practitioners.send_my_link("Ann@agency.example", now=NOW)

    [mail] = mails()
    assert mail.to == "ann@agency.example"
    assert f"http://localhost/my/{links.my_token(ann, NOW)}" in words(mail)


def test_an_address_we_do_not_know_gets_nothing():
    practitioners.send_my_link("ann@agency.example", now=NOW + timedelta(days=1))
    assert kinds() == []


def test_a_renewed_feed_has_another_address():
    ann = make_practitioner()
    before = links.feed_token(ann)
    practitioners.renew_feed(ann)
    assert links.feed_token(ann) != before


def test_ending_the_links_renews_every_link_of_this_person_and_of_nobody_else():
    ann, bob = make_practitioner("ann@agency.example"), make_practitioner()
    hers, ended, his = (
        make_booking(practitioner=ann),
        make_booking(practitioner=ann, state=BookingState.CANCELLED),
        make_booking(practitioner=bob),
    )
    kept = links.booking_token(his), links.feed_token(bob), links.my_token(bob, NOW)
    old = links.booking_token(hers), links.booking_token(ended), links.feed_token(ann)
    old_my = links.my_token(ann, NOW)

    practitioners.end_links(ann, now=NOW)

    for token in old[:2]:
        with pytest.raises(Gone):
            links.open_booking(token)
    with pytest.raises(Gone):
        links.open_feed(old[2])
    with pytest.raises(Gone):
        links.open_my(old_my, NOW)
    assert (links.booking_token(his), links.feed_token(bob), links.my_token(bob, NOW)) == kept
    [mail] = mails()
    assert (mail.to, mail.kind) == ("ann@agency.example", "links_ended")
    assert f"http://localhost/my/{links.my_token(ann, NOW)}" in words(mail)


def book_two_days(**facts):
    """Ann's place on an online course of two days, a week apart."""
    starts_at = NOW + timedelta(days=14)
    days = [(starts_at + timedelta(days=n), starts_at + timedelta(days=n, hours=3)) for n in (0, 7)]
    course = make_course(title=SUBJECT, short_title=SUBJECT, summary=SUBJECT, slug="harmful")
    return book(
        make_date(
            course=course,
            format=Format.ONLINE,
            days=days,
            starts_at=days[0][0],
            ends_at=days[1][1],
            before_you_come=f"Read about {SUBJECT}.",
            **facts,
        )
    )


def test_who_becomes_discreet_has_what_is_coming_sent_again_an_entry_a_mail(app, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    booking = book_two_days()
    before = mails()
    assert "The invitation in this mail puts the first day in your diary." in words(before[0])

    assert practitioners.choose_title(booking.practitioner, True, now=LATER) == 2

    after = mails()[2:]
    assert [mail.kind for mail in after] == ["diary_title", "diary_title"]
    for number, (old, new) in enumerate(zip(before, after, strict=True), start=1):
        was, says = entries(old), entries(new)
        assert (says["METHOD"], says["UID"]) == ("REQUEST", was["UID"])
        assert int(says["SEQUENCE"]) == int(was["SEQUENCE"]) + 1
        assert says["DTSTAMP"] == f"{LATER:%Y%m%dT%H%M%SZ}"
        assert says["SUMMARY"] == new.subject == f"Training (day {number} of 2)"
        assert was["SUMMARY"] == f"{SUBJECT} (day {number} of 2)"
        assert faults(calendar_of(new), "invite", previous=calendar_of(old)) == []
        assert mail_faults(new.message, previous=calendar_of(old)) == []
        assert "https://teams.example/join/secret" in words(new)
    assert booking.practitioner.is_discreet
    assert booking.practitioner.diary_changed_at == LATER


def test_no_mail_with_a_discreet_entry_holds_a_word_of_the_course_or_a_private_link():
    """Exchange names the entry after the subject and fills it with the text."""
    booking = book_two_days()
    practitioners.choose_title(booking.practitioner, True, now=LATER)
    bookings.cancel(booking, now=LATER)
    carrying = [mail for mail in mails()[2:] if entries(mail)]
    assert [entries(mail)["METHOD"] for mail in carrying] == ["REQUEST"] * 2 + ["CANCEL"] * 2
    for mail in carrying:
        whole = message(mail).as_string() + words(mail) + calendar_of(mail).decode()
        assert "armful" not in whole
        assert links.booking_token(booking) not in whole
        assert [part.get_filename() for part in message(mail).iter_attachments()] == [
            "training-1-may-2025.ics"
        ]


def test_who_is_discreet_is_told_in_full_in_a_mail_without_the_entry(app, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    booking = book_two_days()
    practitioners.choose_title(booking.practitioner, True, now=LATER)
    bookings.cancel(booking, now=LATER + timedelta(hours=1))

    told, *out = mails()[4:]
    assert (told.kind, entries(told)) == ("booking_cancelled", {})
    assert SUBJECT in told.subject
    assert links.booking_token(booking) in words(told)
    assert [(mail.kind, mail.subject) for mail in out] == [
        ("diary_entry", "Training (day 1 of 2)"),
        ("diary_entry", "Training (day 2 of 2)"),
    ]
    for mail, asked in zip(out, mails()[2:4], strict=True):
        assert faults(calendar_of(mail), "cancel", previous=calendar_of(asked)) == []
        assert mail_faults(mail.message, previous=calendar_of(asked)) == []


def test_who_books_while_discreet_never_has_the_course_in_the_diary():
    ann = make_practitioner("ann@agency.example")
    practitioners.choose_title(ann, True, now=NOW)
    book_two_days()

    assert [mail.subject for mail in mails() if entries(mail)] == [
        "Training (day 1 of 2)",
        "Training (day 2 of 2)",
    ]
    assert mails()[0].subject.startswith(f"You have a place: {SUBJECT}")
    assert "The invitation in a second mail puts the first day in your diary." in words(mails()[0])


def test_the_choice_can_be_taken_back():
    booking = book_two_days()
    practitioners.choose_title(booking.practitioner, True, now=LATER)

    assert practitioners.choose_title(booking.practitioner, False, now=LATER) == 2

    says = [(entries(mail)["SUMMARY"], entries(mail)["SEQUENCE"]) for mail in mails()[4:]]
    assert says == [(f"{SUBJECT} (day 1 of 2)", "2"), (f"{SUBJECT} (day 2 of 2)", "2")]
    assert not booking.practitioner.is_discreet


@pytest.mark.parametrize("discreet", [True, False])
def test_choosing_what_is_so_already_does_nothing(discreet):
    ann = make_practitioner("ann@agency.example")
    practitioners.choose_title(ann, discreet, now=NOW)
    chosen_at = ann.diary_changed_at
    book_two_days()
    before = len(mails())

    assert practitioners.choose_title(ann, discreet, now=LATER) == 0

    assert len(mails()) == before
    assert ann.diary_changed_at == chosen_at


def test_only_days_to_come_of_ones_own_places_are_sent_again():
    mine = book_two_days()
    ann = mine.practitioner
    past = book(make_date(starts_at=NOW + timedelta(hours=2)))
    given_up = book(make_date())
    bookings.cancel(given_up, now=NOW)
    book(make_date(), "bob@agency.example")
    make_booking(practitioner=ann, state=BookingState.WAITING)
    off = book(make_date())
    off.course_date.state = DateState.CANCELLED
    before = len(mails())
    first_day_over = mine.course_date.days[0].ends_at + timedelta(minutes=1)

    assert practitioners.choose_title(ann, True, now=first_day_over) == 1

    [mail] = mails()[before:]
    assert entries(mail)["UID"] == mine.course_date.days[1].uid
    assert {invite.extra for invite in past.invites} == {0}
