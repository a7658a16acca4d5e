from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.forget import NEEDS, forget
from tests.makers import make_agency, make_date, save
from tests.people import book, booking_of, details, entries, kinds, mails, settle_in, words
from webapp.db import db as database
from webapp.errors import BookingClosed, Full, Gone, Refused
from webapp.models import (
    AccessNeeds,
    Booking,
    BookingState,
    DateState,
    Ending,
    Format,
    Practitioner,
)
from webapp.services import bookings, corrections, links, waiting_list

ANN, BEN, CAT = "ann@agency.example", "ben@agency.example", "cat@agency.example"
HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _a_partnership(db):
    settle_in()


def count(table):
    return database.session.scalar(select(func.count()).select_from(table))


def test_a_free_place_is_confirmed_with_an_invitation_and_a_private_link():
    booking = book(make_date())

    assert booking.state is BookingState.CONFIRMED
    [mail] = mails()
    assert mail.to == ANN
    assert mail.subject == "You have a place: Safeguarding basics, Thu 1 May, 10am"
    assert words(mail).startswith("You have a place on Safeguarding basics.")
    assert f"http://localhost/bookings/{links.booking_token(booking)}" in words(mail)
    assert entries(mail)["METHOD"] == "REQUEST"


def test_what_a_person_says_is_kept_and_what_they_need_apart():
    other = make_agency("Another one")
    booking = book(
        make_date(),
        agency=other,
        organisation="Anytown Scouts",
        team="North",
        phone="01632 960002",
        manager_name="Max",
        manager_email="max@agency.example",
        access="A hearing loop",
        dietary="No nuts",
    )

    assert (booking.name, booking.job_role, booking.team) == (
        "Ann Example",
        "Social worker",
        "North",
    )
    assert booking.works_at == "Anytown Scouts"
    assert booking.terms.version == 1
    needs = database.session.scalars(select(AccessNeeds)).one()
    assert (needs.booking, needs.access, needs.dietary) == (booking, "A hearing loop", "No nuts")
    assert "hearing loop" not in words(mails()[0])


def test_a_full_date_puts_people_in_line_and_tells_them_where():
    date = make_date(capacity=1)
    book(date)
    book(date, BEN)
    booking = book(date, CAT)

    assert booking.state is BookingState.WAITING
    [mail] = mails(CAT)
    assert mail.subject == "You are on the waiting list: Safeguarding basics, Thu 1 May, 10am"
    assert "You are 2nd on the waiting list" in words(mail)
    assert entries(mail) == {}


def test_without_a_limit_everybody_has_a_place():
    date = make_date(capacity=None)
    assert {book(date, f"{n}@agency.example").state for n in range(5)} == {BookingState.CONFIRMED}


def test_the_address_is_the_person_however_it_is_typed():
    date = make_date()
    book(date, " Ann@Agency.Example ")
    book(make_date(), ANN)

    assert count(Practitioner) == 1


def test_a_second_try_changes_nothing_and_sends_the_holders_own_mail_again():
    date = make_date()
    booking = book(date, access="A ramp")
    book(date, name="Somebody Else", job_role="Nosy", access="None", submission="second")

    assert count(Booking) == 1
    assert (booking.name, booking.job_role) == ("Ann Example", "Social worker")
    assert booking.access_needs.access == "A ramp"
    first, second = mails()
    assert (first.subject, words(first)) == (second.subject, words(second))
    assert first.message_id != second.message_id
    told = {name: entries(first)[name] for name in ("UID", "SEQUENCE", "METHOD")}
    assert told == {name: entries(second)[name] for name in told}
    assert (first.submission, second.submission) == ("form", "second")


def test_a_second_try_while_waiting_keeps_the_place_in_line():
    date = make_date(capacity=0)
    book(date)
    book(date, BEN)
    book(date, ANN, now=NOW + HOUR)

    assert ["1st" in words(mail) for mail in mails(ANN)] == [True, True]


@pytest.mark.parametrize(
    "facts",
    [
        {"closes_at": NOW},
        {"opens_at": NOW + HOUR},
        {"state": DateState.CANCELLED},
        {"state": DateState.DRAFT},
        {"state": DateState.HELD_BACK, "starts_at": None},
        {"starts_at": NOW},
        {"starts_at": NOW - timedelta(days=3)},
    ],
    ids=lambda facts: "-".join(map(str, facts.values()))[:20],
)
def test_a_date_that_cannot_be_booked_says_so(facts):
    date = make_date(**facts)
    with pytest.raises(BookingClosed, match="date"):
        book(date)
    database.session.rollback()
    assert (count(Booking), mails()) == (0, [])


