from datetime import UTC, datetime, time, timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_held_back_date,
    make_interest,
    make_organiser,
    make_postponed_date,
    make_terms,
    make_venue,
)
from tests.web.reading import buttons, filled_in, main, read, title, typed, wrong
from webapp.models import (
    AgendaItem,
    AuditLine,
    BookingState,
    CourseDate,
    DateState,
    Format,
    RoleName,
    Venue,
)

TWO_PLACES = {"capacity": "2"}
# The second of June 2025, which is a Monday.
JUNE = {"days-0-day": ["2", "6", "2025"]}


@pytest.fixture
def world(db, partnership):
    make_terms()
    make_agency("Anytown Council")


def url(date):
    return f"/organiser/dates/{date.id}/details"


def change(signed_in, date, **changes):
    """Open the form, change this in it, send it, and say yes to who would be told."""
    answer = signed_in.post(url(date), data=filled_in(signed_in.get(url(date)), **changes))
    return sure(signed_in, date, answer)


def sure(signed_in, date, answer):
    if answer.status_code == 200 and title(answer).startswith("Check before you save"):
        return signed_in.post(url(date), data=filled_in(answer, sure="yes"))
    return answer


def day(number, day_, starts="10am", ends="1pm"):
    return {
        f"days-{number}-day": day_,
        f"days-{number}-starts": starts,
        f"days-{number}-ends": ends,
    }


def said_wrong(response):
    """What the summary says, by the id each sentence leads to, which must be a box of its own."""
    page = read(response)
    assert title(response).startswith("Error: ")
    summary = page.one(class_="govuk-error-summary").all("a")
    found = {link["href"].removeprefix("#"): link.text for link in summary}
    for key, sentence in found.items():
        assert page.one(id=key).name in {"input", "select"}
        assert f"Error: {sentence}" in main(response).text
    return found


def spans(db, date):
    db.session.expire_all()
    return [(day.starts_at, day.ends_at) for day in db.session.get(CourseDate, date.id).days]


def at(*parts):
    return datetime(*parts, tzinfo=UTC)


def test_the_form_shows_what_is_kept_now_and_marks_demonstration_values(signed_in):
    date = make_date(room="Room 1", closes_at=NOW, demonstration_values=["capacity"])
    page = signed_in.get(url(date))

    assert (typed(page, "capacity"), typed(page, "room")) == ("2", "Room 1")
    assert typed(page, "venue") == str(date.venue_id)
    boxes = main(page).one(id="closes_on").all("input")
    assert [box["value"] for box in boxes] == ["17", "04", "2025"]
    assert typed(page, "closes_at") == "9am"
    assert main(page).text.count("Demonstration value Places") == 1


def test_each_day_has_its_boxes_and_there_is_room_for_another(signed_in):
    page = main(signed_in.get(url(make_date())))

    legends = [legend.text for legend in page.all("legend")]
    assert legends[:4] == ["Days", "Day 1", "Date", "Another day, if there is one"]
    boxes = page.one(id="days-0-day").all("input")
    assert [box["value"] for box in boxes] == ["01", "05", "2025"]
    assert [page.one(id=f"days-0-{name}")["value"] for name in ("starts", "ends")] == [
        "10am",
        "1pm",
    ]
    assert [box.get("value") for box in page.one(id="days-1-day").all("input")] == [None] * 3


def test_saving_what_stands_there_changes_nothing_and_tells_nobody(signed_in, db, world):
    date = make_date(room="Room 1", capacity=5, closes_at=NOW + timedelta(days=2, hours=3))
    people.book(date)
    before = {name: getattr(date, name) for name in ("room", "venue_id", "capacity", "closes_at")}
    was = spans(db, date)

    change(signed_in, date)

    assert spans(db, date) == was
    assert {name: getattr(date, name) for name in before} == before
    assert date.days[0].revision == 0
    assert people.kinds() == ["booking_confirmed"]


def test_another_day_is_told_to_all_and_read_in_london_hours(signed_in, db, world):
    date = make_date(capacity=1)
    people.book(date, "ann@agency.example")
    people.book(date, "bob@agency.example")

    answer = change(signed_in, date, **day(0, ["2", "June", "2025"], "9.15", "midday"))

    assert spans(db, date) == [(at(2025, 6, 2, 8, 15), at(2025, 6, 2, 11))]
    assert people.kinds("ann@agency.example") == ["booking_confirmed", "booking_changed"]
    assert people.kinds("bob@agency.example") == ["booking_waiting", "booking_changed"]
    assert "We have written to 2 people." in main(signed_in.get(answer.location)).text


