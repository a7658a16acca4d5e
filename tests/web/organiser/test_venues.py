import pytest
from sqlalchemy import select

from tests.makers import make_date, make_venue, save
from tests.queries import counted
from tests.web.reading import filled_in, links, main, typed, wrong
from webapp.models import AuditLine, DateState, Venue


def rows(response):
    return [row.text for row in main(response).one("tbody").all("tr")]


def test_the_list_says_what_is_known_of_each_venue(signed_in, db):
    hall = make_venue(name="Old Hall", rooms=["Hudson Room | 40", "Attic"], parking="Behind.")
    make_venue(name="Barn", address=[])
    make_date(venue=hall)
    make_date(venue=hall, state=DateState.CANCELLED)

    assert rows(signed_in.get("/organiser/venues")) == [
        "Barn No address so far Rooms – Said – Coming –",
        "Old Hall 1 High Street, Anytown, AN1 1AA Rooms Hudson Room (40), Attic"
        " Said Parking Coming 1",
    ]


def test_without_venues_the_page_says_so(signed_in):
    page = signed_in.get("/organiser/venues")
    assert "There is no venue so far." in main(page).text
    assert "Add a venue" in links(page)


def test_the_list_asks_as_little_of_many_venues_as_of_few(signed_in, db):
    def asked():
        db.session.expire_all()
        with counted() as sent:
            signed_in.get("/organiser/venues")
        return len(sent)

    for _ in range(3):
        make_venue()
    few = asked()
    for _ in range(40):
        make_venue()
    assert asked() == few


def test_a_venue_is_added_with_its_rooms(signed_in, db):
    sent = {"name": "New Hall", "address": "1 Street", "rooms": "Hudson  Room | 40\r\n\r\nAttic"}
    answer = signed_in.post("/organiser/venues/new", data=sent)
    assert answer.location == "/organiser/venues"
    [made] = db.session.scalars(select(Venue))
    assert (made.name, made.address) == ("New Hall", ["1 Street"])
    assert made.rooms == ["Hudson Room | 40", "Attic"]
    assert db.session.scalars(select(AuditLine.action)).all() == ["added a venue"]


def test_a_venue_of_a_known_name_is_not_added(signed_in, db):
    make_venue(name="Old Hall")
    sent = {"name": "Old Hall", "address": "1 Street"}
    answer = signed_in.post("/organiser/venues/new", data=sent)
    assert "There is a venue of this name already" in wrong(answer)["name"]
    assert typed(answer, "address") == "1 Street"


@pytest.mark.parametrize("room", ["| 40", "Attic | many", "Attic |", "Attic | 9999999"])
def test_a_room_that_cannot_be_read_is_said_with_its_line(signed_in, room):
    sent = {"name": "Hall", "address": "x", "rooms": f"Hudson Room | 40\n{room}"}
    assert wrong(signed_in.post("/organiser/venues/new", data=sent)) == {
        "rooms": "Line 2 must be a room, such as Hudson Room | 40"
    }


def test_the_rooms_of_a_venue_stay_when_its_page_is_saved(signed_in, db):
    venue = make_venue(rooms=["Hudson Room | 40", "Attic"])
    url = f"/organiser/venues/{venue.id}"
    signed_in.post(url, data=filled_in(signed_in.get(url), parking="Behind."))
    db.session.expire_all()
    assert (venue.rooms, venue.parking) == (["Hudson Room | 40", "Attic"], "Behind.")


def test_a_room_that_holds_fewer_than_the_places_is_said_on_the_pages_of_the_date(signed_in, db):
    venue = make_venue(rooms=["Hudson Room | 40"])
    date = make_date(venue=venue, room="Hudson Room", capacity=60, state=DateState.DRAFT)
    said = "Hudson Room holds 40 people, and the date has 60 places."
    for page in ("details", "publish"):
        assert said in main(signed_in.get(f"/organiser/dates/{date.id}/{page}")).text
    date.capacity = 40
    save(date)
    for page in ("details", "publish"):
        assert said not in main(signed_in.get(f"/organiser/dates/{date.id}/{page}")).text


def test_rooms_are_proposed_where_one_is_typed(signed_in, db):
    make_venue(rooms=["Hudson Room | 40"])
    page = main(signed_in.get(f"/organiser/dates/{make_date().id}/details"))
    assert page.one(id="room")["list"] == "rooms"
    assert [option["value"] for option in page.one("datalist").all("option")] == ["Hudson Room"]
