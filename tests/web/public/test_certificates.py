"""Certificates at the visitors' door: one's own by private link, and anybody's by their code."""

from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_practitioner
from tests.papers import Paper
from tests.people import settle_in
from tests.web.reading import heading, links, main, read, title, typed, wrong
from webapp.models import AccessNeeds, Attendance
from webapp.services import certificates, erasures
from webapp.services.links import booking_token, my_token

HOUR = timedelta(hours=1)


@pytest.fixture(autouse=True)
def _settled(db):
    settle_in()


def make_given(**facts):
    """A booking of a date that is over, with its certificate."""
    course = make_course(title=facts.pop("title", "Harmful Sexual Behaviour"))
    date = make_date(course=course, starts_at=NOW - 4 * HOUR, ends_at=NOW - HOUR)
    booking = make_booking(
        date,
        attendance=Attendance.ATTENDED,
        marked_at=NOW - HOUR,
        **{"name": "Łukasz Wiśniewski", **facts},
    )
    certificates.give(booking, now=NOW)
    return booking


def take_back(db, booking):
    booking.attendance = Attendance.ABSENT
    db.session.commit()


def page_of(booking):
    return f"/bookings/{booking_token(booking)}"


def mine(practitioner):
    return f"/my/{my_token(practitioner, NOW)}"


def test_the_private_page_of_a_booking_leads_to_the_certificate(client, db):
    booking = make_given()
    db.session.commit()
    page = client.get(page_of(booking))
    way = links(page)["Download your certificate"]
    answer = client.get(way)
    assert answer.mimetype == "application/pdf"
    assert answer.headers["Content-Disposition"] == (
        f"attachment; filename=certificate-{booking.course_date.course.slug}-17-apr-2025.pdf"
    )
    assert answer.headers["X-Robots-Tag"] == "noindex"
    assert answer.headers["Cache-Control"] == "no-store"
    paper = Paper(answer.data)
    assert paper.is_accessible
    assert "Łukasz Wiśniewski attended Harmful Sexual Behaviour" in paper.words
    assert f"http://localhost/certificates/{booking.certificate.code}" in paper.words


def test_without_a_certificate_there_is_no_word_of_one_and_no_paper(client, db):
    date = make_date(starts_at=NOW - 4 * HOUR, ends_at=NOW - HOUR)
    booking = make_booking(date)
    assert "certificate" not in main(client.get(page_of(booking))).text.lower()
    assert client.get(f"{page_of(booking)}/certificate.pdf").status_code == 404


def test_a_certificate_that_was_taken_back_can_no_longer_be_fetched(client, db):
    booking = make_given()
    take_back(db, booking)
    assert "certificate" not in main(client.get(page_of(booking))).text.lower()
    assert client.get(f"{page_of(booking)}/certificate.pdf").status_code == 404


def test_nobody_has_a_certificate_by_a_link_that_is_not_theirs(client, db):
    booking = make_given()
    db.session.commit()
    other = booking_token(make_booking())
    forged = f"{booking.id}-{other.partition('-')[2]}"
    assert client.get(f"/bookings/{forged}/certificate.pdf").status_code == 404
    booking.link_generation += 1
    token = booking_token(booking)
    db.session.rollback()
    assert client.get(f"/bookings/{token}/certificate.pdf").status_code == 404


def test_my_bookings_lead_to_each_certificate_and_to_the_training_record(client, db):
    ann = make_practitioner("ann@agency.example")
    first, second = make_given(practitioner=ann), make_given(practitioner=ann, title="First aid")
    gone = make_given(practitioner=ann, title="Never there")
    make_given(title="Somebody else's")
    take_back(db, gone)

    page = client.get(mine(ann))
    ways = links(page)
    papers = [text for text in ways if text.startswith("Certificate (PDF)")]
    assert papers == [
        "Certificate (PDF): First aid, Thursday 17 April 2025",
        "Certificate (PDF): Harmful Sexual Behaviour, Thursday 17 April 2025",
    ]
    assert client.get(ways[papers[0]]).mimetype == "application/pdf"

    answer = client.get(ways["Your training record (PDF)"])
    assert answer.headers["Content-Disposition"] == "attachment; filename=training-record.pdf"
    said = Paper(answer.data).words
    for booking in (first, second):
        code = booking.certificate.code
        assert f"{code[:5]}-{code[5:]}" in said
    assert "2 certificates, 6 hours of training." in said
    assert "ann@agency.example" in said
    assert "Never there" not in said
    assert "Somebody else" not in said


def test_without_certificates_there_is_no_training_record(client, db):
    ann = make_practitioner()
    make_booking(make_date(starts_at=NOW - 4 * HOUR, ends_at=NOW - HOUR), practitioner=ann)
    assert "training record" not in client.get(mine(ann)).text
    assert client.get(f"{mine(ann)}/training-record.pdf").status_code == 404


