import csv
import io
import zipfile
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select
from werkzeug.datastructures import MultiDict

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_course, make_date
from tests.queries import counted
from tests.web.organiser.test_details import said_wrong
from tests.web.organiser.test_search import fill
from tests.web.reading import filled_in, links, main, typed
from webapp.clock import LONDON
from webapp.formats import bookings_list
from webapp.models import AccessNeeds, Attendance, AuditLine, BookingState, Ending

MAY = "first=1&first=5&first=2025&last=31&last=5&last=2025&state=all"
NAMES = f"/organiser/bookings/export?as=csv&{MAY}&columns=name"


def rows(answer):
    assert answer.content_type == "text/csv; charset=utf-8", answer.text
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def names(answer):
    return [row["Name"] for row in rows(answer)]


def ticked(page):
    boxes = main(page).all("input", type="checkbox")
    return [box["value"] for box in boxes if "checked" in box.attributes]


def on(*day):
    return make_date(starts_at=datetime(*day, 10, tzinfo=LONDON))


def test_the_form_proposes_this_financial_year_and_the_usual_columns(signed_in):
    page = signed_in.get("/organiser/bookings/export")

    days = [
        typed(page, f"{field}-{part}")
        for field in ("first", "last")
        for part in ("day", "month", "year")
    ]
    assert days == ["01", "04", "2025", "17", "04", "2025"]
    assert ticked(page) == list(bookings_list.BOOKINGS.usual)


def test_bookings_of_the_period_come_in_the_order_of_their_dates(signed_in):
    make_booking(on(2025, 5, 31), name="Last")
    make_booking(on(2025, 5, 1), name="First")
    make_booking(on(2025, 4, 30), name="Before")
    make_booking(on(2025, 6, 1), name="After")

    assert names(signed_in.get(NAMES)) == ["First", "Last"]


def test_a_file_says_what_its_columns_say(signed_in):
    make_booking(
        make_date(course=make_course(title="Neglect")),
        name="=Łukasz",
        email="lukasz@x.example",
        agency=make_agency("Anytown Police"),
        attendance=Attendance.PART,
        note="Difficult",
    )
    every = "&".join(f"columns={key}" for key in bookings_list.BOOKINGS.offered)
    answer = signed_in.get(f"{NAMES}&{every}")

    [row] = rows(answer)
    offered = bookings_list.BOOKINGS.offered
    assert list(row) == [bookings_list.COLUMNS[key][0] for key in offered]
    assert row["Name"] == "'=Łukasz"
    assert (row["Course"], row["Starts"]) == ("Neglect", "2025-05-01 10:00")
    assert (row["State"], row["Attendance"]) == ("Confirmed", "Part of the time")
    assert "Difficult" not in answer.text
    assert "bookings-2025-05-01-to-2025-05-31.csv" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize("ending", ["csv", "xlsx"])
def test_access_needs_and_notes_are_in_no_file(signed_in, ending):
    needs = AccessNeeds(access="Hearing loop", dietary="Halal")
    make_booking(on(2025, 5, 1), name="Ann", note="Ask her manager", access_needs=needs)
    every = "".join(f"&columns={key}" for key in bookings_list.BOOKINGS.offered)

    answer = signed_in.get(f"/organiser/bookings/export?as={ending}&{MAY}{every}")
    said = answer.data
    if ending == "xlsx":
        archive = zipfile.ZipFile(io.BytesIO(said))
        said = b"".join(archive.read(name) for name in archive.namelist())
    assert b"Ann" in said
    for secret in (b"Ask her manager", b"Hearing loop", b"Halal"):
        assert secret not in said


def test_a_booking_that_went_elsewhere_says_where_to(signed_in):
    date, other = on(2025, 5, 1), on(2025, 8, 21)
    for ending, to, heir in (
        (Ending.MOVED, other, "Ann"),
        (Ending.SUBSTITUTED, date, "Ben Other"),
    ):
        gone = make_booking(date, name="Ann", state=BookingState.CANCELLED, ending=ending)
        make_booking(to, name=heir, replaces=gone)

    answer = signed_in.get(f"{NAMES}&columns=state")
    assert [(row["Name"], row["State"]) for row in rows(answer)] == [
        ("Ann", "Moved to Thu 21 Aug"),
        ("Ann", "Passed on to Ben Other"),
        ("Ben Other", "Confirmed"),
    ]


