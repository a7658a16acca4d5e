"""The register on paper: who is expected, where they work, and boxes to sign, on A4.

It lies open on a table, so it holds no email address, no need and no note.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import groupby

from webapp.formats import attendee_list, typst_papers, words
from webapp.models import Attendee, CourseDate, Partnership

# Empty lines for people who come without a booking.
SPARE, SPARE_IN_LARGE_PRINT = 4, 3


def to_pdf(
    date: CourseDate,
    bookings: Sequence[Attendee],
    *,
    partnership: Partnership,
    by_agency: bool,
    large: bool,
    made_at: datetime,
) -> bytes:
    """The bookings in their order; `by_agency` puts those that follow one another under one head,
    in large print letters are of 18 points."""
    groups = _groups(bookings) if by_agency else [_group(None, bookings)]
    facts = {
        "partnership": partnership.name,
        "accent": typst_papers.accent(partnership.accent_colour),
        "title": date.course.title,
        "lines": _lines(date, len(bookings)),
        "days": [words.short_day(day.starts_at) for day in date.days],
        "groups": groups,
        "people": len(bookings),
        "large": large,
        "spare": SPARE_IN_LARGE_PRINT if large else SPARE,
    }
    return typst_papers.pdf("sign_in_sheet", facts, made_at=made_at)


def file_name(date: CourseDate) -> str:
    """Such as "harmful-sexual-behaviour-29-may-2025-sign-in-sheet.pdf"."""
    return attendee_list.file_name(date, "pdf", "sign-in-sheet")


def _groups(bookings: Iterable[Attendee]) -> list[dict[str, object]]:
    return [
        _group(agency, list(people))
        for agency, people in groupby(bookings, lambda booking: booking.works_at)
    ]


def _group(agency: str | None, bookings: Iterable[Attendee]) -> dict[str, object]:
    people = [{"name": booking.name, "works_at": booking.works_at} for booking in bookings]
    return {"agency": agency, "people": people}


def _lines(date: CourseDate, number: int) -> list[str]:
    """When, where, with whom, how many."""
    where = words.place(date)
    if date.venue is not None and not date.is_online:
        where = ", ".join(filter(None, [date.room, date.venue.one_line]))
    trainers = [trainer.name for trainer in date.trainers if trainer.name]
    by_whom = f"{'Trainers' if len(trainers) > 1 else 'Trainer'}: {words.listed(trainers)}"
    expected = f"{words.counted(number, 'person', 'people')} expected"
    return [
        words.when(date),
        where,
        *([by_whom] if trainers else []),
        *([expected] if number else []),
    ]
