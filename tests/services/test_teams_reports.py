from datetime import timedelta

import pytest

from tests.conftest import NOW
from tests.makers import (
    make_agency,
    make_booking,
    make_date,
    make_organiser,
    make_partnership,
    save,
)
from tests.queries import counted
from webapp.errors import Refused
from webapp.formats.teams_report import Participant
from webapp.models import Attendance, BookingState, EmailDomain, Format
from webapp.services import register_lists, teams_reports
from webapp.services.teams_reports import WalkIn

ATTENDED, PART, ABSENT = Attendance.ATTENDED, Attendance.PART, Attendance.ABSENT
WHOLE = timedelta(hours=3)


@pytest.fixture(autouse=True)
def partnership(db):
    return make_partnership()


@pytest.fixture
def date():
    """Of three hours, which ended a minute ago."""
    return make_date(starts_at=NOW - timedelta(hours=3, minutes=1), format=Format.ONLINE)


@pytest.fixture
def olive():
    return make_organiser()


def there(name, email=None, stayed=WHOLE, **facts):
    return Participant(name, email, stayed, **facts)


def sure(found):
    return [(booking.name, mark) for _, mark, booking in found.sure]


def test_the_same_address_is_the_same_person_whatever_the_name(date):
    make_booking(date, name="Ann Example", email="ann@agency.example")
    found = teams_reports.compare(date, [there("Annie's laptop", "ann@agency.example")])

    assert sure(found) == [("Ann Example", ATTENDED)]
    assert (found.asked, found.unknown, found.missing) == ([], [], [])


@pytest.mark.parametrize("name", ["ann o'neill-smith", "Ánn O'Neill Smith", "O'Neill Smith Ann"])
def test_a_name_that_is_the_same_is_the_same_person(date, name):
    make_booking(date, name="Ann O'Neill-Smith")
    assert sure(teams_reports.compare(date, [there(name)])) == [("Ann O'Neill-Smith", ATTENDED)]


def test_two_of_one_name_are_asked_about(date):
    ours = [make_booking(date, name="Ann Smith") for _ in range(2)]
    [question] = teams_reports.compare(date, [there("Ann Smith")]).asked
    assert question.maybe == ours


def test_one_of_a_name_that_two_have_in_the_report_is_asked_about(date):
    make_booking(date, name="Ann Smith")
    report = [there("Ann Smith", f"{n}@home.example") for n in range(2)]

    found = teams_reports.compare(date, report)
    assert found.sure == []
    assert len(found.asked) == 2


@pytest.mark.parametrize("name", ["Anne Smith", "A Smith", "Ann Smyth", "Annie Smith"])
def test_a_name_that_is_only_alike_is_asked_about(date, name):
    ann = make_booking(date, name="Ann Smith")
    make_booking(date, name="Viktor Kowalski")
    found = teams_reports.compare(date, [there(name)])

    [question] = found.asked
    assert question.maybe == [ann]
    assert [booking.name for booking in found.missing] == ["Viktor Kowalski"]


def test_who_is_like_nobody_is_unknown_with_the_agency_of_their_address(date):
    police = make_agency("Police")
    save(EmailDomain(agency=police, domain="police.example"))
    make_booking(date, name="Ann Smith")
    wilma, will = there("Wilma Walker", "w@north.police.example"), there("Will", "w@home.example")

    found = teams_reports.compare(date, [wilma, will])
    assert found.unknown == [(wilma, police), (will, None)]


def test_who_ran_the_meeting_is_left_out_unless_they_are_on_the_register(date):
    make_booking(date, name="Ann Smith", email="ann@agency.example")
    host = there("Olive Organiser", "olive@p.example", ran_it=True)
    found = teams_reports.compare(date, [host, there("Ann", "ann@agency.example", ran_it=True)])

    assert found.hosts == [host]
    assert sure(found) == [("Ann Smith", ATTENDED)]


@pytest.mark.parametrize(
    ("minutes", "mark"), [(180, ATTENDED), (135, ATTENDED), (134, PART), (0, PART)]
)
def test_who_stayed_for_less_than_three_quarters_was_there_for_part_of_it(date, minutes, mark):
    make_booking(date, email="ann@agency.example")
    stayed = timedelta(minutes=minutes)
    found = teams_reports.compare(date, [there("Ann", "ann@agency.example", stayed)])
    assert sure(found) == [("Ann Example", mark)]


def test_a_report_of_one_of_several_days_is_measured_by_the_shortest():
    starts = NOW - timedelta(days=2)
    days = [(starts, starts + timedelta(hours=6)), (NOW - timedelta(hours=3), NOW)]
    date = make_date(days=days)
    make_booking(date, email="ann@agency.example")
    stayed = timedelta(hours=2, minutes=20)
    found = teams_reports.compare(date, [there("Ann", "ann@agency.example", stayed)])
    assert sure(found) == [("Ann Example", ATTENDED)]


def test_who_is_marked_already_is_proposed_no_more(date):
    make_booking(date, email="ann@agency.example", attendance=ABSENT)
    make_booking(date, name="Bea", email="bea@agency.example", attendance=ATTENDED)
    make_booking(date, name="Wim", email="wim@agency.example", state=BookingState.CANCELLED)
    found = teams_reports.compare(date, [there("Ann", "ann@agency.example")])

    assert (found.sure, found.asked, found.missing, found.marked_already) == ([], [], [], 2)


def test_what_was_confirmed_is_marked_and_who_was_marked_meanwhile_stays_so(db, date, olive):
    ann, bea, cy = (make_booking(date, name=name) for name in ("Ann", "Bea", "Cy"))
    bea.attendance = Attendance.LATE
    db.session.commit()
    agency = make_agency()

    marked, added, absent = teams_reports.mark(
        date,
        {ann.id: PART, bea.id: ATTENDED},
        [WalkIn("Wilma", "wilma@agency.example", agency)],
        rest_absent=True,
        organiser=olive,
        now=NOW,
    )
    db.session.commit()
    assert (marked, [one.name for one in added], absent) == ([ann], ["Wilma"], [cy])
    marks = {one.name: one.attendance for one in register_lists.everybody(date)}
    assert marks == {"Ann": PART, "Bea": "late", "Cy": ABSENT, "Wilma": ATTENDED}


def test_without_that_wish_nobody_is_absent(db, date, olive):
    ann = make_booking(date)
    said = teams_reports.mark(date, {}, [], rest_absent=False, organiser=olive, now=NOW)
    assert said == ([], [], [])
    assert ann.attendance is None


def test_the_booking_of_another_date_is_not_marked(db, date, olive):
    other = make_booking(make_date(starts_at=NOW))
    teams_reports.mark(date, {other.id: ATTENDED}, [], rest_absent=True, organiser=olive, now=NOW)
    assert other.attendance is None


def test_a_locked_register_is_not_marked_from_a_report(date, olive):
    late = NOW + timedelta(days=15)
    with pytest.raises(Refused, match="The register closed"):
        teams_reports.mark(date, {}, [], rest_absent=True, organiser=olive, now=late)


@pytest.mark.slow
def test_comparing_300_people_asks_the_database_as_often_as_comparing_3(date):
    def cost(first, last):
        for n in range(first, last):
            make_booking(date, name=f"Person Number{n}", email=f"p{n}@agency.example")
        report = [there(f"Person Number{n}", f"p{n}@home.example") for n in range(last)]
        report += [there(f"Guest {n}", f"g{n}@home.example") for n in range(last)]
        with counted() as sent:
            teams_reports.compare(date, report)
        return len(sent)

    cost(0, 1)
    assert cost(1, 4) == cost(4, 300)