def test_the_join_link_is_told_to_those_with_a_place_only():
    date = make_date(format=Format.ONLINE, capacity=1)
    book(date)
    book(date, BEN)

    assert "https://teams.example/join/secret" in words(mails(ANN)[0])
    assert "teams.example" not in mails(BEN)[0].message.decode()


def test_each_further_day_has_a_message_of_its_own():
    starts_at = NOW + timedelta(days=14, hours=1)
    days = [(starts_at + timedelta(days=n), starts_at + timedelta(days=n, hours=3)) for n in (0, 7)]
    booking = book(make_date(starts_at=starts_at, ends_at=days[1][1], days=days))

    assert [(mail.kind, mail.subject) for mail in mails()] == [
        ("booking_confirmed", "You have a place: Safeguarding basics, Thu 1 May, 10am"),
        ("further_day", "Day 2 of 2: Safeguarding basics, Thu 8 May, 10am"),
    ]
    assert len({entries(mail)["UID"] for mail in mails()}) == 2

    bookings.cancel(booking, now=NOW)
    assert kinds()[2:] == ["booking_cancelled", "day_taken_out"]
    assert mails()[3].subject == "Taken out of your diary: Safeguarding basics, Thu 8 May, 10am"
    assert [entries(mail)["METHOD"] for mail in mails()[2:]] == ["CANCEL", "CANCEL"]


def test_cancelling_frees_the_place_takes_it_out_of_the_diary_and_says_so_once():
    date = make_date(capacity=1)
    booking = book(date)
    waiting = book(date, BEN)
    bookings.cancel(booking, now=NOW)
    bookings.cancel(booking, now=NOW)

    assert (booking.state, booking.ending) == (BookingState.CANCELLED, Ending.BY_PRACTITIONER)
    assert waiting.state is BookingState.OFFERED
    assert kinds(ANN) == ["booking_confirmed", "booking_cancelled"]
    assert kinds(BEN) == ["booking_waiting", "booking_offered"]
    invite, cancel = map(entries, mails(ANN))
    assert (cancel["METHOD"], cancel["UID"]) == ("CANCEL", invite["UID"])
    assert int(cancel["SEQUENCE"]) > int(invite["SEQUENCE"])


def test_leaving_the_line_lets_the_others_move_up():
    date = make_date(capacity=0)
    first, second = book(date), book(date, BEN)
    bookings.cancel(first, now=NOW)

    assert mails(ANN)[1].subject.startswith("You have left the waiting list")
    assert entries(mails(ANN)[1]) == {}
    assert waiting_list.position(second) == 1
    assert kinds(BEN) == ["booking_waiting"]


def test_an_offer_given_up_goes_to_the_next_in_line():
    date = make_date(capacity=1)
    booking, offered, waiting = book(date), book(date, BEN), book(date, CAT)
    bookings.cancel(booking, now=NOW)
    bookings.cancel(offered, now=NOW)

    assert waiting.state is BookingState.OFFERED


def test_nobody_cancels_here_once_it_has_started():
    date = make_date()
    booking = book(date)
    with pytest.raises(Refused, match="already started"):
        bookings.cancel(booking, now=date.starts_at)


def test_booking_again_is_a_new_booking_with_the_same_details_and_a_new_entry_in_the_diary():
    date = make_date()
    booking = book(date, team="North", access="A ramp")
    bookings.cancel(booking, now=NOW)
    again = bookings.book_again(booking, now=NOW)
    database.session.commit()

    assert again.id != booking.id
    assert links.booking_token(again) != links.booking_token(booking)
    assert (again.state, again.team) == (BookingState.CONFIRMED, "North")
    assert again.access_needs.access == "A ramp"
    assert again.terms is booking.terms
    invite, _, renewed = map(entries, mails())
    assert renewed["METHOD"] == "REQUEST"
    assert renewed["UID"] != invite["UID"]


def test_booking_again_twice_is_one_booking_and_one_mail():
    booking = book(make_date())
    bookings.cancel(booking, now=NOW)
    assert bookings.book_again(booking, now=NOW) is bookings.book_again(booking, now=NOW)
    assert kinds() == ["booking_confirmed", "booking_cancelled", "booking_confirmed"]


def test_booking_again_goes_to_the_end_of_the_line():
    date = make_date(capacity=1)
    booking = book(date)
    book(date, BEN)
    book(date, CAT)
    bookings.cancel(booking, now=NOW)

    again = bookings.book_again(booking, now=NOW)
    assert waiting_list.position(again) == 2


def test_details_can_be_put_right_without_a_mail():
    booking = book(make_date(), access="A ramp")
    bookings.change_details(
        booking, details=details(name="Ann Other", team="South"), now=NOW + HOUR
    )
    database.session.commit()

    assert (booking.name, booking.team, booking.updated_at) == ("Ann Other", "South", NOW + HOUR)
    assert booking.access_needs is None
    assert kinds() == ["booking_confirmed"]


