from datetime import timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_course, make_date, make_terms
from tests.queries import counted
from tests.web.reading import buttons, filled_in, heading, links, main, typed, wrong
from webapp.db import db as database
from webapp.models import (
    AccessNeeds,
    AuditLine,
    Booking,
    BookingState,
    DateState,
    Ending,
    Format,
)
from webapp.services import moving
from webapp.services.details import Details

ANN, BEN = "ann@agency.example", "ben@agency.example"
CONFIRMED, WAITING = BookingState.CONFIRMED, BookingState.WAITING
CANCELLED = BookingState.CANCELLED
DAY = timedelta(days=1)
MOVE, SUBSTITUTE = "Move to another date", "Send a colleague instead"


@pytest.fixture
def agency(db):
    return make_agency("Council")


@pytest.fixture
def two_dates(db):
    """Thursday 1 May and Thursday 8 May of one course."""
    first = make_date()
    return first, make_date(course=first.course, starts_at=first.starts_at + 7 * DAY)


def path(booking, rest=""):
    return f"/organiser/bookings/{booking.id}{rest}"


def choices(page):
    """Each date there is to choose, with what is said of it."""
    return [item.text for item in main(page).all(class_="govuk-radios__item")]


def filled(agency, **facts):
    return {
        "name": "Ben Other",
        "email": BEN,
        "agency": agency.id,
        "job_role": "Nurse",
        **facts,
    }


def lines(db):
    """What organisers did, the views of it left out."""
    found = db.session.scalars(select(AuditLine).order_by(AuditLine.id))
    return [
        (line.action, line.course_date_id, line.booking_id)
        for line in found
        if not line.action.startswith("saw")
    ]


def after(booking):
    database.session.expire_all()
    return database.session.scalars(select(Booking).where(Booking.replaces == booking)).one()


def test_the_page_of_a_booking_leads_to_both(signed_in, two_dates):
    page = signed_in.get(path(make_booking(two_dates[0])))

    assert links(page)[MOVE].endswith("/move")
    assert links(page)[SUBSTITUTE].endswith("/substitute")


def test_who_waits_can_be_moved_and_has_no_place_for_a_colleague(signed_in, two_dates):
    page = signed_in.get(path(make_booking(two_dates[0], state=WAITING)))

    assert MOVE in links(page)
    assert SUBSTITUTE not in links(page)


@pytest.mark.parametrize(
    "facts",
    [
        {"state": CANCELLED, "ending": Ending.BY_PRACTITIONER},
        {"date": {"starts_at": NOW}},
        {"date": {"state": DateState.CANCELLED}},
    ],
    ids=["cancelled", "begun", "called off"],
)
def test_what_has_ended_or_begun_leads_to_neither_and_is_refused(signed_in, db, facts):
    booking = make_booking(make_date(**facts.pop("date", {})), **facts)

    assert not {MOVE, SUBSTITUTE} & set(links(signed_in.get(path(booking))))
    for rest in ("/move", "/substitute"):
        for answer in (signed_in.get(path(booking, rest)), signed_in.post(path(booking, rest))):
            assert answer.status_code == 409
    assert people.mails() == []


def test_a_booking_that_is_not_there_is_not_found(signed_in):
    for rest in ("/move", "/substitute"):
        assert signed_in.get(f"/organiser/bookings/999{rest}").status_code == 404


def test_to_choose_from_are_the_other_dates_of_the_course_with_what_is_free(signed_in, two_dates):
    old, new = two_dates
    make_date(course=old.course, starts_at=NOW + 2 * DAY, closes_at=NOW)
    full = make_date(course=old.course, starts_at=NOW + 60 * DAY, capacity=1)
    make_booking(full)
    make_booking(full, state=WAITING)
    make_date(course=make_course(title="Another one"))
    booking = make_booking(old, name="Ann Example", email=ANN)

    page = signed_in.get(path(booking, "/move"))

    assert heading(page) == "Move Ann Example to another date"
    assert [words.split(" Town Hall ")[0] for words in choices(page)] == [
        "Saturday 19 April 2025, 9am to midday",
        "Thursday 8 May 2025, 10am to 1pm",
        "Monday 16 June 2025, 9am to midday",
    ]
    first, second, third = choices(page)
    assert "Booking for this date has closed. You can move them there all the same." in first
    assert second.endswith(f"{new.venue.name}. 2 places left.")
    assert third.endswith("Full: 1 waiting.")
    assert f"we write to {ANN} with the old and the new date" in main(page).text


def test_without_another_date_the_page_says_so(signed_in):
    page = signed_in.get(path(make_booking(), "/move"))

    assert "no other date of this course" in main(page).text
    assert buttons(page) == []


