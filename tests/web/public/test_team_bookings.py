"""The form for colleagues, the look at it, the page after it, and the booker's own page."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_partnership,
    make_sector,
    make_terms,
    save,
)
from tests.queries import by_state, counted
from tests.web.reading import (
    buttons,
    filled_in,
    heading,
    links,
    main,
    title,
    typed,
    without_secrets,
    wrong,
)
from webapp import clock
from webapp.models import Booking, BookingState, DateState, Email, EmailDomain, Practitioner
from webapp.services.links import booking_token, my_token, team_token

ANN, BEN, CAT = (
    {"name": f"{name} Able", "email": f"{name.lower()}@agency.example", "job_role": "Nurse"}
    for name in ("Ann", "Ben", "Cat")
)
OLA = "ola@agency.example"


@pytest.fixture(autouse=True)
def _house(db):
    make_partnership()
    make_terms()


def rows(*people):
    return {
        f"colleagues-{number}-{name}": said
        for number, one in enumerate(people)
        for name, said in one.items()
    }


def answers(*people, **other):
    return {
        "name": "Ola Other",
        "email": OLA,
        "agency": str((other.pop("works_at", None) or make_agency()).id),
        "terms": "1",
        "agrees": "y",
        **rows(*people),
        **other,
    }


def path(date):
    return f"/dates/{date.id}/team"


def look(client, date, *people, **other):
    return client.post(path(date), data=answers(*people, step="look", **other))


def press(client, date, page, **said):
    """The button of the page that asks once more, with all that it carries along."""
    return client.post(path(date), data=filled_in(page, **{"step": "book", **said}))


def book(client, date, *people, fit="fit", **other):
    return press(client, date, look(client, date, *people, **other), fit=fit)


def person(db, email):
    return db.session.scalars(select(Practitioner).where(Practitioner.email == email)).one()


def made(db, email=OLA):
    return f"/booked/{team_token(person(db, email))}"


def to_tick(page):
    boxes = main(page).all("input", type="checkbox")
    return [box["value"] for box in boxes if box.get("name") == "member"]


def test_a_date_leads_to_the_form_and_the_form_asks_for_no_account(client):
    date = make_date(capacity=7)
    assert links(client.get(f"/dates/{date.id}"))["Book for colleagues"] == path(date)
    page = client.get(path(date))
    assert (page.status_code, heading(page)) == (200, "Book for colleagues")
    assert "7 places left" in main(page).text
    assert "Colleague 3" in main(page).text
    assert "Colleague 4" not in main(page).text


def test_a_date_that_cannot_be_booked_says_so(client):
    closed = make_date(closes_at=NOW - timedelta(hours=1))
    assert "Book for colleagues" not in links(client.get(f"/dates/{closed.id}"))
    assert client.get(path(closed)).status_code == 409
    assert client.get(path(make_date(state=DateState.DRAFT))).status_code == 404


def test_the_whole_way_from_typing_to_the_mails(client, db):
    date = make_date(capacity=2)
    page = look(client, date, ANN, BEN, CAT)
    assert heading(page) == "Check who you book for"
    assert "2 places left for 3 people: not everybody on your list has a place" in main(page).text
    assert "Nobody has been booked or written to so far." in main(page).text
    assert db.session.scalars(select(Email)).all() == []

    answer = press(client, date, page, fit="fit")
    assert answer.location.endswith(f"{path(date)}/written")
    assert "We have written to each of your 3 colleagues" in main(client.get(answer.location)).text
    assert by_state(date)[BookingState.CONFIRMED] == [ANN["email"], BEN["email"]]
    assert by_state(date)[BookingState.WAITING] == [CAT["email"]]
    booked = db.session.scalars(select(Booking)).all()
    assert {one.booked_by.email for one in booked} == {OLA}
    assert {one.terms_id for one in booked} == {None}


def test_all_or_nobody_is_refused_beside_the_question_and_everything_is_kept(client, db):
    date = make_date(capacity=2)
    page = book(client, date, ANN, BEN, CAT, fit="all")
    assert heading(page) == "Check who you book for"
    assert wrong(page) == {"fit": "There are 2 places left for 3 people, so nobody was booked."}
    assert db.session.scalars(select(Email)).all() == []
    assert press(client, date, page, fit="fit").status_code == 302


def test_what_is_to_happen_with_too_few_places_has_to_be_said_where_places_end(client, db):
    date, endless = make_date(capacity=9), make_date(capacity=None)
    page = press(client, date, look(client, date, ANN))
    assert wrong(page) == {"fit": "Choose what to do if there are not places for everybody"}
    assert press(client, endless, look(client, endless, ANN)).status_code == 302


def test_the_booker_comes_first_of_the_list_and_has_agreed_to_the_terms(client, db):
    date = make_date(capacity=1)
    book(client, date, ANN, comes="y", job_role="Team leader")
    assert by_state(date)[BookingState.CONFIRMED] == [OLA]
    mine = person(db, OLA).bookings[0]
    assert (mine.job_role, mine.terms.version, mine.booked_by) == ("Team leader", 1, None)


def test_who_is_their_manager_is_noted_so_on_their_bookings_alone(client, db):
    date = make_date(capacity=5)
    book(client, date, ANN, comes="y", job_role="Team leader", is_manager="y")
    ann, ola = (person(db, email).bookings[0] for email in (ANN["email"], OLA))
    assert (ann.manager_name, ann.manager_email) == ("Ola Other", OLA)
    assert (ola.manager_name, ola.manager_email) == (None, None)


def test_pasted_lines_become_rows(client, db):
    date = make_date(capacity=5)
    pasted = "Ben Able, ben@agency.example, Midwife, community\n\nCat Able <cat@agency.example>;"
    page = look(client, date, ANN, pasted=pasted)
    assert wrong(page) == {"colleagues-2-job_role": "Colleague 3: enter their job role"}
    assert typed(page, "colleagues-0-name") == "Ann Able"
    assert typed(page, "colleagues-1-job_role") == "Midwife, community"
    assert typed(page, "colleagues-2-email") == "cat@agency.example"
    assert typed(page, "pasted") == ""


def test_more_pasted_than_one_form_takes_stay_where_they_were_pasted(client):
    pasted = "\n".join(f"Person {n}, person{n}@agency.example, Nurse" for n in range(20))
    page = look(client, make_date(), ANN, pasted=pasted)
    said = "These are 21 colleagues with those above. Book for at most 20 at once"
    assert wrong(page) == {"pasted": said}
    assert "person19@agency.example" in typed(page, "pasted")
    assert typed(page, "colleagues-0-name") == "Ann Able"


def test_what_is_wrong_is_said_of_each_row_in_words_of_its_own(client, db):
    page = look(
        client,
        make_date(),
        {**ANN, "name": "www.x.example"},
        {**BEN, "email": "ben"},
        {**BEN, "email": OLA, "job_role": ""},
        {**CAT, "email": ANN["email"]},
    )
    assert wrong(page) == {
        "colleagues-0-name": "Colleague 1: full name must not include a web address",
        "colleagues-1-email": "Colleague 2: enter an email address in the correct format,"
        " like name@example.com",
        "colleagues-2-email": "Colleague 3: this is your own address. If you come, say so further"
        " up",
        "colleagues-2-job_role": "Colleague 3: enter their job role",
        "colleagues-3-email": "Colleague 4: this is the address of colleague 1, too",
    }
    assert title(page).startswith("Error: Book for colleagues")
    assert typed(page, "colleagues-1-email") == "ben"
    assert db.session.scalars(select(Booking)).all() == []


def test_an_empty_form_says_all_that_is_missing(client):
    said = {"step": "look", "comes": "y", "manager_name": "Max"}
    page = client.post(path(make_date()), data=said)
    assert list(wrong(page).items()) == [
        ("name", "Enter your full name"),
        ("email", "Enter your work email address"),
        ("job_role", "Enter your job role, since you are coming, too"),
        ("agency", "Choose where you work"),
        ("colleagues-0-name", "Enter at least one colleague"),
        ("manager_email", "Enter your line manager's email address, too"),
        ("agrees", "Agree to the booking terms to book"),
    ]


def test_the_agency_is_suggested_by_the_booker_s_address(client, db):
    agency = make_agency(sector=make_sector())
    save(EmailDomain(domain="agency.example", agency=agency))
    page = look(client, make_date(), ANN, agency="")
    assert wrong(page) == {"agency": "Check where you work: we chose it by your email address"}
    assert typed(page, "agency") == str(agency.id)


def test_more_rows_and_going_back_say_nothing_of_errors_and_keep_what_was_typed(client):
    date = make_date()
    more = client.post(path(date), data=answers(ANN, step="more"))
    assert (wrong(more), "Colleague 8" in main(more).text) == ({}, True)
    assert typed(more, "colleagues-0-email") == ANN["email"]
    back = press(client, date, look(client, date, ANN), step="change")
    assert (heading(back), typed(back, "name")) == ("Book for colleagues", "Ola Other")
    assert typed(back, "colleagues-0-job_role") == "Nurse"
    assert typed(back, "agrees")


def test_no_page_tells_who_had_booked_already(client, db):
    works_at, first = make_agency(), make_date(capacity=5)
    dates = [first, make_date(capacity=5, course=first.course, venue=first.venue)]
    make_booking(dates[1], email=ANN["email"])
    answered = []
    for date in dates:
        answer = book(client, date, ANN, BEN, works_at=works_at)
        after = without_secrets(client.get(answer.location))
        answered.append(after.replace(f"/dates/{date.id}", ""))
    assert answered[0] == answered[1]
    both = main(client.get(made(db))).all("ul", class_="app-bookings")
    assert both[0].text == both[1].text == "Ann Able Not confirmed yet Ben Able Not confirmed yet"


def test_the_page_after_the_form_is_there_for_an_hour_and_for_its_own_date(client, monkeypatch):
    date, other = make_date(capacity=5), make_date()
    assert client.get(f"{path(date)}/written").status_code == 410
    answer = book(client, date, ANN)
    assert client.get(answer.location).status_code == 200
    assert client.get(f"{path(other)}/written").status_code == 410
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=61))
    assert client.get(answer.location).status_code == 410


def test_a_colleague_confirms_by_their_own_link_and_the_booker_sees_no_more_than_that(client, db):
    date = make_date(capacity=5)
    book(client, date, ANN)
    [booking] = person(db, ANN["email"]).bookings
    link = f"/bookings/{booking_token(booking)}"
    assert "Ola Other booked this for you" in main(client.get(link)).text
    client.post(
        f"{link}/change",
        data={
            "name": "Anna Secret",
            "phone": "01632 960 999",
            "agency": booking.agency_id,
            "job_role": "Midwife",
            "manager_name": "Max",
            "manager_email": "max@agency.example",
            "access": "A ramp",
            "terms": "1",
            "agrees": "y",
        },
    )
    assert "booked this for you" not in main(client.get(link)).text
    seen = main(client.get(made(db))).text
    assert "Ann Able Has a place" in seen
    for secret in ("Anna", "960 999", "Midwife", "max@", "ramp", ANN["email"]):
        assert secret not in seen


def test_my_bookings_lead_to_what_was_booked_for_colleagues_where_there_is_any(client, db):
    date = make_date(capacity=5)
    book(client, date, ANN)
    mine, theirs = (
        links(client.get(f"/my/{my_token(person(db, email), NOW)}"))
        for email in (OLA, ANN["email"])
    )
    assert mine["Bookings you made"] == made(db)
    assert "Bookings you made" not in theirs


def test_a_copy_of_their_data_says_who_booked_for_them(client, db):
    book(client, make_date(capacity=5), ANN)
    page = client.get(f"/my/{my_token(person(db, ANN['email']), NOW)}/data")
    assert "Booked for you by Ola Other" in main(page).text
    theirs = main(client.get(f"/my/{my_token(person(db, OLA), NOW)}/data")).text
    assert "What you booked for colleagues" in theirs
    assert "For 1 colleague" in theirs
    assert "Ann" not in theirs


def test_the_booker_cancels_several_at_once(client, db):
    date = make_date(capacity=5)
    book(client, date, ANN, BEN, CAT)
    page = client.get(made(db))
    boxes = to_tick(page)
    assert buttons(page) == ["Cancel for those ticked"]
    answer = client.post(f"{made(db)}/cancel", data={"member": boxes[:2]})
    after = client.get(answer.location)
    assert "Cancelled. We have written" in main(after).text
    assert main(after).text.count("You cancelled it") == 2
    assert by_state(date)[BookingState.CONFIRMED] == [CAT["email"]]
    again = client.post(f"{made(db)}/cancel", data={"member": boxes[:2]})
    assert (again.status_code, title(again).startswith("Error: ")) == (409, True)


def test_nobody_ticked_is_said_and_a_link_of_somebody_else_cancels_nothing(client, db):
    date = make_date(capacity=5)
    book(client, date, ANN)
    book(client, date, BEN, email="eve@agency.example")
    page = client.post(f"{made(db)}/cancel")
    assert "Tick at least one person" in main(page).text
    theirs = to_tick(client.get(made(db)))
    answer = client.post(f"{made(db, 'eve@agency.example')}/cancel", data={"member": theirs})
    assert answer.status_code == 409
    assert len(by_state(date)[BookingState.CONFIRMED]) == 2


def test_teams_are_booked_only_so_often_by_one_person_and_from_one_computer(client):
    works_at, dates = make_agency(), [make_date(capacity=None) for _ in range(6)]
    answered = [book(client, date, ANN, works_at=works_at).status_code for date in dates]
    assert answered == [302] * 5 + [429]
    for number in range(6):
        other = {"email": f"eve{number}@agency.example", "works_at": works_at}
        one = {**BEN, "email": f"ben{number}@agency.example"}
        answered.append(book(client, dates[0], one, **other).status_code)
    assert answered[6:] == [302] * 5 + [429]
    assert by_state(dates[5])[BookingState.CONFIRMED] == []


def test_the_page_of_what_was_booked_costs_no_further_queries(client, db):
    book(client, make_date(capacity=30), ANN)
    link = made(db)
    with counted() as few:
        client.get(link)
    for number in range(3):
        addresses = [f"person{number}.{one}@agency.example" for one in range(3 * number + 3)]
        people = [{**ANN, "email": email} for email in addresses]
        book(client, make_date(capacity=30), *people)
    with counted() as many:
        client.get(link)
    assert len(many) == len(few)
