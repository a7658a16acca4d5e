"""The button beside the words that a change was made."""

from datetime import timedelta

import pytest
from icalendar import Calendar
from sqlalchemy import select

from tests import people
from tests.calendars import faults
from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_course,
    make_date,
    make_organiser,
    make_sector,
    make_terms,
    make_venue,
)
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import UNDO, buttons, filled_in, main
from webapp.models import AuditLine, Course, DateState, RoleName
from webapp.services import partnership as ours
from webapp.services import undoing

ILL = {"message": "The trainer is ill."}


def edited(client, url, **changes):
    sent = filled_in(client.get(url), **changes)
    answer = client.post(url, data=sent)
    if "sure" in answer.text and answer.status_code == 200:
        answer = client.post(url, data={**sent, "sure": "1"})
    return answer


def follow(client, answer):
    assert answer.status_code == 302
    return client.get(answer.location)


def undo_form(page):
    return main(page).one("form", class_=UNDO)


def press(client, page):
    form = undo_form(page)
    sent = {box["name"]: box["value"] for box in form.all("input")}
    return follow(client, client.post(form["action"], data=sent))


CHANGES = {
    "a course": (
        make_course,
        lambda client, course: edited(
            client, f"/organiser/courses/{course.id}/edit", title="Neglect"
        ),
        "title",
    ),
    "a course published": (
        lambda: make_course(is_published=False),
        lambda client, course: client.post(f"/organiser/courses/{course.id}/publish"),
        "is_published",
    ),
    "a course withdrawn": (
        make_course,
        lambda client, course: client.post(f"/organiser/courses/{course.id}/withdraw"),
        "is_published",
    ),
    "a date": (
        make_date,
        lambda client, date: edited(
            client, f"/organiser/dates/{date.id}/details", capacity="9", room="Hudson"
        ),
        "room",
    ),
    "a date published": (
        lambda: make_date(state=DateState.DRAFT),
        lambda client, date: client.post(f"/organiser/dates/{date.id}/publish"),
        "state",
    ),
    "dates published": (
        lambda: make_date(state=DateState.DRAFT),
        lambda client, date: client.post("/organiser/dates/drafts", data={"date": date.id}),
        "state",
    ),
    "a date withdrawn": (
        make_date,
        lambda client, date: client.post(f"/organiser/dates/{date.id}/withdraw"),
        "state",
    ),
    "a date postponed": (
        make_date,
        lambda client, date: client.post(f"/organiser/dates/{date.id}/postpone", data=ILL),
        "starts_at",
    ),
    "a date cancelled": (
        make_date,
        lambda client, date: client.post(f"/organiser/dates/{date.id}/cancel", data=ILL),
        "state",
    ),
    "a venue": (
        make_venue,
        lambda client, venue: edited(client, f"/organiser/venues/{venue.id}", parking="None."),
        "parking",
    ),
    "a note": (
        lambda: make_booking(note="Called."),
        lambda client, booking: client.post(
            f"/organiser/bookings/{booking.id}/note", data={"note": "Called twice."}
        ),
        "note",
    ),
    "an agency": (
        make_agency,
        lambda client, one: edited(client, f"/organiser/settings/agencies/{one.id}", name="Police"),
        "name",
    ),
    "a sector": (
        make_sector,
        lambda client, one: edited(client, f"/organiser/settings/sectors/{one.id}", name="Police"),
        "name",
    ),
    "settings": (
        ours.get,
        lambda client, _: edited(client, "/organiser/settings/rules", offer_hours="3"),
        "offer_hours",
    ),
    "the words of mails": (
        ours.get,
        lambda client, _: edited(
            client, "/organiser/settings/mails/booking_confirmed", keep="1", last="All the best"
        ),
        "mail_words",
    ),
}


@pytest.mark.parametrize("what", CHANGES)
def test_one_press_puts_back_what_was_there_and_stays_on_the_page(as_administrator, db, what):
    make, change, column = CHANGES[what]
    row = make()
    was = getattr(row, column)

    page = follow(as_administrator, change(as_administrator, row))
    db.session.refresh(row)
    assert getattr(row, column) != was
    assert "For a minute, since nobody was told of it" in main(page).text
    answer = press(as_administrator, page)

    db.session.refresh(row)
    assert getattr(row, column) == was
    assert "Undone: all is as it was before." in main(answer).text
    assert "Undo" not in buttons(answer)
    assert answer.request.full_path == page.request.full_path
    assert people.mails() == []


def taking_place(ics):
    """The entries of a feed, by UID, but for those that it calls off."""
    events = Calendar.from_ical(ics).walk("VEVENT")
    stand = [event for event in events if event["STATUS"] != "CANCELLED"]
    return {str(e["UID"]): (str(e["SUMMARY"]), e.start, e.end, str(e["LOCATION"])) for e in stand}


