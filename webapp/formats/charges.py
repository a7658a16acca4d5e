"""What giving up a place means, in sentences, and the list of charges for finance as a table."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from webapp.formats import attendee_list, spreadsheet, words
from webapp.formats.months import Month
from webapp.formats.spreadsheet import Cell
from webapp.models import Attendance, Booking, Policy

HEAD = ("Date", "Course", "Name", "Organisation", "Sector", "What", "Excused", "Set aside", "£")
EMAIL = "Email"
EXCUSES = "Illness and operational duty are excused"


@dataclass(frozen=True)
class Entry:
    """Somebody who gave up a place late or did not come, and what is charged for it."""

    booking: Booking
    pence: int

    @property
    def what(self) -> str:
        return "Cancelled late" if self.booking.gave_up_late else "Did not come"

    @property
    def is_excused(self) -> bool:
        by_register = self.booking.attendance is Attendance.EXCUSED
        return by_register or (self.booking.gave_up_late and self.booking.is_excused)

    @property
    def why(self) -> str:
        """For organisers alone; a file says no more than that it is excused."""
        if self.booking.gave_up_late:
            return attendee_list.cause(self.booking)
        return "excused on the register" if self.is_excused else ""


def pounds(pence: int) -> str:
    """ "£35", "£1,035.50"."""
    whole, rest = divmod(pence, 100)
    return f"£{whole:,}.{rest:02}" if rest else f"£{whole:,}"


def rule(policy: Policy, now: datetime) -> str:
    """What people are told of a date beforehand; nothing where there is nothing to tell."""
    if policy.cut_off is None:
        return ""
    is_over = policy.cut_off <= now
    if is_over:
        first = "The time for cancelling without being late is over."
    elif policy.has_cut_off:
        first = f"You can cancel until {words.last_moment(policy.cut_off)}."
    else:
        first = "You can cancel until it starts."
    follows = _what_follows(policy, is_over)
    if not follows:
        return first
    free = "" if policy.is_free else ", and sending a colleague is free"
    return f"{first} {follows} {EXCUSES}{free}."


def price(policy: Policy) -> str:
    """ "a charge of £35 to £90, by kind of organisation"."""
    if policy.least == policy.most:
        return f"a charge of {pounds(policy.most)}"
    least = f"{pounds(policy.least)} to " if policy.least else "up to "
    return f"a charge of {least}{pounds(policy.most)}, by kind of organisation"


def to_csv(entries: Iterable[Entry], *, emails: bool) -> bytes:
    return spreadsheet.to_csv(_head(emails), _rows(entries, emails))


def to_xlsx(month: Month, entries: Iterable[Entry], *, emails: bool, made_at: datetime) -> bytes:
    title = f"Charges and absences, {month.words}"
    rows = _rows(entries, emails)
    return spreadsheet.to_xlsx(title, _head(emails), rows, made_at=made_at, sheet="Charges")


def file_name(month: Month, ending: str) -> str:
    return f"charges-{month}.{ending}"


def _what_follows(policy: Policy, is_over: bool) -> str:
    charged_late = policy.has_cut_off and policy.for_late and not policy.is_free
    charged_absence = policy.for_absence and not policy.is_free
    if charged_late:
        when = "If you give the place up now" if is_over else "After that"
        also = ", or do not come" if is_over else ", or if you do not come"
        return f"{when}{also if charged_absence else ''}, there is {price(policy)}."
    late = "Giving the place up counts as late now." if is_over else "After that it counts as late."
    absence = f"If you do not come, there is {price(policy)}."
    said = [late] * policy.has_cut_off + [absence] * charged_absence
    return " ".join(said)


def _head(emails: bool) -> list[str]:
    return [*HEAD[:3], *([EMAIL] if emails else []), *HEAD[3:]]


def _rows(entries: Iterable[Entry], emails: bool) -> Iterator[list[Cell]]:
    for entry in entries:
        booking = entry.booking
        yield [
            booking.course_date.starts_at,
            booking.course_date.course.title,
            booking.name,
            *([booking.email] if emails else []),
            booking.works_at,
            booking.agency.sector.name,
            entry.what,
            "Yes" if entry.is_excused else "No",
            "Yes" if booking.miss_set_aside_at else "No",
            Decimal(entry.pence).scaleb(-2),
        ]
