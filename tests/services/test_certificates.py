"""Certificates: given by the register, sent once, withdrawn with it, given by decision."""

from datetime import date as day
from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_booking, make_course, make_date, make_organiser, make_practitioner
from tests.people import kinds, mails, partnership, settle_in, words
from tests.queries import counted
from webapp.errors import NotFound, Refused
from webapp.formats.certificates import typed
from webapp.models import Attendance, BookingState, Certificate, DateState
from webapp.services import certificate_lists, certificates, registers

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
END = NOW - HOUR


@pytest.fixture(autouse=True)
def _settled(db):
    settle_in()


@pytest.fixture
def organiser(db):
    return make_organiser()


def make_over(**facts):
    """A date of three hours that ended an hour ago."""
    return make_date(starts_at=END - 3 * HOUR, ends_at=END, **facts)


def attended(date, mark=Attendance.ATTENDED, **facts):
    return make_booking(date, attendance=mark, marked_at=END, **facts)


def follow(db, *, now=NOW):
    """What the worker does each hour."""
    came_of_it = [
        certificates.follow_register(date, now=now) for date in certificates.due_dates(now)
    ]
    db.session.commit()
    return came_of_it


def test_who_attended_or_came_late_is_given_a_certificate_once_the_register_is_complete(db):
    date = make_over(course=make_course(title="Harmful Sexual Behaviour"))
    ann = attended(date, name="Łukasz Wiśniewski", email="ann@agency.example")
    ben = attended(date, Attendance.LATE)
    rest = [attended(date, mark) for mark in ("part", "absent", "excused")]

    assert follow(db) == [(2, 0)]
    given = ann.certificate
    assert (given.name, given.title) == ("Łukasz Wiśniewski", "Harmful Sexual Behaviour")
    assert (given.starts_on, given.ends_on, given.minutes) == (END.date(), END.date(), 180)
    assert given.given_at == NOW
    assert typed(given.code) == given.code
    assert ben.certificate.stands
    assert ben.certificate.code != given.code
    assert [one.certificate for one in rest] == [None] * 3
    assert kinds() == ["certificate"] * 2

    assert follow(db) == []
    assert kinds() == ["certificate"] * 2


def test_the_mail_has_the_paper_the_code_and_the_way_to_the_rest(db):
    booking = attended(make_over(), name="Łukasz Wiśniewski", email="ann@agency.example")
    follow(db)
    [mail] = mails("ann@agency.example")
    code = booking.certificate.code
    assert mail.subject == "Your certificate: Safeguarding basics, Thu 17 Apr"
    assert mail.booking_id == booking.id
    said = words(mail)
    assert f"/bookings/{booking.id}-" in said
    assert "/certificate.pdf" in said
    assert f"Code: {code[:5]}-{code[5:]}" in said
    assert "Name: Łukasz Wiśniewski" in said
    assert "check the code at http://localhost/certificates" in said


def test_the_mail_begins_with_the_words_the_partnership_chose(db):
    partnership().mail_words = {
        "certificate": {"first": "Well done, {name}! You came to {course}."}
    }
    attended(make_over(), name="Siân", email="sian@agency.example")
    follow(db)
    said = words(mails("sian@agency.example")[0])
    assert said.startswith("Well done, Siân! You came to Safeguarding basics.")


def test_a_register_that_is_not_complete_holds_all_back_until_a_day_after_the_end(db):
    date = make_over()
    ann, ben = attended(date), make_booking(date)

    assert follow(db, now=END + DAY - timedelta(seconds=1)) == []
    assert follow(db, now=END + DAY) == [(1, 0)]
    assert ann.certificate.stands

    ben.attendance, ben.marked_at = Attendance.ATTENDED, END + 2 * DAY
    db.session.commit()
    assert follow(db, now=END + 2 * DAY) == [(1, 0)]
    assert len(kinds()) == 2


def test_those_without_a_place_hold_nothing_back(db):
    date = make_over()
    attended(date)
    make_booking(date, state=BookingState.CANCELLED)
    make_booking(date, state=BookingState.WAITING)
    assert follow(db) == [(1, 0)]


def test_before_the_end_nobody_is_given_one(db):
    attended(make_date(starts_at=NOW - HOUR, ends_at=NOW + HOUR))
    assert follow(db) == []


def test_of_several_days_the_certificate_says_first_last_and_all_hours(db):
    first = NOW - 8 * DAY
    date = make_date(days=[(first, first + 2 * HOUR), (first + 7 * DAY, first + 7 * DAY + HOUR)])
    booking = attended(date)
    follow(db)
    given = booking.certificate
    assert (given.starts_on, given.ends_on) == (day(2025, 4, 9), day(2025, 4, 16))
    assert given.minutes == 180