def test_only_bookings_that_stand_so_are_taken_if_one_likes(signed_in):
    date = make_date()
    make_booking(date, name="Ann")
    make_booking(date, name="Zoe", state=BookingState.WAITING)

    assert names(signed_in.get(NAMES.replace("state=all", "state=waiting"))) == ["Zoe"]


def test_the_columns_are_remembered(signed_in):
    make_booking()
    signed_in.get(f"{NAMES}&columns=phone")

    assert ticked(signed_in.get("/organiser/bookings/export")) == ["name", "phone"]


def test_a_spreadsheet_is_one_too(signed_in):
    make_booking()
    answer = signed_in.get(NAMES.replace("as=csv", "as=xlsx"))

    assert answer.data.startswith(b"PK")
    assert "bookings-2025-05-01-to-2025-05-31.xlsx" in answer.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        (
            MAY.replace("first=1", "first=31").replace("first=5", "first=2"),
            {
                "first-day": "From must be a real date, such as 21 5 2025",
                "columns": "Choose at least one column",
            },
        ),
        (f"{MAY}&columns=secrets", {"columns": "Choose at least one column"}),
        (
            "state=all&columns=name",
            {"first-day": "Enter the first day", "last-day": "Enter the last day"},
        ),
        (f"{MAY.replace('all', 'dead')}&columns=name", {"state": "Choose which bookings"}),
        (
            f"{MAY.replace('last=2025', 'last=2024')}&columns=name",
            {"last-day": "The last day must not be before the first"},
        ),
        (
            f"{MAY}&columns=name",
            {"first-day": "Nobody has booked a date that starts in these days"},
        ),
    ],
)
def test_what_cannot_be_answered_is_said_and_nothing_is_taken_away(signed_in, db, asked, said):
    page = signed_in.get(f"/organiser/bookings/export?as=csv&{asked}")

    assert page.mimetype == "text/html"
    assert said_wrong(page) == said
    assert db.session.scalars(select(AuditLine)).all() == []


def test_who_took_how_much_away_is_in_the_log(signed_in, organiser, db):
    make_booking()
    signed_in.get(NAMES)

    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.organiser_id) == ("downloaded bookings", organiser.id)
    assert line.detail == "2025-05-01 to 2025-05-31, 1 booking, CSV"


def test_the_attendees_one_searched_for_are_taken_with_the_columns_one_chose(signed_in, db):
    date = make_date()
    make_booking(date, name="Ann", attendance=Attendance.LATE)
    make_booking(date, name="Zoë", job_role="Nurse", attendance=Attendance.LATE)
    make_booking(make_date(starts_at=date.starts_at), name="Zoe", job_role="Nurse")
    page = signed_in.get(f"/organiser/dates/{date.id}/attendees?q=nurse")
    form = signed_in.get(links(page)["Download these"])
    assert "Only those of this date whom you searched for" in main(form).text
    assert ticked(form) == list(bookings_list.ATTENDEES.usual)

    asked = filled_in(form, columns=["name", "attendance"]) | {"as": "csv"}
    address = f"/organiser/dates/{date.id}/attendees/export"
    answer = signed_in.get(address, query_string=MultiDict(asked))
    assert rows(answer) == [{"Name": "Zoë", "Attendance": "Late"}]
    assert "-1-may-2025-attendees.csv" in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "no-store"
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.action, line.course_date_id) == ("downloaded the attendee list", date.id)
    assert line.detail == "1 booking, CSV"
    sheet = signed_in.get(address, query_string=MultiDict(asked | {"as": "xlsx"}))
    assert sheet.data.startswith(b"PK")


def test_the_list_in_sight_is_the_one_that_is_offered(signed_in):
    date = make_date()
    make_booking(date, name="Ann", state=BookingState.WAITING)
    page = signed_in.get(f"/organiser/dates/{date.id}/attendees?state=waiting")
    form = signed_in.get(links(page)["Download this list"])

    radios = main(form).all("input", type="radio")
    assert [one["value"] for one in radios if "checked" in one.attributes] == ["waiting"]
    assert main(form).all("input", type="hidden") == []


