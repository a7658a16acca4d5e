"""The private page of one booking: how it stands, and the buttons that change it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_partnership, save
from tests.queries import counted
from tests.web.reading import buttons, heading, links, main, title, typed, wrong
from webapp import clock
from webapp.models import (
    AccessNeeds,
    Booking,
    BookingState,
    DateState,
    Email,
    Ending,
    Format,
)
from webapp.services.links import booking_token

LINK = "https://teams.example/join/secret"


@pytest.fixture(autouse=True)
def _house(db):
    make_partnership()


def path(booking, more=""):
    return f"/bookings/{booking_token(booking)}{more}"


def offered(**facts):
    date = make_date(capacity=1)
    until = facts.pop("until", NOW + timedelta(hours=8))
    return make_booking(
        date,
        state=BookingState.OFFERED,
        offered_until=until,
        waiting_since=NOW - timedelta(days=1),
        **facts,
    )


def cancelled(ending, **facts):
    return make_booking(
        facts.pop("date", None),
        state=BookingState.CANCELLED,
        ending=ending,
        cancelled_at=NOW,
        **facts,
    )


def mails(db):
    return db.session.scalars(select(Email.kind).order_by(Email.id)).all()


def later(monkeypatch, **by):
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(**by))


def test_a_place_says_so_with_when_where_and_the_ways_into_a_diary(client):
    booking = make_booking(email="ann@agency.example")

    page = client.get(path(booking))

    assert heading(page) == "Your booking"
    assert title(page).startswith("Your booking \N{EN DASH} ")
    text = main(page).text
    when = "Thursday 1 May 2025, 10am to 1pm (in 2 weeks)"
    assert f"You have a place Safeguarding basics {when}" in text
    assert "1 High Street Anytown AN1 1AA" in text
    assert "Ann Example" in text
    assert "Max Manager" in text
    assert links(page)["Download a calendar file"] == path(booking, ".ics")
    assert "Google Calendar" in links(page)


def test_the_link_to_join_is_for_those_with_a_place_alone(client):
    date = make_date(format=Format.ONLINE)
    states = {
        BookingState.CONFIRMED: {},
        BookingState.WAITING: {},
        BookingState.OFFERED: {"offered_until": NOW + timedelta(hours=1)},
        BookingState.CANCELLED: {"ending": Ending.BY_PRACTITIONER},
    }

    shown = {
        state: LINK in client.get(path(make_booking(date, state=state, **facts))).text
        for state, facts in states.items()
    }

    assert [state for state in shown if shown[state]] == [BookingState.CONFIRMED]


def test_the_link_to_join_goes_when_the_date_is_over_or_called_off(client, monkeypatch, db):
    booking = make_booking(make_date(format=Format.ONLINE))
    off = make_booking(make_date(format=Format.ONLINE, state=DateState.CANCELLED))

    assert LINK not in client.get(path(off)).text
    later(monkeypatch, days=15)
    assert LINK not in client.get(path(booking)).text


def test_who_waits_sees_the_place_in_line_and_nobody_else(client):
    date = make_date(capacity=1)
    make_booking(date, name="Holly Holder")
    for number in range(3):
        booking = make_booking(
            date,
            name=f"Waiter {number}",
            state=BookingState.WAITING,
            waiting_since=NOW + timedelta(minutes=number),
        )

    text = main(client.get(path(booking))).text

    assert "You are 3rd on the waiting list" in text
    assert "Waiter 2" in text
    assert not {"Holly", "Waiter 0", "Waiter 1"} & set(text.split())


def test_an_offer_can_be_taken(client, db):
    booking = offered()
    page = client.get(path(booking))
    assert "A place is held for you until 5pm on Thursday 17 April 2025" in main(page).text
    assert buttons(page) == ["Take the place", "Let it go"]

    answer = client.post(path(booking, "/offer"), data={"answer": "accept"})

    page = client.get(answer.location)
    assert "The place is yours." in main(page).text
    assert "You have a place" in main(page).text
    assert db.session.get(Booking, booking.id).state is BookingState.CONFIRMED
    assert mails(db) == ["booking_confirmed"]


def test_an_offer_can_be_let_go_and_goes_to_the_next(client, db):
    booking = offered()
    following = make_booking(booking.course_date, state=BookingState.WAITING)

    answer = client.post(path(booking, "/offer"), data={"answer": "decline"})

    assert "You let this place go" in main(client.get(answer.location)).text
    assert db.session.get(Booking, following.id).state is BookingState.OFFERED


@pytest.mark.parametrize("answer", ["accept", "decline"])
def test_an_offer_answered_too_late_says_so(client, db, monkeypatch, answer):
    booking = offered()
    later(monkeypatch, hours=9)

    page = client.get(path(booking))
    assert "The time to take this place has run out" in main(page).text
    assert buttons(page) == []

    page = client.post(path(booking, "/offer"), data={"answer": answer})
    assert page.status_code == 409
    assert "That could not be done" in main(page).text
    assert "This place was kept for you until 5pm on Thursday 17 April 2025" in main(page).text
    assert db.session.get(Booking, booking.id).state is BookingState.OFFERED


def test_an_offer_answered_twice_says_how_it_stands(client, db):
    booking = offered()
    client.post(path(booking, "/offer"), data={"answer": "accept"})

    page = client.post(path(booking, "/offer"), data={"answer": "accept"})

    assert page.status_code == 409
    assert "You have accepted this place already. It is yours." in main(page).text
    assert mails(db) == ["booking_confirmed"]


def test_an_answer_that_is_neither_changes_nothing(client, db):
    booking = offered()

    assert client.post(path(booking, "/offer"), data={"answer": "x"}).status_code == 302
    assert db.session.get(Booking, booking.id).state is BookingState.OFFERED


def test_cancelling_asks_first_then_frees_the_place_for_the_next(client, db):
    date = make_date(capacity=1)
    booking = make_booking(date)
    following = make_booking(date, state=BookingState.WAITING)

    page = client.get(path(booking, "/cancel"))
    assert heading(page) == "Can’t come?"
    assert "your place is offered to whoever is waiting, at once" in main(page).text
    assert db.session.get(Booking, booking.id).state is BookingState.CONFIRMED

    answer = client.post(path(booking, "/cancel"))
    page = client.get(answer.location)
    assert "Your booking has been cancelled." in main(page).text
    assert "You cancelled this booking" in main(page).text
    assert db.session.get(Booking, following.id).state is BookingState.OFFERED
    assert sorted(mails(db)) == ["booking_cancelled", "booking_offered"]


def test_cancelling_twice_is_harmless_and_mailed_once(client, db):
    booking = make_booking()

    for _ in range(2):
        answer = client.post(path(booking, "/cancel"))
        assert answer.status_code == 302

    assert mails(db) == ["booking_cancelled"]
    assert client.get(path(booking, "/cancel")).status_code == 302


def test_leaving_the_line_is_called_that(client, db):
    booking = make_booking(state=BookingState.WAITING)

    page = client.get(path(booking, "/cancel"))

    assert heading(page) == "Leave the waiting list"
    assert buttons(page) == ["Leave the waiting list"]
    said = main(client.get(client.post(path(booking, "/cancel")).location)).text
    assert "You have left the waiting list." in said
    assert "You left the waiting list" in said


def test_giving_up_what_waits_for_approval_is_called_that(client, db):
    booking = make_booking(state=BookingState.WAITING, approval_asked_at=NOW)

    page = client.get(path(booking, "/cancel"))

    assert buttons(page) == ["Give the booking up"]
    assert "If you book again, we look at that booking first, too." in main(page).text
    said = main(client.get(client.post(path(booking, "/cancel")).location)).text
    assert "You have given your booking up." in said
    assert "You gave this booking up" in said
    assert mails(db) == ["approval_given_up"]


def test_whom_an_organiser_refused_reads_that_there_is_no_place(client):
    facts = {"ending": Ending.BY_ORGANISER, "approval_asked_at": NOW}
    page = client.get(path(make_booking(state=BookingState.CANCELLED, **facts)))

    assert "The training team could not give you a place" in main(page).text


@pytest.mark.parametrize("by", [{"days": 14, "hours": 2}, {"days": 15}])
def test_once_begun_nothing_can_be_cancelled_or_changed(client, db, monkeypatch, by):
    booking = make_booking()
    later(monkeypatch, **by)

    page = client.get(path(booking))
    assert "Cancel your booking" not in links(page)
    assert "Change your details" not in links(page)
    assert client.get(path(booking, "/cancel")).status_code == 302
    assert client.get(path(booking, "/change")).status_code == 302

    page = client.post(path(booking, "/cancel"))
    assert page.status_code == 409
    assert "This date has already started" in main(page).text
    assert db.session.get(Booking, booking.id).state is BookingState.CONFIRMED


def test_a_past_booking_says_it_was_one(client, monkeypatch):
    booking, waited = make_booking(), make_booking(state=BookingState.WAITING)
    later(monkeypatch, days=15)

    assert "You had a place" in main(client.get(path(booking))).text
    assert "You were on the waiting list" in main(client.get(path(waited))).text


def test_a_date_called_off_says_so_with_the_organisers_words(client):
    date = make_date(state=DateState.CANCELLED, cancel_message="The trainer is ill.")

    page = client.get(path(make_booking(date)))

    assert "This date has been cancelled" in main(page).text
    assert "The trainer is ill." in main(page).text
    assert buttons(page) == []


ENDED = {
    Ending.BY_PRACTITIONER: ("You cancelled this booking", ["Book again"]),
    Ending.BY_BOOKER: ("The colleague who booked this for you cancelled it", ["Book again"]),
    Ending.BY_MANAGER: ("Your line manager has told us that you cannot go", ["Book again"]),
    Ending.DATE_CANCELLED: ("This date has been cancelled", []),
    Ending.MOVED: ("You are on another date now", []),
    Ending.SUBSTITUTED: ("Your place has been passed on to a colleague", ["Book again"]),
    Ending.OFFER_DECLINED: ("You let this place go", ["Book again"]),
    Ending.OFFER_LAPSED: ("The time to take this place has run out", ["Book again"]),
    Ending.BY_ORGANISER: ("The training team cancelled this booking", []),
    Ending.ADDRESS_CORRECTED: ("This booking was moved to another email address", []),
}


@pytest.mark.parametrize("ending", ENDED)
def test_a_cancelled_booking_says_how_it_ended_and_who_may_come_back(client, ending):
    words, offers = ENDED[ending]

    page = client.get(path(cancelled(ending, cancel_reason="For social workers only.")))

    assert words in main(page).text
    assert buttons(page) == offers
    told_why = ending in {Ending.BY_ORGANISER, Ending.BY_MANAGER, Ending.MOVED}
    assert ("For social workers only." in main(page).text) == told_why


def test_every_ending_is_among_them():
    assert set(ENDED) == set(Ending)


def moved(booking, **facts):
    """The same person's booking on a later date of the course, in the place of this one."""
    course = booking.course_date.course
    date = make_date(course=course, starts_at=NOW + timedelta(days=30), **facts)
    return make_booking(date, practitioner=booking.practitioner, replaces=booking)


