from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_held_back_date,
    make_many_dates,
    make_partnership,
    make_postponed_date,
    make_sector,
    make_venue,
    make_week,
    save,
)
from tests.queries import counted
from tests.web.reading import heading, links, main, read, title
from webapp.models import BookingState, DateReading, DateState, Format, Kind

DAY = timedelta(days=1)
HOSTILE = [
    "<script>alert(1)</script>",
    "</script><b>bold",
    "\u202eright to left\u2066",
    "🧒🏽 \N{FAMILY}",
    "before\x00after",
    "x" * 4000,
    "{{ 7 * 7 }}",
    "'\"><img src=x onerror=alert(1)>",
]


def rows(response):
    return [row.text for row in main(response).all("li", class_="app-row")]


def test_dates_stand_under_their_months_the_soonest_first(client, db):
    make_partnership()
    make_date(course=make_course(title="Later"), starts_at=NOW + 40 * DAY)
    make_date(course=make_course(title="Sooner"))

    response = client.get("/")

    assert title(response) == (
        "Book multi-agency safeguarding training – Safeguarding training – "
        "Anytown Safeguarding Children Partnership"
    )
    months = [h.text for h in main(response).all("h2") if h.text.endswith("2025")]
    assert months == ["May 2025"]
    first, second = rows(response)
    assert "Sooner, Thursday 1 May 2025 10am to 1pm · in 2 weeks" in first
    assert "Course Face to face" in first
    assert "2 places left" in first
    assert "Later" in second


def test_what_is_full_says_how_many_wait_and_what_closes_says_when(client, db):
    full = make_date(capacity=1)
    make_booking(full)
    make_booking(full, state=BookingState.WAITING)
    make_date(closes_at=NOW + DAY)

    said = "".join(rows(client.get("/")))

    assert "Full: 1 waiting" in said
    assert "Closes tomorrow" in said


def test_filters_stand_in_the_address_and_each_can_be_taken_away(client, db):
    make_sector(slug="police", name="Police")
    make_date(course=make_course(title="Found", kind=Kind.WEBINAR), format=Format.ONLINE)
    make_date(course=make_course(title="Not looked for"))

    page = client.get("/?kind=webinar&format=online&audience=police&month=2025-05&places=yes")

    assert [row.split()[4] for row in rows(page)]
    assert "Found" in page.text
    assert "Not looked for" not in page.text
    found = links(page)
    for words in ("Webinar", "Online", "Police", "May 2025", "With places left"):
        assert f"Remove the filter {words}×" in found
    assert found["Remove the filter Webinar×"] == (
        "/?format=online&audience=police&month=2025-05&places=yes"
    )
    assert found["Clear all filters"] == "/"


def test_the_form_remembers_what_was_chosen(client, db):
    page = main(client.get("/?kind=briefing&text=a+%26+b&places=yes&month=2031-01"))

    assert page.one("input", id="text")["value"] == "a & b"
    chosen = [option.text for option in page.all("option") if "selected" in option.attributes]
    assert chosen == ["Briefing", "January 2031"]
    assert "checked" in page.one("input", id="places").attributes


def test_the_same_filters_go_into_the_calendar_that_follows_the_list(client, db):
    make_date()
    assert "/programme.ics?kind=course" in client.get("/?kind=course").text
    followed = client.get("/?view=month&month=2025-05&kind=course").text
    assert "/programme.ics?kind=course<" in followed


@pytest.mark.parametrize(
    "query",
    [
        "kind=nonsense",
        "format=%00",
        "audience=nobody",
        "month=2025-99",
        "month=9999-12",
        "view=sideways",
        "places=no",
        "kind=course&kind=briefing",
        "text=%F0%9F%A7%92%00%E2%80%AE",
        "text=" + "x" * 4000,
        "view=month&month=2000-01",
        "view=month&month=2099-12",
        "view=past&text=%25",
        "view=month&day=2025-02-30",
        "view=month&day=20250221",
        "view=month&day=2099-12-31",
        "view=month&day=%00",
        "view=past&day=2025-05-01",
    ],
)
def test_an_address_that_makes_no_sense_still_shows_a_page(client, db, query):
    make_date()
    assert client.get(f"/?{query}").status_code == 200


