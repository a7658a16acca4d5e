import pytest
from sqlalchemy import select

from tests.makers import make_agency, make_booking
from tests.web.reading import buttons, heading, links, main, typed, wrong
from webapp.models import AccessNeeds, AuditLine, Booking, BookingState, Email, Ending


def path(booking):
    return f"/organiser/bookings/{booking.id}/details"


def said(booking, **more):
    return {
        "name": "Anne Example",
        "agency": str(booking.agency_id),
        "job_role": "Midwife",
        "manager_name": "",
        "manager_email": "mina@agency.example",
        **more,
    }


def again(db, booking):
    db.session.expire_all()
    return db.session.get(Booking, booking.id)


def test_what_is_known_is_shown_changed_and_nobody_is_written_to(signed_in, organiser, db):
    booking = make_booking(access_needs=AccessNeeds(access="A hearing loop"))
    page = signed_in.get(f"/organiser/bookings/{booking.id}")
    assert links(page)["Change these details"] == path(booking)
    form = signed_in.get(path(booking))
    assert heading(form) == "Change the details of Ann Example"
    assert (typed(form, "name"), typed(form, "job_role")) == ("Ann Example", "Social worker")
    agency = make_agency("Anytown Midwives", sector=booking.agency.sector)
    answer = signed_in.post(path(booking), data=said(booking, agency=str(agency.id)))

    assert answer.location.endswith(f"/organiser/bookings/{booking.id}")
    now = again(db, booking)
    assert (now.name, now.job_role, now.agency.name) == (
        "Anne Example",
        "Midwife",
        "Anytown Midwives",
    )
    assert (now.manager_name, now.manager_email) == (None, "mina@agency.example")
    assert now.access_needs.access == "A hearing loop"
    assert db.session.scalars(select(Email)).all() == []
    actions = db.session.scalars(select(AuditLine.action).order_by(AuditLine.id)).all()
    assert actions[-1] == "changed somebody's details"


def test_it_can_be_undone_for_a_minute(signed_in, db):
    booking = make_booking(access_needs=AccessNeeds(access="A hearing loop"))
    page = signed_in.get(signed_in.post(path(booking), data=said(booking)).location)
    assert "Undo" in buttons(page)
    form = next(one for one in page_forms(page) if "/undo/" in one)
    signed_in.post(form, data={"next": f"/organiser/bookings/{booking.id}"})
    now = again(db, booking)
    assert (now.name, now.job_role, now.manager_name) == (
        "Ann Example",
        "Social worker",
        "Max Manager",
    )
    assert now.access_needs.access == "A hearing loop"


def page_forms(page):
    return [form["action"] for form in main(page).all("form") if "action" in form.attributes]


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"name": " "}, {"name": "Enter their full name"}),
        ({"job_role": ""}, {"job_role": "Enter their job role"}),
        ({"agency": "999"}, {"agency": "Choose where they work"}),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_kept(signed_in, db, more, sentence):
    booking = make_booking()
    answer = signed_in.post(path(booking), data=said(booking, **more))
    assert wrong(answer) == sentence
    assert typed(answer, "manager_email") == "mina@agency.example"
    assert again(db, booking).name == "Ann Example"


def test_a_cancelled_booking_keeps_its_details(signed_in):
    booking = make_booking(state=BookingState.CANCELLED, ending=Ending.BY_PRACTITIONER)
    assert signed_in.get(path(booking)).status_code == 409
    assert signed_in.post(path(booking), data=said(booking)).status_code == 409
    page = signed_in.get(f"/organiser/bookings/{booking.id}")
    assert "Change these details" not in main(page).text
