"""The first words of mails, which are a partnership's to choose; what they must not leave out, and
the words there are until then."""

from collections.abc import Mapping
from dataclasses import dataclass

from webapp.formats import placeholders
from webapp.formats.placeholders import COURSE, DAY, NAME, PLACE, TIME, braced
from webapp.formats.plain_text import one_line
from webapp.formats.words import listed
from webapp.models import CourseDate

POSITION, DEADLINE = "position", "deadline"


@dataclass(frozen=True)
class Opening:
    """`mail` is when it is sent; in `must_say` is what somebody would not know without it."""

    mail: str
    words: str
    must_say: tuple[str, ...] = (COURSE,)

    @property
    def may_say(self) -> tuple[str, ...]:
        rest = (NAME, COURSE, DAY, TIME, PLACE)
        return (*self.must_say, *(name for name in rest if name not in self.must_say))


# By the template of the mail.
OPENINGS = {
    "booking_confirmed": Opening("When somebody has a place", "You have a place on {course}."),
    "booking_waiting": Opening(
        "When somebody is on the waiting list",
        "You are {position} on the waiting list for {course}. You do not have a place yet.",
        (COURSE, POSITION),
    ),
    "booking_offered": Opening(
        "When a place is kept for somebody who waited",
        "A place has come free on {course}. It is kept for you until {deadline}.",
        (COURSE, DEADLINE),
    ),
    "joining_instructions": Opening(
        "Joining instructions",
        "You have a place on {course}. Here is what you need to take part.",
    ),
    "certificate": Opening(
        "When somebody gets a certificate",
        "Thank you for coming to {course}. Here is your certificate of attendance.",
    ),
    "evaluation": Opening(
        "When somebody is asked what a training was like",
        "Thank you for coming to {course}. What was it like? Five short questions take two"
        " minutes, and help us to make it better.",
    ),
}


def of(kind: str, chosen: Mapping[str, str], date: CourseDate, name: str, /, **more: str) -> str:
    """The first words of this mail to this person."""
    words = chosen.get(kind) or OPENINGS[kind].words
    return placeholders.filled(words, {**placeholders.of_date(date), NAME: one_line(name), **more})


def why_not(kind: str, words: str) -> str | None:
    """One sentence saying why a mail cannot begin so; None when it can."""
    opening = OPENINGS[kind]
    if unknown := placeholders.unknown(words, opening.may_say):
        return f"Nothing fills {listed(unknown)} here. You can use {braced(opening.may_say)}"
    missing = [name for name in opening.must_say if not placeholders.has(words, name)]
    return f"Add {braced(missing)}, which people need to know" if missing else None