def test_who_was_moved_is_led_to_the_booking_on_the_new_date(client):
    booking = cancelled(Ending.MOVED)
    new = moved(booking)

    page = client.get(path(booking))

    assert links(page)["Saturday 17 May 2025, 9am to midday"] == path(new)
    assert "You have a place" in main(client.get(path(new))).text


def test_who_was_moved_twice_is_led_to_the_last_date(client, db):
    first = cancelled(Ending.MOVED)
    second = moved(first)
    second.state, second.ending = BookingState.CANCELLED, Ending.MOVED
    third = moved(second, state=DateState.POSTPONED)
    db.session.commit()

    assert path(third) in links(client.get(path(first))).values()
    assert path(second) not in links(client.get(path(first))).values()


def test_whose_place_was_passed_on_learns_nothing_of_the_colleagues_booking(client):
    booking = cancelled(Ending.SUBSTITUTED)
    colleague = make_booking(
        booking.course_date, name="Ben Other", email="ben@agency.example", replaces=booking
    )

    page = client.get(path(booking)).text

    assert booking_token(colleague) not in page
    assert "Ben Other" not in page
    assert "ben@agency.example" not in page
    theirs = client.get(path(colleague)).text
    assert booking_token(booking) not in theirs
    assert booking.name not in theirs.replace(colleague.name, "")