def test_a_link_to_my_bookings_that_has_run_out_opens_no_training_record(client, db):
    booking = make_given()
    db.session.commit()
    old = my_token(booking.practitioner, NOW - timedelta(days=8))
    assert client.get(f"/my/{old}/training-record.pdf").status_code == 410


def test_a_code_is_asked_for(client):
    page = client.get("/certificates")
    assert heading(page) == "Check a certificate"
    assert wrong(page) == {}
    assert page.headers["X-Robots-Tag"] == "noindex"


def test_whoever_has_the_code_learns_what_stands_on_the_paper_and_nothing_else(client, db):
    booking = make_given(
        email="lukasz@agency.example",
        phone="01632 960777",
        organisation="Little School",
        access_needs=AccessNeeds(access="Hearing loop"),
    )
    db.session.commit()
    code = booking.certificate.code
    for path in (
        f"/certificates/{code}",
        f"/certificates?code={code[:5].lower()}-{code[5:].lower()}",
        f"/certificates?code=%20{code}%20",
    ):
        page = client.get(path)
        assert heading(page) == "This certificate is genuine"
        rows = main(page).all(class_="govuk-summary-list__row")
        assert [row.text for row in rows] == [
            "Name Łukasz Wiśniewski",
            "Attended Harmful Sexual Behaviour",
            "When Thursday 17 April 2025",
            "Length 3 hours",
            f"Code {code[:5]}-{code[5:]}",
        ]
        for secret in ("lukasz@", "960777", "Little School", "Social worker", "Hearing", "Max"):
            assert secret not in page.text
        assert page.headers["X-Robots-Tag"] == "noindex"


def test_the_paper_of_somebody_forgotten_is_ours_still_and_not_called_altered(client, db):
    booking = make_given()
    erasures.ask(booking.practitioner, now=NOW)
    erasures.erase(booking.practitioner, now=NOW)
    db.session.commit()
    page = client.get(f"/certificates/{booking.certificate.code}")
    said = main(page).text
    assert heading(page) == "We have given this certificate"
    assert "was given by us, for the course and the day below" in said
    assert "Name No longer held" in said
    assert "Attended Harmful Sexual Behaviour" in said
    assert "When Thursday 17 April 2025" in said
    for word in ("altered", "Erased", "Łukasz"):
        assert word not in page.text


@pytest.mark.parametrize(
    ("code", "sentence"),
    [
        ("", "Enter the code of the certificate"),
        ("hello", "Enter the code as it stands on the certificate: ten letters and digits"),
        ("ABCDEFGH2O", "Enter the code as it stands on the certificate: ten letters and digits"),
        (
            "ABCDE-FGH23",
            "We have given no certificate with this code. Compare it with the paper",
        ),
    ],
)
def test_another_code_is_kept_and_the_page_says_what_is_wrong(client, code, sentence):
    page = client.get("/certificates", query_string={"code": code})
    assert wrong(page) == {"code": sentence}
    assert typed(page, "code") == code
    assert page.status_code == 200
    assert title(page).startswith("Error: Check a certificate")


def test_the_address_of_no_certificate_is_not_found(client):
    page = client.get("/certificates/ABCDEFGH23")
    assert page.status_code == 404
    assert "no certificate with this code" in wrong(page)["code"]


def test_a_withdrawn_certificate_is_said_to_be_withdrawn_and_names_nobody(client, db):
    booking = make_given()
    code = booking.certificate.code
    take_back(db, booking)
    page = client.get(f"/certificates/{code}")
    assert wrong(page) == {
        "code": "This certificate has been withdrawn, so it does not count any more"
    }
    assert "Łukasz" not in page.text
    assert "Harmful" not in page.text


def test_a_code_with_anything_in_it_does_no_harm(client):
    for code in ("<script>x</script>", "%00", "a" * 500, "../../etc", "'--"):
        page = client.get("/certificates", query_string={"code": code})
        assert page.status_code == 200
        assert wrong(page)
        assert "<script>x" not in page.text


def test_codes_cannot_be_tried_by_the_hundred(house_with):
    visitor = house_with(RATELIMIT_ENABLED=True).test_client()
    codes = [visitor.get(f"/certificates/ABCDEFGH{n}").status_code for n in range(22, 44)]
    assert codes == [404] * 20 + [429] * 2
    assert visitor.get("/certificates?code=ABCDEFGH23").status_code == 429
    assert visitor.get("/").status_code == 200


def test_the_mail_leads_to_the_paper_without_a_page_between(client, db):
    booking = make_given()
    db.session.commit()
    way = f"{page_of(booking)}/certificate.pdf"
    assert client.head(way).status_code == 200
    assert client.get(way).data.startswith(b"%PDF")


def test_the_page_of_a_certificate_names_the_way_to_check_another(client, db):
    booking = make_given()
    db.session.commit()
    page = client.get(f"/certificates/{booking.certificate.code}")
    before = read(page).one(class_="app-before")
    assert before.one("a")["href"] == "/certificates"
