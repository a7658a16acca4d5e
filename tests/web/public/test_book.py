"""Booking a place, and the page after it, which tells nobody who had booked before."""

from datetime import timedelta
from io import BytesIO

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_partnership,
    make_sector,
    make_terms,
    save,
)
from tests.queries import counted
from tests.web.reading import heading, links, main, title, typed, without_secrets, wrong
from webapp import clock
from webapp.models import (
    AccessNeeds,
    Agency,
    Booking,
    BookingState,
    DateState,
    Email,
    EmailDomain,
    Format,
)

MISSING = {
    "name": "Enter your full name",
    "email": "Enter your work email address",
    "agency": "Choose where you work",
    "job_role": "Enter your job role",
    "manager_name": "Enter your line manager's full name",
    "manager_email": "Enter your line manager's email address",
    "agrees": "Agree to the booking terms to book",
}
NOT_AN_EMAIL = "Enter an email address in the correct format, like name@example.com"


@pytest.fixture(autouse=True)
def _house(db):
    make_partnership()
    make_terms()


def answers(works_at=None, **other):
    """A form filled in rightly."""
    return {
        "name": "Ann Example",
        "email": "ann@agency.example",
        "phone": "01632 960 001",
        "agency": (works_at or make_agency("Anytown Council")).id,
        "job_role": "Social worker",
        "team": "Referrals",
        "manager_name": "Max Manager",
        "manager_email": "max@agency.example",
        "access": "A hearing loop",
        "terms": "1",
        "agrees": "y",
        **other,
    }


def book(client, date, data=None, **other):
    return client.post(f"/dates/{date.id}/book", data=data or answers(**other))


def the_booking(db):
    return db.session.scalars(select(Booking)).one()


def agency_of(db):
    return db.session.scalars(select(Agency)).first()


def number(db, what):
    return db.session.scalar(select(func.count()).select_from(what))


def test_the_form_shows_the_date_and_asks_no_more_than_it_needs(client):
    date = make_date()

    page = client.get(f"/dates/{date.id}/book")

    assert heading(page) == "Book a place"
    assert title(page).split(" \N{EN DASH} ") == [
        "Book a place",
        "Safeguarding training",
        "Anytown Safeguarding Children Partnership",
    ]
    assert "Safeguarding basics Thursday 1 May 2025, 10am to 1pm" in main(page).text
    assert "2 places left" in main(page).text
    assert links(page)["booking terms (opens in a new tab)"] == "/terms?version=1"
    assert links(page)["privacy notice (opens in a new tab)"] == "/privacy"


def test_a_booking_holds_what_was_typed_and_the_version_of_the_terms(client, db):
    date = make_date()

    answer = book(client, date, email=" Ann@Agency.Example ", dietary="No nuts")

    assert answer.location == f"/dates/{date.id}/written"
    booking = the_booking(db)
    assert (booking.name, booking.email) == ("Ann Example", "ann@agency.example")
    assert (booking.agency.name, booking.job_role) == ("Anytown Council", "Social worker")
    assert (booking.team, booking.phone) == ("Referrals", "01632 960 001")
    assert (booking.manager_name, booking.manager_email) == ("Max Manager", "max@agency.example")
    assert (booking.access_needs.access, booking.access_needs.dietary) == (
        "A hearing loop",
        "No nuts",
    )
    assert booking.terms.version == 1
    assert booking.state is BookingState.CONFIRMED


def test_the_mail_goes_to_the_person_and_the_page_after_says_so(client, db):
    date = make_date()

    book(client, date)
    page = client.get(f"/dates/{date.id}/written")

    assert db.session.scalars(select(Email.to)).all() == ["ann@agency.example"]
    assert heading(page) == "Check your email"
    assert "We have written to ann@agency.example" in main(page).text


def test_food_is_asked_about_only_where_there_is_some(client):
    online = make_date(format=Format.ONLINE)

    assert 'name="dietary"' not in client.get(f"/dates/{online.id}/book").text
    assert 'name="dietary"' in client.get(f"/dates/{make_date().id}/book").text


def test_what_somebody_needs_is_kept_only_when_they_say_so(client, db):
    book(client, make_date(format=Format.ONLINE), access="  ", dietary="Sent all the same")

    assert number(db, AccessNeeds) == 0


@pytest.mark.parametrize("field", MISSING)
def test_a_missing_answer_is_said_beside_its_field_and_the_rest_is_kept(client, db, field):
    date, typed_in = make_date(), answers()
    del typed_in[field]

    page = book(client, date, typed_in)

    assert wrong(page) == {field: MISSING[field]}
    for other in typed_in.keys() - {"terms", "agrees"}:
        assert typed(page, other) == str(typed_in[other])
    assert number(db, Booking) == number(db, Email) == 0


