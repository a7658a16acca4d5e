import csv
import io
import zipfile
from datetime import UTC, datetime
from xml.etree import ElementTree

import pytest

from tests.conftest import NOW
from webapp.formats import attendee_list, bookings_list, spreadsheet
from webapp.formats.bookings_list import ATTENDEES
from webapp.models import (
    Agency,
    Attendance,
    Booking,
    BookingState,
    Course,
    CourseDate,
    Ending,
    ListedBooking,
    Practitioner,
    Sector,
)

SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
HOSTILE = [
    "=HYPERLINK('http://evil.example')",
    "+44 1904 000000",
    "-1+1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    "＝1+1",
]


def booking(**facts):
    return Booking(
        practitioner=Practitioner(email="ann@agency.example"),
        agency=Agency(name="York Hospital", sector=Sector(name="Health")),
        **{
            "name": "Ann Example",
            "state": BookingState.CONFIRMED,
            "job_role": "Nurse",
            "booked_at": NOW,
            **facts,
        },
    )


def listed(**facts):
    return ListedBooking(
        **{
            "name": "Ann Example",
            "email": "ann@agency.example",
            "agency": "York Hospital",
            "sector": "Health",
            "job_role": "Nurse",
            "state": BookingState.CONFIRMED,
            "booked_at": NOW,
            **facts,
        },
    )


def date(starts_at):
    return CourseDate(
        course=Course(slug="harmful-sexual-behaviour", title="Harmful: [Sexual] Behaviour?"),
        starts_at=starts_at,
    )


def read_csv(data):
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))


def parts_of(data):
    """The parts of an XLSX file, by name."""
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name).decode() for name in archive.namelist()}


def strings_of(data):
    tree = ElementTree.fromstring(parts_of(data)["xl/worksheets/sheet1.xml"])
    return ["".join(item.itertext()) for item in tree.iter(f"{SHEET}is")]


def to_csv(bookings):
    return b"".join(bookings_list.csv_pieces(bookings, ATTENDEES.offered))


def to_xlsx(bookings):
    pieces = bookings_list.xlsx_pieces("Title", bookings, ATTENDEES.offered, made_at=NOW)
    return b"".join(pieces)


def test_the_csv_says_who_comes_from_where_and_when_they_booked_in_london_time():
    [row] = read_csv(to_csv([listed(team="Paediatrics", phone="01904 1")]))

    assert row == {
        "Name": "Ann Example",
        "Email": "ann@agency.example",
        "Organisation": "York Hospital",
        "Sector": "Health",
        "Job role": "Nurse",
        "Team": "Paediatrics",
        "Phone": "01904 1",
        "Line manager": "",
        "Line manager's email": "",
        "State": "Confirmed",
        "Booked": "2025-04-17 09:00",
        "Cancelled": "",
        "Attendance": "",
        "Walk-in": "",
    }


def test_after_the_date_the_list_is_the_register_too():
    came = listed(attendance=Attendance.PART, is_walk_in=True)
    [row] = read_csv(to_csv([came]))
    assert (row["Attendance"], row["Walk-in"]) == ("Part of the time", "Yes")


def test_the_csv_begins_with_the_mark_by_which_excel_knows_utf_8():
    assert to_csv([listed(name="Zoë")]).startswith(b"\xef\xbb\xbfName,")


@pytest.mark.parametrize("name", HOSTILE)
def test_a_cell_that_looks_like_a_formula_is_text_in_the_csv(name):
    [row] = read_csv(to_csv([listed(name=name)]))
    assert row["Name"] == f"'{name}"


@pytest.mark.parametrize("name", HOSTILE)
def test_a_cell_that_looks_like_a_formula_is_a_string_in_the_spreadsheet(name):
    data = to_xlsx([listed(name=name)])

    assert "<f>" not in parts_of(data)["xl/worksheets/sheet1.xml"]
    assert "hyperlink" not in parts_of(data)["xl/worksheets/sheet1.xml"]
    kept = strings_of(data)[len(ATTENDEES.offered)]
    assert kept.replace("_x000D_", "\r").strip("'") == name


@pytest.mark.parametrize(
    "name",
    ["<script>alert(1)</script>", 'a"b,c;d\ne', "شهد 😀", "\x01\x1f", "_x0041_", "a" * 4000],
)
def test_a_hostile_name_breaks_neither_file(name):
    one = listed(name=name)

    [row] = read_csv(to_csv([one]))
    assert row["Name"] == name
    sheet = to_xlsx([one])
    for part in parts_of(sheet).values():
        ElementTree.fromstring(part)


def test_a_cell_too_long_for_excel_is_cut_and_not_lost():
    data = spreadsheet.to_xlsx("Title", ["Head"], [["😀" * 20_000]], made_at=NOW)
    assert strings_of(data)[1] == "😀" * (spreadsheet.LONGEST_CELL // 2)


def test_a_cancelled_booking_says_how_it_ended():
    one = listed(state=BookingState.CANCELLED, ending=Ending.OFFER_LAPSED)
    [row] = read_csv(to_csv([one]))
    assert row["State"] == "Did not answer an offered place"


def test_the_file_is_named_by_course_and_day_in_london():
    late = date(datetime(2025, 5, 28, 23, 30, tzinfo=UTC))  # half past midnight on the 29th
    assert (
        attendee_list.file_name(late, "csv") == "harmful-sexual-behaviour-29-may-2025-attendees.csv"
    )
    assert "date-to-confirm" in attendee_list.file_name(date(None), "xlsx")


def test_a_list_of_nobody_still_has_its_head():
    assert read_csv(to_csv([])) == []
    sheet = to_xlsx([])
    assert strings_of(sheet)[:2] == ["Name", "Email"]


def ended(ending, after=None):
    return booking(state=BookingState.CANCELLED, ending=ending, replaced_by=after)


def test_a_booking_that_went_elsewhere_says_where_to():
    moved = booking(course_date=date(datetime(2025, 8, 21, 9, tzinfo=UTC)))
    assert attendee_list.state(ended(Ending.MOVED, moved)) == "Moved to Thu 21 Aug"
    postponed = booking(course_date=date(None))
    assert attendee_list.state(ended(Ending.MOVED, postponed)) == "Moved to another date"
    stands_in = booking(name="Ben Other")
    passed_on = ended(Ending.SUBSTITUTED, stands_in)
    assert attendee_list.state(passed_on) == "Passed on to Ben Other"


def test_a_file_says_in_the_same_words_where_a_booking_went():
    cancelled = {"state": BookingState.CANCELLED}
    moved = {"heir_starts_at": datetime(2025, 8, 21, 9, tzinfo=UTC), "heir": "Ann Example"}
    said = [
        listed(**cancelled, ending=Ending.MOVED, **moved),
        listed(**cancelled, ending=Ending.MOVED),
        listed(**cancelled, ending=Ending.SUBSTITUTED, heir="Ben Other"),
        listed(state=BookingState.WAITING, approval_asked_at=NOW),
    ]
    assert [row["State"] for row in read_csv(to_csv(said))] == [
        "Moved to Thu 21 Aug",
        "Moved to another date",
        "Passed on to Ben Other",
        "Waits for approval",
    ]


@pytest.mark.parametrize("ending", Ending)
def test_every_way_a_booking_can_end_has_words(ending):
    assert attendee_list.state(ended(ending))
