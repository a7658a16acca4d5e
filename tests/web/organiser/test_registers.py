from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_organiser,
    make_sector,
    save,
)
from tests.people import mails
from tests.queries import counted
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import buttons, heading, links, main, title, typed, wrong
from webapp import clock
from webapp.db import db as database
from webapp.models import (
    AccessNeeds,
    Attendance,
    AuditLine,
    Booking,
    BookingState,
    DateState,
    EmailDomain,
    Format,
    RoleName,
)

ATTENDED, ABSENT = Attendance.ATTENDED, Attendance.ABSENT
DAY = timedelta(days=1)


@pytest.fixture
def date(partnership):
    """On now: it began an hour ago and ends in two."""
    return make_date(starts_at=NOW - timedelta(hours=1))


@pytest.fixture
def trainer(partnership):
    return make_organiser(role=RoleName.TRAINER, name="Tess Trainer")


@pytest.fixture
def as_trainer(client, trainer):
    return sign_in_as(client, trainer)


def url(date, rest=""):
    return f"/organiser/dates/{date.id}/register{rest}"


def tap(client, booking, attendance, query=""):
    address = f"{url(booking.course_date, f'/{booking.id}')}{query}"
    return client.post(address, data={"attendance": attendance})


def people(response):
    return [
        one.all("strong")[0].text for one in main(response).all("li", class_="app-register__person")
    ]


def pressed(response, booking):
    """What the buttons of somebody say is marked."""
    person = main(response).one(id=f"person-{booking.id}")
    return [b["value"] for b in person.all("button") if b.get("aria-current")]


def counts(response):
    return [item.text for item in main(response).one(class_="app-counts").all("li")]


def lines(db):
    """The audit log without who looked."""
    found = db.session.execute(
        select(AuditLine.action, AuditLine.detail, AuditLine.booking_id).order_by(AuditLine.id)
    )
    return [tuple(line) for line in found if not line.action.startswith("saw")]


def mark_of(booking):
    database.session.expire_all()
    return booking.attendance


def test_the_register_has_a_button_for_each_answer_beside_each_name(signed_in, date):
    make_booking(date, name="Zoë", agency=make_agency("Police"), job_role="Constable")
    make_booking(date, name="Ann")
    make_booking(date, name="Wim", state=BookingState.WAITING)

    page = signed_in.get(url(date))
    assert heading(page) == "Register: Safeguarding basics, Thu 17 Apr"
    assert title(page).startswith(heading(page))
    assert people(page) == ["Ann", "Zoë"]
    assert "Police · Constable" in main(page).text
    assert counts(page) == ["2 on the register", "2 not marked"]
    assert buttons(page)[:5] == [
        f"{mark}: Ann" for mark in ("Attended", "Late", "Part", "Absent", "Excused")
    ]


@pytest.mark.parametrize("attendance", Attendance)
def test_one_tap_marks_somebody_and_comes_back_to_them(signed_in, db, date, organiser, attendance):
    booking = make_booking(date)
    answer = tap(signed_in, booking, attendance)

    assert answer.status_code == 302
    assert answer.location == f"{url(date)}#person-{booking.id}"
    assert mark_of(booking) is attendance
    assert (booking.marked_by_id, booking.marked_at) == (organiser.id, NOW)
    assert lines(db) == [("marked somebody on the register", attendance, booking.id)]

    page = signed_in.get(url(date))
    assert pressed(page, booking) == [attendance]
    assert "Marked by Olive Organiser, 9am on Thu 17 Apr" in main(page).text


def test_the_page_of_a_booking_says_what_the_register_says(signed_in, date):
    booking = make_booking(date, is_walk_in=True)
    tap(signed_in, booking, "late")
    page = main(signed_in.get(f"/organiser/bookings/{booking.id}")).text

    said = "Late, without a place marked by Olive Organiser at 9am on Thursday 17 April 2025"
    assert said in page
    assert "Not agreed to: added on the register" in page


def test_a_tap_sent_twice_is_one_mark(signed_in, db, date):
    booking = make_booking(date)
    for _ in range(2):
        assert tap(signed_in, booking, ATTENDED).status_code == 302

    assert mark_of(booking) is ATTENDED
    assert len(lines(db)) == 1


