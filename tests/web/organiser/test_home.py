from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_email,
    make_held_back_date,
    make_interest,
    make_postponed_date,
    make_venue,
)
from tests.queries import counted
from tests.web.reading import heading, links, main
from webapp.models import BookingState, DateState


def rows(response):
    return [row.text for row in main(response).one("tbody").all("tr")]


def needs(response):
    return [item.text for item in main(response).all("li", class_="app-needs__item")]


def test_with_nothing_to_do_and_nothing_coming_the_page_says_so(signed_in):
    page = signed_in.get("/organiser/")

    assert heading(page) == "Training dates"
    for words in (
        "Nothing needs you",
        "No dates are coming",
        "Nobody has registered interest",
    ):
        assert words in main(page).text


def test_a_coming_date_says_how_full_it_is_and_leads_to_its_people(signed_in):
    date = make_date(capacity=4)
    for state in ("confirmed", "confirmed", "offered", "waiting", "cancelled"):
        make_booking(date, state=BookingState(state))

    page = signed_in.get("/organiser/")
    [row] = rows(page)
    assert row.startswith("Thursday 1 May 2025")
    assert "2 of 4 confirmed, 1 offered" in row
    assert row.endswith("Waiting 1")
    assert f"/organiser/dates/{date.id}/attendees" in links(page).values()
    widths = [rect.get("width") for rect in main(page).one("svg").all("rect")]
    assert widths == ["100", "50.0", "25.0"]


def test_a_date_with_more_people_than_places_has_a_bar_that_is_full(signed_in):
    date = make_date(capacity=1)
    make_booking(date)
    make_booking(date)

    page = signed_in.get("/organiser/")
    assert "2 of 1 confirmed" in rows(page)[0]
    assert main(page).one("rect", class_="app-fill__confirmed").get("width") == "100"


def test_a_date_without_a_limit_has_no_bar(signed_in):
    make_booking(make_date(capacity=None))
    page = signed_in.get("/organiser/")
    assert "1 confirmed, no limit" in rows(page)[0]
    assert main(page).all("svg") == []


def test_past_cancelled_and_held_back_dates_are_not_coming(signed_in):
    make_date(starts_at=NOW - timedelta(days=3))
    make_date(state=DateState.CANCELLED)
    make_postponed_date()
    make_held_back_date()
    assert "No dates are coming" in main(signed_in.get("/organiser/")).text


def test_each_thing_that_needs_somebody_is_a_sentence_with_one_action(signed_in):
    held_back = make_held_back_date()
    make_email(gave_up_at=NOW, failure="550 No")
    make_email(failure="451 Later")
    low = make_date(starts_at=NOW + timedelta(days=5), capacity=10)
    venue = make_venue(demonstration_values=["address"])

    page = signed_in.get("/organiser/")
    found = main(page).all("li", class_="app-needs__item")
    assert [item.one("a")["href"] for item in found] == [
        f"/organiser/dates/{held_back.id}/settle",
        "/organiser/outbox?standing=given-up",
        "/organiser/outbox?standing=delayed",
        f"/organiser/dates/{low.id}/attendees",
        f"/organiser/venues/{venue.id}",
    ]
    words = " ".join(needs(page))
    assert "“Wednesday 21 March”" in words
    assert "1 message could not be delivered" in words
    assert "has none of its 10 places taken" in words


@pytest.mark.parametrize(
    ("capacity", "taken", "words"),
    [
        (1, 0, "has one place, which nobody has taken."),
        (10, 0, "has none of its 10 places taken."),
        (10, 2, "has 2 of its 10 places taken."),
    ],
)
def test_a_date_with_few_people_says_so_in_good_english(signed_in, capacity, taken, words):
    date = make_date(starts_at=NOW + timedelta(days=5), capacity=capacity)
    for _ in range(taken):
        make_booking(date)

    [sentence] = needs(signed_in.get("/organiser/"))
    assert f"on Tuesday 22 April 2025 (in 5 days) {words}" in sentence


def test_dates_with_demonstration_values_are_one_sentence_that_leads_to_the_first(signed_in, db):
    later = make_date(starts_at=NOW + timedelta(days=40), demonstration_values=["join_link"])
    make_held_back_date(demonstration_values=["capacity"])
    make_date(starts_at=NOW - timedelta(days=3), demonstration_values=["capacity"])
    first = make_date(starts_at=NOW + timedelta(days=30), demonstration_values=["capacity"])

    def sentence():
        page = signed_in.get("/organiser/")
        [item] = [i for i in main(page).all("li") if "with the demonstration" in i.text]
        return item.text, item.one("a")["href"]

    words, address = sentence()
    assert "3 dates still say something" in words
    assert address == f"/organiser/dates/{first.id}/details"

    first.demonstration_values = []
    later.demonstration_values = []
    db.session.commit()
    assert "1 date still says something" in sentence()[0]