@pytest.mark.parametrize(
    "instead",
    [{"data": {"email": (BytesIO(b"ann@x.org"), "x")}}, {"json": {"name": 1}}, {"json": [1]}],
)
def test_what_is_no_form_is_answered_as_an_empty_one(client, instead):
    page = client.post(f"/dates/{make_date().id}/book", **instead)
    assert wrong(page)["email"] == MISSING["email"]


def test_an_empty_form_lists_everything_in_the_order_of_the_page(client):
    page = book(client, make_date(), {"terms": "1"})

    assert list(wrong(page).items()) == list(MISSING.items())


@pytest.mark.parametrize(
    ("field", "value", "sentence"),
    [
        ("name", "x" * 201, "Full name must be 200 characters or fewer"),
        ("name", "\x00 \u202e ", "Enter your full name"),
        ("name", "You won: HTTPS://evil.example", "Full name must not include a web address"),
        ("name", "www.evil.example", "Full name must not include a web address"),
        ("email", "ann@", NOT_AN_EMAIL),
        ("email", "ann example@agency.example", NOT_AN_EMAIL),
        ("email", "ann@agency.example\nBcc: all@agency.example", NOT_AN_EMAIL),
        ("email", "änn@agency.example", NOT_AN_EMAIL),
        ("email", "a" * 250 + "@x.org", "Work email address must be 254 characters or fewer"),
        ("phone", "call me", "Enter a phone number, like 01632 960 001"),
        ("phone", "1" * 4000, "Phone number must be 40 characters or fewer"),
        ("agency", "999", "Choose where you work"),
        ("agency", "1 OR 1=1", "Choose where you work"),
        ("agency", "٣", "Choose where you work"),
        ("manager_email", "max", NOT_AN_EMAIL),
        ("job_role", "x" * 4000, "Job role must be 200 characters or fewer"),
        ("access", "x" * 4000, "Your answer must be 1,000 characters or fewer"),
    ],
)
def test_a_wrong_answer_is_said_beside_its_field(client, db, field, value, sentence):
    page = book(client, make_date(), **{field: value})

    assert wrong(page) == {field: sentence}
    assert number(db, Booking) == 0


@pytest.mark.parametrize("phone", ["+44 (0)1632 960001", "(01632) 960 001 ext 12", "07700900123"])
def test_phone_numbers_are_taken_as_people_write_them(client, db, phone):
    book(client, make_date(), phone=phone)

    assert the_booking(db).phone == phone


def test_the_emails_domain_chooses_the_agency_and_asks_to_check_it(client, db):
    council, school = make_agency("Anytown Council"), make_agency("Anytown School")
    save(EmailDomain(agency=council, domain="anytown.example"))
    save(EmailDomain(agency=school, domain="school.anytown.example"))
    date, data = make_date(), answers(council, email="ann@mail.school.anytown.example", agency="")

    page = book(client, date, data)

    assert wrong(page) == {"agency": "Check where you work: we chose it by your email address"}
    assert typed(page, "agency") == str(school.id)
    assert number(db, Booking) == 0

    book(client, date, {**data, "agency": typed(page, "agency")})
    assert the_booking(db).agency.name == "Anytown School"


def test_a_chosen_agency_is_not_overruled_by_the_email(client, db):
    council = make_agency("Anytown Council")
    save(EmailDomain(agency=make_agency("Elsewhere"), domain="agency.example"))

    book(client, make_date(), answers(council))

    assert the_booking(db).agency.name == "Anytown Council"


@pytest.mark.parametrize("name", ["Another health organisation", "A primary school"])
def test_an_agency_that_stands_for_many_asks_which(client, db, name):
    date, agency = make_date(), make_agency(name)

    page = book(client, date, answers(agency))
    assert wrong(page) == {"organisation": "Enter the name of your organisation"}

    book(client, date, answers(agency, organisation="St Mary's"))
    assert the_booking(db).works_at == "St Mary's"


def test_agencies_are_listed_under_their_sectors(client):
    police = make_sector(name="Police")
    make_agency("Anytown Police", sector=police)

    page = client.get(f"/dates/{make_date().id}/book")

    [group] = main(page).all("optgroup", label="Police")
    assert group.text == "Anytown Police"


def test_terms_that_changed_meanwhile_are_agreed_to_anew(client, db):
    date, data = make_date(), answers()
    make_terms(version=2)

    page = book(client, date, data)
    assert wrong(page) == {"agrees": "The booking terms have changed: read them and agree again"}
    assert not typed(page, "agrees")

    book(client, date, {**data, "terms": typed(page, "terms")})
    assert the_booking(db).terms.version == 2


