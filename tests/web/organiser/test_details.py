import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_terms, make_venue
from tests.web.reading import main, typed, wrong
from webapp.models import AuditLine, BookingState, CourseDate, Format, Venue


@pytest.fixture
def world(db, partnership):
    make_terms()
    make_agency("Anytown Council")


def url(date):
    return f"/organiser/dates/{date.id}/details"


def test_the_form_shows_what_is_kept_now_and_marks_demonstration_values(signed_in):
    date = make_date(room="Room 1", closes_at=NOW, demonstration_values=["capacity"])
    page = signed_in.get(url(date))

    assert (typed(page, "capacity"), typed(page, "room")) == ("2", "Room 1")
    boxes = main(page).one(id="closes_on").all("input")
    assert [box["value"] for box in boxes] == ["17", "04", "2025"]
    assert typed(page, "closes_at") == "9am"
    assert main(page).text.count("Demonstration value Places") == 1


def test_a_room_is_asked_for_a_building_and_a_link_for_online(signed_in):
    room = main(signed_in.get(url(make_date())))
    online = main(signed_in.get(url(make_date(format=Format.ONLINE))))
    assert (len(room.all(id="room")), len(room.all(id="join_link"))) == (1, 0)
    assert (len(online.all(id="room")), len(online.all(id="join_link"))) == (0, 1)


def test_more_places_go_to_those_who_wait(signed_in, db, world, organiser):
    date = make_date(capacity=1)
    people.book(date, "ann@agency.example")
    bob = people.book(date, "bob@agency.example")
    answer = signed_in.post(url(date), data={"capacity": "2"})

    assert answer.location.endswith(f"/organiser/dates/{date.id}/attendees")
    db.session.expire_all()
    assert (date.capacity, bob.state) == (2, BookingState.OFFERED)
    [line] = db.session.scalars(select(AuditLine))
    assert (line.action, line.course_date_id, line.organiser_id) == (
        "changed a date",
        date.id,
        organiser.id,
    )


def test_no_number_is_no_limit(signed_in, db):
    date = make_date()
    signed_in.post(url(date), data={"capacity": ""})
    assert db.session.get(CourseDate, date.id).capacity is None


def test_another_room_is_told_and_the_page_says_to_how_many(signed_in, world):
    date = make_date()
    people.book(date)
    answer = signed_in.post(url(date), data={"capacity": "2", "room": "Room 2"})

    assert people.kinds() == ["booking_confirmed", "booking_changed"]
    assert "We have written to 1 person." in main(signed_in.get(answer.location)).text


def test_booking_closes_when_a_london_clock_shows_it(signed_in, db):
    date = make_date()
    closes = {"closes_on": ["25", "4", "2025"], "closes_at": "5pm"}
    signed_in.post(url(date), data={"capacity": "2", **closes})
    date = db.session.get(CourseDate, date.id)
    assert date.closes_at.isoformat() == "2025-04-25T16:00:00+00:00"
    signed_in.post(url(date), data={"capacity": "2"})
    assert db.session.get(CourseDate, date.id).closes_at is None


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"capacity": "lots"}, {"capacity": "Places must be a number from 1 to 10,000"}),
        ({"capacity": "0"}, {"capacity": "Places must be a number from 1 to 10,000"}),
        ({"capacity": "-1"}, {"capacity": "Places must be a number from 1 to 10,000"}),
        ({"capacity": "9" * 40}, {"capacity": "Places must be a number from 1 to 10,000"}),
        ({"capacity": "1"}, {"capacity": "There are 2 places taken, so there cannot be fewer."}),
        (
            {"closes_on": ["25", "4", "2025"]},
            {"closes_at": "Enter the time at which booking closes"},
        ),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(signed_in, db, sent, said):
    date = make_date()
    make_booking(date)
    make_booking(date)
    answer = signed_in.post(url(date), data=sent)

    assert wrong(answer) == said
    assert db.session.get(CourseDate, date.id).capacity == 2
    assert db.session.scalars(select(AuditLine)).all() == []


@pytest.mark.parametrize("link", ["javascript:alert(1)", "teams", "https://", "ftp://x.example"])
def test_a_link_to_join_must_be_a_web_address(signed_in, link):
    date = make_date(format=Format.ONLINE)
    answer = signed_in.post(url(date), data={"capacity": "2", "join_link": link})
    assert wrong(answer) == {
        "join_link": "Link to join must be an address that begins with https://"
    }


def test_a_venue_is_put_right_and_loses_its_marks(signed_in, db):
    venue = make_venue(demonstration_values=["address", "parking"])
    date = make_date(venue=venue)
    page = signed_in.get(f"/organiser/venues/{venue.id}")
    assert typed(page, "address") == "1 High Street Anytown AN1 1AA"
    assert "1 coming date is held here" in main(page).text

    signed_in.post(
        f"/organiser/venues/{venue.id}",
        data={"name": "Old Hall", "address": "2 New Street\r\n\r\n Anytown ", "parking": "None"},
    )
    venue = db.session.get(Venue, venue.id)
    assert (venue.name, venue.address) == ("Old Hall", ["2 New Street", "Anytown"])
    assert venue.demonstration_values == []
    assert "Old Hall, 2 New Street, Anytown" in main(signed_in.get(url(date))).text
    assert db.session.scalars(select(AuditLine.detail)).all() == ["Old Hall"]


def test_a_venue_needs_a_name_of_its_own_and_an_address(signed_in):
    venue, other = make_venue(), make_venue()
    address = f"/organiser/venues/{venue.id}"
    assert wrong(signed_in.post(address, data={})) == {
        "name": "Enter the name of the venue",
        "address": "Enter the address",
    }
    answer = signed_in.post(address, data={"name": other.name, "address": "Here"})
    assert wrong(answer) == {"name": "Another venue has this name already."}


def test_what_is_not_there_is_not_found(signed_in):
    assert signed_in.get("/organiser/venues/999").status_code == 404
    assert signed_in.get("/organiser/dates/999/details").status_code == 404