def test_moved_the_person_is_told_and_both_bookings_know(signed_in, db, organiser, agency):
    make_terms()
    make_agency("Anytown Council")
    old = make_date(capacity=1)
    new = make_date(course=old.course, starts_at=old.starts_at + 7 * DAY)
    booking, waiting = people.book(old, ANN), people.book(old, BEN)
    answer = signed_in.post(
        path(booking, "/move"), data={"to": new.id, "reason": "The room is too small."}
    )

    moved = after(booking)
    assert answer.location.endswith(path(moved))
    assert (moved.course_date_id, moved.state) == (new.id, CONFIRMED)
    assert (booking.state, booking.ending) == (CANCELLED, Ending.MOVED)
    assert "The reason: The room is too small." in people.words(people.mails(ANN)[1])
    assert waiting.state is BookingState.OFFERED
    assert lines(db) == [
        ("moved a booking to another date", old.id, booking.id),
        ("moved a booking here", new.id, moved.id),
    ]
    page = main(signed_in.get(answer.location)).text
    assert f"is moved to Thursday 8 May 2025, 10am to 1pm. We have written to {ANN}." in page


def test_each_of_the_two_bookings_leads_to_the_other(signed_in, two_dates):
    old, new = two_dates
    booking = make_booking(old)
    signed_in.post(path(booking, "/move"), data={"to": new.id, "reason": "No trainer"})
    moved = after(booking)

    was = signed_in.get(path(booking))
    assert links(was)["Moved to Thu 8 May"].endswith(path(moved))
    assert "The reason given: No trainer" in main(was).text
    assert links(signed_in.get(path(moved)))["Thu 1 May"].endswith(path(booking))


def test_somebody_moved_off_a_postponed_date_came_from_there(signed_in, db, two_dates):
    old, new = two_dates
    booking = make_booking(old)
    old.state, old.starts_at, old.ends_at = DateState.POSTPONED, None, None
    db.session.commit()
    assert "Postponed" in main(signed_in.get(path(booking, "/move"))).text
    signed_in.post(path(booking, "/move"), data={"to": new.id})

    page = signed_in.get(path(after(booking)))
    assert links(page)["a postponed date"].endswith(path(booking))


def test_a_date_must_be_chosen_and_what_was_typed_is_kept(signed_in, two_dates):
    booking = make_booking(two_dates[0])
    for data in ({}, {"to": "999"}, {"to": make_date().id}):
        page = signed_in.post(path(booking, "/move"), data={**data, "reason": "No trainer"})
        assert wrong(page) == {"to": "Choose the date"}
        assert typed(page, "reason") == "No trainer"
    assert people.mails() == []


def test_a_full_date_needs_a_reason_which_is_kept(signed_in, db, two_dates):
    old, new = two_dates
    for _ in range(2):
        make_booking(new)
    booking = make_booking(old)
    asks = signed_in.get(path(booking, "/move"))
    assert main(asks).all(id="over_capacity_reason")
    assert buttons(asks) == ["Move all the same and write to them"]
    assert wrong(asks) == {}

    page = signed_in.post(path(booking, "/move"), data={"to": new.id, "reason": "No trainer"})
    assert "2 are taken" in wrong(page)["over_capacity_reason"]
    assert buttons(page) == ["Move all the same and write to them"]
    assert filled_in(page)["to"] == [str(new.id)]
    assert typed(page, "reason") == "No trainer"
    assert lines(db) == []

    signed_in.post(
        path(booking, "/move"), data={"to": new.id, "over_capacity_reason": "She gives the talk"}
    )
    moved = after(booking)
    assert moved.over_capacity_reason == "She gives the talk"
    assert lines(db)[1][0] == "moved a booking here beyond the number of places"
    assert "gives the talk" not in people.words(people.mails()[-1])


def test_while_there_are_places_nobody_is_asked_why(signed_in, two_dates):
    page = signed_in.get(path(make_booking(two_dates[0]), "/move"))
    assert main(page).all(id="over_capacity_reason") == []


def test_a_place_taken_meanwhile_is_said_with_what_is_left_now(signed_in, two_dates):
    old, new = two_dates
    booking = make_booking(old)
    new.capacity = 1
    database.session.commit()
    signed_in.get(path(booking, "/move"))
    new.capacity = 0
    database.session.commit()
    page = signed_in.post(path(booking, "/move"), data={"to": new.id})

    assert set(wrong(page)) == {"over_capacity_reason"}
    [words] = choices(page)
    assert words.endswith("Full.")


def test_the_page_says_who_will_be_written_to_what(signed_in, agency):
    booking = make_booking(
        email=ANN, name="Ann Example", agency=agency, organisation="Anytown Scouts"
    )
    page = signed_in.get(path(booking, "/substitute"))

    assert heading(page) == "Send a colleague instead of Ann Example"
    words = main(page).text
    assert f"we write to {ANN} that the colleague goes instead of them" in words
    assert "each learns the other’s name and no more" in words
    assert typed(page, "agency") == str(agency.id)
    assert typed(page, "organisation") == "Anytown Scouts"
    assert typed(page, "name") == typed(page, "job_role") == typed(page, "email") == ""
    for unasked in ("phone", "access", "dietary", "manager_name"):
        assert main(page).all(id=unasked) == []


