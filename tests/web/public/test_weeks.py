"""The page of a Week: what is listed, what stays ticked, and its calendar."""

import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from tests.calendars import by_icalendar, faults
from tests.conftest import NOW
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_many_dates,
    make_partnership,
    make_sector,
    make_week,
    save,
)
from tests.queries import counted
from tests.web.reading import heading, links, main
from webapp import clock
from webapp.models import DateState, Format

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = NOW + timedelta(days=14, hours=1)


@pytest.fixture(autouse=True)
def _house(app, db, monkeypatch):
    monkeypatch.setitem(app.config, "BASE_URL", "https://training.example")
    make_partnership()


@pytest.fixture
def week(db):
    return make_week()


def page_of(client, week, asked=""):
    return client.get(f"/weeks/{week.slug}{asked}")


def sessions(page):
    return [row.text for row in main(page).all("li", class_="app-session")]


def boxes(page):
    """The sessions that can be ticked, and which of them are."""
    found = main(page).all("input", class_="govuk-checkboxes__input")
    return {
        int(box["value"]): "checked" in box.attributes for box in found if box["name"] == "date"
    }


def test_the_sessions_are_listed_by_day_with_time_format_and_places(client, week):
    make_date(course=make_course(title="Neglect"), starts_at=FIRST, ends_at=FIRST + HOUR)
    make_date(course=make_course(title="Online harms"), starts_at=FIRST + DAY, format=Format.ONLINE)
    full = make_date(starts_at=FIRST + DAY + HOUR, capacity=1)
    make_booking(full)
    make_date(starts_at=FIRST + 7 * DAY)

    page = page_of(client, week)

    assert heading(page) == "Safeguarding Week"
    days = [day.text for day in main(page).all("h2") if "May" in day.text]
    assert days == ["Thursday 1 May 2025", "Friday 2 May 2025"]
    first, second, third = sessions(page)
    assert first.startswith("10am to 11am Neglect Face to face, Town Hall")
    assert "2 places left" in first
    assert second.startswith("10am to 1pm Online harms Online, Microsoft Teams. 2 places left")
    assert "Full" in third
    assert "Thu 1 May: (1)" in links(page)


def test_what_cannot_be_booked_is_shown_without_a_box(client, week):
    make_date(closes_at=NOW)
    open_ = make_date()

    page = page_of(client, week)

    assert len(sessions(page)) == 2
    assert list(boxes(page)) == [open_.id]
    assert "Booking closed" in sessions(page)[0]


def test_filters_keep_the_ticks_of_what_they_hide(client, week):
    health = make_sector(slug="health", name="Health")
    ours = make_date(course=make_course(sectors=[health]))
    police = make_date(course=make_course(sectors=[make_sector()]))
    online = make_date(format=Format.ONLINE)
    ticks = f"?date={ours.id}&date={police.id}"

    everything = page_of(client, week, ticks)
    assert boxes(everything) == {ours.id: True, police.id: True, online.id: False}
    assert "2 sessions ticked so far." in main(everything).text

    narrowed = page_of(client, week, f"{ticks}&audience=health")
    assert boxes(narrowed) == {ours.id: True, online.id: False}
    hidden = main(narrowed).all("input", type="hidden")
    assert [(box["name"], box["value"]) for box in hidden] == [("date", str(police.id))]
    assert "2 sessions ticked so far, 1 of them not shown by these filters." in main(narrowed).text

    assert list(boxes(page_of(client, week, "?format=online"))) == [online.id]
    make_booking(ours)
    make_booking(ours)
    assert ours.id not in boxes(page_of(client, week, "?places=yes"))


def test_without_a_session_that_fits_the_way_on_stays(client, week):
    date = make_date()

    page = page_of(client, week, f"?format=online&date={date.id}")

    assert "No session of this Week matches these filters." in main(page).text
    assert "Book what is ticked" in main(page).text


