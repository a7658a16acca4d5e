from datetime import datetime, timedelta

import pytest

from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_course, make_date, make_sector
from tests.queries import counted
from webapp.clock import LONDON
from webapp.formats.periods import Period
from webapp.models import Attendance, BookingState, Cause, DateState, Ending, Figures
from webapp.services import reports

# The day the report is asked for: in the last quarter of the financial year of NOW.
LATER = datetime(2026, 1, 20, 12, tzinfo=LONDON)
YEAR = Period(2025)


def held(*day, **facts):
    """A date of three hours from ten o'clock."""
    return make_date(starts_at=datetime(*day, 10, tzinfo=LONDON), **facts)


def report(period=YEAR, agency=None, now=LATER):
    return reports.of(period, agency, now=now)


def by_name(lines):
    return {line.name: line.now for line in lines}


def test_everybody_who_had_a_place_is_counted_once_by_what_the_register_says(db):
    date = held(2025, 5, 1, capacity=20)
    for attendance in [*Attendance, None]:
        make_booking(date, attendance=attendance)
    make_booking(date, attendance=Attendance.ATTENDED, is_walk_in=True)
    make_booking(date, state=BookingState.WAITING)
    make_booking(date, state=BookingState.CANCELLED, ending=Ending.BY_ORGANISER, cancelled_at=NOW)

    assert report().whole.now == Figures(
        dates=1,
        places=20,
        taken=6,
        booked=6,
        came=3,
        part=1,
        absent=1,
        excused=1,
        unmarked=1,
        late_cancellations=0,
        walk_ins=1,
        trained=4,
    )
    assert report().whole.now.fill == 30
    assert report().whole.now.attendance == 60


def test_cancellations_that_were_late_are_counted_whatever_the_cause(db):
    date = held(2025, 5, 1)
    gone = {"state": BookingState.CANCELLED, "cancelled_at": date.starts_at - timedelta(hours=1)}
    make_booking(date, ending=Ending.BY_PRACTITIONER, **gone)
    make_booking(date, ending=Ending.SUBSTITUTED, **gone)
    for cause in (Cause.ILLNESS, Cause.OTHER, None):
        make_booking(date, ending=Ending.BY_PRACTITIONER, gave_up_late=True, cause=cause, **gone)

    assert report().whole.now.late_cancellations == 3
    assert report().whole.now.booked == 0


def test_only_dates_that_were_held_are_counted(db):
    held(2026, 1, 20)  # it ends after the report is asked for
    held(2026, 2, 1)
    held(2025, 6, 1, state=DateState.CANCELLED)
    held(2025, 6, 2, state=DateState.DRAFT)
    held(2025, 3, 31)
    make_booking(held(2025, 4, 1))

    assert report().whole.now.dates == 1
    assert report().whole.now.booked == 1
    assert report().to_come == 2


def test_the_year_before_is_counted_up_to_the_same_day(db):
    make_booking(held(2024, 4, 1))
    make_booking(held(2025, 1, 19))
    make_booking(held(2025, 1, 21))

    assert report().whole.before.dates == 2
    assert report(now=LATER + timedelta(days=7)).whole.before.dates == 3
    assert report(Period(2024)).whole.now.booked == 3


def test_courses_agencies_and_quarters_each_have_their_line(db):
    police, school = make_agency("Police"), make_agency("A school")
    neglect, basics = make_course(title="Neglect"), make_course(title="Basics")
    spring, autumn = held(2025, 5, 1, course=neglect), held(2025, 10, 1, course=basics)
    before = held(2024, 5, 1, course=neglect)
    make_booking(spring, agency=police, attendance=Attendance.ATTENDED)
    make_booking(spring, agency=police, attendance=Attendance.ABSENT)
    make_booking(autumn, agency=school, attendance=Attendance.ATTENDED)
    make_booking(before, agency=police)

    found = report()
    assert [(line.name, line.now.booked) for line in found.courses] == [
        ("Basics", 1),
        ("Neglect", 2),
    ]
    assert [(line.name, line.now.absent) for line in found.agencies] == [
        ("A school", 0),
        ("Police", 1),
    ]
    assert [line.now.dates for line in found.quarters] == [1, 0, 1, 0]
    assert found.quarters[0].name == "April to June 2025"
    assert [line.before.booked for line in found.courses] == [0, 1]
    assert [line.now.dates for line in found.agencies] == [1, 1]
    assert found.whole.now.dates == 2
    assert [line.name for line in report(Period(2025, 3)).courses] == ["Basics"]


def test_a_sector_sums_its_agencies_and_counts_each_date_once(db):
    health = make_sector(name="Health")
    trust, practice = make_agency("Trust", sector=health), make_agency("Practice", sector=health)
    date = held(2025, 5, 1)
    make_booking(date, agency=trust, attendance=Attendance.ATTENDED)
    make_booking(date, agency=practice, attendance=Attendance.ATTENDED, is_walk_in=True)
    make_booking(held(2025, 6, 1), agency=trust, attendance=Attendance.ABSENT)
    make_booking(date, agency=make_agency("Police", sector=make_sector(name="Police")))

    found = by_name(report().sectors)
    assert list(found) == ["Health", "Police"]
    line = found["Health"]
    assert (line.dates, line.booked, line.came, line.walk_ins, line.trained) == (2, 2, 1, 1, 2)
    assert report(agency=trust).sectors == []


def test_of_one_agency_only_its_people_are_counted_and_no_places(db):
    police = make_agency("Police")
    date = held(2025, 5, 1, capacity=10)
    held(2025, 5, 2)
    make_booking(date, agency=police, attendance=Attendance.ATTENDED)
    make_booking(date)

    found = report(agency=police)
    assert (found.whole.now.booked, found.whole.now.came, found.whole.now.dates) == (1, 1, 1)
    assert found.whole.now.fill is None
    assert list(by_name(found.agencies)) == ["Police"]


def test_a_date_without_a_limit_does_not_count_for_the_fill(db):
    make_booking(held(2025, 5, 1, capacity=None))
    make_booking(held(2025, 5, 2, capacity=2))

    assert report().whole.now.fill == 50
    assert report().courses[0].now.booked == 1


def test_the_years_to_choose_from_reach_back_to_the_first_date(db):
    assert reports.periods(NOW) == [Period(2025)]
    held(2023, 3, 31)

    assert [period.year for period in reports.periods(NOW)] == [2025, 2024, 2023, 2022]
    held(2001, 1, 1)
    assert len(reports.periods(NOW)) == 10


def test_what_is_still_to_come_only_makes_no_year_of_its_own(db):
    held(2027, 5, 1)

    assert reports.periods(NOW) == [Period(2025)]


@pytest.mark.slow
def test_a_report_asks_the_database_as_often_of_300_dates_as_of_3(db):
    def ask():
        with counted() as queries:
            report()
        return len(queries)

    for _ in range(3):
        make_booking(held(2025, 5, 1))
    few = ask()
    for _ in range(297):
        make_booking(held(2025, 6, 1))
    assert ask() == few <= 12