def test_a_day_is_added_in_the_empty_row_and_dropped_by_emptying_its_own(signed_in, db, world):
    date = make_date()
    uid = date.days[0].uid
    people.book(date)
    first = spans(db, date)[0]

    change(signed_in, date, **day(1, ["2", "5", "2025"]))
    assert spans(db, date) == [first, (at(2025, 5, 2, 9), at(2025, 5, 2, 12))]
    assert date.days[0].uid == uid

    change(signed_in, date, **day(0, ["", "", ""], "", ""))
    assert spans(db, date) == [(at(2025, 5, 2, 9), at(2025, 5, 2, 12))]
    assert date.all_days[0].dropped_at == NOW
    assert len(main(signed_in.get(url(date))).all(class_="app-day")) == 2


def test_a_day_that_ends_at_midnight_ends_with_its_day(signed_in, db):
    date = make_date()
    change(signed_in, date, **day(0, ["2", "6", "2025"], "8pm", "midnight"))
    assert spans(db, date) == [(at(2025, 6, 2, 19), at(2025, 6, 2, 23))]
    change(signed_in, date)
    assert spans(db, date) == [(at(2025, 6, 2, 19), at(2025, 6, 2, 23))]


def test_an_agenda_of_several_days_is_said_to_go_with_them(signed_in, db):
    date = make_date()
    words = "the agenda is for 2 days: with a day you take out, its lines have to go, too"
    assert words not in main(signed_in.get(url(date))).text
    item = AgendaItem(course_date=date, day=2, position=1, starts=time(9), title="Talk")
    db.session.add(item)
    db.session.commit()
    assert words in main(signed_in.get(url(date))).text


def test_a_night_that_is_left_alone_stays_a_night(signed_in, db):
    night = (at(2025, 6, 2, 20), at(2025, 6, 3, 5))
    date = make_date(days=[night], starts_at=night[0], ends_at=night[1])
    assert change(signed_in, date, room="Room 2").status_code == 302
    assert spans(db, date) == [night]
    assert date.room == "Room 2"


@pytest.mark.parametrize("minutes", [0, 60])
def test_the_hour_that_comes_twice_stays_the_one_it_was(signed_in, db, minutes):
    starts_at = at(2025, 10, 26, 0, 30) + timedelta(minutes=minutes)
    date = make_date(starts_at=starts_at)
    assert typed(signed_in.get(url(date)), "days-0-starts") == "1.30am"
    change(signed_in, date, room="Room 2")
    assert spans(db, date) == [(starts_at, starts_at + timedelta(hours=3))]


def test_the_same_day_typed_twice_is_one(signed_in, db):
    date = make_date()
    change(signed_in, date, **day(0, ["2", "6", "2025"]), **day(1, ["2", "June", "2025"], "10:00"))
    assert len(spans(db, date)) == 1


def test_a_day_that_has_begun_is_shown_as_words_and_stays(signed_in, db):
    days = [(NOW + timedelta(days=n), NOW + timedelta(days=n, hours=3)) for n in (-1, 1)]
    date = make_date(days=days, starts_at=days[0][0], ends_at=days[1][1])

    page = main(signed_in.get(url(date)))
    assert "Day 1: Wednesday 16 April 2025, 9am to midday. It has begun" in page.text
    assert [box["value"] for box in page.one(id="days-0-day").all("input")] == ["18", "04", "2025"]
    assert "Postpone it" not in page.text
    assert "Cancel what is still to come" in page.text

    change(signed_in, date, **day(0, ["", "", ""], "", ""))
    assert spans(db, date) == days[:1]


