"""What the words of a mail are: their parts, and the gaps that are filled for each person."""

from dataclasses import dataclass

from webapp.formats.placeholders import COURSE, DAY, NAME, PLACE, TIME

HEADLINE, POSITION, DEADLINE, COLLEAGUE = "headline", "position", "deadline", "colleague"
# "your place on …" or "your place on the waiting list for …"; "…" or "The rest of …".
YOUR_PLACE, CANCELLED = "your place", "what is cancelled"
# "How to join" or "How to get there"; "New date" or "3 new dates".
HOW, NEW_DATES = "how", "new dates"
# "did not come" or "gave it up shortly before".
MISSED = "what happened"
# "You have 3 places and are on 1 waiting list".
STANDING = "standing"
# "3 places": of somebody whose line manager hears of them.
PLACES = "places"
# Without which nobody would know what a mail is about.
VITAL = {COURSE, POSITION, DEADLINE, COLLEAGUE, YOUR_PLACE, CANCELLED, MISSED}
OF_BOOKING = (NAME, COURSE, HEADLINE, DAY, TIME, PLACE)
OF_DATE = (COURSE, HEADLINE, DAY, TIME, PLACE)
OF_COURSE = (COURSE, HEADLINE)
PARTS = {"subject": "Subject", "first": "First words", "last": "Last words"}


@dataclass(frozen=True)
class Mail:
    """`when` it is sent; the last words come before the signature."""

    when: str
    subject: str
    first: str
    last: str = ""
    # Besides what our own words say.
    may_say: tuple[str, ...] = OF_BOOKING
