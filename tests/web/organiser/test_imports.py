import csv
import io
from datetime import datetime, timedelta
from io import BytesIO

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_interest,
    make_sector,
    make_venue,
    save,
)
from tests.people import mails
from tests.queries import counted
from tests.web.reading import filled_in, heading, links, main, title, wrong
from webapp.clock import LONDON, london
from webapp.models import (
    AuditLine,
    Booking,
    BookingState,
    Course,
    CourseDate,
    DateState,
    EmailDomain,
    Format,
    Kind,
)
from webapp.web.organiser.import_rows import IMPORTS

pytestmark = pytest.mark.usefixtures("partnership")

COURSE = {
    "Title": "Neglect",
    "Kind": "briefing",
    "Summary": "What neglect is.",
    "Outline": "Signs\nand duties.",
    "Who it is for": "Everybody",
}
DATE = {
    "Course": "Safeguarding basics",
    "Date": "29/05/2025",
    "Starts": "10am",
    "Ends": "14:00",
    "How it is held": "Online",
}
BOOKING = {
    "Course": "Safeguarding basics",
    "Date": "2025-05-29",
    "Name": "Ann Smith",
    "Email": "Ann@police.example",
    "Job role": "Constable",
}


def table(*rows, between=","):
    names = list(dict.fromkeys(name for row in rows for name in row))
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, names, restval="", delimiter=between)
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue()


def send(client, what, *rows, said=None):
    file = (said or table(*rows)).encode()
    return client.post(f"/organiser/import/{what}", data={"file": (BytesIO(file), "table.csv")})


def confirm(client, page, what, **ticked):
    return client.post(f"/organiser/import/{what}/make", data=filled_in(page) | ticked)


def shown(page):
    """The cells of the table on the page, row by row, without the labels of small screens."""
    body = main(page).one("tbody")
    return [
        [
            " ".join(p if isinstance(p, str) else p.text for p in cell.parts if _is_said(p)).strip()
            for cell in row.all()
            if cell.name in {"td", "th"}
        ]
        for row in body.all("tr")
    ]


def _is_said(part):
    return isinstance(part, str) or part.get("aria-hidden") != "true"


def mistakes(page):
    assert heading(page) == "The table cannot be imported yet"
    assert not main(page).all("form")
    return shown(page)


def actions(db):
    lines = db.session.execute(select(AuditLine.action, AuditLine.detail).order_by(AuditLine.id))
    return [tuple(line) for line in lines]


@pytest.fixture
def police(db):
    agency = make_agency("Police", sector=make_sector(name="Police and justice"))
    save(EmailDomain(agency=agency, domain="police.example"))
    return agency


@pytest.fixture
def date(db):
    starts = datetime(2025, 5, 29, 10, tzinfo=LONDON)
    return make_date(starts_at=starts, capacity=2)


def test_one_finds_the_way_to_each_table_and_to_an_empty_one(signed_in):
    assert links(signed_in.get("/organiser/courses"))["Import from elsewhere"] == (
        "/organiser/import"
    )
    page = signed_in.get("/organiser/import")
    for what in IMPORTS:
        assert links(page)[f"Import {what}"] == f"/organiser/import/{what}"
        asks = signed_in.get(f"/organiser/import/{what}")
        assert title(asks).startswith(f"Import {what} – ")
        empty = signed_in.get(links(asks)["Download an empty table (CSV)"])
        assert empty.mimetype == "text/csv"
        assert f"{what}-to-import.csv" in empty.headers["Content-Disposition"]
    assert signed_in.get("/organiser/import/people").status_code == 404
    assert signed_in.get("/organiser/import/people.csv").status_code == 404


