"""Where those who sign in find their dates and the addresses of their calendars."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.calendars import by_vobject, faults
from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_many_dates, make_organiser
from tests.queries import counted
from tests.web.organiser.conftest import sign_in_as
from tests.web.reading import heading, main
from tests.web.reading import links as links_of
from webapp.models import AuditLine, DateState, Format, Organiser, RoleName
from webapp.services import links


@pytest.fixture
def teacher(partnership):
    return make_organiser(role=RoleName.TRAINER)


@pytest.fixture
def as_teacher(client, teacher):
    return sign_in_as(client, teacher)


def test_an_organiser_finds_both_calendars_from_their_account(signed_in, organiser):
    assert "/organiser/calendars" in signed_in.get("/organiser/account").text
    page = signed_in.get("/organiser/calendars")
    assert heading(page) == "Your calendar feeds"
    for feed, name in ((links.ALL_DATES, "all-dates"), (links.MY_DATES, "my-dates")):
        path = f"/calendars/{links.staff_feed_token(feed, organiser)}/{name}.ics"
        assert f"http://localhost{path}" in page.text
        assert f"webcal://localhost{path}" in page.text
        assert signed_in.get(path).status_code == 200


def test_a_trainer_finds_their_own_calendar_and_not_that_of_all_dates(as_teacher):
    for path in ("/organiser/role", "/organiser/calendars"):
        page = as_teacher.get(path).text
        assert "/my-dates.ics" in page
        assert "all-dates.ics" not in page
        assert "/organiser/dates.ics" not in page


def test_a_reporter_has_no_calendar(client, partnership):
    sign_in_as(client, make_organiser(role=RoleName.REPORTER))
    assert "There is no calendar for your role." in main(client.get("/organiser/calendars")).text
    assert "/organiser/calendars" not in client.get("/organiser/account").text


def test_new_addresses_end_the_old_ones_and_the_audit_log_says_so(signed_in, organiser, db):
    key = organiser.id
    old = f"/calendars/{links.staff_feed_token(links.ALL_DATES, organiser)}/all-dates.ics"
    assert signed_in.get(old).status_code == 200

    signed_in.post("/organiser/calendars/new-addresses")
    answer = signed_in.get("/organiser/calendars")
    assert "Your calendar feeds have new addresses." in answer.text
    assert old not in answer.text
    assert signed_in.get(old).status_code == 410
    organiser = db.session.get(Organiser, key)
    new = f"/calendars/{links.staff_feed_token(links.ALL_DATES, organiser)}/all-dates.ics"
    assert signed_in.get(new).status_code == 200
    (line,) = db.session.scalars(select(AuditLine)).all()
    assert (line.organiser_id, line.action) == (key, "made new addresses for their calendar feeds")


def test_one_address_renewed_leaves_those_of_others(signed_in, partnership):
    other = make_organiser()
    path = f"/calendars/{links.staff_feed_token(links.ALL_DATES, other)}/all-dates.ics"
    signed_in.post("/organiser/calendars/new-addresses")
    assert signed_in.get(path).status_code == 200


def test_a_trainer_sees_their_own_coming_dates_and_nobody_who_booked(as_teacher, teacher):
    mine = make_date(
        course=make_course(title="Mine"), format=Format.ONLINE, trainers=[teacher], room="Room 4"
    )
    make_booking(mine, name="Ann Attendee", email="ann@agency.example")
    make_date(course=make_course(title="Past"), trainers=[teacher], starts_at=NOW - timedelta(9))
    make_date(course=make_course(title="Draft"), trainers=[teacher], state=DateState.DRAFT)
    make_date(course=make_course(title="Another's"))
    page = main(as_teacher.get("/organiser/role")).text
    assert "Mine" in page
    assert "Thursday 1 May 2025, 10am to 1pm (in 2 weeks)" in page
    assert "https://teams.example/join/secret" in page
    for word in ("Past", "Draft", "Another's", "Ann", "agency.example"):
        assert word not in page


@pytest.mark.parametrize(
    ("state", "said"), [(DateState.POSTPONED, "Postponed"), (DateState.CANCELLED, "Cancelled")]
)
def test_a_trainer_sees_what_was_called_off_lately(as_teacher, teacher, state, said):
    make_date(state=state, postponed_at=NOW, cancelled_at=NOW, trainers=[teacher])
    assert said in main(as_teacher.get("/organiser/role")).text


def test_a_trainer_without_dates_is_told_so(as_teacher):
    assert "No date that is to come names you" in as_teacher.get("/organiser/role").text


def test_a_trainer_is_told_of_their_own_registers_that_are_not_marked(as_teacher, teacher):
    over = {"starts_at": NOW - timedelta(1), "ends_at": NOW - timedelta(hours=20)}
    make_booking(make_date(**over))
    assert "Needs you" not in as_teacher.get("/organiser/role").text
    make_booking(make_date(trainers=[teacher], **over))
    page = as_teacher.get("/organiser/role")
    assert "1 register not marked" in main(page).text
    assert links_of(page)["Mark the registers"] == "/organiser/registers"


@pytest.mark.slow
def test_a_trainers_page_sends_the_same_queries_for_300_dates_as_for_3(as_teacher, teacher):
    counts = []
    for number in (3, 297):
        make_many_dates(number, first=NOW + timedelta(days=1), trainers=[teacher])
        with counted() as queries:
            assert as_teacher.get("/organiser/role").status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1]


def test_an_organiser_downloads_every_date_there_ever_was(app, signed_in, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    make_date(starts_at=NOW - timedelta(days=900))
    make_date(state=DateState.DRAFT)
    make_date(state=DateState.HELD_BACK, starts_at=None)
    booked = make_date(format=Format.ONLINE)
    make_booking(booked, name="Ann Attendee", email="ann@agency.example")
    file = signed_in.get("/organiser/dates.ics")
    assert file.headers["Content-Disposition"] == 'attachment; filename="all-dates.ics"'
    assert file.headers["Cache-Control"] == "no-store"
    assert len(by_vobject(file.data)) == 3
    assert faults(file.data, "download") == []
    for word in ("Ann", "agency.example", "teams.example/join"):
        assert word not in file.text.replace("\r\n ", "")


def test_the_file_of_all_dates_is_for_organisers(as_teacher):
    assert as_teacher.get("/organiser/dates.ics").status_code == 403
