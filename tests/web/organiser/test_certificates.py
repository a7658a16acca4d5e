"""The certificates of a date at the organisers' door, and the sheet that people sign."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_organiser
from tests.papers import Paper
from tests.people import kinds, mails, words
from tests.queries import counted
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import buttons, filled_in, heading, links, main, read, typed, wrong
from webapp.models import Attendance, AuditLine, Booking, Certificate, RoleName
from webapp.services import attendee_lists, certificates

HOUR = timedelta(hours=1)


def make_over(**facts):
    return make_date(starts_at=NOW - 4 * HOUR, ends_at=NOW - HOUR, **facts)


def attended(date, mark=Attendance.ATTENDED, **facts):
    return make_booking(date, attendance=mark, marked_at=NOW - HOUR, **facts)


def given(db, booking):
    certificates.give(booking, now=NOW)
    db.session.commit()
    return booking


def url(date):
    return f"/organiser/dates/{date.id}/certificates"


def rows(page):
    return [row.text for row in main(page).one("tbody").all("tr")]


def audited(db):
    return db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()


def certificate_of(db, booking):
    return db.session.scalar(select(Certificate).where(Certificate.booking_id == booking.id))


def test_the_page_says_who_has_a_certificate(signed_in, db):
    date, police = make_over(), make_agency("Police")
    ann = given(db, attended(date, name="Ann", agency=police))
    attended(date, Attendance.ABSENT, name="Ben", agency=police)
    make_booking(date, name="Cat", agency=police)
    code = ann.certificate.code

    page = signed_in.get(url(date))
    assert heading(page) == "Certificates: Safeguarding basics, Thu 17 Apr"
    assert rows(page) == [
        f"Ann Police Register Attended Certificate {code[:5]}-{code[5:]} of Ann, PDF,"
        " given Thu 17 Apr Send again the certificate of Ann"
        " Change the name on the certificate of Ann",
        "Ben Police Register Absent Certificate None",
        "Cat Police Register Not marked Certificate None",
    ]
    said = main(page).text
    assert "1 certificate given." in said
    assert "(1 person is not marked), or at 8am on Friday 18 April 2025." in said
    assert audited(db) == ["saw the certificates"]


def test_before_the_end_the_page_says_when_certificates_go_out(signed_in):
    date = make_date()
    make_booking(date)
    page = signed_in.get(url(date))
    assert "once the date is over and everybody on the register is marked" in main(page).text
    assert buttons(page) == []


def test_a_date_that_nobody_had_a_place_on_has_no_table(signed_in):
    assert "Nobody had a place on this date." in main(signed_in.get(url(make_over()))).text


def test_who_was_there_for_part_of_it_is_given_one_by_a_press(signed_in, db):
    date = make_over()
    booking = attended(date, Attendance.PART, email="ann@agency.example")
    assert "Give and send the certificate of Ann Example" in buttons(signed_in.get(url(date)))

    answer = signed_in.post(f"/organiser/bookings/{booking.id}/certificate")
    assert answer.location == url(date)
    assert certificate_of(db, booking).given_at == NOW
    assert kinds("ann@agency.example") == ["certificate"]
    assert "on its way to ann@agency.example" in read(signed_in.get(url(date))).text
    assert audited(db)[1] == "gave a certificate"


def test_a_certificate_is_sent_again_as_it_is(signed_in, db):
    booking = given(db, attended(make_over()))
    code = booking.certificate.code
    signed_in.post(f"/organiser/bookings/{booking.id}/certificate")
    assert certificate_of(db, booking).code == code
    assert kinds() == ["certificate"] * 2
    assert audited(db) == ["sent a certificate again"]


@pytest.mark.parametrize("mark", [None, Attendance.ABSENT])
def test_nobody_is_given_one_against_the_register(signed_in, db, mark):
    booking = attended(make_over(), mark)
    answer = signed_in.post(f"/organiser/bookings/{booking.id}/certificate")
    assert answer.status_code == 409
    assert "does not say that this person came" in main(answer).text
    assert certificate_of(db, booking) is None
    assert kinds() == []


def test_a_certificate_can_be_printed_for_somebody(signed_in, db):
    date = make_over()
    booking = given(db, attended(date, name="Łukasz"))
    code = booking.certificate.code
    way = links(signed_in.get(url(date)))[f"{code[:5]}-{code[5:]} of Łukasz, PDF"]
    answer = signed_in.get(way)
    assert answer.mimetype == "application/pdf"
    assert "Łukasz attended Safeguarding basics" in Paper(answer.data).words
    assert audited(db)[-1] == "downloaded a certificate"


def test_without_a_certificate_there_is_nothing_to_print_or_change(signed_in):
    booking = attended(make_over())
    for more in (".pdf", "/name"):
        answer = signed_in.get(f"/organiser/bookings/{booking.id}/certificate{more}")
        assert answer.status_code == 404


def test_a_withdrawn_certificate_is_shown_as_one(signed_in, db):
    booking = given(db, attended(make_over(), name="Ann"))
    booking.attendance, booking.marked_at = Attendance.ABSENT, NOW
    db.session.commit()
    page = signed_in.get(url(booking.course_date))
    assert "Certificate Withdrawn" in rows(page)[0]
    assert buttons(page) == []


def test_a_wrong_name_is_put_right_and_the_paper_sent_again(signed_in, db):
    booking = given(db, attended(make_over(), name="Lukasz"))
    way = f"/organiser/bookings/{booking.id}/certificate/name"
    page = signed_in.get(way)
    assert heading(page) == "The name on a certificate"
    assert typed(page, "name") == "Lukasz"

    answer = signed_in.post(way, data=filled_in(page, name="Łukasz Wiśniewski"))
    assert answer.location == url(booking.course_date)
    db.session.refresh(booking)
    assert booking.name == booking.certificate.name == "Łukasz Wiśniewski"
    assert "Name: Łukasz Wiśniewski" in words(mails()[-1])
    assert audited(db)[-1] == "put the name on a certificate right"


def test_a_certificate_needs_a_name(signed_in, db):
    booking = given(db, attended(make_over()))
    page = signed_in.post(f"/organiser/bookings/{booking.id}/certificate/name", data={"name": " "})
    assert wrong(page) == {"name": "Enter the name"}
    assert certificate_of(db, booking).name == "Ann Example"


@pytest.mark.slow
def test_the_list_asks_the_database_as_often_for_300_people_as_for_3(signed_in, db):
    date, agency = make_over(), make_agency()

    def cost():
        with counted() as sent:
            assert signed_in.get(url(date)).status_code == 200
        return len(sent)

    for _ in range(3):
        given(db, attended(date, agency=agency))
    before = cost()
    for _ in range(297):
        given(db, attended(date, agency=agency))
    assert cost() == before
    page = signed_in.get(url(date))
    assert len(rows(page)) == 50
    assert "300 people, 1 to 50 shown" in main(page).text


def sheet(date):
    return f"/organiser/dates/{date.id}/sign-in-sheet"


def test_the_sheet_is_asked_for_by_order_and_size_of_print(signed_in):
    date = make_date()
    make_booking(date)
    page = signed_in.get(sheet(date))
    assert heading(page) == "Sign-in sheet: Safeguarding basics, Thu 1 May"
    assert "(1 person)" in main(page).text
    assert filled_in(page) == {"sort": ["name"], "print": ["ordinary"]}
    assert main(page).one("form")["action"] == f"{sheet(date)}.pdf"


def test_the_sheet_lists_those_with_a_place_by_name(signed_in, db):
    date, police = make_date(), make_agency("Police")
    for name in ("Örn", "Cat", "zoe"):
        make_booking(date, name=name, agency=police)
    make_booking(date, name="Waits", state="waiting")
    make_booking(date, name="Gone", state="cancelled")
    answer = signed_in.get(f"{sheet(date)}.pdf")
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"].endswith("-1-may-2025-sign-in-sheet.pdf")
    paper = Paper(answer.data)
    assert paper.is_accessible
    assert "Cat Police Örn Police zoe Police" in paper.words
    assert "Waits" not in paper.words
    assert "Gone" not in paper.words
    assert audited(db) == ["downloaded the sign-in sheet"]


def test_the_sheet_by_organisation_and_in_large_print(signed_in):
    date = make_date()
    for name in ("Police", "Health", "police"):
        make_booking(date, name=f"Ann of {name}", agency=make_agency(name))
    answer = signed_in.get(f"{sheet(date)}.pdf?sort=agency&print=large")
    said = Paper(answer.data).words
    assert "Health Ann of Health Police Ann of Police police Ann of police" in said


def test_more_people_than_sign_on_paper_are_offered_as_a_file(signed_in, db, monkeypatch):
    monkeypatch.setattr(attendee_lists, "LONGEST_SHEET", 2)
    date = make_date()
    for _ in range(3):
        make_booking(date)
    reason = "A sheet has room for 2 people, and 3 have a place."
    page = signed_in.get(sheet(date))
    assert reason in main(page).text
    assert main(page).all("form") == []
    assert links(page)["Download the list"] == f"/organiser/dates/{date.id}/attendees/export"
    for order in ("name", "agency"):
        answer = signed_in.get(f"{sheet(date)}.pdf?sort={order}")
        assert answer.status_code == 409
        assert reason in main(answer).text
    assert audited(db) == []


@pytest.mark.parametrize("asked", ["sort=queue", "sort=%00", "print=huge", "sort=agency&sort=x"])
def test_a_sheet_asked_for_in_words_it_does_not_know_is_the_usual_one(signed_in, asked):
    date = make_date()
    assert signed_in.get(f"{sheet(date)}.pdf?{asked}").status_code == 200


def test_a_trainer_has_the_sheet_of_the_dates_they_give_and_no_certificates(client, partnership):
    trainer = make_organiser(role=RoleName.TRAINER)
    sign_in_as(client, trainer)
    own, other = make_date(trainers=[trainer]), make_date()
    assert client.get(sheet(own)).status_code == 200
    assert client.get(f"{sheet(own)}.pdf").mimetype == "application/pdf"
    for way in (sheet(other), f"{sheet(other)}.pdf", url(own)):
        assert client.get(way).status_code == 403


def test_nobody_else_has_a_sheet_or_a_certificate(client, db, partnership):
    booking = given(db, attended(make_over()))
    date = booking.course_date
    for way in (sheet(date), f"{sheet(date)}.pdf", url(date)):
        assert "/organiser/sign-in" in client.get(way).location
    answer = client.post(f"/organiser/bookings/{booking.id}/certificate")
    assert "/organiser/sign-in" in answer.location
    assert db.session.scalars(select(Booking)).one().certificate.given_at == NOW


def test_the_page_of_a_booking_leads_to_its_certificate(signed_in, db):
    booking = attended(make_over())
    way = f"/organiser/bookings/{booking.id}"
    assert "PDF" not in links(signed_in.get(way))

    given(db, booking)
    page = signed_in.get(way)
    assert links(page)["PDF"] == f"{way}/certificate.pdf"
    assert links(page)["All certificates of this date"] == url(booking.course_date)

    booking.attendance = Attendance.ABSENT
    db.session.commit()
    page = signed_in.get(way)
    assert "Certificate Withdrawn." in main(page).text
    assert "PDF" not in links(page)