@pytest.mark.parametrize(
    ("typed_days", "said"),
    [
        (day(0, ["", "", ""], "", ""), {"days-0-day-day": "Enter at least one day"}),
        (day(0, ["", "", ""]), {"days-0-day-day": "Day 1: enter the date"}),
        (
            day(1, ["2", "6", "2025"], "", ""),
            {
                "days-1-starts": "Day 2: enter when it starts, such as 9.30am",
                "days-1-ends": "Day 2: enter when it ends, such as 3pm",
            },
        ),
        (
            day(0, ["31", "2", "2025"], "soon", "25:00"),
            {
                "days-0-day-day": "Day 1: date must be a real date, such as 21 5 2025",
                "days-0-starts": "Day 1: start must be a time, such as 9.30am or 13:30",
                "days-0-ends": "Day 1: end must be a time, such as 9.30am or 13:30",
            },
        ),
        (
            day(0, ["1", "5", "2025"], "3pm"),
            {"days-0-ends": "Day 1: the end must be after the start"},
        ),
        (
            day(0, ["16", "4", "2025"]),
            {"days-0-day-day": "Day 1: the date must be in the future"},
        ),
        (
            day(1, ["1", "5", "2025"], "midday", "3pm"),
            {"days-1-day-day": "Day 2: it must not overlap with another day"},
        ),
        (
            {**day(0, ["1", "5", "x"]), **day(1, ["2", "5", "x"])},
            {
                "days-0-day-day": "Day 1: date must be a real date, such as 21 5 2025",
                "days-1-day-day": "Day 2: date must be a real date, such as 21 5 2025",
            },
        ),
    ],
)
def test_days_that_cannot_be_are_said_beside_their_boxes(signed_in, db, world, typed_days, said):
    date = make_date()
    people.book(date)
    was = spans(db, date)
    answer = change(signed_in, date, **typed_days)

    assert said_wrong(answer) == said
    assert spans(db, date) == was
    assert people.kinds() == ["booking_confirmed"]
    for name, value in typed_days.items():
        shown = [b.get("value") or "" for b in main(answer).all("input") if b.get("name") == name]
        assert shown == (value if isinstance(value, list) else [value])
    assert main(answer).all(class_="app-day")[-1].one("legend", class_="govuk-fieldset__legend--s")


@pytest.mark.parametrize(
    ("typed_days", "closes", "code"),
    [
        (JUNE, (["3", "6", "2025"], "9am"), 200),
        ({}, (["1", "5", "2025"], "10.01am"), 200),
        ({}, (["1", "5", "2025"], "10am"), 302),
    ],
)
def test_booking_closes_by_the_start_as_it_is_to_be(signed_in, typed_days, closes, code):
    date = make_date()
    answer = change(signed_in, date, closes_on=closes[0], closes_at=closes[1], **typed_days)
    assert answer.status_code == code
    if code == 200:
        assert said_wrong(answer) == {
            "closes_on-day": "Booking must close before the start, or at the start."
        }


def test_a_form_left_open_does_not_undo_what_a_colleague_saved(signed_in, db, world, monkeypatch):
    date = make_date()
    people.book(date)
    left_open = filled_in(signed_in.get(url(date)), room="Room 2")
    monkeypatch.setattr("webapp.clock.now", lambda: NOW + timedelta(minutes=5))
    change(signed_in, date, **JUNE)
    moved = spans(db, date)
    written = people.kinds()

    answer = signed_in.post(url(date), data=left_open)

    assert "Somebody has changed this date" in main(answer).text
    assert "It is now: Monday 2 June 2025" in main(answer).text
    assert typed(answer, "room") == "Room 2"
    assert spans(db, date) == moved
    assert people.kinds() == written

    sure(signed_in, date, signed_in.post(url(date), data=filled_in(answer, **JUNE)))
    assert spans(db, date) == moved
    assert db.session.get(CourseDate, date.id).room == "Room 2"


def test_a_date_in_a_building_goes_online_and_what_was_typed_for_a_building_is_ignored(
    signed_in, db, world
):
    date = make_date(room="Room 1")
    people.book(date)
    online = {
        "format": "online",
        "platform": "Microsoft Teams",
        "join_link": "https://teams.example/join/1",
        "room": "Room 9",
    }
    change(signed_in, date, **online)

    date = db.session.get(CourseDate, date.id)
    assert (date.format, date.venue, date.room) == (Format.ONLINE, None, None)
    assert (date.platform, date.join_link) == ("Microsoft Teams", "https://teams.example/join/1")
    assert people.kinds() == ["booking_confirmed", "booking_changed"]


def test_another_venue_is_chosen_and_a_bad_link_in_a_box_that_does_not_count_is_no_matter(
    signed_in, db, world
):
    date, hall = make_date(), make_venue(name="Old Hall")
    people.book(date)
    change(signed_in, date, venue=str(hall.id), join_link="nonsense")

    date = db.session.get(CourseDate, date.id)
    assert (date.venue, date.join_link) == (hall, None)
    assert "Old Hall" in people.words(people.mails()[-1])
    change(signed_in, date, venue="")
    assert db.session.get(CourseDate, date.id).venue is None


