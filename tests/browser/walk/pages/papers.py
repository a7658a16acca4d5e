"""Certificates, what people said of a date, and slides, as organisers see them; and what comes as
a file."""

from tests.conftest import NOW
from webapp.services import links

# How files begin.
PDF, SPREADSHEET, TEXT = b"%PDF-", b"PK", "\ufeff".encode()


def pages(world):
    date = {state: {"date_id": one.id} for state, one in world.dates.items()}
    certified = {"booking_id": world.standings["certified"].id}
    yield "certificates", "before the end", {"date_id": world.open.id}
    yield "certificates", "part, absent, unmarked, given, withdrawn", date["complete"]
    yield "certificates", "nobody", date["nobody came"]
    yield "certificates", "many", date["many"]
    yield "certificates", "second page", {**date["many"], "page": 2}
    yield "correct_certificate", "given and pressed", certified
    yield "correct_certificate", "none", {"booking_id": world.standings["absent"].id}
    yield "booking", "certified", certified
    yield "evaluation", "before the end", {"date_id": world.open.id}
    yield "evaluation", "nobody", date["nobody came"]
    yield "evaluation", "two answers", date["two answers"]
    yield "evaluation", "many", date["many"]
    yield "evaluation", "second page", {**date["many"], "page": 2}
    yield "handouts", "some", date["complete"]
    yield "handouts", "none and pressed", {"date_id": world.open.id}
    yield "remove_handout", "some", {**date["complete"], "handout_id": world.handout.id}
    yield "course_evaluation", "many", {"course_id": world.courses["held"].id}
    yield "course_evaluation", "none", {"course_id": world.open.course_id}


def files(world):
    """(endpoint, address values, how the file begins)."""
    date = {state: {"date_id": one.id} for state, one in world.dates.items()}
    certified = world.standings["certified"]
    mine = {"token": links.my_token(certified.practitioner, NOW)}
    sheet = {**date["on now"], "sort": "agency", "print": "large"}
    yield "public.certificate", {"token": links.booking_token(certified)}, PDF
    yield "public.training_record", mine, PDF
    yield "public.own_data_json", mine, b"{"
    slides = {"handout_id": world.handout.id}
    yield "public.handout", {"token": links.booking_token(certified), **slides}, PDF
    yield "organiser.handout", {**date["complete"], **slides}, PDF
    yield "organiser.certificate", {"booking_id": certified.id}, PDF
    yield "organiser.sign_in_sheet_pdf", sheet, PDF
    yield "organiser.report_pdf", {}, PDF
    yield "organiser.report_xlsx", {}, SPREADSHEET
    yield "organiser.report_csv", {}, TEXT
    yield "organiser.seats_csv", {}, TEXT
    yield "organiser.charges_csv", {"month": "2025-04"}, TEXT
    yield "organiser.charges_xlsx", {"month": "2025-04"}, SPREADSHEET
    yield "organiser.audit_csv", {}, TEXT
    yield "organiser.evaluation_csv", date["many"], TEXT
    yield "organiser.course_evaluation_csv", {"course_id": world.courses["held"].id}, TEXT
    yield "organiser.import_template", {"what": "courses"}, TEXT


FILES = {
    "public.handout",
    "organiser.handout",
    "public.certificate",
    "public.training_record",
    "public.own_data_json",
    "organiser.certificate",
    "organiser.sign_in_sheet_pdf",
    "organiser.report_pdf",
    "organiser.report_xlsx",
    "organiser.report_csv",
    "organiser.seats_csv",
    "organiser.charges_csv",
    "organiser.charges_xlsx",
    "organiser.audit_csv",
    "organiser.evaluation_csv",
    "organiser.course_evaluation_csv",
    "organiser.import_template",
}
