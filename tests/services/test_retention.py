from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.forget import forget
from tests.makers import (
    make_booking,
    make_course,
    make_date,
    make_email,
    make_evaluation,
    make_interest,
    make_organiser,
    make_practitioner,
    make_week,
)
from tests.people import partnership, settle_in
from webapp.config import ROOT
from webapp.models import (
    Announcement,
    Attempt,
    Attendance,
    AuditLine,
    BookingState,
    CourseDate,
    DateMessage,
    DateState,
    Email,
    Evaluation,
    NewsReading,
    NewsState,
    Origin,
    Practitioner,
    WrittenTo,
)
from webapp.services import (
    attempts,
    audit,
    date_messages,
    evaluation_results,
    news,
    old_mails,
    outbox,
    retention,
)
from webapp.services.date_messages import Said

DAY, SECOND = timedelta(days=1), timedelta(seconds=1)
HOURS = timedelta(hours=3)


@pytest.fixture(autouse=True)
def _house(db):
    settle_in(mail_days=30, booking_years=1, evaluation_years=1)


@pytest.fixture
def olive(db):
    return make_organiser("olive@partnership.example")


def date_on(starts_at, **facts):
    return make_date(starts_at=starts_at, ends_at=starts_at + HOURS, **facts)


def drafted(date, olive):
    return date_messages.draft(date, Said(WrittenTo.ALL, None, "About {course}", "Hello."), olive)


def test_what_was_sent_to_many_is_forgotten_with_its_mails_and_that_it_was_sent_stays(db, olive):
    date = date_on(NOW + DAY)
    for name in ("ann", "ben"):
        make_booking(date, email=f"{name}@agency.example")
    message = drafted(date, olive)
    date_messages.send(message, olive, now=NOW)
    db.session.commit()

    forget(NOW + 30 * DAY)
    assert message.body == "Hello."
    forget(NOW + 30 * DAY + SECOND)
    assert (message.body, message.subject) == ("", "About {course}")
    assert (message.queued_at, message.organiser_id) == (NOW, olive.id)
    copies = select(Email).where(Email.date_message_id == message.id)
    assert len(db.session.scalars(copies).all()) == 2


def test_a_draft_of_a_message_goes_once_its_date_has_long_been_over(db, olive):
    date, coming = date_on(NOW - DAY), date_on(NOW + 60 * DAY)
    for one in (date, coming):
        make_booking(one)
        drafted(one, olive)
    db.session.commit()
    messages = select(DateMessage.course_date_id).order_by(DateMessage.id)

    forget(date.ends_at + 30 * DAY)
    assert db.session.scalars(messages).all() == [date.id, coming.id]
    forget(date.ends_at + 30 * DAY + SECOND)
    assert db.session.scalars(messages).all() == [coming.id]


def test_what_people_wrote_of_a_training_is_forgotten_and_the_figures_stay(db):
    date = date_on(NOW - DAY)
    for number in range(3):
        came = make_booking(date, attendance=Attendance.ATTENDED)
        make_evaluation(came, useful=number + 3, will_do="Ask more.", comment="Thank you.")
    before = evaluation_results.of_date(date)

    forget(date.ends_at + 366 * DAY)
    given = db.session.scalars(select(Evaluation)).all()
    assert {one.comment for one in given} == {"Thank you."}
    forget(date.ends_at + 366 * DAY + SECOND)
    assert {(one.will_do, one.comment) for one in given} == {(None, None)}
    assert evaluation_results.of_date(date) == before


def test_a_draft_of_a_date_that_came_to_nothing_goes_and_no_other_date_does(db):
    draft = date_on(NOW - DAY, state=DateState.DRAFT)
    held = date_on(NOW - DAY)
    withdrawn = date_on(NOW - DAY, state=DateState.DRAFT)
    make_booking(withdrawn)
    open_end = make_date(state=DateState.DRAFT, starts_at=None, ends_at=None, days=[])
    gone, kept = draft.id, [held.id, withdrawn.id, open_end.id]
    ends = draft.ends_at
    dates = select(CourseDate.id).order_by(CourseDate.id)

    forget(ends + 366 * DAY)
    assert db.session.scalars(dates).all() == [gone, *kept]
    forget(ends + 366 * DAY + SECOND)
    assert db.session.scalars(dates).all() == kept


