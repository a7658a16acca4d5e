"""How much anybody may send: mails to others, fields of a form, and methods that only read back."""

from sqlalchemy import select

from tests.makers import make_course, make_date, make_partnership
from tests.people import settle_in
from tests.web.reading import filled_in
from webapp.models import Booking, BookingState


def test_interest_in_a_course_floods_nobody(client, db):
    make_partnership()
    course = make_course()
    sent = {"name": "Ann Example", "email": "ann@agency.example"}

    pages = [client.post(f"/courses/{course.slug}/interest", data=sent) for _ in range(11)]

    assert [page.status_code for page in pages] == [302] * 10 + [429]
    other = client.post(f"/courses/{course.slug}/interest", data={**sent, "email": "b@a.example"})
    assert other.status_code == 302


def test_a_form_of_very_many_fields_is_refused(client, db):
    make_partnership()
    fields = {f"colleagues-{number}-name": "x" for number in range(1_100)}
    parts = client.post("/my", data=fields, content_type="multipart/form-data")
    assert parts.status_code == 413


def test_what_a_form_does_not_ask_is_not_kept(client, db):
    settle_in()
    date = make_date()
    said = filled_in(
        client.get(f"/dates/{date.id}/book"), name="Ann Example", email="ann@agency.example"
    )
    said |= {"job_role": "Nurse", "agency": "1", "agrees": "y", "manager_name": "Max Manager"}
    said |= {"manager_email": "max@agency.example"}
    more = {"id": "99", "state": "cancelled", "attendance": "attended", "note": "Mine"}
    more |= {"is_walk_in": "y", "link_generation": "7", "practitioner_id": "5"}
    assert client.post(f"/dates/{date.id}/book", data=said | more).status_code == 302

    booking = db.session.scalars(select(Booking)).one()
    assert (booking.id, booking.state, booking.note) == (1, BookingState.CONFIRMED, None)
    assert (booking.attendance, booking.is_walk_in, booking.link_generation) == (None, False, 0)
    assert booking.email == "ann@agency.example"


def test_nobody_gets_their_request_read_back_to_them(client, db):
    make_partnership()
    for path in ("/", "/my", "/organiser/", "/static/app.css"):
        assert client.open(path, method="TRACE").status_code == 405, path
