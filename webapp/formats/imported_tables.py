"""Tables of courses, dates and bookings that come from elsewhere as CSV: their columns, an empty
table to fill in, and the rows of a filled one."""

import csv
import io
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from webapp.errors import Refused
from webapp.formats import spreadsheet, words
from webapp.formats.search import plain
from webapp.formats.text_files import letters

# So many mails can be written while nobody else can book.
MOST_ROWS = 300
LARGEST = 500_000
BETWEEN = "\t;,"
# The apostrophe before what a spreadsheet program would calculate, as our own files have it.
SHOWN = re.compile(r"'(?=[-=+@])")
A_SPREADSHEET = (
    "This is a spreadsheet and not a CSV file. Open it, choose Save as, and there “CSV UTF-8”."
)


@dataclass(frozen=True)
class Column:
    """`example` stands in the empty table; without an answer in a `needed` one a row is refused."""

    name: str
    example: str
    needed: bool = False
    hint: str = ""


@dataclass(frozen=True)
class Row:
    """`number` is what a spreadsheet shows beside it; cells by the names of the columns."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True)
class Table:
    rows: Sequence[Row]
    # Headings that are none of ours.
    left_out: Sequence[str]


def text(file: bytes) -> str:
    """The letters of the file. Raises Refused when it is too large or no text."""
    if file.startswith(b"PK\x03\x04") or file.startswith(b"\xd0\xcf\x11\xe0"):
        raise Refused(A_SPREADSHEET)
    if len(file) > LARGEST:
        raise Refused(f"The file must be smaller than {LARGEST // 1000} kB. Send it in parts.")
    return letters(file).replace("\x00", "")


def read(said: str, columns: Sequence[Column]) -> Table:
    """The rows that have anything in them. Raises Refused when this is not such a table."""
    try:
        lines = list(csv.reader(io.StringIO(said, newline=""), delimiter=_between(said)))
    except csv.Error:
        raise Refused("This file cannot be read as CSV.") from None
    numbered = [
        (number, [_cell(cell) for cell in line])
        for number, line in enumerate(lines, 1)
        if any(cell.strip() for cell in line)
    ]
    if not numbered:
        raise Refused("The file is empty.")
    (_, head), *rows = numbered
    known = {plain(column.name): column.name for column in columns}
    headings = [known.get(plain(" ".join(cell.split()))) for cell in head]
    _check_head([heading for heading in headings if heading], columns)
    if not rows:
        raise Refused("The file has the names of the columns and nothing below them.")
    if len(rows) > MOST_ROWS:
        raise Refused(f"The file has {len(rows):,} rows. Send at most {MOST_ROWS} at once.")
    return Table(
        [Row(number, _named(headings, cells)) for number, cells in rows],
        [cell for cell, heading in zip(head, headings, strict=True) if cell and not heading],
    )


def template(columns: Sequence[Column]) -> bytes:
    """A table with the names of the columns and one row as an example."""
    return spreadsheet.to_csv(
        [column.name for column in columns], [[column.example for column in columns]]
    )


def _between(said: str) -> str:
    head = next((line for line in said.splitlines() if line.strip()), "")
    return max(BETWEEN, key=head.count) if any(sign in head for sign in BETWEEN) else ","


def _cell(cell: str) -> str:
    return SHOWN.sub("", cell.strip(), count=1)


def _named(headings: Sequence[str | None], cells: Sequence[str]) -> dict[str, str]:
    return {name: cell for name, cell in zip(headings, cells, strict=False) if name}


def _check_head(found: Sequence[str], columns: Sequence[Column]) -> None:
    if twice := next((name for name in found if found.count(name) > 1), None):
        raise Refused(f"There are two columns called “{twice}”.")
    missing = [
        f"“{column.name}”" for column in columns if column.needed and column.name not in found
    ]
    if missing:
        raise Refused(
            f"The first row must have the names of the columns. Missing: {words.listed(missing)}."
        )


COURSES = (
    Column("Title", "Safeguarding basics", needed=True),
    Column("Kind", "Course", needed=True, hint=f"{words.listed(words.KINDS.values(), ' or ')}."),
    Column("Summary", "What everybody needs to know.", needed=True, hint="One sentence."),
    Column("Outline", "Signs, duties and whom to tell.", needed=True),
    Column("Who it is for", "Everybody who works with children.", needed=True),
    Column("Short title", "Basics", hint="For the subject lines of mails."),
    Column("What people will learn", "Know the signs | Know whom to tell", hint="| between them."),
    Column("Topics", "neglect | referrals", hint="| between them."),
    Column("Sectors", "", hint="| between them. Empty: for everybody."),
    Column("Level", "Introductory"),
    Column("Cost", "", hint="Empty: what holds for all your training."),
    Column("Link", "", hint="E-learning only, and needed there."),
)
DATES = (
    Column("Course", "Safeguarding basics", needed=True, hint="Its title, as it is here."),
    Column("Date", "21/05/2027", needed=True, hint="Day, month and year, or 2027-05-21."),
    Column("Starts", "9.30am", needed=True),
    Column("Ends", "4pm", needed=True),
    Column(
        "Further days",
        "28/05/2027 9.30am-4pm",
        hint="Of a date of several days. | between them.",
    ),
    Column(
        "How it is held",
        "Online",
        needed=True,
        hint=f"{words.listed(words.FORMATS.values(), ' or ')}.",
    ),
    Column("Venue", "", hint="The name of a venue you have here."),
    Column("Room", ""),
    Column("Platform", "Microsoft Teams"),
    Column("Link to join", "https://teams.example/join"),
    Column("Places", "20", hint="Empty: as many as like can come."),
    Column("Minimum", "8"),
    Column("Booking opens", "", hint="Such as 01/05/2027 9am. Empty: at once."),
    Column("Booking closes", "20/05/2027 5pm", hint="Empty: at the start."),
    Column("Before you come", "Please read the policy."),
)
BOOKINGS = (
    Column("Course", "Safeguarding basics", needed=True, hint="Its title, as it is here."),
    Column("Date", "21/05/2027", needed=True, hint="Its first day."),
    Column("Starts", "9.30am", hint="Only where the course has two dates on one day."),
    Column("Name", "Ann Example", needed=True),
    Column("Email", "ann@agency.example", needed=True),
    Column("Agency", "", hint="As the list here names it. Empty: what the email address says."),
    Column("Organisation", "", hint="Where the list only says “another one”, such as a school."),
    Column("Job role", "Social worker", needed=True),
    Column("Team", ""),
    Column("Phone", "01632 960001"),
    Column("Line manager", "Max Manager"),
    Column("Line manager's email", "max@agency.example"),
    Column("Access needs", ""),
    Column("Dietary needs", ""),
)