def test_a_mark_can_be_cleared(signed_in, db, date):
    booking = make_booking(date, attendance=ABSENT)
    assert "Clear the mark of Ann Example" in buttons(signed_in.get(url(date)))
    tap(signed_in, booking, "")

    assert mark_of(booking) is None
    assert lines(db) == [("marked somebody on the register", "not marked", booking.id)]
    assert pressed(signed_in.get(url(date)), booking) == []


@pytest.mark.parametrize("nonsense", ["present", "None", "attended "])
def test_a_word_that_is_no_answer_marks_nobody(signed_in, date, nonsense):
    booking = make_booking(date)
    assert tap(signed_in, booking, nonsense).status_code == 400
    assert mark_of(booking) is None


def test_a_tap_without_an_answer_marks_nobody(signed_in, date):
    booking = make_booking(date, attendance=ATTENDED)
    assert signed_in.post(url(date, f"/{booking.id}")).status_code == 400
    assert mark_of(booking) is ATTENDED


def test_a_tap_keeps_the_search_and_the_page_one_was_on(signed_in, date):
    booking = make_booking(date, name="Ann")
    page = signed_in.get(url(date, "?q=ann"))
    [form] = [f for f in main(page).all("form") if f.get("class") == "app-register__marks"]
    answer = signed_in.post(form["action"], data={"attendance": "late"})

    assert answer.location == f"{url(date)}?q=ann#person-{booking.id}"


def test_somebody_who_has_just_lost_their_place_is_not_marked(signed_in, date):
    booking = make_booking(date, state=BookingState.CANCELLED)
    answer = tap(signed_in, booking, ATTENDED)

    assert answer.status_code == 409
    assert "This person is not on the register" in main(answer).text


def test_the_booking_of_another_date_is_not_found(signed_in, date):
    other = make_booking(make_date(starts_at=NOW))
    address = url(date, f"/{other.id}")

    assert signed_in.post(address, data={"attendance": "attended"}).status_code == 404


def test_looking_is_noted_once_and_coming_back_from_a_tap_is_not(signed_in, db, date):
    booking = make_booking(date)
    signed_in.get(url(date))
    for attendance in Attendance:
        tap(signed_in, booking, attendance)
        signed_in.get(url(date))

    looks = db.session.scalars(select(AuditLine).where(AuditLine.action == "saw the register"))
    assert [line.course_date_id for line in looks] == [date.id]


def test_somebody_who_has_to_sign_in_first_comes_back_to_the_person(client, date, organiser):
    booking = make_booking(date)
    answer = tap(client, booking, ATTENDED, "?q=ann")
    assert mark_of(booking) is None
    assert answer.location.startswith("/organiser/sign-in?next=")

    back = sign_in_as(client, organiser).get(answer.location)
    assert back.location == f"{url(date)}/{booking.id}?q=ann"
    there = client.get(back.location)
    assert there.location == f"{url(date)}?q=ann#person-{booking.id}"


def test_a_tap_on_a_page_that_was_open_too_long_can_be_sent_again(house_with, date, organiser):
    booking = make_booking(date)
    client = sign_in_as(house_with(WTF_CSRF_ENABLED=True).test_client(), organiser)
    answer = client.post(
        url(date, f"/{booking.id}"),
        data={"attendance": "attended", "csrf_token": "stale"},
        headers={"Origin": "http://localhost"},
    )
    assert answer.status_code == 400
    form = main(answer).one("form")
    again = {box["name"]: box["value"] for box in form.all("input")}
    client.post(form["action"], data=again, headers={"Origin": "http://localhost"})

    assert mark_of(booking) is ATTENDED


def test_a_long_register_is_marked_without_being_stopped_for_pressing_too_often(
    house_with, date, organiser
):
    booking = make_booking(date)
    client = sign_in_as(house_with(RATELIMIT_ENABLED=True).test_client(), organiser)
    codes = {tap(client, booking, ("late", "attended")[n % 2]).status_code for n in range(70)}
    assert codes == {302}


def test_the_rest_are_marked_at_once_after_saying_how_many(signed_in, db, date):
    absent = make_booking(date, name="Abe", attendance=ABSENT)
    others = [make_booking(date, name=name) for name in ("Bea", "Cy")]

    page = signed_in.get(links(signed_in.get(url(date)))["Mark the rest as attended"])
    assert buttons(page) == ["Mark 2 people as attended"]
    assert [item.text.partition(",")[0].strip() for item in main(page).one("ul").all("li")] == [
        "Bea",
        "Cy",
    ]

    assert signed_in.post(url(date, "/rest")).location == url(date)
    assert [mark_of(one) for one in (absent, *others)] == [ABSENT, ATTENDED, ATTENDED]
    assert lines(db) == [("marked the rest of the register present", "2 people", None)]
    page = signed_in.get(url(date))
    assert "2 people marked as attended." in main(page).text
    assert counts(page) == ["3 on the register", "2 attended", "1 absent"]
    assert "Mark the rest as attended" not in links(page)