def test_a_move_whose_new_booking_is_somebody_elses_shows_no_link(client):
    booking = cancelled(Ending.MOVED)
    other = make_booking(make_date(), replaces=booking)

    assert booking_token(other) not in client.get(path(booking)).text


def test_one_whose_place_was_passed_on_can_book_again(client, db):
    booking = cancelled(Ending.SUBSTITUTED)

    answer = client.post(path(booking, "/book-again"))

    assert "You have a place" in main(client.get(answer.location)).text


def postponed(**facts):
    date = make_date(
        state=DateState.POSTPONED, postponed_at=NOW, postpone_message="The trainer is ill."
    )
    date.starts_at = date.ends_at = None
    return make_booking(save(date), **facts)


def test_on_a_postponed_date_people_keep_their_places_and_may_give_them_up(client, db):
    sure, waiting = postponed(), postponed(state=BookingState.WAITING)

    page = client.get(path(sure))
    text = main(page).text
    assert "This date has been postponed: you keep your place" in text
    assert "it was to be on Thursday 1 May 2025" in text
    assert "The trainer is ill." in text
    assert "with an invitation for your diary" in text
    assert "Download a calendar file" not in links(page)
    assert {"Cancel, send a colleague or take another date", "Change your details"} <= set(
        links(page)
    )
    text = main(client.get(path(waiting))).text
    assert "This date has been postponed: you stay on the waiting list" in text
    assert "with an invitation" not in text

    for booking in (sure, waiting):
        client.get(path(booking, "/cancel"))
        client.post(path(booking, "/cancel"))
        assert db.session.get(Booking, booking.id).ending is Ending.BY_PRACTITIONER