def test_a_full_date_says_so_before_the_form_and_which_place_in_line_one_would_have(client, db):
    date = make_date(capacity=1)
    make_booking(date)
    make_booking(date, state=BookingState.WAITING)

    page = client.get(f"/dates/{date.id}/book")
    assert heading(page) == "Join the waiting list"
    assert "This date is full. You would be 2nd on the waiting list." in main(page).text

    book(client, date)
    mail = db.session.scalars(select(Email)).one()
    assert mail.kind == "booking_waiting"


NOT_BOOKABLE = {
    "This date has passed.": (410, {"starts_at": NOW.replace(month=3)}),
    "This date has been cancelled.": (410, {"state": DateState.CANCELLED}),
    "Booking for this date has closed.": (409, {"closes_at": NOW}),
    "Booking for this date has not opened yet.": (409, {"opens_at": NOW.replace(month=5)}),
    "This date is still to be confirmed, so it cannot be booked yet.": (
        409,
        {"state": DateState.HELD_BACK, "starts_at": None, "announced_as": "Wednesday 21 March"},
    ),
}


@pytest.mark.parametrize("reason", NOT_BOOKABLE)
@pytest.mark.parametrize("method", ["GET", "POST"])
def test_a_date_nobody_can_book_says_why_and_shows_no_form(client, db, reason, method):
    status, facts = NOT_BOOKABLE[reason]
    course = make_course(title="Basics")
    date, other = make_date(course=course, **facts), make_date(course=course)
    past = make_date(course=course, starts_at=NOW.replace(month=2))

    page = client.open(f"/dates/{date.id}/book", method=method, data=answers())

    assert page.status_code == status
    assert reason in main(page).text
    assert not main(page).all("form")
    shown = [link for link in links(page).values() if link.startswith("/dates/")]
    assert f"/dates/{other.id}" in shown
    assert f"/dates/{past.id}" not in shown
    assert number(db, Booking) == 0


def test_a_date_that_is_not_public_is_not_found(client):
    assert client.get(f"/dates/{make_date(state=DateState.DRAFT).id}/book").status_code == 404
    unpublished = make_date(course=make_course(is_published=False))
    assert client.get(f"/dates/{unpublished.id}/book").status_code == 404
    assert client.get("/dates/999/book").status_code == 404


def test_a_second_try_ends_on_the_very_same_page_and_changes_nothing(app, client, db):
    date, data = make_date(capacity=1), answers()

    first = book(client, date, data)
    first_page = client.get(first.location)
    stranger = app.test_client()
    second = book(stranger, date, {**data, "name": "Eve", "access": "Her secret"})
    second_page = stranger.get(second.location)

    assert (first.status_code, first.location) == (second.status_code, second.location)
    assert without_secrets(first_page) == without_secrets(second_page)
    assert the_booking(db).name == "Ann Example"
    assert [m.to for m in db.session.scalars(select(Email))] == ["ann@agency.example"] * 2


def test_the_session_never_knows_whether_a_booking_was_made(app, client):
    date, data = make_date(), answers()
    kept = []
    for visitor in (client, app.test_client()):
        book(visitor, date, data)
        with visitor.session_transaction() as session:
            kept.append({**session["written"], "submission": len(session["written"]["submission"])})

    assert kept[0] == kept[1]
    assert kept[0].keys() == {"date", "email", "submission", "at"}


def test_the_page_after_belongs_to_who_booked(app, client):
    date, other = make_date(), make_date()
    book(client, date)

    assert client.get(f"/dates/{date.id}/written").status_code == 200
    assert client.get(f"/dates/{other.id}/written").status_code == 410
    assert app.test_client().get(f"/dates/{date.id}/written").status_code == 410


def test_whoever_sits_down_at_the_computer_later_corrects_nothing(client, db, monkeypatch):
    date = make_date()
    book(client, date)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=61))

    assert client.get(f"/dates/{date.id}/written").status_code == 410
    answer = client.post(f"/dates/{date.id}/correct", data={"email": "eve@agency.example"})
    assert answer.status_code == 410
    assert the_booking(db).email == "ann@agency.example"


def test_a_wrong_address_is_put_right_and_the_booking_moves(client, db):
    date = make_date()
    book(client, date, email="anne@agency.example")

    answer = client.post(f"/dates/{date.id}/correct", data={"email": "ann@agency.example"})

    assert answer.location == f"/dates/{date.id}/written"
    assert "We have written to ann@agency.example" in main(client.get(answer.location)).text
    live = db.session.scalars(select(Booking).where(Booking.state == BookingState.CONFIRMED)).one()
    assert live.email == "ann@agency.example"