def test_those_who_wait_come_in_the_order_in_which_places_are_offered(signed_in):
    date = make_date()
    for name, hours in (("Ann", 2), ("Zoë", 1)):
        since = NOW - timedelta(hours=hours)
        make_booking(date, name=name, state=BookingState.WAITING, waiting_since=since)
    asked = "export?as=csv&state=waiting&columns=name"

    answer = signed_in.get(f"/organiser/dates/{date.id}/attendees/{asked}")
    assert names(answer) == ["Ann", "Zoë"]


def test_the_register_is_taken_with_who_marked_it_and_has_columns_of_its_own(
    signed_in, organiser, db
):
    date = make_date(starts_at=NOW - timedelta(days=1))
    marked = {"attendance": Attendance.LATE, "marked_at": NOW, "marked_by": organiser}
    make_booking(date, name="Ann", **marked)
    make_booking(date, name="Zoë", state=BookingState.CANCELLED)
    signed_in.get(f"/organiser/dates/{date.id}/attendees/export?as=csv&state=all&columns=email")
    page = signed_in.get(f"/organiser/dates/{date.id}/register")
    form = signed_in.get(links(page)["Download the register"])
    assert ticked(form) == list(bookings_list.REGISTER.usual)

    asked = filled_in(form, columns=["name", "attendance", "marked", "marked_by"]) | {"as": "csv"}
    address = f"/organiser/dates/{date.id}/register/export"
    answer = signed_in.get(address, query_string=MultiDict(asked))
    assert rows(answer) == [
        {
            "Name": "Ann",
            "Attendance": "Late",
            "Marked": "2025-04-17 09:00",
            "Marked by": "Olive Organiser",
        }
    ]
    assert "-register.csv" in answer.headers["Content-Disposition"]
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert line.action == "downloaded the register"
    assert ticked(signed_in.get(address)) == ["name", "attendance", "marked", "marked_by"]


def test_of_nobody_there_is_no_file(signed_in):
    date = make_date()
    make_booking(date, state=BookingState.CANCELLED)

    page = signed_in.get(
        f"/organiser/dates/{date.id}/attendees/export?as=csv&state=waiting&columns=name"
    )
    assert said_wrong(page) == {"state": "There is no such booking on this date"}
    page = signed_in.get(f"/organiser/dates/{date.id}/register/export?as=csv&columns=name")
    assert said_wrong(page) == {"columns": "Nobody is on the register of this date"}
    assert signed_in.get("/organiser/dates/999/register/export").status_code == 404


@pytest.mark.slow
def test_10_000_bookings_go_out_in_pieces_with_as_many_queries_as_3(signed_in, db):
    last = f"{NOW + timedelta(days=400):last=%d&last=%m&last=%Y}"
    every = f"/organiser/bookings/export?as=csv&first=1&first=4&first=2025&{last}&state=all"
    every += "".join(f"&columns={key}" for key in bookings_list.BOOKINGS.offered)
    fill(db, 3)
    with counted() as few:
        assert len(rows(signed_in.get(every))) == 3
    fill(db, 10_000)
    with counted() as many:
        answer = signed_in.get(every)
        pieces = list(answer.iter_encoded())
    assert len(b"".join(pieces).splitlines()) == 10_004
    assert len(pieces) > 10
    assert len(many) == len(few) <= 12


@pytest.mark.slow
@pytest.mark.parametrize("ending", ["csv", "xlsx"])
@pytest.mark.parametrize("which", ["attendees", "register"])
def test_a_file_of_one_date_asks_the_database_as_often_for_1000_people_as_for_3(
    signed_in, db, which, ending
):
    date = make_date(starts_at=NOW - timedelta(days=1))
    offered = getattr(bookings_list, which.upper()).offered
    every = f"/organiser/dates/{date.id}/{which}/export?as={ending}&state=all&q=example"
    every += "".join(f"&columns={key}" for key in offered)

    def cost(number):
        for _ in range(number):
            make_booking(date, agency=agency, name="Ann Example")
        db.session.commit()
        with counted() as sent:
            assert signed_in.get(every).mimetype != "text/html"
        return len(sent)

    agency = make_agency()
    few = cost(3)
    assert cost(997) == few <= 13