def test_booking_again_makes_a_new_booking_with_the_same_details(client, db):
    booking = cancelled(Ending.BY_PRACTITIONER, team="Referrals")

    answer = client.post(path(booking, "/book-again"))

    new = db.session.scalars(select(Booking).where(Booking.id != booking.id)).one()
    assert answer.location == path(new)
    assert (new.state, new.team) == (BookingState.CONFIRMED, "Referrals")
    assert "You have a place" in main(client.get(answer.location)).text
    old = client.get(path(booking))
    assert links(old)["see that booking"] == path(new)
    assert buttons(old) == []


def test_booking_again_twice_makes_one_booking(client, db):
    booking = cancelled(Ending.BY_PRACTITIONER)

    first, second = (client.post(path(booking, "/book-again")) for _ in range(2))

    assert first.location == second.location
    assert len(db.session.scalars(select(Booking)).all()) == 2


def test_a_live_booking_is_not_booked_again(client, db):
    booking = make_booking()

    assert client.post(path(booking, "/book-again")).location == path(booking)
    assert mails(db) == []


@pytest.mark.parametrize(
    "ending", [Ending.BY_ORGANISER, Ending.ADDRESS_CORRECTED, Ending.MOVED, Ending.DATE_CANCELLED]
)
def test_whom_an_organiser_took_off_is_not_booked_again_by_this_link(client, db, ending):
    page = client.post(path(cancelled(ending), "/book-again"))

    assert page.status_code == 409
    assert "This date cannot be booked again from here." in main(page).text


def test_a_closed_date_cannot_be_booked_again(client):
    booking = cancelled(Ending.BY_PRACTITIONER, date=make_date(closes_at=NOW))

    assert buttons(client.get(path(booking))) == []
    assert client.post(path(booking, "/book-again")).status_code == 409


def test_details_are_changed_and_what_was_said_before_stands_in_the_form(client, db):
    booking = make_booking(email="ann@agency.example", team="Referrals")
    booking.access_needs = AccessNeeds(access="A hearing loop")
    save(booking)

    page = client.get(path(booking, "/change"))
    said = {field: typed(page, field) for field in FIELDS}
    assert said["name"] == "Ann Example"
    assert said["agency"] == str(booking.agency_id)
    assert said["access"] == "A hearing loop"
    assert 'name="email"' not in page.text

    answer = client.post(
        path(booking, "/change"), data={**said, "name": "Ann Other", "team": " ", "access": ""}
    )

    assert "Your details have been changed." in main(client.get(answer.location)).text
    changed = db.session.get(Booking, booking.id)
    assert (changed.name, changed.team, changed.access_needs) == ("Ann Other", None, None)
    assert changed.email == "ann@agency.example"