def test_trainers_are_ticked_among_open_accounts_that_may_train(signed_in, db, organiser):
    date = make_date()
    tess = make_organiser("tess@partnership.example", role=RoleName.TRAINER, name="Tess Trainer")
    make_organiser(role=RoleName.REPORTER, name="Rita Reporter")
    make_organiser(role=RoleName.TRAINER, name="Cleo Closed", active=False)
    was = date.updated_at - timedelta(days=1)
    date.updated_at = was
    db.session.commit()

    page = main(signed_in.get(url(date))).text
    assert "Tess Trainer (tess@partnership.example)" in page
    assert "Olive Organiser" in page
    assert "Rita Reporter" not in page
    assert "Cleo Closed" not in page

    change(signed_in, date, trainers=[str(tess.id), str(organiser.id), "999", "x"])
    date = db.session.get(CourseDate, date.id)
    assert {trainer.name for trainer in date.trainers} == {"Tess Trainer", "Olive Organiser"}
    assert date.updated_at > was
    change(signed_in, date, trainers=[])
    assert db.session.get(CourseDate, date.id).trainers == []


def test_a_trainer_whose_account_was_closed_stays_one_until_unticked(signed_in, db):
    cleo = make_organiser(role=RoleName.TRAINER, name="Cleo Closed", active=False)
    date = make_date(trainers=[cleo])
    change(signed_in, date, room="Room 2")
    assert db.session.get(CourseDate, date.id).trainers == [cleo]


def test_a_postponed_date_with_a_new_day_is_published_again(signed_in, db, world, organiser):
    date = make_postponed_date(capacity=None)
    make_booking(date, email="ann@agency.example")
    make_booking(date, email="bob@agency.example", state=BookingState.WAITING)
    make_interest(date.course, "cat@agency.example")

    page = main(signed_in.get(url(date)))
    assert "everybody who has booked (2 people) and whoever registered interest" in page.text
    assert "without a day it stays postponed, and nobody is written to" in page.text
    assert [b.get("value") for b in page.one(id="days-0-day").all("input")] == [None] * 3

    change(signed_in, date, **day(0, ["2", "6", "2025"]))

    assert spans(db, date) == [(at(2025, 6, 2, 9), at(2025, 6, 2, 12))]
    assert db.session.get(CourseDate, date.id).state is DateState.PUBLISHED
    assert {mail.to for mail in people.mails()} == {
        "ann@agency.example",
        "bob@agency.example",
        "cat@agency.example",
    }
    assert db.session.scalars(select(AuditLine.action)).all() == ["published a date again"]


def test_a_postponed_date_without_a_day_stays_so_and_its_former_days_are_no_fields(signed_in, db):
    date = make_postponed_date()
    was = spans(db, date)
    change(signed_in, date, capacity="7")
    date = db.session.get(CourseDate, date.id)
    assert (date.state, date.capacity) == (DateState.POSTPONED, 7)
    assert spans(db, date) == was


def test_the_former_day_of_a_postponed_date_that_has_passed_is_no_new_one(signed_in, monkeypatch):
    date = make_postponed_date()
    monkeypatch.setattr("webapp.clock.now", lambda: NOW + timedelta(days=20))
    answer = change(signed_in, date, **day(0, ["1", "5", "2025"]))
    assert said_wrong(answer) == {"days-0-day-day": "Day 1: the date must be in the future"}


def test_a_date_held_back_has_no_days_to_change_here(signed_in, db):
    date = make_held_back_date()
    page = main(signed_in.get(url(date)))
    assert page.all(class_="app-day") == []
    assert f"/organiser/dates/{date.id}/settle" in [a["href"] for a in page.all("a")]
    assert "nobody is written to" in page.text

    change(signed_in, date, capacity="7", **day(0, ["2", "6", "2025"]))
    date = db.session.get(CourseDate, date.id)
    assert (date.state, date.capacity, date.days) == (DateState.HELD_BACK, 7, [])


def test_the_days_of_a_date_that_is_over_are_words(signed_in, db):
    date = make_date(starts_at=NOW - timedelta(days=2))
    page = main(signed_in.get(url(date)))
    assert page.all(class_="app-day") == []
    assert "The date is over, so its days stay as they are." in page.text
    change(signed_in, date, room="Room 2")
    assert db.session.get(CourseDate, date.id).room == "Room 2"


def test_a_cancelled_date_can_no_longer_be_changed(signed_in):
    date = make_date(state=DateState.CANCELLED)
    for answer in (signed_in.get(url(date)), signed_in.post(url(date), data=TWO_PLACES)):
        assert answer.status_code == 409
        assert "This date has been cancelled" in main(answer).text


