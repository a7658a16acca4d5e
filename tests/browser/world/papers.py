"""What is left of a day: certificates in every state, what people said of it, slides."""

from tests.browser.world.registers import mark
from tests.conftest import NOW
from tests.makers import make_agency, make_booking, make_evaluation
from webapp.db import db
from webapp.models import Attendance
from webapp.services import certificates, handouts, register_lists

# By what becomes of them afterwards.
PEOPLE = {
    "certified": Attendance.ATTENDED,
    "not answered": Attendance.LATE,
    "came for part": Attendance.PART,
    "withdrawn": Attendance.ATTENDED,
    "absent": Attendance.ABSENT,
}


def build(world):
    agency = make_agency("Hillside College")
    date = world.dates["complete"]
    for state, attendance in PEOPLE.items():
        word = state.replace(" ", ".")
        one = make_booking(
            date, name=f"Pat {state.title()}", agency=agency, email=f"{word}@york.gov.uk"
        )
        mark(world, [one], attendance)
        world.standings[state] = one
    world.handout = handouts.add(date, "Slides of the day.pdf", b"%PDF-1.7 slides", now=NOW)
    certificates.follow_register(date, now=NOW)
    mark(world, [world.standings["withdrawn"]], Attendance.ABSENT)
    certificates.follow_register(date, now=NOW)
    world.standings["unmarked"] = make_booking(date, name="Una Marked", agency=agency)
    make_evaluation(world.standings["certified"], will_do="Ask sooner.", comment="More such days.")
    two = [make_booking(world.dates["two answers"], agency=agency) for _ in range(2)]
    mark(world, two, Attendance.ATTENDED)
    many = register_lists.everybody(world.dates["many"])
    for number, booking in enumerate([*two, *many]):
        useful = number % 5 + 1
        make_evaluation(
            booking, useful, will_do=f"Do it in {number} ways.", comment="Thank you. " * 9
        )
    db.session.commit()