FIELDS = [
    "name", "phone", "agency", "organisation", "job_role", "team", "manager_name",
    "manager_email", "access", "dietary",
]  # fmt: skip


def test_a_change_that_is_wrong_is_said_beside_its_field(client, db):
    booking = make_booking()
    other = make_agency("A nursery")
    said = {"name": "", "agency": other.id, "job_role": "x", "manager_name": "Max Manager"}

    page = client.post(path(booking, "/change"), data={**said, "manager_email": "max"})

    assert wrong(page) == {
        "name": "Enter your full name",
        "manager_email": "Enter an email address in the correct format, like name@example.com",
        "organisation": "Enter the name of your organisation",
    }
    assert typed(page, "manager_name") == "Max Manager"
    assert db.session.get(Booking, booking.id).name == "Ann Example"


@pytest.mark.parametrize("more", ["", "/cancel", "/change", ".ics"])
def test_a_link_that_was_altered_is_not_found_and_a_replaced_one_is_gone(client, db, more):
    booking = make_booking()
    right = path(booking)

    assert client.get(right[:-1] + ("A" if right[-1] != "A" else "B") + more).status_code == 404
    assert client.get(right.replace(f"/{booking.id}-", "/999-") + more).status_code == 404
    assert client.get("/bookings/x" + more).status_code == 404
    booking.link_generation += 1
    save(booking)
    assert client.get(right + more).status_code == 410


def test_one_persons_link_opens_nobody_elses_booking(client):
    ann, eve = make_booking(name="Ann Own"), make_booking(name="Eve Other")

    crossed = f"/bookings/{eve.id}-{booking_token(ann).partition('-')[2]}"

    assert client.get(crossed).status_code == 404


@pytest.mark.parametrize("more", ["", "/cancel", "/change"])
def test_private_pages_are_kept_by_nobody_and_name_themselves_to_nobody(client, more):
    headers = client.get(path(make_booking(), more)).headers

    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cache-Control"] == "no-store"
    assert "noindex" in headers["X-Robots-Tag"]


@pytest.mark.parametrize("more", ["/cancel", "/change", "/offer", "/book-again"])
def test_every_button_needs_its_token(app, client, monkeypatch, more):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)

    assert client.post(path(make_booking(), more)).status_code == 400


def test_looking_at_a_booking_changes_nothing(client, db):
    booking = offered()
    before = booking.updated_at, booking.state

    for more in ("", "/cancel", "/change"):
        client.get(path(booking, more))
        client.head(path(booking, more))

    booking = db.session.get(Booking, booking.id)
    assert (booking.updated_at, booking.state) == before
    assert mails(db) == []


def test_the_page_asks_the_database_no_more_when_three_hundred_wait(client):
    numbers = []
    for people in (3, 300):
        date, agency = make_date(capacity=1), make_agency()
        for _ in range(people):
            booking = make_booking(date, agency=agency, state=BookingState.WAITING)
        link = path(booking)
        with counted() as queries:
            page = client.get(link)
        numbers.append(len(queries))
        assert "on the waiting list" in main(page).text

    assert numbers[0] == numbers[1] <= 13


def test_hostile_text_is_shown_as_text(client):
    booking = make_booking(name="<b>Ann</b>", team="{{ 7*7 }}", cancel_reason="<i>")

    page = client.get(path(booking))

    assert "<b>Ann</b>" in main(page).text
    assert "{{ 7*7 }}" in main(page).text


def test_cancelling_a_place_on_a_postponed_date_promises_nothing_about_diary_or_line(client):
    text = main(client.get(path(postponed(), "/cancel"))).text

    assert "We write to you to say that it is done." in text
    assert "diary" not in text
    assert "offered to them at once" not in text


def test_before_they_cancel_people_with_a_place_are_asked_about_a_colleague(client):
    words = "Cancel, send a colleague or take another date"

    assert words in main(client.get(path(make_booking()))).text
    assert words not in main(client.get(path(make_booking(state=BookingState.WAITING)))).text