@pytest.mark.parametrize(
    ("page", "changes"),
    [
        ("details", {"capacity": "9", "room": "Hudson"}),
        ("details", {"days-0-starts": "2pm", "days-0-ends": "5pm"}),
        ("details", {"days-1-day": ["3", "6", "2025"], "days-1-starts": "9", "days-1-ends": "12"}),
        ("cancel", ILL),
        ("postpone", ILL),
    ],
)
def test_a_feed_that_saw_the_change_sees_it_undone_by_a_higher_sequence(
    app, signed_in, monkeypatch, page, changes
):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    date = make_date()
    read = []

    def later(seconds):
        monkeypatch.setattr("webapp.clock.now", lambda: NOW + timedelta(seconds=seconds))
        read.append(signed_in.get("/programme.ics"))

    later(0)
    monkeypatch.setattr("webapp.clock.now", lambda: NOW + timedelta(seconds=90))
    answer = follow(signed_in, edited(signed_in, f"/organiser/dates/{date.id}/{page}", **changes))
    later(100)
    press(signed_in, answer)
    later(110)

    before, between, after = [answer.data for answer in read]
    assert taking_place(before) != taking_place(between)
    assert taking_place(after) == taking_place(before)
    # A day that is added is an entry nobody knew before.
    found = faults(between, "feed", previous=before) + faults(after, "feed", previous=between)
    assert [fault for fault in found if not fault.startswith("PREV-NEW-UID")] == []
    assert len({answer.headers["ETag"] for answer in read}) == 3


def test_the_logo_comes_back(as_administrator, db):
    svg = b'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 9 9"><path d="M0 0h9v9z"/></svg>'
    partnership = ours.get()
    ours.show_logo(partnership, svg, now=NOW)
    db.session.commit()
    answer = follow(as_administrator, as_administrator.post("/organiser/settings/logo/remove"))
    assert ours.get().logo is None
    press(as_administrator, answer)
    assert ours.get().logo.content == svg


def test_the_button_is_there_once(signed_in):
    course = make_course()
    page = follow(signed_in, signed_in.post(f"/organiser/courses/{course.id}/withdraw"))
    assert buttons(page).count("Undo") == 1
    assert "Undo" not in buttons(signed_in.get(f"/organiser/courses/{course.id}"))


def test_where_somebody_was_told_there_is_no_button(signed_in):
    date = make_date()
    make_terms()
    make_booking(date)
    page = follow(signed_in, signed_in.post(f"/organiser/dates/{date.id}/cancel", data=ILL))
    assert "We have written to 1 person." in main(page).text
    assert "Undo" not in buttons(page)


def test_too_late_it_says_so_and_changes_nothing(signed_in, db, monkeypatch):
    course = make_course()
    page = follow(signed_in, signed_in.post(f"/organiser/courses/{course.id}/withdraw"))
    monkeypatch.setattr("webapp.clock.now", lambda: NOW + timedelta(minutes=1))
    answer = press(signed_in, page)
    assert undoing.OVER in main(answer).text
    assert not db.session.scalars(select(Course)).one().is_published


def test_a_colleague_cannot_press_it(signed_in, client, db):
    course = make_course()
    page = follow(signed_in, signed_in.post(f"/organiser/courses/{course.id}/withdraw"))
    answer = press(sign_in_as(client, make_organiser()), page)
    assert undoing.NOT_YOURS in main(answer).text
    assert not db.session.scalars(select(Course)).one().is_published


def test_the_log_says_who_undid_what(signed_in, db, organiser):
    booking = make_booking()
    url = f"/organiser/bookings/{booking.id}/note"
    press(signed_in, follow(signed_in, signed_in.post(url, data={"note": "Called."})))
    line = db.session.scalars(
        select(AuditLine).where(AuditLine.action == "undid: changed the note")
    ).one()
    assert (line.organiser_id, line.booking_id) == (organiser.id, booking.id)
    assert line.course_date_id == booking.course_date_id


@pytest.mark.parametrize("wanted", ["https://evil.example/", "//evil.example", "/my", "x", ""])
def test_it_leads_nowhere_but_to_pages_of_ours(signed_in, wanted):
    answer = signed_in.post("/organiser/undo/1", data={"next": wanted})
    assert answer.location == "/organiser/"


def test_a_trainer_has_nothing_to_undo(client, partnership):
    trainer = sign_in_as(client, make_organiser(role=RoleName.TRAINER))
    assert trainer.post("/organiser/undo/1").status_code == 403
