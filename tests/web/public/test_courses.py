import json
import re
from datetime import time, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_many_dates,
    make_partnership,
    make_postponed_date,
    make_venue,
    save,
)
from tests.queries import counted
from tests.web.public.test_programme import HOSTILE
from tests.web.reading import heading, links, main, read, title
from webapp.models import AgendaItem, BookingState, DateState, Format, Kind

DAY = timedelta(days=1)
SPAN = (NOW + 20 * DAY, NOW + 20 * DAY + timedelta(hours=2))


def facts(response):
    page = main(response)
    return {key.text: value.text for key, value in zip(page.all("dt"), page.all("dd"), strict=True)}


def structured_data(response):
    [data] = re.findall(
        r'<script type="application/ld\+json" nonce="[^"]+">(.*?)</script>', response.text, re.S
    )
    return json.loads(data)


def test_a_date_says_when_where_for_whom_and_at_what_cost(client, db):
    make_partnership()
    date = make_date(venue=make_venue(name="West Offices"), room="Room 2")

    response = client.get(f"/dates/{date.id}")

    assert heading(response) == "Safeguarding basics, Thursday 1 May 2025"
    assert title(response).startswith("Safeguarding basics, Thursday 1 May 2025 – Safeguarding")
    said = facts(response)
    assert said["When"] == "Thursday 1 May 2025, 10am to 1pm In 2 weeks"
    assert said["Where"].startswith("West Offices, Room 2 1 High Street Anytown AN1 1AA")
    assert said["Who it is for"] == "Everybody who works with children."
    assert said["Cost"] == "Free"
    assert said["Places"] == "2 places left"
    assert links(response)["Book a place"] == f"/dates/{date.id}/book"
    assert links(response)["See it on a map (OpenStreetMap)"].startswith(
        "https://www.openstreetmap.org/?mlat=53.95&mlon=-1.09#map=17/53.95/-1.09"
    )


def test_an_online_date_never_shows_its_joining_link(client, db):
    date = make_date(format=Format.ONLINE)
    response = client.get(f"/dates/{date.id}")
    assert facts(response)["Where"] == "Microsoft Teams, link sent when you book"
    assert date.join_link not in response.text
    assert date.join_link not in client.get(f"/courses/{date.course.slug}").text


def test_a_joining_link_that_nobody_has_entered_is_not_promised_with_the_booking(client, db):
    date = make_date(format=Format.ONLINE, join_link=None)
    said = facts(client.get(f"/dates/{date.id}"))
    assert said["Where"] == "Microsoft Teams, link sent before the date if you book"


def test_a_full_date_tells_the_position_before_the_form(client, db):
    date = make_date(capacity=1)
    make_booking(date)
    for _ in range(3):
        make_booking(date, state=BookingState.WAITING)

    response = client.get(f"/dates/{date.id}")

    assert facts(response)["Places"] == "Full: 3 waiting"
    assert "you would be 4th" in main(response).text
    assert "Join the waiting list" in links(response)


def test_where_all_dates_are_full_people_can_ask_to_hear_of_the_next_beside_the_waiting_list(
    client,
):
    date = make_date(capacity=1, course=make_course(slug="basics"))
    make_booking(date)
    page = client.get(f"/dates/{date.id}")
    assert "You would rather come on another day? Register interest" in main(page).text
    assert links(page)["Register interest in Safeguarding basics"] == "/courses/basics/interest"
    assert "Join the waiting list" in links(page)
    assert "Its date is full now." in main(client.get("/courses/basics")).text

    another = make_date(course=date.course, capacity=1, starts_at=NOW + 20 * DAY)
    assert "rather come on another day" not in main(client.get(f"/dates/{date.id}")).text
    assert "None of these suits you?" in main(client.get("/courses/basics")).text
    make_booking(another)
    assert "All dates of this course are full now." in main(client.get(f"/dates/{date.id}")).text
    assert "All its dates are full now." in main(client.get("/courses/basics")).text


@pytest.mark.parametrize(
    ("state", "said"),
    [
        ({"state": DateState.CANCELLED, "cancel_message": "The trainer is ill."}, "trainer is ill"),
        ({"starts_at": NOW - 2 * DAY}, "This date has passed."),
        ({"starts_at": NOW - timedelta(hours=1)}, "This date has already started."),
        ({"closes_at": NOW}, "Booking for this date has closed."),
        ({"opens_at": NOW + DAY}, "It opens at 9am on Friday 18 April 2025."),
        ({"state": DateState.CANCELLED, "starts_at": None, "days": [SPAN]}, "been cancelled"),
        (
            {"state": DateState.POSTPONED, "starts_at": None, "days": [SPAN]},
            "This date has been postponed. The new day is still to be confirmed.",
        ),
        (
            {"state": DateState.HELD_BACK, "starts_at": None, "announced_as": "Monday 30 February"},
            "announced as Monday 30 February",
        ),
    ],
)
def test_a_date_that_cannot_be_booked_says_why_and_has_no_button(client, db, state, said):
    date = make_date(**state)
    response = client.get(f"/dates/{date.id}")
    assert response.status_code == 200
    assert said in main(response).text
    assert f"/dates/{date.id}/book" not in links(response).values()
    assert f"/courses/{date.course.slug}/interest" in links(response).values()


