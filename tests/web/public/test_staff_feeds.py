"""The calendars of trainers and organisers, as programs fetch them without signing in."""

from datetime import timedelta

import pytest
from icalendar import Calendar

from tests.calendars import by_vobject, only_event
from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_organiser, make_partnership
from tests.queries import counted
from webapp import clock
from webapp.db import db as database
from webapp.models import DateState, Format, RoleName
from webapp.services import links, organisers


@pytest.fixture(autouse=True)
def _partnership(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    make_partnership()


@pytest.fixture
def teacher(db):
    return make_organiser(role=RoleName.TRAINER)


@pytest.fixture
def organiser(db):
    return make_organiser()


def my_dates(who):
    return f"/calendars/{links.staff_feed_token(links.MY_DATES, who)}/my-dates.ics"


def all_dates(who):
    return f"/calendars/{links.staff_feed_token(links.ALL_DATES, who)}/all-dates.ics"


def test_a_trainer_has_their_own_dates_with_the_link_and_is_busy(client, teacher):
    date = make_date(format=Format.ONLINE, trainers=[teacher])
    make_date()
    event = only_event(client.get(my_dates(teacher)).data)
    assert event["uid"] == date.days[0].uid
    assert event["location"] == event["conference"] == "https://teams.example/join/secret"
    assert (event["transp"], event["status"]) == ("OPAQUE", "CONFIRMED")
    assert event["url"] == f"https://training.example/dates/{date.id}"


def test_an_organiser_has_all_dates_is_free_and_finds_who_comes(client, organiser):
    date = make_date()
    draft = make_date(state=DateState.DRAFT, starts_at=NOW + timedelta(days=30))
    first, second = Calendar.from_ical(client.get(all_dates(organiser)).data).walk("VEVENT")
    assert first["url"] == f"https://training.example/organiser/dates/{date.id}/attendees"
    assert (first["transp"], first["status"]) == ("TRANSPARENT", "CONFIRMED")
    assert second["uid"] == draft.days[0].uid
    assert (second["summary"], second["status"]) == ("Draft: Safeguarding basics", "TENTATIVE")


@pytest.mark.parametrize("state", [DateState.POSTPONED, DateState.CANCELLED])
def test_what_was_called_off_says_so_for_thirty_days(
    client, teacher, organiser, state, monkeypatch
):
    make_date(state=state, postponed_at=NOW, cancelled_at=NOW, trainers=[teacher])
    for path in (my_dates(teacher), all_dates(organiser)):
        event = only_event(client.get(path).data)
        assert event["status"] == "CANCELLED"
        assert event["summary"] == "CANCELLED: Safeguarding basics"
        assert state in event["description"]
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=31))
    for path in (my_dates(teacher), all_dates(organiser)):
        assert by_vobject(client.get(path).data) == []


def test_no_staff_calendar_names_who_has_booked(client, teacher, organiser):
    date = make_date(trainers=[teacher])
    make_booking(date, name="Ann Attendee", email="ann@agency.example")
    for path in (my_dates(teacher), all_dates(organiser)):
        text = client.get(path).text.replace("\r\n ", "")
        assert "Ann" not in text
        assert "agency.example" not in text


def test_the_join_link_is_in_the_trainers_calendar_alone(client, teacher, organiser):
    make_date(format=Format.ONLINE, trainers=[teacher])
    assert "teams.example/join" in client.get(my_dates(teacher)).text
    assert "teams.example/join" not in client.get(all_dates(organiser)).text


def renewed(organiser):
    organisers.renew_feeds(organiser)


def closed(organiser):
    organisers.close(organiser)


def reporting(organiser):
    organiser.roles = make_organiser(role=RoleName.REPORTER).roles


def of_the_demonstration(organiser):
    organiser.is_demonstration = True


@pytest.mark.parametrize("ended", [renewed, closed, reporting, of_the_demonstration])
def test_an_address_is_gone_once_it_is_renewed_or_its_account_may_no_longer(
    client, organiser, ended, monkeypatch
):
    make_date(trainers=[organiser])
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(minutes=5))
    paths = my_dates(organiser), all_dates(organiser)
    etags = [client.get(path).headers["ETag"] for path in paths]
    ended(organiser)
    database.session.commit()
    for path, etag in zip(paths, etags, strict=True):
        assert client.get(path, headers={"If-None-Match": etag}).status_code == 410


def test_an_account_that_is_opened_again_does_not_open_its_old_addresses(client, organiser):
    path = all_dates(organiser)
    organisers.close(organiser)
    organisers.invite(organiser.email, name=None, role=None, now=NOW)
    database.session.commit()
    assert client.get(path).status_code == 410


def test_a_trainer_has_no_calendar_of_all_dates(client, teacher):
    assert client.get(all_dates(teacher)).status_code == 410


def test_a_token_opens_its_own_calendar_and_no_other(client, teacher, organiser):
    mine, everything = my_dates(organiser), all_dates(organiser)
    other = links.staff_feed_token(links.MY_DATES, teacher).partition("-")[2]
    for path in (
        mine.replace("my-dates", "all-dates"),
        everything.replace("all-dates", "my-dates"),
        f"/calendars/{organiser.id}-{other}/my-dates.ics",
        "/calendars/x/my-dates.ics",
        "/calendars/999-x/all-dates.ics",
    ):
        assert client.get(path).status_code == 404


def test_staff_calendars_ask_not_to_be_kept_found_or_passed_on(client, teacher, organiser):
    with client.session_transaction() as session:
        session["kept"] = "yes"
    for path in (my_dates(teacher), all_dates(organiser)):
        answer = client.get(path)
        directives = set(answer.headers["Cache-Control"].split(", "))
        assert directives == {"private", "max-age=0", "must-revalidate"}
        assert answer.headers["X-Robots-Tag"] == "noindex"
        assert answer.headers["Referrer-Policy"] == "no-referrer"
        assert "Set-Cookie" not in answer.headers
        assert "Cookie" not in answer.headers.get("Vary", "")
        head = client.head(path)
        assert (head.status_code, head.data) == (200, b"")
        assert head.headers["ETag"] == answer.headers["ETag"]


def test_organisers_who_follow_all_dates_keep_one_copy_whatever_each_of_them_teaches(
    client, organiser, monkeypatch
):
    other, date = make_organiser(), make_date()
    date.trainers.append(other)
    database.session.commit()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(hours=1))
    paths = [all_dates(organiser), all_dates(other)]
    [mark] = {client.get(path).headers["ETag"] for path in paths}
    for path in paths:
        with counted() as sent:
            answer = client.get(path, headers={"If-None-Match": mark})
        selects = [statement for statement in sent if statement.startswith("SELECT")]
        assert (answer.status_code, len(selects)) == (304, 1)