def test_courses_are_looked_at_first_and_then_made(signed_in, db):
    health = make_sector(name="Health")
    more = {
        "Title": "Online basics",
        "Kind": "E-learning",
        "Link": "https://learn.example/basics",
        "Topics": "neglect | referrals",
        "What people will learn": "Know the signs|Know whom to tell",
        "Sectors": "health",
    }
    page = send(signed_in, "courses", COURSE, COURSE | more)
    assert heading(page) == "What the table would make"
    assert shown(page) == [["2", "Neglect", "Briefing"], ["3", "Online basics", "E-learning"]]
    assert db.session.scalars(select(Course)).all() == []

    answer = confirm(signed_in, page, "courses")
    assert answer.status_code == 302
    said = main(signed_in.get(answer.location)).text
    assert "2 courses imported. They are drafts" in said
    first, second = db.session.scalars(select(Course).order_by(Course.id))
    assert (first.kind, first.outline, first.is_published) == (
        Kind.BRIEFING,
        "Signs\nand duties.",
        False,
    )
    assert (second.slug, second.topics, second.sectors) == (
        "online-basics",
        ["neglect", "referrals"],
        [health],
    )
    assert second.outcomes == ["Know the signs", "Know whom to tell"]
    assert actions(db) == [("imported courses", "2 courses")]


def test_a_table_sent_twice_makes_nothing_twice(signed_in, db):
    page = send(signed_in, "courses", COURSE)
    confirm(signed_in, page, "courses", ticked="yes")
    again = confirm(signed_in, page, "courses", ticked="yes")
    assert mistakes(again) == [["2", "Title", "There is a course of this title already", "Neglect"]]
    [course] = db.session.scalars(select(Course))
    assert course.is_published


def test_each_mistake_is_said_with_its_row_and_what_was_typed(signed_in, db):
    page = send(
        signed_in,
        "courses",
        COURSE,
        COURSE | {"Kind": "party", "Summary": ""},
        COURSE | {"Title": "Another", "Sectors": "Fishing"},
        COURSE | {"Title": "Third", "Kind": "e-learning"},
    )
    assert "5 mistakes in 3 rows of 4" in main(page).text
    assert mistakes(page) == [
        ["3", "Kind", "Choose the kind", "party"],
        ["3", "Summary", "Enter a summary", "–"],
        ["3", "Title", "There is a course of this title already", "Neglect"],
        ["4", "Sectors", "There is no sector called “Fishing”", "Fishing"],
        ["5", "Link", "Enter the address of the e-learning", "–"],
    ]
    assert db.session.scalars(select(Course)).all() == []


def test_a_table_altered_on_its_way_back_is_looked_at_again(signed_in, db):
    page = send(signed_in, "courses", COURSE)
    said = table(COURSE, COURSE | {"Title": "Other", "Kind": "?"})
    answer = signed_in.post(
        "/organiser/import/courses/make", data=filled_in(page) | {"table": said}
    )
    assert mistakes(answer) == [["3", "Kind", "Choose the kind", "?"]]
    assert db.session.scalars(select(Course)).all() == []
    assert signed_in.post("/organiser/import/courses/make").status_code == 409


def test_dates_are_drafts_with_all_their_days(signed_in, db):
    make_course()
    hall = make_venue(name="West Offices")
    in_a_building = {
        "Date": "Thu 5 June 2025",
        "Starts": "9:30:00",
        "Ends": "4pm",
        "Further days": "12/6/2025 9.30am-4pm | 2025-06-19 09:30 – 13:00",
        "How it is held": "face to face",
        "Venue": "west offices",
        "Places": "20",
        "Minimum": "8",
        "Booking opens": "1/5/2025 9am",
        "Booking closes": "2025-06-04 17:00",
    }
    page = send(signed_in, "dates", DATE, DATE | in_a_building)
    assert [row[:2] + row[3:] for row in shown(page)] == [
        ["2", "Safeguarding basics", "Online", "No limit"],
        ["3", "Safeguarding basics", "West Offices", "20"],
    ]
    answer = confirm(signed_in, page, "dates")
    assert answer.location == "/organiser/dates/drafts"
    one, two = db.session.scalars(select(CourseDate).order_by(CourseDate.id))
    assert (one.state, one.format, london(one.starts_at).hour) == (
        DateState.DRAFT,
        Format.ONLINE,
        10,
    )
    assert [(london(d.starts_at).day, london(d.ends_at).hour) for d in two.days] == [
        (5, 16),
        (12, 16),
        (19, 13),
    ]
    assert (two.venue, two.capacity, two.minimum) == (hall, 20, 8)
    assert (london(two.opens_at).hour, london(two.closes_at).hour) == (9, 17)
    assert actions(db) == [("imported dates", "2 dates")]


