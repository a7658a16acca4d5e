from datetime import datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_email,
    make_held_back_date,
    make_interest,
    make_many_dates,
    make_postponed_date,
    make_venue,
    save,
)
from tests.queries import counted
from tests.web.reading import heading, links, main
from webapp.clock import LONDON
from webapp.models import BookingState, DateState, Format, Invite, Reply


def rows(response):
    return [row.text for body in main(response).all("tbody") for row in body.all("tr")]


def bar(response):
    """What the first bar is made of: each part's kind, where it begins and how wide it is."""
    svg = main(response).one("table").one("svg")
    return [
        (rect["class"].removeprefix("app-fill__"), rect.get("x") or "0", rect["width"])
        for rect in svg.all("rect")
    ]


def kinds(response):
    return [title.text for title in main(response).all("h3")]


def decline(booking):
    [day] = booking.course_date.days
    save(Invite(booking=booking, course_day=day, reply=Reply.DECLINED))


def needs(response):
    return [item.text for item in main(response).all("li", class_="app-needs__item")]


def test_with_nothing_to_do_and_nothing_coming_the_page_says_so(signed_in):
    page = signed_in.get("/organiser/")

    assert heading(page) == "Training dates"
    for words in (
        "Nothing needs you",
        "No date is held in this term",
        "Nobody has registered interest",
    ):
        assert words in main(page).text


def test_a_date_of_the_term_says_how_full_it_is_and_leads_to_its_people(signed_in):
    date = make_date(capacity=4)
    for state in ("confirmed", "confirmed", "offered", "waiting", "cancelled"):
        make_booking(date, state=BookingState(state))

    page = signed_in.get("/organiser/")
    [row] = rows(page)
    assert row.startswith("Thu 1 May 10am to 1pm · in 2 weeks Safeguarding basics")
    assert row.endswith("2 of 4 confirmed, 1 offered, 1 free, 1 waiting")
    assert f"/organiser/dates/{date.id}/attendees" in links(page).values()
    assert bar(page) == [
        ("confirmed", "0", "40.0"),
        ("offered", "40.0", "20.0"),
        ("all", "0", "80.0"),
        ("waiting", "80.0", "20.0"),
    ]


def test_a_date_with_more_people_than_places_shows_where_the_places_end(signed_in):
    date = make_date(capacity=1)
    make_booking(date)
    make_booking(date)

    page = signed_in.get("/organiser/")
    assert "2 of 1 confirmed, 0 free" in rows(page)[0]
    assert bar(page) == [("confirmed", "0", "100.0"), ("all", "0", "50.0")]


def test_a_date_without_a_limit_has_no_bar(signed_in):
    make_booking(make_date(capacity=None))
    page = signed_in.get("/organiser/")
    assert "1 confirmed, no limit" in rows(page)[0]
    assert main(page).one("table").all("svg") == []


def test_cancelled_postponed_and_held_back_dates_fill_no_term(signed_in):
    make_date(state=DateState.CANCELLED)
    make_postponed_date()
    make_held_back_date()
    assert "No date is held in this term" in main(signed_in.get("/organiser/")).text


def test_the_term_is_that_of_the_next_date_and_leads_to_those_beside_it(signed_in):
    def title(page):
        return main(page).one("h2", id="term").text

    assert title(signed_in.get("/organiser/")).startswith("Spring term 2025:")
    make_date(starts_at=datetime(2025, 9, 1, 0, 30, tzinfo=LONDON))
    page = signed_in.get("/organiser/")
    assert title(page).startswith("Autumn term 2025:")
    assert links(page)["Earlier: Summer term 2025"] == "/organiser/?term=2025-summer#term"
    assert links(page)["Later: Spring term 2026"] == "/organiser/?term=2026-spring#term"
    assert rows(signed_in.get("/organiser/?term=2025-summer")) == []
    assert len(rows(signed_in.get("/organiser/?term=2025-autumn"))) == 1
    assert title(signed_in.get("/organiser/?term=2025-monsoon")) == title(page)


def test_dates_stand_by_month_and_months_that_are_over_are_folded_up(signed_in):
    for month in (1, 2, 4):
        make_date(starts_at=datetime(2025, month, 20, 10, tzinfo=LONDON))

    page = signed_in.get("/organiser/")
    assert [caption.text for caption in main(page).all("caption")] == [
        "January 2025",
        "February 2025",
        "April 2025",
    ]
    folded = main(page).one("details")
    assert folded.one("summary").text == "January 2025 and February 2025: 2 dates that are over"
    assert len(folded.all("table")) == 2

    past = signed_in.get("/organiser/?term=2024-spring")
    assert main(past).all("details") == []


def test_of_a_long_term_the_page_with_the_next_date_is_shown_first(signed_in):
    first = datetime(2025, 1, 2, 9, tzinfo=LONDON)
    make_many_dates(119, first=first, apart=timedelta(days=1))

    page = signed_in.get("/organiser/")
    assert "119 dates, 101 to 119 shown" in main(page).text
    assert links(page)["Previous page"] == "/organiser/?page=2"
    assert len(rows(signed_in.get("/organiser/?page=1"))) == 50


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
        f"/organiser/dates/{low.id}/attendees",
        "/organiser/outbox?standing=given-up",
        "/organiser/outbox?standing=delayed",
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
    assert "0 of 1 with a place came, 1 not marked" in rows(page)[0]


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
    assert before <= 29


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


def test_what_needs_somebody_stands_in_the_order_in_which_it_presses(signed_in, db):
    make_held_back_date()
    make_postponed_date()
    make_booking(make_date(starts_at=NOW - timedelta(days=2)))
    for hours in (3, 4):
        until = NOW + timedelta(hours=hours)
        make_booking(make_date(), state=BookingState.OFFERED, offered_until=until)
    make_date(starts_at=NOW + timedelta(days=5), capacity=10)
    make_email(gave_up_at=NOW, failure="550 No")
    make_email(sent_at=NOW, bounced_at=NOW)
    make_date(
        starts_at=NOW + timedelta(days=4), format=Format.ONLINE, join_link=None, capacity=None
    )
    decline(make_booking())
    make_booking().practitioner.erasure_asked_at = NOW
    make_venue(demonstration_values=["address"])
    db.session.commit()

    page = signed_in.get("/organiser/")
    assert kinds(page) == [
        "2 dates to settle",
        "1 register not marked",
        "2 offers about to lapse",
        "1 date with low numbers",
        "2 messages not delivered",
        "1 online date without a link to join",
        "1 person with a place declined in their calendar",
        "1 request to erase data",
        "What came with the demonstration",
    ]


def test_of_one_kind_the_first_are_shown_and_all_are_counted(signed_in):
    for _ in range(7):
        make_held_back_date()

    page = signed_in.get("/organiser/")
    assert kinds(page) == ["7 dates to settle"]
    assert len(needs(page)) == 3
    assert "These come first; the others follow as these are done." in main(page).text


def test_courses_many_wait_for_come_first_and_the_rest_is_among_the_courses(signed_in):
    for number in range(1, 13):
        course = make_course(title=f"Course {number:02}")
        for _ in range(number if number > 10 else 1):
            make_interest(course)

    page = signed_in.get("/organiser/")
    named = [
        item.text for item in main(page).one("section", **{"aria-labelledby": "wanted"}).all("li")
    ]
    assert named[:3] == ["Course 12: 12 people", "Course 11: 11 people", "Course 01: 1 person"]
    assert len(named) == 10
    assert links(page)["All courses"] == "/organiser/courses"
