from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_email
from tests.queries import counted
from tests.web.reading import heading, links, main, title
from webapp.models import AccessNeeds, AuditLine, BookingState, DateState

WAITING, CANCELLED = BookingState.WAITING, BookingState.CANCELLED


def people(response):
    body = main(response).all("tbody")
    return [row.one("th").all("a")[0].text for row in body[0].all("tr")] if body else []


def tabs(response):
    nav = main(response).one("nav", class_="app-tabs")
    return {link.text: link.get("aria-current") == "page" for link in nav.all("a")}


def audited(db):
    return db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()


def url(date, rest=""):
    return f"/organiser/dates/{date.id}/attendees{rest}"


def test_the_list_shows_who_is_coming_and_counts_the_others_in_tabs(signed_in):
    date = make_date()
    make_booking(date, name="Ann", job_role="Nurse", agency=make_agency("York Hospital"))
    make_booking(date, name="Will", state=WAITING)

    page = signed_in.get(url(date))
    assert heading(page) == "Attendees: Safeguarding basics, Thu 1 May"
    assert title(page).startswith(heading(page))
    assert people(page) == ["Ann"]
    assert "York Hospital" in main(page).text
    assert tabs(page) == {
        "Confirmed 1": True,
        "Waiting 1": False,
        "Offered a place 0": False,
        "Cancelled 0": False,
        "Everybody 2": False,
    }


def test_every_view_of_the_list_leaves_a_line_that_names_nobody_on_it(signed_in, db, organiser):
    date = make_date()
    make_booking(date, name="Ann")
    signed_in.get(url(date))

    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.organiser_id) == ("saw the attendee list", organiser.id)
    assert (line.course_date_id, line.detail) == (date.id, None)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("", ["Ann", "Zoë"]),
        ("?q=zoe", ["Zoë"]),
        ("?state=waiting", ["Will"]),
        ("?state=all", ["Ann", "Cat", "Will", "Zoë"]),
        ("?state=all&q=nurse", ["Cat", "Zoë"]),
        ("?sort=name&order=down", ["Zoë", "Ann"]),
        ("?state=nonsense&sort=nonsense&agency=nonsense&page=nonsense", ["Ann", "Zoë"]),
        ("?page=99999999999999999999&agency=-1", ["Ann", "Zoë"]),
        ("?_external=1&date_id=7&endpoint=x&q=%00", ["Ann", "Zoë"]),
    ],
)
def test_the_list_can_be_searched_filtered_and_sorted_by_its_address(signed_in, query, found):
    date = make_date()
    make_booking(date, name="Ann")
    make_booking(date, name="Zoë", job_role="Nurse")
    make_booking(date, name="Will", state=WAITING)
    make_booking(date, name="Cat", job_role="Nurse", state=CANCELLED)

    assert people(signed_in.get(url(date, query))) == found


def test_the_sorted_column_says_so_and_its_link_turns_it_round(signed_in):
    date = make_date()
    make_booking(date)

    page = signed_in.get(url(date, "?q=ann"))
    head = {th.text.rstrip("▲▼↕ "): th for th in main(page).all("thead")[0].all("th") if th.text}
    assert head["Name"]["aria-sort"] == "ascending"
    assert head["Agency"]["aria-sort"] == "none"
    assert "order=down" in head["Name"].one("a")["href"]
    assert "q=ann" in head["Agency"].one("a")["href"]


def test_the_agency_filter_offers_the_agencies_of_the_list(signed_in):
    date = make_date()
    police = make_agency("Police")
    make_booking(date, name="Ann", agency=police)
    make_booking(date, name="Bob", agency=make_agency("Health"))
    make_agency("Nobody from here")

    page = signed_in.get(url(date, f"?agency={police.id}"))
    assert people(page) == ["Ann"]
    offered = [option.text for option in main(page).one("select").all("option")]
    assert offered == ["All agencies", "Health (1)", "Police (1)"]
    table = main(page).one("table", class_="app-mix__table").one("tbody")
    assert [row.text for row in table.all("tr")] == ["Health 1", "Police 1"]
    bar = main(page).one("svg", class_="app-mix__bar").all("rect")
    parts = [(part["class"], part["x"], part["width"]) for part in bar]
    assert parts == [("app-mix__0", "0", "50.0"), ("app-mix__1", "50.0", "50.0")]


def test_an_address_is_whole_in_its_words_and_breaks_at_its_at_and_dots(signed_in):
    date = make_date()
    make_booking(date, email="ann.lee@council.example")
    page = main(signed_in.get(url(date)))
    assert "ann.lee@council.example" in page.text
    parts = page.all(class_="app-address")
    assert [part.text for part in parts] == ["ann.lee@", "council.example"]
    assert [len(part.all("wbr")) for part in parts] == [1, 1]