def test_a_seat_of_long_ago_loses_its_person_who_goes_on_with_the_others(db):
    old, new = date_on(NOW - DAY), date_on(NOW + 300 * DAY)
    ann = make_practitioner("ann@agency.example")
    was = make_booking(old, practitioner=ann, attendance=Attendance.ATTENDED, note="Came by bus.")
    stays = make_booking(new, practitioner=ann)

    forget(old.ends_at + 366 * DAY)
    assert was.practitioner is ann
    assert forget(old.ends_at + 366 * DAY + SECOND)["Bookings"] == 1
    assert (was.name, was.note, was.job_role, was.manager_name) == ("Erased", None, "", None)
    assert was.attendance is Attendance.ATTENDED
    assert was.practitioner.erased_at is not None
    assert (stays.practitioner, stays.name) == (ann, "Ann Example")
    assert (ann.email, ann.erased_at) == ("ann@agency.example", None)


def test_who_gave_up_late_and_came_back_stays_one_person_as_they_are_counted(db):
    date = date_on(NOW - DAY)
    ann = make_practitioner()
    first = make_booking(
        date, practitioner=ann, state=BookingState.CANCELLED, gave_up_late=True, cancelled_at=NOW
    )
    second, other = make_booking(date, practitioner=ann), make_booking(date)

    forget(date.ends_at + 367 * DAY)
    assert first.practitioner_id == second.practitioner_id != ann.id
    assert other.practitioner_id not in {first.practitioner_id, ann.id}


def test_the_days_of_a_week_are_forgotten_together(db):
    days = [date_on(NOW + number * DAY) for number in (1, 2)]
    ann = make_practitioner()
    seats = [make_booking(day, practitioner=ann) for day in days]
    make_week(days=((NOW + DAY).date(), (NOW + 2 * DAY).date()))

    assert "Bookings" not in forget(days[1].ends_at + 366 * DAY)
    assert forget(days[1].ends_at + 368 * DAY)["Bookings"] == 2
    assert seats[0].practitioner_id == seats[1].practitioner_id


def test_an_address_goes_once_nothing_else_is_left_of_somebody(db):
    gone, asked, booker = (make_practitioner() for _ in range(3))
    asked.erasure_asked_at = NOW
    make_booking(date_on(NOW + 300 * DAY), booked_by=booker)
    known = {one.email for one in (asked, booker)}

    assert forget(NOW + 366 * DAY) == {}
    assert forget(NOW + 366 * DAY + SECOND) == {"Addresses of people without bookings": 1}
    emails = db.session.scalars(select(Practitioner.email)).all()
    assert known < set(emails)
    assert gone.email == f"erased-{gone.id}@erased.invalid"


def test_a_line_manager_is_forgotten_before_the_booking(db):
    partnership().manager_days = 90
    booking = make_booking(date_on(NOW - DAY))
    ends = booking.course_date.ends_at

    assert forget(ends + 90 * DAY) == {}
    assert forget(ends + 90 * DAY + SECOND) == {"Line managers": 1}
    assert (booking.manager_name, booking.manager_email) == (None, None)
    assert booking.name == "Ann Example"


@pytest.mark.parametrize("kind", outbox.ABOUT_OTHERS)
def test_whom_a_mail_about_others_went_to_is_forgotten_with_the_line_managers(db, kind):
    partnership().mail_days, partnership().manager_days = 30, 90
    mail = make_email(kind=kind, to="max@agency.example", queued_at=NOW, sent_at=NOW)

    old_mails.purge(now=NOW + 90 * DAY)
    assert mail.to == "max@agency.example"
    old_mails.purge(now=NOW + 90 * DAY + SECOND)
    assert mail.to == old_mails.SOMEBODY


def test_every_mail_to_line_managers_is_known_to_be_about_others():
    mails = (ROOT / "webapp/templates/emails").glob("manager_*.txt")
    assert {mail.stem for mail in mails} <= set(outbox.ABOUT_OTHERS)