def test_a_postponed_date_asks_for_its_new_day_and_says_who_keeps_a_place(signed_in):
    date = make_postponed_date(demonstration_values=["capacity"])
    for state in ("confirmed", "confirmed", "waiting", "cancelled"):
        make_booking(date, state=BookingState(state))
    make_postponed_date()

    page = signed_in.get("/organiser/")
    first, second, made_up = needs(page)
    assert "is postponed; it was to be on Thursday 1 May 2025." in first
    assert "2 people keep their places, and 1 waits. Say the new day, or cancel it." in first
    assert "Nobody has a place. Say the new day" in second
    assert "1 date still says something" in made_up
    action = main(page).all("li", class_="app-needs__item")[0].one("a")
    assert action["href"] == f"/organiser/dates/{date.id}/details"
    assert "of Safeguarding basics, which was to be on Thursday 1 May 2025" in action.text


def test_cancelled_dates_stand_among_those_that_are_over_whenever_they_were_to_be(signed_in):
    make_date(state=DateState.CANCELLED)
    make_postponed_date()
    [row] = rows(signed_in.get("/organiser/dates/past"))
    assert row.startswith("Thursday 1 May 2025")
    assert "Cancelled" in row


def test_administrators_alone_are_told_of_settings_nobody_has_confirmed(
    as_administrator, partnership, db
):
    partnership.demonstration_values = ["cost", "area"]
    db.session.commit()
    assert "2 settings still hold" in " ".join(needs(as_administrator.get("/organiser/")))


def test_organisers_who_may_not_change_settings_are_not_told_of_them(signed_in, partnership, db):
    partnership.demonstration_values = ["cost"]
    db.session.commit()
    assert needs(signed_in.get("/organiser/")) == []


def test_courses_somebody_waits_for_are_listed_with_how_many(signed_in):
    course = make_course(title="Working together")
    make_interest(course)
    make_interest(course)
    make_interest(course, withdrawn_at=NOW)

    page = signed_in.get("/organiser/")
    assert "Working together: 2 people" in main(page).text
    assert links(page)["Working together"] == f"/organiser/courses/{course.id}/interests"


def test_past_dates_have_a_page_of_their_own(signed_in):
    nothing = main(signed_in.get("/organiser/dates/past")).text
    assert "No date is over or cancelled so far" in nothing
    date = make_date(starts_at=NOW - timedelta(days=3))
    make_booking(date)

    page = signed_in.get("/organiser/dates/past")
    assert "Monday 14 April 2025" in rows(page)[0]
    assert "1 of 2 confirmed" in rows(page)[0]


def test_the_first_page_is_for_organisers_alone(client):
    assert "/organiser/sign-in" in client.get("/organiser/").location


@pytest.mark.slow
def test_the_first_page_asks_the_database_as_often_for_300_dates_as_for_3(signed_in):
    def fill(number):
        course = make_course()
        for n in range(number):
            date = make_date(course=course, starts_at=NOW + timedelta(days=2 + n), capacity=9)
            make_booking(date)
            make_interest(make_course())
            make_email(failure="No", gave_up_at=NOW)
            make_postponed_date(course=course)
        make_held_back_date()
        make_held_back_date()

    def cost():
        with counted() as sent:
            assert signed_in.get("/organiser/").status_code == 200
        return len(sent)

    fill(3)
    before = cost()
    fill(297)
    assert cost() == before
    assert before <= 22


@pytest.mark.slow
def test_past_dates_ask_the_database_as_often_for_300_as_for_3(signed_in):
    def fill(number):
        course, venue = make_course(), make_venue()
        for n in range(number):
            date = make_date(course=course, venue=venue, starts_at=NOW - timedelta(days=3 + n))
            make_booking(date)

    def cost():
        with counted() as sent:
            assert signed_in.get("/organiser/dates/past").status_code == 200
        return len(sent)

    fill(3)
    before = cost()
    fill(297)
    assert cost() == before
    assert before <= 12


def test_a_date_with_fewer_than_it_needs_says_so(signed_in):
    date = make_date(starts_at=NOW + timedelta(days=9), capacity=10, minimum=6)
    for _ in range(4):
        make_booking(date)
    [need] = needs(signed_in.get("/organiser/"))
    assert "has 4 of its 10 places taken, and needs at least 6." in need
    date = make_date(starts_at=NOW + timedelta(days=10), capacity=None, minimum=2)
    assert "has no bookings, and needs at least 2." in " ".join(needs(signed_in.get("/organiser/")))


def test_an_offer_about_to_lapse_is_named_with_its_hour(signed_in):
    date = make_date()
    until = NOW + timedelta(hours=3)
    make_booking(date, state=BookingState.OFFERED, offered_until=until)
    [need] = needs(signed_in.get("/organiser/"))
    assert "1 offer of a place lapses soon, at midday on Thursday 17 April 2025" in need
