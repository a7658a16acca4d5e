from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from tests import people
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_date, make_practitioner
from tests.queries import counted
from webapp.clock import LONDON
from webapp.db import db as database
from webapp.models import (
    Attendance,
    Booking,
    BookingState,
    Cause,
    DateState,
    LadderStep,
    Practitioner,
    Step,
)
from webapp.services import charges, erasures, ladder, links, missed

ANN, MAX = "ann@agency.example", "max@agency.example"
LEE = "lee@agency.example"
NOTE, TO_MANAGER, TO_LEAD = "missed_note", "missed_manager", "missed_lead"
# A Thursday, after which come a working day, a weekend and a bank holiday.
DAY = datetime(2025, 5, 1, 10, tzinfo=LONDON)
HOUR, TICK = timedelta(hours=1), timedelta(seconds=1)
FRIDAY, TUESDAY = datetime(2025, 5, 2, 9, tzinfo=LONDON), datetime(2025, 5, 6, 9, tzinfo=LONDON)


@pytest.fixture(autouse=True)
def ours(db):
    partnership, _, _ = people.settle_in()
    return partnership


def switch(ours, now=NOW, **steps):
    """Such as person=1, or manager=(2, 6): misses, and within how many months."""
    chosen = {
        Step(step): said if isinstance(said, tuple) else (said, 12) for step, said in steps.items()
    }
    ladder.change(ours, chosen, now=now)
    database.session.commit()


def absent(starts_at=DAY, marked_at=None, email=ANN, **facts):
    """Marked an hour after the end, if nobody says otherwise."""
    known = database.session.scalar(select(Practitioner).where(Practitioner.email == email))
    return make_booking(
        make_date(starts_at=starts_at),
        practitioner=known or make_practitioner(email),
        attendance=Attendance.ABSENT,
        marked_at=marked_at or starts_at + timedelta(hours=4),
        **facts,
    )


def given_up(cancelled_at, email=ANN, **facts):
    """Late, for a date the day after."""
    known = database.session.scalar(select(Practitioner).where(Practitioner.email == email))
    return make_booking(
        make_date(starts_at=cancelled_at + timedelta(days=1)),
        practitioner=known or make_practitioner(email),
        state=BookingState.CANCELLED,
        cancelled_at=cancelled_at,
        gave_up_late=True,
        **facts,
    )


def go_round(now):
    """What the worker does; the kinds of what was written, by address."""
    before = len(people.mails())
    for person in ladder.due(now):
        ladder.write(database.session.get(Practitioner, person), now=now)
        database.session.commit()
    return [(mail.to, mail.kind) for mail in people.mails()[before:]]


def test_while_nothing_is_switched_on_nobody_is_written_to(ours):
    absent()
    assert go_round(FRIDAY) == []
    switch(ours, person=0)
    assert go_round(FRIDAY) == []
    assert ladder.steps(ours) == {}


def test_who_missed_a_place_is_written_to_once_on_the_next_working_day(ours):
    switch(ours, person=1)
    absent()
    for too_early in (DAY + 5 * HOUR, FRIDAY - TICK):
        assert go_round(too_early) == []
    assert go_round(FRIDAY) == [(ANN, NOTE)]
    assert go_round(FRIDAY + HOUR) == []
    assert go_round(TUESDAY) == []


@pytest.mark.parametrize("marked", [FRIDAY + HOUR, FRIDAY + timedelta(days=1)])
def test_a_weekend_and_a_bank_holiday_are_no_working_days(ours, marked):
    switch(ours, person=1)
    absent(marked_at=marked)
    for moment in (marked + HOUR, TUESDAY - timedelta(days=1), TUESDAY - TICK):
        assert go_round(moment) == []
    assert go_round(TUESDAY + 8 * HOUR) == []
    assert go_round(TUESDAY + 8 * HOUR - TICK) == [(ANN, NOTE)]


def test_a_mark_that_is_put_right_before_the_letter_goes_prevents_it(ours):
    switch(ours, person=1)
    booking = absent()
    booking.attendance = Attendance.EXCUSED
    database.session.commit()
    assert go_round(FRIDAY) == []


def test_a_mark_that_is_put_right_later_sends_nothing_more(ours):
    switch(ours, person=1)
    booking = absent()
    go_round(FRIDAY)
    for attendance in (Attendance.EXCUSED, Attendance.ATTENDED, Attendance.ABSENT):
        booking.attendance, booking.marked_at = attendance, FRIDAY + HOUR
        database.session.commit()
        assert go_round(TUESDAY) == []
    assert people.kinds() == [NOTE]