def test_after_a_second_try_the_correction_looks_the_same_and_leaves_the_first_alone(
    app, client, db
):
    date, data = make_date(), answers()
    book(client, date, data)
    stranger = app.test_client()
    book(stranger, date, {**data, "name": "Eve"})

    answer = stranger.post(f"/dates/{date.id}/correct", data={"email": "eve@agency.example"})

    assert answer.location == f"/dates/{date.id}/written"
    assert "We have written to eve@agency.example" in main(stranger.get(answer.location)).text
    bookings = db.session.scalars(select(Booking).order_by(Booking.id)).all()
    assert [(b.name, b.email, b.state) for b in bookings] == [
        ("Ann Example", "ann@agency.example", BookingState.CONFIRMED),
        ("Eve", "eve@agency.example", BookingState.CONFIRMED),
    ]


def test_a_correction_after_the_start_says_why_not(client, db, monkeypatch):
    date = make_date(starts_at=NOW + timedelta(minutes=30))
    book(client, date)
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=30))

    page = client.post(f"/dates/{date.id}/correct", data={"email": "eve@agency.example"})

    assert page.status_code == 410
    assert "This date has already started." in main(page).text
    assert the_booking(db).email == "ann@agency.example"


def test_a_correction_that_is_no_address_is_said_beside_the_field(client, db):
    date = make_date()
    book(client, date)

    page = client.post(f"/dates/{date.id}/correct", data={"email": "ann"})

    assert wrong(page) == {"email": NOT_AN_EMAIL}
    assert typed(page, "email") == "ann"
    assert "We have written to ann@agency.example" in main(page).text


def test_without_a_booking_of_ones_own_nothing_is_corrected_or_sent_again(app, client, db):
    date = make_date()
    book(client, date)
    stranger = app.test_client()

    for path in ("correct", "resend"):
        answer = stranger.post(f"/dates/{date.id}/{path}", data={"email": "eve@agency.example"})
        assert answer.status_code == 410
    assert the_booking(db).email == "ann@agency.example"
    assert number(db, Email) == 1


def test_the_mail_is_sent_again_on_request(client, db):
    date = make_date()
    book(client, date)

    client.post(f"/dates/{date.id}/resend")

    assert [mail.to for mail in db.session.scalars(select(Email))] == ["ann@agency.example"] * 2
    assert the_booking(db)


def test_nobody_is_flooded_with_mail_through_these_forms(client, db):
    date, data = make_date(), answers()

    pages = [book(client, date, data) for _ in range(11)]

    assert [page.status_code for page in pages] == [302] * 10 + [429]
    assert client.post(f"/dates/{date.id}/resend").status_code == 429
    assert number(db, Email) == 10
    assert book(client, date, {**data, "email": "ben@agency.example"}).status_code == 302


def test_the_pages_ask_the_database_no_more_when_three_hundred_have_booked(client, db):
    numbers = []
    for people in (3, 300):
        date = make_date(capacity=1)
        for _ in range(people):
            make_booking(date, agency=make_agency() if people == 3 else agency_of(db))
        closed = make_date(course=date.course, closes_at=NOW)
        for _ in range(people // 30):
            make_date(course=date.course, venue=date.venue)
        paths = [f"/dates/{date.id}/book", f"/dates/{closed.id}/book"]
        for path in paths:
            with counted() as queries:
                client.get(path)
            numbers.append(len(queries))

    assert numbers[:2] == numbers[2:]
    assert max(numbers) <= 12


HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>{{ 7*7 }}{% raw %}',
    "שלום \u202e Ann \u2066 مرحبا",
    "Ann 👩🏽‍🏫 O'Brien-Ängström",
    "Ann\x00\x07\x1b[2J Example",
    "=cmd|' /C calc'!A0",
]


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_does_no_harm(client, db, text):
    date = make_date()

    assert book(client, date, name=text, team=text, access=text).status_code == 302

    booking = the_booking(db)
    for kept in (booking.name, booking.team, booking.access_needs.access):
        assert not {"\x00", "\x07", "\x1b", "\u202e", "\u2066"} & set(kept)
    again = book(client, date, name=text, email="")
    assert typed(again, "name") == " ".join(booking.name.split())
    assert "<script>alert" not in again.text
    assert "<img src=x" not in again.text


def test_a_form_without_its_token_is_refused_and_what_was_typed_is_kept(app, client, monkeypatch):
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    date = make_date()

    page = client.post(
        f"/dates/{date.id}/book", data=answers(), headers={"Origin": "http://localhost"}
    )

    assert page.status_code == 400
    assert heading(page) == "This page was open too long"
    assert 'value="Social worker"' in page.text