def test_a_mark_is_for_all_days_and_the_rest_are_marked_from_the_last_day_on(
    signed_in, partnership, monkeypatch
):
    later = NOW + DAY - timedelta(hours=1)
    days = [(NOW - timedelta(hours=1), NOW + timedelta(hours=2)), (later, later + DAY / 8)]
    date = make_date(days=days)
    booking = make_booking(date)
    says = "One mark stands for all 2 days. “Part” is for who missed a day or some hours."
    when = "The rest can be marked at once when the last day begins, at"

    page = signed_in.get(url(date))
    assert says in main(page).text
    assert when in main(page).text
    assert "Mark the rest as attended" not in links(page)
    page = signed_in.get(url(date, "/rest"))
    assert when in main(page).text
    assert buttons(page) == []
    assert signed_in.post(url(date, "/rest")).status_code == 409
    assert mark_of(booking) is None
    tap(signed_in, booking, "part")
    assert mark_of(booking) is Attendance.PART
    tap(signed_in, booking, "")

    monkeypatch.setattr(clock, "now", lambda: later)
    page = signed_in.get(url(date))
    assert says in main(page).text
    assert when not in main(page).text
    signed_in.post(links(page)["Mark the rest as attended"])
    assert mark_of(booking) is ATTENDED


def test_of_one_day_nothing_is_said_of_days(signed_in, date):
    make_booking(date)
    assert "One mark stands" not in main(signed_in.get(url(date))).text


def test_of_many_not_marked_all_are_counted_and_a_page_of_them_is_named(signed_in, date):
    for _ in range(51):
        make_booking(date)
    page = signed_in.get(url(date, "/rest"))
    assert "Mark 51 people as attended" in main(page).text
    assert len(main(page).one("details").all("li")) == 50
    assert links(page)["Next page"] == url(date, "/rest?page=2")
    assert (
        len(main(signed_in.get(url(date, "/rest?page=2"))).one("details", open="").all("li")) == 1
    )


def test_marking_the_rest_can_be_taken_back_at_once(signed_in, db, date):
    ann, bea = make_booking(date, attendance=ABSENT), make_booking(date)
    button = "Take back “Mark the rest as attended”"
    assert button not in buttons(signed_in.get(url(date)))
    assert signed_in.post(url(date, "/rest/undo")).status_code == 409
    signed_in.post(url(date, "/rest"))
    assert button in buttons(signed_in.get(url(date)))
    assert button not in buttons(signed_in.get(url(make_date(starts_at=NOW))))

    assert signed_in.post(url(date, "/rest/undo")).location == url(date)
    assert [mark_of(ann), mark_of(bea)] == [ABSENT, None]
    assert lines(db)[-1] == ("took back the rest of the register", "1 person", None)
    page = signed_in.get(url(date))
    assert "1 person without a mark again." in main(page).text
    assert button not in buttons(page)


def test_marking_the_rest_is_not_taken_back_much_later(signed_in, date, monkeypatch):
    booking = make_booking(date)
    signed_in.post(url(date, "/rest"))
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=11))

    assert not [b for b in buttons(signed_in.get(url(date))) if b.startswith("Take back")]
    assert signed_in.post(url(date, "/rest/undo")).status_code == 409
    assert mark_of(booking) is ATTENDED


def test_when_nobody_is_left_the_rest_is_nobody(signed_in, db, date):
    make_booking(date, attendance=ABSENT)
    page = signed_in.get(url(date, "/rest"))
    assert "Everybody on the register is marked." in main(page).text
    assert buttons(page) == []

    signed_in.post(url(date, "/rest"))
    assert lines(db) == []


def test_only_of_an_online_date_there_may_be_a_report_of_teams(signed_in, date):
    online = make_date(starts_at=NOW, format=Format.ONLINE)
    assert "Mark from a Teams report" not in links(signed_in.get(url(date)))
    assert "Mark from a Teams report" in links(signed_in.get(url(online)))


def walk_in(client, date, **said):
    answers = {
        "name": "Wilma Walker",
        "email": "wilma@agency.example",
        "agency": "",
        "organisation": "",
    }
    return client.post(url(date, "/walk-in"), data={**answers, **said})