def test_more_places_go_to_those_who_wait(signed_in, db, world, organiser):
    date = make_date(capacity=1)
    people.book(date, "ann@agency.example")
    bob = people.book(date, "bob@agency.example")
    answer = change(signed_in, date, capacity="2")

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
    change(signed_in, date, capacity="")
    assert db.session.get(CourseDate, date.id).capacity is None


def test_another_room_is_told_and_the_page_says_to_how_many(signed_in, world):
    date = make_date()
    people.book(date)
    answer = change(signed_in, date, room="Room 2")

    assert people.kinds() == ["booking_confirmed", "booking_changed"]
    assert "We have written to 1 person." in main(signed_in.get(answer.location)).text


def test_booking_closes_when_a_london_clock_shows_it(signed_in, db):
    date = make_date()
    change(signed_in, date, closes_on=["25", "4", "2025"], closes_at="5pm")
    date = db.session.get(CourseDate, date.id)
    assert date.closes_at.isoformat() == "2025-04-25T16:00:00+00:00"
    change(signed_in, date, closes_on=["", "", ""], closes_at="")
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
        ({"venue": "999"}, {"venue": "Choose venue from the list"}),
    ],
)
def test_what_cannot_be_is_said_and_nothing_changes(signed_in, db, sent, said):
    date = make_date()
    make_booking(date)
    make_booking(date)
    answer = change(signed_in, date, **sent)

    assert wrong(answer) == said
    assert db.session.get(CourseDate, date.id).capacity == 2
    assert db.session.scalars(select(AuditLine)).all() == []


@pytest.mark.parametrize("sent", [{}, {"days-0-starts": "x"}, {"format": "by post"}])
def test_a_form_sent_in_pieces_does_no_harm(signed_in, db, sent):
    date = make_date()
    answer = signed_in.post(url(date), data=sent)
    assert answer.status_code == 200
    assert spans(db, date) == [(date.starts_at, date.ends_at)]


@pytest.mark.parametrize("link", ["javascript:alert(1)", "teams", "https://", "ftp://x.example"])
def test_a_link_to_join_must_be_a_web_address(signed_in, link):
    answer = change(signed_in, make_date(format=Format.ONLINE), join_link=link)
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


def test_before_a_change_is_saved_the_page_says_who_would_be_told_of_what(signed_in, db, world):
    date = make_date(capacity=1)
    people.book(date, "ann@agency.example")
    people.book(date, "bob@agency.example")
    before, was = people.kinds(), spans(db, date)

    form = filled_in(signed_in.get(url(date)), **day(0, ["2", "6", "2025"]))
    answer = signed_in.post(url(date), data=form)

    page = main(answer).text
    for words in (
        "Nothing is saved yet, and nobody has been written to.",
        "The date and time Was Thursday 1 May 2025, 10am to 1pm"
        " Will be Monday 2 June 2025, 10am to 1pm",
        "1 person with a place: a mail that says what it was and what it is",
        "1 person on the waiting list: the same mail, without an invitation",
    ):
        assert words in page
    assert "Save and write to 2 people" in buttons(answer)
    assert people.kinds() == before
    assert spans(db, date) == was
    assert db.session.scalars(select(AuditLine)).all() == []

    sure(signed_in, date, answer)
    assert spans(db, date) != was
    assert people.kinds().count("booking_changed") == 2


def test_a_change_of_places_or_booking_is_said_there_too_and_that_no_mail_says_it(
    signed_in, db, world
):
    date = make_date(capacity=1)
    people.book(date, "ann@agency.example")
    people.book(date, "bob@agency.example")
    closes = {"closes_on": ["30", "4", "2025"], "closes_at": "5pm"}

    def asked(**changes):
        page = signed_in.get(url(date))
        return main(signed_in.post(url(date), data=filled_in(page, **changes))).text

    page = asked(capacity="2", **closes)
    assert "Places Was 1 Will be 2" in page
    assert "Booking closes Was at the start Will be 5pm on Wednesday 30 April 2025" in page
    assert "No mail says this" not in page
    assert "Places No mail says this Was 1 Will be as many as like" in asked(
        capacity="", **day(0, ["2", "6", "2025"])
    )


def test_a_bank_holiday_and_a_room_that_is_taken_are_doubted_before_a_change_is_saved(
    signed_in, db, world
):
    date = make_date()
    people.book(date)
    other = make_date(
        venue=date.venue, room=date.room, starts_at=datetime(2025, 8, 25, 9, tzinfo=UTC)
    )
    form = filled_in(signed_in.get(url(date)), **day(0, ["25", "8", "2025"]))
    page = main(signed_in.post(url(date), data=form)).text
    assert "Is this what you mean?" in page
    assert "Monday 25 August 2025 is a bank holiday" in page
    assert f"taken then: {other.course.title}, Monday 25 August 2025, 10am to 1pm." in page
    assert "Is this what you mean?" not in main(signed_in.get(url(date))).text