def test_on_a_course_of_several_days_it_is_the_last_that_counts(ours):
    switch(ours, person=1)
    week = timedelta(days=7)
    date = make_date(days=[(DAY, DAY + HOUR), (DAY + week, DAY + week + HOUR)])
    make_booking(date, email=ANN, attendance=Attendance.ABSENT, marked_at=DAY)
    assert go_round(FRIDAY) == []
    assert go_round(FRIDAY + week) == [(ANN, NOTE)]


def test_who_gave_a_place_up_late_is_written_to_unless_it_is_excused(ours):
    switch(ours, person=1)
    late = DAY + 3 * HOUR
    given_up(late, email="ill@agency.example", cause=Cause.ILLNESS)
    given_up(late, email="called@agency.example", cause=Cause.DUTY)
    given_up(late, cause=Cause.OTHER)
    given_up(late, email="ben@agency.example")
    assert go_round(late) == []
    assert go_round(FRIDAY) == [(ANN, NOTE), ("ben@agency.example", NOTE)]
    assert "You had a place on Safeguarding basics and gave it up shortly before." in words(ANN)


def words(email):
    return " ".join(people.words(people.mails(email)[-1]).split())


def test_who_books_the_same_date_again_has_given_nothing_up(ours):
    switch(ours, person=1)
    booking = given_up(DAY)
    again = make_booking(booking.course_date, practitioner=booking.practitioner)
    assert go_round(FRIDAY) == []
    again.attendance, again.marked_at = Attendance.ABSENT, FRIDAY + 5 * HOUR
    database.session.commit()
    assert go_round(TUESDAY) == [(ANN, NOTE)]


def test_of_a_date_that_did_not_take_place_nobody_missed_anything(ours):
    switch(ours, person=1)
    given_up(DAY).course_date.state = DateState.CANCELLED
    database.session.commit()
    assert go_round(FRIDAY) == []


def test_a_missed_place_that_was_set_aside_does_not_count(ours):
    switch(ours, person=1)
    missed.set_aside(absent(), reason="The room was changed.", now=FRIDAY - HOUR)
    database.session.commit()
    assert go_round(FRIDAY) == []


def test_what_was_missed_before_a_step_was_switched_on_does_not_count(ours):
    switch(ours, person=1, manager=2)
    absent(DAY - timedelta(days=7))
    switch(ours, person=0, now=DAY - timedelta(days=5))
    switch(ours, person=1, now=DAY + 4 * HOUR)
    absent()
    # Marked since, held before.
    assert go_round(FRIDAY) == [(MAX, TO_MANAGER)]
    assert "How often: the 2nd time in 12 months" in words(MAX)


def test_who_changes_the_numbers_of_a_step_does_not_begin_anew(ours):
    long_ago = DAY - timedelta(days=90)
    switch(ours, person=3, now=long_ago)
    for days in (60, 30):
        absent(DAY - timedelta(days=days))
    switch(ours, person=2, now=DAY)
    [step] = database.session.scalars(select(LadderStep)).all()
    assert (step.misses, step.since) == (2, long_ago)
    absent()
    assert go_round(FRIDAY) == [(ANN, NOTE)]


def test_the_line_manager_is_told_from_the_second_time_on_and_the_person_knows(ours):
    switch(ours, person=1, manager=2)
    absent(DAY - timedelta(days=1))
    assert go_round(DAY) == [(ANN, NOTE)]
    assert "This is the" not in words(ANN)
    assert "line manager" not in words(ANN)
    absent()
    assert go_round(FRIDAY) == [(ANN, NOTE), (MAX, TO_MANAGER)]
    assert "This is the 2nd time in 12 months. We write to your line manager, too." in words(ANN)
    absent(FRIDAY + HOUR)
    assert go_round(TUESDAY) == [(ANN, NOTE), (MAX, TO_MANAGER)]


def test_months_that_are_over_no_longer_count(ours):
    switch(ours, now=datetime(2024, 1, 1, tzinfo=LONDON), manager=(2, 2))
    absent(datetime(2025, 2, 28, 10, tzinfo=LONDON))
    absent()
    assert go_round(FRIDAY) == []
    absent(datetime(2025, 3, 4, 10, tzinfo=LONDON))
    assert go_round(FRIDAY) == [(MAX, TO_MANAGER)]


