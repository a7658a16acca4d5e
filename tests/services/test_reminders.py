from datetime import datetime, timedelta

import pytest

from tests import people
from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_postponed_date
from tests.queries import counted
from webapp.clock import LONDON
from webapp.db import db as database
from webapp.models import BookingState, DateState, Format
from webapp.services import arrangements, bookings, calling_off, joining, links, reminders
from webapp.services.arrangements import Arrangements

ANN, BEN = "ann@agency.example", "ben@agency.example"
# A Thursday; Monday of that week is a bank holiday.
STARTS = datetime(2025, 5, 29, 10, tzinfo=LONDON)
TICK, DAY = timedelta(seconds=1), timedelta(days=1)


def nine(day, month=5, hour=9):
    return datetime(2025, month, day, hour, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def _partnership(db):
    people.settle_in()


def coming(**facts):
    return make_date(**{"starts_at": STARTS, "capacity": 20, **facts})


def go_round(now):
    """What the worker does."""
    told = [reminders.send_if_due(date, now=now) for date in reminders.due_dates(now)]
    database.session.commit()
    return told


def reminded(email=ANN):
    return [mail.queued_at for mail in people.mails(email) if mail.kind.startswith("reminder")]


def moved(date, starts_at, now):
    facts = {name: getattr(date, name) for name in arrangements.NAMES}
    facts["days"] = ((starts_at, starts_at + timedelta(hours=3)),)
    arrangements.arrange(date, Arrangements(**facts), now=now)
    database.session.commit()


def test_they_go_some_days_and_some_working_days_before_each_once():
    people.book(coming())
    due = [nine(15), nine(24), nine(27)]
    for moment in due:
        assert go_round(moment - TICK) == []
        assert go_round(moment) == [1]
        assert go_round(moment + TICK) == []
    assert reminded() == due
    assert go_round(STARTS - TICK) == []


def test_working_days_are_counted_without_weekends_and_bank_holidays():
    date = coming(starts_at=datetime(2025, 5, 27, 10, tzinfo=LONDON))
    assert [at for at, _ in reminders.still_to_come(date, NOW)] == [nine(13), nine(22)]


def test_the_mail_says_it_all_and_leads_to_the_page_for_who_cannot_come():
    booking = people.book(coming())
    go_round(nine(15))
    mail = people.mails(ANN)[-1]
    token = links.booking_token(booking)
    assert mail.subject == "A reminder: Safeguarding basics, Thu 29 May, 10am"
    assert "When: Thursday 29 May 2025, 10am to 1pm" in people.words(mail)
    addresses = people.words(mail).split()
    for more in ("", "/cancel", ".ics"):
        assert any(one.endswith(f"/bookings/{token}{more}") for one in addresses)
    assert people.entries(mail) == {}


def test_on_the_morning_of_an_online_session_the_link_comes_early_enough():
    for hour, due in ((10, nine(29, hour=8)), (8, nine(29, hour=7))):
        date = coming(format=Format.ONLINE, starts_at=nine(29, hour=hour))
        assert reminders.still_to_come(date, nine(28)) == [(due, reminders.MORNING)]
    people.book(date)
    go_round(nine(29, hour=7) - TICK)
    assert reminded() == []  # the one of two days before came too late to go
    assert 1 in go_round(nine(29, hour=7))
    mail = people.mails(ANN)[-1]
    assert mail.subject == "Today: Safeguarding basics, Thu 29 May, 8am"
    assert "https://teams.example/join/secret" in people.words(mail)


def test_without_a_link_there_is_nothing_to_send_on_the_morning():
    people.book(coming(format=Format.ONLINE, join_link=None))
    go_round(nine(28))
    assert go_round(nine(29, hour=8)) == [0]
    assert reminded() == []


def test_each_is_a_setting():
    date = coming(format=Format.ONLINE)
    ours = people.partnership()
    ours.reminder_days, ours.reminder_working_days, ours.reminds_online = [7], 0, False
    assert reminders.still_to_come(date, NOW) == [(nine(22), reminders.REMINDER)]
    ours.reminder_days = []
    assert reminders.still_to_come(date, NOW) == []


def test_who_booked_or_was_written_to_since_the_day_before_needs_none():
    date = coming()
    people.book(date)
    people.book(date, BEN, now=nine(14) + timedelta(hours=1))
    assert go_round(nine(15)) == [1]
    assert (len(reminded(ANN)), len(reminded(BEN))) == (1, 0)
    joining.send(date, now=nine(23, hour=10))
    database.session.commit()
    assert go_round(nine(24)) == [0]


def test_only_people_with_a_place_are_reminded():
    date = coming(capacity=1)
    ann = people.book(date)
    people.book(date, BEN)
    go_round(nine(15))
    assert reminded(BEN) == []
    bookings.cancel(ann, now=nine(16))
    database.session.commit()
    go_round(nine(24))
    assert reminded(ANN) == [nine(15)]


def test_a_moved_date_moves_them():
    date = coming()
    people.book(date)
    go_round(nine(15))
    moved(date, STARTS + 14 * DAY, nine(16))
    assert go_round(nine(24)) == []
    assert go_round(nine(29)) == [1]
    assert reminded() == [nine(15), nine(29)]


def test_a_date_that_is_off_reminds_nobody():
    date = coming()
    people.book(date)
    calling_off.postpone(date, message="", now=nine(14))
    database.session.commit()
    make_booking(make_postponed_date())
    make_booking(coming(state=DateState.CANCELLED))
    assert go_round(nine(15)) == []
    assert reminders.still_to_come(date, NOW) == []


def test_of_several_that_were_missed_none_comes_late_and_the_next_comes_in_time():
    people.book(coming())
    assert go_round(nine(26)) == [0]
    assert go_round(nine(27)) == [1]


def test_nobody_else_reminds_at_the_same_moment():
    date = coming()
    people.book(date)
    assert reminders.send_if_due(date, now=nine(15)) == 1
    assert reminders.send_if_due(date, now=nine(15)) is None


def test_many_people_cost_as_many_queries_as_few():
    few, many = coming(), coming()
    for number in range(3):
        make_booking(few, email=f"few{number}@agency.example", state=BookingState.CONFIRMED)
    for number in range(40):
        make_booking(many, email=f"many{number}@agency.example")
    counts = []
    for date in (few, many):
        database.session.expire_all()
        with counted() as sent:
            reminders.send_if_due(date, now=nine(15))
            database.session.flush()
        counts.append(len([one for one in sent if one.startswith("SELECT")]))
    assert counts[1] == counts[0]
