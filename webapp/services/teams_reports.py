"""The attendance report of an online date beside its register: who is who, and marking in one go.

An address settles it, and so does a name that is the same and nobody else's; names that are only
alike are asked about. Nobody who is marked already is changed.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from webapp.formats.search import plain
from webapp.formats.teams_report import Participant
from webapp.models import Agency, Attendance, Booking, CourseDate, Organiser
from webapp.services import agencies, register_lists, registers

# Who stayed for less of the day was there for part of it. Breaks are no absence.
ENOUGH = 0.75
# Of 100, by the letters of both names in the same order of words.
ALIKE = 70
MOST_ASKED = 3


@dataclass(frozen=True)
class Question:
    """Somebody in the report who may be one of these, the likeliest first."""

    participant: Participant
    mark: Attendance
    maybe: Sequence[Booking]


@dataclass(frozen=True)
class Found:
    """What a report says of the people on a register."""

    sure: Sequence[tuple[Participant, Attendance, Booking]]
    asked: Sequence[Question]
    # With the agency their address suggests.
    unknown: Sequence[tuple[Participant, Agency | None]]
    # Ran the meeting, and are not on the register.
    hosts: Sequence[Participant]
    # On the register, without a mark, and surely not among those above.
    missing: Sequence[Booking]
    marked_already: int


@dataclass(frozen=True)
class WalkIn:
    name: str
    email: str
    agency: Agency


def compare(date: CourseDate, report: Sequence[Participant]) -> Found:
    """Who of the report is who on the register."""
    everybody = register_lists.everybody_with_addresses(date)
    pairs = _by_name(_by_email({}, report, everybody), report, everybody)
    here = {booking.id for booking in pairs.values()}
    free = [one for one in everybody if one.attendance is None and one.id not in here]
    asked: list[Question] = []
    others: list[Participant] = []
    for number, participant in enumerate(report):
        if number in pairs:
            continue
        if maybe := _alike(participant, free):
            asked.append(Question(participant, _mark(participant, date), maybe))
        else:
            others.append(participant)
    unknown = [one for one in others if not one.ran_it]
    agency_of = agencies.suggested_for([one.email for one in unknown if one.email])
    perhaps = {booking.id for question in asked for booking in question.maybe}
    return Found(
        sure=[
            (report[number], _mark(report[number], date), booking)
            for number, booking in sorted(pairs.items())
            if booking.attendance is None
        ],
        asked=asked,
        unknown=[(one, agency_of.get(one.email or "")) for one in unknown],
        hosts=[one for one in others if one.ran_it],
        missing=[booking for booking in free if booking.id not in perhaps],
        marked_already=sum(booking.attendance is not None for booking in everybody),
    )


def mark(
    date: CourseDate,
    marks: Mapping[int, Attendance],
    walk_ins: Sequence[WalkIn],
    *,
    rest_absent: bool,
    organiser: Organiser,
    now: datetime,
) -> tuple[Sequence[Booking], Sequence[Booking], Sequence[Booking]]:
    """Mark whom the organiser confirmed and who has no mark so far: those marked, those added, and
    those now absent. Raises Refused while the register is locked."""
    registers.hold_open(date, now)
    added = [
        registers.walk_in(
            date, name=one.name, email=one.email, agency=one.agency, organiser=organiser, now=now
        )
        for one in walk_ins
    ]
    waiting = {booking.id for booking in register_lists.unmarked(date)}
    told = {key: attendance for key, attendance in marks.items() if key in waiting}
    rest = dict.fromkeys(waiting - told.keys() if rest_absent else (), Attendance.ABSENT)
    return (
        registers.mark_all(date, told, organiser, now=now),
        added,
        registers.mark_all(date, rest, organiser, now=now),
    )


def _by_email(
    pairs: dict[int, Booking], report: Sequence[Participant], everybody: Sequence[Booking]
) -> dict[int, Booking]:
    """Who in the report, by their place in it, is who by the address."""
    of_address = {booking.email: booking for booking in everybody}
    return pairs | {
        number: of_address[one.email]
        for number, one in enumerate(report)
        if one.email in of_address
    }


def _by_name(
    pairs: dict[int, Booking], report: Sequence[Participant], everybody: Sequence[Booking]
) -> dict[int, Booking]:
    """And who by a name that one person has here and one there, whatever its order and accents."""
    taken = {booking.id for booking in pairs.values()}
    theirs = [_words(one.name) for one in report]
    ours = {booking.id: _words(booking.name) for booking in everybody}
    how_many, how_often = Counter(ours.values()), Counter(theirs)
    of_name = {
        ours[booking.id]: booking
        for booking in everybody
        if booking.id not in taken and how_many[ours[booking.id]] == 1
    }
    return pairs | {
        number: of_name[name]
        for number, name in enumerate(theirs)
        if number not in pairs and name in of_name and how_often[name] == 1
    }


def _alike(participant: Participant, free: Sequence[Booking]) -> list[Booking]:
    from rapidfuzz import fuzz  # here, for few who serve people ever compare names

    name = _words(participant.name)
    scores = {booking.id: fuzz.ratio(name, _words(booking.name)) for booking in free}
    alike = [booking for booking in free if scores[booking.id] >= ALIKE]
    return sorted(alike, key=lambda booking: -scores[booking.id])[:MOST_ASKED]


def _words(name: str) -> str:
    return " ".join(sorted(plain(name).replace("-", " ").split()))


def _mark(participant: Participant, date: CourseDate) -> Attendance:
    """A report is of one day: of several, the shortest is asked for."""
    lasts = min((day.ends_at - day.starts_at for day in date.days), default=timedelta())
    return Attendance.ATTENDED if participant.stayed >= ENOUGH * lasts else Attendance.PART