def test_a_postponed_date_says_what_becomes_of_those_who_booked(client, db):
    make_partnership()
    later = (SPAN[0] + DAY, SPAN[1] + DAY)
    date = make_postponed_date(
        days=[SPAN, later], postpone_message="Ill.\n\nSorry.", before_you_come="Bring lunch."
    )
    agenda = AgendaItem(course_date=date, position=1, day=2, starts=time(9, 30), title="Talk")
    save(agenda)

    response = client.get(f"/dates/{date.id}")

    assert heading(response) == "Safeguarding basics, postponed"
    assert title(response).startswith("Safeguarding basics, postponed – ")
    assert [p.text for p in main(response).all("p", class_="app-lines")][:2] == ["Ill.", "Sorry."]
    assert "If you have booked, you keep your place" in main(response).text
    said = facts(response)
    assert said["It was to be on"] == (
        "Wednesday 7 May 2025, 9am to 11am Thursday 8 May 2025, 9am to 11am"
    )
    assert "When" not in said
    assert "Places" not in said
    assert "Bring lunch." not in main(response).text
    assert "Day 2" in [h3.text for h3 in main(response).all("h3")]
    assert ".ics" not in response.text
    assert structured_data(response)["eventStatus"] == "https://schema.org/EventPostponed"
    assert links(response)["Register interest"] == f"/courses/{date.course.slug}/interest"


def test_a_cancelled_date_says_that_there_is_nothing_to_do(client, db):
    date = make_date(state=DateState.CANCELLED, cancel_message="The trainer is ill.")
    other = make_date(course=date.course, starts_at=NOW + 60 * DAY)

    response = client.get(f"/dates/{date.id}")

    assert "there is nothing you need to do" in main(response).text
    assert facts(response)["It was to be on"] == "Thursday 1 May 2025, 10am to 1pm"
    assert links(response)["Monday 16 June 2025"] == f"/dates/{other.id}"


@pytest.mark.parametrize(
    ("state", "code", "why"),
    [
        (DateState.POSTPONED, 409, "This date has been postponed, and the new one is still to be"),
        (DateState.CANCELLED, 410, "This date has been cancelled."),
    ],
)
def test_what_is_off_has_no_form_to_book(client, db, state, code, why):
    date = make_postponed_date(state=state)
    for answer in (client.get(f"/dates/{date.id}/book"), client.post(f"/dates/{date.id}/book")):
        assert answer.status_code == code
        assert why in main(answer).text
        assert main(answer).all("form") == []


def test_places_without_a_limit(client, db):
    date = make_date(capacity=None)
    assert facts(client.get(f"/dates/{date.id}"))["Places"] == "Places available"


def test_every_day_of_a_longer_date_is_listed(client, db):
    days = [(NOW + n * DAY, NOW + n * DAY + timedelta(hours=2)) for n in (20, 27)]
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])
    said = facts(client.get(f"/dates/{date.id}"))["When"]
    assert "Wednesday 7 May 2025, 9am to 11am Wednesday 14 May 2025, 9am to 11am" in said


def test_the_agenda_names_times_and_speakers(client, db):
    date = make_date()
    save(
        AgendaItem(course_date=date, position=1, starts=time(9, 30), title="Talk", speaker="Hari S")
    )
    [item] = main(client.get(f"/dates/{date.id}")).all("li", class_="app-agenda__item")
    assert item.text == "9.30am Talk Hari S"


def test_an_agenda_of_more_days_than_there_are_is_left_out(client, db):
    days = [SPAN, (SPAN[0] + DAY, SPAN[1] + DAY)]
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])
    for number in (1, 2):
        item = {"day": number, "position": number, "starts": time(9), "title": f"Talk {number}"}
        save(AgendaItem(course_date=date, **item))
    page = main(client.get(f"/dates/{date.id}"))
    assert [h3.text for h3 in page.all("h3")][:2] == [
        "Wednesday 7 May 2025",
        "Thursday 8 May 2025",
    ]

    date.set_days([days[1]], now=NOW)
    db.session.commit()
    page = main(client.get(f"/dates/{date.id}"))
    assert "Talk" not in page.text
    assert "Wednesday 7 May" not in page.text