def test_a_sector_that_nobody_knows_is_no_filter(client, db):
    make_date(course=make_course(sectors=[make_sector()]))
    assert len(rows(client.get("/?audience=nobody"))) == 1


def test_the_month_shows_each_day_with_its_dates(client, db):
    make_date(course=make_course(short_title="In May"))
    make_date(course=make_course(short_title="In June"), starts_at=NOW + 60 * DAY)

    response = client.get("/?view=month&month=2025-05")

    table = read(response).one("table")
    assert heading(response) == "Training in May 2025"
    assert table.all("th")[0].text == "MonMonday"
    [taken] = table.all("td", class_="app-month__taken")
    assert taken.text == ("Thursday 1 In May, Thursday 1 May 2025 10am to 1pm 2 places left")
    assert len(table.all("td", class_="app-month__free")) == 30
    assert links(response)["June 2025 →"] == "/?view=month&month=2025-06"
    assert links(response)["← April 2025"] == "/?view=month&month=2025-04"


def test_of_a_full_day_the_month_shows_the_first_few_and_leads_to_the_others(client, db):
    make_partnership()
    titles = [f"Number {number}" for number in range(5)]
    for hour, name in enumerate(titles):
        starts_at = NOW + 14 * DAY + timedelta(hours=hour)
        make_date(course=make_course(title=name, short_title=name), starts_at=starts_at)
    make_date(course=make_course(kind=Kind.BRIEFING))

    month = client.get("/?view=month&month=2025-05&kind=course")

    [taken] = read(month).all("td", class_="app-month__taken")
    assert [name in taken.text for name in titles] == [True, True, False, False, False]
    assert "and 3 more on this day, Thursday 1 May 2025" in taken.text
    more = links(month)["and 3 more on this day, Thursday 1 May 2025"]
    assert more == "/?view=month&kind=course&day=2025-05-01"
    day = client.get(more)
    assert heading(day) == "Training on Thursday 1 May 2025"
    assert title(day).startswith("Training on Thursday 1 May 2025 – Safeguarding training – ")
    assert [name for name, row in zip(titles, rows(day), strict=True) if name in row] == titles
    assert "5 dates on this day" in main(day).text
    back = read(day).one("a", class_="govuk-back-link")
    assert (back.text, back["href"]) == ("May 2025", "/?view=month&kind=course&month=2025-05")
    assert links(day)["Remove the filter Course×"] == "/?view=month&day=2025-05-01"
    assert links(day)["Clear all filters"] == "/?view=month&day=2025-05-01"
    assert links(day)["List"] == "/?kind=course"
    kept = {one["name"]: one["value"] for one in main(day).all("input", type="hidden")}
    assert kept == {"view": "month", "day": "2025-05-01"}


def test_a_day_is_paged_and_its_title_says_which_page_this_is(client, db):
    make_many_dates(51, first=NOW, apart=timedelta(minutes=1))

    second = client.get("/?view=month&day=2025-04-17&page=2")

    assert "51 dates on this day: 51 to 51" in main(second).text
    assert title(second).startswith("Training on Thursday 17 April 2025 (page 2 of 2) – ")
    assert links(second)["Previous page"] == "/?view=month&day=2025-04-17&page=1"


def test_a_day_with_nothing_says_so(client, db):
    assert "There are no dates on this day." in client.get("/?view=month&day=2025-05-01").text
    page = client.get("/?view=month&day=2025-05-01&kind=course")
    assert "No dates match these filters on this day." in main(page).text
    assert links(page)["Clear the filters"] == "/?view=month&day=2025-05-01"