def test_somebody_who_came_without_a_place_is_added_in_one_line(signed_in, db, organiser):
    date, police = make_date(starts_at=NOW, capacity=1), make_agency("Police")
    make_booking(date)
    [form] = [
        form
        for form in main(signed_in.get(url(date))).all("form")
        if form.get("action") == url(date, "/walk-in")
    ]
    assert [box["name"] for box in form.all("input") if box["type"] != "hidden"] == [
        "name",
        "email",
        "organisation",
    ]
    answer = walk_in(signed_in, date, agency=police.id)

    came = db.session.scalars(select(Booking).where(Booking.is_walk_in)).one()
    assert answer.location == f"{url(date)}#person-{came.id}"
    assert (came.name, came.email, came.agency) == ("Wilma Walker", "wilma@agency.example", police)
    assert (came.attendance, came.marked_by_id) == (ATTENDED, organiser.id)
    assert lines(db) == [("added a walk-in", "attended", came.id)]
    assert mails() == []
    page = main(signed_in.get(url(date))).text
    assert "Wilma Walker is on the register as a walk-in, from Police, and marked." in page
    assert "Wilma Walker Walk-in Police" in page


def test_the_agency_of_a_walk_in_may_be_left_to_the_email_address(signed_in, db, date):
    police = make_agency("Police")
    save(EmailDomain(agency=police, domain="agency.example"))
    walk_in(signed_in, date)

    assert db.session.scalars(select(Booking)).one().agency == police


def test_what_was_typed_of_a_walk_in_is_kept_when_it_is_refused(signed_in, db, date):
    page = walk_in(signed_in, date, name="Wilma", email="wilma")
    assert wrong(page) == {
        "email": "Enter an email address in the correct format, like name@example.com",
        "agency": "Choose where they work",
    }
    assert (typed(page, "name"), typed(page, "email")) == ("Wilma", "wilma")
    assert db.session.scalars(select(Booking)).all() == []


def test_of_an_agency_that_stands_for_many_the_name_is_asked(signed_in, date):
    school = make_agency("A primary school", sector=make_sector())
    page = walk_in(signed_in, date, agency=school.id)
    assert wrong(page) == {"organisation": "Enter the name of their organisation"}


def test_a_walk_in_who_has_a_place_is_marked_and_said_to_have_one(signed_in, db, date):
    booking = make_booking(date, email="wilma@agency.example")
    walk_in(signed_in, date, agency=booking.agency_id)

    assert mark_of(booking) is ATTENDED
    assert lines(db) == [("marked somebody on the register", "attended", booking.id)]
    assert "Ann Example is on the register with a place" in signed_in.get(url(date)).text


def test_only_a_walk_in_can_be_taken_off_the_register(signed_in, db, date):
    booked, walked = make_booking(date), make_booking(date, name="Wilma", is_walk_in=True)
    assert [b for b in buttons(signed_in.get(url(date))) if b.startswith("Take off")] == [
        "Take off the register: Wilma"
    ]
    assert signed_in.post(url(date, f"/{booked.id}/take-off")).status_code == 409
    assert signed_in.post(url(date, f"/{walked.id}/take-off")).status_code == 302

    assert people(signed_in.get(url(date))) == ["Ann Example"]
    assert lines(db) == [("took a walk-in off the register", None, walked.id)]
    assert mails() == []


def test_before_it_opens_the_register_shows_who_is_coming_and_marks_nobody(signed_in, partnership):
    date = make_date()
    booking = make_booking(date)
    page = signed_in.get(url(date))

    assert "The register opens at 9.30am on Thursday 1 May 2025." in main(page).text
    assert people(page) == ["Ann Example"]
    assert counts(page) == ["1 on the register"]
    assert "not marked" not in main(page).text.lower()
    assert buttons(page) == []
    assert "Open it again" not in links(page)
    assert tap(signed_in, booking, ATTENDED).status_code == 409
    assert mark_of(booking) is None


