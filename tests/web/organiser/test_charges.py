import csv
import io
import zipfile
from datetime import datetime

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_sector, make_terms
from tests.web.reading import heading, links, main, typed, wrong
from webapp.clock import LONDON
from webapp.models import AuditLine, BookingState, Cause, Ending, Tariff
from webapp.services import charges

SETTINGS = "/organiser/settings/charges"
LATE = {
    "state": BookingState.CANCELLED,
    "ending": Ending.BY_PRACTITIONER,
    "gave_up_late": True,
    "cancelled_at": NOW,
}


@pytest.fixture
def tariff(db):
    amounts = {"all": {"half_day": 3550}}
    charges.change(for_late=True, for_absence=True, amounts=amounts, now=NOW)
    db.session.commit()


@pytest.fixture
def ann(db, partnership):
    date = make_date(starts_at=datetime(2025, 5, 1, 10, tzinfo=LONDON))
    agency = make_agency("Council")
    make_booking(date, name="Ben", agency=agency, cause=Cause.ILLNESS, **LATE)
    return make_booking(date, email="ann@agency.example", name="Ann", agency=agency, **LATE)


def rows(answer):
    return list(csv.DictReader(io.StringIO(answer.data.decode("utf-8-sig"))))


def last_line(db):
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    return line.action, line.detail


def test_an_administrator_says_what_is_charged_and_sees_it_again(as_administrator, db):
    sector = make_sector(name="Police")
    said = {"for_late": "y", "amount_all_half_day": "£35.50", f"amount_{sector.id}_day": "90"}
    answer = as_administrator.post(SETTINGS, data=said)
    assert answer.location.endswith("/organiser/settings")
    kept = db.session.scalars(select(Tariff)).one()
    assert (kept.for_late, kept.for_absence) == (True, False)
    assert kept.amounts == {"all": {"half_day": 3550}, str(sector.id): {"day": 9000}}
    assert last_line(db) == ("changed the settings", "Charges")
    page = as_administrator.get(SETTINGS)
    assert typed(page, "amount_all_half_day") == "35.50"
    assert typed(page, f"amount_{sector.id}_day") == "90"


@pytest.mark.parametrize("said", ["-5", "5,0", "nine", "12345", "1.5", "१"])
def test_what_is_no_amount_is_refused_and_named(as_administrator, db, said):
    answer = as_administrator.post(SETTINGS, data={"amount_all_day": said})
    sentence = "must be an amount in pounds, such as 50 or 49.50"
    assert wrong(answer) == {"amount_all_day": f"All kinds of organisation, a day {sentence}"}
    assert db.session.scalars(select(Tariff)).all() == []


def test_a_tick_without_an_amount_is_asked_about(as_administrator, db):
    answer = as_administrator.post(SETTINGS, data={"for_absence": "y"})
    assert wrong(answer) == {"for_absence": "Enter an amount, or untick what is charged"}
    assert db.session.scalars(select(Tariff)).all() == []


@pytest.mark.usefixtures("tariff", "ann")
def test_the_list_of_a_month_says_who_what_why_and_the_total(signed_in, db):
    page = signed_in.get("/organiser/charges?month=2025-05")
    assert heading(page) == "Charges and absences, May 2025"
    words = main(page).text
    assert "2 people, £35.50 in all" in words
    assert "Cancelled late: ill" in words
    assert last_line(db) == ("saw the charges", "2025-05")
    assert "Nobody did." in main(signed_in.get("/organiser/charges")).text
    assert links(signed_in.get("/organiser/report"))["Charges and absences, month by month"]


@pytest.mark.usefixtures("tariff", "ann")
def test_the_file_for_finance_says_who_is_excused_and_not_why(signed_in, db):
    answer = signed_in.get("/organiser/charges.csv?month=2025-05")
    ann, ben = rows(answer)
    assert (ann["Name"], ann["Organisation"], ann["What"]) == ("Ann", "Council", "Cancelled late")
    assert [(one["Excused"], one["£"]) for one in (ann, ben)] == [("No", "35.50"), ("Yes", "0.00")]
    assert "ill" not in ben.values()
    assert "Email" not in ann
    assert "charges-2025-05.csv" in answer.headers["Content-Disposition"]
    assert last_line(db) == ("downloaded the charges", "2025-05, 2 bookings, CSV")

    [ann, _] = rows(signed_in.get("/organiser/charges.csv?month=2025-05&emails=yes"))
    assert ann["Email"] == "ann@agency.example"
    assert last_line(db)[1] == "2025-05, 2 bookings, CSV, with email addresses"


@pytest.mark.usefixtures("tariff", "ann")
def test_a_spreadsheet_can_add_the_charges_up(signed_in):
    answer = signed_in.get("/organiser/charges.xlsx?month=2025-05")
    with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
        assert "<v>35.50</v>" in book.read("xl/worksheets/sheet1.xml").decode()


@pytest.mark.usefixtures("tariff", "partnership")
def test_visitors_read_what_it_costs_before_they_book(client):
    make_terms()
    date = make_date()
    make_agency()
    for page in (f"/dates/{date.id}", f"/dates/{date.id}/book"):
        assert "there is a charge of £35.50" in main(client.get(page)).text