def test_dates_published_at_once_are_told_to_those_who_wait_for_them(signed_in, db):
    make_interest(make_course(), email="wants@agency.example")
    page = send(signed_in, "dates", DATE)
    assert mails() == []
    answer = confirm(signed_in, page, "dates", ticked="yes")
    assert "1 date imported. 1 person told" in main(signed_in.get(answer.location)).text
    assert db.session.scalar(select(CourseDate)).state is DateState.PUBLISHED
    assert [mail.to for mail in mails()] == ["wants@agency.example"]


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"Course": "Nothing"}, "Course", "There is no course called “Nothing” here"),
        ({"Course": ""}, "Course", "Course is missing"),
        ({"Date": "31/02/2025"}, "Date", "Date must be a real date, such as 21 5 2025"),
        ({"Date": "soon"}, "Date", "Date must be a real date, such as 21 5 2025"),
        ({"Date": ""}, "Date", "Date is missing"),
        ({"Date": "29/05/2024"}, "Date", "A new day must be in the future"),
        ({"Starts": "25:00"}, "Starts", "Starts must be a time, such as 9.30am or 13:30"),
        ({"Ends": "9am"}, "Date", "The end must be after the start"),
        ({"Further days": "some day"}, "Further days", "Further days must be like 5/6/2025"),
        ({"Further days": "29/5/2025 1pm-3pm"}, "Date", "Two of the days overlap"),
        ({"How it is held": "by post"}, "How it is held", "Choose how it is held"),
        (
            {"How it is held": "Face to face", "Venue": "Moon"},
            "Venue",
            "There is no venue called “Moon”. Add it under Venues first",
        ),
        ({"Places": "many"}, "Places", "Places must be a number from 1 to 10,000"),
        ({"Places": "5", "Minimum": "8"}, "Minimum", "The minimum cannot be more than the places"),
        ({"Booking closes": "22/5/2025"}, "Booking closes", "Enter the time at which booking"),
        (
            {"Booking closes": "30/5/2025 9am"},
            "Booking closes",
            "Booking must close before the start, or at the start",
        ),
        ({"Link to join": "teams"}, "Link to join", "Link to join must be an address"),
    ],
)
def test_a_date_that_could_not_be_typed_on_its_page_is_not_imported(
    signed_in, db, changes, column, sentence
):
    make_course()
    [mistake] = mistakes(send(signed_in, "dates", DATE | changes))
    assert mistake[:2] == ["2", column]
    assert mistake[2].startswith(sentence)


def test_a_date_that_is_here_already_or_twice_in_the_table_is_not_made_again(signed_in):
    make_date(starts_at=datetime(2025, 5, 29, 10, tzinfo=LONDON), format=Format.ONLINE)
    page = send(
        signed_in, "dates", DATE, DATE | {"Date": "30/5/2025"}, DATE | {"Date": "2025-05-30"}
    )
    twice = "The course has a date at this time and place already"
    assert mistakes(page) == [
        ["2", "Date", twice, "29/05/2025"],
        ["4", "Date", twice, "2025-05-30"],
    ]