def test_a_cancelled_booking_keeps_its_details():
    booking = book(make_date())
    bookings.cancel(booking, now=NOW)
    with pytest.raises(Refused, match="cancelled"):
        bookings.change_details(booking, details=details(name="Ann Other"), now=NOW)


def test_an_organiser_cancels_with_a_reason_and_the_person_is_told_it():
    date = make_date(capacity=1)
    booking, waiting = book(date), book(date, BEN)
    bookings.cancel_by_organiser(booking, reason="Your team has four places.", now=NOW)

    assert (booking.ending, booking.cancel_reason) == (
        Ending.BY_ORGANISER,
        "Your team has four places.",
    )
    mail = mails(ANN)[-1]
    assert mail.kind == "booking_cancelled_by_organiser"
    assert "Your team has four places." in words(mail)
    assert waiting.state is BookingState.OFFERED
    with pytest.raises(Refused, match="already"):
        bookings.cancel_by_organiser(booking, reason="Again", now=NOW)


def add(date, email=ANN, **facts):
    return bookings.add_by_hand(date, email=email, details=details(), now=NOW, **facts)


def test_an_organiser_adds_somebody_also_after_booking_has_closed():
    booking = add(make_date(closes_at=NOW))

    assert (booking.state, booking.terms) == (BookingState.CONFIRMED, None)
    assert "We added you to this date ourselves." in words(mails()[0])


def test_an_organiser_goes_over_the_number_of_places_only_with_a_reason():
    date = make_date(capacity=0)
    with pytest.raises(Full):
        add(date, may_wait=False)
    assert add(date).state is BookingState.WAITING
    by_right = add(date, BEN, over_capacity_reason="The speaker's colleague")
    assert by_right.state is BookingState.CONFIRMED
    assert by_right.over_capacity_reason == "The speaker's colleague"


def test_a_reason_that_was_not_needed_is_not_kept():
    assert add(make_date(), over_capacity_reason="To be sure").over_capacity_reason is None


def test_while_more_are_there_than_places_nobody_is_offered_any():
    date = make_date(capacity=1)
    first, waiting = book(date), book(date, CAT)
    beyond = add(date, BEN, over_capacity_reason="She gives the talk")
    bookings.cancel_by_organiser(first, reason="She is ill", now=NOW)
    assert waiting.state is BookingState.WAITING

    bookings.cancel_by_organiser(beyond, reason="No talk", now=NOW)
    assert waiting.state is BookingState.OFFERED


@pytest.mark.parametrize(
    "facts",
    [
        {"state": DateState.CANCELLED},
        {"state": DateState.DRAFT},
        {"state": DateState.HELD_BACK, "starts_at": None},
        {"starts_at": NOW - timedelta(days=3)},
    ],
    ids=lambda facts: "-".join(map(str, facts.values()))[:20],
)
def test_an_organiser_adds_nobody_to_a_date_that_is_none(facts):
    with pytest.raises(BookingClosed):
        add(make_date(**facts))


def test_an_organiser_is_told_when_somebody_has_a_booking():
    date = make_date()
    book(date)
    with pytest.raises(Refused, match="already"):
        add(date)


def test_a_corrected_address_moves_the_booking_and_ends_what_the_wrong_one_was_sent():
    date = make_date()
    booking = book(date, "wrong@agency.example", phone="01632 960002", access="A ramp")
    token = links.booking_token(booking)
    bookings.correct_address(date, submission="form", email=ANN, now=NOW)
    database.session.commit()

    assert (booking.email, booking.state) == (ANN, BookingState.CONFIRMED)
    assert booking.access_needs.access == "A ramp"
    with pytest.raises(Gone):
        links.open_booking(token)
    left = booking_of(date, "wrong@agency.example")
    assert (left.state, left.ending) == (BookingState.CANCELLED, Ending.ADDRESS_CORRECTED)
    assert (left.phone, left.access_needs, left.terms) == (None, None, None)
    assert bookings.of_practitioner(left.practitioner) == []

    invite, cancel = map(entries, mails("wrong@agency.example"))
    assert (cancel["METHOD"], cancel["UID"]) == ("CANCEL", invite["UID"])
    assert ANN not in mails("wrong@agency.example")[1].message.decode()
    [confirmed] = mails(ANN)
    assert confirmed.kind == "booking_confirmed"
    assert links.booking_token(booking) in words(confirmed)
    assert entries(confirmed)["METHOD"] == "REQUEST"


def test_a_corrected_address_keeps_its_place_in_line():
    date = make_date(capacity=0)
    book(date, "wrong@agency.example", submission="mine")
    book(date, BEN)
    bookings.correct_address(date, submission="mine", email=ANN, now=NOW)

    assert "1st" in words(mails(ANN)[0])
    assert kinds("wrong@agency.example") == ["booking_waiting", "address_corrected"]
    assert entries(mails("wrong@agency.example")[1]) == {}