def test_a_list_nobody_is_on_says_so(signed_in):
    date = make_date()
    assert "Nobody is in this list" in main(signed_in.get(url(date))).text
    assert "Nobody has booked" in main(signed_in.get(url(date, "?state=all"))).text


def test_a_search_that_finds_nobody_says_where_else_to_look(signed_in):
    date = make_date()
    make_booking(date)
    page = signed_in.get(url(date, "?q=nobody"))
    assert "Nobody in this list matches" in main(page).text
    assert "state=all" in links(page)["Look among everybody"]


def test_a_list_of_thousands_comes_in_pages_that_keep_the_search(signed_in):
    date = make_date()
    for number in range(51):
        make_booking(date, name=f"Person {number:02}")

    page = signed_in.get(url(date, "?q=person"))
    assert len(people(page)) == 50
    assert "51 people, 1 to 50 shown" in main(page).text
    following = links(page)["Next page"]
    assert "q=person" in following
    assert people(signed_in.get(following)) == ["Person 50"]


def test_needs_are_a_word_on_the_list_and_in_full_on_a_page_of_their_own(signed_in, db):
    date = make_date()
    make_booking(date, name="Ann", access_needs=AccessNeeds(access="Hearing loop"))
    make_booking(date, name="Will", state=WAITING, access_needs=AccessNeeds(access="Large print"))

    listed = main(signed_in.get(url(date))).text
    assert "Has needs" in listed
    assert "Hearing loop" not in listed
    page = main(signed_in.get(f"/organiser/dates/{date.id}/access-needs")).text
    assert "Hearing loop" in page
    assert "Large print" not in page
    assert audited(db) == ["saw the attendee list", "saw access needs"]


def test_many_needs_come_a_page_at_a_time(signed_in):
    date = make_date()
    for _ in range(51):
        make_booking(date, access_needs=AccessNeeds(access="A ramp"))
    page = signed_in.get(f"/organiser/dates/{date.id}/access-needs")
    assert "51 people, 1 to 50 shown" in main(page).text
    assert len(main(page).one("tbody").all("tr")) == 50


def test_without_needs_their_page_says_so(signed_in):
    page = signed_in.get(f"/organiser/dates/{make_date().id}/access-needs")
    assert "has told us of a need" in main(page).text


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", "a" * 4000, "محمد", "🧑‍⚕️", '"><b>', "{{ 7*7 }}"],
)
def test_hostile_names_titles_and_notes_do_no_harm(signed_in, name):
    date = make_date()
    booking = make_booking(date, name=name, note=name, job_role=name, organisation=name)

    for page in (url(date), f"/organiser/bookings/{booking.id}"):
        response = signed_in.get(page)
        assert response.status_code == 200
        main(response)
        assert "<script>alert" not in response.text


def test_a_date_that_is_over_offers_neither_adding_nor_cancelling(signed_in):
    date = make_date(starts_at=NOW - timedelta(days=2))
    make_booking(date)
    page = links(signed_in.get(url(date)))
    assert "Add somebody" not in page
    assert not [text for text in page if text.startswith("Cancel ")]


def test_dates_in_every_state_have_a_list(signed_in):
    for state in DateState:
        held_back = state is DateState.HELD_BACK
        date = make_date(state=state, **({"starts_at": None} if held_back else {}))
        assert signed_in.get(url(date)).status_code == 200


def test_the_list_of_no_date_is_not_found(signed_in):
    assert signed_in.get("/organiser/dates/999/attendees").status_code == 404
    assert signed_in.get("/organiser/dates/999/attendees/export").status_code == 404
    assert signed_in.get("/organiser/dates/999/access-needs").status_code == 404


@pytest.mark.parametrize("rest", ["", "/export", "/export?as=csv"])
def test_nobody_else_sees_who_is_coming(client, rest):
    answer = client.get(url(make_date(), rest))
    assert answer.status_code == 302
    assert "/organiser/sign-in" in answer.location


@pytest.mark.slow
@pytest.mark.parametrize(
    "page",
    [
        "attendees?state=all",
        "attendees?state=waiting",
        "access-needs",
    ],
)
def test_the_list_asks_the_database_as_often_for_300_people_as_for_3(signed_in, page):
    date = make_date()

    def fill(number):
        for n in range(number):
            state = WAITING if n % 2 else BookingState.CONFIRMED
            booking = make_booking(date, state=state, access_needs=AccessNeeds(access="Ramp"))
            make_email(booking_id=booking.id)

    def cost():
        with counted() as sent:
            assert signed_in.get(f"/organiser/dates/{date.id}/{page}").status_code == 200
        return len(sent)

    fill(3)
    before = cost()
    fill(297)
    assert cost() == before
    assert before <= 24