def test_its_days_are_those_of_london(db):
    late = NOW.replace(hour=23, minute=30) - DAY
    booking = attended(make_date(starts_at=late, ends_at=late + timedelta(minutes=20)))
    follow(db)
    assert booking.certificate.starts_on == day(2025, 4, 17)


@pytest.mark.parametrize("mark", [Attendance.ABSENT, Attendance.EXCUSED, Attendance.PART, None])
def test_who_was_not_there_after_all_loses_it_and_is_told(db, mark):
    date = make_over()
    booking = attended(date, email="ann@agency.example")
    follow(db)

    booking.attendance, booking.marked_at = mark, NOW + HOUR if mark else None
    db.session.commit()
    later = NOW + 2 * HOUR
    assert follow(db, now=later) == [(0, 1)]
    assert booking.certificate.withdrawn_at == later
    assert not booking.certificate.stands
    assert kinds() == ["certificate", "certificate_withdrawn"]
    code = booking.certificate.code
    assert f"{code[:5]}-{code[5:]}" in words(mails("ann@agency.example")[1])
    assert follow(db, now=later) == []


def test_a_register_that_says_otherwise_counts_before_the_worker_has_read_it(db):
    booking = attended(make_over())
    follow(db)
    booking.attendance = Attendance.ABSENT
    assert not booking.certificate.stands
    with pytest.raises(NotFound):
        certificates.of_booking(booking)


def test_a_wrong_tap_that_is_put_right_at_once_is_never_heard_of(db):
    booking = attended(make_over())
    follow(db)
    for mark in (Attendance.ABSENT, Attendance.ATTENDED):
        booking.attendance, booking.marked_at = mark, NOW + HOUR
        db.session.commit()
    assert follow(db, now=NOW + 2 * HOUR) == []
    assert kinds() == ["certificate"]


def test_who_gets_it_back_has_the_same_code_and_the_words_of_today(db):
    booking = attended(make_over(), name="Ann Exampel")
    follow(db)
    code = booking.certificate.code
    for hours, mark in enumerate((Attendance.ABSENT, Attendance.ATTENDED), start=1):
        booking.attendance, booking.marked_at = mark, NOW + hours * HOUR
        booking.name = "Ann Example"
        db.session.commit()
        follow(db, now=NOW + hours * HOUR)
    assert booking.certificate.code == code
    assert booking.certificate.name == "Ann Example"
    assert booking.certificate.given_at == NOW + 2 * HOUR
    assert booking.certificate.stands
    assert kinds() == ["certificate", "certificate_withdrawn", "certificate"]


def test_a_course_renamed_later_changes_no_certificate(db):
    date = make_over()
    booking = attended(date)
    follow(db)
    date.course.title = "Quite another thing"
    db.session.commit()
    follow(db, now=NOW + DAY)
    assert booking.certificate.title == "Safeguarding basics"


def test_an_organiser_may_give_one_for_part_of_it_and_the_worker_leaves_it(db):
    booking = attended(make_over(), Attendance.PART)
    assert follow(db) == []
    certificates.give(booking, now=NOW)
    db.session.commit()
    assert booking.certificate.stands
    assert kinds() == ["certificate"]
    assert follow(db, now=NOW + 2 * DAY) == []


def test_an_organiser_may_give_one_while_others_are_not_marked(db):
    date = make_over()
    booking = attended(date)
    make_booking(date)
    certificates.give(booking, now=NOW)
    assert booking.certificate.stands


def test_given_twice_it_is_one_and_is_sent_once(db):
    booking = attended(make_over())
    first = certificates.give(booking, now=NOW)
    assert certificates.give(booking, now=NOW + HOUR) is first
    assert first.given_at == NOW
    assert kinds() == ["certificate"]


@pytest.mark.parametrize("mark", [None, Attendance.ABSENT, Attendance.EXCUSED])
def test_nobody_is_given_one_against_the_register(db, mark):
    booking = attended(make_over(), mark)
    with pytest.raises(Refused, match="does not say that this person came"):
        certificates.give(booking, now=NOW)


def test_nobody_is_given_one_for_a_place_that_was_cancelled(db):
    booking = attended(make_over(), state=BookingState.CANCELLED)
    with pytest.raises(Refused):
        certificates.give(booking, now=NOW)