def test_a_colleague_takes_the_place_and_both_are_told(signed_in, db, agency):
    date = make_date(capacity=1)
    booking = make_booking(
        date, email=ANN, name="Ann Example", phone="01632 960002", agency=agency, team="North"
    )
    booking.access_needs = AccessNeeds(access="A ramp")
    db.session.commit()
    answer = signed_in.post(path(booking, "/substitute"), data=filled(agency, team="South"))

    goes = after(booking)
    assert answer.location.endswith(path(goes))
    assert (goes.name, goes.team, goes.phone, goes.access_needs) == (
        "Ben Other",
        "South",
        None,
        None,
    )
    assert (people.kinds(ANN), people.kinds(BEN)) == (["booking_substituted"], ["stands_in"])
    assert lines(db) == [
        ("passed a place on to a colleague", date.id, booking.id),
        ("added a booking in place of a colleague", date.id, goes.id),
    ]
    page = signed_in.get(answer.location)
    assert "Ben Other goes instead of Ann Example. We have written to both." in main(page).text
    assert links(page)["Ann Example"].endswith(path(booking))
    assert links(signed_in.get(path(booking)))["Passed on to Ben Other"].endswith(path(goes))


def test_a_wrong_answer_about_the_colleague_is_said_and_what_was_typed_is_kept(
    signed_in, db, agency
):
    another = make_agency("Another school")
    booking = make_booking()
    page = signed_in.post(path(booking, "/substitute"), data=filled(another, email="nonsense"))

    assert set(wrong(page)) == {"email", "organisation"}
    assert typed(page, "name") == "Ben Other"
    assert typed(page, "agency") == str(another.id)
    assert lines(db) == []


def test_a_colleague_who_has_booked_already_is_said_beside_the_address(signed_in, db, agency):
    date = make_date()
    booking = make_booking(date, email=ANN)
    make_booking(date, email=BEN)
    for email in (ANN, BEN):
        page = signed_in.post(path(booking, "/substitute"), data=filled(agency, email=email))
        assert wrong(page) == {"email": "This person has a booking for this date already."}
        assert typed(page, "name") == "Ben Other"
    assert (lines(db), people.mails()) == ([], [])


def test_nobody_stands_in_for_one_who_waits(signed_in, agency):
    booking = make_booking(state=WAITING)
    answer = signed_in.post(path(booking, "/substitute"), data=filled(agency))
    assert answer.status_code == 409
    assert "This person is waiting" in main(answer).text


def test_the_attendee_list_says_where_people_and_places_went(signed_in, db, two_dates, agency):
    old, new = two_dates
    moved, passed_on = make_booking(old), make_booking(old)
    moving.move(moved, new, reason=None, over_capacity_reason=None, now=NOW)
    moving.substitute(
        passed_on,
        email=BEN,
        details=Details(name="Ben <b>Other", agency=agency, job_role="Nurse"),
        now=NOW,
    )
    db.session.commit()
    address = f"/organiser/dates/{old.id}/attendees"

    words = main(signed_in.get(f"{address}?state=cancelled")).text
    assert "Moved to Thu 8 May" in words
    assert "Passed on to Ben <b>Other" in words
    file = signed_in.get(f"{address}/export?as=csv&state=cancelled&columns=state").text
    assert "Moved to Thu 8 May" in file
    assert "Passed on to Ben <b>Other" in file


@pytest.mark.parametrize("rest", ["?state=cancelled", "/export?as=csv&state=all&columns=state"])
def test_the_list_asks_the_database_as_often_when_300_went_elsewhere(signed_in, db, rest):
    agency, numbers = make_agency(), []
    for how_many in (3, 300):
        old = make_date(capacity=None)
        new = make_date(course=old.course)
        for _ in range(how_many):
            was = make_booking(old, agency=agency, state=CANCELLED, ending=Ending.MOVED)
            make_booking(new, agency=agency, practitioner=was.practitioner, replaces=was)
        with counted() as sent:
            answer = signed_in.get(f"/organiser/dates/{old.id}/attendees{rest}")
        assert "Moved to Thu 1 May" in answer.text
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]


def test_the_page_to_move_asks_the_database_as_often_for_many_dates(signed_in):
    numbers = []
    for how_many in (3, 30):
        booking = make_booking()
        for number in range(how_many):
            make_date(course=booking.course_date.course, starts_at=NOW + (3 + number) * DAY)
        with counted() as sent:
            page = signed_in.get(path(booking, "/move"))
        assert len(choices(page)) == how_many
        numbers.append(len(sent))
    assert numbers[0] == numbers[1]


def test_online_dates_are_named_by_their_platform(signed_in):
    booking = make_booking(make_date(format=Format.ONLINE))
    make_date(course=booking.course_date.course, format=Format.ONLINE, starts_at=NOW + DAY)
    assert "Microsoft Teams. 2 places left." in choices(signed_in.get(path(booking, "/move")))[0]