def test_a_closed_register_is_opened_again_with_a_reason(signed_in, db, partnership):
    date = make_date(starts_at=NOW - 20 * DAY)
    booking = make_booking(date)
    page = signed_in.get(url(date))
    assert "The register closed at" in main(page).text
    assert tap(signed_in, booking, ATTENDED).status_code == 409

    again = links(page)["Open it again"]
    assert wrong(signed_in.post(again, data={"reason": " "})) == {"reason": "Enter the reason"}
    assert signed_in.post(again, data={"reason": "The sheet came late"}).location == url(date)
    assert lines(db) == [("opened the register again", "The sheet came late", None)]
    page = signed_in.get(url(date))
    assert "open again until 9am on Thursday 1 May 2025" in main(page).text
    assert tap(signed_in, booking, ATTENDED).status_code == 302
    assert mark_of(booking) is ATTENDED


def test_an_open_register_is_not_opened_again(signed_in, db, date):
    page = signed_in.get(url(date, "/reopen"))
    assert "The register is open." in main(page).text
    assert buttons(page) == []
    assert signed_in.post(url(date, "/reopen"), data={"reason": "Why not"}).status_code == 409
    assert lines(db) == []


@pytest.mark.parametrize("state", DateState)
def test_dates_in_every_state_have_a_page(signed_in, state):
    held_back = state is DateState.HELD_BACK
    date = make_date(state=state, **({"starts_at": None} if held_back else {}))
    for rest in ("", "/rest", "/walk-in", "/reopen"):
        assert signed_in.get(url(date, rest)).status_code == 200


def test_a_trainer_marks_the_dates_they_give_and_no_others(as_trainer, trainer, date):
    booking, other = make_booking(date), make_booking(make_date(starts_at=NOW))
    date.trainers = [trainer]
    save(date)

    assert as_trainer.get(url(date)).status_code == 200
    assert tap(as_trainer, booking, ATTENDED).status_code == 302
    assert mark_of(booking) is ATTENDED
    assert walk_in(as_trainer, date, agency=booking.agency_id).status_code == 302
    for rest in ("", "/rest", "/walk-in", f"/{other.id}"):
        assert as_trainer.get(url(other.course_date, rest)).status_code == 403
    assert tap(as_trainer, other, ATTENDED).status_code == 403
    assert as_trainer.post(url(other.course_date, "/rest")).status_code == 403
    assert mark_of(other) is None


def test_a_trainer_sees_who_comes_and_neither_how_to_reach_them_nor_what_they_need(
    as_trainer, trainer, date
):
    make_booking(
        date,
        name="Ann",
        email="ann@agency.example",
        phone="01632 960 123",
        note="Always late",
        agency=make_agency("Police"),
        access_needs=AccessNeeds(access="A ramp", dietary="No nuts"),
        attendance=ATTENDED,
        marked_at=NOW,
    )
    date.trainers = [trainer]
    save(date)

    page = as_trainer.get(url(date))
    assert people(page) == ["Ann"]
    assert "Police · Social worker" in main(page).text
    for secret in (
        "ann@agency.example",
        "960 123",
        "Always late",
        "ramp",
        "nuts",
        "Max Manager",
        "max@agency.example",
        "Marked",
    ):
        assert secret not in page.text


def test_a_trainer_who_may_not_open_a_register_again_is_told_whom_to_ask(
    as_trainer, trainer, partnership
):
    date = make_date(starts_at=NOW - 20 * DAY, trainers=[trainer])
    page = as_trainer.get(url(date))

    assert "Ask the training team" in main(page).text
    assert as_trainer.get(url(date, "/reopen")).status_code == 403
    assert as_trainer.post(url(date, "/reopen"), data={"reason": "x"}).status_code == 403


def test_a_trainer_comes_to_no_page_they_may_not_open(as_trainer, trainer, date):
    make_booking(date)
    date.trainers = [trainer]
    save(date)

    for page in ("/organiser/role", "/organiser/registers", url(date), url(date, "/rest")):
        for link in links(as_trainer.get(page)).values():
            if link.startswith("/"):
                assert as_trainer.get(link).status_code == 200, (page, link)


def rows(response):
    return [row.text for row in main(response).one("tbody").all("tr")]


def test_the_registers_to_mark_say_how_far_they_are(signed_in, date):
    make_booking(date, attendance=ATTENDED)
    make_booking(date)
    done = make_date(starts_at=NOW - DAY)
    make_booking(done, attendance=ATTENDED)
    empty = make_date(starts_at=NOW - 2 * DAY)
    closed = make_date(starts_at=NOW - 20 * DAY)
    make_booking(closed)

    page = signed_in.get("/organiser/registers")
    assert heading(page) == "Registers"
    [row] = rows(page)
    assert "1 of 2 marked" in row
    assert url(date) in links(page).values()

    page = signed_in.get(links(page)["All that were opened"])
    assert ["of 2 marked" in row for row in rows(page)] == [True, False, False, False]
    assert "Complete 1 person" in rows(page)[1]
    assert "Nobody on it" in rows(page)[2]
    assert rows(page)[3].endswith("0 of 1 marked Closed")
    assert url(empty) in links(page).values()


