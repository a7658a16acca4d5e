"""Several sessions by one form: what was chosen, what clashes, and the page after it."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_many_dates,
    make_partnership,
    make_practitioner,
    make_terms,
    make_week,
    save,
)
from tests.queries import counted
from tests.web.public.test_book import MISSING, answers
from tests.web.reading import heading, links, main, typed, without_secrets, wrong
from webapp.models import Booking, BookingState, DateState, Email, EmailDomain, Format
from webapp.services import week_bookings

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FIRST = NOW + timedelta(days=14, hours=1)
OVERLAP = "Take one of the sessions that overlap out above, or say that you want to book them all"


@pytest.fixture(autouse=True)
def _house(db):
    make_partnership()
    make_terms()


@pytest.fixture
def week(db):
    return make_week()


def address(week, *dates):
    return f"/weeks/{week.slug}/book?" + "&".join(f"date={date.id}" for date in dates)


def chosen(page):
    return [row.text for row in main(page).all("li", class_="app-chosen__one")]


def number(db, what):
    return db.session.scalar(select(func.count()).select_from(what))


def test_the_page_says_how_each_session_stands_and_leaves_out_what_is_closed(client, week):
    free, online = make_date(), make_date(starts_at=FIRST + DAY, format=Format.ONLINE)
    full = make_date(starts_at=FIRST + 2 * DAY, capacity=0)
    make_booking(full, state=BookingState.WAITING)
    closed = make_date(starts_at=FIRST + 3 * DAY, closes_at=NOW)

    page = client.get(address(week, free, online, full, closed))

    assert heading(page) == "Book these sessions"
    rows = chosen(page)
    assert "2 places left" in rows[0]
    assert "Online, Microsoft Teams" in rows[1]
    assert "Full: waiting list. You would be 2nd in line." in rows[2]
    assert "Booking for this date has closed. We leave this session out." in rows[3]
    assert "Book 3 sessions" in main(page).text
    assert "At the same time" not in main(page).text


def test_what_clashes_is_said_of_both_and_one_of_them_can_be_taken_out(client, week):
    ten, eleven = make_date(), make_date(starts_at=FIRST + HOUR)
    later = make_date(starts_at=FIRST + 4 * HOUR, ends_at=FIRST + 5 * HOUR)

    page = client.get(f"{address(week, ten, eleven, later)}&format=online")

    first, second, third = chosen(page)
    assert "At the same time: Safeguarding basics, 11am to 2pm" in first
    assert "At the same time: Safeguarding basics, 10am to 1pm" in second
    assert "Little or no time to get there: Safeguarding basics, 2pm to 3pm" in second
    assert "Little or no time to get here: Safeguarding basics, 11am to 2pm" in third
    out = links(page)["Take out Safeguarding basics, Thursday 1 May 2025, 11am to 2pm"]
    without = client.get(out)
    assert len(chosen(without)) == 2
    assert "At the same time" not in main(without).text
    ticks = "&amp;".join(f"date={date.id}" for date in (ten, eleven, later))
    assert f'href="/weeks/{week.slug}?{ticks}&amp;format=online"' in page.text


def test_what_overlaps_is_booked_only_by_who_says_so(client, week, db):
    dates = [make_date(), make_date(starts_at=FIRST + HOUR)]

    page = client.post(address(week, *dates), data=answers())
    assert wrong(page) == {"overlaps": OVERLAP}
    assert typed(page, "name") == "Ann Example"
    assert number(db, Booking) == 0

    answer = client.post(address(week, *dates), data=answers(overlaps="y"))
    assert answer.location == f"/weeks/{week.slug}/written"
    assert number(db, Booking) == 2


def test_one_form_books_them_all_and_the_page_after_it_says_only_where_we_wrote(client, week, db):
    dates = [make_date(), make_date(starts_at=FIRST + DAY, capacity=0)]
    closed = make_date(starts_at=FIRST + 2 * DAY, closes_at=NOW)

    answer = client.post(address(week, *dates, closed), data=answers())
    page = client.get(answer.location)

    assert {one.course_date_id for one in db.session.scalars(select(Booking))} == {
        date.id for date in dates
    }
    assert heading(page) == "Check your email"
    assert "We have written to ann@agency.example." in main(page).text
    assert "waiting list" not in main(page).text


def test_the_page_after_it_is_the_same_for_who_had_booked_before(client, app, week, db):
    date = make_date()
    make_booking(date, practitioner=make_practitioner("ann@agency.example"))
    pages = []
    for email in ("ann@agency.example", "new@agency.example"):
        visitor = app.test_client()
        answer = visitor.post(address(week, date), data=answers(email=email))
        pages.append(without_secrets(visitor.get(answer.location)).replace(email, ""))

    assert pages[0] == pages[1]


def test_a_form_with_something_missing_keeps_the_rest_and_books_nothing(client, week, db):
    page = client.post(address(week, make_date()), data={"terms": "1", "team": "North"})

    assert list(wrong(page).items()) == list(MISSING.items())
    assert typed(page, "team") == "North"
    assert number(db, Booking) == number(db, Email) == 0


def test_the_agency_is_suggested_by_the_address_as_for_one_booking(client, week, db):
    agency = make_agency("Anytown Council")
    save(EmailDomain(agency=agency, domain="agency.example"))
    filled = answers(agency)
    del filled["agency"]

    page = client.post(address(week, make_date()), data=filled)

    assert list(wrong(page)) == ["agency"]
    assert typed(page, "agency") == str(agency.id)


def test_food_is_asked_about_where_one_of_them_has_some(client, week):
    online = make_date(format=Format.ONLINE)
    assert 'name="dietary"' not in client.get(address(week, online)).text
    assert 'name="dietary"' in client.get(address(week, online, make_date())).text


def test_without_a_tick_the_week_s_page_says_what_to_do(client, week):
    make_date()
    elsewhere = make_date(starts_at=week.ends_at + DAY)
    for asked in ("", f"?date={elsewhere.id}", "?date=999"):
        answer = client.get(f"/weeks/{week.slug}/book{asked}")
        assert answer.location.startswith(f"/weeks/{week.slug}")
        assert "Tick the sessions you would like to come to" in client.get(answer.location).text


def test_more_than_a_form_takes_are_not_booked_and_stay_ticked(client, week, db):
    dates = make_many_dates(week_bookings.MOST + 1, first=FIRST, apart=3 * HOUR)

    answer = client.post(address(week, *dates), data=answers())

    page = client.get(answer.location)
    assert "You can book 20 sessions at a time." in main(page).text
    assert "21 sessions ticked so far" in main(page).text
    assert number(db, Booking) == 0


def test_where_all_are_closed_there_is_no_form(client, week, db):
    page = client.get(address(week, make_date(closes_at=NOW)))
    assert heading(page) == "These sessions cannot be booked"
    assert 'name="email"' not in page.text
    client.post(address(week, make_date(closes_at=NOW)), data=answers())
    assert number(db, Booking) == number(db, Email) == 0


def test_a_session_that_left_the_week_is_said_to_be_gone(client, week):
    stays, leaves = make_date(), make_date()
    week.left_out = [leaves]
    save(week)
    page = client.get(address(week, stays, leaves))
    assert "1 session you ticked is not part of this Week any more." in main(page).text


def test_a_session_that_closes_while_the_form_is_sent_is_said_and_nothing_is_booked(
    client, week, db, monkeypatch
):
    dates = [make_date(), make_date(starts_at=FIRST + DAY)]
    shut, book = dates[1].id, week_bookings.book

    def meanwhile(week, those, **facts):
        date = next(one for one in those if one.id == shut)
        date.state, date.cancelled_at = DateState.CANCELLED, NOW
        db.session.commit()
        book(week, those, **facts)

    monkeypatch.setattr(week_bookings, "book", meanwhile)
    page = client.post(address(week, *dates), data=answers())

    assert page.status_code == 409
    assert "This date has been cancelled. So nothing has been booked yet." in main(page).text
    assert typed(page, "name") == "Ann Example"
    assert "Book 1 session" in main(page).text
    assert number(db, Booking) == 0


def test_the_mails_are_sent_again_and_a_mistyped_address_is_put_right(client, week, db):
    client.post(address(week, make_date()), data=answers(email="aann@agency.example"))
    answer = client.post(f"/weeks/{week.slug}/resend")
    assert answer.location == f"/weeks/{week.slug}/written"
    assert number(db, Email) == 4

    wrong_one = client.post(f"/weeks/{week.slug}/correct", data={"email": "ann"})
    assert list(wrong(wrong_one)) == ["email"]
    client.post(f"/weeks/{week.slug}/correct", data={"email": "ann@agency.example"})

    page = client.get(f"/weeks/{week.slug}/written")
    assert "We have written to ann@agency.example." in main(page).text
    live = db.session.scalars(select(Booking).where(Booking.ending.is_(None))).one()
    assert live.email == "ann@agency.example"


def test_who_has_not_booked_here_gets_no_page_after_it(client, week):
    assert client.get(f"/weeks/{week.slug}/written").status_code == 410
    assert client.post(f"/weeks/{week.slug}/resend").status_code == 410


def test_an_address_is_not_written_to_without_end(client, week, db):
    for _ in range(5):
        client.post(address(week, make_date()), data=answers())
    assert client.post(address(week, make_date()), data=answers()).status_code == 429


def test_many_chosen_cost_as_many_queries_as_few(client, week, db):
    dates = make_many_dates(20, first=FIRST, apart=4 * HOUR)

    def asked(*those):
        path = address(week, *those)
        db.session.expire_all()
        with counted() as sent:
            client.get(path)
        return len(sent)

    assert asked(*dates[:3]) == asked(*dates)