def test_the_month_now_marks_today_in_words(client, db):
    today = read(client.get("/?view=month")).one("td", class_="app-month__today")
    assert today.text == "Thursday 17 today"


def test_an_empty_month_leads_to_the_next_date(client, db):
    make_date()
    response = client.get("/?view=month&month=2025-04")
    assert "There are no dates in April 2025." in main(response).text
    assert links(response)["May 2025"] == "/?view=month&month=2025-05"


def test_past_dates_have_a_page_of_their_own(client, db):
    make_date(course=make_course(title="Over"), starts_at=NOW - 5 * DAY)
    make_date(course=make_course(title="Coming"))

    response = client.get("/?view=past")

    assert heading(response) == "Past training dates"
    [row] = rows(response)
    assert "Over" in row
    assert "Past" in row
    assert "Over" not in "".join(rows(client.get("/"))[:1])


def test_a_held_back_date_cannot_be_booked_but_interest_can_be_registered(client, db):
    date = make_date(
        course=make_course(slug="webinar", title="Held back"),
        state=DateState.HELD_BACK,
        starts_at=None,
        announced_as="Wednesday 21 March",
    )
    save(DateReading(course_date=date, starts_at=NOW, ends_at=NOW, reason="The month is wrong."))

    response = client.get("/")

    [row] = rows(response)
    assert "Date to be confirmed (announced as Wednesday 21 March)" in row
    assert links(response)["Register interest in Held back"] == "/courses/webinar/interest"


@pytest.mark.parametrize("view", ["/?month=2025-05", "/?view=month&month=2025-05", "/"])
def test_a_postponed_date_stands_below_with_its_message(client, db, view):
    make_postponed_date(course=make_course(title="Put off", slug="off"), capacity=None)
    make_date(course=make_course(title="On"))

    response = client.get(view)

    row = rows(response)[-1]
    assert "Postponed, new date to be confirmed (it was to be on Thursday 1 May 2025, 10am" in row
    assert "The trainer is ill." in row
    assert links(response)["Register interest in Put off"] == "/courses/off/interest"
    assert "Put off" not in client.get("/?month=2025-06").text
    assert "Put off" not in client.get("/?view=month&month=2025-06").text
    assert "Put off" not in client.get("/?places=yes").text


def test_courses_without_dates_and_e_learning_stand_below(client, db):
    make_course(title="No dates yet")
    make_course(title="Alone", kind=Kind.E_LEARNING, link="https://learn.example/x")

    response = client.get("/")

    assert "Courses without dates yet" in main(response).text
    assert links(response)["Open the e-learning: Alone"] == "https://learn.example/x"


def test_with_nothing_to_book_the_page_says_what_to_do(client, db):
    make_partnership()
    response = client.get("/")
    assert "There are no dates to book just now" in main(response).text
    assert links(response)["news page"] == "https://partnership.example/news"
    assert "training@partnership.example" in main(response).text


def test_with_nothing_found_the_page_says_what_to_do(client, db):
    make_date()
    response = client.get("/?text=nothing+like+it")
    assert "No dates match these filters" in main(response).text
    assert links(response)["see the whole programme"] == "/"


def test_it_shows_before_anything_is_loaded(client, db):
    assert "There are no dates to book just now" in client.get("/").text


@pytest.mark.parametrize("words", HOSTILE, ids=range(len(HOSTILE)))
@pytest.mark.parametrize("path", ["/", "/?view=month&month=2025-05", "/?text=x"])
def test_hostile_words_do_no_harm(client, db, words, path):
    course = make_course(
        title=words, short_title=words, summary=words, outline=words, topics=[words]
    )
    make_date(course=course, venue=make_venue(name=words))
    make_course(title=words, summary=words)

    response = client.get(path)

    read(response)  # every tag that opens closes
    assert response.status_code == 200
    for harm in ("<script>alert", "<img src=x", "<b>bold", "\x00"):
        assert harm not in response.text