def test_bookings_come_without_a_word_to_anybody_unless_it_is_ticked(signed_in, db, date, police):
    more = [BOOKING | {"Name": name, "Email": f"{name}@police.example"} for name in ("Bo", "Cy")]
    page = send(signed_in, "bookings", BOOKING | {"Access needs": "A ramp"}, *more)
    assert [(row[1], row[2], row[-1]) for row in shown(page)] == [
        ("Ann Smith, ann@police.example", "Police", "Confirmed"),
        ("Bo, bo@police.example", "Police", "Confirmed"),
        ("Cy, cy@police.example", "Police", "Waiting"),
    ]
    assert "A ramp" not in main(page).text
    answer = confirm(signed_in, page, "bookings")
    assert answer.location == f"/organiser/dates/{date.id}/attendees?state=all"
    said = main(signed_in.get(answer.location)).text
    assert "3 bookings imported. 1 person waits for a place. Nobody was written to." in said
    ann, _, cy = db.session.scalars(select(Booking).order_by(Booking.id))
    assert (ann.name, ann.email, ann.agency) == ("Ann Smith", "ann@police.example", police)
    assert (ann.access_needs.access, ann.terms, cy.state) == ("A ramp", None, BookingState.WAITING)
    assert mails() == []
    assert actions(db)[0] == ("imported bookings", "3 people")


def test_ticked_everybody_gets_the_mail_of_whoever_is_added_by_hand(signed_in, date, police):
    page = send(signed_in, "bookings", BOOKING)
    confirm(signed_in, page, "bookings", ticked="yes")
    [mail] = mails()
    assert (mail.to, mail.kind) == ("ann@police.example", "booking_confirmed")


@pytest.mark.parametrize(
    ("changes", "column", "sentence"),
    [
        ({"Email": "ann"}, "Email", "Enter an email address in the correct format"),
        ({"Email": "there@police.example"}, "Email", "This person has a booking"),
        ({"Email": "ann@unknown.example"}, "Agency", "Say where they work"),
        ({"Agency": "Navy"}, "Agency", "The list has no agency of this name"),
        ({"Agency": "Another school"}, "Organisation", "Enter the name of their organisation"),
        ({"Job role": ""}, "Job role", "Enter their job role"),
        ({"Date": "30/5/2025"}, "Date", "The course has no date on this day"),
        ({"Starts": "11am"}, "Date", "The course has no date on this day"),
        ({"Date": "20/1/2025"}, "Date", "This date has passed."),
        ({"Phone": "none"}, "Phone", "Enter a phone number"),
    ],
)
def test_a_booking_that_could_not_be_made_by_hand_is_not_imported(
    signed_in, db, date, police, changes, column, sentence
):
    make_booking(date, email="there@police.example")
    make_agency("Another school")
    make_date(course=date.course, starts_at=datetime(2025, 1, 20, 10, tzinfo=LONDON))
    [mistake] = mistakes(send(signed_in, "bookings", BOOKING | changes))
    assert mistake[:2] == ["2", column]
    assert mistake[2].rstrip(".").startswith(sentence.rstrip("."))


def test_after_bookings_of_several_dates_one_lands_on_the_courses(signed_in, date, police):
    later = make_date(course=date.course, starts_at=datetime(2025, 6, 20, 10, tzinfo=LONDON))
    rows = [BOOKING, BOOKING | {"Date": later.starts_at.date().isoformat()}]
    answer = confirm(signed_in, send(signed_in, "bookings", *rows), "bookings")
    assert answer.location == "/organiser/courses"


def test_an_agency_is_known_by_the_names_it_had_and_by_its_sector(signed_in, db, date, police):
    police.former_names = ["Constabulary"]
    others = [make_agency("Town Council"), make_agency("Town Council")]
    save(police)
    name = f"{others[1].sector.name}: town council"
    rows = [
        BOOKING | {"Agency": agency, "Email": f"{number}@x.example"}
        for number, agency in enumerate(["constabulary", name, "Town Council"])
    ]
    [mistake] = mistakes(send(signed_in, "bookings", *rows))
    assert mistake[0] == "4"
    assert mistake[2].startswith("Several sectors have an agency of this name")
    page = send(signed_in, "bookings", *rows[:2])
    confirm(signed_in, page, "bookings")
    found = db.session.scalars(select(Booking).order_by(Booking.id)).all()
    assert [one.agency for one in found] == [police, others[1]]


