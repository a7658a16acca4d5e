"""Several people ticked on the list of a date, named once more, and then cancelled or moved."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.makers import make_agency, make_booking, make_course, make_date
from tests.queries import by_state
from tests.web.reading import buttons, filled_in, heading, links, main, wrong
from webapp.db import db as database
from webapp.models import AuditLine, BookingState, DateState

CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING
CANCELLED = BookingState.CANCELLED
NAMES = ("Ann", "Ben", "Cat")


@pytest.fixture
def dates(db):
    first = make_date(course=make_course(), capacity=3)
    later = first.starts_at + timedelta(days=7)
    return first, make_date(course=first.course, capacity=2, starts_at=later)


@pytest.fixture
def three(dates):
    return on(dates[0])


def on(date, *names, **facts):
    return [
        make_booking(date, name=name, email=f"{name.lower()}@agency.example", **facts)
        for name in names or NAMES
    ]


def path(date, rest=""):
    return f"/organiser/dates/{date.id}/attendees{rest}"


def ids(several):
    return [booking.id for booking in several]


def lines(db):
    found = db.session.scalars(select(AuditLine).order_by(AuditLine.id))
    return [(one.action, one.booking_id) for one in found if not one.action.startswith("saw")]


def named(page):
    """The names on a page that says who they are."""
    return [item.one("bdi").text for item in main(page).one(class_="app-several").all("li")]


def flashed(client, answer):
    return main(client.get(answer.location)).one(class_="govuk-notification-banner__content").text


def test_the_list_has_a_box_for_each_and_three_things_to_do_with_them(signed_in, dates, three):
    page = signed_in.get(path(dates[0]))
    [form] = [one for one in main(page).all("form") if one.all(id="chosen")]
    boxes = [box["value"] for box in form.all("input") if box.get("name") == "booking"]

    assert boxes == [str(one.id) for one in three]
    assert [button.text for button in form.all("button")] == [
        "Write to them",
        "Move them to another date",
        "Cancel their bookings",
    ]
    assert form["method"] == "get"
    assert "Choose Ann, ann@agency.example" in form.text


def test_of_a_date_that_is_over_people_are_only_written_to(signed_in, db):
    date = make_date(starts_at=people.NOW - timedelta(days=3))
    on(date)
    page = signed_in.get(path(date))
    [form] = [one for one in main(page).all("form") if one.all(id="chosen")]

    assert [button.text for button in form.all("button")] == ["Write to them"]


def test_of_those_who_have_gone_there_is_nobody_to_tick(signed_in, dates):
    on(dates[0], state=CANCELLED)
    page = signed_in.get(path(dates[0], "?state=cancelled"))

    assert main(page).all(id="chosen") == []


@pytest.mark.parametrize("what", ["attendees/cancel", "attendees/move", "messages/new"])
def test_with_nobody_ticked_it_leads_back_to_that_list_and_says_so(signed_in, dates, three, what):
    answer = signed_in.get(f"/organiser/dates/{dates[0].id}/{what}?state=waiting&q=ann&page=2")

    assert flashed(signed_in, answer).startswith("Nobody was chosen")
    assert answer.location == path(dates[0], "?state=waiting&q=ann&page=2")


def test_those_ticked_are_named_before_they_are_cancelled(signed_in, db, dates, three):
    make_booking(dates[0], name="Dan", state=WAITING)
    page = signed_in.get(path(dates[0], "/cancel"), query_string={"booking": ids(three[:2])})
    assert heading(page) == "Cancel 2 bookings"
    assert named(page) == ["Ann", "Ben"]
    assert "2 people that their place is cancelled" in main(page).text
    assert "offered to those next in line" in main(page).text
    assert people.mails() == []

    answer = signed_in.post(path(dates[0], "/cancel"), data=filled_in(page, reason="No trainer"))
    assert flashed(signed_in, answer) == (
        "2 bookings are cancelled. We have written to each of them."
    )
    assert by_state(dates[0])[CONFIRMED] == ["cat@agency.example"]
    assert lines(db) == [("cancelled a booking", one.id) for one in three[:2]]
    assert [mail.kind for mail in people.mails()] == [
        *["booking_cancelled_by_organiser"] * 2,
        "booking_offered",
    ]


def test_without_a_reason_nobody_is_cancelled_and_they_stay_chosen(signed_in, dates, three):
    page = signed_in.post(path(dates[0], "/cancel"), data={"booking": ids(three)})

    assert wrong(page) == {"reason": "Enter the reason"}
    assert named(page) == list(NAMES)
    assert filled_in(page)["booking"] == [str(one.id) for one in three]


def test_who_has_gone_meanwhile_is_named_and_the_others_can_go_on(signed_in, dates, three):
    three[1].state = CANCELLED
    database.session.commit()
    page = signed_in.post(
        path(dates[0], "/cancel"), data={"booking": ids(three), "reason": "No trainer"}
    )
    assert "Ben , ben@agency.example This booking has been cancelled already." in main(page).text
    assert buttons(page) == []
    assert people.mails() == []

    page = signed_in.get(links(page)["Leave out who cannot, and go on with 2 people"])
    assert named(page) == ["Ann", "Cat"]
    assert buttons(page) == ["Cancel 2 bookings and write to them"]


def test_everybody_in_the_list_is_those_of_its_search(signed_in, dates):
    agency = make_agency("Police")
    on(dates[0], "Ann", "Ben", agency=agency)
    on(dates[0], "Cat")
    on(dates[0], "Dan", agency=agency, state=WAITING)
    asked = {"everybody": "list", "agency": agency.id, "state": "confirmed"}

    assert named(signed_in.get(path(dates[0], "/cancel"), query_string=asked)) == ["Ann", "Ben"]
    asked = {"everybody": "list", "state": "all", "q": "police"}
    assert named(signed_in.get(path(dates[0], "/move"), query_string=asked)) == [
        "Ann",
        "Ben",
        "Dan",
    ]


def test_everybody_on_the_page_is_those_on_it(signed_in, dates, monkeypatch):
    for room in ("attendee_lists", "paging"):
        monkeypatch.setattr(f"webapp.services.{room}.SIZE", 2)
    on(dates[0])
    page = signed_in.get(path(dates[0], "?page=2"))
    assert "Everybody on this page (1)" in main(page).text
    assert "Everybody in this list (3)" in main(page).text

    asked = {"everybody": "page", "page": 2, "state": "confirmed"}
    assert named(signed_in.get(path(dates[0], "/cancel"), query_string=asked)) == ["Cat"]


def test_those_ticked_are_moved_together(signed_in, db, dates, three):
    old, new = dates
    page = signed_in.get(path(old, "/move"), query_string={"booking": ids(three[:2])})
    assert heading(page) == "Move 2 people to another date"
    [choice] = main(page).all(class_="govuk-radios__item")
    assert choice.text.endswith("2 places left.")

    answer = signed_in.post(path(old, "/move"), data=filled_in(page, to=new.id))
    assert "2 bookings are moved to" in flashed(signed_in, answer)
    assert by_state(new)[CONFIRMED] == ["ann@agency.example", "ben@agency.example"]
    assert [action for action, _ in lines(db)] == [
        "moved a booking to another date",
        "moved a booking here",
    ] * 2


def test_more_than_there_are_places_for_need_a_reason(signed_in, db, dates, three):
    old, new = dates
    asks = signed_in.get(path(old, "/move"), query_string={"booking": ids(three)})
    assert main(asks).all(id="over_capacity_reason")
    page = signed_in.post(path(old, "/move"), data={"booking": ids(three), "to": new.id})
    assert wrong(page) == {
        "over_capacity_reason": "3 people would come."
        " The date has 2 places: none are taken or kept for somebody."
    }
    assert buttons(page) == ["Move all the same and write to them"]
    assert people.mails() == []

    sent = filled_in(page, over_capacity_reason="A larger room", anyway="yes")
    signed_in.post(path(old, "/move"), data=sent)
    assert len(by_state(new)[CONFIRMED]) == 3
    line = db.session.scalars(select(AuditLine).order_by(AuditLine.id.desc())).first()
    assert (line.action, line.detail) == (
        "moved a booking here beyond the number of places",
        "A larger room",
    )


def test_where_only_one_date_is_full_the_reason_is_asked_for_that_one_alone(
    signed_in, dates, three
):
    old, _ = dates
    roomy = make_date(course=old.course, capacity=9)
    asks = signed_in.get(path(old, "/move"), query_string={"booking": ids(three)})
    assert "Why they come all the same, if that date has no room for them" in main(asks).text
    assert buttons(asks) == ["Move and write to them"]

    signed_in.post(path(old, "/move"), data=filled_in(asks, to=roomy.id))
    assert len(by_state(roomy)[CONFIRMED]) == 3


def test_who_cannot_go_there_is_named_and_nobody_is_moved(signed_in, dates, three):
    old, new = dates
    make_booking(new, practitioner=three[2].practitioner)
    page = signed_in.post(path(old, "/move"), data={"booking": ids(three[1:]), "to": new.id})

    assert set(wrong(page)) == {"to"}
    assert "Cat : This person has a booking for that date already." in main(page).text
    assert by_state(new)[CONFIRMED] == ["cat@agency.example"]
    assert people.mails() == []


def test_with_no_other_date_it_says_so(signed_in, db):
    date = make_date()
    page = signed_in.get(path(date, "/move"), query_string={"booking": ids(on(date))})

    assert "no other date of this course" in main(page).text


def test_of_a_cancelled_date_nobody_is_moved(signed_in, dates, three):
    dates[0].state = DateState.CANCELLED
    database.session.commit()
    page = signed_in.get(path(dates[0], "/move"), query_string={"booking": ids(three)})

    assert "Ann , ann@agency.example This date has been cancelled." in main(page).text
    assert buttons(page) == []


def test_those_ticked_are_written_to_and_nobody_else(signed_in, dates, three):
    date = dates[0]
    new = f"/organiser/dates/{date.id}/messages/new"
    page = signed_in.get(new, query_string={"booking": ids(three[:2])})
    assert named(page) == ["Ann", "Ben"]
    assert filled_in(page)["written_to"] == ["chosen"]

    answer = signed_in.post(new, data=filled_in(page, subject="Parking", body="It is full."))
    page = signed_in.get(answer.location)
    assert "The people you chose, 2 people now" in main(page).text
    assert signed_in.get(links(page)["Change the message"]).text.count('name="booking"') == 2

    signed_in.post(f"{answer.location}/send")
    assert [mail.to for mail in people.mails()] == ["ann@agency.example", "ben@agency.example"]


def test_a_message_to_nobody_chosen_offers_no_such_choice(signed_in, dates, three):
    page = signed_in.get(f"/organiser/dates/{dates[0].id}/messages/new")

    assert "The people you chose" not in main(page).text
