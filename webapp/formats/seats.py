"""How well seats are filled, as a table to take away."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from webapp.formats import spreadsheet
from webapp.formats.school_terms import SchoolTerm
from webapp.formats.spreadsheet import Cell
from webapp.models import Seats

# In the order of the file; each with its words for one figure.
FIGURES: Sequence[tuple[str, Callable[[Seats], Cell]]] = (
    ("Dates held", lambda seats: seats.dates),
    ("Places", lambda seats: seats.places),
    ("Taken", lambda seats: seats.taken),
    ("Fill, %", lambda seats: seats.fill),
    ("Booked", lambda seats: seats.booked),
    ("Cancelled late", lambda seats: seats.late_cancellations),
    ("Cancelled late, %", lambda seats: seats.late),
    ("Absent", lambda seats: seats.absent),
    ("Absent, %", lambda seats: seats.stayed_away),
    ("Came free", lambda seats: seats.freed),
    ("Taken again", lambda seats: seats.taken_again),
    ("Taken again, %", lambda seats: seats.again),
    ("Hours until taken again, median", lambda seats: hours(seats)),
    ("Taken again, time known", lambda seats: len(seats.was_free)),
    ("Passed to a colleague", lambda seats: seats.to_colleagues),
    ("Empty though somebody waited", lambda seats: seats.empty_while_wanted),
)


def hours(seats: Seats) -> str | None:
    """Such as "3.5"; of ten and more, whole ones."""
    found = seats.hours
    if found is None:
        return None
    return f"{found:g}" if found < 10 else f"{found:.0f}"


def to_csv(lines: Iterable[tuple[str, str, SchoolTerm, Seats]]) -> bytes:
    """A line for each "Term" or "Course" by its name, and the term it is of."""
    head = ["Of", "Name", "Term", *(name for name, _ in FIGURES)]
    return spreadsheet.to_csv(head, _rows(lines))


def file_name(term: SchoolTerm) -> str:
    return f"seats-{term}.csv"


def _rows(lines: Iterable[tuple[str, str, SchoolTerm, Seats]]) -> Iterator[list[Cell]]:
    for kind, name, term, seats in lines:
        yield [kind, name, term.words, *(figure(seats) for _, figure in FIGURES)]
