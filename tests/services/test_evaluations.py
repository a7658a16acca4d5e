"""Evaluations: who is asked and reminded when, who may answer until when, what waits for it."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.conftest import NOW
from tests.makers import make_booking, make_date, make_practitioner
from tests.people import kinds, mails, partnership, settle_in, words
from tests.queries import counted
from webapp.errors import Gone, NotFound, Refused
from webapp.models import Attendance, BookingState, DateState, Evaluation
from webapp.services import certificates, erasures, evaluations, links
from webapp.services.evaluations import Answers

HOUR, DAY, TICK = timedelta(hours=1), timedelta(days=1), timedelta(seconds=1)
END = NOW - HOUR
ANN = "ann@agency.example"
SAID = Answers(5, 2, 4, "Ask sooner.", "More time for questions.")


@pytest.fixture(autouse=True)
def _settled(db):
    settle_in()


def make_over(**facts):
    """A date of three hours that ended an hour ago."""
    return make_date(starts_at=END - 3 * HOUR, ends_at=END, **facts)


def marked(date=None, mark=Attendance.ATTENDED, **facts):
    return make_booking(date or make_over(), attendance=mark, **{"marked_at": END, **facts})


def go_round(db, now=NOW):
    """What the worker does each hour: how many were asked and reminded, date by date."""
    done = [evaluations.ask(date, now=now) for date in evaluations.due_dates(now)]
    db.session.commit()
    return done


def test_who_came_is_asked_once_the_register_is_complete_and_nobody_else(db):
    date = make_over()
    for mark in Attendance:
        marked(date, mark, email=f"{mark}@agency.example")
    marked(date, email="off@agency.example", state=BookingState.CANCELLED)

    assert go_round(db) == [(3, 0)]
    assert {mail.to for mail in mails()} == {f"{m}@agency.example" for m in evaluations.CAME}
    assert set(kinds()) == {"evaluation"}
    assert go_round(db) == []


def test_a_register_that_is_not_complete_holds_the_question_back_for_a_day(db):
    date = make_over()
    marked(date)
    make_booking(date)

    assert go_round(db, END + DAY - TICK) == []
    assert go_round(db, END + DAY) == [(1, 0)]


def test_before_the_end_nobody_is_asked_and_of_a_date_called_off_neither(db):
    marked(make_date(starts_at=NOW - HOUR, ends_at=NOW + HOUR))
    marked(make_over(state=DateState.CANCELLED))
    assert go_round(db) == []


def test_who_was_marked_long_ago_is_not_asked_any_more(db):
    date = make_date(starts_at=NOW - 60 * DAY, ends_at=NOW - 60 * DAY + HOUR)
    marked(date, marked_at=NOW - 30 * DAY)
    assert go_round(db) == []
    marked(date, marked_at=NOW - 30 * DAY + TICK)
    assert go_round(db) == [(1, 0)]


def test_who_asked_to_be_forgotten_is_not_asked(db):
    gone = make_practitioner("somebody@erased.invalid")
    gone.erased_at = NOW
    marked(practitioner=gone)
    assert go_round(db) == []


def test_the_mail_names_the_date_and_has_a_link_of_its_own(db):
    booking = marked(email=ANN)
    go_round(db)

    [mail] = mails(ANN)
    assert mail.subject == "What was it like? Safeguarding basics, Thu 17 Apr, 5am"
    assert mail.booking_id == booking.id
    said = words(mail)
    assert said.startswith("Thank you for coming to Safeguarding basics.")
    assert f"http://localhost/evaluations/{links.evaluation_token(booking)}" in said
    assert "certificate" not in said


def test_the_mail_begins_with_the_words_the_partnership_chose(db):
    partnership().mail_words = {"evaluation": {"first": "How was {course}, {name}?"}}
    marked(email=ANN, name="Siân")
    go_round(db)
    assert words(mails(ANN)[0]).startswith("How was Safeguarding basics, Siân?")


def test_who_has_not_answered_is_reminded_five_days_later_and_once(db):
    date = make_over()
    marked(date, email=ANN)
    answered = marked(date, email="ben@agency.example")
    go_round(db)
    evaluations.answer(answered, SAID, now=NOW)
    db.session.commit()

    assert go_round(db, NOW + 5 * DAY - TICK) == []
    assert go_round(db, NOW + 5 * DAY) == [(0, 1)]
    assert kinds(ANN) == ["evaluation", "evaluation_reminder"]
    assert kinds("ben@agency.example") == ["evaluation"]
    assert "we do not remind you again" in words(mails(ANN)[1])
    assert go_round(db, NOW + 20 * DAY) == []


def test_who_is_found_not_to_have_come_is_not_reminded(db):
    booking = marked(email=ANN)
    go_round(db)
    booking.attendance = Attendance.ABSENT
    db.session.commit()
    assert go_round(db, NOW + 5 * DAY) == []


def test_a_reminder_that_was_missed_for_weeks_is_not_sent(db):
    marked(email=ANN)
    go_round(db)
    assert go_round(db, NOW + 31 * DAY) == []


def test_answers_are_kept_and_changed_for_thirty_days(db):
    booking = marked()
    evaluations.answer(booking, SAID, now=NOW)
    evaluations.answer(booking, Answers(1, 1, 1), now=NOW + 30 * DAY - TICK)
    db.session.commit()

    [given] = db.session.scalars(select(Evaluation))
    assert (given.useful, given.confident_before, given.confident_after) == (1, 1, 1)
    assert (given.will_do, given.comment) == (None, None)
    assert given.answered_at == NOW
    with pytest.raises(Refused, match="run out"):
        evaluations.answer(booking, SAID, now=NOW + 30 * DAY)


def test_who_never_answered_may_do_so_much_later(db):
    booking = marked()
    evaluations.answer(booking, SAID, now=NOW + 300 * DAY)
    assert booking.evaluation.useful == 5


@pytest.mark.parametrize("mark", [Attendance.ABSENT, Attendance.EXCUSED, None])
def test_who_was_not_there_has_nothing_to_say(db, mark):
    with pytest.raises(Refused, match="does not say that you came"):
        evaluations.answer(marked(mark=mark), SAID, now=NOW)


def test_before_the_end_nobody_answers(db):
    date = make_date(starts_at=NOW - HOUR, ends_at=NOW + HOUR)
    with pytest.raises(Refused):
        evaluations.answer(marked(date), SAID, now=NOW)


def test_the_link_opens_the_form_and_nothing_else_and_ends_with_the_others(db):
    booking = marked()
    token = links.evaluation_token(booking)
    assert links.open_evaluation(token) is booking
    with pytest.raises(NotFound):
        links.open_booking(token)
    with pytest.raises(NotFound):
        links.open_evaluation(links.booking_token(booking))

    booking.link_generation += 1
    with pytest.raises(Gone):
        links.open_evaluation(token)


def follow(db):
    done = [certificates.follow_register(date, now=NOW) for date in certificates.due_dates(NOW)]
    db.session.commit()
    return done


def test_a_partnership_may_have_certificates_wait_for_the_answers(db):
    partnership().certificate_after_evaluation = True
    date = make_over()
    ann, ben = marked(date, email=ANN), marked(date)
    assert follow(db) == []
    go_round(db)
    assert "Your certificate is sent once you have answered." in words(mails(ANN)[0])

    evaluations.answer(ann, SAID, now=NOW)
    assert follow(db) == [(1, 0)]
    assert ann.certificate.stands
    assert ben.certificate is None


def test_an_organiser_may_give_one_that_waits_and_none_is_taken_away_for_want_of_answers(db):
    booking = marked()
    partnership().certificate_after_evaluation = True
    certificates.give(booking, now=NOW)
    db.session.commit()
    assert follow(db) == []
    assert booking.certificate.stands


def test_who_came_for_part_is_promised_no_certificate_for_answering(db):
    partnership().certificate_after_evaluation = True
    marked(mark=Attendance.PART, email=ANN)
    go_round(db)
    assert "certificate" not in words(mails(ANN)[0])


def test_who_is_forgotten_leaves_points_that_are_counted_and_no_word(db):
    booking = marked(email=ANN)
    evaluations.answer(booking, SAID, now=NOW)
    erasures.ask(booking.practitioner, now=NOW)
    erasures.erase(booking.practitioner, now=NOW)
    db.session.commit()
    given = booking.evaluation
    assert (given.useful, given.will_do, given.comment) == (5, None, None)


def asking_asks(db, number, day):
    start = NOW + day * DAY
    date = make_date(starts_at=start - 4 * HOUR, ends_at=start - HOUR, capacity=None)
    for _ in range(number):
        marked(date, marked_at=start)
    with counted() as sent:
        assert go_round(db, start) == [(number, 0)]
    # SQLite takes rows one by one as they are written; what counts is that nothing is looked up.
    return len([one for one in sent if not one.startswith("INSERT")])


def test_it_asks_the_database_as_often_for_many_as_for_few(db):
    assert asking_asks(db, 3, 0) == asking_asks(db, 60, 1)