def test_several_places_missed_on_one_day_count_once(ours):
    switch(ours, person=1, manager=2)
    absent(DAY)
    absent(DAY + 4 * HOUR)
    given_up(DAY - timedelta(days=1))
    assert go_round(FRIDAY) == [(ANN, NOTE)]
    told = people.mails()[-1].booking_id
    # The one that was written about is put right: nobody is written to about the others.
    database.session.get(Booking, told).miss_set_aside_at = FRIDAY + HOUR
    database.session.commit()
    assert go_round(TUESDAY) == []


def test_without_a_manager_or_as_their_own_nobody_is_told(ours):
    switch(ours, person=1, manager=1)
    absent(manager_email=None)
    absent(email="own@agency.example", manager_email="own@agency.example")
    assert go_round(FRIDAY) == [(ANN, NOTE), ("own@agency.example", NOTE)]
    assert "line manager" not in words(ANN)


def test_the_manager_learns_of_the_person_and_the_date_and_of_nothing_else(ours):
    switch(ours, manager=1)
    booking = given_up(DAY, cause=Cause.OTHER, phone="01632 960 555", team="Red team", note="Tired")
    booking.course_date.course.title = "Signs of Safety"
    database.session.commit()
    go_round(FRIDAY)
    [mail] = people.mails()
    assert mail.subject == "A missed place: Ann Example, Safeguarding basics, Fri 2 May, 10am"
    said = words(MAX)
    assert said.startswith(
        "Ann Example, who named you as line manager, had a place on Signs of Safety and gave it up"
        " shortly before. When: Friday 2 May 2025, 10am to 1pm Who: Ann Example We tell you"
    )
    for private in (
        links.booking_token(booking),
        ANN,
        "01632 960 555",
        "Red team",
        "Tired",
        "other reason",
    ):
        assert private not in people.message(mail).as_string()
    assert people.message(mail)["To"] == MAX


def test_what_is_two_weeks_old_is_let_be(ours):
    switch(ours, person=1)
    absent()
    assert go_round(DAY + timedelta(days=14, hours=4)) == []


def test_who_asked_to_be_forgotten_is_not_written_about(ours):
    switch(ours, person=1, manager=1)
    booking = absent()
    booking.practitioner.erasure_asked_at = NOW
    erasures.erase(booking.practitioner, now=FRIDAY - TICK)
    database.session.commit()
    assert go_round(FRIDAY) == []


def test_who_is_due_is_asked_for_in_the_same_number_of_queries_however_many_they_are(ours):
    switch(ours, person=1)
    absent()
    with counted() as few:
        ladder.due(FRIDAY)
    for number in range(20):
        absent(email=f"person{number}@agency.example")
    with counted() as many:
        assert len(ladder.due(FRIDAY)) == 21
    assert len(many) == len(few)


def test_whoever_leads_on_training_in_the_agency_is_told_of_its_own_people_alone(ours):
    switch(ours, person=2, lead=2)
    police = make_agency("Anytown Police", lead_name="Lee Lead", lead_email=LEE)
    others = make_agency("Otherton Council", lead_email="other@council.example")
    absent(DAY - timedelta(days=2), agency=others)
    absent(agency=police)
    absent(email="ben@agency.example", agency=others)
    assert go_round(FRIDAY) == [(ANN, NOTE), (LEE, TO_LEAD)]
    assert "We write to whoever leads on training in your agency, too." in words(ANN)
    said = words(LEE)
    assert said.startswith("Ann Example of your agency had a place on Safeguarding basics and did")
    assert "How often: the 2nd time in 12 months" in said
    assert "you lead on training for Anytown Police" in said
    assert "Council" not in said
    assert ANN not in said


def test_where_many_employers_stand_behind_a_name_nobody_is_told_of_their_people(ours):
    switch(ours, lead=1)
    absent(agency=make_agency("A primary school", lead_email=LEE))
    absent(email="ben@agency.example")
    assert go_round(FRIDAY) == []


def test_the_note_names_the_charge_where_an_absence_is_charged(ours):
    switch(ours, person=1)
    charges.change(
        for_late=False, for_absence=True, amounts={"all": {"half_day": 3500}}, now=NOW - HOUR
    )
    absent()
    go_round(FRIDAY)
    [note] = people.mails(ANN)
    assert "As the booking terms say, there is a charge of £35." in people.words(note)
    charges.change(for_late=True, for_absence=False, amounts={}, now=NOW + HOUR)
    absent(DAY + timedelta(days=1), email="bo@agency.example", booked_at=NOW + 2 * HOUR)
    go_round(TUESDAY)
    assert "charge" not in people.words(people.mails("bo@agency.example")[0])