def test_an_address_corrected_to_one_that_has_a_booking_frees_the_mistaken_place():
    date = make_date(capacity=2)
    mine = book(date)
    wrong = book(date, "wrong@agency.example", submission="mine")
    waiting = book(date, BEN)
    bookings.correct_address(date, submission="mine", email=ANN, now=NOW)

    assert mine.is_live
    assert (wrong.ending, waiting.state) == (Ending.ADDRESS_CORRECTED, BookingState.OFFERED)
    assert kinds(ANN) == ["booking_confirmed", "booking_confirmed"]


def test_a_corrected_address_says_the_same_whether_or_not_the_wrong_one_had_a_booking():
    date, other = make_date(), make_date()
    theirs = book(date, BEN)
    for asked in (date, other):
        book(asked, BEN, submission="mine", team="North", access="A ramp")
        bookings.correct_address(asked, submission="mine", email=ANN, now=NOW)
    database.session.commit()

    assert theirs.is_live
    assert kinds(ANN) == ["booking_confirmed", "booking_confirmed"]
    mine = booking_of(date, ANN)
    assert (mine.team, mine.access_needs.access, mine.agency.name) == (
        "North",
        "A ramp",
        "Anytown Council",
    )
    # And again: now it is a booking like any other, and moves.
    bookings.correct_address(date, submission="mine", email=CAT, now=NOW)
    assert mine.email == CAT
    assert kinds(ANN)[2:] == ["address_corrected"]


def test_nobody_corrects_what_another_form_made():
    date = make_date()
    booking = book(date)
    bookings.correct_address(date, submission="another", email=BEN, now=NOW)

    assert (booking.email, kinds(BEN)) == (ANN, [])
    assert count(Practitioner) == 1


def test_no_address_is_corrected_once_it_has_started():
    date = make_date(starts_at=NOW + HOUR)
    book(date)
    with pytest.raises(BookingClosed):
        bookings.correct_address(date, submission="form", email=BEN, now=date.starts_at)


def test_no_form_is_corrected_after_a_day_whether_or_not_it_made_a_booking():
    date = make_date()
    later = NOW + timedelta(days=1, seconds=1)
    book(date, BEN, submission="first")
    book(date, BEN, submission="second")
    for submission in ("first", "second"):
        bookings.correct_address(date, submission=submission, email=ANN, now=later)

    assert kinds(ANN) == []


def test_what_a_repeated_form_said_is_forgotten_after_a_day():
    date = make_date()
    book(date)
    book(date, submission="second")
    corrections.forget(now=NOW + timedelta(days=1, seconds=1))
    bookings.correct_address(date, submission="second", email=BEN, now=NOW)

    assert booking_of(date, BEN) is None


def test_writing_again_sends_the_same_mail_and_only_to_who_booked():
    date = make_date()
    book(date)
    bookings.write_again(date, email=ANN, submission="form", now=NOW)
    bookings.write_again(date, email=BEN, submission="form", now=NOW)

    assert kinds() == ["booking_confirmed", "booking_confirmed"]
    assert {mail.to for mail in mails()} == {ANN}


def test_a_person_sees_all_their_bookings_and_nobody_elses():
    late = book(make_date(starts_at=NOW + timedelta(days=9)))
    soon = book(make_date(starts_at=NOW + timedelta(days=3)))
    book(make_date(), BEN)
    bookings.cancel(soon, now=NOW)

    assert bookings.of_practitioner(late.practitioner) == [soon, late]


def test_needs_are_forgotten_once_their_date_is_long_enough_over():
    date, later = make_date(), make_date(starts_at=NOW + timedelta(days=60))
    book(date, access="A ramp")
    book(later, access="A ramp")
    over = date.ends_at + timedelta(days=28)

    assert forget(over) == {}
    assert forget(over + timedelta(seconds=1)) == {NEEDS: 1}
    assert count(AccessNeeds) == 1


def test_words_with_markup_breaks_and_every_script_do_no_harm():
    date = make_date()
    date.course.title = date.course.short_title = "<b>Bad</b>\r\nBcc: x@y.example, “né” 👩🏽‍🏫 שלום"
    save(date)
    book(date, name='"Ann", <script>\n\x00' + "x" * 4000, team="t" * 4000)

    [mail] = mails()
    raw = mail.message.decode("ascii")
    assert max(map(len, raw.splitlines())) < 998
    assert "\nBcc:" not in raw.replace("\r", "")
    assert mail.subject.startswith(
        "You have a place: <b>Bad</b> Bcc: x@y.example, “né” 👩🏽‍🏫 שלום"
    )
    assert "&lt;b&gt;Bad" in mail.message.decode()