def test_who_is_interested_and_counted_tries_go_after_their_time(db):
    partnership().interest_years, partnership().attempt_days = 1, 2
    interest = make_interest(make_course())
    attempts.count_and_refuse("mail", "ann@agency.example", limit=9, within=DAY, now=NOW)
    db.session.commit()

    assert forget(NOW + 2 * DAY) == {}
    assert forget(NOW + 2 * DAY + SECOND) == {"Counted tries": 1}
    assert db.session.scalars(select(Attempt)).all() == []
    later = NOW + 366 * DAY + SECOND
    assert forget(later) == {"Interest in courses": 1}
    assert (interest.name, interest.email, interest.withdrawn_at) == ("", "", later)


def test_of_the_audit_log_only_the_days_on_which_rules_were_changed_stay(db, olive):
    partnership().audit_years = 1
    audit.record(olive, "saw a booking", now=NOW)
    rule = audit.record(olive, "changed the settings", detail="Cancelling", now=NOW)
    young = audit.record(olive, "saw a booking", now=NOW + DAY)
    db.session.commit()

    assert forget(NOW + 366 * DAY) == {}
    assert forget(NOW + 366 * DAY + SECOND) == {"Lines of the audit log": 2}
    assert db.session.scalars(select(AuditLine).order_by(AuditLine.id)).all() == [rule, young]
    assert (rule.organiser_id, rule.detail, young.organiser_id) == (None, "Cancelling", olive.id)


def test_of_the_news_the_last_look_stays_and_what_waits_for_an_answer(db):
    def take(words, origin, name, now):
        page = f"<h2>{words}</h2><p>Training course. 3 June 2025, 10am to 1pm.</p>"
        taken = news.take(page, origin=origin, name=name, published=None, organiser=None, now=now)
        db.session.flush()
        return taken.reading

    old = take("Neglect training", Origin.PASTED, None, NOW)
    waits = take("Domestic abuse training", Origin.PASTED, None, NOW)
    last = take("Attachment training", Origin.FETCHED, "https://news.example", NOW)
    for one in (old, last):
        one.passages[0].announcement.state = NewsState.IGNORED
    db.session.commit()
    kept = [waits.id, last.id]

    assert forget(NOW + 365 * DAY) == {}
    assert forget(NOW + 365 * DAY + SECOND) == {"Readings of the news": 1}
    assert db.session.scalars(select(NewsReading.id).order_by(NewsReading.id)).all() == kept
    assert len(db.session.scalars(select(Announcement)).all()) == 2


def test_what_is_due_is_counted_and_left_as_it_is(db):
    make_booking(date_on(NOW - DAY))
    now = NOW + 367 * DAY

    for _ in range(2):
        due = {one.name: one.number for one in retention.due(now=now) if one.number}
        assert due == {"Bookings": 1, "Line managers": 1}


def test_however_much_is_due_each_step_is_a_small_one(db, monkeypatch):
    monkeypatch.setattr(retention, "AT_ONCE", 2)
    date = date_on(NOW - DAY, capacity=9)
    for _ in range(5):
        make_booking(date)
    record = next(one for one in retention.RECORDS if one.name == "Bookings")

    last, numbers = 0, []
    while not numbers or numbers[-1]:
        last, number = retention.step(record, last, now=NOW + 367 * DAY)
        numbers.append(number)
        db.session.commit()
    assert numbers == [2, 2, 1, 0]


@pytest.mark.parametrize(
    ("last", "hour", "is_time"),
    [
        (None, 14, True),
        (NOW, 14, False),
        (NOW, 3, True),
        (NOW + DAY, 4, False),
        (NOW - 2 * DAY, 14, True),
        (NOW + 9 * DAY, 14, True),
    ],
)
def test_it_is_done_once_a_night_and_by_day_when_nights_were_missed(db, last, hour, is_time):
    partnership().forgotten_at = last and last.replace(hour=1)
    now = (NOW + DAY).replace(hour=hour - 1)  # British Summer Time
    assert retention.is_time(now=now) is is_time