def test_somebody_twice_in_a_table_is_booked_by_nobody(signed_in, date, police):
    page = send(signed_in, "bookings", BOOKING, BOOKING | {"Email": "ANN@police.example"})
    earlier = "An earlier row has this person on this date"
    assert [row[:3] for row in mistakes(page)] == [["3", "Email", earlier]]


def test_when_the_last_of_many_is_refused_none_is_made(signed_in, db, date, police):
    page = send(
        signed_in, "bookings", BOOKING, BOOKING | {"Email": "bo@police.example", "Name": "Bo"}
    )
    make_booking(date, email="bo@police.example", name="Bo already")
    again = confirm(signed_in, page, "bookings")
    assert [row[:2] for row in mistakes(again)] == [["3", "Email"]]
    assert [one.name for one in db.session.scalars(select(Booking))] == ["Bo already"]


def test_what_is_no_table_is_refused_beside_its_field(signed_in):
    assert wrong(signed_in.post("/organiser/import/courses")) == {"file": "Choose the CSV file"}
    page = send(signed_in, "courses", said="Title\nNeglect\n")
    assert wrong(page)["file"].startswith("The first row must have the names of the columns.")


def test_hostile_words_in_a_table_do_no_harm(signed_in, db):
    bad = "</textarea><script>alert(1)</script>\"'"
    page = send(signed_in, "courses", COURSE | {"Title": bad}, COURSE | {"Title": bad, "<b>": "x"})
    mistakes(page)
    assert "<script>alert" not in page.text
    page = send(signed_in, "courses", COURSE | {"Title": bad, "Outline": "=1+1\n'two"})
    assert "<script>alert" not in page.text
    confirm(signed_in, page, "courses")
    [course] = db.session.scalars(select(Course))
    assert (course.title, course.outline) == (bad, "=1+1\n'two")


def test_a_long_table_of_bookings_takes_no_more_queries_to_look_at(signed_in, date, police):
    asked = []
    for many in (3, 300):
        rows = [BOOKING | {"Email": f"p{number}@police.example"} for number in range(many)]
        with counted() as sent:
            page = send(signed_in, "bookings", *rows)
        assert len(shown(page)) == many
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_while_a_date_goes_on_people_can_still_be_imported(signed_in, police):
    make_date(starts_at=NOW - timedelta(hours=1), ends_at=NOW + timedelta(hours=1), capacity=9)
    day = london(NOW).date().isoformat()
    page = send(signed_in, "bookings", BOOKING | {"Date": day})
    assert heading(page) == "What the table would make"


def test_a_long_table_of_dates_takes_no_more_queries_to_look_at(signed_in):
    make_course()
    make_venue(name="West Offices")
    first, asked = datetime(2025, 6, 1, tzinfo=LONDON), []
    for many in (3, 60):
        days = [f"{first + timedelta(days=number):%d/%m/%Y}" for number in range(many)]
        held = {"How it is held": "Face to face", "Venue": "West Offices"}
        with counted() as sent:
            page = send(signed_in, "dates", *(DATE | held | {"Date": day} for day in days))
        assert len(shown(page)) == many
        asked.append(len(sent))
    assert asked[0] == asked[1]


def test_a_table_as_large_as_one_may_send_comes_back_from_its_page(signed_in, db):
    rows = [COURSE | {"Title": f"Course {n}", "Outline": "Łong " * 3000} for n in range(24)]
    page = send(signed_in, "courses", *rows)
    assert confirm(signed_in, page, "courses").status_code == 302
    assert len(db.session.scalars(select(Course)).all()) == 24