def test_of_very_many_other_dates_the_next_stand_there_and_the_course_has_all(client, db):
    date, *others = make_many_dates(22, first=NOW + DAY, capacity=0)

    response = client.get(f"/dates/{date.id}")

    shown = [address for address in links(response).values() if address.startswith("/dates/")]
    assert [f"/dates/{other.id}" in shown for other in others] == [True] * 20 + [False]
    course = f"/courses/{date.course.slug}"
    assert links(response)["All dates of Safeguarding basics"] == course
    assert "All dates of this course are full" not in main(response).text
    assert f"/dates/{others[-1].id}" in links(client.get(course)).values()
    db.session.delete(others[0])
    db.session.commit()
    twenty = client.get(f"/dates/{date.id}")
    assert "All dates of Safeguarding basics" not in links(twenty)
    assert "All dates of this course are full now." in main(twenty).text


def test_getting_there_before_you_come_and_other_dates(client, db):
    venue = make_venue(directions="Past the castle.", parking="None.", access_notes="Step-free.")
    date = make_date(venue=venue, before_you_come="Bring lunch.")
    other = make_date(course=date.course, starts_at=NOW + 60 * DAY)

    response = client.get(f"/dates/{date.id}")

    for words in ("Past the castle.", "Step-free.", "Bring lunch.", "Other dates"):
        assert words in main(response).text
    assert links(response)["Monday 16 June 2025"] == f"/dates/{other.id}"


def test_made_up_values_are_marked_and_settled_ones_are_not(client, db):
    course = make_course(demonstration_values=["outline"])
    date = make_date(course=course, demonstration_values=["capacity"])
    response = client.get(f"/dates/{date.id}")
    assert facts(response)["Places"] == "2 places left Demonstration value"
    assert "What it is about Demonstration value" in main(response).text
    assert "Demonstration value" not in facts(response)["When"]


def test_a_cost_made_up_for_the_demonstration_is_said_of_its_own_courses_only(client, db):
    partnership = make_partnership(demonstration_values=["cost"])
    seeded = make_date(course=make_course(demonstration_values=["outline"]))
    ours = make_date()
    assert facts(client.get(f"/dates/{seeded.id}"))["Cost"] == "Free Demonstration value"
    assert "Cost" not in facts(client.get(f"/dates/{ours.id}"))
    assert "Cost" not in main(client.get(f"/courses/{ours.course.slug}")).text

    partnership.demonstration_values = []
    db.session.commit()
    assert facts(client.get(f"/dates/{ours.id}"))["Cost"] == "Free"


def test_a_course_lists_its_dates_past_ones_folded(client, db):
    course = make_course(outcomes=["Know whom to tell"], topics=["neglect"])
    make_date(course=course)
    make_date(course=course, starts_at=NOW - 30 * DAY)
    make_date(course=course, state=DateState.CANCELLED, starts_at=NOW + 3 * DAY)
    make_date(course=course, state=DateState.DRAFT, starts_at=NOW + 4 * DAY)

    response = client.get(f"/courses/{course.slug}")

    assert heading(response) == "Safeguarding basics"
    shown = [row.text for row in main(response).all("li", class_="app-row")]
    assert len(shown) == 2
    assert "Thursday 1 May 2025" in shown[0]
    assert "1 past date" in main(response).text
    assert "Know whom to tell" in main(response).text
    assert links(response)["neglect"] == "/?text=neglect"


def test_a_course_lists_a_postponed_date_with_its_message(client, db):
    date = make_postponed_date(postpone_message="The trainer is ill.")

    [row] = main(client.get(f"/courses/{date.course.slug}")).all("li", class_="app-row")

    assert "Postponed, new date to be confirmed (it was to be on Thursday 1 May 2025" in row.text
    assert "The trainer is ill." in row.text
    assert row.one("h3").one("a")["href"] == f"/dates/{date.id}"


def test_a_course_without_dates_asks_who_is_interested(client, db):
    course = make_course(slug="bare")
    response = client.get(f"/courses/{course.slug}")
    assert "There are no dates yet." in main(response).text
    assert links(response)["Register interest"] == "/courses/bare/interest"


def test_e_learning_is_a_link(client, db):
    course = make_course(kind=Kind.E_LEARNING, link="https://learn.example/x")
    response = client.get(f"/courses/{course.slug}")
    assert links(response)["Open the e-learning"] == "https://learn.example/x"
    assert "Register interest" not in links(response)