def test_nobody_is_given_one_before_the_end(db):
    booking = attended(make_date(starts_at=NOW - HOUR, ends_at=NOW + HOUR))
    with pytest.raises(Refused, match="once the date is over"):
        certificates.give(booking, now=NOW)


def test_a_name_put_right_is_on_paper_and_booking_and_is_sent_again(db):
    booking = attended(make_over(), name="Lukasz")
    given = certificates.give(booking, now=NOW)
    code = given.code
    certificates.correct_name(given, "Łukasz", now=NOW + HOUR)
    assert (given.name, booking.name, given.code) == ("Łukasz", "Łukasz", code)
    assert "Name: Łukasz" in words(mails()[1])


def test_what_is_withdrawn_is_neither_sent_nor_changed(db):
    booking = attended(make_over())
    given = certificates.give(booking, now=NOW)
    booking.attendance = Attendance.ABSENT
    db.session.commit()
    with pytest.raises(Refused):
        certificates.send(given, now=NOW)
    with pytest.raises(Refused):
        certificates.correct_name(given, "Another", now=NOW)
    assert given.name == "Ann Example"


def test_the_register_of_the_day_leads_to_certificates(db, organiser):
    date = make_date(starts_at=NOW - HOUR, ends_at=NOW + HOUR)
    people = [make_booking(date) for _ in range(3)]
    registers.mark(people[0], Attendance.ABSENT, organiser, now=NOW)
    registers.rest_present(date, organiser, now=NOW)
    db.session.commit()
    assert follow(db) == []
    assert follow(db, now=NOW + HOUR) == [(2, 0)]
    registers.mark(people[1], Attendance.ABSENT, organiser, now=NOW + 2 * HOUR)
    db.session.commit()
    assert follow(db, now=NOW + 2 * HOUR) == [(0, 1)]


def test_dates_that_were_never_held_lead_to_none(db):
    for state in (DateState.CANCELLED, DateState.POSTPONED, DateState.DRAFT):
        attended(make_over(state=state))
    assert follow(db) == []


def test_a_code_finds_its_certificate_and_no_other(db):
    booking = attended(make_over())
    given = certificates.give(booking, now=NOW)
    assert certificate_lists.by_code(given.code) is given
    assert certificate_lists.by_code("ABCDEFGH23") is None


def test_somebodys_certificates_are_theirs_that_stand(db):
    ann = make_practitioner()
    early = make_date(starts_at=NOW - 30 * DAY, ends_at=NOW - 30 * DAY + HOUR)
    mine = [attended(date, practitioner=ann) for date in (make_over(), early, make_over())]
    given = [certificates.give(booking, now=NOW) for booking in (*mine, attended(make_over()))]
    mine[2].attendance = Attendance.ABSENT
    db.session.commit()
    assert certificate_lists.of_practitioner(ann) == [given[1], given[0]]


def test_the_people_of_a_date_are_by_name_with_those_who_lost_their_place(db):
    date = make_over()
    attended(date, name="Örn")
    attended(date, name="zoe")
    gone = attended(date, name="Bea")
    certificates.give(gone, now=NOW)
    gone.state = BookingState.CANCELLED
    make_booking(date, name="Cat", state=BookingState.CANCELLED)
    db.session.commit()
    found = certificate_lists.of_date(date)
    assert [booking.name for booking in found.rows] == ["Bea", "Örn", "zoe"]


def test_those_that_the_register_still_bears_out_are_counted(db):
    date = make_over()
    there, partly, absent, cancelled = (attended(date) for _ in range(4))
    for booking in (there, partly, absent, cancelled):
        certificates.give(booking, now=NOW)
    partly.attendance, absent.attendance = Attendance.PART, Attendance.ABSENT
    cancelled.state = BookingState.CANCELLED
    db.session.commit()
    stand = [one for one in (there, partly, absent, cancelled) if one.certificate.stands]
    assert certificate_lists.how_many_stand(date) == len(stand) == 2


@pytest.mark.slow
def test_giving_reads_as_often_for_thirty_people_as_for_three(db):
    def cost(number):
        date = make_over()
        for _ in range(number):
            attended(date)
        date_id = date.id
        db.session.expunge_all()
        with counted() as sent:
            [date] = [one for one in certificates.due_dates(NOW) if one.id == date_id]
            certificates.follow_register(date, now=NOW)
            db.session.commit()
        return len([sql for sql in sent if sql.startswith("SELECT")])

    assert cost(3) == cost(30)


def test_the_code_is_kept_once_in_the_whole_house(db):
    columns = Certificate.__table__.columns
    assert columns["code"].unique
    assert columns["booking_id"].unique