def test_an_organiser_can_look_at_the_dates_they_give_themselves(signed_in, organiser, date):
    make_booking(date)
    mine = make_date(starts_at=NOW - DAY, trainers=[organiser])
    make_booking(mine)

    page = signed_in.get("/organiser/registers?whose=mine")
    assert len(rows(page)) == 1
    assert url(mine) in links(page).values()


def test_a_trainer_s_list_holds_only_the_dates_they_give(as_trainer, trainer, date):
    make_booking(date)
    page = as_trainer.get("/organiser/registers?show=all")
    assert "No register has been opened so far of a date that you give" in main(page).text

    mine = make_date(starts_at=NOW - DAY, trainers=[trainer])
    page = as_trainer.get("/organiser/registers?show=all")
    assert len(rows(page)) == 1
    assert url(mine) in links(page).values()


def test_the_first_page_says_how_many_registers_wait(signed_in, date):
    make_booking(date)
    assert "on the register" not in main(signed_in.get("/organiser/")).text

    make_booking(make_date(starts_at=NOW - DAY))
    page = signed_in.get("/organiser/")
    assert "1 date is over and has people on the register" in main(page).text
    assert links(page)["Mark the registers"] == "/organiser/registers"


def test_the_pages_of_a_date_lead_to_each_other(signed_in, date):
    for page in (url(date), f"/organiser/dates/{date.id}/attendees"):
        [nav] = main(signed_in.get(page)).all("nav", class_="app-date-nav")
        found = {link.text: link["href"] for link in nav.all("a")}
        assert found["People"] == f"/organiser/dates/{date.id}/attendees"
        assert found["Register"] == url(date)
        assert found["Page for visitors"] == f"/dates/{date.id}"
        [here] = [link for link in nav.all("a") if link.get("aria-current")]
        assert here["href"] == page


@pytest.mark.parametrize("name", ["<script>alert(1)</script>", "a" * 4000, "محمد", '"><b>'])
def test_hostile_names_do_no_harm(signed_in, date, name):
    make_booking(date, name=name, job_role=name, organisation=name, is_walk_in=True)
    for rest in ("", "/rest"):
        page = signed_in.get(url(date, rest))
        assert page.status_code == 200
        main(page)
        assert "<script>alert" not in page.text


@pytest.mark.slow
@pytest.mark.parametrize("page", ["", "/rest"])
def test_the_register_asks_the_database_as_often_for_300_people_as_for_3(signed_in, date, page):
    markers = [make_organiser() for _ in range(3)]

    def fill(number):
        for n in range(number):
            marks = {"attendance": ATTENDED, "marked_by": markers[n % 3], "marked_at": NOW}
            make_booking(date, **(marks if n % 2 else {}))

    def cost():
        with counted() as sent:
            assert signed_in.get(url(date, page)).status_code == 200
        return len(sent)

    fill(4)
    before = cost()
    fill(296)
    assert cost() == before
    assert before <= 20


@pytest.mark.slow
def test_the_list_of_registers_asks_the_database_as_often_for_40_dates_as_for_3(signed_in):
    def cost(number):
        for n in range(number):
            make_booking(make_date(starts_at=NOW - n * DAY))
        with counted() as sent:
            page = signed_in.get("/organiser/registers?show=all")
        assert len(rows(page)) >= number
        return len(sent)

    assert cost(3) == cost(37)


@pytest.mark.slow
def test_a_long_register_comes_a_page_at_a_time(signed_in, date):
    for n in range(60):
        make_booking(date, name=f"Person {n:02}")
    page = signed_in.get(url(date, "?page=2"))
    assert people(page) == [f"Person {n:02}" for n in range(50, 60)]
    last = db_booking("Person 59")
    [form] = [f for f in main(page).all("form") if f"/{last.id}?" in (f.get("action") or "")]

    answer = signed_in.post(form["action"], data={"attendance": "attended"})
    assert answer.location == f"{url(date)}?page=2#person-{last.id}"


def db_booking(name):
    return database.session.scalars(select(Booking).where(Booking.name == name)).one()