def test_a_long_programme_is_paged_and_its_title_says_which_page_this_is(client, db):
    make_partnership()
    make_many_dates(1001, first=NOW + timedelta(hours=1), apart=timedelta(hours=1))

    second = client.get("/?kind=course&page=2")

    named = "Book multi-agency safeguarding training"
    assert heading(second) == named
    assert title(second).startswith(f"{named} (page 2 of 21) – Safeguarding training – ")
    assert "1,001 dates coming, soonest first: 51 to 100" in main(second).text
    assert len(rows(second)) == 50
    assert links(second)["Previous page"] == "/?kind=course&page=1"
    assert links(second)["Next page"] == "/?kind=course&page=3"
    assert "Page 2 of 21" in main(second).text
    assert links(second)["Remove the filter Course×"] == "/"
    assert links(second)["Month"] == "/?view=month&kind=course"
    last = client.get("/?kind=course&page=99")
    assert title(last).startswith(f"{named} (page 21 of 21) – ")
    assert "1,001 dates coming, soonest first: 1,001 to 1,001" in main(last).text
    assert "Next page" not in links(last)


def test_a_month_goes_on_under_its_name_on_the_next_page(client, db):
    make_many_dates(60, first=NOW, apart=timedelta(days=1))

    def groups(page):
        heads = main(client.get(f"/?page={page}")).all("h2", class_="app-month-heading")
        return [head.text for head in heads]

    assert groups(1) == ["April 2025", "May 2025", "June 2025"]
    assert groups(2) == ["June 2025"]


def test_what_has_no_date_stands_after_the_last_date(client, db):
    make_many_dates(51)
    make_course(title="No dates yet")
    make_held_back_date(course=make_course(title="Which day"))
    make_course(title="Alone", kind=Kind.E_LEARNING, link="https://learn.example/x")

    first, last = client.get("/"), client.get("/?page=2")

    for words in ("No dates yet", "Which day", "Open the e-learning: Alone"):
        assert words not in main(first).text
        assert words in main(last).text
    assert links(first)["Courses without dates yet and e-learning"] == "/?page=2"
    assert "Courses without dates yet and e-learning" not in links(last)
    with_a_date = links(client.get("/?format=face_to_face"))
    assert "Courses without dates yet and e-learning" not in with_a_date


def test_weeks_stand_before_the_first_date(client, db):
    make_many_dates(51)
    make_week(title="Safeguarding Week")

    assert "Safeguarding Week" in main(client.get("/")).text
    assert "Safeguarding Week" not in main(client.get("/?page=2")).text


def test_past_dates_are_paged_too(client, db):
    make_many_dates(51, first=NOW - 60 * DAY)

    response = client.get("/?view=past&page=2")

    assert "51 past dates, the latest first: 51 to 51" in main(response).text
    assert len(rows(response)) == 1
    assert title(response).startswith("Past training dates (page 2 of 2) – ")
    assert links(response)["Previous page"] == "/?view=past&page=1"


@pytest.mark.slow
@pytest.mark.parametrize(
    "query",
    [
        "?view=list",
        "?text=basics&places=yes",
        "?view=month&month=2025-05",
        "?view=month&day=2025-05-01",
        "?view=past",
    ],
)
def test_the_page_asks_the_database_as_often_for_300_dates_as_for_3(client, db, query):
    def add(number):
        course, venue = make_course(), make_venue()
        for n in range(number):
            make_booking(make_date(course=course, venue=venue))
            make_date(course=course, venue=venue, starts_at=NOW - timedelta(days=3))
            (make_postponed_date if n % 2 else make_held_back_date)(course=course, venue=venue)
            make_course()

    def asked(page=1):
        with counted() as sent:
            assert client.get(f"/{query}&page={page}").status_code == 200
        return len(sent)

    make_partnership()
    add(3)
    few = asked()  # the first page and the last, with all that stands on either
    add(297)

    assert asked() <= few
    assert asked(page=99) <= few
    assert few <= 14