@pytest.mark.parametrize("asked", ["?date=x&date=-1&date=99999999999", "?format=1&audience=%00"])
def test_what_makes_no_sense_in_the_address_is_passed_over(client, week, asked):
    date = make_date()
    assert boxes(page_of(client, week, asked)) == {date.id: False}


def test_a_week_without_sessions_and_one_that_is_over_say_so(client, week, monkeypatch):
    assert "There is no session to come in this Week." in main(page_of(client, week)).text
    monkeypatch.setattr(clock, "now", lambda: week.ends_at)
    assert "This Week is over." in main(page_of(client, week)).text


def test_what_is_not_published_is_not_there(client, db):
    week = make_week(is_published=False)
    for path in ("", ".ics", "/book", "/written"):
        assert client.get(f"/weeks/{week.slug}{path}").status_code == 404
    assert client.get("/weeks/nothing").status_code == 404


def test_sixty_five_sessions_cost_as_many_queries_as_three(client, week, db):
    def asked():
        db.session.expire_all()
        with counted() as sent:
            page = page_of(client, week)
        return len(sent), len(sessions(page))

    make_many_dates(3, first=FIRST, apart=HOUR)
    few, three = asked()
    make_many_dates(62, first=FIRST, apart=HOUR)
    many, all_of_them = asked()

    assert (three, all_of_them) == (3, 65)
    assert few == many


def test_the_programme_leads_to_a_week_until_it_is_over(client, week, monkeypatch):
    make_week(is_published=False, title="A secret")
    page = client.get("/")
    assert links(page)["Safeguarding Week"] == f"/weeks/{week.slug}"
    assert "A secret" not in page.text
    over = week.ends_at
    monkeypatch.setattr(clock, "now", lambda: over)
    assert "Safeguarding Week" not in links(client.get("/"))


def test_its_calendar_has_its_sessions_and_follows_them(client, week):
    date, out = make_date(), make_date()
    make_date(starts_at=week.ends_at)
    week.left_out = [out]
    save(week)

    answer = client.get(f"/weeks/{week.slug}.ics")

    assert answer.content_type == "text/calendar; charset=utf-8"
    assert "Set-Cookie" not in answer.headers
    assert faults(answer.data, "feed") == []
    assert len(by_icalendar(answer.data)) == 1
    assert date.days[0].uid in answer.text
    assert "X-WR-CALNAME:Safeguarding Week\r\n" in answer.text
    mark = {"If-None-Match": answer.headers["ETag"]}
    assert client.get(f"/weeks/{week.slug}.ics", headers=mark).status_code == 304


def test_its_calendar_changes_when_something_is_left_out(client, week, db, monkeypatch):
    make_date(course=make_course(title="Neglect"))
    out = make_date(course=make_course(title="Online harms"))
    monkeypatch.setattr(clock, "now", lambda: NOW + DAY)
    assert "Online harms" in client.get(f"/weeks/{week.slug}.ics").text

    week.left_out, week.updated_at = [out], NOW + DAY
    save(week)

    assert "Online harms" not in client.get(f"/weeks/{week.slug}.ics").text
    # In the programme it stays.
    assert "Online harms" in client.get("/programme.ics").text


def test_its_calendar_says_what_was_called_off(client, week):
    make_date(state=DateState.CANCELLED, cancelled_at=NOW)
    assert "STATUS:CANCELLED" in client.get(f"/weeks/{week.slug}.ics").text


def test_the_calendar_of_a_filtered_week_is_named_and_asked_for_so(client, week):
    make_date()
    make_date(course=make_course(title="Online harms"), format=Format.ONLINE)

    page = page_of(client, week, "?format=online")
    [address] = re.findall(r"<code[^>]*>([^<]*)</code>", page.text)
    assert parse_qs(urlsplit(address).query) == {"format": ["online"]}
    answer = client.get(f"/weeks/{week.slug}.ics?format=online")

    assert [event[0] for event in by_icalendar(answer.data)] == ["Online harms"]
    assert "X-WR-CALNAME:Safeguarding Week: Online\r\n" in answer.text