def test_what_is_not_published_is_not_found(client, db):
    draft = make_date(state=DateState.DRAFT)
    hidden = make_date(course=make_course(is_published=False, slug="hidden"))
    for path in (f"/dates/{draft.id}", f"/dates/{hidden.id}", "/courses/hidden", "/dates/9999"):
        assert client.get(path).status_code == 404


def test_search_engines_are_told_the_same(client, db):
    make_partnership()
    date = make_date()
    told = structured_data(client.get(f"/dates/{date.id}"))
    assert told["url"] == f"http://localhost/dates/{date.id}"
    assert told["startDate"] == "2025-05-01T10:00+01:00"
    course = structured_data(client.get(f"/courses/{date.course.slug}"))
    assert course["hasCourseInstance"][0]["url"] == told["url"]


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
def test_hostile_words_do_no_harm_even_in_what_search_engines_are_told(client, db, words):
    course = make_course(
        title=words,
        short_title=words,
        summary=words,
        outline=words,
        audience=words,
        outcomes=[words.replace("\x00", "")],
        topics=[words.replace("\x00", "")],
        level=words,
        cost=words,
    )
    venue = make_venue(name=words, address=[words.replace("\x00", "")], directions=words)
    date = make_date(course=course, venue=venue, before_you_come=words, room=words)
    save(AgendaItem(course_date=date, position=1, starts=time(9), title=words, speaker=words))

    for path in (f"/dates/{date.id}", f"/courses/{course.slug}"):
        response = client.get(path)
        assert response.status_code == 200
        read(response)
        assert structured_data(response)["name"] == words.replace("\x00", "")
        for harm in ("<script>alert", "<img src=x", "<b>bold", "\x00", "49</h1>"):
            assert harm not in response.text


@pytest.mark.slow
def test_pages_ask_the_database_as_often_for_300_dates_as_for_3(client, db):
    make_partnership()
    course, venue = make_course(), make_venue()
    date = make_date(course=course, venue=venue)

    def add(number):
        for _ in range(number):
            make_booking(make_date(course=course, venue=venue))

    def asked():
        with counted() as sent:
            for path in (f"/dates/{date.id}", f"/courses/{course.slug}?page=99"):
                assert client.get(path).status_code == 200
        return len(sent)

    add(2)
    few = asked()
    add(297)

    assert asked() == few
    assert few <= 22  # both pages


def test_a_course_shows_its_dates_a_page_at_a_time(client, db):
    make_partnership()
    course = make_course(slug="basics", title="Basics")
    make_many_dates(51, course=course, first=NOW + DAY)
    make_postponed_date(course=course)

    first, second = client.get("/courses/basics"), client.get("/courses/basics?page=2")

    assert "51 dates coming, soonest first: 1 to 50" in main(first).text
    assert title(first).startswith("Basics (page 1 of 2) – ")
    assert heading(first) == "Basics"
    assert len(main(first).all("li", class_="app-row")) == 50
    assert len(structured_data(first)["hasCourseInstance"]) == 50
    assert links(first)["Next page"] == "/courses/basics?page=2"
    assert "None of these suits you?" in main(first).text
    assert "51 dates coming, soonest first: 51 to 51" in main(second).text
    last, postponed = main(second).all("li", class_="app-row")
    assert "Saturday 7 June 2025" in last.text
    assert "Postponed" in postponed.text
    assert links(second)["Previous page"] == "/courses/basics?page=1"


def test_a_course_whose_dates_go_on_over_the_page_is_not_said_to_be_full(client, db):
    course = make_course(slug="basics")
    for date in make_many_dates(50, course=course, first=NOW + DAY, capacity=1):
        make_booking(date)
    make_date(course=course, starts_at=NOW + 90 * DAY)
    assert "All its dates are full" not in main(client.get("/courses/basics")).text


def test_of_many_past_dates_a_course_shows_the_latest_and_leads_to_the_others(client, db):
    course = make_course(slug="basics", title="Basics & more")
    make_many_dates(50, course=course, first=NOW - 60 * DAY)
    all_of_them = main(client.get("/courses/basics"))
    assert "50 past dates" in all_of_them.text
    assert "The latest" not in all_of_them.text

    make_date(course=course, starts_at=NOW - 61 * DAY)
    page = client.get("/courses/basics")
    assert "51 past dates The latest 50 are here." in main(page).text
    assert len(main(page).all("li", class_="app-row")) == 50
    others = links(page)["Look for it among all past dates"]
    assert others == "/?view=past&text=Basics+%26+more"
    assert "51 past dates, the latest first: 1 to 50" in main(client.get(others)).text
