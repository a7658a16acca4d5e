"""Dates whose registers are open, complete or long, with every mark on them."""

from datetime import timedelta

from tests.browser.world.booking import HOSTILE
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_course, make_date
from webapp.models import Attendance, Format
from webapp.services import registers

A_MOMENT_AGO = NOW - timedelta(minutes=10)
# More than one page has room for.
MANY = 54


def build(world):
    course = world.courses["held"] = make_course(title="Safety planning in practice")
    agency = make_agency("Riverside Academy Trust")
    for state, facts in {
        "on now": {"starts_at": A_MOMENT_AGO},
        "nobody there": {"starts_at": A_MOMENT_AGO, "course": make_course(title="Supervision")},
        "nobody came": {"starts_at": NOW - timedelta(days=4)},
        "online now": {
            "starts_at": NOW - timedelta(hours=2),
            "format": Format.ONLINE,
            "course": make_course(title="Professional curiosity"),
        },
        "complete": {"starts_at": NOW - timedelta(days=1, hours=4)},
        "two answers": {"starts_at": NOW - timedelta(days=5)},
        "many": {"starts_at": NOW - timedelta(days=2), "capacity": MANY},
    }.items():
        world.dates[state] = make_date(**{"course": course, "capacity": 12, **facts})
    for date in (world.held_back, world.open, world.past, *world.dates.values()):
        date.trainers = [world.trainer]
    _on_now(world, agency)
    for name in ("Ann Teams", "Ben Bridges", "Cy Lang"):
        word = name.replace(" ", ".").lower()
        world.standings[name] = make_booking(
            world.dates["online now"], name=name, agency=agency, email=f"{word}@york.gov.uk"
        )
    many = [
        make_booking(world.dates["many"], name=f"Person {n:02}", agency=agency) for n in range(MANY)
    ]
    mark(world, many, Attendance.ATTENDED)


def mark(world, people, attendance):
    date = people[0].course_date
    marks = dict.fromkeys([one.id for one in people], attendance)
    registers.mark_all(date, marks, world.administrator, now=NOW - timedelta(minutes=1))


def _on_now(world, agency):
    date = world.dates["on now"]
    for attendance in Attendance:
        one = make_booking(date, name=f"Robin {attendance.title()}", agency=agency)
        mark(world, [one], attendance)
    make_booking(date, name=HOSTILE, job_role=HOSTILE, agency=agency)
    registers.walk_in(
        date,
        name="Wilma Walker",
        email="wilma.walker@york.gov.uk",
        agency=agency,
        organiser=world.trainer,
        now=NOW,
    )