def test_an_agenda_that_keeps_the_old_times_is_said_before_a_change_is_saved(signed_in, db, world):
    date = make_date(agenda=[AgendaItem(position=1, starts=time(10), title="Welcome")])
    people.book(date)
    form = signed_in.get(url(date))
    moved = day(0, ["1", "5", "2025"], "2pm", "5pm")
    answer = signed_in.post(url(date), data=filled_in(form, **moved))
    assert "The agenda does not fit the new times" in main(answer).text
    [way] = [one for one in main(answer).all("button") if one.text == "Change the agenda"]
    assert way["formaction"].endswith("/details#agenda")

    answer = signed_in.post(url(date), data=filled_in(form, agenda="2pm Welcome", **moved))
    assert "The agenda does not fit" not in main(answer).text


def test_going_back_from_there_shows_the_form_with_what_was_typed(signed_in, db, world):
    date = make_date()
    people.book(date)
    typed_ = {"room": "Room 2", "before_you_come": "One.\n\nTwo.", "agenda": "10am A\n11am B | C"}
    shown = signed_in.post(url(date), data=filled_in(signed_in.get(url(date)), **typed_))

    answer = signed_in.post(url(date), data=filled_in(shown, back="yes"))

    assert title(answer).startswith("Change the date")
    sent = filled_in(answer)
    assert {name: sent[name][0] for name in typed_} == typed_
    assert people.kinds() == ["booking_confirmed"]
    sure(signed_in, date, signed_in.post(url(date), data=sent))
    date = db.session.get(CourseDate, date.id)
    assert (date.room, date.before_you_come) == ("Room 2", "One.\n\nTwo.")
    assert [item.speaker for item in date.agenda] == [None, "C"]


def test_said_yes_to_what_somebody_changed_meanwhile_it_is_shown_again(
    signed_in, db, world, monkeypatch
):
    date = make_date()
    people.book(date)
    shown = signed_in.post(url(date), data=filled_in(signed_in.get(url(date)), room="Room 2"))
    monkeypatch.setattr("webapp.clock.now", lambda: NOW + timedelta(minutes=5))
    change(signed_in, date, room="Room 3")

    answer = signed_in.post(url(date), data=filled_in(shown, sure="yes"))

    assert "Somebody has changed this date" in main(answer).text
    assert db.session.get(CourseDate, date.id).room == "Room 3"


def test_what_nobody_is_told_of_is_saved_at_once(signed_in, db, world):
    date = make_date(capacity=5)
    people.book(date)
    sent = filled_in(
        signed_in.get(url(date)), minimum="2", capacity="6", agenda="10am Talk", cut_off_days="0"
    )
    answer = signed_in.post(url(date), data=sent)
    assert answer.status_code == 302
    date = db.session.get(CourseDate, date.id)
    assert (date.minimum, date.capacity, date.cut_off_days) == (2, 6, 0)
    assert people.kinds() == ["booking_confirmed"]


def test_more_places_say_first_to_whom_they_go(signed_in, db, world):
    date = make_date(capacity=1)
    people.book(date, "ann@agency.example")
    people.book(date, "bob@agency.example")
    shown = signed_in.post(url(date), data=filled_in(signed_in.get(url(date)), capacity="5"))
    assert "1 person on the waiting list: the offer of a place" in main(shown).text
    assert "Places Was 1 Will be 5" in main(shown).text
    assert "Save and write to 1 person" in buttons(shown)


def test_a_new_venue_is_foretold_and_kept_only_when_it_is_saved(signed_in, db, world):
    date = make_date()
    people.book(date)
    new = {"new_venue": "New Hall", "new_address": "1 Street\nAnytown"}
    shown = signed_in.post(url(date), data=filled_in(signed_in.get(url(date)), **new))
    assert "Will be New Hall, 1 Street, Anytown" in main(shown).text
    assert len(db.session.scalars(select(Venue)).all()) == 1

    sure(signed_in, date, shown)
    date = db.session.get(CourseDate, date.id)
    assert (date.venue.name, date.venue.address) == ("New Hall", ["1 Street", "Anytown"])
    assert "New Hall" in people.words(people.mails()[-1])
