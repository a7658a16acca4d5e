"""The sheet that lies in the room: who stands on it, in which order, and what never does."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_organiser, make_partnership
from tests.papers import Paper
from webapp.formats import sign_in_sheet
from webapp.models import AccessNeeds, CourseDate, RoleName

START = NOW + timedelta(days=42, hours=1)


@pytest.fixture
def partnership(db):
    return make_partnership()


def days(number):
    starts = [START + timedelta(days=n) for n in range(number)]
    return [(start, start + timedelta(hours=4)) for start in starts]


def sheet(partnership, date: CourseDate, bookings, *, by_agency=False, large=False):
    return Paper(
        sign_in_sheet.to_pdf(
            date,
            bookings,
            partnership=partnership,
            by_agency=by_agency,
            large=large,
            made_at=NOW,
        )
    )


def test_the_sheet_says_what_when_where_and_who_is_expected(partnership):
    trainer = make_organiser(role=RoleName.TRAINER)
    date = make_date(days=days(1), room="Snow Room", trainers=[trainer])
    read = sheet(partnership, date, [make_booking(date, name="Łukasz Wiśniewski")])
    assert read.title == "Safeguarding basics: sign-in sheet"
    assert "Thursday 29 May 2025, 10am to 2pm" in read.words
    assert f"Snow Room, {date.venue.one_line}" in read.words
    assert "Trainer: Olive Organiser" in read.words
    assert "1 person expected" in read.words
    assert "Łukasz Wiśniewski" in read.words


def test_by_name_everybody_has_their_organisation_beside_them(partnership):
    date, police = make_date(days=days(1)), make_agency("Police")
    people = [make_booking(date, name=name, agency=police) for name in ("Ann", "Ben")]
    people.append(make_booking(date, name="Cat", agency=police, organisation="Little School"))
    read = sheet(partnership, date, people)
    assert "Name Organisation Signature Ann Police Ben Police Cat Little School" in read.words


def test_by_organisation_each_has_a_head_over_its_people(partnership):
    date = make_date(days=days(1))
    health, police = make_agency("Health"), make_agency("Police")
    people = [
        make_booking(date, name="Ann", agency=health),
        make_booking(date, name="Ben", agency=health),
        make_booking(date, name="Cat", agency=police),
    ]
    read = sheet(partnership, date, people, by_agency=True)
    assert "Name Signature Health Ann Ben Police Cat" in read.words
    # Two columns and two organisations; and four columns of the table for those not on the list.
    assert read.tags("TH") == 2 + 2 + 4


def test_each_day_has_a_box_of_its_own(partnership):
    date = make_date(days=days(3))
    read = sheet(partnership, date, [make_booking(date, name="Ann")])
    heads = "Sign: Thu 29 May Sign: Fri 30 May Sign: Sat 31 May"
    assert f"Name Organisation {heads} Ann" in read.words
    assert read.tags("TD") == 5 + 4 * 6


def test_there_is_room_for_those_who_come_without_a_place(partnership):
    read = sheet(partnership, make_date(days=days(1)), [])
    assert "Nobody has a place so far. Not on the list?" in read.words
    assert "Name Organisation Work email address Signature" in read.words
    assert read.tags("TD") == 4 * 4


def test_what_is_nobody_elses_business_is_not_on_the_sheet(partnership):
    date = make_date(days=days(1))
    booking = make_booking(
        date,
        email="ann@agency.example",
        phone="01632 960777",
        note="Owes us a fee",
        access_needs=AccessNeeds(access="Hearing loop", dietary="Nuts"),
    )
    said = sheet(partnership, date, [booking]).words
    assert "Ann Example" in said
    for secret in ("ann@", "960777", "fee", "Hearing", "Nuts", "Max Manager", "max@"):
        assert secret not in said


def test_large_print_takes_more_pages_and_says_the_same(partnership):
    date, police = make_date(days=days(1)), make_agency("Police")
    people = [make_booking(date, name=f"Person {n}", agency=police) for n in range(12)]
    usual, large = (sheet(partnership, date, people, large=large) for large in (False, True))
    assert large.is_accessible
    assert large.pages > usual.pages
    assert all(f"Person {n} Police" in large.words for n in range(12))


def test_on_every_page_stand_the_heads_and_its_number(partnership):
    date, police = make_date(days=days(2)), make_agency("Police")
    people = [make_booking(date, name=f"Person {n}", agency=police) for n in range(60)]
    read = sheet(partnership, date, people, by_agency=True)
    assert read.is_accessible
    assert f"Page {read.pages} of {read.pages}" in read.words
    assert read.words.count("Name Sign: Thu 29 May") == read.words.count("Police") > 1


def test_a_long_name_breaks_into_lines_of_its_own_row(partnership):
    date = make_date(days=days(1))
    long = " ".join(["Featherstonehaugh"] * 11)
    read = sheet(partnership, date, [make_booking(date, name=long)])
    assert read.words.count("Featherstonehaugh") == 11


def test_the_file_is_named_after_course_and_day(partnership):
    date = make_date(days=days(1))
    name = sign_in_sheet.file_name(date)
    assert name == f"{date.course.slug}-29-may-2025-sign-in-sheet.pdf"
